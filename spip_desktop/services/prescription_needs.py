"""Whom the service thinks of for the need behind an action: the table « besoin → partenaires », read for one sheet."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from spip_desktop.db.evaluation import FINDINGS
from spip_desktop.db.pacep import PACEPS
from spip_desktop.db.partner import NEED_PARTNERS
from spip_desktop.db.store import Transaction
from spip_desktop.domain.officer import Actor, Right
from spip_desktop.domain.pacep import Axis
from spip_desktop.domain.partner import NeedPartner
from spip_desktop.services.evaluation_forms import form_in_force


@dataclass(frozen=True, slots=True, kw_only=True)
class Thought:
    """Why a partner is thought of: the field in which the need was found, and what the service noted."""

    need: str
    note: str


@dataclass(frozen=True, slots=True)
class Thoughts:
    """The lines of the table for the needs of one action, and its words; nothing for a sheet that serves none."""

    lines: tuple[NeedPartner, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    action: str = ""

    def about(self, partner_id: UUID, service_id: UUID) -> Thought | None:
        """The line that names this very service, else the one that names its partner as a whole."""
        found = [one for one in self.lines if one.partner_id == partner_id and one.service_id in (service_id, None)]
        line = next(iter(sorted(found, key=lambda one: one.service_id is None)), None)
        return Thought(need=self.labels.get(line.step, line.step), note=line.note) if line else None


def thoughts(tx: Transaction, actor: Actor, pacep_id: UUID | None, action_lineage: UUID | None) -> Thoughts:
    """What the table says for the needs of this action; to who may read the plan and the evaluation only."""
    if pacep_id is None or not (actor.may(Right.READ_PACEP) and actor.may(Right.READ_EVALUATION)):
        return Thoughts()
    every = PACEPS.get(tx, pacep_id).live_actions()
    served = [(axis, action) for axis, _, action in every if action.lineage == action_lineage]
    words = " ".join(action.label for _, action in served)
    steps = _steps(tx, [axis for axis, _ in served])
    lines = tuple(one for one in NEED_PARTNERS.find(tx) if one.step in steps) if steps else ()
    return Thoughts(lines, {one.code: one.label for one in form_in_force(tx).steps} if lines else {}, words)


def _steps(tx: Transaction, axes: Iterable[Axis]) -> frozenset[str]:
    """The fields of the evaluation in which the needs of these axes were found."""
    lineages = {one for axis in axes for one in axis.finding_lineages}
    return frozenset(found.step for one in lineages for found in FINDINGS.find(tx, lineage=one))
