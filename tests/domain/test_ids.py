"""Identifiers follow time; what is copied from paper shows its mistakes."""

from datetime import UTC, datetime, timedelta
from uuid import RFC_4122

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spip_desktop.domain.clock import Clock
from spip_desktop.domain.ids import CROCKFORD, TYPED, Ids, check_sign, grouped, is_sheet_number

BODIES = st.text(CROCKFORD, min_size=7, max_size=7)
START = datetime(1970, 1, 1, tzinfo=UTC)
INSTANTS = st.timedeltas(timedelta(0), timedelta(days=365 * 8000)).map(lambda since: START + since)


def at(instant: datetime, random: bytes) -> Ids:
    return Ids(Clock(lambda: instant), lambda count: (random * count)[:count])


@given(INSTANTS, st.binary(min_size=10, max_size=10))
def test_a_record_id_is_a_uuid_of_version_7(instant: datetime, random: bytes) -> None:
    made = at(instant, random).new()
    assert made.version == 7
    assert made.variant == RFC_4122
    assert made.int >> 80 == (instant - START) // timedelta(milliseconds=1)


@given(st.binary(min_size=10, max_size=10))
def test_every_other_bit_is_random(random: bytes) -> None:
    made, inverse = (at(START, bytes(10 * [0]) if zero else random).new().int for zero in (True, False))
    fixed = (0xF << 76) | (0x3 << 62)
    assert (made ^ inverse) & ~fixed == int.from_bytes(random, "big") & ~fixed


@given(INSTANTS, INSTANTS, st.binary(min_size=10, max_size=10), st.binary(min_size=10, max_size=10))
def test_later_ids_sort_later(one: datetime, other: datetime, r1: bytes, r2: bytes) -> None:
    if abs(one - other) >= timedelta(milliseconds=1):
        assert (at(one, r1).new() < at(other, r2).new()) == (one < other)


def test_two_ids_of_one_instant_differ() -> None:
    ids = Ids(Clock(lambda: START))
    assert len({ids.new() for _ in range(1000)}) == 1000


@given(st.binary(min_size=7, max_size=7))
def test_a_sheet_number_is_its_own_proof(random: bytes) -> None:
    number = at(START, random).sheet_number()
    assert len(number) == 8
    assert set(number) <= set(CROCKFORD)
    assert is_sheet_number(number)
    assert is_sheet_number(f" {grouped(number, 4).lower()} ")


@given(BODIES, st.integers(0, 7), st.sampled_from(CROCKFORD))
def test_a_changed_sign_is_always_seen(body: str, place: int, sign: str) -> None:
    number = body + check_sign(body)
    changed = number[:place] + sign + number[place + 1 :]
    assert is_sheet_number(changed) == (changed == number)


@given(BODIES)
def test_every_change_of_every_sign_is_seen(body: str) -> None:
    number = body + check_sign(body)
    for place in range(8):
        passed = [sign for sign in CROCKFORD if is_sheet_number(number[:place] + sign + number[place + 1 :])]
        assert passed == [number[place]]


@given(BODIES, st.integers(0, 6))
def test_two_swapped_neighbours_are_always_seen(body: str, place: int) -> None:
    number = body + check_sign(body)
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert is_sheet_number(swapped) == (swapped == number)


def test_letters_that_are_misread_are_understood() -> None:
    number = "01" + "Q" * 5
    number += check_sign(number)
    assert is_sheet_number(number)
    assert is_sheet_number("Oi" + number[2:])
    assert is_sheet_number("ol" + number[2:])


@pytest.mark.parametrize("text", ["", "7K3M", "7K3M-9QX", "UUUUUUUU", "7K3M 9QXD 0", "ééééhhhh", "²²²²²²²²"])
def test_what_is_no_sheet_number(text: str) -> None:
    assert not is_sheet_number(text)


@given(st.binary(min_size=6, max_size=6))
def test_an_answer_code_has_no_sign_that_is_taken_for_another(random: bytes) -> None:
    code = at(START, random).answer_code()
    assert len(code) == 6
    assert not set(code) & set("O0I1")


def test_each_sign_is_as_likely_as_another() -> None:
    assert len(set(TYPED)) == len(TYPED) == len(set(CROCKFORD)) == len(CROCKFORD) == 32
    drawn = "".join(at(START, bytes([byte])).answer_code()[0] for byte in range(256))
    assert {drawn.count(sign) for sign in TYPED} == {8}


def test_signs_by_groups() -> None:
    assert grouped("7K3M9QXD", 4) == "7K3M-9QXD"
    assert grouped("F7K3QX", 3) == "F7K 3QX"
