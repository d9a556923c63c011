"""The code of a trame: always the same, never mistaken for a name, found among many."""

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from spip_desktop.domain.ids import TYPED, grouped
from spip_desktop.domain.interview_guide import guide_code, read_code, with_code

IDS = st.integers(0, 2**128 - 1).map(lambda number: UUID(int=number))


@given(IDS)
def test_a_code_is_read_back_as_printed_or_typed_anyhow(one: UUID) -> None:
    code = guide_code(one)
    assert len(code) == 6
    assert set(code) <= set(TYPED)
    for typed in (code, grouped(code, 3), code.lower(), f" {code[:3]}-{code[3:]} "):
        assert read_code(typed) == code


@given(st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyzéè -’", max_size=9))
def test_a_name_is_no_code(typed: str) -> None:
    assert read_code(typed) == ""


def test_what_is_shorter_longer_or_misread_is_no_code() -> None:
    for typed in ("", "3GSAD", "3GSADQX", "3GS0DQ", "1GSADQ", "3GSAD🙂"):
        assert read_code(typed) == ""


@given(st.sets(IDS, min_size=1, max_size=30))
def test_a_code_finds_its_evaluation_among_others(ids: set[UUID]) -> None:
    for one in ids:
        assert one in with_code(guide_code(one), ids)
        assert all(guide_code(other) == guide_code(one) for other in with_code(guide_code(one), ids))


def test_thirty_thousand_drafts_hardly_share_a_code() -> None:
    codes = {guide_code(UUID(int=number)) for number in range(30_000)}
    assert len(codes) > 29_990
