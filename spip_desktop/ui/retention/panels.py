"""What unfolds in the page under the acts: what would go, a suspension, its end, the erasure. One at a time."""

from collections import Counter
from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.text import NBSP
from spip_desktop.ui.buttons import Button
from spip_desktop.ui.fields import Field, FieldKind, FieldSpec
from spip_desktop.ui.form import FormView
from spip_desktop.ui.labels import InlineNotice, Paragraph, SectionTitle, StateLabel
from spip_desktop.ui.layout import column, set_size
from spip_desktop.ui.unfolding import buttons, clear_secrets, secret
from spip_desktop.wording import sentence
from spip_desktop.wording.retention import every_row

_WIDTH = 640


def dossiers(count: int) -> str:
    """« 3 dossiers »."""
    return f"{count} dossier{'s' if count > 1 else ''}"


class Panel(QWidget):
    """A title, what it asks, its act and « Annuler »; Refusals stand beside their fields."""

    asked = Signal()
    left = Signal()
    #: What is typed there, the passphrase excepted; it comes back when the panel is unfolded again.
    form: FormView | None = None

    def __init__(self, title: str, act: str, *, name: str, icon: str = "", cancel: str = "Annuler") -> None:
        super().__init__()
        self.setObjectName(name)
        self.lines = column(self, gap=12, margins=(0, 12, 0, 8))
        self.title = SectionTitle(title)
        self.lines.addWidget(self.title)
        self.go = Button(act, icon, name=f"{name}.go")
        self.cancel = Button(cancel, name=f"{name}.cancel")
        self.failure = StateLabel("alert-circle", "", "alerte", wrap=True)
        self.failure.hide()
        self.go.clicked.connect(self.asked)
        self.cancel.clicked.connect(self.left)

    def fields(self) -> Mapping[str, Field]:
        """The fields by the names of the refusals."""
        return {}

    def typed(self) -> dict[str, str]:
        """The texts by code, as they were typed."""
        fields = self.form.fields if self.form else {}
        return {code: text for code, field in fields.items() if (text := field.raw_text())}

    def finish(self) -> None:
        """Put the buttons below what the subclass added."""
        self.lines.addWidget(self.failure)
        self.lines.addWidget(buttons(self.go, self.cancel))

    def tell(self, refusal: Refusal) -> None:
        """Each problem beside its field, what belongs to none below; the first is focused."""
        told = {problem.field: sentence(problem) for problem in refusal.problems}
        fields = self.fields()
        for name, field in fields.items():
            field.set_problem(told.get(name))
        rest = " ".join(said for name, said in told.items() if name not in fields)
        self.failure.set_state("alert-circle", rest, "alerte")
        self.failure.setVisible(bool(rest))
        first = next((field for name, field in fields.items() if name in told), None)
        if first is not None:
            first.setFocus()


class PreviewPanel(Panel):
    """What would go, counted by kind."""

    def __init__(self, counts: Sequence[Mapping[str, int]]) -> None:
        super().__init__("Ce qui sera effacé", "Fermer", name="retention.preview")
        total: Counter[str] = Counter()
        for one in counts:
            total.update(one)
        self.said = Paragraph(f"{dossiers(len(counts)).capitalize()}{NBSP}: {every_row(total)}.")
        self.lines.addWidget(self.said)
        self.lines.addWidget(
            Paragraph(
                "Avec eux partent leurs versions précédentes, les textes en cours et les mots de la recherche. Les "
                "lignes du journal, qui ne contiennent ni nom ni contenu, restent trois ans.",
                colour="texte_2",
            )
        )
        self.go.clicked.disconnect()
        self.go.clicked.connect(self.left)
        self.cancel.hide()
        self.finish()


class HoldPanel(Panel):
    """Why nothing of these dossiers is erased for now."""

    def __init__(self, count: int, reasons: tuple[tuple[str, str], ...]) -> None:
        super().__init__(f"Suspendre l’effacement de {dossiers(count)}", "Suspendre", name="retention.hold")
        self.form: FormView = FormView(
            (
                FieldSpec("hold_reason", "Motif", FieldKind.CHOICE, reasons, required=True, width="half"),
                FieldSpec("hold_detail", "Précision", width="half", max_length=200, help="Sans nom de personne."),
            )
        )
        self.lines.addWidget(set_size(self.form, max_width=_WIDTH))
        self.finish()

    def fields(self) -> Mapping[str, Field]:
        return {"reason": self.form.field("hold_reason"), "detail": self.form.field("hold_detail")}

    def reason(self) -> str:
        return str(self.form.value("hold_reason"))

    def detail(self) -> str:
        return str(self.form.value("hold_detail"))


class LiftPanel(Panel):
    """Why the rules speak again."""

    def __init__(self, count: int) -> None:
        super().__init__(f"Lever la suspension de {dossiers(count)}", "Lever la suspension", name="retention.lift")
        help_ = "Écrit au journal, sans nom de personne."
        self.form: FormView = FormView((FieldSpec("lift_reason", "Motif", required=True, max_length=200, help=help_),))
        self.lines.addWidget(set_size(self.form, max_width=_WIDTH))
        self.finish()

    def fields(self) -> Mapping[str, Field]:
        return {"reason": self.form.field("lift_reason")}

    def reason(self) -> str:
        return str(self.form.value("lift_reason"))


class ErasePanel(Panel):
    """The last word before an erasure: how many, why, by whom."""

    def __init__(self, count: int) -> None:
        super().__init__(
            f"Effacer définitivement {dossiers(count)}",
            f"Effacer {dossiers(count)}",
            name="retention.erase",
            icon="trash",
            cancel="Ne pas effacer",
        )
        self.lines.addWidget(
            Paragraph(
                "Rien ne pourra les faire revenir, ni la corbeille, ni une sauvegarde : les sauvegardes sont refaites "
                "aussitôt et les anciennes supprimées. Un certificat sans nom est établi.".replace(" :", f"{NBSP}:")
            )
        )
        help_ = "Imprimé sur le certificat, sans nom de personne."
        self.form: FormView = FormView((FieldSpec("erase_reason", "Motif", required=True, max_length=200, help=help_),))
        self.current = secret("erase_passphrase", "Votre phrase de passe, pour confirmer")
        self.under_way = InlineNotice()
        for part in (set_size(self.form, max_width=_WIDTH), self.current, self.under_way):
            self.lines.addWidget(part)
        self.current.line.returnPressed.connect(self._ask)
        self.finish()

    def fields(self) -> Mapping[str, Field]:
        return {"reason": self.form.field("erase_reason"), "current_passphrase": self.current}

    def reason(self) -> str:
        return str(self.form.value("erase_reason"))

    def passphrase(self) -> str:
        return self.current.line.text()

    def wait(self, waiting: bool) -> None:
        """Nothing is asked twice while it runs."""
        for part in (self.go, self.cancel, self.form, self.current):
            part.setEnabled(not waiting)
        self.under_way.setVisible(waiting)
        if waiting:
            self.show_progress(0, 1)

    def show_progress(self, done: int, total: int) -> None:
        percent = round(100 * done / total) if total else 0
        self.under_way.show_sentence(f"Effacement, puis sauvegardes refaites{NBSP}: {percent}{NBSP}%")

    def forget(self) -> None:
        """No passphrase stays on a page that was left."""
        clear_secrets(self.current)

    def _ask(self) -> None:
        if self.go.isEnabled():
            self.asked.emit()
