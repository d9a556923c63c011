"""How the agenda reads: what is noted of a day, a line of the list, its state."""

from spip_desktop.domain import dates
from spip_desktop.domain.agenda import OfficerAbsence, Permanence
from spip_desktop.domain.appointment import hour_text
from spip_desktop.domain.appointment_states import Standing
from spip_desktop.services.agenda_reading import AgendaDay, AgendaLine
from spip_desktop.services.appointment_lists import label_of
from spip_desktop.ui.appointment.then import Then
from spip_desktop.ui.table import Cell
from spip_desktop.wording.appointment import HALVES, IN_THE_WAY, STANDINGS, TO_NOTE

_ICONS = {
    Standing.HELD: "check",
    Standing.MISSED: "alert-circle",
    Standing.PROOF_AWAITED: "clock",
    Standing.LEFT: "minus-circle",
    Standing.CLOSED: "minus-circle",
}


def day_notes(day: AgendaDay) -> list[str]:
    """« Jour férié », « Congés », « Permanence SPIP, 9 h 00 à 12 h 00 »."""
    notes = ["Jour férié"] if day.holiday else []
    notes += [absence_words(one) for one in day.absences]
    return notes + [permanence_words(one) for one in day.permanences]


def absence_words(one: OfficerAbsence) -> str:
    half = f", {HALVES[one.half].lower()}" if one.half else ""
    return f"{label_of('officer_absence_kinds', one.kind)}{half}"


def permanence_words(one: Permanence) -> str:
    return f"{one.label}, {hour_text(one.begins)} à {hour_text(one.ends)}"


def line_icon(one: AgendaLine) -> str:
    """Of what is to come, only where something stands in its way."""
    if in_the_way(one):
        return "alert-circle"
    return "question-circle" if one.awaits_outcome else _ICONS.get(one.standing, "")


def in_the_way(one: AgendaLine) -> str:
    """« en même temps qu’un autre, pendant une absence »."""
    return ", ".join(IN_THE_WAY[code] for code in one.warnings if code in IN_THE_WAY)


def line_state(one: AgendaLine) -> str:
    """« Issue à noter », « Rencontre faite »."""
    return TO_NOTE if one.awaits_outcome else STANDINGS[one.standing]


def then_of(one: AgendaLine) -> Then:
    """What follows of it."""
    missed = one.standing in (Standing.MISSED, Standing.PROOF_AWAITED, Standing.LEFT)
    return Then(one.appointment, met=one.standing is Standing.HELD, missed=missed, breach=one.breach)


def list_cells(one: AgendaLine) -> tuple[Cell, ...]:
    """Day, hour, person, what, where, state: a line of the list."""
    day = one.appointment.day
    return (
        Cell(dates.short_with_day(day)),
        Cell(hour_text(one.appointment.begins)),
        Cell(one.person, one.officer, bold=True, discreet=True),
        Cell(one.kind, one.place),
        state_cell(one),
    )


def state_cell(one: AgendaLine) -> Cell:
    if one.awaits_outcome:
        return Cell(line_state(one), icon="question-circle", bold=True)
    tone = "alerte" if one.standing is Standing.MISSED else "texte"
    return Cell(line_state(one), in_the_way(one).capitalize(), icon=line_icon(one) or "calendar", tone=tone)
