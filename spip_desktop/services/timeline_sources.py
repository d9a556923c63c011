"""Where the lines of « Chronologie » come from: one small function a slice, each reading one dossier.

To plug another slice in: a kind (domain/timeline.py) with its name (wording/timeline.py), a function here that gives
its lines, one line in SOURCES. A confidence has no line.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from spip_desktop.db import appointment as appointments
from spip_desktop.db import board_review as boards
from spip_desktop.db import breach as breaches
from spip_desktop.db import contribution as contributions
from spip_desktop.db import evaluation as evaluations
from spip_desktop.db import handover as handovers
from spip_desktop.db import incident as incidents
from spip_desktop.db import interview as interviews
from spip_desktop.db import obligation as obligations
from spip_desktop.db import pacep as plans
from spip_desktop.db import request as requests
from spip_desktop.db import situation
from spip_desktop.db.event import EVENTS
from spip_desktop.db.officer import OFFICERS
from spip_desktop.db.person import ASSIGNMENTS
from spip_desktop.db.prescription import PRESCRIPTIONS
from spip_desktop.db.store import Transaction
from spip_desktop.db.todo import OUTCOMES
from spip_desktop.domain import dates
from spip_desktop.domain.appointment import KIND as APPOINTMENT
from spip_desktop.domain.appointment_states import EventCode as AppointmentEvent
from spip_desktop.domain.arrival import KIND as ARRIVAL
from spip_desktop.domain.board_review import EventCode as BoardEvent
from spip_desktop.domain.clock import PARIS
from spip_desktop.domain.evaluation_rules import KIND as EVALUATION
from spip_desktop.domain.evaluation_states import EvaluationState
from spip_desktop.domain.event import Event, in_order
from spip_desktop.domain.interview import PARTS, Interview
from spip_desktop.domain.officer import Actor, Right
from spip_desktop.domain.pacep_states import KIND as PLAN
from spip_desktop.domain.pacep_states import EventCode as PlanEvent
from spip_desktop.domain.pacep_states import corrected
from spip_desktop.domain.pep import KIND as PEP
from spip_desktop.domain.place import Place
from spip_desktop.domain.prescription_states import AGREEMENT, REMINDER, SheetState
from spip_desktop.domain.register import standing as standing_lines
from spip_desktop.domain.text import NBSP, shortened, uncapital
from spip_desktop.domain.timeline import TimelineKind, TimelineLine
from spip_desktop.domain.todo import Outcome
from spip_desktop.reference import load
from spip_desktop.services.appointment_lists import kind_label, label_of
from spip_desktop.services.commission_labels import profession, title_of, who_said
from spip_desktop.services.incident_words import breach_line
from spip_desktop.services.obligation_words import line_day, line_words
from spip_desktop.services.report import former_sendings, is_sending, sent_to
from spip_desktop.services.request_words import asked_by
from spip_desktop.services.todo import readable
from spip_desktop.wording import timeline as words
from spip_desktop.wording.appointment import EVENTS as APPOINTMENT_EVENTS
from spip_desktop.wording.evaluation import KINDS as EVALUATION_KINDS
from spip_desktop.wording.evaluation import STATES as EVALUATION_STATES
from spip_desktop.wording.handover import event_words as handover_words
from spip_desktop.wording.obligation import REGISTERS
from spip_desktop.wording.prescription import STATES as SHEET_STATES
from spip_desktop.wording.todo import SENT

_SITUATION = "person.situation"
_EXCERPT = 160  # signs


@dataclass(frozen=True, slots=True)
class Ground:
    """The dossier that every source reads."""

    tx: Transaction
    actor: Actor
    person_id: UUID
    events: tuple[Event, ...]

    def of(self, kind: str) -> tuple[Event, ...]:
        return tuple(one for one in self.events if one.kind == kind)


@dataclass(frozen=True, slots=True)
class Source:
    """What may be read of a slice, and how; an officer without the right has none of its lines."""

    right: Right
    read: Callable[[Ground], Iterable[TimelineLine]]
    of: TimelineKind


def ground(tx: Transaction, actor: Actor, person_id: UUID) -> Ground:
    return Ground(tx, actor, person_id, in_order(EVENTS.find(tx, person_id=person_id)))


def of_interviews(ground: Ground) -> Iterator[TimelineLine]:
    """Each interview with the first words of its note, and what was added later."""
    every = {one.id: one for one in interviews.of_person(ground.tx, ground.person_id)}
    for one in every.values():
        yield TimelineLine(
            on=one.held_on,
            hour=one.starts_at,
            kind=TimelineKind.INTERVIEW,
            what=_interview_title(one),
            detail=_excerpt(next((getattr(one, part) for part in PARTS[1:] + PARTS[:1] if getattr(one, part)), "")),
            place=Place("interview", one.id),
        )
    for added in (event for event in ground.events if event.object_id in every):
        yield _fact(
            added, TimelineKind.INTERVIEW, "Complément à une note d’entretien", Place("interview", added.object_id)
        )


def of_appointments(ground: Ground) -> Iterator[TimelineLine]:
    """Those of the days that are past, and what was noted of any."""
    place = Place("person.appointments", ground.person_id)
    for one in appointments.of_person(ground.tx, ground.person_id):
        here, name = replace(place, field=str(one.id)), kind_label(one.kind)
        hour = f"{one.begins // 60:02d}:{one.begins % 60:02d}"
        kind = TimelineKind.APPOINTMENT
        yield TimelineLine(on=one.day, hour=hour, kind=kind, what=f"Rendez-vous, {name.lower()}", place=here)
        for event in (fact for fact in ground.of(APPOINTMENT) if fact.object_id == one.id):
            said = APPOINTMENT_EVENTS[AppointmentEvent(event.code)].lower()
            outcome = label_of("appointment_outcomes", event.detail.get("outcome", "")).lower()
            what = ", ".join(part for part in (f"Rendez-vous du {dates.short(one.day)}", said, outcome) if part)
            yield _fact(event, kind, what, here)


def of_evaluations(ground: Ground) -> Iterator[TimelineLine]:
    place = Place("person.evaluation", ground.person_id)
    names = {}
    for stored in evaluations.of_person(ground.tx, ground.person_id):
        one = stored.value
        names[one.id] = EVALUATION_KINDS[one.kind]
        yield TimelineLine(
            on=one.started_on, kind=TimelineKind.EVALUATION, what=f"{names[one.id]} commencée", place=place
        )
    for event in ground.of(EVALUATION):
        if event.object_id in names:
            state = EVALUATION_STATES[EvaluationState(event.code)].lower()
            yield _fact(event, TimelineKind.EVALUATION, f"{names[event.object_id]} {state}", place)
    for given in contributions.settled(ground.tx, ground.person_id):
        if given.said_on:
            here = Place("person.commissions", ground.person_id)
            what = f"Contribution, {who_said(given)}"
            yield TimelineLine(
                on=given.said_on, kind=TimelineKind.EVALUATION, what=what, detail=_excerpt(given.text), place=here
            )


def of_plans(ground: Ground) -> Iterator[TimelineLine]:
    place, numbers = Place("person.pacep", ground.person_id), dict[UUID, int]()
    for plan in plans.of_person(ground.tx, ground.person_id):
        numbers[plan.id] = plan.number
        what = f"PACEP version {plan.number} commencé"
        yield TimelineLine(on=plan.started_on, kind=TimelineKind.PACEP, what=what, place=place)
    events = ground.of(PLAN)
    former = corrected(events)
    for event in events:
        if event.object_id in numbers:
            what = f"PACEP version {numbers[event.object_id]}, {words.PLAN[PlanEvent(event.code)]}"
            yield _fact(event, TimelineKind.PACEP, f"{what}, {words.CORRECTED}" if event.id in former else what, place)


def of_prescriptions(ground: Ground) -> Iterator[TimelineLine]:
    names = {}
    for sheet in PRESCRIPTIONS.find(ground.tx, person_id=ground.person_id):
        names[sheet.id] = f"Fiche {sheet.sheet_number}".rstrip()
        yield TimelineLine(
            on=sheet.drafted_on, kind=TimelineKind.PRESCRIPTION, what=f"{names[sheet.id]} commencée",
            place=Place("prescription", sheet.id),
        )  # fmt: skip
    said = {AGREEMENT: words.SHEET_ANSWER, REMINDER: words.SHEET_REMINDED}
    for event in ground.of("prescription"):
        if event.object_id in names:
            state = said.get(event.code) or SHEET_STATES[SheetState(event.code)].lower()
            place = Place("prescription", event.object_id)
            yield _fact(event, TimelineKind.PRESCRIPTION, f"{names[event.object_id]}, {state}", place)


def of_obligations(ground: Ground) -> Iterator[TimelineLine]:
    """The lines of the registers that stand: what was corrected or withdrawn is read on the page itself."""
    for records in obligations.EVERY:
        for one in standing_lines(records.find(ground.tx, person_id=ground.person_id)):
            if day := line_day(one):
                yield TimelineLine(
                    on=day,
                    kind=TimelineKind.OBLIGATION,
                    what=f"{REGISTERS[records.name]}{NBSP}: {line_words(one)}",
                    detail=_excerpt(one.note),
                    place=Place("person.obligations", ground.person_id, str(one.id)),
                )


def of_boards(ground: Ground) -> Iterator[TimelineLine]:
    """Sittings, and what came of them; who met the person on arrival, the PEP as copied."""
    names = {}
    for review in boards.of_person(ground.tx, ground.person_id):
        names[review.id] = title_of(review)
        if review.held_on:
            place = Place("commission", review.id)
            yield TimelineLine(
                on=review.held_on, kind=TimelineKind.COMMISSION, what=f"Séance, {names[review.id]}", place=place
            )
    for event in ground.of("board_review"):
        if event.object_id in names:
            what = f"{names[event.object_id]}, {words.BOARD[BoardEvent(event.code)]}"
            yield _fact(event, TimelineKind.COMMISSION, what, Place("commission", event.object_id))
    here = Place("person.commissions", ground.person_id)
    for met in ground.of(ARRIVAL):
        yield _fact(met, TimelineKind.COMMISSION, f"Arrivants, rencontre, {profession(met.code)}", here)
    for copied in ground.of(PEP):
        yield _fact(copied, TimelineKind.COMMISSION, "Parcours d’exécution de peine (source : GENESIS)", here)


def of_situation(ground: Ground) -> Iterator[TimelineLine]:
    """What begins and what ends: écrous, saisines, measures and their suspensions; editions of the fiche pénale."""
    tx, person_id = ground.tx, ground.person_id

    def line(on: date | None, what: str, section: str, detail: str = "") -> Iterator[TimelineLine]:
        if on:
            place = Place(_SITUATION, person_id, section)
            yield TimelineLine(on=on, kind=TimelineKind.SITUATION, what=what, detail=detail, place=place)

    for custody in situation.CUSTODIES.find(tx, person_id=person_id):
        yield from line(custody.starts, "Écrou", "custodies", custody.establishment)
        why = load("custody_end_reasons").label(custody.end_reason) if custody.end_reason else ""
        yield from line(custody.ends, "Levée d’écrou", "custodies", why)
    for sheet in situation.SHEETS.find(tx, person_id=person_id):
        yield from line(sheet.as_of, "Fiche pénale éditée", "sheets")
    for basis in situation.BASES.find(tx, person_id=person_id):
        yield from line(basis.received_on, "Saisine ou titre reçu", "bases", basis.court)
    for measure in situation.MEASURES.find(tx, person_id=person_id):
        name = load("measures").label(measure.kind)
        yield from line(measure.starts, f"Début de mesure, {name}", "measures")
        for pause in measure.suspensions:
            yield from line(pause.starts, f"Suspension, {name}", "measures", pause.reason)
            yield from line(pause.ends, f"Fin de suspension, {name}", "measures")
        yield from line(measure.ended_on, f"Fin de mesure, {name}", "measures")


def of_follow_up(ground: Ground) -> Iterator[TimelineLine]:
    """Who follows, and the decisions written on the lines of « À traiter »."""
    tx, place = ground.tx, Place("person.synthese", ground.person_id)
    officers = {one.id: f"{one.first_name} {one.family_name}" for one in OFFICERS.find(tx)}
    for one in ASSIGNMENTS.find(tx, person_id=ground.person_id):
        who = officers.get(one.officer_id, "un agent")
        yield TimelineLine(on=one.starts, kind=TimelineKind.FOLLOW_UP, what=f"Suivi par {who}", place=place)
        if one.ends:
            what = f"Fin du suivi par {who}"
            yield TimelineLine(on=one.ends, kind=TimelineKind.FOLLOW_UP, what=what, place=place)
    outcomes = readable(ground.actor, OUTCOMES.find(tx, person_id=ground.person_id))
    former = former_sendings(outcomes)
    for outcome in outcomes:
        yield _outcome(outcome, place, former, officers.get(outcome.decided_by, "un agent"))


def _outcome(outcome: Outcome, place: Place, former: Collection[UUID], who: str) -> TimelineLine:
    """What was written of a line of « À traiter » and by whom, that day; a report that left, on the day it did."""
    written = outcome.decided_at.astimezone(PARIS).date()
    if not is_sending(outcome):
        said = words.outcome(outcome, who)
        return TimelineLine(on=written, kind=TimelineKind.FOLLOW_UP, what=outcome.what, detail=said, place=place)
    what = f"{outcome.what}, {SENT.lower()}" + (f", {words.CORRECTED}" if outcome.id in former else "")
    return TimelineLine(
        on=outcome.done_on or written, kind=TimelineKind.FOLLOW_UP, what=what,
        detail=f"{sent_to(outcome)}, noté par {who}", place=Place(_SITUATION, outcome.person_id, "reports"),
    )  # fmt: skip


def of_requests(ground: Ground) -> Iterator[TimelineLine]:
    """Each request about the person, and the day it was answered."""
    kind = TimelineKind.FOLLOW_UP
    for one in requests.of_person(ground.tx, ground.person_id):
        place, asked = Place("requests", field=str(one.id)), f"Demande reçue, {asked_by(one).lower()}"
        yield TimelineLine(on=one.received_on, kind=kind, what=asked, detail=_excerpt(one.subject), place=place)
        if one.answered_on:
            detail = _excerpt(one.answer or one.subject)
            yield TimelineLine(on=one.answered_on, kind=kind, what="Réponse à une demande", detail=detail, place=place)


def of_incidents(ground: Ground) -> Iterator[TimelineLine]:
    """That there was one; manquements in words. The list may be printed: the kind of an incident is not told."""
    kind, place = TimelineKind.INCIDENT, Place("person.incidents", ground.person_id)
    for noted in incidents.of_person(ground.tx, ground.person_id):
        one = noted.incident
        here = replace(place, field=f"incident.{one.id}")
        yield TimelineLine(on=one.happened_on, hour=one.hour, kind=kind, what="Incident noté", place=here)
    for standing in breaches.of_person(ground.tx, ground.person_id):
        here, breach = replace(place, field=f"breach.{standing.breach.id}"), standing.breach
        detail = _excerpt(breach.facts)
        yield TimelineLine(on=breach.happened_on, kind=kind, what="Manquement", detail=detail, place=here)
        for fact in standing.facts:
            what, said = breach_line(fact)
            yield TimelineLine(
                on=fact.happened_on, kind=kind, what=f"Manquement, {what.lower()}", detail=said, place=here
            )


def of_handovers(ground: Ground) -> Iterator[TimelineLine]:
    """The steps by which the dossier went to another service, or came from one."""
    place = Place("person.handover", ground.person_id)
    for one, steps, taking in handovers.of_person(ground.tx, ground.person_id):
        other = f"de {one.from_service}" if taking else f"vers {one.to_service}"
        for step in steps:
            said = handover_words(step)
            yield _fact(step, TimelineKind.FOLLOW_UP, f"Dessaisissement {other}, {said}", place)


SOURCES: tuple[Source, ...] = (
    Source(Right.READ_INTERVIEW, of_interviews, TimelineKind.INTERVIEW),
    Source(Right.READ_PERSON, of_appointments, TimelineKind.APPOINTMENT),
    Source(Right.READ_EVALUATION, of_evaluations, TimelineKind.EVALUATION),
    Source(Right.READ_PACEP, of_plans, TimelineKind.PACEP),
    Source(Right.READ_PRESCRIPTION, of_prescriptions, TimelineKind.PRESCRIPTION),
    Source(Right.READ_PERSON, of_obligations, TimelineKind.OBLIGATION),
    Source(Right.READ_EVALUATION, of_boards, TimelineKind.COMMISSION),
    Source(Right.READ_PERSON, of_situation, TimelineKind.SITUATION),
    Source(Right.READ_INCIDENT, of_incidents, TimelineKind.INCIDENT),
    Source(Right.TAKE_REQUEST, of_requests, TimelineKind.FOLLOW_UP),
    Source(Right.READ_PERSON, of_follow_up, TimelineKind.FOLLOW_UP),
    Source(Right.READ_PERSON, of_handovers, TimelineKind.FOLLOW_UP),
)


def _fact(event: Event, kind: TimelineKind, what: str, place: Place) -> TimelineLine:
    return TimelineLine(on=event.happened_on, kind=kind, what=what, detail=_excerpt(event.comment), place=place)


def _interview_title(one: Interview) -> str:
    kind = load("interview_kinds").label(one.kind) if one.kind else "type à noter"
    place = uncapital(load("interview_places").label(one.place)) if one.place else ""
    state = "" if one.is_closed else "note en cours"
    return ", ".join(part for part in (f"Entretien, {kind.lower()}", place, state) if part)


def _excerpt(text: str) -> str:
    return shortened(text, _EXCERPT)
