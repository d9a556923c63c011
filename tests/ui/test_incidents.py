"""« Manquements et incidents » with real keys and a real encrypted store."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from spip_desktop.domain.evaluation import EvaluationKind
from spip_desktop.domain.place import Place
from spip_desktop.services.context import Context
from spip_desktop.services.evaluation_draft import Start
from spip_desktop.ui.editors import Choice
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.incident.page import PersonIncidentsPage
from spip_desktop.ui.shared.page import SharedPage
from spip_desktop.ui.text import Text
from spip_desktop.ui.window import Frame, MainWindow
from spip_desktop.wiring import Services, make_services
from spip_desktop.wording.incident import NOBODY, WARN_FIRST
from tests.ui.checks import (
    assert_every_control_is_named,
    assert_no_clipped_text,
    assert_one_filled_button,
    assert_tab_ring,
    settle,
)
from tests.ui.conftest import DAY_J, Show
from tests.ui.typing import click, press, type_text

LINE = "Dit vouloir en finir, a donné ses affaires"


class Hand:
    """The page in its window, and what a hand does there."""

    def __init__(self, services: Services, window: MainWindow, person: UUID) -> None:
        self.services, self.window, self.person = services, window, person
        self.bugs: list[str] = []
        self.page = PersonIncidentsPage(services, Guard(self.bugs.append, window))
        window.show_page(self.page, Place("person.incidents", person))
        self.open()

    def open(self, field: str = "") -> None:
        self.page.open(Place("person.incidents", self.person, field))
        settle()

    def find(self, name: str) -> QWidget:
        settle()
        found = [one for one in self.page.findChildren(QWidget, name) if one.isVisibleTo(self.page)]
        assert found, f"nothing shown under {name}"
        return found[-1]

    def write(self, field: str, text: str) -> None:
        type_text(self.find(f"{field}.editor"), text)

    def choose(self, field: str, option: str) -> None:
        editor = self.find(f"{field}.editor")
        if isinstance(editor, Choice):
            editor.set_value(option)
            editor.chosen.emit()
        else:
            click(self.find(f"{field}.{option}"))
        settle()

    def words(self) -> str:
        settle()
        return "\n".join(one.text() for one in self.page.findChildren(Text) if one.isVisibleTo(self.page))


@pytest.fixture
def hand(context: Context, loic: UUID, show: Show) -> Iterator[Hand]:
    services = make_services(context)
    services.persons.assign(loic, context.officer_id, reason="nouveau")
    window = MainWindow(Frame(now=lambda: DAY_J, search=lambda text: []))
    show(window)
    made = Hand(services, window, loic)
    yield made
    assert made.bugs == []


def note(hand: Hand) -> None:
    click(hand.find("incidents.new"))
    hand.choose("kind", "suicide")
    hand.write("line", LINE)
    press(hand.find("line.editor"), Qt.Key.Key_Return)
    settle()


def test_one_line_and_enter_then_the_page_asks_who_is_informed(hand: Hand) -> None:
    click(hand.find("incidents.new"))
    assert WARN_FIRST in hand.words()
    hand.choose("kind", "suicide")
    hand.write("line", LINE)
    press(hand.find("line.editor"), Qt.Key.Key_Return)
    assert LINE in hand.words(), "saved before anything else is asked"
    assert NOBODY in hand.words()
    hand.choose("answer", "oui")
    hand.choose("who", "grade")
    hand.write("told_hour", "14h10")
    hand.choose("how", "voix")
    click(hand.find("fact.write"))
    assert NOBODY not in hand.words()
    assert "Gradé de détention" in hand.words()


def test_pas_encore_is_accepted_and_the_line_stays_red(hand: Hand) -> None:
    note(hand)
    hand.choose("answer", "pas_encore")
    hand.write("text", "Personne au poste")
    click(hand.find("fact.write"))
    assert NOBODY in hand.words()
    assert "Personne au poste" in hand.words()
    assert hand.services.incidents.red(hand.person) == 1


def test_what_is_half_typed_comes_back(hand: Hand) -> None:
    click(hand.find("incidents.new"))
    hand.write("line", "Il dit")
    assert hand.page.flush()
    hand.open()
    assert hand.find("line.editor").property("text") == "Il dit"


def test_a_missing_kind_is_said_beside_its_field_and_nothing_is_lost(hand: Hand) -> None:
    click(hand.find("incidents.new"))
    hand.write("line", LINE)
    click(hand.find("fact.write"))
    assert hand.page.desk.panel is not None
    assert hand.page.desk.panel.form.field("kind").problem
    assert hand.services.incidents.of_person(hand.person) == []


def test_a_breach_from_its_facts_to_its_report(hand: Hand) -> None:
    click(hand.find("breaches.new"))
    hand.write("facts", "Non remis")
    click(hand.find("fact.write"))
    (breach,) = hand.services.breaches.of_person(hand.person).standings
    assert "Sans décision" in hand.words()
    click(hand.find(f"decide.{breach.breach.id}"))
    hand.choose("decision", "rapport")
    click(hand.find("fact.write"))
    assert "Rapport décidé, à adresser" in hand.words()
    click(hand.find(f"report.{breach.breach.id}"))
    hand.choose("recipient", "jap")
    hand.write("reference", "2026/114")
    click(hand.find("fact.write"))
    assert "2026/114" in hand.words()
    assert "Rapport décidé, à adresser" not in hand.words()


def test_a_panel_that_is_left_gives_the_focus_back_to_what_it_was_about(hand: Hand) -> None:
    click(hand.find("breaches.new"))
    hand.write("facts", "Ne s’est pas présenté.")
    press(hand.find("facts.editor"), Qt.Key.Key_Tab)
    press(hand.find("happened_on.editor"), Qt.Key.Key_Return)
    (breach,) = hand.services.breaches.of_person(hand.person).standings
    decide = hand.find(f"decide.{breach.breach.id}")
    for leave in (Qt.Key.Key_Escape, Qt.Key.Key_Return):
        decide.setFocus()
        press(decide, Qt.Key.Key_Return)
        cancel = hand.find("fact.cancel")
        cancel.setFocus()
        press(cancel, leave)
        settle()
        decide = hand.find(f"decide.{breach.breach.id}")
        focused = hand.window.focusWidget()
        assert focused is not None
        assert hand.find(f"breach.{breach.breach.id}").isAncestorOf(focused)


def test_a_line_of_a_traiter_leads_to_its_incident(hand: Hand) -> None:
    note(hand)
    (line,) = [one for one in hand.services.todo.of_person(hand.person) if one.key.startswith("P30:")]
    hand.page.desk.close_panel()
    hand.open(line.place.field)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.objectName().startswith("inform.")


def test_the_shared_view_shows_nothing_of_it(hand: Hand, show: Show) -> None:
    note(hand)
    hand.services.evaluations.draft.start(hand.person, Start(kind=EvaluationKind.INITIAL))
    page = SharedPage(hand.services, Guard(hand.bugs.append, hand.window))
    hand.window.show_page(page, Place("person.shared", hand.person))
    page.open(Place("person.shared", hand.person))
    settle()
    said = " ".join(one.text() for one in page.findChildren(Text)).lower()
    assert "incident" not in said
    assert "finir" not in said


def test_the_page_is_named_ringed_and_unclipped(hand: Hand) -> None:
    note(hand)
    assert_every_control_is_named(hand.page)
    assert_one_filled_button(hand.page)
    assert_tab_ring(hand.window)
    assert_no_clipped_text(hand.window)
