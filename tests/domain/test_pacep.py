"""The plan as a value: parts changed by hand, what blocks, states from dated facts."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spip_desktop.domain import pacep_edit as edit
from spip_desktop.domain.clock import Clock
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.evaluation import FindingKind
from spip_desktop.domain.event import Event
from spip_desktop.domain.ids import Ids
from spip_desktop.domain.pacep import (
    Action,
    ActionMode,
    ActionState,
    Axis,
    Level,
    Objective,
    ObjectiveState,
    Pacep,
)
from spip_desktop.domain.pacep_follow import with_progress
from spip_desktop.domain.pacep_rules import (
    SourceFinding,
    Sources,
    codes,
    date_problem,
    field_problem,
    places_of,
    submission_problems,
    warnings,
)
from spip_desktop.domain.pacep_states import (
    KIND,
    Agreement,
    EventCode,
    PlanState,
    agreement_of,
    day_problem,
    require_step,
    state_of,
)
from spip_desktop.domain.text import NBSP
from spip_desktop.wording import sentence

TODAY = date(2026, 11, 22)
PERSON = uuid4()
NEED = SourceFinding(lineage=uuid4(), kind=FindingKind.NEED, wording="garder ses distances")
STRENGTH = SourceFinding(lineage=uuid4(), kind=FindingKind.PROTECTION, wording="huit mois dans un emploi")
SOURCES = Sources(evaluation_id=uuid4(), number=1, frozen_on=date(2026, 11, 10), findings=(NEED, STRENGTH))


def an_action(**fields: object) -> Action:
    id_ = uuid4()
    whole: dict[str, object] = {
        "mode": ActionMode.EXTERNAL,
        "label": "Fiche pour la mission locale",
        "who": "C. Vasseur",
    }
    return Action(id=id_, lineage=id_, **(whole | fields))  # type: ignore[arg-type]


def an_objective(*actions: Action, **fields: object) -> Objective:
    id_ = uuid4()
    whole: dict[str, object] = {"wording": "Passer un CAP avec un patron", "due": date(2027, 6, 22)}
    return Objective(id=id_, lineage=id_, actions=actions, **(whole | fields))  # type: ignore[arg-type]


def an_axis(*objectives: Objective, title: str = "Travailler et se former", ties: tuple[UUID, ...] = ()) -> Axis:
    id_ = uuid4()
    return Axis(id=id_, lineage=id_, title=title, objectives=objectives, finding_lineages=ties)


def a_plan(*axes: Axis, **fields: object) -> Pacep:
    id_ = uuid4()
    whole: dict[str, object] = {
        "level": Level.REGULAR, "level_reason": "Projet qui se précise.", "next_review": date(2027, 5, 22),
        "evaluation_id": SOURCES.evaluation_id, "number": 1,
    }  # fmt: skip
    return Pacep(id=id_, lineage=id_, person_id=PERSON, started_on=TODAY, axes=axes, **(whole | fields))  # type: ignore[arg-type]


def missing(plan: Pacep, sources: Sources = SOURCES) -> tuple[str, ...]:
    return codes(submission_problems(plan, sources, TODAY))


# -- what blocks ---------------------------------------------------------------------------------------------


def test_a_complete_plan_may_be_submitted() -> None:
    plan = a_plan(an_axis(an_objective(an_action()), ties=(NEED.lineage,)))
    assert missing(plan) == ()
    assert warnings(plan, TODAY) == ()


def test_nothing_is_chosen_and_everything_missing_is_said_at_once() -> None:
    empty = a_plan(level=None, level_reason="", next_review=None, evaluation_id=None)
    assert missing(empty, Sources()) == (
        "pacep_level_missing",
        "pacep_level_reason_missing",
        "pacep_no_evaluation",
        "pacep_no_objective",
        "pacep_review_missing",
    )


def test_a_checking_level_needs_no_objective() -> None:
    assert missing(a_plan(level=Level.CHECKING), replace(SOURCES, findings=())) == ()


def test_a_plan_without_evaluation_passes_with_a_written_reason() -> None:
    plan = a_plan(an_axis(an_objective()), evaluation_id=None, no_evaluation_reason="Peine courte.")
    assert missing(plan, Sources()) == ()
    still_open = replace(SOURCES, frozen_on=None, findings=())
    assert missing(a_plan(an_axis(an_objective())), still_open) == ("pacep_evaluation_open",)


def test_each_need_is_tied_or_answered_in_writing() -> None:
    plan = a_plan(an_axis(an_objective()))
    assert missing(plan) == ("pacep_need_untied",)
    problem = submission_problems(plan, SOURCES, TODAY)[0]
    assert places_of(problem) == (f"need.{NEED.lineage}.tie", f"need.{NEED.lineage}.why")
    assert sentence(problem) == f"Besoin «{NBSP}garder ses distances{NBSP}» sans axe"
    assert missing(replace(plan, needs_without_axis={str(NEED.lineage): "Plus tard, à sa demande."})) == ()
    assert missing(edit.tie(plan, plan.axes[0].id, NEED.lineage)) == ()


def test_a_need_tied_to_a_binned_axis_is_free_again() -> None:
    plan = a_plan(an_axis(an_objective()), an_axis(title="Autre", ties=(NEED.lineage,)))
    assert "pacep_need_untied" in missing(edit.bin_part(plan, plan.axes[1].id, TODAY))


def test_objectives_need_words_and_a_day_actions_need_someone() -> None:
    plan = a_plan(
        an_axis(an_objective(an_action(who=""), an_action(label=""), due=None), an_objective(wording="")),
        an_axis(title=""),
        needs_without_axis={str(NEED.lineage): "Plus tard."},
    )
    assert missing(plan) == (
        "pacep_strategy_missing",
        "pacep_objective_undated",
        "pacep_action_by_nobody",
        "pacep_action_unnamed",
        "pacep_objective_unworded",
        "pacep_axis_untitled",
        "pacep_axis_empty",
    )
    assert all(sentence(one) for one in submission_problems(plan, SOURCES, TODAY))


def test_the_review_lies_ahead_and_a_far_one_is_only_said() -> None:
    plan = a_plan(an_axis(an_objective(due=date(2026, 1, 1)), ties=(NEED.lineage,)), next_review=date(2027, 11, 22))
    assert codes(warnings(plan, TODAY)) == ("pacep_due_past",)
    late = replace(plan, next_review=date(2027, 11, 23))
    assert missing(late) == ()
    assert codes(warnings(late, TODAY)) == ("pacep_review_late", "pacep_due_past")
    assert missing(replace(plan, next_review=TODAY)) == ("pacep_review_past",)


@pytest.mark.parametrize(("name", "value"), [("title", "a" * 121), ("what_matters", ("court", "a" * 301))])
def test_what_is_too_long_is_refused_with_its_limit(name: str, value: object) -> None:
    problem = field_problem(name, value)
    assert problem is not None
    assert problem.code == "too_long"


# -- changed by hand -----------------------------------------------------------------------------------------


def test_parts_are_moved_among_those_in_sight() -> None:
    plan = a_plan(an_axis(title="A"), an_axis(title="B"), an_axis(title="C"))
    plan = edit.bin_part(plan, plan.axes[1].id, TODAY)
    moved = edit.move(plan, plan.axes[2].id, -1)
    assert [axis.title for axis in moved.live_axes()] == ["C", "A"]
    assert [axis.title for axis in edit.move(moved, plan.axes[2].id, -1).live_axes()] == ["C", "A"]
    assert [axis.title for axis in edit.restore_part(moved, plan.axes[1].id).live_axes()] == ["C", "A", "B"]


def test_an_action_is_moved_inside_its_objective_only() -> None:
    first, second, other = an_action(label="1"), an_action(label="2"), an_action(label="3")
    plan = a_plan(an_axis(an_objective(first, second), an_objective(other)))
    moved = edit.move(plan, second.id, -5)
    assert [action.label for _, _, action in moved.live_actions()] == ["2", "1", "3"]


def test_the_bin_gives_back_a_part_with_all_it_holds() -> None:
    plan = a_plan(an_axis(an_objective(an_action())))
    binned = edit.bin_part(plan, plan.axes[0].id, TODAY)
    assert list(binned.live_actions()) == []
    assert edit.binned(binned) == (binned.axes[0],)
    assert edit.without_bin(binned).axes == ()
    assert edit.restore_part(binned, plan.axes[0].id) == plan


def test_tying_takes_the_written_reason_back_and_untying_leaves_the_need_alone() -> None:
    plan = a_plan(an_axis(), needs_without_axis={str(NEED.lineage): "Plus tard."})
    tied = edit.tie(plan, plan.axes[0].id, NEED.lineage)
    assert (tied.axes[0].finding_lineages, tied.needs_without_axis) == ((NEED.lineage,), {})
    assert edit.tie(tied, plan.axes[0].id, NEED.lineage) is tied
    assert edit.untie(tied, plan.axes[0].id, NEED.lineage).axes[0].finding_lineages == ()


def test_a_next_version_keeps_lineages_and_chooses_nothing() -> None:
    done, todo = an_action(state=ActionState.DONE), an_action()
    plan = a_plan(an_axis(an_objective(done, todo)), submitted_on=TODAY)
    new = edit.next_version(plan, Ids(Clock()), 2, TODAY)
    assert (new.level, new.level_reason, new.number, new.is_frozen) == (None, "", 2, False)
    assert (new.lineage, new.from_version) == (plan.lineage, plan.id)
    assert new.axes[0].lineage == plan.axes[0].lineage
    assert new.axes[0].id != plan.axes[0].id
    assert [action.lineage for _, _, action in new.live_actions()] == [todo.lineage]


def test_a_part_that_is_gone_is_refused() -> None:
    with pytest.raises(Refusal) as caught:
        edit.part_of(a_plan(), uuid4())
    assert caught.value.code == "not_found"


# -- states --------------------------------------------------------------------------------------------------


def an_event(plan: Pacep, code: EventCode, day: date = TODAY, minute: int = 0, **detail: str) -> Event:
    entered = datetime(2026, 11, 22, 12, tzinfo=UTC) + timedelta(minutes=minute)
    return Event(
        id=uuid4(), kind=KIND, object_id=plan.id, code=code, happened_on=day, entered_at=entered, entered_by=PERSON,
        detail=detail,
    )  # fmt: skip


def test_the_state_is_the_furthest_step() -> None:
    draft = a_plan()
    plan = replace(draft, submitted_on=TODAY)
    events = [an_event(plan, EventCode.SUBMITTED)]
    assert state_of(draft, ()) is PlanState.DRAFT
    assert state_of(plan, events) is PlanState.SUBMITTED
    events.append(an_event(plan, EventCode.AGREEMENT, minute=1, answer="to_collect"))
    events.append(an_event(plan, EventCode.RETURNED, minute=2))
    assert state_of(plan, events) is PlanState.AGREED
    events.append(an_event(plan, EventCode.AGREEMENT, minute=3, answer="partial"))
    assert agreement_of(events) is Agreement.PARTIAL
    events.append(an_event(plan, EventCode.REPLACED, minute=4))
    assert state_of(plan, events) is PlanState.REPLACED


@given(st.dates(date(2026, 1, 1), date(2028, 1, 1)))
def test_today_is_accepted_yesterday_refused(day: date) -> None:
    for name in ("due", "next_review"):
        assert (date_problem(name, day, TODAY) is None) is (day >= TODAY)
    assert date_problem("level_reason", day, TODAY) is None


def test_a_day_after_the_end_of_the_measure_is_said_and_forbids_nothing() -> None:
    late = an_action(due=date(2027, 7, 1), label="Entretien")
    plan = a_plan(an_axis(an_objective(late)), next_review=date(2027, 6, 22))
    said = warnings(plan, TODAY, date(2027, 6, 22))
    assert codes(said) == ("pacep_action_after_end",)
    assert sentence(said[0]) == f"Action «{NBSP}Entretien{NBSP}»{NBSP}: date après la fin du suivi, le 22/06/2027."
    assert codes(warnings(plan, TODAY, date(2027, 6, 21))) == (
        "pacep_due_after_end", "pacep_action_after_end", "pacep_review_after_end",
    )  # fmt: skip
    assert warnings(plan, TODAY) == ()
    assert "pacep_action_after_end" not in missing(plan)


def test_an_objective_for_later_needs_no_day_and_is_not_enough_alone() -> None:
    later = an_objective(due=None, later=True)
    assert missing(a_plan(an_axis(an_objective(), later), needs_without_axis={str(NEED.lineage): "Plus tard."})) == ()
    alone = a_plan(an_axis(later), needs_without_axis={str(NEED.lineage): "Plus tard."})
    assert missing(alone) == ("pacep_no_objective",)


@given(st.lists(st.integers(-3, 3), max_size=6), st.data())
def test_moving_keeps_every_part_and_is_undone_by_the_places_it_moved(steps: list[int], data: st.DataObject) -> None:
    plan = a_plan(an_axis(an_objective(an_action(), an_action(), an_action(binned_on=TODAY), an_action())))
    lines = [one.id for _, _, one in plan.live_actions()]
    for step in steps:
        line = data.draw(st.sampled_from(lines))
        after = edit.move(plan, line, step)
        places = edit.place_of(after, line) - edit.place_of(plan, line)
        assert sorted(one.id for _, _, one in after.live_actions()) == sorted(lines)
        back = edit.move(after, line, -places)
        assert [one.id for _, _, one in back.live_actions()] == [one.id for _, _, one in plan.live_actions()]
        plan = after


@pytest.mark.parametrize(
    ("reached", "asked", "refused"),
    [
        ((), EventCode.AGREEMENT, "pacep_submit_first"),
        ((EventCode.SUBMITTED,), EventCode.VISA, "pacep_agreement_first"),
        ((EventCode.SUBMITTED, EventCode.AGREEMENT), EventCode.IN_FORCE, "pacep_visa_first"),
        ((EventCode.SUBMITTED, EventCode.REPLACED), EventCode.AGREEMENT, "pacep_replaced"),
    ],
)
def test_steps_come_one_after_the_other(reached: tuple[EventCode, ...], asked: EventCode, refused: str) -> None:
    plan = a_plan(submitted_on=TODAY if reached else None)
    with pytest.raises(Refusal) as caught:
        require_step(plan, [an_event(plan, code) for code in reached], asked)
    assert caught.value.code == refused


def test_a_fact_is_neither_ahead_nor_before_the_step_it_follows() -> None:
    plan = a_plan(submitted_on=date(2026, 9, 25))
    wrong = an_event(plan, EventCode.AGREEMENT, date(2026, 10, 30), answer="no")
    right = an_event(plan, EventCode.AGREEMENT, date(2026, 9, 25), 1, answer="no", corrects=str(wrong.id))
    events = [an_event(plan, EventCode.SUBMITTED, date(2026, 9, 25)), wrong, right]
    before = day_problem(date(2026, 9, 24), events, TODAY, EventCode.VISA)
    ahead = day_problem(date(2026, 11, 23), events, TODAY, EventCode.VISA)
    assert before is not None
    assert ahead is not None
    assert (before.code, ahead.code) == ("pacep_before_last_step", "date_in_future")
    assert day_problem(date(2026, 10, 1), events, TODAY, EventCode.VISA) is None


def test_progress_of_a_frozen_plan_is_read_from_its_facts() -> None:
    action = an_action()
    plan = a_plan(an_axis(an_objective(action)), submitted_on=TODAY)
    objective = plan.axes[0].objectives[0]
    events = [
        an_event(plan, EventCode.PROGRESS, minute=1, lineage=str(action.lineage), state="en_cours"),
        an_event(plan, EventCode.PROGRESS, minute=2, lineage=str(action.lineage), state="faite"),
        an_event(plan, EventCode.PROGRESS, minute=3, lineage=str(objective.lineage), state="atteint"),
    ]
    today = with_progress(plan, events)
    assert today.axes[0].objectives[0].state is ObjectiveState.REACHED
    assert [one.state for _, _, one in today.live_actions()] == [ActionState.DONE]
