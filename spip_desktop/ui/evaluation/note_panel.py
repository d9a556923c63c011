"""The note with what one does of it: three keys, and the words selected made into a finding."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from spip_desktop.domain.evaluation import FindingKind, MarkKind
from spip_desktop.domain.text import NBSP
from spip_desktop.ui.buttons import Button, LinkButton, paint_frame
from spip_desktop.ui.evaluation.note_editor import MARK_ICONS, NoteEditor
from spip_desktop.ui.labels import StateLabel
from spip_desktop.ui.layout import FlowRow, column, row
from spip_desktop.ui.text import Text
from spip_desktop.wording.evaluation import MAKES, MARKS

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
            button.setAccessibleName(f"Faire des mots choisis {text}" if text != "retour" else "Retour")
            button.clicked.connect(lambda _=False, act=do: act())
            self.buttons.add(button)
            self._offered.append(button)
        self.buttons.setVisible(bool(offered))
        # Beside more than three buttons the words would be squeezed into a column of one word.
        beside, above = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._line.setDirection(beside if len(offered) <= 3 else above)
        self.update()


class NotePanel(QWidget):
    """Label, editor, the bar of the words selected, the three keys."""

    make = Signal(object)  # FindingKind
    dating = Signal()

    def __init__(self, lines: int) -> None:
        super().__init__()
        self._lines = column(self, gap=8)
        self.label = Text("", "small", colour="texte_2", wrap=True)
        self.date_link = LinkButton("Changer la date", name="note.date", small=True)
        self.date_link.clicked.connect(self.dating)
        above = row(gap=16)
        above.addWidget(self.label, 1)
        above.addWidget(self.date_link)
        self._lines.addLayout(above)
        self.editor = NoteEditor(lines)
        self.editor.setObjectName("note")
        self.label.setBuddy(self.editor)
        self.problem = StateLabel("alert-circle", "", "alerte", wrap=True)
        self.bar = MakeBar()
        self.keys = FlowRow(gap=8, line_gap=8)
        for number, kind in enumerate(MarkKind, 1):
            button = Button(MARKS[kind], MARK_ICONS[kind], name=f"mark.{kind}", size="key", icon_colour="accent")
            button.setToolTip(f"Ctrl+{number}")
            button.clicked.connect(lambda _=False, one=kind: self._mark(one))
            self.keys.add(button)
        for part in (self.editor, self.problem, self.bar, self.keys):
            self._lines.addWidget(part)
        self._without: frozenset[FindingKind] = frozenset()
        self.problem.hide()
        self.editor.chosen.connect(lambda words: self.bar.show_words(words, self._without))
        self.editor.asked.connect(self._on_asked)
        self.editor.bar_asked.connect(self.bar.focus_first)
        self.bar.made.connect(self.make)

    def set_up(self, label: str, without: frozenset[FindingKind], *, frozen: bool) -> None:
        """Another step: the label of its note, what may not be made here, whether it is only read."""
        self.label.setText(label)
        self.editor.setAccessibleName(label)
        self._without = without
        self.editor.set_frozen(frozen)
        self.bar.setVisible(not frozen)
        self.keys.setVisible(not frozen)
        self.bar.show_words("", without)

    def set_problem(self, sentence: str) -> None:
        """Say under the note why it cannot be saved as it is; the text stays."""
        self.problem.set_state("alert-circle", sentence, "alerte")
        self.problem.setVisible(bool(sentence))
        self.editor.set_problem(bool(sentence))

    def _mark(self, kind: MarkKind) -> None:
        self.editor.toggle(kind)
        self.editor.setFocus()

    def _on_asked(self, kind: object) -> None:
        if kind is None:
            self.bar.ask_which()
        else:
            self.make.emit(kind)


def short(words: str) -> str:
    """The words on one line, cut at a word where they are long."""
    line = " ".join(words.split())
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1].rsplit(" ", 1)[0] + "…"
