"""What happens to a package once its file is whole: its medium let go, handed over, acknowledged by phone."""

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from PySide6.QtWidgets import QWidget

from spip_desktop.domain.text import french_spaces
from spip_desktop.domain.transfer import SentPackage, SentState
from spip_desktop.ui.buttons import Button
from spip_desktop.ui.ejection import Ejection, Let
from spip_desktop.ui.fields import FieldKind, FieldSpec
from spip_desktop.ui.form import FormView
from spip_desktop.ui.labels import Paragraph, Section
from spip_desktop.ui.layout import column, set_size
from spip_desktop.ui.readers import date_reader
from spip_desktop.ui.tasks import Tasks
from spip_desktop.ui.unfolding import buttons
from spip_desktop.wiring import Services
from spip_desktop.wording import sentence

#: Does an act of the page, whose refusal is told beside the fields of the form, then says the sentence.
Act = Callable[[Callable[[], object], str, FormView], None]
_LET = {
    Let.EJECTED: "Le support est éjecté : vous pouvez le retirer.",
    Let.WRITTEN: "Tout est écrit sur le support : vous pouvez le retirer.",
    Let.BUSY: "Le support est encore utilisé par un autre programme : fermez-le, puis éjectez de nouveau.",
}
_BY_PHONE = (
    "Quand le fichier de l’accusé ne peut pas revenir, le service qui a repris le paquet lit seize signes au téléphone."
)


class Afterwards(QWidget):
    """Shown for a package that is verified or handed over."""

    def __init__(self, services: Services, tasks: Tasks, act: Act, say: Callable[[str], object]) -> None:
        super().__init__()
        self._services, self._act, self._say = services, act, say
        self._id: UUID | None = None
        self._folder: Path | None = None
        self.eject = Button("Éjecter le support", "upload", name="package.eject")
        self.medium = Section("Support", buttons(self.eject), name="package.medium", gap=8)
        self.handing = FormView(
            (
                FieldSpec("handed_on", "Remis le", FieldKind.DATE, width="half"),
                FieldSpec("handed_to", "À", width="half", max_length=120, help="Service ou fonction, sans nom."),
            ),
            parse_date=date_reader(services.clock.today, sentence),
        )
        self.hand = Button("Noter la remise", name="package.hand")
        self.phone = FormView((FieldSpec("code", "Code lu au téléphone", max_length=40),))
        self.heard = Button("Noter l’accusé par téléphone", name="package.heard")
        lines = column(self, gap=24)
        lines.addWidget(self.medium)
        lines.addWidget(_section("Remise", self.handing, self.hand, "package.after"))
        lines.addWidget(_section("Accusé par téléphone", self.phone, self.heard, "package.phone", _BY_PHONE))
        self._ejection = Ejection(tasks, self)
        self._ejection.ended.connect(self._ejected)
        self.eject.clicked.connect(self._eject)
        self.hand.clicked.connect(self._hand_over)
        self.heard.clicked.connect(self._hear)
        self.phone.field("code").line.returnPressed.connect(self._hear)  # type: ignore[attr-defined]

    def show_package(self, package: SentPackage, folder: Path | None) -> None:
        """`folder`: where its file was just written, when that is on a removable medium."""
        if package.id != self._id:
            self.phone.set_values({"code": ""})
            self.phone.show_problems({})
            self.handing.show_problems({})
        self._id, self._folder = package.id, folder
        self.setVisible(package.state in (SentState.VERIFIED, SentState.HANDED_OVER))
        self.medium.setVisible(folder is not None)
        self.handing.set_values(
            {"handed_on": package.handed_on or self._services.clock.today(), "handed_to": package.handed_to}
        )

    # -- acts ------------------------------------------------------------------------------------------------

    def _eject(self) -> None:
        if self._folder is not None:
            self.eject.set_available(False, "Écriture sur le support en cours.")
            self._ejection.start(self._services.transfers.sending.device_of(self._folder))

    def _ejected(self, let: Let) -> None:
        self.eject.set_available(True)
        self._say(french_spaces(_LET[let]))
        if let is not Let.BUSY:
            self._folder = None
            self.medium.hide()
        (self.eject if let is Let.BUSY else self.handing.field("handed_to")).setFocus()

    def _hand_over(self) -> None:
        sending, id_ = self._services.transfers.sending, self._id
        day, to = self.handing.value("handed_on"), str(self.handing.value("handed_to") or "")
        if self.handing.unread() or day is None:
            self.handing.show_problems(self.handing.unread() or {"handed_on": "À remplir."})
            return
        self._act(lambda: sending.hand_over(id_, day, to), "Remise notée.", self.handing)  # type: ignore[arg-type]

    def _hear(self) -> None:
        sending, id_, typed = self._services.transfers.sending, self._id, str(self.phone.value("code") or "")
        if id_ is not None:
            self._act(lambda: sending.hear_receipt(id_, typed), "Accusé par téléphone noté.", self.phone)


def _section(title: str, form: FormView, button: Button, name: str, told: str = "") -> Section:
    said = (Paragraph(french_spaces(told), colour="texte_2"),) if told else ()
    return Section(title, *said, set_size(form, max_width=640), buttons(button), name=name, gap=8)
