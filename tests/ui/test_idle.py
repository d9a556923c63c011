"""The program locks once after a time without a sign of life."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from spip_desktop.ui.idle import IdleWatch
from tests.ui.conftest import Show
from tests.ui.typing import press, type_text

#: A delay of a few milliseconds stands for the minutes of a real workstation.
DELAY = 40 / 60_000
MINUTES = 5


@pytest.fixture
def watch(qapp: QApplication) -> Iterator[IdleWatch]:
    made = IdleWatch(MINUTES)
    qapp.installEventFilter(made)
    yield made
    qapp.removeEventFilter(made)


@pytest.fixture
def line(show: Show) -> QLineEdit:
    made = QLineEdit()
    show(made)
    return made


def test_without_a_sign_of_life_it_is_idle_once(watch: IdleWatch, qtbot: QtBot) -> None:
    told = QSignalSpy(watch.idle)
    with qtbot.waitSignal(watch.idle, timeout=5000):
        watch.set_minutes(DELAY)
    assert not watch._timer.isActive()
    assert told.count() == 1


@pytest.mark.parametrize("minutes", [1, 5, 20])
def test_the_minutes_are_minutes(watch: IdleWatch, minutes: int) -> None:
    watch.set_minutes(minutes)
    assert watch._timer.interval() == minutes * 60_000
    assert watch._timer.remainingTime() > (minutes - 1) * 60_000


def let_time_go_by(watch: IdleWatch, qtbot: QtBot) -> int:
    """Let a part of a second go by; returns the milliseconds left (the timer is true to 5 %)."""
    watch.set_minutes(1 / 60)
    qtbot.waitUntil(lambda: watch._timer.remainingTime() < 700, timeout=5000)
    return watch._timer.remainingTime()


def test_a_key_begins_the_time_anew(watch: IdleWatch, line: QLineEdit, qtbot: QtBot) -> None:
    left = let_time_go_by(watch, qtbot)
    type_text(line, "é")
    assert watch._timer.remainingTime() > left + 100
    assert line.text() == "é"


def test_a_gesture_of_the_mouse_begins_the_time_anew(watch: IdleWatch, line: QLineEdit, qtbot: QtBot) -> None:
    left = let_time_go_by(watch, qtbot)
    none = Qt.MouseButton.NoButton
    moved = QMouseEvent(QEvent.Type.MouseMove, QPointF(4, 4), QPointF(4, 4), none, none, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(line, moved)
    assert watch._timer.remainingTime() > left + 100


def test_what_the_program_does_by_itself_is_no_sign_of_life(watch: IdleWatch, line: QLineEdit, qtbot: QtBot) -> None:
    left = let_time_go_by(watch, qtbot)
    line.setText("mis à jour")
    line.repaint()
    QApplication.processEvents()
    assert watch._timer.remainingTime() <= left


def test_a_key_after_the_lock_watches_again(watch: IdleWatch, line: QLineEdit, qtbot: QtBot) -> None:
    with qtbot.waitSignal(watch.idle, timeout=5000):
        watch.set_minutes(DELAY)
    with qtbot.waitSignal(watch.idle, timeout=5000):
        press(line, Qt.Key.Key_Space)
