"""A list of lines under a title: each said in a few words, opened to be changed, added, put in the bin."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from spip_desktop.domain.errors import Problem
from spip_desktop.ui.binding import Bound, read
from spip_desktop.ui.buttons import LinkButton
from spip_desktop.ui.fields import Field, FieldKind, Parse
from spip_desktop.ui.foreseen import Foreseen, Foresight
from spip_desktop.ui.form import FormView
from spip_desktop.ui.labels import Paragraph, Rule, SectionTitle
from spip_desktop.ui.layout import bring_in_sight, clear, column, row
from spip_desktop.ui.page import IN_LINE
from spip_desktop.ui.record_form import RecordForm, Target
from spip_desktop.ui.remark import Remark
from spip_desktop.ui.text import Text
from spip_desktop.wording import sentence

#: A record with its lock: what the services' `Stored` carries.
Line = tuple[UUID, Any, int]


@dataclass(frozen=True, slots=True)
class LineWords:
    """What the section says: title, « Ajouter … », what stands there when empty.

    `act`: one more act on each line, empty when there is none; it emits `act_asked`.
    """

    title: str
    add: str
    empty: str
    act: str = ""


@dataclass(frozen=True, slots=True)
class LineShape:
    """How one line is said, changed and saved.

    `foresee` tells in sentences what dates just typed would move elsewhere, before they are saved.
    """

    describe: Callable[[Any], tuple[str, str]]
    fields: Callable[[Any], tuple[Bound, ...]]
    target: Target
    parse_date: Parse
    visible: Callable[[Any, tuple[Bound, ...]], Sequence[str]] | None = None
    foresee: Callable[[UUID, Mapping[str, object]], Foresight] | None = None


class LineItem(QWidget):
    """One line: words, warnings, « Modifier », « Supprimer », and its form once opened."""

    removed = Signal(object)  # id
    acted = Signal(object)  # id
    changed = Signal()
    saved = Signal(object)
    failed = Signal(str)
    done = Signal(object)

    def __init__(self, name: str, shape: LineShape, line: Line, act: str = "") -> None:
        super().__init__()
        self.setObjectName(name)
        self.line, self._shape = line, shape
        self.view: FormView | None = None
        self.form: RecordForm | None = None
        self._told: Field | None = None
        self._foreseen: Foreseen | None = None
        self._column = column(self, gap=8)
        head = row(gap=16)
        texts = column(gap=0)
        self.title, self.second = (
            Text("", "body", wrap=True, discreet=True),
            Text("", "small", colour="texte_2", wrap=True),
        )
        texts.addWidget(self.title)
        texts.addWidget(self.second)
        head.addLayout(texts, 1)
        self.open_link = LinkButton("Modifier", name=f"{name}.open")
        self.remove_link = LinkButton("Supprimer", name=f"{name}.remove")
        self.open_link.clicked.connect(self.toggle)
        self.remove_link.clicked.connect(lambda: self.removed.emit(self.line[0]))
        self.act_link = LinkButton(act, name=f"{name}.act")
        self.act_link.clicked.connect(lambda: self.acted.emit(self.line[0]))
        self.act_link.setVisible(bool(act))
        for link in (self.open_link, self.act_link, self.remove_link):
            head.addWidget(link)
        self._column.addLayout(head)
        self._warnings = column(gap=4)
        self._column.addLayout(self._warnings)
        self._place = column(gap=0)
        self._column.addLayout(self._place)
        self._column.addWidget(Rule())
        self.show_line(line, ())

    def show_line(self, line: Line, warnings: Sequence[Problem]) -> None:
        """Say the line anew; what is being typed in its form is not touched."""
        self.line = line
        if self.form:
            self.form.follow(*line)
        title, second = self._shape.describe(line[1])
        self.title.setText(title)
        self.second.setText(second)
        self.second.setVisible(bool(second))
        verbs = ((self.open_link, "Modifier"), (self.act_link, self.act_link.text()), (self.remove_link, "Supprimer"))
        for link, verb in verbs:
            link.setAccessibleName(f"{verb} : {title}")
        clear(self._warnings)
        for one in warnings:
            self._warnings.addWidget(Remark(sentence(one)))
        if self.form and self.view:
            self._show_fields()

    def toggle(self) -> None:
        """Open the form, or fold it once what waits is saved."""
        if self.view is None:
            self._build()
            assert self.view is not None
            self.view.show()
        elif self.view.isHidden():
            self.view.show()
        else:
            self.flush()
            self.view.hide()
        opened = not self.view.isHidden()
        self.open_link.setText("Replier" if opened else "Modifier")
        if opened:
            first = next(iter(self.view.fields.values()))
            first.setFocus()
            for part in (self, first):  # the whole line where there is room, what one types in any case
                bring_in_sight(part)

    def set_read_only(self, read_only: bool) -> None:
        """Take the acts away, and fold the form: what is frozen is read."""
        if read_only and self.is_open():
            self.toggle()
        self.open_link.setVisible(not read_only)
        self.act_link.setVisible(not read_only and bool(self.act_link.text()))
        self.remove_link.setVisible(not read_only)

    def stops(self) -> tuple[QWidget, ...]:
        """Where Tab stops in this line, in the order read."""
        fields = self.view.fields.values() if self.view else ()
        acts = (self.act_link,) if self.act_link.text() else ()
        return (self.open_link, *acts, self.remove_link, *fields)

    def is_open(self) -> bool:
        return self.view is not None and not self.view.isHidden()

    def flush(self) -> bool:
        return self.form.flush() if self.form else True

    def reset(self) -> None:
        """Show the record again in the open form, after an undo."""
        if self.form:
            self.form.show_record(*self.line)

    def _build(self) -> None:
        bounds = self._shape.fields(self.line[1])
        self._bounds = bounds
        self.view = FormView([bound.spec for bound in bounds], parse_date=self._shape.parse_date)
        for code, field in self.view.fields.items():
            field.setObjectName(f"{self.objectName()}.{code}")
            field.editor.setObjectName(f"{self.objectName()}.{code}.editor")
        self.form = RecordForm(self._shape.target, [(self.view, bounds)], self)
        self.form.saved.connect(self.saved)
        self.form.saved.connect(lambda _: self._settle())
        self.form.saved.connect(lambda _: self.changed.emit())
        self.form.failed.connect(self.failed)
        self.form.done.connect(self.done)
        self._place.addWidget(self.view)
        if self._shape.foresee:
            self.view.edited.connect(self._foresee)
        self.form.show_record(*self.line)
        self._show_fields()

    def _foresee(self, code: str) -> None:
        """Below a date, what the dates that wait to be saved would move; it stays there once they are."""
        if self.view is None or self.form is None or self._shape.foresee is None:
            return
        if self.view.field(code).spec.kind is not FieldKind.DATE:
            return
        waiting = {one: self.view.field(one) for one in {code, *self.form.autosave.waiting()}}
        typed = {one: field.value() for one, field in waiting.items() if field.parses()}
        found = self._shape.foresee(self.line[0], read({one.spec.code: one for one in self._bounds}, typed))
        if found.waits:
            self.form.hold(code)
        else:
            self.form.autosave.let_go(code)
        self._tell(self.view.field(code), found)

    def _tell(self, field: Field, found: Foresight) -> None:
        """Show it below one field, in place of what was below another."""
        if self._told is not None:
            self._told.set_below(None)
        self._told = self._foreseen = None
        if found.sentences:
            self._told = field
            self._foreseen = Foreseen(found, field.objectName(), field.spec.label)
            self._foreseen.kept.connect(self.flush)
            self._foreseen.put_back.connect(self._put_back)
            field.set_below(self._foreseen)
            self._foreseen.come_after(field)

    def _put_back(self) -> None:
        """The dates of before, and nothing below them."""
        field = self._told
        if self.form and field:
            self.form.put_back()
            self._tell(field, Foresight())
            field.setFocus()

    def _settle(self) -> None:
        """Saved: a link that had the focus leaves it to its field."""
        if self._foreseen and self._told and self.form and not self.form.autosave.held():
            if any(link.hasFocus() for link in self._foreseen.links):
                self._told.setFocus()
            self._foreseen.settle()

    def _show_fields(self) -> None:
        if self._shape.visible and self.view:
            self.view.show_only(self._shape.visible(self.line[1], self._bounds))


class LineSection(QWidget):
    """The lines of one kind; the page says which they are and does what the links ask."""

    add_asked = Signal()
    remove_asked = Signal(object)
    act_asked = Signal(object)
    changed = Signal()
    saved = Signal(object)
    failed = Signal(str)
    done = Signal(object)

    def __init__(self, name: str, words: LineWords, shape: LineShape) -> None:
        super().__init__()
        self.setObjectName(name)
        self._name, self._shape, self._act = name, shape, words.act
        self.items: dict[UUID, LineItem] = {}
        self._numbered, self._read_only = 0, False
        inside = column(self, gap=8)
        self.add_link = LinkButton(words.add, "plus", name=f"{name}.add")
        self.add_link.clicked.connect(self.add_asked)
        self.add_link.setParent(self)
        self.add_link.setVisible(bool(words.add))
        inside.addWidget(SectionTitle(words.title, self.add_link if words.add else ""))
        self.empty = Paragraph(words.empty, colour="texte_2")
        inside.addWidget(self.empty)
        self._column = column(gap=8)
        inside.addLayout(self._column)
        self._inside = inside
        self.setFocusProxy(self.add_link)

    def show_lines(self, lines: Sequence[Line], warnings: Callable[[UUID], Sequence[Problem]] = lambda _: ()) -> None:
        """Show these lines in this order, keeping open those that are."""
        wanted = [line[0] for line in lines]
        for id_ in [id_ for id_ in self.items if id_ not in wanted]:
            item = self.items.pop(id_)
            self._column.removeWidget(item)
            item.hide()
            item.deleteLater()
        for place, line in enumerate(lines):
            item = self.items.get(line[0]) or self._new_item(line)
            item.show_line(line, warnings(line[0]))
            if self._column.indexOf(item) != place:
                self._column.insertWidget(place, item)
        self.empty.setVisible(not lines)
        self._chain(lines)

    def say_first(self, *parts: QWidget) -> None:
        """Put what is to be read before the lines under the title."""
        for place, part in enumerate(parts, 1):
            self._inside.insertWidget(place, part)

    def _chain(self, lines: Sequence[Line]) -> None:
        """Tab goes on as one reads: a line made later would be last in the window, or out of its ring."""
        before: QWidget = self.add_link
        for line in lines:
            for stop in self.items[line[0]].stops():
                QWidget.setTabOrder(before, stop)
                before = stop

    def open_line(self, id_: UUID) -> None:
        """Open the form of a line, its first field in focus."""
        item = self.items.get(id_)
        if item and not item.is_open():
            item.toggle()

    def code_of(self, widget: QWidget) -> str:
        """Where a widget of a line is, by the number of its record (ui/page.HoldsLines)."""
        for id_, item in self.items.items():
            if item.isAncestorOf(widget):
                field = widget.objectName().removesuffix(".editor").removeprefix(f"{item.objectName()}.")
                return f"{self._name}{IN_LINE}{id_}.{field}"
        return ""

    def show_code(self, code: str) -> QWidget | None:
        """The field of such a code, its line opened; None when the line is gone."""
        number, _, field = code.partition(IN_LINE)[2].partition(".")
        item = next((one for id_, one in self.items.items() if str(id_) == number), None)
        if item is None:
            return None
        found = item.findChild(QWidget, f"{item.objectName()}.{field}")
        if found is None and not item.is_open():
            item.toggle()
            found = item.findChild(QWidget, f"{item.objectName()}.{field}")
        return found

    def set_read_only(self, read_only: bool) -> None:
        """Lines to read: nothing is added, changed or removed."""
        self._read_only = read_only
        self.add_link.setVisible(not read_only and bool(self.add_link.text()))
        for item in self.items.values():
            item.set_read_only(read_only)

    def flush(self) -> bool:
        flushed = [item.flush() for item in self.items.values()]
        return all(flushed)

    def reset(self) -> None:
        for item in self.items.values():
            item.reset()

    def _new_item(self, line: Line) -> LineItem:
        self._numbered += 1
        item = LineItem(f"{self._name}.{self._numbered}", self._shape, line, self._act)
        item.set_read_only(self._read_only)
        item.removed.connect(self.remove_asked)
        item.acted.connect(self.act_asked)
        item.changed.connect(self.changed)
        item.saved.connect(self.saved)
        item.failed.connect(self.failed)
        item.done.connect(self.done)
        self.items[line[0]] = item
        return item
