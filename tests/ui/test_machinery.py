"""Autosave, undo, the worker and the guard keep what they promise."""

import sys
import threading
from collections.abc import Iterator
from datetime import datetime

import pytest
from PySide6.QtCore import QObject, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from spip_desktop.domain.clock import PARIS
from spip_desktop.domain.errors import Refusal
from spip_desktop.ui.autosave import NOT_SAVED, Autosave
from spip_desktop.ui.guard import Guard, bug_code
from spip_desktop.ui.history import History, Step
from spip_desktop.ui.tasks import Task, Tasks
from tests.ui.checks import settle

AT = datetime(2026, 11, 22, 14, 2, 31, tzinfo=PARIS)


class Saver:
    """A service that saves, refuses or breaks, as told."""

    def __init__(self) -> None:
        self.sent: list[frozenset[str]] = []
        self.error: Exception | None = None

    def save(self, codes: frozenset[str]) -> datetime:
        if self.error:
            raise self.error
        self.sent.append(codes)
        return AT


def test_a_change_is_saved_by_itself_and_said_after(qtbot: QtBot) -> None:
    saver = Saver()
    autosave = Autosave(saver.save)
    with qtbot.waitSignal(autosave.saved, timeout=1500) as told:
        autosave.touch("name")
        autosave.touch("born")
        assert saver.sent == []
    assert saver.sent == [frozenset({"name", "born"})]
    assert told.args == [AT]


def test_typing_without_a_pause_is_saved_within_two_seconds(qtbot: QtBot) -> None:
    saver = Saver()
    autosave = Autosave(saver.save)
    keys = QObject()
    timer = keys.startTimer(100)
    keys.timerEvent = lambda _: autosave.touch("note")  # type: ignore[method-assign]
    autosave.touch("note")
    qtbot.waitUntil(lambda: bool(saver.sent), timeout=2000)
    keys.killTimer(timer)


def test_flush_saves_now() -> None:
    saver = Saver()
    autosave = Autosave(saver.save)
    assert autosave.flush()
    autosave.touch("name")
    assert autosave.flush()
    assert saver.sent == [frozenset({"name"})]
    assert not autosave.waiting()


def test_a_failure_is_loud_and_keeps_what_was_typed(qtbot: QtBot) -> None:
    saver, bugs = Saver(), list[Exception]()
    saver.error = OSError("No space left on device")
    autosave = Autosave(saver.save, report=bugs.append)
    autosave.touch("name")
    with qtbot.waitSignal(autosave.failed) as told:
        assert not autosave.flush()
    assert told.args == [NOT_SAVED]
    assert autosave.waiting() == {"name"}
    assert bugs == [saver.error]
    saver.error = None
    assert autosave.flush()


def test_a_refusal_is_given_to_the_page(qtbot: QtBot) -> None:
    saver = Saver()
    saver.error = Refusal("too_long", "name")
    autosave = Autosave(saver.save)
    autosave.touch("name")
    with qtbot.waitSignal(autosave.refused) as told:
        assert not autosave.flush()
    assert told.args[0].code == "too_long"


def test_undo_and_redo_call_the_services_again() -> None:
    done: list[str] = []
    history = History()
    history.push(Step("Action supprimée", lambda: done.append("restore"), lambda: done.append("delete")))
    assert history.undo() == "Action supprimée"
    assert history.redo() == "Action supprimée"
    assert done == ["restore", "delete"]
    history.clear()
    assert not history.can_undo()
    assert history.undo() == history.redo() == ""


def test_an_undo_that_is_refused_stays_possible() -> None:
    def refuse() -> None:
        raise Refusal("closed")

    history = History()
    history.push(Step("Action supprimée", refuse))
    with pytest.raises(Refusal):
        history.undo()
    assert history.can_undo()


@pytest.fixture
def tasks() -> Iterator[Tasks]:
    made = Tasks()
    yield made
    made.stop()


def test_a_work_runs_elsewhere_and_ends_here(tasks: Tasks, qtbot: QtBot) -> None:
    ends: list[tuple[object, bool]] = []
    here = threading.current_thread()
    tasks.run(
        lambda: threading.current_thread() is not here,
        lambda elsewhere: ends.append((elsewhere, threading.current_thread() is here)),
    )
    qtbot.waitUntil(lambda: bool(ends), timeout=2000)
    assert ends == [(True, True)]
    assert not tasks.busy()


def test_a_refusal_of_the_worker_comes_back_as_one(tasks: Tasks, qtbot: QtBot) -> None:
    refused: list[str] = []

    def work() -> None:
        raise Refusal("wrong_passphrase")

    tasks.run(work, refused=lambda refusal: refused.append(refusal.code))
    qtbot.waitUntil(lambda: refused == ["wrong_passphrase"], timeout=2000)


def test_long_work_says_how_far_it_is_and_can_be_stopped(tasks: Tasks, qtbot: QtBot) -> None:
    told: list[tuple[int, int]] = []
    stopped: list[bool] = []
    go_on = threading.Event()

    def work(task: Task) -> None:
        task.progress(1, 1000)
        go_on.wait(2)
        for step in range(2, 1000):
            task.progress(step, 1000)

    task = tasks.follow(work, cancelled=lambda: stopped.append(True))
    task.progressed.connect(lambda done, total: told.append((done, total)))
    task.cancel()
    go_on.set()
    qtbot.waitUntil(lambda: stopped == [True], timeout=3000)
    assert len(told) <= 1


@pytest.fixture
def hooks() -> Iterator[None]:
    kept, threads = sys.excepthook, threading.excepthook
    handler = qInstallMessageHandler(None)
    yield
    sys.excepthook, threading.excepthook = kept, threads
    qInstallMessageHandler(handler)


def broken(name: str) -> None:
    raise ValueError(f"cannot read {name}")


def test_a_refusal_is_a_sentence_and_not_a_dialog(qtbot: QtBot) -> None:
    lines: list[str] = []
    told: list[str] = []

    def refuse() -> None:
        raise Refusal("missing", "name")

    guard = Guard(lines.append)
    assert guard.run(refuse, refused=lambda refusal: told.append(refusal.code)) is None
    assert told == ["missing"]
    assert lines == []
    assert guard.run(lambda value: value + 1, 2) == 3


def test_a_bug_has_a_code_and_the_journal_no_name(qtbot: QtBot) -> None:
    lines: list[str] = []
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    guard = Guard(lines.append, window)
    guard.run(broken, "Loïc PERRIN")
    settle()
    box = window.findChild(QMessageBox, "bug")
    assert box is not None
    assert box.isVisible()
    code = lines[0].split()[0]
    assert code in box.text()
    assert "PERRIN" not in lines[0]
    assert "ValueError" in lines[0]
    assert not any(place.startswith("/") for place in lines[0].split(" < "))
    guard.run(broken, "Loïc PERRIN")
    assert [line.split()[0] for line in lines] == [code, code]
    box.buttons()[0].click()
    settle()
    assert guard.run(broken, "x") is None


def test_calls_of_qt_do_not_use_none_up(dressed: QApplication) -> None:
    """PySide6 6.12 gives back None once too often at each call; before Python 3.12 that ends the interpreter."""
    label = QObject()
    for _ in range(20_000):
        label.setObjectName("x")
    assert sys.version_info >= (3, 12) or sys.getrefcount(None) > 1 << 39


def test_the_same_bug_has_the_same_code_whatever_was_typed() -> None:
    codes = set()
    for name in ("PERRIN", "N’DIAYE"):
        try:
            broken(name)
        except ValueError as error:
            codes.add(bug_code(error))
    assert len(codes) == 1


def test_what_no_one_caught_is_told(hooks: None, qtbot: QtBot) -> None:
    lines: list[str] = []
    window = QWidget()
    qtbot.addWidget(window)
    guard = Guard(lines.append, window)
    guard.install()
    try:
        broken("Loïc PERRIN")
    except ValueError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    lines = [line for line in lines if not line.startswith("Qt ")]
    assert len(lines) == 1
    assert "PERRIN" not in lines[0]
