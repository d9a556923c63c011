"""How an appointment reads in a table: when, what, where it stands."""

from collections.abc import Iterable

from spip_desktop.domain import dates
from spip_desktop.domain.appointment import hour_text
from spip_desktop.domain.appointment_states import Standing
from spip_desktop.services.appointment_lists import fact_words
from spip_desktop.services.appointment_reading import AppointmentView
from spip_desktop.ui.table import Cell
from spip_desktop.wording.appointment import STANDINGS, TO_NOTE, reaction

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
    """The state, and what says more of it: how it was handed over, the outcome, the delay of reaction."""
    if view.awaits_outcome:
        return Cell(TO_NOTE, icon="question-circle", bold=True)
    late = view.standing is Standing.MISSED
    more = [view.outcome] if view.standing in (Standing.PROOF_AWAITED, Standing.LEFT, Standing.CLOSED) else []
    if view.standing is Standing.PLANNED:
        more.append(view.handed or "Convocation pas encore remise")
    if view.at.due_on:
        more.append(f"pour le {dates.short(view.at.due_on)}")
    if view.reaction is not None:
        more.append(reaction(view.reaction))
    return Cell(
        STANDINGS[view.standing],
        ", ".join(one for one in more if one),
        icon=_ICONS[view.standing],
        tone="alerte" if late else "texte",
    )


def facts_of(view: AppointmentView) -> Iterable[tuple[Cell, ...]]:
    """Each line with its day, those that a later one corrected included."""
    for event in view.events:
        yield Cell(dates.short(event.happened_on)), Cell(fact_words(event), discreet=True)
