"""What the program does by itself for the store while one works: backups, checks, room on the disk, the clock."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from spip_desktop.domain.errors import Problem, Refusal
from spip_desktop.domain.text import french_spaces
from spip_desktop.services.backup import Status
from spip_desktop.services.health import Due, Findings
from spip_desktop.ui.folder_choice import choose_folder
from spip_desktop.ui.loss_bar import LossBar
from spip_desktop.ui.tasks import Tasks
from spip_desktop.ui.window import MainWindow
from spip_desktop.wiring import Services
from spip_desktop.wording import sentence
from spip_desktop.wording.backup import COPIED, COPY_ELSEWHERE, DISK_FULL, age, pages_damaged
from spip_desktop.wording.backup import jump as jump_words

_EVERY = 60_000  # ms


class Keeper(QObject):
    """One timer a minute; long work goes to the worker, one at a time. `told` says what became of backups."""

    told = Signal(object)  # Status

    def __init__(self, services: Services, tasks: Tasks, window: MainWindow) -> None:
        super().__init__(window)
        self._services, self._tasks, self._window = services, tasks, window
        self._problem = ""  # why the last backup could not be made
        self._commits = -1
        self.choose: Callable[[], Path | None] = lambda: choose_folder(window, COPY_ELSEWHERE)
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY)
        self._timer.timeout.connect(self.tick)
        self.loss_bar = LossBar(services.health, self._acknowledged)

    def start(self) -> tuple[Problem, ...]:
        """Begin to watch; what the officer must be told first."""
        health = self._services.health
        notices = health.begin()
        self._window.failure_action = self._failure_action
        self._tasks.run(health.take_reserve, failed=lambda _: None)
        loss = health.loss()
        if loss is not None:
            self._window.show_above(self.loss_bar.about(loss))
        health.watch_clock()
        self.show_status()
        self._timer.start()
        return notices

    def stop(self) -> None:
        """The store is about to be closed."""
        self._timer.stop()

    def tick(self) -> None:
        """Once a minute: what is due is done, when nothing else is under way."""
        health, store = self._services.health, self._services.context.store
        jump = health.watch_clock()
        if jump is not None:
            by = jump_words(jump.by.total_seconds())
            self._window.band.show_sentence(sentence(Problem("clock_jumped", data={"by": by})))
        if store.commits == self._commits:
            health.rest()  # nobody writes: the WAL goes into the file, the anchor follows
        self._commits = store.commits
        if not self._tasks.busy():
            if health.due() is not Due.NOT:
                self.look()  # not in the first minute: the officer is coming back to a page
            if health.released:
                self._tasks.run(health.take_reserve, lambda _: self.show_status(), failed=lambda _: None)
            if self._services.backups.due():
                self.back_up("work")
        self.show_status()

    # -- backups ---------------------------------------------------------------------------------------------

    def back_up(self, reason: str, done: Callable[[], object] = lambda: None) -> None:
        """Make a backup in the worker, and its second copy where one was asked for."""

        def made(_: object) -> None:
            self._problem = ""
            self.show_status()
            done()

        def refused(refusal: Refusal) -> None:
            self._problem = sentence(refusal)
            self.show_status()
            done()

        self._tasks.follow(
            lambda task: self._services.backups.make_everywhere(reason, task.progress), made, refused=refused
        )

    def status(self) -> Status:
        return self._services.backups.status()

    @property
    def problem(self) -> str:
        """Why the last backup was not made, in a sentence; empty when it was."""
        return self._problem

    def show_status(self) -> None:
        """Say in the window how old the last verified backup is, and in red what has to be put right."""
        status = self.status()
        words, late = age(status.days), status.late and status.days is not None
        if self._services.health.released:
            words, late = DISK_FULL, True
        elif self._problem:
            words, late = f"Sauvegarde impossible. {words}", True
        self._window.set_status(french_spaces(words), late, "clock" if status.days is None else "check")
        self.told.emit(status)

    # -- looking at the store --------------------------------------------------------------------------------

    def look(self) -> None:
        """Read every page and every table, in the worker; say which page is broken and what there is to do."""
        health = self._services.health
        health.rest()

        def looked(found: Findings) -> None:
            if not found.whole:
                newest = self.status().newest
                words = pages_damaged(found.pages, newest.made_at if newest else None)
                self._window.save_failed(words, COPY_ELSEWHERE, self.copy_elsewhere)

        self._tasks.run(health.check, looked, refused=lambda refusal: self._window.save_failed(sentence(refusal)))

    def _acknowledged(self) -> None:
        self._window.show_above(None)

    # -- another medium --------------------------------------------------------------------------------------

    def _failure_action(self) -> tuple[str, Callable[[], object]] | None:
        """What the failure band offers when it is the disk that refuses."""
        if not self._services.context.store.trouble:
            return None
        return COPY_ELSEWHERE, self.copy_elsewhere

    def copy_elsewhere(self) -> None:
        """Choose a folder on another medium and copy the store there, verified."""
        folder = self.choose()
        if folder is None:
            return
        self._tasks.follow(
            lambda task: self._services.backups.copy_to(folder, task.progress),
            lambda _: self._window.band.show_sentence(french_spaces(COPIED.format(folder=folder))),
            refused=lambda refusal: self._window.band.show_sentence(
                sentence(refusal), COPY_ELSEWHERE, self.copy_elsewhere
            ),
        )
