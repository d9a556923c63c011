"""Bring a store to the program's schema: a verified copy first, one transaction a step; never a newer store.

Source of the order: toolchain.md §7. With foreign keys on, recreating a parent table deletes its children.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from spip_desktop.domain.errors import Refusal

if TYPE_CHECKING:
    from alembic.config import Config

#: The newest revision under migrations/versions (a test compares). Alembic and the tables are imported only to migrate.
HEAD = "0035"
_FOLDER = Path(__file__).parent / "migrations"


def revision_of(connection: sa.Connection) -> str | None:
    """The revision of a store, or None when it has no table yet."""
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    return connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()


def refuse_newer(connection: sa.Connection) -> None:
    """Refusal `store_newer` when a newer program made this store."""
    found = revision_of(connection)
    if found is not None and found > HEAD:
        raise Refusal("store_newer", found=found)


def is_late(connection: sa.Connection) -> bool:
    """Whether an older program made this store."""
    return revision_of(connection) != HEAD


def upgrade(engine: sa.Engine) -> None:
    """Run what is missing, each step whole or not at all."""
    with engine.connect() as connection:
        current = revision_of(connection)
        connection.rollback()
        if current == HEAD:
            return
        for step in _steps(current):
            _run(connection, step)


def config_for(connection: sa.Connection | None) -> "Config":
    """Alembic's settings, without a file."""
    from alembic.config import Config

    from spip_desktop.db import every_table  # noqa: F401  the schema must be whole before it is compared

    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _steps(current: str | None) -> list[str]:
    from alembic.script import ScriptDirectory

    script = ScriptDirectory.from_config(config_for(None))
    return [one.revision for one in reversed(list(script.iterate_revisions("head", current or "base")))]


def _run(connection: sa.Connection, step: str) -> None:
    from alembic import command

    _outside_transaction(connection, "PRAGMA foreign_keys = OFF")
    connection.exec_driver_sql("BEGIN IMMEDIATE")
    try:
        command.upgrade(config_for(connection), step)
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
        if broken is not None:
            raise RuntimeError(f"migration {step} breaks a foreign key")
        connection.commit()
    except BaseException:
        connection.rollback()
        raise
    finally:
        _outside_transaction(connection, "PRAGMA foreign_keys = ON")


def _outside_transaction(connection: sa.Connection, statement: str) -> None:
    raw: Any = connection.connection.driver_connection
    raw.execute(statement)
