"""Facts, factors, needs and cues: made from words of a note, worded by the officer, never weighed by the program."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from spip_desktop.db import evaluation as rows
from spip_desktop.db.store import AUTOSAVE, Transaction
from spip_desktop.domain.changes import change
from spip_desktop.domain.errors import Refusal, refuse_if_any
from spip_desktop.domain.evaluation import Evaluation, Evolution, Finding, FindingKind
from spip_desktop.domain.evaluation_rules import ANALYSIS, KIND, finding_problems, moved_need, prioritised
from spip_desktop.domain.note_marks import chosen
from spip_desktop.domain.text import clean
from spip_desktop.services.evaluation_ground import Ground
from spip_desktop.services.lines import Saved

INTERVIEW, PAPERS = "entretien", "pieces"
_TYPED = frozenset({"wording", "kind", "source", "source_on", "evolution", "priority_reason"})


@dataclass(frozen=True, slots=True)
class Words:
    """The words selected in a note: from where to where, in signs."""

    start: int
    end: int


class EvaluationFindingService:
    """Each method is one act on the findings of a draft; Refusal `frozen` once the version is arrêtée."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground

    def add(self, evaluation_id: UUID, step: str, kind: FindingKind, words: Words | None = None) -> UUID:
        """A finding from words of the step's note, which stay as its evidence; without words, from the papers
        (in the analysis, from what was already written).

        Refusal `evaluation_words_missing`, or `evaluation_presumed_innocent` for what is about the facts.
        """
        with self._ground.writing("add_finding") as tx:
            evaluation = self._ground.draft(tx, evaluation_id)
            finding = _new(tx, evaluation, step, kind, words)
            refuse_if_any(finding_problems(evaluation, finding, tx.clock.today()))
            rows.FINDINGS.save(tx, finding)
            tx.note(KIND, evaluation_id)
            return finding.id

    def quote(self, evaluation_id: UUID, step: str, kind: FindingKind, words: str, said_on: date) -> UUID:
        """A finding from words that stand in the note of an interview, its source; Refusals as for `add`."""
        with self._ground.writing("add_finding") as tx:
            evaluation = self._ground.draft(tx, evaluation_id)
            evidence = clean(words, lines=True).strip()
            if not evidence:
                raise Refusal("evaluation_words_missing", "note")
            blank = _new(tx, evaluation, step, kind, None)
            finding = replace(blank, evidence=evidence, source=INTERVIEW, source_on=said_on)
            refuse_if_any(finding_problems(evaluation, finding, tx.clock.today()))
            rows.FINDINGS.save(tx, finding)
            tx.note(KIND, evaluation_id)
            return finding.id

    def save(self, finding_id: UUID, changes: Mapping[str, object], lock: int | None = None) -> Saved:
        """Save what the officer typed or chose; what cannot be accepted comes back with its field."""
        if unknown := changes.keys() - _TYPED:
            raise KeyError(unknown)
        with self._ground.writing(AUTOSAVE) as tx:
            stored = rows.FINDINGS.stored(tx, finding_id)
            evaluation = self._ground.draft(tx, stored.value.evaluation_id)
            today = tx.clock.today()
            found = change(stored.value, _cleaned(changes), lambda one: finding_problems(evaluation, one, today))
            if found.value == stored.value:
                return Saved(tx.now, stored.lock, found.refused)
            rows.FINDINGS.save(tx, found.value, lock=lock)
            tx.note(KIND, evaluation.id)
            return Saved(tx.now, stored.lock + 1, found.refused)

    def bin(self, finding_id: UUID) -> None:
        """Put a finding in the bin; « Annuler » is `restore`."""
        with self._ground.writing("bin_finding") as tx:
            evaluation = self._of(tx, finding_id)
            rows.FINDINGS.bin(tx, finding_id)
            tx.note(KIND, evaluation.id)

    def restore(self, finding_id: UUID) -> None:
        with self._ground.writing("restore_finding") as tx:
            evaluation = self._of(tx, finding_id)
            rows.FINDINGS.restore(tx, finding_id)
            tx.note(KIND, evaluation.id)

    # -- the officer's order -----------------------------------------------------------------------------------

    def prioritise(self, finding_id: UUID, kept: bool) -> None:
        """Put a need last in the officer's order, or take it out; the program proposes none."""
        with self._ground.writing("prioritise_need") as tx:
            evaluation = self._of(tx, finding_id)
            findings = _values(tx, evaluation)
            if not any(one.id == finding_id and one.kind is FindingKind.NEED for one in findings):
                raise Refusal("not_found", kind="finding")
            _place(tx, findings, prioritised(findings, finding_id, kept))
            tx.note(KIND, evaluation.id)

    def move(self, finding_id: UUID, steps: int) -> None:
        """Move a need up (negative) or down in the officer's order."""
        with self._ground.writing("move_need") as tx:
            evaluation = self._of(tx, finding_id)
            findings = _values(tx, evaluation)
            _place(tx, findings, moved_need(findings, finding_id, steps))
            tx.note(KIND, evaluation.id)

    def _of(self, tx: Transaction, finding_id: UUID) -> Evaluation:
        return self._ground.draft(tx, rows.FINDINGS.get(tx, finding_id).evaluation_id)


def _new(tx: Transaction, evaluation: Evaluation, step: str, kind: FindingKind, words: Words | None) -> Finding:
    field = rows.fields_of(tx, evaluation.id)[step].value
    start, evidence = chosen(field.note, words.start, words.end) if words else (None, "")
    if words and not evidence:
        raise Refusal("evaluation_words_missing", "note")
    id_ = tx.ids.new()
    return Finding(
        id=id_,
        lineage=id_,
        evaluation_id=evaluation.id,
        person_id=evaluation.person_id,
        step=step,
        kind=kind,
        wording="",
        evidence=evidence,
        start=start,
        source=INTERVIEW if words else "" if step == ANALYSIS else PAPERS,
        source_on=(field.noted_on or evaluation.interview_on or evaluation.started_on) if words else None,
    )


def _values(tx: Transaction, evaluation: Evaluation) -> list[Finding]:
    return [one.value for one in rows.findings_of(tx, evaluation.id)]


def _place(tx: Transaction, findings: list[Finding], places: Mapping[UUID, int | None]) -> None:
    for one in findings:
        if one.id in places and one.priority != places[one.id]:
            rows.FINDINGS.save(tx, replace(one, priority=places[one.id]))


def _cleaned(changes: Mapping[str, object]) -> dict[str, object]:
    """Typed text without control signs, codes of closed lists as their StrEnum."""
    wanted: dict[str, object] = {}
    for name, value in changes.items():
        if name == "kind":
            if value not in set(FindingKind):
                raise Refusal("choose_one", name)
            wanted[name] = FindingKind(str(value))
        elif name == "evolution":
            wanted[name] = Evolution(str(value))
        else:
            wanted[name] = clean(value, lines=name == "priority_reason").strip() if type(value) is str else value
    return wanted
