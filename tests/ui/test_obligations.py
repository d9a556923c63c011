"""« Obligations », with real keys and a real encrypted store, as an officer uses it between two appointments."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from spip_desktop.domain.hours import HoursLine, HoursStep
from spip_desktop.domain.officer import Role
from spip_desktop.domain.payment import Payment, PaymentPlan
from spip_desktop.domain.place import Place
from spip_desktop.domain.week_hours import parse_week
from spip_desktop.services.context import Context
from spip_desktop.services.person import QuickStart
from spip_desktop.ui.editors import Choice
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.obligations import PAGES
from spip_desktop.ui.obligations.page import KIND, ObligationsPage
from spip_desktop.ui.table import TableView
from spip_desktop.ui.text import Text
from spip_desktop.ui.window import Frame, MainWindow
from spip_desktop.wiring import Services, make_services
from tests.documents.reading import one_line
from tests.obligation_fixtures import measure_of, obligation_of, sample
from tests.store_fixtures import entrusted
from tests.ui.checks import (
    assert_every_control_is_named,
    assert_no_clipped_text,
    assert_one_filled_button,
    assert_tab_ring,
    at_text_size,
    settle,
)
from tests.ui.conftest import DAY_J, Show
from tests.ui.paper import Paper
from tests.ui.typing import click, press, type_text

TODAY = date(2026, 11, 22)


class Desk:
    """The page in its window, and what a hand does there."""

    def __init__(self, context: Context, window: MainWindow) -> None:
        self.services, self.window = make_services(context), window
        self.bugs: list[str] = []
        self.went: list[Place] = []
        made = PAGES[KIND](self.services, Guard(self.bugs.append, window))
        assert isinstance(made, ObligationsPage)
        self.page = made
        made.went.connect(self.went.append)

    def open(self, person: UUID, field: str = "") -> None:
        place = Place(KIND, person, field)
        self.window.show_page(self.page, place)
        self.page.open(place)
        settle()

    def find(self, name: str) -> QWidget:
        settle()
        found = [one for one in self.page.findChildren(QWidget, name) if one.isVisibleTo(self.page)]
        assert found, f"nothing shown under {name}"
        return found[-1]

    def shown(self, name: str) -> bool:
        settle()
        return any(one.isVisibleTo(self.page) for one in self.page.findChildren(QWidget, name))

    def click(self, name: str) -> None:
        click(self.find(name))
        settle()

    def type(self, name: str, text: str) -> None:
        widget = self.find(f"{name}.editor")
        widget.setFocus()
        press(widget, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        type_text(widget, text)
        settle()

    def choose(self, name: str, code: str) -> None:
        choice = self.find(f"{name}.editor")
        assert isinstance(choice, Choice)
        choice.set_value(code)
        choice.chosen.emit()
        settle()

    def tick(self, name: str, label: str) -> None:
        field = self.page.desk.panel.form.field(name) if self.page.desk.panel else None
        assert field is not None
        field.set_value(label)
        field.edited.emit(name)
        settle()

    def enter(self) -> None:
        press(self.window.focusWidget(), Qt.Key.Key_Return)
        settle()

    def row(self, name: str, number: int) -> TableView:
        table = self.find(name)
        assert isinstance(table, TableView)
        table.setFocus()
        table.setCurrentIndex(table.records.index(number, table.first_column()))
        settle()
        return table

    def cells(self, name: str) -> list[tuple[str, ...]]:
        table = self.find(name)
        assert isinstance(table, TableView)
        return [tuple(cell.text for cell in row.cells) for row in table.records.rows]

    def said(self) -> str:
        settle()
        texts = [one for one in self.page.findChildren(Text) if one.isVisibleTo(self.page)]
        return " ".join(one.text() for one in texts)


@pytest.fixture
def desk(context: Context, show: Show) -> Iterator[Desk]:
    window = MainWindow(Frame(now=lambda: DAY_J, search=lambda _: []))
    made = Desk(context, window)
    show(window)
    yield made
    assert made.bugs == []
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def outside(services: Services, name: str) -> UUID:
    """A person followed outside."""
    quick = QuickStart(
        birth_name=name, first_names="Camille", birth_date=date(1990, 2, 4), referral_on=date(2026, 3, 1)
    )
    return services.persons.quick_start(quick)


@pytest.fixture
def free(desk: Desk) -> UUID:
    """A person followed outside, on probation: work, payments, appointments."""
    services = desk.services
    person = outside(services, "Poirier")
    measure = measure_of(services, person, "SP", starts=date(2026, 3, 19))
    for code in ("cp132_44_1", "cp132_45_1", "cp132_45_5"):
        obligation_of(services, person, measure, code, starts=date(2026, 3, 19))
    return person


def test_a_payment_and_a_proof_are_noted_in_a_few_keys(desk: Desk, free: UUID) -> None:
    """« Elle me tend son reçu de 50 euros et sa fiche de paie d'octobre »: two lines, no mouse."""
    desk.open(free)
    assert_one_filled_button(desk.page)
    assert desk.cells("obligations.table")[2][1:] == (
        "Réparer les dommages causés",
        "Rien de noté depuis le 19/03/2026",
    )
    desk.row("obligations.table", 2)
    desk.enter()
    assert QApplication.focusWidget() is desk.find("cents.editor")
    type_text(desk.find("cents.editor"), "1 050,50")
    desk.tick("original", "oui")
    desk.enter()
    assert (
        desk.cells("obligations.table")[2][2]
        == "1\u00a0050,50\u00a0€ versés, le dernier le 22/11/2026, sans échéancier noté"
    )
    table = desk.row("obligations.table", 1)
    QTest.keyClick(table, Qt.Key.Key_J)
    settle()
    desk.type("covers_from", "1/10/26")
    desk.type("covers_until", "31/10/26")
    desk.tick("original", "oui")
    desk.enter()
    assert desk.cells("obligations.table")[1][2] == "Sans justificatif depuis le 01/11/2026"
    assert {one[1] for one in desk.cells("obligations.history")} == {"Justificatif", "Versement"}


def test_a_plan_and_two_months_missed(desk: Desk, free: UUID) -> None:
    desk.open(free)
    table = desk.row("obligations.table", 2)
    QTest.keyClick(table, Qt.Key.Key_E)
    settle()
    desk.type("monthly_cents", "50")
    desk.type("starts", "5/9/26")
    desk.enter()
    assert "Mois sans versement\u00a0: septembre 2026, octobre 2026, novembre 2026" in desk.said()
    desk.click("payments.add")
    assert desk.page.desk.panel is not None
    assert desk.page.desk.panel.form.value("cents") == 50_00
    desk.tick("original", "non")
    desk.enter()
    assert "Mois sans versement\u00a0: septembre 2026, octobre 2026" in desk.said()
    assert (
        "50\u00a0€ versés sur 150\u00a0€ prévus à ce jour, il manque 100\u00a0€" in desk.cells("obligations.table")[2]
    )


def test_what_is_missing_is_said_beside_its_field(desk: Desk, free: UUID) -> None:
    desk.open(free)
    desk.row("obligations.table", 2)
    desk.enter()
    desk.type("cents", "soixante")
    desk.click("fact.write")
    panel = desk.page.desk.panel
    assert panel is not None
    assert "n’est pas un montant" in panel.form.field("cents").problem
    assert panel.form.field("original").problem == "À remplir."
    assert desk.services.obligations.view(free).history == ()


def test_a_line_typed_wrong_is_corrected_by_a_second_one(desk: Desk, free: UUID) -> None:
    """The first stays, told as replaced."""
    (*_, repair) = desk.services.obligations.view(free).obligations
    line = sample("payments", desk.services.context.ids.new(), free, measure=free, obligation=repair.obligation.id)
    desk.services.obligations.payments.note(line)
    desk.open(free)
    desk.row("obligations.history", 0)
    desk.enter()
    desk.type("cents", "6")
    desk.enter()
    history = desk.services.obligations.view(free).history
    assert sorted((one.line.cents, one.stands) for one in history) == [(6_00, True), (60_00, False)]  # type: ignore[attr-defined]
    standing = next(one for one in history if one.stands)
    row = next(number for number, row in enumerate(desk.page.history_table.records.rows) if row.key == standing.line.id)
    table = desk.row("obligations.history", row)
    QTest.keyClick(table, Qt.Key.Key_Delete)
    settle()
    desk.type("note", "Reçu d’une autre personne")
    desk.click("fact.write")
    assert [one.stands for one in desk.services.obligations.view(free).history] == [False] * 3
    assert "Reçu d’une autre personne" in " ".join(
        cell.second for row in desk.page.history_table.records.rows for cell in row.cells
    )


def test_hours_asked_yesterday_are_granted_with_the_judge_s_authorisation(desk: Desk) -> None:
    services = desk.services
    person = outside(services, "Lœillet")
    measure = measure_of(services, person, "DDSE-A", starts=date(2026, 9, 8))
    week = parse_week("lun-ven 7h-15h")
    ids = services.context.ids
    first = HoursLine(
        id=ids.new(), person_id=person, measure_id=measure, step=HoursStep.GRANTED, happened_on=date(2026, 9, 8),
        slots=week, authority="jap",
    )  # fmt: skip
    services.obligations.hours.note(first)
    desk.open(person)
    desk.click("hours.ask")
    desk.type("slots", "lun-ven 5h30-15h")
    desk.type("note", "Reprise plus tôt pendant trois semaines")
    desk.enter()
    assert "sans réponse" in desk.said()
    desk.click("hours.granted")
    desk.choose("authority", "dspip")
    desk.click("fact.write")
    panel = desk.page.desk.panel
    assert panel is not None
    assert "L. 424-1" in panel.form.field("jap_on").problem
    desk.type("jap_on", "auj")
    desk.click("fact.write")
    assert "sans réponse" not in desk.said()
    assert [row[1] for row in desk.cells("hours.periods")] == [
        "lun-ven 5\u00a0h\u00a030-15\u00a0h", "lun-ven 7\u00a0h-15\u00a0h",
    ]  # fmt: skip


def test_a_night_of_work_is_counted_and_its_sheet_waits_to_be_signed(desk: Desk) -> None:
    services = desk.services
    person = outside(services, "Métayer")
    measure_of(services, person, "TIG", hours=105, definitive_on=date(2026, 4, 1))
    desk.open(person)
    assert QApplication.focusWidget() is desk.find("obligations.note")
    desk.click("obligations.note")
    desk.type("done_on", "20/11/26")
    desk.type("host", "Mairie de Valbrune")
    desk.type("begins", "21h")
    desk.type("finishes", "1h30")
    desk.tick("signed", "non")
    desk.enter()
    assert "4\u00a0h\u00a030" in desk.said()
    assert "100\u00a0h\u00a030" in desk.said()
    assert "1 feuille à faire signer" in desk.said()


def test_the_state_for_the_judge_is_printed_and_kept(desk: Desk, free: UUID, paper: Paper) -> None:
    desk.open(free)
    desk.page.print_document()
    desk.click("printing.go")
    words = one_line(paper.sent[0])
    assert "État des obligations" in words
    assert "Rien de noté depuis le 19/03/2026" in words
    desk.page.print_document()
    desk.click("printing.go")
    assert paper.sent[0] == paper.sent[1]
    desk.click("obligations.own")
    desk.click("printing.go")
    assert "Mes obligations" in one_line(paper.sent[2])


def test_under_ecrou_one_chooses_the_copy_and_the_suspension_is_proposed(desk: Desk, loic: UUID, paper: Paper) -> None:
    measure = measure_of(desk.services, loic, "SP")
    obligation_of(desk.services, loic, measure, "cp132_45_5")
    desk.open(loic)
    assert "le délai de probation est suspendu" in desk.said()
    assert "Ne s’applique pas pendant l’incarcération" in desk.cells("obligations.table")[0][2]
    desk.click("obligations.suspend")
    assert "le délai de probation est suspendu" not in desk.said()
    desk.click("obligations.own")
    assert desk.page.desk.panel is not None
    assert desk.page.desk.panel.form.value("kept") == "cellule"
    desk.click("fact.write")
    desk.click("printing.go")
    assert "Vous pouvez le garder" in one_line(paper.sent[0])


def test_where_no_hours_are_fixed_one_notes_those_decided(desk: Desk) -> None:
    person = outside(desk.services, "Müller")
    measure = measure_of(desk.services, person, "SL")
    desk.open(person)
    assert desk.find("obligations.note").text() == "Noter les horaires décidés"  # type: ignore[attr-defined]
    desk.click("obligations.note")
    desk.type("slots", "lun-ven 21h-5h")
    desk.choose("authority", "jap")
    desk.enter()
    assert desk.cells("hours.periods")[0][1] == "lun-ven 21\u00a0h-5\u00a0h"
    assert desk.find("obligations.note").text() == "Noter une demande"  # type: ignore[attr-defined]
    assert desk.services.obligations.view(person).hours[0].measure.id == measure


def test_two_of_a_kind_are_told_apart(desk: Desk, free: UUID) -> None:
    """Two civil parties of one judgment: whose payment it is can be read everywhere."""
    (measure,) = {one.measure.id for one in desk.services.obligations.view(free).obligations}
    obligation_of(desk.services, free, measure, "cp132_45_5", precision="Partie civile Morel")
    desk.open(free)
    said = [row.cells[1].second for row in desk.row("obligations.table", 0).records.rows]
    desk.row("obligations.table", said.index("Partie civile Morel"))
    desk.click("obligations.note")
    assert "Versement\u00a0: Réparer les dommages causés (Partie civile Morel)" in desk.said()
    desk.type("cents", "1 250,50")
    desk.tick("original", "oui")
    desk.enter()
    table = desk.row("obligations.history", 0)
    assert table.records.rows[0].cells[1].second == "Réparer les dommages causés (Partie civile Morel)"


def test_another_dossier_opens_at_its_first_line(desk: Desk, free: UUID) -> None:
    other = outside(desk.services, "Breton")
    of = {
        free: desk.services.obligations.view(free).obligations[0].measure.id,
        other: measure_of(desk.services, other, "SP"),
    }
    scroll = desk.page.body.verticalScrollBar()
    for person, measure in of.items():
        desk.services.situation.add_obligations(measure, [f"cp132_45_{number}" for number in range(2, 20)])
        desk.open(person)
        assert scroll.maximum() > 20, "the control: there is something to scroll"
        assert scroll.value() == 0
        scroll.setValue(scroll.maximum())


def test_what_a_panel_proposes_gives_way_to_what_is_typed(desk: Desk, free: UUID) -> None:
    """60 is proposed, 45 was paid: it is not 4 560."""
    (of,) = (one for one in desk.services.obligations.view(free).obligations if one.obligation.code == "cp132_45_5")
    desk.services.obligations.plans.note(
        PaymentPlan(
            id=desk.services.context.ids.new(), person_id=free, obligation_id=of.obligation.id, starts=TODAY,
            monthly_cents=60_00,
        )
    )  # fmt: skip
    desk.open(free)
    QTest.keyClick(desk.row("obligations.table", 2), Qt.Key.Key_V)
    settle()
    type_text(desk.find("cents.editor"), "45")
    desk.tick("original", "non")
    desk.enter()
    (line,) = (one.line for one in desk.services.obligations.view(free).history if isinstance(one.line, Payment))
    assert line.cents == 45_00


def test_the_lines_one_was_reading_are_in_sight_after_noting(desk: Desk) -> None:
    person = outside(desk.services, "Métayer")
    measure = measure_of(desk.services, person, "TIG", hours=105)
    new = desk.services.context.ids.new
    for day in range(1, 19):
        line = sample("sessions", new(), person, measure=measure, obligation=measure)
        desk.services.obligations.sessions.note(replace(line, done_on=date(2026, 10, day)))
    desk.open(person)
    scroll = desk.page.body.verticalScrollBar()
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Escape):
        desk.click("obligations.note")
        desk.type("minutes", "3 h")
        desk.tick("signed", "oui")
        press(desk.window.focusWidget(), key)
        settle()
        assert scroll.maximum() > 100, "the control: there is something to scroll"
        assert scroll.value() == 0


def test_who_leaves_a_panel_is_back_on_the_list(desk: Desk, free: UUID) -> None:
    desk.open(free)
    desk.click("obligations.note")
    press(desk.window.focusWidget(), Qt.Key.Key_Escape)
    settle()
    assert QApplication.focusWidget() is desk.find("obligations.table")


def test_what_was_made_up_or_paid_ahead_is_not_a_month_without_payment(desk: Desk, free: UUID) -> None:
    (of,) = (one for one in desk.services.obligations.view(free).obligations if one.obligation.code == "cp132_45_5")
    new, about = desk.services.context.ids.new, of.obligation.id
    desk.services.obligations.plans.note(
        PaymentPlan(
            id=new(),
            starts=date(2026, 8, 5),
            monthly_cents=50_00,
            total_cents=150_00,
            person_id=free,
            obligation_id=about,
        )
    )
    desk.open(free)
    assert [row[3] for row in desk.cells("payments.months")] == ["Sans versement"] * 3
    desk.services.obligations.payments.note(
        Payment(id=new(), person_id=free, obligation_id=about, paid_on=date(2026, 8, 6), cents=160_00)
    )
    desk.open(free)
    assert [row[3] for row in desk.cells("payments.months")] == [""] * 3
    assert "De trop" in desk.said()


def test_printing_a_copy_gives_up_nothing_that_was_being_typed(desk: Desk, loic: UUID, paper: Paper) -> None:
    measure_of(desk.services, loic, "SL")
    desk.open(loic)
    desk.click("obligations.note")
    desk.type("slots", "lun-ven 8h-18h")
    desk.click("obligations.own")
    desk.click("fact.write")
    assert desk.page.desk.panel is None
    desk.click("obligations.note")
    assert desk.find("slots.editor").text() == "lun-ven 8\u00a0h-18\u00a0h"  # type: ignore[attr-defined]
    desk.choose("authority", "jap")
    desk.click("obligations.note")
    assert desk.cells("hours.periods")[0][1] == "lun-ven 8\u00a0h-18\u00a0h", "pressed once more, it writes"


def test_an_empty_dossier_says_what_to_do_first(desk: Desk) -> None:
    person = outside(desk.services, "Perrot")
    desk.open(person)
    assert "Aucune obligation n’est notée." in desk.said()
    assert not desk.shown("obligations.note")
    desk.click("obligations.situation")
    assert desk.went == [Place("person.situation", person, "obligations")]


@pytest.mark.parametrize("role", [Role.LECTURE, Role.INTERVENANT])
def test_who_only_reads_sees_the_facts_and_notes_nothing(context: Context, show: Show, role: Role, loic: UUID) -> None:
    services = make_services(context)
    measure = measure_of(services, loic, "SP")
    obligation = obligation_of(services, loic, measure, "cp132_45_5")
    services.obligations.payments.note(
        sample("payments", context.ids.new(), loic, measure=measure, obligation=obligation)
    )
    window = MainWindow(Frame(now=lambda: DAY_J, search=lambda _: []))
    theirs = Desk(entrusted(context, loic, role), window)
    show(window)
    theirs.open(loic)
    assert theirs.cells("obligations.table")
    assert not any(theirs.shown(name) for name in ("obligations.note", "obligations.proof", "payments.add"))
    theirs.row("obligations.history", 0)
    theirs.enter()
    assert theirs.page.desk.panel is None
    assert theirs.bugs == []
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.mark.parametrize("percent", [100, 200])
def test_the_page_is_sound_at_every_size_of_text(desk: Desk, free: UUID, percent: int) -> None:
    (_, work, repair) = desk.services.obligations.view(free).obligations
    new = desk.services.context.ids.new
    measure = repair.measure.id
    for name in ("plans", "payments"):
        line = sample(name, new(), free, measure=measure, obligation=repair.obligation.id)
        getattr(desk.services.obligations, name).note(line)
    desk.services.obligations.proofs.note(sample("proofs", new(), free, measure=measure, obligation=work.obligation.id))
    desk.services.obligations.sessions.note(sample("sessions", new(), free, measure=measure, obligation=measure))
    week = parse_week("lun-ven 7h30-12h45, 13h30-19h45 ; sam 8h15-12h")
    hours = sample("hours", new(), free, measure=measure, obligation=measure)
    desk.services.obligations.hours.note(replace(hours, slots=week))
    at_text_size(percent)
    desk.open(free)
    for name in ("", "obligations.proof", "hours.grant"):
        if name:
            desk.click(name)
        assert_every_control_is_named(desk.page)
        assert_no_clipped_text(desk.window)
        assert_tab_ring(desk.window)


def test_what_was_being_typed_comes_back_after_a_lock(desk: Desk, free: UUID) -> None:
    desk.open(free)
    desk.row("obligations.table", 2)
    desk.enter()
    desk.type("cents", "50")
    assert desk.page.flush()
    desk.open(free)
    assert desk.page.desk.panel is not None
    assert desk.page.desk.panel.form.value("cents") == 50_00


def test_a_place_leads_to_an_obligation_or_a_line(desk: Desk, free: UUID) -> None:
    (_, work, _) = desk.services.obligations.view(free).obligations
    desk.open(free, str(work.obligation.id))
    assert desk.page.table.current_key() == work.obligation.id
    assert QApplication.focusWidget() is desk.page.table
