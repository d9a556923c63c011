"""Figures of « Mon tableau »: 2,500 rows sorted on any column, until the page has painted its lines."""

import time
from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID

from PySide6.QtWidgets import QApplication

from benchmarks.caseload import LARGE, SMALL, caseload
from benchmarks.clockwork import Figure, median
from benchmarks.store import Painted
from spip_desktop import app
from spip_desktop.domain.caseload import columns_of
from spip_desktop.domain.place import Place
from spip_desktop.services.caseload import short_head
from spip_desktop.settings import Settings
from spip_desktop.ui import theme
from spip_desktop.ui.caseload.page import CaseloadPage
from spip_desktop.ui.desk import Desk
from spip_desktop.ui.tasks import Tasks
from spip_desktop.wiring import make_services

#: Milliseconds for one sort, painted; turns for each column.
SORTED, TURNS = 100, 5


def figures() -> Iterator[Figure]:
    """The rows of a small store, as many times over as it takes: a sort reads no store."""
    application = app.make_application()
    theme.apply(application, theme.make_theme())
    context = caseload(SMALL)
    desk = Desk(make_services(context), Tasks(), Settings(), ())
    desk.window.resize(1280, 800)
    desk.start()
    desk.window.show()
    desk.workplace.go(Place("caseload"))
    page = desk.workplace.page()
    assert isinstance(page, CaseloadPage)
    rows = desk.services.caseload.rows()
    page.show_rows([replace(rows[n % len(rows)], person_id=UUID(int=n + 1)) for n in range(LARGE)])
    columns = columns_of(page.view)
    took = [median([_sorted(application, page, number) for _ in range(TURNS)]) for number in range(len(columns))]
    slowest = max(took)
    desk.window.hide()
    context.store.close()
    name = f"Mon tableau, {LARGE:,} rows sorted on any of {len(columns)} columns"
    value = f"{slowest:.0f} ms ({short_head(columns[took.index(slowest)])})"
    yield Figure(name, value, f"<= {SORTED} ms", slowest <= SORTED)


def _sorted(application: QApplication, page: CaseloadPage, number: int) -> float:
    """From the head clicked to the rows painted. Milliseconds."""
    application.processEvents()
    start = time.perf_counter()
    page.table.horizontalHeader().sectionClicked.emit(number)
    Painted(page).wait()
    return (time.perf_counter() - start) * 1000
