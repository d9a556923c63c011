"""An incident is saved at once and stays red until somebody is informed; nothing says it where others read."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.evaluation import EvaluationKind
from spip_desktop.domain.incident import Incident, IncidentFact, Told
from spip_desktop.domain.officer import Role
from spip_desktop.domain.timeline import TimelineKind
from spip_desktop.domain.todo import Answer, TodoLine, When
from spip_desktop.services.evaluation_draft import Start
from spip_desktop.services.incident import advancing_days
from spip_desktop.services.incident_words import incident_line
from spip_desktop.wiring import Services, make_services
from tests.documents.reading import one_line
from tests.store_fixtures import MovableClock, entrusted

TODAY = date(2026, 11, 22)
SAID = "Il dit vouloir en finir, a donné ses affaires"


@pytest.fixture
def mine(services: Services, loic: UUID) -> UUID:
    services.persons.assign(loic, services.context.officer_id, reason="nouveau")
    return loic


def waiting(services: Services, person: UUID, code: str) -> list[TodoLine]:
    return [line for line in services.todo.of_person(person) if line.key.startswith(f"{code}:")]


def test_a_line_and_a_kind_are_enough_and_it_is_red_at_once(services: Services, mine: UUID) -> None:
    services.incidents.note(mine, "suicide", SAID)
    (found,) = services.incidents.of_person(mine)
    assert found.is_red
    assert (found.incident.line, found.incident.happened_on) == (SAID, TODAY)
    (line,) = waiting(services, mine, "P30")
    assert line.when(TODAY) is When.TODAY
    assert services.incidents.red(mine) == 1


def test_only_who_was_informed_takes_the_line_away(services: Services, mine: UUID, moving: MovableClock) -> None:
    """Neither « Pas encore », nor a decision not to act, nor the days that pass."""
    incident = services.incidents.note(mine, "suicide", SAID, hour="14h05")
    services.incidents.not_yet(incident, "Le gradé ne répond pas")
    (line,) = waiting(services, mine, "P30")
    for answer in Answer:
        with pytest.raises(Refusal, match="todo_act_itself"):
            services.todo.answer(mine, line.key, answer, done_on=TODAY, until=TODAY, reason="Vu")
    moving.move(days=3)
    assert waiting(services, mine, "P30")[0].when(moving.today) is When.LATE
    services.incidents.inform(
        incident, Told(who="grade", name="M. Lopez", on=moving.today, hour="9h10", how="telephone")
    )
    assert not waiting(services, mine, "P30")
    (found,) = services.incidents.of_person(mine)
    said = [incident_line(one) for one in found.facts]
    assert said[0] == ("Pas encore informé", "Le gradé ne répond pas")
    assert said[1][1].startswith("Gradé de détention, M. Lopez, le 25/11/2026 à 9")
    assert found.incident.hour == "14:05"


def test_pas_encore_after_a_mistake_makes_it_red_again(services: Services, mine: UUID) -> None:
    incident = services.incidents.note(mine, "violence", "A menacé un surveillant")
    services.incidents.inform(incident, Told(who="dpip", on=TODAY, how="voix"))
    services.incidents.not_yet(incident, "Ce n’était pas pour lui")
    (found,) = services.incidents.of_person(mine)
    assert found.is_red
    assert len(found.facts) == 2, "both lines stay"


def test_a_correction_is_a_second_line(services: Services, mine: UUID) -> None:
    incident = services.incidents.note(mine, "propos", "Parle de sa compagne")
    services.incidents.add_line(incident, "Il s’agissait de sa sœur", correction=True)
    services.incidents.add_line(incident, "Reçu par la psychologue")
    (found,) = services.incidents.of_person(mine)
    assert found.incident.line == "Parle de sa compagne"
    assert [one.code for one in found.facts] == [IncidentFact.CORRECTION, IncidentFact.FOLLOW_UP]


def test_a_signaler_waits_a_working_day(services: Services, mine: UUID) -> None:
    services.incidents.note(mine, "a_signaler", "Mal à l’aise en entretien")
    assert not waiting(services, mine, "P30")
    assert waiting(services, mine, "P31")[0].due == date(2026, 11, 23)


@pytest.mark.parametrize(
    ("kind", "line", "day", "hour", "code"),
    [
        ("", "mots", None, "", "required"),
        ("suicide", "  ", None, "", "required"),
        ("ailleurs", "mots", None, "", "choose_one"),
        ("suicide", "mots", date(2026, 11, 23), "", "date_in_future"),
        ("suicide", "mots", None, "25h", "hour_unreadable"),
        ("suicide", "m" * 301, None, "", "too_long"),
    ],
)
def test_what_is_refused(
    services: Services, mine: UUID, kind: str, line: str, day: date | None, hour: str, code: str
) -> None:
    with pytest.raises(Refusal, match=code):
        services.incidents.note(mine, kind, line, happened_on=day, hour=hour)
    assert services.incidents.of_person(mine) == []


def test_informed_says_who_when_how_and_not_before_the_incident(services: Services, mine: UUID) -> None:
    incident = services.incidents.note(mine, "suicide", SAID)
    for told, code in (
        (Told(who="", on=TODAY, how="voix"), "required"),
        (Told(who="grade", on=TODAY, how=""), "required"),
        (Told(who="grade", on=date(2026, 11, 21), how="voix"), "incident_told_before"),
        (Told(who="grade", on=date(2026, 11, 23), how="voix"), "date_in_future"),
    ):
        with pytest.raises(Refusal, match=code):
            services.incidents.inform(incident, told)
    assert services.incidents.red(mine) == 1


def test_the_secretariat_reads_none(services: Services, mine: UUID) -> None:
    services.incidents.note(mine, "suicide", SAID)
    theirs = make_services(entrusted(services.context, mine, Role.SECRETARIAT))
    with pytest.raises(Refusal, match="not_allowed"):
        theirs.incidents.of_person(mine)
    assert not waiting(theirs, mine, "P30")
    assert not any("finir" in one.text for one in theirs.dossier_search.texts(mine))
    assert any("finir" in one.text for one in services.dossier_search.texts(mine)), "the control"


def test_the_list_tells_neither_its_kind_nor_its_words(services: Services, mine: UUID) -> None:
    services.incidents.note(mine, "suicide", SAID)
    (line,) = waiting(services, mine, "P30")
    assert line.what == "Incident\u00a0: quelqu’un à informer"
    paper = one_line(services.todo.paper().content)
    assert "quelqu’un à informer" in paper, "the control"
    for word in ("suicid", "finir", "affaires"):
        assert word not in paper.lower()


def test_the_shared_view_reads_nothing_of_it(services: Services, mine: UUID) -> None:
    """What the shared view may read is one service: nothing of it knows an incident."""
    evaluation = services.evaluations.draft.start(mine, Start(kind=EvaluationKind.INITIAL))
    before = repr(services.evaluations.own.share(evaluation))
    services.incidents.note(mine, "suicide", SAID)
    assert repr(services.evaluations.own.share(evaluation)) == before


def test_a_serious_incident_advances_the_review_of_the_plan(services: Services, mine: UUID) -> None:
    def noted(kind: str) -> Incident:
        id_ = services.incidents.note(mine, kind, "Faits")
        return next(one.incident for one in services.incidents.of_person(mine) if one.incident.id == id_)

    serious, light = noted("violence"), noted("a_signaler")
    assert advancing_days([serious, light]) == [TODAY]
    assert advancing_days([replace(serious, kind="autre")]) == []


def test_the_chronologie_says_that_there_was_one_not_which(services: Services, mine: UUID) -> None:
    """It is a list that may be printed."""
    incident = services.incidents.note(mine, "suicide", SAID)
    (line,) = [one for one in services.timeline.of_person(mine) if one.kind is TimelineKind.INCIDENT]
    assert (line.what, line.detail) == ("Incident noté", "")
    assert line.place.field == f"incident.{incident}"
