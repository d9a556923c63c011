"""keys.json as a value: strictly read, canonically written, authenticated by the store's own key."""

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from spip_desktop.security import derivation
from spip_desktop.security.derivation import ARGON2ID, HKDF, Argon2, Derivation

VERSION = 1
NONCE_BYTES = 12
WRAPPED_BYTES = derivation.KEY_BYTES + 16  # the key and the tag of AES-256-GCM
_MAC, _SUM = "mac", "sum"


class Damaged(Exception):  # noqa: N818  never leaves security/: the vault turns it into a Refusal
    """The bytes are not a whole key file."""


class Newer(Exception):  # noqa: N818  likewise
    """The file was written by a newer program."""


class SlotKind(StrEnum):
    PASSPHRASE = "P"
    RECOVERY = "R"


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One way in: the store's key wrapped under a passphrase (P) or the paper key (R).

    `identifier` is what the officer chose to be called, never a name; a recovery slot has no officer.
    """

    id: UUID
    kind: SlotKind
    identifier: str = ""
    officer_id: UUID | None = None
    created: datetime
    kdf: Derivation
    nonce: bytes
    ct: bytes = b""

    def described(self) -> dict[str, Any]:
        """Every field but the wrapped key."""
        cost = self.kdf.cost
        return {
            "id": str(self.id),
            "kind": self.kind.value,
            "identifier": self.identifier,
            "officer": str(self.officer_id) if self.officer_id else None,
            "created": self.created.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "kdf": {"alg": self.kdf.alg, "salt": _text(self.kdf.salt)}
            | ({"m": cost.m, "t": cost.t, "p": cost.p} if cost else {}),
            "nonce": _text(self.nonce),
        }

    def wrap(self, key: bytes | bytearray, secret: bytes, store: UUID) -> "Slot":
        """The same slot holding `key`, bound to all its fields and to the store (AES-256-GCM)."""
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        wrapping = self.kdf.wrapping_key(secret, f"slot/{self.kind.value}")
        return replace(self, ct=AESGCM(wrapping).encrypt(self.nonce, bytes(key), self._bound(store)))

    def unwrap(self, secret: bytes, store: UUID) -> bytearray | None:
        """The store's key, or None when the secret is wrong or a field was altered."""
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        wrapping = self.kdf.wrapping_key(secret, f"slot/{self.kind.value}")
        try:
            return bytearray(AESGCM(wrapping).decrypt(self.nonce, self.ct, self._bound(store)))
        except InvalidTag:
            return None

    def _bound(self, store: UUID) -> bytes:
        return canonical({"v": VERSION, "store": str(store), "slot": self.described()})


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFile:
    """One generation of keys.json; `check` tells, before anything is written, that a key is this store's."""

    store: UUID
    generation: int
    check: bytes
    slots: tuple[Slot, ...]
    mac: bytes = b""

    def of_kind(self, kind: SlotKind) -> tuple[Slot, ...]:
        return tuple(slot for slot in self.slots if slot.kind is kind)

    def next(self, slots: tuple[Slot, ...], key: bytes | bytearray) -> "KeyFile":
        """The following generation with these slots, authenticated under `key`."""
        following = replace(self, generation=self.generation + 1, check=key_check(key), slots=slots, mac=b"")
        return replace(following, mac=following._mac_under(key))

    def is_authentic(self, key: bytes | bytearray) -> bool:
        """Whether whoever wrote this file held the store's key: no slot added, removed or put back."""
        return hmac.compare_digest(self.check, key_check(key)) and hmac.compare_digest(self.mac, self._mac_under(key))

    def to_bytes(self) -> bytes:
        content = self._content() | {_MAC: _text(self.mac)}
        return canonical(content | {_SUM: _sum(content)})

    def _content(self) -> dict[str, Any]:
        return {
            "v": VERSION,
            "store": str(self.store),
            "generation": self.generation,
            "check": _text(self.check),
            "slots": [slot.described() | {"ct": _text(slot.ct)} for slot in self.slots],
        }

    def _mac_under(self, key: bytes | bytearray) -> bytes:
        return hmac.digest(derivation.expand(key, "keys"), canonical(self._content()), "sha256")


def empty(store: UUID) -> KeyFile:
    """Generation 0, which is never written."""
    return KeyFile(store=store, generation=0, check=b"", slots=())


def read(data: bytes) -> KeyFile:
    """The key file in these bytes; Damaged when a byte is wrong or a cost under the floor, Newer past version 1.

    The plain checksum needs no key: it tells damage from a wrong passphrase. The MAC, checked after
    unlocking, tells an alteration.
    """
    try:
        content = json.loads(data)
        if not isinstance(content, dict) or content.pop(_SUM, None) != _sum(content):
            raise Damaged
        if _whole(content["v"]) > VERSION:
            raise Newer
        return KeyFile(
            store=UUID(content["store"]),
            generation=_whole(content["generation"]),
            check=_bytes(content["check"], 8),
            slots=tuple(_slot(slot) for slot in content["slots"]),
            mac=_bytes(content[_MAC], 32),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise Damaged from None


def key_check(key: bytes | bytearray) -> bytes:
    """Eight bytes that recognise the store's key without telling anything of it."""
    return hmac.digest(bytes(key), b"spip-desktop/key-check", "sha256")[:8]


def canonical(content: Mapping[str, Any]) -> bytes:
    """JSON with one spelling only: sorted keys, no space, ASCII."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode("ascii")


def _slot(content: dict[str, Any]) -> Slot:
    if content["kind"] not in tuple(SlotKind) or content["kdf"]["alg"] not in (ARGON2ID, HKDF):
        raise Newer  # the checksum held: a later program wrote a kind of slot this one does not know
    officer = content["officer"]
    return Slot(
        id=UUID(content["id"]),
        kind=SlotKind(content["kind"]),
        identifier=str(content["identifier"]),
        officer_id=UUID(officer) if officer is not None else None,
        created=datetime.fromisoformat(content["created"]),
        kdf=_derivation(content["kdf"], SlotKind(content["kind"])),
        nonce=_bytes(content["nonce"], NONCE_BYTES),
        ct=_bytes(content["ct"], WRAPPED_BYTES),
    )


def _derivation(content: dict[str, Any], kind: SlotKind) -> Derivation:
    salt = _bytes(content["salt"], derivation.SALT_BYTES)
    if kind is SlotKind.RECOVERY:
        if content["alg"] != HKDF:
            raise Damaged
        return Derivation(HKDF, salt)
    if content["alg"] != ARGON2ID:
        raise Damaged  # a passphrase without Argon2id would be a guess a nanosecond
    cost = Argon2(m=_whole(content["m"]), t=_whole(content["t"]), p=_whole(content["p"]))
    if not derivation.acceptable(cost):
        raise Damaged
    return Derivation(ARGON2ID, salt, cost)


def _sum(content: Mapping[str, Any]) -> str:
    return hashlib.sha256(canonical(content)).hexdigest()


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _bytes(text: str, length: int) -> bytes:
    try:
        data = base64.b64decode(text, validate=True)
    except binascii.Error:
        raise Damaged from None
    if len(data) != length:
        raise Damaged
    return data


def _whole(value: object) -> int:
    if type(value) is not int or value < 0:
        raise Damaged
    return value
