"""The real program in a process of its own, moved by a hand that obeys the lines of its standard input.

`python -m tests.scenarios.robot` takes the options of the program. Each line is `[act, *arguments]` in JSON and
gets one line back: `["done", result]` or `["failed", sentence]`. By itself the robot says `["ready"]`,
`["typed", number of signs]` and `["saved", text of the label, {field: text}]`. A lock starts it again in the same
process, on the same pipes.
"""

import base64
import json
import os
import sys
import unicodedata
import zlib
from collections.abc import Callable
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QSocketNotifier, Qt, QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QWidget

import spip_desktop.ui  # noqa: F401  before any call of Qt
from spip_desktop import app, cli
from spip_desktop.security.derivation import FLOOR
from spip_desktop.security.hardening import harden
from spip_desktop.showing.hand import Hand, NotSeen, pause
from spip_desktop.ui.fields import Field
from spip_desktop.ui.time_watch import TimeWatch, since_boot
from tests.faults.filling import empty, fill

_KEYS = {"Enter": Qt.Key.Key_Return, "Tab": Qt.Key.Key_Tab, "Home": Qt.Key.Key_Home, "Left": Qt.Key.Key_Left}


_jumped = [0.0]  # seconds that the test let go by


def ticks() -> float:
    return since_boot() + _jumped[0]


def say(*words: object) -> None:
    """One line, in one write: a killed process leaves whole lines only."""
    os.write(1, json.dumps(words).encode() + b"\n")


class Robot(QObject):
    """Does one act after the other."""

    def __init__(self, application: QApplication, program: app.Program) -> None:
        super().__init__(application)
        self._application, self._program, self._rest = application, program, b""
        self.hand = Hand(application)
        self._listened: set[int] = set()
        self._ears = QSocketNotifier(0, QSocketNotifier.Type.Read, self)
        self._ears.activated.connect(self._listen)

    def _listen(self) -> None:
        heard = os.read(0, 65_536)
        if not heard:
            os._exit(0)  # the test is over
        *lines, self._rest = (self._rest + heard).split(b"\n")
        for line in lines:
            # From the main loop, not from inside this signal: acts run loops of their own.
            QTimer.singleShot(0, self, lambda one=line: self._obey(one))

    def _obey(self, line: bytes) -> None:
        act, *arguments = json.loads(line)
        do: Callable[..., object] = getattr(self, f"do_{act}")
        try:
            say("done", do(*arguments))
        except NotSeen as not_seen:
            say("failed", f"{not_seen}; {self.do_labels()}")
        except Exception as bug:
            say("failed", repr(bug))

    # -- acting ----------------------------------------------------------------------------------------------

    def do_click(self, name: str) -> None:
        self.hand.click(name)

    def do_focus(self, name: str) -> None:
        self.hand.see(name).setFocus()

    def do_fill(self, name: str, text: str) -> None:
        self.hand.fill(name, text)

    def do_type(self, text: str) -> None:
        self.hand.type(text)

    def do_type_slowly(self, text: str, rest: int) -> None:
        """Sign by sign, saying how many are typed and what was saved meanwhile."""
        self._tell_what_is_saved()
        for count, sign in enumerate(text, 1):
            self.hand.type(sign)
            say("typed", count)
            pause(rest)

    def do_press(self, key: str, control: bool = False) -> None:
        self.hand.press(_KEYS.get(key) or getattr(Qt.Key, f"Key_{key}"), control=control)

    def do_paste(self, text: str) -> None:
        self._application.clipboard().setText(text)
        self.hand.press(Qt.Key.Key_V, control=True)

    def do_close(self) -> None:
        """As the cross of the window does; the answer is the end of the process."""
        QTimer.singleShot(0, self.hand.window(), self.hand.window().close)

    def do_widen(self) -> None:
        """Qt's offscreen screen is 800 pixels wide: a window given back its size comes back narrow."""
        self.hand.window().resize(1280, 800)
        pause(20)

    def do_wait(self, milliseconds: int) -> None:
        pause(milliseconds)

    def do_pid(self) -> int:
        return os.getpid()

    def do_fill_every(self, text: str) -> list[str]:
        """Type in every field of the page that takes typing and does not hold this yet; returns their names."""
        every = self.hand.window().findChildren(QLineEdit) + self.hand.window().findChildren(QPlainTextEdit)
        empty = [one for one in every if _takes_typing(one) and text not in text_of(one)]
        names = [one.objectName().removesuffix(".editor") for one in empty]
        filled = []
        for name in names:
            if self.hand.sees(f"{name}.editor"):  # what was typed before may have changed the page
                self.hand.fill(name, text)
                filled.append(name)
        return filled

    def do_buttons(self, pattern: str) -> list[str]:
        """The names of the buttons in the page that can be pressed."""
        every = self.hand.window().findChildren(QAbstractButton)
        names = [one.objectName() for one in every if one.isVisible() and one.isEnabled()]
        return [name for name in names if fnmatchcase(name, pattern)]

    def do_leak(self, folder: str) -> list[str]:
        """What a careless program might do with what a page holds: write it here and there, in many forms."""
        assert self._program.desk is not None
        page = self._program.desk.workplace.page()
        assert page is not None
        text = " ".join(fields_of(page).values())
        for form, turn in LEAKS.items():
            (Path(folder) / form).write_bytes(turn(text))
        (Path(folder) / text.split()[0]).touch()
        return sorted(LEAKS)

    def do_fill_disk(self, place: str) -> None:
        fill(Path(place))

    def do_empty_disk(self, place: str) -> None:
        empty(Path(place))

    def do_set_idle(self, milliseconds: int) -> None:
        """Shorten the idle delay: the shortest setting is a minute."""
        assert self._program._idle is not None
        self._program._idle.set_minutes(milliseconds / 60_000)

    def do_idle_minutes(self) -> float:
        """After how long without a sign of life the program would lock."""
        assert self._program._idle is not None
        return self._program._idle.minutes()

    def do_jump(self, seconds: float, step: float = 1e9) -> None:
        """Time goes by, looked at after each step; in one step, as it does while the machine sleeps."""
        (watch,) = self._program.findChildren(TimeWatch)
        while seconds > 0:
            _jumped[0] += min(step, seconds)
            seconds -= step
            watch.look()

    # -- seeing ----------------------------------------------------------------------------------------------

    def do_see(self, name: str) -> None:
        self.hand.see(name)

    def do_sees(self, name: str) -> bool:
        return self.hand.sees(name)

    def do_read(self, text: str) -> None:
        self.hand.read(text)

    def do_reads(self, text: str) -> bool:
        return self.hand.reads(text)

    def do_labels(self) -> list[str]:
        """Every word on the screen, to tell what went wrong."""
        every = self.hand.window().findChildren(QWidget)
        shown = [one for one in every if one.isVisible() and isinstance(one, QLabel | QAbstractButton)]
        return [one.text() for one in shown if one.text()]

    def do_text(self, name: str) -> str:
        return text_of(self.hand.see(f"{name}.editor"))

    def do_problem(self, name: str) -> str:
        """The sentence below a field."""
        return str(getattr(self.hand.see(name), "problem", ""))

    def do_until_problem(self, name: str) -> None:
        self.hand.until(lambda: bool(self.do_problem(name)), f"rien n’est dit sous « {name} »")

    def do_until_said(self) -> str:
        """What the card of the entrance says, beside a field or not."""
        self.hand.until(lambda: bool(self._said()), "rien n’est dit")
        return self._said()

    def _said(self) -> str:
        card = self._program.entrance_window.card if self._program.entrance_window else None
        if card is None:
            return ""
        fields = [one.problem for one in card.findChildren(Field) if one.problem]
        return " ".join([card.message.text(), *fields]).strip()

    def do_seat(self) -> dict[str, Any]:
        """Where the officer is: place, focused widget, cursor."""
        assert self._program.desk is not None
        place = self._program.desk.window.place()
        focused = self._application.focusWidget()
        return {
            "kind": place.kind,
            "id": str(place.id),
            "focus": focused.objectName() if focused else "",
            "cursor": cursor_of(focused),
            "in_sight": bool(focused and focused.visibleRegion()),
        }

    def do_window(self) -> dict[str, bool]:
        window = self.hand.window()
        return {"visible": window.isVisible(), "active": window.isActiveWindow(), "minimised": window.isMinimized()}

    def do_discretion(self) -> bool:
        """Whether names, level and alerts are hidden."""
        assert self._program.desk is not None
        return self._program.desk.window.discretion()

    def do_minimise(self) -> None:
        self.hand.window().showMinimized()

    def _tell_what_is_saved(self) -> None:
        """A line at each commit that a page announces, with what its fields held at that instant."""
        assert self._program.desk is not None
        page = self._program.desk.workplace.page()
        if page is None or id(page) in self._listened:
            return
        self._listened.add(id(page))
        page.saved.connect(lambda _: say("saved", self._program.desk.window.top_bar.saved.word.text(), fields_of(page)))


LEAKS: dict[str, Callable[[str], bytes]] = {
    "utf-8": lambda text: text.encode(),
    "utf-16-le": lambda text: text.encode("utf-16-le"),
    "utf-16-be": lambda text: text.encode("utf-16-be"),
    "latin-1": lambda text: text.encode("latin-1", "replace"),
    "decomposed": lambda text: unicodedata.normalize("NFD", text).encode(),
    "hexadecimal": lambda text: text.encode().hex().encode(),
    "base64-0": lambda text: base64.b64encode(text.encode()),
    "base64-1": lambda text: base64.b64encode(b"x" + text.encode()),
    "base64-2": lambda text: base64.b64encode(b"xx" + text.encode()),
    "deflate": lambda text: zlib.compress(text.encode()),
    "deflate-utf-16": lambda text: zlib.compress(text.encode("utf-16-be")),
}


def _takes_typing(one: QLineEdit | QPlainTextEdit) -> bool:
    free = one.isVisible() and one.isEnabled() and not one.isReadOnly()
    return free and one.objectName().endswith(".editor")


def fields_of(page: QWidget) -> dict[str, str]:
    editors = (*page.findChildren(QLineEdit), *page.findChildren(QPlainTextEdit))
    return {
        one.objectName().removesuffix(".editor"): text_of(one)
        for one in editors
        if one.isVisible() and one.objectName().endswith(".editor")
    }


def text_of(widget: QWidget) -> str:
    if isinstance(widget, QPlainTextEdit):
        return widget.toPlainText()
    if isinstance(widget, QComboBox):
        return widget.currentText()
    return widget.text() if isinstance(widget, QLineEdit) else ""


def cursor_of(widget: QWidget | None) -> int:
    if isinstance(widget, QPlainTextEdit):
        return widget.textCursor().position()
    return widget.cursorPosition() if isinstance(widget, QLineEdit) else -1


def main() -> int:
    if "ROBOT_READABLE" not in os.environ:  # an account without privileges could not read a hardened process
        harden()
    application = app.make_application()
    program = app.Program(
        application,
        cli.parse(sys.argv[1:]),
        cost=lambda: FLOOR,
        ticks=ticks,
        again=(sys.executable, "-m", "tests.scenarios.robot"),
    )
    if not program.start():
        return 0
    robot = Robot(application, program)
    robot.setObjectName("robot")
    say("ready")
    return application.exec()


if __name__ == "__main__":
    raise SystemExit(main())
