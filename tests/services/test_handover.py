"""A dossier handed to another service: nobody closes anything before the first appointment is fixed."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from itertools import permutations
from uuid import UUID

import pytest

from spip_desktop.db.person import ASSIGNMENTS
from spip_desktop.db.situation import MEASURES
from spip_desktop.domain.clock import Clock
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.event import Event
from spip_desktop.domain.handover import Step, first_appointment, step_of
from spip_desktop.domain.measure import Measure
from spip_desktop.domain.text import french_spaces
from spip_desktop.services.context import Context
from spip_desktop.services.handover import Proposal
from spip_desktop.wiring import Services, make_services
from spip_desktop.wording import sentence
from spip_desktop.wording.handover import event_words
from tests.store_fixtures import MovableClock, entrusted

TODAY, SOON = date(2026, 11, 22), date(2026, 12, 3)
TO_FALAISE = Proposal(
    reason="domicile",
    to_service="SPIP, antenne de Falaise",
    papers=("Jugement du 2 juillet 2026",),
    sealed=(("Expertise psychiatrique", "Médecin coordonnateur"),),
)


@pytest.fixture
def services(context: Context) -> Services:
    return make_services(context)


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(Refusal) as refusal:
        act()
    return refusal.value.code


def problems(act: Callable[[], object]) -> list[tuple[str, str]]:
    with pytest.raises(Refusal) as refusal:
        act()
    return [(one.field, one.code) for one in refusal.value.problems]


def through(services: Services, handover_id: UUID, *steps: Step) -> None:
    for step in steps:
        meeting = SOON if step is Step.MET else None
        services.handovers.note_step(handover_id, step, TODAY, appointment_on=meeting)


def test_the_steps_come_in_their_order(services: Services, perrin: UUID) -> None:
    service = services.handovers
    handover_id = service.propose(perrin, TO_FALAISE)
    assert refused(lambda: service.propose(perrin, TO_FALAISE)) == "handover_open"
    assert refused(lambda: service.note_step(handover_id, Step.RECEIVED, TODAY)) == "handover_step"
    assert refused(lambda: service.note_step(handover_id, Step.ACCEPTED, date(2026, 11, 21))) == "handover_step_before"
    assert refused(lambda: service.note_step(handover_id, Step.ACCEPTED, date(2026, 11, 23))) == "date_in_future"
    for step in (Step.ACCEPTED, Step.RECEIVED, Step.MET):
        through(services, handover_id, step)
        (followed,) = service.of_person(perrin)
        assert followed.step is step
    assert [paper.title for paper in followed.handover.sealed] == ["Expertise psychiatrique"]
    assert followed.handover.from_service == "SPIP, antenne de Valbrune"
    assert first_appointment(followed.steps) == SOON
    assert set(followed.by.values()) == {"Claire Vasseur"}
    assert refused(lambda: service.note_step(handover_id, Step.WITHDRAWN, TODAY, "Trop tard")) == "handover_step"
    assert service.propose(perrin, TO_FALAISE) != handover_id


def test_the_last_step_says_the_day_of_the_appointment(services: Services, perrin: UUID) -> None:
    handover_id = services.handovers.propose(perrin, TO_FALAISE)
    through(services, handover_id, Step.ACCEPTED, Step.RECEIVED)
    note = services.handovers.note_step
    assert problems(lambda: note(handover_id, Step.MET, TODAY)) == [("appointment_on", "required")]
    before = date(2026, 11, 1)
    assert problems(lambda: note(handover_id, Step.MET, TODAY, appointment_on=before)) == [
        ("appointment_on", "handover_step_before")
    ]


def test_the_day_offered_is_that_of_the_next_appointment(services: Services, perrin: UUID) -> None:
    assert services.handovers.next_appointment(perrin) is None
    services.appointments.draft.start(perrin, "entretien_mf", date(2026, 12, 1), (10, 0))
    services.appointments.draft.start(perrin, "entretien_mf", date(2026, 11, 26), (10, 0))
    assert services.handovers.next_appointment(perrin) == date(2026, 11, 26)


@pytest.mark.parametrize("way_out", [Step.REFUSED, Step.WITHDRAWN])
def test_a_refusal_and_a_withdrawal_say_why(services: Services, perrin: UUID, way_out: Step) -> None:
    handover_id = services.handovers.propose(perrin, TO_FALAISE)
    note = services.handovers.note_step
    assert problems(lambda: note(handover_id, way_out, TODAY, " ")) == [("comment", "reason_needed")]
    note(handover_id, way_out, TODAY, "La personne reste ici")
    assert services.handovers.of_person(perrin)[0].step is way_out


def test_the_words_change_until_the_dossier_is_received(services: Services, perrin: UUID) -> None:
    handover_id = services.handovers.propose(perrin, TO_FALAISE)
    corrected = Proposal(reason="liberation", to_service="SPIP, antenne d’Orsanne", sealed=())
    services.handovers.change(handover_id, corrected)
    (followed,) = services.handovers.of_person(perrin)
    assert (followed.handover.to_service, followed.handover.sealed) == ("SPIP, antenne d’Orsanne", ())
    through(services, handover_id, Step.ACCEPTED, Step.RECEIVED)
    assert refused(lambda: services.handovers.change(handover_id, TO_FALAISE)) == "handover_step"


# -- noted by mistake ----------------------------------------------------------------------------------------


def test_a_step_noted_by_mistake_is_taken_back_the_same_day_and_both_lines_stay(
    services: Services, perrin: UUID
) -> None:
    service, handover_id = services.handovers, services.handovers.propose(perrin, TO_FALAISE)
    assert refused(lambda: service.take_back(handover_id)) == "handover_kept", "a proposal is withdrawn, with a reason"
    through(services, handover_id, Step.ACCEPTED, Step.RECEIVED)
    service.take_back(handover_id)
    (followed,) = service.of_person(perrin)
    assert followed.step is Step.ACCEPTED
    assert [one.code for one in followed.steps] == [Step.PROPOSED, Step.ACCEPTED, Step.RECEIVED, Step.TAKEN_BACK]
    assert event_words(followed.steps[-1]) == french_spaces("« reçu » noté par erreur")
    through(services, handover_id, Step.RECEIVED)
    assert service.of_person(perrin)[0].step is Step.RECEIVED


def test_a_step_stays_the_next_day_and_where_another_officer_noted_it(
    services: Services, perrin: UUID, moving: MovableClock
) -> None:
    handover_id = services.handovers.propose(perrin, TO_FALAISE)
    through(services, handover_id, Step.ACCEPTED)
    services.persons.assign(perrin, services.context.officer_id, reason="prise en charge")
    colleague = make_services(entrusted(services.context, perrin))
    assert refused(lambda: colleague.handovers.take_back(handover_id)) == "handover_kept"
    moving.move(days=1)
    assert refused(lambda: services.handovers.take_back(handover_id)) == "handover_kept"


def test_a_first_appointment_taken_back_holds_the_follow_up_again_unless_it_was_ended(
    services: Services, perrin: UUID
) -> None:
    service, handover_id = services.handovers, services.handovers.propose(perrin, TO_FALAISE)
    assignment = services.persons.assign(perrin, services.context.officer_id, reason="prise en charge")
    through(services, handover_id, Step.ACCEPTED, Step.RECEIVED, Step.MET)
    service.take_back(handover_id)
    assert refused(lambda: services.persons.end_assignment(assignment, reason="dessaisi")) == "handover_not_over"
    through(services, handover_id, Step.MET)
    services.persons.end_assignment(assignment, reason="dessaisi")
    assert refused(lambda: service.take_back(handover_id)) == "handover_ended"


def test_a_first_appointment_is_not_taken_back_while_a_measure_stays_closed_on_its_word(
    services: Services, perrin: UUID, moving: MovableClock
) -> None:
    services.persons.assign(perrin, services.context.officer_id, reason="prise en charge")
    save, new = services.situation.measures.save_fields, services.context.ids.new
    earlier, measure = (Measure(id=new(), person_id=perrin, kind="SP", starts=date(2026, 7, 2)) for _ in range(2))
    for one in (earlier, measure):
        services.situation.measures.add(one)
    assert not save(earlier.id, {"ended_on": date(2026, 11, 1), "end_reason": "revocation"}).refused
    handover_id = services.handovers.propose(perrin, TO_FALAISE)
    moving.move(minutes=1)
    through(services, handover_id, Step.ACCEPTED, Step.RECEIVED, Step.MET)
    moving.move(minutes=1)
    for closed, open_again in (
        ({"ended_on": TODAY, "end_reason": "dessaisissement"}, {"ended_on": None, "end_reason": ""}),
        ({"status": "dessaisie"}, {"status": "en_cours"}),
    ):
        assert not save(measure.id, closed).refused
        with pytest.raises(Refusal, match="handover_measure_closed") as refusal:
            services.handovers.take_back(handover_id)
        assert "rouvrez-la d’abord" in sentence(refusal.value)
        assert not save(measure.id, open_again).refused
    assert not save(measure.id, {"ended_on": TODAY, "end_reason": "deces"}).refused, "a death is noted whenever known"
    services.handovers.take_back(handover_id)
    assert services.handovers.of_person(perrin)[0].step is Step.RECEIVED


def test_a_refusal_is_taken_back_unless_the_dossier_was_proposed_again(services: Services, perrin: UUID) -> None:
    service, handover_id = services.handovers, services.handovers.propose(perrin, TO_FALAISE)
    for _ in range(2):
        service.note_step(handover_id, Step.REFUSED, TODAY, "Hors du ressort")
        service.take_back(handover_id)
    service.note_step(handover_id, Step.REFUSED, TODAY, "Hors du ressort")
    service.propose(perrin, TO_FALAISE)
    assert refused(lambda: service.take_back(handover_id)) == "handover_open"


# -- nobody closes before ------------------------------------------------------------------------------------


def test_nobody_closes_before_the_last_step_and_the_sentence_says_which_is_missing(
    services: Services, perrin: UUID
) -> None:
    assignment = services.persons.assign(perrin, services.context.officer_id, reason="prise en charge")
    handover_id = services.handovers.propose(perrin, TO_FALAISE)

    def end() -> None:
        services.persons.end_assignment(assignment, reason="dessaisi")

    said = []
    for step in (Step.ACCEPTED, Step.RECEIVED, Step.MET):
        with pytest.raises(Refusal) as refusal:
            end()
        said.append(sentence(refusal.value))
        through(services, handover_id, step)
    assert said[0].endswith(french_spaces("Il manque : « accepté », « reçu » et « premier rendez-vous fixé »."))
    assert said[1].endswith(french_spaces("Il manque : « reçu » et « premier rendez-vous fixé »."))
    assert said[2].endswith(french_spaces("Il manque : « premier rendez-vous fixé »."))
    assert all("SPIP, antenne de Falaise" in one for one in said)
    assert services.handovers.still_followed(perrin)
    end()
    assert not services.handovers.still_followed(perrin)
    with services.context.store.reading() as tx:
        assert ASSIGNMENTS.get(tx, assignment).ends == TODAY


def test_a_measure_is_not_closed_either(services: Services, perrin: UUID) -> None:
    measure = Measure(id=services.context.ids.new(), person_id=perrin, kind="SP", starts=date(2026, 7, 2))
    services.situation.measures.add(measure)
    handover_id = services.handovers.propose(perrin, TO_FALAISE)
    save = services.situation.measures.save_fields
    refusals = save(measure.id, {"ended_on": TODAY}).refused + save(measure.id, {"status": "dessaisie"}).refused
    assert [(one.field, one.code) for one in refusals] == [
        ("ended_on", "handover_not_over"), ("status", "handover_not_over")
    ]  # fmt: skip
    # What ended before the dossier was proposed is typed; so is a death, whenever it is known.
    assert not save(measure.id, {"ended_on": date(2026, 11, 1)}).refused
    assert not save(measure.id, {"ended_on": None}).refused
    assert not save(measure.id, {"ended_on": TODAY, "end_reason": "deces"}).refused
    assert not save(measure.id, {"ended_on": None, "end_reason": ""}).refused
    through(services, handover_id, Step.ACCEPTED, Step.RECEIVED, Step.MET)
    assert not save(measure.id, {"ended_on": TODAY, "end_reason": "dessaisissement", "status": "dessaisie"}).refused
    with services.context.store.reading() as tx:
        assert MEASURES.get(tx, measure.id).ended_on == TODAY


def test_a_withdrawn_handover_holds_nothing_back(services: Services, perrin: UUID) -> None:
    assignment = services.persons.assign(perrin, services.context.officer_id, reason="prise en charge")
    handover_id = services.handovers.propose(perrin, TO_FALAISE)
    services.handovers.note_step(handover_id, Step.WITHDRAWN, TODAY, "La personne reste ici")
    services.persons.end_assignment(assignment, reason="fin")


def test_an_assignment_to_a_colleague_is_not_held_back(services: Services, perrin: UUID) -> None:
    """A colleague of the same service takes over: that is no dessaisissement, and none is made of it."""
    services.handovers.propose(perrin, TO_FALAISE)
    services.persons.assign(perrin, services.context.officer_id, reason="equilibre")
    assert services.handovers.of_person(perrin)[0].step is Step.PROPOSED


# -- what is missing, what waits -----------------------------------------------------------------------------


def test_what_is_missing_is_said(services: Services, perrin: UUID) -> None:
    service = services.handovers
    assert problems(lambda: service.propose(perrin, Proposal(reason="", to_service=" "))) == [
        ("reason", "required"), ("to_service", "required")
    ]  # fmt: skip
    half = Proposal(
        reason="domicile", to_service="SPIP", sealed=(("", "Médecin"), ("Expertise", "")), papers=("x",) * 13
    )
    assert problems(lambda: service.propose(perrin, half)) == [
        ("papers", "handover_papers"), ("sealed_title_1", "required"), ("sealed_for_2", "required")
    ]  # fmt: skip
    assert refused(lambda: service.propose(perrin, Proposal(reason="x", to_service="SPIP"))) == "choose_one"
    assert service.of_person(perrin) == []


def test_a_handover_without_an_answer_comes_to_a_traiter(services: Services, perrin: UUID, clock: Clock) -> None:
    services.persons.assign(perrin, services.context.officer_id, reason="prise en charge")
    handover_id = services.handovers.propose(perrin, TO_FALAISE)

    def waiting() -> list[tuple[str, str, date]]:
        found = services.todo.of_person(perrin)
        return [(one.key[:3], one.why, one.due) for one in found if one.key[:2] == "P5"]

    assert waiting() == [("P50", "Proposé le 22/11/2026 à SPIP, antenne de Falaise.", date(2026, 12, 2))]
    through(services, handover_id, Step.ACCEPTED)
    assert [one[0] for one in waiting()] == ["P52"]
    through(services, handover_id, Step.RECEIVED)
    assert [one[0] for one in waiting()] == ["P55"]
    through(services, handover_id, Step.MET)
    assert waiting() == []


def event(number: int, step: Step) -> Event:
    at = datetime(2026, 11, 22, 8, number, tzinfo=UTC)
    one = UUID(int=number)
    return Event(id=one, kind="handover", object_id=one, code=step, happened_on=TODAY, entered_at=at, entered_by=one)


@pytest.mark.parametrize(
    ("noted", "holds"),
    [
        ((Step.PROPOSED, Step.ACCEPTED, Step.ACCEPTED, Step.RECEIVED), Step.RECEIVED),  # the first was told by phone
        ((Step.PROPOSED, Step.ACCEPTED, Step.WITHDRAWN), Step.WITHDRAWN),
        ((Step.PROPOSED, Step.ACCEPTED, Step.WITHDRAWN, Step.RECEIVED), Step.RECEIVED),
        ((Step.PROPOSED, Step.ACCEPTED, Step.REFUSED), Step.REFUSED),
        ((), Step.PROPOSED),
    ],
)
def test_whatever_the_order_in_which_two_stations_noted_one_step_holds(noted: tuple[Step, ...], holds: Step) -> None:
    for order in permutations(noted):
        assert step_of([event(number, step) for number, step in enumerate(order, 1)]) is holds
