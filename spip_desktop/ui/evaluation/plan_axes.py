"""From a finding to the axes of the PACEP that work on it."""

from collections.abc import Callable
from uuid import UUID

from spip_desktop.domain.officer import Right
from spip_desktop.domain.place import Place
from spip_desktop.services.evaluation_reading import EvaluationView
from spip_desktop.ui.evaluation.findings import FindingRow
from spip_desktop.wiring import Services


def show_axes(
    services: Services,
    view: EvaluationView,
    row_of: Callable[[UUID], FindingRow | None],
    go: Callable[[Place], object],
) -> None:
    """Under each finding on the page, the axes tied to it; nothing for who may not read the plan."""
    shown = [(row, one.value.lineage) for one in view.findings if (row := row_of(one.value.id))]
    if not shown or not services.context.actor.may(Right.READ_PACEP):
        return
    person = view.evaluation.person_id
    axes = services.pacep.reading.axes_by_finding(person)
    for row, lineage in shown:
        row.plan.show_lines(person, axes.get(lineage, ()), go)
