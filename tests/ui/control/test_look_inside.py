"""Ctrl+F in an open dossier: its texts are found and gone to; Ctrl+K looks for persons again."""

from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from spip_desktop.domain.officer import Role
from spip_desktop.domain.place import Place
from spip_desktop.services.context import Context
from tests.services.test_journal import as_role, follow
from tests.ui.checks import settle
from tests.ui.control.conftest import Office, Open
from tests.ui.typing import press, shortcut, type_text

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def mine(context: Context, open_office: Open, loic: UUID) -> Office:
    office = open_office(context)
    office.go("person.synthese", loic)
    return office


def look(office: Office, text: str) -> list[tuple[str, str]]:
    type_text(office.window.search, text)
    settle()
    return [(hit.title, hit.subtitle) for hit in office.window.search.hits()]


def test_words_of_the_dossier_are_found_and_gone_to(mine: Office, loic: UUID) -> None:
    shortcut(mine.window, Qt.Key.Key_F, CONTROL)
    assert QApplication.focusWidget() is mine.window.search
    assert mine.window.search.placeholderText() == "Chercher dans ce dossier"
    assert look(mine, "atelier cv") == [("Déjà engagé", "Pôle IPRO : atelier CV fait en octobre 2026.")]
    press(mine.window.search, Qt.Key.Key_Return)
    settle()
    assert mine.window.place() == Place("person.situation", loic, "engaged")
    assert mine.focused() == "engaged.editor"
    assert mine.window.search.placeholderText() == "Nom, n° d’écrou ou APPI"


def test_persons_are_not_looked_for_there_nor_the_dossier_elsewhere(mine: Office) -> None:
    shortcut(mine.window, Qt.Key.Key_F, CONTROL)
    assert look(mine, "zzz") == []
    assert mine.window.search.results().item(0).text() == "Aucun passage trouvé"
    shortcut(mine.window, Qt.Key.Key_K, CONTROL)
    assert mine.window.search.text() == ""
    assert look(mine, "atelier") == []
    assert mine.window.search.results().item(0).text() == "Aucune personne trouvée"
    press(mine.window.search, Qt.Key.Key_Escape)
    assert [title for title, _ in look(mine, "perrin")] == ["Loïc PERRIN"]


def test_once_the_field_is_left_nothing_of_the_dossier_is_held(mine: Office) -> None:
    shortcut(mine.window, Qt.Key.Key_F, CONTROL)
    assert look(mine, "plongeur")
    press(mine.window.search, Qt.Key.Key_Tab)
    settle()
    assert QApplication.focusWidget() is not mine.window.search
    assert mine.window.search._inside is None
    assert mine.window.search.hits() == ()
    assert not mine.window.search.results().isVisible()


def test_outside_a_dossier_it_looks_for_persons(mine: Office) -> None:
    mine.go("persons")
    shortcut(mine.window, Qt.Key.Key_F, CONTROL)
    assert QApplication.focusWidget() is mine.window.search
    assert [title for title, _ in look(mine, "perrin")] == ["Loïc PERRIN"]


def test_a_dossier_that_asks_why_is_not_looked_through(dpip_context: Context, open_office: Open, loic: UUID) -> None:
    follow(dpip_context, loic)
    theirs = open_office(as_role(dpip_context, Role.CPIP, "valbrune-08"))
    theirs.go("person.synthese", loic)
    shortcut(theirs.window, Qt.Key.Key_F, CONTROL)
    assert look(theirs, "atelier") == []
    assert theirs.window.search.placeholderText() == "Nom, n° d’écrou ou APPI"


def test_discretion_hides_what_is_found(mine: Office) -> None:
    mine.window.set_discretion(True)
    shortcut(mine.window, Qt.Key.Key_F, CONTROL)
    look(mine, "atelier")
    spoken = mine.window.search.accessibleDescription()
    assert "atelier" not in spoken
    mine.window.set_discretion(False)
    assert "atelier" in mine.window.search.accessibleDescription()
