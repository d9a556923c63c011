"""The evaluation of a person: started, written step by step, left and taken up again, arrêtée, read.

The page says which version and which step it is about, and what stands in its middle; its parts do the rest: the
columns around (frame), the step (step_desk), the life of a draft (drafting), the versions, the papers, keying in, and
what is beside the steps (asides).
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from uuid import UUID

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from spip_desktop.domain.place import Place, Seat, in_version, version_of
from spip_desktop.services.evaluation_reading import EvaluationView
from spip_desktop.ui.contribution_list import contributions_of
from spip_desktop.ui.dossier import DossierPage
from spip_desktop.ui.evaluation.asides import CONFIDENCES, WITH_PERSON, Aside, ConfidencesAside, WithPersonAside
from spip_desktop.ui.evaluation.course import VersionFacts
from spip_desktop.ui.evaluation.drafting import Drafting
from spip_desktop.ui.evaluation.frame import Columns
from spip_desktop.ui.evaluation.head_acts import HeadActs
from spip_desktop.ui.evaluation.keying import KEYING, OWN_KEYING, Keying
from spip_desktop.ui.evaluation.papers import Papers
from spip_desktop.ui.evaluation.plan_axes import show_axes
from spip_desktop.ui.evaluation.step_desk import StepDesk
from spip_desktop.ui.evaluation.step_view import StepView
from spip_desktop.ui.evaluation.versions import Versions
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.layout import clear, column
from spip_desktop.ui.readers import date_reader
from spip_desktop.wiring import Services
from spip_desktop.wording import sentence

KIND = "person.evaluation"
_CHANGED = "La situation pénale a changé depuis le début de ce brouillon : le questionnaire n’est plus le bon."


class EvaluationPage(DossierPage):
    """`place.field`: nothing (go on where one left), a step, « step/question », a paper to key in or an aside; a step
    of another version begins with its number (domain/place.py)."""

    def __init__(self, services: Services, guard: Guard) -> None:
        super().__init__(services, guard, "Évaluation", "evaluation")
        self._view: EvaluationView | None = None
        self._version: UUID | None = None
        self._step = ""
        self._aside: Aside | None = None
        self._beside = ""  # the name of the aside shown
        self._asides: dict[str, Callable[[], Aside]] = {
            WITH_PERSON: partial(WithPersonAside, self),
            CONFIDENCES: partial(ConfidencesAside, self),
        }
        self.read_date = date_reader(services.clock.today, sentence)
        self.facts = VersionFacts(services, self.read_date, guard.report)
        self.head_acts = HeadActs(self)
        self.follow, self.previous, self.primary = self.head_acts.buttons()
        self.columns, self.desk, self.versions = Columns(self), StepDesk(self), Versions(self)
        self.drafting, self.papers, self.keying = Drafting(self), Papers(self), Keying(self)
        self._content = column(gap=12)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        columns, outer = self.columns, self.layout()
        self.steps, self.choice, self.guide = columns.steps, columns.choice, columns.guide
        self._middle.insertWidget(0, columns.steps)
        self._middle.insertWidget(1, columns.rule)
        self.set_side(columns.guide)
        for part in (self.facts, self.keying, columns.choice):
            self.inside.addWidget(part)
        self.inside.addLayout(self._content)
        self.inside.addWidget(columns.choice.links)
        assert isinstance(outer, QVBoxLayout)
        self.printing = self.papers.line
        outer.insertWidget(outer.count() - 1, self.printing)

    def _connect(self) -> None:
        self.facts.recorded.connect(self.head_acts.on_recorded)
        self.facts.left.connect(self.follow.setFocus)
        self.facts.saved.connect(self.note_saved)
        self.facts.failed.connect(self.save_failed)
        for part in (self.steps, self.choice):
            part.chosen.connect(self.show_step)
            part.links.blocking_asked.connect(self.drafting.show_blocking)
            part.links.versions_asked.connect(self.versions.show)
            part.links.trame_asked.connect(self.papers.print_trame)
            part.links.with_person_asked.connect(partial(self.show_aside, WITH_PERSON))
            part.links.confidences_asked.connect(partial(self.show_aside, CONFIDENCES))

    # -- for its parts -----------------------------------------------------------------------------------------

    def version(self) -> EvaluationView | None:
        """The version that the page is about."""
        return self._view

    def step_shown(self) -> StepView | None:
        """The step in the middle, None while something else stands there."""
        return self.desk.shown

    def put(self, part: QWidget) -> None:
        """Put a part in the middle, in place of what stood there."""
        self._forget()
        self._content.addWidget(part)
        part.show()  # at once: what is hidden cannot take the focus
        self._content.addStretch(1)

    def turn_to(self, id_: UUID | None) -> None:
        """Be about another version, None for the present one; `reload` shows it."""
        self._version = id_
        self._forget()

    def begin_version(self, id_: UUID) -> None:
        """Be about a version just started, from its first question."""
        self._version, self._step = id_, ""
        self.show_again()

    def stand_alone(self, detail: str, verb: str, act: Callable[[], object], *, back: bool) -> None:
        """What stands in the middle is neither a step nor beside one: its title, its one action, the way back."""
        self.columns.wanted = False
        self.follow.hide()
        self.facts.close_panel()
        self.previous.setVisible(back)
        self.head_acts.lead(verb, act)
        self.set_title("Évaluation", detail)
        self.columns.fold()

    def show_again(self) -> None:
        """The version from its first incomplete question."""
        self._forget()
        self.reload()
        self._resume()

    def show_around(self) -> None:
        """The steps, the actions, what the situation says, around what stands in the middle."""
        view = self._view
        if view is None:
            self.head_acts.lead("Commencer une évaluation", lambda: self.drafting.ask_what(first=True))
            self.columns.fold()
            return
        self.columns.show(view, self._step)
        if self.desk.shown:
            show_axes(self.services, view, self.desk.shown.row_of, self.went.emit)
        self.head_acts.show(view, self._step)
        self.columns.fold()
        if view.presumption_changed:
            self.band.show_sentence(_CHANGED, "Adapter le questionnaire", self.drafting.adapt)

    def refresh(self) -> None:
        """After a save: states, findings, what blocks; never the words being typed."""
        if self._version is not None:
            self._refresh(self.services.evaluations.reading.view(self._version))

    def order(self) -> list[str]:
        """The steps to walk: those of the paper while it is keyed in, all of them otherwise."""
        if self.keying.paper:
            return list(self.keying.paper.steps)
        return [step.code for step in self._view.session.steps()] if self._view else []

    def walk(self, steps: int) -> None:
        """To the next step or the one before, in the order of the paper while one is keyed in."""
        order, shown = self.order(), self.desk.shown
        if shown is None or shown.step.code not in order:
            return
        at = order.index(shown.step.code) + steps
        if 0 <= at < len(order):
            self.show_step(order[at])

    def do(self, act: Callable[[], object]) -> None:
        """An act on what is shown, once what was typed is saved."""
        if self.flush():
            self.act(act)

    # -- where one is ------------------------------------------------------------------------------------------

    def open(self, place: Place) -> None:
        version, place = version_of(place)
        asked = place.field.partition("/")[0]
        beside = asked in (KEYING, OWN_KEYING, *self._asides)
        step, self.keying.paper = "" if beside else asked, None
        if place.id != self.person:
            self._view = None
        if place.id != self.person or not step or version:
            self._version, self._step = version, ""
        self._step = step or self._step
        self._forget()
        self.facts.close_panel()
        super().open(replace(place, field="") if beside else place)
        if asked in self._asides:
            self.show_aside(asked)
            return
        if beside:
            self.keying.begin(own=asked == OWN_KEYING)
            return
        if self._view is not None and self.desk.shown is not None and self.facts.may(self._view.version):
            self.facts.come_back_to(self._view.evaluation.id)
        if not place.field and self.desk.shown:
            self._resume()

    def _resume(self) -> None:
        """Go to the first incomplete question."""
        assert self._view is not None
        position = None if self._view.evaluation.is_frozen else self._view.session.first_incomplete()
        if position is not None:
            self.show_field(f"{position.step}/{position.question}")

    def show_values(self, person_id: UUID) -> None:
        if self._version is None:
            self._version = self.services.evaluations.reading.current(person_id)
        if self._aside is not None:
            self._aside.reload()
            return
        if self._version is None:
            self.drafting.ask_what(first=True)
            return
        view, shown = self.services.evaluations.reading.view(self._version), self.desk.shown
        known = [step.code for step in view.session.steps()]
        if self._step not in known:
            position = view.session.first_incomplete()
            self._step = position.step if position and not view.evaluation.is_frozen else known[0]
        if shown and shown.step.code == self._step and shown.view.evaluation.id == self._version:
            self._refresh(view)
        elif self.drafting.start is None:
            self._show_view(view)

    def show_step(self, code: str) -> None:
        """Go to a step, once what was typed is saved."""
        if not self.flush() or self._version is None:
            return
        self._step = code
        self._show_view(self.services.evaluations.reading.view(self._version))
        self.body.verticalScrollBar().setValue(0)
        if self.desk.shown:
            self.desk.shown.first().setFocus()

    def show_field(self, code: str) -> bool:
        """« step/question »: go there and give it the focus."""
        if self._aside is not None:
            return super().show_field(code)
        step, _, question = code.partition("/")
        if not step or self._version is None or self._view is None:
            return super().show_field(code) if code else False
        shown = self.desk.shown
        if step in {one.code for one in self._view.session.steps()} and (shown is None or shown.step.code != step):
            self.show_step(step)
        widget = self.desk.shown.focus_on(question) if self.desk.shown else None
        if widget is None:
            return False
        widget.setFocus()
        self.body.ensureWidgetVisible(widget)
        return True

    def seat(self, place: Place) -> Seat:
        shown = self.desk.shown
        if self._aside is not None:  # never a step: what is typed next belongs where one was
            seat = super().seat(place)
            return replace(seat, place=replace(seat.place, field=f"{self._beside}/{seat.place.field}"))
        if shown is None:
            return super().seat(place)
        focused, note = self.window().focusWidget(), shown.note.editor
        code = "" if focused is None else focused.objectName().removesuffix(".editor")
        cursor = note.place() if focused is note else 0
        field = f"{self._step}/{code}" if code and shown.focus_on(code) else self._step
        at = Place(place.kind, place.id, field)
        if shown.view.evaluation.is_frozen:  # it may not be the one that opens by itself
            at = in_version(at, shown.view.evaluation.id)
        return Seat(at, cursor, self.body.verticalScrollBar().value())

    def take_seat(self, seat: Seat) -> None:
        version, place = version_of(seat.place)
        if version:
            self.versions.open(version)
        seat = replace(seat, place=place)
        beside, _, code = seat.place.field.partition("/")
        if beside in self._asides:
            self.show_aside(beside)
            super().take_seat(replace(seat, place=replace(seat.place, field=code)))
            return
        if self.show_field(seat.place.field) and self.desk.shown:
            note = self.desk.shown.note.editor
            if self.window().focusWidget() is note:
                note.set_place(seat.cursor)
        self.body.verticalScrollBar().setValue(seat.scroll)

    def flush(self) -> bool:
        typed = self.facts.flush() and (self._aside is None or self._aside.flush())
        return self.desk.autosave.flush() and typed

    def leave(self) -> None:
        self.papers.line.stop()

    def print_document(self) -> None:
        self.papers.print_shown()

    # -- what stands in the middle -----------------------------------------------------------------------------

    def _forget(self) -> None:
        self.desk.forget()
        self.drafting.start, self._aside, self.papers.shown = None, None, None
        self.columns.wanted = True
        clear(self._content)

    def _show_view(self, view: EvaluationView) -> None:
        """One step of a version, its steps at the left and « Repères » at the right."""
        shown = self.desk.show(view, self._step)
        self._view = view
        said = contributions_of(self.services, view.evaluation.person_id, self.guide)
        self.guide.show_step(view.session, shown.step, said)
        self.keying.show_around(shown)
        self.show_around()

    def _refresh(self, view: EvaluationView) -> None:
        self._view = view
        self.desk.refresh(view)
        self.show_around()

    def show_aside(self, name: str) -> None:
        """Something beside the steps, until one goes back to one of them."""
        if self.content.isHidden() or not self.flush():
            return
        shown = self._asides[name]()
        self.put(shown)
        self._aside, self._beside = shown, name
        shown.reload()
        self.show_around()
        self.body.verticalScrollBar().setValue(0)
        shown.focus_first()

    # -- folding -----------------------------------------------------------------------------------------------

    def hide_side(self) -> None:
        """« Repères » stands beside a step only."""
        self.fold_side(False)
        self.guide.hide()
        self._side_rule.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != self.width():
            self.columns.fold()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "keying"):
            QTimer.singleShot(0, self, self.columns.fold)

    def _toggle_side(self) -> None:
        """The button « Repères »: beside the note where there is room, in its place where there is none."""
        if not self.columns.unfold_guide():
            super()._toggle_side()
