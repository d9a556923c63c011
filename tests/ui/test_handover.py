"""« Dessaisissement » with real keys and a real encrypted store: proposed, followed step by step, closed at the end."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from PySide6.QtCore import Qt

from spip_desktop.db import paper as papers
from spip_desktop.domain.handover import Step
from spip_desktop.domain.place import Place
from spip_desktop.domain.text import NBSP
from spip_desktop.services.context import Context
from spip_desktop.services.handover import Proposal
from spip_desktop.ui.editors import Choice
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.handover.page import HandoverPage
from spip_desktop.ui.person import strip_values
from spip_desktop.ui.table import TableView
from spip_desktop.ui.text import Text
from spip_desktop.ui.window import Frame, MainWindow
from spip_desktop.wiring import make_services
from tests.documents.reading import one_line
from tests.ui.checks import (
    assert_every_control_is_named,
    assert_no_clipped_text,
    assert_one_filled_button,
    assert_tab_ring,
    settle,
)
from tests.ui.conftest import DAY_J, Show
from tests.ui.hands import Hands
from tests.ui.paper import Paper
from tests.ui.typing import press, type_text

FALAISE = "SPIP, antenne de Falaise"
SEALED = "Expertise psychiatrique"


class Desk(Hands):
    def __init__(self, context: Context, window: MainWindow, person: UUID) -> None:
        super().__init__(window)
        self.services, self.person = make_services(context), person
        self.places: list[Place] = []
        self.open()

    def open(self) -> None:
        """A page made anew, as after a lock."""
        self.page = HandoverPage(self.services, Guard(self.bugs.append, self.window))
        self.page.went.connect(self.places.append)
        self.show("person.handover", self.person)

    def choose(self, field: str, code: str) -> None:
        editor = self.find(f"{field}.editor")
        assert isinstance(editor, Choice)
        editor.set_value(code)
        editor.chosen.emit()
        settle()

    def words(self) -> str:
        settle()
        return "\n".join(one.text() for one in self.page.findChildren(Text) if one.isVisibleTo(self.page))

    def steps(self) -> list[tuple[str, str]]:
        table = self.find("handover.steps")
        assert isinstance(table, TableView)
        return [(row.cells[0].text, row.cells[1].text) for row in table.records.rows]

    def propose(self) -> None:
        """By keyboard alone: Enter on the primary action, Tab, words, Enter."""
        press(self.page.focusWidget(), Qt.Key.Key_Return)
        self.choose("reason", "domicile")
        type_text(self.find("to_service.editor"), FALAISE)
        type_text(self.find("sealed_title_1.editor"), SEALED)
        type_text(self.find("sealed_for_1.editor"), "Docteur Roy")
        press(self.find("to_service.editor"), Qt.Key.Key_Return)
        settle()

    def step(self) -> Step:
        return self.services.handovers.of_person(self.person)[0].step


@pytest.fixture
def desk(context: Context, loic: UUID, show: Show) -> Iterator[Desk]:
    make_services(context).persons.assign(loic, context.officer_id, reason="nouveau")
    window = MainWindow(Frame(now=lambda: DAY_J, search=lambda text: []))
    show(window)
    made = Desk(context, window, loic)
    yield made
    assert made.bugs == made.failures == []


def test_a_dossier_is_proposed_by_keyboard_with_what_goes_under_seal(desk: Desk) -> None:
    assert "Ce dossier n’est proposé à aucun autre service." in desk.words()
    assert "c’est une affectation" in desk.words(), "a colleague of the same service is another matter"
    desk.propose()
    shown = desk.words()
    assert f"Vers {FALAISE}" in shown
    assert f"{SEALED}, pour Docteur Roy" in shown
    assert desk.steps() == [
        ("Proposé", "22/11/2026"), ("Accepté", "À noter"), ("Reçu", "À noter"), ("Premier rendez-vous fixé", "À noter")
    ]  # fmt: skip
    assert f"«{NBSP}accepté{NBSP}», «{NBSP}reçu{NBSP}» et «{NBSP}premier rendez-vous fixé{NBSP}»" in shown


def test_another_line_for_a_sealed_paper_comes_once_the_first_is_filled(desk: Desk) -> None:
    desk.click("handover.next")
    assert not desk.shown("sealed_title_2")
    type_text(desk.find("sealed_title_1.editor"), SEALED)
    assert desk.shown("sealed_title_2")
    assert not desk.shown("sealed_title_3")


def test_what_is_half_typed_comes_back_after_a_lock(desk: Desk) -> None:
    desk.click("handover.next")
    type_text(desk.find("to_service.editor"), FALAISE)
    type_text(desk.find("sealed_title_1.editor"), SEALED)
    assert desk.page.flush()
    desk.open()
    assert isinstance(desk.page, HandoverPage)
    panel = desk.page.desk.panel
    assert panel is not None
    assert (panel.form.value("to_service"), panel.form.value("sealed_title_1")) == (FALAISE, SEALED)
    assert desk.services.handovers.of_person(desk.person) == [], "nothing is proposed before one says so"


def test_what_is_missing_is_said_beside_its_field(desk: Desk) -> None:
    desk.click("handover.next")
    desk.click("fact.write")
    assert desk.words().count("À remplir.") == 2
    type_text(desk.find("sealed_title_1.editor"), SEALED)
    desk.click("fact.write")
    assert desk.words().count("À remplir.") == 3, "a sealed paper is for somebody"


def test_each_step_is_noted_and_the_strip_says_what_is_awaited(desk: Desk) -> None:
    desk.propose()

    def strip() -> str:
        values = strip_values(desk.services, desk.person)
        assert values is not None
        return next((one.value for one in values.facts if one.key == "Dessaisissement"), "")

    assert strip() == "sans réponse"
    desk.click("handover.next")
    desk.click("step.accepte")
    desk.click("fact.write")
    assert (desk.step(), strip()) == (Step.ACCEPTED, "accepté, à remettre")
    desk.click("handover.next")
    desk.click("fact.write")
    assert (desk.step(), strip()) == (Step.RECEIVED, "rendez-vous attendu")
    desk.click("handover.next")
    desk.click("fact.write")
    assert "À remplir." in desk.words(), "no appointment is planned in the dossier: its day is asked for"
    type_text(desk.find("appointment_on.editor"), "3/12/2026")
    press(desk.find("appointment_on.editor"), Qt.Key.Key_Return)
    assert (desk.step(), strip()) == (Step.MET, "")
    assert "Rendez-vous le 03/12/2026" in _remarks(desk)
    assert "vous pouvez terminer le suivi" in desk.words()


def _remarks(desk: Desk) -> list[str]:
    table = desk.find("handover.steps")
    assert isinstance(table, TableView)
    return [row.cells[3].text for row in table.records.rows]


def test_a_refusal_asks_for_its_reason_and_the_dossier_may_be_proposed_again(desk: Desk) -> None:
    desk.propose()
    desk.click("handover.next")
    desk.click("step.refuse")
    desk.click("fact.write")
    assert "Écrivez le motif." in desk.words()
    type_text(desk.find("comment.editor"), "Hors du ressort")
    desk.click("fact.write")
    assert desk.step() is Step.REFUSED
    assert desk.shown("handover.past")
    assert desk.find("handover.next").text() == "Proposer un dessaisissement"  # type: ignore[attr-defined]


def test_a_step_noted_by_mistake_is_taken_back_from_below_the_steps(desk: Desk) -> None:
    desk.propose()
    assert not desk.shown("handover.mistake")
    desk.click("handover.next")
    desk.click("step.accepte")
    desk.click("fact.write")
    desk.find("handover.mistake").setFocus()
    press(desk.find("handover.mistake"), Qt.Key.Key_Return)
    assert desk.step() is Step.PROPOSED
    assert "Étape annulée." in desk.words()
    assert [one for one, _ in desk.steps()][:4] == ["Proposé", "Accepté", "Étape annulée", "Accepté"]
    assert _remarks(desk)[2] == f"«{NBSP}accepté{NBSP}» noté par erreur"
    assert desk.focused() == "handover.next"
    assert_no_clipped_text(desk.window)


def test_the_proposal_is_corrected_then_withdrawn(desk: Desk) -> None:
    desk.propose()
    desk.click("handover.change")
    type_text(desk.find("to_officer.editor"), "Secteur sud")
    desk.click("fact.write")
    assert "Secteur sud" in desk.words()
    desk.click("handover.withdraw")
    type_text(desk.find("comment.editor"), "Reste ici")
    desk.click("fact.write")
    assert desk.step() is Step.WITHDRAWN


def test_the_ways_out_lead_to_the_transfer_of_this_dossier_and_to_the_assignment(desk: Desk) -> None:
    desk.propose()
    desk.click("handover.transfer")
    desk.click("handover.assign")
    assert desk.places == [
        Place("transfers.prepare", desk.person, "handover"), Place("person.situation", desk.person, "assignments")
    ]  # fmt: skip


def test_the_liaison_paper_is_printed_and_kept(desk: Desk, paper: Paper) -> None:
    desk.propose()
    desk.page.print_document()
    desk.click("printing.go")
    settle()
    (sent,) = paper.sent
    words = one_line(sent)
    for told in ("Fiche de liaison", "PERRIN", FALAISE, f"{SEALED}, pour Docteur Roy", "Remis par", "Reçu par"):
        assert told in words
    with desk.services.context.store.reading() as tx:
        (followed,) = desk.services.handovers.of_person(desk.person)
        assert [one.content for one in papers.of(tx, followed.handover.id)] == [sent]


@pytest.mark.parametrize("proposed", [False, True])
def test_the_page_reads_and_is_reached_by_keyboard(desk: Desk, proposed: bool) -> None:
    if proposed:
        proposal = Proposal(
            reason="domicile", to_service=FALAISE * 4, note="Mot. " * 150, papers=("Jugement",) * 8,
            sealed=((SEALED * 3, "Docteur Roy " * 6),) * 6,
        )  # fmt: skip
        desk.services.handovers.propose(desk.person, proposal)
        desk.open()
    assert_no_clipped_text(desk.window)
    assert_every_control_is_named(desk.page)
    assert_one_filled_button(desk.page)
    assert_tab_ring(desk.window)
    desk.click("handover.next")
    assert_no_clipped_text(desk.window)
    assert_every_control_is_named(desk.page)
