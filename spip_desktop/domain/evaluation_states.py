"""The life of an evaluation after its draft: arrêtée by the CPIP, shared, seen or returned by the DPIP."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.evaluation import Evaluation
from spip_desktop.domain.event import Event, last


class EvaluationState(StrEnum):
    """Where a version is (list `evaluation_states`)."""

    DRAFT = "brouillon"
    FROZEN = "arretee"
    SHARED = "partagee"
    SEEN = "visee"
    RETURNED = "retournee"
    REPLACED = "remplacee"


class EventCode(StrEnum):
    FROZEN = "arretee"
    SHARED = "partagee"
    SEEN = "visee"
    RETURNED = "retournee"


#: What a DPIP enters; the rest is the CPIP's.
BY_DPIP = frozenset({EventCode.SEEN, EventCode.RETURNED})


def state_of(evaluation: Evaluation, events: Iterable[Event], newest_frozen: int = 0) -> EvaluationState:
    """The state of a version; `newest_frozen` is the highest number that is arrêtée for this person."""
    if not evaluation.is_frozen:
        return EvaluationState.DRAFT
    if newest_frozen > evaluation.number:
        return EvaluationState.REPLACED
    found = last(events, EventCode.SHARED, EventCode.SEEN, EventCode.RETURNED)
    return EvaluationState(found.code) if found else EvaluationState.FROZEN


def require_step(evaluation: Evaluation, code: EventCode, day: date, today: date, comment: str) -> None:
    """Refuse a fact that cannot be: before the version is arrêtée, in the future, before what it follows."""
    if not evaluation.is_frozen:
        raise Refusal("evaluation_freeze_first")
    if day > today:
        raise Refusal("date_in_future", "happened_on")
    if evaluation.frozen_on and day < evaluation.frozen_on:
        raise Refusal("evaluation_before_frozen", "happened_on")
    if code is EventCode.RETURNED and not comment.strip():
        raise Refusal("reason_needed", "comment")
