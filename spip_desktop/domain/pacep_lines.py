"""The lines of a plan with their numbers, to be found from elsewhere: a sheet, a finding, a later version."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from spip_desktop.domain.pacep import Pacep, live
from spip_desktop.domain.pacep_changes import What


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanLine:
    """One axis, objective or action of one version. `number` is empty for an action; `findings` are an axis's own."""

    what: What
    number: str
    words: str
    id: UUID
    lineage: UUID
    findings: tuple[UUID, ...] = ()


def lines_of(plan: Pacep) -> Iterator[PlanLine]:
    """Every line that is not in the bin, in the order of the page."""
    for number, axis in enumerate(plan.live_axes(), 1):
        yield PlanLine(
            what=What.AXIS, number=f"{number}", words=axis.title, id=axis.id, lineage=axis.lineage,
            findings=axis.finding_lineages,
        )  # fmt: skip
        for place, objective in enumerate(live(axis.objectives), 1):
            yield PlanLine(
                what=What.OBJECTIVE, number=f"{number}.{place}", words=objective.wording, id=objective.id,
                lineage=objective.lineage,
            )  # fmt: skip
            for action in live(objective.actions):
                yield PlanLine(
                    what=What.ACTION, number="", words=action.label, id=action.id, lineage=action.lineage
                )  # fmt: skip


def where_they_stand(versions: Sequence[Pacep], lineages: Iterable[UUID]) -> tuple[PlanLine, ...]:
    """Each lineage in the first of these versions that holds it; one that none holds is left out."""
    held = [{line.lineage: line for line in lines_of(plan)} for plan in versions]
    found = (next((one[lineage] for one in held if lineage in one), None) for lineage in lineages)
    return tuple(line for line in found if line is not None)


def that_work_on(versions: Sequence[Pacep]) -> dict[UUID, tuple[PlanLine, ...]]:
    """The axes of the first of these versions, by the lineage of each finding they are tied to."""
    found: dict[UUID, tuple[PlanLine, ...]] = {}
    for line in lines_of(versions[0]) if versions else ():
        for lineage in line.findings:
            found[lineage] = (*found.get(lineage, ()), line)
    return found
