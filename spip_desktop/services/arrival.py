"""The circuit of those who arrive: who met the person, and when; each line entered stays (domain/arrival.py)."""

from datetime import date
from uuid import UUID

from spip_desktop.db import event as events
from spip_desktop.db.event import EVENTS
from spip_desktop.db.situation import CUSTODIES
from spip_desktop.db.store import Transaction
from spip_desktop.domain.arrival import KIND, Meeting, circuit
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.measure import Custody
from spip_desktop.domain.officer import Right
from spip_desktop.domain.situation import current_custody
from spip_desktop.domain.text import clean
from spip_desktop.reference import load
from spip_desktop.services.access import AccessService
from spip_desktop.services.context import Context


class ArrivalService:
    """Of the écrou that runs today; a person who is free has no circuit."""

    def __init__(self, context: Context, access: AccessService) -> None:
        self._context, self._access = context, access

    def circuit(self, person_id: UUID) -> tuple[Meeting, ...]:
        """The checklist, empty for who is not under écrou."""
        self._context.actor.require(Right.READ_EVALUATION)
        with self._context.store.reading() as tx:
            self._access.require(tx, person_id)
            custody = _custody(tx, person_id)
            if custody is None:
                return ()
            known = EVENTS.find(tx, object_id=custody.id, kind=KIND)
            professions = [one.code for one in load("professions").on(tx.clock.today()) if one.flag("circuit")]
            return circuit(professions, known)

    def note_meeting(self, person_id: UUID, profession: str, met_on: date, by: str = "") -> None:
        """Someone of this profession met the person; of the unité sanitaire only the day is noted.

        Refusals: `choose_one`, `date_in_future`, `arrival_before_custody`, `arrival_no_custody`,
        `contribution_no_health_text`.
        """
        self._context.actor.require(Right.WRITE_EVALUATION)
        with self._context.store.transaction(self._context.actor, "note_arrival_meeting") as tx:
            self._access.require(tx, person_id)
            custody = _custody(tx, person_id)
            if custody is None:
                raise Refusal("arrival_no_custody")
            said = clean(by).strip()
            _check(custody, profession, met_on, said, tx.clock.today())
            events.record(tx, KIND, custody.id, person_id, profession, met_on, said)
            tx.note("person", person_id)


def _custody(tx: Transaction, person_id: UUID) -> Custody | None:
    return current_custody(CUSTODIES.find(tx, person_id=person_id), tx.clock.today())


def _check(custody: Custody, profession: str, met_on: date, by: str, today: date) -> None:
    entry = load("professions").get(profession)
    if entry is None or not entry.flag("circuit"):
        raise Refusal("choose_one", "profession")
    if met_on > today:
        raise Refusal("date_in_future", "happened_on")
    if custody.starts and met_on < custody.starts:
        raise Refusal("arrival_before_custody", "happened_on", day=custody.starts)
    if entry.flag("health") and by:
        raise Refusal("contribution_no_health_text", "by")
