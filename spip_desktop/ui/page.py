"""A page: its head (title left, actions right, the primary one last), its body, a side column that folds."""

from collections.abc import Callable
from typing import Protocol, runtime_checkable
from uuid import UUID

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLayout, QLineEdit, QPlainTextEdit, QWidget

from spip_desktop.domain.place import Place, Seat
from spip_desktop.ui import theme
from spip_desktop.ui.buttons import Button, PrimaryButton
from spip_desktop.ui.labels import Band, InlineNotice, Rule, SmallText
from spip_desktop.ui.layout import FlowRow, ScrollColumn, bring_in_sight, column, grid, row, set_gap, set_size
from spip_desktop.ui.tab_order import stops_tab
from spip_desktop.ui.text import Text, natural_width

#: Property of the window while a person is received (« Mode entretien »).
IN_INTERVIEW = "in_interview"


class PageHead(QWidget):
    """Title, what qualifies it, the reason why an action is not possible, and the actions.

    On one line where there is room; else the actions go below the title, and to several lines if they must.
    """

    def __init__(self, title: str, detail: str, role: str) -> None:
        super().__init__()
        self.title = Text(title, role, wrap=True, max_chars=200)
        self.detail = Text(detail, "body", colour="texte_2", wrap=True)
        self.reason = SmallText("")
        self.reason.hide()
        self.actions_row = FlowRow(gap=8, line_gap=8, align_right=True)
        self._grid = grid(self, gap=0, margins=(24, 12, 24, 12))
        self._buttons: list[Button] = []
        self._narrow: bool | None = None
        self._lay_out(False)

    def set_title(self, title: str, detail: str = "") -> None:
        """Change the title and what stands beside it."""
        self.title.setText(title)
        self.detail.setText(detail)
        self.detail.setVisible(bool(detail))
        self._fit()

    def add(self, button: Button) -> Button:
        """Put an action at the right; the primary one always stays last."""
        last = len(self._buttons)
        if self._buttons and isinstance(self._buttons[-1], PrimaryButton):
            last -= 1
        self._buttons.insert(last, button)
        self.actions_row.insert(last, button)
        button.reason_changed.connect(self._show_reason)
        self._fit()
        return button

    def buttons(self) -> tuple[Button, ...]:
        """The buttons, left to right."""
        return tuple(self._buttons)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def _needed(self) -> int:
        worn = theme.current()
        words = natural_width(self.title.text(), worn.font(self.title.role))
        words += natural_width(self.detail.text(), worn.font()) if self.detail.text() else 0
        words += natural_width(self.reason.text(), worn.font("small")) if self.reason.text() else 0
        return words + self.actions_row.sizeHint().width() + worn.px(24 + 24 + 16 + 16 + 8)

    def _fit(self) -> None:
        narrow = self.width() < self._needed()
        if narrow != self._narrow:
            self._lay_out(narrow)

    def _lay_out(self, narrow: bool) -> None:
        self._narrow = narrow
        parts: tuple[QWidget, ...] = (self.title, self.detail, self.actions_row, self.reason)
        for part in parts:
            # Not `takeAt`: the item would live on in Python, and the part would keep telling its height to it.
            self._grid.removeWidget(part)
        middle = Qt.AlignmentFlag.AlignVCenter
        if narrow:
            for line, part in enumerate(parts):
                self._grid.addWidget(part, line, 0, 1, 4)
        else:
            for place, part in enumerate((self.title, self.detail, self.reason, self.actions_row)):
                self._grid.addWidget(part, 0, place, middle)
        self._grid.setColumnStretch(1, 0 if narrow else 1)
        set_gap(self._grid, 8 if narrow else 16)  # one column of parts, or one line of them
        self.detail.setVisible(bool(self.detail.text()))
        self.updateGeometry()

    def _show_reason(self, _: str) -> None:
        told = (one.reason for one in reversed(self._buttons) if one.reason and not one.isHidden())
        self.reason.setText(next(told, ""))
        self.reason.setVisible(bool(self.reason.text()))
        self._fit()


class SideColumn(ScrollColumn):
    """The column at the right of a page, on `surface_2`; its title names the button it folds into."""

    def __init__(self, title: str, width: int = 268) -> None:
        super().__init__(gap=8, margins=(16, 16, 16, 16), ground="surface_2")
        self.title = title
        self.width_at_100 = width
        self.setObjectName("side")


@runtime_checkable
class HoldsLines(Protocol):
    """A part whose lines are opened one by one: their fields are there only then (ui/line_section.py)."""

    def code_of(self, widget: QWidget) -> str:
        """« contacts@<number of the record>.phone »: where a widget is, whatever lines come and go; "" elsewhere."""

    def show_code(self, code: str) -> QWidget | None:
        """The field of such a code, its line opened; None when the line is gone."""


#: Between the name of the part and the number of the record, in the code of a field inside a line.
IN_LINE = "@"


class Page(QWidget):
    """The base of every page. Fill it with `add`, ask for another place with `went`."""

    went = Signal(object)  # Place
    saved = Signal(object)  # datetime: the instant of the commit
    save_failed = Signal(str)  # the sentence to show
    counted = Signal(int)  # how many lines wait there, for the rail
    erased = Signal(object)  # frozenset of the persons who are no longer in the store
    gave_back = Signal()  # the person gives the screen back: the program locks
    role, ruled_head = "page", False
    #: Shown alone in the window, to the person followed; one leaves it by a lock (decision 27).
    takes_whole_window = False

    def __init__(self, title: str = "", *, detail: str = "", name: str = "") -> None:
        super().__init__()
        self.setObjectName(name or type(self).__name__)
        self.head = PageHead(title, detail, self.role)
        self.band, self.notice = Band(), InlineNotice((24, 4, 24, 4))
        self.body = ScrollColumn()
        self._side: SideColumn | None = None
        self._side_button: Button | None = None
        self._side_rule = Rule("filet", vertical=True)
        outer = column(self, gap=0)
        outer.addWidget(self.head)
        if self.ruled_head:
            outer.addWidget(Rule("filet"))
        outer.addWidget(self.band)
        outer.addWidget(self.notice)
        self._middle = row(gap=0)
        self._middle.addWidget(self.body, 1)
        outer.addLayout(self._middle, 1)

    def set_title(self, title: str, detail: str = "") -> None:
        """Change the title of the page."""
        self.head.set_title(title, detail)

    def add_action(
        self, text: str, icon: str = "", do: Callable[[], object] | None = None, *, name: str = ""
    ) -> Button:
        """A plain action in the head."""
        return self._add(Button(text, icon, name=name), do)

    def set_primary(
        self, text: str, icon: str = "", do: Callable[[], object] | None = None, *, name: str = ""
    ) -> Button:
        """The one filled action of the page, named by a verb."""
        return self._add(PrimaryButton(text, icon, name=name), do)

    def _add(self, button: Button, do: Callable[[], object] | None) -> Button:
        self.head.add(button)
        if do:
            button.clicked.connect(lambda: do())
        return button

    def add(self, *parts: QWidget | QLayout) -> None:
        """Put parts in the body, one below the other."""
        self.body.add(*parts)

    def set_foot(self, part: QWidget) -> QWidget:
        """Put a part below the body, in sight whatever is scrolled; the foot, to be shown or hidden."""
        foot = QWidget()
        inside = column(foot, gap=0)
        inside.addWidget(Rule("filet"))
        around = column(gap=0, margins=(24, 8, 24, 8))
        around.addWidget(part)
        inside.addLayout(around)
        outer = self.layout()
        assert isinstance(outer, QBoxLayout)
        outer.addWidget(foot)
        return foot

    def set_side(self, side: SideColumn) -> SideColumn:
        """Put a column at the right; where the page is narrow it folds into a button of the head."""
        self._side = side
        self._side_button = self.add_action(side.title, do=self._toggle_side, name="side.button")
        self._side_button.hide()
        set_size(side, width=side.width_at_100)
        self._middle.addWidget(self._side_rule)
        self._middle.addWidget(side)
        return side

    def fold_side(self, folded: bool) -> None:
        """Fold the side column, or lay it out again."""
        if self._side and self._side_button:
            self._side_button.setVisible(folded)
            self._side.setVisible(not folded)
            self._side_rule.setVisible(not folded)
            self.body.show()
            self._widen_side(False)

    def _toggle_side(self) -> None:
        if self._side:
            showing = self._side.isVisibleTo(self)
            self._side.setVisible(not showing)
            self._widen_side(not showing)
            self.body.setVisible(showing)

    def _widen_side(self, wide: bool) -> None:
        if self._side:
            width = theme.current().px(self._side.width_at_100)
            self._side.setMinimumWidth(0 if wide else width)
            self._side.setMaximumWidth(16777215 if wide else width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._side and event.oldSize().width() != self.width():
            self.fold_side(self.side_folds())

    def side_folds(self) -> bool:
        """Whether the page is too narrow for its side column."""
        width = self._side.width_at_100 if self._side else 0
        return self.width() < theme.current().chars(90) + theme.current().px(width) // 2

    def open(self, place: Place) -> None:
        """Show what the place names, and give the focus to its field."""
        self.reload()
        self.show_field(place.field)

    def person_id(self) -> UUID | None:
        """The person this page is about, for the strip above it; None outside a dossier."""
        return None

    def in_interview(self) -> bool:
        """Whether a person is beside the screen."""
        return bool(self.window().property(IN_INTERVIEW))

    def undo(self) -> None:
        """Take back the last act made on this page (Ctrl+Z outside a text)."""

    def print_document(self) -> None:
        """Print what the page shows (Ctrl+P)."""

    def seat(self, place: Place) -> Seat:
        """Where the officer is on this page, for the return after a lock."""
        widget = self.window().focusWidget()  # also while another program has the keyboard
        inside = widget if widget is not None and self.isAncestorOf(widget) else None
        code = self._code_of(inside) if inside else place.field
        return Seat(Place(place.kind, place.id, code), _cursor(inside), self.body.verticalScrollBar().value())

    def take_seat(self, seat: Seat) -> None:
        """Give back the focus, the cursor and the scroll; `open` was called before."""
        code = seat.place.field
        if self.show_field(code):
            shown = self.field_of(code)
            name = shown.objectName() if shown else code
            _set_cursor(self.findChild(QWidget, f"{name}.editor") or shown, seat.cursor)
        # The window may not be laid out yet: there is nothing to scroll before.
        QTimer.singleShot(0, self, lambda: self.body.verticalScrollBar().setValue(seat.scroll))

    def reload(self) -> None:
        """Read the values again and show them; called when the page comes back and after an act."""

    def flush(self) -> bool:
        """Save what is waiting; False if something could not be saved. Called before leaving or locking."""
        return True

    def leave(self) -> None:
        """Wait for what the page has begun elsewhere; called before the program locks or closes."""

    def field_of(self, code: str) -> QWidget | None:
        """The field of that code; one inside a line is built with its line, which is opened for that."""
        part, inside, _ = code.partition(IN_LINE)
        holder = self.findChild(QWidget, part) if part else None
        return holder.show_code(code) if inside and isinstance(holder, HoldsLines) else holder

    def _code_of(self, widget: QWidget) -> str:
        holder = widget.parentWidget()
        while holder is not None and holder is not self:
            if isinstance(holder, HoldsLines) and (code := holder.code_of(widget)):
                return code
            holder = holder.parentWidget()
        return widget.objectName().removesuffix(".editor")

    def show_field(self, code: str) -> bool:
        """Bring the field of that code in sight and give it the focus."""
        widget = self.field_of(code)
        if widget is None:
            return False
        widget.setFocus()
        bring_in_sight(widget)
        return True

    def focus_first(self) -> None:
        """Where no line stands to be chosen: what one does first has the focus, else the first stop of Tab."""
        primary = next((one for one in self.head.buttons() if isinstance(one, PrimaryButton)), None)
        if primary is not None and primary.isEnabled():
            primary.setFocus()
            return
        one = self.nextInFocusChain()
        while one is not None and one is not self:
            if self.isAncestorOf(one) and one.isVisibleTo(self) and one.isEnabled() and stops_tab(one):
                one.setFocus()
                return
            one = one.nextInFocusChain()

    def go(self, kind: str, id: object = None, field: str = "") -> None:
        """Ask the window for another place."""
        self.went.emit(Place(kind, id, field))  # type: ignore[arg-type]


def _cursor(widget: QWidget | None) -> int:
    if isinstance(widget, QPlainTextEdit):
        return widget.textCursor().position()
    return widget.cursorPosition() if isinstance(widget, QLineEdit) else 0


def _set_cursor(widget: QWidget | None, position: int) -> None:
    if isinstance(widget, QPlainTextEdit):
        cursor = widget.textCursor()
        cursor.setPosition(min(position, len(widget.toPlainText())))
        widget.setTextCursor(cursor)
    elif isinstance(widget, QLineEdit):
        widget.setCursorPosition(position)


class PersonPage(Page):
    """A page of the open person, under the strip that names them: its title is that of the section."""

    role, ruled_head = "section", True
