"""« En partie », another edition, and an agreement taken back, by key and mouse."""

from datetime import date
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from spip_desktop.domain.place import Place
from spip_desktop.domain.prescription_states import Agreement, SheetState
from spip_desktop.services.person import QuickStart
from spip_desktop.services.prescription import PrescriptionService
from spip_desktop.ui.prescription.page import PrescriptionPage
from spip_desktop.wiring import Services
from tests.prescription_fixtures import MissionsLocales, complete
from tests.ui.checks import (
    assert_every_control_is_named,
    assert_no_clipped_text,
    assert_one_filled_button,
    settle,
)
from tests.ui.prescription.conftest import Open, child, words
from tests.ui.typing import click, press

TODAY = date(2026, 11, 22)


@pytest.fixture
def ready(prescriptions: PrescriptionService, loic: UUID, missions: MissionsLocales) -> UUID:
    id_ = complete(prescriptions, loic)
    prescriptions.course.make_ready(id_)
    return id_


def opened(open_page: Open, sheet: UUID) -> PrescriptionPage:
    page = open_page(Place("prescription", sheet))
    assert isinstance(page, PrescriptionPage)
    return page


def text_of(page: QWidget, name: str) -> str:
    return str(child(page, name).text())  # type: ignore[attr-defined]


def test_from_in_part_to_the_edition_with_what_is_accepted(
    open_page: Open, ready: UUID, prescriptions: PrescriptionService, qtbot: QtBot
) -> None:
    page = opened(open_page, ready)
    click(child(page, "sheet.agree"))
    assert not child(page, "fact.accepted").isVisible()
    click(child(page, "answer.partial"))
    settle()
    assert child(page, "fact.accepted").isVisible()
    assert_no_clipped_text(page)
    click(child(page, "fact.write"))
    settle()
    assert "Décochez ce que la personne refuse." in words(page)
    click(child(page, "accepted.joindre"))
    click(child(page, "accepted.objectif"))
    click(child(page, "fact.write"))
    settle()
    said = words(page)
    assert "en partie, sauf « Objectif, dans ses mots », « Comment la joindre »." in said
    assert "Cette version ne sera pas remise" in said
    assert text_of(page, "sheet.next") == "Préparer une version avec ce qui est accepté"
    assert_one_filled_button(page)
    assert_no_clipped_text(page)
    with qtbot.waitSignal(page.went) as asked:
        click(child(page, "sheet.next"))
    new = asked.args[0].id
    again = opened(open_page, new)
    assert "version 2, brouillon" in words(again)
    assert "Version 2, à la place de la version 1, annulée." in words(again)
    assert "patron" not in child(again, "sheet.paper").accessibleDescription()
    assert_every_control_is_named(again)
    assert_no_clipped_text(again)
    with qtbot.waitSignal(again.went) as asked:
        click(child(again, "sheet.other"))
    assert asked.args == [Place("prescription", ready)]
    old = opened(open_page, ready)
    assert "Annulée : remplacée par une version avec ce qui est accepté." in words(old)
    assert text_of(old, "sheet.other") == "Ouvrir la version 2"
    assert str(new) not in words(old)


def test_an_agreement_taken_back_asks_to_tell_the_partner_until_it_is_done(
    open_page: Open, ready: UUID, prescriptions: PrescriptionService
) -> None:
    prescriptions.course.note_agreement(ready, Agreement.YES, TODAY)
    page = opened(open_page, ready)
    assert not child(page, "sheet.withdraw").isVisible()  # nothing left yet: the answer is noted again
    prescriptions.course.hand_over(ready, TODAY, "permanence")
    page = opened(open_page, ready)
    click(child(page, "sheet.withdraw"))
    settle()
    assert "le partenaire ne doit plus utiliser ces informations" in words(page)
    assert_no_clipped_text(page)
    click(child(page, "fact.write"))
    settle()
    assert prescriptions.view(ready).state is SheetState.WITHDRAWN
    said = words(page)
    assert "accord retiré" in said
    assert "Prévenez le partenaire, Mission locale du Pays de Valbrune" in said
    assert text_of(page, "sheet.next") == "Noter que le partenaire est prévenu"
    assert_one_filled_button(page)
    click(child(page, "sheet.next"))
    settle()
    assert "Partenaire prévenu" in [one.text() for one in page.findChildren(QAbstractButton)]
    choice = child(page, "fact.told_by.editor")
    choice.setFocus()
    press(choice, Qt.Key.Key_Down)
    click(child(page, "fact.write"))
    settle()
    assert prescriptions.view(ready).state is SheetState.PARTNER_TOLD
    assert "Prévenez" not in words(page)
    assert "Partenaire prévenu : par téléphone, à Hugo Marchetti." in words(page)


def test_the_reasons_to_cancel_by_hand_are_those_of_the_officer(open_page: Open, ready: UUID) -> None:
    page = opened(open_page, ready)
    click(child(page, "sheet.cancel"))
    choice = child(page, "fact.reason.editor")
    offered = [choice.itemText(row) for row in range(choice.count())]  # type: ignore[attr-defined]
    assert "Transfèrement" in offered
    assert not [one for one in offered if one.startswith("Remplacée")]


def test_the_neutral_letterhead_changes_the_boxes_and_may_ask_for_an_answer(
    open_page: Open, services: Services, prescriptions: PrescriptionService, missions: MissionsLocales, qtbot: QtBot
) -> None:
    start = QuickStart(birth_name="Diallo", first_names="Aïcha", birth_date=date(2003, 5, 1), referral_on=TODAY)
    draft = prescriptions.draft.start(services.persons.quick_start(start))
    page = opened(open_page, draft)
    assert page.findChild(QWidget, "ticked.ppaip") is not None
    page.show_field("letterhead.neutre")
    settle()
    place = page.body.verticalScrollBar().value()
    assert place > 0
    click(child(page, "letterhead.neutre"))
    page.flush()
    qtbot.waitUntil(lambda: page.findChild(QWidget, "ticked.ppaip") is None, timeout=1000)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.objectName() == "letterhead.neutre"
    qtbot.waitUntil(lambda: abs(page.body.verticalScrollBar().value() - place) < 60, timeout=1000)
    assert page.findChild(QWidget, "sheet.tabs.1") is None
    click(child(page, "with_return.oui"))
    page.flush()
    qtbot.waitUntil(lambda: page.findChild(QWidget, "sheet.tabs.1") is not None, timeout=1000)
    assert prescriptions.view(draft).prescription.with_return
    assert_no_clipped_text(page)
