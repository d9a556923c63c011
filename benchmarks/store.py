"""Figures of an open store: opening a dossier, searching, saving one answer, among 31,000 persons in a file on disk."""

import time
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from uuid import UUID

import sqlcipher3.dbapi2 as sqlcipher
from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from benchmarks.clockwork import Figure, median, percentile
from benchmarks.identity import KEY, mine
from benchmarks.population import FEW, FULL, folder, store_of
from spip_desktop import app
from spip_desktop.db import evaluation as evaluations
from spip_desktop.db.connection import prepare
from spip_desktop.domain.place import Place
from spip_desktop.services.context import Context
from spip_desktop.services.evaluation_ground import Ground
from spip_desktop.settings import Settings
from spip_desktop.ui import theme
from spip_desktop.ui.desk import Desk
from spip_desktop.ui.search_box import SearchBox
from spip_desktop.ui.tasks import Tasks
from spip_desktop.wiring import Services, make_services

OPENING, OPENING_RATIO, SEARCH, SAVING, SAVING_RATIO = 50, 3, 16, 5, 6
#: Names and parts of names as typed at a desk; the first letter of each is a first keystroke.
TYPED = ("martin", "lefèvre jean", "nguyen", "dasilva", "ndiaye a", "10250", "2021000", "moreau", "zz", "garcia inès")


def figures() -> Iterator[Figure]:
    application = app.make_application()
    theme.apply(application, theme.make_theme())
    yield from _opening(application)
    yield from _search(application)
    yield from _saving()


class Painted(QObject):
    """Tells when a widget has been painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.done = False
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.done = self.done or event.type() == QEvent.Type.Paint
        return False

    def wait(self) -> None:
        """Let the program work until the widget is painted, and what is painted with it."""
        while not self.done:
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)


def desk_of(context: Context) -> Desk:
    desk = Desk(make_services(context), Tasks(), Settings(), ())
    desk.window.resize(1280, 800)
    desk.start()
    desk.window.show()
    Painted(desk.window).wait()
    return desk


# -- opening a dossier ---------------------------------------------------------------------------------------


def _opening(application: QApplication) -> Iterator[Figure]:
    desks = {size: desk_of(store_of(size)) for size in (FEW, FULL)}
    persons = {size: cycle(mine(desk.services.context)[:40]) for size, desk in desks.items()}
    spent: dict[int, list[float]] = {size: [] for size in desks}
    for _ in range(40):
        for size, desk in desks.items():
            spent[size].append(_open(desk, next(persons[size])))
    few, full = median(spent[FEW][1:]), median(spent[FULL][1:])
    yield Figure("opening a dossier among 31,000, painted", f"{full:.1f} ms", f"<= {OPENING} ms", full <= OPENING)
    value, ratio = f"{full:.1f} ms / {few:.1f} = {full / few:.2f}", full / few
    yield Figure("opening a dossier, 31,000 against 100", value, f"<= {OPENING_RATIO}", ratio <= OPENING_RATIO)
    for desk in desks.values():
        desk.window.hide()
        desk.services.context.store.close()


def _open(desk: Desk, person_id: UUID) -> float:
    """From the list to the Synthèse painted, milliseconds; the consultation line is written meanwhile."""
    desk.workplace.go(Place("persons"))
    QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)
    start = time.perf_counter()
    desk.workplace.go(Place("person.synthese", person_id))
    page = desk.workplace.page()
    assert page is not None
    Painted(page).wait()
    return (time.perf_counter() - start) * 1000


# -- search --------------------------------------------------------------------------------------------------


def _search(application: QApplication) -> Iterator[Figure]:
    desk = desk_of(store_of(FULL))
    box = desk.window.search
    box.setFocus()
    first: list[float] = []
    every: list[float] = []
    for text in TYPED * 3:
        box.clear()
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)
        for number, letter in enumerate(text):
            every.append(_type(box, letter))
            if number == 0:
                first.append(every[-1])
    value = f"{percentile(every):.1f} ms (median {median(every):.1f}, n {len(every)})"
    yield Figure(
        "search among 31,000, each letter, rows painted, p95", value, f"<= {SEARCH} ms", percentile(every) <= SEARCH
    )
    value = f"{percentile(first):.1f} ms (median {median(first):.1f}, n {len(first)})"
    yield Figure("  of which first letters, p95", value, f"<= {SEARCH} ms", percentile(first) <= SEARCH)
    desk.window.hide()
    desk.services.context.store.close()


def _type(box: SearchBox, letter: str) -> float:
    start = time.perf_counter()
    event = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, letter)
    watch = Painted(box.results().viewport())
    QApplication.sendEvent(box, event)
    watch.wait()
    spent = (time.perf_counter() - start) * 1000
    QApplication.sendEvent(box, QKeyEvent(QEvent.Type.KeyRelease, 0, Qt.KeyboardModifier.NoModifier, letter))
    return spent


# -- saving --------------------------------------------------------------------------------------------------


def _saving() -> Iterator[Figure]:
    """One answer saved by the evaluation service, against the bare commit of the bytes it put in the log."""
    services = make_services(store_of(FULL))
    fields = _fields(services)
    bare = BareCommit(folder() / "bare.db")
    saved, committed = [], []
    note = "Dit qu’il a repris contact avec son frère. " * 12
    for number in range(120):
        field = fields[number % len(fields)]
        start = time.perf_counter()
        services.evaluations.draft.save_step(field, {"note": f"{note}{number}"})
        saved.append((time.perf_counter() - start) * 1000)
        committed.append(bare.commit(f"{note}{number}"))
    saved, committed = saved[20:], committed[20:]
    ratio = median(saved) / median(committed)
    value = f"{median(saved):.2f} ms / {median(committed):.2f} = {ratio:.1f}"
    yield Figure("saving one answer, against the bare commit", value, f"<= {SAVING_RATIO}", ratio <= SAVING_RATIO)
    value = f"{percentile(saved):.2f} ms (bare {percentile(committed):.2f})"
    yield Figure("saving one answer, p95", value, f"<= {SAVING} ms", percentile(saved) <= SAVING)
    bare.close()
    services.context.store.close()


def _fields(services: Services) -> list[UUID]:
    """Steps of evaluations of the officer's dossiers; the form is copied into the store as `start` does."""
    context = services.context
    ground = Ground(context, services.access)
    with context.store.transaction(context.actor, "benchmark") as tx:
        ground.keep_form(tx)
    found: list[UUID] = []
    with context.store.reading() as tx:
        for person in mine(context)[:4]:
            found += [one.id for one in evaluations.FIELDS.find(tx, person_id=person)][:1]
    return found


class BareCommit:
    """A table of one text in an encrypted file with the same pragmas; one update and its commit."""

    def __init__(self, path: Path) -> None:
        path.unlink(missing_ok=True)
        for suffix in ("-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        self._connection = sqlcipher.connect(str(path), isolation_level=None)
        prepare(self._connection, KEY)
        self._connection.execute("CREATE TABLE answer (id INTEGER PRIMARY KEY, note TEXT)")
        self._connection.execute("INSERT INTO answer VALUES (1, '')")

    def commit(self, text: str) -> float:
        start = time.perf_counter()
        self._connection.execute("BEGIN IMMEDIATE")
        self._connection.execute("UPDATE answer SET note = ? WHERE id = 1", (text,))
        self._connection.execute("COMMIT")
        return (time.perf_counter() - start) * 1000

    def close(self) -> None:
        self._connection.close()
