"""The keyring of this workstation's system, only where it truly keeps a secret (security.md §2.2).

Nothing is left to discovery: an environment variable or a file can make `keyring` choose a backend that keeps nothing,
or keeps it in clear. The backends below are made here, by class; any other is refused and said why.
"""

import secrets
import sys
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from typing import Any, TypeVar

from spip_desktop.domain.errors import Refusal

SERVICE = "spip-desktop"
#: Module and class of each secure backend, by system, in the order they are tried.
ALLOWED: dict[str, tuple[tuple[str, str], ...]] = {
    "linux": (
        ("keyring.backends.SecretService", "Keyring"),
        ("keyring.backends.libsecret", "Keyring"),
        ("keyring.backends.kwallet", "DBusKeyring"),
    ),
    "win32": (("keyring.backends.Windows", "WinVaultKeyring"),),
    "darwin": (("keyring.backends.macOS", "Keyring"),),
}
_REFUSED = {
    "keyring.backends.null": "keychain_null",
    "keyring.backends.fail": "keychain_fail",
    "keyring.backends.chainer": "keychain_chainer",
    "keyrings.alt": "keychain_plaintext",
}
_PROBE = "probe"
T = TypeVar("T")


class Keychain:
    """One accepted backend. Its calls may take a moment, or ask the officer to unlock: never from the GUI thread."""

    def __init__(self, backend: Any) -> None:
        require_allowed(backend)
        self._backend: Any = backend
        if type(self._backend).__name__ == "WinVaultKeyring":
            # By default a secret follows the officer to other machines of the domain (not verified on Windows).
            self._backend.persist = "local machine"

    def probe(self) -> None:
        """Write, read back, compare. Refusal `keychain_unreliable` when what comes back is not what was put."""
        wanted, name = secrets.token_bytes(32), f"{_PROBE}/{secrets.token_hex(8)}"
        self.put(name, wanted)
        try:
            if self.get(name) != wanted:
                raise Refusal("keychain_unreliable")
        finally:
            self.drop(name)

    def put(self, name: str, secret: bytes) -> None:
        """Keep a secret as hexadecimal (64 signs: Windows takes 1,280). Refusal `keychain_failed`."""
        _told(lambda: self._backend.set_password(SERVICE, name, secret.hex()))

    def get(self, name: str) -> bytes | None:
        """The secret, None when there is none. Refusal `keychain_failed`."""
        found = _told(lambda: self._backend.get_password(SERVICE, name))
        try:
            return None if found is None else bytes.fromhex(found)
        except ValueError:
            return None

    def drop(self, name: str) -> None:
        """Forget a secret, best effort: without its slot it opens nothing."""
        with suppress(Refusal):
            _told(lambda: self._backend.delete_password(SERVICE, name))


def find() -> Keychain:
    """The first secure backend that is really there. Refusal `keychain_absent`."""
    for module, name in ALLOWED.get(sys.platform, ()):
        with suppress(Exception):  # each backend has its own way of not being there
            kind = getattr(import_module(module), name)
            if kind.priority > 0:
                return Keychain(kind())
    raise Refusal("keychain_absent")


def require_allowed(backend: object) -> None:
    """Refuse a backend that is not, by its very class, on the list: `keychain_null`, `_fail`, `_chainer`,
    `_plaintext`, or `keychain_unknown`.
    """
    kind = type(backend)
    for module, name in (one for every in ALLOWED.values() for one in every):
        if (kind.__module__, kind.__qualname__) == (module, name) and getattr(sys.modules.get(module), name) is kind:
            return
    for module, code in _REFUSED.items():
        if kind.__module__ == module or kind.__module__.startswith(module + "."):
            raise Refusal(code)
    raise Refusal("keychain_unknown")


def _told(act: Callable[[], T]) -> T:
    try:
        return act()
    except Exception:  # D-Bus, a dismissed prompt, a locked collection: all the same to the officer
        raise Refusal("keychain_failed") from None
