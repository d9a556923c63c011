"""Lines that wait and the outcomes that take them away."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spip_desktop.domain.clock import Clock
from spip_desktop.domain.ids import Ids
from spip_desktop.domain.place import Place
from spip_desktop.domain.todo import (
    Answer,
    Done,
    TodoLine,
    TodoPerson,
    When,
    Written,
    answer_problems,
    grouped,
    made_on,
    newest,
    still_waiting,
)

TODAY = date(2026, 11, 22)
PERSON = UUID(int=7)


def line(key: str = "E01:x:1", due: date = TODAY, **more: object) -> TodoLine:
    return TodoLine(
        key=key,
        due=due,
        what="Rapport",
        why="",
        action="",
        place=Place("todo"),
        **{"person_id": PERSON, **more},  # type: ignore[arg-type]
    )


def outcome(answer: Answer, hour: int = 9, until: date | None = None) -> Written:
    return Written(f"{hour:02d}", "E01:x:1", answer, until, datetime(2026, 11, 20, hour, tzinfo=UTC))


@pytest.mark.parametrize(
    ("days", "when"), [(-1, When.LATE), (0, When.TODAY), (1, When.SOON), (14, When.SOON), (15, When.LATER)]
)
def test_when(days: int, when: When) -> None:
    assert line(due=TODAY + timedelta(days=days)).when(TODAY) is when


def test_nothing_leaves_without_an_outcome() -> None:
    assert still_waiting([line()], {}, TODAY) == [line()]
    assert still_waiting([line()], newest([outcome(Answer.DONE)]), TODAY) == []
    assert still_waiting([line("E02:x:1")], newest([outcome(Answer.DONE)]), TODAY) == [line("E02:x:1")]


@pytest.mark.parametrize("answer", [Answer.PUT_OFF, Answer.NOT_ACTING])
def test_what_was_put_off_or_left_comes_back_on_its_day(answer: Answer) -> None:
    written = newest([outcome(answer, until=date(2026, 11, 30))])
    days = [date(2026, 11, 29), date(2026, 11, 30), date(2027, 1, 1)]
    assert [bool(still_waiting([line()], written, day)) for day in days] == [False, True, True]


def test_the_newest_outcome_holds() -> None:
    first = outcome(Answer.DONE, 9)
    second = outcome(Answer.PUT_OFF, 10, until=TODAY)
    assert still_waiting([line()], newest([second, first]), TODAY) == [line()]
    assert still_waiting([line()], newest([first]), TODAY) == []


def codes(answer: Answer, of: TodoLine, **more: object) -> list[tuple[str, str]]:
    done = Done(on=more.pop("done_on", None), recipient=str(more.pop("recipient", "")))  # type: ignore[arg-type]
    given: dict[str, object] = {"until": None, "reason": "", **more}
    problems = answer_problems(of, answer, done=done, today=TODAY, **given)  # type: ignore[arg-type]
    return [(one.code, one.field) for one in problems]


def test_what_keeps_an_outcome_from_being_written() -> None:
    here = line(may_be_done=True)
    assert codes(Answer.DONE, here, done_on=TODAY) == []
    assert codes(Answer.DONE, here) == [("required", "done_on")]
    assert codes(Answer.DONE, here, done_on=TODAY + timedelta(days=1)) == [("date_in_future", "done_on")]
    assert codes(Answer.DONE, line(), done_on=TODAY) == [("todo_act_itself", "answer")]
    report = line(may_be_done=True, report=True, sent_from=date(2026, 8, 16))
    assert codes(Answer.DONE, report, done_on=TODAY) == [("choose_one", "recipient")]
    assert codes(Answer.DONE, report, recipient="jap") == [("required", "done_on")]
    assert codes(Answer.DONE, report, recipient="jap", done_on=date(2026, 8, 15)) == [("report_before", "done_on")]
    assert codes(Answer.DONE, report, recipient="jap", done_on=date(2026, 8, 16)) == []
    assert codes(Answer.NOT_ACTING, here) == [("reason_needed", "reason"), ("todo_day_ahead", "until")]
    assert codes(Answer.PUT_OFF, here, until=TODAY, reason="motif") == [("todo_day_ahead", "until")]


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.dates(date(2026, 11, 23), date(2035, 1, 1)))
def test_what_a_text_sets_is_never_put_off_beyond_its_day(due: date, until: date) -> None:
    found = codes(Answer.PUT_OFF, line(due=due, legal=True), until=until, reason="motif")
    assert (found == []) is (until <= due)
    assert codes(Answer.PUT_OFF, line(due=due), until=until, reason="motif") == [], "practice may be"
    assert codes(Answer.NOT_ACTING, line(due=due, legal=True), until=until, reason="motif") == []


def test_persons_are_ordered_by_their_most_pressing_date() -> None:
    other = UUID(int=8)
    lines = [
        line("b", TODAY), line("a", TODAY - timedelta(days=3)), line("c", TODAY - timedelta(days=1), person_id=other)
    ]  # fmt: skip
    persons = {id_: TodoPerson(id=id_, name=str(id_), birth_date=None) for id_ in (PERSON, other)}
    assert [[one.key for one in group.lines] for group in grouped(lines, persons)] == [["a", "b"], ["c"]]


def test_the_day_a_record_was_made_is_in_its_number() -> None:
    at = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)
    assert made_on(Ids(Clock(lambda: at)).new()) == date(2026, 3, 2), "a day of Paris"
    assert made_on(PERSON) is None
