"""« Arrivants »: the day's list, each row a dossier; a mistake is taken back while the dossier holds nothing else."""

from dataclasses import replace
from datetime import date

import pytest

from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.officer import Role
from spip_desktop.services.person import QuickStart
from spip_desktop.wiring import Services, make_services
from tests.store_fixtures import MovableClock, entrusted

TODAY = date(2026, 11, 22)
KEVIN = QuickStart(
    birth_name="Kacem", first_names="Kévin", birth_date=date(2001, 5, 6), ecrou_number="20411", ecrou_on=TODAY,
    establishment="MA de Valbrune",
)  # fmt: skip


def test_a_row_is_a_dossier_with_its_ecrou_and_its_place(services: Services, moving: MovableClock) -> None:
    first = services.persons.quick_start(KEVIN)
    moving.move(seconds=5)
    second = services.persons.quick_start(replace(KEVIN, birth_name="Abadie", ecrou_number="20412"))
    found = services.arrival_list.of_day(TODAY)
    assert [one.id for one in found] == [first, second], "in the order of the list"
    assert (found[0].name, found[0].ecrou_number) == ("Kévin KACEM", "20411")
    (custody,) = services.situation.penal(first).custodies
    assert (custody.value.starts, custody.value.establishment) == (TODAY, "MA de Valbrune")
    assert services.arrival_list.of_day(date(2026, 11, 21)) == []


def test_the_same_number_is_warned_about(services: Services) -> None:
    services.persons.quick_start(KEVIN)
    with pytest.raises(Refusal, match="duplicate"):
        services.persons.quick_start(replace(KEVIN, birth_name="Autre", first_names="Nom"))


def test_a_mistake_is_taken_back_and_put_back(services: Services) -> None:
    row = services.persons.quick_start(KEVIN)
    services.arrival_list.take_back(row)
    assert services.arrival_list.of_day(TODAY) == []
    assert services.persons.search("Kacem") == []
    assert services.persons.similar(KEVIN) == (), "typed again, it is no duplicate"
    services.arrival_list.restore(row)
    assert [one.id for one in services.arrival_list.of_day(TODAY)] == [row]
    assert [one.id for one in services.persons.search("20411")] == [row]


def test_a_dossier_that_was_used_or_is_older_is_not_taken_back(services: Services, moving: MovableClock) -> None:
    used = services.persons.quick_start(KEVIN)
    services.incidents.note(used, "a_signaler", "Inquiet à l’arrivée")
    with pytest.raises(Refusal, match="arrival_used"):
        services.arrival_list.take_back(used)
    old = services.persons.quick_start(replace(KEVIN, birth_name="Abadie", ecrou_number="20412"))
    moving.move(days=1)
    with pytest.raises(Refusal, match="arrival_used"):
        services.arrival_list.take_back(old)
    assert len(services.arrival_list.of_day(TODAY)) == 2


def test_who_opens_only_their_own_dossiers_is_told_of_no_other(services: Services) -> None:
    row = services.persons.quick_start(KEVIN)
    services.persons.quick_start(replace(KEVIN, birth_name="Abadie", ecrou_number="20412"))
    theirs = make_services(entrusted(services.context, row, Role.INTERVENANT))
    assert [one.id for one in theirs.arrival_list.of_day(TODAY)] == [row]
