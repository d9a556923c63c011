"""The list of « À reporter », of one's own dossiers or of one: chosen by system, copied, noted, taken back."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from spip_desktop.domain import dates
from spip_desktop.domain.carrying import Answer, Block, System
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.officer import Right
from spip_desktop.domain.text import NBSP, french_spaces
from spip_desktop.services.carrying import DoneLine, Queue
from spip_desktop.ui import clipboard
from spip_desktop.ui.carrying.aside import AsideDesk
from spip_desktop.ui.carrying.block_view import BlockColumn
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.labels import EmptyState, SmallText
from spip_desktop.ui.layout import column
from spip_desktop.ui.readers import date_reader
from spip_desktop.ui.table import Cell, Column, RecordRow, TableView
from spip_desktop.ui.tabs import Tab, Tabs
from spip_desktop.wiring import Services
from spip_desktop.wording import carrying as words
from spip_desktop.wording import sentence

ALL, DONE = "tout", "reportes"
_PERSON = Column("Personne", 176)
_COLUMNS = (Column("Le", 112), Column("Bloc, et où il est à saisir"))
_COPIED = french_spaces("Copié : collez-le dans {where}. Le presse-papiers se vide dans 30 secondes.")
_NONE_DONE = "Rien n’a encore été reporté."


class QueueDesk(QWidget):
    """`person` narrows it to one dossier. The page shows `side` and says what `said` and `refused` bring."""

    went = Signal(object)  # Place
    saved = Signal(object)  # datetime
    failed = Signal(str)
    said = Signal(str, object)  # the sentence, and what takes the act back or None
    refused = Signal(str)
    counted = Signal(int)
    moved = Signal()  # another line, or other lines: what may be done changed

    def __init__(self, services: Services, guard: Guard, *, name: str, of_one: bool = False) -> None:
        super().__init__()
        self._services, self._guard = services, guard
        self._of_one, self.person = of_one, UUID(int=0)
        self._queue, self._done = Queue((), {}), list[DoneLine]()
        self._counts: list[int] = []
        parse = date_reader(services.clock.today, sentence)
        self.side = BlockColumn(parse, services.clock.today)
        self.aside = AsideDesk(services, guard.report)
        self.tabs = Tabs(name=f"{name}.tabs")
        self.table = TableView(_COLUMNS if of_one else (_PERSON, *_COLUMNS), name=f"{name}.table", label=words.TITLE)
        self.empty = EmptyState(words.EMPTY, words.EMPTY_ADVICE)
        actor = services.context.actor
        self._may_note, self._may_copy = actor.may(Right.DECIDE), actor.may(Right.PRINT)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        lines = column(self, gap=8)
        self.legend = SmallText(words.legend())
        for part in (self.aside, self.tabs, self.legend, self.table, self.empty):
            lines.addWidget(part)

    def _connect(self) -> None:
        self.tabs.chosen.connect(lambda _: self.show_rows())
        self.table.current_changed.connect(lambda _: self._show_current())
        self.table.opened.connect(lambda _: self._go())
        self.table.installEventFilter(self)
        for keys, do in (("C", self.copy), ("R", self.side.ask)):
            shortcut = QShortcut(QKeySequence(keys), self.table, context=Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(do)
        self.side.carried.connect(self._carry)
        self.side.aside_asked.connect(self._ask_aside)
        self.side.withdrawn.connect(self._withdraw)
        self.side.source_asked.connect(self._go)
        self.aside.recorded.connect(self._set_aside)
        self.aside.left.connect(self.table.setFocus)
        self.aside.saved.connect(self.saved)
        self.aside.failed.connect(self.failed)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ctrl+C takes the block: a table of Qt would copy the words of the cell."""
        if watched is self.table and isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Copy):
            if event.type() == QEvent.Type.KeyPress:
                self.copy()
            event.accept()
            return True
        return super().eventFilter(watched, event)

    # -- reading ---------------------------------------------------------------------------------------------

    def read(self) -> None:
        """The blocks as they are now, the cursor where it was."""
        service = self._services.carrying
        self._queue = service.of_person(self.person) if self._of_one else service.queue()
        self._done = list(service.done(self.person if self._of_one else None)) if self._shows_done() else []
        self._show_tabs()
        self.counted.emit(len(self._queue.blocks))
        self.show_rows(read=False)

    def show_rows(self, *, read: bool = True) -> None:
        if read and self._shows_done():
            self._done = list(self._services.carrying.done(self.person if self._of_one else None))
        at = self.table.currentIndex().row()
        rows = [self._done_row(one) for one in self._done] if self._shows_done() else self._waiting_rows()
        self.table.set_rows(rows)
        if rows and self.table.current_key() is None and at >= 0:
            # The line that was there is gone: the next one is in its place.
            place = min(at, len(rows) - 1)
            self.table.setCurrentIndex(self.table.records.index(place, self.table.first_column()))
        self.table.setVisible(bool(rows))
        self.legend.setVisible(bool(rows) and not self._shows_done())
        self.empty.setVisible(not rows)
        self.empty.sentence.setText(_NONE_DONE if self._shows_done() else words.EMPTY)
        self._show_current()

    def start(self) -> None:
        """The first line in focus."""
        self.table.setFocus()

    def current(self) -> Block | None:
        """The block of the line the cursor is on."""
        return self._block(str(self.table.current_key() or ""))

    def system(self) -> System | None:
        """The one whose blocks are shown alone."""
        return System(self.tabs.value()) if self.tabs.value() in tuple(System) else None

    def why_not_copy(self) -> str:
        """What keeps a block from being copied, or nothing."""
        if not self._may_copy:
            return "Votre rôle ne copie pas de bloc."
        return "" if self.current() else "Choisissez un bloc."

    # -- acts ------------------------------------------------------------------------------------------------

    def copy(self) -> None:
        """Put the block in the clipboard, marked as sensitive; the journal says so first."""
        block = self.current()
        if block is None or not self._may_copy:
            return
        if self._do(lambda: self._services.carrying.copied(block)):
            clipboard.put(block.text)
            self.said.emit(_COPIED.format(where=words.SYSTEMS[block.kind.system]), None)

    def take_back(self, line_id: UUID) -> None:
        """« Annuler » of a report, or « Retirer ce report »: a second line, and the block waits again."""
        if self._do(lambda: self._services.carrying.withdraw(line_id)):
            self._written("Report retiré : le bloc attend de nouveau.", None)

    def flush(self) -> bool:
        return self.aside.flush()

    def come_back(self, about: UUID | None) -> bool:
        """What was being written about a block of this person, open again."""
        return about is not None and self.aside.come_back_to(about, self._block)

    def _carry(self, day: date) -> None:
        block, made = self.current(), list[UUID]()
        if block is None:
            return
        if self._do(lambda: made.append(self._services.carrying.carry(block, day))):
            done = words.DONE_IN[block.kind.system]
            self._written(f"{done} le {dates.short(day)}.", lambda: self.take_back(made[0]))

    def _ask_aside(self) -> None:
        block = self.current()
        if block:
            self.aside.ask_about(block, self._queue.names[block.person_id])

    def _set_aside(self) -> None:
        last = self.aside.last
        self._written("Noté : ce bloc n’est pas à reporter.", (lambda: self.take_back(last)) if last else None)

    def _withdraw(self) -> None:
        one = self._line()
        if one:
            self.take_back(one.line.id)

    def _do(self, act: Callable[[], object]) -> bool:
        refusals: list[Refusal] = []
        self._guard.run(act, refused=refusals.append)
        for refusal in refusals:
            for told in self.side.show_refusal(refusal):
                self.refused.emit(told)
        return not refusals

    def _written(self, told: str, undo: Callable[[], object] | None) -> None:
        self.saved.emit(self._services.clock.now())
        self.read()
        self.said.emit(french_spaces(told), undo)
        self.table.setFocus()

    def _go(self) -> None:
        block = self.current()
        if block:
            self.went.emit(block.place)

    # -- inside ----------------------------------------------------------------------------------------------

    def _shows_done(self) -> bool:
        return self.tabs.value() == DONE

    def _block(self, key: str) -> Block | None:
        return next((one for one in self._queue.blocks if one.key == key), None)

    def _line(self) -> DoneLine | None:
        return next((one for one in self._done if str(one.line.id) == self.table.current_key()), None)

    def _show_tabs(self) -> None:
        """Made anew only when a count changed, so that focus stays."""
        counts = [len(self._queue.blocks), *(len(self._of(system)) for system in System)]
        if counts == self._counts:
            return
        self._counts = counts
        found = [Tab(ALL, "Tout", count=counts[0])]
        found += [
            Tab(system.value, words.SYSTEMS[system], count=count)
            for system, count in zip(System, counts[1:], strict=True)
            if count or system is not System.PRISME
        ]
        self.tabs.set_tabs([*found, Tab(DONE, "Reportés", "check")])

    def _of(self, system: System | None) -> list[Block]:
        return [one for one in self._queue.blocks if system in (None, one.kind.system)]

    def _waiting_rows(self) -> list[RecordRow]:
        return [
            self._row(one.key, one.person_id, self._queue.names[one.person_id], _waiting_cells(one))
            for one in self._of(self.system())
        ]

    def _done_row(self, one: DoneLine) -> RecordRow:
        line = one.line
        told = words.done(line, one.who)
        if one.withdrawn:
            told = f"{told}\n{words.withdrawn(one.withdrawn, one.withdrawn_by)}"
        icon = "minus-circle" if one.withdrawn or line.answer is Answer.SET_ASIDE else "check"
        block = Cell(french_spaces(line.title), told, icon=icon, bold=True, discreet=True)
        cells = (Cell(dates.short(line.happened_on)), block)
        return self._row(str(line.id), line.person_id, one.person, cells)

    def _row(self, key: str, person_id: UUID, name: str, cells: tuple[Cell, ...]) -> RecordRow:
        if self._of_one:
            return RecordRow(key, cells)
        return RecordRow(key, (Cell(name, bold=True, discreet=True), *cells), str(person_id))

    def _show_current(self) -> None:
        block, line = self.current(), self._line() if self._shows_done() else None
        if line:
            self.side.show_done(line, may=self._may_note)
        elif block and not self._shows_done():
            self.side.show_block(block, may=self._may_note)
        else:
            self.side.show_nothing()
        self.moved.emit()


def _waiting_cells(one: Block) -> tuple[Cell, ...]:
    changed = f"\n{words.changed_since(one.former)}" if one.former else ""
    second = f"{words.where(one.kind)}{changed}"
    return (
        Cell(dates.short(one.on)),
        Cell(french_spaces(one.title), second, icon="pencil" if one.former else "document", bold=True, discreet=True),
    )


def count_words(count: int) -> str:
    """« 12 blocs », for the title of the page."""
    return words.waiting(count) if count else f"rien{NBSP}à saisir"
