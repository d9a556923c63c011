"""« Demandes reçues »: typed at the top, the oldest that waits first, answered with « Répondu le … »."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from spip_desktop.domain import dates
from spip_desktop.domain.place import Place
from spip_desktop.domain.request import Request
from spip_desktop.domain.text import NBSP
from spip_desktop.reference import load
from spip_desktop.services.request import LINES, RequestList
from spip_desktop.services.request_words import answered, asked_by
from spip_desktop.ui.fact_desk import FactDesk, FactPanel
from spip_desktop.ui.fields import FieldKind, FieldSpec
from spip_desktop.ui.form import FormView
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.history import History, Step
from spip_desktop.ui.labels import EmptyState, SectionTitle, SmallText
from spip_desktop.ui.layout import column
from spip_desktop.ui.list_export import export_table
from spip_desktop.ui.page import Page
from spip_desktop.ui.readers import date_reader
from spip_desktop.ui.requests.entry import RequestEntry
from spip_desktop.ui.table import Cell, Column, RecordRow, TableView
from spip_desktop.ui.tabs import Tab, Tabs
from spip_desktop.wiring import Services
from spip_desktop.wording import request as words
from spip_desktop.wording import sentence

_WAITING, _DONE = "attente", "repondues"
_COLUMNS = (Column("Reçue le", 136), Column("Personne", 208), Column("Demande"), Column("Réponse", 232))


class RequestsPage(Page):
    """The entry has the focus: a day's letters are typed one after the other."""

    def __init__(self, services: Services, guard: Guard) -> None:
        super().__init__(words.TITLE, name="requests")
        self._services, self._guard = services, guard
        self._parse = date_reader(services.clock.today, sentence)
        self._shown = RequestList((), 0, 0)
        self._counts: tuple[int, int] = (-1, -1)
        self.history = History(self)
        self.entry = RequestEntry(services, guard, self._parse)
        self.desk = FactDesk(services.desk, services.clock, "request_answer", guard.report)
        self.tabs = Tabs(name="requests.tabs")
        self.table = TableView(_COLUMNS, name="requests.table", label=words.TITLE)
        self.empty = EmptyState(words.EMPTY_WAITING, words.ADVICE)
        self.more = SmallText("")
        self._build()

    def _build(self) -> None:
        self.open_dossier = self.add_action("Ouvrir le dossier", "user", self._open_dossier, name="requests.open")
        self.take_back = self.add_action("Supprimer", "trash", self._remove, name="requests.remove")
        self.answer = self.add_action("Répondre", "check", self._ask, name="requests.answer")
        self.export = export_table(self, self._services, "requests", self.table, lambda: words.TITLE, self._every_row)
        self.set_primary("Noter la demande", "plus", self.entry.record, name="requests.note")
        lines = column(gap=8)
        lines.addWidget(self.tabs)
        lines.addWidget(self.desk)
        lines.addWidget(self.table)
        lines.addWidget(self.empty)
        lines.addWidget(self.more)
        self.add(SectionTitle("Nouvelle demande", "Entrée note la demande"), self.entry, lines)
        self.entry.noted.connect(self._noted)
        self.entry.refused.connect(self.band.show_sentence)
        self.tabs.chosen.connect(lambda _: self._show())
        self.table.opened.connect(lambda _: self._ask())
        self.table.current_changed.connect(lambda _: self._show_acts())
        self.desk.recorded.connect(self._answered)
        self.desk.left.connect(self.table.setFocus)
        self.desk.saved.connect(self.saved)
        self.desk.failed.connect(self.save_failed)

    def open(self, place: Place) -> None:
        """The entry in focus, unless the place names a request, which is then ready to be answered."""
        self.notice.hide()
        self.desk.close_panel()
        self.reload()
        wanted = next((one for one in self._shown.lines if str(one.id) == place.field), None)
        if wanted is not None:
            self._choose(wanted.id)
            self._ask()
        else:
            self.entry.start()
            self.show_field(place.field)

    def reload(self) -> None:
        """Read the list again; what is being typed is not touched."""
        self._shown = self._services.requests.page(waiting=self._is_waiting())
        counts = (self._shown.waiting, self._shown.done)
        if counts != self._counts:
            self._counts = counts
            self.tabs.set_tabs(
                [Tab(_WAITING, words.WAITING, "clock", counts[0]), Tab(_DONE, words.DONE, "check", counts[1])]
            )
        self.counted.emit(self._shown.waiting)
        self._show_rows()

    def flush(self) -> bool:
        typed = self.entry.flush()
        return self.desk.flush() and typed

    def undo(self) -> None:
        """Take back what was just noted."""

        def take_back() -> None:
            if said := self.history.undo():
                self.reload()
                self.notice.show_sentence(said)

        self._guard.run(take_back, refused=lambda refusal: self.band.show_sentence(sentence(refusal)))

    # -- the list --------------------------------------------------------------------------------------------

    def _is_waiting(self) -> bool:
        return self.tabs.value() != _DONE

    def _show(self) -> None:
        self.desk.close_panel()
        self.reload()

    def _show_rows(self) -> None:
        shown = self._shown
        rows = self._rows(shown)
        self.table.set_rows(rows)
        self.table.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        self.empty.sentence.setText(words.EMPTY_WAITING if self._is_waiting() else words.EMPTY_DONE)
        total = self._total()
        self.more.setText(f"{LINES} premières sur {total}.")
        self.more.setVisible(total > LINES)
        self._show_acts()

    def _rows(self, shown: RequestList) -> list[RecordRow]:
        today = self._services.clock.today()
        return [RecordRow(one.id, _cells(one, shown, today)) for one in shown.lines]

    def _every_row(self) -> list[RecordRow]:
        """Those of the tab, not only the first that it shows."""
        return self._rows(self._services.requests.page(waiting=self._is_waiting(), limit=self._total()))

    def _total(self) -> int:
        return self._shown.waiting if self._is_waiting() else self._shown.done

    def _show_acts(self) -> None:
        one = self._current()
        none = "Choisissez une demande."
        waits = one is not None and one.is_waiting
        self.answer.set_available(waits, "" if waits or one else none)
        self.take_back.set_available(waits)
        self.open_dossier.set_available(one is not None and one.person_id is not None)

    def _current(self) -> Request | None:
        key = self.table.current_key()
        return next((one for one in self._shown.lines if one.id == key), None)

    def _choose(self, id_: UUID) -> None:
        row = next(n for n, one in enumerate(self._shown.lines) if one.id == id_)
        self.table.setCurrentIndex(self.table.records.index(row, 0))

    def _open_dossier(self) -> None:
        one = self._current()
        if one is not None and one.person_id is not None:
            self.go("person.synthese", one.person_id)

    # -- acts ------------------------------------------------------------------------------------------------

    def _noted(self, id_: UUID) -> None:
        service = self._services.requests
        self.band.clear()
        self._done("Demande notée", lambda: service.bin(id_))

    def _remove(self) -> None:
        one, service = self._current(), self._services.requests
        if one is not None:
            id_ = one.id
            self._guard.run(service.bin, id_)
            self._done("Demande supprimée", lambda: service.restore(id_))

    def _ask(self) -> None:
        one = self._current()
        if one is not None and one.is_waiting:
            self.notice.hide()
            self.desk.ask("answer", one.id, self._panel(one))

    def _panel(self, one: Request) -> FactPanel:
        channels = load("request_channels").options(self._services.clock.today())
        form = FormView(
            (
                FieldSpec("answer_how", "Répondu", FieldKind.CHOICE, channels, width="half"),
                FieldSpec("answered_on", "Le", FieldKind.DATE, width="half"),
                FieldSpec("answer", "Réponse, facultative", max_length=500),
            ),
            parse_date=self._parse,
        )
        form.set_values({"answer_how": one.channel, "answered_on": self._services.clock.today()})
        service = self._services.requests

        def record(shown: FormView) -> None:
            on = shown.value("answered_on")
            how, answer = str(shown.value("answer_how")), str(shown.value("answer"))
            service.answer(one.id, how, answer, on if isinstance(on, date) else None)

        title = f"{_who(one, self._shown)}{NBSP}: {one.subject}"
        return FactPanel(title, "Noter la réponse", form, record)

    def _answered(self) -> None:
        one, service = self._current(), self._services.requests
        row = self.table.currentIndex().row()
        self.table.setFocus()
        if one is not None:
            id_ = one.id
            self._done("Réponse notée", lambda: service.reopen(id_))
        self.table.take_place(row)

    def _done(self, said: str, undo: Callable[[], object]) -> None:
        self.saved.emit(self._services.clock.now())
        self.history.push(Step(f"{said}{NBSP}: annulé", undo))
        self.reload()
        self.notice.show_sentence(said, self.undo)


def _who(one: Request, shown: RequestList) -> str:
    return shown.names.get(one.person_id, "") if one.person_id else one.unknown


def _cells(one: Request, shown: RequestList, today: date) -> tuple[Cell, ...]:
    due = shown.due.get(one.id)
    late = due is not None and due < today
    days = (today - one.received_on).days
    since = f"il y a {days}{NBSP}jour{'s' if days > 1 else ''}" if days and one.is_waiting else ""
    received = Cell(
        dates.short(one.received_on), since, icon="alert-circle" if late else "", tone="alerte" if late else "texte"
    )
    unknown = "" if one.person_id else "sans dossier ici"
    said = ", ".join(part for part in (asked_by(one), one.contact) if part)
    reply = Cell(answered(one), one.answer, discreet=True) if not one.is_waiting else Cell("Répondre", link=True)
    who = Cell(_who(one, shown), unknown, bold=True, discreet=True)
    return received, who, Cell(one.subject, said, discreet=True), reply
