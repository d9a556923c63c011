"""Windows tells a window when the session locks or the machine sleeps. Not verified: no Windows machine here.

Sources: WTSRegisterSessionNotification, WM_WTSSESSION_CHANGE, WM_POWERBROADCAST; KeePassXC's ScreenLockListenerWin.
"""

import ctypes
import sys
from ctypes import wintypes

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication, QObject, Signal
from PySide6.QtWidgets import QWidget

from spip_desktop.ui.time_watch import SESSION, SLEEP

_SESSION_CHANGE, _POWER = 0x02B1, 0x0218  # WM_WTSSESSION_CHANGE, WM_POWERBROADCAST
_SUSPEND = 0x0004  # PBT_APMSUSPEND
_LEAVING = (0x2, 0x4, 0x6, 0x7)  # console disconnected, remote disconnected, logged off, locked
_THIS_SESSION = 0  # NOTIFY_FOR_THIS_SESSION


_EXCLUDED_FROM_CAPTURE = 0x11  # WDA_EXCLUDEFROMCAPTURE, Windows 10 2004 and later


def hide_from_capture(window: QWidget) -> None:
    """Screenshots, screen sharing and Recall show nothing of the window."""
    if sys.platform == "win32":
        ctypes.windll.user32.SetWindowDisplayAffinity(int(window.winId()), _EXCLUDED_FROM_CAPTURE)


class _Filter(QAbstractNativeEventFilter):
    """Hands Windows' messages over to the watch, and lets them go on."""

    def __init__(self, watch: "WindowsSessionWatch") -> None:
        super().__init__()
        self._watch = watch

    def nativeEventFilter(  # noqa: N802  Qt's name
        self, kind: "QByteArray | bytes | bytearray | memoryview[int]", message: int
    ) -> object:
        if bytes(kind) == b"windows_generic_MSG":  # type: ignore[arg-type]
            told = wintypes.MSG.from_address(int(message))
            self._watch.hear(int(told.message), int(told.wParam))
        return False, 0


class WindowsSessionWatch(QObject):
    """Emits `due` when the session locks, is left or the machine goes to sleep."""

    due = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._filter = _Filter(self)
        application = QCoreApplication.instance()
        assert application is not None
        application.installNativeEventFilter(self._filter)
        if sys.platform == "win32":
            ctypes.windll.wtsapi32.WTSRegisterSessionNotification(int(window.winId()), _THIS_SESSION)

    def hear(self, message: int, word: int) -> None:
        """One message of Windows: its number and its first word."""
        if message == _POWER and word == _SUSPEND:
            self.due.emit(SLEEP)
        elif message == _SESSION_CHANGE and word in _LEAVING:
            self.due.emit(SESSION)
