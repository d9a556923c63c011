"""One package of this station: what it holds, where its file is to be written, how far it has come since."""

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from PySide6.QtGui import QHideEvent

from spip_desktop.domain import dates
from spip_desktop.domain.clock import PARIS
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.place import Place
from spip_desktop.domain.text import NBSP, french_spaces
from spip_desktop.domain.transfer import SentPackage, SentState, TransferKind
from spip_desktop.services.transfer_sources import Collected
from spip_desktop.ui.buttons import Button
from spip_desktop.ui.choices import Tick
from spip_desktop.ui.folder_choice import choose_file, choose_folder
from spip_desktop.ui.form import FormView
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.labels import Paragraph, Section, SmallText, StateLabel
from spip_desktop.ui.page import Page
from spip_desktop.ui.tasks import Tasks
from spip_desktop.ui.text import Text
from spip_desktop.ui.transfers.afterwards import Afterwards
from spip_desktop.ui.transfers.facts import facts
from spip_desktop.ui.transfers.list_page import recipients
from spip_desktop.ui.transfers.visas import AnswersView
from spip_desktop.ui.unfolding import buttons, clear_secrets, secret
from spip_desktop.ui.work_line import WorkLine
from spip_desktop.wiring import Services
from spip_desktop.wording import sentence
from spip_desktop.wording.transfer import CONTENTS, KINDS, STATES, count

KIND = "transfers.package"
_ALLOWED = "Ce support amovible est autorisé par le CLSI."
_WRITE, _NO_FOLDER = "Écrire le paquet", "Choisissez d’abord un dossier."
_COUNTING = "Décompte en cours."
_PHRASE = "Dites ces six mots de vive voix ou au téléphone. Ne les écrivez pas sur le support du paquet."


class PackagePage(Page):
    """The writing runs in the worker, says how far it is and can be stopped; nothing whole is left of one stopped."""

    def __init__(self, services: Services, guard: Guard) -> None:
        super().__init__("Paquet", name=KIND)
        self._services, self._guard = services, guard
        self._id: UUID | None = None
        self._folder: Path | None = None
        self._held: tuple[object, Collected | None] = (None, None)  # what was counted, and of which state of the store
        self.tasks = Tasks(self)
        self.ask_folder: Callable[[], Path | None] = lambda: choose_folder(self.window(), "Où écrire le paquet")
        self.ask_file: Callable[[], Path | None] = lambda: choose_file(
            self.window(), "Fichier du paquet", "Paquets (*.spipx)"
        )
        self.state = StateLabel("circle", "")
        self.about = Section("Contenu", name="package.about", gap=8)
        self.phrase = Text("", "section", wrap=True)
        self.phrase_section = Section(
            "La phrase qui ouvre ce paquet",
            self.phrase,
            Paragraph(french_spaces(_PHRASE), colour="texte_2"),
            name="package.phrase",
            gap=8,
        )
        self.work = WorkLine(self._refused, self._stopped, name="package.work")
        self._build_writing()
        self.after = Afterwards(services, self.work.tasks, self._act, self.notice.show_sentence)
        self.answers = AnswersView(self.went.emit)
        self.add(self.state, self.about, self.answers, self.work, self.writing, self.phrase_section, self.after)
        self.drop = self.add_action("Abandonner", "trash", self._drop, name="package.drop")
        self.again = self.add_action("Écrire de nouveau", "refresh", self._write_again, name="package.again")
        self.check = self.add_action("Relire le fichier", "eye", self._check, name="package.check")
        self.write = self.set_primary(_WRITE, "download", self._write, name="package.write")

    def _build_writing(self) -> None:
        self.choose = Button("Choisir le dossier", "folder", name="package.choose")
        self.place = SmallText("")
        self.allowed = Tick(_ALLOWED, "package.allowed")
        self.current = secret("package_passphrase", "")
        self.writing = Section(
            "Écrire le fichier",
            buttons(self.choose),
            self.place,
            self.allowed,
            self.current,
            name="package.writing",
            gap=8,
        )
        self.choose.clicked.connect(self._choose)
        self.current.line.returnPressed.connect(self._write)

    # -- what every page does --------------------------------------------------------------------------------

    def open(self, place: Place) -> None:
        if isinstance(place.id, UUID) and place.id != self._id:
            self._id, self._folder = place.id, None
            self.allowed.setChecked(False)
        self.notice.hide()
        self.band.clear()
        self.reload()
        if not self.show_field(place.field):
            stops = (self.choose, self.after.handing.field("handed_to"), self.check)
            next((one for one in stops if one.isVisibleTo(self)), self).setFocus()

    def reload(self) -> None:
        if self._id is None:
            return
        service = self._services.transfers
        package = service.sending.get(self._id)
        ready = package.state is SentState.READY
        names = {one.id: one for one in service.contacts.all()}
        self.set_title(f"Paquet pour {recipients(package, names)}" if package.contacts else "Paquet sous phrase")
        icon, word = STATES[package.state]
        self.state.set_state(icon, _told(package, word), "texte")
        self._show_about(package, self._counted(package) if ready else None)
        self.writing.setVisible(ready)
        self._show_asked()
        self._show_place()
        self.phrase.setText(package.phrase)
        self.phrase_section.setVisible(bool(package.phrase) and not ready)
        self.after.show_package(package, self._folder if self._on_medium() else None)
        asks = package.kind is TransferKind.FOR_VISA
        self.answers.show_answers(service.visas.answers(package.id) if asks else [])
        self._show_acts(package)

    def leave(self) -> None:
        self.tasks.stop()
        self.work.tasks.stop()

    def hideEvent(self, event: QHideEvent) -> None:
        """No passphrase stays on a page that was left."""
        super().hideEvent(event)
        if not event.spontaneous():
            clear_secrets(self.current)

    # -- what is shown ---------------------------------------------------------------------------------------

    def _counted(self, package: SentPackage) -> Collected | None:
        """What it would carry now; None while the worker counts it, which takes a while in a large store."""
        state = (package, self._services.context.store.commits)
        if self._held[0] == state:
            return self._held[1]
        self._held = (state, None)

        def counted(held: Collected) -> None:
            if self._held[0] == state:
                self._held = (state, held)
                self._show_about(package, held)

        self.tasks.run(
            lambda: self._services.transfers.sending.holds(package), counted, refused=lambda one: self._refused(one)
        )
        return None

    def _show_about(self, package: SentPackage, held: Collected | None) -> None:
        self.about.empty()
        ready = package.state is SentState.READY
        size = count(held.dossiers, "dossier") if held else _COUNTING if ready else ""
        records = count(held.records if held else package.records, "élément") if held or not ready else ""
        told = [
            ("Ce qui part", KINDS[package.kind], size),
            ("Données", CONTENTS[package.content], records),
            ("Motif", package.purpose, ""),
        ]
        self.about.add(facts(told))
        if package.file_name and package.state is not SentState.READY:
            self.about.add(SmallText(f"Fichier{NBSP}: {package.file_name}"))

    def _show_place(self) -> None:
        folder = self._folder
        self.place.setText(f"Dossier{NBSP}: {folder}" if folder else "Aucun dossier choisi.")
        self.allowed.setVisible(self._on_medium())
        why = "" if folder or self.writing.isHidden() else _NO_FOLDER
        self.write.set_available(not why and not self.work.tasks.busy(), why)

    def _show_asked(self) -> None:
        """By what one confirms: a PIN may be set, or withdrawn, while the page is there."""
        by_pin = self._services.keys.quick_until() is not None
        asked = "Votre phrase de passe ou votre code PIN" if by_pin else "Votre phrase de passe"
        self.current.set_label(f"{asked}, pour confirmer")

    def _on_medium(self) -> bool:
        return self._folder is not None and self._services.transfers.sending.is_removable(self._folder)

    def _show_acts(self, package: SentPackage) -> None:
        ready = package.state is SentState.READY
        self.write.setVisible(ready)
        self.drop.setVisible(ready)
        self.check.setVisible(package.state not in (SentState.READY, SentState.ACKNOWLEDGED))
        self.again.setVisible(package.state not in (SentState.READY, SentState.ACKNOWLEDGED))

    # -- acts ------------------------------------------------------------------------------------------------

    def _choose(self) -> None:
        folder = self.ask_folder()
        if folder is not None:
            self._folder = folder
            self._show_place()
            (self.allowed if not self.allowed.isHidden() else self.current).setFocus()

    def _write(self) -> None:
        id_, folder, passphrase = self._id, self._folder, self.current.line.text()
        if id_ is None or folder is None or self.work.tasks.busy():
            return
        self.band.clear()
        self.notice.hide()
        self.current.set_problem(None)
        allowed, sending = self.allowed.isChecked(), self._services.transfers.sending
        self.write.set_available(False, "Écriture en cours.")
        self.work.run(
            "Écriture du paquet",
            lambda progress: sending.write(id_, folder, passphrase, progress, medium_allowed=allowed),
            self._written,
        )

    def _written(self, package: SentPackage) -> None:
        clear_secrets(self.current)
        self.saved.emit(self._services.clock.now())
        self.reload()
        self.notice.show_sentence(f"Paquet écrit, relu et vérifié{NBSP}: {package.file_name}")
        (self.after.eject if self._on_medium() else self.after.handing.field("handed_to")).setFocus()

    def _stopped(self) -> None:
        self.reload()
        self.notice.show_sentence("Arrêté. Rien n’est resté dans le dossier ; le paquet est toujours prêt.")
        self.choose.setFocus()

    def _refused(self, refusal: Refusal) -> None:
        self._show_place()
        about_passphrase = [one for one in refusal.problems if one.field == "current_passphrase"]
        if about_passphrase:
            self._show_asked()
            self.current.set_problem(sentence(about_passphrase[0]))
            self.current.setFocus()
        else:
            self.band.show_sentence(sentence(refusal))

    def _check(self) -> None:
        path, sending, id_ = self.ask_file(), self._services.transfers.sending, self._id
        if path is not None and id_ is not None:
            self._act(lambda: sending.verify(id_, path), "Le fichier est relu : il est identique.")

    def _write_again(self) -> None:
        if (id_ := self._id) is not None:
            self._act(lambda: self._services.transfers.sending.write_again(id_), "Le paquet est prêt à être écrit.")
            self.choose.setFocus()

    def _drop(self) -> None:
        if (id_ := self._id) is not None:
            refusals: list[Refusal] = []
            self._guard.run(self._services.transfers.sending.drop, id_, refused=refusals.append)
            if refusals:
                self._refused(refusals[0])
            else:
                self._id = None
                self.go("transfers")

    def _act(self, do: Callable[[], object], said: str, form: FormView | None = None) -> None:
        self.band.clear()
        self.notice.hide()
        refusals: list[Refusal] = []
        self._guard.run(do, refused=refusals.append)
        if refusals:
            left = form.show_refusal(refusals[0], sentence) if form else [sentence(refusals[0])]
            if left:
                self.band.show_sentence(" ".join(left))
            return
        self.saved.emit(self._services.clock.now())
        self.reload()
        self.notice.show_sentence(french_spaces(said))


def _told(package: SentPackage, word: str) -> str:
    """The state, since when and to whom."""
    if package.state is SentState.ACKNOWLEDGED and package.acknowledged_at:
        how = ", par téléphone" if package.by_phone else ""
        return f"{word} le {dates.short(package.acknowledged_at.astimezone(PARIS).date())}{how}"
    if package.state is SentState.HANDED_OVER and package.handed_on:
        to = f"{NBSP}: {package.handed_to}" if package.handed_to else ""
        return f"{word} le {dates.short(package.handed_on)}{to}"
    return word
