"""What awaits a visa, and what was answered: lists that lead to the documents themselves."""

from collections.abc import Callable, Sequence

from spip_desktop.domain import dates
from spip_desktop.domain.place import Place
from spip_desktop.services.transfer_visa import Answered, Awaited
from spip_desktop.ui.labels import Section
from spip_desktop.ui.table import Cell, Column, RecordRow, TableView

Go = Callable[[Place], object]


class AwaitedView(Section):
    """Enter opens the document where its visa is given; hidden where nothing awaits one."""

    def __init__(self, go: Go) -> None:
        columns = (Column("Document"), Column("Personne"))
        self.table = TableView(columns, name="visas.awaited", label="Ce qui attend votre visa")
        super().__init__("Ce qui attend votre visa", self.table, name="visas.section", gap=8)
        self._places: list[Place] = []
        self.table.opened.connect(lambda place: go(self._places[place]))

    def show_awaited(self, awaited: Sequence[Awaited]) -> None:
        self._places = [one.place for one in awaited]
        self.table.set_rows(
            [
                RecordRow(place, (Cell(one.label, bold=True), Cell(one.person, discreet=True)))
                for place, one in enumerate(awaited)
            ]
        )
        self.setVisible(bool(awaited))


class AnswersView(Section):
    """The same of what came back."""

    def __init__(self, go: Go) -> None:
        columns = (Column("Document"), Column("Réponse"), Column("Le", 104))
        self.table = TableView(columns, name="visas.answers", label="Réponse du DPIP")
        super().__init__("Réponse du DPIP", self.table, name="visas.answered", gap=8)
        self._places: list[Place] = []
        self.table.opened.connect(lambda place: go(self._places[place]))

    def show_answers(self, answers: Sequence[Answered]) -> None:
        self._places = [one.document.place for one in answers]
        self.table.set_rows([RecordRow(place, _answer(one)) for place, one in enumerate(answers)])
        self.setVisible(bool(answers))


def _answer(one: Answered) -> tuple[Cell, ...]:
    icon, word = ("shield-check", "Visé") if one.seen else ("undo", "Retourné avec une remarque")
    return (
        Cell(one.document.label, one.document.person, bold=True, discreet=True),
        Cell(word, one.remark, icon=icon),
        Cell(dates.short(one.on)),
    )
