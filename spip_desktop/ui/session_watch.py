"""Asks for the lock when the session locks or the machine goes to sleep, as Linux tells it over D-Bus.

logind speaks on the system bus, screen savers on the session's; where nobody speaks, ui/time_watch.py sees a sleep
when the machine wakes up. Windows: ui/session_windows.py.
"""

import os
from collections.abc import Callable

from PySide6.QtCore import SLOT, QObject, Signal, Slot
from PySide6.QtDBus import (
    QDBusConnection,
    QDBusMessage,
    QDBusObjectPath,
    QDBusPendingCallWatcher,
    QDBusUnixFileDescriptor,
)

from spip_desktop.ui.time_watch import SESSION, SLEEP

_LOGIN = "org.freedesktop.login1"
_SCREEN_SAVERS = (
    "org.freedesktop.ScreenSaver",
    "org.gnome.ScreenSaver",
    "org.cinnamon.ScreenSaver",
    "org.mate.ScreenSaver",
    "org.xfce.ScreenSaver",
)


class SessionWatch(QObject):
    """Emits `due` when the session locks or the machine goes to sleep, which waits until the lock is done."""

    due = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._system, self._session = QDBusConnection.systemBus(), QDBusConnection.sessionBus()
        self._calls: list[QDBusPendingCallWatcher] = []
        self._inhibitor: QDBusUnixFileDescriptor | None = None  # let go when the process is replaced
        if self._system.isConnected():
            manager = f"{_LOGIN}.Manager"
            self._hear(self._system, _LOGIN, manager, "PrepareForSleep", SLOT("_on_sleep(bool)"))
            self._ask("Inhibit", "sleep", "SPIP Desktop", "Verrouillage du magasin", "delay", done=self._keep_awake)
            self._ask("GetSession", os.environ.get("XDG_SESSION_ID") or "auto", done=self._hear_session)
        if self._session.isConnected():
            for saver in _SCREEN_SAVERS:
                self._hear(self._session, "", saver, "ActiveChanged", SLOT("_on_screen_saver(bool)"))

    def _hear(
        self, bus: QDBusConnection, service: str, interface: str, name: str, slot: object, path: str = ""
    ) -> None:
        bus.connect(service, path, interface, name, self, slot)  # type: ignore[call-overload]

    def _ask(self, name: str, *words: str, done: Callable[[QDBusPendingCallWatcher], None]) -> None:
        """Call logind without waiting for its answer."""
        message = QDBusMessage.createMethodCall(_LOGIN, "/org/freedesktop/login1", f"{_LOGIN}.Manager", name)
        message.setArguments(list(words))
        watcher = QDBusPendingCallWatcher(self._system.asyncCall(message), self)
        watcher.finished.connect(done)
        self._calls.append(watcher)

    def _keep_awake(self, answered: QDBusPendingCallWatcher) -> None:
        found = _first(answered.reply())
        self._inhibitor = found if isinstance(found, QDBusUnixFileDescriptor) else None

    def _hear_session(self, answered: QDBusPendingCallWatcher) -> None:
        """Listen to this session alone; to all of them where logind does not say which is ours."""
        found = _first(answered.reply())
        path = found.path() if isinstance(found, QDBusObjectPath) else ""
        self._hear(self._system, _LOGIN, f"{_LOGIN}.Session", "Lock", SLOT("_on_lock()"), path)

    @Slot(bool)
    def _on_sleep(self, begins: bool) -> None:
        if begins:
            self.due.emit(SLEEP)

    @Slot()
    def _on_lock(self) -> None:
        self.due.emit(SESSION)

    @Slot(bool)
    def _on_screen_saver(self, active: bool) -> None:
        if active:
            self.due.emit(SESSION)


def _first(reply: QDBusMessage) -> object:
    """What a call answered; nothing when it failed."""
    words = reply.arguments() if reply.type() is QDBusMessage.MessageType.ReplyMessage else []
    return words[0] if words else None
