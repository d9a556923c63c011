"""Who carries what: counted once, by the level chosen; a colleague's load is the DPIP's to see, and nobody else's."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from uuid import UUID

import pytest

from spip_desktop.db.appointment import ABSENCES
from spip_desktop.db.officer import OFFICERS
from spip_desktop.db.pacep import PACEPS
from spip_desktop.db.person import INTERIMS
from spip_desktop.domain.access import Interim
from spip_desktop.domain.agenda import OfficerAbsence
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.officer import Role
from spip_desktop.domain.pacep import Level, Pacep
from spip_desktop.services.context import Context
from spip_desktop.services.person import QuickStart
from spip_desktop.wiring import Services, make_services
from spip_desktop.wording.workload import number, simulated
from tests.documents.reading import one_line
from tests.store_fixtures import MovableClock, make_officer

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


def test_who_is_replaced_is_away(services: Services) -> None:
    follow(services, "Abel")
    with services.context.store.transaction(services.context.actor, "add_interim") as tx:
        other = make_officer(tx.ids, Role.CPIP, identifier="valbrune-12")
        OFFICERS.save(tx, other)
        days = (TODAY - timedelta(days=9), TODAY - timedelta(days=1)), (TODAY, TODAY + timedelta(days=3))
        for starts, ends in days:
            INTERIMS.save(
                tx, Interim(id=tx.ids.new(), absent_id=tx.actor_id, replacement_id=other.id, starts=starts, ends=ends)
            )
        tx.note("interim", other.id)
    (mine,) = services.workload.seen().officers
    assert mine.away_until == TODAY + timedelta(days=3)


def test_who_assigns_sees_what_a_dossier_would_make_of_a_load(services: Services, dpip_context: Context) -> None:
    follow(services, "Abel")
    directing, me = make_services(dpip_context), services.context.officer_id
    new = directing.persons.quick_start(
        QuickStart(birth_name="Caron", first_names="Jean", birth_date=date(1991, 1, 1), referral_on=TODAY)
    )
    with dpip_context.store.transaction(dpip_context.actor, "submit_pacep") as tx:
        plan = Pacep(
            id=tx.ids.new(), lineage=tx.ids.new(), person_id=new, number=1, started_on=TODAY,
            level=Level.INTENSIVE, submitted_on=TODAY,
        )  # fmt: skip
        PACEPS.save(tx, plan)
        tx.note("pacep", new)
    found = directing.workload.with_person(me, new)
    assert found is not None
    assert "2 personnes, charge 0,07 (aujourd’hui 1, charge 0,02)" in simulated(*found).replace("\u00a0", " ")
    directing.persons.assign(new, me)
    assert directing.workload.with_person(me, new) is None, "theirs already"
    assert services.workload.with_person(dpip_context.officer_id, new) is None, "no load of a colleague"


def test_a_ratio_is_written_for_a_day_to_come(services: Services, moving: MovableClock) -> None:
    ahead = TODAY + timedelta(days=40)
    services.workload.set_ratio("regulier", 45, ahead)
    moving.move(minutes=1)
    services.workload.set_ratio("regulier", 40, ahead)
    seen = services.workload.seen()
    assert seen.ratios["regulier"] == 50
    assert seen.since["regulier"] is None
    assert [(one.level, one.capacity, one.starts) for one in seen.ahead] == [("regulier", 40, ahead)]
    assert seen.on(ahead)["regulier"] == 40
    assert seen.on(ahead - timedelta(days=1))["regulier"] == 50


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
