"""What happens when an act fails: a Refusal is a sentence in the page, anything else a bug with a code."""

import hashlib
import sys
import threading
import traceback
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import TypeVar

from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QMessageBox, QWidget

from spip_desktop.domain.errors import Refusal, Unsaved
from spip_desktop.ui.messages import show_bug, show_unsaved
from spip_desktop.wording import sentence

T = TypeVar("T")
Log = Callable[[str], object]
_QT_LEVELS = (QtMsgType.QtWarningMsg, QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg)


def bug_code(error: BaseException) -> str:
    """Eight signs that name the place of a bug: the same bug has the same code, and no words of anyone."""
    return hashlib.sha256("\n".join(trace_of(error)).encode()).hexdigest()[:8].upper()


def trace_of(error: BaseException) -> list[str]:
    """Kind of error and places in the code, without its message, which may quote what was typed."""
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]
    return [type(error).__name__, *places]


def _short(path: str) -> str:
    """The file below the package, so that no folder of the machine is written."""
    parts = path.replace("\\", "/").split("/")
    return "/".join(parts[parts.index("spip_desktop") :]) if "spip_desktop" in parts else parts[-1]


class Guard(QObject):
    """Runs the acts of the officer. `log` writes one line to the technical journal, without personal data."""

    def __init__(self, log: Log, window: QWidget | None = None) -> None:
        super().__init__(window)
        self._log, self._window = log, window
        self._box: QMessageBox | None = None
        self._silent = False

    def run(
        self, act: Callable[..., T], *words: object, refused: Callable[[Refusal], object] | None = None
    ) -> T | None:
        """Call an act; a Refusal goes to `refused`, which shows it beside its field; a bug is told and logged.

        Returns what the act returned, or None when it failed.
        """
        try:
            return act(*words)
        except Refusal as refusal:
            if refused is None:
                self.report(refusal)
            else:
                refused(refusal)
        except Exception as error:
            self.report(error)
        return None

    def report(self, error: BaseException) -> str:
        """Log a bug and tell it; returns its code. A second one while the dialog is open is only logged.

        What the store did not take is no bug: it is told in its own words, wherever it was asked.
        """
        code = bug_code(error)
        if isinstance(error, Unsaved):
            self._show(lambda: show_unsaved(sentence(error), self._window))
            return code
        with suppress(Exception):  # the log is in the store, which may be what fails
            self._log(f"{code} " + " < ".join(trace_of(error)))
        self._show(lambda: show_bug(code, self._window))
        return code

    def _show(self, dialog: Callable[[], QMessageBox]) -> None:
        if self._box is None and not self._silent:
            self._box = dialog()
            self._box.finished.connect(self._closed)

    def silence(self) -> None:
        """Bugs are logged from now on, not told: the window is about to go."""
        self._silent = True

    def install(self) -> None:
        """Catch what no one caught: in the GUI thread, in others, and Qt's own warnings (logged by kind only)."""
        sys.excepthook = self._on_exception
        threading.excepthook = lambda args: self._log_thread(args.exc_value)
        qInstallMessageHandler(self._on_qt_message)

    def _on_exception(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        self.report(error)

    def _log_thread(self, error: BaseException | None) -> None:
        if error is not None:
            self._log(f"{bug_code(error)} " + " < ".join(trace_of(error)))

    def _on_qt_message(self, kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
        if kind in _QT_LEVELS:
            self._log(f"Qt {kind.name} {context.category or ''}".strip())

    def _closed(self, _: int) -> None:
        if self._box is not None:
            self._box.deleteLater()
        self._box = None
