"""« Transferts »: what was sent and how far it is, what was received; the ways to send, to receive, to acknowledge."""

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from spip_desktop.domain import dates
from spip_desktop.domain.clock import PARIS
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.place import Place
from spip_desktop.domain.text import NBSP
from spip_desktop.domain.transfer import Contact, ReceivedPackage, SentPackage, SentState
from spip_desktop.services.handover import UnderWay
from spip_desktop.ui.folder_choice import choose_file
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.labels import EmptyState, Section
from spip_desktop.ui.page import Page
from spip_desktop.ui.table import Cell, Column, RecordRow, TableView
from spip_desktop.wiring import Services
from spip_desktop.wording import sentence
from spip_desktop.wording.handover import waits
from spip_desktop.wording.transfer import KINDS, STATES, count

KIND = "transfers"
_SENT = (Column("État", 168), Column("Pour"), Column("Contenu"), Column("Écrit le", 104))
_HANDED = (Column("Dossier"), Column("Service"), Column("Étape", 216), Column("Depuis le", 104))
_RECEIVED = (Column("Reçu le", 104), Column("De"), Column("Contenu"), Column("Résultat", 168))


class TransfersPage(Page):
    """A package opens its page: how far it is, its receipt, the visa that came or goes back."""

    def __init__(self, services: Services, guard: Guard) -> None:
        super().__init__("Transferts", name=KIND)
        self._services, self._guard = services, guard
        self.ask_receipt: Callable[[], Path | None] = lambda: choose_file(
            self.window(), "Accusé de réception", "Accusés de réception (*.spipr)"
        )
        self.sent = TableView(_SENT, name="transfers.sent", label="Paquets envoyés")
        self.received = TableView(_RECEIVED, name="transfers.received", label="Paquets reçus")
        self.handed = TableView(_HANDED, name="transfers.handovers", label="Dessaisissements en cours")
        self.handed_section = Section("Dessaisissements en cours", self.handed, name="transfers.handed_section", gap=8)
        self.sent_section = Section("Envoyés", self.sent, name="transfers.sent_section", gap=8)
        self.received_section = Section("Reçus", self.received, name="transfers.received_section", gap=8)
        self.empty = EmptyState(
            "Aucun transfert.",
            "Pour recevoir ou envoyer des dossiers, échangez d’abord les cartes de contact avec l’autre poste.",
        )
        self.contacts = self.add_action("Contacts", "people", lambda: self.go("transfers.contacts"), name="to.contacts")
        self.read = self.add_action("Lire un accusé", "mail", self._read_receipt, name="transfers.read")
        self.conflicts = self.add_action(
            "Conflits à traiter", "alert-circle", lambda: self.go("transfers.conflicts"), name="to.conflicts"
        )
        self.duplicates = self.add_action(
            "Doublons possibles", "people", lambda: self.go("persons.duplicates"), name="to.duplicates"
        )
        self.duplicates.setVisible(services.duplicates.may())
        self.receive = self.add_action(
            "Recevoir un paquet", "download", lambda: self.go("transfers.receive"), name="to.receive"
        )
        self.prepare = self.set_primary(
            "Préparer un envoi", "upload", lambda: self.go("transfers.prepare"), name="to.prepare"
        )
        self.add(self.empty, self.handed_section, self.sent_section, self.received_section)
        self.handed.opened.connect(lambda key: self.go("person.handover", key))
        self.sent.opened.connect(lambda key: self.go("transfers.package", key))
        self.received.opened.connect(lambda key: self.go("transfers.received", key))

    def open(self, place: Place) -> None:
        self.notice.hide()
        self.band.clear()
        self.reload()
        if not self.show_field(place.field):
            (self.sent if not self.sent_section.isHidden() else self.prepare).setFocus()

    def reload(self) -> None:
        service = self._services.transfers
        names = {one.id: one for one in service.contacts.all()}
        sent, received = service.sending.all(), service.receiving.all()
        handed = self._services.handovers.under_way()
        self.handed.set_rows([RecordRow(one.person_id, _handed_cells(one)) for one in handed])
        self.handed_section.setVisible(bool(handed))
        answered = {one.answers for one in received}
        self.sent.set_rows([RecordRow(one.id, sent_cells(one, names, answered=one.id in answered)) for one in sent])
        self.received.set_rows([RecordRow(one.id, _received_cells(one)) for one in received])
        self.sent_section.setVisible(bool(sent))
        self.received_section.setVisible(bool(received))
        self.empty.setVisible(not (sent or received or handed))
        self.conflicts.setVisible(self._services.conflicts.count() > 0)
        waiting = sum(one.state not in (SentState.READY, SentState.ACKNOWLEDGED) for one in sent)
        self.sent_section.heading.set_remark(f"{count(waiting, 'accusé')} de réception à recevoir" if waiting else "")

    def _read_receipt(self) -> None:
        path = self.ask_receipt()
        if path is None:
            return
        self._clear()
        done = self._guard.run(self._services.transfers.sending.read_receipt, path, refused=self._tell)
        if isinstance(done, SentPackage):
            self.saved.emit(self._services.clock.now())
            self.reload()
            self.notice.show_sentence(f"Accusé reçu{NBSP}: {result(done)}.")
            self.sent.setFocus()

    def _clear(self) -> None:
        self.notice.hide()
        self.band.clear()

    def _tell(self, refusal: Refusal) -> None:
        self.band.show_sentence(sentence(refusal))


def recipients(package: SentPackage, known: dict[UUID, Contact]) -> str:
    """For whom, by name."""
    named = [known[one].name for one in package.contacts if one in known]
    return " ; ".join(named) or "Phrase de six mots"


def sent_cells(package: SentPackage, known: dict[UUID, Contact], *, answered: bool) -> tuple[Cell, ...]:
    icon, word = STATES[package.state]
    acknowledged = package.state is SentState.ACKNOWLEDGED
    written = dates.short(package.made_at.astimezone(PARIS).date()) if package.made_at else ""
    return (
        Cell(word, icon=icon, tone="texte_2" if acknowledged else "texte", second=result(package)),
        Cell(recipients(package, known), package.purpose, bold=True),
        Cell(KINDS[package.kind], "Réponse reçue" if answered else _size(package)),
        Cell(written),
    )


def _size(package: SentPackage) -> str:
    return count(package.records, "élément") if package.records else ""


def result(package: SentPackage | ReceivedPackage) -> str:
    """« 20 repris, 1 à trancher »; nothing before the receipt. By phone, what was taken is not told."""
    told = [
        (package.accepted, f"{package.accepted} repris"),
        (package.conflicts, f"{package.conflicts} à trancher"),
        (package.rejected, count(package.rejected, "refusé")),
    ]
    by_phone = ["par téléphone"] if isinstance(package, SentPackage) and package.by_phone else []
    return ", ".join([*by_phone, *(words for number, words in told if number)])


def _handed_cells(one: UnderWay) -> tuple[Cell, ...]:
    return (
        Cell(one.name, bold=True, discreet=True),
        Cell(f"{'De' if one.taking else 'Vers'}{NBSP}{one.other}"),
        Cell(waits(one.step, taking=one.taking).capitalize(), icon="alert-circle" if one.taking else ""),
        Cell(dates.short(one.since)),
    )


def _received_cells(package: ReceivedPackage) -> tuple[Cell, ...]:
    return (
        Cell(dates.short(package.received_at.astimezone(PARIS).date())),
        Cell(package.sender, bold=True),
        Cell(KINDS[package.kind], count(package.records, "élément")),
        Cell(result(package)),
    )
