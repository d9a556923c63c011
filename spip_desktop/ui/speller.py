"""Spelling in every note: what is in sight is looked up once nobody types, and underlined; nothing is done at a key.

A word looked up once is remembered for all the notes. The word being typed is spared until the cursor leaves it.
"""

import re
from collections.abc import Callable, Iterator
from functools import partial
from time import perf_counter
from uuid import UUID
from weakref import WeakSet

from PySide6.QtCore import QObject, QRect, QTimer
from PySide6.QtGui import QAction, QPainter, QTextBlock, QTextCursor
from PySide6.QtWidgets import QMenu
from shiboken6 import isValid

from spip_desktop.dictionary import Dictionary
from spip_desktop.domain.spelling import word_at, words_of
from spip_desktop.domain.text import NBSP
from spip_desktop.services.spelling import SpellingService
from spip_desktop.ui.in_sight import blocks_of, lines_in, pen_on, text_of
from spip_desktop.ui.spelling import Editor
from spip_desktop.ui.tasks import Tasks

_PAUSE = 350  # ms after the last key
_SLICE = 0.008  # s of look-ups between two turns of the event loop


class Speller(QObject):
    """One for a window. `names` and `person` are those of the dossier that is open."""

    def __init__(
        self,
        words: SpellingService,
        tasks: Tasks,
        told: Callable[[str], object],
        load: Callable[[list[str]], Dictionary] = Dictionary,
    ) -> None:
        super().__init__()
        self._words, self._tasks, self._told, self._load = words, tasks, told, load
        self.dictionary: Dictionary | None = None
        self.on = True
        self._loading = False
        self._person: UUID | None = None
        self._names: frozenset[str] = frozenset()
        self._right: dict[str, bool] = {}
        self._wanted: set[str] = set()
        self._editors: WeakSet[Editor] = WeakSet()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._look_up)

    def set_on(self, on: bool) -> None:
        """Underline, or no longer."""
        if on != self.on:
            self.on = on
            self._paint_again()

    def set_person(self, person: UUID | None, name: str) -> None:
        """The names of the person whose dossier is open are no mistakes."""
        self._person, self._names = person, frozenset(one.word.lower() for one in words_of(name.title()))

    def waits(self) -> bool:
        """Whether something in sight is still to be looked up."""
        return bool(self._wanted)

    def rest(self) -> None:
        """The cursor moved: nothing is looked up before the next pause."""
        if self.on:
            self._timer.start(_PAUSE)

    # -- what is wrong ---------------------------------------------------------------------------------------

    def is_wrong(self, word: str) -> bool | None:
        """None while it was not looked up."""
        if word.lower() in self._names or re.split("['’]", word)[-1].lower() in self._names:
            return False
        known = self._right.get(word)
        return None if known is None else not known

    def _look_up(self) -> None:
        """The words in sight that nobody knows yet, some at a time."""
        if not self.on:
            return
        if self.dictionary is None:
            if self._wanted:
                self._begin_loading()
            return
        until = perf_counter() + _SLICE
        while self._wanted and perf_counter() < until:
            word = self._wanted.pop()
            self._right[word] = self.dictionary.knows(word)
        if self._wanted:
            self._timer.start(0)
        else:
            self._paint_again()

    def _begin_loading(self) -> None:
        if self._loading:
            return
        self._loading = True
        taught = [one.word for one in self._words.mine()]
        self._tasks.run(lambda: self._load(taught), self._on_loaded, failed=self._on_failed)

    def _on_loaded(self, dictionary: Dictionary) -> None:
        self.dictionary = dictionary
        self._look_up()

    def _on_failed(self, _: Exception) -> None:
        """A dictionary that cannot be read leaves the notes without underlines; one writes as before."""
        self.on = False
        self._told("Le dictionnaire n’a pas pu être lu : l’orthographe n’est pas vérifiée.".replace(" :", f"{NBSP}:"))

    def _paint_again(self) -> None:
        for editor in self._editors:
            if isValid(editor):  # a page that was made anew may still hold those of before
                editor.viewport().update()

    # -- underlines ------------------------------------------------------------------------------------------

    def paint(self, editor: Editor, clip: QRect) -> None:
        """Underline what is wrong of the lines in sight; what was never looked up waits for a pause."""
        if not self.on or editor.isReadOnly():
            return
        self._editors.add(editor)
        typed = editor.textCursor().position() if editor.hasFocus() else -1
        painter: QPainter | None = None
        for seen in lines_in(editor, clip):
            for span in seen.words():
                wrong = self.is_wrong(span.word)
                if wrong is None:
                    self._want(span.word)
                elif wrong and not span.start <= typed <= span.end:
                    painter = painter or pen_on(editor)
                    painter.drawPath(seen.wave(span))
        if painter is not None:
            painter.end()

    def _want(self, word: str) -> None:
        self._wanted.add(word)
        if not self._timer.isActive():
            self._timer.start(_PAUSE)

    # -- putting right ---------------------------------------------------------------------------------------

    def offer(self, editor: Editor, menu: QMenu, cursor: QTextCursor) -> None:
        """Before the usual entries: what may have been meant by the word of the cursor, and « Apprendre »."""
        chosen = self._wrong_at(cursor) if self.on and not editor.isReadOnly() else None
        if chosen is None or self.dictionary is None:
            return
        word, first = chosen.selectedText(), menu.actions()[0] if menu.actions() else None
        entries = [(one, partial(chosen.insertText, one)) for one in self.dictionary.suggest(word)]
        entries += [(f"Apprendre «{NBSP}{word}{NBSP}»", partial(self._teach, word))]
        for text, do in entries:
            action = QAction(text.replace("&", "&&"), menu)
            action.triggered.connect(lambda _=False, act=do: act())
            menu.insertAction(first, action)  # type: ignore[arg-type]
        menu.insertSeparator(first)  # type: ignore[arg-type]

    def to_next(self, editor: Editor) -> bool:
        """Select the next word that is wrong, from the cursor on and round again; False where there is none."""
        if not self.on or self.dictionary is None or editor.isReadOnly():
            return False
        start = editor.textCursor().selectionEnd()
        blocks = list(blocks_of(editor))
        wrong = [place for block in blocks for place in self._wrong_in(block) if place[0] > start] or [
            place for block in blocks for place in self._wrong_in(block)
        ]
        if not wrong:
            return False
        cursor = editor.textCursor()
        cursor.setPosition(wrong[0][0])
        cursor.setPosition(wrong[0][1], QTextCursor.MoveMode.KeepAnchor)
        editor.setTextCursor(cursor)
        editor.ensureCursorVisible()
        return True

    def _wrong_in(self, block: QTextBlock) -> Iterator[tuple[int, int]]:
        for span in words_of(text_of(block)):
            if self._wrong_now(span.word):
                yield block.position() + span.start, block.position() + span.end

    def _wrong_at(self, cursor: QTextCursor) -> QTextCursor | None:
        """The word around a cursor, selected, when it is wrong."""
        block = cursor.block()
        span = word_at(text_of(block), cursor.position() - block.position())
        if span is None or not self._wrong_now(span.word):
            return None
        found = QTextCursor(block)
        found.setPosition(block.position() + span.start)
        found.setPosition(block.position() + span.end, QTextCursor.MoveMode.KeepAnchor)
        return found

    def _wrong_now(self, word: str) -> bool:
        if self.dictionary is not None and self.is_wrong(word) is None:
            self._right[word] = self.dictionary.knows(word)
        return bool(self.is_wrong(word))

    def _teach(self, word: str) -> None:
        """The officer's own word, in the store; nowhere else."""
        self._words.teach(word, self._person)
        self.forget_answers(word)

    def forget_answers(self, taught: str = "", dropped: str = "") -> None:
        """The officer's own words changed: what was looked up is looked up again."""
        if self.dictionary is not None:
            if taught:
                self.dictionary.learn(taught)
            if dropped:
                self.dictionary.forget(dropped)
        self._right.clear()
        self._paint_again()
