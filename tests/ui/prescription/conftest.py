"""Pages of sheets and partners over a real store, in the window as officers see them."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QWidget

from spip_desktop.domain.place import Place
from spip_desktop.ui import partners, prescription
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.page import Page
from spip_desktop.ui.text import Text
from spip_desktop.wiring import Services
from tests.ui.checks import settle
from tests.ui.conftest import Show

Open = Callable[[Place], Page]


@pytest.fixture
def open_page(services: Services, show: Show) -> Open:
    """Make the page of a place, show it and open it. A bug in an act fails the test."""

    def fail(line: str) -> None:
        raise AssertionError(line)

    makers = {**prescription.PAGES, **partners.PAGES}

    def opened(place: Place) -> Page:
        page = makers[place.kind](services, Guard(fail))
        show(page)
        page.open(place)
        settle()
        return page

    return opened


def child(page: QWidget, name: str) -> QWidget:
    found = page.findChild(QWidget, name)
    assert found is not None, name
    return found


def words(page: QWidget) -> str:
    """Every sentence in sight."""
    said = " | ".join(text.text() for text in page.findChildren(Text) if text.isVisible())
    return said.replace("\u00a0", " ")
