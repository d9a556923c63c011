"""« À reporter » of one dossier: the same list, narrowed to one person."""

from uuid import UUID

from spip_desktop.domain.place import Place
from spip_desktop.ui.carrying.queue import QueueDesk, count_words
from spip_desktop.ui.dossier import DossierPage
from spip_desktop.ui.guard import Guard
from spip_desktop.wiring import Services
from spip_desktop.wording import carrying as words

KIND = "person.carrying"


class PersonCarryingPage(DossierPage):
    """Everything of this person that waits to be typed elsewhere, and what was."""

    def __init__(self, services: Services, guard: Guard) -> None:
        super().__init__(services, guard, words.TITLE, KIND)
        self.desk = QueueDesk(services, guard, name="carrying", of_one=True)
        self.copy = self.set_primary("Copier le bloc (C)", "copy", self.desk.copy, name="carrying.copy")
        self.inside.addWidget(self.desk)
        self.set_side(self.desk.side)
        desk = self.desk
        desk.went.connect(self.went)
        desk.saved.connect(self.saved)
        desk.failed.connect(self.save_failed)
        desk.refused.connect(self.band.show_sentence)
        desk.said.connect(self._say)
        desk.counted.connect(lambda count: self.set_title(words.TITLE, count_words(count)))
        desk.moved.connect(lambda: self.copy.set_available(not desk.why_not_copy(), desk.why_not_copy()))

    def open(self, place: Place) -> None:
        self.desk.aside.close_panel()
        super().open(place)
        if self.content.isHidden() or self.person is None:
            return
        if not self.desk.come_back(self.person) and not place.field:
            self.desk.start()

    def show_values(self, person_id: UUID) -> None:
        self.desk.person = person_id
        self.desk.read()

    def flush(self) -> bool:
        return self.desk.flush()

    def _say(self, told: str, undo: object) -> None:
        self.band.clear()
        self.notice.show_sentence(told, undo if callable(undo) else None)
