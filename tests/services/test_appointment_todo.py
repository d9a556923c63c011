"""What appointments bring to « À traiter »: nothing of them leaves it without an outcome or a written decision."""

from datetime import date
from uuid import UUID

import pytest

from spip_desktop.domain.appointment_facts import new_appointment
from spip_desktop.domain.appointment_states import Answer
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.measure import Custody, Measure
from spip_desktop.domain.todo import Answer as Outcome
from spip_desktop.services.context import Context
from spip_desktop.services.person import QuickStart
from spip_desktop.wiring import Services, make_services
from tests.store_fixtures import MovableClock

MONDAY = date(2026, 11, 23)


@pytest.fixture
def services(context: Context) -> Services:
    return make_services(context)


@pytest.fixture
def anna(services: Services) -> UUID:
    start = QuickStart(
        birth_name="Bréaud", first_names="Anna", birth_date=date(1992, 5, 2), referral_on=date(2026, 11, 20)
    )
    person = services.persons.quick_start(start)
    measure = Measure(
        id=services.context.ids.new(), person_id=person, kind="SP", referral_on=date(2026, 11, 20),
        starts=date(2026, 11, 20), ends_planned=date(2028, 11, 20),
    )  # fmt: skip
    services.situation.measures.add(measure)
    return person


def rules(services: Services, person: UUID) -> set[str]:
    """The codes of the lines about appointments and first interviews."""
    codes = {line.key.partition(":")[0] for line in services.todo.of_person(person)}
    return {code for code in codes if code.startswith(("P4", "E29", "E31", "E32"))}


def missed(services: Services, person: UUID, moving: MovableClock, day: date) -> UUID:
    """An appointment of that day, missed; it is noted the day after."""
    id_ = services.appointments.draft.start(person, "suivi", day, (10, 0))
    moving.set_day(date.fromordinal(day.toordinal() + 1))
    services.appointments.course.note_outcome(id_, "absent")
    return id_


def test_an_outcome_to_note_then_an_absence_until_it_is_answered(
    services: Services, anna: UUID, moving: MovableClock
) -> None:
    id_ = services.appointments.draft.start(anna, "suivi", MONDAY, (10, 0))
    assert rules(services, anna) == set()
    moving.set_day(date(2026, 11, 25))
    assert rules(services, anna) == {"P40"}
    services.appointments.course.note_outcome(id_, "absent")
    assert rules(services, anna) == {"E29"}
    (line,) = (one for one in services.todo.of_person(anna) if one.key.startswith("E29"))
    assert line.due == date(2026, 11, 26)  # three days worked after the Monday
    assert line.place.field == str(id_)
    with pytest.raises(Refusal):
        services.todo.answer(anna, line.key, Outcome.PUT_OFF, until=date(2027, 1, 1), reason="Plus tard")
    assert rules(services, anna) == {"E29"}
    services.appointments.course.answer(id_, Answer.CALL, date(2026, 11, 25))
    assert rules(services, anna) == set()


@pytest.mark.parametrize(
    ("answer", "unrelated", "awaited"), [(Answer.AGAIN, "", "suivi"), (Answer.REFRAMED, "suivi", "recadrage")]
)
def test_an_appointment_decided_after_an_absence_waits_until_it_is_fixed(
    services: Services, anna: UUID, moving: MovableClock, answer: Answer, unrelated: str, awaited: str
) -> None:
    id_ = missed(services, anna, moving, MONDAY)
    services.appointments.course.answer(id_, answer, date(2026, 11, 24))
    assert rules(services, anna) == {"P43"}
    (line,) = (one for one in services.todo.of_person(anna) if one.key.startswith("P43"))
    assert line.place == new_appointment(anna, {Answer.AGAIN: "rappel", Answer.REFRAMED: "recadrage"}[answer])
    draft = services.appointments.draft
    if unrelated:  # an interview of the follow-up is no recadrage
        draft.start(anna, unrelated, date(2026, 12, 2), (10, 0))
        assert rules(services, anna) == {"P43"}
    fixed = draft.start(anna, awaited, date(2026, 12, 1), (10, 0))
    assert rules(services, anna) == set()
    draft.cancel(fixed)
    assert rules(services, anna) == {"P43"}
    fixed = draft.start(anna, awaited, date(2026, 12, 3), (10, 0))
    moving.set_day(date(2026, 12, 4))
    services.appointments.course.note_outcome(fixed, "absent")
    assert "P43" not in rules(services, anna), "missed in its turn: that absence waits for its own answer"


def test_another_answer_takes_the_place_of_the_appointment_to_fix(
    services: Services, anna: UUID, moving: MovableClock
) -> None:
    id_ = missed(services, anna, moving, MONDAY)
    services.appointments.course.answer(id_, Answer.AGAIN, date(2026, 11, 24))
    assert rules(services, anna) == {"P43"}
    services.appointments.course.answer(id_, Answer.REPORT, date(2026, 11, 24))
    assert rules(services, anna) == set()


def test_a_decision_not_to_act_comes_back_on_its_day(services: Services, anna: UUID, moving: MovableClock) -> None:
    id_ = missed(services, anna, moving, MONDAY)
    again = date(2026, 12, 10)
    services.appointments.course.answer(id_, Answer.NOT_ACTING, date(2026, 11, 24), until=again, reason="Deuil")
    moving.set_day(date(2026, 11, 25))
    assert rules(services, anna) == set()
    moving.set_day(again)
    assert "P42" in rules(services, anna)


def test_a_second_absence_says_so(services: Services, anna: UUID, moving: MovableClock) -> None:
    first = missed(services, anna, moving, MONDAY)
    services.appointments.course.answer(first, Answer.LETTER, date(2026, 11, 24))
    missed(services, anna, moving, date(2026, 12, 8))
    assert rules(services, anna) & {"E29", "E29b"} == {"E29b"}


def test_who_came_was_met_and_who_is_called_to_nothing_is_not_forgotten(
    services: Services, anna: UUID, moving: MovableClock
) -> None:
    moving.set_day(date(2026, 12, 18))
    assert rules(services, anna) == {"E32"}
    id_ = services.appointments.draft.start(anna, "premier", date(2026, 12, 18), (16, 0))
    moving.set_day(date(2026, 12, 19))
    services.appointments.course.note_outcome(id_, "present")
    assert rules(services, anna) == set()
    moving.set_day(date(2027, 1, 29))
    assert rules(services, anna) == {"E31b"}
    services.appointments.draft.start(anna, "suivi", date(2027, 2, 10), (10, 0))
    assert rules(services, anna) == set()


def test_in_detention_only_the_outcome_waits(services: Services, loic: UUID, moving: MovableClock) -> None:
    id_ = services.appointments.draft.start(loic, "entretien_mf", MONDAY, (10, 0))
    moving.set_day(date(2026, 11, 25))
    assert rules(services, loic) == {"P40"}
    services.appointments.course.note_outcome(id_, "non_conduit")
    moving.set_day(date(2027, 3, 1))
    assert rules(services, loic) == set()


def test_the_next_appointment_is_the_next_date_of_the_header(services: Services, anna: UUID) -> None:
    services.appointments.draft.start(anna, "suivi", MONDAY, (10, 0))
    header = services.synthesis.header(anna)
    assert (header.next_on, header.next_what) == (MONDAY, "rendez-vous")


@pytest.mark.parametrize(("hosted", "expected"), [(False, {"P43"}), (True, set())])
def test_who_serves_at_home_under_ecrou_is_called_as_anybody(
    services: Services, anna: UUID, moving: MovableClock, hosted: bool, expected: set[str]
) -> None:
    """Inside alone, any appointment fixed since counts: the types of the list are not offered there."""
    id_ = missed(services, anna, moving, MONDAY)
    services.appointments.course.answer(id_, Answer.REFRAMED, date(2026, 11, 24))
    services.appointments.draft.start(anna, "suivi", date(2026, 12, 2), (10, 0))
    custody = Custody(
        id=services.context.ids.new(),
        person_id=anna,
        establishment="CD de Valbrune",
        starts=date(2026, 11, 22),
        hosted=hosted,
    )
    services.situation.custodies.add(custody)
    assert rules(services, anna) & {"P43"} == expected


@pytest.mark.parametrize("hosted", [False, True])
def test_who_serves_at_home_under_ecrou_and_is_called_to_nothing_is_not_forgotten(
    services: Services, anna: UUID, moving: MovableClock, hosted: bool
) -> None:
    id_ = services.appointments.draft.start(anna, "suivi", MONDAY, (10, 0))
    moving.set_day(date(2026, 11, 24))
    services.appointments.course.note_outcome(id_, "present")
    custody = Custody(
        id=services.context.ids.new(),
        person_id=anna,
        establishment="CD de Valbrune",
        starts=date(2026, 11, 22),
        hosted=hosted,
    )
    services.situation.custodies.add(custody)
    moving.set_day(date(2027, 11, 24))
    assert any(one.startswith("E31") for one in rules(services, anna)) != hosted
