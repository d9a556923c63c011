"""An interview on the screen: a row of the list, a note that is arrêtée, what was added to it."""

from PySide6.QtWidgets import QWidget

from spip_desktop.domain import dates
from spip_desktop.domain.interview import PARTS, Interview, InterviewState
from spip_desktop.domain.text import french_spaces, shortened
from spip_desktop.reference import load
from spip_desktop.services.interview_reading import InterviewView
from spip_desktop.services.interview_words import hour_of, signed, told
from spip_desktop.ui.labels import Paragraph, Section, SmallText
from spip_desktop.ui.layout import column
from spip_desktop.ui.table import Cell
from spip_desktop.wording import interview as words

_SHOWN = 160  # signs of the note that the list shows
_ICONS = {InterviewState.DRAFT: "pencil", InterviewState.CLOSED: "check"}


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


def note_of(view: InterviewView) -> QWidget:
    """A note that is arrêtée, or a colleague's draft, to read."""
    made = QWidget()
    inside = column(made, gap=12)
    for part in told(view):
        block = column(gap=0)
        block.addWidget(SmallText(part.label))
        block.addWidget(Paragraph(part.said, discreet=part.discreet))
        inside.addLayout(block)
    return made


def fill_additions(section: Section, view: InterviewView) -> None:
    """Each with its day and its author, below the note it completes."""
    section.empty()
    section.setVisible(bool(view.additions))
    for one in view.additions:
        made = QWidget()
        inside = column(made, gap=0)
        inside.addWidget(Paragraph(french_spaces(one.comment), discreet=True))
        inside.addWidget(SmallText(signed(one, view)))
        section.add(made)
