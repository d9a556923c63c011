"""« Le dossier en un PDF »: which parts, how much, why, then one's passphrase; printed or written where one chooses."""

from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QVBoxLayout

from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.place import Place
from spip_desktop.domain.text import NBSP, french_spaces
from spip_desktop.domain.transfer import Content
from spip_desktop.services.dossier_paper import Chosen
from spip_desktop.ui.dossier import DossierPage
from spip_desktop.ui.fields import FieldKind, FieldSpec
from spip_desktop.ui.folder_choice import choose_new_file
from spip_desktop.ui.form import FormView
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.labels import EmptyState, Paragraph
from spip_desktop.ui.printing import PrintLine
from spip_desktop.ui.unfolding import clear_secrets, secret
from spip_desktop.wiring import Services
from spip_desktop.wording import sentence
from spip_desktop.wording.held import CONTENTS, SECTIONS
from spip_desktop.wording.list_export import WARNING

KIND = "person.dossier"
T = TypeVar("T")
_TITLE = "Le dossier en un PDF"
_EXPLAINED = french_spaces(
    "Document interne au service, avec un sommaire. Les confidences n’y sont jamais. Ce papier ne répond pas à une "
    "demande d’accès : pour cela, ouvrez « Demandes d’accès »."
)
_WHY = "Inscrit au journal et sur le document."
_HELP = french_spaces(
    "« Sans données sensibles » laisse de côté ce qu’un paquet laisse de côté : évaluations, entretiens, incidents, "
    "infraction, santé, origine."
)


class DossierPaperPage(DossierPage):
    """Nothing is made before the reason and the passphrase are given."""

    def __init__(self, services: Services, guard: Guard) -> None:
        super().__init__(services, guard, _TITLE, KIND)
        self._offered: tuple[UUID, tuple[str, ...]] | None = None
        self.form = FormView(_specs())
        self.empty = EmptyState("Ce dossier n’a encore rien à montrer.", "Complétez d’abord la situation.")
        self.current = secret("dossier_passphrase", "Votre phrase de passe, pour confirmer")
        self.printing = PrintLine(services.printing, name="dossier.printing")
        outer = self.layout()
        assert isinstance(outer, QVBoxLayout)
        outer.insertWidget(2, self.printing)
        for part in (Paragraph(_EXPLAINED, colour="texte_2"), self.empty, self.form):
            self.inside.addWidget(part)
        self.inside.addWidget(self.current)
        self.keep = self.add_action("Enregistrer le PDF", "download", self._write, name="dossier.write")
        self.make = self.set_primary("Imprimer le dossier", "printer", self.print_document, name="dossier.print")
        self.current.line.returnPressed.connect(self.print_document)
        self.printing.printed.connect(self.notice.show_sentence)
        self.printing.failed.connect(self.band.show_sentence)
        self.printing.left.connect(self.make.setFocus)

    def open(self, place: Place) -> None:
        """The purpose in focus: the parts are all ticked."""
        super().open(place)
        if not self.content.isHidden() and not place.field:
            self.form.field("purpose").setFocus()

    def show_values(self, person_id: UUID) -> None:
        offered = tuple(self.services.dossier_paper.sections(person_id))
        if (person_id, offered) != self._offered:
            self._offered = (person_id, offered)
            usual = Content.WITHOUT_SENSITIVE.value
            self.form.set_values({"purpose": "", "sections": offered, "content": usual})
        for part in (self.form, self.current):
            part.setVisible(bool(offered))
        self.empty.setVisible(not offered)
        for button in (self.keep, self.make):
            button.set_available(bool(offered))

    def print_document(self) -> None:
        """The paper, offered to the printers."""
        paper = self._run(lambda chosen, secret: self.services.dossier_paper.to_print(chosen, secret))
        if paper is not None:
            self.printing.ask(paper)

    def leave(self) -> None:
        self.printing.stop()

    def hideEvent(self, event: QHideEvent) -> None:
        """No passphrase stays on a page that was left."""
        super().hideEvent(event)
        if not event.spontaneous():
            clear_secrets(self.current)

    def _write(self) -> None:
        path = choose_new_file(self, _TITLE, "dossier.pdf", "PDF (*.pdf)")
        if path is None:
            return
        written = self._run(lambda chosen, secret: self.services.dossier_paper.write(chosen, path, secret))
        if written is not None:
            self.saved.emit(self.services.clock.now())
            self.notice.show_sentence(f"Écrit{NBSP}: {path.name}. {WARNING}")

    def _run(self, make: Callable[[Chosen, str], T]) -> T | None:
        """Make the paper; a refusal is said beside its field."""
        if self.person is None:
            return None
        self.band.clear()
        self.notice.hide()
        self.form.show_problems({})
        self.current.set_problem(None)
        chosen, typed = self._chosen(self.person), self.current.line.text()
        found = self.guard.run(lambda: make(chosen, typed), refused=self._refused)
        if found is not None:
            clear_secrets(self.current)
        return found

    def _chosen(self, person: UUID) -> Chosen:
        ticked = self.form.value("sections")
        return Chosen(
            person_id=person,
            sections=tuple(str(one) for one in ticked) if isinstance(ticked, tuple) else (),
            content=Content(str(self.form.value("content"))),
            purpose=str(self.form.value("purpose") or ""),
        )

    def _refused(self, refusal: Refusal) -> None:
        if refusal.problems[0].field in self.form.fields:
            self.form.show_refusal(refusal, sentence)
        elif refusal.code.startswith("current_passphrase"):
            self.current.set_problem(sentence(refusal))
            self.current.setFocus()
        else:
            self.tell(refusal)


def _specs() -> tuple[FieldSpec, ...]:
    contents = tuple((one.value, CONTENTS[one.value]) for one in (Content.WITHOUT_SENSITIVE, Content.COMPLETE))
    return (
        FieldSpec(
            "purpose",
            "Motif",
            required=True,
            width="half",
            max_length=200,
            help="Inscrit au journal et sur le document.",
        ),
        FieldSpec("sections", "Parties", FieldKind.TICKS, tuple(SECTIONS.items())),
        FieldSpec("content", "Contenu", FieldKind.RADIO, contents, help=_HELP),
    )
