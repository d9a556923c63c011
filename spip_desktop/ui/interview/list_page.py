"""« Entretiens » of one person: every note, the newest first."""

from uuid import UUID

from spip_desktop.domain.officer import Right
from spip_desktop.domain.place import Place
from spip_desktop.ui.dossier import DossierPage
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.history import Step
from spip_desktop.ui.interview.told import row_of
from spip_desktop.ui.labels import EmptyState
from spip_desktop.ui.table import Column, RecordRow, TableView
from spip_desktop.wiring import Services
from spip_desktop.wording.interview import EMPTY

KIND = "person.interviews"
#: A field of the place that names a note just put in the bin.
BINNED = "binned."
_COLUMNS = (Column("Le", 128), Column("Type et lieu", 176), Column("Aujourd’hui"), Column("Note", 112))


class InterviewsPage(DossierPage):
    def __init__(self, services: Services, guard: Guard) -> None:
        super().__init__(services, guard, "Entretiens", KIND)
        self.table = TableView(_COLUMNS, name="interviews.table", label="Entretiens")
        self.table.opened.connect(lambda key: self.go("interview", key))
        said, _, advice = EMPTY.partition(". ")
        self.empty = EmptyState(f"{said}.", advice)
        self.primary = self.set_primary("Noter un entretien", "plus", self.begin, name="interviews.new")
        self.primary.setToolTip("Ctrl+E")
        self.primary.setVisible(services.context.actor.may(Right.WRITE_INTERVIEW))
        for part in (self.table, self.empty):
            self.inside.addWidget(part)

    def open(self, place: Place) -> None:
        super().open(place)
        if self.content.isHidden():
            return
        if place.field.startswith(BINNED):
            self._offer_back(UUID(place.field.removeprefix(BINNED)))
        if not place.field or place.field.startswith(BINNED):
            (self.table if self.table.records.rows else self.primary).setFocus()

    def show_values(self, person_id: UUID) -> None:
        every = self.services.interviews.reading.of_person(person_id)
        self.table.set_rows([RecordRow(one.id, row_of(one)) for one in every])
        self.table.setVisible(bool(every))
        self.empty.setVisible(not every)
        waiting = sum(not one.is_closed for one in every)
        self.set_title("Entretiens", f"{waiting} en brouillon" if waiting else "")

    def begin(self) -> None:
        """Today's note, begun now or already there."""
        person, begin = self.person, self.services.interviews.writing.begin
        made = self.guard.run(lambda: person and begin(person), refused=self.tell)
        if made:
            self.go("interview", made)

    def _offer_back(self, interview: UUID) -> None:
        """« Annuler » takes the note back from the bin."""
        writing = self.services.interviews.writing
        self.history.push(Step("Note reprise de la corbeille", lambda: writing.restore(interview)))
        self.notice.show_sentence("Note mise à la corbeille", self.undo)
