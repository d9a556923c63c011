"""« Rendez-vous » and « Agenda » by the keyboard, in the real window over a real encrypted store."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TypeVar
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from spip_desktop.db import paper as papers
from spip_desktop.domain.agenda import Half, OfficerAbsence
from spip_desktop.domain.appointment_states import Standing
from spip_desktop.domain.place import Place
from spip_desktop.services.appointment_batch import BatchPlan
from spip_desktop.services.appointment_draft import Wish
from spip_desktop.services.context import Context
from spip_desktop.services.person import QuickStart
from spip_desktop.settings import Settings
from spip_desktop.ui.appointment.agenda_page import AgendaPage
from spip_desktop.ui.appointment.batch_page import BatchPage
from spip_desktop.ui.appointment.outcomes_page import OutcomesPage
from spip_desktop.ui.appointment.person_page import PersonAppointmentsPage
from spip_desktop.ui.appointment.setup_page import AgendaSetupPage
from spip_desktop.ui.buttons import Button, LinkButton
from spip_desktop.ui.desk import Desk
from spip_desktop.ui.page import Page
from spip_desktop.ui.table import TableView
from spip_desktop.ui.tasks import Tasks
from spip_desktop.wiring import make_services
from tests.documents.reading import one_line
from tests.store_fixtures import MovableClock
from tests.ui.checks import assert_every_control_is_named, assert_no_clipped_text, assert_one_filled_button, settle
from tests.ui.conftest import Show
from tests.ui.paper import Paper
from tests.ui.typing import press, shortcut, type_text

P = TypeVar("P", bound=Page)
SEEN = Wish(accepted=("appointment_sunday", "appointment_clash_officer"))


@pytest.fixture
def desk(context: Context, show: Show) -> Iterator[Desk]:
    made = Desk(make_services(context), Tasks(), Settings(), ())
    show(made.window)
    yield made
    made.keeper.stop()
    made.guard.silence()


def follow(desk: Desk, name: str) -> UUID:
    start = QuickStart(birth_name=name, first_names="Anna", birth_date=date(1992, 5, 2), referral_on=date(2026, 8, 16))
    return desk.services.persons.quick_start(start)


def focused() -> QWidget:
    settle()
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def type_here(text: str) -> None:
    type_text(focused(), text)
    settle()


def page_of(desk: Desk, kind: type[P]) -> P:
    settle()
    page = desk.workplace.page()
    assert isinstance(page, kind)
    return page


def noted(desk: Desk, moving: MovableClock, days: int, outcome: str = "absent") -> tuple[UUID, UUID]:
    """A person and their appointment of the next day, whose outcome is noted so many days from now."""
    anna = follow(desk, "Bréaud")
    made = desk.services.appointments.draft.start(anna, "suivi", date(2026, 11, 23), (10, 0))
    moving.move(days=days)
    desk.services.appointments.course.note_outcome(made, outcome)
    return anna, made


def chosen(desk: Desk, person: UUID, appointment: UUID) -> PersonAppointmentsPage:
    """The page of the person's appointments, on that one."""
    desk.workplace.go(Place("person.appointments", person, str(appointment)))
    return page_of(desk, PersonAppointmentsPage)


def answer(page: PersonAppointmentsPage, code: str) -> None:
    """« Noter une suite » to the absence chosen."""
    press(page.findChild(QWidget, "appointments.answer"), Qt.Key.Key_Space)
    settle()
    assert page.desk.panel is not None
    page.desk.panel.form.field("answer").set_value(code)
    press(page.findChild(QWidget, "fact.write"), Qt.Key.Key_Return)
    settle()


def test_a_follow_up_in_three_weeks_takes_five_actions(desk: Desk, paper: Paper) -> None:
    """« Je la revois dans trois semaines, à 14 h 30 »: Ctrl+R, the day, the hour, Enter, and it is printed."""
    anna = follow(desk, "Bréaud")
    desk.workplace.go(Place("person.synthese", anna))
    settle()
    shortcut(desk.window, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)  # 1
    page_of(desk, PersonAppointmentsPage)
    type_here("+16j")  # 2: the Tuesday of the third week
    press(focused(), Qt.Key.Key_Tab)
    type_here("14h30")  # 3
    press(focused(), Qt.Key.Key_Return)  # 4
    settle()
    found = desk.services.appointments.next(anna)
    assert found is not None
    assert (found.appointment.day, found.appointment.begins) == (date(2026, 12, 8), 870)
    assert isinstance(focused(), TableView)
    shortcut(desk.window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)  # 5
    settle()
    press(focused(), Qt.Key.Key_Return)  # « Imprimer », as for every paper
    settle()
    (content,) = paper.sent
    assert "8 décembre 2026 à 14 h 30" in one_line(content)
    desk.workplace.refresh_strip()  # else when its timer ends
    assert "08/12/2026" in _words(desk.window.strip)


def test_a_sunday_is_told_once_and_the_second_enter_accepts_it(desk: Desk) -> None:
    anna = follow(desk, "Bréaud")
    desk.workplace.go(Place("person.appointments", anna, "new"))
    type_here("06/12/2026")
    press(focused(), Qt.Key.Key_Tab)
    type_here("10h")
    press(focused(), Qt.Key.Key_Return)
    page = page_of(desk, PersonAppointmentsPage)
    assert "C’est un dimanche." in _words(page)
    assert desk.services.appointments.next(anna) is None
    press(focused(), Qt.Key.Key_Return)
    settle()
    found = desk.services.appointments.next(anna)
    assert found is not None
    assert found.appointment.accepted == ("appointment_sunday",)
    shortcut(desk.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert desk.services.appointments.next(anna) is None


def test_a_panel_goes_with_the_appointment_that_is_taken_back(desk: Desk) -> None:
    anna = follow(desk, "Bréaud")
    desk.workplace.go(Place("person.appointments", anna, "new"))
    type_here("08/12/2026")
    press(focused(), Qt.Key.Key_Tab)
    type_here("10h")
    press(focused(), Qt.Key.Key_Return)
    settle()
    press(focused(), Qt.Key.Key_Return)  # how it was handed over
    page = page_of(desk, PersonAppointmentsPage)
    assert page.desk.panel is not None
    shortcut(desk.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert desk.services.appointments.of_person(anna) == ()
    assert page.desk.panel is None


def test_ten_outcomes_by_ten_keys(desk: Desk, moving: MovableClock) -> None:
    """One key a line; the second of ten is wrong, taken back and noted again: nothing is lost."""
    persons = [follow(desk, f"Person{number}") for number in range(10)]
    for number, one in enumerate(persons):
        day = date(2026, 11, 23)
        desk.services.appointments.draft.start(one, "suivi", day, (9 + number // 2, 30 * (number % 2)), SEEN)
    moving.move(days=2)
    desk.workplace.go(Place("agenda.outcomes"))
    page = page_of(desk, OutcomesPage)
    for key in "1&1212111":  # « & » is the 1 of a French keyboard
        type_here(key)
    left = desk.services.agenda.reading.to_note()
    assert len(left) == 1
    shortcut(desk.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert len(desk.services.agenda.reading.to_note()) == 2
    type_here("1")
    type_here("1")
    assert desk.services.agenda.reading.to_note() == ()
    standings = [desk.services.appointments.of_person(one)[0].standing for one in persons]
    assert standings.count(Standing.HELD) == 8
    assert standings.count(Standing.MISSED) == 2
    assert "Aucune issue à noter." in _words(page)


def test_an_awaited_proof_takes_two_keys_and_its_day_is_ready(desk: Desk, moving: MovableClock) -> None:
    for name in ("Abadie", "Bel"):
        desk.services.appointments.draft.start(follow(desk, name), "suivi", date(2026, 11, 23), (9, 0), SEEN)
    moving.move(days=2)
    desk.workplace.go(Place("agenda.outcomes"))
    page = page_of(desk, OutcomesPage)
    first = page.table.current_key()
    assert isinstance(first, UUID)
    type_here("3")  # « Absent, justificatif attendu »
    press(focused(), Qt.Key.Key_Return)
    settle()
    view = desk.services.appointments.reading.view(first)
    assert (view.standing, view.at.due_on) == (Standing.PROOF_AWAITED, date(2026, 12, 2))
    type_here("1")
    assert desk.services.agenda.reading.to_note() == ()


def test_an_absence_is_answered_from_its_line_on_the_list(desk: Desk, moving: MovableClock) -> None:
    """« À traiter » leads to the absence; Enter asks what is done about it."""
    anna = follow(desk, "Bréaud")
    desk.services.persons.assign(anna, desk.services.context.officer_id, reason="nouveau")
    made = desk.services.appointments.draft.start(anna, "suivi", date(2026, 11, 23), (10, 0))
    moving.move(days=2)
    desk.services.appointments.course.note_outcome(made, "absent")
    (line,) = (one for one in desk.services.todo.of_person(anna) if one.key.startswith("E29"))
    desk.workplace.go(line.place)
    page = page_of(desk, PersonAppointmentsPage)
    assert page.table.current_key() == made
    press(focused(), Qt.Key.Key_Return)
    assert "Un recadrage par le DPIP vient avant un rapport." in _words(page)
    answer = page.findChild(QWidget, "answer")
    assert answer is not None
    page.desk.panel.form.field("answer").set_value("relance")  # type: ignore[union-attr]
    press(page.findChild(QWidget, "fact.write"), Qt.Key.Key_Return)
    settle()
    view = desk.services.appointments.reading.view(made)
    assert (view.standing, view.reaction) == (Standing.CLOSED, 1)
    assert "Relance, réaction en 1\u00a0jour" in _cells(page.table)


def test_an_absence_is_answered_by_the_keyboard_alone(desk: Desk, moving: MovableClock) -> None:
    anna = follow(desk, "Bréaud")
    id_ = desk.services.appointments.draft.start(anna, "suivi", date(2026, 11, 23), (10, 0))
    moving.set_day(date(2026, 11, 24))
    desk.services.appointments.course.note_outcome(id_, "absent")
    page = chosen(desk, anna, id_)
    press(focused(), Qt.Key.Key_Return)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Up):
        press(focused(), key)
    assert page.desk.panel is not None
    assert page.desk.panel.form.field("answer").value() == "relance"
    stops = []
    for _ in range(5):
        press(focused(), Qt.Key.Key_Tab)
        stops.append(focused().objectName())
    assert stops == ["happened_on.editor", "comment.editor", "fact.write", "fact.cancel", "appointments.table"]
    page.desk.panel.form.field("comment").setFocus()
    press(page.desk.panel.form.field("answer"), Qt.Key.Key_Return)
    settle()
    assert desk.services.appointments.reading.view(id_).answered == ("Relance",)


def test_answers_go_up_by_degrees_and_a_new_convocation_is_fixed_at_once(desk: Desk, moving: MovableClock) -> None:
    """A call that changed nothing, then a new convocation: its type is chosen, a day and an hour are left to type."""
    anna, made = noted(desk, moving, days=3)
    page = chosen(desk, anna, made)
    assert "Sans suite depuis 2\u00a0jours" in _cells(page.table)
    for code in ("relance", "reconvocation"):
        answer(page, code)
    assert "Relance, nouvelle convocation, réaction en 2\u00a0jours" in _cells(page.table)
    type_here("01/12/2026")
    press(focused(), Qt.Key.Key_Tab)
    type_here("9h")
    press(focused(), Qt.Key.Key_Return)
    settle()
    found = desk.services.appointments.next(anna)
    assert found is not None
    assert (found.kind, found.appointment.day) == ("Rendez-vous après une absence", date(2026, 12, 1))


def test_a_reminder_that_is_decided_is_offered_to_print(desk: Desk, moving: MovableClock) -> None:
    anna, made = noted(desk, moving, days=3)
    page = chosen(desk, anna, made)
    assert page.reminder.isHidden()
    answer(page, "courrier_de_rappel")
    assert "Le courrier de rappel peut s’imprimer." in _words(page)
    assert focused() is page.reminder
    press(focused(), Qt.Key.Key_Return)
    settle()
    with desk.services.context.store.reading() as tx:
        assert [title for title, _ in papers.titles(tx, anna)] == ["Rappel de vos obligations"]


def test_two_things_to_look_at_on_one_day_are_both_told(desk: Desk) -> None:
    """Christmas, when the officer is away as well: one gesture accepts what was read, and nothing else."""
    services, christmas = desk.services, date(2026, 12, 25)
    absence = OfficerAbsence(
        id=services.context.ids.new(), officer_id=services.context.officer_id, starts=christmas, ends=christmas
    )
    services.agenda.setup.add_absence(absence)
    anna = follow(desk, "Bréaud")
    desk.workplace.go(Place("person.appointments", anna, "new"))
    type_here("25/12/2026")
    press(focused(), Qt.Key.Key_Tab)
    type_here("10h")
    press(focused(), Qt.Key.Key_Return)
    page = page_of(desk, PersonAppointmentsPage)
    said = "L’agent est absent ce jour-là. C’est un jour férié. Validez encore pour le fixer quand même."
    assert said in _words(page)


def test_a_convocation_that_was_printed_is_called_off_and_not_taken_back(desk: Desk, paper: Paper) -> None:
    anna = follow(desk, "Bréaud")
    desk.workplace.go(Place("person.appointments", anna, "new"))
    type_here("08/12/2026")
    press(focused(), Qt.Key.Key_Tab)
    type_here("10h")
    press(focused(), Qt.Key.Key_Return)
    settle()
    shortcut(desk.window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    settle()
    press(focused(), Qt.Key.Key_Return)
    settle()
    shortcut(desk.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert desk.services.appointments.next(anna) is not None
    assert "annulez-le, la ligne reste" in _words(desk.window)


def test_an_appointment_held_leads_to_its_note_and_back_to_the_same(desk: Desk, moving: MovableClock) -> None:
    anna, made = noted(desk, moving, days=2, outcome="present")
    for place in (Place("person.appointments", anna, str(made)), Place("agenda")):
        desk.workplace.go(place)
        settle()
        page = desk.workplace.page()
        assert page is not None
        (button,) = (one for one in page.findChildren(QWidget, "appointments.interview") if one.isVisibleTo(page))
        assert "Noter un manquement" not in [one.text() for one in page.findChildren(Button) if one.isVisibleTo(page)]
        press(button, Qt.Key.Key_Space)
        settle()
        assert desk.window.place().kind == "interview"
    (note,) = desk.services.interviews.reading.of_person(anna)
    assert (note.appointment_id, note.held_on, note.starts_at) == (made, date(2026, 11, 23), "10:00")


def test_a_missed_appointment_leads_to_a_breach_filled_in_and_not_yet_noted(desk: Desk, moving: MovableClock) -> None:
    anna = follow(desk, "Bréaud")
    made = desk.services.appointments.draft.start(anna, "suivi", date(2026, 11, 23), (10, 0))
    desk.services.appointments.course.hand_over(made, "main_propre", date(2026, 11, 22))
    moving.move(days=2)
    desk.services.appointments.course.note_outcome(made, "absent")
    page = chosen(desk, anna, made)
    press(page.findChild(QWidget, "appointments.breach"), Qt.Key.Key_Space)
    settle()
    assert desk.services.breaches.of_person(anna).standings == ()
    press(desk.workplace.page().findChild(QWidget, "fact.write"), Qt.Key.Key_Return)  # type: ignore[union-attr]
    settle()
    (noted,) = desk.services.breaches.of_person(anna).standings
    assert noted.breach.happened_on == date(2026, 11, 23)
    assert noted.breach.facts == (
        "Ne s’est pas présenté(e) au rendez-vous du lundi 23 novembre 2026 à 10\u00a0h\u00a000 "
        "(entretien de suivi, SPIP, antenne de Valbrune).\n"
        "Convocation remise, le 22/11/2026\u00a0: en main propre.\nIssue, le 23/11/2026\u00a0: absent."
    )
    # Each shows the other: the manquement leads back, and the appointment no longer offers to note it again.
    back = desk.workplace.page().findChild(QWidget, f"appointment.{made}")  # type: ignore[union-attr]
    assert isinstance(back, LinkButton)
    assert back.text() == "Rendez-vous du 23/11/2026"
    press(back, Qt.Key.Key_Space)
    page = page_of(desk, PersonAppointmentsPage)
    assert page.table.current_key() == made
    assert "Manquement noté" in _cells(page.happened)
    for place in (Place("person.appointments", anna, str(made)), Place("agenda")):
        desk.workplace.go(place)
        settle()
        shown = desk.workplace.page()
        assert shown is not None
        (button,) = (one for one in shown.findChildren(Button, "appointments.breach") if one.isVisibleTo(shown))
        assert button.text() == "Voir le manquement"
        press(button, Qt.Key.Key_Space)
        settle()
        assert desk.window.place() == Place("person.incidents", anna, f"breach.{noted.breach.id}")


def test_several_are_called_in_a_row_and_printed_in_one_go(desk: Desk, paper: Paper) -> None:
    """Three of four, 20 minutes each; a clash is said on its line, and accepted the second time."""
    services, day = desk.services, date(2026, 12, 8)
    persons = [follow(desk, name) for name in ("Abadie", "Bel", "Caron", "Duval")]
    for one in persons:
        services.persons.assign(one, services.context.officer_id, reason="nouveau")
    services.appointments.draft.start(persons[2], "suivi", day, (9, 30), SEEN)
    desk.workplace.go(Place("agenda.batch"))
    page = page_of(desk, BatchPage)
    type_here("08/12/2026")
    page.form.field("every").set_value(20)
    page.table.setFocus()
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_Space):
        press(page.table, key)
    lines = [[cell.text for cell in row.cells] for row in page.table.records.rows]
    assert [line[0] for line in lines] == ["9\u00a0h\u00a000", "9\u00a0h\u00a020", "9\u00a0h\u00a040", ""]
    assert [line[2] for line in lines] == [
        "",
        "L’agent a déjà un rendez-vous à 9\u00a0h\u00a030.",
        "La personne a déjà un rendez-vous à 9\u00a0h\u00a030.",
        "",
    ]
    press(page.findChild(QWidget, "batch.make"), Qt.Key.Key_Space)
    settle()
    assert "Validez encore" in _words(desk.window)
    assert len(services.appointments.of_person(persons[0])) == 0, "all or none"
    press(page.findChild(QWidget, "batch.make"), Qt.Key.Key_Space)
    settle()
    assert [len(services.appointments.of_person(one)) for one in persons] == [1, 1, 2, 0]
    press(focused(), Qt.Key.Key_Return)  # « Imprimer »
    settle()
    (content,) = paper.sent
    said = one_line(content)
    assert [said.count(hour) for hour in ("à 9 h 00", "à 9 h 20", "à 9 h 40")] == [1, 1, 1]


def test_what_was_chosen_for_several_is_there_after_a_lock(desk: Desk) -> None:
    services = desk.services
    persons = [follow(desk, name) for name in ("Abadie", "Bel")]
    for one in persons:
        services.persons.assign(one, services.context.officer_id, reason="nouveau")
    desk.workplace.go(Place("agenda.batch"))
    page = page_of(desk, BatchPage)
    page.form.field("kind").set_value("stage")
    type_here("08/12/2026")
    page.table.setFocus()
    press(page.table, Qt.Key.Key_Space)
    assert page.flush()
    again = BatchPage(services, desk.guard)
    again.open(Place("agenda.batch"))
    assert again.form.value("day") == date(2026, 12, 8)
    assert again.form.value("kind") == "stage"
    assert [row.cells[3].text for row in again.table.records.rows] == ["Retirer", "Choisir"]
    again.deleteLater()


def test_somebody_is_found_in_a_long_list_and_who_is_chosen_stays(desk: Desk) -> None:
    for name in ("Abadie", "Bel", "Caron"):
        one = follow(desk, name)
        desk.services.persons.assign(one, desk.services.context.officer_id, reason="nouveau")
    desk.workplace.go(Place("agenda.batch"))
    page = page_of(desk, BatchPage)
    page.table.setFocus()
    press(page.table, Qt.Key.Key_End)
    press(page.table, Qt.Key.Key_Space)
    page.form.field("named").setFocus()
    type_here("abád")
    assert [row.cells[1].text for row in page.table.records.rows] == ["Anna ABADIE", "Anna CARON"]


def test_a_session_is_for_all_at_one_hour_and_no_clash(desk: Desk) -> None:
    """A stage: one hour, one address; one who joins later clashes with nobody either."""
    services, day = desk.services, date(2026, 12, 8)
    persons = [follow(desk, name) for name in ("Abadie", "Bel", "Caron")]
    plan = BatchPlan(kind="stage", day=day, hour=(9, 0), every=180, persons=tuple(persons[:2]), place_detail="2, rue B")
    assert [line.begins for line in services.appointments.batch.check(plan)] == [540, 540]
    services.appointments.batch.make(plan, {})
    (line,) = services.appointments.batch.check(replace(plan, persons=(persons[2],)))
    assert line.warnings == ()
    (line,) = services.appointments.batch.check(replace(plan, persons=(persons[2],), hour=(10, 0)))
    assert [one.code for one in line.warnings] == ["appointment_clash_officer"]  # the control: another session


def test_the_pages_read_well(desk: Desk, moving: MovableClock) -> None:
    anna = follow(desk, "Bréaud")
    desk.services.appointments.draft.start(anna, "suivi", date(2026, 11, 23), (10, 0))
    for place in (
        Place("agenda"), Place("agenda.setup"), Place("agenda.outcomes"), Place("agenda.batch"),
        Place("person.appointments", anna),
    ):  # fmt: skip
        assert desk.workplace.go(place)
        settle()
        page = desk.workplace.page()
        assert page is not None
        assert_every_control_is_named(page)
        assert_no_clipped_text(desk.window)
    assert_one_filled_button(page_of(desk, PersonAppointmentsPage))


def test_an_absence_says_whom_it_leaves_waiting_and_the_list_shows_it(desk: Desk) -> None:
    """A day off where somebody is already called: how many are to move is said at once."""
    desk.services.appointments.draft.start(follow(desk, "Bréaud"), "suivi", date(2026, 12, 8), (10, 0))
    desk.workplace.go(Place("agenda.setup"))
    page = page_of(desk, AgendaSetupPage)
    press(page.findChild(QWidget, "setup.absence.new"), Qt.Key.Key_Space)
    type_here("08/12/2026")
    press(focused(), Qt.Key.Key_Return)
    settle()
    assert "Noté. 1\u00a0rendez-vous est prévu pendant cette absence" in _words(desk.window)
    (absence,) = desk.services.agenda.setup.absences()
    assert absence.half is Half.DAY
    desk.workplace.go(Place("agenda"))
    agenda = page_of(desk, AgendaPage)
    agenda.tabs.set_value("liste")
    agenda.reload()
    assert "mar. 08/12/2026\u00a0: Congés" in agenda.notes.text()


def test_the_agenda_leaves_without_names(desk: Desk, tmp_path: Path) -> None:
    anna = follow(desk, "Bréaud")
    desk.services.appointments.draft.start(anna, "suivi", date(2026, 11, 24), (10, 0))
    desk.workplace.go(Place("agenda"))
    page = page_of(desk, AgendaPage)
    (tmp_path / "sortie").mkdir()
    page.ask_new_file = lambda **_: tmp_path / "sortie" / "agenda"  # type: ignore[assignment]
    page.chosen.set_values({"agenda_day": date(2026, 11, 24)})
    page.reload()
    press(page.findChild(QWidget, "agenda.export"), Qt.Key.Key_Space)
    settle()
    text = (tmp_path / "sortie" / "agenda.ics").read_text(encoding="utf-8")
    assert "DTSTART:20261124T090000Z" in text
    assert "BRÉAUD" not in text.upper()
    # Names only by a choice made each time, with its reminder.
    reminder = "ni sur un téléphone"
    assert reminder not in _words(page)
    press(page.named, Qt.Key.Key_Space)
    settle()
    assert reminder in _words(page)
    press(page.findChild(QWidget, "agenda.export"), Qt.Key.Key_Space)
    settle()
    assert "Anna BRÉAUD" in (tmp_path / "sortie" / "agenda.ics").read_text(encoding="utf-8")
    assert not page.named.isChecked()
    assert reminder not in _words(page)


def _cells(table: TableView) -> str:
    return " ".join(f"{cell.text} {cell.second}" for row in table.records.rows for cell in row.cells)


def _words(root: QWidget) -> str:
    from spip_desktop.ui.text import Text

    return " ".join(one.text() for one in root.findChildren(Text) if one.isVisibleTo(root))


def _full_week(desk: Desk) -> UUID:
    """Monday 23, Tuesday 24 with a clash in an absence, Wednesday 2 December."""
    anna, start = follow(desk, "Bréaud"), desk.services.appointments.draft.start
    boris = follow(desk, "Caron")
    new, me = desk.services.context.ids.new, desk.services.context.officer_id
    start(anna, "suivi", date(2026, 11, 23), (10, 0))
    start(anna, "suivi", date(2026, 11, 24), (9, 0))
    start(boris, "suivi", date(2026, 11, 24), (9, 0), SEEN)
    start(boris, "suivi", date(2026, 12, 2), (9, 0))
    away = OfficerAbsence(
        id=new(), officer_id=me, starts=date(2026, 11, 24), ends=date(2026, 11, 24), half=Half.MORNING
    )
    desk.services.agenda.setup.add_absence(away)
    return anna


def test_the_agenda_moves_from_day_to_day_and_week_to_week_by_the_keyboard(desk: Desk) -> None:
    _full_week(desk)
    desk.workplace.go(Place("agenda"))
    page = page_of(desk, AgendaPage)
    alt, home = Qt.KeyboardModifier.AltModifier, date(2026, 11, 22)
    assert "Aujourd’hui" in _words(page.week), "a Sunday too"
    assert page.isAncestorOf(focused())
    shortcut(desk.window, Qt.Key.Key_Right, alt)
    settle()
    assert page.chosen.value("agenda_day") == date(2026, 11, 23), "the Monday, not a Sunday that is not shown"
    assert "23/11 pour l’accueil" in page.day_list.text()
    page.week.table_of(date(2026, 11, 23)).setFocus()  # type: ignore[union-attr]
    seen = [focused().accessibleName()]
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left):
        press(focused(), key)
        seen.append(focused().accessibleName())
    assert [name.removeprefix("Rendez-vous du ") for name in seen] == [
        "lundi 23 novembre 2026", "mardi 24 novembre 2026", "mercredi 2 décembre 2026", "mardi 24 novembre 2026",
    ]  # fmt: skip
    chosen = [one.table for one in page.week._days if one.table.current_key() is not None]
    assert chosen == [focused()], "one appointment is chosen, of the day one is on"
    assert page.week.current() == chosen[0].current_key()
    shortcut(desk.window, Qt.Key.Key_Home, alt)
    settle()
    assert page.chosen.value("agenda_day") == home


def test_the_agenda_shows_what_stands_in_the_way_of_an_appointment(desk: Desk) -> None:
    anna = _full_week(desk)
    desk.workplace.go(Place("agenda"))
    page = page_of(desk, AgendaPage)
    page.tabs.set_value("liste")
    page.reload()
    settle()
    rows = {(row.key.appointment.person_id, row.key.appointment.day.day): row.cells for row in page.table.records.rows}  # type: ignore[attr-defined]
    both = rows[anna, 24][-1]
    assert (both.second, both.icon) == ("En même temps qu’un autre, pendant une absence", "alert-circle")
    assert rows[anna, 23][-1].second == "", "the control: nothing is in its way"
    assert_no_clipped_text(desk.window)
