"""Days of the script: written relative to day J, to a start (S), a release (R) or an evaluation (W)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from spip_desktop.domain import dates
from spip_desktop.domain.text import french_spaces

_DAY = re.compile(r"([JSRW])((?:[+-]\d+[dwmy])*)(!?)")
_SHIFT = re.compile(r"([+-]\d+)([dwmy])")
_IN_TEXT = re.compile(r"\{([JSRW][^}:]*)(?::(short|long|month|year))?\}")
_FORMATS = {"": dates.short, "short": dates.short, "long": dates.long, "month": dates.month_of}
_SATURDAY = 5


class ScriptError(Exception):
    """A script that cannot be played: a fault of the shipped files, never of a person."""


@dataclass(frozen=True, slots=True)
class Days:
    """`J-98d`, `J+7m`, `S+1y-2d` as dates; `!` at the end moves a Saturday or Sunday to the Monday after.

    Units are d, w, m, y. A Monday after day J would lie ahead: the day then stays as it is.
    """

    today: date
    others: Mapping[str, date]

    def day(self, written: str) -> date:
        found = _DAY.fullmatch(written)
        if not found:
            raise ScriptError(f"not a day: {written}")
        day = self.today if found[1] == "J" else self.others[found[1]]
        for count, unit in _SHIFT.findall(found[2]):
            day = _shifted(day, int(count), unit)
        return self._open(day) if found[3] else day

    def birth(self, written: str, age: int, year_of: str = "") -> date:
        """The birth date of someone of that age on day J; « 14/03 », or a day such as `J+20d`.

        `year_of` is another day whose year counts (two homonyms with day and month swapped).
        """
        if written[0] == "J":
            return dates.add_months(self.day(written), -12 * (age + (self.day(written) > self.today)))
        day, month = (int(part) for part in written.split("/"))
        if year_of:
            return date(self.birth(year_of, age).year, month, day)
        year = self.today.year - age - ((month, day) > (self.today.month, self.today.day))
        return date(year, month, day)

    def filled(self, value: object) -> object:
        """The value of a script as services take it: `@J-98d` is a date, `{J-2d}` in a text its date in words."""
        if isinstance(value, str):
            return self.day(value[1:]) if value.startswith("@") else french_spaces(self._text(value))
        if isinstance(value, list):
            return tuple(self.filled(one) for one in value)
        if isinstance(value, dict):
            return {key: self.filled(one) for key, one in value.items()}
        return value

    def _text(self, text: str) -> str:
        return _IN_TEXT.sub(lambda found: self._said(found[1], found[2] or ""), text)

    def _said(self, written: str, form: str) -> str:
        day = self.day(written)
        return str(day.year) if form == "year" else _FORMATS[form](day)

    def _open(self, day: date) -> date:
        monday = day + timedelta(days=7 - day.weekday())
        return monday if day.weekday() >= _SATURDAY and monday <= self.today else day


def _shifted(day: date, count: int, unit: str) -> date:
    if unit in "my":
        return dates.add_months(day, count * (12 if unit == "y" else 1))
    return day + timedelta(days=count * (7 if unit == "w" else 1))
