"""The page « Synthèse »: five dates with their source, what was done, open actions, what is missing."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from spip_desktop.domain import dates
from spip_desktop.domain.marks import MarkCode
from spip_desktop.domain.officer import Right
from spip_desktop.domain.pacep import Action, ActionMode
from spip_desktop.domain.text import NBSP
from spip_desktop.reference import load
from spip_desktop.services.synthesis import Missing, Step, Synthesis
from spip_desktop.ui.buttons import LinkButton
from spip_desktop.ui.dossier import DossierPage
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.icons import IconView
from spip_desktop.ui.labels import Paragraph, Rule, Section, SectionTitle, SmallText
from spip_desktop.ui.layout import FlowRow, clear, column, row
from spip_desktop.ui.page import SideColumn
from spip_desktop.ui.pep_card import PepView
from spip_desktop.ui.person.mark_grid import MarkGrid
from spip_desktop.ui.remark import Remark
from spip_desktop.ui.table import Cell, Column, RecordRow, TableView
from spip_desktop.ui.text import Text
from spip_desktop.wiring import Services
from spip_desktop.wording import sentence
from spip_desktop.wording.person import INDICATIVE_NOTICE, missing_words, step_words

#: The five dates of the page; the foreseeable release stands in place of the commission when none is announced.
_FIVE = (MarkCode.CUSTODY, MarkCode.HALF, MarkCode.COMMISSION, MarkCode.TWO_THIRDS, MarkCode.END)

_NOTHING_DONE = f"Évaluation, PACEP, prescriptions{NBSP}: rien n’est commencé."


class SynthesePage(DossierPage):
    """Readings only: every line leads to the page where it is written."""

    def __init__(self, services: Services, guard: Guard) -> None:
        super().__init__(services, guard, "Synthèse", "person.synthese")
        self.set_primary("Compléter la situation", "pencil", self._to_situation, name="synthese.situation")
        self.no_basis = Remark("", "body", "alert-circle")
        self._dates, self._steps = column(gap=8), column(gap=0)
        self.open_actions = TableView(
            (Column("Action"), Column("Qui", 136), Column("Pour le", 96), Column("État", 104)),
            name="synthese.actions",
            label="Actions ouvertes",
        )
        self.open_actions.opened.connect(lambda _: self._to("person.pacep"))
        self.no_action = Paragraph("Aucune action ouverte.", colour="texte_2")
        self._to_pacep = LinkButton("Ouvrir le PACEP", name="synthese.pacep")
        self._to_pacep.clicked.connect(lambda: self._to("person.pacep"))
        self.pep_view = PepView()
        self.pep = Section("Parcours d’exécution de peine (PEP)", self.pep_view, gap=8)
        self._to_movement = LinkButton("Au fil des versions", name="synthese.movement")
        self._to_movement.clicked.connect(lambda: self._to("person.movement"))
        if not services.context.actor.may(Right.READ_EVALUATION):
            self._to_movement.hide()
        self._papers = self._links()
        self._build()
        self.missing = SideColumn("Ce qui manque", 304)
        self.set_side(self.missing)

    def _build(self) -> None:
        self.inside.addWidget(self.no_basis)
        self.inside.addWidget(self._papers)
        self.inside.addLayout(self._dates)
        self.inside.addLayout(self._steps)
        self.inside.addWidget(self._to_movement, 0, Qt.AlignmentFlag.AlignLeft)
        actions = column(gap=8)
        actions.addWidget(SectionTitle("Actions ouvertes", self._to_pacep))
        actions.addWidget(self.open_actions)
        actions.addWidget(self.no_action)
        self.inside.addLayout(actions)
        self.inside.addWidget(self.pep)

    def _links(self) -> QWidget:
        """To what leaves of the whole dossier, and to the service that takes it, for those who may let it leave."""
        line = FlowRow(gap=24)
        for text, kind in (
            ("Le dossier en un PDF", "person.dossier"),
            ("Demandes d’accès", "person.access"),
            ("Confier à un autre service", "person.handover"),
        ):
            link = LinkButton(text, name=f"synthese.{kind}")
            link.clicked.connect(lambda _=False, to=kind: self._to(to))
            line.add(link)
        if not self.services.context.actor.may(Right.TRANSFER):
            line.hide()
        return line

    def show_values(self, person_id: UUID) -> None:
        """Read everything again."""
        found = self.services.synthesis.synthesis(person_id)
        self.no_basis.setVisible(found.no_basis is not None)
        if found.no_basis:
            self.no_basis.sentence.setText(sentence(found.no_basis))
        self._show_dates(found)
        self._show_steps(found.steps)
        self._show_actions(found.actions)
        self.pep.setVisible(found.pep is not None)
        self.pep_view.show_cards([found.pep] if found.pep else [])
        self._show_missing(found.missing)

    def _show_dates(self, found: Synthesis) -> None:
        clear(self._dates)
        by_code = {mark.code: mark for mark in found.marks}
        if by_code[MarkCode.CUSTODY].day is None and found.sheet is None:
            return  # milieu ouvert: there is no sentence under écrou to mark
        commission = by_code[MarkCode.COMMISSION]
        five = [
            by_code[MarkCode.RELEASE] if code is MarkCode.COMMISSION and commission.day is None else by_code[code]
            for code in _FIVE
        ]
        self._dates.addWidget(MarkGrid(five, found.sheet))
        self._dates.addWidget(SmallText(INDICATIVE_NOTICE))

    def _show_steps(self, steps: Sequence[Step]) -> None:
        clear(self._steps)
        self._steps.addWidget(SectionTitle("Derniers travaux"))
        if not steps:
            self._steps.addSpacing(8)
            self._steps.addWidget(
                Paragraph("Évaluation, PACEP, prescriptions : rien n’est commencé.", colour="texte_2")
            )
        for number, step in enumerate(steps, 1):
            self._steps.addWidget(_step_line(step, number, self))

    def _show_actions(self, actions: Sequence[Action]) -> None:
        today = self.services.clock.today()
        self.open_actions.set_rows([RecordRow(one.id, _action_cells(one, today)) for one in actions])
        self.open_actions.setVisible(bool(actions))
        self.no_action.setVisible(not actions)

    def _show_missing(self, missing: Sequence[Missing]) -> None:
        self.missing.empty()
        self.missing.add(SectionTitle("Ce qui manque"))
        if not missing:
            self.missing.add(Paragraph("Rien de ce que ce logiciel sait vérifier.", colour="texte_2"))
        for number, one in enumerate(missing, 1):
            self.missing.add(_missing_line(one, number, self))

    def _to(self, kind: str) -> None:
        self.go(kind, self.person)

    def _to_situation(self) -> None:
        self._to("person.situation")


def _step_line(step: Step, number: int, page: SynthesePage) -> QWidget:
    made = QWidget()
    outer = column(made, gap=0)
    line = row(gap=16, margins=(0, 8, 0, 8))
    line.addWidget(Text(dates.short(step.day), "bold"))
    texts = column(gap=0)
    title, state = step_words(step.kind, step.number, step.done)
    link = LinkButton(title, name=f"synthese.step.{number}")
    link.clicked.connect(lambda: page.went.emit(step.place))
    texts.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
    texts.addWidget(SmallText(state))
    line.addLayout(texts, 1)
    outer.addLayout(line)
    outer.addWidget(Rule())
    return made


def _missing_line(one: Missing, number: int, page: SynthesePage) -> QWidget:
    """A dashed circle, what is missing, and a link to where it is noted."""
    made = QWidget()
    outer = column(made, gap=0)
    line = row(gap=8, margins=(0, 8, 0, 8))
    line.addWidget(IconView("dashed-circle", "texte_2"), 0, Qt.AlignmentFlag.AlignTop)
    said, where = missing_words(one.code, one.words)
    texts = column(gap=0)
    texts.addWidget(Text(said, "body", wrap=True))
    link = LinkButton(where, name=f"synthese.missing.{number}", small=True)
    link.setAccessibleName(f"{said}, {where}")
    link.clicked.connect(lambda: page.went.emit(one.place))
    texts.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
    line.addLayout(texts, 1)
    outer.addLayout(line)
    outer.addWidget(Rule())
    return made


def _action_cells(one: Action, today: date) -> tuple[Cell, ...]:
    icon = "external-link" if one.mode is ActionMode.EXTERNAL else "home"
    late = one.due is not None and one.due < today
    due = Cell(dates.short(one.due), icon="alert-circle" if late else "", tone="alerte" if late else "texte")
    state = load("action_states").label(one.state)
    return Cell(one.label or "Action à préciser", icon=icon), Cell(one.who), due, Cell(state, tone="texte_2")
