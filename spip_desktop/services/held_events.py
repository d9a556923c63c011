"""What a dated fact is called, whichever slice wrote it."""

from collections.abc import Callable

from spip_desktop.domain.appointment_states import EventCode as AppointmentEvent
from spip_desktop.domain.board_review import EventCode as BoardEvent
from spip_desktop.domain.evaluation_states import EvaluationState
from spip_desktop.domain.event import Event
from spip_desktop.domain.pacep_states import EventCode as PlanEvent
from spip_desktop.domain.prescription_states import AGREEMENT, REMINDER, SheetState
from spip_desktop.services.commission_labels import profession
from spip_desktop.services.incident_words import breach_line, incident_line
from spip_desktop.wording import timeline as words
from spip_desktop.wording.appointment import EVENTS as APPOINTMENTS
from spip_desktop.wording.evaluation import STATES as EVALUATIONS
from spip_desktop.wording.prescription import STATES as SHEETS
from spip_desktop.wording.record_fields import KINDS


def event_title(event: Event) -> str:
    """« Fiche de prescription, remise au partenaire »; a fact that nobody knows any more by what it is of."""
    of = KINDS.get(event.kind) or _OTHERS.get(event.kind, "Fait noté")
    try:
        said = _SAID[event.kind](event) if event.kind in _SAID else ""
    except (KeyError, ValueError):
        said = ""
    return f"{of}, {said[:1].lower()}{said[1:]}" if said else of


def _sheet(event: Event) -> str:
    special = {AGREEMENT: words.SHEET_ANSWER, REMINDER: words.SHEET_REMINDED}
    return special.get(event.code) or SHEETS[SheetState(event.code)]


_OTHERS = {"arrival": "Arrivants, rencontre", "pep": "Parcours d’exécution de peine (source : GENESIS)"}
_SAID: dict[str, Callable[[Event], str]] = {
    "appointment": lambda one: APPOINTMENTS[AppointmentEvent(one.code)],
    "evaluation": lambda one: EVALUATIONS[EvaluationState(one.code)],
    "interview": lambda _: "complément",
    "pacep": lambda one: words.PLAN[PlanEvent(one.code)],
    "prescription": _sheet,
    "board_review": lambda one: words.BOARD[BoardEvent(one.code)],
    "arrival": lambda one: profession(one.code),
    "breach": lambda one: breach_line(one)[0],
    "incident": lambda one: incident_line(one)[0],
}
