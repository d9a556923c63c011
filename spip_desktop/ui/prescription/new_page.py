"""« Nouvelle prescription »: one chooses to whom; the kind and the nature of the partner make the sheet."""

from uuid import UUID

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent

from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.officer import Right
from spip_desktop.domain.place import Place
from spip_desktop.services.prescription import Offer
from spip_desktop.ui.dossier import DossierPage
from spip_desktop.ui.fields import FieldSpec, LineField
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.labels import EmptyState
from spip_desktop.ui.table import Cell, Column, RecordRow, TableView
from spip_desktop.wiring import Services
from spip_desktop.wording import sentence

KIND = "person.prescription_new"
_COLUMNS = (Column("Partenaire"), Column("Fiche", 280), Column("Ville", 152), Column("Pourquoi", 184))
_ACTION, _DRAFT = "action", "draft"


def for_action(person: UUID, pacep_id: UUID, lineage: UUID) -> Place:
    """The page for a sheet that serves an action of a plan."""
    return Place(KIND, person, f"{_ACTION}:{pacep_id}:{lineage}")


def for_draft(person: UUID, prescription_id: UUID) -> Place:
    """The page for a draft whose partner changes."""
    return Place(KIND, person, f"{_DRAFT}:{prescription_id}")


class NewPrescriptionPage(DossierPage):
    """The place's field says what the sheet serves (`action:…`) or which draft changes its partner (`draft:…`)."""

    def __init__(self, services: Services, guard: Guard) -> None:
        super().__init__(services, guard, "Nouvelle prescription", KIND)
        self._offers: list[Offer] = []
        told = "Le type et la nature du partenaire décident de la fiche, donc de ce qu’il peut lire."
        self.filter = LineField(FieldSpec("offers_filter", "À qui", help=f"Nom, type, ville ou fiche. {told}"))
        self.table = TableView(_COLUMNS, name="offers.table", label="Partenaires et leur fiche")
        self.empty = EmptyState("Aucun partenaire ici.", "Ajoutez la structure dans «\u00a0Partenaires\u00a0».")
        for part in (self.filter, self.table, self.empty):
            self.inside.addWidget(part)
        self.add_action("Ouvrir l’annuaire", "buildings", lambda: self.go("partners"), name="offers.partners")
        self.start = self.set_primary("Commencer la fiche", "plus", self._start_chosen, name="offers.start")
        self.filter.edited.connect(lambda _: self._show_matching())
        self.filter.line.installEventFilter(self)
        self.filter.line.returnPressed.connect(self._start_chosen)
        self.table.opened.connect(self._start)

    def open(self, place: Place) -> None:
        self.filter.set_value("")
        super().open(place)
        if not self.content.isHidden():
            self.filter.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The arrows go through the partners while one types; Enter starts the sheet of the one chosen."""
        step = 0
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = (event.key() == Qt.Key.Key_Down) - (event.key() == Qt.Key.Key_Up)
        row = self.table.currentIndex().row() + step
        if step and 0 <= row < len(self.table.records.rows):
            self.table.setCurrentIndex(self.table.records.index(row, 0))
        return bool(step)

    def show_values(self, person_id: UUID) -> None:
        self._offers = self._offered(person_id)
        self._show_matching()
        may = self.services.context.actor.may(Right.WRITE_PRESCRIPTION)
        problem = self.services.prescriptions.reading.may_start(person_id)
        why = "Votre rôle ne permet pas d’écrire une fiche." if not may else sentence(problem) if problem else ""
        self.start.set_available(not why, why)

    def _offered(self, person_id: UUID) -> list[Offer]:
        """To whom it may go, by what it serves: an action of the plan, that of its draft, or none."""
        offers, (kind, *ids) = self.services.prescriptions.offers, self._place.field.split(":")
        if kind == _DRAFT:
            return offers.for_draft(UUID(ids[0]))
        return offers.to(person_id, *map(UUID, ids)) if kind == _ACTION else offers.to(person_id)

    def _show_matching(self) -> None:
        found = [one for one in self._offers if one.matches(str(self.filter.value()))]
        self.table.set_rows([RecordRow(one, _cells(one)) for one in found])
        if found:
            self.table.setCurrentIndex(self.table.records.index(0, 0))
        self.table.setVisible(bool(found))
        self.empty.setVisible(not found)

    def _start_chosen(self) -> None:
        index, rows = self.table.currentIndex(), self.table.records.rows
        if rows and index.isValid():
            self._start(rows[index.row()].key)

    def _start(self, chosen: object) -> None:
        if not isinstance(chosen, Offer) or self.person is None or not self.start.isEnabled():
            return
        kind, *ids = self._place.field.split(":")
        refusals: list[Refusal] = []
        if kind == _DRAFT:
            sheet = UUID(ids[0])
            self._change(sheet, chosen, refusals)
        else:
            served = (UUID(ids[0]), UUID(ids[1])) if kind == _ACTION else (None, None)
            started = self._begin(chosen, served, refusals)
            if started is None:
                return
            sheet = started
        if refusals:
            self.tell(refusals[0])
            return
        self.saved.emit(self.services.clock.now())
        self.go("prescription", sheet)

    def _begin(self, offer: Offer, served: tuple[UUID | None, UUID | None], refusals: list[Refusal]) -> UUID | None:
        person, draft = self.person, self.services.prescriptions.draft
        assert person is not None
        started = self.guard.run(
            lambda: draft.start(person, *served, sheet=offer.sheet, service_id=offer.service_id),
            refused=refusals.append,
        )
        if refusals:
            self.tell(refusals[0])
        return started if isinstance(started, UUID) else None

    def _change(self, sheet: UUID, offer: Offer, refusals: list[Refusal]) -> None:
        draft = self.services.prescriptions.draft
        self.guard.run(lambda: draft.change_addressee(sheet, offer.service_id, offer.sheet), refused=refusals.append)


def _cells(one: Offer) -> tuple[Cell, ...]:
    return (
        Cell(one.partner, ", ".join(part for part in (one.service, one.kind) if part), bold=True),
        Cell(one.title),
        Cell(one.city),
        _why(one),
    )


def _why(one: Offer) -> Cell:
    """What the table of needs says first: it was written for this; then what is known of the person."""
    if one.thought is None:
        return Cell(one.why)
    told = ". ".join(part for part in (one.thought.need, one.thought.note.rstrip(".")) if part)
    return Cell("Pensé pour ce besoin", "\n".join(part for part in (told, one.why) if part))
