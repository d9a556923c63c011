"""What stands where on a window, in words and numbers: what the review of the pictures compares.

Pictures differ by a shade from one machine to another; places and words do not. The tones (mean grey of large
squares) tell a panel of the wrong ground, or one that is not drawn.
"""

import re
from collections.abc import Iterator
from typing import cast

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollBar,
    QTableView,
    QWidget,
)

COLUMNS, ROWS = 32, 20
#: Begins a line about what is cut off: no reviewed page has one.
CUT = "coupé "
_MUST_SHOW = (QLabel, QAbstractButton, QLineEdit, QComboBox, QPlainTextEdit)
_MOST = 90  # signs of a text
#: What is new in every run: identifiers, a key, a version.
_CHANGING = (
    (re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"), "*"),
    (re.compile(r"^(\d+\.\u00a0)[0-9A-Z]{4}$"), r"\1*"),
    (re.compile(r"^(Groupe) \d+.*$"), r"\1 *"),
    (re.compile(r"^group_\d+"), "group_*"),
    (re.compile(r"^Version \d[\d.]*"), "Version *"),
)


def survey(window: QWidget, picture: QImage) -> str:
    """One line for each thing in sight (x, y, width, height, kind, name, words), then the tones."""
    lines = [*_things(window), *(f"{CUT}{told}" for told in cut_off(window))]
    return "\n".join([*lines, *_tones(picture)]) + "\n"


def _things(window: QWidget) -> Iterator[str]:
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or not _in_sight(widget):
            continue
        spot = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
        if isinstance(widget, QTableView):
            yield from _cells(widget, window)
        elif (words := _words(widget)) is not None:
            yield _line(spot, widget, words)


def cut_off(window: QWidget) -> Iterator[str]:
    """What reaches out of the part it stands in, and is cut there; what one scrolls to is not."""
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or not isinstance(widget, _MUST_SHOW) or _words(widget) == "":
            continue
        rect, part = widget.rect(), cast(QWidget, widget)
        while part is not window and not _scrolls(part):
            rect = rect.translated(part.pos())
            part = cast(QWidget, part.parentWidget())
            if not part.rect().contains(rect):
                said = (_words(widget) or "")[:_MOST]
                yield f"{type(widget).__name__} {_steady(widget.objectName()) or '-'} {said}".rstrip()
                break


def _scrolls(part: QWidget) -> bool:
    """Whether this is what moves inside a scrolled area."""
    port = part.parentWidget()
    area = port.parentWidget() if port else None
    return isinstance(area, QAbstractScrollArea) and area.viewport() is port


def _in_sight(widget: QWidget) -> bool:
    return not widget.visibleRegion().isEmpty()


def _words(widget: QWidget) -> str | None:
    """What the widget says; None for what is only a frame."""
    if isinstance(widget, QLabel | QAbstractButton):
        return widget.text() or (widget.accessibleName() if isinstance(widget, QAbstractButton) else None)
    if isinstance(widget, QLineEdit):
        hidden = widget.echoMode() != QLineEdit.EchoMode.Normal
        return "•" if hidden else widget.text()
    if isinstance(widget, QPlainTextEdit):
        return widget.document().toPlainText()
    if isinstance(widget, QComboBox):
        return widget.currentText()
    return "" if isinstance(widget, QScrollBar) else None


def _cells(table: QTableView, window: QWidget) -> Iterator[str]:
    model, port = table.model(), table.viewport()
    for row in range(model.rowCount() if model else 0):
        index = model.index(row, 0)
        rect = table.visualRect(index)
        if not rect.intersects(port.rect()):
            continue
        said = (
            str(model.index(row, column).data(Qt.ItemDataRole.AccessibleTextRole) or "")
            for column in range(model.columnCount())
        )
        spot = QRect(port.mapTo(window, rect.topLeft()), rect.size())
        yield _line(spot, table, " | ".join(said), f"{table.objectName()}.{row}")


def _line(spot: QRect, widget: QWidget, words: str, name: str = "") -> str:
    said = " ".join(words.replace("\u00a0", "~").split()).replace("~", "\u00a0")
    said = _steady(said)[:_MOST]  # an identifier that is cut is not known any more
    name = _steady(name or widget.objectName() or "-")
    kind = type(widget).__name__.lstrip("_")
    return f"{spot.x()} {spot.y()} {spot.width()} {spot.height()} {kind} {name.replace(' ', '_')} {said}".rstrip()


def _steady(words: str) -> str:
    for pattern, instead in _CHANGING:
        words = pattern.sub(instead, words)
    return words


def _tones(picture: QImage) -> Iterator[str]:
    """Mean greys of a grid, two hexadecimal digits a square."""
    small = picture.convertToFormat(QImage.Format.Format_Grayscale8).scaled(
        COLUMNS, ROWS, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
    for y in range(ROWS):
        yield "tons " + "".join(f"{small.pixelColor(x, y).value():02x}" for x in range(COLUMNS))
