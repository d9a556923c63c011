"""What a page says: section titles, states, key and value, empty pages, notices, alert band."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from spip_desktop.ui import theme
from spip_desktop.ui.buttons import Button, LinkButton, fill
from spip_desktop.ui.icons import IconView
from spip_desktop.ui.layout import NO_MARGIN, Margins, column, paint_ground, row
from spip_desktop.ui.text import Discreet, Text


class SmallText(Text):
    """A reason, a source or a help, in small text; breaks into lines."""

    def __init__(self, text: str = "", *, colour: str = "texte_2", wrap: bool = True, discreet: bool = False) -> None:
        super().__init__(text, "small", colour=colour, wrap=wrap, max_chars=90, discreet=discreet)


class Paragraph(Text):
    """Body text of 70 characters a line at most."""

    def __init__(self, text: str = "", *, colour: str = "texte", discreet: bool = False) -> None:
        super().__init__(text, "body", colour=colour, wrap=True, max_chars=70, discreet=discreet)


class Rule(QWidget):
    """A hairline; `bord` under a title, `filet` between rows."""

    def __init__(self, colour: str = "filet", *, vertical: bool = False) -> None:
        super().__init__()
        self.colour, self.vertical = colour, vertical
        fixed, free = QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding
        self.setSizePolicy(fixed if vertical else free, free if vertical else fixed)

    def sizeHint(self) -> QSize:
        return QSize(1, 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        fill(QPainter(self), self.rect(), theme.current().colour(self.colour))


class SectionTitle(QWidget):
    """A bold title with a line below; at its right a remark in small text or a link."""

    def __init__(self, title: str, right: QWidget | str = "", *, ruled: bool = True, role: str = "bold") -> None:
        super().__init__()
        self.title = Text(title, role)
        outer = column(self, gap=4)
        line = row(gap=16)
        line.addWidget(self.title, 0, Qt.AlignmentFlag.AlignBottom)
        line.addStretch(1)
        self.remark = SmallText(right, wrap=False) if isinstance(right, str) else right
        line.addWidget(self.remark, 0, Qt.AlignmentFlag.AlignBottom)
        outer.addLayout(line)
        if ruled:
            outer.addWidget(Rule("bord"))

    def set_title(self, title: str) -> None:
        self.title.setText(title)

    def set_remark(self, text: str) -> None:
        """Change the small text at the right; without effect where a link stands there."""
        if isinstance(self.remark, Text):
            self.remark.setText(text)


class Section(QWidget):
    """A titled part of a page: the title with its line, then what it holds (a table, fields, rows)."""

    def __init__(self, title: str, *parts: QWidget, right: QWidget | str = "", gap: int = 0, name: str = "") -> None:
        super().__init__()
        self.setObjectName(name)
        self.heading = SectionTitle(title, right)
        self.setProperty("overhang", True)
        self.lines = column(self, gap=gap, margins=(8, 0, 8, 0))
        self.lines.addWidget(self.heading)
        for part in parts:
            self.lines.addWidget(part)

    def add(self, *parts: QWidget) -> None:
        """Put parts below those already there."""
        for part in parts:
            self.lines.addWidget(part)

    def empty(self) -> None:
        """Take every part out; the title stays."""
        while self.lines.count() > 1:
            item = self.lines.takeAt(1)
            if item and (widget := item.widget()):
                widget.hide()
                widget.deleteLater()


class StateLabel(QWidget, Discreet):
    """A state: an icon and a word. `tone`: texte, texte_2 or alerte; alerte is written bold."""

    def __init__(
        self, icon: str, word: str, tone: str = "texte", *, role: str = "", wrap: bool = False, discreet: bool = False
    ) -> None:
        super().__init__()
        self._role = role
        down = QSizePolicy.Policy.Preferred if wrap else QSizePolicy.Policy.Maximum
        self.setSizePolicy(QSizePolicy.Policy.Preferred, down)
        self.icon = IconView(icon, tone, role="small" if role.startswith("small") else "body")
        self.word = Text(word, self._role_for(tone), colour=tone, wrap=wrap, discreet=discreet)
        line = row(self, gap=8)
        line.addWidget(self.icon, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.word, 1 if wrap else 0, Qt.AlignmentFlag.AlignTop)
        if not wrap:
            line.addStretch(1)

    def _role_for(self, tone: str) -> str:
        return self._role or ("bold" if tone == "alerte" else "body")

    def set_hidden(self, hidden: bool) -> None:
        """The icon tells as much as the word: both hide."""
        if self.word.discreet:
            self.icon.setVisible(not hidden)

    def set_state(self, icon: str, word: str, tone: str = "texte") -> None:
        """Another state."""
        self.icon.set_icon(icon, tone)
        self.word.role = self._role_for(tone)
        self.word.set_colour(tone)
        self.word.setText(word)


class KeyValue(QWidget):
    """A label in small text above its value, as in the person's header."""

    def __init__(self, key: str, value: str, *, role: str = "body", source: str = "", discreet: bool = False) -> None:
        super().__init__()
        inside = column(self, gap=0)
        self.key = SmallText(key, wrap=False)
        self.value = Text(value, role, discreet=discreet)
        self.source = SmallText(source, wrap=False)
        for part in (self.key, self.value, self.source):
            inside.addWidget(part)
        self.source.setVisible(bool(source))
        inside.addStretch(1)

    def set_value(self, value: str, source: str = "") -> None:
        """Another value, and where it comes from."""
        self.value.setText(value)
        self.source.setText(source)
        self.source.setVisible(bool(source))


class KeyValueRow(QWidget):
    """Key-value columns side by side with a hairline between, as the dates of the synthesis.

    Each item is (key, value, source).
    """

    def __init__(self, items: Iterable[tuple[str, str, str]] = (), *, role: str = "section") -> None:
        super().__init__()
        line = row(self, gap=16)
        for number, (key, value, source) in enumerate(items):
            if number:
                line.addWidget(Rule("filet", vertical=True))
            line.addWidget(KeyValue(key, value, role=role, source=source), 1)


class EmptyState(QWidget):
    """An empty page or list: what is absent, what to do first, and the button or link that does it."""

    def __init__(self, sentence: str, advice: str = "", action: QWidget | None = None) -> None:
        super().__init__()
        inside = column(self, gap=8, margins=(0, 16, 0, 16))
        self.sentence, self.advice = Paragraph(sentence), Paragraph(advice, colour="texte_2")
        inside.addWidget(self.sentence)
        inside.addWidget(self.advice)
        self.advice.setVisible(bool(advice))
        if action:
            inside.addWidget(action, 0, Qt.AlignmentFlag.AlignLeft)


class Band(QWidget):
    """The band under the head when something failed: what happened, what to do."""

    def __init__(self) -> None:
        super().__init__()
        paint_ground(self, "alerte_fond")
        self.setObjectName("band")
        inside = row(self, gap=8, margins=(24, 8, 24, 8))
        self.icon = IconView("alert-circle", "alerte", role="body")
        inside.addWidget(self.icon, 0, Qt.AlignmentFlag.AlignVCenter)
        self.sentence = Text("", "body", colour="texte", wrap=True, max_chars=200)
        inside.addWidget(self.sentence, 1, Qt.AlignmentFlag.AlignVCenter)
        self._place = row(gap=8)
        inside.addLayout(self._place)
        self.hide()

    def show_sentence(self, sentence: str, action: str = "", do: Callable[[], object] | None = None) -> None:
        """Show the band, with one button that acts if one is given."""
        self._drop_action()
        self.sentence.setText(sentence)
        if do:
            button = Button(action, name="band.action")
            button.clicked.connect(lambda: do())
            self._place.addWidget(button)
        self.show()

    def clear(self) -> None:
        """Take the band away."""
        self._drop_action()
        self.sentence.setText("")
        self.hide()

    def _drop_action(self) -> None:
        while item := self._place.takeAt(0):
            if widget := item.widget():
                widget.deleteLater()


class InlineNotice(QWidget):
    """A line in the page after an act (« Entretien supprimé »), with « Annuler » where it can be undone."""

    undone = Signal()

    def __init__(self, margins: Margins = NO_MARGIN) -> None:
        super().__init__()
        self.setObjectName("notice")
        line = row(self, gap=8, margins=margins)
        self.icon = IconView("check", "texte", role="body")
        self.sentence = Text("", "body", wrap=True)
        self.undo = LinkButton("Annuler", name="notice.undo")
        self.undo.clicked.connect(self._on_undo)
        for part in (self.icon, self.sentence, self.undo):
            line.addWidget(part, 1 if part is self.sentence else 0)
        self._undo: Callable[[], object] | None = None
        self.hide()

    def show_sentence(self, sentence: str, undo: Callable[[], object] | None = None) -> None:
        """Say what was done; `undo` is called by « Annuler »."""
        self._undo = undo
        self.sentence.setText(sentence)
        self.undo.setVisible(undo is not None)
        self.show()

    def _on_undo(self) -> None:
        act, self._undo = self._undo, None
        self.hide()
        if act:
            act()
        self.undone.emit()
