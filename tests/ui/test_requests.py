"""« Demandes reçues » with real keys and a real encrypted store: a day's letters, one after the other."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from spip_desktop.domain.place import Place
from spip_desktop.services.context import Context
from spip_desktop.services.person import QuickStart
from spip_desktop.services.request import NewRequest
from spip_desktop.ui.editors import Choice
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.requests.page import RequestsPage
from spip_desktop.ui.window import Frame, MainWindow
from spip_desktop.wiring import Services, make_services
from tests.store_fixtures import MovableClock
from tests.ui.checks import (
    assert_every_control_is_named,
    assert_no_clipped_text,
    assert_one_filled_button,
    assert_tab_ring,
    settle,
)
from tests.ui.conftest import DAY_J, Show
from tests.ui.typing import click, press, type_text

WRITTEN = NewRequest(unknown="M. Hamel", asker="personne", channel="ecrit", subject="Un rendez-vous")


class Hand:
    def __init__(self, services: Services, window: MainWindow) -> None:
        self.services, self.window = services, window
        self.bugs: list[str] = []
        self.page = RequestsPage(services, Guard(self.bugs.append, window))
        window.show_page(self.page, Place("requests"))
        self.open()

    def open(self, field: str = "") -> None:
        self.page.open(Place("requests", field=field))
        settle()

    def find(self, name: str) -> QWidget:
        settle()
        found = [one for one in self.page.findChildren(QWidget, name) if one.isVisibleTo(self.page)]
        assert found, f"nothing shown under {name}"
        return found[-1]

    def keys(self, text: str) -> None:
        """Typed where the focus is; Tab and Enter included."""
        for sign in text:
            focused = QApplication.focusWidget()
            assert focused is not None
            if sign == "\t":
                press(focused, Qt.Key.Key_Tab)
            elif sign == "\n":
                press(focused, Qt.Key.Key_Return)
            else:
                type_text(focused, sign)
            settle()

    def subjects(self) -> list[str]:
        return [row.cells[2].text for row in self.page.table.records.rows]


@pytest.fixture
def hand(context: Context, loic: UUID, show: Show) -> Iterator[Hand]:
    services = make_services(context)
    services.persons.assign(loic, context.officer_id, reason="nouveau")
    window = MainWindow(Frame(now=lambda: DAY_J, search=lambda text: []))
    show(window)
    made = Hand(services, window)
    yield made
    assert made.bugs == []


def test_letters_are_typed_one_after_the_other_without_the_mouse(hand: Hand, loic: UUID) -> None:
    """A number of écrou or a name, Tab, Tab, what is asked, Enter; then the next one."""
    hand.keys("12345\t\tDemande un permis de visite\n")
    hand.keys("perrin\t\tDemande un rendez-vous\n")
    assert sorted(hand.subjects()) == ["Demande un permis de visite", "Demande un rendez-vous"]  # of one instant
    found = hand.services.requests.of_person(loic)
    assert {one.asker for one in found} == {"personne"}
    assert {one.received_on for one in found} == {date(2026, 11, 22)}
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.objectName() == "person.editor"


def test_somebody_unknown_is_kept_as_typed(hand: Hand) -> None:
    hand.keys("M. Hamel\t\tQui est son conseiller\n")
    (one,) = hand.services.requests.page(waiting=True).lines
    assert (one.person_id, one.unknown) == (None, "M. Hamel")


def test_homonyms_are_asked_about_before_anything_is_noted(hand: Hand, loic: UUID) -> None:
    hand.services.persons.quick_start(
        QuickStart(birth_name="Perrin", first_names="Paul", birth_date=date(1990, 1, 1), ecrou_number="777")
    )
    hand.keys("perrin\t\tUn rendez-vous\n")
    assert hand.services.requests.page(waiting=True).waiting == 0
    assert hand.page.entry.form.field("dossier").problem
    choice = hand.find("dossier.editor")
    assert isinstance(choice, Choice)
    choice.set_value(str(loic))
    choice.chosen.emit()
    click(hand.find("requests.note"))
    assert [one.person_id for one in hand.services.requests.page(waiting=True).lines] == [loic]


def test_an_answer_in_three_keys_and_its_undo(hand: Hand) -> None:
    hand.services.requests.add(WRITTEN)
    hand.open()
    hand.page.table.setFocus()
    hand.keys("\n")
    hand.find("answer_how.editor")
    click(hand.find("fact.write"))
    assert hand.subjects() == []
    assert hand.services.requests.page(waiting=False).lines[0].answered_on == date(2026, 11, 22)
    hand.page.undo()
    settle()
    assert hand.subjects() == ["Un rendez-vous"]


def test_a_mistake_is_taken_back(hand: Hand) -> None:
    hand.keys("M. Hamel\t\tErreur\n")
    hand.page.undo()
    assert hand.subjects() == []


def test_what_is_half_typed_comes_back(hand: Hand) -> None:
    hand.keys("M. Hamel\t\tDemande à")
    assert hand.page.flush()
    again = RequestsPage(hand.services, Guard(hand.bugs.append, hand.window))
    hand.window.show_page(again, Place("requests"))
    again.open(Place("requests"))
    settle()
    assert again.entry.form.value("subject") == "Demande à"
    assert again.entry.form.value("person") == "M. Hamel"


def test_a_traiter_leads_to_the_answer(hand: Hand, moving: MovableClock) -> None:
    request = hand.services.requests.add(replace(WRITTEN, officer_id=hand.services.context.officer_id))
    moving.move(days=10)
    (line,) = [one for group in hand.services.todo.groups() for one in group.lines if one.key.startswith("P33")]
    assert line.place == Place("requests", field=str(request))
    hand.open(line.place.field)
    assert hand.page.desk.panel is not None
    assert hand.page.table.records.rows[0].cells[0].tone == "alerte"


def test_the_page_is_named_ringed_and_unclipped(hand: Hand) -> None:
    hand.services.requests.add(WRITTEN)
    hand.open()
    assert_every_control_is_named(hand.page)
    assert_one_filled_button(hand.page)
    assert_no_clipped_text(hand.window)
    hand.page.table.setFocus()  # what one may do of a row asks for one
    assert_tab_ring(hand.window)
