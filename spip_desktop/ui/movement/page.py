"""« Au fil des versions »: each field, need and objective through the evaluations and plans of one person."""

from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout, QWidget

from spip_desktop.domain.movement import Line, What
from spip_desktop.domain.officer import Right
from spip_desktop.domain.place import Place, in_version
from spip_desktop.services.movement import Movement
from spip_desktop.ui.buttons import LinkButton
from spip_desktop.ui.dossier import DossierPage
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.labels import EmptyState, Paragraph, Section
from spip_desktop.ui.movement.grid import VersionGrid
from spip_desktop.ui.printing import PrintLine
from spip_desktop.wiring import Services
from spip_desktop.wording.movement import MOVEMENT_TITLE, SAYS_NOTHING

KIND = "person.movement"
_EVALUATION, _PLAN = "person.evaluation", "person.pacep"


class MovementPage(DossierPage):
    """Read only; each line leads to where it stands."""

    def __init__(self, services: Services, guard: Guard) -> None:
        super().__init__(services, guard, MOVEMENT_TITLE, KIND)
        self.movement = Movement(person_id=UUID(int=0))
        to_evaluation = LinkButton("Ouvrir l’évaluation", name="movement.evaluation")
        to_evaluation.clicked.connect(lambda: self.go(_EVALUATION, self.person))
        self.empty = EmptyState(
            "Ni évaluation ni plan pour cette personne.",
            "Cette page se remplit d’elle-même, version après version.",
            to_evaluation,
        )
        self.grids = {
            What.FIELD: VersionGrid("movement.fields", "Champs au fil des évaluations"),
            What.NEED: VersionGrid("movement.needs", "Besoins au fil des évaluations"),
            What.OBJECTIVE: VersionGrid("movement.objectives", "Objectifs au fil des PACEP"),
        }
        titles = {What.FIELD: "Champs", What.NEED: "Besoins", What.OBJECTIVE: "Objectifs"}
        self.sections = {what: Section(titles[what], self.grids[what], gap=8) for what in self.grids}
        self.said = Paragraph(SAYS_NOTHING, colour="texte_2")
        parts: tuple[QWidget, ...] = (self.empty, self.said, *self.sections.values())
        for part in parts:
            self.inside.addWidget(part)
        for grid in self.grids.values():
            grid.opened.connect(self._open_line)
        self.print_button = self.set_primary("Imprimer", "printer", self.print_document, name="movement.print")
        self._put_printing()

    def _put_printing(self) -> None:
        self.printing = PrintLine(self.services.printing)
        outer = self.layout()
        assert isinstance(outer, QVBoxLayout)
        outer.insertWidget(outer.count() - 1, self.printing)
        self.printing.printed.connect(self.notice.show_sentence)
        self.printing.failed.connect(self.band.show_sentence)
        self.printing.left.connect(self.print_button.setFocus)

    def open(self, place: Place) -> None:
        super().open(place)
        if not self.content.isHidden():
            any(grid.focus_first() for grid in self.grids.values())

    def show_values(self, person_id: UUID) -> None:
        """Read every version again."""
        self.movement = found = self.services.movement.of(person_id)
        nothing = not found.evaluations and not found.plans
        self.empty.setVisible(nothing)
        self.said.setVisible(not nothing)
        may_print = self.services.context.actor.may(Right.PRINT)
        self.print_button.setVisible(may_print and not nothing)
        for what, versions, lines in (
            (What.FIELD, found.evaluations, found.fields),
            (What.NEED, found.evaluations, found.needs),
            (What.OBJECTIVE, found.plans, found.objectives),
        ):
            self.sections[what].setVisible(bool(lines))
            self.grids[what].show_lines(versions, lines)

    def print_document(self) -> None:
        """The page for paper, A4 on its side."""
        person = self.person
        if person is None or self.print_button.isHidden():
            return
        paper = self.guard.run(lambda: self.services.movement.paper(person), refused=self.tell)
        if paper is not None:
            self.printing.ask(paper)

    def leave(self) -> None:
        self.printing.stop()

    def _open_line(self, line: Line) -> None:
        """A field or a need in the evaluation, an objective in the plan, in the last version that holds it."""
        if line.what is What.OBJECTIVE:
            self.go(_PLAN, self.person, str(line.id))
            return
        place, versions = Place(_EVALUATION, self.person, line.step), self.movement.evaluations
        if line.last is not None and line.last < len(versions) - 1:
            place = in_version(place, versions[line.last].id)
        self.went.emit(place)
