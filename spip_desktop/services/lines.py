"""What hangs on a person, line by line: added, changed by autosave, put in the bin and taken back."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Generic, TypeVar
from uuid import UUID

from spip_desktop.db import codec
from spip_desktop.db.records import Records, Stored
from spip_desktop.db.store import AUTOSAVE, Transaction
from spip_desktop.domain.changes import change
from spip_desktop.domain.errors import Problem, refuse_if_any
from spip_desktop.domain.officer import Right
from spip_desktop.domain.text import clean
from spip_desktop.services.access import AccessService
from spip_desktop.services.context import Context

T = TypeVar("T")
#: The only fields in which a line break is text.
SEVERAL_LINES = frozenset({"note", "resources", "availability", "engaged", "precision", "text", "result"})


@dataclass(frozen=True, slots=True)
class Saved:
    """What an autosave did: when, the lock to send next time, and what could not be accepted, field by field."""

    at: datetime
    lock: int
    refused: tuple[Problem, ...] = ()


def _nothing(tx: Transaction, person_id: UUID) -> None:
    """Most lines have nothing to bring up to date elsewhere."""


def _anyone(tx: Transaction, line: Any) -> None:
    """Most lines are changed by whoever has the right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineKind(Generic[T]):
    """One kind of line: its table, the right it asks for, its rule, what else follows a change.

    `touch` refuses the line itself to whom may not change it, or no longer.
    """

    records: Records[T]
    right: Right
    problems: Callable[[Transaction, T], Sequence[Problem]]
    after: Callable[[Transaction, UUID], None] = _nothing
    touch: Callable[[Transaction, T], None] = _anyone

    @property
    def name(self) -> str:
        return self.records.name


class Lines(Generic[T]):
    """The lines of one kind. Each method is one act and one transaction."""

    def __init__(self, context: Context, access: AccessService, kind: LineKind[T]) -> None:
        self._context, self._access, self._kind = context, access, kind

    def of(self, tx: Transaction, person_id: UUID) -> list[Stored[T]]:
        """The lines of one person that are not in the bin, with their locks."""
        return self._kind.records.find_stored(tx, person_id=person_id)

    def add(self, value: T) -> None:
        """Record a new line; Refusal with what its rule finds."""
        self._context.actor.require(self._kind.right)
        with self._context.store.transaction(self._context.actor, f"add_{self._kind.name}") as tx:
            self._access.require(tx, _person_of(value))
            refuse_if_any(self._kind.problems(tx, value))
            self._kind.records.save(tx, value)
            self._kind.after(tx, _person_of(value))
            tx.note(self._kind.name, _id_of(value))

    def save_fields(self, id_: UUID, changes: Mapping[str, object], lock: int | None = None) -> Saved:
        """Save the fields that changed; those that cannot be accepted come back with why."""
        self._context.actor.require(self._kind.right)
        with self._context.store.transaction(self._context.actor, AUTOSAVE) as tx:
            before = self._kind.records.stored(tx, id_)
            person_id = _person_of(before.value)
            self._access.require(tx, person_id)
            self._kind.touch(tx, before.value)
            wanted, refused = cleaned(self._kind.records.kind, changes)
            found = change(before.value, wanted, lambda value: self._kind.problems(tx, value))
            refused += found.refused
            if found.value == before.value:
                return Saved(tx.now, before.lock, refused)
            self._kind.records.save(tx, found.value, lock=lock)
            self._kind.after(tx, person_id)
            tx.note(self._kind.name, id_)
            return Saved(tx.now, before.lock + 1, refused)

    def bin(self, id_: UUID) -> None:
        """Put a line in the bin; « Annuler » is `restore`."""
        self._mark(id_, "bin", self._kind.records.bin)

    def restore(self, id_: UUID) -> None:
        """Take a line back from the bin; Refusal when its rule no longer lets it in (a second open écrou)."""
        self._mark(id_, "restore", self._put_back)

    def _put_back(self, tx: Transaction, id_: UUID) -> None:
        refuse_if_any(self._kind.problems(tx, self._kind.records.get(tx, id_)))
        self._kind.records.restore(tx, id_)

    def _mark(self, id_: UUID, act: str, do: Callable[[Transaction, UUID], None]) -> None:
        self._context.actor.require(self._kind.right)
        with self._context.store.transaction(self._context.actor, f"{act}_{self._kind.name}") as tx:
            line = self._kind.records.get(tx, id_)
            person_id = _person_of(line)
            self._access.require(tx, person_id)
            self._kind.touch(tx, line)
            do(tx, id_)
            self._kind.after(tx, person_id)
            tx.note(self._kind.name, id_)


def cleaned(kind: type, changes: Mapping[str, object]) -> tuple[dict[str, object], tuple[Problem, ...]]:
    """What may be given to a record, and a problem for each field that has to have an answer and has none.

    Typed text loses control signs and the spaces around it; codes of closed lists become their StrEnum.
    """
    hints = codec.hints(kind)
    kept: dict[str, object] = {}
    problems = []
    for field, content in changes.items():
        hint = codec.without_none(hints[field])
        if content is None and hint is hints[field]:
            problems.append(Problem("required", field))
        elif type(content) is str and isinstance(hint, type) and issubclass(hint, StrEnum):
            if content in tuple(hint):
                kept[field] = hint(content)
            else:
                problems.append(Problem("choose_one", field))
        else:
            kept[field] = _cleaned(field, content)
    return kept, tuple(problems)


def _cleaned(field: str, content: object) -> object:
    if type(content) is str:
        return clean(content, lines=field in SEVERAL_LINES).strip()
    if isinstance(content, tuple) and all(type(one) is str for one in content):
        return tuple(text for one in content if (text := clean(one).strip()))
    return content


def _person_of(value: Any) -> UUID:
    found = value.person_id
    assert isinstance(found, UUID)
    return found


def _id_of(value: Any) -> UUID:
    found = value.id
    assert isinstance(found, UUID)
    return found


__all__ = ["LineKind", "Lines", "Saved", "Stored", "cleaned"]
