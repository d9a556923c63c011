"""The note of one interview: typed in four parts and saved as one types, arrêtée, then completed."""

from collections.abc import Collection
from datetime import date, datetime
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from spip_desktop.domain import dates
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.evaluation import ABOUT_THE_FACTS, FindingKind
from spip_desktop.domain.interview import KIND, PARTS, Interview, hour_near, is_resumed, next_day
from spip_desktop.domain.officer import Right
from spip_desktop.domain.place import Place
from spip_desktop.domain.text import french_spaces
from spip_desktop.services.appointment_draft import Wish
from spip_desktop.services.appointment_lists import reception_hours
from spip_desktop.services.interview_reading import InterviewView
from spip_desktop.services.interview_words import title_of
from spip_desktop.ui.confidences import ConfidencesView
from spip_desktop.ui.dossier import DossierPage
from spip_desktop.ui.editors import NoteEdit
from spip_desktop.ui.fact_desk import FactDesk, FactPanel
from spip_desktop.ui.fields import NoteField
from spip_desktop.ui.form import FormView
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.interview import specs
from spip_desktop.ui.interview.list_page import BINNED
from spip_desktop.ui.interview.panels import COMPLEMENT, MEETING, complement_panel, finding_panel, meeting_panel
from spip_desktop.ui.interview.told import fill_additions, note_of
from spip_desktop.ui.labels import Section
from spip_desktop.ui.layout import clear, column
from spip_desktop.ui.make_bar import MakeBar
from spip_desktop.ui.printing import PrintLine
from spip_desktop.ui.readers import date_reader, show_hour
from spip_desktop.ui.record_form import RecordForm, Target
from spip_desktop.ui.remark import Remark
from spip_desktop.wiring import Services
from spip_desktop.wording import interview as words
from spip_desktop.wording import sentence
from spip_desktop.wording.evaluation import MAKES

CLOSE, COMPLETE = "Arrêter la note", "Ajouter un complément"
#: The kinds of appointment that follow an interview, inside and outside (list `appointment_types`).
_USUAL = frozenset({"suivi", "entretien_mf"})


class InterviewPage(DossierPage):
    """The place's id is the interview's."""

    def __init__(self, services: Services, guard: Guard) -> None:
        super().__init__(services, guard, "Entretien", KIND)
        self.interview_id: UUID | None = None
        self.view: InterviewView | None = None
        self.form: RecordForm | None = None
        self._shape: tuple[object, ...] | None = None
        self._selected = self._selected_in = self._said = ""
        self._parse = date_reader(services.clock.today, sentence)
        self.desk = FactDesk(services.desk, services.clock, "interview_fact", guard.report)
        self.presumed = Remark(words.PRESUMED, "body", "info-circle")
        self.hours = Remark(words.HOME_HOURS, "body", "alert-circle")
        self.custody = Remark(words.IN_CUSTODY)
        self._fields = QWidget()
        self._fields_place = column(self._fields, gap=24)
        self.bar = MakeBar()
        self.foot = self.set_foot(self.bar)  # the words may be selected in any of the four parts
        self.additions = Section("Compléments", gap=12, name="interview.additions")
        self.confidences = ConfidencesView(self)
        self.bin_button = self.add_action("Mettre à la corbeille", "trash", self._bin, name="interview.bin")
        self.meeting_button = self.add_action(
            "Prochain rendez-vous", "calendar", lambda: self._ask(MEETING), name="interview.meeting"
        )
        self.print_button = self.add_action("Imprimer", "printer", self.print_document, name="interview.print")
        self.primary = self.set_primary(CLOSE, do=self._next, name="interview.next")
        for part in (self.desk, self.presumed, self.hours, self._fields, self.additions, self.confidences):
            self.inside.addWidget(part)
        self.printing = PrintLine(services.printing, name="interview.printing")
        outer = self.layout()
        assert isinstance(outer, QVBoxLayout)
        outer.insertWidget(2, self.printing)
        self._connect()

    def _connect(self) -> None:
        self.printing.printed.connect(self.notice.show_sentence)
        self.printing.failed.connect(self.band.show_sentence)
        self.printing.left.connect(self._to_first)
        self.bar.made.connect(self._ask_field)
        keys = QShortcut(QKeySequence("Ctrl+Return"), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        keys.activated.connect(self._to_bar)
        self.desk.recorded.connect(self._on_recorded)
        self.desk.left.connect(self._to_first)
        self.desk.saved.connect(self.note_saved)
        self.desk.failed.connect(self.save_failed)

    # -- opening ---------------------------------------------------------------------------------------------

    def open(self, place: Place) -> None:
        """Open the note of the place, once its dossier is open to this officer."""
        if place.id is None:
            return
        another = place.id != self.interview_id
        self.foot.hide()
        if another:
            self._selected_in = ""
            self.notice.hide()
            self.printing.hide()
            self.desk.close_panel()
            self.body.verticalScrollBar().setValue(0)
        self.interview_id = place.id
        person = self.services.interviews.reading.person_of(place.id)
        super().open(Place(place.kind, person, place.field))
        self._place = place
        if self.content.isHidden():
            return
        if another:
            self._tell_resumed()
        self.desk.come_back(place.id, self._panel)
        if not place.field and self.desk.panel is None:
            self._to_first()

    def show_values(self, person_id: UUID) -> None:
        if self.interview_id is None:
            return
        self.view = view = self.services.interviews.reading.view(self.interview_id)
        self._fit_form(view)
        if self.form:
            self.form.show_record(view.interview.id, view.interview, view.stored.lock)
        self._show(view)
        self.confidences.hear_in(Place(KIND, self.interview_id))
        self.confidences.reload()

    def flush(self) -> bool:
        flushed = [self.desk.flush(), self.confidences.flush()]
        return all([*flushed, self.form.flush() if self.form else True])

    def _fit_form(self, view: InterviewView) -> None:
        """Fields where the note is typed, words where it is read; made anew for another one."""
        one = view.interview
        shape = (one.id, view.is_written_here, view.touchable, None if view.is_written_here else view)
        if shape == self._shape:
            return
        self._shape = shape
        self.custody.setParent(None)  # not deleted with the fields it stands between
        clear(self._fields_place)
        self.form = None
        if not view.is_written_here:
            self._fields_place.addWidget(note_of(view))
            return
        today = self.services.clock.today()
        groups = [specs.frame_fields(today, one), specs.note_fields(), specs.touched_fields(today, one, view.touchable)]
        views = [(FormView([bound.spec for bound in group], parse_date=self._parse), group) for group in groups]
        save = self.services.interviews.writing.save_fields
        self.form = RecordForm(Target(KIND, save, self.services.desk, self.guard.report), views, self)
        self.form.saved.connect(self._on_saved)
        self.form.failed.connect(self.save_failed)
        self.form.done.connect(self.history.push)
        frame, notes, touched = (made for made, _ in views)
        self._fields_place.addWidget(frame)
        self._fields_place.addWidget(self.custody)
        self._fields_place.addWidget(notes)
        self._fields_place.addWidget(touched)
        for part in PARTS:
            note = self._note(notes, part)
            note.selectionChanged.connect(partial(self._on_selected, part, note))

    @staticmethod
    def _note(notes: FormView, part: str) -> NoteEdit:
        field = notes.field(part)
        assert isinstance(field, NoteField)
        return field.note

    # -- showing ---------------------------------------------------------------------------------------------

    def _show(self, view: InterviewView) -> None:
        one, writes = view.interview, self._writes()
        self.presumed.setVisible(view.presumed_innocent)
        self._show_place(view)
        self._show_words("")
        fill_additions(self.additions, view)
        self.confidences.setVisible(writes)
        # The list, from which « Annuler » takes it back, is not shown during an interview.
        self.bin_button.setVisible(view.is_written_here and not self.in_interview())
        self.print_button.setVisible(self.services.context.actor.may(Right.PRINT))
        self.meeting_button.setVisible(self.services.context.actor.may(Right.WRITE_APPOINTMENT))
        self.primary.setText(COMPLETE if one.is_closed else CLOSE)
        self.primary.setVisible(view.is_written_here or (one.is_closed and writes))
        state = words.STATES[one.state].lower()
        by = "" if view.mine else f", par {view.officers.get(one.author_id, 'un autre agent')}"
        self.set_title(title_of(one), f"{state}{by}")

    def _show_place(self, view: InterviewView) -> None:
        """What the place and the hour ask to be looked at."""
        self.hours.setVisible(view.outside_hours)
        self.custody.setVisible(view.inside_prison and view.is_written_here)

    def _tell_resumed(self) -> None:
        """A note of today begun long ago is one and the same: another interview the same day has its own."""
        if self.view and is_resumed(self.view.interview, self.services.clock.local()):
            self.notice.show_sentence(words.resumed(self.view.interview.starts_at))

    def _on_saved(self, at: datetime) -> None:
        """What follows from a saved change is shown; the fields themselves are not touched."""
        self.saved.emit(at)
        interview, read = self.interview_id, self.services.interviews.reading.view
        view = self.guard.run(lambda: interview and read(interview), refused=self.tell)
        if view:
            self.view = view
            self._show_place(view)
            self.set_title(title_of(view.interview), self.head.detail.text())

    # -- acts ------------------------------------------------------------------------------------------------

    def _next(self) -> None:
        if self.primary.text() == COMPLETE:
            self._ask(COMPLEMENT)
        else:
            self._close()

    def _close(self) -> None:
        interview, close = self.interview_id, self.services.interviews.writing.close
        if interview is None or not self.flush():
            return
        refusals: list[Refusal] = []
        self.guard.run(lambda: close(interview), refused=refusals.append)
        if refusals:
            self._tell_missing(refusals[0])
            return
        self.history.clear()  # what is arrêté is no longer undone
        self._done("Note arrêtée : elle ne change plus, un complément s’y ajoute.")
        self.body.verticalScrollBar().setValue(0)

    def _tell_missing(self, refusal: Refusal) -> None:
        """Each problem beside its field, the first one in focus."""
        here = {one.field: sentence(one) for one in refusal.problems}
        for form, _ in reversed(self.form.views if self.form else ()):
            form.show_problems({code: said for code, said in here.items() if code in form.fields})
        self.band.show_sentence(sentence(refusal))

    def print_document(self) -> None:
        """The note as it stands, with its complements."""
        interview, note = self.interview_id, self.services.interviews.papers.note
        if interview is None or self.content.isHidden() or not self.flush():
            return
        self.band.clear()
        found = self.guard.run(lambda: note(interview), refused=self.tell)
        if found:
            self.printing.ask(found)

    def leave(self) -> None:
        self.printing.stop()

    def _bin(self) -> None:
        interview, writing = self.interview_id, self.services.interviews.writing
        if interview is None or self.person is None or not self.flush():
            return
        if self.act(lambda: writing.bin(interview)):
            self.go("person.interviews", self.person, f"{BINNED}{interview}")

    def _ask(self, name: str) -> None:
        panel = self._panel(name)
        if self.interview_id is not None and panel is not None:
            self.desk.ask(name, self.interview_id, panel)
            self.body.verticalScrollBar().setValue(0)

    def _panel(self, name: str) -> FactPanel | None:
        """The panel of that name; a finding is not taken up again: its words are no longer selected."""
        interview, complete = self.interview_id, self.services.interviews.writing.complete
        if name == MEETING:
            return self._meeting_panel()
        if name != COMPLEMENT or interview is None or not (self.view and self.view.interview.is_closed):
            return None

        def add(text: str) -> None:
            complete(interview, text)
            self._said = "Complément ajouté."

        return complement_panel(add)

    def _meeting_panel(self) -> FactPanel | None:
        """In three weeks, at the same hour where it is a usual one, of the kind usual where the person is."""
        person, view, draft = self.person, self.view, self.services.appointments.draft
        if person is None or view is None or not self.services.context.actor.may(Right.WRITE_APPOINTMENT):
            return None

        def book(kind: str, day: date, hour: tuple[int, int], late_reason: str, accepted: Collection[str]) -> None:
            draft.start(person, kind, day, hour, Wish(late_reason=late_reason, accepted=accepted))
            self._said = f"Rendez-vous fixé le {dates.long(day)} à {show_hour(hour)}."

        def latest(kind: str) -> date | None:
            legal = draft.legal_day(person, kind) if kind else None
            return legal.day if legal else None

        kinds = draft.offered(person)
        usual = next((code for code, _ in kinds if code in _USUAL), kinds[0][0])
        today = self.services.clock.today()
        proposed = (usual, next_day(today), hour_near(view.interview, *reception_hours()))
        return meeting_panel(kinds, proposed, self._parse, latest, book)

    # -- the words selected ------------------------------------------------------------------------------------

    def _on_selected(self, part: str, note: NoteEdit) -> None:
        cursor = note.textCursor()
        if note.hasFocus():
            self._selected_in = part
            self._show_words(cursor.selection().toPlainText().strip() if cursor.hasSelection() else "")

    def _show_words(self, selected: str) -> None:
        """What may be made of them while an evaluation is being written; nothing of the facts of a prévenu.

        Not beside the person: risks and needs are weighed alone, afterwards.
        """
        view = self.view
        self._selected = selected
        offered = view is not None and view.is_written_here and view.evaluation_id is not None
        may = self.services.context.actor.may(Right.WRITE_EVALUATION)
        self.foot.setVisible(offered and may and not self.in_interview())
        self.bar.show_words(selected, ABOUT_THE_FACTS if view and view.presumed_innocent else frozenset())

    def _to_bar(self) -> None:
        """Ctrl+Enter: what may be made of the words selected, or what is missing for that."""
        view, may = self.view, self.services.context.actor.may
        if view is None or not view.is_written_here or not may(Right.WRITE_EVALUATION) or self.in_interview():
            return
        if not self._selected:
            self.tell(Refusal("interview_words_missing"))
        elif view.evaluation_id is None:
            self.tell(Refusal("interview_no_evaluation"))
        else:
            self.band.clear()
            self.bar.focus_first()

    def _ask_field(self, kind: FindingKind) -> None:
        """Of which field the words speak."""
        view, selected = self.view, self._selected
        if view is None or view.evaluation_id is None or not selected:
            return
        evaluation, one = view.evaluation_id, self._as_typed(view.interview)
        quote = self.services.evaluations.findings.quote
        usual = one.fields[0] if one.fields else ""

        def record(step: str) -> None:
            if not step:
                raise Refusal("choose_one", "step")
            quote(evaluation, step, kind, selected, one.held_on)
            label = dict(view.touchable.fields).get(step, "")
            self._said = f"Ajouté à l’évaluation, {label} : {MAKES[kind]}."

        self.desk.ask("finding", one.id, finding_panel(kind, selected, view.touchable.fields, usual, record), anew=True)
        self.body.verticalScrollBar().setValue(0)

    def _as_typed(self, one: Interview) -> Interview:
        """The note with what was just saved."""
        self.flush()
        return self.services.interviews.reading.view(one.id).interview

    # -- inside ------------------------------------------------------------------------------------------------

    def _on_recorded(self) -> None:
        said, self._said = self._said, ""
        if said:
            self._done(french_spaces(said))
        self._to_first()

    def _done(self, said: str) -> None:
        self.band.clear()
        self.saved.emit(self.services.clock.now())
        self.reload()
        self.notice.show_sentence(said)
        self.primary.setFocus()

    def _to_first(self) -> None:
        """Where words were selected, else the first part of the note that is empty, else what one does of the note."""
        if self.form is None:
            (self.primary if self.primary.isVisibleTo(self) else self.body).setFocus()
            return
        notes = self.form.views[1][0]
        self.show_field(self._selected_in or next((part for part in PARTS if not notes.value(part)), "today"))

    def _writes(self) -> bool:
        return self.services.context.actor.may(Right.WRITE_INTERVIEW)
