"""How many lines wait in « À traiter », beside its entry of the rail on whatever page one is."""

from functools import partial

from PySide6.QtCore import QObject, QTimer

from spip_desktop.ui.tasks import Tasks
from spip_desktop.ui.window import MainWindow
from spip_desktop.wiring import Services

_TODO = "todo"
_EVERY = 60_000  # ms


class WaitingCount(QObject):
    """Counted in the worker once the window is open, then once a minute where something was written meanwhile.

    The page tells its own count whenever it reads its list; after a lock one comes back to another page.
    """

    def __init__(self, services: Services, tasks: Tasks, window: MainWindow) -> None:
        super().__init__(window)
        self._services, self._tasks, self._window = services, tasks, window
        self._counted: object = None  # the state of the store, and the day
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Begin, or begin again once the rail has other entries."""
        self._counted = None
        if _TODO in self._window.rail.kinds():
            self.look()
            self._timer.start()
        else:
            self._timer.stop()

    def stop(self) -> None:
        """The store is about to be closed."""
        self._timer.stop()

    def look(self) -> None:
        """Count again, unless nothing was written since, the same day."""
        state = self._services.context.store.commits, self._services.clock.today()
        if state != self._counted:
            self._counted = state
            # A list that cannot be read is told by its page, not by a number beside it.
            shown = partial(self._window.set_count, _TODO)
            self._tasks.run(self._count, shown, refused=lambda _: None, failed=lambda _: None)

    def _count(self) -> int:
        return sum(len(group.lines) for group in self._services.todo.groups())
