"""Reports to the magistrate: which are due, near or far, which left and to whom; a sending noted wrong is corrected."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from spip_desktop.db import todo as kept
from spip_desktop.db.store import Transaction
from spip_desktop.db.todo import OUTCOMES
from spip_desktop.domain.deadline import Deadline, Rule, Rules, undated
from spip_desktop.domain.deadline_facts import of_situation
from spip_desktop.domain.errors import Refusal, refuse_if_any
from spip_desktop.domain.officer import Right
from spip_desktop.domain.text import clean
from spip_desktop.domain.todo import Answer, Done, Outcome, newest, sending_problems, written_at
from spip_desktop.forms.deadlines import every_rule
from spip_desktop.reference import load
from spip_desktop.services.access import AccessService
from spip_desktop.services.choices import chosen
from spip_desktop.services.context import Context
from spip_desktop.services.deadline import dossier_of, of_dossier, rules_now
from spip_desktop.services.todo import readable
from spip_desktop.wording import todo as words

_RECIPIENTS = "breach_recipients"


@dataclass(frozen=True, slots=True)
class Reports:
    """The reports of one dossier: those due, the nearest first; the sendings that stand, the last first."""

    due: tuple[Deadline, ...]
    sent: tuple[Outcome, ...]
    #: Whose day cannot be told: what they count from is not in the dossier.
    undated: tuple[Rule, ...] = ()


class ReportService:
    """Nothing here sends anything: it keeps to whom a report went, when, under which reference."""

    def __init__(self, context: Context, access: AccessService) -> None:
        self._context, self._access = context, access

    def of_person(self, person_id: UUID) -> Reports:
        """The reports that the measures of a dossier call for; the dossier must be open."""
        self._context.actor.require(Right.READ_PERSON)
        with self._context.store.reading() as tx:
            self._access.require(tx, person_id)
            written = readable(self._context.actor, OUTCOMES.find(tx, person_id=person_id))
            return Reports(tuple(_due(tx, person_id)), tuple(_standing(written)), tuple(_undated(tx, person_id)))

    def send(self, person_id: UUID, key: str, done: Done) -> UUID:
        """Note that a report left, before its day comes near too.

        Refusals: `choose_one`, `required`, `date_in_future`, `report_before`, `too_long`, `todo_gone`.
        """
        self._context.actor.require(Right.DECIDE)
        with self._context.store.transaction(self._context.actor, "send_report") as tx:
            self._access.require(tx, person_id)
            found = next((one for one in _due(tx, person_id) if one.key == key), None)
            if found is None:
                raise Refusal("todo_gone")
            done = self._checked(done, found.begun)
            last = newest(kept.written(tx, [key])).get(key)
            outcome = Outcome(
                id=tx.ids.new(), person_id=person_id, line=key, what=found.rule.label, due=found.due,
                answer=Answer.DONE, done_on=done.on, recipient=done.recipient, reference=done.reference,
                decided_by=tx.actor_id, decided_at=written_at(tx.now, last.decided_at if last else None),
            )  # fmt: skip
            OUTCOMES.save(tx, outcome)
            tx.note("todo_outcome", outcome.id)
            return outcome.id

    def correct(self, outcome_id: UUID, done: Done) -> UUID:
        """Write a sending again: what was written first stays, told as corrected. Refusal: `todo_gone`."""
        self._context.actor.require(Right.DECIDE)
        with self._context.store.transaction(self._context.actor, "correct_report") as tx:
            former = OUTCOMES.get(tx, outcome_id)
            self._access.require(tx, former.person_id)
            every = readable(self._context.actor, OUTCOMES.find(tx, person_id=former.person_id))
            if former not in _standing(every):
                raise Refusal("todo_gone")
            begun = next((one.begun for one in _every(tx, former.person_id) if one.key == former.line), None)
            done = self._checked(done, begun)
            outcome = replace(
                former, id=tx.ids.new(), done_on=done.on, recipient=done.recipient, reference=done.reference,
                decided_by=tx.actor_id, decided_at=written_at(tx.now, former.decided_at),
            )  # fmt: skip
            OUTCOMES.save(tx, outcome)
            tx.note("todo_outcome", outcome.id)
            return outcome.id

    def _checked(self, done: Done, begun: date | None) -> Done:
        today = self._context.clock.today()
        done = replace(done, reference=clean(done.reference).strip())
        refuse_if_any(sending_problems(done, begun, today))
        return replace(done, recipient=chosen(_RECIPIENTS, done.recipient, "recipient", today))


def former_sendings(outcomes: Iterable[Outcome]) -> frozenset[UUID]:
    """The sendings that another one, written later of the same report, stands in place of."""
    every = [one for one in outcomes if is_sending(one)]
    standing = {one.id for one in _standing(every)}
    return frozenset(one.id for one in every if one.id not in standing)


def is_sending(outcome: Outcome) -> bool:
    """Whether it says that a report of a measure left, whatever is known of where it went."""
    rule = _rules().get(outcome.line.partition(":")[0])
    return outcome.answer is Answer.DONE and rule is not None and rule.report


def sent_to(outcome: Outcome) -> str:
    """« Juge de l’application des peines, référence R-118 », or what is not known of it."""
    to = load(_RECIPIENTS).label(outcome.recipient) if outcome.recipient else words.NO_RECIPIENT
    return f"{to}, {f'référence {outcome.reference}' if outcome.reference else words.NO_REFERENCE}"


def _rules() -> Rules:
    return Rules(every_rule())


def _standing(outcomes: Iterable[Outcome]) -> list[Outcome]:
    """The sending in force of each report, the last sent first."""
    last: dict[str, Outcome] = {}
    for one in sorted(outcomes, key=lambda one: (one.decided_at, one.id)):
        last[one.line] = one
    found = [one for one in last.values() if is_sending(one)]
    return sorted(found, key=lambda one: (one.done_on or date.min, one.id), reverse=True)


def _every(tx: Transaction, person_id: UUID) -> Iterator[Deadline]:
    return (one for one in of_dossier(tx, dossier_of(tx, person_id)) if one.rule.report)


def _undated(tx: Transaction, person_id: UUID) -> list[Rule]:
    rules = rules_now(tx)
    every = of_situation(dossier_of(tx, person_id), tx.clock.today())
    return [rule for facts in every for rule in undated(rules, facts) if rule.report]


def _due(tx: Transaction, person_id: UUID) -> list[Deadline]:
    """Those that no sending answers."""
    found = list(_every(tx, person_id))
    last = newest(kept.written(tx, {one.key for one in found}))
    waiting = [one for one in found if one.key not in last or last[one.key].answer is not Answer.DONE]
    return sorted(waiting, key=lambda one: (one.due, one.rule.code))
