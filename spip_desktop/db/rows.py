"""The columns of one dataclass and the tables of the records inside it: rows to records and back."""

import dataclasses
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any, get_args, get_origin
from uuid import UUID

import sqlalchemy as sa
import sqlalchemy.schema

from spip_desktop.db import codec
from spip_desktop.db.among import Among, is_among
from spip_desktop.db.numbers import bare, uuid_or_none
from spip_desktop.db.schema import METADATA, Instant

if TYPE_CHECKING:
    from spip_desktop.db.store import Transaction

#: What is inside records, by the number of what holds it, then by field.
Inside = Mapping[UUID, Mapping[str, tuple[Any, ...]]]


def column_type(hint: Any) -> sa.types.TypeEngine[Any]:
    """The column type for a field's type hint."""
    hint = codec.without_none(hint)
    simple: dict[Any, sa.types.TypeEngine[Any]] = {
        str: sa.Text(), int: sa.Integer(), bool: sa.Boolean(), float: sa.Float(), bytes: sa.LargeBinary(),
        UUID: sa.Uuid(), date: sa.Date(), datetime: Instant(),
    }  # fmt: skip
    if hint in simple:
        return simple[hint]
    return sa.Text() if isinstance(hint, type) and issubclass(hint, StrEnum) else sa.JSON()


def child_type(hint: Any) -> type | None:
    """The record class of a `tuple[Record, ...]` field whose records have an id of their own."""
    if get_origin(hint) is not tuple:
        return None
    one = get_args(hint)[0]
    has_id = isinstance(one, type) and dataclasses.is_dataclass(one) and "id" in codec.hints(one)
    return one if has_id else None


class Rows:
    """The columns of one dataclass, and the tables of the records inside it."""

    def __init__(
        self, name: str, kind: type, extra: Sequence[sa.schema.SchemaItem], references: Mapping[str, str]
    ) -> None:
        self.name, self.kind = name, kind
        self.fields: dict[str, Any] = {}
        self.children: dict[str, Rows] = {}
        columns: list[sa.schema.SchemaItem] = []
        for field, hint in codec.hints(kind).items():
            if child := child_type(hint):
                self.children[field] = Rows(f"{name}_{field}", child, _inside(), {})
                continue
            self.fields[field] = hint
            optional = codec.without_none(hint) is not hint
            links = [sa.ForeignKey(f"{references[field]}.id")] if field in references else []
            columns.append(sa.Column(field, column_type(hint), *links, nullable=optional, primary_key=field == "id"))
        self.table = sa.Table(name, METADATA, *columns, *extra)
        self.json = {field for field, column in self.table.c.items() if isinstance(column.type, sa.JSON)}
        # Worked out once: a reading of many dossiers makes thousands of records.
        numbers = {field for field in self.fields if isinstance(self.table.c[field].type, sa.Uuid)}
        self._read = {
            field: uuid_or_none if field in numbers else self._reader(field, hint)
            for field, hint in self.fields.items()
        }

    def column(self, name: str) -> sa.ColumnElement[Any]:
        """A column as `records` takes its values: numbers of fields as they are stored."""
        return bare(self.table.c[name]) if name in self.fields else self.table.c[name]

    @cached_property
    def within(self) -> sa.Select[Any]:
        """The records inside some others, each row with the number of the one that it is in, in order."""
        columns = self.table.c
        query = sa.select(*(self.column(name) for name in self.fields), columns.parent_id)
        return query.where(is_among(columns.root_id)).order_by(columns.position)

    def values(self, record: object) -> dict[str, Any]:
        """The row of one record."""
        row = {field: getattr(record, field) for field in self.fields}
        for field in self.json & row.keys():
            row[field] = codec.plain(row[field])
        return row

    def records(self, rows: Sequence[Sequence[Any]], fields: Iterable[str], inside: Inside | None = None) -> list[Any]:
        """Records with these fields, from the values of their `column`s at the head of each row."""
        named = tuple(fields)
        columns = (
            values if read is None else map(read, values)
            for read, values in zip((self._read[field] for field in named), zip(*rows, strict=True), strict=False)
        )
        told = (dict(zip(named, values, strict=True)) for values in zip(*columns, strict=True))
        if inside is None:
            return [self.kind(**one) for one in told]
        return [self.kind(**one, **inside[one["id"]]) for one in told]

    def _reader(self, field: str, hint: Any) -> Callable[[Any], Any] | None:
        """How the value of a column becomes that of its field; None where it is so already."""
        if field in self.json:
            return lambda raw: codec.typed(raw, hint)
        bare = codec.without_none(hint)
        if isinstance(bare, type) and issubclass(bare, StrEnum):
            return lambda raw: None if raw is None else bare(raw)
        return None


def _inside() -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("root_id", sa.Uuid, nullable=False, index=True),
        sa.Column("parent_id", sa.Uuid, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
    ]


def load_inside(tx: "Transaction", rows: Rows, roots: Among) -> Inside:
    """What is inside these records, and inside that, by the number of what holds it."""
    found: dict[UUID, dict[str, tuple[Any, ...]]] = defaultdict(lambda: dict.fromkeys(rows.children, ()))
    for field, child in rows.children.items():
        lines = tx.connection.execute(child.within, roots.told).all()
        deeper = load_inside(tx, child, roots) if lines and child.children else None
        for line, record in zip(lines, child.records(lines, child.fields, deeper), strict=True):
            found[line[-1]][field] += (record,)
    return found


def replace_inside(tx: "Transaction", rows: Rows, root: UUID, value: object) -> None:
    """Write the records inside a record anew: they live and die with it."""
    for child in rows.children.values():
        _delete_inside(tx, child, root)
    insert_inside(tx, rows, root, value)


def insert_inside(tx: "Transaction", rows: Rows, root: UUID, value: object) -> None:
    """Write the records inside a new record."""
    for field, child in rows.children.items():
        _insert(tx, child, root, [(getattr(value, "id"), getattr(value, field))])  # noqa: B009


def _delete_inside(tx: "Transaction", rows: Rows, root: UUID) -> None:
    tx.connection.execute(rows.table.delete().where(rows.table.c.root_id == root))
    for child in rows.children.values():
        _delete_inside(tx, child, root)


def _insert(tx: "Transaction", rows: Rows, root: UUID, groups: list[tuple[UUID, tuple[Any, ...]]]) -> None:
    content = [
        rows.values(record) | {"root_id": root, "parent_id": parent, "position": position}
        for parent, records in groups
        for position, record in enumerate(records)
    ]
    if not content:
        return
    tx.connection.execute(rows.table.insert(), content)
    every = [record for _, records in groups for record in records]
    for field, child in rows.children.items():
        _insert(tx, child, root, [(record.id, getattr(record, field)) for record in every])
