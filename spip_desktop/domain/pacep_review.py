"""When a plan in force is to be looked at again: a window, what set it, what moves it (RPO1, chapter 4: practice)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from spip_desktop.domain.dates import add_months
from spip_desktop.domain.event import Event, in_order, last
from spip_desktop.domain.pacep_states import EventCode

#: The window opens this many months before its last day; an event that advances it leaves one month.
WINDOW_MONTHS, AFTER_EVENT_MONTHS, BEFORE_RELEASE_MONTHS = 2, 1, 6


class ReviewCause(StrEnum):
    """What set the last day of the window; the last five advance it (list `review_causes`)."""

    CHOSEN = "date_choisie"
    LEVEL = "niveau"
    END = "fin_de_mesure"
    POSTPONED = "reportee"
    INCIDENT = "incident"
    RELEASE = "sortie"
    NEW_MEASURE = "nouvelle_mesure"
    REPORT = "bilan"
    OTHER = "autre"


#: What an officer may enter; an incident, the release and a new measure are also read from the dossier.
ENTERED = (
    ReviewCause.INCIDENT,
    ReviewCause.RELEASE,
    ReviewCause.NEW_MEASURE,
    ReviewCause.REPORT,
    ReviewCause.OTHER,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Advance:
    """Something that happened on a day and asks for the plan to be looked at again."""

    cause: ReviewCause
    day: date
    #: Where an officer entered it on this plan; what is read from the dossier has none.
    entered: Event | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """From `opens` to `closes`, both included, and what set that last day."""

    opens: date
    closes: date
    cause: ReviewCause

    def is_late(self, today: date) -> bool:
        return today > self.closes

    def is_due(self, today: date) -> bool:
        return self.opens <= today <= self.closes


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewGround:
    """What the window is reckoned from. `months`: the setting of the level; `ends_on`: the end of the measure."""

    since: date
    months: int
    chosen: date | None = None
    ends_on: date | None = None
    held: bool = False
    measures: tuple[date, ...] = ()
    incidents: tuple[date, ...] = ()


def review_of(ground: ReviewGround, events: Iterable[Event], today: date) -> Review:
    """The window of a plan in force; the nearest day wins, and only a written exemption puts it off."""
    known = in_order(events)
    days = [(add_months(ground.since, ground.months), ReviewCause.LEVEL)]
    if ground.chosen:
        days.append((ground.chosen, ReviewCause.CHOSEN))
    exemption = last(known, EventCode.REVIEW_PUT_OFF)
    if exemption:
        days = [(date.fromisoformat(exemption.detail["until"]), ReviewCause.POSTPONED)]
    since = exemption.happened_on if exemption else ground.since
    # By place and not by value: a fact may be entered again in the same words.
    put_off = next((place for place, one in enumerate(known) if one is exemption), -1)
    for one in advances(ground, known, today):
        # what was known when the plan began, or its review was put off, does not advance it again
        if one.day > since or any(one.entered is event for event in known[put_off + 1 :]):
            days.append((add_months(max(one.day, since), AFTER_EVENT_MONTHS), one.cause))
    if ground.ends_on and ground.ends_on >= ground.since:
        days.append((ground.ends_on, ReviewCause.END))
    closes, cause = min(days, key=lambda day: day[0])
    return Review(opens=max(ground.since, add_months(closes, -WINDOW_MONTHS)), closes=closes, cause=cause)


def advances(ground: ReviewGround, events: Iterable[Event], today: date) -> tuple[Advance, ...]:
    """What advances the review: entered by hand, or read from the situation; nothing that is still to come."""
    found = [
        Advance(cause=ReviewCause(event.detail["cause"]), day=event.happened_on, entered=event)
        for event in events
        if event.code == EventCode.REVIEW_ADVANCED
    ]
    found += [Advance(cause=ReviewCause.NEW_MEASURE, day=day) for day in ground.measures]
    found += [Advance(cause=ReviewCause.INCIDENT, day=day) for day in ground.incidents]
    if ground.held and ground.ends_on:
        found.append(Advance(cause=ReviewCause.RELEASE, day=add_months(ground.ends_on, -BEFORE_RELEASE_MONTHS)))
    return tuple(sorted((one for one in found if one.day <= today), key=lambda one: one.day))
