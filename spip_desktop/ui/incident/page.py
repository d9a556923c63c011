"""« Manquements et incidents »: what happened stays as it was typed; what is added stands below it."""

from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from spip_desktop.domain.breach import BreachStanding
from spip_desktop.domain.measure import Obligation
from spip_desktop.domain.officer import Right
from spip_desktop.domain.place import Place
from spip_desktop.services.breach import Breaches, decision_kinds
from spip_desktop.ui.dossier import DossierPage
from spip_desktop.ui.fact_desk import FactDesk, FactPanel
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.incident.entry import APPOINTMENT, FIX, Entry, EntryView, breach_entry, incident_entry
from spip_desktop.ui.incident.panels import ABSENCE, Panels
from spip_desktop.ui.labels import Paragraph, Section
from spip_desktop.ui.layout import clear, column
from spip_desktop.ui.readers import date_reader
from spip_desktop.wiring import Services
from spip_desktop.wording import sentence
from spip_desktop.wording.incident import EMPTY_BREACHES, EMPTY_INCIDENTS, TITLE

KIND = "person.incidents"
_INCIDENT, _BREACH = "incident", "breach"
#: The panels that add to an incident; the others add to a manquement.
_OF_INCIDENT = frozenset({"inform", "incident_line", "incident_correction"})
_WHOLE = "la mesure dans son ensemble"


class PersonIncidentsPage(DossierPage):
    """An incident is written in one line, then the page asks at once who is informed."""

    def __init__(self, services: Services, guard: Guard) -> None:
        super().__init__(services, guard, TITLE, KIND)
        self._writes = services.context.actor.may(Right.WRITE_INCIDENT)
        self._obligations: tuple[Obligation, ...] = ()
        self._known: frozenset[str] = frozenset()
        self._to_fix: dict[str, Place] = {}
        self._about = ""
        self.desk = FactDesk(services.desk, services.clock, "incidents_fact", guard.report)
        self.incidents, self.breaches = _Entries(EMPTY_INCIDENTS), _Entries(EMPTY_BREACHES)
        self.second = self.add_action("Noter un manquement", "plus", lambda: self._ask(_BREACH), name="breaches.new")
        self.primary = self.set_primary(
            "Noter un incident", "alert-circle", lambda: self._ask(_INCIDENT), name="incidents.new"
        )
        for part in (
            self.desk,
            Section("Incidents", self.incidents, right="Rien de ceci n’est sur la vue partagée ni sur une fiche"),
            Section("Manquements", self.breaches),
        ):
            self.inside.addWidget(part)
        self._connect()

    def _connect(self) -> None:
        for entries in (self.incidents, self.breaches):
            entries.asked.connect(self._ask)
        self.desk.recorded.connect(self._on_recorded)
        self.desk.left.connect(self._on_left)
        self.desk.saved.connect(self.note_saved)
        self.desk.failed.connect(self.save_failed)

    def open(self, place: Place) -> None:
        """The first thing to do has the focus, unless a field is named."""
        self.desk.close_panel()
        super().open(place)
        if self.content.isHidden() or self.person is None:
            return
        if place.field.startswith(f"{ABSENCE}."):
            self._ask(place.field)
            return
        self.desk.come_back(self.person, self._panel)
        if not place.field and self.desk.panel is None:
            (self.primary if self._writes else self.body).setFocus()

    def show_values(self, person_id: UUID) -> None:
        found = self.services.incidents.of_person(person_id)
        self.incidents.show_entries([incident_entry(one, writes=self._writes) for one in found])
        breaches = self.services.breaches.of_person(person_id)
        self._obligations = breaches.obligations
        self._to_fix = {str(one.breach.id): place for one in breaches.standings if (place := breaches.to_fix(one))}
        self.breaches.show_entries([self._breach(one, breaches) for one in breaches.standings])
        self._known = frozenset(
            [f"{_INCIDENT}.{one.incident.id}" for one in found]
            + [f"{_BREACH}.{one.breach.id}" for one in breaches.standings]
        )
        self.primary.setVisible(self._writes)
        self.second.setVisible(self._writes)

    def flush(self) -> bool:
        return self.desk.flush()

    def _breach(self, one: BreachStanding, breaches: Breaches) -> Entry:
        named = dict(self._named())
        of = named.get(str(one.breach.obligation_id), _WHOLE)
        to_report = one.awaits_report(decision_kinds()) is not None
        return breach_entry(
            one,
            of,
            breaches.missed(one),
            to_report=to_report,
            to_fix=str(one.breach.id) in self._to_fix,
            writes=self._writes,
        )

    def _named(self) -> list[tuple[str, str]]:
        label = self.services.catalogue.obligation_label
        return [(str(one.id), label(one.code)) for one in self._obligations]

    # -- acts ------------------------------------------------------------------------------------------------

    def _ask(self, name: str) -> None:
        """Open the panel of that name; the appointment a manquement came from is on its own page."""
        what, _, about = name.partition(".")
        if what == APPOINTMENT:
            self.go("person.appointments", self.person, about)
            return
        if what == FIX:
            self.went.emit(self._to_fix[about])
            return
        panel = self.guard.run(lambda: self._panel(name), refused=self.tell)
        if self.person is not None and panel is not None:
            self.notice.hide()
            sort = _INCIDENT if what in _OF_INCIDENT else _BREACH
            self._about = f"{sort}.{about}"
            self.desk.ask(name, self.person, panel)
            self.body.verticalScrollBar().setValue(0)

    def _panel(self, name: str) -> FactPanel | None:
        assert self.person is not None
        reader = date_reader(self.services.clock.today, sentence)
        return Panels(self.services, reader, self.person, self._named()).make(name)

    def _on_recorded(self) -> None:
        """After a new incident, who is informed is asked at once: « Pas encore » is an answer.

        Else the focus goes to what was added to, where the next step is.
        """
        before = self._known
        self.band.clear()
        self.saved.emit(self.services.clock.now())
        self.notice.show_sentence("Noté.")
        self.reload()
        new = next(iter(self._known - before), "")
        if new.startswith(_INCIDENT):
            self._ask(f"inform.{new.partition('.')[2]}")
            self.notice.show_sentence("Incident noté.")
        else:
            self._stay_at(new or self._about)

    def _on_left(self) -> None:
        self.reload()
        self._stay_at(self._about)

    def _stay_at(self, about: str) -> None:
        if not self.show_field(about):
            self.primary.setFocus()


class _Entries(QWidget):
    """The entries of one sort, one below the other, or what stands there while there is none."""

    asked = Signal(str)  # the name of a panel

    def __init__(self, empty: str) -> None:
        super().__init__()
        self._empty = empty
        self._lines = column(self, gap=0)

    def show_entries(self, entries: list[Entry]) -> None:
        clear(self._lines)
        for entry in entries:
            view = EntryView(entry)
            view.asked.connect(self.asked)
            self._lines.addWidget(view)
        if not entries:
            self._lines.addWidget(Paragraph(self._empty, colour="texte_2"))
