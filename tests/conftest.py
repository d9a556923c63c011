"""Fixtures for every test; the store is always real and encrypted."""

pytest_plugins = ["tests.store_fixtures", "tests.pacep_fixtures", "tests.prescription_fixtures"]
