"""What waits in the follow-up of the obligations, of many dossiers at once, for « À traiter »."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import TypeVar
from uuid import UUID

from spip_desktop.db import obligation as rows
from spip_desktop.db.deadline import Among
from spip_desktop.db.situation import OBLIGATIONS
from spip_desktop.db.store import Transaction
from spip_desktop.domain.deadline import Facts
from spip_desktop.domain.deadline_facts import Dossier
from spip_desktop.domain.measure_rules import is_running
from spip_desktop.domain.obligation import applies
from spip_desktop.domain.obligation_facts import of_hours, of_obligation, of_work
from spip_desktop.domain.obligation_standing import FollowedObligation
from spip_desktop.domain.register import RegisterLine, standing
from spip_desktop.domain.situation import current_custody
from spip_desktop.reference import load

L = TypeVar("L", bound=RegisterLine)
_FIELDS = ("id", "person_id", "measure_id", "code", "starts", "ends", "status", "next_check")


def waiting(tx: Transaction, among: Among, dossiers: Mapping[UUID, Dossier], today: date) -> Iterator[Facts]:
    """The facts of every obligation, request of hours and TIG of these dossiers whose measure runs."""
    running = {one.id: one for dossier in dossiers.values() for one in dossier.measures if is_running(one, today)}
    names = {one.code: one.label for one in load("obligations").entries}
    proofs, checks = (_by_obligation(rows.among(tx, one, among)) for one in (rows.PROOFS, rows.CHECKS))
    plans, payments = (_by_obligation(rows.among(tx, one, among)) for one in (rows.PLANS, rows.PAYMENTS))
    for one in OBLIGATIONS.partly(tx, _FIELDS, among(OBLIGATIONS.table.c.person_id)):
        measure = running.get(one.measure_id)
        if measure is None:
            continue
        custody = current_custody(dossiers[one.person_id].custodies, today)
        followed = FollowedObligation(
            obligation=one,
            measure=measure,
            proofs=proofs.get(one.id, ()),
            checks=checks.get(one.id, ()),
            plans=plans.get(one.id, ()),
            payments=payments.get(one.id, ()),
            asleep=not applies(one, measure, incarcerated=custody is not None and custody.hosted),
        )
        facts = of_obligation(followed, names.get(one.code, one.code), today)
        if facts:
            yield facts
    hours, sessions = (_by_measure(rows.among(tx, one, among)) for one in (rows.HOURS, rows.SESSIONS))
    for measure in running.values():
        yield from of_hours(hours.get(measure.id, ()))
        if found := of_work(measure.id, measure.person_id, sessions.get(measure.id, ())):
            yield found


def _by_obligation(lines: Iterable[L]) -> dict[UUID, tuple[L, ...]]:
    return _grouped(lines, "obligation_id")


def _by_measure(lines: Iterable[L]) -> dict[UUID, tuple[L, ...]]:
    return _grouped(lines, "measure_id")


def _grouped(lines: Iterable[L], about: str) -> dict[UUID, tuple[L, ...]]:
    """The lines that stand, by what they are about."""
    found: dict[UUID, tuple[L, ...]] = {}
    for one in standing(lines):
        found[getattr(one, about)] = (*found.get(getattr(one, about), ()), one)
    return found
