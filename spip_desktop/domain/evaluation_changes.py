"""Two versions of an evaluation side by side: what was answered and found in one and not in the other.

Nothing is counted up, weighed or ranked: each line says what was and what is.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from spip_desktop.domain.evaluation import Evaluation, Evolution, Finding
from spip_desktop.domain.text_diff import Piece, pieces_between


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """One thing that a version says: its place, its question as that version asked it, the answer in French.

    `text`: words of people, compared word by word; otherwise one answer stands against another. An empty answer
    was not given. `given` is the answer itself, where the words are those of the form and may differ between two.
    """

    step: str
    code: str
    label: str
    words: str
    text: bool = False
    given: object = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerChange:
    """An answer that is not the same. `pieces` is empty where one answer stands against another.

    `asked_before`: the question as the earlier version asked it, where its form put it otherwise.
    """

    step: str
    label: str
    before: str
    now: str
    pieces: tuple[Piece, ...] = ()
    asked_before: str = ""


class FindingChangeKind(StrEnum):
    """NEW, GONE (taken out), LIFTED (said « levé »), EVOLVED (same lineage, other words, order or evolution)."""

    NEW = "nouveau"
    GONE = "retire"
    LIFTED = "leve"
    EVOLVED = "evolue"


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingChange:
    """A finding followed by its lineage. `path`: what each version since the first of the two said of it."""

    kind: FindingChangeKind
    before: Finding | None
    now: Finding | None
    path: tuple[tuple[int, Evolution], ...] = ()

    @property
    def finding(self) -> Finding:
        found = self.now or self.before
        assert found is not None
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What changed from the earlier version to the later one. `labels`: titles of the steps, in their order.

    `not_reviewed`: steps that the later version took over without looking at them again.
    """

    before: Evaluation
    now: Evaluation
    labels: Mapping[str, str]
    answers: tuple[AnswerChange, ...]
    findings: tuple[FindingChange, ...]
    not_reviewed: tuple[str, ...] = ()

    @property
    def nothing(self) -> bool:
        """« Aucun changement »."""
        return not self.answers and not self.findings

    def steps(self) -> tuple[str, ...]:
        """The steps where something changed, in their order."""
        touched = {one.step for one in self.answers} | {one.finding.step for one in self.findings}
        return tuple(step for step in self.labels if step in touched)


def in_time(one: Evaluation, other: Evaluation) -> tuple[Evaluation, Evaluation]:
    """The earlier version, then the later one, whichever was named first."""
    return (one, other) if one.number <= other.number else (other, one)


def changed_answers(before: Iterable[Answered], now: Iterable[Answered]) -> tuple[AnswerChange, ...]:
    """Answers given, taken back or put otherwise, in the order of the later version's questions."""
    earlier, later = ({(one.step, one.code): one for one in side} for side in (before, now))
    found = []
    for key in (*later, *(key for key in earlier if key not in later)):
        old, new = earlier.get(key), later.get(key)
        was, is_ = old.words if old else "", new.words if new else ""
        if was.strip() == is_.strip() or (old and new and old.given is not None and old.given == new.given):
            continue
        said = new or old
        assert said is not None
        found.append(
            AnswerChange(
                step=said.step,
                label=said.label,
                before=was,
                now=is_,
                pieces=pieces_between(was, is_) if said.text else (),
                asked_before=old.label if old and old.label != said.label else "",
            )
        )
    return tuple(found)


def changed_findings(
    before: Sequence[Finding], now: Sequence[Finding], between: Mapping[UUID, Sequence[tuple[int, Evolution]]]
) -> tuple[FindingChange, ...]:
    """Findings by lineage; `between` is what the versions after the first, up to the second, said of each lineage."""
    earlier, later = {one.lineage: one for one in before}, {one.lineage: one for one in now}
    found = []
    for lineage in (*later, *(one for one in earlier if one not in later)):
        old, new = earlier.get(lineage), later.get(lineage)
        path = tuple(between.get(lineage, ()))
        kind = _kind_of_change(old, new, path)
        if kind:
            found.append(FindingChange(kind=kind, before=old, now=new, path=path))
    return tuple(found)


def _kind_of_change(
    old: Finding | None, new: Finding | None, path: Sequence[tuple[int, Evolution]]
) -> FindingChangeKind | None:
    was, stands = _stands(old), _stands(new)
    if not was:
        return FindingChangeKind.NEW if stands else None
    if not stands:
        # A version between may have said « levé »: the next one then no longer carries the finding.
        lifted = any(evolution is Evolution.LIFTED for _, evolution in path)
        return FindingChangeKind.LIFTED if lifted else FindingChangeKind.GONE
    assert old is not None
    assert new is not None
    moved = any(evolution in (Evolution.BETTER, Evolution.WORSE, Evolution.LIFTED) for _, evolution in path)
    return FindingChangeKind.EVOLVED if moved or _told(old) != _told(new) else None


def _stands(finding: Finding | None) -> bool:
    return finding is not None and finding.evolution is not Evolution.LIFTED


def _told(finding: Finding) -> tuple[object, ...]:
    """What a reader sees of a finding; not how it stands, which each version says anew."""
    return finding.step, finding.kind, finding.words.strip(), finding.priority, finding.priority_reason.strip()
