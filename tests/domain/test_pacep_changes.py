"""Two moments of a plan compared by lineage."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from spip_desktop.domain import pacep_edit as edit
from spip_desktop.domain.pacep import ActionState, Axis, Level, Objective, Pacep
from spip_desktop.domain.pacep_changes import ChangeKind, What, changes
from tests.domain.test_pacep import TODAY, a_plan, an_action, an_axis, an_objective

BASE = a_plan(
    an_axis(an_objective(an_action(), an_action(label="Entretien mensuel")), an_objective(wording="Passer le permis")),
    an_axis(an_objective(an_action(label="Voir le CSAPA")), title="Agir sur les consommations"),
)
LINES = [axis.id for axis in BASE.axes] + [one.id for _, one in BASE.live_objectives()]
ACTIONS = [one.id for _, _, one in BASE.live_actions()]
#: (line, what is done to it)
EDITS = st.lists(
    st.tuples(st.sampled_from([*LINES, *ACTIONS]), st.sampled_from(["bin", "say", "later", "do"])), max_size=5
)


def edited(plan: Pacep, edits: list[tuple[object, str]]) -> Pacep:
    for id_, act in edits:
        part = edit.part_of(plan, id_)  # type: ignore[arg-type]
        if act == "bin":
            plan = edit.bin_part(plan, part.id, TODAY)
        elif act == "say":
            name = "title" if isinstance(part, Axis) else "wording" if isinstance(part, Objective) else "label"
            plan = edit.with_part(plan, part.id, **{name: "Autrement dit"})
        elif act == "later" and not isinstance(part, Axis):
            plan = edit.with_part(plan, part.id, due=date(2028, 1, 1))
        elif act == "do" and part.id in ACTIONS:
            plan = edit.with_part(plan, part.id, state=ActionState.DONE)
    return plan


@given(EDITS)
def test_nothing_moved_nothing_told_and_both_ways_tell_the_same_lines(edits: list[tuple[object, str]]) -> None:
    now = edited(BASE, edits)
    assert changes(now, now) == ()
    there, back = changes(BASE, now), changes(now, BASE)
    assert len(there) == len(back)
    turned = {ChangeKind.ADDED: ChangeKind.GONE, ChangeKind.GONE: ChangeKind.ADDED}
    told = sorted((one.what, one.kind, str(one.before), str(one.now)) for one in there)
    assert told == sorted((one.what, turned.get(one.kind, one.kind), str(one.now), str(one.before)) for one in back)


@given(EDITS)
def test_another_order_and_new_ids_are_no_change(edits: list[tuple[object, str]]) -> None:
    now = edited(BASE, edits)
    moved = replace(now, id=uuid4(), number=2, axes=tuple(replace(axis, id=uuid4()) for axis in reversed(now.axes)))
    assert changes(now, moved) == ()


def test_each_change_says_what_it_was_and_what_it_is() -> None:
    objective, action = BASE.axes[0].objectives[0], BASE.axes[0].objectives[0].actions[0]
    now = replace(BASE, level=Level.SPACED, level_reason="Tout tient.")
    now = edit.with_part(now, action.id, state=ActionState.DONE, result="La fiche est partie.")
    now = edit.with_part(now, objective.id, due=date(2027, 9, 1))
    told = [(one.what, one.kind, one.before, one.now, one.why) for one in changes(BASE, now)]
    assert told == [
        (What.LEVEL, ChangeKind.STATE, Level.REGULAR, Level.SPACED, "Tout tient."),
        (What.OBJECTIVE, ChangeKind.DUE, objective.due, date(2027, 9, 1), ""),
        (What.ACTION, ChangeKind.STATE, ActionState.TO_START, ActionState.DONE, "La fiche est partie."),
    ]
