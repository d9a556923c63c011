"""The two key pairs of a station: X25519 (age) to be written to, Ed25519 to sign what it writes."""

import hashlib
import unicodedata
from dataclasses import dataclass, field

import pyrage
import segno
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from mnemonic import Mnemonic

from spip_desktop.domain.text import fold

#: Words by which two people compare a card: 8 × 11 bits.
FINGERPRINT_WORDS = 8
#: Words of a phrase that opens a package: 6 × 11 = 66 bits, behind age's scrypt.
PHRASE_WORDS = 6
_WORD_BITS = 11


@dataclass(frozen=True, slots=True)
class PublicKeys:
    """What others know: the age recipient (« age1… ») and the signing key (64 hexadecimal signs)."""

    recipient: str
    signing: str

    def fingerprint(self) -> str:
        """SHA-256 of both keys, hexadecimal: what the words and the QR code carry."""
        return hashlib.sha256(f"spip-card\0{self.recipient}\0{self.signing}".encode()).hexdigest()

    def words(self) -> tuple[str, ...]:
        """The first 88 bits of the fingerprint in the words of the French BIP-39 list."""
        return _words(bytes.fromhex(self.fingerprint()), FINGERPRINT_WORDS)

    def code(self) -> str:
        """What the QR code says: the whole fingerprint."""
        return f"SPIP:{self.fingerprint()}".upper()

    def is_code(self, scanned: str) -> bool:
        """Whether what a reader of codes typed is the QR code of these keys."""
        return "".join(scanned.split()).upper() == self.code()

    def modules(self) -> tuple[tuple[bool, ...], ...]:
        """The QR code of the fingerprint, row by row, without its quiet zone."""
        matrix = segno.make(self.code(), error="m", micro=False).matrix
        return tuple(tuple(bool(dark) for dark in line) for line in matrix)

    def holds(self, purpose: str, content: bytes, signature: str) -> bool:
        """Whether the signature (hexadecimal) of this content, for this purpose, is of this station."""
        try:
            key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(self.signing))
            key.verify(bytes.fromhex(signature), _signed(purpose, content))
        except (InvalidSignature, ValueError):
            return False
        return True


@dataclass(frozen=True, slots=True)
class StationKeys:
    """The secret halves: kept in the encrypted store, nowhere else."""

    secret: str = field(repr=False)
    seed: bytes = field(repr=False)

    @classmethod
    def generate(cls) -> "StationKeys":
        return cls(str(pyrage.x25519.Identity.generate()), Ed25519PrivateKey.generate().private_bytes_raw())

    @classmethod
    def from_bytes(cls, kept: bytes) -> "StationKeys":
        return cls(kept[32:].decode("ascii"), kept[:32])

    def to_bytes(self) -> bytes:
        return self.seed + self.secret.encode("ascii")

    def public(self) -> PublicKeys:
        signing = Ed25519PrivateKey.from_private_bytes(self.seed).public_key().public_bytes_raw()
        return PublicKeys(str(self.identity().to_public()), signing.hex())

    def identity(self) -> pyrage.x25519.Identity:
        return pyrage.x25519.Identity.from_str(self.secret)

    def sign(self, purpose: str, content: bytes) -> str:
        """The signature in hexadecimal; one made for a card never passes for one of a package."""
        return Ed25519PrivateKey.from_private_bytes(self.seed).sign(_signed(purpose, content)).hex()


def is_recipient(text: str) -> bool:
    """Whether age takes the text as a key to write to."""
    try:
        pyrage.x25519.Recipient.from_str(text)
    except (pyrage.RecipientError, ValueError):
        return False
    return True


def phrase(random: bytes) -> str:
    """Six words from 9 random bytes, to be told apart from the file."""
    return " ".join(_words(random, PHRASE_WORDS))


def read_phrase(typed: str) -> str:
    """The phrase as it was given, from what was typed without accents, in capitals, with other spaces."""
    known = {fold(word): unicodedata.normalize("NFC", word) for word in Mnemonic("french").wordlist}
    return " ".join(known.get(word, word) for word in fold(typed).split())


def _words(content: bytes, count: int) -> tuple[str, ...]:
    # The list is kept decomposed (NFD), as BIP-39 wants; people and screens have it composed.
    every = Mnemonic("french").wordlist
    bits = int.from_bytes(content, "big") >> (len(content) * 8 - count * _WORD_BITS)
    places = [(bits >> (_WORD_BITS * turn)) % len(every) for turn in reversed(range(count))]
    return tuple(unicodedata.normalize("NFC", every[place]) for place in places)


def _signed(purpose: str, content: bytes) -> bytes:
    return f"spip-{purpose}-v1\0".encode() + content
