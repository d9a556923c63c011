"""One way in: a slot of keys.json, which holds the store's key wrapped under one secret."""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from spip_desktop.security.derivation import Derivation

NONCE_BYTES = 12
WRAPPED_BYTES = 32 + 16  # 32 bytes and the tag of AES-256-GCM
SEALED_BYTES = 32 + WRAPPED_BYTES  # HPKE: the encapsulated key before
PUBLIC_BYTES = 32
# What a slot binds to itself starts with the format it was made in: papers of the first format still open.
_DIRECT_FORMAT, _SEALED_FORMAT = 1, 2


class SlotKind(StrEnum):
    PASSPHRASE = "P"
    RECOVERY = "R"
    QUICK = "S"


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A passphrase (P), the paper key (R), or a PIN with this workstation's keyring (S).

    A passphrase does not wrap the store's key itself: `ct` holds a private key of the officer, and `sealed` the
    store's key for its `public` half (HPKE, RFC 9180). So the key can be changed for every officer while only one
    of them is there. `identifier` is what the officer chose to be called, never a name; a recovery slot has none.
    """

    id: UUID
    kind: SlotKind
    identifier: str = ""
    officer_id: UUID | None = None
    created: datetime
    kdf: Derivation
    nonce: bytes
    ct: bytes = b""
    public: bytes = b""
    sealed: bytes = b""

    def described(self) -> dict[str, Any]:
        """Every field but the wrapped keys."""
        cost = self.kdf.cost
        return {
            "id": str(self.id),
            "kind": self.kind.value,
            "identifier": self.identifier,
            "officer": str(self.officer_id) if self.officer_id else None,
            "created": self.created.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "kdf": {"alg": self.kdf.alg, "salt": text_of(self.kdf.salt)}
            | ({"m": cost.m, "t": cost.t, "p": cost.p} if cost else {}),
            "nonce": text_of(self.nonce),
        } | ({"public": text_of(self.public)} if self.public else {})

    def wrap(self, key: bytes | bytearray, secret: bytes, store: UUID, beside: bytes = b"") -> "Slot":
        """The same slot holding `key`, bound to all its fields and to the store; `beside` is a second secret."""
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        if self.kind is not SlotKind.PASSPHRASE:
            return replace(self, ct=AESGCM(self._kek(secret, beside)).encrypt(self.nonce, bytes(key), self._aad(store)))
        private, public = _new_pair()
        described = replace(self, public=public)
        ct = AESGCM(self._kek(secret, beside)).encrypt(self.nonce, private, described._aad(store))
        return replace(described, ct=ct).sealing(key, store)

    def unwrap(self, secret: bytes, store: UUID, beside: bytes = b"") -> bytearray | None:
        """The store's key, or None when the secret is wrong or a field was altered."""
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        try:
            held = AESGCM(self._kek(secret, beside)).decrypt(self.nonce, self.ct, self._aad(store))
            return bytearray(self._unsealed(held, store) if self.public else held)
        except (InvalidTag, ValueError):  # ValueError: a public half that is no key
            return None

    def sealing(self, key: bytes | bytearray, store: UUID) -> "Slot":
        """The same passphrase holding another key of the store; the passphrase itself is not needed."""
        from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

        public = X25519PublicKey.from_public_bytes(self.public)
        return replace(self, sealed=_suite().encrypt(bytes(key), public, self._aad(store)))

    def _unsealed(self, private: bytes, store: UUID) -> bytes:
        from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

        return bytes(_suite().decrypt(self.sealed, X25519PrivateKey.from_private_bytes(private), self._aad(store)))

    def _kek(self, secret: bytes, beside: bytes) -> bytes:
        return self.kdf.wrapping_key(secret, f"slot/{self.kind.value}", beside)

    def _aad(self, store: UUID) -> bytes:
        written = _SEALED_FORMAT if self.public else _DIRECT_FORMAT
        return canonical({"v": written, "store": str(store), "slot": self.described()})


def canonical(content: Mapping[str, Any]) -> bytes:
    """JSON with one spelling only: sorted keys, no space, ASCII."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode("ascii")


def text_of(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _new_pair() -> tuple[bytes, bytes]:
    """A private and a public X25519 key, 32 bytes each."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    private = X25519PrivateKey.generate()
    return private.private_bytes_raw(), private.public_key().public_bytes_raw()


def _suite() -> Any:
    from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

    return Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
