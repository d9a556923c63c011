"""An evaluation being written: started from nothing or from the version before, filled step by step as one types."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from spip_desktop.db import evaluation as rows
from spip_desktop.db import situation
from spip_desktop.db.person import PERSONS
from spip_desktop.db.store import AUTOSAVE, Transaction
from spip_desktop.domain.changes import change
from spip_desktop.domain.errors import Problem, Refusal
from spip_desktop.domain.evaluation import Evaluation, EvaluationKind, ExploredField, FieldState, NoteMark, SaidHow
from spip_desktop.domain.evaluation_rules import (
    ANALYSIS,
    FEEDBACK,
    KIND,
    carried_field,
    carried_findings,
    evaluation_problems,
    field_problems,
    said,
    short_problem,
    touched,
)
from spip_desktop.domain.note_marks import edit_between, follow, moved, settled
from spip_desktop.domain.person import Person
from spip_desktop.domain.situation import current_custody, milieu
from spip_desktop.domain.text import clean
from spip_desktop.forms.answers import answer_problem
from spip_desktop.forms.schema import Form
from spip_desktop.services.evaluation_forms import carried_answers, has_its_place
from spip_desktop.services.evaluation_ground import Ground
from spip_desktop.services.lines import Saved
from spip_desktop.services.situation import require_basis


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """What the officer chooses to start a version. `short_fields`: the fields of a short one."""

    kind: EvaluationKind
    short_fields: tuple[str, ...] = ()
    interview_on: date | None = None
    reason: str = ""


class EvaluationDraftService:
    """Each method is one act on a draft; Refusal `frozen` once the version is arrêtée."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground

    # -- a new draft -------------------------------------------------------------------------------------------

    def start(self, person_id: UUID, start: Start) -> UUID:
        """A new draft; what the newest version said is carried over, « non revu », its findings with their lineage.

        Refusals: `evaluation_draft_exists`, `evaluation_choose_fields`, `no_active_basis` (V01).
        """
        with self._ground.writing("start_evaluation") as tx:
            person = PERSONS.get(tx, person_id)
            self._ground.access.require(tx, person_id)
            require_basis(tx, person_id)
            known = [one.value for one in rows.of_person(tx, person_id)]
            _refuse_second_draft(known)
            form = self._ground.keep_form(tx)
            variant = form.variant(EvaluationKind.SHORT.value)
            problem = short_problem(
                start.kind, start.short_fields, variant.chosen_fields if variant else 0, [s.code for s in form.fields()]
            )
            if problem:
                raise Refusal.of((problem,))
            evaluation = self._new(tx, person, start, known, form)
            if problems := evaluation_problems(evaluation, tx.clock.today()):
                raise Refusal.of(problems)
            rows.EVALUATIONS.save(tx, evaluation)
            self._fill(tx, evaluation, form, known[-1] if known else None)
            tx.note(KIND, evaluation.id)
            return evaluation.id

    def _new(self, tx: Transaction, person: Person, start: Start, known: list[Evaluation], form: Form) -> Evaluation:
        custody = current_custody(situation.CUSTODIES.find(tx, person_id=person.id), tx.clock.today())
        where = milieu(custody, followed=True)
        id_ = tx.ids.new()
        return Evaluation(
            id=id_,
            lineage=known[-1].lineage if known else id_,
            person_id=person.id,
            number=max((one.number for one in known), default=0) + 1,
            kind=start.kind,
            started_on=tx.clock.today(),
            form_code=form.code,
            form_version=form.version,
            from_version=known[-1].id if known else None,
            short_fields=start.short_fields if start.kind is EvaluationKind.SHORT else (),
            presumed_innocent=self._ground.is_presumed_innocent(tx, person.id),
            milieu=where.value if where else "",
            reason=start.reason,
            interview_on=start.interview_on,
        )

    def _fill(self, tx: Transaction, evaluation: Evaluation, form: Form, before: Evaluation | None) -> None:
        """One row a step, so that each autosave is one small update; findings are copied with their lineage."""
        former = rows.fields_of(tx, before.id) if before else {}
        given = {code: answer for old in former.values() for code, answer in old.value.answers.items()}
        for step in form.steps:
            field = ExploredField(
                id=tx.ids.new(), evaluation_id=evaluation.id, person_id=evaluation.person_id, step=step.code
            )
            if before and step.code != FEEDBACK:
                old = former[step.code].value if step.code in former else field
                own = [one.code for one in step.own_questions]
                field = carried_field(replace(old, answers=carried_answers(step, given)), evaluation, field.id, own)
            rows.FIELDS.save(tx, field)
        if before:
            findings = [one.value for one in rows.findings_of(tx, before.id)]
            steps = {step.code for step in form.steps}
            for finding in carried_findings(findings, evaluation, tx.ids):
                # A field that this form no longer has: what was found there is read with the analysis.
                where = finding.step if finding.step in steps else ANALYSIS
                rows.FINDINGS.save(tx, replace(finding, step=where))

    # -- what is typed -----------------------------------------------------------------------------------------

    def save(self, evaluation_id: UUID, changes: Mapping[str, object], lock: int | None = None) -> Saved:
        """Save `interview_on` or `no_need_reason`; what cannot be accepted comes back with its field."""
        wanted = {name: _cleaned(value) for name, value in changes.items()}
        if unknown := wanted.keys() - {"interview_on", "no_need_reason"}:
            raise KeyError(unknown)
        with self._ground.writing(AUTOSAVE) as tx:
            stored = rows.EVALUATIONS.stored(tx, evaluation_id)
            before = self._ground.draft(tx, evaluation_id)
            found = change(before, wanted, lambda one: evaluation_problems(one, tx.clock.today()))
            if found.value == before:
                return Saved(tx.now, stored.lock, found.refused)
            rows.EVALUATIONS.save(tx, found.value, lock=lock)
            tx.note(KIND, evaluation_id)
            return Saved(tx.now, stored.lock + 1, found.refused)

    def save_step(self, field_id: UUID, changes: Mapping[str, object], lock: int | None = None) -> Saved:
        """Save what changed in a step: its own fields (`state`, `note`, `marks`, `rulers`, `again_on`, `noted_on`,
        `said_on`, `said_how`), or answers by code.

        One small transaction. What the form cannot take comes back with its field; the rest is saved.
        """
        with self._ground.writing(AUTOSAVE) as tx:
            stored = rows.FIELDS.stored(tx, field_id)
            before = stored.value
            evaluation = self._ground.draft(tx, before.evaluation_id)
            form = self._ground.form(tx, evaluation)
            answers, refused = _answers(form, before, changes)
            wanted = _own_fields(before, changes) | {"answers": answers}
            longest = _note_limit(form, before.step)
            found = change(before, wanted, lambda one: field_problems(one, tx.clock.today(), longest))
            kept = (
                found.value if found.value.note == wanted.get("note", before.note) else _marks_of(found.value, before)
            )
            day = evaluation.interview_on or evaluation.started_on
            own = [one.code for one in form.step(before.step).own_questions]
            after = said(before, touched(before, kept, day), own, tx.clock.today())
            refused = (*refused, *found.refused)
            if after == before:
                return Saved(tx.now, stored.lock, refused)
            rows.FIELDS.save(tx, after, lock=lock)
            if after.note != before.note:
                _follow_findings(tx, before, after)
            tx.note(KIND, evaluation.id)
            return Saved(tx.now, stored.lock + 1, refused)

    def review(self, field_id: UUID) -> None:
        """Say that a step carried from the version before still holds as it is."""
        with self._ground.writing("review_step") as tx:
            field = rows.FIELDS.get(tx, field_id)
            evaluation = self._ground.draft(tx, field.evaluation_id)
            rows.FIELDS.save(tx, replace(field, reviewed=True))
            tx.note(KIND, evaluation.id)

    def adapt_to_situation(self, evaluation_id: UUID) -> None:
        """Follow the penal situation of today: a person convicted since, or presumed innocent now."""
        with self._ground.writing("adapt_evaluation") as tx:
            evaluation = self._ground.draft(tx, evaluation_id)
            presumed = self._ground.is_presumed_innocent(tx, evaluation.person_id)
            rows.EVALUATIONS.save(tx, replace(evaluation, presumed_innocent=presumed))
            tx.note(KIND, evaluation_id)

    def take_present_form(self, evaluation_id: UUID) -> None:
        """Go on with the form of today: each question keeps its answer; nothing typed is lost.

        Refusals: `evaluation_form_present`; `evaluation_form_loses`, with the steps of which something has no place.
        """
        with self._ground.writing("change_evaluation_form") as tx:
            evaluation = self._ground.draft(tx, evaluation_id)
            former, form = self._ground.form(tx, evaluation), self._ground.keep_form(tx)
            if (form.code, form.version) == (evaluation.form_code, evaluation.form_version):
                raise Refusal("evaluation_form_present")
            fields = rows.fields_of(tx, evaluation_id)
            found = {one.value.step for one in rows.findings_of(tx, evaluation_id)}
            kept = [one.value for one in fields.values()]
            lost = [one.step for one in kept if not has_its_place(form, one, found=one.step in found)]
            if lost:
                labels = ", ".join(former.step(code).label for code in lost)
                raise Refusal("evaluation_form_loses", steps=labels)
            for step in form.steps:
                if step.code not in fields:
                    person, id_ = evaluation.person_id, tx.ids.new()
                    rows.FIELDS.save(
                        tx, ExploredField(id=id_, evaluation_id=evaluation_id, person_id=person, step=step.code)
                    )
            rows.EVALUATIONS.save(tx, replace(evaluation, form_code=form.code, form_version=form.version))
            tx.note(KIND, evaluation_id)

    # -- the bin -----------------------------------------------------------------------------------------------

    def bin(self, evaluation_id: UUID) -> None:
        """Put a draft in the bin; « Annuler » is `restore`."""
        with self._ground.writing("bin_evaluation") as tx:
            self._ground.draft(tx, evaluation_id)
            rows.EVALUATIONS.bin(tx, evaluation_id)
            tx.note(KIND, evaluation_id)

    def restore(self, evaluation_id: UUID) -> None:
        """Take a draft back from the bin, numbered after those that came meanwhile."""
        with self._ground.writing("restore_evaluation") as tx:
            evaluation = self._ground.draft_in_bin(tx, evaluation_id)
            known = [one.value for one in rows.of_person(tx, evaluation.person_id)]
            _refuse_second_draft(known)
            number = max((one.number for one in known), default=0) + 1
            rows.EVALUATIONS.restore(tx, evaluation_id)
            rows.EVALUATIONS.save(tx, replace(evaluation, number=number))
            tx.note(KIND, evaluation_id)


def _refuse_second_draft(known: list[Evaluation]) -> None:
    if any(not one.is_frozen for one in known):
        raise Refusal("evaluation_draft_exists")


_OWN = frozenset({"state", "note", "marks", "rulers", "again_on", "noted_on", "said_on", "said_how"})


def _own_fields(before: ExploredField, changes: Mapping[str, object]) -> dict[str, object]:
    """The fields of the step itself, cleaned; marks stay on their paragraphs."""
    wanted = {name: value for name, value in changes.items() if name in _OWN}
    note = before.note
    if "note" in wanted:
        note = clean(str(wanted["note"]), lines=True)
        wanted["note"] = note
        wanted.setdefault("marks", follow(before.marks, before.note, note))
    if "marks" in wanted:
        given = wanted["marks"]
        assert isinstance(given, tuple)
        wanted["marks"] = settled((one for one in given if isinstance(one, NoteMark)), note)
    if "state" in wanted:
        wanted["state"] = FieldState(str(wanted["state"]))
    if "said_how" in wanted:
        wanted["said_how"] = SaidHow(str(wanted["said_how"]))
    return wanted


def _marks_of(after: ExploredField, before: ExploredField) -> ExploredField:
    """The step with its former marks: the note they were sent with could not be taken."""
    return replace(after, marks=before.marks)


def _answers(
    form: Form, before: ExploredField, changes: Mapping[str, object]
) -> tuple[dict[str, object], tuple[Problem, ...]]:
    """The answers of the step after the change, and why some could not be taken."""
    answers, refused = dict(before.answers), []
    questions = {one.code: one for one in form.step(before.step).questions}
    for code, value in changes.items():
        if code in _OWN:
            continue
        answer = _cleaned(value)
        if problem := answer_problem(questions[code], answer):
            refused.append(problem)
        elif answer in (None, "", ()):
            answers.pop(code, None)
        else:
            answers[code] = answer.isoformat() if isinstance(answer, date) else answer
    return answers, tuple(refused)


def _note_limit(form: Form, step: str) -> int:
    note = form.step(step).note
    return note.max_length if note else 0


def _cleaned(value: object) -> object:
    return clean(value, lines=True).strip() if type(value) is str else value


def _follow_findings(tx: Transaction, before: ExploredField, after: ExploredField) -> None:
    """Chosen words that the note holds more than once are told apart by where they stand: keep that place right."""
    edit = edit_between(before.note, after.note)
    for finding in rows.FINDINGS.find(tx, evaluation_id=after.evaluation_id, step=after.step):
        if finding.start is not None and finding.evidence and after.note.count(finding.evidence) > 1:
            start = moved(finding.start, edit)
            if start != finding.start:
                rows.FINDINGS.save(tx, replace(finding, start=start))
