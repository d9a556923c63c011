"""« Intérims » in « Réglages »: who stands in for whom, seen, added and ended."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from spip_desktop.db.officer import OFFICERS
from spip_desktop.domain.officer import Officer, Role
from spip_desktop.domain.place import Place
from spip_desktop.services.context import Context
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.settings import SettingsPage
from spip_desktop.ui.settings.interims import InterimsSection
from spip_desktop.ui.text import Text
from spip_desktop.wiring import Services, make_services
from tests.store_fixtures import make_officer
from tests.ui.checks import assert_every_control_is_named, assert_no_clipped_text, settle
from tests.ui.conftest import Show
from tests.ui.typing import type_text


@pytest.fixture
def aline(context: Context) -> Officer:
    officer = make_officer(context.ids, Role.CPIP, identifier="valbrune-12")
    officer = replace(officer, first_name="Aline", family_name="Diop")
    with context.store.transaction(context.actor, "add_officer") as tx:
        OFFICERS.save(tx, officer)
        tx.note("officer", officer.id)
    return officer


def opened(context: Context, show: Show) -> SettingsPage:
    def fail(line: str) -> None:
        raise AssertionError(line)

    page = SettingsPage(make_services(context), Guard(fail))
    show(page)
    page.open(Place("settings"))
    settle()
    return page


def part(page: SettingsPage) -> InterimsSection:
    assert page.interims is not None
    return page.interims


def click(root: QWidget, name: str) -> None:
    button = root.findChild(QWidget, name)
    assert button is not None, name
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    settle()


def words(root: QWidget) -> str:
    return " | ".join(text.text() for text in root.findChildren(Text) if text.isVisible())


def fill(section: InterimsSection, context: Context, aline: Officer, ends: str) -> None:
    section.form.field("interim.absent_id").set_value(str(aline.id))
    section.form.field("interim.replacement_id").set_value(str(context.officer_id))
    section.form.field("interim.starts").set_raw_text("22/11/26")
    section.form.field("interim.ends").set_raw_text(ends)


def test_an_interim_is_added_with_a_reason_and_ended(
    context: Context, services: Services, aline: Officer, show: Show
) -> None:
    page = opened(context, show)
    section = part(page)
    assert "Aucun intérim en cours ni à venir." in words(section)
    click(page, "settings.interims.open")
    click(page, "interim.add")
    assert section.form.field("interim.absent_id").problem == "À remplir."
    fill(section, context, aline, "21/11/26")
    click(page, "interim.add")
    assert "motif" in section.form.field("interim.reason").problem
    type_text(section.form.field("interim.reason").editor, "congés annuels")
    click(page, "interim.add")
    assert section.form.field("interim.ends").problem == "La fin est avant le début."
    section.form.field("interim.ends").set_raw_text("30/11/26")
    click(page, "interim.add")
    (interim,) = services.access.interims()
    assert (interim.absent_id, interim.ends, interim.reason) == (aline.id, date(2026, 11, 30), "congés annuels")
    assert interim.decided_by == context.officer_id
    assert "Claire VASSEUR remplace Aline DIOP" in words(section)
    assert "Du 22/11/2026 au 30/11/2026\u00a0: congés annuels" in words(section)
    assert_no_clipped_text(page)
    assert_every_control_is_named(page)
    click(page, f"interim.end.{interim.id}")
    assert services.access.interims() == []
    assert "Aucun intérim en cours ni à venir." in words(section)


def test_what_is_half_typed_comes_back(context: Context, aline: Officer, show: Show) -> None:
    page = opened(context, show)
    click(page, "settings.interims.open")
    section = part(page)
    section.form.field("interim.absent_id").set_value(str(aline.id))
    type_text(section.form.field("interim.ends").editor, "30/1")
    assert page.flush()
    again = part(opened(context, show))
    assert again.unfolded()
    assert again.form.field("interim.ends").raw_text() == "30/1"
    assert again.form.value("interim.absent_id") == str(aline.id)


def test_who_may_not_decide_only_reads(context: Context, aline: Officer, show: Show) -> None:
    context.actor = replace(context.actor, officer=aline, store_has_dpip=True)
    page = opened(context, show)
    assert not part(page).open_button.isEnabled()
    assert "L’intérim est décidé par le DPIP." in words(page)


def test_who_reads_no_dossier_does_not_see_them(context: Context, show: Show) -> None:
    officer = replace(context.actor.officer, roles=(Role.ADMIN_TECHNIQUE,))
    context.actor = replace(context.actor, officer=officer)
    assert opened(context, show).interims is None
