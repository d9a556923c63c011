"""Buses of the tests' own (dbus-daemon) and those who speak on them: logind, a screen saver."""

import os
import select
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from jeepney import (
    DBusAddress,
    HeaderFields,
    Message,
    MessageType,
    message_bus,
    new_error,
    new_method_return,
    new_signal,
)
from jeepney.io.blocking import DBusConnection, open_dbus_connection

LOGIN = "org.freedesktop.login1"
OUR_SESSION, ANOTHER_SESSION = f"/{LOGIN.replace('.', '/')}/session/c7", f"/{LOGIN.replace('.', '/')}/session/c8"

_CONFIG = """\
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "">
<busconfig>
  <type>session</type>
  <listen>unix:path={path}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""


@contextmanager
def bus(folder: Path) -> Iterator[str]:
    """Run a bus until the block ends; yields its address."""
    folder.mkdir(parents=True, exist_ok=True)
    path, config = folder / "bus", folder / "bus.conf"
    config.write_text(_CONFIG.format(path=path))
    process = subprocess.Popen(
        ["dbus-daemon", f"--config-file={config}", "--nofork", "--print-address"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout
    try:
        yield process.stdout.readline().strip()
    finally:
        process.terminate()
        process.wait(20)
        process.stdout.close()


class Speaker:
    """Someone on a bus who sends signals."""

    def __init__(self, address: str, name: str = "", *, enable_fds: bool = False) -> None:
        self.connection: DBusConnection = open_dbus_connection(address, enable_fds=enable_fds)
        if name:
            self.connection.send_and_get_reply(message_bus.RequestName(name))

    def tell(self, path: str, interface: str, name: str, *flag: bool) -> None:
        """Send a signal, with a yes or no when it has one."""
        where = DBusAddress(path, interface=interface)
        self.connection.send(new_signal(where, name, "b" if flag else None, flag))

    def close(self) -> None:
        self.connection.close()


class Login:
    """logind, as far as the program asks: which session is ours, and a delay before sleep.

    `held`: whether the program still delays the sleep (the other end of what `Inhibit` gave it is open).
    """

    def __init__(self, address: str, *, knows_sessions: bool = True) -> None:
        self._speaker = Speaker(address, LOGIN, enable_fds=True)
        self._knows_sessions = knows_sessions
        self.asked: list[str] = []
        self._ours, theirs = os.pipe()
        self._theirs = [theirs]
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def _serve(self) -> None:
        while not self._over.is_set():
            try:
                message = self._speaker.connection.receive(timeout=0.05)
            except TimeoutError:
                continue
            if message.header.message_type is MessageType.method_call:
                self._speaker.connection.send(self._answer(message))

    def _answer(self, call: Message) -> Message:
        asked = str(call.header.fields[HeaderFields.member])
        self.asked.append(asked)
        if asked == "Inhibit" and self._theirs:
            return new_method_return(call, "h", (self._theirs[0],))
        if asked == "GetSession" and self._knows_sessions:
            return new_method_return(call, "o", (OUR_SESSION,))
        return new_error(call, "org.freedesktop.DBus.Error.UnknownMethod")

    def held(self) -> bool:
        """Whether someone but us still holds the delay; ours is let go at the first question."""
        while self._theirs:
            os.close(self._theirs.pop())
        return not select.select([self._ours], [], [], 0)[0]

    def prepare_for_sleep(self, begins: bool = True) -> None:
        self._speaker.tell("/org/freedesktop/login1", f"{LOGIN}.Manager", "PrepareForSleep", begins)

    def lock_session(self, path: str = OUR_SESSION) -> None:
        self._speaker.tell(path, f"{LOGIN}.Session", "Lock")

    def close(self) -> None:
        self._over.set()
        self._thread.join(20)
        self._speaker.close()
        for end in (self._ours, *self._theirs):
            os.close(end)
