"""Handing a dossier to another service: proposed, accepted, received, first appointment fixed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from spip_desktop.db import event as events
from spip_desktop.db import officer as officers
from spip_desktop.db.handover import HANDOVERS
from spip_desktop.db.store import Transaction
from spip_desktop.domain.errors import Refusal, refuse_if_any
from spip_desktop.domain.event import Event
from spip_desktop.domain.handover import (
    KIND,
    OPEN,
    Handover,
    SealedPaper,
    Step,
    handover_problems,
    require_next,
    step_of,
    step_problems,
)
from spip_desktop.domain.officer import Right
from spip_desktop.services.access import AccessService
from spip_desktop.services.context import Context


@dataclass(frozen=True, slots=True)
class Followed:
    """A handover, the steps noted of it, where it stands."""

    handover: Handover
    steps: tuple[Event, ...]
    step: Step


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What an officer writes to hand a dossier over; `sealed`, the papers that go under seal and for whom."""

    reason: str
    to_service: str
    to_officer: str = ""
    note: str = ""
    sealed: tuple[tuple[str, str], ...] = ()


class HandoverService:
    """Each method is one act of the officer. The steps travel with the dossier: both services note their own."""

    def __init__(self, context: Context, access: AccessService) -> None:
        self._context, self._access = context, access

    def of_person(self, person_id: UUID) -> Sequence[Followed]:
        """The handovers of a dossier, the newest first."""
        self._context.actor.require(Right.READ_PERSON)
        with self._context.store.reading() as tx:
            self._access.require(tx, person_id)
            found = [_followed(tx, one) for one in HANDOVERS.find(tx, person_id=person_id)]
        return sorted(found, key=lambda one: (one.handover.proposed_on, one.handover.id), reverse=True)

    def propose(self, person_id: UUID, proposal: Proposal) -> UUID:
        """Propose a dossier to another service. Refusals: `handover_open`, those of `handover_problems`."""
        self._context.actor.require(Right.TRANSFER)
        with self._context.store.transaction(self._context.actor, "propose_handover") as tx:
            self._access.require(tx, person_id)
            if is_under_way(tx, person_id):
                raise Refusal("handover_open")
            service = officers.service(tx)
            handover = Handover(
                id=tx.ids.new(), person_id=person_id, reason=proposal.reason, to_service=proposal.to_service.strip(),
                to_officer=proposal.to_officer.strip(), note=proposal.note, proposed_on=tx.clock.today(),
                from_service=f"{service.name}, {service.branch}",
                sealed=tuple(
                    SealedPaper(id=tx.ids.new(), title=title, addressee=addressee)
                    for title, addressee in proposal.sealed
                ),
            )  # fmt: skip
            refuse_if_any(handover_problems(handover, tx.clock.today()))
            HANDOVERS.save(tx, handover)
            events.record(tx, KIND, handover.id, person_id, Step.PROPOSED.value, handover.proposed_on)
            tx.note(KIND, handover.id, recipient=handover.to_service)
        return handover.id

    def note_step(self, handover_id: UUID, step: Step, on: date, comment: str = "") -> None:
        """Note the next step, by whichever service it is of. Refusals: `handover_step`, those of `step_problems`."""
        self._context.actor.require(Right.TRANSFER)
        with self._context.store.transaction(self._context.actor, "note_handover") as tx:
            handover = HANDOVERS.get(tx, handover_id)
            self._access.require(tx, handover.person_id)
            steps = events.of(tx, handover_id)
            require_next(steps, step)
            refuse_if_any(step_problems(steps, on, tx.clock.today()))
            events.record(tx, KIND, handover_id, handover.person_id, step.value, on, comment)
            tx.note(KIND, handover_id, recipient=handover.to_service)

    def save_note(self, handover_id: UUID, note: str) -> None:
        """Change the words that go with a handover, until it is received. Refusal `handover_step` afterwards."""
        self._context.actor.require(Right.TRANSFER)
        with self._context.store.transaction(self._context.actor, "note_handover") as tx:
            handover = HANDOVERS.get(tx, handover_id)
            self._access.require(tx, handover.person_id)
            if step_of(events.of(tx, handover_id)) not in (Step.PROPOSED, Step.ACCEPTED):
                raise Refusal("handover_step")
            changed = replace(handover, note=note)
            refuse_if_any(handover_problems(changed, tx.clock.today()))
            HANDOVERS.save(tx, changed)
            tx.note(KIND, handover_id)


def is_under_way(tx: Transaction, person_id: UUID) -> bool:
    """Whether the dossier is being handed over: nothing of it is closed before the first appointment is fixed."""
    return any(_followed(tx, one).step in OPEN for one in HANDOVERS.find(tx, person_id=person_id))


def require_over(tx: Transaction, person_id: UUID) -> None:
    """Refusal `handover_not_over` while the dossier is between two services."""
    if is_under_way(tx, person_id):
        raise Refusal("handover_not_over")


def _followed(tx: Transaction, handover: Handover) -> Followed:
    steps = events.of(tx, handover.id)
    return Followed(handover, steps, step_of(steps))
