"""From a secret to the key that wraps the store's key: Argon2id for what is remembered, HKDF for what is random."""

import sys
from dataclasses import dataclass
from pathlib import Path

from spip_desktop.domain.errors import Refusal

KEY_BYTES = 32
SALT_BYTES = 16
ARGON2ID = "argon2id"
HKDF = "hkdf-sha256"

_MIB = 1024  # Argon2 counts in KiB
_GIB_BYTES = 1 << 30
_ENOUGH_MEMORY = 2 * _GIB_BYTES
_LARGEST_COST = 4 << 20  # 4 GiB in KiB: more can only be a damaged file, and would freeze the workstation


@dataclass(frozen=True, slots=True)
class Argon2:
    """Cost of one guess: memory in KiB, passes, lanes (RFC 9106)."""

    m: int
    t: int
    p: int


SHIPPED = Argon2(m=256 * _MIB, t=3, p=2)
FLOOR = Argon2(m=64 * _MIB, t=3, p=4)  # RFC 9106, second recommended option


@dataclass(frozen=True, slots=True)
class Derivation:
    """How a slot's wrapping key is made; `cost` only with Argon2id."""

    alg: str
    salt: bytes
    cost: Argon2 | None = None

    def wrapping_key(self, secret: bytes, purpose: str, beside: bytes = b"") -> bytes:
        """32 bytes; heavy with Argon2id (0.2 to 1 s): never in the GUI thread. Refusal `memory_short`.

        `beside` is random, of constant length, and needed as much as `secret`.
        """
        stretched = _argon2id(secret, self.salt, self.cost) if self.cost else secret
        return expand(beside + stretched, purpose, self.salt)


def acceptable(cost: Argon2) -> bool:
    """Not under the floor in memory and passes (lanes do not make a guess cheaper), nor absurdly high."""
    return FLOOR.m <= cost.m <= _LARGEST_COST and FLOOR.t <= cost.t <= 32 and 1 <= cost.p <= 16


def suitable_cost() -> Argon2:
    """The shipped cost, or the floor where less than 2 GiB of memory is free."""
    free = free_memory()
    return FLOOR if free is not None and free < _ENOUGH_MEMORY else SHIPPED


def expand(secret: bytes | bytearray, purpose: str, salt: bytes = b"") -> bytes:
    """A 32-byte key for one purpose (HKDF-SHA256, RFC 5869)."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF as HKDF_SHA

    info = f"spip-desktop/{purpose}".encode()
    return HKDF_SHA(algorithm=SHA256(), length=KEY_BYTES, salt=salt or None, info=info).derive(bytes(secret))


def free_memory() -> int | None:
    """Bytes a program may still take without swapping, None where the system does not say."""
    if sys.platform == "win32":
        return _free_memory_windows()
    meminfo = Path("/proc/meminfo")
    if not meminfo.exists():
        return None
    for line in meminfo.read_text().splitlines():
        if line.startswith("MemAvailable:"):
            return int(line.split()[1]) * 1024
    return None


def _argon2id(secret: bytes, salt: bytes, cost: Argon2) -> bytes:
    from argon2.exceptions import HashingError
    from argon2.low_level import Type, hash_secret_raw

    try:
        return hash_secret_raw(
            bytes(secret),
            salt,
            time_cost=cost.t,
            memory_cost=cost.m,
            parallelism=cost.p,
            hash_len=KEY_BYTES,
            type=Type.ID,
        )
    except (HashingError, MemoryError):
        raise Refusal("memory_short", needed=cost.m // _MIB) from None


def _free_memory_windows() -> int | None:  # not verified: no Windows machine here
    import ctypes

    class Status(ctypes.Structure):
        _fields_ = (
            ("length", ctypes.c_uint32),
            ("load", ctypes.c_uint32),
            *((name, ctypes.c_uint64) for name in ("total", "free", "page", "page_free", "all", "all_free", "ext")),
        )

    status = Status(length=ctypes.sizeof(Status))
    if sys.platform == "win32" and ctypes.windll.kernel32.GlobalMemoryStatusEx(ctypes.byref(status)):
        return int(status.free)
    return None
