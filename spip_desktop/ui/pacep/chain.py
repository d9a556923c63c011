"""The page « De l’entretien au retour »: what the plan lacks, and every link of the chain, clickable both ways."""

from collections.abc import Callable, Iterator
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from spip_desktop.domain import dates
from spip_desktop.domain.evaluation import FindingKind
from spip_desktop.domain.officer import Right
from spip_desktop.domain.pacep import Axis, Objective, live
from spip_desktop.domain.pacep_coverage import Gap, unexplained
from spip_desktop.domain.pacep_rules import SourceFinding
from spip_desktop.domain.place import Place
from spip_desktop.domain.prescription_states import PrescriptionLine, SheetState
from spip_desktop.domain.text import french_spaces
from spip_desktop.services.pacep import ChainView
from spip_desktop.ui.buttons import LinkButton
from spip_desktop.ui.dossier import DossierPage
from spip_desktop.ui.fields import FieldSpec
from spip_desktop.ui.form import FormView
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.labels import EmptyState, Section, SmallText, StateLabel
from spip_desktop.ui.layout import column, row
from spip_desktop.ui.pacep.forms import PlanForms
from spip_desktop.ui.text import Text
from spip_desktop.wiring import Services
from spip_desktop.wording.pacep import ACTION_STATES, FINDINGS, LACKS, OBJECTIVE_STATES, VERSION_STATES
from spip_desktop.wording.prescription import STATES as SHEET_STATES

KIND = "person.pacep_chain"
_PLAN, _EVALUATION = "person.pacep", "person.evaluation"
_RETURNED = (SheetState.REPORTED, SheetState.CLOSED)
#: How far each link stands from the left, in pixels at 100 %.
_STEP = 24


class ChainPage(DossierPage):
    """Everything leads to its own page: the evaluation, the plan, the sheet."""

    def __init__(self, services: Services, guard: Guard) -> None:
        super().__init__(services, guard, "De l’entretien au retour", KIND)
        draft = services.pacep.draft
        self.forms = PlanForms(draft.save_fields, draft.take_fields_back, services.desk, guard.report, self)
        self.forms.saved.connect(self.note_saved)
        self.forms.failed.connect(self.save_failed)
        self.forms.done.connect(self.history.push)
        self.forms.changed.connect(self._count)
        to_plan = LinkButton("Ouvrir le PACEP", name="chain.plan")
        to_plan.clicked.connect(lambda: self.go(_PLAN, self.person))
        self.empty = EmptyState(
            "Aucun plan pour cette personne.", "La chaîne commence avec un premier axe du PACEP.", to_plan
        )
        self.lacking = Section("Ce qui manque", name="chain.lacking", gap=12)
        self.links = Section("Chaque maillon", name="chain.links", gap=16)
        for part in (self.empty, self.lacking, self.links):
            self.inside.addWidget(part)
        self.set_primary("Ouvrir le PACEP", do=lambda: self.go(_PLAN, self.person), name="chain.open")

    def open(self, place: Place) -> None:
        """The first thing that lacks has the focus, else the first link of the chain."""
        super().open(place)
        offered = (*self.lacking.findChildren(LinkButton), *self.links.findChildren(LinkButton))
        first = next((one for one in offered if one.isVisibleTo(self.content)), None)
        if first is not None and not self.content.isHidden() and not place.field:
            first.setFocus()

    def show_values(self, person_id: UUID) -> None:
        """Read the plan again and show what it lacks, then each of its links."""
        view = self.services.pacep.reading.chain(person_id)
        version = view.plan.version
        self.empty.setVisible(version is None)
        for part in (self.lacking, self.links):
            part.setVisible(version is not None)
            part.empty()
        if version is None:
            self.forms.forget()
            self.set_title("De l’entretien au retour")
            return
        said = VERSION_STATES[version.state].format(day=dates.short(version.since))
        self.set_title("De l’entretien au retour", f"PACEP, version {version.plan.number}, {said}")
        writes = self.services.context.actor.may(Right.WRITE_PACEP) and not version.plan.is_frozen
        if writes:
            self.forms.show_plan(version.plan, view.plan.lock)
        else:
            self.forms.forget()
        self._show_gaps(view.gaps, writes=writes)
        for block in _Links(view, self.went.emit).parts():
            self.links.add(block)

    def flush(self) -> bool:
        return self.forms.flush()

    def reload(self) -> None:
        self.forms.flush()
        super().reload()

    def _show_gaps(self, gaps: tuple[Gap, ...], *, writes: bool) -> None:
        """Those that nothing explains first; a written reason takes a line off, and stays to be read below."""
        self.summary = StateLabel("check", "", wrap=True)
        self.lacking.add(self.summary)
        self._say_count(len(unexplained(gaps)))
        open_ = unexplained(gaps)
        for gap in (*open_, *(gap for gap in gaps if gap not in open_)):
            self.lacking.add(self._gap(gap, writes=writes))

    def _gap(self, gap: Gap, *, writes: bool) -> QWidget:
        whole = QWidget()
        lines = column(whole, gap=4)
        words = french_spaces(LACKS[gap.lack].format(words=gap.words or "à écrire"))
        icon = "info-circle" if gap.why.strip() else "dashed-circle"
        lines.addWidget(StateLabel(icon, words, wrap=True))
        inside = column(gap=4, margins=(24, 0, 0, 0))
        if writes:
            link = LinkButton("Aller au champ", small=True, name=f"to.{gap.field}")
            link.setAccessibleName(f"Aller au champ, {words}")
            link.clicked.connect(lambda: self.go(_PLAN, self.person, gap.field))
            inside.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
            form = FormView([FieldSpec(gap.why_field, "Ou écrire pourquoi il en est ainsi")])
            self.forms.add(form)
            inside.addWidget(form)
        elif gap.why.strip():
            inside.addWidget(SmallText(french_spaces(gap.why), colour="texte"))
        lines.addLayout(inside)
        return whole

    def _count(self) -> None:
        """After a reason was saved: what is being typed stays where it is."""
        if self.person is not None:
            self._say_count(len(unexplained(self.services.pacep.reading.chain(self.person).gaps)))

    def _say_count(self, count: int) -> None:
        points = "Un point reste ouvert." if count == 1 else f"{count} points restent ouverts."
        self.summary.set_state("check" if count == 0 else "dashed-circle", points if count else "Rien ne manque.")


class _Links:
    """The links of the chain, from the words of the interview down to the return of the partner."""

    def __init__(self, view: ChainView, go: Callable[[Place], object]) -> None:
        self._view, self._go = view, go
        self._person = view.plan.person_id

    def parts(self) -> Iterator[QWidget]:
        """One block for each axis, then the needs on which none works."""
        version = self._view.plan.version
        assert version is not None
        sources = self._view.plan.sources
        tied = set()
        for number, axis in enumerate(version.plan.live_axes(), 1):
            found = [one for lineage in axis.finding_lineages if (one := sources.finding(lineage))]
            tied |= {one.lineage for one in found}
            yield self._axis(axis, number, found)
        for need in sources.needs():
            if need.lineage not in tied:
                whole = QWidget()
                self._finding(column(whole, gap=4), need)
                yield whole

    def _axis(self, axis: Axis, number: int, found: list[SourceFinding]) -> QWidget:
        whole = QWidget()
        lines = column(whole, gap=4)
        for finding in found:
            self._finding(lines, finding)
        self._line(lines, 1, f"Axe {number}", axis.title or "sans titre", _PLAN, self._person, str(axis.id))
        for place, objective in enumerate(live(axis.objectives), 1):
            self._objective(lines, objective, f"{number}.{place}")
        return whole

    def _finding(self, lines: QVBoxLayout, finding: SourceFinding) -> None:
        """The words heard, then what was made of them."""
        if finding.evidence and finding.evidence != finding.wording:
            words, said = f"« {finding.evidence} »", f"{finding.step}/words.{finding.lineage}"
            self._line(lines, 0, "Entretien", words, _EVALUATION, self._person, said, str(finding.lineage))
        kind = "Besoin" if finding.kind is FindingKind.NEED else FINDINGS[finding.kind]
        self._line(lines, 0, kind, finding.wording, _EVALUATION, self._person, finding.step, str(finding.lineage))

    def _objective(self, lines: QVBoxLayout, objective: Objective, number: str) -> None:
        state = "plus tard" if objective.later else OBJECTIVE_STATES[objective.state].lower()
        words = f"« {objective.wording} », {state}" if objective.wording else "à écrire"
        self._line(lines, 2, f"Objectif {number}", words, _PLAN, self._person, str(objective.id))
        for action in live(objective.actions):
            said = (
                action.label or "à nommer",
                action.who,
                dates.short(action.due),
                ACTION_STATES[action.state].lower(),
            )
            words = ", ".join(part for part in said if part)
            self._line(lines, 3, "Action", words, _PLAN, self._person, str(action.id))
            for sheet in self._view.sheets.get(action.lineage, ()):
                self._sheet(lines, sheet)

    def _sheet(self, lines: QVBoxLayout, sheet: PrescriptionLine) -> None:
        words = f"{sheet.partner or 'partenaire à choisir'}, {SHEET_STATES[sheet.state].lower()}"
        self._line(lines, 4, "Fiche", words, "prescription", sheet.id, "")
        if sheet.state in _RETURNED:
            words = f"{SHEET_STATES[sheet.state]} le {dates.short(sheet.since)}"
            self._line(lines, 5, "Retour", words, "prescription", sheet.id, "return")

    def _line(
        self, lines: QVBoxLayout, depth: int, what: str, words: str, kind: str, id_: UUID, field: str, name: str = ""
    ) -> None:
        """One link: what it is leads to its page, its words stand beside."""
        line = row(gap=8, margins=(depth * _STEP, 0, 0, 0))
        said = french_spaces(" ".join(words.split()))
        link = LinkButton(what, name=f"{name or field or id_}.{what}")
        link.setAccessibleName(f"{what}, {said}")
        place = Place(kind, id_, field)
        link.clicked.connect(lambda: self._go(place))
        line.addWidget(link, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(Text(said, wrap=True, max_chars=90), 1)
        lines.addLayout(line)
