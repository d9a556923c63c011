"""Dates as people type and read them, months as the law counts them."""

import calendar
import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from spip_desktop.domain.clock import PARIS
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.text import NBSP

MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_SEPARATED = re.compile(r"(\d{1,2})[/. -](\d{1,2})(?:[/. -](\d{4}|\d{2}))?")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_PACKED = re.compile(r"(\d{2})(\d{2})(\d{4}|\d{2})")
_RELATIVE = re.compile(r"([+-])\s*(\d{1,4})\s*([jsma]?)")
_HOUR = re.compile(r"(\d{1,2})\s*(?:h|:|\.)?\s*(\d{2})?")


def parse_date(text: str, today: date, field: str = "", *, past: bool = False) -> date | None:
    """Read a date typed any sensible way: 3/4/26, 030426, 3-4-2026, 3/4, +3s, -2m, auj.

    `past` reads a date whose year is not typed in full as the latest one not after today (a birth date).
    Empty gives None.
    Refusal `date_unreadable` (not a date) or `date_impossible` (31/04, 29/02/2027).
    """
    typed = text.strip().lower()
    if not typed:
        return None
    if typed in ("auj", "aujourd'hui", "aujourd’hui", "j"):
        return today
    if relative := _RELATIVE.fullmatch(typed):
        return _shifted(relative, today, field, text)
    if iso := _ISO.fullmatch(typed):
        year, month, day = iso.groups()
    elif found := _SEPARATED.fullmatch(typed) or _PACKED.fullmatch(typed):
        day, month, year = found.groups()
    else:
        raise Refusal("date_unreadable", field, text=text)
    try:
        return date(_year(year, (int(month), int(day)), today, past), int(month), int(day))
    except ValueError:
        raise Refusal("date_impossible", field, text=text) from None


def _year(typed: str | None, month_and_day: tuple[int, int], today: date, past: bool) -> int:
    later_in_the_year = past and month_and_day > (today.month, today.day)
    if typed is None:
        return today.year - later_in_the_year
    if len(typed) == 4:
        return int(typed)
    year = today.year // 100 * 100 + int(typed)
    limit = today.year - later_in_the_year if past else today.year + 50
    return year if year <= limit else year - 100


def _shifted(found: re.Match[str], today: date, field: str, text: str) -> date:
    sign, count, unit = found.groups()
    amount = int(count) * (1 if sign == "+" else -1)
    try:
        if unit == "m":
            return add_months(today, amount)
        if unit == "a":
            return add_months(today, 12 * amount)
        return today + timedelta(days=amount * (7 if unit == "s" else 1))
    except (ValueError, OverflowError):
        raise Refusal("date_impossible", field, text=text) from None


def parse_hour(text: str, field: str = "") -> tuple[int, int] | None:
    """Read an hour: 14h30, 14:30, 1430, 14 h. Empty gives None; Refusal `hour_unreadable`."""
    typed = text.strip().lower()
    if not typed:
        return None
    found = _HOUR.fullmatch(typed)
    hour, minute = (int(found[1]), int(found[2] or 0)) if found else (99, 0)
    if hour > 23 or minute > 59:
        raise Refusal("hour_unreadable", field, text=text)
    return hour, minute


def kept_hour(text: str, field: str = "") -> str:
    """« 14:05 » of an hour typed any way, nothing of nothing; Refusal `hour_unreadable`."""
    found = parse_hour(text, field)
    return f"{found[0]:02d}:{found[1]:02d}" if found else ""


def said_hour(kept: str) -> str:
    """« 14 h 05 » of « 14:05 », nothing of nothing."""
    return f"{int(kept[:2])}{NBSP}h{NBSP}{kept[3:]}" if kept else ""


def add_months(day: date, months: int) -> date:
    """The same day of the month, months later, or its last day (« de quantième en quantième »)."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    if day.day <= 28:  # every month has it: most of the days that a list of deadlines counts
        return date(year, month + 1, day.day)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def age(birth: date, day: date) -> int:
    """Whole years on that day."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def short(day: date | None) -> str:
    """03/04/2026, or nothing."""
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}" if day else ""


def long(day: date) -> str:
    """vendredi 20 novembre 2026 (1er for the first)."""
    number = "1er" if day.day == 1 else str(day.day)
    return f"{DAYS[day.weekday()]} {number} {MONTHS[day.month - 1]} {day.year}"


def short_with_day(day: date) -> str:
    """dim. 22/11/2026."""
    return f"{DAYS[day.weekday()][:3]}. {short(day)}"


def month_of(day: date) -> str:
    """juin 2027."""
    return f"{MONTHS[day.month - 1]} {day.year}"


def months_of(days: Iterable[date]) -> str:
    """« juillet 2025, septembre 2025 à août 2026 »: four months that follow, or more, by the first and the last."""
    runs: list[list[date]] = []
    for day in sorted({one.replace(day=1) for one in days}):
        if runs and add_months(runs[-1][-1], 1) == day:
            runs[-1].append(day)
        else:
            runs.append([day])
    return ", ".join(
        f"{month_of(run[0])} à {month_of(run[-1])}" if len(run) > 3 else ", ".join(map(month_of, run)) for run in runs
    )


def hour(instant: datetime) -> str:
    """14 h 30, in Paris."""
    local = instant.astimezone(PARIS)
    return f"{local.hour}{NBSP}h{NBSP}{local.minute:02d}"


def hour_with_seconds(instant: datetime) -> str:
    """14:02:31, in Paris."""
    return instant.astimezone(PARIS).strftime("%H:%M:%S")


def days_between(earlier: date, later: date) -> int:
    return (later - earlier).days
