"""Readings of many dossiers are answered by an index alone: no row is read, and deciphered, to see what it says."""

from spip_desktop.db import every_table  # noqa: F401  declares every table
from spip_desktop.db.records import EVERY
from spip_desktop.services.context import Context


def _plan(context: Context, wanted: str, table: str, column: str) -> str:
    """How SQLite would read that column of the rows that are not in the bin."""
    asked = f"EXPLAIN QUERY PLAN SELECT {wanted} FROM {table} WHERE {column} = 'x' AND deleted_at IS NULL"
    with context.store.reading() as tx:
        return " ".join(str(row[3]) for row in tx.connection.exec_driver_sql(asked)) + " "


def test_what_is_not_in_the_bin_is_told_by_its_index_alone(context: Context) -> None:
    seen = 0
    for records in EVERY.values():
        for index in records.table.indexes:
            if "deleted_at" not in index.columns:
                continue
            first, *others = [column.name for column in index.columns if column.name != "deleted_at"]
            plan = _plan(context, ", ".join(others or [first]), records.name, first)
            assert f"COVERING INDEX {index.name} " in plan, plan
            seen += 1
    assert seen >= 9


def test_the_control_without_deleted_at_each_row_is_read(context: Context) -> None:
    with context.store.transaction(context.actor, "test") as tx:
        tx.connection.exec_driver_sql("DROP INDEX ix_pacep_present")
        short = "CREATE INDEX ix_short ON pacep (person_id, number) WHERE deleted_at IS NULL"
        tx.connection.exec_driver_sql(short)
    plan = _plan(context, "number", "pacep", "person_id")
    assert "ix_short" in plan
    assert "COVERING" not in plan
