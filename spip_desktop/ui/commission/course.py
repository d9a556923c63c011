"""What a passage shows of its course: the next act, what happened, the decisions and how they ended."""

from collections.abc import Callable, Sequence
from datetime import date
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from spip_desktop.domain import dates
from spip_desktop.domain.board_review import Board, BoardReview, EventCode, FollowedDecision, Outcome, ReviewState
from spip_desktop.domain.event import Event
from spip_desktop.domain.text import NBSP, french_spaces
from spip_desktop.services.commission_labels import theme_of
from spip_desktop.services.commission_reading import ReviewView
from spip_desktop.ui.buttons import LinkButton
from spip_desktop.ui.labels import Paragraph, Section, SmallText
from spip_desktop.ui.layout import column, row
from spip_desktop.ui.table import Cell, Column, RecordRow, TableView
from spip_desktop.wording.commission import OUTCOMES, STATES, informed

ISSUE, SUBMIT = "Établir l’avis", "Soumettre au DPIP"
COPY, COPY_AGAIN, ADD_ACTION = "Noter la décision", "Compléter la décision", "Noter une action"
ANSWER, AGAIN = "Noter la réponse du DPIP", "Nouvelle version"
_FACTS = {
    EventCode.ISSUED: "Avis établi",
    EventCode.DECISION: "Décision de la CPU",
    EventCode.SUBMITTED: "Soumise au DPIP",
    EventCode.SEEN: "Visée par le DPIP",
    EventCode.RETURNED: "Retournée par le DPIP",
}


def next_act(view: ReviewView) -> str:
    """What the primary button says; nothing when there is nothing to do."""
    if view.state is ReviewState.DRAFT:
        return ISSUE if view.review.board is Board.CPU else SUBMIT
    draft_open = any(one.state is ReviewState.DRAFT for one in view.versions)
    acts = {
        ReviewState.ISSUED: COPY,
        ReviewState.DECIDED: ADD_ACTION,
        ReviewState.SUBMITTED: ANSWER,
        ReviewState.RETURNED: "" if draft_open else AGAIN,
    }
    return acts.get(view.state, "")


class DecisionTable(TableView):
    """The decisions of a frozen version; Enter or a click notes how one ended."""

    def __init__(self) -> None:
        columns = (Column("Décision"), Column("Qui", 128), Column("Pour le", 104), Column("Suite", 128))
        super().__init__(columns, name="decisions.table", label="Décisions")

    def show_decisions(self, decisions: Sequence[FollowedDecision], today: date, *, asks: bool) -> None:
        """`asks`: the outcome of those that wait may be noted here."""
        self.set_rows([RecordRow(one, _cells(one, today, asks=asks)) for one in decisions])


def fill_facts(section: Section, view: ReviewView, open_version: Callable[[UUID], object]) -> None:
    """What happened to this version, oldest first, and the links to the others."""
    section.empty()
    told = [one for one in view.events if one.code in _FACTS]
    section.setVisible(bool(told) or len(view.versions) > 1)
    for one in told:
        section.add(_fact(one, view.officers.get(one.entered_by, "")))
    for number, other in enumerate(view.versions, 1):
        if other.review.id == view.review.id:
            continue
        words = f"Version {other.review.number}{NBSP}: {lowered(STATES[other.state])}"
        link = LinkButton(words, name=f"versions.{number}")
        link.clicked.connect(lambda _=False, id_=other.review.id: open_version(id_))
        section.add(_left(link))


def _fact(event: Event, by: str) -> QWidget:
    made = QWidget()
    inside = column(made, gap=0)
    source = f" (source{NBSP}: {event.detail['source']})" if event.detail.get("source") else ""
    words = f"{_FACTS[EventCode(event.code)]} le {dates.short(event.happened_on)}{source}"
    inside.addWidget(Paragraph(words))
    if event.comment:
        inside.addWidget(Paragraph(french_spaces(event.comment), colour="texte_2", discreet=True))
    signed = event.detail.get("signed_by", "")
    noted = [f"Signé par {signed}" if signed else "", f"noté par {by}" if by else ""]
    words = ", ".join(part for part in noted if part)
    inside.addWidget(SmallText(words[:1].upper() + words[1:]))
    return made


def _cells(one: FollowedDecision, today: date, *, asks: bool) -> tuple[Cell, ...]:
    decision, ended = one.decision, one.ended
    late = asks and ended is None and decision.due is not None and decision.due < today
    due = Cell(dates.short(decision.due), "en retard" if late else "", tone="alerte" if late else "texte")
    what, who = Cell(decision.label, bold=asks and ended is None, discreet=True), Cell(decision.who, discreet=True)
    if ended is None:
        return what, who, due, Cell("Noter la suite", link=True) if asks else Cell("")
    outcome = OUTCOMES[Outcome(ended.detail["outcome"])]
    told = Cell(f"{outcome} le {dates.short(ended.happened_on)}", ended.comment, tone="texte_2")
    return what, who, due, told


def words_of(review: BoardReview) -> QWidget:
    """What a frozen version says, to read."""
    made = QWidget()
    inside = column(made, gap=12)
    for label, words in _told(review):
        block = column(gap=0)
        block.addWidget(SmallText(label))
        block.addWidget(Paragraph(words, discreet=True))
        inside.addLayout(block)
    return made


def _told(review: BoardReview) -> list[tuple[str, str]]:
    cpi = review.board is Board.CPI
    told = [
        ("Séance du" if cpi else "Commission du", dates.long(review.held_on) if review.held_on else ""),
        ("Présidée par", review.chair),
        ("Objet" if cpi else "Thème", theme_of(review)),
        ("Situation", french_spaces(review.situation)),
        ("Ce qu’en dit la personne", french_spaces(review.person_view)),
        ("Ce que la commission retient" if cpi else "Avis du SPIP", french_spaces(review.advice)),
        ("Personne informée", informed(review.person_informed)),
    ]
    return [(label, words) for label, words in told if words]


def lowered(words: str) -> str:
    return words[:1].lower() + words[1:]


def _left(part: QWidget) -> QWidget:
    holder = QWidget()
    row(holder, gap=0).addWidget(part, 0, Qt.AlignmentFlag.AlignLeft)
    return holder
