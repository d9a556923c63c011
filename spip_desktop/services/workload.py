"""Charge de travail: one's own for a CPIP, the service's for a DPIP, and the ratios that weigh it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from spip_desktop import reference
from spip_desktop.db import workload as rows
from spip_desktop.db.officer import OFFICERS
from spip_desktop.db.store import Transaction
from spip_desktop.db.workload import LOAD_RATIOS
from spip_desktop.domain.errors import refuse_if_any
from spip_desktop.domain.officer import Officer, Right, Role
from spip_desktop.domain.text import fold
from spip_desktop.domain.workload import (
    NO_LEVEL,
    LoadRatio,
    OfficerLoad,
    Ratios,
    ratio_problems,
    ratios_ahead,
    ratios_on,
)
from spip_desktop.services.access import AccessService
from spip_desktop.services.context import Context
from spip_desktop.services.printing import Printable
from spip_desktop.wording import workload as words

_RATIOS = "workload_ratios"


@dataclass(frozen=True, slots=True, kw_only=True)
class Workload:
    """Who carries what today, the ratios that weigh it, since when each is in force, and those to come."""

    officers: tuple[OfficerLoad, ...]
    ratios: Ratios
    since: Mapping[str, date | None]
    ahead: tuple[LoadRatio, ...] = ()

    def on(self, day: date) -> Ratios:
        """The ratios in force today, with those written for a day up to that one."""
        return ratios_on(day, self.ratios, self.ahead)

    def of(self, officer_id: UUID) -> OfficerLoad:
        return next(one for one in self.officers if one.officer_id == officer_id)


class WorkloadService:
    """A colleague's load is read by who assigns the dossiers, and by nobody else."""

    def __init__(self, context: Context, access: AccessService) -> None:
        self._context, self._access = context, access

    def seen(self) -> Workload:
        """The loads that this officer may see: those of the service for a DPIP, one's own for others, by name."""
        self._context.actor.require(Right.READ_PACEP)
        with self._context.store.reading() as tx:
            return self._seen(tx)

    def sees_service(self) -> bool:
        """Whether the loads of colleagues are shown; in a store without a DPIP, to nobody."""
        return self._context.actor.may(Right.ASSIGN)

    def with_person(self, officer_id: UUID, person_id: UUID) -> tuple[OfficerLoad, OfficerLoad, Ratios] | None:
        """The load of an officer before a dossier is given to them, and after; None where nothing changes, and for
        who does not see the loads of the service."""
        self._context.actor.require(Right.READ_PACEP)
        with self._context.store.reading() as tx:
            self._access.require(tx, person_id)
            if not self.sees_service():
                return None
            seen = self._seen(tx)
            before = next((one for one in seen.officers if one.officer_id == officer_id), None)
            theirs = {one.person_id for one in rows.followed(tx, [officer_id])}
            if before is None or person_id in theirs:
                return None
            return before, before.with_one_more(rows.level_of(tx, person_id) or NO_LEVEL), seen.ratios

    def set_ratio(self, level: str, capacity: int, starts: date | None = None) -> UUID:
        """Write the ratio of a level from a day on; what weighed before stays. Refusal `ratio_out_of_range`."""
        self._context.actor.require(Right.SET_SERVICE)
        refuse_if_any(ratio_problems(capacity))
        if reference.load(_RATIOS).get(level) is None:
            raise ValueError(f"no level {level}")
        with self._context.store.transaction(self._context.actor, "set_load_ratio") as tx:
            ratio = LoadRatio(id=tx.ids.new(), level=level, capacity=capacity, starts=starts or tx.clock.today())
            LOAD_RATIOS.save(tx, ratio)
            tx.note("load_ratio", ratio.id)
            return ratio.id

    def paper(self) -> Printable:
        """The chart and its table on one A4 page."""
        self._context.actor.require(Right.READ_PACEP)
        self._context.actor.require(Right.PRINT)
        return Printable(title=words.TITLE, content=self.drawn(), kind="workload", object_id=self._context.officer_id)

    def drawn(self) -> bytes:
        """The same page, to be looked at."""
        self._context.actor.require(Right.READ_PACEP)
        from spip_desktop.documents import workload as document  # reportlab: not before the first paper

        today = self._context.clock.today()
        with self._context.store.reading() as tx:
            seen = self._seen(tx)
        return document.render(seen.officers, seen.ratios, _labels(), day=today, demo=self._context.demonstration)

    # -- inside ----------------------------------------------------------------------------------------------

    def _seen(self, tx: Transaction) -> Workload:
        today, shown = tx.clock.today(), self._shown(tx)
        written = LOAD_RATIOS.find(tx)
        shipped = {one.code: one.number("capacity") or 1 for one in reference.load(_RATIOS).on(today)}
        since = {
            level: max((one.starts for one in written if one.level == level and one.starts <= today), default=None)
            for level in shipped
        }
        return Workload(
            officers=tuple(_loads(shown, rows.followed(tx, [one.id for one in shown]), rows.away(tx), shipped)),
            ratios=ratios_on(today, shipped, written),
            since=since,
            ahead=ratios_ahead(today, written),
        )

    def _shown(self, tx: Transaction) -> list[Officer]:
        """Those whose load is shown, by name: who follows persons, or could."""
        if not self.sees_service():
            return [OFFICERS.get(tx, self._context.officer_id)]
        found = [one for one in OFFICERS.find(tx) if one.active and Role.CPIP in one.roles]
        return sorted(found, key=lambda one: (fold(one.family_name), fold(one.first_name)))


def _loads(
    officers: Iterable[Officer], followed: Iterable[rows.Followed], away: Mapping[UUID, date], levels: Iterable[str]
) -> Iterable[OfficerLoad]:
    counts: dict[UUID, dict[str, int]] = {}
    held: dict[UUID, int] = {}
    for one in followed:
        of = counts.setdefault(one.officer_id, {})
        of[one.level or NO_LEVEL] = of.get(one.level or NO_LEVEL, 0) + 1
        held[one.officer_id] = held.get(one.officer_id, 0) + one.held
    for officer in officers:
        mine = counts.get(officer.id, {})
        yield OfficerLoad(
            officer_id=officer.id,
            name=f"{officer.first_name} {officer.family_name}",
            quotity=officer.quotity,
            in_custody=held.get(officer.id, 0),
            by_level={level: mine.get(level, 0) for level in levels},
            away_until=away.get(officer.id),
        )


def _labels() -> dict[str, str]:
    return {one.code: one.label for one in reference.load(_RATIOS).entries}
