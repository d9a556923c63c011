"""The page « PACEP »: a draft written by hand, then the dated facts of its versions."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout

from spip_desktop.domain import dates
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.officer import Right
from spip_desktop.domain.pacep import Pacep
from spip_desktop.domain.pacep_follow import followed_parts
from spip_desktop.domain.pacep_rules import Sources
from spip_desktop.domain.pacep_states import PlanState
from spip_desktop.domain.place import Place
from spip_desktop.services.pacep import PlanView
from spip_desktop.ui.buttons import LinkButton
from spip_desktop.ui.dossier import DossierPage
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.labels import EmptyState
from spip_desktop.ui.pacep.acts import PlanActs
from spip_desktop.ui.pacep.body import PlanBody
from spip_desktop.ui.pacep.facts import AGREEMENT, FORCE, REACHED, VISA, PlanFacts, line_name
from spip_desktop.ui.pacep.forms import PlanForms
from spip_desktop.ui.pacep.papers import PlanPapers
from spip_desktop.ui.pacep.parts import PlanParts
from spip_desktop.ui.pacep.side import PlanSide
from spip_desktop.ui.pacep.specs import IN_FORM, part_of_code
from spip_desktop.ui.readers import date_reader
from spip_desktop.wiring import Services
from spip_desktop.wording import sentence
from spip_desktop.wording.pacep import VERSION_STATES

KIND = "person.pacep"
_VERSION = "version."
#: The plan on the screen turned towards the person.
_SHOWN = "person.plan_shared"
#: What comes next, by the state of the version shown.
_NEXT = {
    PlanState.DRAFT: "Soumettre à la personne",
    PlanState.SUBMITTED: "Noter l’accord",
    PlanState.AGREED: "Noter le visa",
    PlanState.STAMPED: "Mettre en vigueur",
    PlanState.IN_FORCE: "Nouvelle version",
    PlanState.REPLACED: "Nouvelle version",
}
_UNDER_WAY = (PlanState.SUBMITTED, PlanState.AGREED, PlanState.STAMPED)


class PacepPage(DossierPage):
    """One version at a time: the one asked for, else the draft, else the last."""

    def __init__(self, services: Services, guard: Guard) -> None:
        super().__init__(services, guard, "PACEP", KIND)
        self.view: PlanView | None = None
        self._asked: UUID | None = None
        self._parse = date_reader(services.clock.today, sentence)
        draft = services.pacep.draft
        self.forms = PlanForms(draft.save_fields, draft.take_fields_back, services.desk, guard.report, self)
        self.acts = PlanActs(services.pacep, self.act, self)
        self.parts = PlanParts(
            self.acts,
            self.forms,
            self._parse,
            go=self.went.emit,
            start_sheet=self._start_sheet,
            note=lambda code, lineage: self._ask(line_name(code.value, lineage)),
        )
        self.facts = PlanFacts(services, self._parse, guard.report)
        self.plan = PlanBody(self.acts, self.forms, self.parts, self._parse, self._ask_reached)
        self._build()
        self._connect()
        self.plan.writes = self.side.writes = services.context.actor.may(Right.WRITE_PACEP)
        self.side.prints = services.context.actor.may(Right.PRINT)

    def _build(self) -> None:
        to_evaluation = LinkButton("Ouvrir l’évaluation", name="pacep.evaluation")
        to_evaluation.clicked.connect(lambda: self.go("person.evaluation", self.person))
        self.empty = EmptyState(
            "Aucun plan pour cette personne.",
            "Le plan part d’habitude de l’évaluation ; rien n’empêche de le commencer avant elle.",
            to_evaluation,
        )
        self.bin_link = LinkButton("Mettre ce brouillon à la corbeille", "trash", name="pacep.bin")
        self.bin_link.clicked.connect(self._bin)
        for part in (self.facts, self.empty, self.plan, self.bin_link):
            self.inside.addWidget(part)
        self.print_button = self.add_action("Imprimer le projet", "printer", self.print_document, name="pacep.print")
        self.copy_button = self.add_action(
            "Copie pour la personne", "printer", lambda: self.papers.ask_copy(self._plan().id), name="pacep.copy"
        )
        self.show_button = self.add_action("Montrer à la personne", "people", self._show_person, name="pacep.share")
        self.visa_button = self.add_action(
            "Envoyer pour visa",
            "upload",
            lambda: self.go("transfers.prepare", self.person, "for_visa"),
            name="pacep.visa",
        )
        self.again_button = self.add_action("Nouvelle version", "plus", self._new_version, name="pacep.again")
        self.next_button = self.set_primary("Commencer le PACEP", do=self._next, name="pacep.next")
        self.side = PlanSide(
            self._go_there,
            self._attach,
            lambda code: self._ask(code.value, correcting=True),
            lambda code: self._ask(code.value),
            self.services.clock.today,
            lambda: self.papers.print_changes(self._plan().id),
        )
        self.set_side(self.side)
        self.papers = PlanPapers(self.services, self.guard, self.facts.open, self.tell)
        self.printing = self.papers.printing
        outer = self.layout()
        assert isinstance(outer, QVBoxLayout)
        outer.insertWidget(outer.count() - 1, self.printing)

    def _connect(self) -> None:
        self.forms.saved.connect(self.note_saved)
        self.forms.failed.connect(self.save_failed)
        self.forms.done.connect(self.history.push)
        self.forms.changed.connect(self._refresh_side)
        self.forms.autosave.refused.connect(lambda _: self.reload())
        self.facts.recorded.connect(self._on_recorded)
        self.facts.left.connect(self.next_button.setFocus)
        self.facts.saved.connect(self.note_saved)
        self.facts.failed.connect(self.save_failed)
        self.printing.printed.connect(self.notice.show_sentence)
        self.printing.failed.connect(self.band.show_sentence)
        self.printing.left.connect(self.print_button.setFocus)
        self.acts.opened.connect(self._toggle)
        self.acts.focus_asked.connect(self.show_field)

    # -- shown ---------------------------------------------------------------------------------------------------

    def open(self, place: Place) -> None:
        """Open a dossier; a field « version.… » asks for one version."""
        if place.id != self.person or place.field.startswith(_VERSION):
            self.parts.opened.clear()
        asked = place.field.removeprefix(_VERSION) if place.field.startswith(_VERSION) else ""
        self._asked = UUID(asked) if asked else None
        self.facts.close_panel()
        super().open(place)
        version = self.view.version if self.view and not self.content.isHidden() else None
        if version:
            self.facts.come_back_to(version.plan)

    def show_values(self, person_id: UUID) -> None:
        """Read everything again and build the page anew."""
        self.view = view = self.services.pacep.view(person_id, self._asked)
        version = view.version
        self.acts.plan_id = version.plan.id if version else None
        may = self.services.context.actor.may(Right.TRANSFER)
        self.side.asked = self.services.transfers.visas.asked(person_id) if may and version else None
        self.empty.setVisible(version is None)
        self.plan.setVisible(version is not None)
        self._show_head(view)
        if version:
            self.plan.show_view(view)
        else:
            self.forms.forget()
        self.side.show_view(view)

    def _show_head(self, view: PlanView) -> None:
        version = view.version
        state = version.state if version else None
        may = self.services.context.actor.may
        writes, prints = may(Right.WRITE_PACEP), may(Right.PRINT)
        draft_open = any(one.state is PlanState.DRAFT for one in view.versions)
        self.next_button.setText(_NEXT[state] if state else "Commencer le PACEP")
        self.next_button.setVisible(
            writes and (state not in (PlanState.IN_FORCE, PlanState.REPLACED) or not draft_open)
        )
        self.visa_button.setVisible(self._sends_for_visa(state))
        self.again_button.setVisible(writes and state in _UNDER_WAY and not draft_open)
        self.print_button.setVisible(prints and state is not None)
        self.print_button.setText("Imprimer le projet" if state is PlanState.DRAFT else "Imprimer « À signer »")
        self.copy_button.setVisible(prints and state is not None and state is not PlanState.DRAFT)
        self.show_button.setVisible(writes and state not in (None, PlanState.DRAFT, PlanState.REPLACED))
        self.bin_link.setVisible(writes and state is PlanState.DRAFT)
        self.set_title(*_title(view))

    def _sends_for_visa(self, state: PlanState | None) -> bool:
        """Where the DPIP is at another station, the plan goes there by package."""
        actor = self.services.context.actor
        return state is PlanState.AGREED and actor.may(Right.TRANSFER) and not actor.may(Right.VISA)

    def _send_for_visa(self) -> None:
        self.go("transfers.prepare", self.person, "for_visa")

    def _refresh_side(self) -> None:
        """After an autosave: what blocks is read again, nothing being typed is touched."""
        if self.person is not None and self.view is not None and self.view.version is not None:
            self.view = self.services.pacep.view(self.person, self.view.version.plan.id)
            self.side.show_missing(self.view)

    def show_field(self, code: str) -> bool:
        """Bring a field in sight: in the version that holds it, its part open, no column over the page."""
        if code and self.body.isHidden():
            self.fold_side(True)
        part_id = part_of_code(code) or _as_id(code)
        self._turn_to(part_id)
        view = self.view
        draft = view is not None and view.version is not None and not view.version.plan.is_frozen
        if draft and part_id and code.rpartition(".")[2] in IN_FORM and part_id not in self.parts.opened:
            self.parts.opened.add(part_id)
            self.reload()
        return super().show_field(code)

    def _turn_to(self, part_id: UUID | None) -> None:
        """Show the version that holds a part, when it is not the one shown."""
        view = self.view
        if part_id is None or view is None or view.version is None or part_id in _parts(view.version.plan):
            return
        holding = next((one for one in view.versions if part_id in _parts(one.plan)), None)
        if holding is not None:
            self._asked = holding.plan.id
            self.reload()

    def _toggle(self, part_id: UUID) -> None:
        self.forms.flush()
        self.parts.opened ^= {part_id}
        self.reload()
        opened = part_id in self.parts.opened
        self.show_field(self._first_field(part_id) if opened else str(part_id))

    def _first_field(self, part_id: UUID) -> str:
        plan = self._plan()
        if plan.is_frozen:
            gone = any(part.id == part_id and part.binned_on for part in followed_parts(plan))
            return f"{part_id}.take_back" if gone else f"{part_id}.progress"
        part = next(name for name in ("title", "wording", "label") if self.forms.holds(f"{part_id}.{name}"))
        return f"{part_id}.{part}"

    def flush(self) -> bool:
        typed = self.facts.flush()
        return self.forms.flush() and typed

    def leave(self) -> None:
        self.printing.stop()

    def reload(self) -> None:
        """What waits is saved first: the forms are made anew."""
        self.forms.flush()
        super().reload()

    # -- acts ----------------------------------------------------------------------------------------------------

    def _next(self) -> None:
        """What the primary button does."""
        state = self.view.version.state if self.view and self.view.version else None
        acts: dict[PlanState | None, Callable[[], object]] = {
            None: self._start,
            PlanState.DRAFT: self._submit,
            PlanState.SUBMITTED: partial(self._ask, AGREEMENT),
            PlanState.AGREED: partial(self._ask, VISA),
            PlanState.STAMPED: partial(self._ask, FORCE),
        }
        acts.get(state, self._new_version)()

    def _start(self) -> None:
        person = self.person
        assert person is not None
        if self.act(lambda: self.services.pacep.draft.start(person)):
            self.show_field("level")

    def _show_person(self) -> None:
        """The screen turned towards the person; words that deserve another reading are told first."""
        if not self.flush():
            return
        found = self.guard.run(lambda: self.services.pacep.papers.words_to_read(self._plan().id), refused=self.tell)
        if not found:
            self.go(_SHOWN, self.person)
            return
        words = ", ".join(f"«\u00a0{one}\u00a0»" for one in dict.fromkeys(one.word for one in found))
        told = f"À relire avant de montrer l’écran à la personne\u00a0: {words}."
        self.band.show_sentence(told, "J’ai relu, montrer", lambda: self.go(_SHOWN, self.person, "relu"))

    def _new_version(self) -> None:
        plan_id = self._plan().id
        self._asked = None
        if self.act(lambda: self.services.pacep.draft.new_version(plan_id), "Nouvelle version commencée"):
            self.show_field("level")

    def _bin(self) -> None:
        draft, plan_id = self.services.pacep.draft, self._plan().id
        self._asked = None
        self.forms.flush()
        self.act(lambda: draft.bin(plan_id), "Brouillon mis à la corbeille", lambda: draft.restore(plan_id))

    def _submit(self) -> None:
        """Freeze the draft; what is missing is counted, and the first of it gets the focus."""
        if not self.forms.flush():
            return
        plan_id = self._plan().id
        refusals: list[Refusal] = []
        self.guard.run(lambda: self.services.pacep.course.submit(plan_id), refused=refusals.append)
        if refusals:
            self._tell_missing(refusals[0])
            return
        self.history.clear()  # what was put to the person is no longer undone
        self.band.clear()
        self.saved.emit(self.services.clock.now())
        self.notice.show_sentence("Plan soumis à la personne : imprimez « À signer » et sa copie")
        self.reload()

    def _tell_missing(self, refusal: Refusal) -> None:
        if refusal.code == "no_active_basis":  # put right on another page
            self.tell(refusal)
            return
        count = len(refusal.problems)
        points = "Un point reste" if count == 1 else f"{count} points restent"
        self.band.show_sentence(f"{points} à compléter avant de soumettre. Le premier : {sentence(refusal)}.")
        self.reload()
        self.show_field(refusal.problems[0].field)

    def _attach(self, newer: Sources) -> None:
        self.forms.flush()
        self.acts.attach(newer.evaluation_id, self._plan().evaluation_id)

    def _start_sheet(self, action_lineage: UUID) -> None:
        """Open the sheet of an external action, or choose to whom it goes: that makes the sheet."""
        person, plan_id = self.person, self._plan().id
        assert person is not None
        self.forms.flush()
        sheets = self.services.prescriptions
        known = sheets.reading.of_action(action_lineage)
        if known:
            self.go("prescription", known[-1])
            return
        self.go("person.prescription_new", person, f"action:{plan_id}:{action_lineage}")

    # -- facts ---------------------------------------------------------------------------------------------------

    def _ask_reached(self, lineage: UUID) -> None:
        self._ask(line_name(REACHED, lineage))

    def _ask(self, name: str, *, correcting: bool = False) -> None:
        self.facts.ask_about(name, self._plan(), correcting=correcting)
        self.body.verticalScrollBar().setValue(0)

    def _on_recorded(self) -> None:
        self.band.clear()
        self.notice.hide()
        self.saved.emit(self.services.clock.now())
        before = self._questions()
        self.reload()
        new = [lineage for lineage in self._questions() if lineage not in before]
        if new:  # the last action was just done: one is asked at once, and may answer « non » or leave it
            self._ask_reached(new[0])
            return
        self.next_button.setFocus()

    def _questions(self) -> list[UUID]:
        version = self.view.version if self.view else None
        return [one.lineage for one in version.questions] if version else []

    # -- papers --------------------------------------------------------------------------------------------------

    def print_document(self) -> None:
        """« Projet » of a draft, « À signer » as issued of a frozen version."""
        if self.view is not None and self.view.version is not None:
            self.forms.flush()
            self.papers.ask_plan(self._plan())

    # -- inside --------------------------------------------------------------------------------------------------

    def _go_there(self, place: Place) -> None:
        """A field of this page is shown at once; anything else is asked of the window."""
        if place.kind == KIND and not place.field.startswith(_VERSION):
            self.show_field(place.field)
            return
        self.went.emit(place)

    def _plan(self) -> Pacep:
        assert self.view is not None
        assert self.view.version is not None
        return self.view.version.plan


def _as_id(code: str) -> UUID | None:
    """The part itself, as links name it; None for the name of a field."""
    try:
        return UUID(code)
    except ValueError:
        return None


def _parts(plan: Pacep) -> frozenset[UUID]:
    """Every axis, objective and action of a version, what left it included."""
    return frozenset({axis.id for axis in plan.axes} | {part.id for part in followed_parts(plan)})


def _title(view: PlanView) -> tuple[str, str]:
    """« PACEP, version 2 », « brouillon du 20/11/2026 »."""
    version = view.version
    if version is None:
        return "PACEP", ""
    words = VERSION_STATES[version.state].format(day=dates.short(version.since))
    return f"PACEP, version {version.plan.number}", words
