"""What happens to an evaluation once written: arrêtée by the CPIP, shared, seen or returned by the DPIP."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from uuid import UUID

from spip_desktop.db import evaluation as rows
from spip_desktop.db import event as events
from spip_desktop.db.store import Transaction
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.evaluation import Evaluation
from spip_desktop.domain.evaluation_rules import KIND
from spip_desktop.domain.evaluation_states import BY_DPIP, EventCode, require_step
from spip_desktop.domain.event import Event
from spip_desktop.domain.frozen import told_parts
from spip_desktop.domain.officer import Right
from spip_desktop.domain.text import clean
from spip_desktop.services.evaluation_ground import Ground


class EvaluationCourseService:
    """Each method is one dated fact, added to those before it; nothing is rewritten."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground

    def freeze(self, evaluation_id: UUID) -> None:
        """Arrêter: the content is read-only from then on; Refusal with everything that blocks."""
        with self._ground.writing("freeze_evaluation") as tx:
            evaluation = self._ground.draft(tx, evaluation_id)
            if blocking := self._ground.blocking(tx, evaluation):
                raise Refusal.of(one.problem for one in blocking)
            freeze(tx, evaluation)
            tx.note(KIND, evaluation_id)

    def record(self, evaluation_id: UUID, code: EventCode, happened_on: date, comment: str = "") -> None:
        """A dated fact after « arrêtée »: shared with the person, seen or returned by the DPIP.

        What is the DPIP's asks for the right, or for a written reason where the store has no DPIP.
        """
        self._ground.context.actor.require(Right.WRITE_EVALUATION)
        if code is EventCode.FROZEN:
            raise ValueError("freezing is an act of its own")
        if code in BY_DPIP:
            self._ground.context.actor.require(Right.VISA, comment)
        with self._ground.writing(f"evaluation_{code.value}") as tx:
            evaluation = rows.EVALUATIONS.get(tx, evaluation_id)
            self._ground.access.require(tx, evaluation.person_id)
            require_step(evaluation, code, happened_on, tx.clock.today(), comment)
            add_fact(tx, evaluation, code, happened_on, comment)
            tx.note(KIND, evaluation_id)


def freeze(tx: Transaction, evaluation: Evaluation) -> None:
    """The evaluation changes no more; the fact keeps what each of its steps and findings said that day."""
    today = tx.clock.today()
    rows.EVALUATIONS.save(tx, replace(evaluation, frozen_on=today, frozen_by=tx.actor_id))
    add_fact(tx, evaluation, EventCode.FROZEN, today, detail=told_parts(rows.parts_of(tx, evaluation.id)))


def add_fact(
    tx: Transaction, evaluation: Evaluation, code: EventCode, day: date, comment: str = "",
    detail: Mapping[str, str] | None = None,
) -> None:  # fmt: skip
    event = Event(
        id=tx.ids.new(),
        kind=KIND,
        object_id=evaluation.id,
        person_id=evaluation.person_id,
        code=code.value,
        happened_on=day,
        entered_at=tx.now,
        entered_by=tx.actor_id,
        comment=clean(comment, lines=True).strip(),
        detail=detail or {},
    )
    events.add(tx, event)
