"""The health of the store: its pages and tables looked at in time, its room on the disk, the clock of the machine."""

import sys
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from spip_desktop.db import backup as copies
from spip_desktop.db import info, journal
from spip_desktop.db.backup import Findings
from spip_desktop.domain.clock import PARIS
from spip_desktop.domain.dates import hour
from spip_desktop.domain.errors import Problem
from spip_desktop.domain.officer import Right
from spip_desktop.security import flag
from spip_desktop.security.reserve import Reserve
from spip_desktop.services import losses
from spip_desktop.services.context import Context

#: A store not looked at for so long is looked at.
EVERY = timedelta(days=7)
#: A clock may be corrected by so much without a word.
TOLERANCE = timedelta(minutes=2)
#: A store closed for longer than any leave: the date of the machine may be what is wrong.
LONG_CLOSED = timedelta(days=62)
_CHECKED = "checked_at"


class Due(StrEnum):
    """Why the store is to be looked at."""

    NOT = "not"
    WEEK = "week"
    CUT_SHORT = "cut_short"  # the last session did not end in order


@dataclass(frozen=True, slots=True)
class ClockJump:
    """The machine's clock moved by itself: by how much, and from when."""

    by: timedelta
    before: datetime


class HealthService:
    """`check` is called from the worker; everything else takes a few milliseconds."""

    def __init__(self, context: Context, elapsed: Callable[[], float] | None = None) -> None:
        self._context, self._elapsed = context, elapsed or _since_boot
        self._reserve = Reserve(context.store.path.parent)
        self._cut_short = False
        self._seen: tuple[float, datetime] | None = None
        self._commits = 0
        self.released = False  # the disk was full: the room kept for that day is given back until there is some again
        context.store.make_room = self._give_room

    # -- the opening -----------------------------------------------------------------------------------------

    def begin(self) -> tuple[Problem, ...]:
        """Mark the store as open; what the officer must be told of the machine's clock."""
        self._cut_short = flag.raise_(self._context.store.path.parent)
        return self._compare_clock()

    def take_reserve(self) -> bool:
        """Take the room kept for the day the disk is full; False when it has none to give."""
        taken = self._reserve.take()
        self.released = self.released and not taken
        return taken

    # -- looking at the store --------------------------------------------------------------------------------

    def due(self) -> Due:
        if self._cut_short:
            return Due.CUT_SHORT
        with self._context.store.reading() as tx:
            last = info.value(tx, _CHECKED)
        age = self._context.clock.now() - datetime.fromisoformat(last.decode()) if last else EVERY
        return Due.WEEK if age >= EVERY or age < timedelta(0) else Due.NOT

    def check(self) -> Findings:
        """Read every page and every table, on a connection of its own; what is found twice is broken.

        While a reading is open on an empty WAL nothing is written in the file itself: bring the WAL into it just
        before (`rest`), and no page changes under the eyes.
        """
        store = self._context.store
        with closing(store.connect(store.path)) as connection:
            connection.execute("BEGIN DEFERRED")
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            findings = copies.check(connection)
            if not findings.whole:
                findings = copies.check(connection)
            connection.execute("ROLLBACK")
        if findings.whole:
            self._note_checked()
        return findings

    def rest(self) -> None:
        """Bring the WAL into the file and anchor the journal, when something was written since the last time."""
        store = self._context.store
        if store.commits == self._commits:
            return
        store.checkpoint()
        losses.write_anchor(self._context)
        self._commits = store.commits

    # -- the journal's losses --------------------------------------------------------------------------------

    def loss(self) -> Problem | None:
        """The lines known to be gone and not acknowledged: the store is read-only meanwhile."""
        return losses.pending(self._context)

    def acknowledge(self, reason: str) -> None:
        """Open the store for writing again. Refusals: `not_allowed`, `reason_needed_without_dpip`."""
        self._context.actor.require(Right.ACKNOWLEDGE_LOSS, reason)
        losses.acknowledge(self._context, reason)

    def may_acknowledge(self) -> bool:
        return self._context.actor.could(Right.ACKNOWLEDGE_LOSS)

    def must_say_why(self) -> bool:
        """Whether a reason has to be written: who acknowledges is no DPIP."""
        return not self._context.actor.may(Right.ACKNOWLEDGE_LOSS)

    # -- the clock -------------------------------------------------------------------------------------------

    def watch_clock(self) -> ClockJump | None:
        """Called every minute: whether the clock moved otherwise than time went by; written in the journal."""
        elapsed, now = self._elapsed(), self._context.clock.now()
        seen, self._seen = self._seen, (elapsed, now)
        if seen is None:
            return None
        by = (now - seen[1]) - timedelta(seconds=elapsed - seen[0])
        if abs(by) <= TOLERANCE:
            return None
        self._note_clock(f"{round(by.total_seconds())} s")
        return ClockJump(by, seen[1])

    def _give_room(self) -> bool:
        self.released = True
        return self._reserve.release()

    def _compare_clock(self) -> tuple[Problem, ...]:
        """Compare with the last instants written: numbers give the order, instants only tell of the clock."""
        now = self._context.clock.now()
        with self._context.store.reading() as tx:
            instants = journal.last_instants(tx.connection, 20)
        earlier = [instant for instant in instants if abs(instant - now) > TOLERANCE]
        latest = max(earlier, default=now)
        if latest > now:
            self._note_clock(f"{round((now - latest).total_seconds())} s")
            return (Problem("clock_back", data=_told(now, latest)),)
        if earlier and now - latest > LONG_CLOSED:
            return (Problem("clock_forward", data=_told(now, latest)),)
        return ()

    def _note_clock(self, by: str) -> None:
        with self._context.store.transaction(self._context.actor, "clock_changed") as tx:
            tx.note("store", None, by)

    def _note_checked(self) -> None:
        with self._context.store.transaction(self._context.actor, "check") as tx:
            info.keep(tx, _CHECKED, tx.now.isoformat().encode())
        self._cut_short = False


def _told(now: datetime, latest: datetime) -> dict[str, object]:
    """Both days; within one day, their hours too."""
    days = [f"{one.astimezone(PARIS):%d/%m/%Y}" for one in (now, latest)]
    if days[0] == days[1]:
        days = [f"{day} à {hour(one)}" for day, one in zip(days, (now, latest), strict=True)]
    return {"now": days[0], "latest": days[1]}


def _since_boot() -> float:
    """Seconds since the machine started, its sleep included."""
    if sys.platform == "linux":
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    return time.monotonic()


__all__ = ["ClockJump", "Due", "Findings", "HealthService"]
