"""« À traiter » and the obligations: papers that cover no more, payments missing, hours asked and not answered."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from spip_desktop.domain.hours import HoursLine, HoursStep
from spip_desktop.domain.measure import Custody, Suspension
from spip_desktop.domain.proof import Proof
from spip_desktop.domain.week_hours import parse_week
from spip_desktop.domain.work import WorkSession
from spip_desktop.services.person import QuickStart
from spip_desktop.wiring import Services
from tests.obligation_fixtures import measure_of, obligation_of, sample

TODAY = date(2026, 11, 22)
MINE = ("OB", "E23")


@pytest.fixture
def person(services: Services) -> UUID:
    quick = QuickStart(
        birth_name="Poirier", first_names="Lætitia", birth_date=date(1990, 2, 4), referral_on=date(2026, 3, 1)
    )
    id_ = services.persons.quick_start(quick)
    services.persons.assign(id_, services.context.officer_id, reason="nouveau")
    return id_


def waiting(services: Services, person: UUID) -> dict[str, tuple[str, str, date]]:
    """The lines of the obligations by their rule: what, why, the day due."""
    lines = [line for group in services.todo.groups() for line in group.lines if group.person.id == person]
    found = {line.key.partition(":")[0]: line for line in lines if line.key.startswith(MINE)}
    return {code: (line.what, line.why, line.due) for code, line in found.items()}


def test_a_paper_that_covers_no_more_waits_until_the_next_one(services: Services, person: UUID) -> None:
    measure = measure_of(services, person, "SP")
    obligation = obligation_of(services, person, measure, "cp132_45_1")
    assert waiting(services, person) == {}
    proof = Proof(
        id=services.context.ids.new(), person_id=person, obligation_id=obligation, kind="travail",
        seen_on=date(2026, 9, 1), original=True, covers_from=date(2026, 6, 1), covers_until=date(2026, 11, 18),
    )  # fmt: skip
    services.obligations.proofs.note(proof)
    what, why, due = waiting(services, person)["OB1"]
    assert what == "Justificatif à renouveler\u00a0: Travailler, étudier ou se former"
    assert "18/11/2026" in why
    assert due == date(2026, 11, 18)
    newer = replace(proof, id=services.context.ids.new(), seen_on=TODAY, covers_until=date(2027, 5, 31))
    services.obligations.proofs.note(newer)
    assert waiting(services, person) == {}


def test_a_missing_payment_waits_until_it_is_made_up(services: Services, person: UUID) -> None:
    measure = measure_of(services, person, "SP")
    obligation = obligation_of(services, person, measure, "cp132_45_5")
    new = services.context.ids.new
    plan = replace(sample("plans", new(), person, measure=measure, obligation=obligation), starts=date(2026, 9, 5))
    services.obligations.plans.note(plan)
    first = sample("payments", new(), person, measure=measure, obligation=obligation)
    services.obligations.payments.note(replace(first, paid_on=date(2026, 9, 5)))
    _, why, due = waiting(services, person)["OB2"]
    assert why.startswith("Il manque 120\u00a0€, mois sans versement\u00a0: octobre 2026, novembre 2026")
    assert due == date(2026, 10, 15)
    services.obligations.payments.note(replace(first, id=new(), paid_on=TODAY, cents=120_00))
    assert waiting(services, person) == {}


def test_no_payment_is_missing_of_the_months_in_prison(services: Services, person: UUID) -> None:
    """V09: « À traiter » says what the page says."""
    measure = measure_of(services, person, "SP")
    obligation = obligation_of(services, person, measure, "cp132_45_5")
    plan = sample("plans", services.context.ids.new(), person, measure=measure, obligation=obligation)
    services.obligations.plans.note(replace(plan, starts=date(2026, 9, 5)))
    stay = Custody(
        id=services.context.ids.new(), person_id=person, establishment="MA de Valbrune", ecrou_number="48600",
        starts=date(2026, 9, 1), ends=date(2026, 11, 20), end_reason="fin_de_peine",
    )  # fmt: skip
    services.situation.custodies.add(stay)
    assert "OB2" in waiting(services, person)
    (proposal,) = services.obligations.view(person).proposals
    services.situation.accept_suspension(proposal)
    assert "OB2" not in waiting(services, person)
    (one,) = services.obligations.view(person).obligations
    account = one.account(TODAY)
    assert account is not None
    assert (account.due, account.missed) == (0, ())
    services.situation.take_back_suspension(proposal)
    assert "OB2" in waiting(services, person)


def test_a_check_planned_waits_until_something_is_noted(services: Services, person: UUID) -> None:
    measure = measure_of(services, person, "SP")
    obligation = obligation_of(services, person, measure, "cp132_44_1", next_check=TODAY)
    assert "OB3" in waiting(services, person)
    check = sample("checks", services.context.ids.new(), person, measure=measure, obligation=obligation)
    services.obligations.checks.note(replace(check, checked_on=TODAY))
    assert waiting(services, person) == {}


def test_what_no_longer_binds_waits_for_nothing(services: Services, person: UUID) -> None:
    measure = measure_of(services, person, "SP")
    obligation = obligation_of(services, person, measure, "cp132_44_1", next_check=TODAY)
    assert "OB3" in waiting(services, person)
    services.situation.obligations.save_fields(obligation, {"status": "levee"})
    assert waiting(services, person) == {}


def test_hours_asked_wait_for_their_answer(services: Services, person: UUID) -> None:
    measure = measure_of(services, person, "DDSE-A")
    new, hours = services.context.ids.new, services.obligations.hours
    asked = HoursLine(
        id=new(), person_id=person, measure_id=measure, step=HoursStep.ASKED, happened_on=date(2026, 11, 20),
        slots=parse_week("lun-ven 5h-15h"),
    )  # fmt: skip
    hours.note(asked)
    what, _, due = waiting(services, person)["OB5"]
    assert (what, due) == ("Changement d’horaires demandé, sans réponse", date(2026, 11, 25))
    refused = replace(asked, id=new(), step=HoursStep.REFUSED, slots=(), authority="jap", answers=asked.id)
    hours.note(refused)
    assert "OB5" not in waiting(services, person)


def test_the_delay_of_a_tig_waits_until_its_hours_are_done(services: Services, person: UUID) -> None:
    measure = measure_of(services, person, "TIG", hours=20, definitive_on=date(2025, 7, 1))
    assert waiting(services, person)["E23"][2] == date(2027, 1, 1)
    new, sessions = services.context.ids.new, services.obligations.sessions
    done = WorkSession(
        id=new(), person_id=person, measure_id=measure, done_on=date(2026, 11, 2), minutes=19 * 60, host="Mairie"
    )
    sessions.note(done)
    assert set(waiting(services, person)) == {"E23", "OB6"}
    sessions.note(replace(done, id=new(), corrects=done.id, minutes=20 * 60, signed=True))
    assert waiting(services, person) == {}


def test_the_delay_of_a_tig_is_that_of_its_page(services: Services, person: UUID) -> None:
    """The one that the decision fixed, with the days of its suspensions (CP 131-22)."""
    measure = measure_of(
        services, person, "TIG", hours=20, definitive_on=date(2025, 7, 1), ends_planned=date(2026, 12, 1)
    )
    assert waiting(services, person)["E23"][2] == date(2026, 12, 1)
    stop = Suspension(id=services.context.ids.new(), starts=date(2026, 3, 1), ends=date(2026, 3, 11), reason="Maladie")
    services.situation.measures.save_fields(measure, {"suspensions": (stop,)})
    assert waiting(services, person)["E23"][2] == date(2026, 12, 11)
    moved = services.deadlines.moves_of_measure(measure, {"ends_planned": date(2026, 12, 15)})
    assert [(one.rule.code, one.before, one.after) for one in moved if one.rule.code == "E23"] == [
        ("E23", date(2026, 12, 11), date(2026, 12, 25))
    ]
