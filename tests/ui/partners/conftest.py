"""The pages of the partners over a real store."""

from typing import Protocol

import pytest
from PySide6.QtCore import QEventLoop, QTimer

from spip_desktop.services.context import Context
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.tasks import Tasks
from spip_desktop.wiring import Services, make_services
from tests.ui.checks import settle


@pytest.fixture
def services(context: Context) -> Services:
    return make_services(context)


@pytest.fixture
def guard() -> Guard:
    def fail(line: str) -> None:
        raise AssertionError(line)

    return Guard(fail)


class Working(Protocol):
    """A page, or a line of one, that has a worker."""

    tasks: Tasks


def wait_for(work: Working) -> None:
    """Let the worker end and the page show what it found."""
    loop = QEventLoop()
    timer = QTimer()
    timer.timeout.connect(lambda: None if work.tasks.busy() else loop.quit())
    timer.start(5)
    loop.exec()
    settle()
