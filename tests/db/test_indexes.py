"""Readings of many dossiers are answered by an index alone: no row is read, and deciphered, to see what it says."""

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects import sqlite

from spip_desktop.db import (
    carrying,
    every_table,  # noqa: F401  declares every table
)
from spip_desktop.db.among import these
from spip_desktop.db.records import EVERY
from spip_desktop.db.store import Transaction
from spip_desktop.domain.carrying import Of
from spip_desktop.forms.carrying import shipped
from spip_desktop.services.context import Context


def _plan(context: Context, wanted: str, table: str, column: str, condition: str = "deleted_at IS NULL") -> str:
    """How SQLite would read that column of the rows that are not in the bin."""
    asked = f"EXPLAIN QUERY PLAN SELECT {wanted} FROM {table} WHERE {column} = 'x' AND {condition}"
    with context.store.reading() as tx:
        return " ".join(str(row[3]) for row in tx.connection.exec_driver_sql(asked)) + " "


def _condition(index: sa.Index) -> str:
    """Of which rows it is an index, where they are fewer than those out of the bin."""
    where = index.dialect_options["sqlite"]["where"]
    return "deleted_at IS NULL" if where is None else str(where.compile(dialect=sqlite.dialect()))


def test_what_is_not_in_the_bin_is_told_by_its_index_alone(context: Context) -> None:
    seen = 0
    for records in EVERY.values():
        for index in records.table.indexes:
            if "deleted_at" not in index.columns:
                continue
            first, *others = [column.name for column in index.columns if column.name != "deleted_at"]
            plan = _plan(context, ", ".join(others or [first]), records.name, first, _condition(index))
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


def _plan_of_facts(tx: Transaction, of: Of) -> list[str]:
    """How SQLite finds what is to be entered elsewhere of one kind."""
    asked: list[tuple[str, Any]] = []

    def keep(_: object, __: object, statement: str, words: Any, *___: object) -> None:
        asked.append((statement, words))

    kind = next(one for one in shipped().kinds if one.of is of)
    sa.event.listen(tx.connection, "before_cursor_execute", keep)
    carrying.sources(tx, kind, these([tx.actor_id]), date(2026, 1, 1))
    sa.event.remove(tx.connection, "before_cursor_execute", keep)
    ((statement, words),) = asked
    return [str(row[3]) for row in tx.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", words)]


@pytest.mark.parametrize("of", [Of.INTERVIEW, Of.APPOINTMENT])
def test_what_was_reported_of_years_of_facts_is_told_by_indexes_alone(context: Context, of: Of) -> None:
    with context.store.transaction(context.actor, "test") as tx:
        read = [step for step in _plan_of_facts(tx, of) if "SEARCH" in step or "SCAN" in step]
        read.remove(next(step for step in read if "VIRTUAL TABLE" in step))  # of whom: the numbers given
        # a line that takes another back is rare: its row may be read
        assert all("COVERING INDEX" in step or "ix_carried_withdraws" in step for step in read), read
        tx.connection.exec_driver_sql("DROP INDEX ix_carried_block")
        tx.connection.exec_driver_sql("CREATE INDEX ix_short ON carried (object_id, block)")
        control = _plan_of_facts(tx, of)
    assert any("USING INDEX ix_short" in step for step in control), control
