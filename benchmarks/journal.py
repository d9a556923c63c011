"""Figures of the journal: its whole chain checked, one page of it read, among 50,000 lines in a file on disk."""

import tempfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from benchmarks.clockwork import Figure, median, percentile, times
from benchmarks.identity import KEY, STORE_ID
from spip_desktop.db import journal
from spip_desktop.db import officer as officers
from spip_desktop.db.store import create_store
from spip_desktop.domain.clock import Clock
from spip_desktop.domain.ids import Ids
from spip_desktop.domain.journal import JournalFilter
from spip_desktop.domain.officer import Actor, Officer, Role
from spip_desktop.services.context import Context
from spip_desktop.services.journal import JournalService

LINES, CHECKING, READING = 50_000, 1_000, 50
_ACTS = ("consultation", "modification", "print", "unlock", "search")


def figures() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory(prefix="spip-desktop-") as folder:
        context = _filled(Path(folder) / "store.db")
        service = JournalService(context, lambda _: None)
        spent = times(service.verify, 7)
        assert service.verify().broken is None
        yield Figure("checking 50,000 lines of the journal", f"{median(spent):.0f} ms", f"<= {CHECKING} ms",
                     median(spent) <= CHECKING)  # fmt: skip
        read = times(lambda: service.page(JournalFilter(act="print")), 40)
        yield Figure("  one page of them, by act, p95", f"{percentile(read):.1f} ms", f"<= {READING} ms",
                     percentile(read) <= READING)  # fmt: skip
        context.store.close()


def _filled(path: Path) -> Context:
    """A store whose journal has that many lines, a minute apart."""
    clock = Clock()
    ids = Ids(clock)
    store = create_store(path, KEY, STORE_ID, clock, ids)
    dpip = Officer(
        id=ids.new(), identifier="mesure-01", family_name="Vasseur", first_name="Claire", function="dpip",
        roles=(Role.DPIP,),
    )  # fmt: skip
    actor = Actor(dpip, store_has_dpip=True)
    with store.transaction(actor, "first_start") as tx:
        officers.OFFICERS.save(tx, dpip)
        start, persons = tx.now - timedelta(minutes=LINES), [ids.new() for _ in range(200)]
        for number in range(LINES):
            line = _line(number, start + timedelta(minutes=number), dpip.id, persons)
            journal.append(tx.connection, store.identity.journal_key, line)
    store.checkpoint()
    return Context(store, actor)


def _line(number: int, at: datetime, officer: UUID, persons: list[UUID]) -> journal.Line:
    return journal.Line(at, officer, _ACTS[number % len(_ACTS)], "person", persons[number % len(persons)])
