"""« Ce qui manque »: what of a version was not looked at, or is to be taken up again. A list, never a figure."""

from collections.abc import Iterable, Mapping
from datetime import date

from spip_desktop.domain.dates import short
from spip_desktop.domain.errors import Problem
from spip_desktop.domain.evaluation import Evolution, ExploredField, FieldState, Finding, MarkKind
from spip_desktop.domain.evaluation_rules import ANALYSIS, FEEDBACK
from spip_desktop.domain.note_marks import paragraph_end

_SHOWN = 80  # signs of the words quoted
_STATES = {
    FieldState.UNEXPLORED: "evaluation_left_unexplored",
    FieldState.PARTIAL: "evaluation_gap_partial",
    FieldState.NOT_MET: "evaluation_gap_not_met",
}


def gaps(
    fields: Mapping[str, ExploredField], findings: Iterable[Finding], labels: Mapping[str, str], today: date
) -> tuple[Problem, ...]:
    """What is missing, step by step; `labels` are the titles of the steps that are gone through, in their order."""
    by_step: dict[str, list[Finding]] = {}
    for one in findings:
        by_step.setdefault(one.step, []).append(one)
    found: list[Problem] = []
    for step, label in labels.items():
        if step in fields and step not in (ANALYSIS, FEEDBACK):
            found += _of_state(fields[step], label, today)
            found += _of_note(fields[step], label)
        found += _of_findings(by_step.get(step, ()), label)
    return tuple(found)


def _of_state(field: ExploredField, label: str, today: date) -> list[Problem]:
    said: dict[str, object] = {"label": label, "detail": ""}
    if field.state is FieldState.INSUFFICIENT:
        if field.again_on is None:
            return [Problem("evaluation_again_missing", field.step, said | {"detail": "again_on"})]
        late = "evaluation_gap_late" if field.again_on < today else "evaluation_gap_again"
        return [Problem(late, field.step, said | {"day": short(field.again_on), "detail": "again_on"})]
    if field.state in _STATES:
        return [Problem(_STATES[field.state], field.step, said)]
    return [] if field.reviewed else [Problem("evaluation_gap_not_reviewed", field.step, said)]


def _of_note(field: ExploredField, label: str) -> list[Problem]:
    """The paragraphs marked « ? à reprendre »."""
    again = [mark for mark in field.marks if mark.kind is MarkKind.AGAIN]
    words = (field.note[mark.start : paragraph_end(field.note, mark.start)].strip() for mark in again)
    return [
        Problem("evaluation_gap_marked", field.step, {"label": label, "words": _cut(one), "detail": "note"})
        for one in words
        if one
    ]


def _of_findings(findings: Iterable[Finding], label: str) -> list[Problem]:
    found = []
    for one in findings:
        said: dict[str, object] = {"label": label, "words": _cut(one.words), "detail": f"finding.{one.id}"}
        if one.evolution is not Evolution.LIFTED and not one.words.strip():
            found.append(Problem("evaluation_left_unworded", one.step, said))
        elif one.evolution is Evolution.TO_SAY:
            found.append(Problem("evaluation_gap_to_say", one.step, said))
    return found


def _cut(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1].rsplit(" ", 1)[0] + "…"
