"""« Ce qui a changé », in words: the same on the screen and on paper."""

from collections.abc import Sequence

from spip_desktop.domain import dates
from spip_desktop.domain.evaluation import Evaluation, Finding
from spip_desktop.domain.evaluation_changes import AnswerChange, FindingChange, FindingChangeKind
from spip_desktop.domain.text import NBSP
from spip_desktop.domain.text_diff import Op, Piece
from spip_desktop.wording.evaluation import EVOLUTIONS, FINDINGS, KINDS

CHANGES_TITLE = "Ce qui a changé"
NO_CHANGE = "Aucun changement."
NOT_GIVEN = "Rien"
UNWORDED = "à formuler"
FINDING_CHANGES = {
    FindingChangeKind.NEW: "Nouveau",
    FindingChangeKind.GONE: "Retiré",
    FindingChangeKind.LIFTED: "Levé",
    FindingChangeKind.EVOLVED: "A évolué",
}


def version_words(evaluation: Evaluation) -> str:
    """« Version 2, évaluation annuelle, arrêtée le 22/11/2026 »."""
    state = "arrêtée le" if evaluation.is_frozen else "brouillon du"
    day = dates.short(evaluation.frozen_on or evaluation.started_on)
    return f"Version {evaluation.number}, {KINDS[evaluation.kind].lower()}, {state} {day}"


def asked_words(change: AnswerChange) -> str:
    """The question, and how the earlier version asked it where its form put it otherwise."""
    if not change.asked_before:
        return change.label
    return f"{change.label} (auparavant{NBSP}: «{NBSP}{change.asked_before}{NBSP}»)"


def finding_words(finding: Finding | None) -> str:
    """A finding with its kind, and its place in the officer's order when it has one; nothing for none."""
    if finding is None:
        return ""
    words = f"{FINDINGS[finding.kind]}{NBSP}: {finding.words.strip() or UNWORDED}"
    if finding.priority is None:
        return words
    why = finding.priority_reason.strip()
    return f"{words} (priorité {finding.priority}{f', motif{NBSP}: {why}' if why else ''})"


def path_words(change: FindingChange) -> str:
    """« Version 2 : en amélioration, version 3 : stable »; nothing for a finding that is only new."""
    if change.kind is FindingChangeKind.NEW or not change.path:
        return ""
    said = (f"version {number}{NBSP}: {EVOLUTIONS[evolution].lower()}" for number, evolution in change.path)
    words = ", ".join(said)
    return words[:1].upper() + words[1:]


def pieces_words(pieces: Sequence[Piece]) -> str:
    """The changes of a text as read aloud, where neither a bar nor a line is seen."""
    said = {Op.KEPT: "{}", Op.GONE: f"[retiré{NBSP}: {{}}]", Op.NEW: f"[ajouté{NBSP}: {{}}]"}
    return " ".join(said[one.op].format(one.text.strip()) for one in pieces if one.text.strip())
