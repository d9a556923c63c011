"""Situation civile: identity, addresses, identity documents, how to reach, family, training and work."""

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtWidgets import QWidget

from spip_desktop.domain.around import document_warnings
from spip_desktop.domain.person import Address, IdentityDocument, Preparation
from spip_desktop.domain.person_list import Similar
from spip_desktop.services.person import Civil
from spip_desktop.ui.binding import Bound
from spip_desktop.ui.dossier import DossierPage
from spip_desktop.ui.fields import FieldSpec
from spip_desktop.ui.form import FormView
from spip_desktop.ui.labels import SectionTitle
from spip_desktop.ui.layout import clear, column
from spip_desktop.ui.line_section import LineWords
from spip_desktop.ui.person.sections import (
    describe_address,
    describe_document,
    describe_preparation,
    page_dates,
    rows,
    section,
)
from spip_desktop.ui.person.specs import address_fields, document_fields, person_groups, preparation_fields
from spip_desktop.ui.record_form import RecordForm, Target
from spip_desktop.ui.remark import Remark
from spip_desktop.ui.similar_list import SimilarList
from spip_desktop.wording import sentence


class CivilPart(QWidget):
    """The first part of the page « Situation »."""

    def __init__(self, page: DossierPage) -> None:
        super().__init__()
        self._page, services = page, page.services
        today = services.clock.today()
        self._inside = column(self, gap=24)
        self.similar = SimilarPanel(page)
        self._inside.addWidget(self.similar)
        views: list[tuple[FormView, tuple[Bound, ...]]] = []
        self._warnings = column(gap=4)
        for number, group in enumerate(person_groups(today)):
            view = FormView([one.spec for one in group.fields], parse_date=page_dates(page, past=number == 0))
            views.append((view, group.fields))
            part = column(gap=12)
            part.addWidget(SectionTitle(group.title))
            if number == 0:
                part.addLayout(self._warnings)
            part.addWidget(view)
            self._inside.addLayout(part)
            if number == 0:
                self._add_lines(page)
        self._add_preparations(page)
        views.append((self.similar.view, self.similar.bounds))
        target = Target("person", services.persons.save_fields, services.desk, page.guard.report)
        self.form = RecordForm(target, views, self)
        self.form.saved.connect(page.note_saved)
        self.form.saved.connect(lambda _: self._after_save())
        self.form.failed.connect(page.save_failed)
        self.form.done.connect(page.history.push)

    def show_values(self, person_id: UUID) -> None:
        """Read the civil situation again."""
        civil = self._page.services.persons.civil(person_id)
        self.form.show_record(person_id, civil.person.value, civil.person.lock)
        self._show_rest(civil)

    def set_read_only(self, read_only: bool) -> None:
        self.form.set_read_only(read_only)
        self.addresses.set_read_only(read_only)
        self.documents.set_read_only(read_only)
        self.preparations.set_read_only(read_only)

    def flush(self) -> bool:
        flushed = (self.form.flush(), self.addresses.flush(), self.documents.flush(), self.preparations.flush())
        return all(flushed)

    def _add_lines(self, page: DossierPage) -> None:
        persons, new_id = page.services.persons, page.services.context.ids.new
        today = page.services.clock.today()
        self.addresses = section(
            page,
            "addresses",
            LineWords("Adresses", "Ajouter une adresse", "Aucune adresse notée."),
            persons.addresses,
            kind="address",
            describe=describe_address,
            fields=lambda _: address_fields(today),
            new=lambda person: Address(id=new_id(), person_id=person),
            removed="Adresse supprimée",
        )
        self.documents = section(
            page,
            "documents",
            LineWords("Pièces d’identité", "Ajouter une pièce", "Aucune pièce notée."),
            persons.documents,
            kind="identity_document",
            describe=describe_document,
            fields=lambda _: document_fields(today),
            new=lambda person: IdentityDocument(id=new_id(), person_id=person),
            removed="Pièce supprimée",
        )
        self._inside.addWidget(self.addresses)
        self._inside.addWidget(self.documents)

    def _add_preparations(self, page: DossierPage) -> None:
        """After training and work: what it prepares for."""
        persons, new_id, today = page.services.persons, page.services.context.ids.new, page.services.clock.today()
        self.preparations = section(
            page,
            "preparations",
            LineWords("Préparation à l’emploi (PPAIP)", "Ajouter une préparation", "Aucune préparation notée."),
            persons.preparations,
            kind="preparation",
            describe=describe_preparation,
            fields=lambda _: preparation_fields(today),
            new=lambda person: Preparation(id=new_id(), person_id=person),
            removed="Préparation supprimée",
        )
        self._inside.addWidget(self.preparations)

    def _after_save(self) -> None:
        if self._page.person is not None:
            self._show_rest(self._page.services.persons.civil(self._page.person))

    def _show_rest(self, civil: Civil) -> None:
        """What is not being typed: warnings, similar persons, lines, the number only when there is one."""
        today = self._page.services.clock.today()
        clear(self._warnings)
        for one in civil.warnings:
            self._warnings.addWidget(Remark(sentence(one)))
        self.similar.show_found(civil.similar)
        self.addresses.show_lines(rows(civil.addresses))
        self.preparations.show_lines(rows(civil.preparations))
        by_id = {one.value.id: one.value for one in civil.documents}
        self.documents.show_lines(
            rows(civil.documents),
            lambda id_: document_warnings(by_id[id_], today) if by_id[id_].state == "valide" else (),
        )


class SimilarPanel(QWidget):
    """Who else this may be, and why there are two dossiers."""

    def __init__(self, page: DossierPage) -> None:
        super().__init__()
        self.setObjectName("similar")
        self._page = page
        self.bounds = (Bound(FieldSpec("duplicate_reason", "Pourquoi deux dossiers", help="Gardé au dossier.")),)
        self.view = FormView([bound.spec for bound in self.bounds])
        inside = column(self, gap=8)
        inside.addWidget(SectionTitle("Personnes semblables déjà enregistrées"))
        self.found = SimilarList("similar.list")
        self.found.asked.connect(lambda id_: page.go("person.synthese", id_))
        inside.addWidget(self.found)
        inside.addWidget(self.view)

    def show_found(self, found: Sequence[Similar]) -> None:
        self.found.show_found(found)
        self.setVisible(bool(found))
