"""A field keeps what is typed, says what is wrong below it, and is named for a screen reader."""

from datetime import date

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from spip_desktop.domain.errors import Problem, Refusal
from spip_desktop.ui.fields import Field, FieldKind, FieldSpec, NoteField, ParsedField
from spip_desktop.ui.form import FormView, make_field
from spip_desktop.ui.readers import date_reader, hour_reader, read_integer, show_hour
from tests.ui.checks import assert_every_control_is_named, assert_no_clipped_text, settle
from tests.ui.conftest import Show
from tests.ui.typing import press, type_text

OPTIONS = (("a", "Carte de résident"), ("b", "Récépissé"))
UNREADABLE = "Cette date ne se lit pas."


def sentence(refusal: Refusal) -> str:
    return UNREADABLE


PARSE = date_reader(lambda: date(2026, 11, 22), sentence)
SPECS = (
    FieldSpec("name", "Nom de naissance", width="half", required=True),
    FieldSpec("born", "Date de naissance", FieldKind.DATE, width="half"),
    FieldSpec("permit", "Titre de séjour", FieldKind.CHOICE, OPTIONS, help="Tel qu’il est écrit sur la carte."),
    FieldSpec("level", "Niveau", FieldKind.RADIO, OPTIONS),
    FieldSpec("agreed", "Accord", FieldKind.YES_NO),
    FieldSpec("asked", "Demandes", FieldKind.TICKS, OPTIONS),
    FieldSpec("children", "Enfants", FieldKind.INTEGER),
    FieldSpec("words", "Objectif", FieldKind.NOTE, max_length=20),
)
VALUES: dict[str, object] = {
    "name": "N’DIAYE",
    "born": date(2004, 3, 14),
    "permit": "b",
    "level": "a",
    "agreed": "to_check",
    "asked": ("a", "b"),
    "children": 0,
    "words": "« Être pâtissier »",
}


@pytest.fixture
def form(show: Show) -> FormView:
    made = FormView(SPECS, parse_date=PARSE)
    show(made)
    return made


def test_values_come_back_as_they_were_set(form: FormView) -> None:
    form.set_values(VALUES)
    assert form.values() == VALUES
    assert form.drafts() == {}


def test_an_empty_form_gives_empty_values(form: FormView) -> None:
    values = form.values()
    assert (values["name"], values["born"], values["permit"], values["asked"]) == ("", None, "", ())
    assert (values["level"], values["agreed"], values["children"]) == ("", "", None)


def test_setting_a_value_is_not_an_edit(form: FormView, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(form.edited):
        form.set_values(VALUES)


def test_every_kind_says_which_field_was_edited(form: FormView) -> None:
    edited: list[str] = []
    form.edited.connect(edited.append)
    type_text(form.field("name").editor, "Noël")
    type_text(form.field("words").editor, "Ça")
    press(form.field("permit").editor, Qt.Key.Key_Down)
    press(form.field("level").editor.focusProxy(), Qt.Key.Key_Space)
    press(form.field("asked").editor.focusProxy(), Qt.Key.Key_Space)
    assert list(dict.fromkeys(edited)) == ["name", "words", "permit", "level", "asked"]
    assert form.value("name") == "Noël"


def test_a_date_is_typed_any_way_and_written_one_way(form: FormView) -> None:
    field = form.field("born")
    field.setFocus()
    type_text(field.editor, "3/4/26")
    assert field.value() == date(2026, 4, 3)
    form.field("name").setFocus()
    settle()
    assert field.raw_text() == "03/04/2026"


def test_a_date_that_cannot_be_read_is_kept_as_typed(form: FormView) -> None:
    field = form.field("born")
    field.setFocus()
    type_text(field.editor, "29/02/20x")
    form.field("name").setFocus()
    settle()
    assert field.problem == UNREADABLE
    assert form.drafts() == {"born": "29/02/20x"}
    assert "born" not in form.values()
    form.set_drafts({"born": "29/02/2"})
    assert field.raw_text() == "29/02/2"


def test_a_correction_takes_the_sentence_back_at_once(form: FormView) -> None:
    field = form.field("born")
    field.set_raw_text("29/02/20x")
    assert field.problem
    press(field.editor, Qt.Key.Key_End)
    press(field.editor, Qt.Key.Key_Backspace)
    assert not field.problem


def test_a_problem_is_read_below_the_field_and_gets_the_focus(form: FormView) -> None:
    form.show_problems({"permit": "Choisissez un titre.", "words": "Écrivez l’objectif."})
    assert form.field("permit").editor.hasFocus()
    assert form.field("words").editor.accessibleDescription() == "Écrivez l’objectif."
    form.show_problems({})
    assert form.field("permit").editor.accessibleDescription() == "Tel qu’il est écrit sur la carte."


def test_a_refusal_goes_to_its_fields_and_the_rest_to_the_page(form: FormView) -> None:
    refusal = Refusal.of([Problem("missing", "name"), Problem("closed")])
    assert form.show_refusal(refusal, lambda problem: problem.code) == ["closed"]
    assert form.field("name").problem == "missing"


def test_pasted_control_signs_are_dropped(form: FormView) -> None:
    note = form.field("words")
    assert isinstance(note, NoteField)
    pasted = QMimeData()
    pasted.setText("Un\u202e mot\x07\r\nDeux")
    note.note.insertFromMimeData(pasted)
    assert note.value() == "Un mot\nDeux"
    QApplication.clipboard().setText("NOM\u200b\tÉPOUX")
    line = form.field("name").editor
    line.paste()  # type: ignore[attr-defined]
    settle()
    assert form.value("name") == "NOM ÉPOUX"


def test_a_note_keeps_its_non_breaking_spaces_and_its_lines(qtbot: QtBot) -> None:
    note = make_field(FieldSpec("words", "Objectif", FieldKind.NOTE))
    assert isinstance(note, NoteField)
    qtbot.addWidget(note)
    words = "«\u00a0Permis\u00a0»\u202f: 35\u00a0%\n\nseconde ligne"
    note.set_value(words)
    assert (note.value(), note.raw_text()) == (words, words)
    note.note.insertPlainText("un\u2028deux\u00a0! ")
    assert note.raw_text() == "un\ndeux\u00a0! " + words
    assert note.value() == note.raw_text()


def test_a_note_says_how_many_signs_and_keeps_what_is_over(form: FormView) -> None:
    note = form.field("words")
    note.set_value("x" * 25)
    assert len(str(note.value())) == 25
    said = [label.text() for label in note.findChildren(QWidget) if hasattr(label, "text") and label.isVisible()]
    assert "25 signes sur 20" in said


def test_a_note_grows_with_its_text(form: FormView) -> None:
    note = form.field("words")
    before = note.editor.height()
    note.set_value("\n".join("ligne" for _ in range(9)))
    settle()
    assert note.editor.height() > before


def test_del_takes_an_answer_back(form: FormView) -> None:
    form.set_values(VALUES)
    press(form.field("permit").editor, Qt.Key.Key_Delete)
    press(form.field("level").editor.focusProxy(), Qt.Key.Key_Delete)
    assert (form.value("permit"), form.value("level")) == ("", "")


def test_a_retired_code_is_still_shown(form: FormView) -> None:
    form.set_values({"permit": "ancien"})
    assert form.value("permit") == "ancien"


def test_every_editor_is_named_by_its_label(form: FormView) -> None:
    assert_every_control_is_named(form)
    for field in form.fields.values():
        assert field.objectName() == field.code
        assert field.label.buddy() is field.editor
    found = QAccessible.queryAccessibleInterface(form.field("born").editor)
    assert found.text(QAccessible.Text.Name) == "Date de naissance"


def test_no_field_is_clipped(form: FormView) -> None:
    form.set_values(VALUES)
    form.show_problems(dict.fromkeys(form.fields, "Ce champ attend une réponse que l’on puisse lire."))
    assert_no_clipped_text(form)


def test_half_fields_stand_alone_where_there_is_no_room(form: FormView) -> None:
    assert form.field("name").y() == form.field("born").y()
    form.resize(400, 700)
    settle()
    assert form.field("name").y() < form.field("born").y()


@pytest.mark.parametrize("spec", SPECS, ids=[spec.code for spec in SPECS])
def test_read_only_shows_the_value_and_takes_no_typing(spec: FieldSpec, show: Show) -> None:
    field: Field = make_field(spec, PARSE)
    show(field)
    field.set_value(VALUES[spec.code])
    field.set_read_only(True)
    press(field.editor, Qt.Key.Key_Down)
    type_text(field.editor, "9")
    assert field.value() == VALUES[spec.code]


def test_a_context_menu_can_be_asked_of_a_line(form: FormView) -> None:
    menu = form.field("name").editor.createStandardContextMenu()  # type: ignore[attr-defined]
    assert menu.actions()
    menu.deleteLater()


@pytest.mark.parametrize(("typed", "value"), [("12", 12), ("1 200", 1200), ("", None), ("douze", None)])
def test_whole_numbers(typed: str, value: int | None) -> None:
    read, problem = read_integer(typed)
    assert read == value
    assert bool(problem) == (typed == "douze")


def test_an_hour_field_reads_and_writes_french_hours(show: Show) -> None:
    spec = FieldSpec("at", "Heure", FieldKind.PARSED, parse=hour_reader(sentence), show=show_hour)
    field = make_field(spec)
    assert isinstance(field, ParsedField)
    show(field)
    field.setFocus()
    type_text(field.editor, "1430")
    assert field.value() == (14, 30)
    press(field.editor, Qt.Key.Key_Return)
    assert field.raw_text() == "14\u00a0h\u00a030"


def test_discretion_hides_a_discreet_field_and_keeps_its_value(show: Show) -> None:
    form = FormView([FieldSpec("name", "Nom de naissance", discreet=True), FieldSpec("reason", "Motif")])
    show(form)
    form.set_values({"name": "PERRIN", "reason": "Suivi"})
    for field in form.fields.values():
        field.set_hidden(True)
    settle()
    assert not form.field("name").editor.isVisible()
    assert form.field("reason").editor.isVisible()
    assert form.value("name") == "PERRIN"
    form.field("name").set_hidden(False)
    assert form.field("name").editor.isVisible()


def test_a_note_made_read_only_is_not_said_to_be_typed_in(show: Show) -> None:
    field = make_field(FieldSpec("note", "Note", FieldKind.NOTE))
    show(field)
    edited: list[str] = []
    field.edited.connect(edited.append)
    field.set_value("Des mots.")
    for read_only in (True, False):
        field.set_read_only(read_only)
    assert edited == []
    type_text(field.editor, "X")
    assert edited == ["note"], "the control"


def test_the_focus_comes_in_by_the_answer_given(show: Show) -> None:
    field = make_field(FieldSpec("level", "Niveau", FieldKind.RADIO, OPTIONS), PARSE)
    show(field)
    for value, focused in (("", "level.a"), ("b", "level.b"), ("", "level.a")):
        field.set_value(value)
        field.setFocus()
        settle()
        at = QApplication.focusWidget()
        assert at is not None
        assert at.objectName() == focused


def test_the_arrows_choose_an_answer_also_while_none_is_chosen(show: Show) -> None:
    field = make_field(FieldSpec("level", "Niveau", FieldKind.RADIO, OPTIONS), PARSE)
    show(field)
    edited: list[str] = []
    field.edited.connect(edited.append)
    field.setFocus()
    settle()
    for key, chosen in ((Qt.Key.Key_Down, "b"), (Qt.Key.Key_Right, "a"), (Qt.Key.Key_Up, "b"), (Qt.Key.Key_Delete, "")):
        at = QApplication.focusWidget()
        assert at is not None
        press(at, key)
        settle()
        assert field.value() == chosen
    assert edited == ["level"] * 4
