"""« Relances » and « Permanences »: a letter a partner, a print a permanence, from the list of the sheets."""

from datetime import date
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from spip_desktop.domain.place import Place
from spip_desktop.domain.prescription_states import Agreement, reminded_on
from spip_desktop.services.prescription import PrescriptionService
from spip_desktop.ui.prescription.batch_page import BatchPage
from spip_desktop.ui.prescription.silent_page import SilentPage
from spip_desktop.wiring import Services
from tests.documents.reading import one_line
from tests.prescription_fixtures import MissionsLocales, complete
from tests.store_fixtures import MovableClock
from tests.ui.checks import assert_every_control_is_named, assert_no_clipped_text, assert_one_filled_button, settle
from tests.ui.paper import Paper
from tests.ui.prescription.conftest import Open, child, words
from tests.ui.typing import click, press

TODAY = date(2026, 11, 22)


@pytest.fixture
def ready(services: Services, prescriptions: PrescriptionService, loic: UUID, missions: MissionsLocales) -> UUID:
    services.persons.assign(loic, services.context.officer_id, reason="nouveau")
    id_ = complete(prescriptions, loic)
    prescriptions.course.make_ready(id_)
    prescriptions.course.note_agreement(id_, Agreement.YES, TODAY)
    return id_


@pytest.fixture
def silent(prescriptions: PrescriptionService, ready: UUID, moving: MovableClock) -> UUID:
    prescriptions.course.hand_over(ready, TODAY, "permanence")
    moving.move(days=35)
    return ready


# -- silent partners -----------------------------------------------------------------------------------------


def test_with_nobody_silent_the_page_says_what_comes_there(open_page: Open, ready: UUID) -> None:
    page = open_page(Place("prescriptions.silent"))
    assert "Aucun partenaire en retard." in words(page)
    assert_every_control_is_named(page)


def test_a_letter_is_prepared_printed_and_noted(
    open_page: Open, prescriptions: PrescriptionService, silent: UUID, paper: Paper, moving: MovableClock
) -> None:
    page = open_page(Place("prescriptions.silent"))
    assert isinstance(page, SilentPage)
    assert page.table.hasFocus()
    assert_no_clipped_text(page)
    assert_one_filled_button(page)
    click(page.write)
    settle()
    click(child(page, "printing.go"))
    settle()
    assert len(paper.sent) == 1
    assert "Fiches en attente de réponse" in one_line(paper.sent[0])
    assert reminded_on(prescriptions.view(silent).events) == date(2026, 12, 27)
    assert "Aucun partenaire en retard." in words(page)
    moving.move(days=30)
    page.reload()
    settle()
    press(page.tabs, Qt.Key.Key_Right)
    settle()
    assert "à voir avec le DPIP" in words(page)
    click(page.again)
    settle()
    click(child(page, "printing.go"))
    settle()
    assert paper.sent[1] == paper.sent[0], "the bytes that left"


def test_enter_opens_the_answer_of_a_silent_sheet(open_page: Open, silent: UUID) -> None:
    page, went = open_page(Place("prescriptions.silent")), list[Place]()
    assert isinstance(page, SilentPage)
    page.went.connect(went.append)
    press(page.table, Qt.Key.Key_Return)
    assert went == [Place("prescription", silent, "return")]


# -- permanences ---------------------------------------------------------------------------------------------


def test_a_lot_is_made_in_the_worker_and_printed(
    open_page: Open, prescriptions: PrescriptionService, ready: UUID, paper: Paper, qtbot: QtBot
) -> None:
    page = open_page(Place("prescriptions.batches"))
    assert isinstance(page, BatchPage)
    assert_no_clipped_text(page)
    assert_every_control_is_named(page)
    press(page.table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.printing.isVisible() and not page.tasks.busy(), timeout=10_000)
    assert not page.progress.isVisible()
    click(child(page, "printing.go"))
    settle()
    assert "Bordereau de permanence" in one_line(paper.sent[0])
    assert prescriptions.view(ready).printed


def test_a_lot_under_way_can_be_stopped(open_page: Open, ready: UUID, paper: Paper, qtbot: QtBot) -> None:
    page = open_page(Place("prescriptions.batches"))
    assert isinstance(page, BatchPage)
    click(page.print_button)
    click(page.stop)
    qtbot.waitUntil(lambda: not page.tasks.busy(), timeout=10_000)
    settle()
    assert paper.sent == []
    assert "Arrêté. Rien n’a été imprimé." in words(page) or page.printing.isVisible(), "stopped, or done just before"


def test_with_nothing_ready_the_page_says_what_comes_there(open_page: Open, loic: UUID) -> None:
    page = open_page(Place("prescriptions.batches"))
    assert isinstance(page, BatchPage)
    assert "Aucune fiche prête pour une permanence." in words(page)
    assert not page.print_button.isEnabled()
