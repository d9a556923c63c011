"""The frame: rail, search, saved state, discretion, keys, folding, the ring at every stop of Tab."""

from datetime import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from spip_desktop.domain.clock import PARIS
from spip_desktop.domain.place import Place
from spip_desktop.ui.fields import FieldSpec
from spip_desktop.ui.form import FormView
from spip_desktop.ui.labels import KeyValueRow, Paragraph, Section, StateLabel
from spip_desktop.ui.layout import clear
from spip_desktop.ui.page import Page, PersonPage, SideColumn
from spip_desktop.ui.person_strip import PersonStripValues, StripFact
from spip_desktop.ui.table import Cell, Column, RecordRow, TableView
from spip_desktop.ui.tabs import Tab, Tabs
from spip_desktop.ui.text import Text
from spip_desktop.ui.window import MainWindow
from tests.ui.checks import (
    assert_every_control_is_named,
    assert_no_clipped_text,
    assert_one_filled_button,
    assert_tab_ring,
    at_text_size,
    settle,
)
from tests.ui.conftest import PERSON
from tests.ui.typing import click, press, shortcut, type_text

STRIP = PersonStripValues(
    PERSON,
    "Loïc PERRIN",
    "22 ans, né le 14/03/2004",
    (StripFact("Niveau choisi", "Régulier"), StripFact("À traiter", "2 aujourd’hui", "clock", bold=True)),
)


def sample_page() -> Page:
    """A page with a bit of everything."""
    page = PersonPage("Synthèse", detail="brouillon du 20/11/2026")
    page.add_action("Imprimer", "printer", name="print")
    page.set_primary("Noter un entretien", "plus", name="note")
    page.add(Tabs((Tab("all", "Tout", count=12), Tab("late", "En retard", "alert-circle", 4))))
    page.add(KeyValueRow([("Écrou", "22/04/2026", "greffe"), ("Mi-peine", "22/11/2026", "indicatif")]))
    page.add(FormView([FieldSpec("reason", "Motif", help="En une phrase.")]))
    table = TableView((Column("Action"), Column("État", 92)), name="actions", label="Actions ouvertes")
    table.set_rows([RecordRow(1, (Cell("Fiche pour la mission locale"), Cell("En cours")))])
    page.add(Section("Actions ouvertes", table, right="1 action"))
    side = page.set_side(SideColumn("Ce qui manque"))
    side.add(StateLabel("dashed-circle", "Carte d’identité : fin de validité non notée", wrap=True))
    side.add(Paragraph("L’accord porte sur le plan d’accompagnement."))
    return page


@pytest.fixture
def on_page(window: MainWindow) -> MainWindow:
    window.set_person(STRIP)
    window.show_page(sample_page(), Place("summary", PERSON))
    window.saved(datetime(2026, 11, 22, 14, 2, 31, tzinfo=PARIS))
    settle()
    return window


def shown(window: MainWindow, name: str) -> bool:
    widget = window.findChild(QWidget, name)
    return widget is not None and widget.isVisible()


def places(window: MainWindow) -> list[Place]:
    went: list[Place] = []
    window.went.connect(went.append)
    return went


def test_the_title_names_nobody(on_page: MainWindow) -> None:
    assert on_page.windowTitle() == "SPIP Desktop"


def test_an_entry_leads_to_its_place(on_page: MainWindow) -> None:
    went = places(on_page)
    for name in ("rail.agenda", "rail.interviews"):
        click(on_page.findChild(QWidget, name))
    assert went == [Place("agenda"), Place("interviews", PERSON)]


def test_sections_are_there_only_while_a_person_is_open(on_page: MainWindow) -> None:
    assert shown(on_page, "rail.interviews")
    on_page.set_person(None)
    settle()
    assert not shown(on_page, "rail.interviews")
    assert not shown(on_page, "person_strip")


def test_arrows_move_in_the_rail(on_page: MainWindow) -> None:
    todo = on_page.findChild(QWidget, "rail.todo")
    assert todo is not None
    todo.setFocus()
    press(on_page.focusWidget(), Qt.Key.Key_Down)
    assert on_page.focusWidget().objectName() == "rail.persons"


def test_enter_on_an_entry_goes_there_and_the_focus_goes_along(on_page: MainWindow) -> None:
    """A page with no line to choose leaves nobody in the rail, eleven presses of Tab away from its first action."""
    went = places(on_page)
    entry = on_page.findChild(QWidget, "rail.persons")
    assert entry is not None
    entry.setFocus()
    press(entry, Qt.Key.Key_Return)
    assert [one.kind for one in went] == ["persons"]
    empty = Page("Personnes", name="persons")
    empty.set_primary("Nouveau dossier", "plus", name="persons.new")
    on_page.show_page(empty, went[0])
    settle()
    focused = on_page.focusWidget()
    assert focused is not None
    assert focused.objectName() == "persons.new"
    entry.setFocus()
    settings = Page("Réglages", name="settings")
    settings.add(FormView([FieldSpec("reason", "Motif")]))
    on_page.show_page(settings, Place("settings"))
    settle()
    focused = on_page.focusWidget()
    assert focused is not None
    assert focused.objectName() == "reason.editor", "without a first action, the first stop of Tab"


def test_the_name_is_found_while_typing_and_enter_opens_it(on_page: MainWindow) -> None:
    went = places(on_page)
    shortcut(on_page, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert on_page.search.hasFocus()
    type_text(on_page.search, "per")
    assert [hit.title for hit in on_page.search.hits()] == ["Loïc PERRIN", "Louis PERROT"]
    press(on_page.search, Qt.Key.Key_Down)
    press(on_page.search, Qt.Key.Key_Return)
    assert [place.id.int for place in went if place.id] == [8]
    assert on_page.search.text() == ""
    assert not on_page.search.results().isVisible()


def test_nothing_found_is_said_and_escape_clears(on_page: MainWindow) -> None:
    on_page.focus_search()
    type_text(on_page.search, "zzz")
    assert on_page.search.results().item(0).text() == "Aucune personne trouvée"
    press(on_page.search, Qt.Key.Key_Return)
    press(on_page.search, Qt.Key.Key_Escape)
    assert not on_page.search.results().isVisible()


def test_saved_is_said_in_paris_time_and_a_failure_loudly(on_page: MainWindow) -> None:
    label = on_page.top_bar.saved.word
    assert label.text() == "Enregistré à 14:02:31"
    on_page.save_failed("Le disque est plein. Libérez de la place.")
    assert label.text() == "Non enregistré"
    assert on_page.band.isVisible()
    on_page.saved(datetime(2026, 11, 22, 14, 3, 0, tzinfo=PARIS))
    assert label.text() == "Enregistré à 14:03:00"
    assert not on_page.band.isVisible()


def test_f9_hides_the_person_in_one_frame_and_shows_them_again(on_page: MainWindow) -> None:
    secret = [one for one in on_page.strip.findChildren(Text) if one.discreet]
    clear = on_page.strip.grab().toImage()
    shortcut(on_page, Qt.Key.Key_F9)
    assert secret
    assert all(one.hidden and one.accessibleName() == "Masqué" for one in secret)
    assert on_page.strip.grab().toImage() != clear
    later = Text("Ibrahima N’DIAYE", discreet=True)
    on_page.page().add(later)  # type: ignore[union-attr]
    settle()
    assert later.hidden
    shortcut(on_page, Qt.Key.Key_F9)
    assert on_page.strip.grab().toImage() == clear


@pytest.mark.parametrize(
    ("key", "modifier", "signal"),
    [
        (Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier, "lock_asked"),
        (Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier, "print_asked"),
        (Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier, "undo_asked"),
        (Qt.Key.Key_F1, Qt.KeyboardModifier.NoModifier, "help_asked"),
        (Qt.Key.Key_F4, Qt.KeyboardModifier.NoModifier, "last_person_asked"),
    ],
)
def test_keys_of_the_whole_window(
    on_page: MainWindow, qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier, signal: str
) -> None:
    with qtbot.waitSignal(getattr(on_page, signal), timeout=500):
        shortcut(on_page, key, modifier)


def test_text_size_goes_step_by_step(on_page: MainWindow) -> None:
    asked: list[int] = []
    on_page.text_size_asked.connect(asked.append)
    for key in (Qt.Key.Key_Plus, Qt.Key.Key_Minus, Qt.Key.Key_0):
        shortcut(on_page, key, Qt.KeyboardModifier.ControlModifier)
    assert asked == [115, 100, 100]


def test_every_stop_of_tab_shows_a_ring(on_page: MainWindow) -> None:
    names = [stop.objectName() for stop in assert_tab_ring(on_page)]
    for name in ("search", "rail.todo", "rail.lock", "print", "note", "reason.editor", "actions"):
        assert name in names
    assert names.index("print") < names.index("note") < names.index("reason.editor") < names.index("actions")


def test_every_control_is_named(on_page: MainWindow) -> None:
    assert_every_control_is_named(on_page)
    assert_one_filled_button(on_page)


def test_no_text_is_clipped_at_any_size(on_page: MainWindow) -> None:
    assert_no_clipped_text(on_page)


def test_a_name_too_long_for_the_strip_says_that_it_goes_on(on_page: MainWindow) -> None:
    name = "Marie-Antoinette Joséphine DE LA ROCHEFOUCAULD-MONTMORENCY VANDENBERGHE-LEFEBVRE"
    facts = (*STRIP.facts, StripFact("Mesure", "Sursis probatoire renforcé"), StripFact("Milieu ouvert", "Sans écrou"))
    on_page.set_person(PersonStripValues(PERSON, name, STRIP.detail, facts))
    assert_no_clipped_text(on_page, (100,))
    assert on_page.strip.name.shown().endswith("…")
    assert on_page.strip.name.text() == name, "a screen reader has it whole"
    on_page.set_person(STRIP)
    settle()
    assert on_page.strip.name.shown() == STRIP.name


def test_a_page_whose_field_in_focus_was_made_anew_elsewhere_takes_the_focus_again(on_page: MainWindow) -> None:
    """Back on the PACEP from « De l’entretien au retour », no part had the focus: keys went nowhere."""
    plan, chain = Page("PACEP", name="pacep"), Page("De l’entretien au retour", name="chain")
    plan.set_primary("Soumettre", name="pacep.next")
    opens = chain.set_primary("Ouvrir le PACEP", name="chain.open")
    former = FormView([FieldSpec("reason", "Motif")])
    plan.add(former)
    on_page.show_page(plan, Place("person.pacep"))
    former.field("reason").setFocus()
    on_page.show_page(chain, Place("person.pacep_chain"))
    opens.setFocus()
    clear(plan.body.column)
    on_page.show_page(plan, Place("person.pacep"))
    settle()
    focused = on_page.focusWidget()
    assert focused is not None
    assert focused.objectName() == "pacep.next"


def test_a_name_comes_before_the_facts_which_go_to_a_second_line(on_page: MainWindow, qtbot: QtBot) -> None:
    measure = "Détention à domicile sous surveillance électronique (aménagement)"
    facts = (*STRIP.facts, StripFact("Mesure", measure), StripFact("Dessaisissement", "accepté, à remettre"))
    on_page.resize(1280, 800)
    on_page.set_person(PersonStripValues(PERSON, "Ibrahima N’DIAYE-LECLERCQ", STRIP.detail, facts))
    qtbot.waitUntil(lambda: on_page.strip.height() > 72)
    assert on_page.strip.name.shown() == "Ibrahima N’DIAYE-LECLERCQ"


def test_at_200_percent_the_rail_is_a_menu_and_the_strip_a_button(on_page: MainWindow) -> None:
    at_text_size(200)
    assert on_page.width() == 1280
    assert not shown(on_page, "rail")
    assert on_page.top_bar.person.isVisible()
    assert on_page.foot_saved.isVisible()
    click(on_page.top_bar.menu)
    assert shown(on_page, "rail.todo")
    went = places(on_page)
    click(on_page.findChild(QWidget, "rail.todo"))
    assert went == [Place("todo")]
    assert not shown(on_page, "rail")
    click(on_page.top_bar.card)
    assert shown(on_page, "person_strip")
    at_text_size(100)
    assert shown(on_page, "rail")
    assert on_page.search.isVisible()


def test_the_menu_closes_with_escape(on_page: MainWindow) -> None:
    at_text_size(200)
    click(on_page.top_bar.menu)
    press(on_page.focusWidget(), Qt.Key.Key_Escape)
    assert not shown(on_page, "rail")


def test_discretion_hides_the_persons_found_too(on_page: MainWindow) -> None:
    on_page.focus_search()
    type_text(on_page.search, "per")
    results, spoken = on_page.search.results(), Qt.ItemDataRole.AccessibleTextRole
    settle()
    shown = results.grab().toImage()
    assert "Loïc PERRIN" in str(results.item(0).data(spoken))  # the positive control
    on_page.set_discretion(True)
    settle()
    assert results.isVisible()
    hidden = results.grab().toImage()
    assert hidden != shown
    assert results.item(0).data(spoken) == "Masqué"
    type_text(on_page.search, "r")  # found while it is on
    settle()
    assert all(results.item(n).data(spoken) == "Masqué" for n in range(results.count()))
    assert on_page.search.accessibleDescription() == "Masqué"
    on_page.set_discretion(False)
    assert "PERRIN" in str(results.item(0).data(spoken))
    press(on_page.search, Qt.Key.Key_Escape)


def test_the_search_opens_below_the_bar_where_it_is_folded(on_page: MainWindow) -> None:
    at_text_size(200)
    click(on_page.top_bar.find_button)
    assert on_page.search.isVisible()
    assert on_page.search.hasFocus()


def test_the_side_column_folds_into_a_button(on_page: MainWindow) -> None:
    at_text_size(200)
    assert not shown(on_page, "side")
    button = on_page.findChild(QWidget, "side.button")
    click(button)
    assert shown(on_page, "side")
    click(button)
    assert not shown(on_page, "side")


def test_a_place_with_a_field_gives_it_the_focus(on_page: MainWindow) -> None:
    on_page.show_page(on_page.page(), Place("summary", PERSON, "reason"))  # type: ignore[arg-type]
    assert on_page.focusWidget().objectName() == "reason.editor"


def test_a_page_that_could_not_save_keeps_the_window_open(on_page: MainWindow) -> None:
    page = on_page.page()
    assert isinstance(page, Page)
    page.flush = lambda: False  # type: ignore[method-assign]
    assert not on_page.close()
    page.flush = lambda: True  # type: ignore[method-assign]
    assert on_page.close()


def test_a_reason_stands_beside_what_cannot_be_pressed(on_page: MainWindow) -> None:
    page = on_page.page()
    assert isinstance(page, Page)
    page.head.buttons()[-1].set_available(False, "Il manque l’accord de la personne.")
    settle()
    assert page.head.reason.isVisible()
    assert page.head.reason.text() == "Il manque l’accord de la personne."
    page.head.buttons()[-1].set_available(True)
    assert not page.head.reason.isVisible()


@pytest.mark.parametrize("percent", [100, 150, 200])
def test_the_primary_action_ends_at_the_margin(on_page: MainWindow, percent: int) -> None:
    at_text_size(percent)
    page = on_page.page()
    assert isinstance(page, Page)
    page.set_title("Fiche de prescription pour la mission locale", "brouillon du 20/11/2026, pour l’objectif 1.1")
    settle()
    primary = page.head.buttons()[-1]
    right = primary.mapTo(on_page, primary.rect().topRight()).x() + 1
    assert on_page.width() - right == 24 * percent // 100
