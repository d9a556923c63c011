"""The page « PACEP », with real keys and a real encrypted store."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from spip_desktop.domain.officer import Role
from spip_desktop.domain.pacep import Level, Pacep
from spip_desktop.domain.pacep_review import ReviewCause
from spip_desktop.domain.pacep_states import Agreement, PlanState, VisaWay
from spip_desktop.domain.place import Place
from spip_desktop.services.context import Context
from spip_desktop.services.pacep import Answer, PacepService, Visa
from spip_desktop.ui.editors import Choice
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.labels import SmallText
from spip_desktop.ui.pacep import PAGES
from spip_desktop.ui.pacep.page import PacepPage
from spip_desktop.ui.window import Frame, MainWindow
from spip_desktop.wiring import make_services
from tests.documents.reading import one_line
from tests.pacep_fixtures import Evaluated, Written, evaluate
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
from tests.ui.typing import press, type_text

ALT = Qt.KeyboardModifier.AltModifier


class Desk(Hands):
    """The page in its window, and what a hand does there."""

    def __init__(self, context: Context, window: MainWindow) -> None:
        super().__init__(window)
        self.services = make_services(context)
        page = PAGES["person.pacep"](self.services, Guard(self.bugs.append, window))
        assert isinstance(page, PacepPage)
        self.page: PacepPage = page
        self.went: list[Place] = []
        page.went.connect(self.went.append)
        page.save_failed.connect(self.failures.append)

    def open(self, person: UUID, field: str = "") -> None:
        self.show("person.pacep", person, field)

    def version(self, person: UUID) -> PlanState:
        found = self.services.pacep.view(person).version
        assert found is not None
        return found.state


@pytest.fixture
def desk(context: Context, show: Show) -> Iterator[Desk]:
    window = MainWindow(Frame(now=lambda: DAY_J))
    show(window)
    made = Desk(context, window)
    yield made
    made.put_away()


@pytest.fixture
def evaluated(context: Context, perrin: UUID) -> Evaluated:
    return evaluate(context, perrin)


def test_the_empty_page_says_what_to_do_and_locks_nothing(desk: Desk, perrin: UUID) -> None:
    desk.open(perrin)
    assert desk.find("pacep.evaluation")
    desk.click("pacep.evaluation")
    assert desk.went == [Place("person.evaluation", perrin)]
    desk.click("pacep.next")
    assert desk.version(perrin) is PlanState.DRAFT


def test_a_plan_is_written_with_the_keyboard_and_saved_as_one_types(
    desk: Desk, perrin: UUID, evaluated: Evaluated
) -> None:
    desk.open(perrin)
    desk.click("pacep.next")
    view = desk.services.pacep.view(perrin)
    assert view.version is not None
    assert view.version.plan.level is None
    desk.click("level.regulier")
    desk.type("level_reason", "Projet qui se précise.")
    desk.click("add_axis")
    assert desk.focused().endswith(".title.editor")
    axis = UUID(desk.focused().split(".")[0])
    desk.type(f"{axis}.title", "Travailler et se former")
    desk.click(f"{axis}.add_objective")
    objective = UUID(desk.focused().split(".")[0])
    desk.type(f"{objective}.wording", "Passer un CAP")
    desk.type(f"{objective}.due", "22/6/27")
    desk.click(f"{objective}.add_externe")
    action = UUID(desk.focused().split(".")[0])
    desk.type(f"{action}.label", "Nous écrivons à la mission locale")
    desk.type(f"{action}.who", "C. Vasseur")
    desk.type("next_review", "22/5/27")
    assert desk.page.flush()
    found = desk.services.pacep.view(perrin).version
    assert found is not None
    assert found.plan.level is Level.REGULAR
    assert [one.label for _, _, one in found.plan.live_actions()] == ["Nous écrivons à la mission locale"]
    assert found.plan.axes[0].objectives[0].due == date(2027, 6, 22)
    assert found.plan.next_review == date(2027, 5, 22)


def test_what_blocks_leads_to_its_field(desk: Desk, perrin: UUID, evaluated: Evaluated, pacep: PacepService) -> None:
    plan = pacep.draft.start(perrin)
    axis = pacep.draft.add_axis(plan, "Travailler")
    objective = pacep.draft.add_objective(plan, axis)
    desk.open(perrin)
    desk.page.resize(1000, 300)  # the column at the right is longer than what is seen
    desk.click("to.level_reason")
    assert desk.focused() == "level_reason.editor"
    desk.click(f"to.{objective}.due")
    assert desk.focused() == f"{objective}.due.editor"
    settle()
    assert desk.page.side.verticalScrollBar().maximum() > 0
    assert desk.page.side.verticalScrollBar().value() == 0  # what is left to mend stays in sight
    desk.click(f"to.need.{evaluated.need}.why")
    assert desk.focused() == f"need.{evaluated.need}.why.editor"
    type_text(desk.find(f"need.{evaluated.need}.why.editor"), "Plus tard, à sa demande.")
    desk.page.flush()
    assert "pacep_need_untied" not in [one.code for one in pacep.reading.missing(plan)]


def test_submitting_too_early_counts_what_is_left_and_shows_the_first(desk: Desk, perrin: UUID) -> None:
    desk.open(perrin)
    desk.click("pacep.next")
    desk.click("pacep.next")
    assert desk.page.band.sentence.text().startswith("5 points restent à compléter")
    assert desk.focused().startswith("level")
    assert desk.version(perrin) is PlanState.DRAFT


def test_a_half_typed_date_comes_back_as_it_was(desk: Desk, perrin: UUID, written: Written) -> None:
    desk.open(perrin, f"{written.objective}.due")
    editor = desk.find(f"{written.objective}.due.editor")
    assert editor.property("text") == "22/06/2027"
    desk.page.forms.autosave.flush()
    editor.setProperty("text", "")
    type_text(editor, "29/02/27")
    assert desk.page.flush()
    desk.open(perrin, f"{written.objective}.due")
    assert desk.find(f"{written.objective}.due.editor").property("text") == "29/02/27"
    found = desk.services.pacep.view(perrin).version
    assert found is not None
    assert found.plan.axes[0].objectives[0].due == date(2027, 6, 22)


def test_lines_move_and_go_to_the_bin_by_keys_and_come_back(desk: Desk, perrin: UUID, written: Written) -> None:
    desk.open(perrin)
    row = desk.find(str(written.internal))
    row.setFocus()
    press(row, Qt.Key.Key_Up, ALT)
    assert order(desk, perrin) == [written.internal, written.external]
    assert desk.focused() == str(written.internal)
    press(desk.find(str(written.internal)), Qt.Key.Key_Delete)
    assert order(desk, perrin) == [written.external]
    desk.page.undo()
    desk.page.undo()
    assert order(desk, perrin) == [written.external, written.internal]
    press(desk.find(str(written.external)), Qt.Key.Key_Delete)
    desk.click(f"{written.external}.restore")
    assert len(order(desk, perrin)) == 2


def test_a_line_is_dragged_above_another_and_taken_back(desk: Desk, perrin: UUID, written: Written) -> None:
    desk.open(perrin)
    line, above = desk.find(str(written.internal)), desk.find(str(written.external))
    drag(line, line.mapFromGlobal(above.mapToGlobal(above.rect().center())))
    assert order(desk, perrin) == [written.internal, written.external]
    desk.page.undo()
    assert order(desk, perrin) == [written.external, written.internal]
    line = desk.find(str(written.internal))
    drag(line, line.rect().center() + QPoint(0, 400))  # already the last: nothing moves, nothing opens
    assert order(desk, perrin) == [written.external, written.internal]
    assert written.internal not in desk.page.parts.opened


def drag(line: QWidget, there: QPoint) -> None:
    """Press on a line, go there, let go."""
    QTest.mousePress(line, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, line.rect().center())
    for step in (1, 2, 3):
        QTest.mouseMove(line, line.rect().center() + (there - line.rect().center()) * step / 3)
        settle()
    QTest.mouseRelease(line, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, there)
    settle()


def test_a_wording_is_chosen_never_put_in_by_itself(desk: Desk, perrin: UUID, evaluated: Evaluated) -> None:
    """« Je cherche comment le dire » : la liste propose, la main choisit, et l’on peut revenir sur le choix."""
    desk.open(perrin)
    desk.click("pacep.next")
    desk.click("add_axis")
    axis = plan_of(desk, perrin).axes[0]
    assert axis.title == ""
    wordings = desk.find(f"{axis.id}.wordings")
    assert isinstance(wordings, Choice)
    desk.page.acts.tie(axis.id, evaluated.need)
    wordings = desk.find(f"{axis.id}.wordings")
    assert isinstance(wordings, Choice)
    assert wordings.itemText(1) == "Avancer vers un emploi ou une formation"  # the field of its need comes first
    assert plan_of(desk, perrin).axes[0].title == ""
    wordings.setFocus()
    press(wordings, Qt.Key.Key_Down)
    press(wordings, Qt.Key.Key_Return)
    assert plan_of(desk, perrin).axes[0].title == "Avancer vers un emploi ou une formation"
    desk.page.undo()
    assert plan_of(desk, perrin).axes[0].title == ""


def plan_of(desk: Desk, perrin: UUID) -> Pacep:
    found = desk.services.pacep.view(perrin).version
    assert found is not None
    return found.plan


def order(desk: Desk, perrin: UUID) -> list[UUID]:
    found = desk.services.pacep.view(perrin).version
    assert found is not None
    return [one.id for _, _, one in found.plan.live_actions()]


def test_what_another_hand_wrote_stands_beside_and_one_chooses(
    desk: Desk, context: Context, perrin: UUID, written: Written
) -> None:
    desk.open(perrin)
    other = make_services(context)
    other.pacep.draft.save_fields(written.plan, {"strengths": "Vous cuisinez.", "next_meeting": "Jeudi"}, None)
    desk.type("strengths", "Ici, ")
    assert desk.page.flush()
    settle()
    plan = stored_plan(desk, perrin)
    assert (plan.strengths, plan.next_meeting) == ("Vous cuisinez.", "Jeudi")
    assert desk.find("strengths.other")
    assert desk.failures
    assert desk.page.forms.value("next_meeting") == "Jeudi"
    desk.page.reload()  # read again: the choice still waits
    assert str(desk.page.forms.value("strengths")).startswith("Ici, ")
    assert stored_plan(desk, perrin).strengths == "Vous cuisinez."
    desk.click("strengths.keep")
    assert stored_plan(desk, perrin).strengths.startswith("Ici, ")
    assert not [one for one in desk.page.findChildren(QWidget, "strengths.other") if one.isVisible()]
    assert not other.desk.of("pacep", written.plan)


def stored_plan(desk: Desk, perrin: UUID) -> Pacep:
    found = desk.services.pacep.view(perrin).version
    assert found is not None
    return found.plan


def test_a_need_is_said_once_in_the_words_of_the_evaluation(desk: Desk, perrin: UUID, written: Written) -> None:
    desk.open(perrin, f"{written.axis}.need")
    desk.type(f"{written.axis}.need", "Se qualifier dans un métier qui lui plaît")
    desk.page.reload()
    settle()
    assert lines_said(desk, "Besoin") == ["Besoin\u00a0:"]
    desk.type(f"{written.axis}.need", "Vraiment, ")
    desk.page.reload()
    settle()
    assert lines_said(desk, "En mots simples") == [
        "En mots simples\u00a0: Vraiment, Se qualifier dans un métier qui lui plaît"
    ]


def lines_said(desk: Desk, start: str) -> list[str]:
    """The small lines below the axes that begin so."""
    every = [one for one in desk.page.parts.findChildren(SmallText) if one.isVisible()]
    return [one.text() for one in every if one.text().startswith(f"{start}\u00a0:")]


def test_words_of_the_person_are_taken_up_by_hand(desk: Desk, perrin: UUID, written: Written) -> None:
    desk.open(perrin)
    desk.click("words.1")
    found = desk.services.pacep.view(perrin).version
    assert found is not None
    assert found.plan.what_matters[-1] == "Je veux un métier, et qu’on me laisse ma chance."
    desk.page.undo()
    found = desk.services.pacep.view(perrin).version
    assert found is not None
    assert len(found.plan.what_matters) == 1


def test_the_sequence_from_the_draft_to_a_new_version(desk: Desk, perrin: UUID, written: Written, paper: Paper) -> None:
    desk.open(perrin)
    desk.click("pacep.next")
    assert desk.version(perrin) is PlanState.SUBMITTED
    desk.page.print_document()
    desk.click("printing.go")
    assert "À signer" in one_line(paper.sent[0])
    desk.click("pacep.next")
    desk.click("answer.partial")
    desk.click("fact.write")
    assert desk.version(perrin) is PlanState.SUBMITTED  # which objectives?
    desk.click(f"objectives.{written.objective}")
    desk.type("comment", "Les cours, pas tout de suite.")
    desk.click("fact.write")
    assert desk.version(perrin) is PlanState.AGREED
    desk.click("pacep.next")
    desk.click("way.visa_papier")
    desk.type("signed_by", "Mme Roche")
    desk.click("fact.write")
    assert desk.version(perrin) is PlanState.STAMPED
    desk.click("pacep.next")
    desk.click("fact.write")
    assert desk.version(perrin) is PlanState.IN_FORCE
    desk.click("pacep.next")
    assert desk.version(perrin) is PlanState.DRAFT
    desk.click("version.1")
    assert desk.went[-1] == Place("person.pacep", perrin, f"version.{written.plan}")


def test_an_answer_half_entered_comes_back_after_a_lock(desk: Desk, perrin: UUID, written: Written) -> None:
    desk.services.pacep.course.submit(written.plan)
    desk.open(perrin)
    desk.click("pacep.next")
    desk.click("answer.partial")
    desk.click(f"objectives.{written.objective}")
    desk.type("comment", "Les cours, pas tout de suite.")
    assert desk.page.flush()
    desk.open(perrin)
    desk.click("fact.write")
    found = desk.services.pacep.view(perrin).version
    assert found is not None
    assert (found.events[-1].comment, found.events[-1].detail["answer"]) == ("Les cours, pas tout de suite.", "partial")
    desk.open(perrin)
    assert desk.page.facts.panel is None


def test_an_external_action_chooses_its_partner_then_opens_its_sheet(
    desk: Desk, perrin: UUID, written: Written
) -> None:
    desk.open(perrin)
    press(desk.find(str(written.external)), Qt.Key.Key_Return)
    desk.click(f"{written.external}.sheet")
    wanted = Place("person.prescription_new", perrin, f"action:{written.plan}:{written.external}")
    assert desk.went[-1] == wanted, "the partner makes the sheet"
    sheet = desk.services.prescriptions.draft.start(perrin, written.plan, written.external)
    desk.click(f"{written.external}.sheet")
    assert desk.went[-1] == Place("prescription", sheet)


def test_progress_is_noted_on_a_frozen_plan(desk: Desk, perrin: UUID, written: Written) -> None:
    desk.services.pacep.course.submit(written.plan)
    desk.open(perrin)
    press(desk.find(str(written.internal)), Qt.Key.Key_Return)
    desk.click(f"{written.internal}.progress")
    desk.click("state.faite")
    desk.type("result", "Quatre entretiens tenus.")
    desk.click("fact.write")
    found = desk.services.pacep.view(perrin).version
    assert found is not None
    assert [one.state.value for _, _, one in found.plan.live_actions()] == ["a_engager", "faite"]


def test_when_the_last_action_is_done_the_page_asks_and_takes_no_for_an_answer(
    desk: Desk, perrin: UUID, written: Written
) -> None:
    """« J’ai tout fait, mais je n’ai pas encore de contrat » : l’objectif n’est pas atteint, et la page le garde."""
    desk.services.pacep.course.submit(written.plan)
    desk.open(perrin)
    for line in (written.internal, written.external):
        press(desk.find(str(line)), Qt.Key.Key_Return)
        desk.click(f"{line}.progress")
        desk.click("state.faite")
        desk.click("fact.write")
    desk.find("state.atteint")  # asked at once
    press(desk.find("state.en_cours"), Qt.Key.Key_Escape)
    desk.open(perrin)
    assert desk.page.facts.panel is None
    desk.click(f"{written.objective}.reached")  # left aside, the question waits
    desk.click("state.en_cours")
    desk.type("result", "Le contrat n’est pas signé.")
    desk.click("fact.write")
    assert not [one for one in desk.page.findChildren(QWidget, f"{written.objective}.reached") if one.isVisible()]
    found = desk.services.pacep.view(perrin)
    assert [one.event.comment for one in found.moments(written.objective)] == ["Le contrat n’est pas signé."]


def test_a_line_taken_out_stays_in_sight_and_is_put_back_by_keyboard(
    desk: Desk, perrin: UUID, written: Written
) -> None:
    desk.services.pacep.course.submit(written.plan)
    desk.open(perrin)
    press(desk.find(str(written.internal)), Qt.Key.Key_Return)
    press(desk.find(f"{written.internal}.leave"), Qt.Key.Key_Space)
    desk.click("fact.write")  # why?
    desk.type("reason", "Le pôle IPRO s’en charge.")
    press(desk.find("fact.write"), Qt.Key.Key_Space)
    assert order(desk, perrin) == [written.external]
    name = desk.find(str(written.internal)).accessibleName()
    assert "retirée du plan le 22/11/2026" in name
    assert "À engager" not in name
    press(desk.find(f"{written.internal}.take_back"), Qt.Key.Key_Space)
    desk.type("reason", "Le pôle est fermé.")
    press(desk.find("fact.write"), Qt.Key.Key_Space)
    assert order(desk, perrin) == [written.external, written.internal]


def in_force(desk: Desk, written: Written) -> None:
    course, day = desk.services.pacep.course, DAY_J.date()
    course.submit(written.plan)
    course.note_agreement(written.plan, Answer(agreement=Agreement.YES, happened_on=day))
    course.note_visa(written.plan, Visa(way=VisaWay.PAPER, happened_on=day, signed_by="Mme Roche"))
    course.put_in_force(written.plan, day)


def test_the_plan_is_sent_and_its_review_is_put_off_by_keyboard(desk: Desk, perrin: UUID, written: Written) -> None:
    """« Il est hospitalisé jusqu’en mars : la revue attendra, et je dis pourquoi. »"""
    in_force(desk, written)
    desk.open(perrin)
    press(desk.find("note.transmis"), Qt.Key.Key_Space)
    desk.type("to", "Juge de l’application des peines")
    press(desk.find("fact.write"), Qt.Key.Key_Space)
    press(desk.find("note.revue_avancee"), Qt.Key.Key_Space)
    desk.click("cause.incident")
    press(desk.find("fact.write"), Qt.Key.Key_Space)
    press(desk.find("note.revue_reportee"), Qt.Key.Key_Space)
    desk.type("reason", "Hospitalisé jusqu’en mars.")
    desk.type("until", "01/04/2027")
    press(desk.find("fact.write"), Qt.Key.Key_Space)
    review = desk.services.pacep.view(perrin).review
    assert review is not None
    assert (review.closes, review.cause) == (date(2027, 4, 1), ReviewCause.POSTPONED)
    told = [one.text() for one in desk.page.side.findChildren(SmallText)]
    assert "à Juge de l’application des peines" in told


def test_words_about_risk_are_read_again_before_the_copy_is_handed_over(
    desk: Desk, perrin: UUID, written: Written, paper: Paper
) -> None:
    desk.services.pacep.draft.save_fields(written.plan, {f"{written.objective}.wording": "Baisser le risque"})
    desk.services.pacep.course.submit(written.plan)
    desk.open(perrin)
    desk.click("pacep.copy")
    desk.click("fact.write")
    assert desk.page.facts.panel is not None  # not read again yet
    desk.click("read.read")
    desk.click("fact.write")
    desk.click("printing.go")
    assert "Ce que nous avons retenu ensemble" in one_line(paper.sent[0])


def test_one_who_only_reads_is_offered_nothing_to_write(
    context: Context, show: Show, perrin: UUID, written: Written
) -> None:
    reader = entrusted(context, perrin, Role.LECTURE)
    window = MainWindow(Frame(now=lambda: DAY_J))
    show(window)
    desk = Desk(reader, window)
    desk.open(perrin)
    shown = [one.objectName() for one in desk.page.findChildren(QWidget) if one.isVisible()]
    assert not {"pacep.next", "pacep.bin", "add_axis", "level.editor", "pacep.print"} & set(shown)


@pytest.mark.parametrize("state", ["empty", "draft", "opened", "frozen", "panel", "followed", "in_force"])
def test_the_page_passes_the_checks_of_every_screen(
    desk: Desk, perrin: UUID, state: str, request: pytest.FixtureRequest
) -> None:
    if state != "empty":
        plan: Written = request.getfixturevalue("written")
        desk.page.parts.opened |= {plan.axis, plan.objective, plan.external} if state == "opened" else set()
        if state in ("frozen", "panel", "followed"):
            desk.services.pacep.course.submit(plan.plan)
        if state == "in_force":
            in_force(desk, plan)
            desk.services.pacep.course.note_sent(plan.plan, "Juge de l’application des peines", DAY_J.date())
            desk.services.pacep.review.put_off(plan.plan, date(2027, 4, 1), "Hospitalisé jusqu’en mars.")
        if state == "followed":
            course = desk.services.pacep.course
            course.note_progress(plan.plan, plan.external, "faite", DAY_J.date(), "La fiche est partie.")
            course.remove_part(plan.plan, plan.internal, DAY_J.date(), "Le pôle IPRO s’en charge.")
            desk.page.parts.opened |= {plan.external, plan.internal}
    opened = set(desk.page.parts.opened)
    desk.open(perrin)
    desk.page.parts.opened |= opened
    desk.page.reload()
    if state == "panel":
        desk.click("pacep.next")
    settle()
    assert_every_control_is_named(desk.window)
    assert_one_filled_button(desk.page)
    assert_tab_ring(desk.window)
    assert_no_clipped_text(desk.window)
