"""Figures of the agenda: a week painted, among five years of appointments of one officer."""

import gc
import random
import shutil
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from benchmarks.caseload import SMALL, YEARS, caseload, clock_of
from benchmarks.clockwork import Figure, median
from benchmarks.identity import KEY, OFFICER
from benchmarks.population import folder
from benchmarks.store import Painted
from spip_desktop import app
from spip_desktop.db import appointment as rows
from spip_desktop.db import officer as officers
from spip_desktop.db.person import PERSONS
from spip_desktop.db.store import open_store
from spip_desktop.domain.appointment import Appointment
from spip_desktop.domain.appointment_states import Stand, Standing
from spip_desktop.domain.ids import Ids
from spip_desktop.domain.place import Place
from spip_desktop.services.context import Context
from spip_desktop.settings import Settings
from spip_desktop.ui import theme
from spip_desktop.ui.desk import Desk
from spip_desktop.ui.tasks import Tasks
from spip_desktop.wiring import make_services

#: Milliseconds; times the baseline; appointments of a working day.
WEEK, RATIO, A_DAY, TURNS = 50, 25, 10, 15
_TODAY = date(2026, 11, 22)


def figures() -> Iterator[Figure]:
    """From the place asked for to the week painted, against its rows read alone, turn about."""
    application = app.make_application()
    theme.apply(application, theme.make_theme())
    with tempfile.TemporaryDirectory() as place:
        context = _store(Path(place))
        made = _fill(context)
        desk = Desk(make_services(context), Tasks(), Settings(), ())
        desk.window.resize(1280, 800)
        desk.start()
        desk.window.show()
        Painted(desk.window).wait()
        gc.collect()
        gc.freeze()  # as app.py does once everything is imported
        spent, bare = [], []
        for _ in range(TURNS):
            desk.workplace.go(Place("persons"))
            application.processEvents()
            start = time.perf_counter()
            desk.workplace.go(Place("agenda"))
            page = desk.workplace.page()
            assert page is not None
            Painted(page).wait()
            spent.append((time.perf_counter() - start) * 1000)
            bare.append(_bare(context))
        desk.window.hide()
        context.store.close()
    took = median(spent[1:])
    yield Figure(
        f"agenda, a week of {5 * A_DAY} among {made:,}, painted", f"{took:.0f} ms", f"<= {WEEK} ms", took <= WEEK
    )
    ratio = median([one / other for one, other in zip(spent[1:], bare[1:], strict=True)])
    value = f"{took:.0f} ms / {median(bare[1:]):.1f} = {ratio:.1f}"
    yield Figure("  against its appointments read as records", value, f"<= {RATIO}", ratio <= RATIO)


def _store(place: Path) -> Context:
    """A copy of the store of 250 dossiers: its own figures are of what it had."""
    caseload(SMALL).store.close()
    shutil.copytree(folder() / f"caseload-{SMALL}", place, dirs_exist_ok=True)
    clock = clock_of(_TODAY)
    store = open_store(place / "store.db", KEY, clock, Ids(clock))
    with store.reading() as tx:
        return Context(store, officers.actor(tx, officers.by_identifier(tx, OFFICER)))


def _fill(context: Context) -> int:
    """Ten appointments a working day, five years back and eight weeks ahead; the past ones were held or missed."""
    choose, made = random.Random(7), 0
    with context.store.transaction(context.actor, "benchmark") as tx:
        persons = [one.id for one in PERSONS.partly(tx, ("id", "birth_name", "first_names"))]
        day = _TODAY - timedelta(days=365 * YEARS)
        while day < _TODAY + timedelta(weeks=8):
            for number in range(A_DAY if day.weekday() < 5 else 0):
                one = Appointment(
                    id=tx.ids.new(), person_id=choose.choice(persons), kind="suivi", day=day,
                    begins=540 + 45 * number, officer_id=context.officer_id, made_on=day,
                )  # fmt: skip
                past = Standing.HELD if choose.random() < 0.8 else Standing.CLOSED
                rows.save(tx, one, Stand(past if day < _TODAY else Standing.PLANNED))
                made += 1
            day += timedelta(days=1)
    return made


def _bare(context: Context) -> float:
    """The same week, the same engine: each appointment read as a record, and nothing made of it. Milliseconds."""
    start = time.perf_counter()
    with context.store.reading() as tx:
        rows.between(tx, _TODAY - timedelta(days=6), _TODAY, officers={context.officer_id})
    return (time.perf_counter() - start) * 1000
