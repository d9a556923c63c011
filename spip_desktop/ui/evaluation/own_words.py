"""« Sa parole »: the questions that are the person's, beside what the officer writes; folded until they are asked."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from spip_desktop.domain.evaluation import ExploredField, SaidHow
from spip_desktop.forms.answers import is_answered
from spip_desktop.forms.schema import Kind, Question
from spip_desktop.ui.buttons import LinkButton
from spip_desktop.ui.choices import Tick
from spip_desktop.ui.evaluation.questions import QuestionsView
from spip_desktop.ui.fields import FieldKind, FieldSpec, Parse
from spip_desktop.ui.form import FormView
from spip_desktop.ui.labels import SectionTitle
from spip_desktop.ui.layout import column
from spip_desktop.wording.evaluation import SAID_HOW

_TITLE = "Sa parole"
_OPEN = "Noter ce que la personne en dit"
_RULERS = "Utiliser les réglettes de 0 à 10 dans ce champ"
#: The fields that say when and how, by the name of the record's field.
SAID = ("said_how", "said_on")


class OwnWords(QWidget):
    """`edited`: the code of a question, `rulers`, `said_how` or `said_on`."""

    edited = Signal(str)

    def __init__(self, questions: Sequence[Question], parse_date: Parse, *, frozen: bool) -> None:
        super().__init__()
        self.setObjectName("own")
        self._frozen = frozen
        self._ruled = any(one.kind is Kind.RULER for one in questions)
        #: How it was said where the officer does not say otherwise: keying in a paper presets it.
        self.usually = SaidHow.ALOUD
        self.open_link = LinkButton(_OPEN, name="own.open", small=True)
        self.open_link.clicked.connect(self._open)
        self.questions = QuestionsView(questions, parse_date)
        self.questions.set_frozen(frozen)
        self.questions.edited.connect(self._on_answer)
        hows = tuple((one.value, words) for one, words in SAID_HOW.items() if words)
        specs = (
            FieldSpec("said_how", "Comment", FieldKind.CHOICE, hows, width="half"),
            FieldSpec("said_on", "Dit le", FieldKind.DATE, width="half"),
        )
        self.said = FormView(specs, parse_date=parse_date)
        self.said.set_read_only(frozen)
        self.said.edited.connect(self.edited)
        self.use_rulers = Tick(_RULERS, "rulers")
        self.use_rulers.setEnabled(not frozen)
        self.use_rulers.toggled.connect(lambda _: self.edited.emit("rulers"))
        lines = column(self, gap=12)
        lines.addWidget(SectionTitle(_TITLE, self.open_link))
        self._body = QWidget()
        inside = column(self._body, gap=12)
        for part in (self.questions, self.use_rulers, self.said):
            inside.addWidget(part)
        lines.addWidget(self._body)
        self._fold(True)

    def fill(self, field: ExploredField) -> None:
        """Show what is kept of this field; folded while nothing was said."""
        self.questions.set_answers(field.answers)
        self.use_rulers.blockSignals(True)
        self.use_rulers.setChecked(field.rulers)
        self.use_rulers.blockSignals(False)
        said = any(is_answered(field.answers.get(code)) for code in self.questions.codes())
        self._fold(not (said or field.rulers))
        if self._frozen:
            self.setVisible(said)
        self.refresh(field)

    def refresh(self, field: ExploredField) -> None:
        """When and how, which a save may have set."""
        self.said.set_values({"said_how": field.said_how.value, "said_on": field.said_on})

    def show_only(self, questions: Iterable[Question]) -> None:
        """The rulers only where they are used."""
        self.questions.show_only(questions)
        self.use_rulers.setVisible(self._ruled)

    def unfold(self) -> None:
        self._fold(False)

    def key_in(self) -> None:
        """What the person wrote on paper, rulers included: typed as it stands, said on paper."""
        self.usually = SaidHow.PAPER
        self.unfold()
        if self._ruled and not self.use_rulers.isChecked():
            self.use_rulers.setChecked(True)

    def focus_first(self) -> None:
        next(iter(self.questions.form.fields.values())).setFocus()

    def holds(self, widget: QWidget) -> bool:
        """Whether this control is one of these, folded away or not."""
        return self.isAncestorOf(widget)

    def _open(self) -> None:
        self.unfold()
        self.focus_first()

    def _fold(self, folded: bool) -> None:
        self._body.setHidden(folded)
        self.open_link.setVisible(folded and not self._frozen)

    def _on_answer(self, code: str) -> None:
        if not self.said.value("said_how"):
            self.said.set_values({"said_how": self.usually.value})
            self.edited.emit("said_how")
        self.edited.emit(code)
