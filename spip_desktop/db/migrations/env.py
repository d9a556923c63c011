"""Runs migrations on the connection that db/migrate.py hands over; it holds the transaction."""

from typing import Any, Literal

from alembic import context

from spip_desktop.db.schema import METADATA, Instant


def render_item(kind: str, item: Any, _: Any) -> str | Literal[False]:
    """Write our own column type as what it is in the file: a migration must not depend on today's code."""
    return "sa.String(length=32)" if kind == "type" and isinstance(item, Instant) else False


def include_name(name: str | None, kind: str, _: Any) -> bool:
    """The search index and its shadow tables are raw DDL (design.md §4), not declared."""
    return not (kind == "table" and name is not None and name.startswith("person_search"))


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
    transactional_ddl=False,
    render_item=render_item,
    include_name=include_name,
)
context.run_migrations()
