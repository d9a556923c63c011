"""Manquements: the facts, then what is added to them: explanation, seriousness, decision, report.

Seriousness is an officer's judgement with its reason, never worked out. Nothing is rewritten: what is added later is
read after what it corrects. The officer informs the judge; the fact and the decision have two dates.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from spip_desktop.domain.appointment import Appointment
from spip_desktop.domain.appointment_facts import ANY_KIND, is_fixed, new_appointment
from spip_desktop.domain.deadline import Facts, Subject
from spip_desktop.domain.errors import Problem
from spip_desktop.domain.event import Event, last
from spip_desktop.domain.place import Place

KIND = "breach"
_FACTS, _REFERENCE = 2_000, 120


class BreachFact(StrEnum):
    """What is added to a breach: dated lines (codes of events)."""

    EXPLANATION = "explication"
    SERIOUSNESS = "gravite"
    DECISION = "decision"
    REPORT = "rapport"
    CORRECTION = "correction"


class Seriousness(StrEnum):
    """Chosen by the officer, in no order of computation."""

    ISOLATED = "ponctuel"
    REPEATED = "repete"
    SERIOUS = "grave"


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """What was observed on a day, of an obligation of the person or of the measure as a whole.

    `appointment_id`: the missed appointment it came from.
    """

    id: UUID
    person_id: UUID
    obligation_id: UUID | None = None
    appointment_id: UUID | None = None
    happened_on: date
    facts: str
    noted_at: datetime
    noted_by: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """What the person says of it, on a day: `state` of the list `breach_explanations` (given, refused, not met)."""

    on: date
    state: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What the officer does (list `breach_decisions`), why; the day to look at it again for « ne pas agir »."""

    on: date
    decision: str
    reason: str = ""
    again_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """The report that left: to whom (list `breach_recipients`), when, under which reference."""

    on: date
    recipient: str
    reference: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionKind:
    """What the list says of a decision: it calls for a report, or it is not to act and is looked at again.

    `calls_for`: the type of the appointment that a decision has to be followed by, or `ANY_KIND`.
    """

    reports: frozenset[str] = field(default_factory=frozenset)
    not_acting: frozenset[str] = field(default_factory=frozenset)
    calls_for: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BreachStanding:
    """A breach with the lines added to it, in their order; the last of each sort holds."""

    breach: Breach
    facts: tuple[Event, ...] = ()

    def last(self, code: BreachFact) -> Event | None:
        return last(self.facts, code)

    @property
    def report(self) -> Event | None:
        """The report made since the decision that holds."""
        decided, found = self.last(BreachFact.DECISION), self.last(BreachFact.REPORT)
        if found and decided and (decided.entered_at, decided.id) > (found.entered_at, found.id):
            return None
        return found

    def awaits_report(self, kinds: DecisionKind) -> Event | None:
        """The decision to report that no report has followed."""
        decided = self.last(BreachFact.DECISION)
        asks = decided and decided.detail.get("decision") in kinds.reports
        return decided if asks and self.report is None else None

    def calls_for(self, kinds: DecisionKind) -> str:
        """The type of appointment that the decision asks for, `ANY_KIND`, or nothing."""
        decided = self.last(BreachFact.DECISION)
        return kinds.calls_for.get(decided.detail.get("decision", ""), "") if decided else ""


def breach_problems(breach: Breach, today: date) -> list[Problem]:
    """The least: facts, on a day that came."""
    problems = [] if breach.facts.strip() else [Problem("required", "facts")]
    return problems + _too_long("facts", breach.facts, _FACTS) + _ahead("happened_on", breach.happened_on, today)


def explanation_problems(one: Explained, breach: Breach, today: date, *, needs_text: bool) -> list[Problem]:
    problems = [] if one.state else [Problem("required", "state")]
    if needs_text and not one.text.strip():
        problems.append(Problem("required", "text"))
    return problems + _dated("said_on", one.on, breach, today) + _too_long("text", one.text, _FACTS)


def seriousness_problems(seriousness: str, reason: str) -> list[Problem]:
    """One of the three, and why: it is never proposed."""
    problems = [] if seriousness in tuple(Seriousness) else [Problem("choose_one", "seriousness")]
    problems += [] if reason.strip() else [Problem("reason_needed", "seriousness_reason")]
    return problems + _too_long("seriousness_reason", reason, _FACTS)


def decision_problems(one: Decided, breach: Breach, today: date, kinds: DecisionKind) -> list[Problem]:
    """Not to act is a decision like another, with its reason and the day it is looked at again."""
    problems = [] if one.decision else [Problem("choose_one", "decision")]
    problems += _dated("decided_on", one.on, breach, today) + _too_long("reason", one.reason, _FACTS)
    if one.decision in kinds.not_acting:
        problems += [] if one.reason.strip() else [Problem("reason_needed", "reason")]
        if one.again_on is None:
            problems.append(Problem("required", "again_on"))
        elif one.again_on <= today:
            problems.append(Problem("todo_day_ahead", "again_on"))
    return problems


def report_problems(one: Reported, breach: Breach, today: date) -> list[Problem]:
    problems = [] if one.recipient else [Problem("choose_one", "recipient")]
    return problems + _dated("reported_on", one.on, breach, today) + _too_long("reference", one.reference, _REFERENCE)


def correction_problems(text: str) -> list[Problem]:
    return ([] if text.strip() else [Problem("required", "text")]) + _too_long("text", text, _FACTS)


def standings(breaches: Iterable[Breach], facts: Iterable[Event]) -> list[BreachStanding]:
    """Each with its lines, the newest breach first."""
    by_breach: dict[UUID, list[Event]] = {}
    for fact in facts:
        by_breach.setdefault(fact.object_id, []).append(fact)
    found = [BreachStanding(one, tuple(by_breach.get(one.id, ()))) for one in breaches]
    return sorted(found, key=lambda one: (one.breach.happened_on, one.breach.id), reverse=True)


def facts_of(
    standing: BreachStanding, kinds: DecisionKind, held: Collection[UUID], fixed: Iterable[Appointment] = ()
) -> Facts | None:
    """What waits of a breach for the rules of the échéances; `held`: who is detained (E30 is not for them)."""
    one, days = standing.breach, dict[str, date]()
    inside = one.person_id in held
    decided = standing.last(BreachFact.DECISION)
    if decided is None and standing.report is None:
        days["constat"] = one.happened_on
    if to_report := standing.awaits_report(kinds):
        days["rapport_decide"] = to_report.happened_on
    if decided and decided.detail.get("again_on"):
        days["reexamen"] = date.fromisoformat(decided.detail["again_on"])
    place = Place("person.incidents", one.person_id, f"breach.{one.id}")
    if to_fix := appointment_to_fix(standing, kinds, fixed, inside=inside):
        assert decided is not None
        days["rendez_vous_a_fixer"], place = decided.happened_on, to_fix
    if not days:
        return None
    flags = frozenset({"detenu"} if inside else ())
    return Facts(of=Subject.BREACH, id=one.id, person_id=one.person_id, place=place, days=days, flags=flags)


def appointment_to_fix(
    standing: BreachStanding, kinds: DecisionKind, fixed: Iterable[Appointment], *, inside: bool
) -> Place | None:
    """Where to fix the appointment that the decision calls for; None once one stands. `fixed`: those of the person."""
    decided, wanted = standing.last(BreachFact.DECISION), standing.calls_for(kinds)
    if decided is None or not wanted or is_fixed(decided.happened_on, wanted, fixed, inside=inside):
        return None
    return new_appointment(standing.breach.person_id, "" if inside or wanted == ANY_KIND else wanted)


def _dated(field: str, day: date, breach: Breach, today: date) -> list[Problem]:
    if day < breach.happened_on:
        return [Problem("breach_before", field, {"day": breach.happened_on})]
    return _ahead(field, day, today)


def _ahead(field: str, day: date, today: date) -> list[Problem]:
    return [Problem("date_in_future", field)] if day > today else []


def _too_long(field: str, text: str, most: int) -> list[Problem]:
    return [Problem("too_long", field, {"limit": most})] if len(text) > most else []
