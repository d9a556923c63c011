"""What Windows' messages mean to us; that Windows sends them is not verified, no machine here runs it."""

import pytest
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from spip_desktop.ui.session_windows import WindowsSessionWatch


@pytest.mark.parametrize(
    ("message", "word", "reasons"),
    [
        (0x0218, 0x4, ["sleep"]),
        (0x0218, 0x12, []),  # waking up
        (0x02B1, 0x7, ["session"]),
        (0x02B1, 0x2, ["session"]),
        (0x02B1, 0x8, []),  # unlocked
        (0x0100, 0x7, []),  # a key
    ],
)
def test_a_session_that_locks_or_a_machine_that_sleeps_asks_for_the_lock(
    qtbot: QtBot, message: int, word: int, reasons: list[str]
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    watch = WindowsSessionWatch(window)
    due = QSignalSpy(watch.due)
    watch.hear(message, word)
    assert [due.at(number)[0] for number in range(due.count())] == reasons
