"""Situation pénale: the marks of the fiche pénale, écrou, editions, basis, measures, obligations."""

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtWidgets import QWidget

from spip_desktop.domain import dates
from spip_desktop.domain.deadline import Move
from spip_desktop.domain.errors import Problem
from spip_desktop.domain.marks import Moved
from spip_desktop.domain.measure import Basis, BasisKind, Custody, Measure
from spip_desktop.domain.obligation import WORK_OBLIGATION, SuspensionProposal
from spip_desktop.domain.text import NBSP
from spip_desktop.services.situation import Penal
from spip_desktop.ui.buttons import LinkButton
from spip_desktop.ui.dossier import DossierPage
from spip_desktop.ui.foreseen import Foresight
from spip_desktop.ui.labels import Paragraph, SectionTitle, SmallText, StateLabel
from spip_desktop.ui.layout import clear, column, row
from spip_desktop.ui.line_section import LineSection, LineWords
from spip_desktop.ui.person.mark_grid import MarkGrid
from spip_desktop.ui.person.obligations import ObligationsPart
from spip_desktop.ui.person.penal_specs import basis_fields, custody_fields, measure_codes, measure_fields, sheet_fields
from spip_desktop.ui.person.reports import ReportsPart
from spip_desktop.ui.person.sections import (
    describe_basis,
    describe_custody,
    describe_measure,
    describe_sheet,
    rows,
    section,
)
from spip_desktop.ui.person.sheet_lines import SheetLines
from spip_desktop.ui.remark import Remark
from spip_desktop.wording import sentence
from spip_desktop.wording.obligation import suspension_said
from spip_desktop.wording.person import INDICATIVE_NOTICE, MARKS, MAY_CHANGE
from spip_desktop.wording.todo import move_sentence


class PenalPart(QWidget):
    """The second part of the page « Situation »."""

    def __init__(self, page: DossierPage) -> None:
        super().__init__()
        self._page = page
        self._working = frozenset[UUID]()
        inside = column(self, gap=24)
        self.marks = MarksPanel()
        self.proposals = ProposalsPanel(page)
        self.custodies, self.sheets = self._custodies(page), self._sheets(page)
        self.lines = SheetLines(page)
        self.bases, self.measures = self._bases(page), self._measures(page)
        self.reports, self.obligations = ReportsPart(page), ObligationsPart(page)
        self.no_basis = Remark("", "body", "alert-circle")
        for part in (
            self.no_basis, self.marks, self.custodies, self.sheets, self.lines, self.bases, self.proposals,
            self.measures, self.reports, self.obligations,
        ):  # fmt: skip
            inside.addWidget(part)

    def show_values(self, person_id: UUID) -> None:
        """Read the penal situation again."""
        penal = self._page.services.situation.penal(person_id)
        self.no_basis.sentence.setText(sentence(penal.no_basis) if penal.no_basis else "")
        self.no_basis.setVisible(penal.no_basis is not None)
        self.marks.show_marks(penal)
        self.proposals.show_proposals(penal.proposals)

        def warned(id_: UUID) -> Sequence[Problem]:
            return penal.warnings.get(id_, ())

        self.custodies.show_lines(rows(penal.custodies), warned)
        self.sheets.show_lines(rows(penal.sheets), warned)
        self.lines.show_sheet(penal.sheets[0] if penal.sheets else None)
        self.bases.show_lines(rows(penal.bases), warned)
        every = (one.value for one in penal.obligations)
        self._working = frozenset(one.measure_id for one in every if one.code == WORK_OBLIGATION)
        self.measures.show_lines(rows(penal.measures), warned)
        self.reports.show_values(person_id)
        self.obligations.show_values(penal, warned)

    def set_read_only(self, read_only: bool) -> None:
        for part in (self.custodies, self.sheets, self.lines, self.bases, self.measures, self.obligations):
            part.set_read_only(read_only)
        self.reports.set_read_only(read_only)
        self.proposals.setEnabled(not read_only)

    def flush(self) -> bool:
        parts = (
            self.custodies, self.sheets, self.lines, self.bases, self.measures, self.reports, self.obligations,
        )  # fmt: skip
        flushed = [part.flush() for part in parts]
        return all(flushed)

    # -- the sections ----------------------------------------------------------------------------------------

    def _custodies(self, page: DossierPage) -> LineSection:
        new_id, today = page.services.context.ids.new, page.services.clock.today()
        return section(
            page,
            "custodies",
            LineWords("Écrou", "Ajouter un écrou", "Aucun écrou noté."),
            page.services.situation.custodies,
            kind="custody",
            describe=describe_custody,
            fields=lambda _: custody_fields(today),
            new=lambda person: Custody(id=new_id(), person_id=person, establishment=""),
            removed="Écrou supprimé",
        )

    def _sheets(self, page: DossierPage) -> LineSection:
        today = page.services.clock.today()
        said = LineWords("Fiche pénale", "Saisir une nouvelle édition", "Aucune fiche pénale saisie.")
        made = section(
            page,
            "sheets",
            said,
            page.services.situation.sheets,
            kind="sentence_sheet",
            describe=describe_sheet,
            fields=lambda _: sheet_fields(today),
            new=None,
            removed="Édition supprimée",
        )
        made.add_asked.connect(self._new_edition)
        return made

    def _new_edition(self) -> None:
        """A new edition, copied from the last one; « Annuler » puts it in the bin."""
        person, situation = self._page.person, self._page.services.situation
        if person is None or not self._page.flush():
            return
        made: list[UUID] = []

        def take_back() -> None:
            for id_ in made:
                situation.sheets.bin(id_)

        if self._page.act(lambda: made.append(situation.new_edition(person)), "", take_back):
            self.sheets.open_line(made[0])

    def _bases(self, page: DossierPage) -> LineSection:
        new_id, today = page.services.context.ids.new, page.services.clock.today()

        def new(person: UUID) -> Basis:
            return Basis(id=new_id(), person_id=person, kind=BasisKind.REFERRAL, received_on=today)

        return section(
            page,
            "bases",
            LineWords("Saisines et titres", "Ajouter une saisine ou un titre", "Aucune saisine, aucun titre noté."),
            page.services.situation.bases,
            kind="basis",
            describe=describe_basis,
            fields=lambda _: basis_fields(today),
            new=new,
            removed="Saisine ou titre supprimé",
        )

    def _measures(self, page: DossierPage) -> LineSection:
        new_id, today, catalogue = page.services.context.ids.new, page.services.clock.today(), page.services.catalogue
        return section(
            page,
            "measures",
            LineWords("Mesures", "Ajouter une mesure", "Aucune mesure notée."),
            page.services.situation.measures,
            kind="measure",
            describe=describe_measure,
            fields=lambda one: measure_fields(today, catalogue, one.kind),
            new=lambda person: Measure(id=new_id(), person_id=person, kind="SP"),
            removed="Mesure supprimée",
            visible=lambda one, bounds: measure_codes(one.kind, bounds, works=one.id in self._working),
            foresee=lambda id_, changes: _foresight(page.services.deadlines.moves_of_measure(id_, dict(changes))),
        )


def _foresight(moves: Sequence[Move]) -> Foresight:
    """A date known before that would move, or leave, is asked about; one that comes is only told."""
    return Foresight(tuple(move_sentence(one) for one in moves), waits=any(one.before for one in moves))


class MarksPanel(QWidget):
    """The dates, each with its source; below, what a new edition moved."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("marks")
        inside = column(self, gap=12)
        self._place, self._moved = column(gap=0), column(gap=4)
        self.may_change = StateLabel("info-circle", MAY_CHANGE, "texte")
        inside.addLayout(self._place)
        inside.addWidget(self.may_change)
        inside.addLayout(self._moved)
        inside.addWidget(SmallText(INDICATIVE_NOTICE))

    def show_marks(self, penal: Penal) -> None:
        """Show the six dates in two rows, and what moved since the edition before."""
        clear(self._place)
        self._place.addWidget(MarkGrid(penal.marks, penal.sheet))
        self.may_change.setVisible(penal.sheet is not None and penal.sheet.may_change)
        clear(self._moved)
        if penal.moved:
            self._moved.addWidget(SectionTitle("Ce qui a bougé depuis l’édition précédente", ruled=False))
        for one in penal.moved:
            self._moved.addWidget(Paragraph(_moved(one)))


def _moved(one: Moved) -> str:
    before = dates.short(one.before.day) or "sans date"
    after = dates.short(one.after.day) or "sans date"
    return f"{MARKS[one.after.code]}{NBSP}: {before}, maintenant {after}."


class ProposalsPanel(QWidget):
    """V09: the suspension of a delay is proposed, the CPIP notes it or not."""

    def __init__(self, page: DossierPage) -> None:
        super().__init__()
        self.setObjectName("proposals")
        self._page = page
        self._column = column(self, gap=8)

    def show_proposals(self, proposals: Sequence[SuspensionProposal]) -> None:
        clear(self._column)
        for number, one in enumerate(proposals, 1):
            line = row(gap=16)
            line.addWidget(Paragraph(suspension_said(one)), 1)
            link = LinkButton("Noter la suspension", name=f"proposals.{number}")
            link.clicked.connect(lambda _=False, proposal=one: self._accept(proposal))
            line.addWidget(link)
            self._column.addLayout(line)
        self.setVisible(bool(proposals))

    def _accept(self, proposal: SuspensionProposal) -> None:
        if self._page.flush():
            self._page.act(
                lambda: self._page.services.situation.accept_suspension(proposal),
                "Suspension notée",
                lambda: self._page.services.situation.take_back_suspension(proposal),
            )
