"""The WAL cut or deleted, an old file put back: SQLCipher says all is well; the anchor says which lines are gone."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from spip_desktop.db import backup as copies
from spip_desktop.db import journal
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.officer import Role
from spip_desktop.services import losses
from spip_desktop.services.unlock import Entry, lock
from spip_desktop.wiring import Services, make_services
from spip_desktop.wording import sentence
from tests.faults.conftest import House
from tests.faults.day import new_person

Damage = Callable[[Path, bytes], None]


def delete_wal(store: Path, before: bytes) -> None:
    store.with_name("store.db-wal").unlink()
    store.write_bytes(before)


def cut_wal(store: Path, before: bytes) -> None:
    wal = store.with_name("store.db-wal")
    content = wal.read_bytes()
    wal.write_bytes(content[: len(content) // 2])


def put_back(store: Path, before: bytes) -> None:
    for name in ("store.db-wal", "store.db-shm"):
        store.with_name(name).unlink(missing_ok=True)
    store.write_bytes(before)


def work(services: Services, first: int, count: int) -> None:
    for number in range(first, first + count):
        services.persons.quick_start(new_person(number))


@pytest.mark.parametrize("damage", [delete_wal, cut_wal, put_back])
def test_lines_that_are_gone_are_said_with_their_numbers(house: House, damage: Damage) -> None:
    services = house.services()
    services.context.store.checkpoint()
    before = house.store.read_bytes()
    work(services, 100, 10)
    # Anchored, as it is when one rests, but the WAL is not brought into the file: the cut comes in between.
    losses.anchor_store(services.context.store)
    last = services.context.store.journal_head()[0]
    kept = {path.name: path.read_bytes() for path in house.folder.glob("store.db*")}
    house.leave()
    for name, content in kept.items():
        (house.folder / name).write_bytes(content)
    damage(house.store, before)
    entry = house.enter()
    (notice,) = entry.notices
    assert notice.code == "anchor_missing_entries"
    assert notice.data["last"] == last
    assert str(last) in sentence(notice)
    # Control: the engine itself has nothing to say.
    entry.context.store.checkpoint()
    assert copies.check_file(entry.context.store.connect, house.store).whole


@pytest.fixture
def robbed(house: House) -> Entry:
    """A store whose last ten lines are gone."""
    services = house.services()
    lock(services.context)
    before = house.store.read_bytes()
    services = house.services()
    work(services, 100, 10)
    lock(services.context)
    put_back(house.store, before)
    return house.enter()


def test_a_store_with_a_loss_reads_and_journals_but_changes_nothing(house: House, robbed: Entry) -> None:
    services = make_services(robbed.context)
    with pytest.raises(Refusal) as refusal:
        services.persons.quick_start(new_person(500))
    assert refusal.value.code == "store_read_only"
    before = robbed.context.store.journal_head()[0]
    services.persons.search("Perrin")
    assert robbed.context.store.journal_head()[0] == before + 1
    assert services.backups.make("asked")


def test_the_loss_is_said_again_until_someone_acknowledges_it(house: House, robbed: Entry) -> None:
    told = robbed.notices[0]
    for _ in range(3):
        lock(robbed.context, "close")
        robbed = house.enter()
        assert robbed.notices == (told,)
    services = make_services(robbed.context)
    with pytest.raises(Refusal) as refusal:
        services.health.acknowledge("  ")
    assert refusal.value.code == "reason_needed_without_dpip"
    services.health.acknowledge("Panne du disque le 20, sauvegarde remise par le CLSI")
    services.persons.quick_start(new_person(500))
    with robbed.context.store.reading() as tx:
        acts = [row[3:7:3] for row in tx.connection.exec_driver_sql(journal.EVERY_LINE)]
    (line,) = [reason for act, reason in acts if act == "acknowledge_loss"]
    assert line.startswith(f"anchor_missing_entries {told.data['first']}-{told.data['last']} Panne")
    lock(robbed.context, "close")
    assert house.enter().notices == ()


def test_a_dpip_acknowledges_with_a_word(house: House, robbed: Entry) -> None:
    actor = robbed.context.actor
    robbed.context.actor = replace(actor, officer=replace(actor.officer, roles=(Role.DPIP,)))
    make_services(robbed.context).health.acknowledge("")
    assert not robbed.context.actor.read_only


@pytest.mark.parametrize(
    ("role", "dpip", "code"),
    [
        (Role.ADMIN_TECHNIQUE, False, ""),
        (Role.CPIP, True, "not_allowed"),
        (Role.ADMIN_TECHNIQUE, True, "not_allowed"),
        *((role, False, "not_allowed") for role in (Role.SECRETARIAT, Role.INTERVENANT, Role.LECTURE, Role.AUDIT)),
    ],
)
def test_nobody_else_acknowledges(house: House, robbed: Entry, role: Role, dpip: bool, code: str) -> None:
    actor = robbed.context.actor
    robbed.context.actor = replace(actor, officer=replace(actor.officer, roles=(role,)), store_has_dpip=dpip)
    health = make_services(robbed.context).health
    assert health.may_acknowledge() is not bool(code)
    if not code:
        health.acknowledge("Panne du disque")
        assert not robbed.context.actor.read_only
        return
    with pytest.raises(Refusal) as refusal:
        health.acknowledge("Panne du disque")
    assert refusal.value.code == code
    assert robbed.context.actor.read_only


def test_an_anchor_taken_away_is_seen(house: House) -> None:
    (house.folder / "anchor.json").unlink()
    entry = house.enter()
    assert [notice.code for notice in entry.notices] == ["anchor_absent"]
    assert entry.context.actor.read_only


def test_a_kill_is_no_loss(house: House) -> None:
    """Control: a journal that went on after its anchor is what a kill leaves; nobody is accused."""
    services = house.services()
    services.health.begin()
    work(services, 100, 5)
    house.leave()
    entry = house.enter()
    assert entry.notices == ()
    services = make_services(entry.context)
    services.health.begin()
    assert services.health.due() == "cut_short"
    services.health.rest()
    assert services.health.check().whole
    assert services.health.due() == "not"


def test_a_copied_store_is_another_folder_with_the_same_anchor(house: House, tmp_path: Path, moving: object) -> None:
    """The whole folder put back, anchor included, is not seen here: exports and the printed summary hold the head."""
    services = house.services()
    lock(services.context)
    shutil.copytree(house.folder, tmp_path / "copy")
    assert House(tmp_path / "copy", house.clock).enter().notices == ()
