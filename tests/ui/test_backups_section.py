"""« Sauvegardes » on a real store: made, tried, copied to a second folder; and what the window always shows."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from spip_desktop.domain.errors import Unsaved
from spip_desktop.services.context import Context
from spip_desktop.ui.keeper import Keeper
from spip_desktop.ui.settings.backups import BackupsSection
from spip_desktop.ui.tasks import Tasks
from spip_desktop.ui.window import Frame, MainWindow
from spip_desktop.wiring import Services, make_services
from tests.services.test_backup import add_person, flip
from tests.store_fixtures import MovableClock
from tests.ui.checks import assert_every_control_is_named
from tests.ui.conftest import Show


@pytest.fixture
def tasks() -> Iterator[Tasks]:
    made = Tasks()
    yield made
    made.stop()


@pytest.fixture
def services(context: Context) -> Services:
    return make_services(context)


@pytest.fixture
def section(services: Services, tasks: Tasks, show: Show, tmp_path: Path) -> BackupsSection:
    made = BackupsSection(services.backups, tasks, lambda _: tmp_path / "stick")
    show(made)
    made.show_status()
    return made


def press_and_wait(qtbot: QtBot, section: BackupsSection, tasks: Tasks, button: QWidget) -> None:
    button.click()  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: not tasks.busy(), timeout=10_000)


def test_it_begins_without_a_backup_then_says_what_was_made(
    qtbot: QtBot, section: BackupsSection, tasks: Tasks, context: Context
) -> None:
    assert section.status.word.text() == "Pas encore de sauvegarde"
    assert not section.test.isEnabled()
    add_person(context)
    press_and_wait(qtbot, section, tasks, section.make)
    assert section.status.word.text() == "Sauvegarde vérifiée aujourd’hui"
    assert "22/11/2026 à 14 h 02, demandée" in section.list.text().replace("\u00a0", " ")
    assert "1 personne" in section.list.text().replace("\u00a0", " ")
    assert_every_control_is_named(section)


def test_the_focus_comes_back_to_the_button_once_its_act_is_done(
    qtbot: QtBot, section: BackupsSection, tasks: Tasks
) -> None:
    section.make.setFocus()
    section.make.click()
    assert not section.make.hasFocus(), "the control: Qt moves it on while the button rests"
    qtbot.waitUntil(lambda: not tasks.busy(), timeout=10_000)
    qtbot.waitUntil(section.make.hasFocus, timeout=1_000)
    section.make.click()
    section.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    section.setFocus()  # someone goes elsewhere meanwhile
    qtbot.waitUntil(lambda: not tasks.busy() and section.make.isEnabled(), timeout=10_000)
    assert section.hasFocus()


def test_a_backup_is_tried_and_a_damaged_one_is_said(
    qtbot: QtBot, section: BackupsSection, tasks: Tasks, services: Services
) -> None:
    press_and_wait(qtbot, section, tasks, section.make)
    press_and_wait(qtbot, section, tasks, section.test)
    assert "se relit en entier" in section.notice.sentence.text()
    flip(services.backups.every()[0].store, page=4)
    press_and_wait(qtbot, section, tasks, section.test)
    assert "ne se relit pas" in section.outcome.word.text()
    assert not section.notice.isVisible()


def test_each_backup_goes_to_the_second_folder_too(
    qtbot: QtBot, section: BackupsSection, tasks: Tasks, services: Services, tmp_path: Path
) -> None:
    press_and_wait(qtbot, section, tasks, section.pick)
    assert str(tmp_path / "stick") in section.second.text()
    made = services.backups.every()
    assert [one.name for one in (tmp_path / "stick").iterdir()] == [made[0].folder.name]
    section.drop.click()
    assert services.backups.second_folder() is None


def test_a_second_folder_that_is_gone_is_named(
    qtbot: QtBot, section: BackupsSection, tasks: Tasks, services: Services, tmp_path: Path
) -> None:
    press_and_wait(qtbot, section, tasks, section.pick)
    (tmp_path / "stick").rename(tmp_path / "elsewhere")
    (tmp_path / "stick").write_text("no folder any more")
    press_and_wait(qtbot, section, tasks, section.make)
    assert str(tmp_path / "stick") in section.outcome.word.text()
    assert len(services.backups.every()) == 2


# -- the keeper --------------------------------------------------------------------------------------------------


@pytest.fixture
def window(show: Show, clock: object) -> MainWindow:
    made = MainWindow(Frame(clock.local))  # type: ignore[attr-defined]
    show(made)
    return made


@pytest.fixture
def keeper(services: Services, tasks: Tasks, window: MainWindow) -> Iterator[Keeper]:
    made = Keeper(services, tasks, window)
    yield made
    made.stop()


def test_the_window_always_says_how_old_the_last_backup_is(
    qtbot: QtBot, keeper: Keeper, window: MainWindow, tasks: Tasks, moving: MovableClock, context: Context
) -> None:
    keeper.start()
    qtbot.waitUntil(lambda: not tasks.busy(), timeout=10_000)
    assert window.rail.status.word.text() == "Pas encore de sauvegarde"
    keeper.tick()
    qtbot.waitUntil(lambda: not tasks.busy(), timeout=10_000)
    assert window.rail.status.word.text() == "Sauvegarde vérifiée aujourd’hui"
    assert window.rail.status.word.colour == "texte_2"
    moving.move(days=7)
    keeper.show_status()
    assert window.rail.status.word.colour == "texte_2"
    moving.move(days=1)
    keeper.show_status()
    assert window.rail.status.word.text() == "Dernière sauvegarde vérifiée il y a 8 jours"
    assert window.rail.status.word.colour == "alerte"


def test_work_is_backed_up_every_half_hour(
    qtbot: QtBot, keeper: Keeper, services: Services, tasks: Tasks, moving: MovableClock, context: Context
) -> None:
    def after(minutes: int) -> int:
        moving.move(minutes=minutes)
        keeper.tick()
        qtbot.waitUntil(lambda: not tasks.busy(), timeout=10_000)
        return len(services.backups.every())

    keeper.start()
    qtbot.waitUntil(lambda: not tasks.busy(), timeout=10_000)
    assert after(1) == 1
    add_person(context)
    assert after(15) == 1
    assert after(16) == 2
    assert after(31) == 2  # nothing was written meanwhile


def test_a_full_disk_is_said_until_there_is_room_again(
    qtbot: QtBot, keeper: Keeper, services: Services, window: MainWindow, tasks: Tasks
) -> None:
    keeper.start()
    qtbot.waitUntil(lambda: not tasks.busy(), timeout=10_000)
    assert services.context.store.make_room()
    keeper.show_status()
    assert window.rail.status.word.text() == "Disque plein\u00a0: libérez de la place"
    keeper.tick()
    qtbot.waitUntil(lambda: not tasks.busy(), timeout=10_000)
    keeper.show_status()
    assert "Disque" not in window.rail.status.word.text()


def test_the_failure_band_offers_another_medium_when_the_disk_refuses(
    qtbot: QtBot, keeper: Keeper, services: Services, window: MainWindow, tasks: Tasks, tmp_path: Path, context: Context
) -> None:
    keeper.start()
    qtbot.waitUntil(lambda: not tasks.busy(), timeout=10_000)
    keeper.choose = lambda: tmp_path / "stick"
    window.save_failed("Autre chose.")
    assert window.band.findChild(QWidget, "band.action") is None
    folder = context.store.path.parent.rename(tmp_path / "away")
    with pytest.raises(Unsaved):
        add_person(context)
    window.save_failed("Le fichier n’est plus là.")
    action = window.band.findChild(QWidget, "band.action")
    assert action is not None
    action.click()  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: not tasks.busy(), timeout=10_000)
    assert "la copie a été relue" in window.band.sentence.text()
    folder.rename(context.store.path.parent)


def test_a_broken_page_is_named_with_the_backup_to_go_back_to(
    qtbot: QtBot, keeper: Keeper, services: Services, window: MainWindow, tasks: Tasks, context: Context
) -> None:
    services.backups.make("work")
    context.store.checkpoint()
    flip(context.store.path, page=7)
    keeper.look()
    qtbot.waitUntil(lambda: not tasks.busy(), timeout=10_000)
    said = window.band.sentence.text().replace("\u00a0", " ")
    assert "La page 7 du magasin est abîmée" in said
    assert "22/11/2026 à 14 h 02" in said
