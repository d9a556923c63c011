"""« Les deux regards » on a version: what the person said of each field beside what was found there."""

from collections.abc import Mapping, Sequence

from spip_desktop.domain import dates
from spip_desktop.domain.evaluation import Evolution, ExploredField, Finding
from spip_desktop.domain.evaluation_looks import Look, Own, gap_between
from spip_desktop.forms.answers import answer_text, is_answered
from spip_desktop.forms.schema import Kind, Step, StepKind
from spip_desktop.forms.session import FormSession
from spip_desktop.wording.evaluation import SAID_HOW

#: How the question ends by which a field says what the two told each other (resources/forms/evaluation.toml).
_TALKED = "_echange"


def looks(session: FormSession, fields: Mapping[str, ExploredField], findings: Sequence[Finding]) -> tuple[Look, ...]:
    """Every field gone through in a version, in the order of its form; the program concludes nothing."""
    steps = (step for step in session.steps() if step.kind is StepKind.FIELD)
    return tuple(_look(session, step, fields[step.code], findings) for step in steps)


def said_words(field: ExploredField) -> str:
    """« À l’écran, le 20/11/2026 »; nothing while the person was not asked."""
    parts = (SAID_HOW[field.said_how], f"le {dates.short(field.said_on)}" if field.said_on else "")
    return ", ".join(part for part in parts if part)


def _look(session: FormSession, step: Step, field: ExploredField, every: Sequence[Finding]) -> Look:
    here = tuple(one for one in every if one.step == step.code and one.evolution is not Evolution.LIFTED)
    own = next((one for one in step.own_questions if one.kind is Kind.CHOICE), None)
    said = str(field.answers.get(own.code, "")) if own else ""
    return Look(
        step=step.code,
        label=step.label,
        said=said_words(field),
        words=tuple(
            (one.label, answer_text(one, field.answers.get(one.code)))
            for one in step.own_questions
            if is_answered(field.answers.get(one.code))
        ),
        findings=here,
        gap=gap_between(said, here) if said in set(Own) else None,
        talked=str(session.answers.get(f"{step.code}{_TALKED}", "")).strip(),
    )
