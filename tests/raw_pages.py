"""The pages of a store as they are on the disk, decrypted one by one: what a forensic reader with the key would see."""

from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

PAGE, RESERVE, IV, SALT = 4096, 80, 16, 16
_WAL_HEADER, _FRAME_HEADER = 32, 24


def pages(store: Path, key: bytes) -> list[bytes]:
    """Every page of the file, free ones included (SQLCipher 4: AES-256-CBC, IV and HMAC in the last 80 bytes)."""
    content = store.read_bytes()
    return [_page(content[at : at + PAGE], key, first=at == 0) for at in range(0, len(content), PAGE)]


def wal_pages(store: Path, key: bytes) -> list[bytes]:
    """Every page image of the write-ahead log."""
    wal = store.with_name(store.name + "-wal")
    content = wal.read_bytes() if wal.exists() else b""
    starts = range(_WAL_HEADER + _FRAME_HEADER, len(content), _FRAME_HEADER + PAGE)
    # The first page has no salt in the log but where it was copied from the file; its text is never in the first block.
    return [_page(content[at : at + PAGE], key, first=False) for at in starts if at + PAGE <= len(content)]


def holding(found: list[bytes], word: str) -> int:
    """How many of these pages hold a word, in UTF-8 or UTF-16."""
    return sum(1 for page in found if word.encode() in page or word.encode("utf-16-le") in page)


def _page(content: bytes, key: bytes, *, first: bool) -> bytes:
    body = content[SALT if first else 0 : PAGE - RESERVE]
    iv = content[PAGE - RESERVE : PAGE - RESERVE + IV]
    cipher = Cipher(algorithms.AES(key), modes.CBC(iv)).decryptor()
    return cipher.update(body) + cipher.finalize()
