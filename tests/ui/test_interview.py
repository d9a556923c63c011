"""« Entretiens » and « Chronologie » in the real window, by keys and mouse, over a real encrypted store."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QWidget

from spip_desktop.domain.evaluation import EvaluationKind, FindingKind
from spip_desktop.domain.interview import Interview
from spip_desktop.domain.measure import Measure
from spip_desktop.domain.place import Place
from spip_desktop.services.context import Context
from spip_desktop.services.evaluation_draft import Start
from spip_desktop.services.person import QuickStart
from spip_desktop.settings import Settings
from spip_desktop.ui.desk import Desk
from spip_desktop.ui.editors import Choice
from spip_desktop.ui.interview.list_page import InterviewsPage
from spip_desktop.ui.interview.note_page import InterviewPage
from spip_desktop.ui.page import Page
from spip_desktop.ui.table import TableView
from spip_desktop.ui.tasks import Tasks
from spip_desktop.ui.text import Text
from spip_desktop.ui.timeline.page import TimelinePage
from spip_desktop.wiring import Services, make_services
from tests.ui.checks import (
    assert_every_control_is_named,
    assert_no_clipped_text,
    assert_one_filled_button,
    assert_tab_ring,
    settle,
)
from tests.ui.conftest import Show
from tests.ui.typing import click, press, type_text

CTRL = Qt.KeyboardModifier.ControlModifier


class Hand:
    """The officer's desk with its window, and what a hand does there."""

    def __init__(self, context: Context, show: Show) -> None:
        self.tasks = Tasks()
        self.services: Services = make_services(context)
        self.desk = Desk(self.services, self.tasks, Settings(), ())
        show(self.desk.window)

    def go(self, kind: str, id_: UUID) -> None:
        assert self.desk.workplace.go(Place(kind, id_))
        settle()

    @property
    def page(self) -> Page:
        settle()
        page = self.desk.workplace.page()
        assert page is not None
        return page

    def find(self, name: str) -> QWidget:
        found = [one for one in self.page.findChildren(QWidget, name) if one.isVisibleTo(self.page)]
        assert found, f"nothing shown under {name}"
        return found[-1]

    def click(self, name: str) -> None:
        click(self.find(name))
        settle()

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        press(self.desk.window.focusWidget() or self.desk.window, key, modifier)
        settle()

    def type(self, name: str, text: str) -> None:
        widget = self.find(f"{name}.editor")
        widget.setFocus()
        type_text(widget, text)
        settle()

    def said(self) -> str:
        return " ".join(one.text() for one in self.page.findChildren(Text) if one.isVisibleTo(self.page))

    def rows(self) -> list[str]:
        (table,) = [one for one in self.page.findChildren(TableView) if one.isVisibleTo(self.page)]
        return [" ".join(cell.text for cell in row.cells) for row in table.records.rows]

    def note(self) -> Interview:
        page = self.page
        assert isinstance(page, InterviewPage)
        assert page.flush()
        assert page.interview_id is not None
        return self.services.interviews.reading.view(page.interview_id).interview

    def focused(self) -> str:
        widget = QApplication.focusWidget()
        return widget.objectName() if widget else ""

    def assert_sound(self) -> None:
        assert_every_control_is_named(self.page)
        assert_no_clipped_text(self.desk.window)
        assert_tab_ring(self.desk.window)


@pytest.fixture
def hand(context: Context, show: Show) -> Iterator[Hand]:
    made = Hand(context, show)
    yield made
    made.tasks.stop()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def test_ctrl_e_notes_todays_interview_and_finds_it_again(hand: Hand, loic: UUID) -> None:
    hand.go("person.synthese", loic)
    hand.key(Qt.Key.Key_E, CTRL)
    assert isinstance(hand.page, InterviewPage)
    assert hand.focused() == "since_last.editor", "the first empty part"
    hand.type("today", "A commence le code de la route.")
    note = hand.note()
    assert note.today == "A commence le code de la route."
    hand.assert_sound()
    assert_one_filled_button(hand.page)
    hand.go("person.situation", loic)
    hand.key(Qt.Key.Key_E, CTRL)
    assert hand.note().id == note.id
    assert len(hand.services.interviews.reading.of_person(loic)) == 1


def test_outside_a_dossier_ctrl_e_says_what_to_open(hand: Hand) -> None:
    assert hand.desk.workplace.go(Place("persons"))
    hand.key(Qt.Key.Key_E, CTRL)
    assert "Ouvrez d’abord le dossier" in hand.desk.window.band.sentence.text()


def test_a_note_is_arretee_then_completed_and_read(hand: Hand, loic: UUID) -> None:
    hand.go("person.interviews", loic)
    assert "Aucun entretien noté." in hand.said()
    hand.click("interviews.new")
    hand.click("interview.next")
    assert "La note est vide" in hand.said(), "what it lacks, beside its field"
    hand.type("decisions", "Revoir le CAP.")
    hand.type("duration", "45")
    hand.click("interview.next")
    assert hand.note().is_closed
    assert hand.note().duration == 45
    assert "Revoir le CAP." in hand.said()
    assert not [one for one in hand.page.findChildren(QWidget, "decisions.editor") if one.isVisible()]
    hand.click("interview.next")
    hand.type("text", "Le CAP est en mai.")
    hand.click("fact.write")
    assert "Le CAP est en mai." in hand.said()
    assert "Ajouté le 22/11/2026, Claire Vasseur" in hand.said()
    hand.assert_sound()
    hand.go("person.interviews", loic)
    assert isinstance(hand.page, InterviewsPage)
    assert [row.partition(" ")[0] for row in hand.rows()] == ["22/11/2026"]
    hand.assert_sound()
    hand.find("interviews.table").setFocus()
    hand.key(Qt.Key.Key_Home)
    hand.key(Qt.Key.Key_Return)
    assert isinstance(hand.page, InterviewPage), "Enter on the line opens it"


def test_the_next_appointment_takes_two_clicks(hand: Hand, loic: UUID) -> None:
    hand.go("person.synthese", loic)
    hand.key(Qt.Key.Key_E, CTRL)
    hand.click("interview.meeting")
    hand.click("fact.write")
    booked = hand.services.appointments.next(loic)
    assert booked is not None
    assert (booked.appointment.day, booked.appointment.begins) == (date(2026, 12, 14), 14 * 60)
    assert "Rendez-vous fixé le" in hand.said()
    assert any(one.what.startswith("Rendez-vous") for one in hand.services.timeline.of_person(loic)) is False, "ahead"


def test_an_hour_outside_the_usual_ones_is_not_proposed_again(hand: Hand, loic: UUID) -> None:
    writing = hand.services.interviews.writing
    evening = writing.begin(loic)
    writing.save_fields(evening, {"starts_at": "20:30"})
    hand.go("interview", evening)
    hand.click("interview.meeting")
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.objectName() == "hour.editor", "what is left to fill in comes first"
    hand.click("fact.write")
    assert hand.services.appointments.next(loic) is None, "an hour has to be typed"


def test_past_a_legal_day_the_next_appointment_asks_why_and_is_fixed(hand: Hand) -> None:
    """Without the field the refusal had nothing to be answered in."""
    ids = hand.services.context.ids
    anna = hand.services.persons.quick_start(
        QuickStart(birth_name="Bréaud", first_names="Anna", birth_date=date(1992, 5, 2), referral_on=date(2026, 8, 16))
    )
    hand.services.situation.measures.add(Measure(id=ids.new(), person_id=anna, kind="LSC-I", starts=date(2026, 11, 20)))
    writing = hand.services.interviews.writing
    before = writing.begin(anna)
    writing.save_fields(before, {"held_on": date(2026, 11, 18)})  # before the measure: it is not its first meeting
    hand.go("interview", before)
    hand.click("interview.meeting")
    page = hand.page
    assert isinstance(page, InterviewPage)
    assert page.desk.panel
    page.desk.panel.form.field("kind").set_value("convocation_lsc")
    page.desk.panel.show_needed()
    settle()
    hand.type("late_reason", "Hospitalisé jusqu’au 7")
    hand.click("fact.write")
    booked = hand.services.appointments.next(anna)
    assert booked is not None
    assert booked.appointment.late_reason == "Hospitalisé jusqu’au 7"


def test_a_warning_is_read_then_confirmed(hand: Hand, loic: UUID) -> None:
    hand.services.appointments.draft.start(loic, "entretien_mf", date(2026, 12, 14), (14, 0))
    hand.go("person.synthese", loic)
    hand.key(Qt.Key.Key_E, CTRL)
    hand.click("interview.meeting")
    hand.click("fact.write")
    assert "déjà un rendez-vous" in hand.said()
    hand.click("fact.write")
    if len(hand.services.appointments.of_person(loic)) == 1:  # the clash of the officer came second
        hand.click("fact.write")
    assert len(hand.services.appointments.of_person(loic)) == 2


def test_from_a_draft_to_an_older_note_and_back(hand: Hand, loic: UUID) -> None:
    writing = hand.services.interviews.writing
    older = writing.begin(loic)
    writing.save_fields(older, {"today": "Avant"})
    writing.close(older)
    draft = writing.begin(loic)
    for id_ in (draft, older, draft):
        hand.go("interview", id_)
        assert hand.note().id == id_


def test_a_note_put_in_the_bin_is_taken_back(hand: Hand, loic: UUID) -> None:
    hand.go("person.synthese", loic)
    hand.key(Qt.Key.Key_E, CTRL)
    hand.click("interview.bin")
    assert isinstance(hand.page, InterviewsPage)
    assert hand.services.interviews.reading.of_person(loic) == []
    hand.key(Qt.Key.Key_Z, CTRL)
    assert len(hand.rows()) == 1


def test_words_selected_become_a_finding_of_the_evaluation(hand: Hand, loic: UUID) -> None:
    evaluation = hand.services.evaluations.draft.start(loic, Start(kind=EvaluationKind.INITIAL))
    hand.go("person.synthese", loic)
    hand.key(Qt.Key.Key_E, CTRL)
    hand.type("today", "Sa mere vient le samedi")
    hand.key(Qt.Key.Key_A, CTRL)
    hand.key(Qt.Key.Key_Return, CTRL)
    assert hand.focused() == "make.un fait"
    hand.click("make.un fait")
    step = hand.find("step.editor")
    assert isinstance(step, Choice)
    step.set_value("entourage")
    hand.click("fact.write")
    view = hand.services.evaluations.reading.view(evaluation)
    (made,) = [one.value for one in view.findings]
    assert (made.kind, made.step, made.evidence) == (FindingKind.FACT, "entourage", "Sa mere vient le samedi")
    assert (made.source, made.source_on) == ("entretien", date(2026, 11, 22))
    assert hand.note().today == "Sa mere vient le samedi", "the note stays as it was"


def in_sight(part: QWidget, page: Page) -> bool:
    """Whether the whole of a part is inside the page, not scrolled away."""
    shown = part.visibleRegion().boundingRect()
    return part.isVisibleTo(page) and shown.size() == part.size()


def test_what_may_be_made_of_the_words_is_in_sight_wherever_they_are_selected(hand: Hand, loic: UUID) -> None:
    hand.services.evaluations.draft.start(loic, Start(kind=EvaluationKind.INITIAL))
    hand.desk.window.resize(1280, 800)
    hand.go("person.synthese", loic)
    hand.key(Qt.Key.Key_E, CTRL)
    for part in ("since_last", "next_steps"):
        hand.type(part, "Sa mere vient le samedi")
        hand.page.show_field(part)
        hand.key(Qt.Key.Key_A, CTRL)
        assert in_sight(hand.find("make.un fait"), hand.page), part
    hand.key(Qt.Key.Key_Return, CTRL)
    hand.key(Qt.Key.Key_Return)
    hand.click("fact.cancel")
    assert hand.focused() == "next_steps.editor", "back to the words"
    hand.assert_sound()


def test_beside_the_person_no_word_of_risk_is_offered(hand: Hand, loic: UUID) -> None:
    hand.services.evaluations.draft.start(loic, Start(kind=EvaluationKind.INITIAL))
    hand.go("person.synthese", loic)
    hand.key(Qt.Key.Key_E, CTRL)
    assert "pour en faire un constat" in hand.said(), "the control"
    hand.key(Qt.Key.Key_M, CTRL)
    hand.type("today", "Sa mere vient le samedi")
    hand.key(Qt.Key.Key_A, CTRL)
    hand.key(Qt.Key.Key_Return, CTRL)
    assert "constat" not in hand.said()
    assert hand.focused() == "today.editor"


def test_ctrl_enter_says_what_is_missing_for_a_finding(hand: Hand, loic: UUID) -> None:
    hand.go("person.synthese", loic)
    hand.key(Qt.Key.Key_E, CTRL)
    hand.key(Qt.Key.Key_Return, CTRL)
    assert "Choisissez d’abord des mots" in hand.said()
    hand.type("today", "Sa mere vient le samedi")
    hand.key(Qt.Key.Key_A, CTRL)
    hand.key(Qt.Key.Key_Return, CTRL)
    assert "Aucune évaluation n’est en cours d’écriture" in hand.said()
    assert hand.focused() == "today.editor"


def test_a_note_begun_earlier_today_is_said_to_be_that_one(hand: Hand, loic: UUID) -> None:
    writing = hand.services.interviews.writing
    morning = writing.begin(loic)
    writing.save_fields(morning, {"starts_at": "09:05", "today": "Le matin"})
    hand.go("person.interviews", loic)
    hand.click("interviews.new")
    assert hand.note().id == morning
    assert "commencée à 9\u00a0h\u00a005" in hand.said()
    hand.click("interview.next")
    hand.go("person.interviews", loic)
    hand.click("interviews.new")
    assert hand.note().id != morning, "the second of the day has its own note"
    assert "commencée à" not in hand.said()


def test_ctrl_z_in_a_note_takes_back_one_sentence(hand: Hand, loic: UUID) -> None:
    hand.go("person.synthese", loic)
    hand.key(Qt.Key.Key_E, CTRL)
    hand.type("today", "Il travaille. Sa mere vient.")
    hand.key(Qt.Key.Key_Z, CTRL)
    assert hand.note().today == "Il travaille."
    hand.key(Qt.Key.Key_Z, CTRL)
    assert hand.note().today == ""


def test_a_confidence_is_written_apart_from_the_note(hand: Hand, loic: UUID) -> None:
    hand.desk.window.resize(1280, 800)
    hand.go("person.synthese", loic)
    hand.key(Qt.Key.Key_E, CTRL)
    hand.click("confidences.add")
    note = hand.note()
    (kept,) = hand.services.confidences.mine(loic)
    text = hand.find("confidences.1.text.editor")
    assert text.hasFocus(), "one types what was confided, at once"
    assert in_sight(text, hand.page)
    assert (kept.value.heard_in, kept.value.heard_in_id) == ("interview", note.id)


def test_the_timeline_is_searched_and_leads_to_each_page(hand: Hand, loic: UUID) -> None:
    note = hand.services.interviews.writing.begin(loic)
    hand.services.interviews.writing.save_fields(note, {"today": "Code de la route"})
    hand.go("person.timeline", loic)
    assert isinstance(hand.page, TimelinePage)
    every = hand.rows()
    assert len(every) > 1
    hand.assert_sound()
    hand.type("words", "code de la")
    assert [row.split()[1] for row in hand.rows()] == ["Entretiens"]
    hand.find("timeline.table").setFocus()
    hand.key(Qt.Key.Key_Home)
    hand.key(Qt.Key.Key_Return)
    page = hand.page
    assert isinstance(page, InterviewPage)
    assert page.interview_id == note
    hand.go("person.timeline", loic)
    assert len(hand.rows()) == 1, "the choice holds while one is in this dossier"


def test_a_choice_of_the_timeline_that_keeps_nothing_says_so_and_is_taken_back(hand: Hand, loic: UUID) -> None:
    hand.go("person.timeline", loic)
    every = len(hand.rows())
    hand.type("since", "01/11/2026")
    hand.type("until", "01/10/2026")
    assert "Aucune ligne ne répond à ce choix." in hand.said()
    assert "La période finit avant de commencer" in hand.said()
    hand.assert_sound()
    hand.find("timeline.all").setFocus()
    hand.key(Qt.Key.Key_Space)
    assert len(hand.rows()) == every
    assert hand.focused() == "timeline.table"
    assert "La période finit avant de commencer" not in hand.said()
