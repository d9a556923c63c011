"""Figures of backups of a store of 150 MB, and what the journal's line adds to an act.

The bare backup is the engine's own, in one go, between two connections of sqlcipher3. Bare and measured take turns.
"""

import gc
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication

from benchmarks.clockwork import Figure, median, percentile
from benchmarks.identity import KEY, mine
from benchmarks.population import store_of
from spip_desktop import app
from spip_desktop.db import backup as copies
from spip_desktop.db import journal
from spip_desktop.db.connection import Connector
from spip_desktop.db.store import Transaction
from spip_desktop.domain.clock import Clock
from spip_desktop.security.files import make_durable
from spip_desktop.ui.tasks import Tasks
from spip_desktop.wiring import Services, make_services

#: A store of 150 MB: three times the persons of a large antenne, with their evaluations and all their revisions.
PERSONS, TURNS = 7_400, 5
WITHOUT, WITH, ANSWER, LINE = 1.5, 2.5, 50, 1.8


def figures() -> Iterator[Figure]:
    app.make_application()
    with tempfile.TemporaryDirectory(prefix="spip-desktop-") as folder:
        services = make_services(store_of(PERSONS))
        gc.collect()
        gc.freeze()  # as the program does once all is imported: the collector does not look through it again
        yield from _ratios(services, Path(folder))
        yield _answering(services)
        yield _line(services)
        services.context.store.close()


# -- backups -------------------------------------------------------------------------------------------------


def _ratios(services: Services, folder: Path) -> Iterator[Figure]:
    store = services.context.store
    spent: dict[str, list[float]] = {"bare": [], "copy": [], "whole": []}
    for _ in range(TURNS):
        spent["bare"].append(_timed(lambda: _bare(store.path, folder / "bare.db")))
        spent["copy"].append(_timed(lambda: _copied(services, folder / "copy.db")))
        spent["whole"].append(_timed(lambda: services.backups.make("asked")))
        shutil.rmtree(services.backups.root)
    bare = median(spent["bare"])
    for name, said, most in (
        ("copy", "backup of {size} MB, durable, not verified", WITHOUT),
        ("whole", "backup of {size} MB, verified, keys and card", WITH),
    ):
        ratio = median([one / of for one, of in zip(spent[name], spent["bare"], strict=True)])
        size = round(store.path.stat().st_size / 1_000_000)
        value = f"{median(spent[name]) / 1000:.2f} s / {bare / 1000:.2f} = {ratio:.2f}"
        yield Figure(said.format(size=size), value, f"<= {most}", ratio <= most)


def _bare(source: Path, target: Path) -> None:
    """One call of the engine, nothing else."""
    connect = Connector(KEY)
    target.touch()
    with closing(connect(source)) as origin, closing(connect(target)) as copied:
        origin.backup(copied)
    target.unlink()
    for suffix in ("-wal", "-shm"):
        target.with_name(target.name + suffix).unlink(missing_ok=True)


def _copied(services: Services, target: Path) -> None:
    store = services.context.store
    with closing(store.connect(store.path)) as origin:
        copies.copy(origin, target, store.connect, lambda done, total: None)
    make_durable(target)
    target.unlink()


def _answering(services: Services) -> Figure:
    """How late the window is, at most, for one autosave and the events after it, while a backup is made."""
    tasks = Tasks()
    quiet = _typed(services, Clock().now() + timedelta(seconds=3), tasks)
    tasks.follow(lambda task: services.backups.make("asked", task.progress))
    late = _typed(services, None, tasks)
    tasks.stop()
    value = f"{max(late):.0f} ms, p95 {percentile(late):.0f} (none made: {max(quiet):.0f}, {percentile(quiet):.0f})"
    return Figure("  the window answers meanwhile, at worst", value, f"<= {ANSWER} ms", max(late) <= ANSWER)


def _typed(services: Services, until: datetime | None, tasks: Tasks) -> list[float]:
    """Autosaves as of a hand that types, until an instant or as long as the worker is at work; milliseconds each."""
    person, late = mine(services.context)[0], []
    while tasks.busy() if until is None else Clock().now() < until:
        start = time.perf_counter()
        services.persons.save_fields(person, {"availability": f"le matin {start}"})
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)
        late.append((time.perf_counter() - start) * 1000)
        time.sleep(0.01)
    return late


# -- the journal's line --------------------------------------------------------------------------------------


def _line(services: Services) -> Figure:
    """A named act of a service, with its line and without: all else, revision and commit included, is the same."""
    context = services.context
    person = mine(services.context)[1]
    with_line, without = [], []
    for number in range(400):
        with_line.append(_timed(partial(_saved, services, person, f"le matin {number}")))
        without.append(_timed(partial(_saved, services, person, f"le soir {number}", quiet=True)))
    ratio = median(with_line[50:]) / median(without[50:])
    value = f"{median(with_line[50:]):.2f} ms / {median(without[50:]):.2f} = {ratio:.2f}"
    assert context.store.journal_head()[0] > 400
    return Figure("an act with its line in the journal, against without", value, f"<= {LINE}", ratio <= LINE)


def _saved(services: Services, person: UUID, words: str, *, quiet: bool = False) -> None:
    """One autosave that writes its own line (they write one in 15 minutes), or none at all."""
    note, noted = Transaction.note, journal.noted_since
    journal.noted_since = lambda connection, line: False
    if quiet:
        Transaction.note = lambda *_, **__: None  # type: ignore[method-assign]
    try:
        services.persons.save_fields(person, {"availability": words})
    finally:
        Transaction.note, journal.noted_since = note, noted  # type: ignore[method-assign]


def _timed(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return (time.perf_counter() - start) * 1000
