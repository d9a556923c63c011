"""An interview in words: a row of the list, a note that is arrêtée, what was added to it."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from PySide6.QtWidgets import QWidget

from spip_desktop.domain import dates
from spip_desktop.domain.event import Event
from spip_desktop.domain.interview import PARTS, Interview, InterviewState
from spip_desktop.domain.text import NBSP, french_spaces, shortened
from spip_desktop.reference import load
from spip_desktop.services.interview_reading import InterviewView
from spip_desktop.ui.labels import Paragraph, Section, SmallText
from spip_desktop.ui.layout import column
from spip_desktop.ui.readers import show_hour
from spip_desktop.ui.table import Cell
from spip_desktop.wording import interview as words

_SHOWN = 160  # signs of the note that the list shows
_ICONS = {InterviewState.DRAFT: "pencil", InterviewState.CLOSED: "check"}


def title_of(one: Interview) -> str:
    """« Entretien du 22/11/2026, suivi »."""
    kind = load("interview_kinds").label(one.kind).lower() if one.kind else ""
    return ", ".join(part for part in (f"Entretien du {dates.short(one.held_on)}", kind) if part)


def row_of(one: Interview) -> tuple[Cell, ...]:
    kind = load("interview_kinds").label(one.kind) if one.kind else "Type à noter"
    place = load("interview_places").label(one.place) if one.place else ""
    first = next((getattr(one, part) for part in ("today", *PARTS) if getattr(one, part)), "")
    said = french_spaces(shortened(first, _SHOWN))
    return (
        Cell(dates.short(one.held_on), hour_of(one)),
        Cell(kind, place, bold=True),
        Cell(said or "Rien d’écrit encore", tone="texte" if said else "texte_2", discreet=bool(said)),
        Cell(words.STATES[one.state], icon=_ICONS[one.state]),
    )


def hour_of(one: Interview) -> str:
    """« 14 h 30, 45 minutes »."""
    hours, _, minutes = one.starts_at.partition(":")
    hour = show_hour((int(hours), int(minutes))) if minutes else ""
    lasted = f"{one.duration}{NBSP}minutes" if one.duration else ""
    return ", ".join(part for part in (hour, lasted) if part)


def note_of(view: InterviewView) -> QWidget:
    """A note that is arrêtée, or a colleague's draft, to read."""
    made = QWidget()
    inside = column(made, gap=12)
    for label, said, discreet in _told(view):
        block = column(gap=0)
        block.addWidget(SmallText(label))
        block.addWidget(Paragraph(said, discreet=discreet))
        inside.addLayout(block)
    return made


def fill_additions(section: Section, additions: Sequence[Event], officers: Mapping[UUID, str]) -> None:
    """Each with its day and its author, below the note it completes."""
    section.empty()
    section.setVisible(bool(additions))
    for one in additions:
        made = QWidget()
        inside = column(made, gap=0)
        inside.addWidget(Paragraph(french_spaces(one.comment), discreet=True))
        signed = (f"Ajouté le {dates.short(one.happened_on)}", officers.get(one.entered_by, ""))
        inside.addWidget(SmallText(", ".join(part for part in signed if part)))
        section.add(made)


def _told(view: InterviewView) -> list[tuple[str, str, bool]]:
    one = view.interview
    fields, objectives = dict(view.touchable.fields), dict(view.touchable.objectives)
    when = ", ".join(part for part in (dates.long(one.held_on), hour_of(one)) if part)
    place = load("interview_places").label(one.place) if one.place else ""
    means = load("prevention_means").label(one.means) if one.means else ""
    worked = ", ".join(objectives[code] for code in one.objectives if code in objectives)
    told = [
        ("Quand", when, False),
        ("Lieu", place, False),
        ("Autres personnes présentes", one.present, True),
        *((words.PARTS[part], french_spaces(getattr(one, part)), True) for part in PARTS),
        ("Ce que l’entretien a surtout servi", means, False),
        ("Champs de l’évaluation abordés", ", ".join(fields[code] for code in one.fields), False),
        ("Objectifs du PACEP travaillés", worked, True),
        ("Écrit par", view.officers.get(one.author_id, ""), False),
    ]
    return [line for line in told if line[1]]
