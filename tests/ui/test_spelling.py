"""The spelling of the notes, with the real dictionary: underlined at rest, put right by the menu, taught."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from spip_desktop.dictionary import Dictionary
from spip_desktop.domain.spelling import word_at, words_of
from spip_desktop.services.context import Context
from spip_desktop.settings import Settings
from spip_desktop.ui import spelling
from spip_desktop.ui.buttons import LinkButton
from spip_desktop.ui.editors import NoteEdit
from spip_desktop.ui.evaluation.note_editor import NoteEditor
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.settings.spelling import SpellingSection
from spip_desktop.ui.speller import Speller
from spip_desktop.ui.tasks import Tasks
from spip_desktop.wiring import Services, make_services
from tests.ui.conftest import Show
from tests.ui.typing import press, type_text

WRONG = "Il aplique la regle, Orsanne aussi."


@pytest.fixture(scope="module")
def dictionary() -> Dictionary:
    return Dictionary()


@pytest.fixture
def services(context: Context) -> Services:
    return make_services(context)


@pytest.fixture
def speller(services: Services, dictionary: Dictionary) -> Iterator[Speller]:
    tasks = Tasks()
    made = Speller(services.spelling, tasks, lambda said: pytest.fail(said), lambda taught: dictionary)
    spelling.use(made)
    yield made
    spelling.use(None)
    tasks.stop()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def note(show: Show, text: str, kind: type[NoteEdit] | type[NoteEditor] = NoteEdit) -> NoteEdit | NoteEditor:
    made = kind()
    if isinstance(made, NoteEdit):
        made.set_text(text)
    else:
        made.set_note(text, ())
    show(made)
    return made


def red(editor: NoteEdit | NoteEditor) -> set[int]:
    """The columns of the viewport in which something red is drawn."""
    image = editor.viewport().grab().toImage()
    places = ((x, y) for x in range(image.width()) for y in range(min(image.height(), 60)))
    return {x for x, y in places if image.pixelColor(x, y).red() - image.pixelColor(x, y).green() > 60}


def rested(qtbot: QtBot, speller: Speller) -> None:
    qtbot.waitUntil(lambda: speller.dictionary is not None and not speller._wanted, timeout=5_000)
    qtbot.wait(20)


# -- which words ---------------------------------------------------------------------------------------------


def test_neither_acronyms_nor_numbers_nor_addresses_are_words() -> None:
    text = "Le SPIP écrit à l’entretien : c’est-à-dire a.b@exemple.fr, 2e étage, rendez-vous."
    assert [one.word for one in words_of(text)] == [
        "Le",
        "écrit",
        "à",
        "l’entretien",
        "c’est-à-dire",
        "étage",
        "rendez-vous",
    ]
    assert all(text[one.start : one.end] == one.word for one in words_of(text))
    found = word_at(text, text.index("tretien"))
    assert found is not None
    assert found.word == "l’entretien"


def test_the_dictionary_knows_french_with_both_apostrophes_and_the_words_of_the_trade(dictionary: Dictionary) -> None:
    for word in ("l’entretien", "l'entretien", "aujourd’hui", "Œuvre", "probationnaire", "écrou", "c’est-à-dire"):
        assert dictionary.knows(word), word
    assert not dictionary.knows("aplique")
    assert "applique" in dictionary.suggest("aplique")


# -- in a note -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [NoteEdit, NoteEditor])
def test_what_is_wrong_is_underlined_once_nobody_types(
    show: Show, qtbot: QtBot, speller: Speller, kind: type[NoteEdit] | type[NoteEditor]
) -> None:
    editor = note(show, WRONG, kind)
    assert not red(editor)
    rested(qtbot, speller)
    assert red(editor)
    speller.set_on(False)
    assert not red(editor), "switched off"
    speller.set_on(True)
    editor.set_frozen(True)
    assert not red(editor), "what is only read is not marked"


def test_the_control_a_right_text_has_no_underline(show: Show, qtbot: QtBot, speller: Speller) -> None:
    editor = note(show, "Il applique la règle.")
    rested(qtbot, speller)
    assert not red(editor)


def test_the_word_being_typed_is_spared_until_the_cursor_leaves_it(show: Show, qtbot: QtBot, speller: Speller) -> None:
    editor = note(show, "")
    editor.setFocus()
    type_text(editor, "Il apliqu")
    qtbot.wait(500)
    assert not red(editor)
    type_text(editor, " donc")
    rested(qtbot, speller)
    assert red(editor)


def menu_of(speller: Speller, editor: NoteEdit | NoteEditor, place: int) -> QMenu:
    cursor = QTextCursor(editor.document())
    cursor.setPosition(place)
    menu = QMenu(editor)
    speller.offer(editor, menu, cursor)
    return menu


def test_a_suggestion_takes_the_place_of_the_word_and_is_undone(show: Show, qtbot: QtBot, speller: Speller) -> None:
    editor = note(show, WRONG)
    assert isinstance(editor, NoteEdit)
    rested(qtbot, speller)
    typed: list[None] = []
    editor.typed.connect(lambda: typed.append(None))
    menu = menu_of(speller, editor, WRONG.index("plique"))
    next(one for one in menu.actions() if one.text() == "applique").trigger()
    assert editor.text() == "Il applique la regle, Orsanne aussi."
    assert typed, "it is saved like what is typed"
    press(editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert editor.text() == WRONG
    assert menu_of(speller, editor, 0).actions() == [], "nothing to offer on a word that is right"


def test_a_word_taught_is_right_from_then_on_also_after_an_apostrophe(
    show: Show, qtbot: QtBot, services: Services, speller: Speller, loic: UUID
) -> None:
    editor = note(show, WRONG)
    rested(qtbot, speller)
    speller.set_person(loic, "Loïc PERRIN")
    menu = menu_of(speller, editor, WRONG.index("Orsanne"))
    next(one for one in menu.actions() if one.text().startswith("Apprendre")).trigger()
    (kept,) = services.spelling.mine()
    assert (kept.word, kept.person_id) == ("Orsanne", loic)
    assert menu_of(speller, editor, WRONG.index("Orsanne")).actions() == []
    assert speller.dictionary is not None
    assert speller.dictionary.knows("d’Orsanne")
    speller.forget_answers(dropped="Orsanne")
    assert menu_of(speller, editor, WRONG.index("Orsanne")).actions()


def test_the_names_of_the_person_are_no_mistakes(speller: Speller, dictionary: Dictionary) -> None:
    speller.dictionary = dictionary
    assert speller._wrong_now("Nguyenval")
    speller.set_person(UUID(int=1), "Thi NGUYENVAL")
    assert not speller._wrong_now("Nguyenval")
    assert not speller._wrong_now("d’Nguyenval")


def test_f7_goes_from_one_to_the_next_and_round(show: Show, qtbot: QtBot, speller: Speller) -> None:
    editor = note(show, WRONG)
    assert isinstance(editor, NoteEdit)
    editor.setFocus()
    rested(qtbot, speller)
    words = []
    for _ in range(4):
        assert speller.to_next(editor)
        words.append(editor.textCursor().selectedText())
    assert words == ["aplique", "regle", "Orsanne", "aplique"]


def test_nothing_is_looked_up_of_what_is_out_of_sight(show: Show, qtbot: QtBot, speller: Speller) -> None:
    editor = note(show, "Il va bien.\n" * 400 + "Zutalors")
    rested(qtbot, speller)
    assert "Zutalors" not in speller._right
    editor.verticalScrollBar().setValue(editor.verticalScrollBar().maximum())
    qtbot.waitUntil(lambda: speller._right.get("Zutalors") is False, timeout=5_000)


def test_reglages_switches_it_off_and_takes_a_word_back(
    show: Show, qtbot: QtBot, services: Services, speller: Speller
) -> None:
    editor = note(show, WRONG)
    rested(qtbot, speller)
    menu = menu_of(speller, editor, WRONG.index("Orsanne"))
    next(one for one in menu.actions() if one.text().startswith("Apprendre")).trigger()
    settings = [Settings()]
    section = SpellingSection(lambda: settings[0], services.spelling, Guard(lambda _: None))
    section.chosen.connect(lambda chosen: settings.append(chosen))
    show(section)
    section.show_settings()
    (drop,) = [one for one in section.findChildren(LinkButton) if one.objectName() == "spelling.drop.1"]
    assert drop.accessibleName() == "Retirer\u00a0: Orsanne"
    drop.click()
    assert services.spelling.mine() == ()
    assert menu_of(speller, editor, WRONG.index("Orsanne")).actions(), "a mistake again"
    section.form.set_values({"spelling": "non"})
    section.take()
    assert settings[-1].spelling is False
