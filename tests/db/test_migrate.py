"""The schema: what the migrations make is what the program declares; a step is whole or not at all."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from spip_desktop.db import migrate
from spip_desktop.db import store as stores
from spip_desktop.db.connection import APPLICATION_ID, Connect, Connector, StoreBroken
from spip_desktop.db.schema import METADATA
from spip_desktop.db.store import Store, make_engine, open_store
from spip_desktop.domain.clock import Clock
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.ids import Ids
from spip_desktop.services import backup_files
from spip_desktop.services.backup import make_of
from tests.store_fixtures import KEY, STORE_ID


def test_the_migrations_make_the_tables_that_the_program_declares(store: Store) -> None:
    engine = make_engine(store.path, KEY)
    with engine.connect() as connection:
        # The search index is SQLite's own, and made by hand.
        context = MigrationContext.configure(
            connection, opts={"include_name": lambda name, kind, _: not (name or "").startswith("person_search")}
        )
        differences = compare_metadata(context, METADATA)
        # Positive control: one column more would be seen.
        connection.exec_driver_sql("ALTER TABLE draft ADD COLUMN more TEXT")
        assert compare_metadata(context, METADATA) != differences
        connection.rollback()
    engine.dispose()
    assert differences == []


def test_the_head_written_in_the_code_is_the_newest_revision() -> None:
    assert ScriptDirectory.from_config(migrate.config_for(None)).get_current_head() == migrate.HEAD


def test_a_store_at_the_head_is_left_as_it_is(store: Store) -> None:
    store.checkpoint()
    before = store.path.read_bytes()
    engine = make_engine(store.path, KEY)
    migrate.upgrade(engine)
    engine.dispose()
    assert store.path.read_bytes() == before


def test_a_newer_store_is_refused_and_kept(store: Store, clock: Clock, ids: Ids) -> None:
    engine = make_engine(store.path, KEY)
    with engine.connect() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    store.close()
    before = store.path.read_bytes()
    with pytest.raises(Refusal) as refusal:
        open_store(store.path, KEY, clock, ids)
    assert refusal.value.code == "store_newer"
    assert store.path.read_bytes() == before


def test_a_step_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    path.touch()
    engine = make_engine(path, KEY)
    # The last statement of the step cannot succeed: what came before it must go too.
    with engine.connect() as connection:
        connection.exec_driver_sql("CREATE TABLE person_search (x)")
    with pytest.raises(sa.exc.DatabaseError):
        migrate.upgrade(engine)
    with engine.connect() as connection:
        tables = sa.inspect(connection).get_table_names()
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    engine.dispose()
    assert tables == ["person_search"]


def test_the_file_is_no_plain_sqlite(store: Store) -> None:
    with pytest.raises(sqlite3.DatabaseError):
        sqlite3.connect(store.path).execute("SELECT count(*) FROM sqlite_master")


OLDEST = "0001"


@pytest.fixture
def old_store(tmp_path: Path, ids: Ids) -> Path:
    """A store as the first version of the program made it."""
    path = tmp_path / "old" / "store.db"
    path.parent.mkdir()
    path.touch()
    engine = make_engine(path, KEY)
    with engine.connect() as connection:
        migrate._run(connection, OLDEST)
        stores._write_identity(connection, stores.Identity(STORE_ID, ids.new(), bytes(32), demonstration=False))
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.commit()
    engine.dispose()
    return path


def test_an_older_store_is_migrated_only_after_a_verified_backup(old_store: Path, clock: Clock, ids: Ids) -> None:
    def refuse(connect: Connect) -> None:
        raise Refusal("backup_no_room", drive="D:")

    def back_up(connect: Connect) -> None:
        make_of(old_store, connect, "migration", clock, lambda done, total: None)

    with pytest.raises(StoreBroken):
        open_store(old_store, KEY, clock, ids)
    with pytest.raises(Refusal) as refusal:
        open_store(old_store, KEY, clock, ids, refuse)
    assert refusal.value.code == "backup_no_room"
    assert _revision(old_store) == OLDEST
    open_store(old_store, KEY, clock, ids, back_up).close()
    assert _revision(old_store) == migrate.HEAD
    (made,) = backup_files.every(old_store.parent / backup_files.FOLDER)
    assert (made.reason, made.facts.schema, _revision(made.store)) == ("migration", OLDEST, OLDEST)


def test_a_migration_that_fails_leaves_the_store_as_it_was_and_its_backup(
    old_store: Path, clock: Clock, ids: Ids
) -> None:
    with closing(Connector(KEY)(old_store)) as connection:
        connection.execute("CREATE TABLE erasure (x)")  # the second step makes a table of that name
    made = []

    def back_up(connect: Connect) -> None:
        made.append(make_of(old_store, connect, "migration", clock, lambda done, total: None))

    with pytest.raises(Refusal):
        open_store(old_store, KEY, clock, ids, back_up)
    assert _revision(old_store) == OLDEST
    assert _revision(made[0].store) == OLDEST


def _revision(path: Path) -> str:
    with closing(Connector(KEY)(path)) as connection:
        return str(connection.execute("SELECT version_num FROM alembic_version").fetchone()[0])


def test_the_line_of_text_on_a_convention_becomes_its_object(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    path.touch()
    engine = make_engine(path, KEY)
    with engine.connect() as connection:
        command.upgrade(migrate.config_for(connection), "0011")
        columns = connection.exec_driver_sql("PRAGMA table_info(partner)").mappings().all()
        row = {one["name"]: "" if one["notnull"] else None for one in columns}
        row |= {"id": "ab" * 16, "name": "ML", "nature": "droit_commun", "convention": "Convention de 2025"}
        names = ", ".join(f'"{name}"' for name in row)
        marks = ", ".join("?" for _ in row)
        connection.exec_driver_sql(f"INSERT INTO partner ({names}) VALUES ({marks})", tuple(row.values()))
        command.upgrade(migrate.config_for(connection), "0012")
        found = connection.exec_driver_sql("SELECT root_id, purpose FROM partner_conventions").fetchall()
    engine.dispose()
    assert [tuple(one) for one in found] == [("ab" * 16, "Convention de 2025")]


def test_the_days_of_a_preparation_become_a_record_with_its_revision(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    path.touch()
    engine = make_engine(path, KEY)
    with engine.connect() as connection:
        command.upgrade(migrate.config_for(connection), "0021")
        for table, known in (
            ("revision", {"id": "cd" * 16, "db_id": "ef" * 16, "kind": "person", "object_id": "ab" * 16, "seq": 1}),
            (
                "person",
                {"id": "ab" * 16, "revision": "cd" * 16, "ppaip_from": "2026-10-05", "ppaip_until": "2026-11-01"},
            ),
        ):
            columns = connection.exec_driver_sql(f"PRAGMA table_info({table})").mappings().all()
            row = {one["name"]: "" if one["notnull"] else None for one in columns} | known
            names, marks = ", ".join(f'"{name}"' for name in row), ", ".join("?" for _ in row)
            connection.exec_driver_sql(f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(row.values()))
        command.upgrade(migrate.config_for(connection), "0022")
        found = connection.exec_driver_sql(
            "SELECT p.person_id, p.starts, p.ends, p.state, r.kind, r.db_id FROM preparation p"
            " JOIN revision r ON r.id = p.revision AND r.object_id = p.id"
        ).fetchall()
    engine.dispose()
    assert [tuple(one) for one in found] == [
        ("ab" * 16, "2026-10-05", "2026-11-01", "terminee", "preparation", "ef" * 16)
    ]
