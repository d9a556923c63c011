"""One passage before the CPU or the CPI: its words, its members and decisions, its paper, what came of it."""

from datetime import datetime
from uuid import UUID

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from spip_desktop.domain.board_review import KIND, Board, BoardReview, FollowedDecision, ReviewState
from spip_desktop.domain.errors import Problem, Refusal
from spip_desktop.domain.officer import Right
from spip_desktop.domain.place import Place
from spip_desktop.services.commission_labels import title_of
from spip_desktop.services.commission_reading import ReviewView
from spip_desktop.ui import theme
from spip_desktop.ui.buttons import Button
from spip_desktop.ui.commission import course
from spip_desktop.ui.commission.inside import decisions, members
from spip_desktop.ui.commission.person_page import BINNED
from spip_desktop.ui.commission.review_facts import PANELS, ReviewFacts
from spip_desktop.ui.commission.specs import review_fields
from spip_desktop.ui.dossier import DossierPage
from spip_desktop.ui.form import FormView
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.labels import Section
from spip_desktop.ui.layout import clear, column
from spip_desktop.ui.paper_side import WIDTH, PaperSide
from spip_desktop.ui.printing import PrintLine
from spip_desktop.ui.readers import date_reader
from spip_desktop.ui.record_form import RecordForm, Target
from spip_desktop.ui.remark import Remark
from spip_desktop.wiring import Services
from spip_desktop.wording import sentence
from spip_desktop.wording.commission import PRESUMED, STATES

_AFTER_SAVING = 400  # ms: the paper is drawn again once the typing rests
_LEAST_CHARS = 61


class ReviewPage(DossierPage):
    """One version; the place's id is the version's."""

    def __init__(self, services: Services, guard: Guard) -> None:
        super().__init__(services, guard, "Commission", "commission")
        self.review_id: UUID | None = None
        self.view: ReviewView | None = None
        self.form: RecordForm | None = None
        self._shape: tuple[UUID, bool] | None = None
        self._read = False
        self._parse = date_reader(services.clock.today, sentence)
        self.printing = PrintLine(services.printing)
        self.facts = ReviewFacts(services, self._parse, guard.report)
        self.presumed = Remark(PRESUMED, "body", "info-circle")
        self.to_read = Remark("", "body", "alert-circle")
        self.read_button = Button("J’ai relu ces mots", "check", name="commission.read")
        self.too_long = Remark("", "body", "alert-circle")
        self.happened = Section("Ce qui s’est passé", name="commission.facts", gap=8)
        self._fields = QWidget()
        self._fields_place = column(self._fields, gap=0)
        self.members, self.decisions = members(self), decisions(self)
        self.table = course.DecisionTable()
        self.decided = Section("Décisions et actions", self.table, right="Entrée note la suite", gap=4)
        self.side = PaperSide("Le document", "Imprimé, le document est exactement celui-ci.")
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_AFTER_SAVING)
        self._soon.timeout.connect(self._refresh)
        self._build()
        self._connect()

    def _build(self) -> None:
        outer = self.layout()
        assert isinstance(outer, QVBoxLayout)
        outer.insertWidget(2, self.printing)
        self.bin_button = self.add_action("Mettre à la corbeille", "trash", self._bin, name="commission.bin")
        self.action_button = self.add_action(
            course.ADD_ACTION, "plus", lambda: self._ask(self.action_button.text()), name="commission.action"
        )
        self.print_button = self.add_action("Imprimer", "printer", self.print_document, name="commission.print")
        self.primary = self.set_primary(course.ISSUE, do=self._next, name="commission.next")
        parts = (self.facts, self.presumed, self.to_read, self.read_button, self.happened, self.decided)
        for part in (*parts, self._fields, self.too_long, self.members, self.decisions):
            self.inside.addWidget(part)
        self.set_side(self.side)

    def _connect(self) -> None:
        self.read_button.clicked.connect(self._mark_read)
        self.printing.printed.connect(self.notice.show_sentence)
        self.printing.failed.connect(self.band.show_sentence)
        self.printing.left.connect(self.print_button.setFocus)
        self.table.opened.connect(self._ask_outcome)
        self.facts.recorded.connect(self._on_recorded)
        self.facts.left.connect(lambda: self._act_button().setFocus())
        self.facts.saved.connect(self.note_saved)
        self.facts.failed.connect(self.save_failed)

    # -- opening ---------------------------------------------------------------------------------------------

    def open(self, place: Place) -> None:
        """Open the passage of the place, once its dossier is open to this officer."""
        if place.id is None:
            return
        if place.id != self.review_id:
            self._read = False
            self.printing.hide()
            self.notice.hide()
            self.facts.close_panel()
        self.review_id = place.id
        person = self.services.commissions.reading.person_of(place.id)
        super().open(Place(place.kind, person, place.field))
        self._place = place
        if not self.content.isHidden():
            self.facts.come_again()
            if not place.field and self.facts.panel is None:
                self._first().setFocus()

    def show_values(self, person_id: UUID) -> None:
        if self.review_id is None:
            return
        self.view = view = self.services.commissions.reading.view(self.review_id)
        self._fit_form(view)
        if self.form:
            self.form.show_record(view.review.id, view.review, view.stored.lock)
            self.form.set_read_only(not self._writes())
        self._show(view)

    def flush(self) -> bool:
        flushed = [self.facts.flush(), self.members.flush(), self.decisions.flush()]
        return all([*flushed, self.form.flush() if self.form else True])

    def leave(self) -> None:
        self.printing.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != self.width() and not self.content.isHidden():
            worn = theme.current()
            self.fold_side(self.width() < worn.px(WIDTH + 48) + worn.chars(_LEAST_CHARS))

    def _fit_form(self, view: ReviewView) -> None:
        """Another version has fields of its own; one that is frozen is read."""
        shape = (view.review.id, view.review.is_frozen)
        if shape == self._shape:
            return
        self._shape = shape
        clear(self._fields_place)
        self.form = None
        if view.review.is_frozen:
            self._fields_place.addWidget(course.words_of(view.review))
            return
        bounds = review_fields(view.review.board, self.services.clock.today(), view.review.theme)
        fields = FormView([bound.spec for bound in bounds], parse_date=self._parse)
        save = self.services.commissions.draft.save_fields
        self.form = RecordForm(Target(KIND, save, self.services.desk, self.guard.report), [(fields, bounds)], self)
        self.form.saved.connect(self._on_saved)
        self.form.failed.connect(self.save_failed)
        self.form.done.connect(self.history.push)
        fields.edited.connect(lambda _: self._put_off())
        self._fields_place.addWidget(fields)

    # -- showing ---------------------------------------------------------------------------------------------

    def _show(self, view: ReviewView) -> None:
        review, draft = view.review, view.state is ReviewState.DRAFT
        writes = self._writes()
        self.facts.show_view(view)
        self.presumed.setVisible(view.presumed_innocent)
        self._show_to_read(view)
        cpi = review.board is Board.CPI
        self.members.setVisible(cpi)
        self.decisions.setVisible(cpi and draft)
        if cpi:
            self.members.show_review(view.stored, read_only=not draft or not writes)
            self.decisions.show_review(view.stored, read_only=not draft or not writes)
        self.decided.setVisible(not draft and bool(view.decisions))
        asks = writes and view.state is not ReviewState.REPLACED
        self.table.show_decisions(view.decisions, self.services.clock.today(), asks=asks)
        self.decided.heading.set_remark("Entrée note la suite" if asks else "")
        course.fill_facts(self.happened, view, lambda id_: self.go("commission", id_))
        self._show_paper(review)
        self._show_head(view, writes=writes)

    def _show_head(self, view: ReviewView, *, writes: bool) -> None:
        words = course.next_act(view) if writes else ""
        draft = view.state is ReviewState.DRAFT
        self.primary.setText(words or course.ISSUE)
        self.primary.setVisible(bool(words))
        self.bin_button.setVisible(draft and writes)
        self.action_button.setText(course.ADD_ACTION if view.state is ReviewState.ISSUED else course.COPY_AGAIN)
        self.action_button.setVisible(writes and view.state in (ReviewState.ISSUED, ReviewState.DECIDED))
        self.print_button.setText("Imprimer le projet" if draft else "Imprimer")
        self.print_button.setVisible(self.services.context.actor.may(Right.PRINT))
        several = len(view.versions) > 1 or view.review.number > 1
        state = course.lowered(STATES[view.state])
        # Last: the head measures the buttons that are in sight.
        self.set_title(title_of(view.review), f"version {view.review.number}, {state}" if several else state)

    def _show_to_read(self, view: ReviewView) -> None:
        """The words that may speak of the facts, until the officer says to have read them again."""
        words = ", ".join(f"«\u00a0{one.word}\u00a0»" for one in view.to_read)
        asked = bool(words) and not self._read
        self.to_read.sentence.setText(f"À relire\u00a0: {words}. {view.to_read[0].because}" if words else "")
        self.to_read.setVisible(asked)
        self.read_button.setVisible(asked)

    def _show_paper(self, review: BoardReview) -> None:
        """The draft as it would print, with what is too long; the bytes issued of a frozen version."""
        papers = self.services.commissions.papers
        if review.is_frozen:
            kept = papers.shown(review.id)
            self.too_long.hide()
            if kept:
                self.side.show_paper(kept.content)
            return
        drawn = papers.preview(review.id)
        self.too_long.setVisible(drawn.too_long is not None)
        self.too_long.sentence.setText(sentence(drawn.too_long) if drawn.too_long else "")
        self.side.show_paper(drawn.content)

    def _on_saved(self, at: datetime) -> None:
        """The lines share the lock of the version: they know the new one before anything else is typed."""
        self.saved.emit(at)
        if self.review_id is not None:
            stored = self.services.commissions.reading.view(self.review_id).stored
            self.members.follow(stored)
            self.decisions.follow(stored)
        self._soon.start()

    def _put_off(self) -> None:
        """The paper is not drawn between two keys."""
        if self._soon.isActive():
            self._soon.start()

    def _refresh(self) -> None:
        """Show what follows from a saved change; the fields themselves are not touched."""
        if self.review_id is None or self.content.isHidden():
            return
        reading, review = self.services.commissions.reading, self.review_id
        view = self.guard.run(lambda: reading.view(review), refused=self.tell)
        if view is None:
            return
        if self.view and [one.key for one in self.view.to_read] != [one.key for one in view.to_read]:
            self._read = False
        self.view = view
        if self.form:
            self.form.follow(view.review.id, view.review, view.stored.lock)
        self._show(view)

    # -- acts ------------------------------------------------------------------------------------------------

    def _next(self) -> None:
        """What the primary button does."""
        words = self.primary.text()
        if words in (course.ISSUE, course.SUBMIT):
            self._issue()
        elif words == course.AGAIN:
            self._new_version()
        else:
            self._ask(words)

    def _issue(self) -> None:
        review = self.review_id
        if review is None or not self.flush():
            return
        issue, read = self.services.commissions.course.issue, self._read
        refusals: list[Refusal] = []
        self.guard.run(lambda: issue(review, words_read=read), refused=refusals.append)
        if refusals:
            self._tell_missing(refusals[0].problems)
            return
        self.history.clear()  # what was issued is no longer undone
        cpu = self.view is not None and self.view.review.board is Board.CPU
        self._done("Avis établi\u00a0: imprimez-le." if cpu else "Synthèse soumise au DPIP\u00a0: imprimez-la.")
        self.print_button.setFocus()

    def _tell_missing(self, problems: tuple[Problem, ...]) -> None:
        """Each problem beside its field; what belongs to a list or to the whole is said above."""
        fields = self.form.views[0][0] if self.form else None
        here = {one.field: sentence(one) for one in problems if fields and one.field in fields.fields}
        if fields:
            fields.show_problems(here)
        points = "Un point reste à revoir" if len(problems) == 1 else f"{len(problems)} points restent à revoir"
        elsewhere = "" if problems[0].field in here else f" {sentence(problems[0])}"
        self.band.show_sentence(f"{points}.{elsewhere}")
        if not here:
            self.show_field(problems[0].field)

    def _new_version(self) -> None:
        review, draft = self.review_id, self.services.commissions.draft
        new = self.guard.run(lambda: review and draft.new_version(review), refused=self.tell)
        if new:
            self.go("commission", new)

    def _bin(self) -> None:
        review, draft = self.review_id, self.services.commissions.draft
        if review is None or self.person is None or not self.flush():
            return
        if self.act(lambda: draft.bin(review)):
            self.go("person.commissions", self.person, f"{BINNED}{review}")

    def _mark_read(self) -> None:
        self._read = True
        if self.view:
            self._show_to_read(self.view)
        self.primary.setFocus()

    def _done(self, said: str) -> None:
        self.band.clear()
        self.saved.emit(self.services.clock.now())
        self.notice.show_sentence(said)
        self.reload()
        self._act_button().setFocus()

    def _writes(self) -> bool:
        return self.services.context.actor.may(Right.WRITE_EVALUATION)

    def _first(self) -> QWidget:
        """Where one begins: the first field of a draft, else what comes next."""
        fields = self.form.views[0][0].fields if self.form else {}
        return next(iter(fields.values()), None) or self._act_button()

    def _act_button(self) -> QWidget:
        return self.print_button if self.primary.isHidden() else self.primary

    # -- facts -----------------------------------------------------------------------------------------------

    def _ask(self, words: str) -> None:
        """The panel that a button asks for."""
        self.facts.ask_for(PANELS[words])
        self.body.verticalScrollBar().setValue(0)

    def _ask_outcome(self, one: object) -> None:
        replaced = self.view is not None and self.view.state is ReviewState.REPLACED
        if isinstance(one, FollowedDecision) and one.ended is None and self._writes() and not replaced:
            self.facts.ask_outcome(one)
            self.body.verticalScrollBar().setValue(0)

    def _on_recorded(self) -> None:
        self._done("Noté.")

    # -- printing --------------------------------------------------------------------------------------------

    def print_document(self) -> None:
        """What was issued, or the draft marked « PROJET »."""
        if self.review_id is None or self.view is None or not self.flush():
            return
        papers, review = self.services.commissions.papers, self.review_id
        make = papers.project if self.view.state is ReviewState.DRAFT else papers.issued
        paper = self.guard.run(lambda: make(review), refused=self.tell)
        if paper is not None:
            self.printing.ask(paper)
