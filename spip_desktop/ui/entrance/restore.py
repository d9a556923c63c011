"""« Restaurer une sauvegarde »: which one, with which secret; on a blank machine, after a damage, after a loss."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from spip_desktop.domain.clock import PARIS
from spip_desktop.domain.dates import hour
from spip_desktop.domain.errors import Problem, Refusal
from spip_desktop.domain.text import french_spaces
from spip_desktop.services.backup_files import Backup
from spip_desktop.services.restore import Restoration, Restored, moment
from spip_desktop.services.unlock import Entrance, Entry, Recovered
from spip_desktop.ui.buttons import Button, PrimaryButton
from spip_desktop.ui.card import WIDE_CARD, Card, actions
from spip_desktop.ui.entrance.recovery_flow import RecoveryFlow
from spip_desktop.ui.entrance.window import EntranceWindow
from spip_desktop.ui.fields import FieldKind, FieldSpec, LineField
from spip_desktop.ui.folder_choice import choose_folder
from spip_desktop.ui.form import FormView
from spip_desktop.ui.secret_field import SecretField
from spip_desktop.ui.tasks import Tasks
from spip_desktop.wording import sentence

_CHOOSE = "Choisir un dossier"
_PURPOSE = (
    "La sauvegarde choisie est relue en entier, puis prend la place du magasin. Le fichier d’avant n’est pas effacé : "
    "il est mis à part."
)
_NONE = "Aucune sauvegarde dans ce dossier. Choisissez celui d’un autre support."
_HOW = (("passphrase", "Ma phrase de passe d’alors"), ("paper", "La clé de secours"))


class RestoreCard(Card):
    """Emits `asked(number of the backup in the list)`; the fields hold the secret."""

    asked = Signal(int)
    back = Signal()
    elsewhere = Signal()

    def __init__(self) -> None:
        super().__init__("Restaurer une sauvegarde", french_spaces(_PURPOSE), width=WIDE_CARD)
        self.which = FormView((FieldSpec("backup", "Sauvegarde", FieldKind.CHOICE),))
        self.how = FormView((FieldSpec("how", "Avec", FieldKind.RADIO, _HOW),))
        self.identifier = LineField(FieldSpec("identifier", "Identifiant d’agent", max_length=60))
        self.passphrase = SecretField("passphrase", "Phrase de passe")
        self.key = LineField(FieldSpec("recovery_key", "Les quatorze groupes de la clé", max_length=120))
        self.next = PrimaryButton("Restaurer", name="next")
        other, previous = Button(_CHOOSE, "folder", name="elsewhere"), Button("Retour", name="back")
        self.add(self.which, self.how, self.identifier, self.passphrase, self.key)
        self.add(actions(self.next, other, previous))
        self.how.set_values({"how": "passphrase"})
        self.how.edited.connect(lambda _: self._show_fields())
        self.next.clicked.connect(self._ask)
        other.clicked.connect(self.elsewhere)
        previous.clicked.connect(self.back)
        self._show_fields()

    def offer(self, every: Sequence[Backup]) -> None:
        """The backups to choose from, the newest first."""
        form = FormView((FieldSpec("backup", "Sauvegarde", FieldKind.CHOICE, _options(every)),))
        form.set_values({"backup": "0" if every else ""})
        self._column.replaceWidget(self.which, form)
        self.which.hide()
        self.which.deleteLater()
        self.which = form
        self.which.setVisible(bool(every))
        self.next.setEnabled(bool(every))
        self.say("" if every else _NONE, alert=False)

    def choose(self, number: int) -> None:
        """Point at another backup; the secret that was typed stays."""
        self.which.set_values({"backup": str(number)})
        self.next.setFocus()

    def start(self) -> None:
        (self.which.field("backup") if self.next.isEnabled() else self.how.field("how")).setFocus()

    def by_paper(self) -> bool:
        return self.how.value("how") == "paper"

    def wait(self, waiting: bool) -> None:
        self.next.setEnabled(not waiting)
        self.next.setText("Restauration en cours" if waiting else "Restaurer")

    def show_problem(self, said: str, field: str) -> None:
        """Say what is wrong beside its field, or at the foot."""
        target = {"identifier": self.identifier, "passphrase": self.passphrase, "recovery_key": self.key}.get(field)
        if target is None or target.isHidden():
            self.say(said)
        else:
            target.set_problem(said)
            target.setFocus()

    def _show_fields(self) -> None:
        paper = self.by_paper()
        self.identifier.setVisible(not paper)
        self.passphrase.setVisible(not paper)
        self.key.setVisible(paper)

    def _ask(self) -> None:
        for field in (self.identifier, self.passphrase, self.key):
            field.set_problem(None)
        self.say("")
        self.asked.emit(int(str(self.which.value("backup") or 0)))


class RestoreFlow(QObject):
    """From the choice of a backup to an open store; `back` returns to the card before."""

    entered = Signal(object)  # Entry
    opened = Signal(object)  # Recovered, as RecoveryFlow says
    back = Signal()

    def __init__(
        self,
        window: EntranceWindow,
        entrance: Entrance,
        tasks: Tasks,
        choose: Callable[[QWidget], Path | None] | None = None,
    ) -> None:
        super().__init__(window)
        self._window, self._entrance, self._tasks = window, entrance, tasks
        self._choose = choose or (lambda parent: choose_folder(parent, _CHOOSE))
        self._restoration: Restoration = entrance.restoration()
        self._every: list[Backup] = []
        self._recovery = RecoveryFlow(window, entrance, tasks)
        self._recovery.opened.connect(self.opened)

    def show(self) -> None:
        card = RestoreCard()
        self._every = self._restoration.backups()
        card.offer(self._every)
        card.back.connect(self.back)
        card.elsewhere.connect(lambda: self._look_elsewhere(card))
        card.asked.connect(lambda number: self._restore(card, self._every[number]))
        self._window.show_card(card)
        card.start()

    def _look_elsewhere(self, card: RestoreCard) -> None:
        folder = self._choose(card)
        if folder is not None:
            self._every = self._restoration.backups(folder)
            card.offer(self._every)

    def _restore(self, card: RestoreCard, one: Backup) -> None:
        card.wait(True)
        identifier, passphrase = card.identifier.raw_text(), card.passphrase.line.text()
        key, by_paper = card.key.raw_text(), card.by_paper()

        def work() -> tuple[Restored, Entry | Recovered]:
            if by_paper:
                restored = self._restoration.put(one, self._every, lambda: self._restoration.recover(one, key))
                return restored, self._entrance.recover(key)
            restored = self._restoration.put(
                one, self._every, lambda: self._restoration.unlock(one, identifier, passphrase)
            )
            return restored, self._entrance.unlock(identifier, passphrase)

        def failed(refusal: Refusal) -> None:
            card.wait(False)
            card.show_problem(sentence(refusal), refusal.problems[0].field)
            better = refusal.problems[0].data.get("backup")
            if isinstance(better, Backup):
                card.choose(self._every.index(better))

        self._tasks.run(work, self._go_on, refused=failed)

    def _go_on(self, result: tuple[Restored, Entry | Recovered]) -> None:
        """In at once with a passphrase; with the paper, an officer chooses a new one first."""
        restored, inside = result
        if isinstance(inside, Entry):
            self.entered.emit(_telling(inside, restored))
            return
        self._recovery.entered.connect(lambda entry: self.entered.emit(_telling(entry, restored)))
        self._recovery.back.connect(self.back)
        self._recovery.show_who(inside)


def _telling(entry: Entry, restored: Restored) -> Entry:
    """The entry, with what the restoration has to say first."""
    data, code = moment(restored.backup), "restored"
    if restored.last:
        code, data = "restored_without", data | {"first": restored.first, "last": restored.last}
    return replace(entry, notices=(Problem(code, data=data), *entry.notices))


def _options(every: Sequence[Backup]) -> tuple[tuple[str, str], ...]:
    return tuple((str(number), _told(one)) for number, one in enumerate(every))


def _told(one: Backup) -> str:
    """« 22/11/2026 à 14 h 02 : 43 personnes »."""
    persons = one.facts.counts.get("person", 0)
    counted = f"{persons} personne{'s' if persons > 1 else ''}"
    return french_spaces(f"{one.made_at.astimezone(PARIS):%d/%m/%Y} à {hour(one.made_at)} : {counted}")
