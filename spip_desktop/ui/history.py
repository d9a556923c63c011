"""Undo: not a copy of the past put back, but a service called again; it ends with the lock."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

_MOST = 100


@dataclass(frozen=True, slots=True)
class Step:
    """One act of the officer: its sentence (« Action supprimée »), how to take it back, how to do it again."""

    sentence: str
    undo: Callable[[], object]
    redo: Callable[[], object] | None = None


class History(QObject):
    """The acts that can be taken back, latest first. A Refusal of the service goes to the caller."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._done: list[Step] = []
        self._undone: list[Step] = []

    def push(self, step: Step) -> None:
        """An act was done; what had been taken back can no longer be done again."""
        self._done = [*self._done, step][-_MOST:]
        self._undone.clear()
        self.changed.emit()

    def can_undo(self) -> bool:
        return bool(self._done)

    def can_redo(self) -> bool:
        return bool(self._undone)

    def undo(self) -> str:
        """Take the latest act back; returns its sentence, or nothing when there is none.

        If the service refuses, the act stays in the list.
        """
        if not self._done:
            return ""
        step = self._done[-1]
        step.undo()
        self._done.pop()
        if step.redo:
            self._undone.append(step)
        self.changed.emit()
        return step.sentence

    def redo(self) -> str:
        """Do again the latest act taken back; returns its sentence, or nothing."""
        if not self._undone:
            return ""
        step = self._undone[-1]
        if step.redo:
            step.redo()
        self._undone.pop()
        self._done.append(step)
        self.changed.emit()
        return step.sentence

    def clear(self) -> None:
        """Forget everything: the store is being locked."""
        self._done.clear()
        self._undone.clear()
        self.changed.emit()
