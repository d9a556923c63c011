"""« Arrivants »: name, first names, birth, écrou, Enter; the next one. The day and the place stay for the list."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from spip_desktop.domain import dates
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.officer import Right
from spip_desktop.domain.person_list import PersonHit
from spip_desktop.domain.place import Place
from spip_desktop.domain.text import NBSP
from spip_desktop.reference import load
from spip_desktop.services.person import QuickStart
from spip_desktop.ui.fields import FieldKind, FieldSpec
from spip_desktop.ui.form import FormView
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.history import History, Step
from spip_desktop.ui.kept_typing import KeptTyping
from spip_desktop.ui.labels import EmptyState, Paragraph, SectionTitle
from spip_desktop.ui.layout import column
from spip_desktop.ui.list_export import export_table
from spip_desktop.ui.page import Page
from spip_desktop.ui.readers import date_reader
from spip_desktop.ui.similar_panel import SimilarPanel
from spip_desktop.ui.table import Cell, Column, RecordRow, TableView
from spip_desktop.wiring import Services
from spip_desktop.wording import sentence

_TITLE = "Arrivants"
_KIND = "arrival.new"
_ADVICE = (
    "Nom, prénoms, naissance, numéro d’écrou, puis Entrée. Le jour et l’établissement restent pour toute la liste."
)
_COLUMNS = (Column("Écrou", 112), Column("Personne"), Column("Naissance", 136), Column("Suivi par", 208))
_ROW = ("birth_name", "first_names", "birth_date", "ecrou_number")
_MINE = "moi"


class ArrivalsPage(Page):
    """A dossier a row, each recorded at its Enter; a row is taken back while nothing else is in its dossier."""

    def __init__(self, services: Services, guard: Guard) -> None:
        super().__init__(_TITLE, name="arrivals")
        self._services, self._guard = services, guard
        self._may = services.context.actor.may(Right.WRITE_PERSON)
        self._shown: list[PersonHit] = []
        self.history = History(self)
        today = services.clock.today
        mine = services.persons.may_follow()
        self.day = FormView(_day_specs(mine=mine), parse_date=date_reader(today, sentence))
        self.day.set_values({"ecrou_on": today(), "follow": (_MINE,) if mine else ()})
        self.form = FormView(_row_specs(), parse_date=date_reader(today, sentence, past=True))
        self.similar = SimilarPanel(load("duplicate_reasons").options(today()))
        self.entry = _Entry(self.form, self.similar, self._record)
        self._typing = KeptTyping(self, _KIND, services.desk, guard, (self.day, self.form, self.similar.form))
        self.table = TableView(_COLUMNS, name="arrivals.table", label=_TITLE)
        self.empty = EmptyState("Les dossiers créés apparaissent ici, le plus récent en dernier.")
        self.listed = SectionTitle("")
        self._build()

    def _build(self) -> None:
        self.remove = self.add_action("Retirer de la liste", "trash", self._take_back, name="arrivals.remove")
        self.export = export_table(self, self._services, "arrivals", self.table, lambda: _TITLE)
        self.set_primary("Ajouter à la liste", "plus", self._record, name="arrivals.add").set_available(
            self._may, "" if self._may else "Votre rôle ne crée pas de dossier."
        )
        lines = column(gap=4)
        for part in (self.listed, self.table, self.empty):
            lines.addWidget(part)
        self.add(Paragraph(_ADVICE, colour="texte_2"), self.day, self.entry, lines)
        self.day.edited.connect(self._on_day)
        self.form.edited.connect(lambda _: self._look())
        self.similar.list.asked.connect(lambda id_: self.go("person.synthese", id_))
        self.table.opened.connect(lambda key: self.go("person.situation", key))
        self.table.current_changed.connect(lambda _: self._show_acts())

    def open(self, place: Place) -> None:
        """The name of the next one in focus, as it was half typed."""
        self.notice.hide()
        self._typing.bring_back()
        self.reload()
        self._look()
        if not self.show_field(place.field):
            self.form.field("birth_name").setFocus()

    def reload(self) -> None:
        on = self._on()
        self._shown = self._services.arrival_list.of_day(on)
        self.table.set_rows([RecordRow(one.id, _cells(one)) for one in self._shown])
        self.table.setVisible(bool(self._shown))
        self.empty.setVisible(not self._shown)
        self.listed.set_title(_listed(len(self._shown), on))
        self._show_acts()

    def flush(self) -> bool:
        return self._typing.flush()

    def undo(self) -> None:
        """Take back the last row added or removed."""

        def take_back() -> None:
            if said := self.history.undo():
                self.reload()
                self.notice.show_sentence(said)

        self._guard.run(take_back, refused=self._tell)

    # -- a row -----------------------------------------------------------------------------------------------

    def _record(self) -> None:
        for form in (self.day, self.form):
            if unread := form.unread():
                form.show_problems(unread)
                return
        service, persons = self._services.arrival_list, self._services.persons
        person = self._guard.run(persons.quick_start, self._start(), self.similar.reason(), refused=self._refused)
        if person is None:
            return
        kept = self.day.values()
        name = str(self.form.value("birth_name"))
        self._typing.forget()
        self.form.set_values(dict.fromkeys(_ROW))
        self.form.show_problems({})
        self.similar.clear()
        self.day.set_values(kept)
        self._done(f"{name}{NBSP}: dossier créé", lambda: service.take_back(person))
        self.form.field("birth_name").setFocus()

    def _start(self) -> QuickStart:
        typed, of_day = self.form.values(), self.day.values()
        return QuickStart(
            birth_name=str(typed.get("birth_name") or ""),
            first_names=str(typed.get("first_names") or ""),
            birth_date=typed.get("birth_date"),  # type: ignore[arg-type]
            ecrou_number=str(typed.get("ecrou_number") or ""),
            ecrou_on=self._on(),
            establishment=str(of_day.get("establishment") or ""),
            follow=bool(of_day.get("follow")),
        )

    def _look(self) -> None:
        """Who may be this person, once there is enough to tell."""
        start = self._start()
        enough = self._may and (start.ecrou_number or (start.birth_name and start.first_names and start.birth_date))
        self.similar.show_found(self._services.persons.similar(start) if enough else ())

    def _refused(self, refusal: Refusal) -> None:
        self.form.show_problems({})
        if refusal.code == "duplicate":
            self.similar.ask(refusal)
        elif rest := self.form.show_refusal(refusal, sentence):
            self.band.show_sentence(rest[0])

    def _take_back(self) -> None:
        service, key = self._services.arrival_list, self.table.current_key()
        if not isinstance(key, UUID):
            return
        refusals: list[Refusal] = []
        self._guard.run(service.take_back, key, refused=refusals.append)
        if refusals:
            self._tell(refusals[0])
        else:
            self._done("Retiré de la liste", lambda: service.restore(key))

    # -- the list --------------------------------------------------------------------------------------------

    def _on(self) -> date:
        value = self.day.value("ecrou_on")
        return value if isinstance(value, date) else self._services.clock.today()

    def _on_day(self, code: str) -> None:
        if code == "ecrou_on" and self.day.field(code).parses():
            self.reload()

    def _show_acts(self) -> None:
        chosen = self.table.current_key() is not None
        self.remove.set_available(chosen and self._may)

    def _tell(self, refusal: Refusal) -> None:
        self.band.show_sentence(sentence(refusal))

    def _done(self, said: str, undo: Callable[[], object]) -> None:
        self.band.clear()
        self.saved.emit(self._services.clock.now())
        self.history.push(Step(f"{said}, annulé", undo))
        self.reload()
        self.notice.show_sentence(said, self.undo)


class _Entry(QWidget):
    """The four fields and who may be the same; Enter anywhere among them records."""

    def __init__(self, form: FormView, similar: SimilarPanel, record: Callable[[], None]) -> None:
        super().__init__()
        self._record = record
        inside = column(self, gap=16)
        inside.addWidget(form)
        inside.addWidget(similar)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._record()
        else:
            super().keyPressEvent(event)


def _day_specs(*, mine: bool) -> tuple[FieldSpec, ...]:
    follow = (FieldSpec("follow", "Suivi", FieldKind.TICKS, ((_MINE, "Je suis ces dossiers"),)),) if mine else ()
    return (
        FieldSpec("ecrou_on", "Écroués le", FieldKind.DATE, width="half"),
        FieldSpec("establishment", "Établissement", width="half"),
        *follow,
    )


def _row_specs() -> tuple[FieldSpec, ...]:
    return (
        FieldSpec("birth_name", "Nom de naissance", width="half"),
        FieldSpec("first_names", "Prénoms", width="half"),
        FieldSpec("birth_date", "Date de naissance", FieldKind.DATE, width="half", help="14/3/04, 140304"),
        FieldSpec("ecrou_number", "Numéro d’écrou", width="half"),
    )


def _listed(count: int, on: date) -> str:
    said = f"{count}{NBSP}arrivant{'s' if count > 1 else ''}" if count else "Personne encore"
    return f"{said}, {dates.short_with_day(on)}"


def _cells(one: PersonHit) -> tuple[Cell, ...]:
    return (
        Cell(one.ecrou_number, discreet=True),
        Cell(one.name, bold=True, discreet=True),
        Cell(dates.short(one.birth_date), discreet=True),
        Cell(one.officers or "À affecter", tone="texte" if one.officers else "texte_2"),
    )
