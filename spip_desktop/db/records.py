"""One mechanism for every record: a frozen dataclass to a table's row and back, with its bookkeeping."""

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast, get_args, get_origin
from uuid import UUID

import sqlalchemy as sa
import sqlalchemy.schema
from sqlalchemy.dialects.sqlite import insert as upsert

from spip_desktop.db import codec
from spip_desktop.db.numbers import bare, uuid_or_none
from spip_desktop.db.schema import METADATA, REVISION, SEAL, Instant
from spip_desktop.domain.errors import Refusal

if TYPE_CHECKING:
    from spip_desktop.db.store import Transaction

T = TypeVar("T")
#: Autosaves of one officer on one object within this time share a revision and a journal line (design.md §5).
STRETCH = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Stored(Generic[T]):
    """A value with its bookkeeping; comparison and undo act on `value`."""

    value: T
    lock: int
    revision: UUID
    changed_at: datetime
    changed_by: UUID
    deleted_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Adopted(Generic[T]):
    """A revision to be shown as it stands, written here or elsewhere; `also` as in `save`."""

    value: T
    revision: UUID
    base: UUID | None
    at: datetime
    by: UUID
    deleted: bool
    also: Mapping[str, object]


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
        self._read = {field: self._reader(field, hint) for field, hint in self.fields.items()}
        #: The columns as `parts` takes them: numbers as they are stored.
        self.bare = {field: bare(self.table.c[field]) for field in self.fields}
        numbers = {field for field in self.fields if isinstance(self.table.c[field].type, sa.Uuid)}
        self._read_bare = {field: uuid_or_none if field in numbers else read for field, read in self._read.items()}

    def values(self, record: object) -> dict[str, Any]:
        """The row of one record."""
        row = {field: getattr(record, field) for field in self.fields}
        for field in self.json & row.keys():
            row[field] = codec.plain(row[field])
        return row

    def record(self, row: sa.RowMapping, inside: Mapping[str, tuple[Any, ...]]) -> Any:
        """The record of one row and of the records inside it."""
        content = {field: row[field] if read is None else read(row[field]) for field, read in self._read.items()}
        return self.kind(**content, **inside)

    def parts(self, rows: Iterable[Iterable[Any]], fields: Sequence[str]) -> Iterator[Any]:
        """Records with some of their fields, from the values of their `bare` columns in each row."""
        reads = [(field, self._read_bare[field]) for field in fields]
        for row in rows:
            named = zip(reads, row, strict=True)
            yield self.kind(**{field: value if read is None else read(value) for (field, read), value in named})

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


def _bookkeeping() -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("lock", sa.Integer, nullable=False),
        sa.Column("revision", sa.Uuid, nullable=False),
        sa.Column("base_revision", sa.Uuid),
        sa.Column("changed_at", Instant, nullable=False),
        sa.Column("changed_by", sa.Uuid, nullable=False),
        sa.Column("deleted_at", Instant),
    ]


#: Every kind of record that the program declares, by the name of its table.
EVERY: dict[str, "Records[Any]"] = {}


class Records(Generic[T]):
    """The records of one kind in the store."""

    def __init__(
        self,
        name: str,
        kind: type[T],
        *,
        references: Mapping[str, str] | None = None,
        derived: Sequence[sa.Column[Any]] = (),
        index: Iterable[tuple[str, ...]] = (),
    ) -> None:
        """`references` names the table a field points at; `derived` columns are written by `save(also=…)`."""
        self.name, self.kind = name, kind
        indexes = [sa.Index(f"ix_{name}_{'_'.join(fields)}", *fields) for fields in index]
        self._rows = Rows(name, kind, [*derived, *_bookkeeping(), *indexes], references or {})
        self.table = self._rows.table
        # Built once: building a statement costs more than running it.
        self._finders: dict[tuple[tuple[str, bool], ...], sa.Select[Any]] = {}
        self._parts: dict[tuple[str, ...], sa.Select[Any]] = {}
        by_id = self.table.c.id == sa.bindparam("b_id")
        self._by_id = sa.select(self.table).where(by_id)
        kept = ("lock", "revision", "base_revision", "deleted_at")
        self._bookkeeping = sa.select(*(self.table.c[name] for name in kept)).where(by_id)
        values: dict[str, Any] = {name: sa.bindparam(name) for name, _ in self.table.c.items() if name != "id"}
        self._update = self.table.update().where(self.table.c.id == sa.bindparam("b_id")).values(**values)
        new = upsert(self.table)
        changed = {name: new.excluded[name] for name in values if name != "lock"}
        self._adopting = new.on_conflict_do_update(
            index_elements=["id"], set_=changed | {"lock": self.table.c.lock + 1}
        )
        EVERY[name] = self

    def index_present(self, *fields: str, name: str = "present") -> None:
        """An index of these columns for the records that are not in the bin: a reading of them alone needs no row.

        With `deleted_at` among its columns, without which SQLite reads each row to see that it is not in the bin.
        """
        columns, kept = self.table.c, self.table.c.deleted_at
        named = (columns[one] for one in fields)
        sa.Index(f"ix_{self.name}_{name}", *named, kept, sqlite_where=kept.is_(None))

    # -- reading ---------------------------------------------------------------------------------------------

    def get(self, tx: "Transaction", id_: UUID) -> T:
        """The record, or Refusal `not_found`."""
        return self.stored(tx, id_).value

    def stored(self, tx: "Transaction", id_: UUID) -> Stored[T]:
        row = tx.connection.execute(self._by_id, {"b_id": id_}).mappings().first()
        if row is None:
            raise Refusal("not_found", kind=self.name)
        return self._stored(row, self._load_inside(tx, [id_]))

    def find(self, tx: "Transaction", *where: sa.ColumnElement[bool], **equal: object) -> list[T]:
        """The records that are not in the bin and whose columns have these values."""
        return [one.value for one in self.find_stored(tx, *where, **equal)]

    def find_stored(self, tx: "Transaction", *where: sa.ColumnElement[bool], **equal: object) -> list[Stored[T]]:
        """The same with their bookkeeping, for pages that change them."""
        query = self._finder(tuple((name, value is None) for name, value in equal.items()))
        wanted = {f"b_{name}": value for name, value in equal.items() if value is not None}
        rows = tx.connection.execute(query.where(*where) if where else query, wanted).mappings().all()
        inside = self._load_inside(tx, [row["id"] for row in rows]) if rows and self._rows.children else {}
        return [self._stored(row, inside) for row in rows]

    def partly(self, tx: "Transaction", fields: Sequence[str], *where: sa.ColumnElement[bool]) -> list[T]:
        """The records that are not in the bin with these fields alone, the others as a new record has them.

        For readings of many dossiers, which need little of each; never to be saved.
        """
        wanted = tuple(fields)
        if wanted not in self._parts:
            present = self.table.c.deleted_at.is_(None)
            self._parts[wanted] = sa.select(*(self._rows.bare[name] for name in wanted)).where(present)
        rows = tx.connection.execute(self._parts[wanted].where(*where))
        return list(self._rows.parts(rows.all(), wanted))

    def _finder(self, equal: tuple[tuple[str, bool], ...]) -> sa.Select[Any]:
        """The statement that compares these columns with `b_` parameters; True for one that must be empty."""
        if equal not in self._finders:
            columns = self.table.c
            conditions = [columns[name].is_(None) if empty else columns[name] == sa.bindparam(f"b_{name}")
                          for name, empty in equal]  # fmt: skip
            query = sa.select(self.table).where(columns.deleted_at.is_(None), *conditions)
            self._finders[equal] = query.order_by(columns.id)
        return self._finders[equal]

    def _stored(self, row: sa.RowMapping, inside: Mapping[UUID, dict[str, tuple[Any, ...]]]) -> Stored[T]:
        value = self._rows.record(row, inside.get(row["id"], dict.fromkeys(self._rows.children, ())))
        return Stored(
            value=cast(T, value),
            lock=row["lock"],
            revision=row["revision"],
            changed_at=row["changed_at"],
            changed_by=row["changed_by"],
            deleted_at=row["deleted_at"],
        )

    def _load_inside(self, tx: "Transaction", roots: list[UUID]) -> dict[UUID, dict[str, tuple[Any, ...]]]:
        return _load(tx, self._rows, roots)

    # -- writing ---------------------------------------------------------------------------------------------

    def save(
        self,
        tx: "Transaction",
        value: T,
        *,
        lock: int | None = None,
        also: Mapping[str, object] | None = None,
        merged: Sequence[UUID] = (),
    ) -> None:
        """Write the record, its revision and what is inside it, in this transaction.

        Refusal `not_found` for one in the bin: only `restore` takes it back, and what was read before does not.
        `lock` is the value read with the record: Refusal `changed_elsewhere` when someone saved since, with the
        record as it stands (`current`, a Stored): the page shows it beside what is typed. `merged` are the other
        revisions that this one settles (decision 36).
        """
        tx.require_writing()
        id_ = cast(UUID, getattr(value, "id"))  # noqa: B009  every record has one, the type variable cannot say so
        before = self._bookkeeping_of(tx, id_)
        if before is not None and before["deleted_at"] is not None:
            raise Refusal("not_found", kind=self.name)
        if lock is not None and before is not None and before["lock"] != lock:
            raise Refusal("changed_elsewhere", kind=self.name, current=self.stored(tx, id_))
        revision, base = self._keep_revision(tx, id_, value, before, merged)
        row = self._rows.values(value) | dict(also or {})
        row |= {
            "lock": 1 if before is None else before["lock"] + 1,
            "revision": revision,
            "base_revision": base,
            "changed_at": tx.now,
            "changed_by": tx.actor_id,
            "deleted_at": None,
        }
        if before is None:
            tx.connection.execute(self.table.insert(), row)
        else:
            # Never the id: SQLite would look for its children in every table (300 ms among 7,000 persons).
            del row["id"]
            tx.connection.execute(self._update, {"b_id": id_, **row})
        if self._rows.children:
            _replace_inside(tx, self._rows, id_, value)

    def bin(self, tx: "Transaction", id_: UUID) -> None:
        """Put the record in the bin, from which `restore` takes it back."""
        self._mark(tx, id_, tx.now)

    def restore(self, tx: "Transaction", id_: UUID) -> None:
        self._mark(tx, id_, None)

    def hang_on(self, tx: "Transaction", id_: UUID, person_id: UUID) -> None:
        """Say of a record, in the bin or not, that it is of that person: a revision, and nothing else of it changes."""
        tx.require_writing()
        stored, new = self.stored(tx, id_), tx.ids.new()
        value: Any = dataclasses.replace(cast(Any, stored.value), person_id=person_id)
        row = {
            "id": new, "db_id": tx.db_id, "base": stored.revision, "kind": self.name, "object_id": id_, "act": tx.act,
            "at": tx.now, "by": tx.actor_id, "content": codec.to_json(value), "deleted": stored.deleted_at is not None,
        }  # fmt: skip
        tx.connection.execute(REVISION.insert(), row)
        changed = {"person_id": person_id, "lock": stored.lock + 1, "revision": new, "base_revision": stored.revision}
        of_it = self.table.update().where(self.table.c.id == id_)
        tx.connection.execute(of_it.values(**changed, changed_at=tx.now, changed_by=tx.actor_id))

    def _mark(self, tx: "Transaction", id_: UUID, deleted_at: datetime | None) -> None:
        """Going to the bin and coming back are revisions with the same content: they travel as changes do."""
        tx.require_writing()
        c, new = REVISION.c, tx.ids.new()
        wanted = sa.select(self.table.c.revision).where(self.table.c.id == id_).scalar_subquery()
        fixed = {"id": new, "db_id": tx.db_id, "act": tx.act, "at": tx.now, "by": tx.actor_id,
                 "deleted": deleted_at is not None}  # fmt: skip
        same = sa.select(
            *(sa.literal(value, c[name].type) for name, value in fixed.items()), c.id, c.kind, c.object_id, c.content
        ).where(c.id == wanted)
        tx.connection.execute(REVISION.insert().from_select([*fixed, "base", "kind", "object_id", "content"], same))
        tx.connection.execute(
            self.table.update()
            .where(self.table.c.id == id_)
            .values(
                deleted_at=deleted_at,
                lock=self.table.c.lock + 1,
                base_revision=self.table.c.revision,
                revision=new,
                changed_at=tx.now,
                changed_by=tx.actor_id,
            )
        )

    def adopt(self, tx: "Transaction", several: Sequence[Adopted[T]]) -> None:
        """Show these revisions, which are kept already; several at once, for what a package brings."""
        if not several:
            return
        tx.require_writing()
        ids = [cast(UUID, getattr(one.value, "id")) for one in several]  # noqa: B009  as in `save`
        there = set(tx.connection.scalars(sa.select(self.table.c.id).where(self.table.c.id.in_(ids))))
        rows = [
            self._rows.values(one.value)
            | dict(one.also)
            | {"lock": 1, "revision": one.revision, "base_revision": one.base, "changed_at": one.at,
               "changed_by": one.by, "deleted_at": one.at if one.deleted else None}
            for one in several
        ]  # fmt: skip
        tx.connection.execute(self._adopting, rows)
        for id_, one in zip(ids, several, strict=True) if self._rows.children else ():
            if id_ in there:
                _replace_inside(tx, self._rows, id_, one.value)
            else:
                _insert_every_inside(tx, self._rows, id_, one.value)

    def _bookkeeping_of(self, tx: "Transaction", id_: UUID) -> sa.RowMapping | None:
        return tx.connection.execute(self._bookkeeping, {"b_id": id_}).mappings().first()

    def _keep_revision(
        self, tx: "Transaction", id_: UUID, value: T, before: sa.RowMapping | None, merged: Sequence[UUID]
    ) -> tuple[UUID, UUID | None]:
        """Keep the value: in the open stretch of this officer where there is one, else as a new revision."""
        content = codec.to_json(value)
        if before is not None and tx.is_autosave and self._extend_stretch(tx, before["revision"], content):
            return before["revision"], before["base_revision"]
        revision, base = tx.ids.new(), before["revision"] if before else None
        row = {
            "id": revision, "db_id": tx.db_id, "base": base, "kind": self.name, "object_id": id_,
            "act": tx.act, "at": tx.now, "by": tx.actor_id, "content": content,
            "merged": [str(one) for one in merged] or None,
        }  # fmt: skip
        tx.connection.execute(REVISION.insert(), row)
        return revision, base

    def _extend_stretch(self, tx: "Transaction", revision: UUID, content: str) -> bool:
        changed = tx.connection.execute(
            _EXTEND,
            {
                "b_id": revision, "b_by": tx.actor_id, "b_act": tx.act, "b_since": tx.now - STRETCH,
                "b_db": tx.db_id, "content": content,
            },
        )  # fmt: skip
        return changed.rowcount == 1


_EXTEND = (
    REVISION.update()
    .where(
        REVISION.c.id == sa.bindparam("b_id"),
        REVISION.c.by == sa.bindparam("b_by"),
        REVISION.c.act == sa.bindparam("b_act"),
        REVISION.c.db_id == sa.bindparam("b_db"),
        REVISION.c.seq > sa.select(sa.func.coalesce(sa.func.max(SEAL.c.seq), 0)).scalar_subquery(),
        REVISION.c.at > sa.bindparam("b_since"),
    )
    .values(content=sa.bindparam("content"))
)


def _replace_inside(tx: "Transaction", rows: Rows, root: UUID, value: object) -> None:
    """Write the records inside a record anew: they live and die with it."""
    for child in rows.children.values():
        _delete_inside(tx, child, root)
    _insert_every_inside(tx, rows, root, value)


def _insert_every_inside(tx: "Transaction", rows: Rows, root: UUID, value: object) -> None:
    for field, child in rows.children.items():
        _insert_inside(tx, child, root, [(getattr(value, "id"), getattr(value, field))])  # noqa: B009


def _delete_inside(tx: "Transaction", rows: Rows, root: UUID) -> None:
    tx.connection.execute(rows.table.delete().where(rows.table.c.root_id == root))
    for child in rows.children.values():
        _delete_inside(tx, child, root)


def _insert_inside(tx: "Transaction", rows: Rows, root: UUID, groups: list[tuple[UUID, tuple[Any, ...]]]) -> None:
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
        _insert_inside(tx, child, root, [(record.id, getattr(record, field)) for record in every])


def _load(tx: "Transaction", rows: Rows, parents: list[UUID]) -> dict[UUID, dict[str, tuple[Any, ...]]]:
    """For each parent id, the records inside it, by field and in order."""
    found: dict[UUID, dict[str, tuple[Any, ...]]] = {id_: dict.fromkeys(rows.children, ()) for id_ in parents}
    for field, child in rows.children.items():
        table = child.table
        query = sa.select(table).where(table.c.parent_id.in_(parents)).order_by(table.c.position)
        lines = tx.connection.execute(query).mappings().all() if parents else []
        inside = _load(tx, child, [line["id"] for line in lines]) if child.children else {}
        for line in lines:
            found[line["parent_id"]][field] += (child.record(line, inside.get(line["id"], {})),)
    return found
