"""The page « À reporter » by its keys: next block, copy, note; what changed; what was said by mistake; the settings."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from spip_desktop.domain.carrying import System
from spip_desktop.domain.officer import Role
from spip_desktop.domain.place import Place
from spip_desktop.domain.text_diff import text_before, text_now
from spip_desktop.services.context import Context
from spip_desktop.ui import carrying, carrying_setup
from spip_desktop.ui.carrying.page import CarryingPage
from spip_desktop.ui.carrying.person_page import PersonCarryingPage
from spip_desktop.ui.carrying_setup.page import CarryingSetupPage
from spip_desktop.ui.changed_text import ChangedText
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.page import Page
from spip_desktop.wiring import Services, make_services
from tests.services.test_journal import as_role
from tests.store_fixtures import MovableClock
from tests.ui.checks import (
    assert_every_control_is_named,
    assert_no_clipped_text,
    assert_one_filled_button,
    settle,
)
from tests.ui.conftest import Show
from tests.ui.typing import click, press, type_text

Open = Callable[..., Page]
TODAY = date(2026, 11, 22)
SECRET = "x-kde-passwordManagerHint"


@pytest.fixture(autouse=True)
def nothing_left(qapp: QApplication) -> None:
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    QGuiApplication.clipboard().clear()


@pytest.fixture
def services(context: Context) -> Services:
    return make_services(context)


@pytest.fixture
def open_page(services: Services, show: Show) -> Open:
    def fail(line: str) -> None:
        raise AssertionError(line)

    def opened(kind: str, id_: UUID | None = None, by: Services | None = None) -> Page:
        page = {**carrying.PAGES, **carrying_setup.PAGES}[kind](by or services, Guard(fail))
        show(page)
        page.open(Place(kind, id_))
        settle()
        return page

    return opened


@pytest.fixture
def mine(services: Services, loic: UUID) -> UUID:
    """Two interviews of today, arrêtés, in a dossier one follows."""
    services.persons.assign(loic, services.context.officer_id, reason="nouveau")
    for words in ("A commencé le code de la route.", "A revu sa mère au parloir."):
        id_ = services.interviews.writing.begin(loic)
        services.interviews.writing.save_fields(id_, {"today": words})
        services.interviews.writing.close(id_)
    return loic


def queue(page: Page) -> CarryingPage:
    assert isinstance(page, CarryingPage)
    return page


def titles(page: CarryingPage | PersonCarryingPage) -> list[str]:
    column = 1 if isinstance(page, PersonCarryingPage) else 2
    return [row.cells[column].text for row in page.desk.table.records.rows]


def side_words(page: CarryingPage) -> str:
    from spip_desktop.ui.text import Text

    return "\n".join(one.text() for one in page.desk.side.findChildren(Text) if one.isVisibleTo(page.desk.side))


def test_next_copy_note_in_three_keys(open_page: Open, mine: UUID) -> None:
    page = queue(open_page("carrying"))
    table, before = page.desk.table, len(titles(page))
    assert table.hasFocus()
    press(table, Qt.Key.Key_Down)
    block = page.desk.current()
    assert block is not None
    press(table, Qt.Key.Key_C)
    assert QGuiApplication.clipboard().text() == block.text
    press(table, Qt.Key.Key_R)
    settle()
    assert len(titles(page)) == before - 1
    assert page.desk.current() != block, "the next one is in its place"
    assert page.desk.current() is not None
    assert table.hasFocus()
    assert page.notice.sentence.text() == "Reporté dans APPI le 22/11/2026."


def test_what_is_copied_is_marked_at_once(open_page: Open, mine: UUID) -> None:
    """That it is forgotten after thirty seconds and at the lock: tests/ui/test_clipboard.py, on a real screen."""
    page = queue(open_page("carrying"))
    clipboard = QGuiApplication.clipboard()
    click(page.copy)
    assert clipboard.mimeData().hasFormat(SECRET), "from the first instant, before any watch looks"
    clipboard.clear()
    press(page.desk.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    block = page.desk.current()
    assert block is not None
    assert clipboard.text() == block.text, "not the words of the cell"
    assert clipboard.mimeData().hasFormat(SECRET)


def test_undo_takes_the_report_back_and_the_block_waits_again(open_page: Open, mine: UUID) -> None:
    page = queue(open_page("carrying"))
    before = titles(page)
    press(page.desk.table, Qt.Key.Key_R)
    click(page.notice.undo)
    settle()
    assert titles(page) == before


def test_what_changed_since_the_report_is_shown_before_and_now(
    open_page: Open, services: Services, mine: UUID, moving: MovableClock
) -> None:
    for block in services.carrying.queue().blocks:
        services.carrying.carry(block)
    moving.move(days=1)
    services.persons.save_fields(mine, {"phone": "06 00 00 00 01"})
    page = queue(open_page("carrying"))
    assert titles(page) == ["Coordonnées et emploi"]
    assert page.desk.table.records.rows[0].cells[2].second.endswith("Modifié depuis le report du 22/11/2026")
    (shown,) = page.desk.side.findChildren(ChangedText)
    assert "06 39 98 45 12" in text_before(shown.pieces)
    assert text_now(shown.pieces).endswith("00 00 00 01.")


def test_not_to_be_reported_asks_why(open_page: Open, services: Services, mine: UUID) -> None:
    page = queue(open_page("carrying"))
    before = len(titles(page))
    click(page.desk.side.aside)
    panel = page.desk.aside.panel
    assert panel is not None
    click(panel.write)
    assert panel.form.field("reason").problem
    type_text(panel.form.field("reason").editor, "Deja saisi par le greffe")
    click(panel.write)
    settle()
    assert len(titles(page)) == before - 1
    assert [one.line.reason for one in services.carrying.done()] == ["Deja saisi par le greffe"]


def test_the_day_of_the_report_may_be_another_and_never_tomorrow(open_page: Open, mine: UUID) -> None:
    page = queue(open_page("carrying"))
    day = page.desk.side.form.field("on")
    day.set_value(date(2026, 11, 23))
    click(page.desk.side.report)
    assert day.problem
    day.set_value(TODAY)
    click(page.desk.side.report)
    assert page.notice.sentence.text().endswith("22/11/2026.")


def test_what_was_reported_stays_in_sight_and_may_be_taken_back(open_page: Open, mine: UUID) -> None:
    page = queue(open_page("carrying"))
    press(page.desk.table, Qt.Key.Key_R)
    page.desk.tabs.set_value("reportes")
    page.desk.show_rows()
    settle()
    assert len(page.desk.table.records.rows) == 1
    assert not page.copy.isEnabled()
    page.desk.table.setFocus()
    assert "Reporté dans APPI le 22/11/2026 par Claire Vasseur" in side_words(page)
    click(page.desk.side.withdraw)
    settle()
    (row,) = page.desk.table.records.rows
    assert "Retiré le 22/11/2026 par Claire Vasseur" in row.cells[2].second
    assert not page.desk.side.withdraw.isVisibleTo(page.desk.side)


def test_one_system_at_a_time(open_page: Open, services: Services, mine: UUID) -> None:
    services.incidents.note(mine, "autre", "Bruit dans la coursive")
    page = queue(open_page("carrying"))
    every = titles(page)
    page.desk.tabs.set_value(System.GENESIS)
    page.desk.show_rows()
    assert titles(page) == ["Incident du 22/11/2026"]
    assert set(titles(page)) < set(every)


def test_the_same_queue_for_one_dossier(open_page: Open, mine: UUID) -> None:
    page = open_page("person.carrying", mine)
    assert isinstance(page, PersonCarryingPage)
    assert len(titles(page)) == len(page.services.carrying.queue().blocks)
    assert page.desk.table.hasFocus()
    press(page.desk.table, Qt.Key.Key_R)
    settle()
    assert "bloc" in page.head.detail.text()


def test_empty_it_says_what_comes_there(open_page: Open) -> None:
    page = queue(open_page("carrying"))
    assert page.desk.empty.isVisibleTo(page)
    assert page.desk.empty.sentence.text() == "Rien à reporter."
    assert not page.copy.isEnabled()


@pytest.mark.parametrize("kind", ["carrying", "person.carrying", "carrying.setup"])
def test_the_pages_are_made_as_the_house_asks(open_page: Open, dpip_context: Context, mine: UUID, kind: str) -> None:
    page = open_page(kind, mine if kind.startswith("person") else None, by=make_services(dpip_context))
    assert_no_clipped_text(page)
    assert_every_control_is_named(page)
    assert_one_filled_button(page)


def test_the_service_turns_a_kind_off_and_says_since_when(
    open_page: Open, dpip_context: Context, services: Services, mine: UUID
) -> None:
    page = open_page("carrying.setup", by=make_services(dpip_context))
    assert isinstance(page, CarryingSetupPage)
    codes = [row.key for row in page.table.records.rows]
    page.table.setCurrentIndex(page.table.records.index(codes.index("entretien"), 0))
    press(page.table, Qt.Key.Key_Return)
    assert page.panel is not None
    page.panel.form.field("in_use").set_value("non")
    click(page.panel.write)
    settle()
    assert not [one for one in services.carrying.queue().blocks if one.kind.code == "entretien"]
    type_text(page.since.field("since").editor, "01/11/2026")
    press(page.since.field("since").editor, Qt.Key.Key_Tab)
    assert services.carrying.since() == date(2026, 11, 1)


def test_a_service_starts_from_today_once_and_takes_it_back(mine: UUID, moving: MovableClock, open_page: Open) -> None:
    del mine
    moving.move(days=1)
    page = queue(open_page("carrying"))
    assert page.start_choice.isVisibleTo(page)
    before = len(page.desk.table.records.rows)
    assert before, "what was noted before is asked for"
    button = page.findChild(QWidget, "carrying.start")
    assert isinstance(button, QWidget)
    click(button)
    settle()
    assert not page.desk.table.records.rows
    assert not page.start_choice.isVisibleTo(page), "it was chosen"
    page.reload()
    assert not page.start_choice.isVisibleTo(page)
    click(page.notice.undo)
    settle()
    assert len(page.desk.table.records.rows) == before


def test_who_does_not_set_the_service_is_not_asked_where_to_start(
    context: Context, mine: UUID, open_page: Open
) -> None:
    del mine
    page = queue(open_page("carrying", by=make_services(as_role(context, Role.CPIP, "valbrune-30"))))
    assert not page.start_choice.isVisibleTo(page)
