"""Typing while the worker has the whole store for a package: what is typed waits, is told why, and is then kept."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from uuid import UUID

import pytest
import sqlcipher3.dbapi2 as sqlcipher
from PySide6.QtWidgets import QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from spip_desktop.db import person as persons
from spip_desktop.domain.clock import Clock
from spip_desktop.domain.errors import Unsaved
from spip_desktop.domain.ids import Ids
from spip_desktop.services.context import Context
from spip_desktop.services.transfer_receiving import Arrived
from spip_desktop.services.transfer_sending import Preparing
from spip_desktop.ui.autosave import Autosave
from spip_desktop.ui.guard import Guard
from spip_desktop.wording import sentence
from tests.services.transfer_fixtures import CHANGES, PASSPHRASE, Station, other_station, silently, station
from tests.ui.checks import settle

SAID = "Un paquet est en cours de reprise\u00a0: votre saisie est gardée et sera enregistrée dès qu’il sera terminé."
_PATIENCE = 30  # seconds, for a test that hangs
Progress = Callable[[int, int], object]
Work = Callable[[Station, Arrived, Progress], object]
WORKS: dict[str, Work] = {
    "looked at": lambda at, arrived, progress: at.service.receiving.look_again(arrived, progress),
    "taken in": lambda at, arrived, progress: at.service.receiving.merge(arrived, progress),
}


@pytest.fixture
def there(template_store: Path, tmp_path: Path, clock: Clock, ids: Ids) -> Iterator[Station]:
    for made in other_station(template_store, tmp_path / "there", clock, ids):
        made.start(1, first=100)
        yield made


@pytest.fixture
def arrived(context: Context, there: Station, tmp_path: Path) -> Arrived:
    """A package of three dossiers, looked at and not yet taken in."""
    here = station(context)
    here.start(3)
    contact = here.trust(there)
    there.trust(here)
    (tmp_path / "stick").mkdir()
    package = here.service.sending.prepare(Preparing(scope=CHANGES, purpose="Suivi", contacts=(contact.id,)))
    written = here.service.sending.write(package.id, tmp_path / "stick", PASSPHRASE, silently)
    return there.service.receiving.look(tmp_path / "stick" / written.file_name, "", silently)


class Held:
    """A work in a real second thread, stopped in the middle of its transaction until it is let go."""

    def __init__(self, work: Work, at: Station, arrived: Arrived) -> None:
        self._inside, self._let_go = threading.Event(), threading.Event()
        self._worker = ThreadPoolExecutor(max_workers=1)
        self._ended = self._worker.submit(work, at, arrived, self._progress)
        assert self._inside.wait(_PATIENCE)

    def _progress(self, done: int, total: int) -> None:
        self._inside.set()
        assert self._let_go.wait(_PATIENCE)

    def end(self) -> None:
        self._let_go.set()
        self._ended.result(_PATIENCE)
        self._worker.shutdown()


class Typing:
    """An officer who types in a field of a dossier of this store, in the thread of the window."""

    def __init__(self, at: Station) -> None:
        self._at, self.text = at, ""
        with at.context.store.reading() as tx:
            self.person: UUID = persons.PERSONS.find(tx, birth_name="Perrin-00100")[0].id
        self.said: list[str] = []
        self.bugs: list[Exception] = []
        self.autosave = Autosave(self._save, report=self.bugs.append)
        self.autosave.failed.connect(self.said.append)

    def _save(self, codes: frozenset[str]) -> datetime | None:
        return self._at.services.persons.save_fields(self.person, {"mobility": self.text}).at

    def type(self, text: str) -> bool:
        self.text = text
        self.autosave.touch("mobility")
        return self.autosave.flush()

    def kept(self) -> str:
        with self._at.context.store.reading() as tx:
            return persons.PERSONS.get(tx, self.person).mobility


@pytest.mark.parametrize("work", WORKS.values(), ids=WORKS.keys())
def test_what_is_typed_waits_for_the_package_and_is_kept(
    there: Station, arrived: Arrived, qapp: object, work: Work
) -> None:
    typing = Typing(there)
    held = Held(work, there, arrived)
    try:
        assert not typing.type("à vélo")
        assert (typing.said, typing.bugs) == ([SAID], []), "told in plain words, no bug"
        assert typing.autosave.waiting() == {"mobility"}
        assert typing.kept() == ""
        assert there.context.store.trouble == "", "the disk is well: no other medium is offered"
    finally:
        held.end()
    assert typing.autosave.flush(), "what its timer does"
    assert typing.kept() == "à vélo"
    assert len(typing.said) == 1


def test_control_nothing_waits_where_no_package_is_read(there: Station, arrived: Arrived, qapp: object) -> None:
    typing = Typing(there)
    assert typing.type("à vélo")
    assert (typing.said, typing.kept()) == ([], "à vélo")


def test_control_the_engine_itself_says_that_it_is_locked(there: Station, arrived: Arrived) -> None:
    """What an autosave would meet: without a turn of its own, it waits five seconds and fails as a bug."""
    store = there.context.store
    alone = store.connect(store.path)
    alone.execute("PRAGMA busy_timeout = 0")
    held = Held(WORKS["taken in"], there, arrived)
    try:
        with pytest.raises(sqlcipher.OperationalError, match="database is locked"):
            alone.execute("BEGIN IMMEDIATE")
    finally:
        held.end()
    alone.execute("BEGIN IMMEDIATE")
    alone.close()


def test_another_thread_waits_for_the_package_instead(there: Station, arrived: Arrived) -> None:
    """What the program does by itself has nobody to tell: it waits for its turn."""
    typing = Typing(there)
    held = Held(WORKS["taken in"], there, arrived)
    with ThreadPoolExecutor(max_workers=1) as second:
        saved = second.submit(typing._save, frozenset())
        assert not saved.done()
        held.end()
        saved.result(_PATIENCE)


def test_a_store_that_something_else_holds_is_not_a_bug(there: Station, qapp: object) -> None:
    typing, store = Typing(there), there.context.store
    with store.reading() as tx:
        tx.connection.exec_driver_sql("PRAGMA busy_timeout = 0")
    other = store.connect(store.path)
    other.execute("BEGIN IMMEDIATE")
    assert not typing.type("à vélo")
    assert typing.bugs == []
    assert typing.said[0].startswith("Le magasin est occupé")
    other.rollback()
    assert typing.autosave.flush()
    assert typing.kept() == "à vélo"
    other.close()


def test_an_act_that_no_page_tells_says_so_and_shows_no_bug(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    logged: list[str] = []
    guard = Guard(logged.append, window)

    def refused() -> None:
        raise Unsaved("package_under_way")

    guard.run(refused)
    box = window.findChild(QMessageBox, "unsaved")
    assert isinstance(box, QMessageBox)
    assert box.text() == sentence(Unsaved("package_under_way")) == SAID
    assert window.findChild(QMessageBox, "bug") is None
    assert logged == []
    box.buttons()[0].click()
    settle()
