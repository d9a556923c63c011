"""« Confidences scellées »: those whose author has left, told as existing; each is opened in its own dossier."""

from spip_desktop.domain import dates
from spip_desktop.domain.place import Place
from spip_desktop.services.confidence import SealedLine
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.labels import EmptyState, Paragraph
from spip_desktop.ui.page import Page
from spip_desktop.ui.table import Cell, Column, RecordRow, TableView
from spip_desktop.wiring import Services

KIND = "confidences.sealed"
_EXPLAINED = (
    "Leur auteur a quitté le service. Cette liste n’en dit pas un mot : une confidence s’ouvre dans le dossier de la "
    "personne, avec un motif que le journal garde."
)
_EMPTY = "Aucune confidence scellée."
_ADVICE = "Quand un agent quitte le service, ce que des personnes lui ont confié est scellé et vient ici."
_COLUMNS = (Column("Personne", 256), Column("Entendue le", 112), Column("Par", 208), Column("Ouverte"))


class SealedPage(Page):
    """Enter, or a click on the name, goes to the confidences of that dossier."""

    def __init__(self, services: Services, guard: Guard) -> None:
        super().__init__("Confidences scellées", name="sealed")
        self._services = services
        self.table = TableView(_COLUMNS, name="sealed.table", label="Confidences scellées")
        self.table.opened.connect(lambda person: self.go("person.evaluation", person, "confidences"))
        self.empty = EmptyState(_EMPTY, _ADVICE)
        self.explained = Paragraph(_EXPLAINED, colour="texte_2")
        self.add(self.explained, self.table, self.empty)

    def open(self, place: Place) -> None:
        super().open(place)
        self.table.setFocus()

    def reload(self) -> None:
        """Read the list again."""
        lines = self._services.confidences.every_sealed()
        self.table.set_rows([RecordRow(one.person_id, _cells(one)) for one in lines])
        for part in (self.table, self.explained):
            part.setVisible(bool(lines))
        self.empty.setVisible(not lines)


def _cells(one: SealedLine) -> tuple[Cell, ...]:
    opened = f"Le {dates.short(one.opened_on)} par {one.opened_by}" if one.opened_on else "Jamais"
    return (
        Cell(one.person, link=True, discreet=True),
        Cell(dates.short(one.sealed.heard_on)),
        Cell(one.sealed.author),
        Cell(opened, one.reason, tone="texte" if one.opened_on else "texte_2", discreet=True),
    )
