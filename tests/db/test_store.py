"""The encrypted store: what it refuses, what it keeps, what it never loses."""

import math
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
import sqlcipher3.dbapi2 as sqlcipher

from spip_desktop.db import connection, journal
from spip_desktop.db import person as persons
from spip_desktop.db.connection import StoreBroken
from spip_desktop.db.schema import JOURNAL, REVISION
from spip_desktop.db.store import AUTOSAVE, Store, create_store, make_engine, open_store
from spip_desktop.domain.clock import Clock
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.ids import Ids
from spip_desktop.domain.person import Person
from spip_desktop.services.context import Context
from tests.store_fixtures import KEY, STORE_ID, MovableClock


@pytest.fixture
def someone(ids: Ids) -> Person:
    return Person(id=ids.new(), birth_name="N’Diaye", first_names="Loïc", birth_date=date(2004, 3, 14))


def _save(context: Context, person: Person, act: str = "create_person") -> None:
    with context.store.transaction(context.actor, act) as tx:
        persons.save(tx, person)
        tx.note("person", person.id)


def _entropy(content: bytes) -> float:
    counts = Counter(content)
    return -sum(n / len(content) * math.log2(n / len(content)) for n in counts.values())


def test_a_record_comes_back_as_it_was_saved(context: Context, someone: Person) -> None:
    whole = replace(someone, aliases=("Momo", "L’Ancien"), nationalities=("française",), sms_agreed=False)
    _save(context, whole)
    with context.store.reading() as tx:
        assert persons.PERSONS.get(tx, someone.id) == whole


def test_the_file_and_its_wal_are_unreadable(context: Context, someone: Person) -> None:
    for number in range(200):
        _save(context, replace(someone, id=context.ids.new(), first_names=f"CANARI-{number}"))
    for path in (context.store.path, context.store.path.with_name("store.db-wal")):
        content = path.read_bytes()
        assert not content.startswith(b"SQLite format 3")
        assert b"CANARI" not in content
        assert _entropy(content) > 7.9
    # Positive control: the same words, without a key, are there to be found.
    plain = sqlcipher.connect(str(context.store.path.with_name("plain.db")))
    plain.execute("CREATE TABLE t(x)")
    plain.execute("INSERT INTO t VALUES ('CANARI-1')")
    plain.commit()
    plain.close()
    assert b"CANARI" in context.store.path.with_name("plain.db").read_bytes()


def test_a_wrong_key_is_refused_and_writes_nothing(store: Store, clock: Clock, ids: Ids) -> None:
    store.checkpoint()
    before = store.path.read_bytes()
    with pytest.raises(Refusal) as refusal:
        open_store(store.path, bytes(32), clock, ids)
    assert refusal.value.code == "wrong_key"
    assert store.path.read_bytes() == before


def test_a_short_key_never_reaches_the_engine(store: Store) -> None:
    with pytest.raises(StoreBroken):
        make_engine(store.path, KEY[:31])


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "store_damaged"), (b"SQLite format 3\0" + bytes(4080), "store_foreign"), (bytes(8192), "wrong_key")],
)
def test_a_file_that_is_no_store_is_refused_and_kept(
    tmp_path: Path, clock: Clock, ids: Ids, content: bytes, code: str
) -> None:
    path = tmp_path / "store.db"
    path.write_bytes(content)
    with pytest.raises(Refusal) as refusal:
        open_store(path, KEY, clock, ids)
    assert refusal.value.code == code
    assert path.read_bytes() == content


def test_nothing_is_created_where_a_store_exists_or_is_missing(store: Store, tmp_path: Path) -> None:
    with pytest.raises(Refusal) as exists:
        create_store(store.path, KEY, STORE_ID, store.clock, store.ids)
    assert exists.value.code == "store_exists"
    with pytest.raises(Refusal) as missing:
        open_store(tmp_path / "none.db", KEY, store.clock, store.ids)
    assert missing.value.code == "store_missing"
    assert not (tmp_path / "none.db").exists()


def test_a_damaged_page_is_said_and_the_file_kept(context: Context, someone: Person) -> None:
    _save(context, someone)
    store = context.store
    store.checkpoint()
    store.close()
    content = bytearray(store.path.read_bytes())
    for start in range(4096, len(content), 4096):
        content[start + 100] ^= 0x40
    store.path.write_bytes(content)
    with pytest.raises(Refusal) as refusal:
        open_store(store.path, KEY, store.clock, store.ids)
    assert refusal.value.code in {"store_damaged", "wrong_key"}
    assert store.path.read_bytes() == bytes(content)


def test_an_act_that_fails_leaves_nothing_behind(context: Context, someone: Person) -> None:
    with pytest.raises(ZeroDivisionError), context.store.transaction(context.actor, "create_person") as tx:
        persons.save(tx, someone)
        tx.note("person", someone.id)
        raise ZeroDivisionError
    with context.store.reading() as tx:
        assert persons.PERSONS.find(tx) == []
        assert (
            tx.connection.scalar(sa.select(sa.func.count()).select_from(REVISION).where(REVISION.c.kind == "person"))
            == 0
        )


def test_a_reading_cannot_write(context: Context, someone: Person) -> None:
    with pytest.raises(StoreBroken), context.store.reading() as tx:
        persons.save(tx, someone)


def test_every_value_is_kept_as_a_revision_and_a_stretch_of_autosaves_as_one(
    context: Context, someone: Person, moving: MovableClock
) -> None:
    _save(context, someone)
    for text in ("m", "ma", "matin"):
        _save(context, replace(someone, availability=text), AUTOSAVE)
    moving.move(minutes=16)
    _save(context, replace(someone, availability="soir"), AUTOSAVE)
    with context.store.reading() as tx:
        rows = tx.connection.execute(sa.select(REVISION).where(REVISION.c.object_id == someone.id)).all()
    assert [("matin" in row.content, "soir" in row.content) for row in rows] == [
        (False, False),
        (True, False),
        (False, True),
    ]
    assert [row.base for row in rows] == [None, rows[0].id, rows[1].id]


def test_someone_else_s_save_is_not_overwritten(context: Context, someone: Person) -> None:
    _save(context, someone)
    with context.store.reading() as tx:
        lock = persons.PERSONS.stored(tx, someone.id).lock
    _save(context, replace(someone, birth_place="Orsanne"))
    with pytest.raises(Refusal) as refusal, context.store.transaction(context.actor, AUTOSAVE) as tx:
        persons.save(tx, replace(someone, birth_place="Valbrune"), lock=lock)
    assert refusal.value.code == "changed_elsewhere"


def test_the_bin_hides_and_gives_back(context: Context, someone: Person) -> None:
    _save(context, someone)
    with context.store.transaction(context.actor, "bin") as tx:
        persons.PERSONS.bin(tx, someone.id)
    with context.store.reading() as tx:
        assert persons.PERSONS.find(tx) == []
    with context.store.transaction(context.actor, "restore") as tx:
        persons.PERSONS.restore(tx, someone.id)
    with context.store.reading() as tx:
        assert persons.PERSONS.find(tx) == [someone]


def test_what_is_in_the_bin_is_not_saved_over_until_it_is_taken_back(context: Context, someone: Person) -> None:
    _save(context, someone)
    with context.store.transaction(context.actor, "bin") as tx:
        read_before = persons.PERSONS.stored(tx, someone.id).lock
        persons.PERSONS.bin(tx, someone.id)
    for lock in (None, read_before, read_before + 1):
        with (
            pytest.raises(Refusal, match="not_found"),
            context.store.transaction(context.actor, AUTOSAVE) as tx,
        ):
            persons.save(tx, replace(someone, birth_place="Orsanne"), lock=lock)
    with context.store.reading() as tx:
        assert persons.PERSONS.find(tx) == []
        assert persons.PERSONS.get(tx, someone.id) == someone
    with context.store.transaction(context.actor, "restore") as tx:
        persons.PERSONS.restore(tx, someone.id)
        persons.save(tx, replace(someone, birth_place="Orsanne"))
    with context.store.reading() as tx:
        assert [one.birth_place for one in persons.PERSONS.find(tx)] == ["Orsanne"]


def test_the_journal_chain_finds_one_changed_byte_and_a_missing_line(context: Context, someone: Person) -> None:
    for _ in range(5):
        _save(context, replace(someone, id=context.ids.new()))
    store, key = context.store, context.store.identity.journal_key
    with store.reading() as tx:
        assert journal.first_break(tx.connection, key) is None
    for statement in ("UPDATE journal SET reason = 'x' WHERE seq = 3", "DELETE FROM journal WHERE seq = 3"):
        with pytest.raises(sa.exc.DatabaseError), store.transaction(context.actor, "attack") as tx:
            tx.connection.exec_driver_sql(statement)
        # Positive control: someone who holds the key and drops the triggers is still seen by the chain.
        with store.transaction(context.actor, "attack") as tx:
            tx.connection.exec_driver_sql("DROP TRIGGER IF EXISTS journal_no_update")
            tx.connection.exec_driver_sql("DROP TRIGGER IF EXISTS journal_no_delete")
            tx.connection.exec_driver_sql(statement)
            assert journal.first_break(tx.connection, key) == 3
            tx.connection.rollback()
            tx.connection.exec_driver_sql("BEGIN IMMEDIATE")


def test_autosaves_write_one_journal_line_in_fifteen_minutes(
    context: Context, someone: Person, moving: MovableClock
) -> None:
    _save(context, someone)
    for minutes in (1, 5, 8, 2):
        moving.move(minutes=minutes)
        _save(context, replace(someone, availability=str(minutes)), AUTOSAVE)
    with context.store.reading() as tx:
        count = sa.select(sa.func.count()).select_from(JOURNAL).where(JOURNAL.c.act == AUTOSAVE)
        assert tx.connection.scalar(count) == 2


@pytest.mark.parametrize("name", ["OLDEST_SQLITE", "OLDEST_SQLCIPHER"])
def test_an_engine_that_can_corrupt_a_store_does_not_run(
    store: Store, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Control: the one that is installed does."""
    store.connect(store.path).close()
    monkeypatch.setattr(connection, name, (99, 0, 0))
    with pytest.raises(StoreBroken):
        store.connect(store.path)
