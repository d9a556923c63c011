"""A dossier handed to another service: nobody closes anything before the first appointment is fixed."""

from datetime import date
from uuid import UUID

import pytest

from spip_desktop.db.person import ASSIGNMENTS
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.handover import Step
from spip_desktop.services.context import Context
from spip_desktop.services.handover import Proposal
from spip_desktop.wiring import make_services

TODAY = date(2026, 11, 22)
TO_FALAISE = Proposal(
    reason="domicile",
    to_service="SPIP, antenne de Falaise",
    sealed=(("Expertise psychiatrique", "Médecin coordonnateur"),),
)


def refused(act: object) -> str:
    with pytest.raises(Refusal) as refusal:
        act()  # type: ignore[operator]
    return refusal.value.code


def test_the_steps_come_in_their_order(context: Context, perrin: UUID) -> None:
    service = make_services(context).handovers
    handover_id = service.propose(perrin, TO_FALAISE)
    assert refused(lambda: service.propose(perrin, TO_FALAISE)) == "handover_open"
    assert refused(lambda: service.note_step(handover_id, Step.RECEIVED, TODAY)) == "handover_step"
    assert refused(lambda: service.note_step(handover_id, Step.ACCEPTED, date(2026, 11, 21))) == "handover_step_before"
    assert refused(lambda: service.note_step(handover_id, Step.ACCEPTED, date(2026, 11, 23))) == "date_in_future"
    for step in (Step.ACCEPTED, Step.RECEIVED, Step.MET):
        service.note_step(handover_id, step, TODAY)
        (followed,) = service.of_person(perrin)
        assert followed.step is step
    assert [paper.title for paper in followed.handover.sealed] == ["Expertise psychiatrique"]
    assert followed.handover.from_service == "SPIP, antenne de Valbrune"
    assert refused(lambda: service.note_step(handover_id, Step.WITHDRAWN, TODAY)) == "handover_step"
    assert service.propose(perrin, TO_FALAISE) != handover_id


def test_nobody_closes_before_the_last_step(context: Context, perrin: UUID) -> None:
    services = make_services(context)
    assignment = services.persons.assign(perrin, context.officer_id, reason="prise en charge")
    handover_id = services.handovers.propose(perrin, TO_FALAISE)

    def end() -> None:
        services.persons.end_assignment(assignment, reason="dessaisi")

    for step in (Step.ACCEPTED, Step.RECEIVED, Step.MET):
        assert refused(end) == "handover_not_over"
        services.handovers.note_step(handover_id, step, TODAY)
    end()
    with context.store.reading() as tx:
        assert ASSIGNMENTS.get(tx, assignment).ends == TODAY


def test_a_withdrawn_handover_holds_nothing_back(context: Context, perrin: UUID) -> None:
    services = make_services(context)
    assignment = services.persons.assign(perrin, context.officer_id, reason="prise en charge")
    handover_id = services.handovers.propose(perrin, TO_FALAISE)
    services.handovers.note_step(handover_id, Step.WITHDRAWN, TODAY, "La personne reste ici")
    services.persons.end_assignment(assignment, reason="fin")


def test_what_is_missing_is_said(context: Context, perrin: UUID) -> None:
    service = make_services(context).handovers
    with pytest.raises(Refusal) as refusal:
        service.propose(perrin, Proposal(reason="", to_service=" "))
    assert [one.field for one in refusal.value.problems] == ["reason", "to_service"]
    assert service.of_person(perrin) == []
