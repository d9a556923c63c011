"""« Agenda »: one's day, week or list; what is to note; what is printed or leaves."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from spip_desktop.domain import dates
from spip_desktop.domain.agenda import week_of
from spip_desktop.domain.appointment_states import Standing
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.officer import Right
from spip_desktop.domain.place import Place
from spip_desktop.domain.text import NBSP
from spip_desktop.services.agenda_reading import AgendaDay, AgendaLine
from spip_desktop.services.printing import Printable
from spip_desktop.ui.appointment.agenda_cells import day_notes, list_cells, then_of
from spip_desktop.ui.appointment.then import ThenBar
from spip_desktop.ui.appointment.week import WeekView
from spip_desktop.ui.buttons import Button, icon_button
from spip_desktop.ui.choices import Tick
from spip_desktop.ui.fields import FieldKind, FieldSpec
from spip_desktop.ui.folder_choice import choose_new_file
from spip_desktop.ui.form import FormView
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.labels import EmptyState, Paragraph
from spip_desktop.ui.layout import FlowRow, row, set_size
from spip_desktop.ui.list_export import export_table
from spip_desktop.ui.page import Page
from spip_desktop.ui.printing import PrintLine
from spip_desktop.ui.readers import date_reader
from spip_desktop.ui.remark import Remark
from spip_desktop.ui.table import Column, RecordRow, TableView
from spip_desktop.ui.tabs import Tab, Tabs
from spip_desktop.wiring import Services
from spip_desktop.wording import sentence
from spip_desktop.wording.appointment import NAMED_REMINDER

KIND = "agenda"
PERSON, BATCH, NOTING, SETTING = "person.appointments", "agenda.batch", "agenda.outcomes", "agenda.setup"
_DAY, _WEEK, _LIST = "jour", "semaine", "liste"
_COLUMNS = (
    Column("Jour", 136),
    Column("Heure", 104),
    Column("Personne", 208),
    Column("Rendez-vous"),
    Column("État", 184),
)
#: Between two notes of a day: each may have commas of its own.
_AND = f"{NBSP}; "
#: How many days the list shows from the day chosen.
_LISTED = 30
_FILE = "agenda.ics"
_EXPORT_UNNAMED, _EXPORT_NAMED = "Enregistrer en calendrier, sans les noms", "Enregistrer en calendrier, avec les noms"


class AgendaPage(Page):
    """Enter on an appointment opens the dossier at it."""

    def __init__(self, services: Services, guard: Guard) -> None:
        super().__init__("Agenda", name=KIND)
        self._services, self._guard = services, guard
        self.ask_new_file = partial(choose_new_file, self, "Enregistrer l’agenda", kinds="Calendrier (*.ics)")
        self._days: tuple[AgendaDay, ...] = ()
        self.tabs = Tabs(name="agenda.tabs")
        self.tabs.set_tabs([Tab(_WEEK, "Semaine"), Tab(_DAY, "Jour"), Tab(_LIST, "Liste")])
        self.tabs.set_value(_WEEK)
        self.moving = self._build_moving()
        self.week = WeekView()
        self.notes = Paragraph("", colour="texte_2")
        self.table = TableView(_COLUMNS, name="agenda.table", label="Rendez-vous")
        self.empty = EmptyState(
            "Aucun rendez-vous ici.",
            "Un rendez-vous se fixe dans le dossier de la personne, avec Ctrl+R.",
        )
        self.printing = PrintLine(services.printing)
        outer = self.layout()
        assert isinstance(outer, QVBoxLayout)
        outer.insertWidget(2, self.printing)
        self.noting = self.add_action("Issues à noter", "check", lambda: self.go(NOTING), name="agenda.noting")
        several = self.add_action("Convoquer plusieurs", "people", lambda: self.go(BATCH), name="agenda.several")
        several.setVisible(services.context.actor.may(Right.WRITE_APPOINTMENT))
        self.add_action("Absences et permanences", "sliders", lambda: self.go(SETTING), name="agenda.setting")
        export_table(self, services, "agenda.list", self.table, lambda: "Agenda", self._every_row)
        self.then = ThenBar(services, guard)
        self.next_acts = FlowRow(gap=8, line_gap=8)
        self.next_acts.add(*self.then.buttons)
        self.papers = FlowRow(gap=8, line_gap=8)
        self._add_papers()
        self.reminder = Remark(NAMED_REMINDER, "body", "alert-circle")
        self.reminder.hide()
        self.add(self.tabs, self.moving, self.notes, self.week, self.table, self.empty)
        self.add(self.papers, self.reminder)
        self.foot = self.set_foot(self.next_acts)  # a full day is longer than the page
        self.papers.setVisible(services.context.actor.may(Right.PRINT))
        self._connect()

    def _build_moving(self) -> QWidget:
        """The day chosen, and what moves it by a day, a week or a list."""
        holder = QWidget()
        line = row(holder, gap=8)
        self.before = icon_button("chevron-left", f"Période précédente{NBSP}: Alt+Gauche", "agenda.before")
        self.after = icon_button("chevron-right", f"Période suivante{NBSP}: Alt+Droite", "agenda.after")
        now = Button("Aujourd’hui", name="agenda.today")
        now.setToolTip("Alt+Origine")
        self.chosen = FormView(
            (FieldSpec("agenda_day", "Jour", FieldKind.DATE),),
            parse_date=date_reader(self._services.clock.today, sentence),
        )
        self.chosen.field("agenda_day").set_value(self._services.clock.today())
        self.before.clicked.connect(lambda: self._move(-1))
        self.after.clicked.connect(lambda: self._move(1))
        now.clicked.connect(lambda: self._go_to(self._services.clock.today()))
        line.addWidget(set_size(self.chosen, width=176))
        for button in (self.before, now, self.after):
            line.addWidget(button, 0, Qt.AlignmentFlag.AlignBottom)
        line.addStretch(1)
        return holder

    def _add_papers(self) -> None:
        """What reception and the buildings read of the day chosen; convocations of the period; the calendar file."""
        papers = self._services.agenda.papers
        made = (
            ("", "printer", lambda: self._print(papers.day_list), "agenda.day_list"),
            ("", "printer", lambda: self._print(papers.call_list), "agenda.call_list"),
            ("Convocations de la période", "document", self._print_batch, "agenda.batch"),
            (_EXPORT_UNNAMED, "download", self._export, "agenda.export"),
        )
        buttons = [Button(words, icon, name=name) for words, icon, _, name in made]
        for button, (_, _, do, _) in zip(buttons, made, strict=True):
            button.clicked.connect(lambda _=False, act=do: act())
            self.papers.add(button)
        self.day_list, self.call_list, _, self.export_button = buttons
        self.named = Tick("Avec les noms", "agenda.named")
        self.named.toggled.connect(self._on_named)
        self.papers.add(self.named)

    def _connect(self) -> None:
        self.tabs.chosen.connect(lambda _: self.reload())
        self.chosen.edited.connect(lambda _: self.reload())
        self.table.opened.connect(self._open_line)
        self.week.opened.connect(self._open_line)
        self.table.current_changed.connect(self._choose)
        self.week.current_changed.connect(self._choose)
        self.week.passed.connect(self._pass)
        for keys, do in (("Alt+Left", lambda: self._move(-1)), ("Alt+Right", lambda: self._move(1)),
                         ("Alt+Home", lambda: self._go_to(self._services.clock.today()))):  # fmt: skip
            shortcut = QShortcut(QKeySequence(keys), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(do)
        self.then.went.connect(self.go)
        self.then.refused.connect(self._tell)
        self.printing.printed.connect(self.notice.show_sentence)
        self.printing.failed.connect(self.band.show_sentence)
        for done in (self.printing.printed, self.printing.left):
            done.connect(lambda *_: self._first().setFocus())

    # -- reading ---------------------------------------------------------------------------------------------

    def open(self, place: Place) -> None:
        self.reload()
        if not self.show_field(place.field):
            self._first().setFocus()

    def reload(self) -> None:
        first, last = self._period()
        self._days = self._services.agenda.reading.days(first, last)
        view = self.tabs.value()
        lines = [one for day in self._days for one in day.lines]
        self.week.setVisible(view == _WEEK)
        self.table.setVisible(view != _WEEK and bool(lines))
        self.empty.setVisible(view != _WEEK and not lines)
        notes = _notes(self._days, view)
        self.notes.setText((_AND if view == _DAY else "\n").join(notes))
        self.notes.setVisible(bool(notes))
        if view == _WEEK:
            self.week.show_days(self._days, self._services.clock.today())
        else:
            self.table.set_rows(self._every_row())
        self._choose(self.week.current() if view == _WEEK else self.table.current_key())
        self.set_title("Agenda", _period_words(view, first, last))
        day = dates.short_with_day(self._day()).rsplit("/", 1)[0]
        self.day_list.setText(f"Liste du {day} pour l’accueil")
        self.call_list.setText(f"Liste d’appel du {day}, détention")
        count = self._services.agenda.reading.count_to_note()
        self.noting.setText(f"Issues à noter{NBSP}: {count}" if count else "Issues à noter")

    def _every_row(self) -> list[RecordRow]:
        """Those of the period shown, the week's too."""
        return [RecordRow(one, list_cells(one)) for day in self._days for one in day.lines]

    def _first(self) -> QWidget:
        if self.tabs.value() == _WEEK:
            return self.week.table_of(self._day()) or self.tabs
        return self.table if self.table.records.rows else self.tabs

    def _day(self) -> date:
        value = self.chosen.value("agenda_day")
        return value if isinstance(value, date) else self._services.clock.today()

    def _period(self) -> tuple[date, date]:
        day, view = self._day(), self.tabs.value()
        if view == _WEEK:
            return week_of(day)
        return (day, day) if view == _DAY else (day, day + timedelta(days=_LISTED - 1))

    def _move(self, step: int) -> None:
        """The period before or after; a week by its Monday, or today where it is that one."""
        first, last = self._period()
        length, today = last - first + timedelta(days=1), self._services.clock.today()
        if self.tabs.value() != _WEEK:
            self._go_to(self._day() + step * length)
            return
        monday = first + step * length
        self._go_to(today if monday <= today < monday + length else monday)

    def _pass(self, step: int) -> None:
        """Beyond the ends of the week, the next one with the same arrow."""
        self._move(step)
        # Where there is none: the button that goes on, for on the tabs an arrow would change the view.
        (self.week.end(step) or (self.after if step > 0 else self.before)).setFocus()

    def _go_to(self, day: date) -> None:
        """Another period; who was among its lines is so again."""
        among = self.week.has_focus() or self.table.hasFocus()
        self.chosen.set_values({"agenda_day": day})
        self.reload()
        if among:
            self._first().setFocus()

    def _open_line(self, line: object) -> None:
        if isinstance(line, AgendaLine):
            self.go(PERSON, line.appointment.person_id, str(line.appointment.id))

    def _choose(self, line: object) -> None:
        """What the line one is on leads to."""
        self.then.show_line(then_of(line) if isinstance(line, AgendaLine) else None)
        self.foot.setVisible(any(not one.isHidden() for one in self.then.buttons))

    # -- papers ----------------------------------------------------------------------------------------------

    def leave(self) -> None:
        self.printing.stop()

    def print_document(self) -> None:
        """Ctrl+P: the list of the day chosen."""
        if not self.papers.isHidden():
            self._print(self._services.agenda.papers.day_list)

    def _print(self, make: Callable[[date], Printable]) -> None:
        paper = self._guard.run(make, self._day(), refused=self._tell)
        if paper is not None:
            self.printing.ask(paper)

    def _print_batch(self) -> None:
        """The convocations of the period that are planned and lie ahead, in one print."""
        batch = self._services.appointments.papers.batch
        paper = self._guard.run(lambda: batch(_ahead(self._days)), refused=self._tell)
        if paper is not None:
            self.printing.ask(paper)

    def _on_named(self, named: bool) -> None:
        """Names leave by a choice made each time, beside what it asks for."""
        self.reminder.setVisible(named)
        self.export_button.setText(_EXPORT_NAMED if named else _EXPORT_UNNAMED)

    def _export(self) -> None:
        path: Path | None = self.ask_new_file(name=_FILE)
        if path is None:
            return
        export, named = self._services.agenda.papers.export, self.named.isChecked()
        written = self._guard.run(lambda: export(path, *self._period(), with_names=named), refused=self._tell)
        if written is None:
            return
        self.named.setChecked(False)
        said = "Il nomme des personnes suivies." if named else "Il ne nomme personne."
        self.notice.show_sentence(f"Agenda enregistré{NBSP}: {written.name}. {said}")

    def _tell(self, refusal: Refusal) -> None:
        self.band.show_sentence(sentence(refusal))


def _notes(days: Sequence[AgendaDay], view: str) -> list[str]:
    """What is noted of the day, or of each day of the list; the week says it day by day."""
    if view == _DAY:
        return day_notes(days[0])
    every = days if view == _LIST else ()
    return [f"{dates.short_with_day(day.day)}{NBSP}: {_AND.join(day_notes(day))}" for day in every if day_notes(day)]


def _ahead(days: Sequence[AgendaDay]) -> list[UUID]:
    return [one.appointment.id for day in days for one in day.lines if one.ahead and one.standing is Standing.PLANNED]


def _period_words(view: str, first: date, last: date) -> str:
    if view == _DAY:
        return dates.long(first)
    since = dates.short(first).removesuffix(f"/{last.year}")
    return f"du {since} au {dates.short(last)}"
