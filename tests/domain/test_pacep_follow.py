"""A plan carried out, as a value: states by day, what left the plan, the question, the past kept."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from spip_desktop.domain.event import Event
from spip_desktop.domain.pacep import ActionState, ObjectiveState, Pacep
from spip_desktop.domain.pacep_follow import moments, removed_parts, to_ask, with_progress
from spip_desktop.domain.pacep_states import KIND, EventCode
from tests.domain.test_pacep import a_plan, an_action, an_axis, an_objective

TODAY = date(2026, 11, 22)
#: Two actions under one objective, put to the person.
PLAN = a_plan(an_axis(an_objective(an_action(), an_action(label="Entretien mensuel"))), submitted_on=TODAY)
OBJECTIVE = PLAN.axes[0].objectives[0]
FIRST, SECOND = OBJECTIVE.actions

_DAYS = st.integers(0, 9)
#: (line, state, days before today): what an officer may note, in any order.
NOTED = st.lists(
    st.one_of(
        st.tuples(st.sampled_from([FIRST.lineage, SECOND.lineage]), st.sampled_from(list(ActionState)), _DAYS),
        st.tuples(st.just(OBJECTIVE.lineage), st.sampled_from(list(ObjectiveState)), _DAYS),
    ),
    max_size=12,
)  # fmt: skip


def an_event(
    code: EventCode, lineage: UUID, minute: int, *, days_ago: int = 0, plan: Pacep = PLAN, **detail: str
) -> Event:
    return Event(
        id=uuid4(), kind=KIND, object_id=plan.id, code=code, happened_on=TODAY - timedelta(days=days_ago),
        entered_at=datetime(2026, 11, 22, 8, tzinfo=UTC) + timedelta(minutes=minute), entered_by=uuid4(),
        detail={"lineage": str(lineage)} | detail,
    )  # fmt: skip


def noted(lineage: UUID, state: str, minute: int, days_ago: int = 0) -> Event:
    return an_event(EventCode.PROGRESS, lineage, minute, days_ago=days_ago, state=state)


def events_of(lines: list[tuple[UUID, str, int]]) -> list[Event]:
    return [noted(lineage, state, minute, ago) for minute, (lineage, state, ago) in enumerate(lines)]


def states(plan: Pacep) -> dict[UUID, str]:
    one = plan.axes[0].objectives[0]
    return {one.lineage: str(one.state)} | {action.lineage: str(action.state) for action in one.actions}


@given(NOTED)
def test_a_state_is_that_of_the_latest_day_and_what_is_entered_late_rewrites_nothing(
    lines: list[tuple[UUID, str, int]],
) -> None:
    events = events_of(lines)
    today = states(with_progress(PLAN, events))
    for lineage, state in today.items():
        own = [event for event in events if event.detail["lineage"] == str(lineage)]
        newest = max(own, key=lambda event: (event.happened_on, event.entered_at), default=None)
        assert state == (newest.detail["state"] if newest else "a_engager")
    old = noted(FIRST.lineage, "abandonnee", 99, days_ago=30)
    if any(event.detail["lineage"] == str(FIRST.lineage) for event in events):
        assert states(with_progress(PLAN, [*events, old])) == today


@given(NOTED)
def test_an_objective_is_asked_about_only_when_nothing_is_left_to_do_and_never_twice(
    lines: list[tuple[UUID, str, int]],
) -> None:
    events = events_of(lines)
    plan = with_progress(PLAN, events)
    asked = to_ask(plan, events)
    if asked:
        assert {one.state for one in asked[0].actions} <= {ActionState.DONE, ActionState.DROPPED}
        assert ActionState.DONE in {one.state for one in asked[0].actions}
        no = noted(OBJECTIVE.lineage, "en_cours", 200)
        assert to_ask(with_progress(PLAN, [*events, no]), [*events, no]) == ()


@given(
    st.lists(st.tuples(st.sampled_from([FIRST.lineage, SECOND.lineage, OBJECTIVE.lineage]), st.booleans()), max_size=10)
)
def test_what_left_the_plan_is_told_apart_and_comes_back_with_its_state(lines: list[tuple[UUID, bool]]) -> None:
    codes = {True: EventCode.REMOVED, False: EventCode.TAKEN_BACK}
    events = [an_event(codes[leaves], lineage, minute) for minute, (lineage, leaves) in enumerate(lines)]
    out = {lineage for lineage, leaves in dict(lines).items() if leaves}
    plan = with_progress(PLAN, events)
    assert removed_parts(events).keys() == out
    assert states(plan) == states(PLAN)  # nothing is lost
    shown = {one.lineage for _, one in plan.live_objectives()} | {one.lineage for *_, one in plan.live_actions()}
    assert not shown & out


def test_no_is_an_answer_until_an_action_moves_again() -> None:
    done = [noted(FIRST.lineage, "faite", 0, 3), noted(SECOND.lineage, "faite", 1, 2)]
    assert to_ask(with_progress(PLAN, done[:1]), done[:1]) == ()
    assert [one.lineage for one in to_ask(with_progress(PLAN, done), done)] == [OBJECTIVE.lineage]
    no = [*done, noted(OBJECTIVE.lineage, "en_cours", 2, 1)]
    assert to_ask(with_progress(PLAN, no), no) == ()
    again = [*no, noted(FIRST.lineage, "en_cours", 3), noted(FIRST.lineage, "faite", 4)]
    assert [one.lineage for one in to_ask(with_progress(PLAN, again), again)] == [OBJECTIVE.lineage]
    yes = [*again, noted(OBJECTIVE.lineage, "atteint", 5)]
    assert to_ask(with_progress(PLAN, yes), yes) == ()


def test_an_action_that_left_the_plan_holds_no_objective_back() -> None:
    events = [noted(FIRST.lineage, "faite", 0), an_event(EventCode.REMOVED, SECOND.lineage, 1)]
    assert [one.lineage for one in to_ask(with_progress(PLAN, events), events)] == [OBJECTIVE.lineage]


def test_a_new_wording_does_not_rewrite_the_past() -> None:
    renamed = replace(OBJECTIVE, id=uuid4(), wording="Signer un contrat")
    second = replace(PLAN, id=uuid4(), number=2, axes=(replace(PLAN.axes[0], objectives=(renamed,)),))
    before = noted(OBJECTIVE.lineage, "en_cours", 0, 5)
    after = an_event(EventCode.PROGRESS, OBJECTIVE.lineage, 1, plan=second, state="atteint")
    found = moments([(PLAN, [before]), (second, [after])], OBJECTIVE.lineage)
    assert [(one.version, one.words) for one in found] == [(2, "Signer un contrat"), (1, OBJECTIVE.wording)]
