"""Looks for a word in bytes, files, file names and the memory of processes, in every form that a leak takes.

Forms: UTF-8, UTF-16, UTF-32, Latin-1, each composed and decomposed; base64 at its three offsets; hexadecimal; and all
of these inside deflate streams, and in the text of PDF files (whose letters are numbers of glyphs).
"""

import base64
import os
import re
import subprocess
import unicodedata
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

_DEEPEST = 3  # streams within streams
_LARGEST = 32 << 20  # bytes taken out of one stream
_PIECE = 16_384
_ZLIB = re.compile(rb"\x78[\x01\x5e\x9c\xda]")
_GZIP = re.compile(rb"\x1f\x8b\x08")
_ZIP = re.compile(rb"PK\x03\x04.{22}(..)(..)", re.DOTALL)
_PDF = re.compile(rb"%PDF-1\.\d.*?%%EOF", re.DOTALL)


@dataclass(frozen=True)
class Leak:
    """Where a word was found, and in which form."""

    place: str
    form: str

    def __str__(self) -> str:
        return f"{self.place} ({self.form})"


def written(word: str) -> dict[str, bytes]:
    """The word as text is kept: encodings of both normal forms, capitals too."""
    forms = {}
    for case, text in (("", word), (" capitals", word.upper())):
        for normal in ("NFC", "NFD"):
            shaped = unicodedata.normalize(normal, text)
            for encoding in ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "latin-1"):
                try:
                    forms[f"{encoding} {normal}{case}"] = shaped.encode(encoding)
                except UnicodeEncodeError:
                    continue  # a decomposed accent is no sign of Latin-1
    return forms


def living(word: str) -> dict[str, bytes]:
    """The word as Python and Qt keep text in memory."""
    return {form: needle for form, needle in written(word).items() if "NFC" in form and "-be" not in form}


def disguised(word: str) -> dict[str, bytes]:
    """The word as a program passes bytes on: base64 at its three offsets, hexadecimal."""
    forms = {}
    for encoding in ("utf-8", "latin-1", "utf-16-le"):
        raw = word.encode(encoding)
        forms[f"hexadecimal {encoding}"] = raw.hex().encode()
        forms[f"HEXADECIMAL {encoding}"] = raw.hex().upper().encode()
        for offset in range(3):
            # The signs that depend on the bytes before and after are left out.
            whole = base64.b64encode(bytes(offset) + raw)
            first, last = (offset * 8 + 5) // 6, (offset + len(raw)) * 8 // 6
            forms[f"base64+{offset} {encoding}"] = whole[first:last]
    return forms


class Scanner:
    """Knows the words to look for, and bytes that are no word (a key)."""

    def __init__(self, words: Iterable[str] = (), *, keys: Iterable[bytes] = (), in_memory: bool = False) -> None:
        self._forms: dict[bytes, str] = {}
        for word in words:
            for form, needle in (living(word) if in_memory else written(word) | disguised(word)).items():
                self._forms.setdefault(needle, f"« {word} » {form}")
        for key in keys:
            self._forms |= {key: "raw key", key.hex().encode(): "key in hex", key.hex().upper().encode(): "key in HEX"}

    def in_bytes(self, content: bytes, place: str, depth: int = 0) -> Iterator[Leak]:
        """What is found in bytes, then in the streams they hold."""
        for needle, form in self._forms.items():
            if needle in content:
                yield Leak(place, form)
        if depth < _DEEPEST:
            for kind, inside in streams(content):
                yield from self.in_bytes(inside, f"{place} > {kind}", depth + 1)

    def in_folder(self, folder: Path) -> Iterator[Leak]:
        """What is found in the files of a folder, and in their names."""
        for at, folders, names in os.walk(folder):
            for name in (*folders, *names):
                yield from self.in_bytes(os.fsencode(name), f"the name {at}/{name}", _DEEPEST)
            for name in names:
                path = Path(at, name)
                if path.is_file() and not path.is_symlink():
                    yield from self.in_bytes(path.read_bytes(), str(path))

    def in_memory(self, pid: int) -> set[str]:
        """The forms found in what a process may write: its data, its stacks."""
        found: set[str] = set()
        with open(f"/proc/{pid}/mem", "rb", buffering=0) as memory:
            for start, end in _areas(pid):
                try:
                    memory.seek(start)
                    content = memory.read(end - start) or b""
                except (OSError, OverflowError):
                    continue  # a guard page, or an area given back meanwhile
                found |= {form for needle, form in self._forms.items() if needle in content}
        return found


def streams(content: bytes) -> Iterator[tuple[str, bytes]]:
    """What can be taken out of bytes: deflate streams of three wrappings, the text of PDF files."""
    view = memoryview(content)
    for pattern, kind, bits in ((_ZLIB, "deflate", 15), (_GZIP, "gzip", 31)):
        for mark in pattern.finditer(content):
            if inside := _inflated(view[mark.start() :], bits):
                yield kind, inside
    for mark in _ZIP.finditer(content):
        start = mark.end() + int.from_bytes(mark[1], "little") + int.from_bytes(mark[2], "little")
        if inside := _inflated(view[start:], -15):
            yield "zip", inside
    for mark in _PDF.finditer(content):
        done = subprocess.run(["pdftotext", "-", "-"], input=mark[0], capture_output=True, check=False)
        if done.stdout.strip():
            yield "text of PDF", done.stdout


def _inflated(content: memoryview, bits: int) -> bytes:
    """What a stream holds, as far as it is whole."""
    stream, taken = zlib.decompressobj(bits), b""
    try:
        for start in range(0, len(content), _PIECE):
            taken += stream.decompress(content[start : start + _PIECE])
            if stream.eof or len(taken) > _LARGEST:
                break
    except zlib.error:
        pass  # not a stream, or one that was cut: what came out before counts
    return taken


def _areas(pid: int) -> Iterator[tuple[int, int]]:
    for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
        place, rights, *_ = line.split()
        if rights.startswith("rw"):
            start, _, end = place.partition("-")
            yield int(start, 16), int(end, 16)
