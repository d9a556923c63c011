"""Writes the next migration from the difference between the tables and the last revision.

Run from the root: `.venv/bin/python -m tools.revision "Message"`. Read what it wrote before you commit it.
"""

import sys
from pathlib import Path

import sqlalchemy as sa
import sqlcipher3.dbapi2 as sqlcipher
from alembic import command
from alembic.script import ScriptDirectory

from spip_desktop.db import migrate

VERSIONS = Path(migrate.__file__).parent / "migrations" / "versions"


def main(message: str) -> None:
    """Compare an empty store brought to the last revision with the tables the program declares."""
    engine = sa.create_engine("sqlite://", module=sqlcipher, isolation_level=None)
    with engine.connect() as connection:
        config = migrate.config_for(connection)
        command.upgrade(config, "head")
        count = len(list(ScriptDirectory.from_config(config).walk_revisions()))
        command.revision(config, message, autogenerate=True, rev_id=f"{count + 1:04d}")


if __name__ == "__main__":
    main(sys.argv[1])
