"""« Recevoir un paquet »: a file chosen, looked at without changing anything, then taken in on a yes."""

from collections.abc import Callable
from pathlib import Path

from spip_desktop.domain import dates
from spip_desktop.domain.clock import PARIS
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.place import Place
from spip_desktop.domain.text import NBSP, french_spaces
from spip_desktop.domain.transfer import ReceivedPackage
from spip_desktop.domain.transfer_result import Brought, Result
from spip_desktop.services.transfer_receiving import Arrived
from spip_desktop.ui.buttons import Button, QuietButton
from spip_desktop.ui.fields import FieldSpec, LineField
from spip_desktop.ui.folder_choice import choose_file, choose_folder
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.labels import Paragraph, Section, SmallText
from spip_desktop.ui.layout import set_size
from spip_desktop.ui.page import Page
from spip_desktop.ui.transfers.facts import facts
from spip_desktop.ui.transfers.handed import HandedView
from spip_desktop.ui.transfers.preview import PreviewView
from spip_desktop.ui.unfolding import buttons
from spip_desktop.ui.work_line import WorkLine
from spip_desktop.wiring import Services
from spip_desktop.wording import sentence
from spip_desktop.wording.transfer import CONTENTS, KINDS, count

KIND = "transfers.receive"
_HOW = (
    "Rien n’est repris avant votre accord : le paquet est déchiffré, vérifié et comparé à ce que ce poste contient "
    "déjà. Un paquet abîmé, incomplet ou adressé à d’autres est refusé en entier."
)
_UNKNOWN = (
    "Ce paquet vient d’un poste qui n’est pas encore un contact de confiance. Comparez d’abord les huit mots de sa "
    "carte avec ce service, au téléphone ou en présence."
)
_LOST = (
    "Ce poste est révoqué depuis le {day}. Ce paquet est daté d’avant, mais qui tient le poste peut mentir sur la "
    "date : faites confirmer ce paquet par le service avant de le reprendre."
)
_BRINGS, _BROUGHT = "Ce qu’il apporte", "Ce que ce paquet a apporté"
_FIRST = "Choisissez d’abord un paquet."


class ReceivePage(Page):
    """Looking and taking in run in the worker, say how far they are, and can be stopped."""

    def __init__(self, services: Services, guard: Guard) -> None:
        super().__init__("Recevoir un paquet", name=KIND)
        self._services, self._guard = services, guard
        self._path: Path | None = None
        self._merged: ReceivedPackage | None = None
        self._brought: Result | None = None  # what the package taken in has brought, told until the next one
        self._needs_phrase = False
        self.arrived: Arrived | None = None
        self.ask_file: Callable[[], Path | None] = lambda: choose_file(
            self.window(), "Paquet à recevoir", "Paquets (*.spipx)"
        )
        self.ask_folder: Callable[[], Path | None] = lambda: choose_folder(
            self.window(), "Où écrire l’accusé de réception"
        )
        self.choose = Button("Choisir un paquet", "folder", name="receive.choose")
        self.chosen = SmallText("")
        self.phrase = LineField(
            FieldSpec("phrase", "La phrase de six mots", help="Les accents et les majuscules ne comptent pas.")
        )
        self.look = Button("Ouvrir avec cette phrase", "eye", name="receive.look")
        self.work = WorkLine(self._tell, self._stopped, name="receive.work")
        self._build_found()
        self.add(
            Paragraph(french_spaces(_HOW), colour="texte_2"),
            buttons(self.choose),
            self.chosen,
            set_size(self.phrase, max_width=640),
            self.look,
            self.work,
            self.about,
            self.unknown,
            self.done,
            self.handed,
            self.found,
        )
        self.take = self.set_primary("Reprendre ce paquet", "check", self._merge, name="receive.take")
        self.choose.clicked.connect(self._choose)
        self.look.clicked.connect(self._look)
        self.phrase.line.returnPressed.connect(self._look)

    def _build_found(self) -> None:
        self.about = Section("Ce paquet", name="receive.about", gap=8)
        self.preview = PreviewView()
        self.found = Section(_BRINGS, self.preview, name="receive.found", gap=12)
        self.compare = Button("Comparer sa carte", "shield-check", name="receive.compare")
        self.unknown = Section(
            "Expéditeur à vérifier",
            Paragraph(french_spaces(_UNKNOWN), colour="texte_2"),
            buttons(self.compare),
            name="receive.unknown",
            gap=8,
        )
        self.told = Paragraph("")
        self.receipt = Button("Écrire l’accusé de réception", "mail", name="receive.receipt")
        self.opened = Button("Ouvrir ce paquet", "document", name="receive.open")
        self.later = QuietButton("Revenir aux transferts", name="receive.later")
        self.handed = HandedView(self.went.emit, "receive")
        acts = buttons(self.receipt, self.opened, self.later)
        self.done = Section("Repris", self.told, acts, name="receive.done", gap=8)
        self.compare.clicked.connect(self._compare)
        self.receipt.clicked.connect(self._write_receipt)
        self.opened.clicked.connect(self._open_package)
        self.later.clicked.connect(lambda: self.go("transfers"))

    # -- what every page does --------------------------------------------------------------------------------

    def open(self, place: Place) -> None:
        """Back from a comparison, the package is looked at again if its sender is believed now."""
        self.notice.hide()
        self.band.clear()
        self.reload()
        if self.arrived is not None and self.arrived.preview is None:
            self._look_again()
        elif not self.show_field(place.field):
            self.choose.setFocus()

    def leave(self) -> None:
        self.work.tasks.stop()

    def reload(self) -> None:
        arrived = self.arrived
        self.chosen.setText(f"Fichier{NBSP}: {self._path.name}" if self._path else "Aucun fichier choisi.")
        sealed = self._path is not None and arrived is None and self._needs_phrase
        self.phrase.setVisible(sealed)
        self.look.setVisible(sealed)
        self.unknown.setVisible(arrived is not None and arrived.preview is None)
        self.about.setVisible(arrived is not None)
        brought = self._brought or (arrived.preview if arrived else None)
        self.found.heading.set_title(_BRINGS if self._merged is None else _BROUGHT)
        self.found.setVisible(brought is not None)
        if brought is not None:
            self.preview.show_preview(brought)
        self.done.setVisible(self._merged is not None)
        waiting = self._services.handovers.under_way() if self._merged else []
        self.handed.show_handed(waiting, self._merged.persons if self._merged else ())
        ready = arrived is not None and arrived.preview is not None
        self.take.set_available(ready and not self.work.tasks.busy(), "" if ready else _FIRST)
        if arrived is not None:
            self._show(arrived)

    def _show(self, arrived: Arrived) -> None:
        self.about.empty()
        written = dates.short(arrived.made_at.astimezone(PARIS).date())
        told = [
            ("De", arrived.sender.name, f"écrit le {written}"),
            ("Ce qu’il contient", KINDS[arrived.kind], count(arrived.records, "élément")),
            ("Données", CONTENTS[arrived.content], ""),
        ]
        self.about.add(facts(told))

    # -- looking ---------------------------------------------------------------------------------------------

    def _choose(self) -> None:
        path = self.ask_file()
        if path is None:
            return
        self._forget()
        self._path = path
        needed = self._guard.run(self._services.transfers.receiving.needs_phrase, path, refused=self._tell)
        self._needs_phrase = bool(needed)
        self.reload()
        if self._needs_phrase:
            self.phrase.setFocus()
        elif needed is not None:
            self._look()

    def _look(self) -> None:
        path, phrase = self._path, self.phrase.raw_text()
        if path is None or self.work.tasks.busy():
            return
        self.band.clear()
        self.phrase.set_problem(None)
        look = self._services.transfers.receiving.look
        self.work.run("Vérification du paquet", lambda progress: look(path, phrase, progress), self._looked)

    def _look_again(self) -> None:
        arrived = self.arrived
        if arrived is not None and not self.work.tasks.busy():
            again = self._services.transfers.receiving.look_again
            self.work.run("Comparaison", lambda progress: again(arrived, progress), self._looked)

    def _looked(self, arrived: Arrived) -> None:
        self.arrived = arrived
        self.phrase.set_raw_text("")
        self.reload()
        if arrived.sender.revoked_on is not None:
            self.band.show_sentence(french_spaces(_LOST.format(day=dates.short(arrived.sender.revoked_on))))
        (self.take if arrived.preview is not None else self.compare).setFocus()

    def _compare(self) -> None:
        if self.arrived is not None:
            self.go("transfers.contacts", self.arrived.sender.id)

    # -- taking in -------------------------------------------------------------------------------------------

    def _merge(self) -> None:
        arrived = self.arrived
        if arrived is None or self.work.tasks.busy():
            return
        self.band.clear()
        self.take.set_available(False, "Reprise en cours.")
        merge = self._services.transfers.receiving.merge
        self.work.run("Reprise du paquet", lambda progress: merge(arrived, progress), self._done)

    def _done(self, received: ReceivedPackage) -> None:
        brought = self.arrived.preview if self.arrived else None
        self._forget()
        self._merged, self._brought = received, brought
        self.saved.emit(self._services.clock.now())
        told = [count(received.accepted, "élément repris", "éléments repris")]
        told += [f"{received.conflicts} à trancher"] if received.conflicts else []
        apart = brought.of(Brought.APART) if brought else 0
        told += [f"{count(apart, 'document')} en deux versions"] if apart else []
        told += [f"{count(received.rejected, 'refusé')}, les autres sont là"] if received.rejected else []
        self.told.setText(french_spaces(f"{', '.join(told)}. Rapportez l’accusé de réception à l’expéditeur."))
        self.reload()
        (self.receipt if self.handed.isHidden() else self.handed.answer).setFocus()

    def _write_receipt(self) -> None:
        received, folder = self._merged, self.ask_folder()
        if received is None or folder is None:
            return
        path = self._guard.run(self._services.transfers.receiving.receipt, received.id, folder, refused=self._tell)
        if isinstance(path, Path):
            self.notice.show_sentence(f"Accusé de réception écrit{NBSP}: {path.name}")
            self.later.setFocus()

    def _open_package(self) -> None:
        if self._merged is not None:
            self.go("transfers.received", self._merged.id)

    # -- what does not go on ---------------------------------------------------------------------------------

    def _forget(self) -> None:
        self.arrived, self._path, self._merged, self._brought, self._needs_phrase = None, None, None, None, False
        self.band.clear()
        self.notice.hide()

    def _stopped(self) -> None:
        self.reload()
        self.notice.show_sentence("Arrêté. Rien n’a été repris.")
        self.choose.setFocus()

    def _tell(self, refusal: Refusal) -> None:
        self.reload()
        about_phrase = next((one for one in refusal.problems if one.field == "phrase"), None)
        if about_phrase is not None and not self.phrase.isHidden():
            self.phrase.set_problem(sentence(about_phrase))
            self.phrase.setFocus()
        else:
            self.band.show_sentence(sentence(refusal))
