"""Lets a removable medium go: what is written reaches it, then Linux is asked to unmount it (UDisks, over D-Bus).

Where nobody answers on the bus, or on another system, nothing is claimed beyond what was done: all is written.
"""

import os
import sys
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher

from spip_desktop.ui.tasks import Tasks

_UDISKS = "org.freedesktop.UDisks2"
_BLOCKS = "/org/freedesktop/UDisks2/block_devices"
#: Unmounting waits until the medium has taken what the system still held: minutes on a slow stick.
_LONGEST = 120_000  # milliseconds


class Let(StrEnum):
    """What came of it."""

    EJECTED = "ejected"
    #: All is written; nobody could be asked to unmount it.
    WRITTEN = "written"
    #: Another program still uses it.
    BUSY = "busy"


class Ejection(QObject):
    """One medium at a time; `ended` tells what came of it."""

    ended = Signal(object)  # Let

    def __init__(self, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._call: QDBusPendingCallWatcher | None = None

    def start(self, device: str) -> None:
        """Let go of the medium on this device (« /dev/sdb1 »); anything else is told as written, no more."""
        self._tasks.run(_all_written, lambda _: self._unmount(device), failed=lambda _: self.ended.emit(Let.BUSY))

    def _unmount(self, device: str) -> None:
        bus = QDBusConnection.systemBus()
        if not device.startswith("/dev/") or not bus.isConnected():
            self.ended.emit(Let.WRITTEN)
            return
        path = f"{_BLOCKS}/{_escaped(Path(os.path.realpath(device)).name)}"
        message = QDBusMessage.createMethodCall(_UDISKS, path, f"{_UDISKS}.Filesystem", "Unmount")
        message.setArguments([{}])
        call = QDBusPendingCallWatcher(bus.asyncCall(message, _LONGEST), self)
        call.finished.connect(lambda answered: self._unmounted(answered.reply()))
        self._call = call

    def _unmounted(self, reply: QDBusMessage) -> None:
        if reply.type() is QDBusMessage.MessageType.ReplyMessage:
            self.ended.emit(Let.EJECTED)
        else:
            busy = reply.errorName().endswith(".DeviceBusy")
            self.ended.emit(Let.BUSY if busy else Let.WRITTEN)


def _escaped(name: str) -> str:
    """The name of a device in the path of its object: « dm-0 » is « dm_2d0 »."""
    return "".join(sign if sign.isascii() and sign.isalnum() else f"_{ord(sign):02x}" for sign in name)


def _all_written() -> None:
    """Whatever the system still holds is on its media when this returns."""
    if sys.platform != "win32":  # there, what was written was written through (security/files.py)
        os.sync()
