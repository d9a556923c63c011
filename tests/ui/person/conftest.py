"""The services over a real encrypted store, a few persons in it, and pages shown as the window shows them."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from spip_desktop.domain.measure import SentenceLine, SentenceSheet
from spip_desktop.domain.place import Place
from spip_desktop.services.context import Context
from spip_desktop.services.person import QuickStart
from spip_desktop.ui import person, persons
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.page import Page
from spip_desktop.wiring import Services, make_services
from tests.ui.checks import settle
from tests.ui.conftest import Show

Open = Callable[[Place], Page]


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

    makers = {**persons.PAGES, **person.PAGES}

    def opened(place: Place) -> Page:
        page = makers[place.kind](services, Guard(fail))
        show(page)
        page.open(place)
        settle()
        return page

    return opened


@pytest.fixture
def loic(services: Services) -> UUID:
    """The young man of the reference pictures: 14 months, end on 22/06/2027, followed by nobody yet."""
    id_ = services.persons.quick_start(
        QuickStart(birth_name="Perrin", first_names="Loïc", birth_date=date(2004, 3, 14), ecrou_number="12345")
    )
    (custody,) = services.situation.penal(id_).custodies
    services.situation.custodies.save_fields(
        custody.value.id,
        {"establishment": "MA de Valbrune", "starts": date(2026, 4, 22), "penal_category": "condamne"},
    )
    new_id = services.context.ids.new
    services.situation.sheets.add(
        SentenceSheet(
            id=new_id(),
            person_id=id_,
            as_of=date(2026, 11, 3),
            sentence_start=date(2026, 4, 22),
            end_official=date(2027, 6, 22),
            commission_on=date(2027, 1, 28),
            lines=(SentenceLine(id=new_id(), label="TC Valbrune", quantum_months=14),),
        )
    )
    return id_
