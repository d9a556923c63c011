"""Amounts typed and read back the French way, to the cent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.money import amount, euros, parse_cents


@pytest.mark.parametrize(
    ("typed", "cents"),
    [
        ("1 250,50", 125_050), ("1\u00a0250,50 €", 125_050), ("1.250", 125_000), ("1250.5", 125_050), ("60", 6_000),
        ("60 euros", 6_000), ("0,05", 5), ("", None), ("  ", None), ("1\u202f000\u202f000,00", 100_000_000),
    ],
)  # fmt: skip
def test_what_one_types(typed: str, cents: int | None) -> None:
    assert parse_cents(typed) == cents


@pytest.mark.parametrize("typed", ["-60", "60,123", "soixante", "1 25,50", "60 $", "1,5,0", "99999999999"])
def test_what_is_no_amount_is_refused(typed: str) -> None:
    with pytest.raises(Refusal, match="money_unreadable"):
        parse_cents(typed)


def test_how_it_is_written() -> None:
    assert euros(125_050) == "1\u00a0250,50\u00a0€"
    assert euros(6_000) == "60\u00a0€"
    assert euros(-5) == "-0,05\u00a0€"


@given(st.integers(0, 2_000_000_000))
def test_what_is_written_reads_back_to_the_cent(cents: int) -> None:
    assert parse_cents(euros(cents)) == parse_cents(amount(cents)) == cents
