"""Who carries what: counted once, by the level chosen; a colleague's load is the DPIP's to see, and nobody else's."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from uuid import UUID

import pytest

from spip_desktop.db.appointment import ABSENCES
from spip_desktop.db.officer import OFFICERS
from spip_desktop.db.pacep import PACEPS
from spip_desktop.domain.agenda import OfficerAbsence
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.officer import Role
from spip_desktop.domain.pacep import Level, Pacep
from spip_desktop.services.context import Context
from spip_desktop.services.person import QuickStart
from spip_desktop.wiring import Services, make_services
from spip_desktop.wording.workload import number
from tests.documents.reading import one_line
from tests.store_fixtures import make_officer

TODAY = date(2026, 11, 22)


@pytest.fixture
def services(context: Context) -> Services:
    return make_services(context)


def follow(services: Services, name: str, *levels: Level) -> UUID:
    """A dossier of one's own, with a plan put to the person for each level, the newest last."""
    start = QuickStart(birth_name=name, first_names="Jean", birth_date=date(1990, 1, 1), referral_on=TODAY, follow=True)
    person = services.persons.quick_start(start)
    with services.context.store.transaction(services.context.actor, "submit_pacep") as tx:
        for number, level in enumerate(levels, 1):
            plan = Pacep(
                id=tx.ids.new(), lineage=tx.ids.new(), person_id=person, number=number, started_on=TODAY,
                level=level, submitted_on=TODAY,
            )  # fmt: skip
            PACEPS.save(tx, plan)
        tx.note("pacep", person)
    return person


def test_each_person_counts_once_by_the_level_of_the_newest_plan(services: Services) -> None:
    follow(services, "Abel")
    follow(services, "Bréaud", Level.INTENSIVE, Level.REGULAR)
    (mine,) = services.workload.seen().officers
    assert {level: count for level, count in mine.by_level.items() if count} == {"sans_niveau": 1, "regulier": 1}


def test_a_colleague_is_not_seen_and_the_dpip_sees_all(services: Services, dpip_context: Context) -> None:
    follow(services, "Abel")
    colleague = replace(
        make_officer(dpip_context.ids, Role.CPIP, identifier="valbrune-12"), first_name="Aline", family_name="Roche"
    )
    with dpip_context.store.transaction(dpip_context.actor, "add_officer") as tx:
        OFFICERS.save(tx, colleague)
        tx.note("officer", colleague.id)
    theirs = make_services(Context(dpip_context.store, replace(dpip_context.actor, officer=colleague)))
    assert [one.officer_id for one in theirs.workload.seen().officers] == [colleague.id]
    assert [one.persons for one in theirs.workload.seen().officers] == [0]
    assert "Vasseur" not in one_line(theirs.workload.drawn())
    directing = make_services(dpip_context)
    seen = {one.name.split()[0]: one.persons for one in directing.workload.seen().officers}
    assert seen["Claire"] == 1
    assert seen["Aline"] == 0
    assert "Vasseur" in one_line(directing.workload.drawn()), "the control"


def test_who_is_away_is_not_worked_out(services: Services) -> None:
    follow(services, "Abel")
    ends = TODAY + timedelta(days=5)
    with services.context.store.transaction(services.context.actor, "add_absence") as tx:
        absence = OfficerAbsence(id=tx.ids.new(), officer_id=tx.actor_id, starts=TODAY, ends=ends)
        ABSENCES.save(tx, absence)
        tx.note("officer_absence", absence.id)
    (mine,) = services.workload.seen().officers
    assert mine.away_until == ends
    assert "non calculable" in one_line(services.workload.drawn())


def test_a_ratio_of_the_service_weighs_from_today_and_is_kept(services: Services) -> None:
    services.workload.set_ratio("regulier", 40)
    seen = services.workload.seen()
    assert (seen.ratios["regulier"], seen.since["regulier"], seen.since["espace"]) == (40, TODAY, None)
    with pytest.raises(Refusal) as told:
        services.workload.set_ratio("regulier", 0)
    assert told.value.code == "ratio_out_of_range"


def test_the_paper_says_what_it_is_not(services: Services) -> None:
    follow(services, "Abel", Level.INTENSIVE)
    text = one_line(services.workload.paper().content)
    assert "ne mesure pas le travail d’un agent" in text
    assert "1/20 = 0,05" in text
    assert "60 personnes" in text
    assert "82" in text


def test_the_figure_is_the_one_found_by_hand() -> None:
    """3/20 + 19/50 + 9/100 + 3/200 + 44/50 is 1,515: written 1,52, as anybody would who does it again."""
    assert [number(Fraction(n, 1000)) for n in (1515, 1535, 1514, 20, 0, 9995)] == [
        "1,52", "1,54", "1,51", "0,02", "0,00", "10,00",
    ]  # fmt: skip
