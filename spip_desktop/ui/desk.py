"""The desk of one officer: the window with its pages, made from the services of the open store."""

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from spip_desktop.domain.errors import Problem
from spip_desktop.domain.place import Place
from spip_desktop.services.unlock import lock
from spip_desktop.settings import Settings
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.screens import entries, pages, search, strip
from spip_desktop.ui.settings.page import SettingsPage
from spip_desktop.ui.tasks import Tasks
from spip_desktop.ui.window import Frame, MainWindow
from spip_desktop.ui.workplace import Workplace
from spip_desktop.wiring import Services
from spip_desktop.wording import sentence

HOME = Place("persons")


class Desk(QObject):
    """From the unlocking to the lock. `locked` asks the program to lock, with the reason."""

    locked = Signal(str)
    settings_changed = Signal(object)  # Settings

    def __init__(self, services: Services, tasks: Tasks, settings: Settings, notices: tuple[Problem, ...]) -> None:
        super().__init__()
        self.services, self._settings, self._notices = services, settings, notices
        clock = services.clock
        self.window = MainWindow(
            Frame(clock.local, lambda text: search(services, text), services.context.demonstration)
        )
        self.guard = Guard(services.desk.log, self.window)
        self.guard.install()
        self._tasks = tasks
        every = pages(services, self.guard, self._make_settings)
        for entry in entries(every):
            self.window.register(entry)
        self.workplace = Workplace(self.window, every, HOME, lambda page: strip(services, page), sentence)
        self.window.help_asked.connect(lambda: self.workplace.go(Place("help")))
        self.window.lock_asked.connect(lambda: self.locked.emit("lock"))
        self.window.text_size_asked.connect(lambda percent: self.wear(replace(self._settings, text_percent=percent)))

    @property
    def settings(self) -> Settings:
        return self._settings

    def start(self) -> None:
        """Open the first page, or go back to the seat; say what the entrance had to say."""
        self.workplace.start(self.services.desk.seat())
        if self._notices:
            self.window.save_failed(sentence(self._notices[0]))

    def _make_settings(self) -> SettingsPage:
        page = SettingsPage(self.services, self.guard, self._tasks, lambda: self._settings)
        page.settings_changed.connect(self.wear)
        return page

    def wear(self, settings: Settings) -> None:
        """Keep the settings of this workstation; the program applies the look."""
        self._settings = settings
        self.settings_changed.emit(settings)

    def put_away(self, reason: str) -> bool:
        """Save everything and close the store; False when something could not be saved."""
        if not self.workplace.flush():
            return False
        self.services.desk.sit(self.workplace.seat())
        lock(self.services.context, reason)
        return True
