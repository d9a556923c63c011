"""« Ouverture rapide »: a PIN on this workstation, where its system keeps secrets well; off until asked for."""

from datetime import date

from spip_desktop.domain import dates
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.text import NBSP
from spip_desktop.services.keys import KeyService
from spip_desktop.ui.buttons import Button
from spip_desktop.ui.tasks import Tasks
from spip_desktop.ui.unfolding import UnfoldingSection, buttons, clear_secrets, secret
from spip_desktop.wording import sentence

_OFF = (
    "Sur ce poste seulement, un code de six chiffres au moins ouvre le magasin à la place de votre phrase de passe, "
    f"pendant trente jours. Cinq codes faux la retirent{NBSP}; la phrase de passe ouvre toujours. Ne la mettez que si "
    "vous êtes seul à ouvrir la session de ce poste."
)


class QuickSection(UnfoldingSection):
    """Says whether it is on, until when, or why this workstation does not offer it."""

    def __init__(self, keys: KeyService, tasks: Tasks) -> None:
        super().__init__("Ouverture rapide", _OFF, "Mettre l’ouverture rapide", name="settings.quick")
        self._keys, self._tasks = keys, tasks
        self._until: date | None = None
        self.first = secret("quick.pin", "Code PIN")
        self.second = secret("quick.again", "Le même, une seconde fois")
        self.current = secret("quick.current", "Votre phrase de passe actuelle")
        self.enable = Button("Mettre en service", name="quick.enable")
        cancel = Button("Annuler", name="quick.cancel")
        for part in (self.first, self.second, self.current, buttons(self.enable, cancel)):
            self.lines_inside.addWidget(part)
        self.enable.clicked.connect(self._ask)
        self.current.line.returnPressed.connect(self._ask)
        cancel.clicked.connect(lambda: self.fold())

    def reload(self) -> None:
        """Show how it stands; what the system offers is asked in the worker."""
        self._until = self._keys.quick_until()
        if self._until is not None:
            self.explanation.setText(
                f"En service sur ce poste jusqu’au {dates.short(self._until)}. Cinq codes faux la retirent{NBSP}; "
                "votre phrase de passe ouvre toujours."
            )
            self.open_button.setText("Retirer l’ouverture rapide")
            self.open_button.set_available(True)
            return
        self.explanation.setText(_OFF)
        self.open_button.setText("Mettre l’ouverture rapide")
        self.open_button.set_available(False)
        self._tasks.run(
            self._keys.require_quick_offered,
            lambda _: self.open_button.set_available(True),
            refused=lambda refusal: self.explanation.setText(sentence(refusal)),
        )

    def unfold(self) -> None:
        on = self._until is not None
        for field in (self.first, self.second):
            field.setVisible(not on)
        self._wait(False)
        super().unfold()
        (self.current if on else self.first).setFocus()

    def fold(self, said: str = "") -> None:
        clear_secrets(self.first, self.second, self.current)
        super().fold(said)

    def _ask(self) -> None:
        if not self.enable.isEnabled():
            return
        pin, current, on = self.first.line.text(), self.current.line.text(), self._until is not None
        if not on and pin != self.second.line.text():
            self._refused(Refusal("pin_differs", "again"))
            return
        self._wait(True)
        if on:
            self._tasks.run(lambda: self._keys.disable_quick(current), self._done, refused=self._refused)
        else:
            self._tasks.run(lambda: self._keys.enable_quick(pin, current), self._done, refused=self._refused)

    def _wait(self, waiting: bool) -> None:
        self.enable.setEnabled(not waiting)
        usual = "Mettre en service" if self._until is None else "Retirer"
        self.enable.setText("En cours" if waiting else usual)

    def _done(self, until: date | None) -> None:
        self._wait(False)
        self.reload()
        if until is None:
            self.fold("L’ouverture rapide est retirée de ce poste.")
        else:
            self.fold(f"Votre code ouvre le magasin sur ce poste jusqu’au {dates.short(until)}.")

    def _refused(self, refusal: Refusal) -> None:
        self._wait(False)
        self.show_refusal(refusal, {"pin": self.first, "again": self.second, "current_passphrase": self.current})
