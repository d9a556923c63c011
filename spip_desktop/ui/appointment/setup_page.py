"""« Absences, permanences et lieux »: what the agenda knows besides appointments."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import cast
from uuid import UUID

from spip_desktop.domain import dates
from spip_desktop.domain.agenda import Half, MeetingPlace, OfficerAbsence, Permanence
from spip_desktop.domain.appointment import minutes
from spip_desktop.domain.appointment_states import Standing
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.officer import Right
from spip_desktop.domain.place import Place
from spip_desktop.reference import load
from spip_desktop.ui.appointment.agenda_cells import absence_words, permanence_words
from spip_desktop.ui.buttons import Button
from spip_desktop.ui.fact_desk import FactDesk, FactPanel
from spip_desktop.ui.fields import FieldKind, FieldSpec
from spip_desktop.ui.form import FormView
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.history import History, Step
from spip_desktop.ui.labels import Paragraph, Section
from spip_desktop.ui.page import Page
from spip_desktop.ui.readers import date_reader, hour_reader, show_hour
from spip_desktop.ui.table import Cell, Column, RecordRow, TableView
from spip_desktop.wiring import Services
from spip_desktop.wording import sentence
from spip_desktop.wording.appointment import HALVES, appointments_meanwhile

KIND = "agenda.setup"
_ABSENCE, _PERMANENCE, _PLACE = "absence", "permanence", "lieu"
_TWO = (Column("Quoi"), Column("Quand", 320), Column("", 120))
_PLACES = (Column("Lieu"), Column("Adresse", 320), Column("", 120))
_TAKE_AWAY = "Retirer"
#: The whole day has a code of its own in a list: nothing chosen is no answer.
_ALL_DAY = "journee"
_MOMENTS = tuple((half or _ALL_DAY, label) for half, label in HALVES.items())
#: Drafts of this page are about no record.
_NOTHING = UUID(int=0)


class AgendaSetupPage(Page):
    """Enter on a line takes it away; « Annuler » puts it back."""

    def __init__(self, services: Services, guard: Guard) -> None:
        super().__init__("Absences, permanences et lieux", name=KIND)
        self._services, self._guard = services, guard
        self._parse_date = date_reader(services.clock.today, sentence)
        self.history = History(self)
        #: The last thing asked for, and what is said once it is noted.
        self._act, self._said = _ABSENCE, ""
        self.desk = FactDesk(services.desk, services.clock, "agenda_fact", guard.report)
        self.absences = TableView(_TWO, name="setup.absences", label="Absences")
        self.permanences = TableView(_TWO, name="setup.permanences", label="Permanences")
        self.places = TableView(_PLACES, name="setup.places", label="Lieux de rendez-vous")
        self.add(self.desk)
        self.new: dict[str, Button] = {}
        for act, title, verb, table in (
            (_ABSENCE, "Mes absences", "Noter une absence", self.absences),
            (_PERMANENCE, "Permanences", "Noter une permanence", self.permanences),
            (_PLACE, "Lieux de rendez-vous", "Ajouter un lieu", self.places),
        ):
            button = Button(verb, "plus", name=f"setup.{act}.new")
            button.clicked.connect(lambda _=False, one=act: self._ask(one))
            self.new[act] = button
            self.add(Section(title, table, button, gap=8))
            button.setVisible(services.context.actor.may(Right.WRITE_APPOINTMENT))
        self.add(Paragraph("L’adresse du service est celle des Réglages.", colour="texte_2"))
        self.add_action("Retour à l’agenda", "arrow-left", lambda: self.go("agenda"), name="setup.back")
        self._connect()

    def _connect(self) -> None:
        self.desk.recorded.connect(self._on_recorded)
        self.desk.left.connect(lambda: self.new[self._act].setFocus())
        self.desk.saved.connect(self.saved)
        self.desk.failed.connect(self.save_failed)
        setup = self._services.agenda.setup
        for table, away, back in (
            (self.absences, setup.remove_absence, setup.restore_absence),
            (self.permanences, setup.remove_permanence, setup.restore_permanence),
            (self.places, setup.close_place, setup.open_place),
        ):
            table.opened.connect(lambda key, take=away, put=back: self._take_away(key, take, put))

    def open(self, place: Place) -> None:
        self.desk.close_panel()
        self.reload()
        self.desk.come_back(_NOTHING, self._panel)
        if self.desk.panel is None and not self.show_field(place.field):
            self.new[_ABSENCE].setFocus()

    def reload(self) -> None:
        setup = self._services.agenda.setup
        service = self._services.account.service().id
        self.absences.set_rows([RecordRow(one.id, self._absence_cells(one)) for one in setup.absences()])
        self.permanences.set_rows([RecordRow(one.id, _permanence_cells(one)) for one in setup.permanences()])
        self.places.set_rows([
            RecordRow(one.id, _place_cells(one, own=one.id != service)) for one in setup.places()
        ])  # fmt: skip
        for table in (self.absences, self.permanences, self.places):
            table.setVisible(bool(table.records.rows))

    def flush(self) -> bool:
        return self.desk.flush()

    def undo(self) -> None:
        def take_back() -> None:
            if said := self.history.undo():
                self.reload()
                self.notice.show_sentence(said)

        self._guard.run(take_back, refused=self._tell)

    # -- acts ------------------------------------------------------------------------------------------------

    def _ask(self, act: str) -> None:
        self.desk.ask(act, _NOTHING, self._panel(act))
        self.body.verticalScrollBar().setValue(0)

    def _panel(self, act: str) -> FactPanel:
        self._act, self._said = act, ""
        make = {_ABSENCE: self._absence_panel, _PERMANENCE: self._permanence_panel, _PLACE: self._place_panel}[act]
        return make()

    def _take_away(self, key: object, take: Callable[[UUID], None], put: Callable[[UUID], None]) -> None:
        if not isinstance(key, UUID) or key == self._services.account.service().id:
            return
        refusals: list[Refusal] = []
        self._guard.run(lambda: take(key), refused=refusals.append)
        if refusals:
            self._tell(refusals[0])
            return
        self.history.push(Step("Remis", lambda: put(key)))
        self.saved.emit(self._services.clock.now())
        self.reload()
        self.notice.show_sentence("Retiré.", self.undo)

    def _on_recorded(self) -> None:
        self.band.clear()
        self.saved.emit(self._services.clock.now())
        self.reload()
        self.notice.show_sentence(f"Noté. {self._said}".rstrip())
        self.new[self._act].setFocus()

    def _tell(self, refusal: Refusal) -> None:
        self.band.show_sentence(sentence(refusal))

    # -- panels ----------------------------------------------------------------------------------------------

    def _absence_panel(self) -> FactPanel:
        kinds = tuple((one.code, one.label) for one in load("officer_absence_kinds").entries)
        form = FormView(
            (
                FieldSpec("starts", "Du", FieldKind.DATE, width="half", required=True),
                FieldSpec("ends", "Au", FieldKind.DATE, width="half", help="Le même jour si rien n’est écrit."),
                FieldSpec("half", "Moment", FieldKind.CHOICE, _MOMENTS, width="half"),
                FieldSpec("kind", "Absence", FieldKind.CHOICE, kinds, width="half"),
            ),
            parse_date=self._parse_date,
        )
        form.set_values({"half": _ALL_DAY, "kind": kinds[0][0]})

        def record(shown: FormView) -> None:
            starts = _day(shown, "starts")
            absence = OfficerAbsence(
                id=self._services.context.ids.new(),
                officer_id=self._services.context.officer_id,
                kind=str(shown.value("kind")),
                starts=starts,
                ends=_day(shown, "ends") if shown.value("ends") else starts,
                half=Half(str(shown.value("half") or "").replace(_ALL_DAY, Half.DAY)),
            )
            self._services.agenda.setup.add_absence(absence)
            self._said = appointments_meanwhile(self._meanwhile(absence))

        return FactPanel("Absence", "Noter l’absence", form, record)

    def _meanwhile(self, absence: OfficerAbsence) -> int:
        """How many of the officer's appointments are planned while they are away."""
        lines = [one for day in self._services.agenda.reading.days(absence.starts, absence.ends) for one in day.lines]
        planned = [one.appointment for one in lines if one.standing is Standing.PLANNED]
        own = [one for one in planned if one.officer_id == absence.officer_id]
        return sum(absence.covers(one.day, one.begins, one.ends) for one in own)

    def _permanence_panel(self) -> FactPanel:
        hour = hour_reader(sentence)
        places = tuple((str(one.id), one.name) for one in self._services.agenda.setup.places())
        form = FormView(
            (
                FieldSpec("label", "Permanence", required=True, max_length=80),
                FieldSpec("day", "Le", FieldKind.DATE, width="half", required=True),
                FieldSpec("place_id", "Où", FieldKind.CHOICE, places, width="half"),
                FieldSpec("begins", "De", FieldKind.PARSED, width="half", parse=hour, show=show_hour),
                FieldSpec("ends", "À", FieldKind.PARSED, width="half", parse=hour, show=show_hour),
                FieldSpec("weekly", "Chaque semaine", FieldKind.RADIO, (("oui", "Oui"), ("non", "Non"))),
            ),
            parse_date=self._parse_date,
        )
        form.set_values({"weekly": "non"})

        def record(shown: FormView) -> None:
            place = str(shown.value("place_id") or "")
            one = Permanence(
                id=self._services.context.ids.new(),
                label=str(shown.value("label")),
                place_id=UUID(place) if place else None,
                day=_day(shown, "day"),
                begins=_minutes(shown, "begins"),
                ends=_minutes(shown, "ends"),
                weekly=shown.value("weekly") == "oui",
            )
            self._services.agenda.setup.add_permanence(one)

        return FactPanel("Permanence", "Noter la permanence", form, record)

    def _place_panel(self) -> FactPanel:
        form = FormView(
            (
                FieldSpec("name", "Nom", required=True, max_length=80),
                FieldSpec("inside", "En détention", FieldKind.RADIO, (("oui", "Oui"), ("non", "Non"))),
                FieldSpec("address", "Adresse", max_length=120),
                FieldSpec("postal_code", "Code postal", width="half", max_length=5),
                FieldSpec("city", "Commune", width="half", max_length=60),
                FieldSpec("phone", "Téléphone", width="half", max_length=20),
                FieldSpec("access", "Comment s’y rendre", max_length=200, help="Imprimé sur la convocation."),
            )
        )
        form.set_values({"inside": "non"})

        def record(shown: FormView) -> None:
            texts = {name: str(shown.value(name) or "") for name in shown.fields if name != "inside"}
            new, inside = self._services.context.ids.new(), shown.value("inside") == "oui"
            place = replace(MeetingPlace(id=new, name="", inside=inside), **texts)  # type: ignore[arg-type]
            self._services.agenda.setup.add_place(place)

        return FactPanel("Lieu de rendez-vous", "Ajouter le lieu", form, record)

    def _absence_cells(self, one: OfficerAbsence) -> tuple[Cell, ...]:
        """Whose it is, where it is not one's own."""
        other = next((who for who in self._services.account.officers() if who.id == one.officer_id), None)
        own = one.officer_id == self._services.context.officer_id
        name = "" if own or other is None else f"{other.first_name} {other.family_name}"
        return Cell(absence_words(one), name), Cell(_span(one.starts, one.ends)), _away()


def _permanence_cells(one: Permanence) -> tuple[Cell, ...]:
    when = f"Chaque {dates.DAYS[one.day.weekday()]}" if one.weekly else dates.short_with_day(one.day)
    return Cell(permanence_words(one)), Cell(when), _away()


def _place_cells(one: MeetingPlace, *, own: bool) -> tuple[Cell, ...]:
    return Cell(one.name, "En détention" if one.inside else ""), Cell(one.address_line), _away() if own else Cell("")


def _away() -> Cell:
    return Cell(_TAKE_AWAY, link=True)


def _span(starts: date, ends: date) -> str:
    return dates.short_with_day(starts) if starts == ends else f"du {dates.short(starts)} au {dates.short(ends)}"


def _day(form: FormView, code: str) -> date:
    value = form.value(code)
    if not isinstance(value, date):
        raise Refusal("required", code)
    return value


def _minutes(form: FormView, code: str) -> int:
    value = form.value(code)
    if not isinstance(value, tuple):
        raise Refusal("required", code)
    return minutes(cast("tuple[int, int]", value))
