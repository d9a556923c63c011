"""The person's own view of the fields: what the shared view asks and keeps, and nothing else of the dossier."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from spip_desktop.db import evaluation as rows
from spip_desktop.db.store import AUTOSAVE
from spip_desktop.domain.errors import Problem, Refusal
from spip_desktop.domain.evaluation_rules import KIND, said_on_screen, shown_to_person
from spip_desktop.domain.text import clean
from spip_desktop.forms.answers import answer_problem, is_answered
from spip_desktop.forms.schema import YES, Kind, PromptKind, Question, Step, StepKind
from spip_desktop.forms.session import FormSession
from spip_desktop.services.evaluation_forms import form_in_force
from spip_desktop.services.evaluation_ground import Ground

#: « A refusé de répondre », as the person says it.
UNTOLD = "Je préfère ne pas en parler"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnQuestions:
    """One subject as the person reads it."""

    title: str
    statement: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnField:
    """One subject on the shared view: no state, no note, no finding, no answer that the officer wrote.

    `answers`: what the person typed there before, themselves. `step`: where the officer finds it again.
    """

    id: UUID
    step: str
    asked: OwnQuestions
    answers: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedView:
    """« Où j’en suis »: the subjects gone through with this person, in their order."""

    evaluation_id: UUID
    person_id: UUID
    fields: tuple[OwnField, ...]

    def answered(self, field_id: UUID, answers: Mapping[str, object]) -> "SharedView":
        """The same once these answers were kept."""
        fields = (
            replace(one, answers={**one.answers, **answers}) if one.id == field_id else one for one in self.fields
        )
        return replace(self, fields=tuple(fields))


@dataclass(frozen=True, slots=True)
class Said:
    """What a save on the shared view did: when, and what could not be taken, question by question."""

    at: datetime
    refused: tuple[Problem, ...] = ()


class OwnViewService:
    """Only the questions that are the person's are read or written here; Refusal `frozen` once arrêtée."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground

    def steps(self, evaluation_id: UUID) -> tuple[str, ...]:
        """The fields about which the person may be asked, in their order; none once the version is arrêtée."""
        with self._ground.reading() as tx:
            evaluation = rows.EVALUATIONS.get(tx, evaluation_id)
            self._ground.access.require(tx, evaluation.person_id)
            if evaluation.is_frozen:
                return ()
            return tuple(step.code for step in own_steps(self._ground.session(tx, evaluation)))

    def asked_by_present_form(self, evaluation_id: UUID) -> bool:
        """Whether a draft whose form asks the person nothing would ask something with the form of today."""
        with self._ground.reading() as tx:
            evaluation = rows.EVALUATIONS.get(tx, evaluation_id)
            self._ground.access.require(tx, evaluation.person_id)
            form = form_in_force(tx)
        if evaluation.is_frozen or (form.code, form.version) == (evaluation.form_code, evaluation.form_version):
            return False
        return any(_asks(step) for step in form.fields())

    def share(self, evaluation_id: UUID) -> SharedView:
        """What the shared view shows, its opening noted; Refusal `own_view_nothing` where the form asks nothing."""
        with self._ground.writing("share_own_view") as tx:
            evaluation = self._ground.draft(tx, evaluation_id)
            session = self._ground.session(tx, evaluation)
            fields = rows.fields_of(tx, evaluation_id)
            shown = []
            for step in own_steps(session):
                stored = fields[step.code].value
                codes = [one.code for one in step.own_questions]
                answers = shown_to_person(stored, codes)
                shown.append(
                    OwnField(id=stored.id, step=step.code, asked=own_questions(session, step), answers=answers)
                )
            if not shown:
                raise Refusal("own_view_nothing")
            tx.note(KIND, evaluation_id)
        return SharedView(evaluation_id=evaluation_id, person_id=evaluation.person_id, fields=tuple(shown))

    def say(self, field_id: UUID, answers: Mapping[str, object]) -> Said:
        """Keep what the person answered on the screen; KeyError for a question that is not theirs.

        An empty answer is one taken back. What cannot be taken (too long) comes back with its question.
        """
        with self._ground.writing(AUTOSAVE) as tx:
            field = rows.FIELDS.get(tx, field_id)
            evaluation = self._ground.draft(tx, field.evaluation_id)
            own = {one.code: one for one in self._ground.form(tx, evaluation).step(field.step).own_questions}
            kept, refused = _kept(own, field.answers, answers)
            if kept != field.answers:
                after = said_on_screen(field, kept, tx.clock.today())
                ruled = any(own[code].kind is Kind.RULER and is_answered(one) for code, one in answers.items())
                rows.FIELDS.save(tx, replace(after, rulers=field.rulers or ruled, reviewed=True))
                tx.note(KIND, evaluation.id)
            return Said(tx.now, refused)


def _kept(
    own: Mapping[str, Question], before: Mapping[str, object], said: Mapping[str, object]
) -> tuple[dict[str, object], tuple[Problem, ...]]:
    """The answers of the step after what was said, and why some could not be taken."""
    kept, refused = dict(before), []
    for code, typed in said.items():
        answer = clean(typed, lines=True).strip() if isinstance(typed, str) else typed
        if problem := answer_problem(own[code], answer):
            refused.append(problem)
        elif is_answered(answer):
            kept[code] = answer
        else:
            kept.pop(code, None)
    return kept, tuple(refused)


def own_steps(session: FormSession) -> tuple[Step, ...]:
    """The fields about which this form asks the person something in words or by a choice."""
    return tuple(step for step in session.steps() if step.kind is StepKind.FIELD and _asks(step))


def _asks(step: Step) -> bool:
    return any(one.kind in (Kind.CHOICE, Kind.TEXT) for one in step.own_questions)


def own_questions(session: FormSession, step: Step) -> OwnQuestions:
    """What is asked in a field, in words that suit everybody: the paper and the screen may be seen by others."""
    plain = replace(session, facts={**session.facts, "presumed_innocent": YES})
    said = plain.prompts(step, PromptKind.SELF_ASSESSMENT)
    return OwnQuestions(
        title=step.own_label or step.label, statement=said[0] if said else "", questions=step.own_questions
    )
