"""Keying in the trame d'entretien, keyboard alone: its order, its date, its boxes, nothing else in the way."""

from datetime import date
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from spip_desktop.domain.evaluation import FieldState
from spip_desktop.domain.place import Place
from spip_desktop.ui import finding
from spip_desktop.ui.evaluation import KEYING, OWN_KEYING
from spip_desktop.ui.evaluation.page import KIND, EvaluationPage
from spip_desktop.wiring import Services
from tests.documents import reading
from tests.ui.checks import assert_every_control_is_named, assert_no_clipped_text, assert_one_filled_button, settle
from tests.ui.evaluation.conftest import Open
from tests.ui.evaluation.test_page import fill_all, note_of
from tests.ui.paper import Paper
from tests.ui.typing import click, press, type_text

CTRL = Qt.KeyboardModifier.ControlModifier


def focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def walk(page: EvaluationPage) -> None:
    QTest.keySequence(focused(), QKeySequence("Ctrl+PgDown"))
    settle()


def test_the_code_typed_in_the_search_leads_to_the_keying(services: Services, draft: UUID, loic: UUID) -> None:
    code = services.evaluations.guide.guide(draft).code
    notes, answers = finding.search(services, f"{code[:3]} {code[3:]}".lower())
    assert notes.place == Place(KIND, loic, KEYING)
    assert "Trame d’entretien" in notes.subtitle
    assert answers.place == Place(KIND, loic, OWN_KEYING)
    assert "Où j’en suis" in answers.subtitle


def test_a_whole_trame_is_keyed_in_by_keyboard_alone_in_the_order_of_the_paper(
    open_page: Open, services: Services, draft: UUID
) -> None:
    blocks = services.evaluations.guide.guide(draft).blocks
    page = open_page(KEYING)
    for block in blocks:
        assert page.desk.shown is not None
        assert page.desk.shown.step.code == block.step
        assert page.keying.title.text().endswith(f"bloc {block.number} sur {len(blocks)}")
        note_of(page).setFocus()
        type_text(note_of(page), f"Bloc {block.number}.")
        if block.ticks or block.choices:
            press(note_of(page), Qt.Key.Key_Tab)
            press(focused(), Qt.Key.Key_Space if block.ticks else Qt.Key.Key_Down)  # a box, or a list
        walk(page)
    press(page.primary, Qt.Key.Key_Space)
    settle()
    assert page.keying.isHidden()
    view = services.evaluations.reading.view(draft)
    for block in blocks:
        field = view.fields[block.step].value
        assert field.note == f"Bloc {block.number}."
        assert field.state is FieldState.PARTIAL
    assert view.fields["accueil"].value.answers["accueil_role"] == "oui"
    assert view.fields["consommations"].value.answers["consommations_suivi"] == "aucun"
    assert view.fields["situation_concrete"].value.answers["hebergement"] == "stable"
    assert view.fields["analyse"].value.note == ""
    assert {view.fields[one.step].value.noted_on for one in blocks if one.step != "restitution"} == {date(2026, 11, 20)}


def test_the_date_of_the_paper_is_asked_once_and_holds_for_the_blocks_after(
    open_page: Open, services: Services, draft: UUID
) -> None:
    services.evaluations.draft.save(draft, {"interview_on": None})
    page = open_page(KEYING)
    assert page.desk.shown is not None
    assert page.desk.shown.noted_on.isAncestorOf(focused())
    type_text(focused(), "18/11/2026")
    press(focused(), Qt.Key.Key_Tab)
    note_of(page).setFocus()
    type_text(note_of(page), "Un.")
    walk(page)
    type_text(note_of(page), "Deux.")
    assert page.flush()
    assert page.desk.shown is not None
    assert "reprise de mes notes de l’entretien du 18/11/2026" in page.desk.shown.note.label.text()
    assert services.evaluations.reading.view(draft).fields["antecedents"].value.noted_on == date(2026, 11, 18)


def test_only_what_stands_on_the_paper_is_there_and_one_may_leave(open_page: Open, draft: UUID) -> None:
    page = open_page(KEYING)
    assert page.desk.shown is not None
    assert page.desk.shown.note.keys.isHidden()
    assert page.desk.shown.made_title.isHidden()
    assert_one_filled_button(page)
    assert_every_control_is_named(page)
    click(page.keying.leave)
    settle()
    assert page.keying.isHidden()
    assert page.desk.shown is not None
    assert not page.desk.shown.note.keys.isHidden()


def test_the_trame_is_printed_from_the_steps(open_page: Open, services: Services, draft: UUID, paper: Paper) -> None:
    page = open_page()
    click(page.steps.links.trame)
    settle()
    click(page.printing.findChild(QWidget, "printing.go"))
    settle()
    (content,) = paper.sent
    assert "Trame d’entretien" in reading.one_line(content)
    click(page.steps.links.with_person)
    settle()
    click(page.findChild(QWidget, "with_person.paper"))
    settle()
    click(page.printing.findChild(QWidget, "printing.go"))
    settle()
    assert "Où j’en suis" in reading.one_line(paper.sent[1])


def test_nothing_is_cut_at_any_text_size_while_keying(open_page: Open, draft: UUID) -> None:
    assert_no_clipped_text(open_page(KEYING))


def test_a_code_of_a_version_since_frozen_opens_the_page_and_keys_nothing_in(
    open_page: Open, services: Services, draft: UUID
) -> None:
    fill_all(services, draft)
    services.evaluations.course.freeze(draft)
    page = open_page(KEYING)
    assert page.keying.isHidden()
    assert page.primary.text() == "Nouvelle version"
    assert page.steps.links.trame.isHidden()
