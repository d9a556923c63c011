"""How typed text becomes a value, in the shape the fields ask for: (value or None, sentence or "")."""

from collections.abc import Callable
from datetime import date

from spip_desktop.domain import dates
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.text import NBSP
from spip_desktop.ui.fields import Parse

Sentence = Callable[[Refusal], str]


def reading(read: Callable[[str], object | None], sentence: Sentence) -> Parse:
    """Turn a function that raises Refusal into one that answers with the sentence to show."""

    def parse(text: str) -> tuple[object | None, str]:
        try:
            return read(text), ""
        except Refusal as refusal:
            return None, sentence(refusal)

    return parse


def date_reader(today: Callable[[], date], sentence: Sentence, *, past: bool = False) -> Parse:
    """Read a date typed any sensible way; `past` for a birth date (two-digit years are not future)."""
    return reading(lambda text: dates.parse_date(text, today(), past=past), sentence)


def show_date(value: object) -> str:
    """03/04/2026."""
    return dates.short(value) if isinstance(value, date) else str(value)


def hour_reader(sentence: Sentence) -> Parse:
    """Read an hour (14h30, 1430…) as a pair (hour, minute)."""
    return reading(dates.parse_hour, sentence)


def show_hour(value: object) -> str:
    """14 h 30."""
    if isinstance(value, tuple):
        return f"{value[0]}{NBSP}h{NBSP}{value[1]:02d}"
    return str(value)


def read_integer(text: str) -> tuple[object | None, str]:
    """A whole number, spaces between thousands allowed; empty gives None."""
    digits = text.replace(NBSP, "").replace(" ", "").strip()
    if not digits:
        return None, ""
    if not digits.removeprefix("-").isdecimal() or len(digits) > 12:
        return None, f"Écrivez un nombre entier, en chiffres{NBSP}: 12."
    return int(digits), ""
