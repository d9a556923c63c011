"""The axes of the plan with all they hold: lines that open into their form, links that add."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from spip_desktop.domain.evaluation import FindingKind
from spip_desktop.domain.pacep import Action, ActionMode, Axis, Objective, P, Part, live
from spip_desktop.domain.pacep_rules import Sources, own_words, part_field
from spip_desktop.domain.place import Place
from spip_desktop.domain.text import french_spaces
from spip_desktop.services.pacep import PlanView
from spip_desktop.ui import theme
from spip_desktop.ui.buttons import LinkButton, QuietButton
from spip_desktop.ui.editors import Choice
from spip_desktop.ui.fields import Parse
from spip_desktop.ui.form import FormView
from spip_desktop.ui.labels import Rule, SmallText
from spip_desktop.ui.layout import FlowRow, clear, column, row
from spip_desktop.ui.pacep.acts import PlanActs
from spip_desktop.ui.pacep.followed import FollowUp, Note
from spip_desktop.ui.pacep.forms import PlanForms
from spip_desktop.ui.pacep.reorder import Reorder
from spip_desktop.ui.pacep.rows import PartRow, action_row, axis_row, objective_row
from spip_desktop.ui.pacep.specs import specs_of
from spip_desktop.ui.pacep.starters import action_wordings, axis_wordings, wording_choice
from spip_desktop.wording.pacep import FINDINGS

_REMOVED = {
    Axis: "Axe mis à la corbeille",
    Objective: "Objectif mis à la corbeille",
    Action: "Action mise à la corbeille",
}
#: A finding of this many signs at most is its own link.
_ON_A_LINE = 60


class PlanParts(QWidget):
    """Builds the axes anew at each change of structure; what is being typed stays in its form until saved."""

    def __init__(
        self,
        acts: PlanActs,
        forms: PlanForms,
        parse_date: Parse,
        *,
        go: Callable[[Place], object],
        start_sheet: Callable[[UUID], object],
        note: Note,
    ) -> None:
        super().__init__()
        self._acts, self._forms, self._parse_date = acts, forms, parse_date
        self._go, self._start_sheet, self._note = go, start_sheet, note
        self._view: PlanView | None = None
        self.opened: set[UUID] = set()
        self._editable = self._follows = False
        self._person: UUID | None = None
        self._accepted: frozenset[UUID] | None = None
        self._reorder = Reorder(acts.move, self)
        self._lines: QVBoxLayout = column(self, gap=24)

    def show_axes(
        self,
        axes: tuple[Axis, ...],
        view: PlanView,
        *,
        editable: bool,
        follows: bool,
        accepted: frozenset[UUID] | None,
    ) -> None:
        """Show these axes; `accepted` are the objectives the person agreed to, None when they agreed to all or none.

        `editable`: a draft under the hand; `follows`: a frozen plan whose progress may be noted.
        """
        self._follows, self._view = follows, view
        self._editable, self._person, self._accepted = editable, view.person_id, accepted
        self._reorder.forget()
        clear(self._lines)
        for number, axis in enumerate(axes, 1):
            self._show(self._axis(axis, number, view.sources))
        if editable:
            self._show(self._link("Ajouter un axe", self._acts.add_axis, "add_axis", small=False))

    def _show(self, part: QWidget) -> None:
        """Shown at once, not at the next turn of events: the focus may be given to a field inside."""
        self._lines.addWidget(part)
        part.show()

    # -- one axis ------------------------------------------------------------------------------------------------

    def _axis(self, axis: Axis, number: int, sources: Sources) -> QWidget:
        whole = QWidget()
        lines = column(whole, gap=0)
        head = row(gap=16)
        head.addWidget(self._opening(axis_row(axis, number, editable=self._editable), axis, None), 1)
        lines.addLayout(head)
        lines.addWidget(self._needs(axis, sources))
        lines.addWidget(Rule("bord"))
        if self._editable and axis.id in self.opened:
            wordings = wording_choice(axis, axis_wordings(axis, sources), self._take_wording)
            lines.addWidget(self._editor(axis, wordings, self._ties(axis, sources)))
        objectives = column(gap=8, margins=(24, 8, 0, 0))
        for place, objective in enumerate(self._shown(axis.objectives), 1):
            objectives.addWidget(self._objective(axis, objective, f"{number}.{place}"))
        if self._editable:
            name = part_field(axis.id, "add_objective")
            objectives.addWidget(self._link("Ajouter un objectif", lambda: self._acts.add_objective(axis.id), name))
        lines.addLayout(objectives)
        return whole

    def _needs(self, axis: Axis, sources: Sources) -> QWidget:
        """What the axis works on: each finding leads to the evaluation."""
        whole = QWidget()
        lines = column(whole, gap=0, margins=(0, 0, 0, 4))
        found = [one for lineage in axis.finding_lineages if (one := sources.finding(lineage))]
        for finding in found:
            flow = FlowRow(gap=8, line_gap=0)
            kind = "Besoin" if finding.kind is FindingKind.NEED else FINDINGS[finding.kind]
            flow.add(SmallText(french_spaces(f"{kind} :"), wrap=False))
            words = french_spaces(" ".join(finding.wording.split()))
            link = LinkButton(words if len(words) <= _ON_A_LINE else "voir l’évaluation", small=True)
            link.setObjectName(f"{axis.id}.finding.{finding.lineage}")
            link.setAccessibleName(f"{kind} {words}, voir l’évaluation")
            place = Place("person.evaluation", self._person, finding.step)
            link.clicked.connect(lambda _=False, there=place: self._go(there))
            flow.add(link)
            lines.addWidget(flow)
            if len(words) > _ON_A_LINE:
                lines.addWidget(SmallText(words, colour="texte"))
        plain = own_words(axis, found)
        if plain:
            # Beside a need of the evaluation, these are the same need in other words.
            tied = any(finding.kind is FindingKind.NEED for finding in found)
            label = "En mots simples" if tied else "Besoin"
            lines.addWidget(SmallText(french_spaces(f"{label} : {plain}")))
        if not found and not plain:
            whole.hide()
        return whole

    def _ties(self, axis: Axis, sources: Sources) -> QWidget:
        """Findings already tied, each with « Détacher »; and the list from which another is chosen by hand."""
        whole = QWidget()
        lines = column(whole, gap=4)
        lines.addWidget(SmallText("Rattaché à ces constats de l’évaluation"))
        for lineage in axis.finding_lineages:
            finding = sources.finding(lineage)
            if finding is None:
                continue
            line = row(gap=8)
            line.addWidget(SmallText(f"{FINDINGS[finding.kind]}, {french_spaces(finding.wording)}", colour="texte"), 1)
            link = LinkButton("Détacher", small=True, name=f"{axis.id}.untie.{lineage}")
            link.setAccessibleName(f"Détacher {finding.wording}")
            link.clicked.connect(lambda _=False, one=lineage: self._acts.untie(axis.id, one))
            line.addWidget(link, 0, Qt.AlignmentFlag.AlignTop)
            lines.addLayout(line)
        free = [one for one in sources.findings if one.lineage not in axis.finding_lineages]
        if free:
            options = [(str(one.lineage), f"{FINDINGS[one.kind]}, {one.wording}") for one in free]
            choice = Choice(options, empty="Choisir un constat à rattacher")
            choice.setObjectName(part_field(axis.id, "tie"))
            choice.setAccessibleName("Rattacher un constat de l’évaluation")
            choice.chosen.connect(lambda: self._tie(axis.id, choice.value()))
            lines.addWidget(choice)
        return whole

    def _tie(self, axis_id: UUID, lineage: str) -> None:
        if lineage:
            self._forms.flush()
            self._acts.tie(axis_id, UUID(lineage))

    # -- one objective, one action -------------------------------------------------------------------------------

    def _objective(self, axis: Axis, objective: Objective, number: str) -> QWidget:
        whole = QWidget()
        lines = column(whole, gap=0)
        accepted = None if self._accepted is None else objective.lineage in self._accepted
        line = objective_row(objective, number, accepted, editable=self._editable)
        lines.addWidget(self._opening(line, objective, axis.id))
        if objective.id in self.opened:
            lines.addWidget(self._editor(objective) if self._editable else self._follow_up(objective))
        inside = column(gap=0, margins=(32, 0, 0, 0))
        for action in self._shown(objective.actions):
            inside.addWidget(self._opening(action_row(action, editable=self._editable), action, objective.id))
            if action.id in self.opened:
                inside.addWidget(self._action_form(axis, action) if self._editable else self._follow_up(action))
        if self._editable:
            inside.addSpacing(theme.current().px(8))
            inside.addWidget(self._add_actions(objective))
        lines.addLayout(inside)
        return whole

    def _action_form(self, axis: Axis, action: Action) -> QWidget:
        assert self._view is not None
        wordings = action_wordings(axis, self._view.sources, action.mode)
        return self._editor(action, wording_choice(action, wordings, self._take_wording))

    def _take_wording(self, code: str, words: str) -> None:
        """A wording that was chosen, in place of what the field held."""
        before = self._forms.value(code)
        self._forms.flush()
        self._acts.save(code, words, before)

    def _add_actions(self, objective: Objective) -> QWidget:
        """« Ajouter une action » asks nothing: the two links say with whom."""
        flow = FlowRow(gap=24, line_gap=4)
        for words, mode in (
            ("Ajouter une action du service", ActionMode.INTERNAL),
            ("Ajouter une action avec un partenaire", ActionMode.EXTERNAL),
        ):
            name = part_field(objective.id, f"add_{mode.value}")
            flow.add(self._link(words, partial(self._acts.add_action, objective.id, mode), name))
        return flow

    def _shown(self, parts: tuple[P, ...]) -> tuple[P, ...]:
        """A draft hides its bin; a plan put to the person keeps the places and numbers of what left it."""
        return live(parts) if self._editable else parts

    def _follow_up(self, part: Objective | Action) -> QWidget:
        """What can be noted of a line of a frozen plan, and what was."""
        assert self._view is not None
        return FollowUp(part, self._view, self._note, self._start_sheet)

    def _offer_sheet(self, flow: FlowRow, part: Part) -> None:
        if isinstance(part, Action) and part.mode is ActionMode.EXTERNAL:
            sheet = QuietButton("Préparer la fiche", "document", name=part_field(part.id, "sheet"))
            sheet.clicked.connect(lambda: self._start_sheet(part.lineage))
            flow.add(sheet)

    # -- forms ---------------------------------------------------------------------------------------------------

    def _editor(self, part: Part, *more: QWidget) -> QWidget:
        """The form of a part, then what can be done with it."""
        whole = QWidget()
        lines = column(whole, gap=12, margins=(24, 8, 0, 16))
        view = FormView(specs_of(part), parse_date=self._parse_date)
        self._forms.add(view)
        lines.addWidget(view)
        for one in more:
            lines.addWidget(one)
        lines.addWidget(self._tools(part))
        return whole

    def _tools(self, part: Part) -> QWidget:
        flow = FlowRow(gap=8, line_gap=4)
        self._offer_sheet(flow, part)
        tools: tuple[tuple[str, str, str, Callable[[], object]], ...] = (
            ("Monter", "arrow-up", "up", lambda: self._acts.move(part.id, -1)),
            ("Descendre", "arrow-down", "down", lambda: self._acts.move(part.id, 1)),
            ("Mettre à la corbeille", "trash", "remove", lambda: self._acts.remove(part.id, _REMOVED[type(part)])),
            ("Replier", "chevron-up", "fold", lambda: self._fold(part.id)),
        )
        for words, icon, name, do in tools:
            button = QuietButton(words, icon, name=part_field(part.id, name))
            button.clicked.connect(lambda _=False, act=do: (self._forms.flush(), act()))
            flow.add(button)
        return flow

    def _opening(self, line: PartRow, part: Part, group: UUID | None) -> PartRow:
        if not self._editable and (isinstance(part, Axis) or not self._follows):
            line.rest()
            return line
        if self._editable:
            self._reorder.add(group, part.id, line)
        line.clicked.connect(lambda: self._fold(part.id))
        line.move_asked.connect(lambda steps: self._acts.move(part.id, steps))
        line.remove_asked.connect(lambda: self._acts.remove(part.id, _REMOVED[type(part)]))
        return line

    def _fold(self, part_id: UUID) -> None:
        self._acts.opened.emit(part_id)

    def _link(self, words: str, do: Callable[[], object], name: str, *, small: bool = True) -> LinkButton:
        link = LinkButton(words, "plus", name=name, small=small)
        link.clicked.connect(lambda: (self._forms.flush(), do()))
        return link
