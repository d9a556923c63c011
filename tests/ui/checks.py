"""What every screen must pass: no clipped text, a name on every control, a ring on every stop of Tab."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTableView,
    QTextEdit,
    QWidget,
)

from spip_desktop.ui import theme
from spip_desktop.ui.buttons import PrimaryButton
from spip_desktop.ui.focus_ring import FocusRing
from spip_desktop.ui.text import Text

_CONTROLS = (QAbstractButton, QLineEdit, QComboBox, QPlainTextEdit, QTextEdit, QTableView)
SIZES = (100, 150, 200)


def settle() -> None:
    """Let layouts and the focus come to rest."""
    for _ in range(6):
        QApplication.processEvents()


def at_text_size(percent: int, name: str = "light") -> None:
    """Dress the application at a text size, as the settings do."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(app, theme.make_theme(name, percent))
    settle()


def clipped(root: QWidget) -> list[str]:
    """The words that do not hold in their widget: « what, needed > had »."""
    return [told for widget in _shown(root) for told in _clipped(widget)]


def assert_no_clipped_text(root: QWidget, sizes: tuple[int, ...] = SIZES) -> None:
    """No label and no button is smaller than its words, at each text size (percent)."""
    width = root.width()
    for percent in sizes:
        at_text_size(percent)
        root.resize(width, root.height())
        settle()
        assert root.width() == width, f"at {percent} % the window needs {root.width()} pixels"
        assert not clipped(root), f"at {percent} %: {clipped(root)}"
    at_text_size(100)


def unnamed(root: QWidget) -> list[str]:
    """The controls a screen reader has nothing to say of."""
    silent = []
    for widget in _shown(root):
        if isinstance(widget, _CONTROLS) and widget.focusPolicy() != Qt.FocusPolicy.NoFocus:
            found = QAccessible.queryAccessibleInterface(widget)
            if not (widget.accessibleName() or (found and found.text(QAccessible.Text.Name))):
                silent.append(f"{type(widget).__name__} « {widget.objectName()} »")
    return silent


def assert_every_control_is_named(root: QWidget) -> None:
    assert not unnamed(root)


def assert_tab_ring(window: QWidget) -> list[QWidget]:
    """Tab goes round, every control that can be used is visited, and shows a ring; returns the stops."""
    first = next(one for one in _shown(window) if _is_stop(one))
    window.activateWindow()
    first.setFocus()
    settle()
    ring = window.findChild(FocusRing)
    stops: list[QWidget] = []
    while (focused := QApplication.focusWidget()) is not None and focused not in stops:
        stops.append(focused)
        inside = focused.property("ring") == "inside"
        assert inside or (ring and ring.target() is focused), f"no ring on {focused.objectName()}"
        assert len(stops) < 300, "Tab never comes back"
        _press_tab(focused)
        settle()
    missed = [one for one in _shown(window) if _is_stop(one) and one not in stops and not _in_group(one, stops)]
    assert not missed, f"Tab misses {[one.objectName() or type(one).__name__ for one in missed]}"
    return stops


def assert_one_filled_button(page: QWidget) -> None:
    """At most one primary action a page."""
    filled = [one.text() for one in _shown(page) if isinstance(one, PrimaryButton)]
    assert len(filled) <= 1, filled


def _shown(root: QWidget) -> Iterator[QWidget]:
    for widget in (root, *root.findChildren(QWidget)):
        if widget.isVisible():
            yield widget


def _clipped(widget: QWidget) -> Iterator[str]:
    if isinstance(widget, Text):
        if not widget.text():
            return
        wide = 0 if widget.wordWrap() else widget.sizeHint().width()
        high = widget.heightForWidth(widget.width()) if widget.wordWrap() else widget.sizeHint().height()
    elif isinstance(widget, QAbstractButton) or (isinstance(widget, QLabel) and widget.text()):
        wide, high = widget.minimumSizeHint().width(), widget.minimumSizeHint().height()
    else:
        return
    if widget.width() < wide or widget.height() < high:
        had = f"{widget.width()}×{widget.height()}"
        yield f"{type(widget).__name__} « {widget.text()} » needs {wide}×{high}, has {had}"


def _is_stop(widget: QWidget) -> bool:
    wanted = bool(widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value)
    scrolls = isinstance(widget, QAbstractScrollArea) and not isinstance(widget, _CONTROLS)
    return wanted and widget.isEnabled() and widget.isVisible() and widget.focusProxy() is None and not scrolls


def _in_group(widget: QWidget, stops: list[QWidget]) -> bool:
    """A radio button is reached by the arrows from the one of its group that Tab visits."""
    if not isinstance(widget, QAbstractButton) or widget.group() is None:
        return False
    return any(isinstance(one, QAbstractButton) and one.group() is widget.group() for one in stops)


def _press_tab(widget: QWidget) -> None:
    from tests.ui.typing import press

    press(widget, Qt.Key.Key_Tab)
