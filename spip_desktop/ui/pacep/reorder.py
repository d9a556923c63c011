"""Lines of the plan dragged among those beside them; the keyboard does the same with Alt and the arrows."""

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from spip_desktop.ui.pacep.rows import PartRow

Move = Callable[[UUID, int], object]


class Reorder(QObject):
    """Watches the lines of a draft; a line dropped elsewhere among its neighbours is moved there, once."""

    def __init__(self, move: Move, parent: QObject) -> None:
        super().__init__(parent)
        self._move = move
        self._groups: dict[UUID | None, list[tuple[UUID, PartRow]]] = {}
        self._from: QPoint | None = None
        self._dragging = False

    def forget(self) -> None:
        """The lines are about to be made anew."""
        self._groups.clear()
        self._from, self._dragging = None, False

    def add(self, group: UUID | None, part_id: UUID, line: PartRow) -> None:
        """A line, in the order of the page; `group` is what holds it."""
        self._groups.setdefault(group, []).append((part_id, line))
        line.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QMouseEvent) and isinstance(watched, PartRow):
            if event.type() is QEvent.Type.MouseButtonPress and event.button() is Qt.MouseButton.LeftButton:
                self._from, self._dragging = event.globalPosition().toPoint(), False
            elif event.type() is QEvent.Type.MouseMove and self._from is not None:
                return self._drag(watched, event.globalPosition().toPoint())
            elif event.type() is QEvent.Type.MouseButtonRelease and self._from is not None:
                return self._drop(watched, event.globalPosition().toPoint())
        return False

    def _drag(self, line: PartRow, there: QPoint) -> bool:
        assert self._from is not None
        if (there - self._from).manhattanLength() >= QApplication.startDragDistance():
            self._dragging = True
        if self._dragging:
            self._mark(line, there)
        return self._dragging

    def _drop(self, line: PartRow, there: QPoint) -> bool:
        """A drop is no click: the line does not open."""
        dragging, self._from, self._dragging = self._dragging, None, False
        if not dragging:
            return False
        line.setDown(False)
        beside, here = self._beside(line)
        for _, other in beside:
            other.mark(0)
        steps = self._place(beside, there) - here
        if steps:
            self._move(beside[here][0], steps)
        return True

    def _mark(self, line: PartRow, there: QPoint) -> None:
        """A rule where the line would come: above one that it passes going up, below going down."""
        beside, here = self._beside(line)
        place = self._place(beside, there)
        for number, (_, other) in enumerate(beside):
            other.mark(0 if number != place or place == here else (1 if place > here else -1))

    def _beside(self, line: PartRow) -> tuple[list[tuple[UUID, PartRow]], int]:
        for beside in self._groups.values():
            for number, (_, other) in enumerate(beside):
                if other is line:
                    return beside, number
        raise AssertionError("a line that was not added")

    @staticmethod
    def _place(beside: list[tuple[UUID, PartRow]], there: QPoint) -> int:
        """Where a line let go there comes: the last line whose top is above, the first where none is."""
        tops = [line.mapToGlobal(QPoint(0, 0)).y() for _, line in beside]
        return max(sum(top <= there.y() for top in tops) - 1, 0)
