"""The middle of the page: where the plan is, its level, its axes, the needs, what is said with the person, the bin."""

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from spip_desktop.domain import dates
from spip_desktop.domain.pacep import Axis, Objective, Pacep, Part
from spip_desktop.domain.pacep_edit import binned
from spip_desktop.domain.pacep_rules import SourceFinding, need_field, untied_needs
from spip_desktop.domain.pacep_states import Agreement, PlanState, agreement_of
from spip_desktop.domain.text import french_spaces
from spip_desktop.reference import load
from spip_desktop.services.pacep import PlanView, Version
from spip_desktop.ui.buttons import LinkButton
from spip_desktop.ui.editors import Choice
from spip_desktop.ui.fields import FieldSpec, Parse
from spip_desktop.ui.form import FormView
from spip_desktop.ui.labels import KeyValue, Paragraph, SectionTitle, SmallText, StateLabel
from spip_desktop.ui.layout import clear, column, row
from spip_desktop.ui.pacep.acts import PlanActs
from spip_desktop.ui.pacep.forms import PlanForms
from spip_desktop.ui.pacep.parts import PlanParts
from spip_desktop.ui.pacep.specs import LEVEL, LEVEL_REASON, NO_EVALUATION, WITH_THE_PERSON, conduct
from spip_desktop.ui.steps import StepRow
from spip_desktop.ui.text import Text
from spip_desktop.wording.pacep import LEVELS, STATES

_STEPS = (PlanState.DRAFT, PlanState.SUBMITTED, PlanState.AGREED, PlanState.STAMPED, PlanState.IN_FORCE)


class PlanBody(QWidget):
    """Shows one version: fields and forms while it is a draft, words once it is frozen."""

    def __init__(
        self,
        acts: PlanActs,
        forms: PlanForms,
        parts: PlanParts,
        parse_date: Parse,
        ask_reached: Callable[[UUID], object],
    ) -> None:
        super().__init__()
        self.writes = True
        self._acts, self._forms, self.parts, self._parse_date = acts, forms, parts, parse_date
        self._ask_reached = ask_reached
        self._lines = column(self, gap=24)
        self.steps = StepRow()
        self._above, self._below = column(gap=16), column(gap=24)
        self._lines.addWidget(self.steps)
        self._lines.addLayout(self._above)
        self._lines.addWidget(parts)
        self._lines.addLayout(self._below)

    def show_view(self, view: PlanView) -> None:
        """Build the page of this version anew."""
        version = view.version
        assert version is not None
        plan, editable = version.plan, self.writes and not version.plan.is_frozen
        clear(self._above)
        clear(self._below)
        self._show_steps(version.state, agreement_of(version.events))
        if editable:
            self._forms.show_plan(plan, view.lock)
            self._show_draft_top(view)
        else:
            self._forms.forget()
            self._show_questions(version)
            self._show_frozen_top(plan)
        self.parts.show_axes(
            plan.live_axes(),
            view,
            editable=editable,
            follows=self.writes,
            accepted=accepted_of(view),
        )
        if editable:
            self._show_draft_rest(view, plan)
        else:
            self._show_frozen_rest(view, plan)

    def _show_steps(self, state: PlanState, agreement: Agreement | None) -> None:
        words = [STATES[step] for step in _STEPS]
        if agreement is Agreement.TO_COLLECT:
            words[2] = "Accord à recueillir"
        current = len(_STEPS) - 1 if state is PlanState.REPLACED else _STEPS.index(state)
        if state is PlanState.REPLACED:
            words[-1] = STATES[state]
        self.steps.set_steps(words, current)

    # -- a draft -------------------------------------------------------------------------------------------------

    def _show_draft_top(self, view: PlanView) -> None:
        line = row(gap=16)
        level, reason = FormView([LEVEL]), FormView([LEVEL_REASON])
        for form, stretch in ((level, 0), (reason, 1)):
            self._forms.add(form)
            line.addWidget(form, stretch, Qt.AlignmentFlag.AlignTop)
        self._above.addLayout(line)
        for form in (level, reason):
            form.show()

    def _show_draft_rest(self, view: PlanView, plan: Pacep) -> None:
        if needs := self._open_needs(view, plan):
            self._show(self._needs(needs, plan))
        self._show(self._with_the_person(view))
        self._show(self._conduct(view, plan))
        if found := binned(plan):
            self._show(self._bin(found))

    def _show(self, part: QWidget) -> None:
        """Shown at once, not at the next turn of events: the focus may be given to a field inside."""
        self._below.addWidget(part)
        part.show()

    def _open_needs(self, view: PlanView, plan: Pacep) -> tuple[SourceFinding, ...]:
        """The needs without an axis, those about which something was written included."""
        untied = {need.lineage for need in untied_needs(plan, view.sources)}
        return tuple(
            need
            for need in view.sources.needs()
            if need.lineage in untied or plan.needs_without_axis.get(str(need.lineage), "")
        )

    def _needs(self, needs: tuple[SourceFinding, ...], plan: Pacep) -> QWidget:
        whole, lines = _section("Besoins de l’évaluation sans axe")
        axes = [
            (str(axis.id), f"Axe {number}. {axis.title or 'sans titre'}")
            for number, axis in enumerate(plan.live_axes(), 1)
        ]
        for need in needs:
            lines.addWidget(Text(french_spaces(f"« {need.wording} »"), "bold", wrap=True, max_chars=70))
            if axes:
                lines.addWidget(self._tie_choice(need, axes))
            form = FormView([FieldSpec(need_field(need.lineage, "why"), "Ou écrire pourquoi aucun axe n’y travaille")])
            self._forms.add(form)
            lines.addWidget(form)
        return whole

    def _tie_choice(self, need: SourceFinding, axes: list[tuple[str, str]]) -> Choice:
        choice = Choice(axes, empty="Rattacher à un axe")
        choice.setObjectName(need_field(need.lineage))
        choice.setAccessibleName(f"Rattacher à un axe le besoin {need.wording}")

        def tie() -> None:
            if choice.value():
                self._forms.flush()
                self._acts.tie(UUID(choice.value()), need.lineage)

        choice.chosen.connect(tie)
        return choice

    def _with_the_person(self, view: PlanView) -> QWidget:
        whole, lines = _section("Avec la personne")
        form = FormView(WITH_THE_PERSON)
        self._forms.add(form)
        lines.addWidget(form)
        version = view.version
        used = set(version.plan.what_matters) if version else set()
        offered = [words for words in view.sources.words if words not in used]
        if offered:
            lines.addWidget(SmallText("Ses mots, notés à l’évaluation"))
        for number, words in enumerate(offered, 1):
            lines.addLayout(self._offer(words, number))
        return whole

    def _offer(self, words: str, number: int) -> QHBoxLayout:
        """Words of the person, taken up by hand or left."""
        line = row(gap=8)
        line.addWidget(SmallText(french_spaces(f"« {words} »"), colour="texte"), 1)
        link = LinkButton("Reprendre", small=True, name=f"words.{number}")
        link.setAccessibleName(f"Reprendre {words}")

        def take() -> None:
            self._forms.flush()
            before = self._forms.value("what_matters")
            kept = tuple(one.strip() for one in str(before or "").splitlines() if one.strip())
            self._acts.save("what_matters", (*kept, words), kept)

        link.clicked.connect(lambda: take())
        line.addWidget(link, 0, Qt.AlignmentFlag.AlignTop)
        return line

    def _conduct(self, view: PlanView, plan: Pacep) -> QWidget:
        whole, lines = _section("Conduite du plan")
        reasons = tuple((one.code, one.label) for one in load("new_version_reasons").entries)
        specs = conduct(plan.number, reasons)
        if view.sources.frozen_on is None:
            specs = (*specs, NO_EVALUATION)
        form = FormView(specs, parse_date=self._parse_date)
        self._forms.add(form)
        lines.addWidget(form)
        return whole

    def _bin(self, found: tuple[Part, ...]) -> QWidget:
        whole, lines = _section("Corbeille de ce brouillon")
        for part in found:
            line = row(gap=8)
            day = dates.short(part.binned_on)
            line.addWidget(SmallText(f"{_called(part)}, mis à la corbeille le {day}", colour="texte"), 1)
            link = LinkButton("Reprendre", small=True, name=f"{part.id}.restore")
            link.setAccessibleName(f"Reprendre {_called(part)}")
            link.clicked.connect(lambda _=False, id_=part.id: self._acts.take_back(id_))
            line.addWidget(link)
            lines.addLayout(line)
        return whole

    # -- a frozen version ----------------------------------------------------------------------------------------

    def _show_questions(self, version: Version) -> None:
        """All the actions of an objective are done: is it reached? The question waits for its answer."""
        if not self.writes:
            return
        for objective in version.questions:
            words = french_spaces(f"Toutes les actions sont faites : « {objective.wording} » est-il atteint ?")
            line = row(gap=16)
            line.addWidget(StateLabel("question-circle", words, wrap=True), 1)
            link = LinkButton("Répondre", name=f"{objective.id}.reached")
            link.setAccessibleName(f"Répondre, {words}")
            link.clicked.connect(lambda _=False, one=objective.lineage: self._ask_reached(one))
            line.addWidget(link, 0, Qt.AlignmentFlag.AlignTop)
            self._above.addLayout(line)

    def _show_frozen_top(self, plan: Pacep) -> None:
        line = row(gap=32)
        level = KeyValue(
            "Niveau d’intervention choisi par le CPIP",
            LEVELS[plan.level] if plan.level else "",
            role="bold",
            discreet=True,
        )
        line.addWidget(level, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(_said("Motif", plan.level_reason), 1, Qt.AlignmentFlag.AlignTop)
        self._above.addLayout(line)

    def _show_frozen_rest(self, view: PlanView, plan: Pacep) -> None:
        whole, lines = _section("Avec la personne")
        lines.addWidget(_said("Ce qui compte pour la personne", "\n".join(f"« {one} »" for one in plan.what_matters)))
        lines.addWidget(_said("Points d’appui", plan.strengths))
        if plan.what_matters or plan.strengths:
            self._below.addWidget(whole)
        else:
            whole.deleteLater()
        whole, lines = _section("Conduite du plan")
        lines.addWidget(_said("Par quoi commencer, et pourquoi", plan.strategy))
        lines.addWidget(_said("Revue prévue dans ce plan", dates.short(plan.next_review)))
        lines.addWidget(_said("Pourquoi ce plan sans évaluation arrêtée", plan.no_evaluation_reason))
        for need in view.sources.needs():
            lines.addWidget(_said(f"Sans axe : « {need.wording} »", plan.needs_without_axis.get(str(need.lineage), "")))
        self._below.addWidget(whole)


def accepted_of(view: PlanView) -> frozenset[UUID] | None:
    """The objectives accepted when the answer is « en partie »; None when there is nothing to tell apart."""
    events = view.version.events if view.version else ()
    if agreement_of(events) is not Agreement.PARTIAL:
        return None
    latest = [event for event in events if event.detail.get("answer")][-1]
    return frozenset(UUID(one) for one in latest.detail["objectives"].split())


def _section(title: str) -> tuple[QWidget, QVBoxLayout]:
    whole = QWidget()
    lines = column(whole, gap=8)
    lines.addWidget(SectionTitle(title))
    return whole, lines


def _said(label: str, words: str) -> QWidget:
    """A label above what was written; hidden when nothing was."""
    whole = QWidget()
    lines = column(whole, gap=0)
    lines.addWidget(SmallText(french_spaces(label)))
    lines.addWidget(Paragraph(french_spaces(words)))
    if not words:
        whole.hide()
    return whole


def _called(part: Part) -> str:
    if isinstance(part, Axis):
        return french_spaces(f"Axe « {part.title or 'sans titre'} »")
    if isinstance(part, Objective):
        return french_spaces(f"Objectif « {part.wording or 'à écrire'} »")
    return french_spaces(f"Action « {part.label or 'à nommer'} »")
