"""« Avec la personne »: how she gives her own view, and that view beside what the officer found."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from spip_desktop.domain.evaluation_looks import Look
from spip_desktop.domain.text import NBSP
from spip_desktop.services.evaluation_looks import looks
from spip_desktop.services.evaluation_reading import EvaluationView
from spip_desktop.ui.buttons import Button, LinkButton
from spip_desktop.ui.evaluation.findings import source_words
from spip_desktop.ui.labels import Paragraph, Rule, SectionTitle, SmallText, StateLabel
from spip_desktop.ui.layout import FlowRow, clear, column, row
from spip_desktop.ui.text import Text
from spip_desktop.wording.evaluation import FINDINGS, GAPS

_HOW = (
    "La personne dit où elle en est, à l’écran ou sur papier, avant de lire ce que vous en pensez. La vue partagée ne "
    "montre que ses questions ; pour en sortir, il faut votre phrase de passe ou votre PIN."
)
_OLDER_FORM = (
    "Ce brouillon a été commencé avec un questionnaire plus ancien, qui ne demande rien à la personne à l’écran. "
    "Passez au questionnaire actuel : ce que vous avez écrit y garde sa place. La feuille « Où j’en suis », elle, "
    "s’imprime dès maintenant."
)
_ASKS_NOTHING = (
    "Le questionnaire du service ne demande rien à la personne à l’écran. La feuille « Où j’en suis » s’imprime."
)
_SIDE_BY_SIDE = (
    "Ses mots à gauche, vos constats à droite. « À discuter » dit seulement que les deux ne se rejoignent pas : "
    "rien n’est compté, et rien ne dit qui a raison."
)
_UNSAID = "Question non posée"
_NOTHING = "Aucun constat"
_SILENT = f"Rien encore, ni d’un côté ni de l’autre{NBSP}: "


def looks_of(view: EvaluationView) -> tuple[Look, ...]:
    """The two views on each field of this version."""
    fields = {code: stored.value for code, stored in view.fields.items()}
    return looks(view.session, fields, [one.value for one in view.findings])


class WithPersonView(QWidget):
    """Links to each field; `went` names a field."""

    went = Signal(str)
    share_asked = Signal()
    paper_asked = Signal()
    keying_asked = Signal()
    form_asked = Signal()

    def __init__(self, *, frozen: bool, sharable: bool, renewable: bool) -> None:
        """`sharable`: the form asks the person something; `renewable`: only the form of today would."""
        super().__init__()
        self.setObjectName("with_person")
        inside = column(self, gap=16)
        inside.addWidget(SectionTitle("Avec la personne", role="section"))
        self.first: Button | None = None
        if not frozen:
            inside.addWidget(Paragraph(_HOW if sharable else _OLDER_FORM if renewable else _ASKS_NOTHING))
            inside.addWidget(self._buttons(sharable, renewable))
        inside.addWidget(SectionTitle("Les deux regards"))
        inside.addWidget(Paragraph(_SIDE_BY_SIDE, colour="texte_2"))
        self._rows = column(gap=16)
        inside.addLayout(self._rows)

    def _buttons(self, sharable: bool, renewable: bool) -> FlowRow:
        """What may be done of a draft; a form that asks the person nothing has only its paper."""
        every = [("Imprimer « Où j’en suis »", "printer", "paper", self.paper_asked)]
        if sharable:
            every.insert(0, ("Ouvrir la vue partagée", "people", "share", self.share_asked))
            every.append(("Reprendre la feuille remplie", "pencil", "keying", self.keying_asked))
        if renewable:
            every.insert(0, ("Passer au questionnaire actuel", "refresh", "form", self.form_asked))
        flow = FlowRow(gap=8, line_gap=8)
        for text, icon, name, signal in every:
            button = Button(text, icon, name=f"with_person.{name}")
            button.clicked.connect(signal)
            self.first = self.first or button
            flow.add(button)
        return flow

    def focus_first(self) -> None:
        if self.first:
            self.first.setFocus()

    def show_looks(self, looks: Sequence[Look]) -> None:
        """What is to be discussed first, then the other fields of which something is said, each in the form's order."""
        clear(self._rows)
        said = [one for one in looks if one.words or one.findings]
        for one in (*(one for one in said if one.gap), *(one for one in said if not one.gap)):
            block = LookView(one)
            block.went.connect(self.went)
            self._rows.addWidget(block)
        silent = [one.label for one in looks if one not in said]
        if silent:
            self._rows.addWidget(Paragraph(f"{_SILENT}{', '.join(silent)}.", colour="texte_2"))


class LookView(QWidget):
    """One field: its words at the left, the findings at the right, what is to be discussed under its title."""

    went = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName(f"look.{look.step}")
        inside = column(self, gap=8)
        link = LinkButton(look.label, name=f"look.{look.step}.go")
        link.setAccessibleName(f"Ouvrir le champ{NBSP}: {look.label}")
        link.clicked.connect(lambda: self.went.emit(look.step))
        inside.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        if look.gap:
            icon, state = ("check", "Discuté") if look.talked else ("question-circle", "À discuter")
            inside.addWidget(StateLabel(icon, f"{state}{NBSP}: {GAPS[look.gap]}", "texte", role="bold", wrap=True))
        if look.talked:
            inside.addWidget(_said("Ce que nous nous en sommes dit", look.talked))
        sides = row(gap=24)
        found = [(FINDINGS[one.kind], one.words or "À formuler", source_words(one)) for one in look.findings]
        own = [(label, words, "") for label, words in look.words]
        sides.addLayout(_side("Sa parole", look.said, own, _UNSAID), 1)
        sides.addLayout(_side("Vos constats", "", found, _NOTHING), 1)
        inside.addLayout(sides)
        inside.addWidget(Rule("filet"))


def _side(title: str, how: str, lines: Sequence[tuple[str, str, str]], nothing: str) -> QVBoxLayout:
    """A column of labels, words and where they come from, or what stands there when there is none."""
    made = column(gap=8)
    made.addWidget(SmallText(f"{title} ({how[:1].lower()}{how[1:]})" if how else title))
    for label, words, source in lines:
        made.addWidget(_said(label, words, source))
    if not lines:
        made.addWidget(Paragraph(nothing, colour="texte_2"))
    made.addStretch(1)
    return made


def _said(label: str, words: str, source: str = "") -> QWidget:
    holder = QWidget()
    inside = column(holder, gap=0)
    inside.addWidget(SmallText(label))
    inside.addWidget(Text(words, "body", wrap=True))
    if source:
        inside.addWidget(SmallText(source))
    return holder
