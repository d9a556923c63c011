"""Starts the window: the unlock page is painted first, what is heavy is imported behind it."""

from spip_desktop import ui  # noqa: F401  before all others: it gives Python its own `import` back

# isort: split

import gc
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QFileSystemWatcher, QObject, QSettings, QTranslator
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from spip_desktop import __version_date__, relaunch
from spip_desktop.cli import Options
from spip_desktop.domain.clock import Clock
from spip_desktop.domain.errors import Problem, Refusal
from spip_desktop.domain.ids import Ids
from spip_desktop.security import folder as folders
from spip_desktop.security import instance
from spip_desktop.security.hardening import harden
from spip_desktop.services.unlock import Entrance
from spip_desktop.settings import Settings, SettingsFile, usual_settings_path, usual_store_folder
from spip_desktop.ui import theme
from spip_desktop.ui.entrance.flow import EntranceFlow
from spip_desktop.ui.entrance.window import EntranceWindow
from spip_desktop.ui.tasks import Tasks
from spip_desktop.wording import sentence

if TYPE_CHECKING:
    from spip_desktop.security.derivation import Argon2
    from spip_desktop.services.unlock import Entry
    from spip_desktop.ui.clipboard import ClipboardWatch
    from spip_desktop.ui.desk import Desk
    from spip_desktop.ui.idle import IdleWatch
    from spip_desktop.ui.session_watch import SessionWatch
    from spip_desktop.ui.session_windows import WindowsSessionWatch

_USUAL_SIZE = (1280, 800)
INTERVIEW_MINUTES = 45
_NOWHERE = "/dev/null/nowhere"


def run(options: Options) -> int:
    """Show the window until it is closed; the value is the exit code of the program."""
    harden()
    application = make_application()
    program = Program(application, options, tells_story=options.demonstration)
    return application.exec() if program.start() else 0


def make_application() -> QApplication:
    """The application with its name, its fonts and Qt's own words in French."""
    # Qt's own settings would keep the folders seen in its dialogs, in clear (security.md §4.3): they go nowhere.
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, _NOWHERE)
    QGuiApplication.setDesktopFileName("spip-desktop")
    application = QApplication.instance()
    if application is None:
        application = QApplication([sys.argv[0], "-style", theme.STYLE])
        application.setProperty("style", theme.STYLE)
    assert isinstance(application, QApplication)
    application.setApplicationName("SPIP Desktop")
    translate(application)
    return application


def translate(application: QApplication) -> None:
    """Load Qt's French words: buttons of its dialogs, menus of its text fields."""
    from PySide6.QtCore import QLibraryInfo

    french = QTranslator(application)
    if french.load("qtbase_fr", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        application.installTranslator(french)


class Program(QObject):
    """One run of the program on one store folder: the entrance, then the desk, then the lock.

    `cost` is what a guess at a new passphrase costs (the shipped one when None); `again` is how this program is
    started again after a lock, before its options; `tells_story` fills a new demonstration with its caseload;
    `ticks` counts the seconds of the twelve hours (those since the machine was started when None).
    """

    def __init__(
        self,
        application: QApplication,
        options: Options,
        clock: Clock | None = None,
        *,
        cost: "Callable[[], Argon2] | None" = None,
        again: Sequence[str] = (),
        tells_story: bool = False,
        ticks: "Callable[[], float] | None" = None,
    ) -> None:
        super().__init__(application)
        self._application, self._options = application, options
        self._tells_story = tells_story
        self._cost, self._again = cost, tuple(again) or relaunch.this_program()
        self._file = SettingsFile(usual_settings_path())
        self.settings = self._file.read()
        self.clock = clock or _clock_of(options)
        self.folder = self._folder()
        self.tasks = Tasks(self)
        self.entrance_window: EntranceWindow | None = None
        self.desk: Desk | None = None
        self._instance: instance.InstanceLock | None = None
        self._watcher: QFileSystemWatcher | None = None
        self._idle: IdleWatch | None = None
        self._clipboard: ClipboardWatch | None = None
        self._ticks = ticks
        self._leaving = False

    def start(self) -> bool:
        """Show the entrance; False when this start has nothing to do (the program is already open)."""
        theme.apply(self._application, theme.make_theme(self.settings.theme, self.settings.text_percent))
        try:
            warnings = folders.prepare(self.folder)
            self._instance = instance.take(self.folder)
        except Refusal as refusal:
            if refusal.code == "already_running":
                instance.request_raise(self.folder)
                sys.stderr.write(sentence(refusal) + "\n")
                return False
            self._show_entrance(())
            assert self.entrance_window is not None
            self._flow.cannot_start(sentence(refusal))
            return True
        self._listen_to_second_starts()
        self._show_entrance(warnings)
        if self._tells_story:
            self._start_demonstration()
        else:
            self._flow.start(locked=relaunch.said_of_lock(self._options.locked))
        return True

    def _start_demonstration(self) -> None:
        """Build the demonstration's store when it is new or to be made anew, then show its published words."""
        from spip_desktop import demo
        from spip_desktop.ui.entrance.demonstration import WORDS, build

        def unlock() -> None:
            self._flow.start(locked=" ".join(filter(None, (relaunch.said_of_lock(self._options.locked), WORDS))))

        if not self._options.reset and not self._flow.is_new():
            unlock()
            return
        make = demo.reset if self._options.reset else demo.build
        today, now = self.clock.today(), self.clock.local()
        assert self.entrance_window is not None
        build(
            self.entrance_window,
            self.tasks,
            lambda progress: make(self.folder, today, now=now, cost=self._cost, progress=progress),
            unlock,
        )

    # -- the entrance ----------------------------------------------------------------------------------------

    def _show_entrance(self, warnings: tuple[Problem, ...]) -> None:
        self.entrance_window = EntranceWindow(
            version_date=__version_date__,
            demonstration=self._options.demonstration,
            on_theme=self._next_theme,
            on_size=self._next_size,
        )
        entrance = Entrance(
            self.folder, self.clock, Ids(self.clock), demonstration=self._options.demonstration, cost=self._cost
        )
        self._flow = EntranceFlow(self.entrance_window, entrance, self.tasks, self.clock, warnings)
        self._flow.entered.connect(self._enter)
        self._flow.key_held.connect(self._watch_absence)
        self.entrance_window.painted.connect(self._import_ahead)
        self._place(self.entrance_window)
        self.entrance_window.show()

    def _import_ahead(self) -> None:
        def import_heavy() -> None:
            import spip_desktop.security.vault
            import spip_desktop.services.todo
            import spip_desktop.ui.desk
            import spip_desktop.ui.todo  # noqa: F401  the first page, with what it reads

            gc.freeze()  # nothing that was imported is ever to be collected, nor looked through (80 ms at the desk)
            gc.enable()  # main() disabled it

        self.tasks.run(import_heavy, lambda _: self._flow.suggest_identifier())

    def _enter(self, entry: "Entry") -> None:
        from spip_desktop.ui.ahead import Ahead
        from spip_desktop.ui.desk import Desk
        from spip_desktop.wiring import make_services

        self.desk = Desk(make_services(entry.context), self.tasks, self.settings, entry.notices)
        self.desk.locked.connect(self.lock)
        self.desk.settings_changed.connect(self._wear)
        self.desk.interview_begun.connect(self._wait_for_interview)
        self.desk.window.whole_begun.connect(self._fill_screen)
        self.desk.window.closing.connect(self._close)
        self._place(self.desk.window)
        self.desk.start()
        self.desk.window.show()
        if self.entrance_window is not None:
            self.entrance_window.close()
            self.entrance_window.deleteLater()
            self.entrance_window = None
        self._watch_absence()
        self._hide_from_capture()
        self._application.installEventFilter(Ahead(self))

    # -- the desk --------------------------------------------------------------------------------------------

    def _watch_absence(self) -> None:
        """Lock when nobody is there: idle, session locked, machine asleep, twelve hours gone by.

        From the desk on, or from the card of the entrance that shows or holds a key.
        """
        window = self.desk.window if self.desk else self.entrance_window
        assert window is not None
        session_watch(window).due.connect(self.lock)  # it goes with its window
        if self._idle is not None:
            return
        from spip_desktop.ui.clipboard import ClipboardWatch
        from spip_desktop.ui.idle import IdleWatch
        from spip_desktop.ui.time_watch import TimeWatch, since_boot

        self._clipboard = ClipboardWatch(self._application.clipboard(), self)
        times = TimeWatch(self._ticks or since_boot, self)
        times.due.connect(self.lock)
        self._idle = IdleWatch(self._idle_minutes(), self)
        self._idle.idle.connect(lambda: self.lock("idle"))
        self._application.installEventFilter(self._idle)

    def _hide_from_capture(self) -> None:
        if sys.platform == "win32" and self.desk is not None and not self._options.demonstration:  # it is shown
            from spip_desktop.ui.session_windows import hide_from_capture

            hide_from_capture(self.desk.window)

    def _idle_minutes(self) -> int:
        talking = self.desk is not None and self.desk.window.in_interview()
        return INTERVIEW_MINUTES if talking else self.settings.idle_minutes

    def _wait_for_interview(self) -> None:
        if self._idle is not None:
            self._idle.set_minutes(self._idle_minutes())

    def lock(self, reason: str = "lock") -> None:
        """Save, put the store away, clear the clipboard, and become a fresh process: no key is left behind."""
        window = self.desk.window if self.desk else self.entrance_window
        if window is None or self._leaving:  # a sleep and a locked session are told one after the other
            return
        self._leaving = True
        self._keep_geometry(window)
        kept = self._put_away(reason) if self.desk else self._shut_entrance()
        if self._clipboard is not None:
            self._clipboard.forget()
        self._application.processEvents()
        from spip_desktop.domain import dates

        said = f"{reason}@{dates.hour(self.clock.now())}@{self._idle_minutes()}@{kept}"
        assert self._instance is not None
        self._instance.replace_process([*self._again, *relaunch.options_of(self._options, said)])

    def _close(self) -> None:
        if self._leaving:
            return
        self._leaving = True
        if self.desk is not None:
            self._keep_geometry(self.desk.window)
            self._put_away("close")
        if self._instance is not None:
            self._instance.release()
        self._application.quit()

    def _put_away(self, reason: str) -> str:
        """Nobody is to stay inside, whatever goes wrong on the way out."""
        assert self.desk is not None
        try:
            return str(self.desk.put_away(reason))
        except Exception:
            return "lost"

    def _shut_entrance(self) -> str:
        self.tasks.stop()
        with suppress(Exception):  # as above
            self._flow.put_away()
        return "outside"

    # -- this workstation ------------------------------------------------------------------------------------

    def _folder(self) -> Path:
        if self._options.folder:
            return self._options.folder
        if self.settings.store_folder and not self._options.demonstration:
            return Path(self.settings.store_folder)
        return usual_store_folder(demonstration=self._options.demonstration)

    def _listen_to_second_starts(self) -> None:
        self._watcher = QFileSystemWatcher([str(instance.raise_requests_path(self.folder))], self)
        self._watcher.fileChanged.connect(self._come_forward)

    def _come_forward(self) -> None:
        window: QWidget | None = self.desk.window if self.desk else self.entrance_window
        if window is not None:
            window.showNormal() if window.isMinimized() else window.show()
            window.raise_()
            window.activateWindow()

    def _next_theme(self) -> None:
        names = list(theme.THEMES)
        self._wear(replace(self.settings, theme=names[(names.index(self.settings.theme) + 1) % len(names)]))

    def _next_size(self) -> None:
        larger = [size for size in theme.text_sizes() if size > self.settings.text_percent]
        self._wear(replace(self.settings, text_percent=larger[0] if larger else 100))

    def _wear(self, settings: Settings) -> None:
        theme.apply(self._application, theme.make_theme(settings.theme, settings.text_percent))
        self._keep_settings(settings)
        if self.entrance_window is not None:
            self.entrance_window.show_look()

    def _keep_settings(self, settings: Settings) -> None:
        self.settings = settings
        self._file.write(settings)
        if self._idle is not None:
            self._idle.set_minutes(self._idle_minutes())

    def _place(self, window: QWidget) -> None:
        geometry = bytes.fromhex(self.settings.geometry) if self.settings.geometry else b""
        if not geometry or not window.restoreGeometry(geometry):
            window.resize(*_USUAL_SIZE)

    def _fill_screen(self) -> None:
        """Nothing else of the workstation beside what is shown to the person; the lock brings the window back."""
        if self.desk is not None:
            self._keep_geometry(self.desk.window)
            self.desk.window.showFullScreen()

    def _keep_geometry(self, window: QWidget) -> None:
        if window.isFullScreen():  # what it was before is kept already
            return
        self._keep_settings(replace(self.settings, geometry=bytes(window.saveGeometry().data()).hex()))


def session_watch(window: QWidget) -> "SessionWatch | WindowsSessionWatch":
    """What tells that the session of the workstation locks or sleeps, on this system."""
    if sys.platform == "win32":
        from spip_desktop.ui.session_windows import WindowsSessionWatch

        return WindowsSessionWatch(window)
    from spip_desktop.ui.session_watch import SessionWatch

    return SessionWatch(window)


def _clock_of(options: Options) -> Clock:
    if options.today is None:
        return Clock()
    # A demonstration day that goes on: the hour runs, the day is the one asked for.
    shift = datetime.combine(options.today, datetime.now(UTC).time(), UTC) - datetime.now(UTC)
    return Clock(lambda: datetime.now(UTC) + shift)
