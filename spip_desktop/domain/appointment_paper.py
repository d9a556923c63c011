"""What the papers of an appointment say: the convocation, the movement slip, the lists of a day."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from spip_desktop.domain.agenda import Half
from spip_desktop.domain.errors import Problem
from spip_desktop.domain.sheet import Letterhead


@dataclass(frozen=True, slots=True, kw_only=True)
class Convocation:
    """One letter. It cannot exist without its day, its hour and where one has to be (peers.md §6, 1)."""

    sender: Letterhead
    recipient: Letterhead
    title: str
    day: date
    hour: str
    place: str
    address: str
    #: « Vous êtes convoquée {when} »: the day and the hour are put in when it is written.
    opening: str
    #: « Si vous ne pouvez pas venir ».
    cannot: str
    lasts: int
    access: str = ""
    bring: str = ""
    consequences: str = ""
    phone: str = ""
    signed_by: str
    made_on: date
    #: What who hands it over has to know.
    foot: str = ""

    def __post_init__(self) -> None:
        if missing := missing_parts(self.day, self.hour, self.address):
            raise ValueError(f"a convocation without {missing}")
        if "{when}" not in self.opening:
            raise ValueError("a convocation that does not say when")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderLetter:
    """The « courrier de rappel » after an absence. `missed` says what, with {when}; `parts`: titles and words."""

    sender: Letterhead
    recipient: Letterhead
    day: date
    hour: str
    missed: str
    parts: tuple[tuple[str, str], ...]
    signed_by: str
    made_on: date

    def __post_init__(self) -> None:
        if "{when}" not in self.missed:
            raise ValueError("a letter that does not say which appointment was missed")


def missing_parts(day: date | None, hour: str, address: str) -> tuple[str, ...]:
    """What a convocation may not be without, of what it has not."""
    known = {"la date": bool(day), "l’heure": bool(hour.strip()), "l’adresse": bool(address.strip())}
    return tuple(name for name, there in known.items() if not there)


def convocation_problems(day: date | None, hour: str, address: str) -> list[Problem]:
    missing = missing_parts(day, hour, address)
    return [Problem("appointment_not_printable", "place", {"what": " et ".join(missing)})] if missing else []


def in_gender(text: str, sex: str) -> str:
    """« convoqué(e) » for a woman or a man; as it is where the civil status is not known."""
    return text.replace("(e)", {"F": "e", "M": ""}[sex]) if sex in ("F", "M") else text


@dataclass(frozen=True, slots=True, kw_only=True)
class MovementSlip:
    """A bon de circulation: who comes from where, to where and when; never why."""

    person: str
    ecrou: str
    cell: str
    day: date
    hour: str
    place: str
    officer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CallLine:
    """One line of the list of a day. `site`: where one is met; `prison`, `building`, `cell`: where one is held."""

    hour: str
    half: Half
    person: str
    officer: str
    site: str
    room: str = ""
    ecrou: str = ""
    prison: str = ""
    building: str = ""
    cell: str = ""


def by_site(lines: Iterable[CallLine]) -> dict[tuple[str, Half], list[CallLine]]:
    """By site, then half-day: what reception reads."""
    return _by(lines, lambda one: one.site)


def by_building(lines: Iterable[CallLine]) -> dict[tuple[str, Half], list[CallLine]]:
    """By building, then half-day: what the officers of each building read."""
    return _by(lines, lambda one: one.building)


def _by(lines: Iterable[CallLine], of: Callable[[CallLine], str]) -> dict[tuple[str, Half], list[CallLine]]:
    found: dict[tuple[str, Half], list[CallLine]] = {}
    order = (Half.MORNING, Half.AFTERNOON)
    for one in sorted(lines, key=lambda one: (of(one), order.index(one.half))):
        found.setdefault((of(one), one.half), []).append(one)
    return found
