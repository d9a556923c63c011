"""The paper key as text: any one wrong sign and any two swapped neighbours are seen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spip_desktop.domain import recovery_key
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.ids import CROCKFORD
from tests.security.kit import code_of

SECRETS = st.binary(min_size=32, max_size=32)
KEY = recovery_key.encode(bytes(range(32)))


@given(SECRETS)
def test_what_is_written_is_read_back(secret: bytes) -> None:
    text = recovery_key.encode(secret)
    assert recovery_key.decode(text) == secret
    assert [len(group) for group in text.split("-")] == [4] * 14


@given(SECRETS, st.integers(0, 55), st.sampled_from(CROCKFORD))
def test_one_wrong_sign_is_seen(secret: bytes, place: int, sign: str) -> None:
    signs = recovery_key.plain(recovery_key.encode(secret))
    changed = signs[:place] + sign + signs[place + 1 :]
    if changed != signs:
        assert code_of(lambda: recovery_key.decode(changed)) == "recovery_key_check"


@given(SECRETS, st.integers(0, 54))
def test_two_swapped_neighbours_are_seen(secret: bytes, place: int) -> None:
    signs = recovery_key.plain(recovery_key.encode(secret))
    changed = signs[:place] + signs[place + 1] + signs[place] + signs[place + 2 :]
    if changed != signs:
        assert code_of(lambda: recovery_key.decode(changed)) == "recovery_key_check"


def test_every_single_mistake_on_one_key_is_seen() -> None:
    signs = recovery_key.plain(KEY)
    wrong = [signs[:i] + sign + signs[i + 1 :] for i in range(56) for sign in CROCKFORD if sign != signs[i]]
    swapped = [signs[:i] + signs[i + 1] + signs[i] + signs[i + 2 :] for i in range(55) if signs[i] != signs[i + 1]]
    assert len(wrong) == 56 * 31
    assert swapped
    for text in wrong + swapped:
        with pytest.raises(Refusal):
            recovery_key.decode(text)


@given(SECRETS)
def test_reading_forgives_what_hands_and_eyes_do(secret: bytes) -> None:
    text = recovery_key.encode(secret)
    misread = text.lower().replace("0", "o").replace("1", "l").replace("v", "u").replace("-", " –\n\u00a0")
    assert recovery_key.decode(misread) == secret
    assert recovery_key.decode(text.replace("1", "I").replace("0", "O").replace("-", "")) == secret


def test_an_impossible_sign_is_located() -> None:
    with pytest.raises(Refusal) as refused:
        recovery_key.decode(KEY[:11] + "é" + KEY[12:])
    assert refused.value.problems[0].data == {"group": 3, "sign": "É"}


@pytest.mark.parametrize("text", ["", "7K3M", KEY[:-1], KEY + "0"])
def test_a_missing_or_extra_sign_is_counted(text: str) -> None:
    with pytest.raises(Refusal) as refused:
        recovery_key.decode(text)
    assert refused.value.code == "recovery_key_length"
    assert refused.value.problems[0].data["expected"] == 56


@given(st.text(max_size=80))
def test_any_text_is_refused_or_read(text: str) -> None:
    with pytest.raises(Refusal):
        recovery_key.decode(text)


@given(st.integers(0, 13), st.integers(0, 12))
def test_two_different_groups_are_typed_back(first: int, second: int) -> None:
    answers = iter((first, second))
    one, two = recovery_key.groups_to_type_back(lambda below: next(answers))
    assert 0 <= one < two < 14


def test_groups_typed_back_are_compared() -> None:
    groups = recovery_key.groups(KEY)
    recovery_key.check_typed_back(KEY, {2: groups[2].lower(), 9: f" {groups[9]} "})
    with pytest.raises(Refusal) as refused:
        recovery_key.check_typed_back(KEY, {2: "", 9: groups[9], 13: groups[0]})
    assert [problem.data["group"] for problem in refused.value.problems] == [3, 14]
