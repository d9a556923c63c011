"""Where the notes meet the spelling of their window (ui/speller.py); without one, they are plain notes.

The entrance has notes' editors too: nothing of the store is imported here.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu, QPlainTextEdit, QTextEdit

if TYPE_CHECKING:
    from spip_desktop.ui.speller import Speller

Editor = QPlainTextEdit | QTextEdit
_now: "list[Speller]" = []


def use(speller: "Speller | None") -> None:
    """The spelling of the notes from now on; None for no spelling."""
    _now[:] = [speller] if speller else []


def current() -> "Speller | None":
    return _now[0] if _now else None


def underline(editor: Editor, clip: QRect) -> None:
    """At the end of an editor's paintEvent."""
    if _now:
        _now[0].paint(editor, clip)


def rest() -> None:
    """The cursor of an editor moved."""
    if _now:
        _now[0].rest()


def show_menu(editor: Editor, event: QContextMenuEvent) -> None:
    """The usual menu of an editor; on a word that is wrong, what may have been meant comes first."""
    menu = editor.createStandardContextMenu()
    if _now:
        by_mouse = event.reason() is QContextMenuEvent.Reason.Mouse
        _now[0].offer(editor, menu, editor.cursorForPosition(event.pos()) if by_mouse else editor.textCursor())
    menu.popup(event.globalPos())


def show_next() -> None:
    """F7: the next word that is wrong in the note that has the focus, with its menu."""
    editor = QApplication.focusWidget()
    if _now and isinstance(editor, QPlainTextEdit | QTextEdit) and _now[0].to_next(editor):
        menu = QMenu(editor)
        _now[0].offer(editor, menu, editor.textCursor())
        menu.popup(editor.viewport().mapToGlobal(editor.cursorRect().bottomLeft()))
        if menu.actions():
            menu.setActiveAction(menu.actions()[0])
