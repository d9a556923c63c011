"""Long work of a page: said while it goes on, stopped by a button, its refusals told by the page."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtWidgets import QWidget

from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.text import NBSP
from spip_desktop.ui.buttons import Button
from spip_desktop.ui.labels import SmallText
from spip_desktop.ui.layout import FlowRow, column
from spip_desktop.ui.tasks import Task, Tasks

T = TypeVar("T")
Progress = Callable[[int, int], object]


class WorkLine(QWidget):
    """Hidden while nothing goes on."""

    def __init__(self, refused: Callable[[Refusal], object], stopped: Callable[[], object], *, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._refused, self._stopped = refused, stopped
        self._task: Task | None = None
        self._words = ""
        self.tasks = Tasks(self)
        self.said, self.stop = SmallText("", wrap=False), Button("Arrêter", name=f"{name}.stop")
        line = FlowRow(gap=8)
        line.add(self.said, self.stop)
        column(self).addWidget(line)
        self.stop.clicked.connect(self._cancel)
        self.hide()

    def run(self, words: str, work: Callable[[Progress], T], done: Callable[[T], object]) -> None:
        """Do it in the worker; `words` say what goes on, with how much of it is done."""
        self._words = words
        self._task = self.tasks.follow(
            lambda task: work(task.progress), done, refused=self._refused, cancelled=self._stopped
        )
        self._task.progressed.connect(self._show)
        self._task.finished.connect(self.hide)
        self.said.setText(words)
        self.show()
        self.stop.setFocus()

    def _show(self, done: int, total: int) -> None:
        self.said.setText(f"{self._words}{NBSP}: {100 * done // total}{NBSP}%" if total else self._words)

    def _cancel(self) -> None:
        if self._task:
            self._task.cancel()
