"""The closed questions of a step, drawn from the form: one description, fields of the kit, answers by code."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from spip_desktop.forms.schema import REFUSED, RULER_HIGHEST, YES, Kind, Question
from spip_desktop.forms.session import FormSession
from spip_desktop.ui.fields import ChoiceField, FieldKind, FieldSpec, Parse, TicksField
from spip_desktop.ui.form import FormView
from spip_desktop.ui.layout import column

_REFUSED = (REFUSED, "A refusé de répondre")
_NOT_ASKED = "Question non posée"
#: The ticks of a step stand together, under one label.
TICKS, _TICKS_LABEL = "cadre", "Dit et entendu"
_YES_NO = (("oui", "Oui"), ("non", "Non"), _REFUSED)
_RULER = tuple((str(number), str(number)) for number in range(RULER_HIGHEST + 1))


@dataclass(frozen=True, slots=True)
class Draftable:
    """What stands in a field and cannot be accepted yet, as typed."""

    code: str
    text: str


class QuestionsView(QWidget):
    """The questions that are shown now; one that depends on another answer comes and goes with it."""

    edited = Signal(str)  # the code of the question

    def __init__(self, questions: Sequence[Question], parse_date: Parse) -> None:
        super().__init__()
        self._questions = {one.code: one for one in questions}
        self._ticks = [one for one in questions if one.kind is Kind.TICK]
        self.form = FormView(_specs(questions, self._ticks), parse_date=parse_date)
        column(self).addWidget(self.form)
        for field in self.form.fields.values():
            if isinstance(field, ChoiceField):
                field.choice.setItemText(0, _NOT_ASKED)
        self._answers: dict[str, object] = {}
        self.form.edited.connect(self._on_edited)

    def set_answers(self, answers: Mapping[str, object]) -> None:
        """Show answers by question code."""
        self._answers = dict(answers)
        shown = {code: _shown(self._questions[code], answers.get(code)) for code in self.form.fields if code != TICKS}
        if self._ticks:
            shown[TICKS] = tuple(one.code for one in self._ticks if answers.get(one.code) == YES)
        self.form.set_values(shown)

    def show_only(self, questions: Iterable[Question]) -> None:
        """Hide the questions that do not concern this person, or not yet."""
        codes = {one.code for one in questions}
        self.form.show_only([*(codes & self.form.fields.keys()), TICKS])
        ticks = self.form.fields.get(TICKS)
        if isinstance(ticks, TicksField):
            for one, tick in zip(self._ticks, ticks.ticks.buttons(), strict=True):
                tick.setVisible(one.code in codes)

    def codes(self) -> frozenset[str]:
        return frozenset(self._questions)

    def answer(self, code: str) -> object:
        """The answer as the service takes it; None when there is none."""
        question = self._questions[code]
        if question.kind is Kind.TICK:
            ticked = self.form.value(TICKS)
            return YES if isinstance(ticked, tuple) and code in ticked else None
        return _answered(question, self.form.value(code))

    def answers(self) -> dict[str, object]:
        return {code: self.answer(code) for code in self._questions}

    def unread(self, code: str) -> Draftable | None:
        """What is typed and cannot be read yet (« 29/02/20 »), or None."""
        field = self.form.fields.get(code)
        return Draftable(code, field.raw_text()) if field is not None and not field.parses() else None

    def raw_text(self, code: str) -> str:
        field = self.form.fields.get(code)
        return field.raw_text() if field is not None else ""

    def set_draft(self, code: str, text: str) -> None:
        self.form.set_drafts({code: text})

    def set_problem(self, code: str, sentence: str | None) -> None:
        field = self.form.fields.get(code)
        if field is not None:
            field.set_problem(sentence)

    def set_frozen(self, frozen: bool) -> None:
        self.form.set_read_only(frozen)

    def _on_edited(self, code: str) -> None:
        if code != TICKS:
            self.edited.emit(code)
            return
        before, self._answers = self._answers, self._answers | {one.code: self.answer(one.code) for one in self._ticks}
        for one in self._ticks:
            if before.get(one.code) != self._answers.get(one.code):
                self.edited.emit(one.code)


def closed_questions(session: FormSession, step_code: str) -> tuple[Question, ...]:
    """The questions of a step that the officer answers, beside its note."""
    step = session.form.step(step_code)
    return tuple(one for one in step.questions if one.kind is not Kind.NOTE and not one.is_own)


def _specs(questions: Sequence[Question], ticks: Sequence[Question]) -> list[FieldSpec]:
    specs = []
    for one in questions:
        if one.kind is Kind.TICK:
            if one is ticks[0]:
                options = tuple((tick.code, tick.label) for tick in ticks)
                specs.append(FieldSpec(TICKS, _TICKS_LABEL, FieldKind.TICKS, options))
        else:
            specs.append(_spec(one))
    return specs


def _spec(question: Question) -> FieldSpec:
    options = tuple((one.code, one.label) for one in question.options)
    kinds: dict[Kind, tuple[FieldKind, tuple[tuple[str, str], ...]]] = {
        Kind.TEXT: (FieldKind.NOTE, ()),
        Kind.CHOICE: (FieldKind.CHOICE, (*options, _REFUSED)),
        Kind.CHOICES: (FieldKind.TICKS, (*options, _REFUSED)),
        Kind.YES_NO: (FieldKind.RADIO, _YES_NO),
        Kind.RULER: (FieldKind.RADIO, _RULER),
        Kind.NUMBER: (FieldKind.INTEGER, ()),
        Kind.DATE: (FieldKind.DATE, ()),
    }
    kind, offered = kinds[question.kind]
    half = kind in (FieldKind.CHOICE, FieldKind.DATE, FieldKind.INTEGER) or question.kind is Kind.YES_NO
    return FieldSpec(
        question.code,
        question.label,
        kind,
        offered,
        help=question.help,
        width="half" if half else "full",
        max_length=question.max_length if question.max_length <= 1000 else 0,
        lines=2,
    )


def _shown(question: Question, answer: object) -> object:
    if question.kind is Kind.DATE and isinstance(answer, str):
        return date.fromisoformat(answer)
    if question.kind is Kind.CHOICES:
        return (REFUSED,) if answer == REFUSED else tuple(answer) if isinstance(answer, (tuple, list)) else ()
    if question.kind is Kind.RULER:
        return "" if answer is None else str(answer)
    return answer


def _answered(question: Question, value: object) -> object:
    if question.kind is Kind.CHOICES:
        return REFUSED if isinstance(value, tuple) and REFUSED in value else value or None
    if question.kind is Kind.RULER:
        return int(str(value)) if value else None
    return None if value == "" else value
