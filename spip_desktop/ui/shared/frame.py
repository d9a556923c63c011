"""What every page shown to the person has: one thing at a time, large, and at the bottom how to go on or give back.

Nothing else of the program is in the window. The officer takes the screen back by locking (docs/decisions/0027).
"""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from spip_desktop.domain.place import Place, Seat
from spip_desktop.ui.autosave import Autosave
from spip_desktop.ui.buttons import Button, PrimaryButton, QuietButton
from spip_desktop.ui.labels import Rule, SmallText, StateLabel
from spip_desktop.ui.layout import clear, column, paint_ground, row, set_size
from spip_desktop.ui.page import Page
from spip_desktop.ui.text import Text
from spip_desktop.wiring import Services
from spip_desktop.wording import sentence

_WIDTH = 696  # px at 100 %: lines of 70 characters
_KEPT = "C’est noté."
_NOT_KEPT = "Ce n’est pas encore noté. Laissez la page ouverte et dites-le à la personne qui vous reçoit."


class SharedFrame(Page):
    """A welcome, parts one after the other, thanks. A page says how many parts there are and makes each.

    `at`: 0 for the welcome, then the parts; one more for the thanks.
    """

    takes_whole_window = True

    def __init__(self, services: Services, autosave: Autosave, name: str, title: str) -> None:
        super().__init__(name=name)
        self.setWindowTitle(title)
        self.services, self.autosave, self._title = services, autosave, title
        self.head.hide()
        self.at = 0
        self.officer_place = Place("")  # where the officer is back after the lock
        autosave.setParent(self)
        autosave.saved.connect(self._on_saved)
        autosave.failed.connect(self._on_failed)
        autosave.refused.connect(lambda refusal: self._on_failed(sentence(refusal)))
        self._content = column(gap=16)
        holder = set_size(QWidget(), max_width=_WIDTH)
        holder.setLayout(self._content)
        line = row(gap=0)
        line.addStretch(1)
        line.addWidget(holder, 6)
        line.addStretch(1)
        self.add(line)
        outer = self.layout()
        assert outer is not None
        outer.addWidget(Rule())
        outer.addWidget(self._bar())

    def _bar(self) -> QWidget:
        bar = paint_ground(QWidget(), "surface")
        self.leave_button = QuietButton("Rendre l’écran", "lock", name="shared.leave")
        self.leave_button.clicked.connect(self.gave_back)
        self.kept = SmallText("", wrap=False)
        self.lost = StateLabel("alert-circle", _NOT_KEPT, "alerte", wrap=True)
        self.lost.hide()
        demonstration = Text("DÉMONSTRATION", "small_bold", colour="texte_2")
        demonstration.setVisible(self.services.context.demonstration)
        self.previous = Button("Précédent", "chevron-left", name="shared.previous")
        self.previous.clicked.connect(lambda: self.go_to(self.at - 1))
        self.next = PrimaryButton("Commencer", trailing="chevron-right", name="shared.next")
        self.next.clicked.connect(self.go_on)
        line = row(bar, gap=16, margins=(24, 12, 24, 12))
        for part in (self.leave_button, self.kept, self.lost):
            line.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addStretch(1)
        for button in (demonstration, self.previous, self.next):
            line.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        return bar

    # -- what a page says of itself ----------------------------------------------------------------------------

    def count(self) -> int:
        """How many parts there are between the welcome and the thanks."""
        raise NotImplementedError

    def part(self, at: int) -> QWidget:
        """The part at this place, from 1, made anew."""
        raise NotImplementedError

    def words(self, *, thanks: bool) -> tuple[str, ...]:
        """What is said before the first part, and after the last."""
        raise NotImplementedError

    # -- where one is ------------------------------------------------------------------------------------------

    def seat(self, place: Place) -> Seat:
        """After the lock the officer is back on their own page."""
        return Seat(self.officer_place)

    def flush(self) -> bool:
        return self.autosave.flush()

    def go_to(self, at: int) -> None:
        if self.flush():
            self.show_at(at)

    def go_on(self) -> None:
        """The next part; from the thanks, the screen is given back."""
        if self.at > self.count():
            self.gave_back.emit()
            return
        self.go_to(self.at + 1)

    def show_at(self, at: int) -> None:
        """Show the welcome, a part or the thanks, its first field in focus."""
        self.at = at
        self.kept.setText("")
        clear(self._content)
        shown = self.part(at) if 1 <= at <= self.count() else None
        if shown is not None:
            self._content.addWidget(shown)
        else:
            self._content.addWidget(Text(self._title, "page", wrap=True))
            for words in self.words(thanks=at > 0):
                self._content.addWidget(Text(words, "question", wrap=True))
        self._content.addStretch(1)
        last = at > self.count()
        self.previous.setVisible(at > 0)
        self.next.trailing_name = "" if last else "chevron-right"
        self.next.setText("Commencer" if at == 0 else "Rendre l’écran" if last else "Suivant")
        self.leave_button.setVisible(not last)
        self.body.verticalScrollBar().setValue(0)
        self.next.setFocus()

    # -- saving ------------------------------------------------------------------------------------------------

    def _on_saved(self, at: object) -> None:
        self.lost.hide()
        self.kept.setText(_KEPT)
        self.saved.emit(at)

    def _on_failed(self, told: str) -> None:
        self.kept.setText("")
        self.lost.show()
        self.save_failed.emit(told)
