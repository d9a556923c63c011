"""« Éjecter le support »: UDisks is asked over a real bus; where nobody answers, nothing is claimed."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from jeepney import HeaderFields, Message, MessageType, new_error, new_method_return
from PySide6.QtDBus import QDBusConnection
from pytestqt.qtbot import QtBot

from spip_desktop.ui.ejection import Ejection, Let
from spip_desktop.ui.tasks import Tasks
from tests.rigs.bus import Speaker, bus

UDISKS = "org.freedesktop.UDisks2"
LONG = 10_000


class Disks:
    """UDisks as far as the program asks; `busy`: another program has a file open on the medium."""

    def __init__(self, address: str) -> None:
        self.busy = False
        self.asked: list[tuple[str, str]] = []
        self._speaker = Speaker(address, UDISKS)
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
        fields = call.header.fields
        self.asked.append((str(fields[HeaderFields.path]), str(fields[HeaderFields.member])))
        assert fields[HeaderFields.signature] == "a{sv}"
        return new_error(call, f"{UDISKS}.Error.DeviceBusy") if self.busy else new_method_return(call)

    def close(self) -> None:
        self._over.set()
        self._thread.join(20)
        self._speaker.close()


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    with bus(tmp_path / "bus") as made:
        yield made


@pytest.fixture
def disks(address: str) -> Iterator[Disks]:
    made = Disks(address)
    yield made
    made.close()


@pytest.fixture
def system(address: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The bus of the test stands for the system's, which Qt joins once and for all in a process."""
    joined = QDBusConnection.connectToBus(address, address)
    monkeypatch.setattr(QDBusConnection, "systemBus", staticmethod(lambda: joined))
    yield
    QDBusConnection.disconnectFromBus(address)


def ended(qtbot: QtBot, device: str) -> Let:
    made = Ejection(Tasks())
    with qtbot.waitSignal(made.ended, timeout=LONG) as told:
        made.start(device)
    let = told.args[0]
    assert isinstance(let, Let)
    return let


def test_the_medium_is_unmounted(qtbot: QtBot, disks: Disks, system: None) -> None:
    assert ended(qtbot, "/dev/sdz1") is Let.EJECTED
    assert disks.asked == [("/org/freedesktop/UDisks2/block_devices/sdz1", "Unmount")]


def test_the_name_of_a_device_is_written_as_udisks_does(qtbot: QtBot, disks: Disks, system: None) -> None:
    ended(qtbot, "/dev/nothere-7")
    assert disks.asked[0][0].endswith("/nothere_2d7")


def test_a_medium_in_use_is_not_said_to_be_gone(qtbot: QtBot, disks: Disks, system: None) -> None:
    disks.busy = True
    assert ended(qtbot, "/dev/sdz1") is Let.BUSY


def test_without_udisks_only_what_was_done_is_said(qtbot: QtBot, system: None) -> None:
    assert ended(qtbot, "/dev/sdz1") is Let.WRITTEN
    assert ended(qtbot, "tmpfs") is Let.WRITTEN
