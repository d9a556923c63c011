"""How late the window is while 30,000 records are written, looked at, taken in: a reading, then what Qt has to do."""

import gc
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar
from uuid import uuid4

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication

from benchmarks.clockwork import Figure, percentile
from benchmarks.identity import KEY
from benchmarks.transfer import CHANGES, fill, opened
from spip_desktop import app
from spip_desktop.db import info
from spip_desktop.db import officer as officers
from spip_desktop.db.store import open_store
from spip_desktop.domain.clock import Clock
from spip_desktop.domain.ids import Ids
from spip_desktop.domain.transfer import Compared, Contact, ContactKind
from spip_desktop.services.context import Context
from spip_desktop.services.transfer_sending import Preparing
from spip_desktop.services.transfers import TransferService
from spip_desktop.ui.tasks import Task, Tasks
from spip_desktop.wiring import make_services
from tests.store_fixtures import make_service

ANSWER = 100  # milliseconds
T = TypeVar("T")


def figures() -> Iterator[Figure]:
    app.make_application()
    folder = Path(tempfile.mkdtemp(prefix="spip-desktop-"))
    try:
        yield from _figures(folder)
    finally:
        shutil.rmtree(folder)


def _figures(folder: Path) -> Iterator[Figure]:
    fill(opened(folder / "one.db"))
    _renumber(folder / "two.db")
    one, two = opened(folder / "one.db"), opened(folder / "two.db")
    sender, reader = _transfers(one), _transfers(two)
    to, _ = _trust(sender, reader), _trust(reader, sender)
    gc.collect()
    gc.freeze()  # as the program does once all is imported
    package = sender.sending.prepare(Preparing(scope=CHANGES, purpose="Mesure", contacts=(to.id,)))
    (folder / "out").mkdir()
    written, late = _meanwhile(one, lambda task: sender.sending.write(package.id, folder / "out", "", task.progress))
    yield _figure("the window answers while a package is written", late)
    path = folder / "out" / written.file_name
    arrived, late = _meanwhile(two, lambda task: reader.receiving.look(path, "", task.progress))
    yield _figure("  while it is looked at", late)
    _, late = _meanwhile(two, lambda task: reader.receiving.merge(arrived, task.progress))
    yield _figure("  while it is taken in", late)


def _figure(name: str, late: list[float]) -> Figure:
    value = f"{max(late):.0f} ms at worst, p95 {percentile(late):.0f}"
    return Figure(name, value, f"<= {ANSWER} ms", max(late) <= ANSWER)


def _meanwhile(context: Context, work: Callable[[Task], T]) -> tuple[T, list[float]]:
    """What the worker made, and how long each turn of the window took: a reading of the store, then the events."""
    tasks, made, late = Tasks(), list[T](), list[float]()
    tasks.follow(lambda task: made.append(work(task)))
    while tasks.busy():
        start = time.perf_counter()
        with context.store.reading() as tx:
            tx.connection.exec_driver_sql("select count(*) from person").all()
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)
        late.append((time.perf_counter() - start) * 1000)
        time.sleep(0.01)
    return made[0], late


def _renumber(path: Path) -> None:
    """Another station has numbers of its own."""
    opened(path).store.close()
    clock = Clock()
    store = open_store(path, KEY, clock, Ids(clock))
    with store.unattended() as tx:
        for name in ("store", "db_id"):
            info.keep(tx, name, uuid4().bytes)
    store.close()


def _transfers(context: Context) -> TransferService:
    """Neither a passphrase nor a backup is measured here."""
    with context.store.transaction(context.actor, "set_service") as tx:
        officers.SERVICES.save(tx, make_service(tx.ids))
    services = make_services(context)
    return TransferService(
        context, services.access, services.transfer_out, services.transfer_in, lambda typed: None, lambda: None
    )


def _trust(one: TransferService, other: TransferService) -> Contact:
    contact = one.contacts.add_card(other.contacts.mine())
    return one.contacts.trust(contact.id, Compared.PHONE, ContactKind.STATION)
