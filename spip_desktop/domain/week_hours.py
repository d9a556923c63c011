"""A week of hours: ranges by weekday, read from one line as one types it, and written back the same way.

Minutes since midnight, 0 to 1440; Monday is 0. A range past midnight is two: the evening, and the next morning.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from spip_desktop.domain.dates import DAYS
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.text import NBSP, fold

MIDNIGHT = 24 * 60
_SHORT = tuple(day[:3] for day in DAYS)
_LENGTH = re.compile(r"(\d{1,3})\s*h\s*([0-5]\d)?")
_MINUTES = re.compile(r"(\d{1,3})\s*(?:min|mn|minutes)")
_DECIMAL = re.compile(r"\d{1,3}(?:[,.]\d{1,2})?")
_DAY = r"[a-z]{3,8}\.?"
_HOUR = r"(\d{1,2})\s*(?:h|:)\s*(\d{2})?"
_PART = re.compile(rf"({_DAY})(?:\s*(?:-|au|a)\s*({_DAY}))?\s*:?\s+(.+)")
_RANGE = re.compile(rf"(?:de\s+)?{_HOUR}\s*(?:-|a)\s*{_HOUR}")


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """One range of one weekday; `ends` is after `begins`."""

    day: int
    begins: int
    ends: int


Week = tuple[Slot, ...]


def tidy(slots: Iterable[Slot]) -> Week:
    """The same hours in order, ranges that touch or overlap made one."""
    found: list[Slot] = []
    for one in sorted(slots):
        last = found[-1] if found else None
        if last and last.day == one.day and one.begins <= last.ends:
            found[-1] = Slot(one.day, last.begins, max(last.ends, one.ends))
        else:
            found.append(one)
    return tuple(found)


def minutes(week: Iterable[Slot]) -> int:
    return sum(one.ends - one.begins for one in week)


def parse_week(text: str, field: str = "") -> Week:
    """« lun-ven 8h-18h ; sam 9h-12h, 14h-17h30 »: parts apart by a semicolon, ranges by a comma or « et ».

    A last hour that is not after the first is of the next day. Empty gives no hours; Refusal `hours_unreadable`.
    """
    slots: list[Slot] = []
    for part in re.split(r"[;\n]", _plain(text)):
        if part.strip():
            slots += _part(part.strip(), text, field)
    return tidy(slots)


def _plain(text: str) -> str:
    """Lower case without accents; the hyphens that tell « to » are kept."""
    kept = re.sub(r"[‐‑‒–—−]", "-", text.replace(NBSP, " ").replace("\u202f", " "))
    return "\n".join("-".join(fold(bit) for bit in line.split("-")) for line in kept.split("\n"))


def _part(part: str, text: str, field: str) -> list[Slot]:
    found = _PART.fullmatch(part)
    if found is None:
        raise Refusal("hours_unreadable", field, text=text)
    first = _weekday(found[1], text, field)
    last = _weekday(found[2], text, field) if found[2] else first
    days = range(first, last + 1) if first <= last else [*range(first, 7), *range(last + 1)]
    ranges = [_range(one.strip(), text, field) for one in re.split(r",|\bet\b", found[3]) if one.strip()]
    return [slot for day in days for begins, ends in ranges for slot in _slots(day, begins, ends)]


def _weekday(word: str, text: str, field: str) -> int:
    found = next((place for place, day in enumerate(DAYS) if len(word) >= 3 and day.startswith(word.rstrip("."))), None)
    if found is None:
        raise Refusal("hours_unreadable", field, text=text)
    return found


def _range(typed: str, text: str, field: str) -> tuple[int, int]:
    found = _RANGE.fullmatch(typed)
    if found is None:
        raise Refusal("hours_unreadable", field, text=text)
    begins, ends = (int(found[at]) * 60 + int(found[at + 1] or 0) for at in (1, 3))
    if max(begins, ends) > MIDNIGHT or any(int(found[at] or 0) > 59 for at in (2, 4)):
        raise Refusal("hours_unreadable", field, text=text)
    return begins, ends


def _slots(day: int, begins: int, ends: int) -> list[Slot]:
    if begins < ends:
        return [Slot(day, begins, ends)]
    halves = (Slot(day, begins, MIDNIGHT), Slot((day + 1) % 7, 0, ends))
    return [one for one in halves if one.begins < one.ends]


def days_of(week: Sequence[Slot]) -> tuple[tuple[str, str], ...]:
    """Each weekday with its ranges in words; nothing where there is none. A night is said on the day it begins."""
    whole = _nights_whole(week)
    return tuple((name, _ranges(one for one in whole if one.day == day)) for day, name in enumerate(DAYS))


def _nights_whole(week: Sequence[Slot]) -> list[Slot]:
    """The ranges as one says them: an evening until midnight and the morning that follows are one, « 22 h-6 h »."""
    mornings = {one.day: one for one in week if one.begins == 0 and one.ends < MIDNIGHT}
    nights = {
        one: mornings[after]
        for one in week
        if one.ends == MIDNIGHT and (after := (one.day + 1) % 7) in mornings and mornings[after].ends < one.begins
    }
    said = (one for one in week if one not in nights.values())
    return [Slot(one.day, one.begins, nights[one].ends) if one in nights else one for one in said]


def in_words(week: Sequence[Slot]) -> str:
    """« lun-ven 8 h-18 h ; sam 9 h-12 h », days that follow with the same hours said once; read back by parse_week."""
    said: list[tuple[int, int, str]] = []
    for day, (_, ranges) in enumerate(days_of(week)):
        if not ranges:
            continue
        if said and said[-1][1] == day - 1 and said[-1][2] == ranges:
            said[-1] = (said[-1][0], day, ranges)
        else:
            said.append((day, day, ranges))
    parts = (f"{_SHORT[a]}{f'-{_SHORT[b]}' if b > a else ''} {ranges}" for a, b, ranges in said)
    return f"{NBSP}; ".join(parts)


def in_full(week: Sequence[Slot]) -> tuple[str, ...]:
    """« Du lundi au vendredi, de 8 h à 18 h. », a sentence for the days that follow with the same hours."""
    whole, said = _nights_whole(week), list[tuple[int, int, str]]()
    for day in range(len(DAYS)):
        hours = " et ".join(_from_to(one) for one in whole if one.day == day)
        if hours and said and said[-1][1:] == (day - 1, hours):
            said[-1] = (said[-1][0], day, hours)
        elif hours:
            said.append((day, day, hours))
    return tuple(f"{_days(first, last)}, {hours}." for first, last, hours in said)


def _days(first: int, last: int) -> str:
    if first == 0 and last == len(DAYS) - 1:
        return "Tous les jours"
    return f"Du {DAYS[first]} au {DAYS[last]}" if last > first else f"Le {DAYS[first]}"


def _from_to(slot: Slot) -> str:
    night = " le lendemain" if slot.ends <= slot.begins else ""
    return f"de {hour(slot.begins)} à {hour(slot.ends)}{night}"


def _ranges(slots: Iterable[Slot]) -> str:
    return ", ".join(f"{hour(one.begins)}-{hour(one.ends)}" for one in slots)


def hour(at: int) -> str:
    """« 8 h », « 14 h 30 », « 24 h »."""
    whole, rest = divmod(at, 60)
    return f"{whole}{NBSP}h{f'{NBSP}{rest:02d}' if rest else ''}"


def parse_duration(text: str, field: str = "") -> int | None:
    """« 7 h », « 3 h 30 », « 45 min », « 7,5 » (hours) in minutes. Empty gives None; Refusal `duration_unreadable`."""
    typed = text.replace(NBSP, " ").strip().lower()
    if not typed:
        return None
    if found := _LENGTH.fullmatch(typed):
        return int(found[1]) * 60 + int(found[2] or 0)
    if found := _MINUTES.fullmatch(typed):
        return int(found[1])
    if found := _DECIMAL.fullmatch(typed):
        return round(float(typed.replace(",", ".")) * 60)
    raise Refusal("duration_unreadable", field, text=text)


def duration(count: int) -> str:
    """« 62 h », « 3 h 30 », « 45 min »."""
    return hour(count) if count >= 60 or count == 0 else f"{count}{NBSP}min"
