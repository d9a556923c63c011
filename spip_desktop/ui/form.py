"""A form: fields in one or two columns from a light description, and their values."""

from collections.abc import Callable, Iterable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QWidget

from spip_desktop.domain.errors import Problem, Refusal
from spip_desktop.ui import theme
from spip_desktop.ui.fields import (
    ChoiceField,
    Field,
    FieldKind,
    FieldSpec,
    LineField,
    NoteField,
    Parse,
    ParsedField,
    RadioField,
    TicksField,
)
from spip_desktop.ui.layout import column, row
from spip_desktop.ui.readers import read_integer, show_date

_PLAIN: dict[FieldKind, type[Field]] = {
    FieldKind.LINE: LineField,
    FieldKind.NOTE: NoteField,
    FieldKind.CHOICE: ChoiceField,
    FieldKind.RADIO: RadioField,
    FieldKind.YES_NO: RadioField,
    FieldKind.TICKS: TicksField,
}
_TWO_COLUMNS_FROM = 76  # average characters: below, the fields stand one under the other


def make_field(spec: FieldSpec, parse_date: Parse | None = None) -> Field:
    """The field of a description; a date without its own `parse` is read by `parse_date`."""
    if spec.kind in _PLAIN:
        return _PLAIN[spec.kind](spec)
    if spec.kind is FieldKind.INTEGER:
        return ParsedField(spec, spec.parse or read_integer, spec.show or str)
    parse = spec.parse or parse_date
    if parse is None:
        raise ValueError(f"{spec.code}: this field needs a function that reads it")
    return ParsedField(spec, parse, spec.show or (show_date if spec.kind is FieldKind.DATE else str))


class FormView(QWidget):
    """Fields laid out in reading order; half-width ones go by two where there is room."""

    edited = Signal(str)
    left = Signal(str)

    def __init__(self, specs: Iterable[FieldSpec], *, parse_date: Parse | None = None) -> None:
        super().__init__()
        self.fields: dict[str, Field] = {spec.code: make_field(spec, parse_date) for spec in specs}
        self._lines = column(self, gap=16)
        self._columns = 0
        for field in self.fields.values():
            field.edited.connect(self.edited)
            field.left.connect(self.left)
        self._lay_out(2)

    def field(self, code: str) -> Field:
        """The field of that code."""
        return self.fields[code]

    def value(self, code: str) -> object:
        return self.fields[code].value()

    def values(self) -> dict[str, object]:
        """Every value by code; a text that cannot be read yet is left out (see `drafts`)."""
        return {code: field.value() for code, field in self.fields.items() if field.parses()}

    def set_values(self, values: Mapping[str, object]) -> None:
        """Show values by code; codes of no field are passed over, the field being typed in is not touched."""
        for code, value in values.items():
            field = self.fields.get(code)
            if field is not None and not (field.editor.hasFocus() and field.value() == value):
                field.set_value(value)

    def drafts(self) -> dict[str, str]:
        """The texts that cannot be accepted yet, as typed."""
        return {code: field.raw_text() for code, field in self.fields.items() if not field.parses()}

    def set_drafts(self, drafts: Mapping[str, str]) -> None:
        """Put texts back as they were typed."""
        for code, text in drafts.items():
            if code in self.fields:
                self.fields[code].set_raw_text(text)

    def unread(self) -> dict[str, str]:
        """Why each of those texts cannot be accepted, by code."""
        return {code: field.why_unread() for code, field in self.fields.items() if not field.parses()}

    def show_problems(self, problems: Mapping[str, str]) -> None:
        """Say each problem below its field (code → sentence), take the others back, focus the first."""
        for code, field in self.fields.items():
            field.set_problem(problems.get(code))
        first = next((field for code, field in self.fields.items() if code in problems), None)
        if first:
            first.setFocus()

    def show_refusal(self, refusal: Refusal, sentence: Callable[[Problem], str]) -> list[str]:
        """Show a refusal beside its fields; returns the sentences that belong to no field here."""
        here: dict[str, list[str]] = {}
        for one in refusal.problems:
            if one.field in self.fields:
                here.setdefault(one.field, []).append(sentence(one))
        self.show_problems({code: " ".join(dict.fromkeys(said)) for code, said in here.items()})
        return [sentence(one) for one in refusal.problems if one.field not in self.fields]

    def set_read_only(self, read_only: bool) -> None:
        """Every field to read only, or to write again."""
        for field in self.fields.values():
            field.set_read_only(read_only)

    def show_only(self, codes: Iterable[str]) -> None:
        """Show these fields and hide the others, the order unchanged."""
        wanted = set(codes)
        for code, field in self.fields.items():
            field.setVisible(code in wanted)
        self._lay_out(self._columns)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # A section that reaches out of its column is sized twice: between the two widths nothing changes.
        wide = theme.current().chars(_TWO_COLUMNS_FROM)
        enough = wide - theme.current().px(20) if self._columns == 2 else wide
        columns = 2 if self.width() >= enough else 1
        if columns != self._columns:
            self._lay_out(columns)

    def _lay_out(self, columns: int) -> None:
        """Lines of one or two fields; boxes, as a grid miscounts the height of what breaks into lines."""
        self._columns = columns
        _take_apart(self._lines)
        before: Field | None = None
        waiting: QHBoxLayout | None = None
        for field in self.fields.values():
            if field.isHidden() and field.parent() is self:
                continue
            if field.spec.width != "half" or columns == 1:
                waiting = None
                self._lines.addWidget(field)
            elif waiting is None:
                waiting = row(gap=16)
                waiting.addWidget(field, 1)
                waiting.addStretch(1)
                self._lines.addLayout(waiting)
            else:
                waiting.takeAt(1)
                waiting.addWidget(field, 1)
                waiting = None
            if before is not None:
                QWidget.setTabOrder(before, field)
            before = field


def _take_apart(lines: QLayout) -> None:
    """Empty the lines; the fields stay.

    `removeWidget` deletes the item in Qt. One taken by `takeAt` would live on in Python, and the field would keep
    telling its height to that item instead of the next one.
    """
    while lines.count():
        item = lines.itemAt(0)
        widget, inner = (item.widget(), item.layout()) if item else (None, None)
        if widget is not None:
            lines.removeWidget(widget)
        elif inner is not None:
            _take_apart(inner)
            lines.removeItem(inner)
        else:
            lines.takeAt(0)
