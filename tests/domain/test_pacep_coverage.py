"""What the chain lacks, and what a written reason takes off the list."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from spip_desktop.domain.pacep import ActionState, Axis, ObjectiveState, Pacep
from spip_desktop.domain.pacep_coverage import Lack, gaps, unexplained
from tests.domain.test_pacep import NEED, SOURCES, a_plan, an_action, an_axis, an_objective

_TEXTS = st.sampled_from(["", "  ", "C. Vasseur"])
ACTIONS = st.builds(
    an_action, who=_TEXTS, frequency=st.sampled_from(["", "chaque mois"]), state=st.sampled_from(list(ActionState)),
    due=st.sampled_from([None, date(2026, 12, 22)]), binned_on=st.sampled_from([None, date(2026, 11, 20)]),
)  # fmt: skip
OBJECTIVES = st.builds(
    lambda actions, state, later: an_objective(*actions, state=state, later=later),
    st.lists(ACTIONS, max_size=3), st.sampled_from(list(ObjectiveState)), st.booleans(),
)  # fmt: skip
AXES = st.builds(
    lambda objectives, tied: an_axis(*objectives, ties=(NEED.lineage,) if tied else ()),
    st.lists(OBJECTIVES, max_size=2), st.booleans(),
)  # fmt: skip
PLANS = st.builds(lambda axes: a_plan(*axes), st.lists(AXES, max_size=2))


def explained(plan: Pacep, lineages: list[UUID]) -> Pacep:
    reasons = {str(one): "Vu avec la personne." for one in lineages}
    return replace(plan, gaps=reasons, needs_without_axis=reasons)


@given(PLANS)
def test_each_gap_is_told_once_and_a_reason_takes_it_off_without_hiding_it(plan: Pacep) -> None:
    found = gaps(plan, SOURCES)
    assert unexplained(found) == found
    assert len({(gap.lack, gap.why_field) for gap in found}) == len(found)
    lineages = [UUID(gap.why_field.split(".")[1]) for gap in found]
    answered = gaps(explained(plan, lineages), SOURCES)
    assert unexplained(answered) == ()
    assert [gap.lack for gap in answered] == [gap.lack for gap in found]
    for left in lineages:  # one reason takes one line off, and no other
        others = unexplained(gaps(explained(plan, [one for one in lineages if one != left]), SOURCES))
        assert {gap.why_field.split(".")[1] for gap in others} == {str(left)}


@given(PLANS)
def test_a_gap_is_where_something_lacks_and_nowhere_else(plan: Pacep) -> None:
    told = {(gap.lack, gap.why_field.split(".")[1]) for gap in gaps(plan, SOURCES)}
    tied = any(NEED.lineage in axis.finding_lineages for axis in plan.axes)
    assert ((Lack.AXIS, str(NEED.lineage)) in told) is not tied
    for axis in plan.axes:
        assert ((Lack.OBJECTIVE, str(axis.lineage)) in told) is (axis.objectives == ())
    for _, objective, action in plan.live_actions():
        open_ = action.state not in (ActionState.DONE, ActionState.DROPPED)
        assert ((Lack.WHO, str(action.lineage)) in told) is (open_ and not action.who.strip())
        timed = action.due is not None or bool(action.frequency)
        assert ((Lack.WHEN, str(action.lineage)) in told) is (open_ and bool(action.who.strip()) and not timed)
        assert (Lack.ACTION, str(objective.lineage)) not in told


def test_an_objective_for_later_or_reached_waits_for_no_action() -> None:
    def lacks(axis: Axis) -> list[Lack]:
        return [gap.lack for gap in gaps(a_plan(replace(axis, finding_lineages=(NEED.lineage,))), SOURCES)]

    assert lacks(an_axis(an_objective())) == [Lack.ACTION]
    assert lacks(an_axis(an_objective(later=True), an_objective(state=ObjectiveState.REACHED))) == []
