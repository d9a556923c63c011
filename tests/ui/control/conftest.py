"""The whole desk of a DPIP over a real store; the passphrase is asked of a hand that knows it."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget

from spip_desktop.db.situation import CUSTODIES
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.place import Place
from spip_desktop.services.context import Context
from spip_desktop.services.journal import JournalService
from spip_desktop.services.retention import RetentionService
from spip_desktop.settings import Settings
from spip_desktop.ui.desk import Desk
from spip_desktop.ui.page import Page
from spip_desktop.ui.tasks import Tasks
from spip_desktop.wiring import Services, make_services
from tests.ui.checks import settle
from tests.ui.conftest import Show
from tests.ui.typing import click, type_text

PASSPHRASE = "sept loutres"


def reauthenticate(passphrase: str) -> None:
    if passphrase != PASSPHRASE:
        raise Refusal("current_passphrase_wrong", "current_passphrase")


def services_of(context: Context) -> Services:
    made = make_services(context)
    made.retention = RetentionService(context, reauthenticate, made.backups.start_over)
    made.journal = JournalService(context, reauthenticate)
    return made


class Office:
    """A desk, and what a hand does there."""

    def __init__(self, context: Context, show: Show) -> None:
        self.services = services_of(context)
        self.desk = Desk(self.services, Tasks(), Settings(), ())
        self.window, self.workplace = self.desk.window, self.desk.workplace
        show(self.window)
        self.desk.start()
        settle()

    def go(self, kind: str, id_: UUID | None = None) -> bool:
        gone = self.workplace.go(Place(kind, id_))
        settle()
        return gone

    @property
    def page(self) -> Page:
        found = self.workplace.page()
        assert found is not None
        return found

    def find(self, name: str) -> QWidget:
        settle()
        found = [one for one in self.page.findChildren(QWidget, name) if one.isVisibleTo(self.page)]
        assert found, f"nothing shown under {name}"
        return found[-1]

    def shows(self, name: str) -> bool:
        settle()
        return any(one.isVisibleTo(self.page) for one in self.page.findChildren(QWidget, name))

    def click(self, name: str) -> None:
        click(self.find(name))
        settle()

    def type(self, name: str, text: str) -> None:
        widget = self.find(f"{name}.editor")
        widget.setFocus()
        type_text(widget, text)
        settle()

    def focused(self) -> str:
        settle()
        widget = QApplication.focusWidget()
        return widget.objectName() if widget else ""

    def said(self) -> str:
        return self.page.notice.sentence.text() if self.page.notice.isVisible() else ""


Open = Callable[[Context], Office]


@pytest.fixture
def open_office(show: Show) -> Iterator[Open]:
    opened: list[Office] = []

    def do(context: Context) -> Office:
        opened.append(Office(context, show))
        return opened[-1]

    yield do
    for office in opened:
        office.workplace.leave()
        office.desk.guard.silence()
        assert office.services.desk.technical_log() == []
        office.window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def office(dpip_context: Context, open_office: Open) -> Office:
    return open_office(dpip_context)


@pytest.fixture
def end(context: Context) -> Callable[[UUID, date], None]:
    """Ends the écrou of a dossier on a day."""

    def do(person_id: UUID, day: date) -> None:
        with context.store.transaction(context.actor, "modification") as tx:
            for custody in CUSTODIES.find(tx, person_id=person_id):
                CUSTODIES.save(tx, replace(custody, ends=day, end_reason="fin_de_peine"))
            tx.note("person", person_id)

    return do
