"""Confidences in a dossier: those of the officer at work, and the sealed ones for a DPIP. Any page of a person may
show them beside its own content."""

from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from spip_desktop.domain import dates
from spip_desktop.domain.confidence import KIND, LONGEST, Confidence
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.place import Place
from spip_desktop.domain.text import NBSP
from spip_desktop.services.confidence import Sealed
from spip_desktop.ui.binding import Bound
from spip_desktop.ui.bound_fields import day
from spip_desktop.ui.buttons import Button, LinkButton
from spip_desktop.ui.dossier import DossierPage
from spip_desktop.ui.fields import FieldKind, FieldSpec, LineField
from spip_desktop.ui.labels import Paragraph, Rule, Section, StateLabel
from spip_desktop.ui.layout import clear, column, row
from spip_desktop.ui.line_section import LineSection, LineShape, LineWords
from spip_desktop.ui.readers import date_reader
from spip_desktop.ui.record_form import Target
from spip_desktop.ui.text import Text
from spip_desktop.wording import sentence

_WORDS = LineWords(
    "Confidences",
    "Noter une confidence",
    "Aucune. Ce que la personne vous confie se note ici, à part de l’évaluation et des notes d’entretien.",
)
_ALONE = (
    "Vous seul(e) les lisez : elles ne sont ni imprimées, ni exportées, ni comparées, ni trouvées par un collègue. "
    "À votre départ elles sont scellées ; un DPIP peut alors les ouvrir en disant pourquoi, ce que le journal garde."
)
REMINDER = "Un péril imminent ou un crime à empêcher ne reste pas une confidence : prévenez le DPIP."
_SEALED = "Leur auteur a quitté le service. Les ouvrir s’écrit au journal, avec votre motif."


class ConfidencesView(QWidget):
    """The page does the acts and tells what was saved; `heard_in` says during what a new one is heard."""

    def __init__(self, page: DossierPage, heard_in: Place | None = None) -> None:
        super().__init__()
        self.setObjectName("confidences.view")
        self._page, self._heard_in = page, heard_in
        self._service = page.services.confidences
        target = Target(KIND, self._service.save, page.services.desk, page.guard.report)
        parse = date_reader(page.services.clock.today, sentence, past=True)
        shape = LineShape(_described, lambda _: _FIELDS, target, parse)
        self.mine = LineSection("confidences", _WORDS, shape)
        self.mine.add_asked.connect(self._add)
        self.mine.remove_asked.connect(self._remove)
        self.mine.saved.connect(page.note_saved)
        self.mine.failed.connect(page.save_failed)
        self.mine.done.connect(page.history.push)
        self.mine.say_first(
            StateLabel("flag", REMINDER, "texte", role="bold", wrap=True), Paragraph(_ALONE, colour="texte_2")
        )
        self._sealed = Section("Confidences scellées", Paragraph(_SEALED, colour="texte_2"), gap=8)
        self._rows = column(gap=8)
        self._sealed.lines.addLayout(self._rows)
        inside = column(self, gap=16)
        inside.addWidget(self.mine)
        inside.addWidget(self._sealed)
        self._sealed.hide()

    def reload(self) -> None:
        """Read them again; what is being typed is not touched."""
        if self._page.person is None:
            return
        mine = self._service.mine(self._page.person)
        self.mine.show_lines([(one.value.id, one.value, one.lock) for one in mine])
        if self._service.may_open_sealed():
            self._show_sealed(self._service.sealed(self._page.person))

    def hear_in(self, place: Place) -> None:
        """During what a new one is heard from now on."""
        self._heard_in = place

    def flush(self) -> bool:
        return self.mine.flush()

    def focus_first(self) -> None:
        self.mine.add_link.setFocus()

    def _add(self) -> None:
        person, made = self._page.person, list[UUID]()
        if person is None or not self.flush():
            return
        today = self._page.services.clock.today()
        add = self._service.add
        if self._page.act(
            lambda: made.append(add(person, today, self._heard_in)), undo=lambda: self._service.bin(made[0])
        ):
            self.mine.open_line(made[0])

    def _remove(self, id_: UUID) -> None:
        if self.flush():
            self._page.act(
                lambda: self._service.bin(id_), "Confidence mise à la corbeille", lambda: self._service.restore(id_)
            )

    def _show_sealed(self, sealed: tuple[Sealed, ...]) -> None:
        clear(self._rows)
        self._sealed.setVisible(bool(sealed))
        for number, one in enumerate(sealed, 1):
            self._rows.addWidget(_SealedRow(self._page, one, number))


class _SealedRow(QWidget):
    """Who heard it and when; the reason, then the words, until one leaves the page."""

    def __init__(self, page: DossierPage, sealed: Sealed, number: int) -> None:
        super().__init__()
        name = f"sealed.{number}"
        self.setObjectName(name)
        self._page, self._id = page, sealed.id
        words = f"Entendue le {dates.short(sealed.heard_on)} par {sealed.author}"
        self.open_link = LinkButton("Ouvrir", name=f"{name}.open")
        self.open_link.setAccessibleName(f"Ouvrir{NBSP}: {words}")
        self.open_link.clicked.connect(self._ask)
        line = row(gap=16)
        line.addWidget(Text(words, "body", wrap=True), 1)
        line.addWidget(self.open_link)
        self.reason = LineField(FieldSpec(f"{name}.reason", "Motif de l’ouverture", required=True))
        self.go = Button("Ouvrir la confidence", "key", name=f"{name}.go")
        self.go.clicked.connect(self._open)
        self.words = Text("", "note", wrap=True, discreet=True)
        inside = column(self, gap=8)
        inside.addLayout(line)
        for part in (self.reason, self.go, self.words):
            inside.addWidget(part, 0, Qt.AlignmentFlag.AlignLeft if part is self.go else Qt.AlignmentFlag(0))
            part.hide()
        inside.addWidget(Rule("filet"))

    def _ask(self) -> None:
        self.open_link.hide()
        self.reason.show()
        self.go.show()
        self.reason.setFocus()

    def _open(self) -> None:
        refused = list[Refusal]()
        service, reason = self._page.services.confidences, str(self.reason.value())
        found = self._page.guard.run(lambda: service.open_sealed(self._id, reason), refused=refused.append)
        self.reason.set_problem(sentence(refused[0]) if refused else None)
        if found is not None:
            self.reason.hide()
            self.go.hide()
            self.words.setText(found.text or "Rien n’y est écrit.")
            self.words.show()


_FIELDS = (
    Bound(
        FieldSpec(
            "text", "Ce que la personne vous a confié", FieldKind.NOTE, max_length=LONGEST, lines=5, discreet=True
        )
    ),
    day("heard_on", "Entendue le"),
)


def _described(one: Confidence) -> tuple[str, str]:
    return f"Entendue le {dates.short(one.heard_on)}", ""
