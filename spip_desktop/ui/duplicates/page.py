"""« Doublons possibles »: the pairs in a table; the one opened below it, field by field."""

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import Qt

from spip_desktop.domain import dates
from spip_desktop.domain.duplicate import DuplicateState, Side
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.place import Place
from spip_desktop.domain.text import NBSP
from spip_desktop.services.duplicates import Dossier, Pair, View
from spip_desktop.ui.buttons import Button, LinkButton
from spip_desktop.ui.duplicates.field import FIRST, SECOND, FieldPair
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.history import History, Step
from spip_desktop.ui.labels import EmptyState, Paragraph, Section, SmallText
from spip_desktop.ui.layout import FlowRow, clear, column, row
from spip_desktop.ui.page import Page
from spip_desktop.ui.table import Cell, Column, RecordRow, TableView
from spip_desktop.ui.text import Text
from spip_desktop.wiring import Services
from spip_desktop.wording import sentence
from spip_desktop.wording.person import LIKENESS
from spip_desktop.wording.retention import every_row

KIND = "persons.duplicates"
_EXPLAINED = (
    "Deux dossiers se ressemblent : même nom et même naissance, jour et mois inversés, ou même numéro APPI. "
    "Regardez-les l’un à côté de l’autre, puis décidez. La réunion se défait : chaque dossier retrouve ce qu’il "
    "contenait."
)
_COLUMNS = (Column("Premier dossier"), Column("Second dossier"), Column("Ressemblance"), Column("Décision", 168))
_STATES = {
    DuplicateState.PROPOSED: "À décider",
    DuplicateState.APART: "Deux personnes",
    DuplicateState.MERGED: "Réunis",
}
#: What takes a decision back, by the decision: its words on the button, and what is said once it is done.
_BACK = {
    DuplicateState.MERGED: ("Défaire la réunion", "Les deux dossiers sont séparés de nouveau."),
    DuplicateState.APART: ("Proposer de nouveau", "Ces deux dossiers sont proposés de nouveau."),
}
_ONE, _TWO = "Les deux dossiers sont réunis.", "Ce sont deux personnes : ces dossiers ne seront plus proposés."
_KEPT = (
    "Le premier dossier reste et reçoit tout ce que contient le second, qui va à la corbeille. Les documents déjà "
    "établis ne changent pas."
)


class DuplicatesPage(Page):
    """Enter on a line opens the pair; a decision closes it, and can be taken back."""

    def __init__(self, services: Services, guard: Guard) -> None:
        super().__init__("Doublons possibles", name=KIND)
        self._services, self._guard = services, guard
        self._pairs: dict[UUID, Pair] = {}
        self.history = History(self)
        self.table = TableView(_COLUMNS, name="duplicates.table", label="Doublons possibles")
        self.explained = Paragraph(_EXPLAINED, colour="texte_2")
        self.empty = EmptyState(
            "Aucun doublon possible parmi les dossiers qui vous sont ouverts.",
            "Deux dossiers qui se ressemblent sont proposés ici dès qu’ils existent, ou dès la reprise d’un paquet.",
        )
        self._opened = column(gap=0)
        self.add(self.explained, self.table, self.empty, self._opened)
        self.table.opened.connect(self._open_pair)

    def open(self, place: Place) -> None:
        """The list; the pair named, or the first to decide when there is one alone, is opened below it."""
        self.notice.hide()
        self.band.clear()
        self.reload()
        if place.id in self._pairs:
            self._open_pair(place.id)
        else:
            self.table.setFocus()

    def reload(self) -> None:
        """Read the pairs again; none is opened."""
        self._pairs = {one.id: one for one in self._services.duplicates.all()}
        self.table.set_rows([RecordRow(one.id, _cells(one)) for one in self._pairs.values()])
        clear(self._opened)
        for part in (self.explained, self.table):
            part.setVisible(bool(self._pairs))
        self.empty.setVisible(not self._pairs)

    def pair_opened(self) -> "PairSection | None":
        """The pair that is shown below the list."""
        item = self._opened.itemAt(0)
        widget = item.widget() if item else None
        return widget if isinstance(widget, PairSection) else None

    def undo(self) -> None:
        """Take back the last decision."""

        def take_back() -> None:
            if said := self.history.undo():
                self._show_done(said)

        self._guard.run(take_back, refused=self._tell)

    # -- one pair --------------------------------------------------------------------------------------------

    def _open_pair(self, key: object) -> None:
        pair = self._pairs.get(key) if isinstance(key, UUID) else None
        if pair is None:
            return
        self.notice.hide()
        self.band.clear()
        view: View | None = None
        if pair.state is DuplicateState.PROPOSED:
            view = self._guard.run(self._services.duplicates.view, pair.id, refused=self._tell)
        clear(self._opened)
        section = PairSection(pair, view)
        section.merge.clicked.connect(lambda: self._merge(section))
        section.apart.clicked.connect(lambda: self._keep_apart(pair))
        section.back.clicked.connect(lambda: self._take_back(pair))
        section.first_link.clicked.connect(lambda: self.go("person.synthese", pair.stays.id))
        section.second_link.clicked.connect(lambda: self.go("person.synthese", pair.other.id))
        self._opened.addWidget(section)
        self.show_field(section.first())

    def _merge(self, section: "PairSection") -> None:
        service, pair = self._services.duplicates, section.pair
        self._decide(lambda: service.merge(pair.id, section.choices()), _ONE, pair, section.refuse)

    def _keep_apart(self, pair: Pair) -> None:
        self._decide(lambda: self._services.duplicates.keep_apart(pair.id), _TWO, pair, self._tell)

    def _take_back(self, pair: Pair) -> None:
        if self._guard.run(self._is_done, lambda: self._back(pair), refused=self._tell):
            self.history.clear()  # what it would take back may be what was just taken back
            self._show_done(_BACK[pair.state][1])

    def _decide(self, act: Callable[[], None], said: str, pair: Pair, refused: Callable[[Refusal], object]) -> None:
        if not self._guard.run(self._is_done, act, refused=refused):
            return
        decided = next((one for one in self._services.duplicates.all() if one.id == pair.id), None)
        if decided:
            self.history.push(Step(_BACK[decided.state][1], lambda: self._back(decided)))
        self._show_done(said, self.undo if decided else None)

    def _back(self, pair: Pair) -> None:
        service = self._services.duplicates
        (service.take_apart if pair.state is DuplicateState.MERGED else service.propose_again)(pair.id)

    def _is_done(self, act: Callable[[], None]) -> bool:
        act()
        return True

    def _show_done(self, said: str, undo: Callable[[], None] | None = None) -> None:
        self.saved.emit(self._services.clock.now())
        self.band.clear()
        self.reload()
        self.notice.show_sentence(said, undo)
        self.table.setFocus()

    def _tell(self, refusal: Refusal) -> None:
        self.band.show_sentence(sentence(refusal))


class PairSection(Section):
    """Both dossiers in two columns, the fields in which they differ, the decision; or what takes one back."""

    def __init__(self, pair: Pair, view: View | None) -> None:
        super().__init__("Les deux dossiers", name="duplicates.pair", gap=8)
        self.pair = pair
        asks = view is not None
        heads = row(gap=16)
        self.first_link = LinkButton("Ouvrir le premier dossier", name="duplicates.first")
        self.second_link = LinkButton("Ouvrir le second dossier", name="duplicates.second")
        holds = (view.stays, view.other) if view else ({}, {})
        sides = ((FIRST, pair.stays, self.first_link), (SECOND, pair.other, self.second_link))
        for (heading, dossier, link), counts in zip(sides, holds, strict=True):
            cell = column(gap=4)
            cell.addWidget(SmallText(heading))
            cell.addWidget(Text(_who(dossier), "bold", wrap=True, discreet=True))
            for words in (every_row(counts), f"Noté à la création{NBSP}: {dossier.reason}" if dossier.reason else ""):
                if words:
                    cell.addWidget(SmallText(words))
            cell.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
            cell.addStretch(1)
            heads.addLayout(cell, 1)
        self.lines.addLayout(heads)
        self.fields = [FieldPair(one) for one in view.fields] if view else []
        self.add(*self.fields)
        self.merge = Button("Réunir", "check", name="duplicates.merge")
        self.apart = Button("Ce sont deux personnes", "people", name="duplicates.apart")
        words = "" if asks else _BACK[pair.state][0]
        self.back = Button(words, "undo", name="duplicates.back")
        acts = FlowRow(gap=8, line_gap=8)
        for button, shown in ((self.merge, asks), (self.apart, asks), (self.back, not asks)):
            acts.add(button)
            button.setVisible(shown)
        self.second_link.setVisible(pair.state is not DuplicateState.MERGED)
        if asks:
            self.add(SmallText(_KEPT))
        self.add(acts)

    def first(self) -> str:
        """The name of where one begins: the first choice that is left to make, or the button."""
        left = next((one.name for one in self.fields if one.value() is None), "")
        asks = not self.merge.isHidden()
        return left or (self.merge if asks else self.back).objectName()

    def choices(self) -> dict[str, Side]:
        return {one.code: side for one in self.fields if (side := one.value())}

    def refuse(self, refusal: Refusal) -> None:
        """The sentence beside each field that lacks a choice; the first has the focus."""
        lacking = {problem.field for problem in refusal.problems}
        for one in self.fields:
            one.say(sentence(refusal.problems[0]) if one.code in lacking else "")
        first = next((one for one in self.fields if one.code in lacking), None)
        if first:
            first.setFocus()


def _who(one: Dossier) -> str:
    return f"{one.name}, naissance le {dates.short(one.birth_date)}" if one.birth_date else one.name


def _cells(one: Pair) -> tuple[Cell, ...]:
    def who(dossier: Dossier) -> Cell:
        born = f"naissance le {dates.short(dossier.birth_date)}" if dossier.birth_date else ""
        return Cell(dossier.name, born, bold=one.state is DuplicateState.PROPOSED, discreet=True)

    why = LIKENESS[one.why]
    return who(one.stays), who(one.other), Cell(f"{why[0].upper()}{why[1:]}"), Cell(_STATES[one.state])
