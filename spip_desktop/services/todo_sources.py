"""Where the lines of « À traiter » come from: one small function a slice, each reading many dossiers at once.

To plug another slice in: a Subject with its triggers (domain/deadline.py), a rule with its words
(resources/rules/deadlines), a function here that gives Facts, one line in SOURCES.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from spip_desktop.db import appointment as appointment_rows
from spip_desktop.db import board_review as board_rows
from spip_desktop.db import breach as breach_rows
from spip_desktop.db import deadline as rows
from spip_desktop.db import handover as handover_rows
from spip_desktop.db import incident as incident_rows
from spip_desktop.db import person_list
from spip_desktop.db import request as request_rows
from spip_desktop.db.among import Among
from spip_desktop.db.deadline import Papers
from spip_desktop.db.prescription import reminded_persons
from spip_desktop.db.store import Transaction
from spip_desktop.domain import breach as breaching
from spip_desktop.domain import handover as handing
from spip_desktop.domain import incident as incidents_of
from spip_desktop.domain import marks as marking
from spip_desktop.domain import request as asking
from spip_desktop.domain.appointment_facts import of_called, of_rhythm, of_waiting
from spip_desktop.domain.board_standing import facts_of, standings
from spip_desktop.domain.deadline import Facts, Rules, Subject
from spip_desktop.domain.deadline_facts import (
    Dossier,
    SheetView,
    of_evaluation,
    of_plan,
    of_sheet,
    of_situation,
    of_unassigned,
    of_vague_actions,
    sentence_months,
)
from spip_desktop.domain.eligibility import Facts as ReleaseFacts
from spip_desktop.domain.eligibility import window
from spip_desktop.domain.measure import Milieu
from spip_desktop.domain.measure_rules import is_running
from spip_desktop.domain.officer import Right
from spip_desktop.domain.pacep_coverage import vague_actions as lacking
from spip_desktop.domain.place import Place
from spip_desktop.domain.request import Request
from spip_desktop.domain.situation import current_custody, latest_sheet
from spip_desktop.domain.todo import made_on
from spip_desktop.forms.deadlines import every_rule
from spip_desktop.reference import load

#: Begins the key of the line about what fell due before the dossier came.
EARLIER = "avant"


@dataclass(slots=True)
class Ground:
    """The dossiers of one reading, read once for every source."""

    tx: Transaction
    among: Among
    today: date
    papers: Papers
    dossiers: Mapping[UUID, Dossier]


@dataclass(frozen=True, slots=True)
class Source:
    """What may be read of a slice, and how; an officer without the right has none of its lines."""

    right: Right
    read: Callable[[Ground], Iterable[Facts]]
    of: frozenset[Subject]


def ground(tx: Transaction, among: Among) -> Ground:
    papers = rows.papers(tx, among)
    dossiers = {one.person_id: one for one in rows.dossiers(tx, among, papers)}
    return Ground(tx, among, tx.clock.today(), papers, dossiers)


def situations(ground: Ground) -> Iterator[Facts]:
    """Measures, detention, identity documents, help after the release."""
    labels = {one.code: one.label for one in load("identity_documents").entries}
    for dossier in ground.dossiers.values():
        yield from of_situation(dossier, ground.today, labels)


def plans(ground: Ground) -> Iterator[Facts]:
    """Reviews, agreements to collect, visas awaited."""
    from spip_desktop.services.pacep_review import review_in
    from spip_desktop.wording.pacep import REVIEW_CAUSES

    happened = incident_rows.noted(ground.tx, ground.among)
    for plan, events in rows.plans(ground.tx, ground.papers.plans):
        dossier = ground.dossiers.get(plan.person_id)
        if dossier is None:
            continue
        review = review_in(dossier, happened.get(plan.person_id, ()), ground.today, plan, events)
        found = of_plan(plan, events, review, REVIEW_CAUSES[review.cause] if review else "")
        if found:
            yield found


def vague_actions(ground: Ground) -> Iterator[Facts]:
    """Actions of the newest version of a plan that say not by whom or not when: one line a person."""
    from spip_desktop.wording.pacep import lacking_words

    for plan in rows.vague_plans(ground.tx, ground.among):
        found = lacking(plan)
        if found and plan.person_id in ground.dossiers:
            yield of_vague_actions(plan, lacking_words(found))


def evaluations(ground: Ground) -> Iterator[Facts]:
    """Versions that are arrêtées and not shared yet, shared and not seen yet, or sent back."""
    for one, events in rows.evaluations(ground.tx, ground.papers.evaluations):
        dossier = ground.dossiers.get(one.person_id)
        if one.frozen_on and dossier:
            yield of_evaluation(one.id, one.number, one.frozen_on, events, dossier)


def prescriptions(ground: Ground) -> Iterator[Facts]:
    """Sheets that wait for us, for a partner, or for a report."""
    found = rows.sheets(ground.tx, ground.papers.sheets)
    if not found:
        return
    from spip_desktop.services.prescription_definitions import in_force
    from spip_desktop.services.prescription_sheet import thresholds

    partners = rows.partners(ground.tx, {sheet.partner_id for sheet, _ in found if sheet.partner_id})
    rules = {code: in_force(ground.tx, code).rules for code in {sheet.sheet_code for sheet, _ in found}}
    for sheet, events in found:
        name, services = partners.get(sheet.partner_id, ("", {})) if sheet.partner_id else ("", {})
        view = SheetView(sheet=sheet, events=events, partner=name)
        if sheet.service_id in services:
            view = replace(view, kind=services[sheet.service_id])
        if any(one.check == "window" for one in rules[sheet.sheet_code].rules):
            dossier = ground.dossiers.get(sheet.person_id)
            facts = _release_facts(dossier, ground.today) if dossier else None
            view = replace(view, window=window(facts, thresholds(rules[sheet.sheet_code])) if facts else None)
        facts_of_sheet = of_sheet(view, ground.today)
        if facts_of_sheet:
            yield facts_of_sheet


def commissions(ground: Ground) -> Iterator[Facts]:
    """Passages that wait for their paper, their decision or an answer; decisions that nobody has ended."""
    every = board_rows.among(ground.tx, ground.among)
    for one in standings(every, board_rows.facts(ground.tx, every)):
        if one.review.person_id in ground.dossiers:
            yield from facts_of(one)


def interviews(ground: Ground) -> Iterator[Facts]:
    """Notes of interviews that stay drafts."""
    for one in rows.interview_drafts(ground.tx, ground.among):
        if one.person_id in ground.dossiers:
            yield Facts(
                of=Subject.INTERVIEW, id=one.id, person_id=one.person_id, place=Place("interview", one.id),
                days={"tenu": one.held_on},
            )  # fmt: skip


def appointments(ground: Ground) -> Iterator[Facts]:
    """Outcomes to note, absences without an answer; in the open, who is followed and called to nothing."""
    for one in appointment_rows.waiting(ground.tx, ground.among):
        if one.person_id in ground.dossiers:
            yield of_waiting(one)
    yield from _to_fix(ground)
    last = appointment_rows.last_days(ground.tx, ground.among)
    alone = {id_: day for id_, day in last.items() if day < ground.today and _is_called(ground, id_)}
    levels = rows.levels(ground.tx, ground.papers.plans) if alone else {}
    for person_id, day in alone.items():
        yield from of_rhythm(person_id, day, levels.get(person_id, ""), ground.today)


def _to_fix(ground: Ground) -> Iterator[Facts]:
    """Appointments that were decided after an absence, and that nobody fixed."""
    called = [one for one in appointment_rows.called(ground.tx, ground.among) if one.person_id in ground.dossiers]
    since = min((one.on for one in called), default=ground.today)
    fixed = appointment_rows.standing_of(ground.tx, {one.person_id for one in called}, since)
    for one in called:
        others = [other for other in fixed.get(one.person_id, ()) if other.id != one.id]
        if found := of_called(one, others, inside=_is_held(ground, one.person_id)):
            yield found


def _is_held(ground: Ground, person_id: UUID) -> bool:
    """Sleeping in prison: who serves under écrou at home (DDSE, PE) is called as anybody."""
    custody = current_custody(ground.dossiers[person_id].custodies, ground.today)
    return custody is not None and custody.hosted


def _is_called(ground: Ground, person_id: UUID) -> bool:
    """A measure runs and the person is free."""
    dossier = ground.dossiers.get(person_id)
    if dossier is None or _is_held(ground, person_id):
        return False
    return any(is_running(one, ground.today) for one in dossier.measures)


def incidents(ground: Ground) -> Iterator[Facts]:
    """Those of which nobody was informed; their kind is not told."""
    from spip_desktop.services.incident import light_kinds

    light = light_kinds()
    for one in incident_rows.among(ground.tx, ground.among):
        found = incidents_of.facts_of(one, light)
        if found:
            yield found


def breaches(ground: Ground) -> Iterator[Facts]:
    """Those without a decision, or whose report has not left, or whose appointment is not fixed."""
    from spip_desktop.services.breach import decision_kinds

    kinds = decision_kinds()
    held = {id_ for id_ in ground.dossiers if _is_held(ground, id_)}
    every = breach_rows.among(ground.tx, ground.among)
    calling = {one.breach.person_id for one in every if one.calls_for(kinds)}
    fixed = appointment_rows.standing_of(ground.tx, calling)
    for one in every:
        found = breaching.facts_of(one, kinds, held, fixed.get(one.breach.person_id, ()))
        if found:
            yield found


def requests(ground: Ground) -> Iterator[Facts]:
    """Those that nobody has answered, about persons of the store."""
    yield from requests_as_facts(request_rows.waiting_among(ground.tx, ground.among))


def requests_as_facts(waiting: Iterable[Request]) -> Iterator[Facts]:
    askers = {one.code: one.label for one in load("request_askers").entries}
    return (asking.facts_of(one, askers[one.asker].lower()) for one in waiting)


def obligations(ground: Ground) -> Iterator[Facts]:
    """Papers, payments and checks of the obligations that bind; hours asked for; sheets to be signed."""
    from spip_desktop.services.obligation_waiting import waiting

    yield from waiting(ground.tx, ground.among, ground.dossiers, ground.today)


def handovers(ground: Ground) -> Iterator[Facts]:
    """Dossiers between two services, by the side on which this one is."""
    for handover, steps, taking in handover_rows.under_way(ground.tx, ground.among):
        found = handing.facts_of(handover, steps, taking=taking)
        if found and handover.person_id in ground.dossiers:
            yield found


def _release_facts(dossier: Dossier, today: date) -> ReleaseFacts:
    """What the window before the release looks at."""
    custody, sheet = current_custody(dossier.custodies, today), latest_sheet(dossier.sheets)
    return ReleaseFacts(
        today=today,
        milieu=Milieu.CUSTODY if custody else None,
        ecrou_on=custody.starts if custody else None,
        sentence_months=sentence_months(sheet),
        release=marking.release(sheet, custody, today),
    )


#: The pages that rules name (`page`), and what opening them asks for.
RULE_PAGES = {"person.interviews": Right.READ_INTERVIEW}
#: Read of the officer's own dossiers, and of those of a colleague under an intérim.
SOURCES: tuple[Source, ...] = (
    Source(
        Right.READ_PERSON,
        situations,
        frozenset({Subject.MEASURE, Subject.CUSTODY, Subject.PERSON, Subject.BASIS}),
    ),
    Source(Right.READ_PERSON, obligations, frozenset({Subject.OBLIGATION, Subject.HOURS, Subject.WORK})),
    Source(Right.READ_PERSON, appointments, frozenset({Subject.APPOINTMENT, Subject.FOLLOW})),
    Source(Right.READ_PACEP, plans, frozenset({Subject.PLAN})),
    Source(Right.READ_PACEP, vague_actions, frozenset({Subject.PLAN})),
    Source(Right.READ_EVALUATION, evaluations, frozenset({Subject.EVALUATION})),
    Source(Right.READ_EVALUATION, commissions, frozenset({Subject.BOARD, Subject.DECISION})),
    Source(Right.READ_PRESCRIPTION, prescriptions, frozenset({Subject.SHEET})),
    Source(Right.READ_INTERVIEW, interviews, frozenset({Subject.INTERVIEW})),
    Source(Right.READ_INCIDENT, incidents, frozenset({Subject.INCIDENT})),
    Source(Right.READ_INCIDENT, breaches, frozenset({Subject.BREACH})),
    Source(Right.READ_PERSON, handovers, frozenset({Subject.HANDOVER})),
    Source(Right.TAKE_REQUEST, requests, frozenset({Subject.REQUEST})),
)


def right_of(line: str) -> Right:
    """What an outcome asks for, by the key of its line: as the line itself; the most where no rule knows it now."""
    rule = Rules(every_rule()).get(line.partition(":")[0])
    if rule is None:
        return Right.READ_PERSON if line.startswith(EARLIER) else Right.READ_EVALUATION
    return next((one.right for one in SOURCES if rule.of in one.of), Right.READ_PERSON)


@dataclass(frozen=True, slots=True)
class Beyond:
    """What one answers for in dossiers that one does not follow: which persons, which lines (codes of rules).

    `stood_in`: in a store without a DPIP, who follows persons sees them too, so that nobody is forgotten.
    """

    right: Right
    persons: Callable[[Transaction], Iterable[UUID]]
    read: tuple[Callable[[Ground], Iterable[Facts]], ...]
    codes: frozenset[str]
    stood_in: bool = False


def unassigned(ground: Ground) -> Iterator[Facts]:
    """Dossiers that nobody follows, since the day they were made."""
    for person_id in ground.dossiers:
        yield of_unassigned(person_id, made_on(person_id) or ground.today)


BEYOND: tuple[Beyond, ...] = (
    Beyond(Right.ASSIGN, person_list.unassigned, (unassigned,), frozenset({"P09"}), stood_in=True),
    Beyond(Right.ASSIGN, handover_rows.to_take, (handovers,), frozenset({"P51", "P53", "P54"}), stood_in=True),
    Beyond(Right.VISA, reminded_persons, (prescriptions,), frozenset({"E33d"})),
    Beyond(Right.VISA, rows.awaiting_visa, (plans, evaluations), frozenset({"P03", "P07"})),
    Beyond(Right.VISA, board_rows.awaiting_answer, (commissions,), frozenset({"P24"})),
)
