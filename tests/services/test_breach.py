"""Manquements: facts, explanation, seriousness as a judgement, decision, report; nothing is forgotten."""

from datetime import date
from uuid import UUID

import pytest

from spip_desktop.domain.breach import BreachFact, Decided, Explained, Reported
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.todo import TodoLine
from spip_desktop.services.incident_words import breach_line
from spip_desktop.services.person import QuickStart
from spip_desktop.wiring import Services
from tests.store_fixtures import MovableClock

TODAY = date(2026, 11, 22)
FACTS = "N’a pas remis le justificatif de domicile demandé le 2 novembre"


@pytest.fixture
def martine(services: Services) -> UUID:
    """Free, under a saisine; followed by Claire."""
    start = QuickStart(
        birth_name="Aubry", first_names="Martine", birth_date=date(1968, 2, 2), referral_on=date(2026, 11, 2)
    )
    id_ = services.persons.quick_start(start)
    services.persons.assign(id_, services.context.officer_id, reason="nouveau")
    return id_


def line(services: Services, person: UUID, code: str) -> TodoLine | None:
    found = (one for one in services.todo.of_person(person) if one.key.startswith(f"{code}:"))
    return next(found, None)


def test_a_breach_waits_for_a_decision_within_five_working_days(services: Services, martine: UUID) -> None:
    breach = services.breaches.note(martine, FACTS, date(2026, 11, 20))
    found = line(services, martine, "E30")
    assert found is not None
    assert found.due == date(2026, 11, 27)
    services.breaches.decide(breach, Decided(on=TODAY, decision="rappel"))
    assert line(services, martine, "E30") is None


def test_a_report_that_left_is_an_answer_without_another_decision(services: Services, martine: UUID) -> None:
    breach = services.breaches.note(martine, FACTS, date(2026, 11, 20))
    assert line(services, martine, "E30") is not None
    services.breaches.report(breach, Reported(on=TODAY, recipient="jap"))
    assert line(services, martine, "E30") is None


def test_in_detention_it_does_not_wait_so(services: Services, loic: UUID) -> None:
    services.breaches.note(loic, FACTS, date(2026, 11, 20))
    assert line(services, loic, "E30") is None


def test_a_report_decided_waits_until_it_left(services: Services, martine: UUID, moving: MovableClock) -> None:
    breach = services.breaches.note(martine, FACTS, date(2026, 11, 20))
    services.breaches.decide(breach, Decided(on=TODAY, decision="rapport", reason="Troisième fois"))
    found = line(services, martine, "E04")
    assert found is not None
    assert found.due == date(2026, 11, 24)
    services.breaches.report(breach, Reported(on=TODAY, recipient="jap", reference="2026/114"))
    assert line(services, martine, "E04") is None
    # Decided again: the report made before is not that one.
    services.breaches.decide(breach, Decided(on=TODAY, decision="rapport", reason="Faits nouveaux"))
    assert line(services, martine, "E04") is not None


def test_not_to_act_is_written_and_looked_at_again(services: Services, martine: UUID, moving: MovableClock) -> None:
    breach = services.breaches.note(martine, FACTS, date(2026, 11, 20))
    for decided, code in (
        (Decided(on=TODAY, decision="ne_pas_agir", again_on=date(2026, 12, 15)), "reason_needed"),
        (Decided(on=TODAY, decision="ne_pas_agir", reason="Déjà rapporté"), "required"),
        (Decided(on=TODAY, decision="ne_pas_agir", reason="Déjà rapporté", again_on=TODAY), "todo_day_ahead"),
        (Decided(on=date(2026, 11, 19), decision="rappel"), "breach_before"),
        (Decided(on=TODAY, decision="ailleurs"), "choose_one"),
    ):
        with pytest.raises(Refusal, match=code):
            services.breaches.decide(breach, decided)
    assert line(services, martine, "E30") is not None, "nothing was written"
    services.breaches.decide(
        breach, Decided(on=TODAY, decision="ne_pas_agir", reason="Justificatif promis", again_on=date(2026, 12, 15))
    )
    found = line(services, martine, "P32")
    assert found is None or found.due == date(2026, 12, 15)
    moving.set_day(date(2026, 12, 16))
    found = line(services, martine, "P32")
    assert found is not None
    assert found.due == date(2026, 12, 15)


def test_seriousness_is_chosen_with_a_reason(services: Services, martine: UUID) -> None:
    breach = services.breaches.note(martine, FACTS, date(2026, 11, 20))
    with pytest.raises(Refusal, match="reason_needed"):
        services.breaches.judge(breach, "repete", "  ")
    with pytest.raises(Refusal, match="choose_one"):
        services.breaches.judge(breach, "tres_grave", "motif")
    services.breaches.judge(breach, "repete", "Deuxième demande restée sans suite")
    (found,) = services.breaches.of_person(martine).standings
    assert found.last(BreachFact.SERIOUSNESS)
    assert breach_line(found.facts[0])[1] == "Répété. Motif\u00a0: Deuxième demande restée sans suite"


def test_a_refusal_to_explain_is_not_an_absence_of_explanation(services: Services, martine: UUID) -> None:
    breach = services.breaches.note(martine, FACTS, date(2026, 11, 20))
    with pytest.raises(Refusal, match="required"):
        services.breaches.explain(breach, Explained(on=TODAY, state="donnee"))
    services.breaches.explain(breach, Explained(on=TODAY, state="refusee"))
    services.breaches.explain(breach, Explained(on=TODAY, state="donnee", text="Hébergée chez sa sœur"))
    services.breaches.correct(breach, "La demande datait du 3 novembre")
    (found,) = services.breaches.of_person(martine).standings
    assert [breach_line(one)[1] for one in found.facts] == [
        "Ne souhaite pas s’expliquer",
        "Hébergée chez sa sœur",
        "La demande datait du 3 novembre",
    ]
    assert found.breach.facts == FACTS


def test_an_obligation_of_somebody_else_is_refused(services: Services, martine: UUID, loic: UUID) -> None:
    from spip_desktop.domain.measure import Measure, Obligation

    measure, obligation = services.context.ids.new(), services.context.ids.new()
    services.situation.measures.add(Measure(id=measure, person_id=loic, kind="sursis_probatoire"))
    code = services.catalogue.obligations(TODAY, "sursis_probatoire")[0][0]
    services.situation.obligations.add(Obligation(id=obligation, person_id=loic, measure_id=measure, code=code))
    with pytest.raises(Refusal, match="choose_one"):
        services.breaches.note(martine, FACTS, TODAY, obligation)


def test_a_breach_names_the_missed_appointment_of_its_own_person(
    services: Services, martine: UUID, loic: UUID, moving: MovableClock
) -> None:
    made = services.appointments.draft.start(martine, "suivi", date(2026, 11, 23), (10, 0))
    moving.move(days=2)
    services.appointments.course.note_outcome(made, "absent")
    with pytest.raises(Refusal, match="not_found"):
        services.breaches.note(loic, FACTS, date(2026, 11, 23), appointment_id=made)
    breach = services.breaches.note(martine, FACTS, date(2026, 11, 23), appointment_id=made)
    found = services.breaches.of_person(martine)
    assert [found.missed(one) for one in found.standings] == [services.appointments.reading.view(made).appointment]
    noted = services.appointments.reading.view(made).breach
    assert noted is not None
    assert noted.id == breach


@pytest.mark.parametrize(("decision", "kind"), [("recadrage", "recadrage"), ("reconvocation", "suivi")])
def test_a_decided_appointment_waits_until_it_is_fixed_and_again_once_cancelled(
    services: Services, martine: UUID, decision: str, kind: str
) -> None:
    breach = services.breaches.note(martine, FACTS, date(2026, 11, 20))
    services.breaches.decide(breach, Decided(on=TODAY, decision=decision, reason="Deuxième absence"))
    found = line(services, martine, "P34")
    assert found is not None
    assert found.due == date(2026, 11, 25)
    assert found.place.kind == "person.appointments"
    assert not found.may_be_done, "the appointment itself takes the line away"
    made = services.appointments.draft.start(martine, kind, date(2026, 12, 1), (10, 0))
    assert line(services, martine, "P34") is None
    services.appointments.draft.cancel(made, "Agent absent")
    assert line(services, martine, "P34") is not None, "nobody is called any more"
    services.breaches.decide(breach, Decided(on=TODAY, decision="rappel", reason="Vue entre-temps"))
    assert line(services, martine, "P34") is None, "the decision says otherwise"


def test_another_appointment_is_no_recadrage(services: Services, martine: UUID) -> None:
    breach = services.breaches.note(martine, FACTS, date(2026, 11, 20))
    services.breaches.decide(breach, Decided(on=TODAY, decision="recadrage"))
    services.appointments.draft.start(martine, "suivi", date(2026, 12, 1), (10, 0))
    found = line(services, martine, "P34")
    assert found is not None
    assert found.place.field == "new.recadrage"
    (shown,) = services.breaches.of_person(martine).standings
    assert services.breaches.of_person(martine).to_fix(shown) == found.place
