"""The analysis: what was found in every field, by kind; the needs that come first, in the officer's own order."""

import itertools
from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from spip_desktop.domain.evaluation import EvaluationKind, Finding, FindingKind
from spip_desktop.domain.evaluation_rules import needs_in_order
from spip_desktop.domain.text import NBSP
from spip_desktop.services.evaluation_reading import EvaluationView
from spip_desktop.ui.buttons import LinkButton, icon_button
from spip_desktop.ui.choices import Tick
from spip_desktop.ui.evaluation.findings import FindingList, FindingRow, Line, lines
from spip_desktop.ui.fields import FieldKind, FieldSpec, NoteField, Parse
from spip_desktop.ui.form import make_field
from spip_desktop.ui.labels import Rule, SectionTitle, SmallText
from spip_desktop.ui.layout import column, row, set_size
from spip_desktop.ui.make_bar import short
from spip_desktop.ui.text import Text

_GROUPS: tuple[tuple[str, tuple[FindingKind, ...]], ...] = (
    ("Faits, avec leur source et leur date", (FindingKind.FACT,)),
    ("Facteurs de risque", (FindingKind.STATIC_RISK, FindingKind.DYNAMIC_RISK)),
    ("Facteurs de protection", (FindingKind.PROTECTION,)),
    ("Indices de réceptivité", (FindingKind.RESPONSIVITY,)),
)
_NONE_YET = "Rien encore. Les constats se font dans chaque champ, à partir des mots de la note."


class NeedItem(QWidget):
    """One need: its place in the order, its words, whether it comes first and why."""

    edited = Signal(object, str)
    binned = Signal(object)
    closed = Signal()
    prioritised = Signal(object, bool)
    moved = Signal(object, int)

    def __init__(self, line: Line, parse_date: Parse, *, frozen: bool) -> None:
        super().__init__()
        self.need = line[0]
        self.frozen = frozen
        self.setObjectName(f"need.{self.need.id}")
        outer = column(self, gap=4)
        self.place = Text("", "bold")
        set_size(self.place, min_width=16)
        self.row = FindingRow(line, parse_date, about_facts=True, frozen=frozen)
        self.row.edited.connect(self.edited)
        self.row.binned.connect(self.binned)
        self.row.closed.connect(self.closed)
        self.row.rule.hide()
        top = row(gap=8)
        top.addWidget(self.place, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self.row, 1)
        outer.addLayout(top)
        self.first = Tick("Prioritaire", f"{self.objectName()}.first")
        self.first.setEnabled(not frozen)
        self.first.clicked.connect(lambda on: self.prioritised.emit(self.need.id, on))
        self.up = icon_button("arrow-up", "", f"{self.objectName()}.up")
        self.down = icon_button("arrow-down", "", f"{self.objectName()}.down")
        self.up.clicked.connect(lambda: self.moved.emit(self.need.id, -1))
        self.down.clicked.connect(lambda: self.moved.emit(self.need.id, 1))
        keys = row(gap=8, margins=(24, 0, 0, 0))
        for part in (self.first, self.up, self.down):
            keys.addWidget(part)
        keys.addStretch(1)
        outer.addLayout(keys)
        spec = FieldSpec(f"reason.{self.need.lineage}", "Pourquoi commencer par là", FieldKind.NOTE, lines=2)
        reason = make_field(spec)
        assert isinstance(reason, NoteField)
        self.reason = reason
        self.reason.set_read_only(frozen)
        self.reason.set_value(self.need.priority_reason)
        self.reason.edited.connect(lambda _: self.edited.emit(self.need.id, "priority_reason"))
        under = column(margins=(24, 0, 0, 0))
        under.addWidget(self.reason)
        outer.addLayout(under)
        outer.addWidget(Rule("filet"))
        self.show_need(line, last=False)

    def show_need(self, line: Line, *, last: bool) -> None:
        """Say the need as it is now; the reason being typed is left alone."""
        self.need = line[0]
        self.row.show_finding(line)
        place = self.need.priority
        self.place.setText(f"{place}." if place else "")
        self.first.setChecked(place is not None)
        self.reason.setVisible(place is not None)
        for button, act, useful in ((self.up, "Monter", place != 1), (self.down, "Descendre", not last)):
            button.setVisible(place is not None and useful and not self.frozen)
            button.setToolTip(act)
            button.setAccessibleName(f"{act}{NBSP}: {short(self.need.words) or 'besoin à formuler'}")
        self.first.setAccessibleName(f"Prioritaire{NBSP}: {short(self.need.words) or 'besoin à formuler'}")


class AnalysisView(QWidget):
    """The typed lists over all fields. The program lists; it counts, weighs and orders nothing."""

    edited = Signal(object, str)
    binned = Signal(object)
    closed = Signal()
    need_asked = Signal()
    no_need_edited = Signal()
    prioritised = Signal(object, bool)
    moved = Signal(object, int)

    def __init__(self, view: EvaluationView, parse_date: Parse) -> None:
        super().__init__()
        self._parse, self.frozen = parse_date, view.evaluation.is_frozen
        self._presumed = view.evaluation.presumed_innocent
        self._short = view.evaluation.kind is EvaluationKind.SHORT
        self._column = column(self, gap=12)
        self.lists: list[tuple[tuple[FindingKind, ...], FindingList, SmallText]] = []
        for title, kinds in _GROUPS:
            if not (self._presumed and FindingKind.STATIC_RISK in kinds):
                self._add_list(title, kinds)
        self.needs: dict[UUID, NeedItem] = {}
        self._needs = column(gap=8)
        self.add_need = LinkButton("Ajouter un besoin", name="need.add", small=True)
        self.add_need.clicked.connect(self.need_asked)
        spec = FieldSpec("no_need_reason", "Aucun besoin retenu, motif", FieldKind.NOTE, lines=2)
        reason = make_field(spec)
        assert isinstance(reason, NoteField)
        self.no_need = reason
        self.no_need.set_read_only(self.frozen)
        self.no_need.edited.connect(lambda _: self.no_need_edited.emit())
        if not self._presumed:
            self._column.addWidget(SectionTitle("Besoins criminogènes", "" if self.frozen else self.add_need))
            self._column.addLayout(self._needs)
            self._column.addWidget(self.no_need)

    def set_reason(self, text: str) -> None:
        self.no_need.set_value(text)

    def show_findings(self, view: EvaluationView) -> None:
        """Every finding of the version under its kind."""
        every = lines(view.findings)
        for kinds, shown, none in self.lists:
            here = [line for line in every if line[0].kind in kinds]
            shown.show_lines(here, about_facts=not self._presumed, frozen=self.frozen)
            none.setVisible(not here)
        self._show_needs(every)

    def row_of(self, id_: UUID) -> FindingRow | None:
        """The row of a finding, wherever it is listed."""
        if id_ in self.needs:
            return self.needs[id_].row
        return next((found.rows[id_] for _, found, _ in self.lists if id_ in found.rows), None)

    def _add_list(self, title: str, kinds: tuple[FindingKind, ...]) -> None:
        shown, none = FindingList(self._parse), SmallText(_NONE_YET)
        shown.edited.connect(self.edited)
        shown.binned.connect(self.binned)
        shown.closed.connect(self.closed)
        self.lists.append((kinds, shown, none))
        for part in (SectionTitle(title), none, shown):
            self._column.addWidget(part)

    def _show_needs(self, every: Sequence[Line]) -> None:
        locks = {one.id: lock for one, lock in every}
        wanted = needs_in_order(one for one, _ in every)
        for id_ in [id_ for id_ in self.needs if id_ not in {one.id for one in wanted}]:
            gone = self.needs.pop(id_)
            self._needs.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        last = max((one.priority or 0 for one in wanted), default=0)
        for at, one in enumerate(wanted):
            item = self.needs.get(one.id) or self._new_need((one, locks[one.id]))
            self._needs.removeWidget(item)
            self._needs.insertWidget(at, item)
            item.show_need((one, locks[one.id]), last=one.priority == last)
        self._chain(wanted)
        self.no_need.setHidden(self._presumed or self._short or bool(wanted))

    def _new_need(self, line: Line) -> NeedItem:
        item = NeedItem(line, self._parse, frozen=self.frozen)
        item.edited.connect(self.edited)
        item.binned.connect(self.binned)
        item.closed.connect(self.closed)
        item.prioritised.connect(self.prioritised)
        item.moved.connect(self.moved)
        self.needs[line[0].id] = item
        return item

    def _chain(self, wanted: Sequence[Finding]) -> None:
        """Tab follows the order read."""
        for one, after in itertools.pairwise(wanted):
            QWidget.setTabOrder(self.needs[one.id], self.needs[after.id])
