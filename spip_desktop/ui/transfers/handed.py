"""The handovers that a package brought: where each stands, and the way to its answer."""

from collections.abc import Callable, Collection, Sequence
from uuid import UUID

from PySide6.QtWidgets import QWidget

from spip_desktop.domain.handover import ANSWER, PAGE, Step
from spip_desktop.domain.place import Place
from spip_desktop.domain.text import french_spaces
from spip_desktop.services.handover import UnderWay
from spip_desktop.ui.buttons import Button
from spip_desktop.ui.labels import Paragraph, Section
from spip_desktop.ui.table import Cell, Column, RecordRow, TableView
from spip_desktop.ui.unfolding import buttons
from spip_desktop.wording.handover import waits

Go = Callable[[Place], object]


class HandedView(Section):
    """Those that wait among the dossiers of the package, those to be taken by this service first.

    One alone is a sentence and its button; several are a list, where Enter opens one.
    """

    def __init__(self, go: Go, page: str) -> None:
        self.told = Paragraph("", discreet=True)
        self.answer = Button("Répondre au dessaisissement", "arrows", name=f"{page}.answer")
        columns = (Column("Dossier"), Column("Service"), Column("Étape", 216))
        self.table = TableView(columns, name=f"{page}.handovers", label="Dessaisissements de ce paquet")
        super().__init__(
            "Dessaisissement", self.told, buttons(self.answer), self.table, name=f"{page}.handed", gap=8
        )  # fmt: skip
        self._places: list[Place] = []
        self.answer.clicked.connect(lambda: go(self._places[0]))
        self.table.opened.connect(lambda place: go(self._places[place]))
        self.hide()

    def first(self) -> QWidget:
        """Where the focus goes first."""
        return self.table if len(self._places) > 1 else self.answer

    def show_handed(self, under_way: Sequence[UnderWay], persons: Collection[UUID]) -> None:
        """Hidden where no handover of these dossiers is open."""
        found = [one for one in under_way if one.person_id in persons]
        self._places = [Place(PAGE, one.person_id, ANSWER if _is_asked(one) else "") for one in found]
        several = len(found) > 1
        self.heading.set_title("Dessaisissements" if several else "Dessaisissement")
        self.table.set_rows([RecordRow(place, _cells(one)) for place, one in enumerate(found)])
        self.table.setVisible(several)
        for part in (self.told, self.answer):
            part.setVisible(not several)
        if len(found) == 1:
            self._show(found[0])
        self.setVisible(bool(found))

    def _show(self, one: UnderWay) -> None:
        self.told.setText(french_spaces(f"{one.name}, {_between(one)} : {waits(one.step, taking=one.taking)}."))
        self.answer.setText("Répondre au dessaisissement" if _is_asked(one) else "Ouvrir le dessaisissement")


def _is_asked(one: UnderWay) -> bool:
    return one.taking and one.step is Step.PROPOSED


def _between(one: UnderWay) -> str:
    return f"{'proposé par' if one.taking else 'confié à'} {one.other}"


def _cells(one: UnderWay) -> tuple[Cell, ...]:
    return Cell(one.name, bold=True), Cell(_between(one)), Cell(waits(one.step, taking=one.taking))
