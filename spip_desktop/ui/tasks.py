"""One worker thread for long work (keys, batches, exports): progress, cancel, results in the GUI thread."""

import sys
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot

from spip_desktop.domain.errors import Refusal

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor


class Cancelled(Exception):  # noqa: N818  a wish of the officer, not an error
    """Raised inside a work that was stopped."""


class Task(QObject):
    """A work under way; the work itself calls `progress`, the page shows it and may `cancel`."""

    progressed = Signal(int, int)  # done, total
    finished = Signal()  # whatever the outcome

    def __init__(self) -> None:
        super().__init__()
        self._cancelled = threading.Event()

    def cancel(self) -> None:
        """Ask the work to stop at its next step."""
        self._cancelled.set()

    def progress(self, done: int, total: int) -> None:
        """Called by the work between two slices: says how far it is, and raises Cancelled if it must stop."""
        if self._cancelled.is_set():
            raise Cancelled
        self.progressed.emit(done, total)


class Tasks(QObject):
    """Runs works one after the other in one thread; their ends are called in the GUI thread."""

    _ended = Signal(object)  # Callable[[], None], to be called in the GUI thread

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker: ThreadPoolExecutor | None = None  # made for the first work
        self._running: set[Task] = set()
        self._ended.connect(self._call)

    def run(
        self,
        work: Callable[[], object],
        done: Callable[..., object] | None = None,
        *,
        refused: Callable[[Refusal], object] | None = None,
        failed: Callable[[Exception], object] | None = None,
    ) -> Task:
        """Run a work that needs no progress; `done` gets its result, `refused` its refusal.

        Any other exception goes to `failed`, or without it to the bug dialog (sys.excepthook).
        """
        return self.follow(lambda _: work(), done, refused=refused, failed=failed)

    def follow(
        self,
        work: Callable[[Task], object],
        done: Callable[..., object] | None = None,
        *,
        refused: Callable[[Refusal], object] | None = None,
        failed: Callable[[Exception], object] | None = None,
        cancelled: Callable[[], object] | None = None,
    ) -> Task:
        """Run a work that is given its task, calls `task.progress(done, total)` and can be stopped."""
        task = Task()
        self._running.add(task)

        def job() -> None:
            end = self._outcome(work, task, done, refused, failed, cancelled)
            self._ended.emit(lambda: self._finish(task, end))

        self._start().submit(job)
        return task

    def _start(self) -> "ThreadPoolExecutor":
        if self._worker is None:
            from concurrent.futures import ThreadPoolExecutor

            self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="work")
        return self._worker

    def busy(self) -> bool:
        """Whether something runs or waits."""
        return bool(self._running)

    def stop(self) -> None:
        """Cancel what runs, drop what waits, and wait for the thread and what is to be done at its end."""
        for task in self._running:
            task.cancel()
        if self._worker is not None:
            self._worker.shutdown(wait=True, cancel_futures=True)
            self._worker = None
            QCoreApplication.sendPostedEvents(self)

    @staticmethod
    def _outcome(
        work: Callable[[Task], object],
        task: Task,
        done: Callable[..., object] | None,
        refused: Callable[[Refusal], object] | None,
        failed: Callable[[Exception], object] | None,
        cancelled: Callable[[], object] | None,
    ) -> Callable[[], object]:
        """Do the work, and say what is to be called in the GUI thread."""
        try:
            value = work(task)
        except Cancelled:
            return cancelled or (lambda: None)
        except Refusal as refusal:
            kept = refusal
            return (lambda: refused(kept)) if refused else (lambda: _as_bug(kept))
        except Exception as error:
            bug = error
            return (lambda: failed(bug)) if failed else (lambda: _as_bug(bug))
        return (lambda: done(value)) if done else (lambda: None)

    def _finish(self, task: Task, end: Callable[[], object]) -> None:
        self._running.discard(task)
        try:
            end()
        finally:
            task.finished.emit()

    @Slot(object)
    def _call(self, act: Callable[[], object]) -> None:
        act()


def _as_bug(error: BaseException) -> None:
    sys.excepthook(type(error), error, error.__traceback__)
