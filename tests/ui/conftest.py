"""Fixtures of the screens: the application dressed in the house theme, a window on day J."""

import os
from collections.abc import Callable, Iterator
from datetime import datetime
from uuid import UUID

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from spip_desktop.domain.clock import PARIS
from spip_desktop.domain.place import Place
from spip_desktop.ui import theme
from spip_desktop.ui.rail import RailEntry
from spip_desktop.ui.search_box import SearchHit
from spip_desktop.ui.window import Frame, MainWindow
from tests.ui.checks import settle
from tests.ui.paper import paper

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

__all__ = ["paper"]  # a fixture of every screen

DAY_J = datetime(2026, 11, 22, 14, 2, 31, tzinfo=PARIS)
PERSON = UUID(int=7)
Show = Callable[[QWidget], QWidget]


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> Iterator[QApplication]:
    """The light theme at 100 %, before and after each test; no window is left behind.

    Whatever a test has shown, and whoever still holds it: each one that stays would be dressed again at every change
    of theme or of text size, in all the tests after it.
    """
    theme.apply(qapp, theme.make_theme())
    yield qapp
    for window in qapp.topLevelWidgets():
        if window.parent() is None:
            window.hide()
            window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    theme.apply(qapp, theme.make_theme())


@pytest.fixture
def show(qtbot: QtBot) -> Iterator[Show]:
    """Show a widget as a window of 1280 × 720, the smallest screen; it is gone when the test ends."""

    kept: list[QWidget] = []

    def shown(widget: QWidget) -> QWidget:
        kept.append(widget)  # pytest-qt only holds it weakly
        qtbot.addWidget(widget)
        widget.resize(1280, 720)
        widget.show()
        qtbot.waitExposed(widget)
        widget.activateWindow()
        settle()
        return widget

    yield shown
    for widget in kept:
        if isValid(widget):
            widget.close()
            widget.deleteLater()
    # No event loop runs between tests: Qt would keep them all, and dress them again at every change of theme.
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def found(text: str) -> list[SearchHit]:
    """Two persons whose name begins with what is typed."""
    people = (("Loïc PERRIN", "né le 14/03/2004", UUID(int=7)), ("Louis PERROT", "né le 02/02/1981", UUID(int=8)))
    return [
        SearchHit(name, line, Place("summary", id))
        for name, line, id in people
        if name.split()[1].lower().startswith(text.lower())
    ]


@pytest.fixture
def window(show: Show) -> MainWindow:
    """The main window with a few entries, on day J."""
    made = MainWindow(Frame(now=lambda: DAY_J, search=found, demonstration=True))
    made.register(RailEntry("todo", "À traiter", "list"))
    made.register(RailEntry("persons", "Personnes", "people"))
    made.register(RailEntry("agenda", "Agenda", "calendar"))
    made.register(RailEntry("summary", "Synthèse", where="section"))
    made.register(RailEntry("interviews", "Entretiens", where="section"))
    made.register(RailEntry("settings", "Réglages", "sliders", "bottom"))
    show(made)
    return made
