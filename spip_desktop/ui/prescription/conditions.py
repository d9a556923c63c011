"""The conditions: icon, word, name, and what each answer was worked out from; « passer outre » with a reason."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from spip_desktop.domain import dates
from spip_desktop.domain.eligibility import Answer, RuleResult, to_override
from spip_desktop.domain.prescription import Override, Prescription
from spip_desktop.domain.text import NBSP
from spip_desktop.ui.buttons import Button, LinkButton, QuietButton
from spip_desktop.ui.fields import ChoiceField, FieldKind, FieldSpec, LineField
from spip_desktop.ui.labels import Rule, Section, SmallText, StateLabel
from spip_desktop.ui.layout import FlowRow, clear, column, row, set_size
from spip_desktop.ui.text import Text

ANSWERS = {
    Answer.YES: ("check", "Oui"),
    Answer.NO: ("x-circle", "Non"),
    Answer.TO_CHECK: ("question-circle", f"À{NBSP}vérifier"),
    Answer.NOT_CONCERNED: ("minus-circle", "Sans objet"),
}
_BOLD = frozenset({Answer.NO, Answer.TO_CHECK})


class Condition(QWidget):
    """One line; what is to check leads to its field."""

    asked = Signal(str)  # code of the rule whose field is wanted
    taken_back = Signal(str)

    def __init__(self, result: RuleResult, override: Override | None, *, frozen: bool, leads: bool) -> None:
        super().__init__()
        self.setObjectName(f"rule.{result.code}")
        icon, word = ANSWERS[result.answer]
        outer = column(self, gap=0)
        line = row(gap=8)
        state = StateLabel(icon, word, role="bold" if result.answer in _BOLD else "body")
        set_size(state, width=92)
        line.addWidget(state, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(Text(result.label, wrap=True), 0, Qt.AlignmentFlag.AlignTop)
        line.addStretch(1)
        line.addWidget(self._input(result, leads=leads and not frozen), 0, Qt.AlignmentFlag.AlignVCenter)
        outer.addLayout(line)
        if override:
            outer.addWidget(self._override(override, frozen=frozen))
        self._source_line = QWidget()
        source = Text(source_of(result), "small", colour="texte_2", wrap=True)
        row(self._source_line, gap=0, margins=(100, 0, 0, 4)).addWidget(source)
        outer.addWidget(self._source_line)
        self._source_line.hide()
        said = f"{result.label}{NBSP}: {word}, {result.input}"
        self.setAccessibleName(said)
        self.setToolTip(source_of(result))
        set_size(self, min_height=24)

    def show_source(self, shown: bool) -> None:
        """Where the condition comes from, under its line."""
        self._source_line.setVisible(shown)

    def _input(self, result: RuleResult, *, leads: bool) -> QWidget:
        if not leads:
            return Text(result.input, "small", colour="texte_2", wrap=True, align=Qt.AlignmentFlag.AlignRight)
        link = LinkButton(result.input, name=f"rule.{result.code}.go", small=True)
        link.setAccessibleName(f"{result.label}{NBSP}: {result.input}")
        link.clicked.connect(lambda: self.asked.emit(result.code))
        return link

    def _override(self, override: Override, *, frozen: bool) -> QWidget:
        holder = QWidget()
        line = row(holder, gap=8, margins=(100, 0, 0, 4))
        words = f"Passé outre le {dates.short(override.on)}{NBSP}: {override.reason}"
        # Not in a FlowRow: a sentence that cannot break would ask for more than the page has at 200 %.
        line.addWidget(Text(words, "small", colour="texte_2", wrap=True), 1)
        if not frozen:
            back = LinkButton("Reprendre", name=f"rule.{override.rule}.back", small=True)
            back.setAccessibleName(f"Ne plus passer outre{NBSP}: {override.rule}")
            back.clicked.connect(lambda: self.taken_back.emit(override.rule))
            line.addWidget(back, 0, Qt.AlignmentFlag.AlignTop)
        return holder


def source_of(result: RuleResult) -> str:
    """« convention avec la mission locale, code du travail, art. L. 5314-2 »."""
    return ", ".join(dict.fromkeys(one for one in (result.source, result.legal) if one))


class PassOver(QWidget):
    """Which « Non », and why: written once, dated, under the officer's name."""

    written = Signal(str, str)  # rule, reason
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        inside = column(self, gap=8, margins=(0, 8, 0, 8))
        self.rule = ChoiceField(FieldSpec("rules.rule", "Condition", FieldKind.CHOICE))
        self.reason = LineField(FieldSpec("rules.reason", "Motif, que lira le prochain agent"))
        self.write = Button("Passer outre", name="rules.write")
        self.cancel = QuietButton("Ne pas passer outre", name="rules.cancel")
        line = FlowRow(gap=8)
        line.add(self.write, self.cancel)
        for part in (self.rule, self.reason, line, Rule("filet")):
            inside.addWidget(part)
        self.write.clicked.connect(self._write)
        self.cancel.clicked.connect(self.left)
        self.reason.line.returnPressed.connect(self._write)
        self.hide()

    def ask(self, waiting: Sequence[RuleResult]) -> None:
        """Offer the conditions answered « Non »; the first one is chosen."""
        self.rule.set_options((one.code, one.label) for one in waiting)
        self.rule.set_value(waiting[0].code)
        self.rule.setVisible(len(waiting) > 1)
        self.reason.set_value("")
        self.reason.set_problem(None)
        self.show()
        self.reason.setFocus()

    def _write(self) -> None:
        reason = str(self.reason.value())
        if not reason:
            self.reason.set_problem("Écrivez le motif.")
            self.reason.setFocus()
            return
        self.written.emit(str(self.rule.value()), reason)


class Conditions(Section):
    """Their lines under their title, and the way past a « Non »."""

    asked = Signal(str)
    taken_back = Signal(str)
    passed_over = Signal(str, str)

    def __init__(self) -> None:
        self._link = LinkButton("passer outre avec un motif", name="rules", small=True)
        self._remark = SmallText("", wrap=False)
        self._sources = LinkButton("sources", name="rules.sources", small=True)
        self._sources.setAccessibleName("Montrer ou cacher la source de chaque condition")
        self._sources.clicked.connect(self._toggle_sources)
        right = FlowRow(gap=16, align_right=True)
        right.add(self._remark, self._link, self._sources)
        super().__init__("Conditions", right=right, name="conditions")
        self._waiting: list[RuleResult] = []
        self._with_sources = False
        self.panel = PassOver()
        self._lines = column(gap=0, margins=(0, 4, 0, 0))
        self.lines.addLayout(self._lines)
        self.lines.addWidget(self.panel)
        self._link.clicked.connect(self.show_panel)
        self.panel.left.connect(self.panel.hide)
        self.panel.written.connect(self._on_written)

    def show_results(self, results: Sequence[RuleResult], prescription: Prescription, leads: Sequence[str]) -> None:
        """Show the answers; `leads` are the checks whose field can be gone to."""
        clear(self._lines)
        before: LinkButton = self._link
        for result in results:
            line = Condition(
                result,
                prescription.override(result.code),
                frozen=prescription.is_frozen,
                leads=result.check in leads and result.answer is Answer.TO_CHECK,
            )
            line.asked.connect(self.asked)
            line.taken_back.connect(self.taken_back)
            self._lines.addWidget(line)
            line.show_source(self._with_sources)
            for link in line.findChildren(LinkButton):
                QWidget.setTabOrder(before, link)  # new lines would come last in the page
                before = link
        no = to_override(tuple(results))
        self._waiting = [one for one in no if prescription.override(one.code) is None]
        open_ = bool(self._waiting) and not prescription.is_frozen
        self._link.setVisible(open_)
        self._remark.setText(f"Une réponse «{NBSP}Non{NBSP}» n’interdit rien{NBSP}:" if open_ else "")
        self._remark.setVisible(open_)
        if not open_:
            self.panel.hide()

    def _toggle_sources(self) -> None:
        self._with_sources = not self._with_sources
        for line in self.findChildren(Condition):
            line.show_source(self._with_sources)

    def show_panel(self) -> None:
        """Ask for the reason to pass over a « Non », where there is one."""
        if self._waiting:
            self.panel.ask(self._waiting)

    def _on_written(self, rule: str, reason: str) -> None:
        self.panel.hide()
        self.passed_over.emit(rule, reason)
