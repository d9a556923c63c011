"""The pages of the commissions, with real keys and a real encrypted store."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication

from spip_desktop.domain.board_review import Board, BoardMember, ReviewState
from spip_desktop.domain.measure import PenalCategory
from spip_desktop.domain.officer import Right, Role
from spip_desktop.domain.place import Place
from spip_desktop.services.context import Context
from spip_desktop.ui.commission import PAGES
from spip_desktop.ui.commission.review_page import ReviewPage
from spip_desktop.ui.dossier import DossierPage
from spip_desktop.ui.editors import Choice, NoteEdit
from spip_desktop.ui.entries import entries
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.page import Page
from spip_desktop.ui.person.synthese import SynthesePage
from spip_desktop.ui.table import TableView
from spip_desktop.ui.text import Text
from spip_desktop.ui.window import Frame, MainWindow
from spip_desktop.wiring import make_services
from tests.documents.reading import one_line
from tests.store_fixtures import entrusted
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
from tests.ui.typing import press


class Desk(Hands):
    """The pages in their window, which goes where they ask, and what a hand does there."""

    def __init__(self, context: Context, window: MainWindow) -> None:
        super().__init__(window)
        self.services = make_services(context)
        self._made: dict[str, Page] = {}

    def go(self, kind: str, id_: UUID | None = None, field: str = "") -> None:
        """As the workplace does it: what waits is saved, the other page opens."""
        if self._made:
            assert self.page.flush()
        if kind not in self._made:
            self._made[kind] = PAGES[kind](self.services, Guard(self.bugs.append, self.window))
            self._made[kind].went.connect(lambda to: self.go(to.kind, to.id, to.field))
            self._made[kind].save_failed.connect(self.failures.append)
        self.page = self._made[kind]
        self.show(kind, id_, field)

    def choose(self, name: str, code: str) -> None:
        choice = self.find(f"{name}.editor")
        assert isinstance(choice, Choice)
        choice.set_value(code)
        choice.chosen.emit()
        settle()

    def rows(self, name: str) -> list[tuple[str, ...]]:
        table = self.find(name)
        assert isinstance(table, TableView)
        return [tuple(cell.text for cell in row.cells) for row in table.records.rows]

    def enter_row(self, name: str, row: int) -> None:
        """Enter on a row."""
        table = self.find(name)
        assert isinstance(table, TableView)
        table.setFocus()
        table.setCurrentIndex(table.records.index(row, 0))
        press(table, Qt.Key.Key_Return)
        settle()

    def review(self) -> UUID:
        assert isinstance(self.page, ReviewPage)
        assert self.page.review_id is not None
        return self.page.review_id

    def state(self) -> ReviewState:
        return self.services.commissions.reading.view(self.review()).state


def make_desk(context: Context, show: Show) -> Desk:
    window = MainWindow(Frame(now=lambda: DAY_J, search=lambda _: []))
    made = Desk(context, window)
    show(window)
    return made


@pytest.fixture
def desk(context: Context, show: Show) -> Iterator[Desk]:
    made = make_desk(context, show)
    yield made
    assert made.bugs == []
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def assert_sound(desk: Desk) -> None:
    """What every page owes its reader, at every size of text."""
    assert_every_control_is_named(desk.page)
    assert_no_clipped_text(desk.window)
    assert_tab_ring(desk.window)


# -- CPU -----------------------------------------------------------------------------------------------------


def test_an_advice_for_the_cpu_from_the_dossier_to_the_decision_by_hand(desk: Desk, loic: UUID, paper: Paper) -> None:
    desk.go("person.commissions", loic)
    assert desk.shown("boards.new")
    assert_one_filled_button(desk.page)
    desk.click("boards.new")
    assert QApplication.focusWidget() is desk.find("held_on.editor")
    desk.click("commission.next")
    assert "3 points restent" in desk.page.band.sentence.text()
    desk.retype("held_on", "01/12/26")
    desk.choose("theme", "activites")
    desk.retype("advice", "Avis favorable au sport.")
    assert desk.page.flush()
    desk.click("commission.next")
    assert desk.state() is ReviewState.ISSUED
    desk.click("commission.print")
    desk.click("printing.go")
    assert "Avis favorable au sport." in one_line(paper.sent[0])
    assert "Évaluation non commencée" in one_line(paper.sent[0])
    desk.click("commission.next")
    desk.retype("text", "Inscrit au sport.")
    desk.click("fact.write")
    assert desk.state() is ReviewState.DECIDED
    assert "source\u00a0: GENESIS" in desk.said()
    desk.click("commission.next")
    desk.retype("label", "Certificat à demander")
    desk.retype("who", "Claire Vasseur")
    desk.retype("due", "+1s")
    desk.click("fact.write")
    assert [row[:2] for row in desk.rows("decisions.table")] == [("Certificat à demander", "Claire Vasseur")]
    desk.enter_row("decisions.table", 0)
    desk.click("outcome.faite")
    desk.click("fact.write")
    assert desk.rows("decisions.table")[0][3] == "Faite le 22/11/2026"
    assert desk.failures == []


def test_what_is_too_long_is_said_while_one_writes_and_refused_at_the_end(desk: Desk, loic: UUID) -> None:
    draft = desk.services.commissions.draft
    id_ = draft.start(loic, Board.CPU)
    long = "Monsieur se présente aux entretiens et parle de ce qu’il veut changer avec ses mots. " * 40
    draft.save_fields(id_, {"held_on": date(2026, 12, 1), "theme": "activites", "advice": long})
    desk.go("commission", id_)
    assert "lignes en trop" in desk.said()
    desk.click("commission.next")
    assert desk.state() is ReviewState.DRAFT
    assert desk.page.band.sentence.text() == "Un point reste à revoir."


def test_a_person_presumed_innocent_is_said_so_and_words_of_the_facts_are_read_again(desk: Desk, loic: UUID) -> None:
    (custody,) = desk.services.situation.penal(loic).custodies
    desk.services.situation.custodies.save_fields(custody.value.id, {"penal_category": PenalCategory.REMAND})
    draft = desk.services.commissions.draft
    id_ = draft.start(loic, Board.CPU)
    draft.save_fields(id_, {"held_on": date(2026, 12, 1), "theme": "activites", "advice": "Parle du vol."})
    desk.go("commission", id_)
    assert "les faits ne sont pas abordés" in desk.said()
    assert "«\u00a0vol\u00a0»" in desk.said()
    desk.click("commission.next")
    assert desk.state() is ReviewState.DRAFT
    desk.click("commission.read")
    desk.click("commission.next")
    assert desk.state() is ReviewState.ISSUED


def test_a_draft_put_in_the_bin_comes_back_with_annuler(desk: Desk, loic: UUID) -> None:
    id_ = desk.services.commissions.draft.start(loic, Board.CPU)
    desk.go("commission", id_)
    desk.click("commission.bin")
    assert isinstance(desk.page, DossierPage)
    assert desk.services.commissions.reading.of_person(loic) == ()
    desk.click("notice.undo")
    assert len(desk.services.commissions.reading.of_person(loic)) == 1


# -- CPI -----------------------------------------------------------------------------------------------------


def test_a_cpi_with_its_members_and_decisions_is_submitted_sent_back_and_answered(desk: Desk, loic: UUID) -> None:
    desk.go("person.commissions", loic)
    desk.click("boards.cpi")
    desk.retype("held_on", "22/11/26")
    desk.retype("chair", "Helene Marchand")
    desk.retype("theme", "Sortie")
    desk.retype("advice", "Suivi a resserrer.")
    desk.click("members.lines.add")
    desk.choose("members.lines.1.profession", "dpip")
    assert desk.page.flush()
    desk.click("decisions.lines.add")
    desk.retype("decisions.lines.1.label", "Rencontrer la mere")
    desk.retype("decisions.lines.1.who", "Samia Brun")
    desk.retype("decisions.lines.1.due", "+2s")
    assert desk.page.flush()
    first = desk.review()
    assert desk.shown("members.lines.1.profession.editor")
    desk.click("commission.next")
    assert desk.state() is ReviewState.SUBMITTED, desk.page.band.sentence.text()
    assert not desk.shown("members.lines.1.profession.editor"), "a member left unfolded is folded with the rest"
    desk.click("commission.next")
    desk.click("way.retour_papier")
    desk.retype("signed_by", "Helene Marchand")
    desk.retype("comment", "Dites quand.")
    desk.click("fact.write")
    assert desk.state() is ReviewState.RETURNED
    assert "Dites quand." in desk.said()
    assert "Signé par Helene Marchand" in desk.said()
    desk.click("commission.next")
    assert desk.review() != first
    assert [one.review.number for one in desk.services.commissions.reading.view(first).versions] == [1, 2]
    desk.click("versions.1")
    assert desk.review() == first
    assert "Dites quand." in desk.said()
    assert "Suivi a resserrer." in desk.said()
    assert not desk.shown("advice.editor"), "a frozen version is read, not typed in"
    assert desk.failures == []


def test_what_is_typed_in_the_fields_and_in_a_line_at_once_is_all_saved(desk: Desk, loic: UUID) -> None:
    id_ = desk.services.commissions.draft.start(loic, Board.CPI)
    desk.go("commission", id_)
    desk.click("members.lines.add")
    for round_ in ("A", "B"):
        desk.retype("advice", f"Avis {round_}")
        desk.retype("members.lines.1.name", f"Nom {round_}")
        desk.retype("situation", f"Situation {round_}")
        assert desk.page.flush()
        review = desk.services.commissions.reading.view(id_).review
        assert (review.advice, review.situation) == (f"Avis {round_}", f"Situation {round_}")
        assert [one.name for one in review.members] == [f"Nom {round_}"]
    assert desk.failures == []


# -- contributions, arrivals, PEP ------------------------------------------------------------------------------


def test_a_contribution_reported_then_read_again_by_who_said_it(desk: Desk, loic: UUID) -> None:
    desk.go("person.commissions", loic)
    desk.click("contributions.drafts.add")
    line = "contributions.drafts.1"
    desk.choose(f"{line}.profession", "psychologue")
    desk.retype(f"{line}.author", "Anne Roux")
    desk.retype(f"{line}.text", "Demande a parler.")
    assert desk.page.flush()
    desk.click(f"{line}.act")
    desk.retype("read_by", "Anne Roux")
    desk.click("fact.write")
    (settled,) = desk.services.contributions.of_person(loic).settled
    assert (settled.text, settled.read_by) == ("Demande a parler.", "Anne Roux")
    assert "relue par Anne Roux" in desk.said()
    assert not desk.shown(line)


def test_of_the_unite_sanitaire_there_is_no_text_to_write_in(desk: Desk, loic: UUID) -> None:
    desk.go("person.commissions", loic)
    desk.click("contributions.drafts.add")
    line = "contributions.drafts.1"
    assert desk.shown(f"{line}.text.editor"), "the control"
    desk.choose(f"{line}.profession", "unite_sanitaire")
    assert desk.page.flush()
    assert not desk.shown(f"{line}.text.editor")
    assert not desk.shown(f"{line}.author.editor")
    desk.choose(f"{line}.activity", "sport")
    desk.click("opinion.ne_se_prononce_pas")
    assert desk.page.flush()
    desk.click(f"{line}.act")
    assert "Sport\u00a0: ne se prononce pas" in desk.said()


def test_who_met_the_person_is_noted_from_the_list_and_of_the_unite_sanitaire_only_the_day(
    desk: Desk, loic: UUID
) -> None:
    desk.go("person.commissions", loic)
    desk.enter_row("arrivals.table", 0)
    desk.retype("by", "M. Riviere")
    desk.click("fact.write")
    assert desk.rows("arrivals.table")[0] == ("Chef de détention", "22/11/2026", "M. Riviere")
    desk.enter_row("arrivals.table", 1)
    assert not desk.shown("by.editor")
    desk.click("fact.write")
    assert desk.rows("arrivals.table")[1] == ("Unité sanitaire", "22/11/2026", "")


def test_the_pep_is_copied_here_and_read_on_the_synthese(desk: Desk, loic: UUID) -> None:
    desk.go("person.commissions", loic)
    desk.click("pep.copy")
    desk.retype("text", "Travail en cuisine.")
    desk.retype("happened_on", "20/11/26")
    desk.click("fact.write")
    assert "Source\u00a0: GENESIS, 20/11/2026" in desk.said()
    synthese = SynthesePage(desk.services, Guard(desk.bugs.append, desk.window))
    desk.window.show_page(synthese, Place("person.synthese", loic))
    synthese.open(Place("person.synthese", loic))
    settle()
    texts = " ".join(one.text() for one in synthese.pep.findChildren(Text))
    assert "Travail en cuisine." in texts
    assert "Ce n’est pas le PACEP." in texts


def test_a_panel_half_filled_comes_back_as_it_was_typed(desk: Desk, loic: UUID) -> None:
    desk.go("person.commissions", loic)
    desk.click("pep.copy")
    desk.retype("text", "Travail")
    assert desk.page.flush()
    desk.go("commissions")
    desk.go("person.commissions", loic)
    editor = desk.find("text.editor")
    assert isinstance(editor, NoteEdit)
    assert editor.text() == "Travail"


# -- who sees what ---------------------------------------------------------------------------------------------


def test_who_only_contributes_sees_their_own_and_nothing_of_the_commissions(
    context: Context, show: Show, loic: UUID
) -> None:
    services = make_services(context)
    services.commissions.draft.start(loic, Board.CPI)
    theirs = entrusted(context, loic, Role.INTERVENANT)
    officer = replace(theirs.actor.officer, function="psychologue", habilitation_names=(Right.CONTRIBUTE,))
    theirs.actor = replace(theirs.actor, officer=officer)
    desk = make_desk(theirs, show)
    kinds = [one.kind for one in entries(list(PAGES), theirs.actor)]
    assert kinds == ["person.commissions"]
    desk.go("person.commissions", loic)
    for hidden in ("boards.table", "arrivals.table", "pep.copy", "boards.new", "boards.cpi"):
        assert not desk.shown(hidden), hidden
    desk.click("contributions.drafts.add")
    assert len(desk.services.contributions.of_person(loic).drafts) == 1
    assert desk.bugs == []


def test_the_secretariat_has_no_entry(context: Context) -> None:
    officer = replace(context.actor.officer, roles=(Role.SECRETARIAT,))
    assert entries(list(PAGES), replace(context.actor, officer=officer)) == []


def test_the_list_shows_what_is_to_come_and_what_waits(desk: Desk, loic: UUID) -> None:
    desk.go("commissions")
    assert "Aucun passage ici." in desk.said()
    desk.services.persons.assign(loic, desk.services.context.officer_id, reason="nouveau")
    id_ = desk.services.commissions.draft.start(loic, Board.CPU)
    desk.services.commissions.draft.save_fields(id_, {"held_on": date(2026, 12, 1), "theme": "activites"})
    desk.page.reload()
    assert [row[1:3] for row in desk.rows("commissions.table")] == [("01/12/2026", "CPU, Activités")]
    desk.enter_row("commissions.table", 0)
    assert desk.review() == id_


def test_a_dpip_finds_what_waits_for_an_answer_of_every_dossier(
    context: Context, dpip_context: Context, show: Show, loic: UUID
) -> None:
    claire = make_services(context)
    id_ = claire.commissions.draft.start(loic, Board.CPI)
    member = BoardMember(id=context.ids.new(), profession="dpip")
    changes = {"held_on": date(2026, 11, 22), "theme": "Sortie", "chair": "H. M.", "advice": "Suivi."}
    claire.commissions.draft.save_fields(id_, {**changes, "members": (member,)})
    claire.commissions.course.issue(id_)
    desk = make_desk(dpip_context, show)
    desk.go("commissions")
    assert [row[2] for row in desk.rows("commissions.table")] == ["CPI, Sortie"]
    desk.enter_row("commissions.table", 0)
    desk.click("commission.next")
    desk.click("way.visa")
    desk.click("fact.write")
    assert desk.state() is ReviewState.SEEN
    assert desk.bugs == []


def test_the_pages_are_sound_at_every_size(desk: Desk, loic: UUID) -> None:
    services = desk.services
    services.pep.copy(loic, date(2026, 11, 3), "Travail en cuisine.", date(2027, 11, 3))
    cpu = services.commissions.draft.start(loic, Board.CPU)
    cpi = services.commissions.draft.start(loic, Board.CPI)
    desk.go("person.commissions", loic)
    desk.click("contributions.drafts.add")
    assert_sound(desk)
    for one in (cpu, cpi):
        desk.go("commission", one)
        assert_sound(desk)
        assert_one_filled_button(desk.page)
    desk.go("commissions")
    assert_sound(desk)


@pytest.mark.parametrize("role", [Role.LECTURE, Role.INTERVENANT])
def test_who_only_reads_changes_nothing_on_the_page_of_a_passage(
    context: Context, show: Show, loic: UUID, role: Role
) -> None:
    services = make_services(context)
    ids = [services.commissions.draft.start(loic, board) for board in Board]
    theirs = entrusted(context, loic, role)
    if role is Role.INTERVENANT:
        officer = replace(theirs.actor.officer, habilitation_names=(Right.READ_EVALUATION,))
        theirs.actor = replace(theirs.actor, officer=officer)
    desk = make_desk(theirs, show)
    desk.go("person.commissions", loic)
    assert not desk.shown("boards.new")
    assert not desk.shown("contributions.drafts.add")
    for one in ids:
        desk.go("commission", one)
        for hidden in ("commission.next", "commission.bin", "commission.print", "members.lines.add"):
            assert not desk.shown(hidden), hidden
        note = desk.find("advice.editor")
        assert isinstance(note, NoteEdit)
        assert note.isReadOnly()
    assert desk.bugs == []


def test_after_a_lock_a_decision_half_typed_is_open_where_one_was(desk: Desk, loic: UUID) -> None:
    desk.go("person.commissions", loic)
    desk.click("boards.cpi")
    desk.click("decisions.lines.add")
    desk.retype("decisions.lines.1.label", "Rencontrer la mere")
    desk.retype("decisions.lines.1.due", "99/99")
    assert desk.page.flush()
    review = desk.review()
    seat = desk.page.seat(Place("commission", review))
    assert "decisions.lines@" in seat.place.field
    desk.go("person.commissions", loic)
    desk._made.pop("commission")
    desk.go("commission", review)
    assert not desk.shown("decisions.lines.1.due"), "the control: a line is folded until it is asked for"
    desk.page.take_seat(seat)
    assert desk.find("decisions.lines.1.due.editor").hasFocus()
    assert desk.find("decisions.lines.1.due.editor").text() == "99/99"  # type: ignore[attr-defined]
