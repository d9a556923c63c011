"""What was made of a note: kind, wording, the words it comes from; opened to be changed, put in the bin."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from spip_desktop import reference
from spip_desktop.domain import dates
from spip_desktop.domain.evaluation import ABOUT_THE_FACTS, Evolution, Finding, FindingKind
from spip_desktop.domain.evaluation_rules import is_sourced
from spip_desktop.domain.text import NBSP
from spip_desktop.ui.buttons import Button, icon_button
from spip_desktop.ui.fields import FieldKind, FieldSpec, Parse
from spip_desktop.ui.form import FormView
from spip_desktop.ui.labels import Rule, SmallText
from spip_desktop.ui.layout import clear, column, row, set_size
from spip_desktop.ui.make_bar import short
from spip_desktop.ui.plan_links import PlanLinks
from spip_desktop.ui.text import Text
from spip_desktop.wording.evaluation import EVOLUTIONS, FINDINGS

_UNSOURCED = "source ou date à compléter"
#: A finding with its lock: what the services' `Stored` carries.
Line = tuple[Finding, int]


def lines(stored: Sequence[Any]) -> list[Line]:
    """Findings with their locks."""
    return [(one.value, one.lock) for one in stored]


def source_words(finding: Finding) -> str:
    """« Chez Bruno », entretien du 20/11/2026."""
    words = f"«{NBSP}{short(finding.evidence)}{NBSP}»" if finding.evidence else ""
    where = reference.load("finding_sources").label(finding.source).lower() if finding.source else ""
    if where and finding.source_on:
        where += f" du {dates.short(finding.source_on)}"
    return ", ".join(part for part in (words, where) if part)


class FindingRow(QWidget):
    """One finding, said in two lines; « Modifier » opens its fields under it."""

    edited = Signal(object, str)  # id, field
    binned = Signal(object)  # id
    closed = Signal()

    def __init__(self, line: Line, parse_date: Parse, *, about_facts: bool, frozen: bool) -> None:
        super().__init__()
        self.finding, self.lock = line
        self._parse, self._about_facts = parse_date, about_facts
        self.form: FormView | None = None
        self.setObjectName(f"finding.{self.finding.id}")
        self._outer = column(self, gap=4)
        top = row(gap=8)
        self.kind = Text("", "bold", wrap=True)
        set_size(self.kind, width=142)
        self.words = Text("", "body", wrap=True, max_chars=90)
        self.source = SmallText("")
        said = column(gap=0)
        said.addWidget(self.words)
        said.addWidget(self.source)
        self.plan = PlanLinks(f"{self.objectName()}.plan")
        said.addWidget(self.plan)
        top.addWidget(self.kind, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(said, 1)
        self.open_button = icon_button("pencil", "", f"{self.objectName()}.open")
        self.bin_button = icon_button("trash", "", f"{self.objectName()}.bin")
        self.open_button.clicked.connect(self.toggle)
        self.bin_button.clicked.connect(lambda: self.binned.emit(self.finding.id))
        for button in (self.open_button, self.bin_button):
            top.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self._outer.addLayout(top)
        for button in (self.open_button, self.bin_button):
            button.setHidden(frozen)
        self._inside = column(gap=8)
        self._outer.addLayout(self._inside)
        self.rule = Rule("filet")
        self._outer.addWidget(self.rule)
        self.show_finding(line)

    def show_finding(self, line: Line) -> None:
        """Say the finding as it is now; its open fields are left as they are being typed."""
        self.finding, self.lock = line
        finding = self.finding
        evolution = "" if finding.evolution is Evolution.NEW else f" ({EVOLUTIONS[finding.evolution].lower()})"
        self.kind.setText(FINDINGS[finding.kind] + evolution)
        self.words.setText(finding.words or "À formuler")
        self.words.set_colour("texte" if finding.words else "texte_2")
        lacks = "" if finding.kind is not FindingKind.FACT or is_sourced(finding) else _UNSOURCED
        self.source.setText(", ".join(part for part in (source_words(finding), lacks) if part))
        self.source.setVisible(bool(self.source.text()))
        name = f"{FINDINGS[finding.kind]}, {short(finding.words) or 'à formuler'}"
        for button, act in ((self.open_button, "Modifier"), (self.bin_button, "Mettre à la corbeille")):
            button.setAccessibleName(f"{act}{NBSP}: {name}")
            button.setToolTip(act)

    def toggle(self) -> None:
        """Open the fields, or close them."""
        if self.form is None:
            self.open_fields()
        else:
            self.close_fields()

    def open_fields(self, *, focus: bool = True) -> None:
        """The fields under the finding, the wording in focus."""
        self.form = FormView(_specs(self.finding, self._about_facts), parse_date=self._parse)
        self.form.set_values(_values(self.finding))
        self.form.edited.connect(lambda code: self.edited.emit(self.finding.id, code))
        self._inside.addWidget(self.form)
        done = Button("Fermer", name=f"{self.objectName()}.done", size="key")
        done.clicked.connect(self.close_fields)
        self._inside.addWidget(done, 0, Qt.AlignmentFlag.AlignLeft)
        if focus:
            self.form.field("wording").setFocus()

    def close_fields(self) -> None:
        """Put the fields away, once what was typed in them is saved."""
        if self.form is not None:
            self.closed.emit()
            self.form = None
            clear(self._inside)
            self.open_button.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.form is not None:
            self.close_fields()
            return
        super().keyPressEvent(event)


class FindingList(QWidget):
    """The findings of one step, each in its row."""

    edited = Signal(object, str)
    binned = Signal(object)
    closed = Signal()

    def __init__(self, parse_date: Parse) -> None:
        super().__init__()
        self._parse = parse_date
        self._column = column(self, gap=4)
        self.rows: dict[UUID, FindingRow] = {}

    def show_lines(self, found: Sequence[Line], *, about_facts: bool, frozen: bool) -> None:
        """Show these findings; rows that stay keep their open fields."""
        wanted = {one.id: (one, lock) for one, lock in found}
        for id_ in [id_ for id_ in self.rows if id_ not in wanted]:
            gone = self.rows.pop(id_)
            self._column.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        for id_, line in wanted.items():
            if id_ in self.rows:
                self.rows[id_].show_finding(line)
                continue
            made = FindingRow(line, self._parse, about_facts=about_facts, frozen=frozen)
            made.edited.connect(self.edited)
            made.binned.connect(self.binned)
            made.closed.connect(self.closed)
            self.rows[id_] = made
            self._column.addWidget(made)


class FactsApart(QWidget):
    """The findings of one step: the facts, each with its source and its date, then what the officer makes of them."""

    edited = Signal(object, str)
    binned = Signal(object)
    closed = Signal()

    def __init__(self, parse_date: Parse) -> None:
        super().__init__()
        inside = column(self, gap=8)
        self._parts: list[tuple[SmallText, FindingList]] = []
        for title in ("Faits", "Appréciations"):
            said, found = SmallText(title), FindingList(parse_date)
            found.edited.connect(self.edited)
            found.binned.connect(self.binned)
            found.closed.connect(self.closed)
            self._parts.append((said, found))
            inside.addWidget(said)
            inside.addWidget(found)

    @property
    def rows(self) -> Mapping[UUID, FindingRow]:
        return {id_: row for _, found in self._parts for id_, row in found.rows.items()}

    def show_lines(self, found: Sequence[Line], *, about_facts: bool, frozen: bool) -> None:
        """Show these findings; rows that stay keep their open fields."""
        facts = [line for line in found if line[0].kind is FindingKind.FACT]
        others = [line for line in found if line[0].kind is not FindingKind.FACT]
        for (said, shown), here in zip(self._parts, (facts, others), strict=True):
            shown.show_lines(here, about_facts=about_facts, frozen=frozen)
            said.setVisible(bool(here))


def _specs(finding: Finding, about_facts: bool) -> list[FieldSpec]:
    kinds = [kind for kind in FindingKind if about_facts or kind not in ABOUT_THE_FACTS or kind is finding.kind]
    sources = reference.load("finding_sources").entries
    specs = [
        FieldSpec("wording", "Formulation", help="Vide : les mots choisis tels quels.", max_length=500),
        FieldSpec("kind", "Nature", FieldKind.CHOICE, tuple((one.value, FINDINGS[one]) for one in kinds)),
        FieldSpec("source", "Source", FieldKind.CHOICE, tuple((one.code, one.label) for one in sources)),
        FieldSpec("source_on", "Date de la source", FieldKind.DATE),
    ]
    if finding.evolution is not Evolution.NEW:
        options = tuple(
            (one.value, EVOLUTIONS[one]) for one in Evolution if one not in (Evolution.TO_SAY, Evolution.NEW)
        )
        specs.append(FieldSpec("evolution", "Depuis la version précédente", FieldKind.CHOICE, options))
    return specs


def _values(finding: Finding) -> Mapping[str, object]:
    return {
        "wording": finding.wording,
        "kind": finding.kind.value,
        "source": finding.source,
        "source_on": finding.source_on,
        "evolution": finding.evolution.value,
    }
