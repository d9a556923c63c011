"""« Chronologie »: what happened in a dossier, one dated line each, whatever slice it comes from."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from spip_desktop.domain.place import Place
from spip_desktop.domain.text import fold


class TimelineKind(StrEnum):
    """What a line is about, in the order of the filters."""

    INTERVIEW = "entretien"
    APPOINTMENT = "rendez_vous"
    EVALUATION = "evaluation"
    PACEP = "pacep"
    PRESCRIPTION = "prescription"
    OBLIGATION = "obligation"
    COMMISSION = "commission"
    SITUATION = "situation"
    INCIDENT = "incident"
    FOLLOW_UP = "suivi"


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineLine:
    """One fact: its day (and hour « 14:30 » where it is known), what it is in a few words, and where one reads it."""

    on: date
    kind: TimelineKind
    what: str
    detail: str = ""
    hour: str = ""
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineFilter:
    """Which lines are shown; an empty filter shows all. The days are both included."""

    kinds: Collection[TimelineKind] = ()
    since: date | None = None
    until: date | None = None
    words: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.kinds or self.since or self.until or self.words.strip())

    @property
    def is_upside_down(self) -> bool:
        """Whether the period ends before it begins: no line can answer."""
        return self.since is not None and self.until is not None and self.until < self.since

    def keeps(self, line: TimelineLine) -> bool:
        wanted = fold(self.words)
        return (
            (not self.kinds or line.kind in self.kinds)
            and (self.since is None or line.on >= self.since)
            and (self.until is None or line.on <= self.until)
            and (not wanted or wanted in fold(f"{line.what} {line.detail}"))
        )


def newest_first(lines: Iterable[TimelineLine]) -> list[TimelineLine]:
    return sorted(lines, key=lambda one: (one.on, one.hour), reverse=True)
