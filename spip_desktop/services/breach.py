"""Manquements: the facts, then each line added to them, one act each (domain/breach.py)."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from spip_desktop.db import breach as rows
from spip_desktop.db import event as events
from spip_desktop.db.appointment import APPOINTMENTS, standing_of
from spip_desktop.db.breach import BREACHES
from spip_desktop.db.person import PERSONS
from spip_desktop.db.situation import CUSTODIES, OBLIGATIONS
from spip_desktop.db.store import Transaction
from spip_desktop.domain.appointment import Appointment
from spip_desktop.domain.breach import (
    KIND,
    Breach,
    BreachFact,
    BreachStanding,
    Decided,
    DecisionKind,
    Explained,
    Reported,
    appointment_to_fix,
    breach_problems,
    correction_problems,
    decision_problems,
    explanation_problems,
    report_problems,
    seriousness_problems,
)
from spip_desktop.domain.errors import Refusal, refuse_if_any
from spip_desktop.domain.measure import Obligation
from spip_desktop.domain.officer import Right
from spip_desktop.domain.place import Place
from spip_desktop.domain.situation import current_custody
from spip_desktop.domain.text import clean
from spip_desktop.reference import load
from spip_desktop.services.access import AccessService
from spip_desktop.services.choices import chosen
from spip_desktop.services.context import Context


@dataclass(frozen=True, slots=True)
class Breaches:
    """What the page shows: every breach, what one may be of, what some came from."""

    standings: tuple[BreachStanding, ...]
    obligations: tuple[Obligation, ...]
    #: The missed appointments that some came from, by number.
    appointments: Mapping[UUID, Appointment]
    #: The appointments of the person that stand.
    fixed: tuple[Appointment, ...] = ()
    inside: bool = False

    def to_fix(self, one: BreachStanding) -> Place | None:
        """Where to fix the appointment that its decision calls for."""
        return appointment_to_fix(one, decision_kinds(), self.fixed, inside=self.inside)

    def missed(self, one: BreachStanding) -> Appointment | None:
        """The missed appointment it came from."""
        return self.appointments.get(one.breach.appointment_id) if one.breach.appointment_id else None


class BreachService:
    """Judging, deciding, reporting are the officer's; the program says what has not been decided, and since when."""

    def __init__(self, context: Context, access: AccessService) -> None:
        self._context, self._access = context, access

    def of_person(self, person_id: UUID) -> Breaches:
        """The breaches of a dossier, the newest first."""
        self._context.actor.require(Right.READ_INCIDENT)
        with self._context.store.reading() as tx:
            self._access.require(tx, person_id)
            standings = rows.of_person(tx, person_id)
            came_from = {one.breach.appointment_id for one in standings} - {None}
            missed = APPOINTMENTS.find(tx, APPOINTMENTS.table.c.id.in_(came_from)) if came_from else ()
            duties = OBLIGATIONS.find(tx, person_id=person_id)
            custody = current_custody(CUSTODIES.find(tx, person_id=person_id), tx.clock.today())
            return Breaches(
                standings=tuple(standings),
                obligations=tuple(duties),
                appointments={one.id: one for one in missed},
                fixed=tuple(standing_of(tx, [person_id]).get(person_id, ())),
                inside=custody is not None and custody.hosted,
            )

    def note(
        self,
        person_id: UUID,
        facts: str,
        happened_on: date,
        obligation_id: UUID | None = None,
        appointment_id: UUID | None = None,
    ) -> UUID:
        """Write down what was observed; `appointment_id`: the missed appointment it comes from.

        Refusals: `required`, `too_long`, `date_in_future`, `choose_one`, `not_found`.
        """
        self._context.actor.require(Right.WRITE_INCIDENT)
        with self._context.store.transaction(self._context.actor, "note_breach") as tx:
            PERSONS.get(tx, person_id)
            self._access.require(tx, person_id)
            if obligation_id and OBLIGATIONS.get(tx, obligation_id).person_id != person_id:
                raise Refusal("choose_one", "obligation")
            if appointment_id and APPOINTMENTS.get(tx, appointment_id).person_id != person_id:
                raise Refusal("not_found", kind="appointment")
            breach = Breach(
                id=tx.ids.new(),
                person_id=person_id,
                obligation_id=obligation_id,
                appointment_id=appointment_id,
                happened_on=happened_on,
                facts=clean(facts, lines=True).strip(),
                noted_at=tx.now,
                noted_by=tx.actor_id,
            )
            refuse_if_any(breach_problems(breach, tx.clock.today()))
            BREACHES.save(tx, breach)
            tx.note(KIND, breach.id)
            return breach.id

    def explain(self, breach_id: UUID, said: Explained) -> None:
        """What the person says of it; a refusal to answer and « pas encore rencontrée » are told apart."""
        with self._writing(breach_id, "note_breach_explanation") as (tx, breach):
            state = chosen("breach_explanations", said.state, "state", tx.clock.today())
            words = {one.code for one in load("breach_explanations").entries if one.flag("words")}
            said = replace(said, text=clean(said.text, lines=True).strip())
            refuse_if_any(explanation_problems(said, breach, tx.clock.today(), needs_text=state in words))
            _add(tx, breach, BreachFact.EXPLANATION, said.on, said.text, {"state": state})

    def judge(self, breach_id: UUID, seriousness: str, reason: str) -> None:
        """How serious the officer finds it, and why."""
        with self._writing(breach_id, "judge_breach") as (tx, breach):
            refuse_if_any(seriousness_problems(seriousness, reason))
            _add(tx, breach, BreachFact.SERIOUSNESS, tx.clock.today(), reason, {"seriousness": seriousness})

    def decide(self, breach_id: UUID, decided: Decided) -> None:
        """What is done about it; not to act asks for a reason and a day to look at it again."""
        with self._writing(breach_id, "decide_breach") as (tx, breach):
            code = chosen("breach_decisions", decided.decision, "decision", tx.clock.today())
            kinds = decision_kinds()
            refuse_if_any(decision_problems(decided, breach, tx.clock.today(), kinds))
            again = decided.again_on if code in kinds.not_acting else None
            detail = {"decision": code} | ({"again_on": again.isoformat()} if again else {})
            _add(tx, breach, BreachFact.DECISION, decided.on, decided.reason, detail)

    def report(self, breach_id: UUID, report: Reported) -> None:
        """The report that left, to whom and under which reference; this program sends nothing."""
        with self._writing(breach_id, "note_breach_report") as (tx, breach):
            recipient = chosen("breach_recipients", report.recipient, "recipient", tx.clock.today())
            report = replace(report, reference=clean(report.reference).strip())
            refuse_if_any(report_problems(report, breach, tx.clock.today()))
            detail = {"recipient": recipient, "reference": report.reference}
            _add(tx, breach, BreachFact.REPORT, report.on, detail=detail)

    def correct(self, breach_id: UUID, text: str) -> None:
        """A second line: what was written stays as it was."""
        with self._writing(breach_id, "correct_breach") as (tx, breach):
            refuse_if_any(correction_problems(text))
            _add(tx, breach, BreachFact.CORRECTION, tx.clock.today(), text)

    @contextmanager
    def _writing(self, breach_id: UUID, act: str) -> Iterator[tuple[Transaction, Breach]]:
        """One act about a breach of a dossier that is open to the officer, with its line in the journal."""
        self._context.actor.require(Right.WRITE_INCIDENT)
        with self._context.store.transaction(self._context.actor, act) as tx:
            breach = BREACHES.get(tx, breach_id)
            self._access.require(tx, breach.person_id)
            yield tx, breach
            tx.note(KIND, breach_id)


def _add(
    tx: Transaction, breach: Breach, code: BreachFact, on: date, text: str = "", detail: Mapping[str, str] | None = None
) -> None:
    events.record(tx, KIND, breach.id, breach.person_id, code, on, clean(text, lines=True).strip(), detail)


def decision_kinds() -> DecisionKind:
    """What the list says of its decisions."""
    entries = load("breach_decisions").entries
    return DecisionKind(
        reports=frozenset(one.code for one in entries if one.flag("reports")),
        not_acting=frozenset(one.code for one in entries if one.flag("not_acting")),
        calls_for={one.code: one.text("calls_for") for one in entries if one.text("calls_for")},
    )
