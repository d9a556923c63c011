"""A backup put in place of the store: on a blank machine with the paper, after a damage, and never half."""

import shutil
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from pytestqt.qtbot import QtBot

from spip_desktop.db import journal
from spip_desktop.db import person as persons
from spip_desktop.db.schema import REVISION
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.ids import Ids
from spip_desktop.security.derivation import FLOOR
from spip_desktop.services.restore import NOBODY, Restoration
from spip_desktop.services.unlock import Entry, lock
from spip_desktop.ui.entrance.flow import EntranceFlow
from spip_desktop.ui.entrance.restore import RestoreCard, RestoreFlow
from spip_desktop.ui.entrance.window import EntranceWindow
from spip_desktop.ui.tasks import Tasks
from spip_desktop.wiring import make_services
from spip_desktop.wording import sentence
from tests.faults.conftest import PASSPHRASE, PERSONS, House
from tests.faults.day import new_person
from tests.store_fixtures import MovableClock

NEW = "le vélo bleu dort sous la pluie"


def silently(done: int, total: int) -> None:
    """Nobody follows."""


def restoration_of(house: House) -> Restoration:
    return Restoration(house.folder, house.clock, Ids(house.clock), lambda: FLOOR)


@pytest.fixture
def blank(tmp_path: Path, moving: MovableClock) -> House:
    """A machine that never held a store."""
    folder = tmp_path / "blank"
    folder.mkdir()
    return House(folder, moving.clock)


def names(entry: Entry) -> set[str]:
    with entry.context.store.reading() as tx:
        return {one.birth_name for one in persons.PERSONS.find(tx)}


def test_a_blank_machine_a_backup_and_the_paper_are_enough(
    house: House, blank: House, paper: str, tmp_path: Path
) -> None:
    services = house.services()
    former = services.context.store.identity
    services.backups.copy_to(tmp_path / "stick")
    assert blank.entrance.is_new()

    restoration = restoration_of(blank)
    (one,) = restoration.backups(tmp_path / "stick")
    opened = restoration.recover(one, paper)
    restored = restoration.restore(one, opened, silently)
    assert restored.quarantine is None
    assert not blank.entrance.is_new()
    recovered = blank.entrance.recover(paper)
    entry = blank.entrance.finish_recovery(recovered, "valbrune-07", NEW)

    store = entry.context.store
    assert store.identity.store == former.store
    assert store.identity.db_id != former.db_id  # what it writes is never taken for what the other wrote
    assert len(names(entry)) == PERSONS
    make_services(entry.context).persons.quick_start(new_person(800))
    with store.reading() as tx:
        assert journal.first_break(tx.connection, store.identity.journal_key) is None
        lines = [row for row in tx.connection.exec_driver_sql(journal.EVERY_LINE) if row[3] == "restore"]
        ids = set(tx.connection.scalars(sa.select(REVISION.c.db_id).order_by(REVISION.c.seq.desc()).limit(1)))
    assert [(line[2], line[6][:2]) for line in lines] == [(str(NOBODY), f"{one.number} ")]
    assert ids == {store.identity.db_id}
    lock(entry.context)
    assert [notice.code for notice in blank.entrance.unlock("valbrune-07", NEW).notices] == []


def test_what_was_written_after_the_backup_is_said_and_kept(house: House) -> None:
    services = house.services()
    one = services.backups.make("work")
    for number in range(700, 705):
        services.persons.quick_start(new_person(number))
    last = services.context.store.journal_head()[0]
    lock(services.context)
    before = house.store.read_bytes()

    restoration = restoration_of(house)
    restored = restoration.restore(one, restoration.unlock(one, "valbrune-07", PASSPHRASE), silently)
    assert (restored.first, restored.last) == (one.facts.seq + 1, last + 1)  # the lock is a line too
    assert restored.quarantine is not None
    assert (restored.quarantine / "store.db").read_bytes() == before
    kept = {path.name for path in restored.quarantine.iterdir()}
    assert {"store.db", "keys.json", "anchor.json"} <= kept
    entry = house.enter()
    assert entry.notices == ()
    assert "Perrin-00700" not in names(entry)


def test_nothing_moves_before_the_backup_was_read_whole(house: House, moving: MovableClock) -> None:
    services = house.services()
    one = services.backups.make("work")
    lock(services.context)
    before = {path.name: path.read_bytes() for path in house.folder.iterdir() if path.is_file()}
    restoration = restoration_of(house)
    with pytest.raises(Refusal):
        restoration.unlock(one, "valbrune-07", "une phrase qui n’est pas la bonne")
    moving.move(minutes=1)
    opened = restoration.unlock(one, "valbrune-07", PASSPHRASE)

    class Stopped(Exception):  # noqa: N818
        pass

    for at in (40, 80):

        def stop(done: int, total: int, at: int = at) -> None:
            if done == at:
                raise Stopped

        with pytest.raises(Stopped):
            restoration.restore(one, opened, stop)
        assert {name: (house.folder / name).read_bytes() for name in before} == before
    assert house.enter().notices == ()


@pytest.mark.parametrize("killed_after", range(4))
def test_killed_while_files_move_it_can_be_done_again(
    house: House, killed_after: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    services = house.services()
    one = services.backups.make("work")
    lock(services.context)
    restoration = restoration_of(house)
    opened = restoration.unlock(one, "valbrune-07", PASSPHRASE)
    moves = [0]
    rename = Path.rename

    class Killed(BaseException):
        pass

    def kill(path: Path, target: Path) -> Path:
        """The machine stops after so many moves."""
        if moves[0] == killed_after:
            raise Killed
        moves[0] += 1
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", kill)
    with pytest.raises(Killed):
        restoration.restore(one, opened, silently)
        restoration.restore(one, opened, silently)  # a folder with less to move is done at once
    monkeypatch.setattr(Path, "rename", rename)
    assert not house.entrance.is_new()  # never taken for a folder where nothing was kept
    restoration.restore(one, opened, silently)
    assert len(names(house.enter())) == PERSONS


# -- on the screen -----------------------------------------------------------------------------------------------


@pytest.fixture
def screen(qtbot: QtBot) -> EntranceWindow:
    window = EntranceWindow(version_date="22/11/2026", demonstration=False, on_theme=lambda: None, on_size=lambda: None)
    qtbot.addWidget(window)
    return window


def shown(screen: EntranceWindow) -> Any:
    """The card on the screen, whichever it is."""
    return screen.card


def restore_by_hand(qtbot: QtBot, screen: EntranceWindow, house: House, stick: Path, paper: str) -> Entry:
    tasks = Tasks()
    entered: list[Entry] = []
    flow = RestoreFlow(screen, house.entrance, tasks, lambda _: stick)
    flow.entered.connect(entered.append)
    flow.show()
    card = screen.card
    assert isinstance(card, RestoreCard)
    card.elsewhere.emit()
    if paper:
        card.how.set_values({"how": "paper"})
        card._show_fields()
        card.key.set_value(paper)
    else:
        card.identifier.set_value("valbrune-07")
        card.passphrase.line.setText(PASSPHRASE)
    card.next.click()
    qtbot.waitUntil(lambda: not tasks.busy(), timeout=20_000)
    if paper:
        shown(screen).chosen.emit("valbrune-07")
        shown(screen).chosen.emit(NEW)
        qtbot.waitUntil(lambda: not tasks.busy(), timeout=20_000)
    tasks.stop()
    assert entered, shown(screen).message.text()
    (entry,) = entered
    assert isinstance(entry, Entry)
    return entry


@pytest.mark.parametrize("with_paper", [True, False])
def test_the_entrance_restores_on_a_blank_machine(
    qtbot: QtBot, screen: EntranceWindow, house: House, blank: House, paper: str, tmp_path: Path, *, with_paper: bool
) -> None:
    services = house.services()
    services.backups.copy_to(tmp_path / "stick")
    house.leave()
    entry = restore_by_hand(qtbot, screen, blank, tmp_path / "stick", paper if with_paper else "")
    assert len(names(entry)) == PERSONS
    assert [notice.code for notice in entry.notices][:1] == ["restored"]
    assert "est en place" in sentence(entry.notices[0])
    entry.context.store.close()


def test_the_way_there_stands_on_the_first_card_of_both(
    qtbot: QtBot, screen: EntranceWindow, house: House, blank: House
) -> None:
    tasks = Tasks()
    for where in (house, blank):
        flow = EntranceFlow(screen, where.entrance, tasks, where.clock, ())
        flow.start()
        shown(screen).restore_asked.emit()
        assert isinstance(screen.card, RestoreCard)
        assert "Aucune sauvegarde" in shown(screen).message.text()
    tasks.stop()


def test_backups_of_a_chosen_folder_are_found_whatever_its_level(house: House, tmp_path: Path) -> None:
    services = house.services()
    made = services.backups.make("work")
    restoration = restoration_of(house)
    assert restoration.backups() == [made]
    for level in (made.folder, made.folder.parent, house.folder):
        assert restoration.backups(level) == [made]
    assert restoration.backups(tmp_path) == []
    shutil.rmtree(made.folder)
    assert restoration.backups() == []


def test_a_backup_that_is_damaged_points_to_the_newest_that_is_whole(
    qtbot: QtBot, screen: EntranceWindow, house: House
) -> None:
    services = house.services()
    good = services.backups.make("work")
    for damaged in (services.backups.make("work"), services.backups.make("work")):
        content = bytearray(damaged.store.read_bytes())
        content[9_000] ^= 1
        damaged.store.write_bytes(content)
    house.leave()
    before = house.store.read_bytes()
    tasks = Tasks()
    flow = RestoreFlow(screen, house.entrance, tasks)
    entered: list[object] = []
    flow.entered.connect(entered.append)
    flow.show()
    card = shown(screen)
    card.identifier.set_value("valbrune-07")
    card.passphrase.line.setText(PASSPHRASE)
    assert card.which.value("backup") == "0", "the newest is offered first"
    card.next.click()
    qtbot.waitUntil(lambda: not tasks.busy(), timeout=20_000)
    qtbot.waitUntil(lambda: "elle est choisie" in card.message.text(), timeout=2_000)
    assert card.which.value("backup") == "2"
    assert (house.store.read_bytes(), entered) == (before, [])
    card.next.click()
    qtbot.waitUntil(lambda: bool(entered), timeout=20_000)
    tasks.stop()
    (entry,) = entered
    assert isinstance(entry, Entry)
    assert good.facts.seq < entry.context.store.journal_head()[0]
    entry.context.store.close()
