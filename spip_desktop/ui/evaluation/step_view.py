"""One step of the evaluation: its state, its open question, its note, what was made of it, its closed questions."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from spip_desktop.domain import dates
from spip_desktop.domain.evaluation import ABOUT_THE_FACTS, FieldState, FindingKind
from spip_desktop.domain.note_marks import locate
from spip_desktop.domain.text import NBSP
from spip_desktop.forms.schema import Question, Step, StepKind
from spip_desktop.services.evaluation_reading import EvaluationView
from spip_desktop.ui.buttons import Button, LinkButton
from spip_desktop.ui.editors import Choice
from spip_desktop.ui.evaluation.analysis import AnalysisView
from spip_desktop.ui.evaluation.findings import FactsApart, FindingRow, lines
from spip_desktop.ui.evaluation.missing import MissingList
from spip_desktop.ui.evaluation.note_panel import NotePanel
from spip_desktop.ui.evaluation.own_words import OwnWords
from spip_desktop.ui.evaluation.questions import TICKS, QuestionsView, closed_questions
from spip_desktop.ui.fields import FieldKind, FieldSpec, Parse, ParsedField
from spip_desktop.ui.form import make_field
from spip_desktop.ui.labels import SectionTitle, SmallText, StateLabel
from spip_desktop.ui.layout import FlowRow, column, row
from spip_desktop.ui.make_bar import MakeBar
from spip_desktop.ui.text import Text
from spip_desktop.wording.evaluation import FIELD_STATES

_FINDING = "finding."
#: The words of the note from which a finding was made, by its lineage.
_WORDS = "words."

STATE_ICONS = {
    FieldState.UNEXPLORED: "dashed-circle",
    FieldState.PARTIAL: "half-circle",
    FieldState.EXPLORED: "check-circle",
    FieldState.INSUFFICIENT: "question-circle",
    FieldState.NOT_RELEVANT: "minus-circle",
    FieldState.NOT_MET: "user",
}
_STATES = tuple((one.value, FIELD_STATES[one]) for one in FieldState)
_STATE_ICONS = {one.value: icon for one, icon in STATE_ICONS.items()}


class StepView(QWidget):
    """What stands in the middle of the page. Codes of `edited`: note, marks, state, again_on, rulers, questions."""

    edited = Signal(str)
    left = Signal()
    finding_asked = Signal(object, bool)  # FindingKind, from the words selected
    finding_edited = Signal(object, str)
    finding_binned = Signal(object)
    finding_closed = Signal()
    reviewed = Signal()
    went = Signal(str)  # « step/thing in it »

    def __init__(self, view: EvaluationView, step: Step, parse_date: Parse, today: date) -> None:
        super().__init__()
        self.view, self.step, self._parse, self._today = view, step, parse_date, today
        self.frozen = view.evaluation.is_frozen
        self._lines = column(self, gap=12)
        self._build_head()
        self._build_note()
        self._build_findings()
        self._build_questions()
        self.analysis: AnalysisView | None = None
        self.missing: MissingList | None = None
        if step.kind is StepKind.ANALYSIS:
            self._build_analysis()
        self.fill(view)

    # -- parts -------------------------------------------------------------------------------------------------

    def _build_head(self) -> None:
        self.state = Choice(_STATES, empty="", icons=_STATE_ICONS)
        self.state.setObjectName("state")
        self.state.setAccessibleName(f"État{NBSP}: {self.step.label}")
        self.state.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.state.read_only = self.frozen
        self.state.chosen.connect(self._on_state)
        title = Text(self.step.label, "section", wrap=True)
        self.title, self.head = title, row(gap=16)
        self.head.addWidget(title, 1, Qt.AlignmentFlag.AlignVCenter)
        self.head.addWidget(self.state, 0, Qt.AlignmentFlag.AlignTop)
        self._lines.addLayout(self.head)
        spec = FieldSpec("again_on", "À reprendre le", FieldKind.DATE, help="Date à laquelle chercher ce qui manque.")
        again = make_field(spec, self._parse)
        assert isinstance(again, ParsedField)
        self.again = again
        self.again.set_read_only(self.frozen)
        self.again.edited.connect(self.edited)
        self._lines.addWidget(self.again)
        self.carried = QWidget()
        carried = FlowRow(gap=12, line_gap=4)
        still = Button("Toujours valable", "check", name="reviewed", size="key")
        still.clicked.connect(self.reviewed)
        carried.add(StateLabel("clock", "Repris de la version précédente, non revu", "texte_2"), still)
        column(self.carried).addWidget(carried)
        self._lines.addWidget(self.carried)
        for banner in self.view.session.banners():
            self._lines.addWidget(StateLabel("info-circle", banner, "texte", role="bold", wrap=True))
        self.question = Text(self.view.session.main_question(self.step), "question", wrap=True)
        self._lines.addWidget(self.question)
        if self.step.help:
            self._lines.addWidget(SmallText(self.step.help))

    def _build_note(self) -> None:
        spec = FieldSpec("noted_on", "Date de l’entretien dont vient cette note", FieldKind.DATE)
        dated = make_field(spec, self._parse)
        assert isinstance(dated, ParsedField)
        self.noted_on = dated
        self.noted_on.edited.connect(self.edited)
        self._lines.addWidget(self.noted_on)
        self.noted_on.hide()
        self.note = NotePanel(8 if self.step.kind is StepKind.FIELD else 5)
        without = ABOUT_THE_FACTS if self.view.evaluation.presumed_innocent else frozenset[FindingKind]()
        self.note.set_up(self._note_label(), without, frozen=self.frozen)
        self.note.editor.typed.connect(lambda: self.edited.emit("note"))
        self.note.editor.typed.connect(self._show_used)
        self.note.editor.marked.connect(lambda: self.edited.emit("marks"))
        self.note.editor.left.connect(self.left)
        self.note.make.connect(lambda kind: self.finding_asked.emit(kind, True))
        self._lines.addWidget(self.note)
        self.note.setHidden(self.step.note is None)
        self.note.date_link.setHidden(self.frozen or not self._is_dated())
        self.note.dating.connect(self._ask_date)

    def _build_findings(self) -> None:
        self.other = LinkButton("Ajouter sans citer la note", name="finding.other", small=True)
        self.other.clicked.connect(self._ask_other)
        self.made_title = SectionTitle("Tiré de cette note", "" if self.frozen else self.other)
        self.findings = FactsApart(self._parse)
        self.findings.edited.connect(self.finding_edited)
        self.findings.binned.connect(self.finding_binned)
        self.findings.closed.connect(self.finding_closed)
        self.other_bar = MakeBar()
        self.other_bar.made.connect(lambda kind: self.finding_asked.emit(kind, False))
        self.other_bar.hide()
        for part in (self.made_title, self.other_bar, self.findings):
            self._lines.addWidget(part)
            if self.step.kind is StepKind.ANALYSIS:
                part.hide()

    def _build_questions(self) -> None:
        self.groups: tuple[QuestionsView, ...] = ()
        self.own: OwnWords | None = None
        if self.step.own_questions:
            self.own = OwnWords(self.step.own_questions, self._parse, frozen=self.frozen)
            self.own.edited.connect(self._on_own)
            self.groups = (self.own.questions,)
            self._lines.addWidget(self.own)
        self.asked_title = SectionTitle("Questions")
        self._lines.addWidget(self.asked_title)
        closed = closed_questions(self.view.session, self.step.code)
        self.asked_title.setVisible(bool(closed))
        if closed:
            self._add_questions(closed)

    def _add_questions(self, questions: Sequence[Question]) -> None:
        group = QuestionsView(questions, self._parse)
        group.edited.connect(self._on_answer)
        group.set_frozen(self.frozen)
        self.groups = (*self.groups, group)
        self._lines.addWidget(group)

    def _build_analysis(self) -> None:
        self.analysis = AnalysisView(self.view, self._parse)
        self.analysis.edited.connect(self.finding_edited)
        self.analysis.binned.connect(self.finding_binned)
        self.analysis.closed.connect(self.finding_closed)
        self.analysis.need_asked.connect(lambda: self.finding_asked.emit(FindingKind.NEED, False))
        self.analysis.no_need_edited.connect(lambda: self.edited.emit("no_need_reason"))
        self._lines.insertWidget(self._lines.indexOf(self.findings) + 1, self.analysis)
        self.missing = MissingList()
        self.missing.went.connect(self.went)
        self._lines.addWidget(self.missing)
        self.missing.setHidden(self.frozen)

    # -- values ------------------------------------------------------------------------------------------------

    def fill(self, view: EvaluationView) -> None:
        """Show everything from the store."""
        field = view.fields[self.step.code].value
        self.note.editor.set_note(field.note, field.marks)
        self.again.set_value(field.again_on)
        self.noted_on.set_value(field.noted_on or view.evaluation.interview_on)
        for group in self.groups:
            group.set_answers(field.answers)
        if self.own:
            self.own.fill(field)
        if self.analysis:
            self.analysis.set_reason(view.evaluation.no_need_reason)
        self.refresh(view)

    def refresh(self, view: EvaluationView) -> None:
        """Show what an autosave may have changed beside the fields being typed in."""
        self.view = view
        field = view.fields[self.step.code].value
        self.state.set_value(field.state.value)
        self._show_state(field.state)
        self.carried.setVisible(not field.reviewed and not self.frozen)
        if self.own:
            self.own.refresh(field)
        self.note.label.setText(self._note_label())
        about_facts = not view.evaluation.presumed_innocent
        if self.missing and not self.frozen:
            self.missing.show_view(view, self._today)
        if self.analysis:
            self.analysis.show_findings(view)
        else:
            here = [line for line in lines(view.findings) if line[0].step == self.step.code]
            self.findings.show_lines(here, about_facts=about_facts, frozen=self.frozen)
        self._show_used()
        self._show_questions()

    def key_in(self, *, own: bool = False) -> None:
        """Only what stands on the paper: the date of its notes, the note, the boxes; findings are made later.

        `own`: the paper is the person's, only their answers are typed.
        """
        self.noted_on.setVisible(self._is_dated() and not own)
        for part in (self.note.date_link, self.note.bar, self.note.keys, self.made_title, self.findings):
            part.hide()
        if self.own:
            self.own.setVisible(own)
        if own and self.own:
            self.own.key_in()
            for other in (self.note, self.question, self.asked_title, *self.groups[1:]):
                other.hide()

    def first(self) -> QWidget:
        """What is typed in first: the note, or the answers of the person while theirs are keyed in."""
        if self.own and self.note.isHidden():
            return next(iter(self.own.questions.form.fields.values()))
        return self.note.editor

    def answer(self, code: str) -> object:
        """The answer to one closed question."""
        return next(group.answer(code) for group in self.groups if code in group.codes())

    def group_of(self, code: str) -> QuestionsView | None:
        return next((group for group in self.groups if code in group.codes()), None)

    def row_of(self, id_: UUID) -> FindingRow | None:
        """The row of a finding on this page."""
        return self.analysis.row_of(id_) if self.analysis else self.findings.rows.get(id_)

    def focus_on(self, code: str) -> QWidget | None:
        """The control of a question of this step, or of what blocks in it."""
        if not code or (self.step.note and code in ("note", self.step.note.code)):
            return self.note.editor
        if code.startswith(_WORDS):
            return self._show_words(UUID(code.removeprefix(_WORDS)))
        if code.startswith(_FINDING):
            return self._open_finding(UUID(code.removeprefix(_FINDING)))
        found = self.findChild(QWidget, f"{TICKS}.{code}") or self.findChild(QWidget, code)
        if found is not None and self.own and self.own.holds(found):
            self.own.unfold()
        # What is folded away, as a ruler that is not used, is begun by the note.
        return self.note.editor if found is not None and not found.isVisibleTo(self) else found

    def _show_words(self, lineage: UUID) -> QWidget:
        """The note, with the words chosen from which a finding was made."""
        note = self.note.editor
        finding = next((one for one, _ in lines(self.view.findings) if one.lineage == lineage), None)
        span = locate(note.text(), finding.evidence, finding.start) if finding else None
        if span:
            note.select(*span)
        return note

    def _open_finding(self, id_: UUID) -> QWidget | None:
        """The wording of a finding, its fields opened."""
        row = self.row_of(id_)
        if row is not None and row.form is None:
            row.open_fields()
        return row.form.field("wording") if row is not None and row.form else None

    def _note_label(self) -> str:
        note = self.step.note
        label = note.label if note else ""
        field, evaluation = self.view.fields[self.step.code].value, self.view.evaluation
        day = field.noted_on or evaluation.interview_on
        if self._is_dated() and day:
            label += f", reprise de mes notes de l’entretien du {dates.short(day)}"
        return label

    def _is_dated(self) -> bool:
        return self.step.kind in (StepKind.FIELD, StepKind.WELCOME, StepKind.BLOCK)

    def _ask_date(self) -> None:
        self.noted_on.show()
        self.noted_on.setFocus()

    def _show_used(self) -> None:
        text = self.note.editor.text()
        here = [one for one, _ in lines(self.view.findings) if one.step == self.step.code]
        spans = [span for one in here if (span := locate(text, one.evidence, one.start))]
        self.note.editor.set_used(spans)

    def _show_state(self, state: FieldState) -> None:
        self.again.setVisible(state is FieldState.INSUFFICIENT)

    def _show_questions(self) -> None:
        """The questions that concern this person with the answers as they are now."""
        answers = dict(self.view.session.answers)
        for group in self.groups:
            answers |= group.answers()
        used = {self.step.code} if self.own and self.own.use_rulers.isChecked() else set()
        rulers = (self.view.session.rulers - {self.step.code}) | used
        session = replace(self.view.session, answers=answers, rulers=frozenset(rulers))
        for group in self.groups:
            group.show_only(one for one in session.questions(self.step) if one.code in group.codes())

    def _on_state(self) -> None:
        self._show_state(FieldState(self.state.value()))
        self.edited.emit("state")
        if self.state.value() == FieldState.INSUFFICIENT.value:
            self.again.setFocus()

    def _on_own(self, code: str) -> None:
        self._show_questions()
        self.edited.emit(code)

    def _on_answer(self, code: str) -> None:
        self._show_questions()
        self.edited.emit(code)

    def _ask_other(self) -> None:
        self.other_bar.setVisible(True)
        without = ABOUT_THE_FACTS if self.view.evaluation.presumed_innocent else frozenset[FindingKind]()
        self.other_bar.show_words("autre source", without)
        self.other_bar.words.setText("Constat tiré des pièces ou d’une autre source")
        self.other_bar.focus_first()
