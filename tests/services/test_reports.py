"""Reports to the magistrate: to whom they went, when, under which reference; a sending noted wrong is corrected."""

from datetime import date
from uuid import UUID

import pytest

from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.measure import Custody, Measure, PenalCategory
from spip_desktop.domain.todo import Answer, Done
from spip_desktop.services.person import QuickStart
from spip_desktop.wiring import Services
from spip_desktop.wording.todo import not_dated
from tests.store_fixtures import MovableClock

REFERRED = date(2026, 8, 16)


@pytest.fixture
def martine(services: Services, moving: MovableClock) -> UUID:
    """A sursis probatoire referred on 16/08/2026; day J is 22/11/2026."""
    today = moving.today
    moving.set_day(date(2026, 8, 17))
    id_ = services.persons.quick_start(
        QuickStart(birth_name="Bréaud", first_names="Martine", birth_date=date(1968, 2, 2), referral_on=REFERRED)
    )
    measure = Measure(
        id=services.context.ids.new(), person_id=id_, kind="SP", referral_on=REFERRED, ends_planned=date(2028, 2, 16)
    )
    services.situation.measures.add(measure)
    services.persons.assign(id_, services.context.officer_id, reason="nouveau")
    moving.set_day(today)
    return id_


def key(services: Services, person: UUID, code: str) -> str:
    return next(one.key for one in services.reports.of_person(person).due if one.rule.code == code)


def told(services: Services, person: UUID) -> list[tuple[date, str, str]]:
    lines = services.timeline.of_person(person)
    return [(line.on, line.what, line.detail) for line in lines if "Rapport d’évaluation" in line.what]


def test_a_report_is_not_done_without_saying_to_whom_it_went(services: Services, martine: UUID) -> None:
    line = key(services, martine, "E01")
    with pytest.raises(Refusal) as refused:
        services.todo.answer(martine, line, Answer.DONE, done_on=date(2026, 11, 20))
    assert [(one.code, one.field) for one in refused.value.problems] == [("choose_one", "recipient")]
    services.todo.answer(
        martine, line, Answer.DONE, done_on=date(2026, 11, 20), recipient="jap", reference=" R-2026-118 "
    )
    (sent,) = services.reports.of_person(martine).sent
    assert (sent.recipient, sent.done_on, sent.reference) == ("jap", date(2026, 11, 20), "R-2026-118")
    assert told(services, martine) == [
        (
            date(2026, 11, 20),
            "Rapport d’évaluation au magistrat, rapport adressé",
            "Juge de l’application des peines, référence R-2026-118, noté par Claire Vasseur",
        )
    ]


def test_a_report_that_leaves_early_is_noted_before_its_line_comes(services: Services, martine: UUID) -> None:
    line = key(services, martine, "E02")
    assert line not in {one.key for one in services.todo.of_person(martine)}, "more than a year ahead"
    services.reports.send(martine, line, Done(on=date(2026, 11, 20), recipient="procureur"))
    assert line not in {one.key for one in services.reports.of_person(martine).due}


def test_a_report_that_leaves_after_a_decision_not_to_act_is_sent_even_on_a_clock_put_back(
    services: Services, martine: UUID, moving: MovableClock
) -> None:
    line = key(services, martine, "E01")
    services.todo.answer(martine, line, Answer.NOT_ACTING, until=date(2026, 12, 1), reason="Dossier repris par le JAP")
    moving.move(minutes=-90)
    sent = services.reports.send(martine, line, Done(on=date(2026, 11, 20), recipient="jap"))
    assert [one.id for one in services.reports.of_person(martine).sent] == [sent]
    assert line not in {one.key for one in services.reports.of_person(martine).due}


def test_a_sending_is_corrected_and_the_first_one_stays_in_the_timeline(
    services: Services, martine: UUID, moving: MovableClock
) -> None:
    line = key(services, martine, "E01")
    first = services.reports.send(martine, line, Done(on=date(2026, 11, 20), recipient="procureur"))
    moving.move(minutes=-90)  # the clock of the workstation was put back
    second = services.reports.correct(first, Done(on=date(2026, 11, 19), recipient="jap", reference="118"))
    (kept,) = services.reports.of_person(martine).sent
    assert (kept.id, kept.recipient) == (second, "jap")
    sent = "Rapport d’évaluation au magistrat, rapport adressé"
    assert {what: detail for _, what, detail in told(services, martine)} == {
        sent: "Juge de l’application des peines, référence 118, noté par Claire Vasseur",
        f"{sent}, corrigé depuis": "Procureur de la République, sans référence, noté par Claire Vasseur",
    }
    with pytest.raises(Refusal):
        services.reports.correct(first, Done(on=date(2026, 11, 19), recipient="ji"))
    services.todo.take_back(second)
    assert [one.id for one in services.reports.of_person(martine).sent] == [first], "taken back, the first one holds"
    services.todo.take_back(first)
    assert line in {one.key for one in services.reports.of_person(martine).due}, "and then it is due again"


@pytest.mark.parametrize(
    ("done", "code"),
    [
        (Done(on=None, recipient="jap"), "required"),
        (Done(on=date(2026, 11, 23), recipient="jap"), "date_in_future"),
        (Done(on=date(2026, 8, 15), recipient="jap"), "report_before"),
        (Done(on=date(2026, 11, 20), recipient="maire"), "choose_one"),
        (Done(on=date(2026, 11, 20), recipient="jap", reference="1" * 121), "too_long"),
    ],
)
def test_what_no_report_can_be(services: Services, martine: UUID, done: Done, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        services.reports.send(martine, key(services, martine, "E01"), done)
    assert refused.value.problems[0].code == code
    assert services.reports.of_person(martine).sent == ()


def test_the_reference_of_a_report_is_found_in_its_dossier(services: Services, martine: UUID) -> None:
    services.reports.send(
        martine, key(services, martine, "E01"), Done(on=date(2026, 11, 20), recipient="jap", reference="Zéphyr-118")
    )
    assert any("Zéphyr-118" in one.text for one in services.dossier_search.texts(martine))


@pytest.mark.parametrize(("kind", "asked"), [("SP", False), ("SSJ", False), ("SL", True)])
def test_no_report_of_a_measure_that_stops_in_prison(services: Services, martine: UUID, kind: str, asked: bool) -> None:
    codes = {"E01", "E02", "E03"}
    (measure,) = services.situation.penal(martine).measures
    services.situation.measures.save_fields(measure.value.id, {"kind": kind}, measure.lock)
    assert {one.rule.code for one in services.reports.of_person(martine).due} & codes, "outside, they are due"
    custody = Custody(
        id=services.context.ids.new(), person_id=martine, establishment="MA de Valbrune", ecrou_number="12345",
        starts=date(2026, 11, 1), penal_category=PenalCategory.CONVICTED,
    )  # fmt: skip
    services.situation.custodies.add(custody)
    assert bool({one.rule.code for one in services.reports.of_person(martine).due} & codes) is asked
    assert bool({one.key[:3] for one in services.todo.of_person(martine)} & codes) is asked


def test_a_report_whose_day_cannot_be_told_says_so(services: Services, martine: UUID) -> None:
    (measure,) = services.situation.penal(martine).measures
    services.situation.measures.save_fields(measure.value.id, {"referral_on": None}, measure.lock)
    found = services.reports.of_person(martine)
    assert "E01" in {rule.code for rule in found.undated}
    assert "E01" not in {one.rule.code for one in found.due}
    (rule,) = (one for one in found.undated if one.code == "E01")
    assert not_dated(rule) == (
        "Non calculable\u00a0: saisine du service à noter sur la mesure (art.\u00a0D.\u00a0113-44)."
    )


def test_a_decision_tells_its_author_its_day_and_its_reason(services: Services, martine: UUID) -> None:
    line = next(one for one in services.todo.of_person(martine) if one.key.startswith("E32:"))
    services.todo.answer(martine, line.key, Answer.PUT_OFF, until=date(2026, 12, 25), reason="Hospitalisée")
    said = [one.detail for one in services.timeline.of_person(martine) if one.what == line.what]
    assert said == ["Reporté au 25/12/2026, par Claire Vasseur, Hospitalisée"]
