"""The page « À traiter »: what it shows, what is written in it, what comes back after a lock."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from spip_desktop.domain.officer import Role
from spip_desktop.domain.place import Place, Seat
from spip_desktop.domain.todo import Answer
from spip_desktop.settings import Settings
from spip_desktop.ui.desk import Desk
from spip_desktop.ui.fields import RadioField
from spip_desktop.ui.page import Page
from spip_desktop.ui.person import strip_values
from spip_desktop.ui.person_strip import StripFact
from spip_desktop.ui.rail import RailButton
from spip_desktop.ui.tasks import Tasks
from spip_desktop.ui.todo.page import TodoPage
from spip_desktop.wiring import Services
from tests.store_fixtures import MovableClock
from tests.ui.checks import (
    assert_every_control_is_named,
    assert_no_clipped_text,
    assert_one_filled_button,
    assert_tab_ring,
    settle,
)
from tests.ui.conftest import Show
from tests.ui.todo.conftest import Open
from tests.ui.typing import click, press, type_text


def todo(page: Page) -> TodoPage:
    assert isinstance(page, TodoPage)
    return page


def shown(page: TodoPage) -> list[str]:
    """The second cell's words of each line, as « En retard, 6 jours »."""
    return [row.cells[2].text for row in page.table.records.rows]


def test_a_name_once_its_lines_beside_it_and_why(open_page: Open, martine: UUID) -> None:
    page = todo(open_page("todo"))
    first = page.table.records.rows[1]
    assert shown(page) == ["Premier entretien\u00a0: aucun noté", "Rapport d’évaluation au magistrat"]
    assert [cell.text for cell in first.cells] == [
        "Martine BRÉAUD", "En retard, 6\u00a0jours", "Rapport d’évaluation au magistrat", "Noter l’envoi",
    ]  # fmt: skip
    assert first.cells[0].second == "58\u00a0ans, milieu ouvert\nSursis probatoire"
    assert first.cells[1].second == "16/11/2026"
    assert first.cells[2].second == "Mesure confiée le 16/08/2026 + 3\u00a0mois (art.\u00a0D.\u00a0113-44)."
    assert page.table.records.follows_group(1)


def test_the_page_is_made_as_the_house_asks(open_page: Open, martine: UUID) -> None:
    page = open_page("todo")
    assert_no_clipped_text(page)
    assert_every_control_is_named(page)
    assert_one_filled_button(page)


def test_it_opens_the_day_and_tab_goes_round(services: Services, martine: UUID, show: Show) -> None:
    tasks = Tasks()
    desk = Desk(services, tasks, Settings(), ())
    show(desk.window)
    desk.start()
    settle()
    assert desk.window.place() == Place("todo")
    assert desk.window.rail.kinds()[0] == "todo"
    names = [one.objectName() for one in assert_tab_ring(desk.window)]
    assert names.index("todo.note") < names.index("todo.table")
    assert desk.workplace.go(Place("deadlines"))
    settle()
    assert_tab_ring(desk.window)
    tasks.stop()


def test_the_rail_counts_what_waits_on_the_page_one_comes_back_to(
    services: Services, martine: UUID, show: Show, qtbot: QtBot
) -> None:
    """After a lock one is where one was, most often elsewhere: the rail said nothing of what waits."""
    waiting = sum(len(group.lines) for group in services.todo.groups())
    assert waiting > 0, "the control"
    services.desk.sit(Seat(Place("settings")))
    tasks = Tasks()
    desk = Desk(services, tasks, Settings(), ())
    show(desk.window)
    desk.start()
    entry = desk.window.findChild(RailButton, "rail.todo")
    assert desk.window.place() == Place("settings")
    assert entry is not None
    qtbot.waitUntil(lambda: entry.count == waiting)
    answered = services.todo.groups()[0].lines[0]
    services.todo.answer(
        answered.person_id, answered.key, Answer.NOT_ACTING, until=date(2027, 1, 5), reason="Déjà dit au magistrat."
    )
    desk.waiting.look()
    qtbot.waitUntil(lambda: entry.count == waiting - 1)
    desk.waiting.stop()
    tasks.stop()


def test_an_empty_list_says_when_lines_come(open_page: Open) -> None:
    page = todo(open_page("todo"))
    assert page.empty.isVisible()
    assert not page.table.isVisible()
    assert page.note.reason == "", "there is nothing to choose"


def test_enter_goes_where_one_acts(open_page: Open, martine: UUID) -> None:
    asked: list[Place] = []
    page = todo(open_page("todo"))
    page.went.connect(asked.append)
    press(page.table, Qt.Key.Key_Return)
    press(page.table, Qt.Key.Key_Down)  # one name stands beside both lines: the cursor still goes line by line
    press(page.table, Qt.Key.Key_Return)
    assert asked == [Place("person.interviews", martine), Place("person.situation", martine, "reports")]


def test_the_tabs_count_and_sort_out(open_page: Open, martine: UUID, services: Services) -> None:
    counts: list[int] = []
    page = todo(open_page("todo"))
    page.counted.connect(counts.append)
    page.reload()
    assert [(tab.code, tab.count) for tab in page.tabs.offered()] == [
        ("tout", 2), ("en_retard", 2), ("aujourd_hui", 0), ("bientot", 0),
    ]  # fmt: skip
    assert counts == [2]
    today = page.tabs.findChild(QWidget, "todo.tabs.aujourd_hui")
    assert today is not None
    click(today)
    settle()
    assert shown(page) == []


def _note(page: TodoPage, *, row: int = 1) -> None:
    """« Noter la suite » of a line: of the report, the second one, unless another is asked for."""
    page.table.setCurrentIndex(page.table.records.index(row, 1))
    settle()
    click(page.note)
    settle()


def test_done_is_written_by_keyboard_and_taken_back(open_page: Open, martine: UUID, services: Services) -> None:
    page = todo(open_page("todo"))
    _note(page)
    assert page.outcome.panel is not None
    form = page.outcome.panel.form
    form.field("answer").set_value(Answer.DONE.value)
    form.edited.emit("answer")
    settle()
    assert form.field("done_on").isVisible()
    assert not form.field("until").isVisible()
    click(page.outcome.panel.write)
    settle()
    assert form.field("recipient").problem, "a report says to whom it went"
    form.field("recipient").set_value("jap")
    form.field("reference").set_value("R-2026-118")
    click(page.outcome.panel.write)
    settle()
    (sent,) = services.reports.of_person(martine).sent
    assert (sent.recipient, sent.reference) == ("jap", "R-2026-118")
    assert shown(page) == ["Premier entretien\u00a0: aucun noté"]
    assert page.notice.isVisible()
    page.undo()
    settle()
    assert len(shown(page)) == 2


def test_the_button_of_the_page_writes_what_the_panel_holds(open_page: Open, martine: UUID, services: Services) -> None:
    page = todo(open_page("todo"))
    _note(page)
    assert page.outcome.panel is not None
    form = page.outcome.panel.form
    form.field("answer").set_value(Answer.NOT_ACTING.value)
    form.field("until").set_value(date(2027, 1, 4))
    type_text(form.field("reason").editor, "Attend la decision")
    click(page.note)
    settle()
    assert page.outcome.panel is None
    assert [one.reason for one in services.todo.outcomes(martine)] == ["Attend la decision"]


def test_another_line_takes_nothing_typed_a_moment_ago(open_page: Open, martine: UUID) -> None:
    page = todo(open_page("todo"))
    _note(page)
    assert page.outcome.panel is not None
    page.outcome.panel.form.field("answer").set_value(Answer.NOT_ACTING.value)
    type_text(page.outcome.panel.form.field("reason").editor, "Attend la decision")
    _note(page, row=0)
    _note(page)
    assert page.outcome.panel.form.value("reason") == "Attend la decision"


def test_the_list_stays_where_one_was_and_the_arrows_stay_in_it(open_page: Open, martine: UUID) -> None:
    page = todo(open_page("todo"))
    page.note.setFocus()
    _note(page)
    assert page.outcome.panel is not None
    form = page.outcome.panel.form
    form.field("answer").set_value(Answer.DONE.value)
    form.field("recipient").set_value("jap")
    click(page.note)
    settle()
    assert page.table.currentIndex().row() == 0, "the last row, in the place of the one that left"
    assert page.note.isEnabled()
    assert page.note.reason == ""
    press(page.table, Qt.Key.Key_Up)
    assert page.table.hasFocus()


def test_a_day_of_the_law_that_is_past_is_not_put_off(open_page: Open, martine: UUID) -> None:
    page = todo(open_page("todo"))
    _note(page)
    assert page.outcome.panel is not None
    answer = page.outcome.panel.form.field("answer")
    assert isinstance(answer, RadioField)
    assert [code for code, _ in answer.spec.options] == [Answer.DONE.value, Answer.NOT_ACTING.value]
    assert answer.spec.help == "Un texte fixe ce délai au 16/11/2026, il ne se reporte pas."


def test_a_text_s_day_is_told_beside_the_field(open_page: Open, martine: UUID, moving: MovableClock) -> None:
    moving.move(days=-7)
    page = todo(open_page("todo"))
    _note(page)
    assert page.outcome.panel is not None
    form = page.outcome.panel.form
    form.field("answer").set_value(Answer.PUT_OFF.value)
    form.edited.emit("answer")
    form.field("until").set_value(date(2026, 12, 1))
    form.field("reason").set_value("Audience reportée.")
    click(page.outcome.panel.write)
    settle()
    assert "ne se reporte pas après le 16/11/2026" in form.field("until").problem
    assert len(shown(page)) == 2


def test_what_is_half_written_comes_back_after_a_lock(open_page: Open, martine: UUID) -> None:
    page = todo(open_page("todo"))
    _note(page)
    assert page.outcome.panel is not None
    page.outcome.panel.form.field("answer").set_value(Answer.NOT_ACTING.value)
    page.outcome.panel.form.edited.emit("answer")
    type_text(page.outcome.panel.form.field("reason").editor, "Attend la decision")
    assert page.flush()
    seat = page.seat(Place("todo"))
    again = todo(open_page("todo", seat.place.id))
    assert again.outcome.panel is not None
    assert again.outcome.panel.form.value("reason") == "Attend la decision"


def test_looking_elsewhere_or_a_kill_gives_up_nothing_half_written(open_page: Open, martine: UUID) -> None:
    page = todo(open_page("todo"))
    _note(page)
    assert page.outcome.panel is not None
    page.outcome.panel.form.field("answer").set_value(Answer.NOT_ACTING.value)
    type_text(page.outcome.panel.form.field("reason").editor, "Attend la decision")
    assert page.flush()
    page.open(Place("todo"))
    assert page.outcome.panel is not None
    assert page.outcome.panel.form.value("reason") == "Attend la decision"
    killed = todo(open_page("todo"))
    assert killed.outcome.panel is None
    _note(killed)
    assert killed.outcome.panel is not None
    assert killed.outcome.panel.form.value("reason") == "Attend la decision"


def test_the_strip_says_what_is_late(martine: UUID, services: Services) -> None:
    values = strip_values(services, martine)
    assert values is not None
    assert values.facts[-1] == StripFact("À traiter", "2\u00a0en retard", "alert-circle", tone="alerte")


def test_a_role_that_writes_nothing_is_told_so(open_page: Open, martine: UUID, services: Services) -> None:
    officer = replace(services.context.actor.officer, roles=(Role.LECTURE,))
    services.context.actor = replace(services.context.actor, officer=officer)
    page = todo(open_page("todo"))
    assert not page.note.isEnabled()
