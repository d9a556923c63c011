"""One mechanism for every record: found, saved, put in the bin, with its bookkeeping (rows.py makes its table)."""

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast
from uuid import UUID

import sqlalchemy as sa
import sqlalchemy.schema
from sqlalchemy.dialects.sqlite import insert as upsert

from spip_desktop.db import codec
from spip_desktop.db.among import Among, is_among, keyed
from spip_desktop.db.rows import Rows, insert_inside, load_inside, replace_inside
from spip_desktop.db.schema import REVISION, SEAL, Instant
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


def _bookkeeping() -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("lock", sa.Integer, nullable=False),
        sa.Column("revision", sa.Uuid, nullable=False),
        sa.Column("base_revision", sa.Uuid),
        sa.Column("changed_at", Instant, nullable=False),
        sa.Column("changed_by", sa.Uuid, nullable=False),
        sa.Column("deleted_at", Instant),
    ]


#: What `Stored` says beside the value, in its order.
_STORED = ("lock", "revision", "changed_at", "changed_by", "deleted_at")

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
        self._asked: dict[tuple[object, ...], sa.Select[Any]] = {}
        self._whole = tuple(self._rows.fields)
        by_id = self.table.c.id == sa.bindparam("b_id")
        self._by_id = sa.select(*(self._rows.column(name) for name in (*self._whole, *_STORED))).where(by_id)
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
        found = self._every_stored(tx, tx.connection.execute(self._by_id, {"b_id": id_}).all())
        if not found:
            raise Refusal("not_found", kind=self.name)
        return found[0]

    def find(self, tx: "Transaction", *where: sa.ColumnElement[bool], **wanted: object) -> list[T]:
        """The records that are not in the bin and whose columns have these values, or one of them (`Among`)."""
        return self._values(tx, self._matching(tx, self._whole, where, wanted))

    def find_stored(self, tx: "Transaction", *where: sa.ColumnElement[bool], **wanted: object) -> list[Stored[T]]:
        """The same with their bookkeeping, for pages that change them."""
        return self._every_stored(tx, self._matching(tx, (*self._whole, *_STORED), where, wanted))

    def partly(
        self, tx: "Transaction", fields: Sequence[str], *where: sa.ColumnElement[bool], **wanted: object
    ) -> list[T]:
        """The same with these fields alone and in no order, the others as a new record has them.

        For readings of many dossiers, which need little of each; never to be saved.
        """
        named = tuple(fields)
        return self._rows.records(self._matching(tx, named, where, wanted, ordered=False), named)

    def _matching(
        self,
        tx: "Transaction",
        columns: tuple[str, ...],
        where: Sequence[sa.ColumnElement[bool]],
        wanted: Mapping[str, object],
        *,
        ordered: bool = True,
    ) -> Sequence[sa.Row[Any]]:
        """These columns of the rows that are wanted; the statement is built once for values of the same sort."""
        key = (columns, ordered, *((name, _sort(value)) for name, value in wanted.items()))
        if key not in self._asked:
            self._asked[key] = self._ask(columns, wanted, ordered=ordered)
        query = self._asked[key]
        given = {_given(name): value for name, value in wanted.items() if value is not None}
        given |= {name: value.listed for name, value in given.items() if isinstance(value, Among)}
        return tx.connection.execute(query.where(*where) if where else query, given).all()

    def _ask(self, columns: tuple[str, ...], wanted: Mapping[str, object], *, ordered: bool) -> sa.Select[Any]:
        every = self.table.c
        query = sa.select(*(self._rows.column(name) for name in columns)).where(every.deleted_at.is_(None))
        for name, value in wanted.items():
            if value is None:
                query = query.where(every[name].is_(None))
            elif isinstance(value, Among):
                query = query.where(is_among(every[name], _given(name)))
            else:
                query = query.where(every[name] == sa.bindparam(_given(name)))
        return query.order_by(every.id) if ordered else query

    def _values(self, tx: "Transaction", rows: Sequence[sa.Row[Any]]) -> list[T]:
        """The records at the head of these rows, with what is inside them."""
        inside = None
        if self._rows.children:
            at = self._whole.index("id")
            inside = load_inside(tx, self._rows, keyed(row[at] for row in rows)) if rows else None
        return self._rows.records(rows, self._whole, inside)

    def _every_stored(self, tx: "Transaction", rows: Sequence[sa.Row[Any]]) -> list[Stored[T]]:
        kept = (row[len(self._whole) :] for row in rows)
        return [Stored(value, *told) for value, told in zip(self._values(tx, rows), kept, strict=True)]

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
            replace_inside(tx, self._rows, id_, value)

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
                replace_inside(tx, self._rows, id_, one.value)
            else:
                insert_inside(tx, self._rows, id_, one.value)

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


def _given(name: str) -> str:
    """The parameter with which a column is compared."""
    return f"b_{name}"


def _sort(value: object) -> str:
    """What tells two statements apart: how a column is compared, not with what."""
    return "none" if value is None else "among" if isinstance(value, Among) else "one"
