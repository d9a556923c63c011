"""Lines of more than three years: how many, and what takes them away, in the page."""

from PySide6.QtCore import Signal

from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.text import NBSP
from spip_desktop.services.journal import JournalService
from spip_desktop.ui.buttons import Button
from spip_desktop.ui.fields import FieldSpec, LineField
from spip_desktop.ui.layout import set_size
from spip_desktop.ui.tasks import Tasks
from spip_desktop.ui.unfolding import UnfoldingSection, buttons, clear_secrets, secret

_SAID = (
    "Une ligne est gardée trois ans (R. 113-57). Les plus anciennes se retirent par le début : la suite du journal "
    "reste vérifiable."
)


class OldLines(UnfoldingSection):
    """Kept for a DPIP; the auditor sees the number only."""

    trimmed = Signal(int)

    def __init__(self, service: JournalService, tasks: Tasks) -> None:
        super().__init__(
            "Lignes de plus de trois ans", _SAID.replace(" :", f"{NBSP}:"), "Retirer ces lignes", name="journal.old"
        )
        self._service, self._tasks = service, tasks
        self.reason = set_size(LineField(FieldSpec("trim_reason", "Motif", max_length=200)), max_width=368)
        self.current = secret("trim_passphrase", "Votre phrase de passe, pour confirmer")
        self.go = Button("Retirer définitivement", "trash", name="journal.old.go")
        cancel = Button("Annuler", name="journal.old.cancel")
        for part in (self.reason, self.current, buttons(self.go, cancel)):
            self.lines_inside.addWidget(part)
        self.go.clicked.connect(self._ask)
        self.current.line.returnPressed.connect(self._ask)
        cancel.clicked.connect(lambda: self.fold())

    def show_count(self, count: int) -> None:
        """How many there are today."""
        lines = "1 ligne" if count == 1 else f"{count} lignes"
        self.heading.set_remark(lines if count else "Aucune aujourd’hui")
        self.open_button.setVisible(bool(count) and self._service.may_trim() and not self.unfolded())

    def unfold(self) -> None:
        super().unfold()
        self.current.setFocus()

    def fold(self, said: str = "") -> None:
        clear_secrets(self.current)
        super().fold(said)

    def _ask(self) -> None:
        if not self.go.isEnabled():
            return
        passphrase, reason = self.current.line.text(), str(self.reason.value())
        self.go.setEnabled(False)
        self._tasks.run(lambda: self._service.trim(passphrase, reason), self._done, refused=self._refused)

    def _done(self, count: int) -> None:
        self.go.setEnabled(True)
        self.fold("1 ligne retirée." if count == 1 else f"{count} lignes retirées.")
        self.trimmed.emit(count)

    def _refused(self, refusal: Refusal) -> None:
        self.go.setEnabled(True)
        self.show_refusal(refusal, {"current_passphrase": self.current, "reason": self.reason})
