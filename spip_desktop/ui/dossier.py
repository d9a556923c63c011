"""What every page of an open dossier does: ask why when it is not mine, save, undo."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from spip_desktop import reference
from spip_desktop.domain.access import NEED_DETAIL, AccessReason
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.place import Place, Seat
from spip_desktop.ui.buttons import Button
from spip_desktop.ui.fields import FieldSpec, LineField
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.history import History, Step
from spip_desktop.ui.labels import Paragraph, SectionTitle
from spip_desktop.ui.layout import FlowRow, column
from spip_desktop.ui.page import PersonPage
from spip_desktop.wording import sentence

if TYPE_CHECKING:
    from spip_desktop.wiring import Services


#: What the keys 1 to 6 of a French keyboard give without Shift.
_AZERTY = "&é\"'(-"


class AccessPanel(QWidget):
    """The one-key coded reasons, in place of the dossier; keys 1 to 6 choose."""

    chosen = Signal(object, str)  # AccessReason, detail

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("access")
        inside = column(self, gap=12)
        inside.addWidget(SectionTitle("Vous ne suivez pas ce dossier"))
        inside.addWidget(Paragraph("Dites pourquoi vous l’ouvrez. Le motif est inscrit au journal."))
        self.detail = LineField(
            FieldSpec("access_detail", "Précision", help="Nécessaire pour un remplacement ou un autre motif.")
        )
        self.reasons = FlowRow(gap=8, line_gap=8)
        labels = reference.load("access_reasons")
        buttons = []
        for number, reason in enumerate(AccessReason, 1):
            button = Button(f"{number}  {labels.label(reason)}", name=f"access.{reason}")
            for sign in (str(number), _AZERTY[number - 1]):
                QShortcut(QKeySequence(sign), self).activated.connect(lambda one=reason: self._choose(one))
            button.clicked.connect(lambda _=False, one=reason: self._choose(one))
            buttons.append(button)
        self.reasons.add(*buttons)
        self._first = buttons[0]
        inside.addWidget(self.reasons)
        inside.addWidget(self.detail)

    def start(self) -> None:
        """Empty, with the first reason in focus."""
        self.detail.set_value("")
        self.detail.set_problem(None)
        self._first.setFocus()

    def _choose(self, reason: AccessReason) -> None:
        detail = str(self.detail.value())
        if reason in NEED_DETAIL and not detail:
            self.detail.set_problem("Précisez en quelques mots.")
            self.detail.setFocus()
            return
        self.chosen.emit(reason, detail)


class DossierPage(PersonPage):
    """A page of one person. A subclass builds `content` and shows its values in `show_values`."""

    def __init__(self, services: "Services", guard: Guard, title: str, name: str) -> None:
        super().__init__(title, name=name)
        self.services, self.guard = services, guard
        self.history = History(self)
        self.person: UUID | None = None
        self._place = Place("")
        self.access, self.content = AccessPanel(), QWidget()
        self.access.chosen.connect(self._open_with_reason)
        # Room for the ring of the tables, which reach out by 8 px.
        self.content.setProperty("overhang", True)
        self.inside = column(self.content, gap=24, margins=(8, 0, 8, 0))
        self.add(self.access, self.content)

    def open(self, place: Place) -> None:
        """Open the dossier, or ask why when it is not mine."""
        if place.id != self.person:
            self.history.clear()
            self.notice.hide()
        self.person, self._place = place.id, place
        closed = self.person is None or self.services.access.needs_reason(self.person)
        self.access.setVisible(closed)
        self.content.setVisible(not closed)
        self.head.setVisible(not closed)
        self._show_side(not closed)
        if closed:
            self.access.start()
            return
        assert self.person is not None
        self.services.access.open(self.person)
        self.reload()
        self.show_field(place.field)

    def take_seat(self, seat: Seat) -> None:
        """After a lock too, a dossier that asks why keeps the focus on its reasons."""
        if not self.content.isHidden():
            super().take_seat(seat)

    def _show_side(self, shown: bool) -> None:
        """The side column says nothing of a dossier that is not open; folded, it stays folded."""
        if self._side and self._side_button:
            laid_out = shown and self._side_button.isHidden()
            self._side.setVisible(laid_out)
            self._side_rule.setVisible(laid_out)

    def person_id(self) -> UUID | None:
        return self.person

    def reload(self) -> None:
        if self.person is not None and not self.content.isHidden():
            self.show_values(self.person)

    def show_values(self, person_id: UUID) -> None:
        """Read the values again and show them."""
        raise NotImplementedError

    def undo(self) -> None:
        """Take back the last act of this page; the service decides whether it still can."""

        def take_back() -> None:
            if said := self.history.undo():
                self.reload()
                self.notice.show_sentence(said)

        self.guard.run(take_back, refused=self.tell)

    def act(self, do: Callable[[], object], said: str = "", undo: Callable[[], object] | None = None) -> bool:
        """One act of the officer: done, told, and offered to be taken back; a refusal is a sentence in the page."""
        refusals: list[Refusal] = []
        self.guard.run(do, refused=refusals.append)
        if refusals:
            self.tell(refusals[0])
            return False
        self.band.clear()
        self.saved.emit(self.services.clock.now())
        if undo:
            self.history.push(Step(f"{said}{' : annulé' if said else 'Annulé'}", undo))
        if said:
            self.notice.show_sentence(said, self.undo if undo else None)
        self.reload()
        return True

    def tell(self, refusal: Refusal) -> None:
        """Say a refusal under the head."""
        self.band.show_sentence(sentence(refusal))

    def note_saved(self, at: datetime) -> None:
        self.saved.emit(at)

    def _open_with_reason(self, reason: AccessReason, detail: str) -> None:
        if self.person is None:
            return
        person = self.person
        self.guard.run(lambda: self.services.access.open(person, reason, detail), refused=self.tell)
        self.went.emit(self._place)
