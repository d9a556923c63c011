"""Reading the open data of data·inclusion: one JSON list of hundreds of megabytes, row by row, nothing kept of it.

Python's own decoder on a window of the file; decision 30 says why not a streaming parser.
"""

import codecs
import json
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.partner_public import RowKind

MOST_BYTES = 4_000_000_000
"""Of one file; the real ones have some 500 MB."""
LONGEST_ROW = 1_000_000
"""Signs of one row; the real ones have about 2,000."""
_READ = 256 * 1024  # bytes read at once
_EVERY = 200  # rows between two calls of progress
_START = re.compile(r"\s*\[\s*")
_BETWEEN = re.compile(r"\s*([,\]])\s*")
Progress = Callable[[int, int], object]


def kind_of(path: Path) -> RowKind:
    """Whether the file holds structures or services, by its first row. Refusals as `rows`, `public_other_file`."""
    for row in rows(path, lambda done, total: None):
        if "id" in row and "nom" in row:
            return RowKind.SERVICE if "structure_id" in row else RowKind.STRUCTURE
        break
    raise Refusal("public_other_file", name=path.name)


def rows(path: Path, progress: Progress) -> Iterator[dict[str, object]]:
    """Each row of the list; one that is no object is an empty row, so that it is counted and rejected.

    `progress` gets the bytes read and their total, and may raise to stop. Refusals: `public_unreadable` (missing,
    no list in JSON, cut short, a row longer than LONGEST_ROW), `public_too_big`.
    """
    try:
        with path.open("rb") as file:
            total = os.fstat(file.fileno()).st_size
            if total > MOST_BYTES:
                raise Refusal("public_too_big", name=path.name)
            for number, row in enumerate(_values(file)):
                if number % _EVERY == 0:
                    progress(file.tell(), total)
                yield row if isinstance(row, dict) else {}
            progress(total, total)
    # A row nested a thousand deep is no row of theirs either.
    except (OSError, ValueError, RecursionError) as error:
        raise Refusal("public_unreadable", name=path.name) from error


def _values(file: BinaryIO) -> Iterator[object]:
    """The values of the list; ValueError where it is none."""
    window = _Window(file)
    window.skip(_START)
    decode = json.JSONDecoder().raw_decode
    if window.text[window.at : window.at + 1] == "]":
        return
    while True:
        value, window.at = window.tried(decode)
        yield value
        if window.skip(_BETWEEN).group(1) == "]":
            return


class _Window:
    """The part of the file that is being read, as text."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self._decoder = file, codecs.getincrementaldecoder("utf-8-sig")()
        self.text, self.at = "", 0
        self._more()

    def _more(self) -> bool:
        """Let go of what was read and take more; False at the end of the file."""
        read = self._file.read(_READ)
        self.text, self.at = self.text[self.at :] + self._decoder.decode(read, final=not read), 0
        return bool(read)

    def skip(self, pattern: re.Pattern[str]) -> re.Match[str]:
        """Go past what must stand here."""
        # A match that ends with the window may go on after it.
        while (found := pattern.match(self.text, self.at)) is None or found.end() == len(self.text):
            if len(self.text) - self.at > LONGEST_ROW or not self._more():
                break
        if found is None:
            raise ValueError("no list of rows")
        self.at = found.end()
        return found

    def tried(self, decode: Callable[[str, int], tuple[object, int]]) -> tuple[object, int]:
        """The value that begins here and where it ends; more is read while it is cut short."""
        while True:
            try:
                value, end = decode(self.text, self.at)
                if end < len(self.text):
                    return value, end
            except json.JSONDecodeError:
                if len(self.text) - self.at > LONGEST_ROW:
                    raise
            if not self._more():
                # A value that ends with the file: the list is not closed.
                raise ValueError("cut short")
