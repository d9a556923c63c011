"""Lines of a plan found from elsewhere."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from spip_desktop.domain.pacep import Action, ActionMode, Axis, Objective, Pacep
from spip_desktop.domain.pacep_changes import What
from spip_desktop.domain.pacep_lines import lines_of, that_work_on, where_they_stand

DAY, NEED = date(2026, 11, 22), UUID(int=77)


def plan(number: int) -> Pacep:
    """One axis, two objectives, an action in the first; lineages are the same through versions, ids are not."""
    of = number * 100
    action = Action(id=UUID(int=of + 4), lineage=UUID(int=4), mode=ActionMode.INTERNAL, label="Entretien")
    first = Objective(id=UUID(int=of + 2), lineage=UUID(int=2), wording="Lire", actions=(action,))
    second = Objective(id=UUID(int=of + 3), lineage=UUID(int=3), wording="Écrire")
    axis = Axis(
        id=UUID(int=of + 1), lineage=UUID(int=1), title="Apprendre", finding_lineages=(NEED,),
        objectives=(first, second),
    )  # fmt: skip
    one = UUID(int=9)
    return Pacep(id=UUID(int=of), lineage=one, person_id=one, number=number, started_on=DAY, axes=(axis,))


def test_each_line_has_its_number_in_the_order_of_the_page() -> None:
    assert [(one.what, one.number, one.words) for one in lines_of(plan(1))] == [
        (What.AXIS, "1", "Apprendre"),
        (What.OBJECTIVE, "1.1", "Lire"),
        (What.ACTION, "", "Entretien"),
        (What.OBJECTIVE, "1.2", "Écrire"),
    ]


def test_a_line_is_told_in_the_first_version_that_holds_it() -> None:
    newest = plan(2)
    axis = newest.axes[0]
    newest = replace(newest, axes=(replace(axis, objectives=axis.objectives[1:]),))
    found = where_they_stand([newest, plan(1)], [UUID(int=2), UUID(int=3), UUID(int=4), UUID(int=55)])
    assert [one.id.int for one in found] == [102, 203, 104], "an unknown one is left out"
    binned = replace(axis.objectives[1], binned_on=DAY)
    newest = replace(newest, axes=(replace(axis, objectives=(binned,)),))
    assert where_they_stand([newest], [UUID(int=3)]) == ()


def test_the_axes_that_work_on_a_finding() -> None:
    assert [one.words for one in that_work_on([plan(1)])[NEED]] == ["Apprendre"]
    assert that_work_on([]) == {}
