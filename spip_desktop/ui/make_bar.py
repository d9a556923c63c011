"""The words selected in a note, and what one may make of them in the evaluation."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from spip_desktop.domain.evaluation import FindingKind
from spip_desktop.domain.text import NBSP, shortened
from spip_desktop.ui.buttons import Button, paint_frame
from spip_desktop.ui.layout import FlowRow, row
from spip_desktop.ui.text import Text
from spip_desktop.wording.evaluation import MAKES

_ADVICE = "Choisissez des mots de la note pour en faire un constat (Ctrl+Entrée)."
_SHOWN = 48  # signs of the words selected that the bar shows
_FACTORS = (FindingKind.STATIC_RISK, FindingKind.DYNAMIC_RISK, FindingKind.PROTECTION, FindingKind.NEED)


class MakeBar(QWidget):
    """« En faire un fait | un facteur | un indice » for the words selected; « un facteur » asks which."""

    made = Signal(object)  # FindingKind
    escaped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("make")
        self._line = row(self, gap=8, margins=(12, 4, 12, 4))
        self.words = Text("", "body", colour="texte_2", wrap=True)
        self._line.addWidget(self.words, 1, Qt.AlignmentFlag.AlignVCenter)
        self._offered: list[Button] = []
        self._without: frozenset[FindingKind] = frozenset()
        self._selected = ""
        self.buttons = FlowRow(gap=8, line_gap=8)
        self._line.addWidget(self.buttons, 0, Qt.AlignmentFlag.AlignVCenter)
        self.show_words("", frozenset())

    def show_words(self, words: str, without: frozenset[FindingKind]) -> None:
        """Offer what may be made of these words; `without` is what may not be written of this person."""
        self._selected, self._without = words, without
        self._fill(())
        if not words:
            self.words.setText(_ADVICE)
            self.words.set_colour("texte_2")
            return
        self.words.setText(f"«{NBSP}{short(words)}{NBSP}»")
        self.words.set_colour("sur_choix")
        fact, cue = FindingKind.FACT, FindingKind.RESPONSIVITY
        self._fill((("un fait", lambda: self.made.emit(fact)), ("un facteur", self.ask_which),
                    ("un indice", lambda: self.made.emit(cue))))  # fmt: skip

    def ask_which(self) -> None:
        """Which factor: the officer says, nothing is proposed."""
        offered = [kind for kind in _FACTORS if kind not in self._without]
        every = [(MAKES[kind], lambda one=kind: self.made.emit(one)) for kind in offered]
        self._fill((*every, ("retour", lambda: self.show_words(self._selected, self._without))))
        self.focus_first()

    def focus_first(self) -> None:
        if self._offered:
            self._offered[0].setFocus()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._selected:
            paint_frame(QPainter(self), self.rect(), "choix", "")

    def _fill(self, offered: Sequence[tuple[str, Callable[[], object]]]) -> None:
        self.buttons.empty()
        self._offered = []
        for text, do in offered:
            button = Button(text, name=f"make.{text}", size="key")
            button.setAccessibleName(f"Faire des mots choisis{NBSP}: {text}" if text != "retour" else "Retour")
            button.clicked.connect(lambda _=False, act=do: act())
            self.buttons.add(button)
            self._offered.append(button)
        self.buttons.setVisible(bool(offered))
        # Beside more than three buttons the words would be squeezed into a column of one word.
        beside, above = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._line.setDirection(beside if len(offered) <= 3 else above)
        self.update()


def short(words: str) -> str:
    """The words on one line, cut at a word where they are long."""
    return shortened(words, _SHOWN)
