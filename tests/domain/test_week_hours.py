"""A week of hours typed on one line, tidied, written back."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.text import NBSP
from spip_desktop.domain.week_hours import (
    MIDNIGHT,
    Slot,
    duration,
    in_full,
    in_words,
    minutes,
    parse_duration,
    parse_week,
    tidy,
)


@st.composite
def slots(draw: st.DrawFn) -> Slot:
    begins = draw(st.integers(0, MIDNIGHT - 1))
    return Slot(draw(st.integers(0, 6)), begins, draw(st.integers(begins + 1, MIDNIGHT)))


weeks = st.lists(slots(), max_size=12).map(tidy)


@given(weeks)
def test_what_is_written_reads_back(week: tuple[Slot, ...]) -> None:
    assert parse_week(in_words(week)) == week


@given(st.lists(slots(), max_size=12))
def test_no_minute_is_lost_or_counted_twice(every: list[Slot]) -> None:
    covered = {(one.day, minute) for one in every for minute in range(one.begins, one.ends)}
    week = tidy(every)
    assert minutes(week) == len(covered)
    assert all(a.day < b.day or a.ends < b.begins for a, b in itertools.pairwise(week))


def test_as_one_types_it() -> None:
    week = parse_week("Lun-Ven 8h-18h ; samedi : 9h-12h, 14h-17h30")
    assert in_words(week) == "lun-ven 8\u00a0h-18\u00a0h\u00a0; sam 9\u00a0h-12\u00a0h, 14\u00a0h-17\u00a0h\u00a030"
    assert parse_week("lundi au vendredi de 8 h à 18 h") == parse_week("lun-ven 8h-18h")
    assert parse_week("sam 9h-12h et 14h-17h") == parse_week("sam 9:00-12:00, 14:00-17:00")
    assert parse_week("") == ()


def test_hours_said_in_full() -> None:
    week = parse_week("lun-ven 22h-6h ; dim 9h-12h, 14h-18h30")
    assert [one.replace(NBSP, " ") for one in in_full(week)] == [
        "Du lundi au vendredi, de 22 h à 6 h le lendemain.", "Le dimanche, de 9 h à 12 h et de 14 h à 18 h 30.",
    ]  # fmt: skip
    assert in_full(parse_week("lun-dim 8h-9h")) == (f"Tous les jours, de 8{NBSP}h à 9{NBSP}h.",)
    assert in_full(()) == ()


def test_a_night_ends_the_next_morning() -> None:
    assert parse_week("ven 21h-5h") == (Slot(4, 21 * 60, MIDNIGHT), Slot(5, 0, 5 * 60))
    assert parse_week("dim 22h-6h") == (Slot(0, 0, 6 * 60), Slot(6, 22 * 60, MIDNIGHT))
    assert in_words(parse_week("lun-ven 22h-6h")) == "lun-ven 22\u00a0h-6\u00a0h", "said as it was typed"
    assert in_words(parse_week("lun-dim 0h-24h")) == "lun-dim 0\u00a0h-24\u00a0h"
    assert parse_week("lun 20h-24h") == (Slot(0, 20 * 60, MIDNIGHT),)


@pytest.mark.parametrize(
    "typed", ["8h-18h", "lun", "lun 8h", "lun 25h-26h", "lun 8h75-9h", "férié 8h-9h", "lun 8h 18h"]
)
def test_what_is_no_hours_is_refused(typed: str) -> None:
    with pytest.raises(Refusal, match="hours_unreadable"):
        parse_week(typed)


def test_durations_as_one_types_them() -> None:
    typed = ("7 h", "3h30", "3 h 30", "45 min", "7,5", "40", "")
    assert [parse_duration(one) for one in typed] == [420, 210, 210, 45, 450, 2400, None]
    with pytest.raises(Refusal, match="duration_unreadable"):
        parse_duration("une matinée")


def test_durations() -> None:
    assert [duration(one) for one in (0, 45, 210, 3720)] == ["0\u00a0h", "45\u00a0min", "3\u00a0h\u00a030", "62\u00a0h"]
