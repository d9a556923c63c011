"""« Arrivants »: the day's list, each a dossier started from four fields; a row typed by mistake is taken back."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from spip_desktop.db import erasure, new_dossier, person_hits
from spip_desktop.db.store import Transaction
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.officer import Right
from spip_desktop.domain.person_list import PersonHit
from spip_desktop.domain.todo import made_on
from spip_desktop.services.access import AccessService
from spip_desktop.services.context import Context


class ArrivalList:
    """Starting a dossier is `PersonService.quick_start`; here is what the list shows, and a mistake taken back."""

    def __init__(self, context: Context, access: AccessService) -> None:
        self._context, self._access = context, access

    def of_day(self, on: date) -> list[PersonHit]:
        """Those whose écrou began on that day, as the list of persons tells of them: who it is, and who follows."""
        self._context.actor.require(Right.READ_PERSON)
        with self._context.store.reading() as tx:
            found = person_hits.arrived(tx, on)
            if self._context.actor.may(Right.OPEN_OTHERS):
                return found
            return [one for one in found if self._is_open(tx, one.id)]

    def take_back(self, person_id: UUID) -> None:
        """Put a dossier started today by mistake in the bin; Refusal `arrival_used` once anything else is in it."""
        self._mark(person_id, "take_back_person", _bin)

    def restore(self, person_id: UUID) -> None:
        """Take it back from the bin."""
        self._mark(person_id, "restore_person", new_dossier.restore_whole)

    def _mark(self, person_id: UUID, act: str, do: Callable[[Transaction, UUID], None]) -> None:
        self._context.actor.require(Right.WRITE_PERSON)
        with self._context.store.transaction(self._context.actor, act) as tx:
            self._access.require(tx, person_id)
            do(tx, person_id)
            tx.note("person", person_id)

    def _is_open(self, tx: Transaction, person_id: UUID) -> bool:
        try:
            self._access.require(tx, person_id)
        except Refusal:
            return False
        return True


def _bin(tx: Transaction, person_id: UUID) -> None:
    today = made_on(person_id) == tx.clock.today()
    if not today or erasure.count_person(tx, person_id).keys() - new_dossier.TABLES:
        raise Refusal("arrival_used")
    new_dossier.bin_whole(tx, person_id)
