"""What waits in the follow-up of the obligations, of many dossiers at once, for « À traiter »."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from uuid import UUID

from spip_desktop.db import obligation as rows
from spip_desktop.db.among import Among
from spip_desktop.db.situation import OBLIGATIONS
from spip_desktop.db.store import Transaction
from spip_desktop.domain.deadline import Facts
from spip_desktop.domain.deadline_facts import Dossier
from spip_desktop.domain.measure import Measure, Obligation
from spip_desktop.domain.measure_rules import is_running
from spip_desktop.domain.obligation import WORK_OBLIGATION, applies
from spip_desktop.domain.obligation_facts import of_hours, of_obligation, of_work
from spip_desktop.domain.obligation_standing import FollowedObligation
from spip_desktop.domain.situation import current_custody
from spip_desktop.domain.work import WorkCount, WorkSession, count
from spip_desktop.reference import load

_FIELDS = ("id", "person_id", "measure_id", "code", "starts", "ends", "status", "next_check")


def waiting(tx: Transaction, among: Among, dossiers: Mapping[UUID, Dossier], today: date) -> Iterator[Facts]:
    """The facts of every obligation, request of hours and TIG of these dossiers whose measure runs."""
    running = {one.id: one for dossier in dossiers.values() for one in dossier.measures if is_running(one, today)}
    names = {one.code: one.label for one in load("obligations").entries}
    proofs, checks = (rows.by_obligation(tx, one, among) for one in (rows.PROOFS, rows.CHECKS))
    plans, payments = (rows.by_obligation(tx, one, among) for one in (rows.PLANS, rows.PAYMENTS))
    sessions = rows.sessions_by_measure(tx, among)
    for one in OBLIGATIONS.partly(tx, _FIELDS, person_id=among):
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
            work=_worked(one, measure, sessions, today),
            asleep=not applies(one, measure, incarcerated=custody is not None and custody.hosted),
        )
        facts = of_obligation(followed, names.get(one.code, one.code), today)
        if facts:
            yield facts
    hours = rows.hours_by_measure(tx, among)
    for measure in running.values():
        yield from of_hours(hours.get(measure.id, ()))
        if found := of_work(measure.id, measure.person_id, sessions.get(measure.id, ())):
            yield found


def _worked(
    one: Obligation, measure: Measure, sessions: Mapping[UUID, Sequence[WorkSession]], today: date
) -> WorkCount | None:
    """The hours of work noted of an obligation to do them."""
    noted = sessions.get(measure.id, ()) if one.code == WORK_OBLIGATION else ()
    return count(measure, noted, (), today) if noted else None
