"""The note with what one does of it: three keys, and the words selected made into a finding."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from spip_desktop.domain.evaluation import FindingKind, MarkKind
from spip_desktop.ui.buttons import Button, LinkButton
from spip_desktop.ui.evaluation.note_editor import MARK_ICONS, NoteEditor
from spip_desktop.ui.labels import StateLabel
from spip_desktop.ui.layout import FlowRow, column, row
from spip_desktop.ui.make_bar import MakeBar
from spip_desktop.ui.text import Text
from spip_desktop.wording.evaluation import MARKS


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
