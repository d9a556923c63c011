"""The frame of the page: steps at the left, « Repères » at the right, both folded where there is no room."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QResizeEvent

from spip_desktop.domain import dates
from spip_desktop.services.evaluation_reading import EvaluationView
from spip_desktop.ui import theme
from spip_desktop.ui.dossier import DossierPage
from spip_desktop.ui.evaluation.course import VersionFacts, told
from spip_desktop.ui.evaluation.guide import Guide
from spip_desktop.ui.evaluation.step_view import StepView
from spip_desktop.ui.evaluation.steps_column import WIDTH, StepsChoice, StepsColumn, listed
from spip_desktop.ui.evaluation.with_person import looks_of
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.labels import Rule
from spip_desktop.ui.layout import column
from spip_desktop.ui.readers import date_reader
from spip_desktop.wiring import Services
from spip_desktop.wording import sentence
from spip_desktop.wording.evaluation import KINDS

_TEXT_CHARS = 72  # average characters the middle keeps before a column beside it folds


class EvaluationFrame(DossierPage):
    """What stands around the middle; `_view` is the version shown, `_shown` its step when one is shown."""

    def __init__(self, services: Services, guard: Guard) -> None:
        super().__init__(services, guard, "Évaluation", "evaluation")
        self._view: EvaluationView | None = None
        self._shown: StepView | None = None
        self._guide_folded = False
        self.steps, self.choice, self.guide = StepsColumn(), StepsChoice(), Guide()
        self._steps_rule = Rule("filet", vertical=True)
        self._middle.insertWidget(0, self.steps)
        self._middle.insertWidget(1, self._steps_rule)
        self.set_side(self.guide)
        self.guide.fold_asked.connect(self._fold_guide)
        self.read_date = date_reader(services.clock.today, sentence)
        self.facts = VersionFacts(services, self.read_date, guard.report)
        self._content = column(gap=12)
        self.inside.addWidget(self.facts)
        self.inside.addWidget(self.choice)
        self.inside.addLayout(self._content)
        self.inside.addWidget(self.choice.links)
        self.follow = self.add_action("Noter une suite", "pencil", self._ask_fact, name="evaluation.fact")
        self.previous = self.add_action("Précédent", "chevron-left", name="previous")
        self.primary = self.set_primary("Commencer", do=lambda: self._primary_act(), name="next")
        self._primary_act: Callable[[], object] = lambda: None

        self._connect_facts()

    # -- what follows --------------------------------------------------------------------------------------------

    def _connect_facts(self) -> None:
        self.facts.recorded.connect(self._on_recorded)
        self.facts.left.connect(self.follow.setFocus)
        self.facts.saved.connect(self.note_saved)
        self.facts.failed.connect(self.save_failed)

    def _ask_fact(self) -> None:
        if self._view is not None:
            self.facts.ask_about(self._view.evaluation.id)
            self.body.verticalScrollBar().setValue(0)

    def _on_recorded(self) -> None:
        self.band.clear()
        self.saved.emit(self.services.clock.now())
        self.notice.show_sentence("Suite notée")
        self.reload()
        self.follow.setFocus()

    # -- head --------------------------------------------------------------------------------------------------

    def _lead(self, text: str, act: Callable[[], object], *, trailing: str = "", blocked: str = "") -> None:
        """What the primary button says and does now; `blocked` says why it cannot."""
        self._primary_act = act
        self.primary.trailing_name = trailing
        self.primary.setText(text)
        self.primary.set_available(not blocked, blocked)
        self.primary.updateGeometry()

    def _name(self, view: EvaluationView) -> None:
        """The title: which evaluation, draft or arrêtée; at large text the list of steps stands for it."""
        evaluation = view.evaluation
        if evaluation.frozen_on:
            detail = f"version {evaluation.number}, {told(view.version).lower()}"
        else:
            detail = f"brouillon du {dates.short(evaluation.started_on)}"
        if self._is_narrow() and not evaluation.is_frozen and self._shown is not None:
            self.set_title("")
        else:
            self.set_title(KINDS[evaluation.kind], detail)

    def _show_steps(self, view: EvaluationView, step: str) -> None:
        versions = len(self.services.evaluations.reading.versions(view.evaluation.person_id))
        to_discuss = sum(one.gap is not None and not one.talked for one in looks_of(view))
        for part in (self.steps, self.choice):
            part.show_steps(listed(view), step)
            part.links.show_counts(len(view.blocking), versions, to_discuss, frozen=view.evaluation.is_frozen)

    # -- folding -----------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != self.width():
            self._fold()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "primary"):
            QTimer.singleShot(0, self, self._fold)

    def _room(self) -> int:
        """Pixels left for columns beside the text."""
        return self.width() - theme.current().chars(_TEXT_CHARS)

    def _is_narrow(self) -> bool:
        return self._room() < theme.current().px(WIDTH)

    def _fold(self) -> None:
        """« Repères » folds first, then the steps; « Repères » only stands beside a step."""
        narrow, around = self._is_narrow(), self._view is not None and self._has_steps()
        self.steps.setVisible(around and not narrow)
        self._steps_rule.setVisible(around and not narrow)
        self.choice.setVisible(around and narrow)
        self.choice.links.setVisible(around and narrow)
        if self._shown is None:
            self.fold_side(False)
            self.guide.hide()
            self._side_rule.hide()
        else:
            self.fold_side(self._guide_folded or self._lacks_room())
            self._place_state(self._shown, narrow)
        if around and self._view is not None:
            self._name(self._view)

    def _has_steps(self) -> bool:
        return not self.content.isHidden()

    def _lacks_room(self) -> bool:
        return self._room() < theme.current().px(WIDTH + self.guide.width_at_100)

    def _place_state(self, shown: StepView, narrow: bool) -> None:
        """At large text the state stands beside the list of steps, which says the title."""
        shown.title.setVisible(not narrow)
        line = self.choice.line if narrow else shown.head
        if line.indexOf(shown.state) < 0:
            (shown.head if narrow else self.choice.line).removeWidget(shown.state)
            line.addWidget(shown.state)

    def _fold_guide(self) -> None:
        self._guide_folded = True
        self._fold()

    def _toggle_side(self) -> None:
        """The button « Repères »: beside the note where there is room, in its place where there is none."""
        if self._guide_folded and not self._lacks_room():
            self._guide_folded = False
            self._fold()
            return
        super()._toggle_side()
