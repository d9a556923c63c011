"""A real Secret Service of the tests' own: gnome-keyring on a private bus, its keyring in a folder of its own."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from jeepney import message_bus
from jeepney.io.blocking import open_dbus_connection

from tests.rigs.bus import bus

_NAME = "org.freedesktop.secrets"


@contextmanager
def secret_service(folder: Path) -> Iterator[str]:
    """Run it, unlocked, until the block ends; yields the address of its bus."""
    home = folder / "home"
    for place in (home, home / ".local/share/keyrings", folder / "run"):
        place.mkdir(mode=0o700, parents=True)
    with bus(folder / "bus") as address:
        environment = {
            **{name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ},
            "HOME": str(home), "XDG_DATA_HOME": str(home / ".local/share"), "XDG_RUNTIME_DIR": str(folder / "run"),
            "DBUS_SESSION_BUS_ADDRESS": address,
        }  # fmt: skip
        process = subprocess.Popen(
            ["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"],
            stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment,
        )  # fmt: skip
        assert process.stdin
        process.stdin.write(b"keyring of the tests")
        process.stdin.close()
        try:
            _wait_for_name(address)
            yield address
        finally:
            process.terminate()
            process.wait(20)


def _wait_for_name(address: str) -> None:
    """Until the service answers on the bus."""
    connection = open_dbus_connection(address)
    try:
        for _ in range(3000):
            reply = connection.send_and_get_reply(message_bus.NameHasOwner(_NAME))
            if reply.body[0]:
                return
            os.sched_yield()
        raise AssertionError("no Secret Service on the bus")
    finally:
        connection.close()
