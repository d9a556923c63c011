"""The end of a session: anchored, unmarked, backed up when something changed, whatever step fails."""

from pathlib import Path

import pytest

from spip_desktop.domain.place import Place, Seat
from spip_desktop.services import closing
from spip_desktop.wiring import Services
from tests.faults.conftest import House
from tests.faults.day import new_person

SEAT = Seat(Place("persons"))


def put_away(services: Services, reason: str) -> tuple[bool, bool]:
    return closing.put_away(services.context, services.backups, reason, SEAT)


def count(house: House) -> int:
    folder = house.folder / "backups"
    return len(list(folder.iterdir())) if folder.exists() else 0


@pytest.mark.parametrize(("reason", "backups"), [("lock", 1), ("idle", 1), ("close", 1), ("sleep", 0)])
def test_what_changed_is_backed_up_unless_the_machine_is_going_to_sleep(
    house: House, reason: str, backups: int
) -> None:
    services = house.services()
    services.health.begin()
    services.persons.quick_start(new_person(700))
    assert put_away(services, reason) == (True, True)
    assert count(house) == backups
    assert not (house.folder / "in-use").exists()
    again = house.services()
    assert again.health.begin() == ()
    assert again.backups.changed() is (backups == 0)  # what a sleep left out is due in the next session
    put_away(again, "lock")
    assert count(house) == 1
    # Control: a session that changed nothing makes none.
    put_away(house.services(), "lock")
    assert count(house) == 1
    assert house.enter().notices == ()


def test_a_step_that_fails_does_not_keep_anyone_inside(house: House, tmp_path: Path) -> None:
    services = house.services()
    services.health.begin()
    services.persons.quick_start(new_person(700))
    away = house.folder.rename(tmp_path / "away")
    assert put_away(services, "lock") == (True, True)  # nothing waited to be saved
    away.rename(house.folder)
    again = house.services()
    again.health.begin()
    assert again.health.due() == "cut_short"  # not shut in order: looked at whole
    with again.context.store.reading() as tx:
        assert tx.connection.exec_driver_sql("SELECT count(*) FROM person").scalar() == 61
