"""« Confidences scellées »: the list of a DPIP, reached from « Réglages », which leads to each dossier."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from spip_desktop.db.officer import OFFICERS
from spip_desktop.domain.place import Place
from spip_desktop.services.context import Context
from spip_desktop.settings import Settings
from spip_desktop.ui.confidences import ConfidencesView
from spip_desktop.ui.desk import Desk
from spip_desktop.ui.sealed.page import KIND, SealedPage
from spip_desktop.ui.tasks import Tasks
from spip_desktop.wiring import make_services
from tests.ui.checks import assert_every_control_is_named, assert_no_clipped_text, at_text_size, settle
from tests.ui.conftest import Show
from tests.ui.typing import click, press

SECRET = "Dort chez son oncle."


@pytest.fixture
def desk(dpip_context: Context, show: Show, qapp: QApplication) -> Iterator[Desk]:
    tasks = Tasks()
    made = Desk(make_services(dpip_context), tasks, Settings(), ())
    show(made.window)
    made.start()
    settle()
    yield made
    tasks.stop()


def confide(context: Context, person: UUID) -> None:
    services = make_services(context)
    made = services.confidences.add(person, date(2026, 11, 20))
    services.confidences.save(made, {"text": SECRET})


def leave(dpip: Context, officer: UUID) -> None:
    with dpip.store.transaction(dpip.actor, "remove_officer") as tx:
        OFFICERS.save(tx, replace(OFFICERS.get(tx, officer), active=False))
        tx.note("keys", officer)


def test_a_dpip_finds_them_in_the_settings_and_opens_one_in_its_dossier(
    desk: Desk, context: Context, dpip_context: Context, loic: UUID
) -> None:
    confide(context, loic)
    desk.workplace.go(Place("settings"))
    settle()
    link = desk.window.findChild(QWidget, f"settings.{KIND}")
    assert link is not None
    click(link)
    settle()
    page = desk.window.page()
    assert isinstance(page, SealedPage)
    assert page.empty.isVisible(), "its author is still there"
    leave(dpip_context, context.officer_id)
    page.open(Place(KIND))
    settle()
    (row,) = page.table.records.rows
    assert [cell.text for cell in row.cells] == ["Loïc PERRIN", "20/11/2026", "Claire Vasseur", "Jamais"]
    assert QApplication.focusWidget() is page.table
    for percent in (100, 200):
        at_text_size(percent)
        assert_no_clipped_text(page)
    at_text_size(100)
    assert_every_control_is_named(page)
    press(page.table, Qt.Key.Key_Return)
    settle()
    assert desk.window.place().kind == "person.evaluation"
    assert [one for one in desk.window.findChildren(ConfidencesView) if one.isVisible()]
    assert desk.window.findChild(QWidget, "sealed.1.open") is not None


def test_it_is_the_dpips_alone(context: Context, show: Show, qapp: QApplication) -> None:
    tasks = Tasks()
    made = Desk(make_services(context), tasks, Settings(), ())
    assert KIND not in made.workplace.kinds()
    assert "journal" in made.workplace.kinds() or "settings" in made.workplace.kinds(), "the control"
    tasks.stop()
