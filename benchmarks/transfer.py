"""Figures of the transfers: 30,000 records out of a store, into another one, merged again, and the memory it takes.

The reading is measured in a process of its own, so that its memory is its own: `python -m benchmarks.transfer FOLDER`.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from uuid import UUID

from benchmarks.clockwork import Figure
from benchmarks.identity import KEY, STORE_ID
from spip_desktop.db import event, transfer
from spip_desktop.db import officer as officers
from spip_desktop.db import person as persons
from spip_desktop.db.situation import MEASURES
from spip_desktop.db.store import Store, create_store, open_store
from spip_desktop.domain.clock import Clock
from spip_desktop.domain.event import Event
from spip_desktop.domain.ids import Ids
from spip_desktop.domain.measure import Measure
from spip_desktop.domain.officer import Actor, Officer, Role
from spip_desktop.domain.person import Address, Person
from spip_desktop.domain.transfer import Content, Scope, TransferKind
from spip_desktop.services.access import AccessService
from spip_desktop.services.context import Context
from spip_desktop.services.transfer_in import TransferIn
from spip_desktop.services.transfer_out import TransferOut

PERSONS, EACH = 1_500, 20
RECORDS = PERSONS * EACH
OUT, IN, MEMORY = 2.0, 10.0, 60  # seconds, seconds, MiB
CHANGES = Scope(kind=TransferKind.CHANGES, content=Content.COMPLETE)
_NOTE = "Convoqué, présent, parle de son travail et de ce qui vient ; à revoir dans un mois. " * 3


def figures() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory(prefix="spip-desktop-") as name:
        folder = Path(name)
        fill(opened(folder / "one.db"))
        opened(folder / "two.db").store.close()
        said = subprocess.run(
            [sys.executable, "-m", "benchmarks.transfer", name], capture_output=True, text=True, check=True
        )
        out, staged, looked, merged, again, grown, lines = map(float, said.stdout.split())
        yield Figure(f"{RECORDS:,} records read out as lines", f"{out:.2f} s", f"<= {OUT:.0f} s", out <= OUT)
        yield Figure(f"  {lines:,.0f} lines set aside", f"{staged:.2f} s", "said", True)
        yield Figure("  looked at: checked, merged, undone", f"{looked:.2f} s", f"<= {IN:.0f} s", looked <= IN)
        yield Figure("  taken: checked, merged", f"{merged:.2f} s", f"<= {IN:.0f} s", merged <= IN)
        yield Figure("  the same once more: nothing is new", f"{again:.2f} s", f"<= {IN:.0f} s", again <= IN)
        yield Figure("  memory above what it had", f"{grown:.0f} MiB", f"<= {MEMORY} MiB", grown <= MEMORY)


def opened(path: Path) -> Context:
    clock = Clock()
    ids = Ids(clock)
    if path.exists():
        store = open_store(path, KEY, clock, ids)
        with store.reading() as tx:
            return Context(store, Actor(officers.by_identifier(tx, "mesure-01"), store_has_dpip=True))
    store = create_store(path, KEY, STORE_ID, clock, ids)
    dpip = Officer(
        id=ids.new(), identifier="mesure-01", family_name="Vasseur", first_name="Claire", function="dpip",
        roles=(Role.CPIP, Role.DPIP),
    )  # fmt: skip
    with store.transaction(Actor(dpip, store_has_dpip=True), "first_start") as tx:
        officers.OFFICERS.save(tx, dpip)
    return Context(store, Actor(dpip, store_has_dpip=True))


def fill(context: Context) -> None:
    """Dossiers of twenty records: who it is, where, a measure, and what was noted."""
    store = context.store
    with store.transaction(context.actor, "test") as tx:
        for number in range(PERSONS):
            person = Person(id=tx.ids.new(), birth_name=f"Mesure{number}", first_names="Loïc", availability=_NOTE)
            persons.save(tx, person)
            persons.ADDRESSES.save(tx, Address(id=tx.ids.new(), person_id=person.id, city="Valbrune"))
            MEASURES.save(tx, Measure(id=tx.ids.new(), person_id=person.id, kind="sursis_probatoire"))
            for _ in range(EACH - 3):
                event.add(tx, _event(tx.ids, person, tx.now, context))
    store.close()


def _event(ids: Ids, person: Person, now: datetime, context: Context) -> Event:
    return Event(
        id=ids.new(), kind="measure", object_id=person.id, person_id=person.id, code="note",
        happened_on=context.clock.today(), entered_at=now, entered_by=context.officer_id, comment=_NOTE,
    )  # fmt: skip


def main(folder: Path) -> None:
    """Print seconds (out, set aside, looked at, taken, taken again), MiB grown, and how many lines there were."""
    one, two = opened(folder / "one.db"), opened(folder / "two.db")
    service = TransferIn(two)
    before = _peak()
    lines = folder / "lines"
    out, count = _out(one, lines)
    package = two.ids.new()
    staged = _timed(lambda: _aside(two.store, two, package, lines))
    looked = _timed(lambda: service.preview(package))
    merged = _timed(lambda: _merge(two, service, package))
    again = _timed(lambda: _merge(two, service, package))
    with two.store.reading() as tx:
        assert len(persons.PERSONS.partly(tx, ("id", "birth_name", "first_names"))) == PERSONS
    print(out, staged, looked, merged, again, _peak() - before, count)


def _out(context: Context, path: Path) -> tuple[float, int]:
    """The time of reading every line and writing it as JSON; the file stands for the package."""
    start, count = time.perf_counter(), 0
    with path.open("w", encoding="utf-8") as file:
        for line in TransferOut(context, AccessService(context)).collect(CHANGES).lines():
            file.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n")
            count += 1
    return time.perf_counter() - start, count


def _aside(store: Store, context: Context, package: UUID, path: Path) -> None:
    with path.open(encoding="utf-8") as file, store.transaction(context.actor, "stage_package") as tx:
        first = 0
        while some := [json.loads(line) for line in (file.readline() for _ in range(400)) if line]:
            transfer.stage(tx, package, first, some)
            first += len(some)


def _merge(context: Context, service: TransferIn, package: UUID) -> None:
    with context.store.transaction(context.actor, "import_package") as tx:
        service.merge(tx, package)


def _timed(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def _peak() -> float:
    """The most this process has held, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main(Path(sys.argv[1]))
