"""A refusal says what to put right, one thing or several."""

import pytest

from spip_desktop.domain.errors import Problem, Refusal, refuse_if_any


def test_a_refusal_has_its_code_its_field_and_its_words() -> None:
    refusal = Refusal("too_long", "note", limit=200)
    assert refusal.code == "too_long"
    assert refusal.problems == (Problem("too_long", "note", {"limit": 200}),)


def test_several_problems_make_one_refusal() -> None:
    problems = [Problem("required", "name"), Problem("date_impossible", "born", {"text": "31/04"})]
    with pytest.raises(Refusal) as refusal:
        refuse_if_any(iter(problems))
    assert refusal.value.problems == tuple(problems)
    assert refusal.value.code == "required"


def test_no_problem_no_refusal() -> None:
    refuse_if_any([])


def test_a_refusal_can_be_read_without_its_words() -> None:
    """What was typed is in the data, for the sentence; never in the text of the exception, which a log may keep."""
    assert str(Refusal("date_unreadable", "born", text="Perrin")) == "date_unreadable"
