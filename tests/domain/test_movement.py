"""What each version said of a line, whatever came, went and came back."""

from datetime import date
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from spip_desktop.domain.evaluation import Evolution, Finding, FindingKind
from spip_desktop.domain.movement import Left, need_lines, objective_lines
from spip_desktop.domain.pacep import Axis, Objective, ObjectiveState, Pacep
from spip_desktop.wording.movement import runs

ID, DAY = UUID(int=9), date(2026, 11, 22)


def need(lineage: int, evolution: Evolution, priority: int | None = None) -> Finding:
    return Finding(
        id=UUID(int=lineage + 100), lineage=UUID(int=lineage), evaluation_id=ID, person_id=ID, step="loisirs",
        kind=FindingKind.NEED, wording=f"besoin {lineage}", evolution=evolution, priority=priority,
    )  # fmt: skip


def plan(number: int, **states: ObjectiveState) -> Pacep:
    objectives = tuple(
        Objective(id=UUID(int=number * 100 + int(name[1:])), lineage=UUID(int=int(name[1:])), wording=name, state=state)
        for name, state in states.items()
    )
    axis = Axis(id=ID, lineage=ID, title="Travailler", objectives=objectives)
    return Pacep(
        id=UUID(int=number), lineage=ID, person_id=ID, number=number, started_on=DAY, submitted_on=DAY, axes=(axis,)
    )


VERSIONS = st.lists(st.dictionaries(st.integers(1, 5), st.sampled_from(list(Evolution)), max_size=5), max_size=8)


@given(VERSIONS)
def test_every_version_has_its_place_and_no_need_is_lost(versions: list[dict[int, Evolution]]) -> None:
    lines = need_lines([[need(lineage, said) for lineage, said in one.items()] for one in versions])
    assert {line.id for line in lines} == {UUID(int=lineage) for one in versions for lineage in one}
    for line in lines:
        assert line.id
        assert len(line.said) == len(versions)
        for said, one in zip(line.said, versions, strict=True):
            if line.id.int in one:
                assert said.state is one[line.id.int]
            else:
                assert said.state in (None, Left.GONE)
        # Told in runs, nothing is lost either, and nothing said twice.
        places = [place for run in runs(line.said) for place in range(run.first, run.last + 1)]
        assert places == [place for place, said in enumerate(line.said) if said.state is not None]


def test_the_needs_stand_in_the_officers_order_of_the_newest_version() -> None:
    first = [need(1, Evolution.NEW), need(2, Evolution.NEW)]
    second = [need(1, Evolution.STABLE, 2), need(2, Evolution.STABLE, 1), need(3, Evolution.NEW)]
    assert [line.words for line in need_lines([first, second])] == ["besoin 2", "besoin 1", "besoin 3"]


def test_an_objective_that_was_reached_did_not_leave_the_plan() -> None:
    """Not taken up again once it is reached; one still under way is said to be out."""
    first = plan(1, o1=ObjectiveState.REACHED, o2=ObjectiveState.RUNNING)
    reached, under_way = objective_lines([first, plan(2, o3=ObjectiveState.TO_START), plan(3)])[:2]
    assert [one.state for one in reached.said] == [ObjectiveState.REACHED, None, None]
    assert [one.state for one in under_way.said] == [ObjectiveState.RUNNING, Left.GONE, None]
    assert under_way.id == UUID(int=102), "in the version that held it"
