"""The trame d'entretien of a draft: printed before, found again by its code, keyed in afterwards in its order."""

from dataclasses import dataclass
from uuid import UUID

from spip_desktop.db import evaluation as rows
from spip_desktop.db.person import PERSONS
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.evaluation_rules import ANALYSIS, KIND
from spip_desktop.domain.interview_guide import (
    GuideBlock,
    GuideChoice,
    InterviewGuide,
    OwnPaper,
    OwnSubject,
    guide_code,
    read_code,
    with_code,
)
from spip_desktop.domain.measure import Milieu
from spip_desktop.domain.officer import Right
from spip_desktop.forms.schema import Kind, PromptKind, Step, StepKind
from spip_desktop.forms.session import FormSession
from spip_desktop.services.evaluation_ground import Ground
from spip_desktop.services.evaluation_own import UNTOLD, own_questions
from spip_desktop.services.printing import Printable

#: Other open questions that a block of the paper leaves room for, after the main one.
_OTHERS = 2
_ONE_POINT = "Ce qui me ferait gagner un point"
_YES_NO = ("Oui", "Non")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The evaluation of a code, and whose it is."""

    evaluation_id: UUID
    person_id: UUID
    name: str


class InterviewGuideService:
    """The paper names nobody; only who may open the dossier is told whose it is."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground

    def guide(self, evaluation_id: UUID) -> InterviewGuide:
        """What stands on the paper of a draft, in the order of the steps; Refusal `frozen` once arrêtée."""
        with self._ground.reading() as tx:
            evaluation = self._ground.draft(tx, evaluation_id)
            session = self._ground.session(tx, evaluation)
        return guide_of(session, guide_code(evaluation_id), evaluation.number)

    def paper(self, evaluation_id: UUID) -> Printable:
        """Two sides to write on."""
        self._ground.context.actor.require(Right.PRINT)
        from spip_desktop.documents.interview_guide import TITLE, render  # reportlab: not before the first paper

        content, _ = render(self.guide(evaluation_id))
        return Printable(title=TITLE, content=content, kind=KIND, object_id=evaluation_id)

    def own_view(self, evaluation_id: UUID) -> Printable:
        """« Où j’en suis », for the person to fill in; it names neither the person nor why one is followed."""
        self._ground.context.actor.require(Right.PRINT)
        from spip_desktop.documents.own_view import TITLE, render

        with self._ground.reading() as tx:
            evaluation = self._ground.draft(tx, evaluation_id)
            session = self._ground.session(tx, evaluation)
        content = render(own_paper_of(session, guide_code(evaluation_id)))
        return Printable(title=TITLE, content=content, kind=KIND, object_id=evaluation_id)

    def find(self, typed: str) -> tuple[Found, ...]:
        """The drafts of the code typed, in the dossiers open to this officer; nothing when it is no code."""
        self._ground.context.actor.require(Right.READ_EVALUATION)
        code = read_code(typed)
        if not code:
            return ()
        found = []
        with self._ground.reading() as tx:
            drafts = rows.drafts(tx)
            for id_ in with_code(code, drafts):
                try:
                    self._ground.access.require(tx, drafts[id_])
                except Refusal:
                    continue
                name = PERSONS.get(tx, drafts[id_]).display_name
                found.append(Found(evaluation_id=id_, person_id=drafts[id_], name=name))
        return tuple(found)


def guide_of(session: FormSession, code: str, version: int) -> InterviewGuide:
    """The blocks of the paper: every step but the analysis, which one writes alone."""
    steps = [step for step in session.steps() if step.code != ANALYSIS]
    return InterviewGuide(
        code=code,
        version=version,
        warning=" ".join(session.banners()),
        blocks=tuple(_block(session, step, number) for number, step in enumerate(steps, 1)),
    )


def own_paper_of(session: FormSession, code: str) -> OwnPaper:
    """A subject for each field gone through, in words that suit everybody where the paper lies about."""
    steps = (step for step in session.steps() if step.kind is StepKind.FIELD)
    detained = session.facts.get("milieu") == Milieu.CUSTODY
    return OwnPaper(code=code, subjects=tuple(_subject(session, step) for step in steps), detained=detained)


def _subject(session: FormSession, step: Step) -> OwnSubject:
    asked = own_questions(session, step)
    choices = next((one for one in asked.questions if one.kind is Kind.CHOICE), None)
    return OwnSubject(
        title=asked.title,
        statement=asked.statement,
        choices=(*(one.label for one in choices.options), UNTOLD) if choices else (),
        rulers=tuple(one.label for one in asked.questions if one.kind is Kind.RULER),
        lines=tuple(one.label for one in asked.questions if one.kind is Kind.TEXT) or (_ONE_POINT,),
    )


def _block(session: FormSession, step: Step, number: int) -> GuideBlock:
    shown = [one for one in session.questions(step) if not one.is_own]  # these are on « Où j’en suis »
    choices = ((one, tuple(each.label for each in one.options)) for one in shown)
    choices_or_yes = ((one, _YES_NO if one.kind is Kind.YES_NO else options) for one, options in choices)
    return GuideBlock(
        number=number,
        step=step.code,
        title=step.label,
        question=session.main_question(step),
        more=session.prompts(step, PromptKind.OTHER)[:_OTHERS],
        ticks=tuple(one.label for one in shown if one.kind is Kind.TICK),
        choices=tuple(GuideChoice(label=one.label, options=options) for one, options in choices_or_yes if options),
    )
