"""Tab goes through the lines of a section as one reads them, those made after the page included."""

from datetime import date
from uuid import UUID

from PySide6.QtWidgets import QWidget

from spip_desktop.domain.measure import SentenceSheet
from spip_desktop.domain.place import Place
from spip_desktop.ui.page import Page
from spip_desktop.wiring import Services
from tests.ui.person.conftest import Open

_SEEN = ("custodies.add", "custodies.1.open", "custodies.1.remove", "sheets.add", "sheets.2.open", "sheets.1.open")


def order(page: Page) -> list[str]:
    """The stops of `_SEEN` in the order of Tab, from the first of them."""
    first = page.findChild(QWidget, _SEEN[0])
    assert first is not None
    found, widget = [first.objectName()], first.nextInFocusChain()
    while widget is not None and widget is not first:
        if widget.objectName() in _SEEN:
            found.append(widget.objectName())
        widget = widget.nextInFocusChain()
    return found


def test_tab_goes_line_by_line(open_page: Open, services: Services, loic: UUID) -> None:
    page = open_page(Place("person.situation", loic, "custodies"))
    services.situation.sheets.add(
        SentenceSheet(id=services.context.ids.new(), person_id=loic, as_of=date(2026, 11, 20))
    )
    page.reload()
    assert order(page) == list(_SEEN)
