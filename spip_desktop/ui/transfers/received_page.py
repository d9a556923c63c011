"""One package of another station, once taken in: its receipt by file or by phone, and the visa that goes back."""

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from PySide6.QtWidgets import QWidget

from spip_desktop.domain import dates
from spip_desktop.domain.clock import PARIS
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.place import Place
from spip_desktop.domain.text import NBSP, french_spaces
from spip_desktop.domain.transfer import Content, ReceivedPackage, Scope, SentPackage, TransferKind
from spip_desktop.services.transfer_sending import Preparing
from spip_desktop.ui.buttons import Button
from spip_desktop.ui.fields import FieldSpec
from spip_desktop.ui.folder_choice import choose_folder
from spip_desktop.ui.form import FormView
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.labels import Paragraph, Section
from spip_desktop.ui.layout import set_size
from spip_desktop.ui.page import Page
from spip_desktop.ui.text import Text
from spip_desktop.ui.transfers.facts import facts
from spip_desktop.ui.transfers.handed import HandedView
from spip_desktop.ui.transfers.list_page import result
from spip_desktop.ui.transfers.visas import AwaitedView
from spip_desktop.ui.unfolding import buttons
from spip_desktop.wiring import Services
from spip_desktop.wording import sentence
from spip_desktop.wording.transfer import CONTENTS, KINDS, STATES, count

KIND = "transfers.received"
_SPOKEN = (
    "Lisez ces seize signes, groupe par groupe, au service qui a envoyé le paquet. Il les tape sur sa page ; un signe "
    "mal copié est vu aussitôt."
)
_BACK = (
    "Le retour porte ce qui a été écrit ici depuis l’arrivée du paquet : votre visa, ou votre remarque. Le service qui "
    "l’a demandé le retrouve dans le document."
)


class ReceivedPage(Page):
    """The receipt first: without it, the sender does not know."""

    def __init__(self, services: Services, guard: Guard) -> None:
        super().__init__("Paquet reçu", name=KIND)
        self._services, self._guard = services, guard
        self._id: UUID | None = None
        self._package: ReceivedPackage | None = None
        self.ask_folder: Callable[[], Path | None] = lambda: choose_folder(
            self.window(), "Où écrire l’accusé de réception"
        )
        self.about = Section("Ce paquet", name="received.about", gap=8)
        self.receipt = Button("Écrire l’accusé de réception", "mail", name="received.receipt")
        self.tell = Button("Lire l’accusé au téléphone", "phone", name="received.tell")
        self.code = Text("", "section")
        self.spoken = Section(
            "", self.code, Paragraph(french_spaces(_SPOKEN), colour="texte_2"), name="received.spoken", gap=8
        )
        self.acknowledging = Section(
            "Accusé de réception", buttons(self.receipt, self.tell), self.spoken, name="received.acknowledging", gap=8
        )
        self.awaited = AwaitedView(self.went.emit)
        self.handed = HandedView(self.went.emit, "received")
        self.form = FormView(
            (FieldSpec("purpose", "Motif", required=True, max_length=200, help="Écrit au journal, sans nom."),)
        )
        self.going_back = Section(
            "Retour de visa",
            Paragraph(french_spaces(_BACK), colour="texte_2"),
            set_size(self.form, max_width=640),
            name="received.back",
            gap=8,
        )
        self.add(self.about, self.handed, self.awaited, self.going_back, self.acknowledging)
        self.prepare = self.set_primary("Préparer le retour", "upload", self._prepare, name="received.prepare")
        self.receipt.clicked.connect(self._write_receipt)
        self.tell.clicked.connect(self._tell_receipt)

    # -- what every page does --------------------------------------------------------------------------------

    def open(self, place: Place) -> None:
        if isinstance(place.id, UUID) and place.id != self._id:
            self._id = place.id
            self.code.setText("")
            self.form.set_values({"purpose": ""})
        self.notice.hide()
        self.band.clear()
        self.reload()
        if not self.show_field(place.field):
            self._first().setFocus()

    def _first(self) -> QWidget:
        """What waits for an answer, before the receipt."""
        waiting = ((self.handed, self.handed.first()), (self.awaited, self.awaited.table))
        return next((control for part, control in waiting if not part.isHidden()), self.receipt)

    def reload(self) -> None:
        if self._id is None:
            return
        service = self._services.transfers
        self._package = package = service.receiving.get(self._id)
        self.set_title(f"Paquet de {package.sender}")
        back = next((one for one in service.sending.all() if one.answers == package.id), None)
        self._show_about(package, back)
        self.handed.show_handed(self._services.handovers.under_way(), package.persons)
        asked = package.kind is TransferKind.FOR_VISA
        self.awaited.show_awaited(service.visas.awaited(package.persons) if asked else [])
        self.going_back.setVisible(asked)
        self.prepare.setVisible(asked)
        self.spoken.setVisible(bool(self.code.text()))

    def _show_about(self, package: ReceivedPackage, back: SentPackage | None) -> None:
        self.about.empty()
        day = dates.short(package.received_at.astimezone(PARIS).date())
        told = [
            ("Reçu le", day, ""),
            ("Ce qu’il contient", KINDS[package.kind], count(package.records, "élément")),
            ("Données", CONTENTS[package.content], ""),
            ("Résultat", result(package), ""),
        ]
        if back is not None:
            told.append(("Retour de visa", STATES[back.state][1], ""))
        self.about.add(facts(told))

    # -- acts ------------------------------------------------------------------------------------------------

    def _write_receipt(self) -> None:
        folder, id_ = self.ask_folder(), self._id
        if folder is None or id_ is None:
            return
        self._clear()
        path = self._guard.run(self._services.transfers.receiving.receipt, id_, folder, refused=self._refused)
        if isinstance(path, Path):
            self.notice.show_sentence(f"Accusé de réception écrit{NBSP}: {path.name}")

    def _tell_receipt(self) -> None:
        id_ = self._id
        if id_ is None:
            return
        self._clear()
        code = self._guard.run(self._services.transfers.receiving.spoken, id_, refused=self._refused)
        if isinstance(code, str):
            self.code.setText(code.replace("-", "   "))
            self.spoken.show()

    def _prepare(self) -> None:
        self._clear()
        refusals: list[Refusal] = []
        package = self._guard.run(self._made, refused=refusals.append)
        if refusals:
            left = self.form.show_refusal(refusals[0], sentence)
            if left:
                self.band.show_sentence(" ".join(left))
        elif isinstance(package, SentPackage):
            self.saved.emit(self._services.clock.now())
            self.go("transfers.package", package.id)

    def _made(self) -> SentPackage:
        service, package = self._services.transfers, self._package
        assert package is not None
        sender = tuple(one.id for one in service.contacts.all() if one.station == package.station and one.trusted)
        scope = Scope(
            kind=TransferKind.VISA, content=Content.COMPLETE, persons=package.persons, answers=package.id
        )  # fmt: skip
        purpose = str(self.form.value("purpose") or "")
        return service.sending.prepare(Preparing(scope=scope, purpose=purpose, contacts=sender))

    def _clear(self) -> None:
        self.notice.hide()
        self.band.clear()

    def _refused(self, refusal: Refusal) -> None:
        self.band.show_sentence(sentence(refusal))
