"""What a fact of a sheet means for the plan that the sheet serves."""

from datetime import date

from spip_desktop.db import pacep as plans
from spip_desktop.db.store import Transaction
from spip_desktop.domain.event import Event
from spip_desktop.domain.pacep import OPEN_ACTIONS, ActionState, Pacep
from spip_desktop.domain.pacep_states import EventCode, PlanState, state_of
from spip_desktop.domain.prescription import Prescription


def plan_in_force(tx: Transaction, prescription: Prescription) -> tuple[Pacep, tuple[Event, ...]] | None:
    """The plan in force that holds the objective of the sheet, with its facts."""
    if prescription.objective_lineage is None:
        return None
    for plan, own in plans.today(tx, prescription.person_id):
        lineages = {one.lineage for _, one in plan.live_objectives()}
        if prescription.objective_lineage in lineages and state_of(plan, own) is PlanState.IN_FORCE:
            return plan, own
    return None


def redirect_action(tx: Transaction, prescription: Prescription, on: date, why: str) -> None:
    """A refused sheet leaves its action without anyone to do it: « à réorienter », while it is still to be done."""
    found = plan_in_force(tx, prescription)
    if found is None:
        return
    plan, _ = found
    for _, _, action in plan.live_actions():
        if action.lineage == prescription.action_lineage and action.state in OPEN_ACTIONS:
            detail = {"lineage": str(action.lineage), "state": ActionState.TO_REDIRECT.value}
            plans.add_event(tx, plan, EventCode.PROGRESS, on, why, detail)
