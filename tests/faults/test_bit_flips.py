"""One bit of the file turns: it is found, the page is named, the file is kept, the newest good backup is offered."""

import random
from pathlib import Path

import pytest

from spip_desktop.db import backup as copies
from spip_desktop.db.connection import Connector
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.ids import Ids
from spip_desktop.security.derivation import FLOOR
from spip_desktop.security.vault import Vault
from spip_desktop.services.restore import Restoration
from tests.faults.amounts import amount
from tests.faults.conftest import PASSPHRASE, House

FLIPS, PAGE = amount("SPIP_FLIPS", 200), 4096


def turn(path: Path, offset: int, bit: int) -> None:
    with path.open("r+b") as file:
        file.seek(offset)
        byte = file.read(1)[0]
        file.seek(offset)
        file.write(bytes([byte ^ (1 << bit)]))


def test_every_bit_that_turns_is_found_and_its_page_named(house: House) -> None:
    key = bytes(Vault(house.folder, house.clock, lambda: FLOOR).unlock("valbrune-07", PASSPHRASE).key)
    connect, chance = Connector(key), random.Random(3)
    pages = house.store.stat().st_size // PAGE
    assert pages > 50
    # Control: an untouched file is whole.
    assert copies.check_file(connect, house.store).whole
    found = []
    for _ in range(FLIPS):
        page, place, bit = chance.randrange(pages), chance.randrange(PAGE), chance.randrange(8)
        turn(house.store, page * PAGE + place, bit)
        found.append(copies.check_file(connect, house.store).pages == (page + 1,))
        turn(house.store, page * PAGE + place, bit)
    assert found.count(True) == FLIPS
    assert copies.check_file(connect, house.store).whole


def test_a_store_at_work_is_looked_at_on_its_own_connection(house: House) -> None:
    services = house.services()
    services.health.rest()
    assert services.health.check().whole
    size = house.store.stat().st_size
    turn(house.store, size - PAGE + 50, 3)
    assert services.health.check().pages == (size // PAGE,)


def test_a_damaged_store_gives_way_to_the_newest_good_backup_and_is_kept(house: House) -> None:
    services = house.services()
    good = services.backups.make("work")
    bad = services.backups.make("work")
    house.leave()
    turn(bad.store, 3 * PAGE + 7, 2)
    turn(house.store, 200, 4)
    damaged = house.store.read_bytes()
    with pytest.raises(Refusal) as refusal:
        house.enter()
    assert refusal.value.code == "store_damaged"
    assert house.store.read_bytes() == damaged

    restoration = Restoration(house.folder, house.clock, Ids(house.clock), lambda: FLOOR)
    opened = restoration.unlock(bad, "valbrune-07", PASSPHRASE)
    assert restoration.findings(opened).pages == (1,)
    with pytest.raises(Refusal) as unfit:
        restoration.restore(bad, opened, lambda done, total: None)
    assert unfit.value.code == "backup_not_verified"
    assert house.store.read_bytes() == damaged  # nothing moved
    newest = restoration.newest_whole(opened, restoration.backups(), lambda done, total: None)
    assert newest == good
    restored = restoration.restore(good, opened, lambda done, total: None)
    assert restored.quarantine is not None
    assert (restored.quarantine / "store.db").read_bytes() == damaged
    assert house.enter().notices == ()
