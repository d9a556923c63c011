"""Two dossiers were merged here; another station, which does not know, goes on writing in the one that went."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from spip_desktop.db import duplicate, erasure
from spip_desktop.db import person as persons
from spip_desktop.db.erasure import ERASURES
from spip_desktop.domain.duplicate import DuplicateState, Side
from spip_desktop.domain.person import Contact
from spip_desktop.domain.retention import Erasure, RuleCode, Scope
from spip_desktop.domain.transfer_result import Brought
from tests.exchanging import RealStation
from tests.services.test_duplicates import BORN, SWAPPED, _start
from tests.services.test_transfer import change, person
from tests.store_fixtures import MovableClock

Merged = tuple[RealStation, RealStation, UUID, UUID]


@pytest.fixture
def merged(tmp_path: Path, moving: MovableClock) -> Iterator[Merged]:
    """Here, elsewhere, the dossier that stays and the one that went; elsewhere both are still there."""
    here, there = RealStation(tmp_path / "one", 1, moving), RealStation(tmp_path / "two", 2, moving)
    stays = _start(here.services, "Nguyen", BORN, "101")
    moving.move(seconds=1)
    other = _start(here.services, "N'Guyen", SWAPPED, "202")
    here.bring(there)
    (pair,) = here.services.duplicates.all()
    here.services.duplicates.merge(pair.id, {"birth_name": Side.STAYS, "birth_date": Side.STAYS})
    yield here, there, stays, other
    here.store.close()
    there.store.close()


def _write_elsewhere(there: RealStation, other: UUID) -> None:
    contact = Contact(id=there.context.ids.new(), person_id=other, kind="famille", name="Sœur")
    there.services.persons.contacts.add(contact)
    change(there, other, email="minh@exemple.example", birth_date=date(1991, 7, 5))


def _contacts(station: RealStation, person_id: UUID) -> list[str]:
    return [line.value.name for line in station.services.persons.civil(person_id).contacts]


def test_what_is_written_elsewhere_lands_in_the_dossier_that_stays(merged: Merged) -> None:
    here, there, stays, other = merged
    _write_elsewhere(there, other)
    there.bring(here)
    assert _contacts(here, stays) == ["Sœur"]
    kept = person(here, stays)
    assert (kept.email, kept.birth_date) == ("minh@exemple.example", BORN), "the date that the officer chose stays"
    with here.store.reading() as tx:
        assert persons.PERSONS.stored(tx, other).deleted_at is not None
    for typed in ("nguyen", "n guyen"):
        assert [hit.id for hit in here.services.persons.search(typed)] == [stays]
    here.bring(there)
    assert _contacts(there, stays) == ["Sœur"], "the station that wrote it follows the merge too"
    assert person(there, stays) == person(here, stays)


def test_taking_the_merge_back_gives_it_back_too(merged: Merged) -> None:
    here, there, stays, other = merged
    _write_elsewhere(there, other)
    there.bring(here)
    (pair,) = here.services.duplicates.all()
    assert pair.state is DuplicateState.MERGED
    here.services.duplicates.take_apart(pair.id)
    assert (_contacts(here, stays), _contacts(here, other)) == ([], ["Sœur"])
    assert (person(here, stays).email, person(here, other).email) == ("", "minh@exemple.example")
    assert person(here, other).birth_date == date(1991, 7, 5)
    here.bring(there)
    assert (_contacts(there, stays), _contacts(there, other)) == ([], ["Sœur"])


def test_a_package_does_not_bring_back_a_dossier_erased_with_the_one_it_was_merged_into(merged: Merged) -> None:
    here, there, stays, other = merged
    today = here.context.clock.today()
    with here.store.transaction(here.context.actor, "purge") as tx:
        joined = duplicate.every_joined_to(tx, stays)
        assert joined == [other]
        for subject in (*joined, stays):
            counts = erasure.erase_person(tx, subject)
            ERASURES.save(tx, Erasure(id=tx.ids.new(), batch=stays, subject=subject, scope=Scope.DOSSIER,
                                      rule=next(iter(RuleCode)), ended_on=today, due_on=today, decided_on=today,
                                      counts=counts))  # fmt: skip
        tx.note("person", stays)
    _write_elsewhere(there, other)
    there.acknowledged.clear()  # everything again
    result = there.bring(here)
    assert result.of(Brought.REJECTED)
    assert {one.reason for one in result.remarks if one.what is Brought.REJECTED} == {"erased"}
    with here.store.reading() as tx:
        assert persons.PERSONS.find(tx) == []
        assert not persons.is_there(tx, other)
