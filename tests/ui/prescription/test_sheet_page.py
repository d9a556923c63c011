"""One sheet by key and mouse: from the draft to its handing over, on a real store and a paper tray."""

from datetime import date
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from spip_desktop.db import journal
from spip_desktop.domain.place import Place
from spip_desktop.domain.prescription_states import Agreement, SheetState
from spip_desktop.services.context import Context
from spip_desktop.services.prescription import PrescriptionService
from spip_desktop.ui.prescription.page import PrescriptionPage
from tests.prescription_fixtures import OBJECTIVE, MissionsLocales, complete
from tests.ui.checks import (
    assert_every_control_is_named,
    assert_no_clipped_text,
    assert_one_filled_button,
    settle,
)
from tests.ui.paper import Paper
from tests.ui.prescription.conftest import Open, child, words
from tests.ui.typing import click, press, type_text

TODAY = date(2026, 11, 22)


def opened(open_page: Open, sheet: UUID, field: str = "") -> PrescriptionPage:
    page = open_page(Place("prescription", sheet, field))
    assert isinstance(page, PrescriptionPage)
    return page


def retype(page: QWidget, code: str, text: str) -> None:
    editor = child(page, f"{code}.editor")
    editor.setFocus()
    editor.selectAll()  # type: ignore[attr-defined]
    type_text(editor, text)


@pytest.fixture
def draft(prescriptions: PrescriptionService, loic: UUID, missions: MissionsLocales) -> UUID:
    return prescriptions.draft.start(loic)


@pytest.fixture
def ready(prescriptions: PrescriptionService, loic: UUID, missions: MissionsLocales) -> UUID:
    id_ = complete(prescriptions, loic)
    prescriptions.course.make_ready(id_)
    return id_


# -- the draft -----------------------------------------------------------------------------------------------


def test_the_conditions_show_their_input_and_lead_to_what_is_missing(
    open_page: Open, draft: UUID, loic: UUID, qtbot: QtBot
) -> None:
    page = opened(open_page, draft)
    said = words(page)
    for expected in ("Oui | Majeur | 22 ans", "Non | Six mois au plus avant la sortie", "à préparer (J−30)"):
        assert expected in said
    with qtbot.waitSignal(page.went) as asked:
        click(child(page, "rule.ML8.go"))
    assert asked.args == [Place("person.situation", loic, "addresses")]
    click(child(page, "rule.ML6.go"))
    focused = QApplication.focusWidget()
    assert focused is not None
    assert page.isAncestorOf(focused)
    assert focused.objectName().startswith("near_employment")


def test_each_condition_says_where_it_comes_from(open_page: Open, draft: UUID) -> None:
    page = opened(open_page, draft)
    assert "code du travail, art. L. 5314-2" not in words(page)
    click(child(page, "rules.sources"))
    said = words(page)
    for source in ("convention avec la mission locale", "code du travail, art. L. 5314-2", "annuaire des partenaires"):
        assert source in said
    assert_no_clipped_text(page)
    click(child(page, "rules.sources"))
    assert "annuaire des partenaires" not in words(page)


def test_what_is_typed_is_saved_within_two_seconds_and_shown_on_the_paper(
    open_page: Open, draft: UUID, prescriptions: PrescriptionService, qtbot: QtBot
) -> None:
    prescriptions.draft.save_fields(draft, {"ticked": ("objectif",)})
    page = opened(open_page, draft)
    before = child(page, "sheet.paper").accessibleDescription()
    with qtbot.waitSignal(page.saved, timeout=2000):
        retype(page, "objective_words", OBJECTIVE)
    assert prescriptions.view(draft).prescription.objective_words == OBJECTIVE
    qtbot.waitUntil(lambda: "patron" in child(page, "sheet.paper").accessibleDescription(), timeout=1000)
    assert "patron" not in before
    assert f"{len(OBJECTIVE)} signes sur 200" in words(page)
    assert "aucun mot à retirer" in words(page)


def test_a_word_to_read_again_is_named_and_ticked_as_read(
    open_page: Open, draft: UUID, prescriptions: PrescriptionService, qtbot: QtBot
) -> None:
    page = opened(open_page, draft)
    retype(page, "objective_words", "Depuis mon incarcération je cuisine")
    page.flush()
    qtbot.waitUntil(lambda: "« incarcération »" in words(page), timeout=1000)
    click(child(page, "words.read"))
    settle()
    assert not child(page, "words.read").isVisible()
    assert prescriptions.view(draft).unread == ()


def test_a_fourth_ask_is_refused_beside_the_boxes(
    open_page: Open, draft: UUID, prescriptions: PrescriptionService
) -> None:
    page = opened(open_page, draft)
    for code in ("diagnostic", "pacea", "cej", "formation"):
        click(child(page, f"asks.{code}"))
    page.flush()
    settle()
    assert "3 demandes au plus." in words(page)


def test_a_half_typed_date_is_kept_for_the_return(
    open_page: Open, draft: UUID, prescriptions: PrescriptionService
) -> None:
    page = opened(open_page, draft)
    retype(page, "meeting_on", "31/02/2027")
    assert page.flush()
    again = opened(open_page, draft)
    assert child(again, "meeting_on.editor").text() == "31/02/2027"  # type: ignore[attr-defined]
    assert "n’existe pas dans le calendrier" in words(again)


def test_everything_that_blocks_is_listed_one_click_from_its_field(
    open_page: Open, draft: UUID, prescriptions: PrescriptionService
) -> None:
    page = opened(open_page, draft)
    click(child(page, "sheet.next"))
    settle()
    said = words(page)
    for expected in ("Cochez ce que nous demandons", "Écrivez l’objectif", "la réponse est non"):
        assert expected in said
    click(child(page, "blocking.2"))
    assert QApplication.focusWidget() is child(page, "objective_words.editor")
    assert prescriptions.view(draft).state is SheetState.DRAFT


def test_a_no_is_passed_over_in_writing_and_taken_back_by_undo(
    open_page: Open, draft: UUID, prescriptions: PrescriptionService
) -> None:
    page = opened(open_page, draft)
    click(child(page, "rules"))
    press(child(page, "rules.reason.editor"), Qt.Key.Key_Return)
    assert "Écrivez le motif." in words(page)
    type_text(child(page, "rules.reason.editor"), "Permanence le 22/12\n")
    settle()
    assert "Passé outre le 22/11/2026 : Permanence le 22/12" in words(page)
    page.undo()
    settle()
    assert prescriptions.view(draft).prescription.override("ML4") is None


def test_choosing_another_mission_locale_changes_the_contacts_and_the_paper(
    open_page: Open, draft: UUID, missions: MissionsLocales, prescriptions: PrescriptionService, qtbot: QtBot
) -> None:
    page = opened(open_page, draft)
    choice = child(page, "service_id.editor")
    choice.setFocus()
    press(choice, Qt.Key.Key_Down)
    page.flush()
    assert prescriptions.view(draft).prescription.partner_id == missions.orsanne
    qtbot.waitUntil(lambda: "Hugo Marchetti" not in child(page, "sheet.paper").accessibleDescription(), timeout=1000)


def test_a_draft_goes_to_the_bin(
    open_page: Open, draft: UUID, loic: UUID, prescriptions: PrescriptionService, qtbot: QtBot
) -> None:
    page = opened(open_page, draft)
    with qtbot.waitSignal(page.went) as asked:
        click(child(page, "sheet.bin"))
    assert asked.args == [Place("person.prescriptions", loic)]
    assert prescriptions.reading.of_person(loic) == []


# -- ready, printed, answered --------------------------------------------------------------------------------


def test_from_ready_to_handed_over(
    open_page: Open,
    prescriptions: PrescriptionService,
    loic: UUID,
    missions: MissionsLocales,
    paper: Paper,
    context: Context,
) -> None:
    id_ = complete(prescriptions, loic)
    page = opened(open_page, id_)
    click(child(page, "sheet.next"))  # Rendre la fiche prête
    settle()
    assert prescriptions.view(id_).state is SheetState.READY
    click(child(page, "sheet.next"))  # Imprimer
    click(child(page, "printing.go"))
    settle()
    assert paper.sent == [prescriptions.papers.issued(id_).content]
    click(child(page, "sheet.next"))  # Noter l’accord
    click(child(page, "fact.answer.yes") if page.findChild(QWidget, "fact.answer.yes") else child(page, "answer.yes"))
    click(child(page, "fact.write"))
    settle()
    assert prescriptions.view(id_).state is SheetState.AGREED
    click(child(page, "sheet.next"))  # Noter la remise
    click(child(page, "fact.write"))
    settle()
    assert prescriptions.view(id_).state is SheetState.HANDED_OVER
    said = words(page)
    for expected in ("Accord de la personne : oui", "Remise : à la permanence en établissement, à Hugo Marchetti"):
        assert expected in said
    with context.store.reading() as tx:
        acts = [line.act for line in journal.lines_about(tx.connection, id_)]
    assert acts[-4:] == ["make_ready", "print", "note_agreement", "note_remise"]


def test_the_handing_over_is_not_offered_before_an_agreement(
    open_page: Open, ready: UUID, prescriptions: PrescriptionService
) -> None:
    prescriptions.course.note_agreement(ready, Agreement.NO, TODAY)
    page = opened(open_page, ready)
    assert "Noter la remise" not in child(page, "sheet.next").text()  # type: ignore[attr-defined]
    assert "objective_words" not in [one.objectName() for one in page.findChildren(QWidget)]


def test_a_job_that_fails_is_said_and_noted(open_page: Open, ready: UUID, paper: Paper, context: Context) -> None:
    paper.why = "lp a répondu 1"
    page = opened(open_page, ready)
    page.print_document()
    press(child(page, "printing.go"), Qt.Key.Key_Return)
    settle()
    assert "n’a pas pris le document" in words(page)
    with context.store.reading() as tx:
        acts = [line.act for line in journal.lines_about(tx.connection, ready)]
    assert acts[-2:] == ["print", "print_failed"]


def test_without_a_printer_the_page_says_so(open_page: Open, ready: UUID, paper: Paper) -> None:
    paper.names = []
    page = opened(open_page, ready)
    page.print_document()
    assert "Aucune imprimante" in words(page)
    assert not child(page, "printing").isVisible()


def test_escape_leaves_the_printing_line_and_nothing_is_printed(open_page: Open, ready: UUID, paper: Paper) -> None:
    page = opened(open_page, ready)
    page.print_document()
    press(child(page, "printing.printer"), Qt.Key.Key_Escape)
    assert not child(page, "printing").isVisible()
    assert paper.sent == []


def test_the_draft_prints_as_a_project(open_page: Open, draft: UUID, paper: Paper) -> None:
    page = opened(open_page, draft)
    page.print_document()
    click(child(page, "printing.go"))
    assert len(paper.sent) == 1


def test_a_cancelled_sheet_says_why(open_page: Open, ready: UUID, prescriptions: PrescriptionService) -> None:
    page = opened(open_page, ready)
    click(child(page, "sheet.cancel"))
    click(child(page, "fact.write"))
    assert "À remplir." in words(page)
    reason = child(page, "fact.reason.editor")
    reason.setFocus()
    press(reason, Qt.Key.Key_Down)
    click(child(page, "fact.write"))
    assert prescriptions.view(ready).state is SheetState.READY  # who tells the person is still to say
    tells = child(page, "fact.tells.editor")
    tells.setFocus()
    press(tells, Qt.Key.Key_Down)
    click(child(page, "fact.write"))
    settle()
    assert prescriptions.view(ready).state is SheetState.CANCELLED
    assert "Annulée : dit à la personne : le CPIP, en entretien, la personne refuse." in words(page)


def test_a_sheet_that_the_partner_holds_is_changed_by_a_new_version(
    open_page: Open, ready: UUID, prescriptions: PrescriptionService, qtbot: QtBot
) -> None:
    page = opened(open_page, ready)
    assert not child(page, "sheet.amend").isVisible()
    prescriptions.course.note_agreement(ready, Agreement.YES, TODAY)
    prescriptions.course.hand_over(ready, TODAY, "permanence")
    page.reload()
    click(child(page, "sheet.amend"))
    assert "Nouvelle version de la fiche remise" in words(page)
    click(child(page, "fact.write"))
    assert "À remplir." in words(page)
    reason = child(page, "fact.reason.editor")
    reason.setFocus()
    press(reason, Qt.Key.Key_Down)
    with qtbot.waitSignal(page.went) as asked:
        click(child(page, "fact.write"))
    new = asked.args[0].id
    assert prescriptions.view(new).prescription.replaces_id == ready
    again = opened(open_page, ready)
    assert "La version 2 se prépare : celle-ci vaut jusqu’à sa remise." in words(again)
    assert not child(again, "sheet.amend").isVisible()
    draft = opened(open_page, new)
    assert "Version 2, à la place de la version 1 que tient le partenaire." in words(draft)
    assert "Nouvelle version préparée : coordonnées ou rendez-vous changés." in words(draft)
    click(child(draft, "sheet.next"))
    settle()
    assert "Aucun changement" in words(draft)
    assert_no_clipped_text(draft)


# -- what every page must pass -------------------------------------------------------------------------------


def test_the_page_can_be_read_and_used_at_every_size(open_page: Open, draft: UUID) -> None:
    page = opened(open_page, draft)
    assert_one_filled_button(page)
    assert_every_control_is_named(page)
    click(child(page, "sheet.next"))
    settle()
    assert_no_clipped_text(page)


def test_a_ready_sheet_can_be_read_and_used_at_every_size(open_page: Open, ready: UUID) -> None:
    page = opened(open_page, ready)
    click(child(page, "sheet.agree"))
    settle()
    assert_one_filled_button(page)
    assert_every_control_is_named(page)
    assert_no_clipped_text(page)


def test_discretion_blanks_the_paper(open_page: Open, draft: UUID) -> None:
    page = opened(open_page, draft)
    paper = child(page, "sheet.paper")
    shown = paper.grab().toImage()
    paper.set_hidden(True)  # type: ignore[attr-defined]
    settle()
    hidden = paper.grab().toImage()
    assert shown != hidden
    spots = [(x, y) for x in range(40, hidden.width() - 40, 25) for y in range(20, 200, 15)]
    inside = {hidden.pixelColor(x, y).name() for x, y in spots}
    assert QColor("white").name() in inside
