"""Contributions of other professions: typed by the intervenant, or reported by the CPIP and read again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from spip_desktop.db import contribution as rows
from spip_desktop.db.evaluation import of_person as evaluations_of
from spip_desktop.db.officer import OFFICERS
from spip_desktop.db.person import PERSONS
from spip_desktop.db.records import Stored
from spip_desktop.db.store import Transaction
from spip_desktop.domain.contribution import (
    KIND,
    Contribution,
    HowGiven,
    contribution_problems,
    require_own_draft,
    settling_problems,
)
from spip_desktop.domain.errors import Problem, refuse_if_any
from spip_desktop.domain.officer import Right, Role
from spip_desktop.domain.text import clean
from spip_desktop.reference import load
from spip_desktop.services.access import AccessService
from spip_desktop.services.context import Context
from spip_desktop.services.lines import LineKind, Lines, Saved

#: The fields of a draft that its author types; the others are written by the acts.
TYPED = frozenset({"profession", "author", "said_on", "text", "activity", "opinion"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Contributions:
    """What the officer may read: those that are settled, and their own drafts with their locks."""

    settled: Sequence[Contribution]
    drafts: Sequence[Stored[Contribution]]
    officers: dict[UUID, str]


class ContributionService:
    """A draft is changed as one types, by its author; `settle` fixes it for good."""

    def __init__(self, context: Context, access: AccessService) -> None:
        self._context, self._access = context, access
        kind = LineKind(
            records=rows.CONTRIBUTIONS, right=Right.CONTRIBUTE, problems=_problems, touch=_require_own_draft
        )
        self._drafts: Lines[Contribution] = Lines(context, access, kind)

    def of_person(self, person_id: UUID) -> Contributions:
        """Every contribution for who may read the evaluation; their own for who only contributes."""
        actor = self._context.actor
        actor.require(Right.CONTRIBUTE if actor.may(Right.CONTRIBUTE) else Right.READ_EVALUATION)
        with self._context.store.reading() as tx:
            self._access.require(tx, person_id)
            every = [one for one in rows.of_person(tx, person_id) if self._may_read(one.value)]
            names = {one.id: f"{one.first_name} {one.family_name}" for one in OFFICERS.find(tx)}
        return Contributions(
            settled=sorted(
                (one.value for one in every if one.value.is_settled),
                key=lambda one: (one.said_on or date.min, one.id),
            ),
            drafts=[one for one in every if not one.value.is_settled],
            officers=names,
        )

    def start(self, person_id: UUID) -> UUID:
        """A new draft: the intervenant's own, or the report of somebody else's words by the CPIP."""
        self._context.actor.require(Right.CONTRIBUTE)
        with self._context.store.transaction(self._context.actor, "start_contribution") as tx:
            PERSONS.get(tx, person_id)
            self._access.require(tx, person_id)
            officer = self._context.actor.officer
            own = Role.INTERVENANT in officer.roles
            functions = {one.code for one in load("professions").on(tx.clock.today()) if one.flag("contributes")}
            versions = evaluations_of(tx, person_id)
            draft = Contribution(
                id=tx.ids.new(),
                person_id=person_id,
                entered_by=officer.id,
                how=HowGiven.ENTERED if own else HowGiven.REPORTED,
                evaluation_id=versions[-1].value.id if versions else None,
                profession=officer.function if own and officer.function in functions else "",
                author=officer.signature(tx.clock.today()) if own else "",
                said_on=tx.clock.today(),
            )
            rows.CONTRIBUTIONS.save(tx, draft)
            tx.note(KIND, draft.id)
            return draft.id

    def save_fields(self, contribution_id: UUID, changes: Mapping[str, object], lock: int | None = None) -> Saved:
        """Save what was typed in a draft of one's own; those that cannot be accepted come back with why."""
        unknown = changes.keys() - TYPED
        if unknown:
            raise ValueError(f"not typed by anybody: {sorted(unknown)}")
        return self._drafts.save_fields(contribution_id, changes, lock)

    def bin(self, contribution_id: UUID) -> None:
        """Put a draft of one's own in the bin; « Annuler » is `restore`."""
        self._drafts.bin(contribution_id)

    def restore(self, contribution_id: UUID) -> None:
        self._drafts.restore(contribution_id)

    def settle(self, contribution_id: UUID, read_by: str = "", read_on: date | None = None) -> None:
        """Fix a contribution; one that was reported says who read it again, and when.

        Refusals: what it lacks, `contribution_settled`, `contribution_of_another`.
        """
        self._context.actor.require(Right.CONTRIBUTE)
        with self._context.store.transaction(self._context.actor, "settle_contribution") as tx:
            draft = rows.CONTRIBUTIONS.get(tx, contribution_id)
            self._access.require(tx, draft.person_id)
            require_own_draft(draft, self._context.officer_id)
            today, health = tx.clock.today(), is_health(draft)
            if draft.how is HowGiven.REPORTED and not health:
                draft = replace(draft, read_by=clean(read_by).strip(), read_on=read_on)
            refuse_if_any(
                [
                    *settling_problems(draft, today, health=health),
                    *contribution_problems(draft, today, health=health),
                ]
            )
            if not health:
                draft = replace(draft, activity="", opinion="")
            rows.CONTRIBUTIONS.save(tx, replace(draft, settled_on=today))
            tx.note(KIND, contribution_id)

    def _may_read(self, contribution: Contribution) -> bool:
        if contribution.entered_by == self._context.officer_id:
            return True
        return contribution.is_settled and self._context.actor.may(Right.READ_EVALUATION)


def is_health(contribution: Contribution) -> bool:
    """Whether the unité sanitaire speaks: then nothing is said in words."""
    profession = load("professions").get(contribution.profession)
    return profession is not None and profession.flag("health")


def _problems(tx: Transaction, contribution: Contribution) -> Sequence[Problem]:
    return contribution_problems(contribution, tx.clock.today(), health=is_health(contribution))


def _require_own_draft(tx: Transaction, contribution: Contribution) -> None:
    require_own_draft(contribution, tx.actor_id)
