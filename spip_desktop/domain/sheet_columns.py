"""The columns of a spreadsheet that others made: what each gives, how it is guessed, why a row is not taken."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from spip_desktop.domain.errors import Problem, refuse_if_any
from spip_desktop.domain.text import clean, fold

_SIGNS = re.compile(r"[^a-z0-9]")
Guesses = Mapping[str, tuple[str, ...]]
"""What a column may give → the folded heads, without signs, by which it is recognised."""
Lists = Mapping[str, str]
"""Folded label or code → code."""


@dataclass(frozen=True, slots=True)
class SheetTable:
    """A spreadsheet as it was read: the heads of its columns, its rows, and what each column seems to give."""

    name: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    guessed: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that was not taken: which one, its identifier where it has one, a reason (code) and the field at fault."""

    row: int
    id: str
    reason: str
    field: str = ""


class RowRefused(Exception):  # noqa: N818  said of the row, which is then listed
    """Why one row is not taken (a code), and what gave it."""

    def __init__(self, reason: str, field: str) -> None:
        super().__init__(reason)
        self.reason, self.field = reason, field


def table_of(name: str, rows: Sequence[Sequence[str]], guesses: Guesses) -> SheetTable:
    """The rows of a file; the first is that of the heads."""
    heads, *others = rows
    return SheetTable(name, tuple(heads), tuple(tuple(row) for row in others), guess(heads, guesses))


def guess(heads: Sequence[str], guesses: Guesses) -> dict[int, str]:
    """What each column seems to give, by its head; each thing is given by one column."""
    found: dict[int, str] = {}
    for at, head in enumerate(heads):
        said = " ".join(_SIGNS.sub(" ", fold(head)).split())
        code = next((code for code, words in guesses.items() if said in words), "")
        if code and code not in found.values():
            found[at] = code
    return found


def check_columns(columns: Mapping[int, str], labels: Mapping[str, str], needed: Mapping[str, str]) -> None:
    """Refusals: the one that `needed` names for what no column gives; `column_twice` with what two columns give."""
    given = list(columns.values())
    problems = [Problem(refusal, "columns") for code, refusal in needed.items() if code not in given]
    twice = dict.fromkeys(code for code in given if given.count(code) > 1)
    refuse_if_any([*problems, *(Problem("column_twice", "columns", {"what": labels[code]}) for code in twice)])


def texts_of(row: Sequence[str], columns: Mapping[int, str]) -> dict[str, str]:
    """What the row says, by what its columns give."""
    return {code: clean(row[at]).strip() for at, code in columns.items() if at < len(row)}


def coded(text: str, known: Lists, reason: str, field: str) -> str:
    """The code of a word of a closed list; nothing where the cell is empty."""
    if not text:
        return ""
    found = known.get(fold(text))
    if found is None:
        raise RowRefused(reason, field)
    return found


def require(problems: Sequence[Problem], prefix: str = "") -> None:
    """Refuse the row for the first problem of one of its records."""
    if problems:
        raise RowRefused(problems[0].code, prefix + problems[0].field)
