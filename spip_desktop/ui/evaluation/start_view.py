"""Choosing what to start: the kind, the fields of a short one, the date of the interview; nothing is preselected."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from spip_desktop import reference
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.evaluation import EvaluationKind
from spip_desktop.forms.schema import Form
from spip_desktop.services.evaluation_draft import Start
from spip_desktop.ui.fields import FieldKind, FieldSpec, Parse
from spip_desktop.ui.form import FormView
from spip_desktop.ui.labels import Paragraph
from spip_desktop.ui.layout import column
from spip_desktop.wording import sentence
from spip_desktop.wording.evaluation import KIND_HELP, KINDS

_FIRST = "Une évaluation se mène en plusieurs entretiens. Commencez : vous pourrez la quitter et la reprendre."
_AGAIN = (
    "La nouvelle version reprend les notes et les constats de la précédente, à relire champ par champ. "
    "La précédente reste telle qu’elle a été arrêtée."
)


class StartView(QWidget):
    """The form of a new version."""

    changed = Signal()

    def __init__(self, form: Form, today: date, parse_date: Parse, *, first: bool) -> None:
        super().__init__()
        self.setObjectName("start")
        kinds = [(one.value, KINDS[one].removeprefix("Évaluation ").capitalize()) for one in EvaluationKind]
        fields = tuple((step.code, step.label) for step in form.fields())
        variant = form.variant(EvaluationKind.SHORT.value)
        wanted = variant.chosen_fields if variant else 0
        specs = [
            FieldSpec("kind", "Évaluation", FieldKind.RADIO, tuple(kinds), required=True),
            FieldSpec("short_fields", f"Champs à explorer : {wanted} au choix", FieldKind.TICKS, fields),
            FieldSpec("reason", "Motif de la nouvelle version", FieldKind.CHOICE, _reasons(today), width="half"),
            FieldSpec("interview_on", "Date de l’entretien", FieldKind.DATE, width="half",
                      help="Elle date les notes ; vide si rien n’a encore eu lieu."),
        ]  # fmt: skip
        self.fields = FormView([one for one in specs if not (first and one.code == "reason")], parse_date=parse_date)
        self.fields.edited.connect(lambda _: self._on_edited())
        self.help = Paragraph("", colour="texte_2")
        inside = column(self, gap=16)
        inside.addWidget(Paragraph(_FIRST if first else _AGAIN))
        inside.addWidget(self.fields)
        inside.addWidget(self.help)
        self._first = first
        self.setFocusProxy(self.fields.field("kind"))
        self._on_edited()

    def start(self) -> Start | None:
        """What was chosen, or None (said beside the fields) while something is missing."""
        kind = str(self.fields.value("kind") or "")
        problems = {} if kind else {"kind": "Choisissez."}
        if not self.fields.field("interview_on").parses():
            return None
        self.fields.show_problems(problems)
        if problems:
            return None
        ticked = self.fields.value("short_fields")
        day = self.fields.value("interview_on")
        return Start(
            kind=EvaluationKind(kind),
            short_fields=ticked if isinstance(ticked, tuple) and kind == EvaluationKind.SHORT else (),
            interview_on=day if isinstance(day, date) else None,
            reason="" if self._first else str(self.fields.value("reason") or ""),
        )

    def show_refusal(self, refusal: Refusal) -> Sequence[str]:
        """Say a refusal beside its fields; returns what belongs to none."""
        return self.fields.show_refusal(refusal, sentence)

    def _on_edited(self) -> None:
        kind = str(self.fields.value("kind") or "")
        hidden = set() if kind == EvaluationKind.SHORT else {"short_fields"}
        self.fields.show_only(code for code in self.fields.fields if code not in hidden)
        self.help.setText(KIND_HELP[EvaluationKind(kind)] if kind else "")
        self.changed.emit()


def _reasons(today: date) -> tuple[tuple[str, str], ...]:
    return reference.load("new_version_reasons").options(today)
