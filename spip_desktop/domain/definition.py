"""Strict reading of what the program ships as data: forms, lists, sheets, rules.

A fault is told with its file, its line and its reason. The standard TOML reader keeps no line numbers, so the
text is scanned a second time for tables and keys.
"""

import hashlib
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NoReturn

from spip_desktop.domain.text import NBSP

Path = tuple[str | int, ...]
_HEADER = re.compile(r"\s*(\[\[?)\s*([\w.-]+)\s*\]")
_KEY = re.compile(r"\s*([\w-]+)\s*=")
_ELEMENT = re.compile(r"\s*\{")
_TOML_LINE = re.compile(r"at line (\d+)")
_CODE = re.compile(r"[A-Za-z][\w-]*")


class DefinitionError(Exception):
    """A shipped definition that cannot be used: file, line (from 1) and reason, in French."""

    def __init__(self, file: str, line: int, reason: str) -> None:
        super().__init__(f"{file}, ligne {line}{NBSP}: {reason}")
        self.file, self.line, self.reason = file, line, reason


@dataclass(frozen=True, slots=True)
class Definition:
    """One shipped file, as it is copied into the store at first use (design.md §2.8)."""

    kind: str
    code: str
    version: int
    content: bytes = field(repr=False)

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


class Table:
    """One table of a definition; every key must be read once, `close` refuses those that nobody read."""

    def __init__(self, source: "_Source", path: Path, values: dict[str, Any]) -> None:
        self._source, self._path, self._values = source, path, values
        self._read: set[str] = set()

    def has(self, key: str) -> bool:
        return key in self._values

    def text(self, key: str, default: str | None = None) -> str:
        """A text; without `default` the key is required and may not be empty."""
        found = self._take(key, str, "un texte", default)
        if default is None and not found.strip():
            self.refuse(key, f"«{NBSP}{key}{NBSP}» est vide")
        return str(found)

    def code(self, key: str = "code") -> str:
        """A code: a letter, then letters, digits, underscores and hyphens."""
        found = self.text(key)
        if not _CODE.fullmatch(found):
            self.refuse(key, f"«{NBSP}{found}{NBSP}» n’est pas un code")
        return found

    def one_of(self, key: str, known: Iterable[str], default: str | None = None) -> str:
        found, allowed = self.text(key, default), tuple(known)
        if found not in allowed:
            self.refuse(key, f"«{NBSP}{found}{NBSP}» n’est pas parmi{NBSP}: {', '.join(allowed)}")
        return found

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, empty when the key is absent."""
        found = self._take(key, list, "une liste de textes", [])
        if not all(isinstance(one, str) and one for one in found):
            self.refuse(key, f"«{NBSP}{key}{NBSP}» doit être une liste de textes")
        return tuple(found)

    def flag(self, key: str, default: bool = False) -> bool:
        return bool(self._take(key, bool, "true ou false", default))

    def number(self, key: str, default: int | None = None) -> int:
        found = self._take(key, int, "un nombre entier", default)
        if isinstance(found, bool):
            self.refuse(key, f"«{NBSP}{key}{NBSP}» doit être un nombre entier")
        return int(found)

    def day(self, key: str) -> date | None:
        """A date, or None when the key is absent."""
        if key not in self._values:
            return None
        found = self._take(key, date, "une date", None)
        return found if type(found) is date else self.refuse(key, f"«{NBSP}{key}{NBSP}» doit être une date")

    def required_day(self, key: str) -> date:
        found = self.day(key)
        return found if found else self.refuse(key, f"«{NBSP}{key}{NBSP}» manque")

    def table(self, key: str) -> "Table | None":
        if key not in self._values:
            return None
        return Table(self._source, (*self._path, key), self._take(key, dict, "une table", None))

    def tables(self, key: str) -> tuple["Table", ...]:
        """The tables of a list, empty when the key is absent."""
        found = self._take(key, list, "une liste de tables", [])
        if not all(isinstance(one, dict) for one in found):
            self.refuse(key, f"«{NBSP}{key}{NBSP}» doit être une liste de tables")
        return tuple(Table(self._source, (*self._path, key, at), one) for at, one in enumerate(found))

    def peek(self, key: str) -> tuple[dict[str, Any], ...]:
        """The raw tables of a list, without counting it as read."""
        found = self._values.get(key, [])
        return tuple(one for one in found if isinstance(one, dict)) if isinstance(found, list) else ()

    def names(self) -> tuple[str, ...]:
        """The keys as written, in order."""
        return tuple(self._values)

    def close(self) -> None:
        """Refuse the first key that nobody read."""
        for key in self._values:
            if key not in self._read:
                self.refuse(key, f"clé inconnue «{NBSP}{key}{NBSP}»")

    def refuse(self, key: str, reason: str, value: str = "") -> NoReturn:
        """Raise DefinitionError at the line of a key of this table (of `value` inside it, when given)."""
        raise DefinitionError(self._source.name, self._source.line((*self._path, key), value), reason)

    def _take(self, key: str, kind: type, name: str, default: Any) -> Any:
        self._read.add(key)
        found = self._values.get(key, default)
        if found is None:
            self.refuse(key, f"«{NBSP}{key}{NBSP}» manque")
        if not isinstance(found, kind):
            self.refuse(key, f"«{NBSP}{key}{NBSP}» doit être {name}")
        return found


def read(content: bytes, name: str) -> Table:
    """The top table of a definition; DefinitionError when it is no readable TOML."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise DefinitionError(name, line, "ce fichier n’est pas en UTF-8") from error
    try:
        values = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # a number of thousands of digits, brackets without end
        found = _TOML_LINE.search(str(error))
        line = int(found[1]) if found else len(text.splitlines()) or 1
        raise DefinitionError(name, line, "ce fichier n’est pas du TOML lisible") from error
    return Table(_Source(name, text), (), values)


class _Source:
    """The text of a definition and where its tables and keys stand in it."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self._lines = text.splitlines()
        self._starts = _index(self._lines)

    def line(self, path: Path, value: str = "") -> int:
        """The line of a key or table; of the nearest thing around it when it is written inside a line."""
        while path and path not in self._starts:
            path = path[:-1]
        start = self._starts.get(path, 1)
        if value:
            for at in range(start, len(self._lines) + 1):
                if f'"{value}"' in self._lines[at - 1]:
                    return at
        return start


def _index(lines: list[str]) -> dict[Path, int]:
    """Where each table, each key and each `{ … }` line of a list begins."""
    starts: dict[Path, int] = {}
    counts: dict[Path, int] = {}
    table: Path = ()
    last_key: Path = ()
    inside_text = False
    for number, line in enumerate(lines, 1):
        if not inside_text:
            if header := _HEADER.match(line):
                table = _header_path(header[2].split("."), header[1] == "[[", counts)
                starts[table] = number
            elif key := _KEY.match(line):
                last_key = (*table, key[1])
                starts[last_key] = number
            elif _ELEMENT.match(line):
                counts[last_key] = counts.get(last_key, -1) + 1
                starts[(*last_key, counts[last_key])] = number
        inside_text ^= line.count('"""') % 2 == 1
    return starts


def _header_path(names: list[str], is_list: bool, counts: dict[Path, int]) -> Path:
    """`[[steps.questions]]` is the next question of the step being read."""
    path: Path = ()
    for at, name in enumerate(names):
        path = (*path, name)
        if is_list and at == len(names) - 1:
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = (*path, counts[path])
    return path
