"""Quick unlock: a PIN with a secret in this workstation's keyring, for thirty days, never the only way in.

Neither the disk alone, nor the session of the system alone, nor the PIN alone opens. It is withdrawn after five
wrong PINs, whatever is done to our files: the secret itself is taken out of the keyring.
"""

import hashlib
import secrets
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from uuid import getnode

from spip_desktop.domain.clock import PARIS, Clock
from spip_desktop.domain.errors import Refusal
from spip_desktop.security import keychain
from spip_desktop.security.keychain import Keychain
from spip_desktop.security.passphrase import same_identifier
from spip_desktop.security.slot import Slot, SlotKind
from spip_desktop.security.vault import Opened, Vault

LASTS = timedelta(days=30)
MOST_WRONG = 5
SHORTEST_PIN, LONGEST_PIN = 6, 12
_SECRET_BYTES = 32
_AHEAD = timedelta(days=1)  # a clock that far behind the making was set back


@dataclass(frozen=True, slots=True)
class Quick:
    """A quick unlock in force, and the last day it serves."""

    identifier: str
    until: date


class QuickUnlock:
    """The quick unlocks of one store folder on this workstation; called from the worker."""

    def __init__(
        self,
        vault: Vault,
        clock: Clock,
        find: Callable[[], Keychain] = keychain.find,
        machine: "Callable[[], bytes] | None" = None,
    ) -> None:
        self._vault, self._clock, self._find = vault, clock, find
        self._machine = machine or machine_mark

    def require_offered(self) -> None:
        """Refusal of `keychain.find` where this workstation has no secure keyring."""
        self._find()

    def every(self) -> tuple[Quick, ...]:
        """Those that may still serve, by the files alone; refusals as `Vault.read`."""
        slots = self._vault.read().keys.of_kind(SlotKind.QUICK)
        return tuple(Quick(slot.identifier, _last_day(slot)) for slot in slots if not self._over(slot))

    def enable(self, opened: Opened, pin: str) -> Quick:
        """Let the officer who opened come in by PIN from now on; a former quick unlock of theirs goes.

        Refusals: those of `check_pin` and of the keyring, `keys_not_saved`.
        """
        check_pin(pin)
        chain = self._find()
        chain.probe()
        secret = secrets.token_bytes(_SECRET_BYTES)
        slot = self._vault.quick_slot(opened, pin, secret + self._machine())
        chain.put(str(slot.id), secret)
        if chain.get(str(slot.id)) != secret:
            chain.drop(str(slot.id))
            raise Refusal("keychain_unreliable")
        former = self.slots_of(opened.slot.identifier)
        self._vault.install_quick(opened, slot)
        for one in former:
            chain.drop(str(one.id))
        return Quick(slot.identifier, _last_day(slot))

    def disable(self, opened: Opened) -> None:
        """Take the officer's quick unlock away, its secret first. Refusal `keys_not_saved`."""
        for slot in self.slots_of(opened.slot.identifier):
            self.withdraw(slot)
            self._vault.drop_quick(opened, slot)

    def unlock(self, identifier: str, pin: str) -> Opened:
        """Open with a PIN.

        Refusals: `wrong_pin` (left: attempts left), `throttled`, `quick_absent`, `quick_expired`,
        `quick_withdrawn`, `keychain_absent`, `keychain_failed`, as `Vault.read`.
        """
        slot = next(iter(self.slots_of(identifier)), None)
        if slot is None:
            raise Refusal("quick_absent")
        if self._over(slot):
            self.withdraw(slot)
            raise Refusal("quick_expired" if self._wrong(slot) < MOST_WRONG else "quick_withdrawn")
        secret = self._find().get(str(slot.id))
        if secret is None:
            raise Refusal("quick_withdrawn")
        try:
            return self._vault.unlock_quick(slot, pin, secret + self._machine())
        except Refusal as refusal:
            if refusal.code == "wrong_pin":
                raise self._wrong_pin(slot) from None
            raise

    def tidy(self, opened: Opened) -> None:
        """Take out of the key file what no longer serves."""
        for slot in opened.keys.of_kind(SlotKind.QUICK):
            if self._over(slot):
                self.withdraw(slot)
                self._vault.drop_quick(opened, slot)

    def _wrong_pin(self, slot: Slot) -> Refusal:
        left = MOST_WRONG - self._wrong(slot)
        if left > 0:
            return Refusal("wrong_pin", "pin", left=left)
        self.withdraw(slot)
        return Refusal("quick_withdrawn")

    def slots_of(self, identifier: str) -> tuple[Slot, ...]:
        """The officer's, whether it may still serve or not."""
        slots = self._vault.read().keys.of_kind(SlotKind.QUICK)
        return tuple(slot for slot in slots if same_identifier(slot.identifier, identifier))

    def _wrong(self, slot: Slot) -> int:
        return self._vault.throttle.wrong_pins(str(slot.id))

    def _over(self, slot: Slot) -> bool:
        age = self._clock.now() - slot.created
        return not -_AHEAD <= age <= LASTS or self._wrong(slot) >= MOST_WRONG

    def withdraw(self, slot: Slot) -> None:
        """Take its secret out of the keyring: whatever the files say, it opens nothing any more."""
        try:
            self._find().drop(str(slot.id))
        except Refusal:
            return  # no keyring: nothing of it can be read either


def check_pin(pin: str) -> None:
    """Refuse a PIN that will not do: `pin_length` (shortest, longest), `pin_digits`, `pin_guessable`."""
    if not _digits(pin):
        raise Refusal("pin_digits", "pin")
    if not SHORTEST_PIN <= len(pin) <= LONGEST_PIN:
        raise Refusal("pin_length", "pin", shortest=SHORTEST_PIN, longest=LONGEST_PIN)
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    half = len(pin) // 2
    if len(steps) == 1 or len(set(pin)) < 3 or pin[:half] == pin[half:]:
        raise Refusal("pin_guessable", "pin")


def is_pin(typed: str) -> bool:
    """Whether what was typed is a PIN rather than a passphrase: digits alone, as many as a PIN has."""
    return _digits(typed) and SHORTEST_PIN <= len(typed) <= LONGEST_PIN


def _digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def machine_mark() -> bytes:
    """32 bytes that are this machine's: a folder and a keyring taken to another one do not open there."""
    return hashlib.sha256(b"spip-desktop/machine\0" + _machine_name()).digest()


def _machine_name() -> bytes:
    if sys.platform == "win32":  # not verified: no Windows machine here
        import winreg

        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, r"SOFTWARE\Microsoft\Cryptography") as key:
            return str(winreg.QueryValueEx(key, "MachineGuid")[0]).encode()
    for path in (Path("/etc/machine-id"), Path("/var/lib/dbus/machine-id")):
        if path.is_file():
            return path.read_bytes().strip()
    return str(getnode()).encode()


def _last_day(slot: Slot) -> date:
    end: datetime = slot.created + LASTS
    return end.astimezone(PARIS).date()
