"""Plans, to and from their rows."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from spip_desktop.db import event as events
from spip_desktop.db.evaluation import EVALUATIONS, FIELDS, FINDINGS
from spip_desktop.db.records import Records
from spip_desktop.db.schema import METADATA
from spip_desktop.db.store import Transaction
from spip_desktop.domain.evaluation import Evaluation, ExploredField, Finding, FindingKind, MarkKind
from spip_desktop.domain.event import Event, in_order
from spip_desktop.domain.pacep import Pacep
from spip_desktop.domain.pacep_follow import with_progress
from spip_desktop.domain.pacep_rules import SourceFinding, Sources
from spip_desktop.domain.pacep_states import KIND, EventCode

PACEPS = Records("pacep", Pacep, references={"person_id": "person"}, index=[("person_id",)])
#: Tells the newest plan put to each person without reading any.
PACEPS.index_present("person_id", "number", "submitted_on", "id")
ACTIONS = METADATA.tables["pacep_axes_objectives_actions"]
_A = ACTIONS.c
_NOTHING: sa.ColumnClause[str] = sa.literal_column("''")  # written out: an index takes no parameter
#: An action that may say not by whom or not when: few, and found by an index of them alone.
IS_VAGUE = sa.and_(
    _A.binned_on.is_(None), sa.or_(_A.who == _NOTHING, sa.and_(_A.due.is_(None), _A.frequency == _NOTHING))
)
sa.Index("ix_vague_action", _A.root_id, sqlite_where=IS_VAGUE)


def of_person(tx: Transaction, person_id: UUID) -> list[Pacep]:
    """The versions of a person's plan, first to last; those in the bin are left out."""
    return sorted(PACEPS.find(tx, person_id=person_id), key=_number)


def events_of_person(tx: Transaction, person_id: UUID) -> tuple[Event, ...]:
    """Every event of every version, in order."""
    return in_order(events.EVENTS.find(tx, person_id=person_id, kind=KIND))


def add_event(
    tx: Transaction, plan: Pacep, code: EventCode, on: date, comment: str = "", detail: Mapping[str, str] | None = None
) -> None:
    """One dated fact about a version."""
    events.record(tx, KIND, plan.id, plan.person_id, code, on, comment, detail)


def today(tx: Transaction, person_id: UUID) -> list[tuple[Pacep, tuple[Event, ...]]]:
    """Every version as it stands, first to last, with its own facts; what was noted of earlier ones holds for it."""
    return standing(of_person(tx, person_id), events_of_person(tx, person_id))


def standing(plans: Iterable[Pacep], every: Sequence[Event]) -> list[tuple[Pacep, tuple[Event, ...]]]:
    """The versions of one person as they stand, first to last, each with its own facts."""
    found: list[tuple[Pacep, tuple[Event, ...]]] = []
    former: list[Event] = []
    for plan in sorted(plans, key=_number):
        own = tuple(event for event in every if event.object_id == plan.id)
        found.append((with_progress(plan, own, former), own))
        former += own
    return found


def _number(plan: Pacep) -> tuple[int, UUID]:
    return plan.number, plan.id


def as_it_stands(tx: Transaction, plan: Pacep) -> Pacep:
    """A version with all that was noted of it and of earlier ones; one in the bin as it is."""
    return next((one for one, _ in today(tx, plan.person_id) if one.id == plan.id), plan)


def evaluations_of(tx: Transaction, person_id: UUID) -> list[Evaluation]:
    """The person's evaluations, oldest first."""
    found = EVALUATIONS.find(tx, person_id=person_id)
    return sorted(found, key=lambda one: (one.started_on, one.number, one.id))


def sources(tx: Transaction, evaluation_id: UUID | None) -> Sources:
    """What a plan may start from in one evaluation; nothing when there is none."""
    if evaluation_id is None:
        return Sources()
    evaluation = EVALUATIONS.get(tx, evaluation_id)
    findings = sorted(FINDINGS.find(tx, evaluation_id=evaluation_id), key=_place)
    fields = FIELDS.find(tx, evaluation_id=evaluation_id)
    return Sources(
        evaluation_id=evaluation.id,
        number=evaluation.number,
        started_on=evaluation.started_on,
        frozen_on=evaluation.frozen_on,
        findings=tuple(
            SourceFinding(lineage=one.lineage, kind=one.kind, wording=one.words, step=one.step, evidence=one.evidence)
            for one in findings
        ),
        words=tuple(words for field in fields for words in _own_words(field)),
        strengths=tuple(one.wording or one.evidence for one in findings if one.kind is FindingKind.PROTECTION),
    )


def _place(finding: Finding) -> tuple[bool, int]:
    """The order the officer wrote, then that in which they were noted."""
    return (finding.priority is None, finding.priority or 0)


def _own_words(field: ExploredField) -> list[str]:
    """The paragraphs marked « ses mots » in the note of one field."""
    starts = sorted(mark.start for mark in field.marks if mark.kind is MarkKind.WORDS)
    return [text for start in starts if (text := field.note[start:].split("\n", 1)[0].strip(" «»\u00a0"))]
