"""Quick unlock on a real Secret Service (gnome-keyring on a private bus), and the backends that are refused."""

import base64
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from keyring.backend import KeyringBackend
from keyring.backends import SecretService, chainer, fail, null

from spip_desktop.domain.clock import Clock
from spip_desktop.domain.errors import Refusal
from spip_desktop.security import keychain
from spip_desktop.security.derivation import FLOOR
from spip_desktop.security.keychain import Keychain
from spip_desktop.security.opened import Opened
from spip_desktop.security.quick_unlock import QuickUnlock, check_pin, machine_mark
from spip_desktop.security.slot import SlotKind
from spip_desktop.security.vault import Vault
from tests.rigs.secret_service import secret_service
from tests.security.kit import IDENTIFIER, OTHER_PHRASE, PHRASE, Ready, code_of, rotate

PIN, WRONG = "471902", "471903"


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with secret_service(tmp_path_factory.mktemp("secrets")) as address:
        yield address


@pytest.fixture
def bus(service: str, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", service)
    return service


class Station:
    """A workstation whose program is started anew each time it is asked; tests move its clock."""

    def __init__(self, ready: Ready) -> None:
        self.ready = ready
        self.now = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
        self.machine = machine_mark()

    @property
    def vault(self) -> Vault:
        return Vault(self.ready.folder, Clock(lambda: self.now), lambda: FLOOR)

    @property
    def quick(self) -> QuickUnlock:
        return QuickUnlock(self.vault, Clock(lambda: self.now), machine=lambda: self.machine)

    def enable(self, pin: str = PIN) -> Opened:
        opened = self.vault.unlock(IDENTIFIER, PHRASE)
        self.quick.enable(opened, pin)
        return opened

    def fail(self) -> Refusal:
        with pytest.raises(Refusal) as refusal:
            self.quick.unlock(IDENTIFIER, WRONG)
        self.now += timedelta(seconds=60)
        return refusal.value

    @property
    def secret_name(self) -> str:
        return str(self.vault.read().keys.of_kind(SlotKind.QUICK)[0].id)


@pytest.fixture
def station(ready: Ready, bus: str) -> Station:
    return Station(ready)


# -- a real keyring ----------------------------------------------------------------------------------------------


def test_the_keyring_of_the_system_keeps_and_gives_back(bus: str) -> None:
    chain = keychain.find()
    assert type(chain._backend) is SecretService.Keyring
    chain.probe()
    chain.put("name", b"\x00secret\xff")
    assert keychain.find().get("name") == b"\x00secret\xff"
    chain.drop("name")
    assert keychain.find().get("name") is None


def test_a_pin_opens_and_the_passphrase_still_does(station: Station) -> None:
    station.enable()
    opened = station.quick.unlock(IDENTIFIER.upper(), PIN)
    assert bytes(opened.key) == station.ready.key
    assert opened.notices == ()
    assert [one.identifier for one in station.quick.every()] == [IDENTIFIER]
    assert bytes(station.vault.unlock(IDENTIFIER, PHRASE).key) == station.ready.key


def test_it_is_off_until_it_is_asked_for(station: Station) -> None:
    assert station.quick.every() == ()
    assert code_of(lambda: station.quick.unlock(IDENTIFIER, PIN)) == "quick_absent"


def test_neither_half_opens_alone(station: Station) -> None:
    """The PIN with another secret, the secret with another PIN, both on another machine: nothing; the control opens."""
    station.enable()
    chain, name = keychain.find(), station.secret_name
    secret = chain.get(name)
    assert secret is not None
    assert station.fail().code == "wrong_pin"
    chain.put(name, bytes(32))
    with pytest.raises(Refusal):
        station.quick.unlock(IDENTIFIER, PIN)
    station.now += timedelta(seconds=60)
    chain.put(name, secret)
    station.machine = bytes(32)
    with pytest.raises(Refusal):
        station.quick.unlock(IDENTIFIER, PIN)
    station.now += timedelta(seconds=60)
    station.machine = machine_mark()
    assert bytes(station.quick.unlock(IDENTIFIER, PIN).key) == station.ready.key


def test_five_wrong_pins_withdraw_it_across_restarts(station: Station) -> None:
    station.enable()
    name = station.secret_name
    said = [station.fail() for _ in range(5)]
    assert [one.code for one in said] == ["wrong_pin"] * 4 + ["quick_withdrawn"]
    assert [one.problems[0].data.get("left") for one in said[:4]] == [4, 3, 2, 1]
    assert keychain.find().get(name) is None
    assert code_of(lambda: station.quick.unlock(IDENTIFIER, PIN)) == "quick_withdrawn"
    (station.ready.folder / "attempts.json").unlink()  # the count put back by hand changes nothing
    assert code_of(lambda: station.quick.unlock(IDENTIFIER, PIN)) == "quick_withdrawn"
    opened = station.vault.unlock(IDENTIFIER, PHRASE)
    assert bytes(opened.key) == station.ready.key


def test_four_wrong_pins_and_the_right_one_start_the_count_again(station: Station) -> None:
    station.enable()
    for _ in range(2):
        for _ in range(4):
            assert station.fail().code == "wrong_pin"
        station.quick.unlock(IDENTIFIER, PIN).wipe()


@pytest.mark.parametrize(("moved", "serves"), [(30, True), (31, False), (-2, False), (400, False)])
def test_it_serves_thirty_days(station: Station, moved: int, serves: bool) -> None:
    opened = station.enable()
    name = station.secret_name
    station.now += timedelta(days=moved)
    if serves:
        station.quick.unlock(IDENTIFIER, PIN).wipe()
        return
    assert station.quick.every() == ()
    assert code_of(lambda: station.quick.unlock(IDENTIFIER, PIN)) == "quick_expired"
    assert keychain.find().get(name) is None
    station.quick.tidy(opened)
    assert station.vault.read().keys.of_kind(SlotKind.QUICK) == ()


def test_it_goes_when_it_is_taken_away_with_a_new_passphrase_and_with_a_new_key(station: Station) -> None:
    opened = station.enable()
    name = station.secret_name
    station.quick.disable(opened)
    assert (station.quick.every(), keychain.find().get(name)) == ((), None)
    opened = station.enable()
    station.vault.change_passphrase(opened, PHRASE, OTHER_PHRASE)
    assert station.quick.every() == ()
    opened = station.vault.unlock(IDENTIFIER, OTHER_PHRASE)
    station.quick.enable(opened, PIN)
    rotate(station.vault, opened)
    assert station.quick.every() == ()


def test_a_new_pin_replaces_the_former(station: Station) -> None:
    station.enable()
    name = station.secret_name
    station.enable("804417")
    assert keychain.find().get(name) is None
    assert station.fail().code == "wrong_pin"
    station.quick.unlock(IDENTIFIER, "804417").wipe()


def test_the_secret_is_not_in_our_folder(station: Station) -> None:
    station.enable()
    secret = keychain.find().get(station.secret_name)
    assert secret is not None
    written = b"".join(path.read_bytes() for path in station.ready.folder.iterdir() if path.is_file())
    assert station.secret_name.encode() in written  # the search does see what is there
    for form in (secret, secret.hex().encode(), base64.b64encode(secret), PIN.encode()):
        assert form not in written


# -- backends that are refused -----------------------------------------------------------------------------------


class PlaintextKeyring(KeyringBackend):
    """What keyrings.alt does: secrets in a file, in base64."""

    priority = 9

    def get_password(self, service: str, username: str) -> str | None:
        return None

    def set_password(self, service: str, username: str, password: str) -> None:
        raise AssertionError("a refused backend was given a secret")


PlaintextKeyring.__module__ = "keyrings.alt.file"


class Lookalike(SecretService.Keyring):
    """Bears the name of an accepted backend and is another class."""


Lookalike.__module__, Lookalike.__qualname__ = "keyring.backends.SecretService", "Keyring"


@pytest.mark.parametrize(
    ("backend", "code"),
    [
        (null.Keyring, "keychain_null"),
        (fail.Keyring, "keychain_fail"),
        (chainer.ChainerBackend, "keychain_chainer"),
        (PlaintextKeyring, "keychain_plaintext"),
        (Lookalike, "keychain_unknown"),
        (dict, "keychain_unknown"),
    ],
)
def test_a_backend_that_is_not_on_the_list_is_refused_and_said_why(backend: type, code: str) -> None:
    assert code_of(lambda: Keychain(backend())) == code
    Keychain(SecretService.Keyring())  # type: ignore[no-untyped-call]  # the control


def test_a_backend_that_keeps_nothing_is_seen_by_the_probe(bus: str) -> None:
    chain = keychain.find()
    chain._backend = null.Keyring()  # type: ignore[no-untyped-call]  # what would pass the list and lose what it is given
    assert code_of(chain.probe) == "keychain_unreliable"


def test_neither_a_variable_nor_a_file_chooses_the_backend(bus: str, tmp_path: Path) -> None:
    """keyring itself obeys both (the control); ours stays the Secret Service."""
    (tmp_path / "python_keyring").mkdir()
    (tmp_path / "python_keyring" / "keyringrc.cfg").write_text(
        "[backend]\ndefault-keyring=keyring.backends.null.Keyring\n"
    )
    for more in (
        {"PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring"},
        {"XDG_CONFIG_HOME": str(tmp_path)},
    ):
        done = subprocess.run(
            [sys.executable, "-c", _CHOSEN], env=os.environ | more, capture_output=True, text=True, timeout=60
        )
        assert json.loads(done.stdout) == ["keyring.backends.null", "keyring.backends.SecretService"], done.stderr


_CHOSEN = """
import json, keyring
from spip_desktop.security import keychain
print(json.dumps([type(keyring.get_keyring()).__module__, type(keychain.find()._backend).__module__]))
"""


def test_without_a_keyring_it_is_not_offered_and_the_passphrase_opens(
    ready: Ready, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path / 'nobody'}")
    station = Station(ready)
    assert code_of(station.quick.require_offered) == "keychain_absent"
    opened = station.vault.unlock(IDENTIFIER, PHRASE)
    before = ready.current.read_bytes()
    assert code_of(lambda: station.quick.enable(opened, PIN)) == "keychain_absent"
    assert ready.current.read_bytes() == before


def test_a_keyring_gone_since_leaves_the_passphrase(
    station: Station, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Another desktop, another session: the secret cannot be read (security.md §2.2)."""
    station.enable()
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path / 'nobody'}")
    assert code_of(lambda: station.quick.unlock(IDENTIFIER, PIN)) == "keychain_absent"
    assert bytes(station.vault.unlock(IDENTIFIER, PHRASE).key) == station.ready.key


# -- the PIN -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pin", "code"),
    [
        ("", "pin_digits"), ("12345x", "pin_digits"), ("١٢٣٤٥٦", "pin_digits"), ("47190", "pin_length"),
        ("4719024719021", "pin_length"), ("000000", "pin_guessable"), ("123456", "pin_guessable"),
        ("987654", "pin_guessable"), ("135791", "pin_guessable"), ("121212", "pin_guessable"),
        ("471471", "pin_guessable"),
    ],
)  # fmt: skip
def test_a_pin_that_will_not_do(pin: str, code: str) -> None:
    assert code_of(lambda: check_pin(pin)) == code
    check_pin(PIN)
