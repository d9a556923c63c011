"""One subject on the shared view: what it is about, a choice, two texts, and rulers for who wants them."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from spip_desktop.forms.schema import REFUSED, RULER_HIGHEST, Kind, Question
from spip_desktop.services.evaluation_own import UNTOLD, OwnField
from spip_desktop.ui.buttons import Button
from spip_desktop.ui.fields import FieldKind, FieldSpec
from spip_desktop.ui.form import FormView
from spip_desktop.ui.labels import SmallText
from spip_desktop.ui.layout import column
from spip_desktop.ui.text import Text

_RULERS = "Me situer de 0 à 10"
_ENDS = "0 veut dire pas du tout, 10 tout à fait."
_RULER = tuple((str(number), str(number)) for number in range(RULER_HIGHEST + 1))
_KINDS = {Kind.CHOICE: FieldKind.RADIO, Kind.TEXT: FieldKind.NOTE, Kind.RULER: FieldKind.RADIO}


class SubjectView(QWidget):
    """The questions of one subject; the rulers, and what follows them, wait until the person asks for them."""

    edited = Signal(str)  # the code of the question

    def __init__(self, subject: OwnField, number: int, count: int) -> None:
        super().__init__()
        self.subject = subject
        self._questions = {one.code: one for one in subject.asked.questions if one.kind in _KINDS}
        first, then = _parted(tuple(self._questions.values()))
        lines = column(self, gap=16)
        head = column(gap=4)
        head.addWidget(SmallText(f"Sujet {number} sur {count}"))
        head.addWidget(Text(subject.asked.title, "page", wrap=True))
        if subject.asked.statement:
            head.addWidget(Text(subject.asked.statement, "question", wrap=True))
        lines.addLayout(head)
        self.asked = FormView(_spec(one) for one in first)
        lines.addWidget(self.asked)
        self.rulers_button = Button(_RULERS, name="shared.rulers")
        self.rulers_button.clicked.connect(self.show_rulers)
        lines.addWidget(self.rulers_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.ruled = QWidget()
        inside = column(self.ruled, gap=12)
        inside.addWidget(SmallText(_ENDS))
        self.more = FormView(_spec(one) for one in then)
        inside.addWidget(self.more)
        lines.addWidget(self.ruled)
        for form in (self.asked, self.more):
            form.set_values({code: _shown(subject.answers.get(code)) for code in form.fields})
            form.edited.connect(self.edited)
        answered = any(subject.answers.get(one.code) is not None for one in then)
        self.ruled.setVisible(answered)
        self.rulers_button.setVisible(bool(then) and not answered)

    def answer(self, code: str) -> object:
        """The answer as the service takes it, None when there is none."""
        value = self._form(code).value(code)
        if value in (None, ""):
            return None
        return int(str(value)) if self._questions[code].kind is Kind.RULER else value

    def set_problem(self, code: str, sentence: str | None) -> None:
        self._form(code).field(code).set_problem(sentence)

    def show_rulers(self) -> None:
        self.rulers_button.hide()
        self.ruled.show()
        next(iter(self.more.fields.values())).setFocus()

    def focus_first(self) -> None:
        next(iter(self.asked.fields.values())).setFocus()

    def _form(self, code: str) -> FormView:
        return self.asked if code in self.asked.fields else self.more


def _parted(questions: Sequence[Question]) -> tuple[Sequence[Question], Sequence[Question]]:
    """What is asked at once, and what waits: from the first ruler on, a gesture of the person's own."""
    at = next((place for place, one in enumerate(questions) if one.kind is Kind.RULER), len(questions))
    return questions[:at], questions[at:]


def _spec(question: Question) -> FieldSpec:
    options: Iterable[tuple[str, str]] = ()
    if question.kind is Kind.CHOICE:
        options = (*((one.code, one.label) for one in question.options), (REFUSED, UNTOLD))
    elif question.kind is Kind.RULER:
        options = _RULER
    return FieldSpec(question.code, question.label, _KINDS[question.kind], tuple(options), lines=3)


def _shown(answer: object) -> object:
    return "" if answer is None else str(answer)
