"""Backups: verified before they count, turned, tried, renewed under another key, copied to another medium."""

import json
import threading
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from spip_desktop.db import backup as copies
from spip_desktop.db import person as persons
from spip_desktop.db.connection import Connector, Mode
from spip_desktop.db.store import AUTOSAVE, drive_of, open_store
from spip_desktop.domain import rotation
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.person import Person
from spip_desktop.security.files import KEYS, digest, make_durable
from spip_desktop.services import backup_files as files
from spip_desktop.services.backup import BackupService
from spip_desktop.services.context import Context
from tests.store_fixtures import KEY, MovableClock

NEW_KEY = bytes(range(1, 33))


@pytest.fixture
def backups(context: Context) -> BackupService:
    (context.store.path.parent / KEYS).write_bytes(b"keys 1")
    return BackupService(context)


def add_person(context: Context, name: str = "Perrin") -> Person:
    person = Person(id=context.ids.new(), birth_name=name, first_names="Loïc", birth_date=date(1990, 3, 14))
    with context.store.transaction(context.actor, "create_person") as tx:
        persons.save(tx, person)
        tx.note("person", person.id)
    return person


def flip(path: Path, page: int, at: int = 100) -> None:
    content = bytearray(path.read_bytes())
    content[(page - 1) * 4096 + at] ^= 0x10
    path.write_bytes(content)


# -- a backup ----------------------------------------------------------------------------------------------------


def test_a_backup_is_a_whole_store_folder_that_opens(backups: BackupService, context: Context) -> None:
    person = add_person(context)
    made = backups.make("asked")
    assert sorted(path.name for path in made.folder.iterdir()) == ["backup.json", "keys.json", "store.db"]
    assert made.facts.counts["person"] == 1
    assert (made.facts.seq, bytes.fromhex(made.facts.head)) == context.store.journal_head()
    assert made.sha256 == digest(made.store)
    assert json.loads((made.folder / files.CARD).read_text())["schema"] == made.facts.schema
    opened = open_store(made.store, KEY, context.clock, context.ids)
    with opened.reading() as tx:
        assert persons.PERSONS.get(tx, person.id) == person
    opened.close()


def test_a_backup_is_unreadable_without_the_key(backups: BackupService, context: Context) -> None:
    add_person(context, "CANARI")
    made = backups.make("asked")
    for path in made.folder.iterdir():
        assert b"CANARI" not in path.read_bytes()
    with pytest.raises(Refusal) as refusal:
        Connector(NEW_KEY)(made.store, Mode.FROZEN)
    assert refusal.value.code == "wrong_key"


def test_what_is_written_meanwhile_goes_on_and_the_copy_is_of_one_instant(
    backups: BackupService, context: Context
) -> None:
    for number in range(300):
        add_person(context, f"Perrin {number}")
    written: list[int] = []

    def write_once(done: int, total: int) -> None:
        if not written:
            add_person(context, "Arrivée pendant la copie")
            written.append(done)

    made = backups.make("asked", write_once)
    assert written
    assert made.facts.counts["person"] == 300
    assert backups.changed()


def test_a_backup_that_does_not_read_back_is_never_one(
    backups: BackupService, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_person(context)
    good = backups.make("asked")
    durable = make_durable

    def damage(path: Path) -> None:
        """The medium loses one bit between the writing and the verification."""
        durable(path)
        flip(path, page=5)

    monkeypatch.setattr(files, "make_durable", damage)
    with pytest.raises(Refusal) as refusal:
        backups.make("asked")
    assert refusal.value.code == "backup_not_verified"
    assert backups.every() == [good]
    assert [path.name for path in backups.root.iterdir()] == [good.folder.name]
    # Positive control: without the damage the same call makes one.
    monkeypatch.setattr(files, "make_durable", durable)
    assert backups.make("asked").number == good.number + 1


def test_a_store_with_a_broken_page_makes_no_backup_and_keeps_those_there(
    backups: BackupService, context: Context
) -> None:
    add_person(context)
    good = backups.make("asked")
    store = context.store
    store.checkpoint()
    store.close()
    flip(store.path, page=7)
    with pytest.raises(Refusal) as refusal:
        backups.make("asked")
    assert refusal.value.code in ("store_page_damaged", "backup_not_verified")
    assert backups.every() == [good]


def test_a_stop_leaves_nothing_half_made(backups: BackupService, context: Context) -> None:
    class Stopped(Exception):  # noqa: N818  a wish, as Tasks' own
        pass

    def stop(done: int, total: int) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        backups.make("asked", stop)
    assert list(backups.root.iterdir()) == []


def test_what_a_power_cut_left_half_made_is_swept_and_never_listed(backups: BackupService) -> None:
    half = backups.root / "000007-20261122T130000Z.part"
    half.mkdir(parents=True)
    (half / "store.db").write_bytes(bytes(4096))
    assert backups.every() == []
    made = backups.make("asked")
    assert backups.every() == [made]
    assert not half.exists()


def test_two_are_never_made_at_once(backups: BackupService, context: Context) -> None:
    add_person(context)
    threads = [threading.Thread(target=backups.make, args=("asked",)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [one.number for one in backups.every()] == [4, 3, 2, 1]


# -- when --------------------------------------------------------------------------------------------------------


def test_one_is_due_after_thirty_minutes_of_work_and_not_without_work(
    backups: BackupService, context: Context, moving: MovableClock
) -> None:
    assert backups.status().late
    assert backups.due()
    backups.make("work")
    add_person(context)
    moving.move(minutes=29)
    assert not backups.due()
    moving.move(minutes=1)
    assert backups.due()
    backups.make("work")
    moving.move(hours=3)
    assert not backups.changed()
    with context.store.transaction(context.actor, "consultation") as tx:
        tx.note("person", context.ids.new())
    assert not backups.due()  # reading is no change
    with context.store.transaction(context.actor, AUTOSAVE):
        pass
    assert backups.due()


def test_a_new_session_knows_what_the_last_one_changed(backups: BackupService, context: Context) -> None:
    backups.make("close")
    assert not BackupService(context).changed()
    add_person(context)
    assert BackupService(context).changed()


def test_the_status_ages_and_turns_late(backups: BackupService, moving: MovableClock) -> None:
    backups.make("close")
    assert (backups.status().days, backups.status().late) == (0, False)
    moving.move(days=7)
    assert (backups.status().days, backups.status().late) == (7, False)
    moving.move(days=1)
    assert (backups.status().days, backups.status().late) == (8, True)


def test_a_clock_set_back_upsets_neither_order_nor_making(
    backups: BackupService, context: Context, moving: MovableClock
) -> None:
    first = backups.make("work")
    moving.move(days=-400)
    add_person(context)
    assert backups.due()
    second = backups.make("work")
    moving.move(days=4000)
    third = backups.make("work")
    assert backups.every() == [third, second, first]
    assert backups.status().newest == third


# -- rotation ----------------------------------------------------------------------------------------------------


def test_the_rotation_keeps_recent_daily_weekly_and_monthly() -> None:
    start = datetime(2026, 1, 1, 12, tzinfo=UTC)
    days = [(start + timedelta(hours=6 * step)).date() for step in range(4 * 365)][::-1]
    kept = sorted(rotation.kept(days))
    assert kept[:12] == list(range(12))
    chosen = [days[position] for position in kept]
    assert {days[0] - timedelta(days=back) for back in range(14)} <= set(chosen)
    assert len({day.isocalendar()[:2] for day in chosen}) >= 8
    assert len({(day.year, day.month) for day in chosen}) == 6
    assert 12 <= len(kept) <= 12 + 14 + 8 + 6
    # Nothing to let go of: everything is kept.
    assert rotation.kept(days[:5]) == frozenset(range(5))


def test_turning_removes_files_only_after_the_new_one_is_there(
    backups: BackupService, context: Context, moving: MovableClock
) -> None:
    for _ in range(16):
        add_person(context)
        backups.make("work")
        moving.move(minutes=31)
    numbers = [one.number for one in backups.every()]
    assert numbers == list(range(16, 4, -1))
    assert len(list(backups.root.iterdir())) == 12


# -- trying ------------------------------------------------------------------------------------------------------


def test_trying_reads_everything(backups: BackupService, context: Context) -> None:
    add_person(context)
    made = backups.make("asked")
    trial = backups.try_newest()
    assert (trial.backup, trial.persons, trial.lines) == (made, 1, made.facts.seq)
    assert sorted(path.name for path in made.folder.iterdir()) == ["backup.json", "keys.json", "store.db"]


def test_trying_finds_one_changed_bit(backups: BackupService) -> None:
    with pytest.raises(Refusal) as none:
        backups.try_newest()
    assert none.value.code == "backup_none"
    made = backups.make("asked")
    backups.try_newest()
    flip(made.store, page=3)
    with pytest.raises(Refusal) as refusal:
        backups.try_newest()
    assert refusal.value.code == "backup_not_verified"


# -- another key -------------------------------------------------------------------------------------------------


def test_renewed_backups_open_with_the_new_key_only(backups: BackupService, context: Context) -> None:
    add_person(context)
    old = [backups.make("work"), backups.make("lock")]
    (context.store.path.parent / KEYS).write_bytes(b"keys 2")
    assert backups.renew(KEY, NEW_KEY) == 2
    renewed = backups.every()
    assert [one.reason for one in renewed] == ["lock", "work"]
    assert [one.facts for one in renewed] == [one.facts for one in reversed(old)]
    assert [one.made_at for one in renewed] == [one.made_at for one in reversed(old)]
    for one in renewed:
        assert copies.check_file(Connector(NEW_KEY), one.store).whole
        assert not copies.check_file(Connector(KEY), one.store).whole
        assert (one.folder / KEYS).read_bytes() == b"keys 2"
    assert backups.renew(KEY, NEW_KEY) == 2  # again: nothing left to do
    assert backups.every() == renewed


def test_a_renewal_cut_short_goes_on(backups: BackupService, context: Context) -> None:
    for _ in range(3):
        backups.make("work")
    (context.store.path.parent / KEYS).write_bytes(b"keys 2")

    class Killed(Exception):  # noqa: N818
        pass

    def kill(done: int, total: int) -> None:
        if done == 1:
            raise Killed

    with pytest.raises(Killed):
        backups.renew(KEY, NEW_KEY, kill)
    assert len(backups.every()) == 3
    assert backups.renew(KEY, NEW_KEY) == 3
    assert len(list(backups.root.iterdir())) == 3


def test_a_damaged_backup_does_not_outlive_the_old_key(backups: BackupService, context: Context) -> None:
    flip(backups.make("work").store, page=4)
    backups.make("work")
    (context.store.path.parent / KEYS).write_bytes(b"keys 2")
    assert backups.renew(KEY, NEW_KEY) == 1
    assert len(list(backups.root.iterdir())) == 1


# -- another medium ----------------------------------------------------------------------------------------------


def test_a_copy_on_another_medium_is_read_there_again(backups: BackupService, context: Context, tmp_path: Path) -> None:
    person = add_person(context)
    copied = backups.copy_to(tmp_path / "stick")
    assert copied.folder.parent == tmp_path / "stick"
    opened = open_store(copied.store, KEY, context.clock, context.ids)
    with opened.reading() as tx:
        assert persons.PERSONS.get(tx, person.id) == person
    opened.close()
    assert backups.second_folder() is None
    backups.set_second_folder(tmp_path / "stick")
    assert backups.second_folder() == tmp_path / "stick"
    backups.set_second_folder(None)
    assert backups.second_folder() is None


def test_a_medium_that_cannot_be_written_is_named(backups: BackupService, tmp_path: Path) -> None:
    place = tmp_path / "file"
    place.write_text("no folder")
    with pytest.raises(Refusal) as refusal:
        backups.copy_to(place)
    assert refusal.value.code == "backup_not_written"
    assert refusal.value.problems[0].data["drive"] == drive_of(tmp_path)
