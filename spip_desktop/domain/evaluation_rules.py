"""Rules of the evaluation: presumption of innocence, findings, what freezing asks for, the version after.

Nothing here counts, weighs or ranks (loi 78-17 art. 95).
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from spip_desktop.domain.errors import Problem, Refusal
from spip_desktop.domain.evaluation import (
    ABOUT_THE_FACTS,
    Evaluation,
    EvaluationKind,
    Evolution,
    ExploredField,
    FieldState,
    Finding,
    FindingKind,
    SaidHow,
)
from spip_desktop.domain.ids import Ids
from spip_desktop.domain.measure import Custody, Measure, PenalCategory

KIND = "evaluation"
#: The steps of the form that rules name: what the person says of this very version is not carried to the next.
FEEDBACK, ANALYSIS = "restitution", "analyse"
_WORDING, _EVIDENCE, _REASON = 500, 2_000, 1_000


# -- the person ----------------------------------------------------------------------------------------------


def presumed_innocent(custody: Custody | None, measures: Iterable[Measure], before_judgement: Collection[str]) -> bool:
    """A prévenu; or, free, someone followed only before judgement (`before_judgement`: CJ, ARSE, ENQ…).

    « Prévenu et condamné » has a conviction to work on: the officer keeps to that one.
    """
    if custody is not None:
        return custody.penal_category is PenalCategory.REMAND
    kinds = {measure.kind for measure in measures}
    return bool(kinds) and kinds <= set(before_judgement)


# -- starting ------------------------------------------------------------------------------------------------


def short_problem(kind: EvaluationKind, chosen: Sequence[str], wanted: int, known: Collection[str]) -> Problem | None:
    """A short evaluation explores exactly the fields its variant asks for."""
    if kind is not EvaluationKind.SHORT:
        return None
    if len(set(chosen)) != wanted or not set(chosen) <= set(known):
        return Problem("evaluation_choose_fields", "short_fields", {"count": wanted})
    return None


def carried_field(field: ExploredField, evaluation: Evaluation, id_: UUID, own: Collection[str] = ()) -> ExploredField:
    """A step as the version before left it, « non revu » where it said something.

    `own`: the questions that the person answers; their view of then is not carried, it is asked for again.
    """
    answers = {code: answer for code, answer in field.answers.items() if code not in own}
    said = field.state is not FieldState.UNEXPLORED or bool(field.note) or bool(answers)
    return replace(
        field,
        id=id_,
        evaluation_id=evaluation.id,
        answers=answers,
        reviewed=not said,
        said_on=None,
        said_how=SaidHow.UNSAID,
    )


def carried_findings(findings: Iterable[Finding], evaluation: Evaluation, ids: Ids) -> tuple[Finding, ...]:
    """The findings still standing, with their lineage; how each stands now is for the officer to say."""
    return tuple(
        replace(one, id=ids.new(), evaluation_id=evaluation.id, evolution=Evolution.TO_SAY)
        for one in findings
        if one.evolution is not Evolution.LIFTED and not refused_kind(evaluation, one.kind)
    )


# -- changing ------------------------------------------------------------------------------------------------


def require_draft(evaluation: Evaluation) -> None:
    """Refusal `frozen` once the version is arrêtée."""
    if evaluation.is_frozen:
        raise Refusal("frozen", kind=KIND)


def refused_kind(evaluation: Evaluation, kind: FindingKind) -> bool:
    return evaluation.presumed_innocent and kind in ABOUT_THE_FACTS


def is_sourced(finding: Finding) -> bool:
    """Whether one knows where it comes from and of which day it is: what makes a fact one, apart from an appraisal."""
    return bool(finding.source) and finding.source_on is not None


def finding_problems(evaluation: Evaluation, finding: Finding, today: date) -> list[Problem]:
    """What keeps a finding from being recorded as it is."""
    problems = []
    if refused_kind(evaluation, finding.kind):
        problems.append(Problem("evaluation_presumed_innocent", "kind"))
    for field, most in (("wording", _WORDING), ("evidence", _EVIDENCE), ("priority_reason", _REASON)):
        if len(getattr(finding, field)) > most:
            problems.append(Problem("too_long", field, {"limit": most}))
    if finding.source_on and finding.source_on > today:
        problems.append(Problem("date_in_future", "source_on"))
    return problems


def field_problems(field: ExploredField, today: date, longest: int) -> list[Problem]:
    """What keeps a step from being recorded as it is; `longest` is the note's limit, in signs."""
    problems = []
    if longest and len(field.note) > longest:
        problems.append(Problem("too_long", "note", {"limit": longest}))
    if field.again_on and field.again_on < today:
        problems.append(Problem("evaluation_again_past", "again_on"))
    problems += [
        Problem("date_in_future", name)
        for name in ("noted_on", "said_on")
        if (day := getattr(field, name)) and day > today
    ]
    return problems


def evaluation_problems(evaluation: Evaluation, today: date) -> list[Problem]:
    problems = []
    if evaluation.interview_on and evaluation.interview_on > today:
        problems.append(Problem("date_in_future", "interview_on"))
    if len(evaluation.no_need_reason) > _REASON:
        problems.append(Problem("too_long", "no_need_reason", {"limit": _REASON}))
    return problems


def touched(before: ExploredField, after: ExploredField, interview_on: date | None) -> ExploredField:
    """The step once the officer wrote in it: reviewed, begun, its note dated by the interview it comes from."""
    if after == before:
        return after
    after = replace(after, reviewed=True)
    if after.state is FieldState.UNEXPLORED and before.state is FieldState.UNEXPLORED and _says(after):
        after = replace(after, state=FieldState.PARTIAL)
    if after.note.strip() and after.note != before.note and after.noted_on == before.noted_on:
        after = replace(after, noted_on=interview_on)
    return after


def said(before: ExploredField, after: ExploredField, own: Collection[str], day: date) -> ExploredField:
    """The step once the officer wrote down what the person answers: said aloud that day, unless they say otherwise.

    What the person had typed and the officer changes is no longer as the person typed it.
    """
    if _answers_to(before, own) == _answers_to(after, own):
        return after
    how = after.said_how
    if how is before.said_how and how is not SaidHow.PAPER:
        how = SaidHow.ALOUD
    return replace(after, said_how=how, said_on=after.said_on or day)


def said_on_screen(field: ExploredField, answers: Mapping[str, object], today: date) -> ExploredField:
    """The step once the person answered by themselves, that day."""
    return replace(field, answers=answers, said_how=SaidHow.SCREEN, said_on=today)


def shown_to_person(field: ExploredField, own: Collection[str]) -> dict[str, object]:
    """What of a step the person sees again: what they typed themselves, never what the officer wrote down."""
    return _answers_to(field, own) if field.said_how is SaidHow.SCREEN else {}


def _answers_to(field: ExploredField, own: Collection[str]) -> dict[str, object]:
    return {code: answer for code, answer in field.answers.items() if code in own}


def _says(field: ExploredField) -> bool:
    return bool(field.note.strip()) or any(answer not in (None, "", (), []) for answer in field.answers.values())


def needs_in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The needs, those that the officer ordered first."""
    needs = [one for one in findings if one.kind is FindingKind.NEED and one.evolution is not Evolution.LIFTED]
    return tuple(sorted(needs, key=lambda one: (one.priority is None, one.priority or 0, one.id)))


def prioritised(findings: Iterable[Finding], finding_id: UUID, kept: bool) -> dict[UUID, int | None]:
    """The place of each need in the officer's order (from 1) once one was put last in it, or taken out of it."""
    order = [one for one in _order(findings) if one != finding_id]
    if kept:
        order.append(finding_id)
    return {finding_id: None} | {one: place for place, one in enumerate(order, 1)}


def moved_need(findings: Iterable[Finding], finding_id: UUID, steps: int) -> dict[UUID, int | None]:
    """The same once a need of the order was moved up (negative) or down by hand."""
    order = _order(findings)
    if finding_id not in order:
        raise Refusal("not_found", kind="finding")
    at = order.index(finding_id)
    order.insert(max(0, min(len(order) - 1, at + steps)), order.pop(at))
    return {one: place for place, one in enumerate(order, 1)}


def left_as_is(
    fields: Iterable[ExploredField], findings: Iterable[Finding], labels: Mapping[str, str]
) -> list[Problem]:
    """What forbids nothing but stays so for ever once the version is arrêtée: unexplored steps, findings without words.

    `labels` are the titles of the steps that are gone through.
    """
    steps = [
        Problem("evaluation_left_unexplored", one.step, {"label": labels[one.step]})
        for one in fields
        if one.step in labels and one.state is FieldState.UNEXPLORED
    ]
    return steps + [
        Problem("evaluation_left_unworded", one.step, {"label": labels[one.step], "detail": f"finding.{one.id}"})
        for one in findings
        if one.step in labels and one.evolution is not Evolution.LIFTED and not one.words.strip()
    ]


def _order(findings: Iterable[Finding]) -> list[UUID]:
    return [one.id for one in needs_in_order(findings) if one.priority is not None]


# -- freezing ------------------------------------------------------------------------------------------------


def freezing_problems(
    evaluation: Evaluation, fields: Iterable[ExploredField], findings: Sequence[Finding], labels: Mapping[str, str]
) -> list[Problem]:
    """What the values themselves lack (the form says the rest); `field` is the step, `detail` the thing in it.

    `labels` are the titles of the steps that are gone through.
    """
    problems = [
        Problem("evaluation_again_missing", one.step, {"label": labels[one.step], "detail": "again_on"})
        for one in fields
        if one.step in labels and one.state is FieldState.INSUFFICIENT and one.again_on is None
    ]
    problems += [
        Problem("evaluation_presumed_finding", one.step, {"label": labels.get(one.step, ""), "words": one.words})
        for one in findings
        if refused_kind(evaluation, one.kind)
    ]
    problems += [
        Problem(
            "evaluation_fact_unsourced",
            one.step,
            {"label": labels.get(one.step, ""), "words": one.words, "detail": f"finding.{one.id}"},
        )
        for one in findings
        if one.kind is FindingKind.FACT and one.evolution is not Evolution.LIFTED and not is_sourced(one)
    ]
    if evaluation.kind is EvaluationKind.SHORT or evaluation.presumed_innocent:
        return problems
    needs = needs_in_order(findings)
    if not needs and not evaluation.no_need_reason.strip():
        problems.append(Problem("evaluation_no_need", ANALYSIS, {"detail": "no_need_reason"}))
    problems += [
        Problem("evaluation_priority_reason", ANALYSIS, {"need": one.words, "detail": f"reason.{one.lineage}"})
        for one in needs
        if one.priority is not None and not one.priority_reason.strip()
    ]
    return problems
