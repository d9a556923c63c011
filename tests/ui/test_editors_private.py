"""Words about someone are not dragged out of the program, nor learnt by a keyboard."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from spip_desktop.ui.editors import LineEdit, NoteEdit
from spip_desktop.ui.evaluation.note_editor import NoteEditor
from tests.ui.conftest import Show

WORDS = "Dit dormir mal depuis trois semaines"


def still_selected(note: QPlainTextEdit | QTextEdit) -> bool:
    """Whether words stay selected while they are pressed: Qt drags them at the next move."""
    note.selectAll()
    QTest.mousePress(note.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(60, 12))
    held = note.textCursor().hasSelection()
    QTest.mouseRelease(note.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(60, 12))
    return held


@pytest.mark.parametrize(
    ("make", "dragged"), [(QPlainTextEdit, True), (QTextEdit, True), (NoteEdit, False), (NoteEditor, False)]
)
def test_selected_words_cannot_be_dragged_out(
    show: Show, make: Callable[[], QPlainTextEdit | QTextEdit], dragged: bool
) -> None:
    """The control: Qt's own editors let them go."""
    note = make()
    note.setPlainText(WORDS)
    show(note)
    assert still_selected(note) == dragged


@pytest.mark.parametrize(
    ("make", "private"), [(QLineEdit, False), (LineEdit, True), (NoteEdit, True), (NoteEditor, True)]
)
def test_what_is_typed_is_not_learnt(show: Show, make: Callable[[], QWidget], private: bool) -> None:
    hints = make().inputMethodHints()
    wanted = Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
    assert ((hints & wanted) == wanted) == private
