"""Figures of « À traiter »: the list painted, and what a rule would change, over five years of history."""

import gc
import time
from collections.abc import Iterator

from PySide6.QtWidgets import QApplication

from benchmarks.caseload import LARGE, SMALL, caseload
from benchmarks.clockwork import Figure, median
from benchmarks.store import Painted
from spip_desktop import app
from spip_desktop.db.situation import MEASURES
from spip_desktop.domain.place import Place
from spip_desktop.services.context import Context
from spip_desktop.settings import Settings
from spip_desktop.ui import theme
from spip_desktop.ui.desk import Desk
from spip_desktop.ui.tasks import Tasks
from spip_desktop.wiring import make_services

#: Milliseconds, by number of dossiers; of a rule changed; times the baseline.
LIST, CHANGED, RATIO, TURNS = {SMALL: 100, LARGE: 1_000}, 3_000, 25, 7


def figures() -> Iterator[Figure]:
    application = app.make_application()
    theme.apply(application, theme.make_theme())
    for size in (SMALL, LARGE):
        context = caseload(size)
        yield from _list(application, context, size)
        if size == LARGE:
            yield from _changed(context)
        context.store.close()


def _list(application: QApplication, context: Context, size: int) -> Iterator[Figure]:
    """From the place asked for to the list painted, against the rows of its measures read alone, turn about."""
    desk = Desk(make_services(context), Tasks(), Settings(), ())
    desk.window.resize(1280, 800)
    desk.start()
    desk.window.show()
    Painted(desk.window).wait()
    gc.collect()
    gc.freeze()  # as app.py does once everything is imported
    lines = sum(len(group.lines) for group in desk.services.todo.groups())
    spent, bare = [], []
    for _ in range(TURNS):
        desk.workplace.go(Place("persons"))
        application.processEvents()
        start = time.perf_counter()
        desk.workplace.go(Place("todo"))
        page = desk.workplace.page()
        assert page is not None
        Painted(page).wait()
        spent.append((time.perf_counter() - start) * 1000)
        bare.append(_bare(context))
    desk.window.hide()
    most, took = LIST[size], median(spent[1:])
    name = f"À traiter, {size:,} dossiers of five years, {lines:,} lines painted"
    yield Figure(name, f"{took:.0f} ms", f"<= {most} ms", took <= most)
    ratio = median([one / other for one, other in zip(spent[1:], bare[1:], strict=True)])
    value = f"{took:.0f} ms / {median(bare[1:]):.1f} = {ratio:.1f}"
    yield Figure("  against its measures read as records", value, f"<= {RATIO}", ratio <= RATIO)


def _bare(context: Context) -> float:
    """The same store, the same engine: every measure read as a record, and nothing made of it. Milliseconds."""
    start = time.perf_counter()
    with context.store.reading() as tx:
        MEASURES.find(tx)
    return (time.perf_counter() - start) * 1000


def _changed(context: Context) -> Iterator[Figure]:
    """What turning a rule off would change in every dossier, told with its progress."""
    service = make_services(context).deadlines
    steps: list[int] = []
    spent = []
    for _ in range(TURNS):
        start = time.perf_counter()
        service.impact("E01", in_use=False, progress=lambda done, _: steps.append(done))
        spent.append((time.perf_counter() - start) * 1000)
    took = median(spent[1:])
    name = f"every deadline of {LARGE:,} dossiers after a rule changed"
    value = f"{took:.0f} ms, {len(steps) // TURNS} steps told"
    yield Figure(name, value, f"<= {CHANGED} ms", took <= CHANGED)
