"""The list of what is due: Space or Enter chooses a line, a click on its first words too."""

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from spip_desktop import reference
from spip_desktop.domain import dates
from spip_desktop.domain.text import NBSP
from spip_desktop.services.retention import DueLine
from spip_desktop.ui.table import Cell, Column, RecordRow, TableView
from spip_desktop.wording.retention import SCOPES

_COLUMNS = (Column("Choix", 104), Column("Personne", 184), Column("Pourquoi"), Column("Échu le", 144))


class DueTable(TableView):
    """What is due, and which lines are chosen."""

    choice_changed = Signal()

    def __init__(self) -> None:
        super().__init__(_COLUMNS, name="retention.due", label="Dossiers à effacer")
        self._lines: tuple[DueLine, ...] = ()
        self._chosen: set[UUID] = set()
        self.opened.connect(self._toggle)

    def show_lines(self, lines: Sequence[DueLine]) -> None:
        """Show the list as it is now; lines that were chosen and are still there stay chosen."""
        self._lines = tuple(lines)
        self._chosen &= {line.due.person_id for line in lines}
        self._refresh()

    def lines(self) -> tuple[DueLine, ...]:
        return self._lines

    def chosen(self) -> list[DueLine]:
        """The lines chosen, in the order of the list."""
        return [line for line in self._lines if line.due.person_id in self._chosen]

    def choose(self, *, every: bool) -> None:
        """Choose every line that nothing holds back, or none."""
        free = {line.due.person_id for line in self._lines if line.hold is None}
        self._chosen = free if every else set()
        self._refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self.current_key() is not None:
            self._toggle(self.current_key())
            return
        super().keyPressEvent(event)

    def _toggle(self, key: object) -> None:
        assert isinstance(key, UUID)
        self._chosen ^= {key}
        self._refresh()

    def _refresh(self) -> None:
        self.set_rows(
            [
                RecordRow(line.due.person_id, _cells(line, chosen=line.due.person_id in self._chosen))
                for line in self._lines
            ]
        )
        self.choice_changed.emit()


def _cells(line: DueLine, *, chosen: bool) -> tuple[Cell, ...]:
    born = f"né(e) le {dates.short(line.birth_date)}" if line.birth_date else ""
    return (
        Cell("Choisi", icon="check", bold=True, link=True) if chosen else Cell("Choisir", link=True),
        Cell(line.name, born, bold=True, discreet=True),
        _why(line),
        Cell(dates.short(line.due.due_on), f"terminé le {dates.short(line.due.ended_on)}"),
    )


def _why(line: DueLine) -> Cell:
    """The rule and its source; what holds the erasure back comes first."""
    rule, scope = reference.load("retention").get(line.due.rule), SCOPES[line.due.scope]
    label, source = (rule.label, f"{scope}, {rule.legal}") if rule else (scope, "")
    if line.hold is None:
        return Cell(label, source)
    reason = reference.load("hold_reasons").label(line.hold.reason)
    since = ", ".join(part for part in (f"Depuis le {dates.short(line.hold.starts)}", line.hold.detail) if part)
    return Cell(f"Suspendu{NBSP}: {reason[:1].lower()}{reason[1:]}", f"{since}\n{label}", icon="lock")
