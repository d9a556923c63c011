"""« Reprendre une liste »: the caseload that a spreadsheet holds becomes dossiers, and can be taken back whole."""

from functools import partial

from spip_desktop.domain.clock import PARIS
from spip_desktop.domain.person_sheet import ListPreview
from spip_desktop.domain.text import french_spaces
from spip_desktop.services.person_import import TakenBack, TakenUp
from spip_desktop.ui.buttons import LinkButton
from spip_desktop.ui.choices import Tick
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.labels import Section
from spip_desktop.ui.layout import FlowRow
from spip_desktop.ui.sheet_import import SheetImport, SheetImportPage
from spip_desktop.ui.text import Text
from spip_desktop.ui.work_line import Progress
from spip_desktop.wiring import Services
from spip_desktop.wording.person_import import COLUMNS, HOW, REASONS, TITLE, counted, made_at, taken_back

KIND = "persons.import"


class ListImportPage(SheetImportPage[ListPreview]):
    """Persons, écrous and measures; below, the lists already taken up, each undone as a whole."""

    def __init__(self, services: Services, guard: Guard) -> None:
        lists = services.person_lists
        about = SheetImport(
            title=TITLE,
            how=HOW,
            file_title="Liste de personnes suivies",
            labels=COLUMNS,
            reasons=REASONS,
            who="Personne",
            read=lists.read,
            look=lists.look,
            carry_out=self._add_all,
            count=lambda preview: len(preview.dossiers),
            said=counted,
            added="Dossiers créés",
            stopped="Arrêté. Les dossiers déjà créés restent ; ils s’annulent ensemble, plus bas.",
        )
        super().__init__(services, guard, KIND, about)
        self._lists = lists
        self.mine = Tick("Je suis ces personnes", name="list.mine")
        self.past = Section("Listes déjà reprises", name="list.past", gap=4)
        self.found.add(self.mine)
        self.mine.setVisible(services.persons.may_follow())  # once it has a parent: else it is a window of its own
        self.add(self.past)

    def reload(self) -> None:
        super().reload()
        self.past.empty()
        lists = self._lists.taken_up()
        for one in lists:
            self.past.add(self._line(one))
        self.past.setVisible(bool(lists))

    def _add_all(self, preview: ListPreview, progress: Progress) -> int:
        return self._lists.carry_out(preview, progress, follow=self.mine.isChecked())

    def _line(self, one: TakenUp) -> FlowRow:
        line = FlowRow(gap=16)
        said = made_at(one.at.astimezone(PARIS), one.count)
        undo = LinkButton("Annuler cette reprise", name=f"list.{one.id}.undo")
        undo.setAccessibleName(f"Annuler la reprise du {said}")
        undo.clicked.connect(partial(self._take_back, one))
        line.add(Text(said, "body"), undo)
        return line

    def _take_back(self, one: TakenUp, _: bool = False) -> None:
        if not self.work.tasks.busy():
            self._forget()
            self.work.run("Annulation", lambda progress: self._lists.take_back(one.id, progress), self._taken_back)

    def _taken_back(self, result: TakenBack) -> None:
        self.saved.emit(self._services.clock.now())
        self.reload()
        self.notice.show_sentence(french_spaces(taken_back(result.gone, result.kept)))
        self.choose.setFocus()
