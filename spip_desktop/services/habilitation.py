"""The roles and the habilitation of an officer, changed after their arrival; the old ones stay readable (R. 113-53).

A DPIP changes them; where the store has none, who manages the keys does, with a written reason (decision 20).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from spip_desktop.db import officer as officers
from spip_desktop.domain.errors import Refusal, refuse_if_any
from spip_desktop.domain.habilitation import Habilitation, every_problem, habilitation_of, with_habilitation
from spip_desktop.domain.officer import NAMEABLE, Officer, Right, Role
from spip_desktop.services.account import act_as
from spip_desktop.services.context import Context


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """A habilitation as it was, when it was entered and by whom (« Prénom Nom »)."""

    habilitation: Habilitation
    at: datetime
    by: str


class HabilitationService:
    """`opening` tells which officers open the store: one who does not cannot be the last to manage its keys."""

    def __init__(self, context: Context, opening: Callable[[], Iterable[Officer]]) -> None:
        self._context, self._opening = context, opening

    def may_change(self) -> bool:
        return self._context.actor.could(Right.HABILITATE)

    def must_say_why(self) -> bool:
        """Whether a reason has to be written: who changes it is no DPIP."""
        return not self._context.actor.may(Right.HABILITATE)

    def past(self, officer_id: UUID) -> list[Noted]:
        """Every habilitation that an officer had, the one in force first."""
        with self._context.store.reading() as tx:
            kept = officers.revisions(tx, officer_id)
            names = {one.id: f"{one.first_name} {one.family_name}" for one in officers.OFFICERS.find(tx)}
        found: list[Noted] = []
        for at, by, officer in kept:
            given = habilitation_of(officer)
            if not found or found[-1].habilitation != given:
                found.append(Noted(habilitation=given, at=at, by=names.get(by, "")))
        return found[::-1]

    def change(self, officer_id: UUID, given: Habilitation, reason: str = "") -> Officer:
        """Give an officer other roles or another habilitation, from now on.

        Refusals: `reason_needed_without_dpip`, `officer_removed`, `last_key_manager`, `own_habilitation`,
        `habilitation_unchanged`, what is to be put right in the habilitation.
        """
        self._context.actor.require(Right.HABILITATE, reason)
        others = [one for one in self._opening() if one.active]
        with self._context.store.transaction(self._context.actor, "change_habilitation") as tx:
            before = officers.OFFICERS.get(tx, officer_id)
            if not before.active:
                raise Refusal("officer_removed")
            after = with_habilitation(before, given)
            refuse_if_any(every_problem(before, after, self._context.actor, others, tx.clock.today()))
            officers.OFFICERS.save(tx, after)
            tx.note("officer", officer_id, reason.strip())
        with self._context.store.reading() as tx:
            me = officers.OFFICERS.get(tx, self._context.officer_id)
        act_as(self._context, me)
        return after


def read(values: Mapping[str, object]) -> Habilitation:
    """A habilitation made of what was typed and ticked; codes that are not known are left out."""
    on = values.get("on")
    return Habilitation(
        roles=tuple(Role(one) for one in _codes(values.get("roles")) if one in tuple(Role)),
        names=tuple(Right(one) for one in _codes(values.get("names")) if one in NAMEABLE),
        by=str(values.get("by") or ""),
        on=on if isinstance(on, date) else None,
    )


def _codes(content: object) -> tuple[str, ...]:
    return tuple(str(one) for one in content) if isinstance(content, tuple) else ()
