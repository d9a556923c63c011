"""The bar over every page while lines of the journal are gone: which, that nothing can be changed, and the way out."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from spip_desktop.domain.errors import Problem, Refusal
from spip_desktop.domain.text import french_spaces
from spip_desktop.services.health import HealthService
from spip_desktop.ui.buttons import Button
from spip_desktop.ui.fields import FieldKind, FieldSpec
from spip_desktop.ui.form import FormView
from spip_desktop.ui.icons import IconView
from spip_desktop.ui.layout import column, paint_ground, row
from spip_desktop.ui.text import Text
from spip_desktop.wording import sentence

_DPIP = "Le magasin est en lecture seule. Prenez-en acte : le travail reprend alors."
_WITH_REASON = "Le magasin est en lecture seule. Écrivez pourquoi vous en prenez acte : le travail reprend alors."
_NOT_MINE = (
    "Le magasin est en lecture seule jusqu’à ce qu’un DPIP en prenne acte. Sans DPIP dans ce magasin, un CPIP ou "
    "l’administration technique le fait, avec un motif écrit."
)


class LossBar(QWidget):
    """`done` is called once the loss is acknowledged."""

    def __init__(self, health: HealthService, done: Callable[[], object]) -> None:
        super().__init__()
        self._health, self._done = health, done
        self.setObjectName("loss")
        paint_ground(self, "alerte_fond")
        outer = column(self, gap=8, margins=(24, 8, 24, 8))
        line = row(gap=8)
        line.addWidget(IconView("alert-circle", "alerte", role="body"), 0, Qt.AlignmentFlag.AlignTop)
        self.sentence = Text("", "body", colour="texte", wrap=True, max_chars=200)
        line.addWidget(self.sentence, 1)
        outer.addLayout(line)
        self.form = FormView((FieldSpec("reason", "Motif", FieldKind.LINE, required=True),))
        self.button = Button("Prendre acte", name="loss.acknowledge")
        outer.addWidget(self.form)
        outer.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self.button.clicked.connect(self._acknowledge)

    def about(self, loss: Problem) -> "LossBar":
        may, with_reason = self._health.may_acknowledge(), self._health.must_say_why()
        what = _NOT_MINE if not may else _WITH_REASON if with_reason else _DPIP
        self.sentence.setText(f"{sentence(loss)} {french_spaces(what)}")
        self.form.setVisible(may and with_reason)
        self.button.setVisible(may)
        return self

    def _acknowledge(self) -> None:
        try:
            self._health.acknowledge(str(self.form.value("reason") or ""))
        except Refusal as refusal:
            self.form.field("reason").set_problem(sentence(refusal))
            self.form.field("reason").setFocus()
            return
        self._done()
