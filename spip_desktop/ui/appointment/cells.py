"""How an appointment reads in a table: when, what, where it stands."""

from collections.abc import Iterable

from spip_desktop.domain import dates
from spip_desktop.domain.appointment import hour_text
from spip_desktop.domain.appointment_states import EventCode, Standing
from spip_desktop.domain.clock import PARIS
from spip_desktop.services.appointment_lists import asked_words, fact_words
from spip_desktop.services.appointment_reading import AppointmentView
from spip_desktop.ui.table import Cell
from spip_desktop.wording.appointment import EVENTS, STANDINGS, TO_NOTE, not_handed, reaction, waiting

_ICONS = {
    Standing.PLANNED: "calendar",
    Standing.HELD: "check",
    Standing.MISSED: "alert-circle",
    Standing.PROOF_AWAITED: "clock",
    Standing.LEFT: "minus-circle",
    Standing.CLOSED: "circle",
}


def row_of(view: AppointmentView) -> tuple[Cell, ...]:
    """When, what and with whom, where, where it stands."""
    one = view.appointment
    when = Cell(dates.short_with_day(one.day), hour_text(one.begins), bold=view.ahead)
    return when, Cell(view.kind, view.officer), Cell(view.place, discreet=True), state_of(view)


def state_of(view: AppointmentView) -> Cell:
    """The state, and what says more of it: how it was handed over, what was answered, the delay of reaction."""
    if view.awaits_outcome:
        return Cell(TO_NOTE, icon="question-circle", bold=True)
    late = view.standing is Standing.MISSED
    return Cell(_state(view), _more(view), icon=_ICONS[view.standing], tone="alerte" if late else "texte")


def _state(view: AppointmentView) -> str:
    """Of one that is over: its outcome, else how it ended."""
    if view.standing is not Standing.CLOSED:
        return STANDINGS[view.standing]
    return view.outcome or (EVENTS[EventCode(view.ended.code)] if view.ended else STANDINGS[Standing.CLOSED])


def _more(view: AppointmentView) -> str:
    if view.standing is Standing.PLANNED:
        return view.handed or not_handed(view.appointment)
    if view.standing is Standing.PROOF_AWAITED:
        return f"Pour le {dates.short(view.at.due_on)}" if view.at.due_on else ""
    if view.waited is not None:
        return waiting(view.waited)
    more = [*view.answered, asked_words(view.ended) if view.ended else ""]
    more += [f"à réexaminer le {dates.short(view.at.due_on)}"] if view.at.due_on else []
    more += [reaction(view.reaction)] if view.answered and view.reaction is not None else []
    words = ", ".join(one[:1].lower() + one[1:] for one in more if one)
    return words[:1].upper() + words[1:]


def facts_of(view: AppointmentView) -> Iterable[tuple[Cell, ...]]:
    """Each line with its day, those that a later one corrected included, then the manquement that came of it."""
    for event in view.events:
        yield Cell(dates.short(event.happened_on)), Cell(fact_words(event), discreet=True)
    if view.breach:
        noted = view.breach.noted_at.astimezone(PARIS).date()
        yield Cell(dates.short(noted)), Cell("Manquement noté", discreet=True)
