"""Figures of « À reporter »: the queue of 250 dossiers, five years of facts reported but the last ones."""

import shutil
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

from benchmarks.caseload import SMALL, caseload, clock_of
from benchmarks.clockwork import Figure, median
from benchmarks.identity import KEY
from spip_desktop.db import appointment, carrying
from spip_desktop.db.among import these
from spip_desktop.db.deadline import everybody
from spip_desktop.db.event import EVENTS
from spip_desktop.db.interview import INTERVIEWS
from spip_desktop.db.store import Store, Transaction, open_store
from spip_desktop.domain.appointment import KIND, Appointment
from spip_desktop.domain.appointment_states import Stand, Standing
from spip_desktop.domain.carrying import Answer, Carried, Source
from spip_desktop.domain.event import Event
from spip_desktop.domain.ids import Ids
from spip_desktop.domain.interview import Interview
from spip_desktop.forms.carrying import shipped
from spip_desktop.services.context import Context
from spip_desktop.wiring import make_services

#: Milliseconds for the whole queue of one officer, each block worded.
QUEUE, TURNS = 400, 7
_TODAY, _EVERY, _YEARS = date(2026, 11, 22), timedelta(weeks=3), 5
#: What happened since then waits; what is older was reported.
_REPORTED_UNTIL = _TODAY - timedelta(weeks=4)
_WORDS = "A parlé de son travail et de son logement, sans changement depuis la dernière fois. " * 8


def figures() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as place:
        context = _copy(Path(place))
        lived = _live(context)
        service = make_services(context).carrying
        waiting, spent = len(service.queue().blocks), []
        for _ in range(TURNS):
            start = time.perf_counter()
            service.queue()
            spent.append((time.perf_counter() - start) * 1000)
        context.store.close()
    took = median(spent)
    name = f"À reporter, {SMALL} dossiers, {lived:,} facts of five years, {waiting:,} blocks worded"
    yield Figure(name, f"{took:.0f} ms", f"<= {QUEUE} ms", took <= QUEUE)


def _copy(place: Path) -> Context:
    """The caseload of the other figures, to be written in."""
    known = caseload(SMALL)
    known.store.checkpoint()
    shutil.copy(known.store.path, place / "store.db")
    known.store.close()
    clock = clock_of(_TODAY)
    store: Store = open_store(place / "store.db", KEY, clock, Ids(clock))
    return Context(store, known.actor)


def _live(context: Context) -> int:
    """Interviews and appointments every three weeks, all reported up to four weeks ago; how many facts there are."""
    with context.store.transaction(context.actor, "bench") as tx:
        persons = everybody(tx)
        for person_id in persons:
            day = _TODAY - timedelta(days=365 * _YEARS)
            while day < _TODAY:
                _meet(tx, person_id, day)
                day += _EVERY
        tx.note("person")
    with context.store.transaction(context.actor, "bench") as tx:
        count = 0
        for kind in shipped().kinds:
            for one in carrying.sources(tx, kind, these(persons), None):
                count += 1
                if one.on <= _REPORTED_UNTIL:
                    carrying.CARRIED.save(tx, _carried(tx, kind.code, one))
        tx.note("person")
    return count


def _meet(tx: Transaction, person_id: UUID, day: date) -> None:
    new, me = tx.ids.new, tx.actor_id
    INTERVIEWS.save(
        tx,
        Interview(
            id=new(), person_id=person_id, author_id=me, held_on=day, kind="suivi", place="bureau", today=_WORDS,
            closed_on=day,
        ),
    )  # fmt: skip
    one = Appointment(id=new(), person_id=person_id, kind="suivi", day=day, begins=600, officer_id=me, made_on=day)
    appointment.save(tx, one, Stand(Standing.HELD))
    outcome = Event(
        id=new(), kind=KIND, object_id=one.id, person_id=person_id, code="issue", happened_on=day, entered_at=tx.now,
        entered_by=me, detail={"outcome": "present"},
    )  # fmt: skip
    EVENTS.save(tx, outcome)


def _carried(tx: Transaction, code: str, one: Source) -> Carried:
    kind = next(kind for kind in shipped().kinds if kind.code == code)
    return Carried(
        id=tx.ids.new(), person_id=one.person_id, block=code, object_id=one.object_id, system=kind.system,
        answer=Answer.CARRIED, title="Bloc", text=_WORDS, mark=one.mark, happened_on=one.on, noted_at=tx.now,
        noted_by=tx.actor_id,
    )  # fmt: skip
