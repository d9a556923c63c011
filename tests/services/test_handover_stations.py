"""A dossier handed from one station to another: each notes its own steps, packages carry them both ways."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from spip_desktop.db import officer as officers
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.handover import Step, first_appointment
from spip_desktop.domain.transfer import TransferKind
from spip_desktop.services.handover import Proposal
from spip_desktop.services.person import QuickStart
from tests.exchanging import RealStation, one_dossier
from tests.store_fixtures import MovableClock

MEETING = date(2026, 12, 3)


@pytest.fixture
def two(tmp_path: Path, moving: MovableClock) -> Iterator[tuple[RealStation, RealStation]]:
    here, there = RealStation(tmp_path / "here", 1, moving), RealStation(tmp_path / "there", 2, moving)
    with there.store.transaction(there.context.actor, "save_service") as tx:
        officers.SERVICES.save(tx, replace(officers.service(tx), branch="antenne de Falaise"))
        tx.note("service", there.officer.id)
    yield here, there
    here.store.close()
    there.store.close()


def start(here: RealStation) -> tuple[UUID, UUID]:
    """A dossier followed here, and proposed to the antenne of the other station."""
    begun = QuickStart(birth_name="Perrin", first_names="Loïc", birth_date=date(2004, 3, 14), ecrou_number="12345")
    person = here.services.persons.quick_start(begun)
    here.services.persons.assign(person, here.officer.id, reason="nouveau")
    proposal = Proposal(reason="domicile", to_service="SPIP, antenne de Falaise", sealed=(("Expertise", "Médecin"),))
    return person, here.services.handovers.propose(person, proposal)


def bring(one: RealStation, other: RealStation, person: UUID) -> None:
    one.bring(other, one_dossier(person, TransferKind.HANDOVER))


def step(station: RealStation, person: UUID) -> Step:
    return station.services.handovers.of_person(person)[0].step


def test_each_station_notes_its_own_steps_and_the_first_closes_at_the_end(
    two: tuple[RealStation, RealStation], moving: MovableClock
) -> None:
    here, there = two
    person, handover = start(here)
    bring(here, there, person)
    (line,) = there.services.handovers.under_way()
    assert (line.name, line.other, line.step, line.taking) == (
        "Loïc PERRIN", "SPIP, antenne de Valbrune", Step.PROPOSED, True
    )  # fmt: skip
    assert [one.taking for one in here.services.handovers.under_way()] == [False]

    moving.move(days=1)
    note, today = there.services.handovers.note_step, there.context.clock.today
    note(handover, Step.ACCEPTED, today())
    note(handover, Step.RECEIVED, today(), "Plis reçus fermés")
    bring(there, here, person)
    assert step(here, person) is Step.RECEIVED
    (found,) = here.services.handovers.of_person(person)
    assert not found.taking
    assert found.steps[-1].comment == "Plis reçus fermés"
    (assignment, _), *_ = here.services.persons.assignments(person)
    with pytest.raises(Refusal, match="handover_not_over"):
        here.services.persons.end_assignment(assignment.id, reason="dessaisi")

    there.services.persons.assign(person, there.officer.id, reason="reprise")
    note(handover, Step.MET, today(), appointment_on=MEETING)
    bring(there, here, person)
    (found,) = here.services.handovers.of_person(person)
    assert (found.step, first_appointment(found.steps)) == (Step.MET, MEETING)
    here.services.persons.end_assignment(assignment.id, reason="dessaisi")
    assert here.services.handovers.under_way() == there.services.handovers.under_way() == []


def test_what_was_told_by_phone_and_what_was_noted_there_make_one_course(
    two: tuple[RealStation, RealStation], moving: MovableClock
) -> None:
    """The other service accepted on the phone: it is noted on both sides, in whatever order the packages come."""
    here, there = two
    person, handover = start(here)
    bring(here, there, person)
    for station in (there, here):
        moving.move(hours=1)
        station.services.handovers.note_step(handover, Step.ACCEPTED, station.context.clock.today())
        if station is there:
            there.services.handovers.note_step(handover, Step.RECEIVED, there.context.clock.today())
    bring(there, here, person)
    bring(here, there, person)
    assert step(here, person) is step(there, person) is Step.RECEIVED


def test_a_dossier_proposed_to_us_is_on_the_list_of_who_assigns_until_it_is_met(
    two: tuple[RealStation, RealStation], moving: MovableClock
) -> None:
    here, there = two
    person, handover = start(here)
    bring(here, there, person)

    def waiting(station: RealStation) -> list[str]:
        every = (line for group in station.services.todo.groups() for line in group.lines if group.person.id == person)
        return [line.key[:3] for line in every if line.key.startswith("P5")]

    assert (waiting(there), waiting(here)) == (["P51"], ["P50"])
    there.services.handovers.note_step(handover, Step.ACCEPTED, there.context.clock.today())
    assert waiting(there) == ["P53"]
    there.services.handovers.note_step(handover, Step.RECEIVED, there.context.clock.today())
    assert waiting(there) == ["P54"]
    there.services.handovers.note_step(handover, Step.MET, there.context.clock.today(), appointment_on=MEETING)
    assert waiting(there) == []
    bring(there, here, person)
    assert waiting(here) == []


def test_a_refusal_comes_back_with_its_reason_and_the_dossier_stays(
    two: tuple[RealStation, RealStation], moving: MovableClock
) -> None:
    here, there = two
    person, handover = start(here)
    bring(here, there, person)
    there.services.handovers.note_step(handover, Step.REFUSED, there.context.clock.today(), "Adresse hors du ressort")
    bring(there, here, person)
    (found,) = here.services.handovers.of_person(person)
    assert (found.step, found.steps[-1].comment) == (Step.REFUSED, "Adresse hors du ressort")
    assert here.services.handovers.still_followed(person)


def test_a_step_taken_back_there_no_longer_counts_here_and_what_is_noted_here_is_not_theirs_to_take_back(
    two: tuple[RealStation, RealStation], moving: MovableClock
) -> None:
    here, there = two
    person, handover = start(here)
    bring(here, there, person)
    there.services.handovers.note_step(handover, Step.ACCEPTED, there.context.clock.today())
    there.services.handovers.take_back(handover)
    bring(there, here, person)
    assert step(here, person) is step(there, person) is Step.PROPOSED
    here.services.handovers.note_step(handover, Step.ACCEPTED, here.context.clock.today())
    bring(here, there, person)
    assert step(there, person) is Step.ACCEPTED
    with pytest.raises(Refusal, match="handover_kept"):
        there.services.handovers.take_back(handover)
