"""Handing a dossier to another service: proposed, accepted, received, first appointment fixed."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from spip_desktop.db import appointment as appointments
from spip_desktop.db import event as events
from spip_desktop.db import handover as rows
from spip_desktop.db import officer as officers
from spip_desktop.db import person as persons
from spip_desktop.db.handover import HANDOVERS
from spip_desktop.db.officer import OFFICERS
from spip_desktop.db.person import ASSIGNMENTS
from spip_desktop.db.situation import MEASURES
from spip_desktop.db.store import Transaction
from spip_desktop.domain.errors import Problem, Refusal, refuse_if_any
from spip_desktop.domain.event import Event
from spip_desktop.domain.handover import (
    APPOINTMENT,
    BEFORE_RECEIPT,
    KIND,
    Handover,
    SealedPaper,
    Step,
    handover_problems,
    left_before_closing,
    mistaken,
    require_next,
    standing,
    step_of,
    step_problems,
    taking_back,
)
from spip_desktop.domain.measure import Measure
from spip_desktop.domain.officer import Right, Service
from spip_desktop.domain.text import clean
from spip_desktop.reference import load
from spip_desktop.services.access import AccessService
from spip_desktop.services.choices import chosen
from spip_desktop.services.context import Context
from spip_desktop.services.handover_paper import HandoverPapers
from spip_desktop.wording.handover import steps_left


@dataclass(frozen=True, slots=True)
class Followed:
    """A handover, the steps noted of it with who noted them, where it stands.

    `taking`: it is this service that is to take the dossier.
    """

    handover: Handover
    steps: tuple[Event, ...]
    step: Step
    taking: bool = False
    by: Mapping[UUID, str] = field(default_factory=dict)

    @property
    def other(self) -> str:
        """The other service."""
        return self.handover.from_service if self.taking else self.handover.to_service


@dataclass(frozen=True, slots=True, kw_only=True)
class UnderWay:
    """An open handover as a list tells it: whose dossier, the other service, where it stands since when."""

    person_id: UUID
    name: str
    other: str
    step: Step
    since: date
    taking: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What an officer writes to hand a dossier over.

    `papers`, what is handed over on paper; `sealed`, the papers that go under seal, each with for whom.
    """

    reason: str
    to_service: str
    to_officer: str = ""
    note: str = ""
    papers: tuple[str, ...] = ()
    sealed: tuple[tuple[str, str], ...] = ()


class HandoverService:
    """Each method is one act of the officer. The steps travel with the dossier: both services note their own."""

    def __init__(self, context: Context, access: AccessService, papers: HandoverPapers) -> None:
        self._context, self._access, self.papers = context, access, papers

    # -- reading ---------------------------------------------------------------------------------------------

    def of_person(self, person_id: UUID) -> Sequence[Followed]:
        """The handovers of a dossier, the newest first."""
        self._context.actor.require(Right.READ_PERSON)
        with self._context.store.reading() as tx:
            self._access.require(tx, person_id)
            return [_followed(tx, *one) for one in rows.of_person(tx, person_id)]

    def under_way(self) -> list[UnderWay]:
        """The open handovers of the dossiers that a list may tell of, those to be taken by this service first."""
        self._context.actor.require(Right.TRANSFER)
        with self._context.store.reading() as tx:
            found = rows.every_open(tx)
            lines = [_line(tx, *one) for one in found if one[2] or self._tells_of(tx, one[0].person_id)]
        return sorted(lines, key=lambda one: (not one.taking, one.since, one.name))

    def next_appointment(self, person_id: UUID) -> date | None:
        """The day offered for the first appointment: the next one planned in the dossier."""
        self._context.actor.require(Right.READ_PERSON)
        with self._context.store.reading() as tx:
            self._access.require(tx, person_id)
            return appointments.next_day(tx, person_id)

    def still_followed(self, person_id: UUID) -> bool:
        """Whether an assignment to an officer of this store has no end: what stays to be closed after the last step."""
        self._context.actor.require(Right.READ_PERSON)
        with self._context.store.reading() as tx:
            self._access.require(tx, person_id)
            return _still_followed(tx, person_id)

    # -- acts ------------------------------------------------------------------------------------------------

    def propose(self, person_id: UUID, proposal: Proposal) -> UUID:
        """Propose a dossier to another service. Refusals: `handover_open`, those of `handover_problems`."""
        self._context.actor.require(Right.TRANSFER)
        with self._context.store.transaction(self._context.actor, "propose_handover") as tx:
            self._access.require(tx, person_id)
            if _open(tx, person_id):
                raise Refusal("handover_open")
            blank = Handover(
                id=tx.ids.new(),
                person_id=person_id,
                from_service=service_words(officers.service(tx)),
                proposed_on=tx.clock.today(),
            )
            handover = _written(tx, blank, proposal)
            HANDOVERS.save(tx, handover)
            events.record(tx, KIND, handover.id, person_id, Step.PROPOSED.value, handover.proposed_on)
            tx.note(KIND, handover.id, recipient=handover.to_service)
        return handover.id

    def change(self, handover_id: UUID, proposal: Proposal) -> None:
        """Change the words of a proposal until the dossier is received. Refusal `handover_step` afterwards."""
        with self._writing(handover_id, "change_handover") as (tx, handover):
            if step_of(events.of(tx, handover_id)) not in BEFORE_RECEIPT:
                raise Refusal("handover_step")
            HANDOVERS.save(tx, _written(tx, handover, proposal))

    def note_step(
        self, handover_id: UUID, step: Step, on: date, comment: str = "", appointment_on: date | None = None
    ) -> None:
        """Note the next step, by whichever service it is of. Refusals: `handover_step`, those of `step_problems`."""
        with self._writing(handover_id, "note_handover") as (tx, handover):
            steps, said = events.of(tx, handover_id), clean(comment, lines=True).strip()
            require_next(steps, step)
            refuse_if_any(step_problems(steps, step, on, tx.clock.today(), comment=said, appointment_on=appointment_on))
            detail = {APPOINTMENT: appointment_on.isoformat()} if step is Step.MET and appointment_on else None
            events.record(tx, KIND, handover_id, handover.person_id, step.value, on, said, detail)

    def take_back(self, handover_id: UUID) -> None:
        """Say that the last step was noted by mistake: by who noted it, the same day. Both lines stay.

        Refusals: `handover_kept`; `handover_open` where another was proposed since; `handover_ended` and
        `handover_measure_closed` where the follow-up or a measure was ended on the word of that step.
        """
        with self._writing(handover_id, "take_back_handover") as (tx, handover):
            found = mistaken(events.of(tx, handover_id), tx.actor_id, tx.clock.today())
            if found is None:
                raise Refusal("handover_kept")
            person, detail = handover.person_id, taking_back(found)
            if any(one[0].id != handover_id for one in _open(tx, person)):
                raise Refusal("handover_open")
            (taking,) = (one[2] for one in rows.standings(tx, [handover]))
            if found.code == Step.MET and not taking:
                _require_nothing_ended(tx, handover, found)
            events.record(tx, KIND, handover_id, person, Step.TAKEN_BACK.value, tx.clock.today(), detail=detail)

    @contextmanager
    def _writing(self, handover_id: UUID, act: str) -> Iterator[tuple[Transaction, Handover]]:
        """One act about a handover of a dossier that is open to the officer, with its line in the journal."""
        self._context.actor.require(Right.TRANSFER)
        with self._context.store.transaction(self._context.actor, act) as tx:
            handover = HANDOVERS.get(tx, handover_id)
            self._access.require(tx, handover.person_id)
            yield tx, handover
            tx.note(KIND, handover_id, recipient=handover.to_service)

    def _tells_of(self, tx: Transaction, person_id: UUID) -> bool:
        try:
            self._access.require(tx, person_id)
        except Refusal:
            return False
        return True


# -- for the other services ----------------------------------------------------------------------------------


def require_over(tx: Transaction, person_id: UUID) -> None:
    """Refusal `handover_not_over`, with the steps that are missing, while the dossier is between two services."""
    refuse_if_any(closing_problems(tx, person_id))


def closing_problems(tx: Transaction, person_id: UUID, field_: str = "", on: date | None = None) -> list[Problem]:
    """Why nothing of a dossier is closed now; what ended before it was proposed (`on`) may still be noted."""
    return [
        Problem("handover_not_over", field_, {"service": one.to_service, "missing": steps_left(step_of(steps))})
        for one, steps, _ in _open(tx, person_id)
        if on is None or on >= one.proposed_on
    ]


def service_words(service: Service) -> str:
    """« SPIP de Valbrune, antenne de Falaise »."""
    return ", ".join(part for part in (service.name, service.branch) if part)


# -- inside --------------------------------------------------------------------------------------------------


def _still_followed(tx: Transaction, person_id: UUID) -> bool:
    running = [one for one in ASSIGNMENTS.find(tx, person_id=person_id) if one.ends is None]
    return any(OFFICERS.get(tx, one.officer_id).identifier for one in running)


def _require_nothing_ended(tx: Transaction, handover: Handover, met: Event) -> None:
    """Refusals `handover_ended`, `handover_measure_closed`: nothing may stay ended while the dossier is not taken."""
    if not _still_followed(tx, handover.person_id):
        raise Refusal("handover_ended")
    for one in MEASURES.find_stored(tx, person_id=handover.person_id):
        if one.changed_at >= met.entered_at and _is_closed(one.value, handover.proposed_on):
            raise Refusal("handover_measure_closed", name=load("measures").label(one.value.kind))


def _is_closed(measure: Measure, since: date) -> bool:
    """Whether it was closed as no measure is while its dossier is between two services (`situation` refuses it)."""
    status, reason = load("measure_statuses").get(measure.status), load("measure_end_reasons").get(measure.end_reason)
    if reason and reason.flag("always"):
        return False
    return measure.ended_on >= since if measure.ended_on else bool(status and status.flag("closed"))


def _open(tx: Transaction, person_id: UUID) -> list[rows.Standing]:
    return [one for one in rows.of_person(tx, person_id) if left_before_closing(step_of(one[1]))]


def _written(tx: Transaction, handover: Handover, proposal: Proposal) -> Handover:
    """The handover with these words, cleaned; Refusal with what keeps it from being proposed."""
    today = tx.clock.today()
    papers = (clean(one).strip() for one in proposal.papers)
    sealed = ((clean(title).strip(), clean(addressee).strip()) for title, addressee in proposal.sealed)
    written = replace(
        handover,
        reason=chosen("handover_reasons", proposal.reason, "reason", today),
        to_service=clean(proposal.to_service).strip(),
        to_officer=clean(proposal.to_officer).strip(),
        note=clean(proposal.note, lines=True).strip(),
        papers=tuple(one for one in papers if one),
        sealed=tuple(
            SealedPaper(id=tx.ids.new(), title=title, addressee=addressee)
            for title, addressee in sealed
            if title or addressee
        ),
    )
    refuse_if_any(handover_problems(written, today))
    return written


def _followed(tx: Transaction, handover: Handover, steps: tuple[Event, ...], taking: bool) -> Followed:
    by = {id_: OFFICERS.get(tx, id_).signature(tx.clock.today()) for id_ in {one.entered_by for one in steps}}
    return Followed(handover, steps, step_of(steps), taking, by)


def _line(tx: Transaction, handover: Handover, steps: tuple[Event, ...], taking: bool) -> UnderWay:
    return UnderWay(
        person_id=handover.person_id,
        name=persons.PERSONS.get(tx, handover.person_id).display_name,
        other=handover.from_service if taking else handover.to_service,
        step=step_of(steps),
        since=max((one.happened_on for one in standing(steps)), default=handover.proposed_on),
        taking=taking,
    )
