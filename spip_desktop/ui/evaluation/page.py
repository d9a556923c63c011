"""The evaluation of a person: started, written step by step, left and taken up again, arrêtée, read."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from uuid import UUID

from PySide6.QtWidgets import QApplication, QWidget

from spip_desktop.domain.draft import Draft
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.evaluation import FindingKind
from spip_desktop.domain.place import Place, Seat
from spip_desktop.domain.text import NBSP
from spip_desktop.services.evaluation_findings import Words
from spip_desktop.services.evaluation_reading import EvaluationView
from spip_desktop.ui.autosave import Autosave
from spip_desktop.ui.elsewhere import CODE
from spip_desktop.ui.evaluation.asides import CONFIDENCES, WITH_PERSON, Aside, ConfidencesAside, WithPersonAside
from spip_desktop.ui.evaluation.keying import KEYING, OWN_KEYING, EvaluationKeying
from spip_desktop.ui.evaluation.lists import BlockingView, FreezingView
from spip_desktop.ui.evaluation.plan_axes import show_axes
from spip_desktop.ui.evaluation.saving import StepSaver, finding_code
from spip_desktop.ui.evaluation.start_view import StartView
from spip_desktop.ui.evaluation.step_view import StepView
from spip_desktop.ui.evaluation.steps_column import blocking_words
from spip_desktop.ui.evaluation.versions import focus_first
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.layout import clear
from spip_desktop.wiring import Services

KIND = "person.evaluation"
_CHANGED = "La situation pénale a changé depuis le début de ce brouillon : le questionnaire n’est plus le bon."


class EvaluationPage(EvaluationKeying):
    """`place.field`: nothing (go on where one left), a step, « step/question », a paper to key in or an aside."""

    def __init__(self, services: Services, guard: Guard) -> None:
        super().__init__(services, guard)
        self._step = ""
        self._start: StartView | None = None
        self._saver: StepSaver | None = None
        self._aside: Aside | None = None
        self._asides: dict[str, Callable[[], Aside]] = {
            WITH_PERSON: partial(WithPersonAside, self),
            CONFIDENCES: partial(ConfidencesAside, self),
        }
        self.autosave = Autosave(self._save, self, report=guard.report, drafts=self._drafts_of)
        self.autosave.saved.connect(self._on_saved)
        self.autosave.failed.connect(self.save_failed)
        self.autosave.refused.connect(self._on_refused)
        self.previous.clicked.connect(self._go_back)
        for part in (self.steps, self.choice):
            part.chosen.connect(self.show_step)
            part.links.blocking_asked.connect(self._show_blocking)
            part.links.versions_asked.connect(self._show_versions)
            part.links.with_person_asked.connect(partial(self._show_aside, WITH_PERSON))
            part.links.confidences_asked.connect(partial(self._show_aside, CONFIDENCES))

    # -- where one is ------------------------------------------------------------------------------------------

    def open(self, place: Place) -> None:
        asked = place.field.partition("/")[0]
        beside = asked in (KEYING, OWN_KEYING, *self._asides)
        step, self._keyed = "" if beside else asked, None
        if place.id != self.person or not step:
            self._version, self._step = None, ""
        if step:
            self._step = step
        self._forget_shown()
        self.facts.close_panel()
        super().open(replace(place, field="") if beside else place)
        if beside:
            if asked in self._asides:
                self._show_aside(asked)
            else:
                self.begin_keying(own=asked == OWN_KEYING)
            return
        if self._view is not None and self._shown is not None and self.facts.may(self._view.version):
            self.facts.come_back_to(self._view.evaluation.id)
        if not place.field and self._shown:
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
            self._show_start()
            return
        view = self.services.evaluations.reading.view(self._version)
        known = [step.code for step in view.session.steps()]
        if self._step not in known:
            position = view.session.first_incomplete()
            self._step = position.step if position and not view.evaluation.is_frozen else known[0]
        if (
            self._shown
            and self._view
            and self._shown.step.code == self._step
            and self._view.evaluation.id == self._version
        ):
            self._refresh(view)
        elif self._start is None:
            self._show_view(view)

    def show_step(self, code: str) -> None:
        """Go to a step, once what was typed is saved."""
        if not self.flush() or self._version is None:
            return
        self._step = code
        self._show_view(self.services.evaluations.reading.view(self._version))
        self.body.verticalScrollBar().setValue(0)
        if self._shown:
            self._shown.first().setFocus()

    def show_field(self, code: str) -> bool:
        """« step/question »: go there and give it the focus."""
        step, _, question = code.partition("/")
        if not step or self._version is None or self._view is None:
            return super().show_field(code) if code else False
        if step in {one.code for one in self._view.session.steps()} and (
            self._shown is None or self._shown.step.code != step
        ):
            self.show_step(step)
        widget = self._shown.focus_on(question) if self._shown else None
        if widget is None:
            return False
        widget.setFocus()
        self.body.ensureWidgetVisible(widget)
        return True

    def seat(self, place: Place) -> Seat:
        if self._shown is None:
            return super().seat(place)
        focused, note = QApplication.focusWidget(), self._shown.note.editor
        code = "" if focused is None else focused.objectName().removesuffix(".editor")
        cursor = note.place() if focused is note else 0
        field = f"{self._step}/{code}" if code and self._shown.focus_on(code) else self._step
        return Seat(Place(place.kind, place.id, field), cursor, self.body.verticalScrollBar().value())

    def take_seat(self, seat: Seat) -> None:
        if self.show_field(seat.place.field) and self._shown and QApplication.focusWidget() is self._shown.note.editor:
            self._shown.note.editor.set_place(seat.cursor)
        self.body.verticalScrollBar().setValue(seat.scroll)

    # -- what stands in the middle -----------------------------------------------------------------------------

    def _forget_shown(self) -> None:
        if self._saver and self._saver.contested:
            self.band.clear()  # it speaks of the step that goes
        if self._shown:
            self._shown.state.hide()
            self._shown.state.deleteLater()  # at large text it stands beside the list of steps
        self._shown = self._start = self._saver = self._paper = self._aside = None
        self.autosave.forget()
        clear(self._content)

    def _put(self, part: QWidget) -> None:
        self._forget_shown()
        self._content.addWidget(part)
        part.show()  # at once: what is hidden cannot take the focus
        self._content.addStretch(1)

    def _show_view(self, view: EvaluationView) -> None:
        """One step of a version, its steps at the left and « Repères » at the right."""
        shown = StepView(view, view.session.form.step(self._step), self.read_date, self.services.clock.today())
        self._put(shown)
        self._view, self._shown, self._saver = view, shown, StepSaver(self.services, view, shown)
        shown.edited.connect(self.autosave.touch)
        shown.left.connect(self.flush)
        shown.finding_asked.connect(self._add_finding)
        shown.finding_edited.connect(lambda id_, field: self.autosave.touch(finding_code(id_, field)))
        shown.finding_binned.connect(self._bin_finding)
        shown.finding_closed.connect(self.flush)
        shown.reviewed.connect(self._review)
        shown.went.connect(self.show_field)
        if shown.analysis:
            findings = self.services.evaluations.findings
            shown.analysis.prioritised.connect(lambda id_, on: self._do(lambda: findings.prioritise(id_, on)))
            shown.analysis.moved.connect(lambda id_, steps: self._do(lambda: findings.move(id_, steps)))
        if not view.evaluation.is_frozen:
            self.autosave.touch_all(self._saver.show_drafts())
            if self._saver.contested:
                self._tell_other()
        self.guide.show_step(view.session, shown.step)
        self._show_keying()
        self._show_around(view)

    def _refresh(self, view: EvaluationView) -> None:
        """After a save or an act: states, findings, what blocks; never the words being typed."""
        self._view = view
        if self._shown and self._saver:
            self._saver.take_locks(view)
            self._shown.refresh(view)
        self._show_around(view)

    def _show_around(self, view: EvaluationView) -> None:
        self._show_steps(view, self._step)
        if self._shown:
            show_axes(self.services, view, self._shown.row_of, self.went.emit)
        self._show_actions(view)
        self._fold()
        if view.presumption_changed:
            self.band.show_sentence(_CHANGED, "Adapter le questionnaire", self._adapt)

    def _show_actions(self, view: EvaluationView) -> None:
        steps = [view.session.form.step(code) for code in self._order()]
        at = next((number for number, step in enumerate(steps) if step.code == self._step), 0)
        self.follow.setVisible(self._shown is not None and self.facts.may(view.version))
        self.previous.setVisible(self._shown is not None and at > 0)
        if self._shown is None:
            self._lead("Reprendre l’évaluation", lambda: self.show_step(self._step))
        elif view.evaluation.is_frozen:
            self._lead("Nouvelle version", self._ask_new_version)
        elif at + 1 < len(steps):
            self._lead(f"Suivant{NBSP}: {steps[at + 1].label}", lambda: self._walk(1), trailing="chevron-right")
        elif self._keyed:
            self._lead("Terminer la saisie", self._end_keying)
        else:
            blocked = blocking_words(len(view.blocking)) if view.blocking else ""
            self._lead("Arrêter cette version", self._freeze, blocked=blocked)

    def _show_start(self) -> None:
        """Nothing yet, or a new version is asked for: choose what to start."""
        form = self.services.evaluations.reading.form()
        start = StartView(form, self.services.clock.today(), self.read_date, first=self._version is None)
        self._put(start)
        self._start = start
        self.follow.hide()
        self.facts.close_panel()
        self.previous.setVisible(self._version is not None)
        self._lead("Commencer", self._begin)
        self.set_title("Évaluation", "non commencée" if self._version is None else "nouvelle version")
        self._fold()
        start.setFocus()

    def version(self) -> EvaluationView | None:
        """The version that the page is about."""
        return self._view

    def _show_aside(self, name: str) -> None:
        """Something beside the steps, until one goes back to one of them."""
        if self.content.isHidden() or not self.flush():
            return
        shown = self._asides[name]()
        self._put(shown)
        self._aside = shown
        shown.reload()
        if self._view is not None:
            self._show_around(self._view)
        self.body.verticalScrollBar().setValue(0)
        shown.focus_first()

    def _show_blocking(self) -> None:
        if self._view is None or not self.flush():
            return
        shown = BlockingView(self.services.evaluations.reading.blocking(self._view.evaluation.id))
        shown.went.connect(lambda place: self.show_field(place.field))
        self._put(shown)
        self._show_around(self._view)
        focus_first(shown)

    # -- acts --------------------------------------------------------------------------------------------------

    def _go_back(self) -> None:
        if self._start is not None:
            self._forget_shown()
            self.reload()
            return
        self._walk(-1)

    def _begin(self) -> None:
        start = self._start.start() if self._start else None
        if start is None or self.person is None or self._start is None:
            return
        person, made, refused = self.person, list[UUID](), list[Refusal]()
        draft = self.services.evaluations.draft
        self.guard.run(lambda: made.append(draft.start(person, start)), refused=refused.append)
        if refused and (left := self._start.show_refusal(refused[0])):
            self.band.show_sentence(" ".join(left))
        if made:
            self.band.clear()
            self.saved.emit(self.services.clock.now())
            self._version, self._step = made[0], ""
            self._forget_shown()
            self.reload()
            self._resume()

    def _ask_new_version(self) -> None:
        current = self.services.evaluations.reading.current(self.person) if self.person else None
        if current and self._view and current != self._view.evaluation.id:
            view = self.services.evaluations.reading.view(current)
            if not view.evaluation.is_frozen:
                self._open_version(current)
                return
        self._show_start()

    def _freeze(self) -> None:
        """Arrêter, once the officer was told what would stay as it is and said so."""
        if self._version is None or self._view is None or not self.flush():
            return
        left = self.services.evaluations.reading.left_as_is(self._version)
        if not left:
            self._freeze_now()
            return
        shown = FreezingView(left)
        shown.went.connect(lambda place: self.show_field(place.field))
        self._put(shown)
        self._show_around(self._view)
        self._lead("Arrêter quand même", self._freeze_now)
        self.body.verticalScrollBar().setValue(0)
        focus_first(shown)

    def _freeze_now(self) -> None:
        if self._version is None or not self.flush():
            return
        version, course = self._version, self.services.evaluations.course
        self._forget_shown()
        self.act(lambda: course.freeze(version), "Version arrêtée")

    def _adapt(self) -> None:
        if self._version is None or not self.flush():
            return
        version, draft = self._version, self.services.evaluations.draft
        self._forget_shown()
        self.act(lambda: draft.adapt_to_situation(version))

    def _add_finding(self, kind: FindingKind, from_words: bool) -> None:
        if self._shown is None or self._version is None or not self.flush():
            return
        words = Words(*self._shown.note.editor.selection()) if from_words else None
        version, step, made = self._version, self._step, list[UUID]()
        findings = self.services.evaluations.findings
        self.act(lambda: made.append(findings.add(version, step, kind, words)), undo=lambda: findings.bin(made[0]))
        self._shown.other_bar.hide()
        row = self._shown.row_of(made[0]) if made else None
        if row is not None:
            row.open_fields()
            self.body.ensureWidgetVisible(row)

    def _bin_finding(self, id_: UUID) -> None:
        if self.flush():
            findings = self.services.evaluations.findings
            self.act(lambda: findings.bin(id_), "Constat mis à la corbeille", lambda: findings.restore(id_))

    def _review(self) -> None:
        if self._view is not None:
            field = self._view.fields[self._step].value.id
            self._do(lambda: self.services.evaluations.draft.review(field))

    def _do(self, act: object) -> None:
        """An act on what is shown, once what was typed is saved."""
        assert callable(act)
        if self.flush():
            self.act(act)

    # -- saving ------------------------------------------------------------------------------------------------

    def flush(self) -> bool:
        typed = self.facts.flush() and (self._aside is None or self._aside.flush())
        return self.autosave.flush() and typed

    def _save(self, codes: frozenset[str]) -> datetime | None:
        return self._saver.save(codes) if self._saver else None

    def _drafts_of(self, codes: frozenset[str]) -> list[Draft]:
        return self._saver.drafts_of(codes) if self._saver else []

    def _on_saved(self, at: datetime) -> None:
        self.saved.emit(at)
        if self._version is not None:
            self._refresh(self.services.evaluations.reading.view(self._version))

    def _on_refused(self, refusal: Refusal) -> None:
        if self._saver and self._saver.contested:
            self._tell_other()
            return
        self.tell(refusal)
        if self._saver and self._version is not None and refusal.code == CODE:
            self._saver.take_locks(self.services.evaluations.reading.view(self._version))

    def _tell_other(self) -> None:
        """What was written elsewhere over what is typed here: kept beside until one says which holds."""
        if self._saver:
            told = f"Changé entre-temps, maintenant{NBSP}: {self._saver.other_words()}. Votre texte est gardé ici."
            self.band.show_sentence(told, "Garder le mien", self._keep_mine)

    def _keep_mine(self) -> None:
        if self._saver is None:
            return
        at = self.guard.run(partial(self._saver.settle, mine=True), refused=self.tell)
        if at is not None:
            self.band.clear()
            self._on_saved(at)

    def _has_steps(self) -> bool:
        return super()._has_steps() and self._start is None
