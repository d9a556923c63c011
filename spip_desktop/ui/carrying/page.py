"""The page « À reporter » of the rail: every block of the dossiers one follows."""

from datetime import date

from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.officer import Right
from spip_desktop.domain.place import Place, Seat
from spip_desktop.domain.text import french_spaces
from spip_desktop.ui.carrying.queue import QueueDesk
from spip_desktop.ui.carrying.start import StartChoice
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.page import Page
from spip_desktop.ui.printing import PrintLine
from spip_desktop.wiring import Services
from spip_desktop.wording import carrying as words
from spip_desktop.wording import sentence


class CarryingPage(Page):
    """Read anew each time it is shown; a block leaves once it is noted as reported."""

    def __init__(self, services: Services, guard: Guard) -> None:
        super().__init__(words.TITLE, detail=words.NOT_INSTEAD, name="carrying")
        self._services, self._guard = services, guard
        self.desk = QueueDesk(services, guard, name="carrying")
        self.printing = PrintLine(services.printing, name="carrying.printing")
        actor = services.context.actor
        if actor.may(Right.PRINT):
            self.add_action("Imprimer la liste", "printer", self.print_document, name="carrying.print")
        self.copy = self.set_primary("Copier le bloc (C)", "copy", self.desk.copy, name="carrying.copy")
        if services.carrying.may_set():
            self.add_action("Régler", "sliders", lambda: self.go("carrying.setup"), name="carrying.setup")
        self.layout().insertWidget(2, self.printing)  # type: ignore[union-attr]
        self.start_choice = StartChoice(services)
        self.add(self.start_choice, self.desk)
        self.set_side(self.desk.side)
        self._connect()

    def _connect(self) -> None:
        desk = self.desk
        self.start_choice.chosen.connect(self._start_from)
        desk.went.connect(self.went)
        desk.saved.connect(self.saved)
        desk.failed.connect(self.save_failed)
        desk.counted.connect(self.counted)
        desk.refused.connect(self.band.show_sentence)
        desk.said.connect(self._say)
        desk.moved.connect(lambda: self.copy.set_available(not desk.why_not_copy(), desk.why_not_copy()))
        self.printing.printed.connect(self.notice.show_sentence)
        self.printing.failed.connect(self.band.show_sentence)
        self.printing.left.connect(desk.start)

    def open(self, place: Place) -> None:
        """The first block in focus; `place.id` names the person about whom something was being written."""
        self.notice.hide()
        about = place.id or self.desk.aside.about()
        self.desk.aside.close_panel()
        self.reload()
        if not self.desk.come_back(about) and not self.show_field(place.field):
            self.desk.start()

    def reload(self) -> None:
        self.start_choice.refresh()
        self.desk.read()

    def flush(self) -> bool:
        return self.desk.flush()

    def leave(self) -> None:
        self.printing.stop()

    def seat(self, place: Place) -> Seat:
        seat, about = super().seat(place), self.desk.aside.about()
        return Seat(Place(place.kind, about, seat.place.field), seat.cursor, seat.scroll) if about else seat

    def print_document(self) -> None:
        """The blocks of the tab shown, to be typed at another workstation."""
        self.band.clear()
        paper = self._guard.run(self._services.carrying.paper, self.desk.system(), refused=self._refuse)
        if paper is not None:
            self.printing.ask(paper)

    def _start_from(self, day: date | None) -> None:
        """The service's choice of its first day; « Annuler » asks for everything again."""
        service = self._services.carrying
        refusals: list[Refusal] = []
        self._guard.run(service.set_since, day, refused=refusals.append)
        if refusals:
            self._refuse(refusals[0])
            return
        self.saved.emit(self._services.clock.now())
        self.reload()
        self._say(french_spaces(words.STARTED if day else words.START_KEPT), self._ask_for_all if day else None)
        self.desk.start()

    def _ask_for_all(self) -> None:
        self._start_from(None)

    def _say(self, told: str, undo: object) -> None:
        self.band.clear()
        self.notice.show_sentence(told, undo if callable(undo) else None)

    def _refuse(self, refusal: Refusal) -> None:
        self.band.show_sentence(sentence(refusal))
