"""The same appointment for several persons: one day, one place, hours in a row or one hour; all are made, or none."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from spip_desktop.db import appointment as rows
from spip_desktop.db.store import Transaction
from spip_desktop.domain.appointment import KIND, Appointment, Hour, appointment_problems, minutes
from spip_desktop.domain.errors import Problem, Refusal, refuse_if_any
from spip_desktop.domain.officer import Right
from spip_desktop.services.appointment_draft import Wish, made, receiver, warnings
from spip_desktop.services.appointment_ground import AppointmentGround
from spip_desktop.services.appointment_lists import Options, kind_of, kinds, wheres

_DAY_LONG = 24 * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchPlan:
    """Who comes, in this order, from that hour on, one every so many minutes; or all at that hour, for so long.

    `late_reason`: the same for those whose legal day is passed.
    """

    kind: str
    day: date
    hour: Hour
    every: int
    persons: tuple[UUID, ...]
    place_id: UUID | None = None
    place_detail: str = ""
    late_reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchLine:
    """One appointment of the plan: what forbids it, and what deserves a look."""

    person_id: UUID
    begins: int
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()


class AppointmentBatchService:
    """Only kinds held at one place for several: a place of the service, or where a session is."""

    def __init__(self, ground: AppointmentGround) -> None:
        self._ground = ground

    def offered(self) -> Options:
        """Codes and labels of the kinds that several persons may have in a row."""
        self._ground.context.actor.require(Right.WRITE_APPOINTMENT)
        return tuple((one.code, one.label) for one in kinds().values() if wheres()[one.where].own or one.together)

    def check(self, plan: BatchPlan) -> tuple[BatchLine, ...]:
        """Each line with what stands in its way; nothing is made. Refusal `appointment_batch_long`."""
        with self._ground.reading() as tx:
            return tuple(
                BatchLine(
                    person_id=one.person_id,
                    begins=one.begins,
                    problems=tuple(appointment_problems(one, tx.clock.today())),
                    warnings=tuple(warnings(tx, one)),
                )
                for one in self._appointments(tx, plan)
            )

    def make(self, plan: BatchPlan, seen: Mapping[UUID, frozenset[str]]) -> tuple[UUID, ...]:
        """Make them all; returns their numbers. `seen`: the codes of the warnings that were read, by person.

        Refusals: `appointment_batch_empty`, `appointment_batch_long`, those of `start`, warnings not seen.
        """
        with self._ground.writing("make_appointment") as tx:
            every = [self._checked(tx, one, seen.get(one.person_id, frozenset())) for one in
                     self._appointments(tx, plan)]  # fmt: skip
            if not every:
                raise Refusal("appointment_batch_empty")
            for one in every:
                rows.add(tx, one)
                tx.note(KIND, one.id)
        return tuple(one.id for one in every)

    def _appointments(self, tx: Transaction, plan: BatchPlan) -> Iterator[Appointment]:
        first, step = minutes(plan.hour), 0 if kind_of(plan.kind).together else plan.every
        if first + plan.every + step * (len(plan.persons) - 1) > _DAY_LONG:
            raise Refusal("appointment_batch_long", "every")
        wish = Wish(
            lasts=plan.every, place_id=plan.place_id, place_detail=plan.place_detail, late_reason=plan.late_reason
        )
        for number, person_id in enumerate(plan.persons):
            self._ground.access.require(tx, person_id)
            hour = divmod(first + step * number, 60)
            by = receiver(tx, person_id, self._ground.context.officer_id, kind_of(plan.kind))
            yield made(tx, person_id, plan.kind, plan.day, hour, replace(wish, officer_id=by))

    @staticmethod
    def _checked(tx: Transaction, one: Appointment, seen: frozenset[str]) -> Appointment:
        told = warnings(tx, one)
        refuse_if_any([*appointment_problems(one, tx.clock.today()), *(two for two in told if two.code not in seen)])
        return replace(one, accepted=tuple(two.code for two in told))
