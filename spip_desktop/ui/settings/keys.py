"""The officer's passphrase, and the recovery key on paper: both ask for the passphrase again."""

from collections.abc import Callable

from spip_desktop.domain.errors import Problem, Refusal
from spip_desktop.domain.text import NBSP
from spip_desktop.services.keys import DrawnPaper, KeyService
from spip_desktop.ui.buttons import Button
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.labels import SmallText
from spip_desktop.ui.layout import clear
from spip_desktop.ui.paper_key import PaperKeyCard
from spip_desktop.ui.printing import Note
from spip_desktop.ui.tasks import Tasks
from spip_desktop.ui.unfolding import UnfoldingSection, buttons, clear_secrets, secret
from spip_desktop.wording import sentence

#: Prints bytes after a line of the journal; answers with the sentence of what went wrong, or "".
Print = Callable[[bytes, Note], str]
_CURRENT = "Votre phrase de passe actuelle"


class PassphraseSection(UnfoldingSection):
    """Another passphrase for the officer at work."""

    def __init__(self, keys: KeyService, tasks: Tasks) -> None:
        super().__init__(
            "Votre phrase de passe",
            "Quinze signes au moins, par exemple quatre mots sans rapport entre eux. Elle n’est gardée nulle part. "
            "Si vous l’oubliez, l’administration technique vous en fait taper une autre, ou la clé de secours ouvre.",
            "Changer la phrase de passe",
            name="settings.passphrase",
        )
        self._keys, self._tasks = keys, tasks
        self.current = secret("passphrase.current", _CURRENT)
        self.first = secret("passphrase.new", "Nouvelle phrase de passe")
        self.second = secret("passphrase.again", "La même, une seconde fois")
        self.change = Button("Enregistrer la nouvelle phrase", name="passphrase.change")
        cancel = Button("Annuler", name="passphrase.cancel")
        for part in (self.current, self.first, self.second, buttons(self.change, cancel)):
            self.lines_inside.addWidget(part)
        self.change.clicked.connect(self._ask)
        self.second.line.returnPressed.connect(self._ask)
        cancel.clicked.connect(lambda: self.fold())

    def unfold(self) -> None:
        super().unfold()
        self.current.setFocus()

    def fold(self, said: str = "") -> None:
        clear_secrets(self.current, self.first, self.second)
        super().fold(said)

    def _ask(self) -> None:
        if not self.change.isEnabled():
            return
        current, new = self.current.line.text(), self.first.line.text()
        if new != self.second.line.text():
            self._refused(Refusal("passphrase_differs", "again"))
            return
        self._wait(True)
        self._tasks.run(
            lambda: self._keys.change_passphrase(current, new), lambda _: self._done(), refused=self._refused
        )

    def _wait(self, waiting: bool) -> None:
        self.change.setEnabled(not waiting)
        self.change.setText("Enregistrement en cours" if waiting else "Enregistrer la nouvelle phrase")

    def _done(self) -> None:
        self._wait(False)
        self.fold("Votre phrase de passe est changée. L’ancienne n’ouvre plus le magasin.")

    def _refused(self, refusal: Refusal) -> None:
        self._wait(False)
        fields = {"current_passphrase": self.current, "passphrase": self.first, "again": self.second}
        self.show_refusal(refusal, fields)


class PaperSection(UnfoldingSection):
    """Another recovery key: shown, printed, two groups typed back, and only then in force."""

    def __init__(self, keys: KeyService, tasks: Tasks, guard: Guard, print_bytes: Print) -> None:
        super().__init__(
            "Clé de secours",
            "Sur papier, elle ouvre le magasin quand une phrase de passe est oubliée. Refaites-la si une feuille est "
            f"perdue ou si son enveloppe a été ouverte{NBSP}: l’ancienne n’ouvrira plus.",
            "Faire une nouvelle clé de secours",
            name="settings.paper",
        )
        self._keys, self._tasks, self._guard, self._print = keys, tasks, guard, print_bytes
        if not keys.may_manage():
            self.open_button.set_available(False)
            self.add(SmallText("L’administration technique refait la clé de secours."))
        self.card: PaperKeyCard | None = None
        self._drawn: DrawnPaper | None = None
        self._build()

    def _build(self) -> None:
        self.current = secret("paper.current", _CURRENT)
        self.show_key = Button("Montrer la nouvelle clé", name="paper.show")
        cancel = Button("Annuler", name="paper.cancel")
        self.lines_inside.addWidget(self.current)
        self.lines_inside.addWidget(buttons(self.show_key, cancel))
        self.show_key.clicked.connect(self._ask)
        self.current.line.returnPressed.connect(self._ask)
        cancel.clicked.connect(lambda: self.fold())

    def unfold(self) -> None:
        super().unfold()
        self.current.setFocus()

    def fold(self, said: str = "") -> None:
        """Forget the key shown: one that was not copied never was in force."""
        if self._drawn is not None:
            self._keys.drop_paper(self._drawn)
            self._drawn = None
        if self.card is not None:
            self.card = None
            clear(self.lines_inside)
            self._build()
        clear_secrets(self.current)
        super().fold(said)

    def _ask(self) -> None:
        if not self.show_key.isEnabled():
            return
        current = self.current.line.text()
        self.show_key.setEnabled(False)
        self._tasks.run(lambda: self._keys.draw_paper(current), self._show, refused=self._refused)

    def _refused(self, refusal: Refusal) -> None:
        self.show_key.setEnabled(True)
        self.show_refusal(refusal, {"current_passphrase": self.current})

    def _show(self, drawn: DrawnPaper) -> None:
        self.show_key.setEnabled(True)
        if not self.unfolded() or not self.isVisible():
            self._keys.drop_paper(drawn)
            return
        self.show_failure("")
        clear(self.lines_inside)
        self._drawn = drawn
        self.card = PaperKeyCard(
            drawn.text,
            sentence,
            title="Nouvelle clé de secours",
            step="L’ancienne clé reste en service tant que celle-ci n’est pas recopiée.",
            button="Mettre en service",
            role="section",
        )
        self.card.printed.connect(self._print_it)
        self.card.confirmed.connect(self._confirm)
        cancel = Button("Renoncer à cette clé", name="paper.drop")
        cancel.clicked.connect(lambda: self.fold())
        self.lines_inside.addWidget(self.card)
        self.lines_inside.addWidget(buttons(cancel))
        self.card.start()

    def _print_it(self) -> None:
        if self._drawn is not None and self.card is not None:
            said = self._print(self._keys.paper(self._drawn), self._keys.note_paper)
            self.card.say(said or "La clé est partie à l’imprimante.", alert=bool(said))

    def _confirm(self) -> None:
        drawn, card = self._drawn, self.card
        if drawn is None or card is None or not card.confirm.isEnabled():
            return
        card.wait(True)
        self._drawn = None  # from here on it is not given up: it comes into force, or is refused
        self._tasks.run(
            lambda: self._keys.confirm_paper(drawn),
            lambda _: self._kept(drawn),
            refused=self._not_kept,
        )

    def _kept(self, drawn: DrawnPaper) -> None:
        said = "La nouvelle clé est en service. Détruisez les feuilles de l’ancienne."
        self.fold(f"{said} {sentence(Problem('second_copies_left'))}" if drawn.second_left else said)

    def _not_kept(self, refusal: Refusal) -> None:
        self.fold()
        self.show_failure(sentence(refusal))
