"""Where windows are drawn when there is no screen, and what Qt complains of meanwhile."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

_COMPLAINTS = {QtMsgType.QtWarningMsg, QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg}
#: What the offscreen drawing always says of itself.
_HARMLESS = ("This plugin does not support",)


def draw_somewhere() -> None:
    """Draw in memory when the machine has no screen; to call before the application is made."""
    screen = sys.platform in ("win32", "darwin") or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    if not screen:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@contextmanager
def complaints() -> Iterator[list[str]]:
    """The warnings that Qt gives inside the `with`."""
    heard: list[str] = []

    def hear(kind: QtMsgType, _: QMessageLogContext, text: str) -> None:
        if kind in _COMPLAINTS and not text.startswith(_HARMLESS):
            heard.append(text)

    before = qInstallMessageHandler(hear)
    try:
        yield heard
    finally:
        qInstallMessageHandler(before)
