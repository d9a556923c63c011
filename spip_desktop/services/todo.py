"""« À traiter »: the lines of one's own dossiers, the urgent ones of a colleague replaced, what one answers for."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from spip_desktop.db import deadline as rows
from spip_desktop.db import request as request_rows
from spip_desktop.db import todo as kept
from spip_desktop.db.among import these
from spip_desktop.db.followed import absent, followed
from spip_desktop.db.store import Transaction
from spip_desktop.db.todo import OUTCOMES
from spip_desktop.domain import marks as marking
from spip_desktop.domain.access import Reach
from spip_desktop.domain.deadline import Deadline, Facts, Reckoning
from spip_desktop.domain.deadline_facts import SITUATION, Dossier, of_convention
from spip_desktop.domain.errors import Refusal, refuse_if_any
from spip_desktop.domain.measure_rules import is_running
from spip_desktop.domain.officer import Actor, Right
from spip_desktop.domain.place import Place
from spip_desktop.domain.situation import current_custody, latest_sheet
from spip_desktop.domain.text import clean
from spip_desktop.domain.todo import (
    Answer,
    Done,
    Outcome,
    TodoGroup,
    TodoLine,
    TodoPerson,
    When,
    Written,
    answer_problems,
    grouped,
    made_on,
    newest,
    still_waiting,
    written_at,
)
from spip_desktop.reference import load
from spip_desktop.services.access import AccessService
from spip_desktop.services.choices import chosen
from spip_desktop.services.context import Context
from spip_desktop.services.deadline import reckoning
from spip_desktop.services.printing import Printable
from spip_desktop.services.todo_sources import (
    BEYOND,
    EARLIER,
    RULE_PAGES,
    SOURCES,
    Ground,
    ground,
    requests_as_facts,
    right_of,
)
from spip_desktop.wording import todo as words
from spip_desktop.wording.person import CATEGORIES

_EARLIER_DAYS = 14


@dataclass(frozen=True, slots=True)
class Counts:
    """How many lines are late and due today, for the strip of a person and the rail."""

    late: int
    today: int


class TodoService:
    """Readings are worked out from the dossiers each time; only outcomes are written."""

    def __init__(self, context: Context, access: AccessService) -> None:
        self._context, self._access = context, access
        self._last: tuple[tuple[UUID, date, int], tuple[TodoLine, ...]] | None = None

    # -- reading ---------------------------------------------------------------------------------------------

    def groups(self) -> tuple[TodoGroup, ...]:
        """Every line that waits for this officer, by person, the most pressing first."""
        self._context.actor.require(Right.READ_PERSON)
        with self._context.store.reading() as tx:
            reach = self._access.reach(tx)
            own = ground(tx, followed(tx, reach))
            replaced = absent(tx, reach) if len(reach.officers) > 1 else {}
            today = tx.clock.today()
            by = reckoning(tx)
            lines = {one.key: one for one in self._lines(own, by) if one.person_id not in replaced or one.due <= today}
            persons = dict(own.dossiers)
            for more, known in self._beyond(tx, by):
                lines |= {one.key: one for one in more if one.key not in lines}
                persons |= known
            partners, more = self._conventions(tx, by)
            strangers, asked = self._of_strangers(tx, reach, by)
            lines |= {one.key: one for one in [*more, *asked]}
        concerned = {one.person_id for one in lines.values()}
        open_ = own.dossiers.keys() if not reach.everything else persons.keys()
        named = {
            id_: _person(persons[id_], today, replaced.get(id_, "")) if id_ in open_ else _identity(persons[id_])
            for id_ in concerned - partners.keys() - strangers.keys()
        }
        named |= partners | strangers
        return grouped(lines.values(), named)

    def of_person(self, person_id: UUID) -> tuple[TodoLine, ...]:
        """The lines of one dossier, the most pressing first; it must be open to this officer."""
        self._context.actor.require(Right.READ_PERSON)
        with self._context.store.reading() as tx:
            self._access.require(tx, person_id)
            key = (person_id, tx.clock.today(), self._context.store.commits)
            if self._last is None or self._last[0] != key:
                self._last = key, self._of(tx, person_id)
            return self._last[1]

    def counts(self, person_id: UUID) -> Counts:
        """The same lines as a badge."""
        today = self._context.clock.today()
        when = [one.when(today) for one in self.of_person(person_id)]
        return Counts(when.count(When.LATE), when.count(When.TODAY))

    def outcomes(self, person_id: UUID) -> list[Outcome]:
        """What was written of the lines of one dossier, the newest first."""
        self._context.actor.require(Right.READ_PERSON)
        with self._context.store.reading() as tx:
            self._access.require(tx, person_id)
            found = readable(self._context.actor, OUTCOMES.find(tx, person_id=person_id))
        return sorted(found, key=lambda one: (one.decided_at, one.id), reverse=True)

    # -- outcomes --------------------------------------------------------------------------------------------

    def answer(
        self,
        person_id: UUID,
        key: str,
        answer: Answer,
        *,
        done_on: date | None = None,
        until: date | None = None,
        reason: str = "",
        recipient: str = "",
        reference: str = "",
    ) -> UUID:
        """Write what became of a line: done on a day, put off, or not to act with its date of re-examination.

        Of a report, done says to whom it went. Refusals: `reason_needed`, `todo_day_ahead`, `todo_legal_day`,
        `todo_act_itself`, `todo_gone`, `choose_one`, `report_before`.
        """
        self._context.actor.require(Right.DECIDE)
        with self._context.store.transaction(self._context.actor, "answer_todo") as tx:
            self._access.require(tx, person_id)
            waiting = next((one for one in self._every(tx, person_id) if one.key == key), None)
            if waiting is None:
                raise Refusal("todo_gone")
            reason, today = clean(reason, lines=True).strip(), tx.clock.today()
            if not waiting.answerable:
                raise Refusal("todo_act_itself", "answer")
            done = Done(on=done_on, recipient=recipient, reference=clean(reference).strip())
            refuse_if_any(answer_problems(waiting, answer, until=until, reason=reason, done=done, today=today))
            last = newest(kept.written(tx, [waiting.key])).get(waiting.key)
            is_done, sent = answer is Answer.DONE, answer is Answer.DONE and waiting.report
            outcome = Outcome(
                id=tx.ids.new(),
                person_id=person_id,
                line=waiting.key,
                what=waiting.what,
                due=waiting.due,
                answer=answer,
                done_on=done_on if is_done else None,
                until=None if is_done else until,
                reason=reason,
                recipient=chosen("breach_recipients", recipient, "recipient", today) if sent else "",
                reference=done.reference if sent else "",
                decided_by=tx.actor_id,
                decided_at=written_at(tx.now, last.decided_at if last else None),
            )
            OUTCOMES.save(tx, outcome)
            tx.note("todo_outcome", outcome.id)
            return outcome.id

    def take_back(self, outcome_id: UUID) -> None:
        """Undo an outcome: the line waits again; what was written stays in the bin."""
        self._context.actor.require(Right.DECIDE)
        with self._context.store.transaction(self._context.actor, "take_back_todo") as tx:
            outcome = OUTCOMES.get(tx, outcome_id)
            self._access.require(tx, outcome.person_id)
            self._context.actor.require(right_of(outcome.line))
            OUTCOMES.bin(tx, outcome_id)
            tx.note("todo_outcome", outcome_id)

    # -- paper -----------------------------------------------------------------------------------------------

    def paper(self, when: When | None = None) -> Printable:
        """The list as it is now on A4, or one of its tabs."""
        self._context.actor.require(Right.PRINT)
        from spip_desktop.documents import listing  # reportlab: not before the first paper
        from spip_desktop.documents.kit.text import Span

        def said(group: TodoGroup) -> Iterator[tuple[Sequence[Span], ...]]:
            """The person once, then their lines."""
            about = "\n".join(("", *words.about(group.person, today)))
            person = (Span(group.person.name, bold=True), Span(about))
            for line in group.lines:
                if when in (None, line.when(today)):
                    due = Span(words.when(line.due, today), bold=line.when(today) is When.LATE)
                    what = (Span(line.what, bold=True), Span(f"\n{line.why}"))
                    yield person, (due,), what, (Span(words.day(line.due)),)
                    person = (Span(""), Span(""))

        today, officer = self._context.clock.today(), self._context.actor.officer
        content = listing.render(
            words.TITLE,
            [listing.Column(head, share) for head, share in words.COLUMNS],
            [row for group in self.groups() for row in said(group)],
            day=today,
            demo=self._context.demonstration,
            subtitle=words.list_of(f"{officer.first_name} {officer.family_name}", when),
            grouped=True,
        )
        return Printable(title=words.TITLE, content=content, kind="todo", object_id=self._context.officer_id)

    # -- inside ----------------------------------------------------------------------------------------------

    def _of(self, tx: Transaction, person_id: UUID) -> tuple[TodoLine, ...]:
        """The lines of one person that this officer's rights let them read."""
        given = ground(tx, these([person_id]))
        return tuple(sorted(self._lines(given, reckoning(tx)), key=lambda one: (one.due, one.what, one.key)))

    def _every(self, tx: Transaction, person_id: UUID) -> Iterator[TodoLine]:
        yield from self._of(tx, person_id)
        yield from (
            line for lines, _ in self._beyond(tx, reckoning(tx)) for line in lines if line.person_id == person_id
        )

    def _lines(self, given: Ground, by: Reckoning) -> list[TodoLine]:
        may = self._context.actor.may
        facts = (one for source in SOURCES if may(source.right) for one in source.read(given))
        return [self._within_reach(line) for line in _waiting(given.tx, facts, by)]

    def _within_reach(self, line: TodoLine) -> TodoLine:
        """A page that this officer's roles do not open is not where they are sent."""
        right = RULE_PAGES.get(line.place.kind)
        if right is None or self._context.actor.may(right):
            return line
        return replace(line, place=Place(SITUATION, line.person_id))

    def _conventions(self, tx: Transaction, by: Reckoning) -> tuple[dict[UUID, TodoPerson], list[TodoLine]]:
        """Those that end soon, for who sets the service: under the partner's name, of no person."""
        if not self._context.actor.may(Right.SET_SERVICE):
            return {}, []
        known = {id_: (name, ends) for id_, name, ends in rows.conventions(tx)}
        facts = (of_convention(id_, ends) for id_, (_, ends) in known.items())
        lines = [replace(_line(one), answerable=False) for one in by.in_sight(facts)]
        named = {one.person_id: known[one.person_id][0] for one in lines}
        return {id_: TodoPerson(id=id_, name=name, birth_date=None) for id_, name in named.items()}, lines

    def _of_strangers(
        self, tx: Transaction, reach: Reach, by: Reckoning
    ) -> tuple[dict[UUID, TodoPerson], list[TodoLine]]:
        """Requests about somebody who is not in the store, for this officer: under the name as it was typed."""
        if not self._context.actor.may(Right.TAKE_REQUEST):
            return {}, []
        found = request_rows.waiting_for(tx, reach.officers)
        lines = [replace(_line(one), answerable=False) for one in by.in_sight(requests_as_facts(found))]
        due, known = {one.person_id for one in lines}, {one.id: one.unknown for one in found}
        return {id_: TodoPerson(id=id_, name=known[id_], birth_date=None) for id_ in due}, lines

    def _beyond(self, tx: Transaction, by: Reckoning) -> Iterator[tuple[list[TodoLine], Mapping[UUID, Dossier]]]:
        for one in BEYOND:
            actor = self._context.actor
            if not (actor.may(one.right) or (one.stood_in and actor.could(one.right))):
                continue
            persons = list(one.persons(tx))
            if not persons:
                continue
            given = ground(tx, these(persons))
            lines = _waiting(tx, (facts for read in one.read for facts in read(given)), by, one.codes)
            yield lines, given.dossiers


def readable(actor: Actor, outcomes: Iterable[Outcome]) -> list[Outcome]:
    """The outcomes of the lines that this officer may read."""
    return [one for one in outcomes if actor.may(right_of(one.line))]


def _waiting(
    tx: Transaction, facts: Iterable[Facts], by: Reckoning, codes: frozenset[str] = frozenset()
) -> list[TodoLine]:
    """The lines of these facts that are in sight and that no outcome keeps away."""
    today = by.today
    seen = {one.key: one for one in by.in_sight(facts) if not codes or one.rule.code in codes}
    last = newest(kept.written(tx, seen))
    waiting = [one for key, one in seen.items() if key not in last or not last[key].keeps_away(today)]
    lines = list(_with_earlier(waiting))
    last |= newest(kept.written(tx, {one.key for one in lines} - seen.keys()))
    lines = still_waiting(lines, last, today)
    return [_coming_back(line, last[line.key]) if line.key in last else line for line in lines]


def _with_earlier(found: Sequence[Deadline]) -> Iterator[TodoLine]:
    """What fell due before the dossier came into the store is one line to check, not as many that look late."""
    earlier: dict[UUID, list[Deadline]] = {}
    made: dict[UUID, date | None] = {}
    for one in found:
        if one.facts.person_id not in made:
            made[one.facts.person_id] = made_on(one.facts.person_id)
        since = made[one.facts.person_id]
        if since and one.due < since and one.rule.done_here:
            earlier.setdefault(one.facts.person_id, []).append(one)
        else:
            yield _line(one)
    for person_id, every in earlier.items():
        yield _earlier(person_id, every)


def _line(found: Deadline) -> TodoLine:
    return TodoLine(
        key=found.key,
        person_id=found.facts.person_id,
        due=found.due,
        what=words.what(found),
        why=words.because(found),
        action=found.rule.action,
        place=_where(found),
        legal=found.rule.is_law,
        may_be_done=found.rule.done_here,
        answerable=not found.rule.only_act,
        report=found.rule.report,
        sent_from=found.begun,
    )


def _where(found: Deadline) -> Place:
    """Where one acts: the page that the rule names, the reports of the dossier, else where the facts are."""
    if found.rule.page:
        return Place(found.rule.page, found.facts.person_id)
    place = found.facts.place
    return replace(place, field="reports") if found.rule.report and found.rule.done_here else place


def _earlier(person_id: UUID, every: Sequence[Deadline]) -> TodoLine:
    made = made_on(person_id)
    assert made is not None
    last = max(one.due for one in every)
    return TodoLine(
        key=f"{EARLIER}:{person_id}:{last.isoformat()}",
        person_id=person_id,
        due=made + timedelta(days=_EARLIER_DAYS),
        what=words.EARLIER,
        why=words.earlier_why(every),
        action=words.EARLIER_ACTION,
        place=Place(SITUATION, person_id),
        may_be_done=True,
    )


def _coming_back(line: TodoLine, outcome: Written) -> TodoLine:
    """A line that was put off or left says so when it returns."""
    said = words.comes_back(outcome.answer, outcome.decided_at.date())
    return replace(line, why=f"{line.why} {said}")


def _identity(dossier: Dossier) -> TodoPerson:
    """Of a dossier that is not open to this officer: who it is, no more (decision 17)."""
    return TodoPerson(id=dossier.person_id, name=dossier.name, birth_date=dossier.birth_date)


def _person(dossier: Dossier, today: date, interim_of: str) -> TodoPerson:
    custody = current_custody(dossier.custodies, today)
    held = custody is not None and custody.hosted
    measures = [load("measures").label(one.kind) for one in dossier.measures if is_running(one, today)]
    release = marking.release(latest_sheet(dossier.sheets), custody, today).day if held else None
    return TodoPerson(
        id=dossier.person_id,
        name=dossier.name,
        birth_date=dossier.birth_date,
        place=(custody.establishment if custody and held else "") or words.OPEN_MILIEU,
        title=CATEGORIES[custody.penal_category][2] if custody and held else ", ".join(measures[:2]),
        release_on=release,
        interim_of=interim_of,
    )
