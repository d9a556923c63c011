"""First start, unlocking, locking: a real vault at its floor, a real store."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from spip_desktop.db import officer as officers
from spip_desktop.db import person as persons
from spip_desktop.db.schema import JOURNAL
from spip_desktop.domain.clock import Clock
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.ids import Ids
from spip_desktop.domain.officer import Role
from spip_desktop.domain.person import Person
from spip_desktop.security import derivation
from spip_desktop.services.unlock import Entrance, Entry, FirstStart, lock
from tests.store_fixtures import MovableClock, make_officer, make_service

PASSPHRASE = "quatre girafes boivent du thé tiède"


@pytest.fixture
def entrance(tmp_path: Path, clock: Clock, ids: Ids) -> Entrance:
    return Entrance(tmp_path / "magasin", clock, ids, cost=lambda: derivation.FLOOR)


@pytest.fixture
def first(ids: Ids) -> FirstStart:
    return FirstStart(service=make_service(ids), officer=make_officer(ids), passphrase=PASSPHRASE, notice_read=True)


@pytest.fixture
def entered(entrance: Entrance, first: FirstStart) -> Iterator[Entry]:
    entry = entrance.first_start(first)
    entrance.confirm_paper(entry)
    yield entry
    entry.context.store.close()


def _files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_the_first_officer_is_cpip_and_administrator(entrance: Entrance, entered: Entry) -> None:
    assert entered.context.actor.officer.roles == (Role.CPIP, Role.ADMIN_TECHNIQUE)
    assert entered.paper is not None
    assert not entrance.is_new()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"notice_read": False}, "notice_read"),
        ({"passphrase": "courte"}, "passphrase"),
        ({"passphrase": "Vasseur Valbrune SPIP"}, "passphrase"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_made(
    entrance: Entrance, first: FirstStart, change: dict[str, object], field: str
) -> None:
    with pytest.raises(Refusal) as refusal:
        entrance.first_start(replace(first, **change))  # type: ignore[arg-type]
    assert refusal.value.problems[0].field == field
    assert not entrance.path.exists()
    assert entrance.is_new()


def test_an_officer_who_is_not_named_right_is_refused(entrance: Entrance, first: FirstStart) -> None:
    with pytest.raises(Refusal) as refusal:
        entrance.first_start(replace(first, officer=replace(first.officer, identifier="claire.vasseur")))
    assert refusal.value.code == "identifier_is_a_name"


def test_tomorrow_everything_is_there(entrance: Entrance, entered: Entry, ids: Ids) -> None:
    context = entered.context
    someone = Person(id=ids.new(), birth_name="Nguyễn", first_names="Đặng Thị Hạnh")
    with context.store.transaction(context.actor, "create_person") as tx:
        persons.save(tx, someone)
        tx.note("person", someone.id)
    lock(context)
    again = entrance.unlock("VALBRUNE-07", PASSPHRASE)
    with again.context.store.reading() as tx:
        assert persons.PERSONS.get(tx, someone.id) == someone
    assert again.notices == ()
    again.context.store.close()


@pytest.mark.parametrize(("identifier", "passphrase"), [("valbrune-07", "une autre phrase"), ("nobody", PASSPHRASE)])
def test_a_wrong_passphrase_says_so_and_touches_nothing(
    entrance: Entrance, entered: Entry, identifier: str, passphrase: str
) -> None:
    lock(entered.context)
    before = _files(entrance.folder)
    with pytest.raises(Refusal) as refusal:
        entrance.unlock(identifier, passphrase)
    assert refusal.value.code == "wrong_passphrase"
    after = _files(entrance.folder)
    assert after.pop("attempts.json")
    assert after == before


def test_wrong_passphrases_are_told_in_the_journal_at_the_next_unlocking(
    entrance: Entrance, entered: Entry, moving: MovableClock
) -> None:
    lock(entered.context)
    for wait in (1, 2):
        with pytest.raises(Refusal):
            entrance.unlock("valbrune-07", "une autre phrase")
        assert entrance.seconds_left() == wait
        moving.move(seconds=wait)
    context = entrance.unlock("valbrune-07", PASSPHRASE).context
    with context.store.reading() as tx:
        query = sa.select(JOURNAL.c.act, JOURNAL.c.reason).order_by(JOURNAL.c.seq.desc()).limit(2)
        unlocked, failed = tx.connection.execute(query).all()
    assert unlocked.act == "unlock"
    assert (failed.act, failed.reason) == (
        "failed_unlocks",
        "2 : 22/11/2026 14\u00a0h\u00a002 – 22/11/2026 14\u00a0h\u00a002",
    )
    assert entrance.seconds_left() == 0
    context.store.close()


def test_a_store_that_does_not_know_its_officer_is_closed_again(entrance: Entrance, entered: Entry) -> None:
    context = entered.context
    with context.store.transaction(context.actor, "change_officer") as tx:
        officers.OFFICERS.save(tx, replace(context.actor.officer, identifier="valbrune-08"))
        tx.note("officer", context.officer_id)
    lock(context)
    before = _files(entrance.folder)
    with pytest.raises(Refusal) as refusal:
        entrance.unlock("valbrune-07", PASSPHRASE)
    assert refusal.value.code == "not_found"
    # An open connection would leave its -wal and -shm beside the store.
    assert _files(entrance.folder).keys() == before.keys()


def test_the_paper_key_opens_and_gives_a_new_passphrase(
    entrance: Entrance, entered: Entry, moving: MovableClock
) -> None:
    assert entered.paper is not None
    lock(entered.context)
    recovered = entrance.recover(entered.paper.text.lower().replace("-", " "))
    assert recovered.identifiers == ("valbrune-07",)
    entry = entrance.finish_recovery(recovered, "valbrune-07", "le vélo bleu dort sous la pluie")
    lock(entry.context)
    with pytest.raises(Refusal):
        entrance.unlock("valbrune-07", PASSPHRASE)
    moving.move(seconds=1)
    entrance.unlock("valbrune-07", "le vélo bleu dort sous la pluie").context.store.close()


def test_a_paper_nobody_copied_is_told_until_it_is(entrance: Entrance, first: FirstStart) -> None:
    """Killed between the making of the store and the two groups typed back."""
    entry = entrance.first_start(first)
    assert entry.notices == ()  # whoever copies it now works next, and is not told that nobody did
    lock(entry.context)
    again = entrance.unlock("valbrune-07", PASSPHRASE)
    assert [notice.code for notice in again.notices] == ["paper_unconfirmed"]
    entrance.confirm_paper(again)
    lock(again.context)
    last = entrance.unlock("valbrune-07", PASSPHRASE)
    assert last.notices == ()
    last.context.store.close()


def test_a_first_start_that_was_killed_starts_anew(entrance: Entrance, first: FirstStart) -> None:
    entrance.folder.mkdir(parents=True)
    (entrance.folder / "first-start").touch()
    (entrance.folder / "keys.json").write_text("{}")
    (entrance.folder / "store.part").write_bytes(b"half")
    assert entrance.is_new()
    entrance.first_start(first).context.store.close()
    assert not (entrance.folder / "first-start").exists()


def test_a_lost_database_is_not_a_first_start(entrance: Entrance, entered: Entry, first: FirstStart) -> None:
    lock(entered.context)
    entrance.path.unlink()
    keys = (entrance.folder / "keys.json").read_bytes()
    assert not entrance.is_new()
    with pytest.raises(Refusal) as refusal:
        entrance.first_start(first)
    assert refusal.value.code == "store_exists"
    with pytest.raises(Refusal) as missing:
        entrance.unlock("valbrune-07", PASSPHRASE)
    assert missing.value.code == "store_missing"
    assert (entrance.folder / "keys.json").read_bytes() == keys


def test_a_damaged_database_is_said_and_kept(entrance: Entrance, entered: Entry) -> None:
    lock(entered.context)
    entrance.path.write_bytes(bytes(40960))
    before = _files(entrance.folder)
    with pytest.raises(Refusal) as refusal:
        entrance.unlock("valbrune-07", PASSPHRASE)
    assert refusal.value.code == "store_damaged"
    assert _files(entrance.folder) == before


def test_an_old_file_put_back_is_seen_by_the_anchor(entrance: Entrance, entered: Entry, ids: Ids) -> None:
    lock(entered.context)
    old = entrance.path.read_bytes()
    context = entrance.unlock("valbrune-07", PASSPHRASE).context
    for _ in range(3):
        with context.store.transaction(context.actor, "create_person") as tx:
            persons.save(tx, Person(id=ids.new(), birth_name="Perrin", first_names="Loïc"))
            tx.note("person")
    lock(context)
    entrance.path.write_bytes(old)
    entry = entrance.unlock("valbrune-07", PASSPHRASE)
    assert [notice.code for notice in entry.notices] == ["anchor_missing_entries"]
    entry.context.store.close()
