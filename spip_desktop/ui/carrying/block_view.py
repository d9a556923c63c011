"""The side column of « À reporter »: one block as it is to be pasted, what changed in it, what was done of it."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from spip_desktop.domain.carrying import Block
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.text import NBSP
from spip_desktop.domain.text_diff import Piece, around_changes, pieces_between
from spip_desktop.services.carrying import DoneLine
from spip_desktop.ui.buttons import Button, LinkButton
from spip_desktop.ui.changed_text import ChangedText
from spip_desktop.ui.fields import FieldKind, FieldSpec, Parse
from spip_desktop.ui.form import FormView
from spip_desktop.ui.labels import SectionTitle, SmallText
from spip_desktop.ui.layout import FlowRow, clear, column
from spip_desktop.ui.page import SideColumn
from spip_desktop.ui.text import Text
from spip_desktop.wording import carrying as words
from spip_desktop.wording import sentence

WIDTH = 376
#: What stayed is cut to so many signs around what changed.
_CONTEXT = 60
_DISCREET = "Le texte est celui qui sera collé, à la lettre."


class BlockColumn(SideColumn):
    """Shows a block that waits, or a line of « Reportés »; empty, it says to choose one."""

    carried = Signal(object)  # the day, a date
    aside_asked = Signal()
    withdrawn = Signal()
    source_asked = Signal()

    def __init__(self, parse_date: Parse, today: Callable[[], date]) -> None:
        super().__init__("Le bloc", WIDTH)
        self._today = today
        self._shown = column(gap=8)
        self.form = FormView((FieldSpec("on", "Reporté le", FieldKind.DATE, width="half"),), parse_date=parse_date)
        self.report = Button("Noter le report (R)", "check", name="carrying.report")
        self.aside = Button("Pas à reporter", "minus-circle", name="carrying.aside")
        self.withdraw = Button("Retirer ce report", "undo", name="carrying.withdraw")
        self.source = LinkButton("Ouvrir dans le dossier", name="carrying.source")
        self.acts = QWidget()
        inside = column(self.acts, gap=8)
        buttons = FlowRow(gap=8, line_gap=4)
        buttons.add(self.report, self.aside)
        for part in (self.form, buttons):
            inside.addWidget(part)
        self.add(self._shown, self.acts, self.withdraw, self.source)
        self.report.clicked.connect(self.ask)
        self.aside.clicked.connect(self.aside_asked)
        self.withdraw.clicked.connect(self.withdrawn)
        self.source.clicked.connect(self.source_asked)

    def ask(self) -> None:
        """« Noter le report »: on the day of the field."""
        day = self.form.value("on")
        if isinstance(day, date):
            self.carried.emit(day)
        elif not self.form.field("on").problem:
            self.form.field("on").set_problem(sentence(Refusal("required", "on")))

    def show_block(self, block: Block, *, may: bool) -> None:
        """What is to be pasted; under it, what it said when it was reported, barred and underlined."""
        self._fill(block.kind.label, SmallText(words.where(block.kind)))
        if not block.kind.certain:
            self._add(SmallText(words.TO_CHECK))
        self._add(Text(block.text, wrap=True, discreet=True), SmallText(_DISCREET))
        if block.former:
            self._add(SectionTitle(words.changed_since(block.former)))
            self._add(ChangedText(_changes(block.former.text, block.text), discreet=True))
        self.form.field("on").set_value(self._today())
        self._offer(waiting=may, done=False)

    def show_done(self, one: DoneLine, *, may: bool) -> None:
        """What was reported, as it was pasted; what took it back."""
        self._fill(one.line.title, SmallText(words.done(one.line, one.who), discreet=True))
        if one.withdrawn:
            self._add(SmallText(words.withdrawn(one.withdrawn, one.withdrawn_by), colour="alerte"))
        self._add(Text(one.line.text, wrap=True, discreet=True))
        self._offer(waiting=False, done=may and one.withdrawn is None)
        self.source.hide()

    def show_nothing(self) -> None:
        self._fill("Le bloc", SmallText("Choisissez une ligne : son texte vient ici.".replace(" :", f"{NBSP}:")))
        self._offer(waiting=False, done=False)
        self.source.hide()

    def show_refusal(self, refusal: Refusal) -> list[str]:
        """Beside the day where it is about it; the other sentences come back."""
        return self.form.show_refusal(refusal, sentence)

    def _fill(self, title: str, *parts: QWidget) -> None:
        clear(self._shown)
        self._add(SectionTitle(title), *parts)

    def _add(self, *parts: QWidget) -> None:
        for part in parts:
            self._shown.addWidget(part)

    def _offer(self, *, waiting: bool, done: bool) -> None:
        self.acts.setVisible(waiting)
        self.withdraw.setVisible(done)
        self.source.show()


def _changes(before: str, now: str) -> tuple[Piece, ...]:
    return around_changes(pieces_between(before, now), _CONTEXT)
