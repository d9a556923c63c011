"""keys.json as a value: strictly read, canonically written, authenticated by the store's own key."""

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from spip_desktop.security import derivation
from spip_desktop.security.derivation import ARGON2ID, HKDF, Argon2, Derivation
from spip_desktop.security.slot import (
    NONCE_BYTES,
    PUBLIC_BYTES,
    SEALED_BYTES,
    WRAPPED_BYTES,
    Slot,
    SlotKind,
    canonical,
    text_of,
)

VERSION = 2  # 1 had no sealed slot and no `next`
_MAC, _SUM, _NEXT = "mac", "sum", "next"


class Damaged(Exception):  # noqa: N818  never leaves security/: the vault turns it into a Refusal
    """The bytes are not a whole key file."""


class Newer(Exception):  # noqa: N818  likewise
    """The file was written by a newer program."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFile:
    """One generation of keys.json; `check` tells, before anything is written, that a key is this store's.

    While the store's key is being changed, `next` is the whole file that follows, under the new key: whichever of
    the two keys the database has, one of them opens it.
    """

    store: UUID
    generation: int
    check: bytes
    slots: tuple[Slot, ...]
    mac: bytes = b""
    next: "KeyFile | None" = None
    version: int = VERSION

    def of_kind(self, kind: SlotKind) -> tuple[Slot, ...]:
        return tuple(slot for slot in self.slots if slot.kind is kind)

    def following(self, slots: tuple[Slot, ...], key: bytes | bytearray, after: "KeyFile | None" = None) -> "KeyFile":
        """The next generation with these slots, authenticated under `key`; `after` is the file to come, if any."""
        made = KeyFile(store=self.store, generation=self.generation + 1, check=key_check(key), slots=slots, next=after)
        return replace(made, mac=made._mac_under(key))

    def is_authentic(self, key: bytes | bytearray) -> bool:
        """Whether whoever wrote this file held the store's key: no slot added, removed or put back."""
        return hmac.compare_digest(self.check, key_check(key)) and hmac.compare_digest(self.mac, self._mac_under(key))

    def to_bytes(self) -> bytes:
        content = self._content() | {_MAC: text_of(self.mac)}
        return canonical(content | {_SUM: _sum(content)})

    def _content(self) -> dict[str, Any]:
        after = {_NEXT: self.next._content() | {_MAC: text_of(self.next.mac)}} if self.next else {}
        return after | {
            "v": self.version,
            "store": str(self.store),
            "generation": self.generation,
            "check": text_of(self.check),
            "slots": [_written(slot) for slot in self.slots],
        }

    def _mac_under(self, key: bytes | bytearray) -> bytes:
        return hmac.digest(derivation.expand(key, "keys"), canonical(self._content()), "sha256")


def empty(store: UUID) -> KeyFile:
    """Generation 0, which is never written."""
    return KeyFile(store=store, generation=0, check=b"", slots=())


def read(data: bytes) -> KeyFile:
    """The key file in these bytes; Damaged when a byte is wrong or a cost under the floor, Newer past version 2.

    The plain checksum needs no key: it tells damage from a wrong passphrase. The MAC, checked after
    unlocking, tells an alteration.
    """
    try:
        content = json.loads(data)
        if not isinstance(content, dict) or content.pop(_SUM, None) != _sum(content):
            raise Damaged
        return _file(content)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise Damaged from None


def key_check(key: bytes | bytearray) -> bytes:
    """Eight bytes that recognise the store's key without telling anything of it."""
    return hmac.digest(bytes(key), b"spip-desktop/key-check", "sha256")[:8]


def _file(content: dict[str, Any]) -> KeyFile:
    if _whole(content["v"]) > VERSION:
        raise Newer
    return KeyFile(
        store=UUID(content["store"]),
        generation=_whole(content["generation"]),
        check=_bytes(content["check"], 8),
        slots=tuple(_slot(slot) for slot in content["slots"]),
        mac=_bytes(content[_MAC], 32),
        next=_file(content[_NEXT]) if _NEXT in content else None,
        version=_whole(content["v"]),
    )


def _written(slot: Slot) -> dict[str, Any]:
    sealed = {"sealed": text_of(slot.sealed)} if slot.public else {}
    return slot.described() | {"ct": text_of(slot.ct)} | sealed


def _slot(content: dict[str, Any]) -> Slot:
    if content["kind"] not in tuple(SlotKind) or content["kdf"]["alg"] not in (ARGON2ID, HKDF):
        raise Newer  # the checksum held: a later program wrote a kind of slot this one does not know
    officer = content["officer"]
    kind = SlotKind(content["kind"])
    if "public" in content and kind is not SlotKind.PASSPHRASE:
        raise Damaged
    return Slot(
        id=UUID(content["id"]),
        kind=kind,
        identifier=str(content["identifier"]),
        officer_id=UUID(officer) if officer is not None else None,
        created=datetime.fromisoformat(content["created"]),
        kdf=_derivation(content["kdf"], kind),
        nonce=_bytes(content["nonce"], NONCE_BYTES),
        ct=_bytes(content["ct"], WRAPPED_BYTES),
        public=_bytes(content["public"], PUBLIC_BYTES) if "public" in content else b"",
        sealed=_bytes(content["sealed"], SEALED_BYTES) if "public" in content else b"",
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
