"""A fact entered after the draft: a few fields at the top of the page, kept as a draft until written or left."""

from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from spip_desktop.domain.clock import Clock
from spip_desktop.domain.draft import Draft
from spip_desktop.domain.errors import Refusal
from spip_desktop.services.desk import DeskService
from spip_desktop.ui.autosave import Autosave
from spip_desktop.ui.buttons import Button, QuietButton
from spip_desktop.ui.form import FormView
from spip_desktop.ui.labels import Rule, SectionTitle
from spip_desktop.ui.layout import FlowRow, clear, column
from spip_desktop.ui.tab_order import read_after, stop_before
from spip_desktop.wording import sentence

Visible = Callable[[FormView], Sequence[str]]
#: The field of the draft that says which panel was open.
PANEL = "panel"


class FactPanel(QWidget):
    """A few fields written as one dated fact; Enter writes, Esc leaves without writing."""

    recorded = Signal()
    left = Signal()

    def __init__(
        self,
        title: str,
        verb: str,
        form: FormView,
        record: Callable[[FormView], object],
        visible: Visible | None = None,
        back: str = "Ne rien noter",
    ) -> None:
        super().__init__()
        self.setObjectName("fact")
        self.form, self._record, self._visible = form, record, visible
        lines = column(self, gap=12)
        lines.addWidget(SectionTitle(title))
        lines.addWidget(form)
        flow = FlowRow(gap=8, line_gap=4)
        self.write, self.cancel = Button(verb, name="fact.write"), QuietButton(back, name="fact.cancel")
        self.write.clicked.connect(self._on_write)
        self.cancel.clicked.connect(self.left)
        flow.add(self.write, self.cancel)
        lines.addWidget(flow)
        lines.addWidget(Rule("bord"))
        form.edited.connect(lambda _: self.show_needed())
        self.show_needed()

    def start(self) -> None:
        """Give the focus to what is left to fill in, else to the first field, whose proposal gives way to typing."""
        every = self.form.fields.values()
        left = (one for one in every if one.spec.required and not one.isHidden() and not one.raw_text())
        next(left, next(iter(every))).setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter writes, where the field in focus has no use of its own for it."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self.cancel.hasFocus():
            self._on_write()
        else:
            super().keyPressEvent(event)

    def show_needed(self) -> None:
        """Show the fields that the answers so far call for."""
        if self._visible:
            self.form.show_only(self._visible(self.form))

    def _on_write(self) -> None:
        try:
            self._record(self.form)
        except Refusal as refusal:
            for words in self.form.show_refusal(refusal, sentence):
                next(iter(self.form.fields.values())).set_problem(words)
            return
        self.recorded.emit()


class FactDesk(QWidget):
    """The one panel open at the top of a page. `kind` names its drafts; they come back after a lock."""

    recorded = Signal()
    left = Signal()
    saved = Signal(object)  # datetime
    failed = Signal(str)

    def __init__(self, desk: DeskService, clock: Clock, kind: str, report: Callable[[Exception], object]) -> None:
        super().__init__()
        self._desk, self._clock, self._kind = desk, clock, kind
        self.panel: FactPanel | None = None
        self._name = ""
        self._about: UUID | None = None
        self._lines = column(self, gap=0)
        self.autosave = Autosave(self._keep, self, report=report, drafts=lambda _: self._drafts())
        self.autosave.saved.connect(self.saved)
        self.autosave.failed.connect(self.failed)
        self.hide()

    def ask(self, name: str, about: UUID, panel: FactPanel, *, anew: bool = False) -> None:
        """Open a panel about a record, as it was left unless `anew`, its first field in focus; `name` tells which."""
        self.open(panel)
        self._name, self._about = name, about
        kept = self._kept(about)
        if kept.pop(PANEL, "") == name and not anew:
            panel.form.set_drafts(kept)
            panel.show_needed()

    def writes(self, name: str, about: UUID) -> bool:
        """The button of the page was pressed once more: that panel is open, it writes instead of beginning again."""
        if self.panel is None or (self._name, self._about) != (name, about):
            return False
        self.panel.write.click()
        return True

    def open(self, panel: FactPanel) -> None:
        """Show a panel that keeps no draft in place of the one there was, whose draft waits."""
        self.flush()  # what was typed a moment ago in the panel there was
        self._name, self._about = "", None
        self._clear()
        self.panel = panel
        panel.recorded.connect(self._on_recorded)
        panel.left.connect(self._on_left)
        panel.form.edited.connect(self.autosave.touch)
        self._lines.addWidget(panel)
        read_after(stop_before(self), (*panel.form.fields.values(), panel.write, panel.cancel))
        self.show()
        panel.show()
        panel.start()

    def come_back(self, about: UUID, make: Callable[[str], FactPanel | None]) -> None:
        """Open again what was being filled about this record, as it was typed; None: it has no place any more."""
        name = self._kept(about).get(PANEL, "")
        panel = make(name) if name else None
        if panel is not None:
            self.ask(name, about, panel)

    def keep(self) -> None:
        """Keep the panel as it stands: it was filled in without a hand (a file that was read)."""
        if self.panel:
            self.autosave.touch(next(iter(self.panel.form.fields)))

    def flush(self) -> bool:
        return self.autosave.flush()

    def about(self) -> UUID | None:
        """The record of the panel that is open, or None."""
        return self._about if self.panel else None

    def close_panel(self) -> None:
        """Put the panel away; its draft waits."""
        self.flush()
        self._clear()

    def _kept(self, about: UUID) -> dict[str, str]:
        return {one.field: one.text for one in self._desk.of(self._kind, about)}

    def _keep(self, _: frozenset[str]) -> datetime | None:
        every = self._drafts()
        self._desk.keep(every)
        return self._clock.now() if every else None

    def _drafts(self) -> list[Draft]:
        """Everything typed in the panel, with its name, until it is written or left."""
        if self.panel is None or self._about is None:
            return []
        fields = self.panel.form.fields.items()
        typed = [Draft(self._kind, self._about, code, one.raw_text()) for code, one in fields]
        return [Draft(self._kind, self._about, PANEL, self._name), *typed]

    def _on_recorded(self) -> None:
        self._forget()
        self.recorded.emit()

    def _on_left(self) -> None:
        self._forget()
        self.left.emit()

    def _forget(self) -> None:
        if self._about is not None:
            self._desk.drop(self._kind, self._about)
        self._clear()

    def _clear(self) -> None:
        self.autosave.forget()
        self.panel = None
        clear(self._lines)
        self.hide()
