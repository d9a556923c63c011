"""Pages of the échéances over a real encrypted store, with one late report in it."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from spip_desktop.domain.measure import Measure
from spip_desktop.domain.place import Place
from spip_desktop.services.context import Context
from spip_desktop.services.person import QuickStart
from spip_desktop.ui import deadlines, person, todo
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.page import Page
from spip_desktop.wiring import Services, make_services
from tests.store_fixtures import MovableClock
from tests.ui.checks import settle
from tests.ui.conftest import Show

Open = Callable[..., Page]


@pytest.fixture(autouse=True)
def nothing_left(qapp: QApplication) -> None:
    """Delete the pages of the test before: without a running event loop Qt keeps them, and dresses them again."""
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def services(context: Context) -> Services:
    return make_services(context)


@pytest.fixture
def open_page(services: Services, show: Show) -> Open:
    """Make the page of a place, show it and open it. A bug in an act fails the test."""

    def fail(line: str) -> None:
        raise AssertionError(line)

    makers = {**todo.PAGES, **deadlines.PAGES, **person.PAGES}

    def opened(kind: str, id_: UUID | None = None, field: str = "", by: Services | None = None) -> Page:
        page = makers[kind](by or services, Guard(fail))
        show(page)
        page.open(Place(kind, id_, field))
        settle()
        return page

    return opened


@pytest.fixture
def martine(services: Services, moving: MovableClock) -> UUID:
    """A sursis probatoire referred on 16/08/2026, in the dossier since; day J is 22/11/2026."""
    today = moving.today
    moving.set_day(date(2026, 8, 17))
    start = QuickStart(
        birth_name="Bréaud", first_names="Martine", birth_date=date(1968, 2, 2), referral_on=date(2026, 8, 16)
    )
    id_ = services.persons.quick_start(start)
    measure = Measure(id=services.context.ids.new(), person_id=id_, kind="SP", referral_on=date(2026, 8, 16))
    services.situation.measures.add(measure)
    services.persons.assign(id_, services.context.officer_id, reason="nouveau")
    moving.set_day(today)
    return id_
