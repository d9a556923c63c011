"""The persons who may be the one whose dossier is being started, and why there is one more dossier all the same."""

from PySide6.QtWidgets import QWidget

from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.person_list import Similar
from spip_desktop.ui.fields import FieldKind, FieldSpec
from spip_desktop.ui.form import FormView
from spip_desktop.ui.labels import SectionTitle
from spip_desktop.ui.layout import column
from spip_desktop.ui.similar_list import SimilarList
from spip_desktop.wording import sentence


class SimilarPanel(QWidget):
    """The similar persons, and the reason for one more dossier."""

    def __init__(self, reasons: tuple[tuple[str, str], ...]) -> None:
        super().__init__()
        self.setObjectName("similar")
        self._labels = dict(reasons)
        self.list = SimilarList("similar.list")
        self.form = FormView(
            (
                FieldSpec("duplicate_reason", "Pourquoi un autre dossier", FieldKind.CHOICE, reasons, width="half"),
                FieldSpec("duplicate_detail", "Précision", width="half"),
            )
        )
        inside = column(self, gap=12)
        inside.addWidget(SectionTitle("Déjà enregistré, peut-être la même personne"))
        inside.addWidget(self.list)
        inside.addWidget(self.form)
        self.hide()

    def show_found(self, found: tuple[Similar, ...]) -> None:
        self.list.show_found(found)
        self.setVisible(bool(found))

    def reason(self) -> str:
        """The reason in words, as the dossier keeps it; nothing while it is not complete."""
        code, detail = str(self.form.value("duplicate_reason")), str(self.form.value("duplicate_detail"))
        if self.isHidden() or not code or (code == "autre" and not detail):
            return ""
        return ", ".join(part for part in (self._labels[code], detail) if part)

    def ask(self, refusal: Refusal) -> None:
        found = refusal.problems[0].data["found"]
        assert isinstance(found, tuple)
        self.show_found(found)
        self.form.show_refusal(refusal, sentence)

    def clear(self) -> None:
        self.form.set_values({"duplicate_reason": "", "duplicate_detail": ""})
        self.show_found(())
