"""Registers of a dossier: a line is noted, corrected or withdrawn by another one, and never changed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar
from uuid import UUID

from spip_desktop.db.records import Records, Stored
from spip_desktop.db.store import Transaction
from spip_desktop.domain.errors import Problem, Refusal, refuse_if_any
from spip_desktop.domain.officer import Right
from spip_desktop.domain.register import RegisterLine, correction_problems, standing
from spip_desktop.domain.text import clean
from spip_desktop.services.access import AccessService
from spip_desktop.services.context import Context

L = TypeVar("L", bound=RegisterLine)


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterKind(Generic[L]):
    """One register: its table, whose dossier a line is of, its rule (the line, and those that stand beside it)."""

    records: Records[L]
    person_of: Callable[[Transaction, L], UUID]
    problems: Callable[[Transaction, L, Sequence[L]], Sequence[Problem]]

    @property
    def name(self) -> str:
        return self.records.name


class Register(Generic[L]):
    """Each method is one act and one transaction."""

    def __init__(self, context: Context, access: AccessService, register: RegisterKind[L]) -> None:
        self._context, self._access, self._register = context, access, register

    def of(self, tx: Transaction, person_id: UUID) -> list[Stored[L]]:
        """Every line of one person in the order of entry, those that no longer stand included."""
        return self._register.records.find_stored(tx, person_id=person_id)

    def note(self, line: L) -> None:
        """Add a line, which may correct another. Refusals: `line_no_longer_stands`, and what its rule finds."""
        self._context.actor.require(Right.WRITE_SITUATION)
        with self._context.store.transaction(self._context.actor, f"note_{self._register.name}") as tx:
            self._access.require(tx, line.person_id)
            if self._register.person_of(tx, line) != line.person_id:
                raise Refusal("not_found", kind=self._register.name)
            self._add(tx, replace(line, note=clean(line.note, lines=True).strip()))

    def withdraw(self, id_: UUID, reason: str = "") -> None:
        """Add the line that takes another away, with its reason; the one taken away stays to be read."""
        self._context.actor.require(Right.WRITE_SITUATION)
        with self._context.store.transaction(self._context.actor, f"withdraw_{self._register.name}") as tx:
            line = self._register.records.get(tx, id_)
            self._access.require(tx, line.person_id)
            said = clean(reason, lines=True).strip()
            self._add(tx, replace(line, id=tx.ids.new(), corrects=id_, withdrawn=True, note=said))

    def _add(self, tx: Transaction, line: L) -> None:
        others = self._register.records.find(tx, person_id=line.person_id)
        refuse_if_any(correction_problems(line, others))
        if not line.withdrawn:
            beside = [one for one in standing(others) if one.id != line.corrects]
            refuse_if_any(self._register.problems(tx, line, beside))
        self._register.records.save(tx, line)
        tx.note(self._register.name, line.id)
