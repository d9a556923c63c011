"""Where values come from and go to: SQLAlchemy and SQLCipher stay in here."""
