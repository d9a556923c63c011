"""One officer in the list: who they are, and below, when asked, the end of their access or a new passphrase."""

from collections.abc import Callable, Mapping
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from spip_desktop.domain.errors import Problem, Refusal
from spip_desktop.domain.text import NBSP, capitals
from spip_desktop.services.keys import Access
from spip_desktop.ui.buttons import Button, LinkButton
from spip_desktop.ui.fields import Field
from spip_desktop.ui.labels import Paragraph, SmallText, StateLabel
from spip_desktop.ui.layout import clear, column, row
from spip_desktop.ui.text import Text
from spip_desktop.ui.unfolding import buttons, secret
from spip_desktop.wording import sentence

_CURRENT = "Votre phrase de passe, pour confirmer"
_REMOVAL = (
    "L’agent n’ouvrira plus le magasin. La clé du magasin change, les sauvegardes sont refaites sous la nouvelle, et "
    f"une nouvelle clé de secours est à imprimer{NBSP}: comptez quelques minutes, l’imprimante à portée. "
    f"Ses confidences sont scellées{NBSP}: seul un DPIP les ouvre, avec un motif."
)
_RENEWAL = "L’agent tape ici sa nouvelle phrase de passe. L’ancienne n’ouvrira plus."


class OfficerLine(QWidget):
    """`removal(officer_id, current)` and `renewal(officer_id, passphrase, current)` ask; `answer` says what came."""

    removal = Signal(object, str)
    renewal = Signal(object, str, str)

    def __init__(self, access: Access, told: str, rights: str, *, managed: bool) -> None:
        super().__init__()
        self._access = access
        self._fields: Mapping[str, Field] = {}
        self._send: Button | None = None
        self._words = ""
        officer, name = access.officer, access.officer.identifier
        lines = column(self, gap=0)
        lines.addWidget(Text(f"{capitals(officer.family_name)} {officer.first_name}", "bold", wrap=True))
        lines.addWidget(Paragraph(told))
        lines.addWidget(SmallText(rights))
        state = _state(access)
        if state:
            lines.addWidget(StateLabel("alert-circle", state, "alerte", wrap=True))
        self._links = QWidget()
        self._body = QWidget()
        self._inside = column(self._body, gap=16, margins=(0, 8, 0, 8))
        self._failure = StateLabel("alert-circle", "", "alerte", wrap=True)
        if managed:
            self._add_links(name)
        lines.addWidget(self._links)  # without a parent it would be a window of its own when it is shown
        lines.addWidget(self._body)
        lines.addWidget(self._failure)
        self._body.hide()
        self._failure.hide()

    @property
    def officer_id(self) -> UUID:
        return self._access.officer.id

    def fold(self) -> None:
        """Forget what was typed."""
        clear(self._inside)
        self._fields, self._send = {}, None
        self._body.hide()
        self._links.show()
        self._show_failure("")

    def answer(self, refusal: Refusal) -> None:
        """What was asked was refused: say it at its field, or below."""
        if self._send is None:
            return
        self._send.setEnabled(True)
        self._send.setText(self._words)
        told = {problem.field: sentence(problem) for problem in refusal.problems}
        for field_name, field in self._fields.items():
            field.set_problem(told.get(field_name))
        self._show_failure(" ".join(said for name, said in told.items() if name not in self._fields))
        first = next((field for name, field in self._fields.items() if name in told), None)
        if first is not None:
            first.setFocus()

    def _add_links(self, name: str) -> None:
        line = row(self._links, gap=16)
        offered: list[tuple[str, str, Callable[[], None]]] = [("remove", "Retirer cet agent", self._open_removal)]
        if self._access.officer.active:
            words = "Nouvelle phrase de passe" if self._access.opens else "Redonner un accès"
            offered.append(("renew", words, self._open_renewal))
        for kind, words, act in offered:
            link = LinkButton(words, name=f"{kind}.{name}", small=True)
            link.clicked.connect(act)
            line.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        line.addStretch(1)

    def _open_removal(self) -> None:
        self._unfold(_REMOVAL, {}, "Retirer et changer la clé", self._ask_removal)

    def _open_renewal(self) -> None:
        first = secret("renewed.passphrase", "Phrase de passe, tapée par l’agent")
        second = secret("renewed.again", "La même, une seconde fois")
        self._unfold(_RENEWAL, {"passphrase": first, "again": second}, "Enregistrer la phrase", self._ask_renewal)

    def _unfold(self, said: str, fields: dict[str, Field], words: str, ask: Callable[[], None]) -> None:
        current = secret("officer.current", _CURRENT)
        self._fields = fields | {"current_passphrase": current}
        self._send, self._words = Button(words, name="officer.send"), words
        cancel = Button("Annuler", name="officer.cancel")
        self._inside.addWidget(Paragraph(said, colour="texte_2"))
        for field in self._fields.values():
            self._inside.addWidget(field)
        self._inside.addWidget(buttons(self._send, cancel))
        self._send.clicked.connect(ask)
        current.line.returnPressed.connect(ask)
        cancel.clicked.connect(self.fold)
        self._links.hide()
        self._body.show()
        next(iter(self._fields.values())).setFocus()

    def _typed(self, name: str) -> str:
        return str(self._fields[name].value())

    def _ask_removal(self) -> None:
        if self._begin():
            self.removal.emit(self.officer_id, self._typed("current_passphrase"))

    def _ask_renewal(self) -> None:
        if self._typed("passphrase") != self._typed("again"):
            self.answer(Refusal.of([Problem("passphrase_differs", "again")]))
        elif self._begin():
            self.renewal.emit(self.officer_id, self._typed("passphrase"), self._typed("current_passphrase"))

    def _begin(self) -> bool:
        if self._send is None or not self._send.isEnabled():
            return False
        self._send.setEnabled(False)
        self._send.setText("En cours")
        self._show_failure("")
        return True

    def _show_failure(self, said: str) -> None:
        self._failure.set_state("alert-circle", said, "alerte")
        self._failure.setVisible(bool(said))


def _state(access: Access) -> str:
    if access.removal_unfinished:
        return "Retrait interrompu, à recommencer"
    return "" if access.opens else "Sans phrase de passe sur ce magasin"
