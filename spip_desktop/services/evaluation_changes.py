"""« Ce qui a changé » between two versions of a person's evaluation, read and on one printed page."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from uuid import UUID

from spip_desktop.db import evaluation as rows
from spip_desktop.db.person import PERSONS
from spip_desktop.db.store import Transaction
from spip_desktop.domain import dates
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.evaluation import Evaluation, Evolution, ExploredField, FieldState
from spip_desktop.domain.evaluation_changes import Answered, Comparison, changed_answers, changed_findings, in_time
from spip_desktop.domain.evaluation_rules import ANALYSIS, FEEDBACK, KIND
from spip_desktop.domain.officer import Right
from spip_desktop.forms.answers import answer_text, is_answered
from spip_desktop.forms.schema import REFUSED, Kind, Step
from spip_desktop.forms.session import FormSession
from spip_desktop.services.evaluation_ground import Ground
from spip_desktop.services.printing import Printable
from spip_desktop.wording.evaluation import FIELD_STATES
from spip_desktop.wording.evaluation_changes import CHANGES_TITLE

_TEXTS = frozenset({Kind.NOTE, Kind.TEXT})
#: How short the cuttings become, in signs beside a change and for a whole text, until the page holds them.
_CUTTINGS = ((120, 900), (60, 420), (40, 240), (20, 120), (12, 60))


class EvaluationChangesService:
    """Each version is read through its own questions; the two may be of different editions of the form."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground

    def between(self, evaluation_id: UUID, other_id: UUID) -> Comparison:
        """What changed from the earlier of two versions to the later; Refusal `evaluation_two_versions`."""
        with self._ground.reading() as tx:
            return self._compared(tx, evaluation_id, other_id)

    def paper(self, evaluation_id: UUID, other_id: UUID) -> Printable:
        """The same on one page: what stayed is cut beside each change, the more the more has changed."""
        self._ground.context.actor.require(Right.PRINT)
        from spip_desktop.documents.evaluation_changes import render  # reportlab: not before the first paper

        with self._ground.reading() as tx:
            compared = self._compared(tx, evaluation_id, other_id)
            person = PERSONS.get(tx, compared.now.person_id)
            today, demo = tx.clock.today(), self._ground.context.demonstration
        name = person.display_name
        for context, most in _CUTTINGS:
            content, pages = render(compared, name, day=today, demo=demo, context=context, most=most)
            if pages == 1:
                break
        else:
            content, _ = render(compared, name, day=today, demo=demo, context=0, most=0)
        return Printable(title=CHANGES_TITLE, content=content, kind=KIND, object_id=compared.now.id)

    def _compared(self, tx: Transaction, one: UUID, other: UUID) -> Comparison:
        before, now = in_time(rows.EVALUATIONS.get(tx, one), rows.EVALUATIONS.get(tx, other))
        self._ground.access.require(tx, now.person_id)
        if before.id == now.id or before.person_id != now.person_id:
            raise Refusal("evaluation_two_versions")
        was, is_ = self._ground.session(tx, before), self._ground.session(tx, now)
        earlier, later = self._fields(tx, before), self._fields(tx, now)
        skipped = {FEEDBACK} if _untouched(later.get(FEEDBACK)) else set[str]()
        # The person's own view is asked for anew in each version: not asked yet is not an answer taken back.
        asked = {code for code, field in later.items() if _has_said(is_, field)}
        labels = {step.code: step.label for step in (*was.form.steps, *is_.form.steps)}
        labels = {step.code: labels[step.code] for step in is_.form.steps} | labels
        return Comparison(
            before=before,
            now=now,
            labels=labels,
            answers=changed_answers(
                _answers(was, before, earlier, skipped, asked), _answers(is_, now, later, skipped, asked)
            ),
            findings=changed_findings(
                [one.value for one in rows.findings_of(tx, before.id)],
                [one.value for one in rows.findings_of(tx, now.id)],
                _paths(tx, before, now),
            ),
            not_reviewed=tuple(code for code in labels if code in later and not later[code].reviewed),
        )

    def _fields(self, tx: Transaction, evaluation: Evaluation) -> dict[str, ExploredField]:
        return {code: stored.value for code, stored in rows.fields_of(tx, evaluation.id).items()}


def _untouched(field: ExploredField | None) -> bool:
    """Whether a step was not begun: nothing to compare with yet."""
    return field is None or (field.state is FieldState.UNEXPLORED and not field.note.strip() and not field.answers)


def _has_said(session: FormSession, field: ExploredField) -> bool:
    """Whether the person answered some question of theirs in this step."""
    step = next((one for one in session.steps() if one.code == field.step), None)
    return step is not None and any(is_answered(field.answers.get(one.code)) for one in step.own_questions)


def _answers(
    session: FormSession,
    evaluation: Evaluation,
    fields: Mapping[str, ExploredField],
    skipped: set[str],
    asked: Collection[str],
) -> Iterator[Answered]:
    for step in session.steps():
        if step.code in fields and step.code not in skipped:
            yield from _of_step(session, step, fields[step.code], asked)
            if step.code == ANALYSIS:
                why, asked = evaluation.no_need_reason, "Motif de ne retenir aucun besoin"
                yield Answered(step=ANALYSIS, code="no_need_reason", label=asked, words=why, text=True)


def _of_step(session: FormSession, step: Step, field: ExploredField, asked: Collection[str]) -> Iterator[Answered]:
    if step.needs_state or field.state is not FieldState.UNEXPLORED:
        yield Answered(step=step.code, code="state", label="État", words=FIELD_STATES[field.state])
    again = dates.short(field.again_on) if field.again_on else ""
    yield Answered(step=step.code, code="again_on", label="À reprendre le", words=again)
    for question in session.questions(step):
        if question.is_own and step.code not in asked:
            continue
        answer = session.answers.get(question.code)
        words = answer_text(question, answer) if is_answered(answer) else ""
        text = question.kind in _TEXTS and answer != REFUSED
        label = f"Sa parole, {question.label}" if question.is_own else question.label
        yield Answered(step=step.code, code=question.code, label=label, words=words, text=text, given=answer)


def _paths(tx: Transaction, before: Evaluation, now: Evaluation) -> dict[UUID, Sequence[tuple[int, Evolution]]]:
    """What each version after the first, up to the second, said of each finding."""
    found: dict[UUID, list[tuple[int, Evolution]]] = {}
    for stored in rows.of_person(tx, now.person_id):
        version = stored.value
        if before.number < version.number <= now.number:
            for one in rows.findings_of(tx, version.id):
                if one.value.evolution is not Evolution.TO_SAY:
                    found.setdefault(one.value.lineage, []).append((version.number, one.value.evolution))
    return dict(found)
