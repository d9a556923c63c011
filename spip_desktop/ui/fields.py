"""Fields: label above, editor, help or error below; names for screen readers and tests in one place.

The object name of a field is its code, and of its editor `code` + ".editor".
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from spip_desktop.domain.text import NBSP, clean
from spip_desktop.ui.editors import Choice, LineEdit, NoteEdit, mark_frozen, mark_problem
from spip_desktop.ui.icons import IconView
from spip_desktop.ui.layout import column, row
from spip_desktop.ui.text import Discreet, Text, Veil, discretion_of

# What a typed text gives: the value (None when empty or unreadable), and the sentence of the problem or "".
Parse = Callable[[str], tuple[object | None, str]]
Show = Callable[[object], str]
YES_NO_TO_CHECK = (("yes", "Oui"), ("no", "Non"), ("to_check", f"À{NBSP}vérifier"))


class FieldKind(StrEnum):
    """The kinds of field a page can ask for."""

    LINE = "line"
    NOTE = "note"
    DATE = "date"
    CHOICE = "choice"
    RADIO = "radio"
    TICKS = "ticks"
    INTEGER = "integer"
    YES_NO = "yes_no"
    PARSED = "parsed"  # any other text read by `parse`: an hour, an amount


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field as a page asks for it; `width` is "full" or "half" of the form."""

    code: str
    label: str
    kind: FieldKind = FieldKind.LINE
    options: tuple[tuple[str, str], ...] = ()
    help: str = ""
    required: bool = False
    width: str = "full"
    max_length: int = 0
    lines: int = 3
    parse: Parse | None = None
    show: Show | None = None
    discreet: bool = False  # hidden by F9: a name, the level


class Field(QWidget, Discreet):
    """What every field has; a subclass says which editor it uses and how its value is read."""

    edited = Signal(str)  # the code, at each change made by the officer
    left = Signal(str)  # the code, when the focus leaves a field of text

    def __init__(self, spec: FieldSpec) -> None:
        super().__init__()
        self.spec, self.code, self.problem = spec, spec.code, ""
        self.setObjectName(spec.code)
        self._column = column(self, gap=4)
        title = self._titled(spec.label)
        self.label = Text(title, "small", colour="texte_2", wrap=True)
        self.editor = self._build()
        self.editor.setObjectName(f"{spec.code}.editor")
        self._name_editor(title)
        self._column.addWidget(self.label)
        self._column.addWidget(self.editor)
        self._veil = Veil()
        self._column.addWidget(self._veil)
        self._column.addLayout(self._build_message())
        self._column.addStretch(1)
        self._below: QWidget | None = None
        self.set_problem(None)

    def set_hidden(self, hidden: bool) -> None:
        """Show a bar in place of the editor of a discreet field."""
        if self.spec.discreet:
            self.hidden = hidden
            self.editor.setVisible(not hidden)
            self._veil.setVisible(hidden)

    def showEvent(self, event: QShowEvent) -> None:
        self.set_hidden(discretion_of(self))
        super().showEvent(event)

    def _name_editor(self, title: str) -> None:
        self.editor.setAccessibleName(title)
        self.editor.setAccessibleDescription(self.spec.help)
        self.label.setBuddy(self.editor)
        self.setFocusProxy(self.editor)

    def _build_message(self) -> QHBoxLayout:
        line = row(gap=8)
        self._icon = IconView("alert-circle", "alerte", role="small")
        self._message = Text("", "small", wrap=True)
        self._count = Text("", "small", colour="texte_2")
        line.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self._message, 1)
        line.addWidget(self._count, 0, Qt.AlignmentFlag.AlignTop)
        self._count.hide()
        return line

    def _build(self) -> QWidget:
        raise NotImplementedError

    def value(self) -> object:
        """The value as the services take it; None or empty when there is none or it cannot be read."""
        raise NotImplementedError

    def set_value(self, value: object) -> None:
        """Show a value; no signal."""
        raise NotImplementedError

    def raw_text(self) -> str:
        """What stands in the field as typed, for a draft."""
        raise NotImplementedError

    def set_raw_text(self, text: str) -> None:
        """Show a draft as it was typed."""
        raise NotImplementedError

    def parses(self) -> bool:
        """Whether what is typed can be accepted; if not, it is kept as a draft."""
        return True

    def why_unread(self) -> str:
        """The sentence that says why what is typed cannot be accepted; nothing when it can."""
        return ""

    def set_problem(self, sentence: str | None) -> None:
        """Say what to put right below the field, or take the sentence back (None)."""
        self.problem = sentence or ""
        text = self.problem or self.spec.help
        self._icon.setVisible(bool(self.problem))
        self._message.setVisible(bool(text))
        self._message.setText(text)
        self._message.set_colour("alerte" if self.problem else "texte_2")
        self.editor.setAccessibleDescription(text)
        self._mark(bool(self.problem))

    def set_read_only(self, read_only: bool) -> None:
        """Show without frame, to read and copy only."""
        raise NotImplementedError

    def set_below(self, part: QWidget | None) -> None:
        """Put something below the field in place of what was put there, or nothing."""
        if self._below is not None:
            self._column.removeWidget(self._below)
            self._below.hide()
            self._below.deleteLater()
        self._below = part
        if part is not None:
            self._column.insertWidget(self._column.count() - 1, part)
            part.show()

    def set_label(self, label: str) -> None:
        """Another label, for instance when the question depends on another answer."""
        self.label.setText(self._titled(label))
        self.editor.setAccessibleName(self._titled(label))

    def _titled(self, label: str) -> str:
        return f"{label} (obligatoire)" if self.spec.required else label

    def _mark(self, problem: bool) -> None:
        mark_problem(self.editor, problem)

    def _say_edited(self) -> None:
        self.edited.emit(self.code)


class LineField(Field):
    """One line of text."""

    def _build(self) -> QWidget:
        self.line = LineEdit(max_length=self.spec.max_length)
        self.line.typed.connect(self._say_edited)
        self.line.editingFinished.connect(lambda: self.left.emit(self.code))
        return self.line

    def value(self) -> object:
        return clean(self.line.text()).strip()

    def set_value(self, value: object) -> None:
        self.set_raw_text(str(value or ""))

    def raw_text(self) -> str:
        return self.line.text()

    def set_raw_text(self, text: str) -> None:
        if text != self.line.text():
            self.line.setText(text)
            self.line.setCursorPosition(0)

    def set_read_only(self, read_only: bool) -> None:
        self.line.setReadOnly(read_only)
        self.line.setTextMargins(-3 if read_only else 0, 0, 0, 0)  # words at the left edge of the label
        mark_frozen(self.line, read_only)


class ParsedField(LineField):
    """A line read by a function: a date typed any way, a number, an hour."""

    def __init__(self, spec: FieldSpec, parse: Parse, show: Show) -> None:
        self._parse, self._show = parse, show
        super().__init__(spec)
        self.line.editingFinished.connect(self._settle)
        self.line.typed.connect(lambda: self.set_problem(None))

    def value(self) -> object:
        return self._parse(self.line.text())[0]

    def set_value(self, value: object) -> None:
        self.set_raw_text("" if value is None else self._show(value))
        self.set_problem(None)

    def parses(self) -> bool:
        return not self.why_unread()

    def why_unread(self) -> str:
        return self._parse(self.line.text())[1]

    def set_raw_text(self, text: str) -> None:
        super().set_raw_text(text)
        self.set_problem(self._parse(text)[1])

    def _settle(self) -> None:
        value, problem = self._parse(self.line.text())
        if problem:  # what a rule says of a date that reads well stays
            self.set_problem(problem)
        if value is not None and not problem:
            self.line.setText(self._show(value))


class NoteField(Field):
    """Free text over several lines; with a maximum, the count is said and what is over is kept."""

    def _build(self) -> QWidget:
        self.note = NoteEdit(lines=self.spec.lines)
        self.note.typed.connect(self._on_typed)
        self.note.left.connect(lambda: self.left.emit(self.code))
        return self.note

    def value(self) -> object:
        return clean(self.note.text(), lines=True).strip()

    def set_value(self, value: object) -> None:
        self.set_raw_text(str(value or ""))

    def raw_text(self) -> str:
        return self.note.text()

    def set_raw_text(self, text: str) -> None:
        self.note.set_text(text)
        self._show_count()

    def set_read_only(self, read_only: bool) -> None:
        self.note.set_frozen(read_only)
        mark_frozen(self.note, read_only)

    def _on_typed(self) -> None:
        self._show_count()
        self._say_edited()

    def _show_count(self) -> None:
        if most := self.spec.max_length:
            count = len(self.note.text())
            self._count.setText(f"{count} signes sur {most}")
            self._count.set_colour("alerte" if count > most else "texte_2")
            self._count.setVisible(True)


class ChoiceField(Field):
    """One answer of a list that unfolds."""

    def _build(self) -> QWidget:
        self.choice = Choice(self.spec.options)
        self.choice.chosen.connect(self._say_edited)
        return self.choice

    def set_options(self, options: Iterable[tuple[str, str]]) -> None:
        """Offer other answers."""
        self.choice.set_options(options)

    def value(self) -> object:
        return self.choice.value()

    def set_value(self, value: object) -> None:
        self.choice.set_value(str(value or ""))

    def raw_text(self) -> str:
        return self.choice.value()

    def set_raw_text(self, text: str) -> None:
        self.choice.set_value(text)

    def set_read_only(self, read_only: bool) -> None:
        self.choice.read_only = read_only
        self.choice.update()

    def _mark(self, problem: bool) -> None:
        self.choice.problem = problem
        self.choice.update()


class RadioField(Field):
    """One answer among a few, all in sight; yes / no / to check is one of them."""

    def _build(self) -> QWidget:
        from spip_desktop.ui.choices import RadioRow  # not at the top: the first page has none

        offered = self.spec.options or (YES_NO_TO_CHECK if self.spec.kind is FieldKind.YES_NO else ())
        self.radios = RadioRow(offered, name=self.spec.code)
        self.radios.chosen.connect(lambda _: self._say_edited())
        return self.radios

    def _name_editor(self, title: str) -> None:
        super()._name_editor(title)
        for button in self.radios.buttons():
            button.setAccessibleName(f"{self.spec.label}{NBSP}: {button.text()}")

    def value(self) -> object:
        return self.radios.value()

    def set_value(self, value: object) -> None:
        self.radios.set_value(str(value or ""))

    def raw_text(self) -> str:
        return self.radios.value()

    def set_raw_text(self, text: str) -> None:
        self.radios.set_value(text)

    def set_read_only(self, read_only: bool) -> None:
        self.radios.setEnabled(not read_only)

    def _mark(self, problem: bool) -> None:
        for button in self.radios.buttons():
            button.set_problem(problem)


class TicksField(Field):
    """Several answers to tick; the value is a tuple of codes."""

    def _build(self) -> QWidget:
        from spip_desktop.ui.choices import TickGroup  # not at the top: the first page has none

        self.ticks = TickGroup(self.spec.options, name=self.spec.code)
        self.ticks.changed.connect(self._say_edited)
        return self.ticks

    def _name_editor(self, title: str) -> None:
        super()._name_editor(title)
        for button in self.ticks.buttons():
            button.setAccessibleName(f"{self.spec.label}{NBSP}: {button.text()}")

    def value(self) -> object:
        return self.ticks.value()

    def set_value(self, value: object) -> None:
        self.ticks.set_value(value if isinstance(value, (tuple, list, set, frozenset)) else ())

    def raw_text(self) -> str:
        return " ".join(self.ticks.value())

    def set_raw_text(self, text: str) -> None:
        self.ticks.set_value(text.split())

    def set_read_only(self, read_only: bool) -> None:
        self.ticks.setEnabled(not read_only)

    def _mark(self, problem: bool) -> None:
        for button in self.ticks.buttons():
            button.set_problem(problem)
