"""What the services of the evaluation share: rights and access, the form as the version knows it, what blocks."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from uuid import UUID

from spip_desktop import reference
from spip_desktop.db import definition, situation
from spip_desktop.db import draft as drafts
from spip_desktop.db import evaluation as rows
from spip_desktop.db.store import Transaction
from spip_desktop.domain.errors import Problem, Refusal
from spip_desktop.domain.evaluation import Evaluation, FieldState
from spip_desktop.domain.evaluation_rules import (
    KIND,
    freezing_problems,
    left_as_is,
    presumed_innocent,
    require_draft,
)
from spip_desktop.domain.measure_rules import is_running
from spip_desktop.domain.officer import Right
from spip_desktop.domain.place import Place
from spip_desktop.domain.situation import current_custody
from spip_desktop.forms.answers import is_answered
from spip_desktop.forms.loader import of_the_store
from spip_desktop.forms.schema import Form
from spip_desktop.forms.session import FormSession, Missing, Reason, session_for
from spip_desktop.services.access import AccessService
from spip_desktop.services.context import Context
from spip_desktop.services.evaluation_forms import FRAME, form_in_force

PLACE = "person.evaluation"
#: The kind under which the page keeps what a field of a step cannot accept yet.
STEP_DRAFTS = "explored_field"
#: Steps in these states answer nothing: their required questions are not asked for.
_WITHOUT_ANSWERS = frozenset({FieldState.NOT_MET, FieldState.NOT_RELEVANT})


@dataclass(frozen=True, slots=True)
class Blocking:
    """One thing that keeps a version from being arrêtée, and where to put it right."""

    problem: Problem
    place: Place


class Ground:
    """One for the services of an open store."""

    def __init__(self, context: Context, access: AccessService) -> None:
        self.context, self.access = context, access
        self._forms: dict[tuple[str, int], Form] = {}

    def writing(self, act: str) -> AbstractContextManager[Transaction]:
        """A transaction of an officer who may write evaluations."""
        self.context.actor.require(Right.WRITE_EVALUATION)
        return self.context.store.transaction(self.context.actor, act)

    def reading(self) -> AbstractContextManager[Transaction]:
        self.context.actor.require(Right.READ_EVALUATION)
        return self.context.store.reading()

    def draft(self, tx: Transaction, evaluation_id: UUID) -> Evaluation:
        """A version that may still be changed; Refusal `frozen`, `access_reason_needed`, `not_found` in the bin."""
        found = rows.EVALUATIONS.stored(tx, evaluation_id)
        if found.deleted_at:
            raise Refusal("not_found", kind=KIND)
        return self._unfrozen(tx, found.value)

    def draft_in_bin(self, tx: Transaction, evaluation_id: UUID) -> Evaluation:
        """A draft to be taken back from the bin, under the same conditions."""
        return self._unfrozen(tx, rows.EVALUATIONS.get(tx, evaluation_id))

    def _unfrozen(self, tx: Transaction, evaluation: Evaluation) -> Evaluation:
        self.access.require(tx, evaluation.person_id)
        require_draft(evaluation)
        return evaluation

    # -- the form ----------------------------------------------------------------------------------------------

    def keep_form(self, tx: Transaction) -> Form:
        """The form in force, copied into the store: a version is always read through its copy."""
        form = form_in_force(tx)
        definition.keep(tx, "form", form.code, form.version, form.definition.content)
        return form

    def form(self, tx: Transaction, evaluation: Evaluation) -> Form:
        """The form that a version was started with, from the store's own copy."""
        key = (evaluation.form_code, evaluation.form_version)
        if key not in self._forms:
            self._forms[key] = of_the_store(definition.content(tx, "form", *key), evaluation.form_code)
        return self._forms[key]

    def session(self, tx: Transaction, evaluation: Evaluation) -> FormSession:
        """The form as it stands for this version."""
        fields = [one.value for one in rows.fields_of(tx, evaluation.id).values()]
        return session_for(self.form(tx, evaluation), evaluation, fields, {"milieu": evaluation.milieu})

    # -- the person --------------------------------------------------------------------------------------------

    def is_presumed_innocent(self, tx: Transaction, person_id: UUID) -> bool:
        """From the penal category of the open écrou, else from the measures that run."""
        today = tx.clock.today()
        custody = current_custody(situation.CUSTODIES.find(tx, person_id=person_id), today)
        measures = situation.MEASURES.find(tx, person_id=person_id)
        before = {one.code for one in reference.load("measures").entries if one.flag("presumed_innocent")}
        return presumed_innocent(custody, [one for one in measures if is_running(one, today)], before)

    # -- what blocks -------------------------------------------------------------------------------------------

    def blocking(self, tx: Transaction, evaluation: Evaluation) -> tuple[Blocking, ...]:
        """What freezing asks for, in the order of the form, each with the place where it is put right."""
        if evaluation.is_frozen:
            return ()
        session = self.session(tx, evaluation)
        fields = [one.value for one in rows.fields_of(tx, evaluation.id).values()]
        findings = [one.value for one in rows.findings_of(tx, evaluation.id)]
        labels = {step.code: step.label for step in session.steps()}
        order = {code: number for number, code in enumerate(labels)}
        found = [*_form_problems(session), *freezing_problems(evaluation, fields, findings, labels)]
        found.sort(key=lambda one: order.get(one.field, -1))
        return tuple(Blocking(one, Place(PLACE, evaluation.person_id, _field(one))) for one in found)

    def left_as_is(self, tx: Transaction, evaluation: Evaluation) -> tuple[Blocking, ...]:
        """What a version arrêtée now would keep for ever as it is: told before, for it blocks nothing.

        A text that its field could not accept yet is this officer's draft only: no version keeps it.
        """
        if evaluation.is_frozen:
            return ()
        labels = {step.code: step.label for step in self.session(tx, evaluation).steps()}
        order = {code: number for number, code in enumerate(labels)}
        fields = [one.value for one in rows.fields_of(tx, evaluation.id).values()]
        findings = [one.value for one in rows.findings_of(tx, evaluation.id)]
        found = left_as_is(fields, findings, labels)
        for field in fields:
            for draft in drafts.of(tx, self.context.officer_id, STEP_DRAFTS, field.id) if field.step in labels else ():
                if not draft.text.strip():
                    continue
                data: dict[str, object] = {"label": labels[field.step], "words": draft.text, "detail": draft.field}
                found.append(Problem("evaluation_left_draft", field.step, data))
        found.sort(key=lambda one: order.get(one.field, -1))
        return tuple(Blocking(one, Place(PLACE, evaluation.person_id, _field(one))) for one in found)


def _form_problems(session: FormSession) -> list[Problem]:
    """What the form asks for, and that the frame was told; nothing of a step about which nothing could be asked."""
    problems = []
    for one in (*_frame_untold(session), *session.missing()):
        silent = one.reason is Reason.REQUIRED and session.states.get(one.step) in _WITHOUT_ANSWERS
        if not silent:
            data: dict[str, object] = {"label": one.label, "step": one.step, "detail": one.question}
            problems.append(Problem(one.reason, one.step, data))
    return problems


def _frame_untold(session: FormSession) -> Iterator[Missing]:
    for step in session.steps():
        for one in session.questions(step):
            if one.code in FRAME and not is_answered(session.answers.get(one.code)):
                yield Missing(step.code, one.code, Reason.REQUIRED, one.label)


def _field(problem: Problem) -> str:
    """« step/thing in it », as the page reads it."""
    detail = str(problem.data.get("detail", ""))
    return f"{problem.field}/{detail}" if detail else problem.field
