"""What a package brings: looked at, then taken in the transaction of its import. Its lines were checked before."""

from collections.abc import Iterable, Iterator, Sequence
from uuid import UUID

from spip_desktop.db import person as persons
from spip_desktop.db import record_schema, transfer
from spip_desktop.db.duplicate import DUPLICATES
from spip_desktop.db.store import Transaction
from spip_desktop.db.transfer_take import Taking
from spip_desktop.domain.duplicate import Duplicate
from spip_desktop.domain.officer import Right
from spip_desktop.domain.person import likeness
from spip_desktop.domain.transfer_result import Brought, Item, Result, Tally
from spip_desktop.exchange.record_check import RecordCheck
from spip_desktop.services.context import Context
from spip_desktop.services.duplicate_following import follow_merges
from spip_desktop.services.transfer_sources import GoingOn, Merged

_SLICE = 500
#: Records between two times that the officer may stop.
_STEP = 100


class _OnlyLooked(Exception):  # noqa: N818  undoes what looking at a package did
    pass


class TransferIn:
    """The records, for the service that reads packages (`Arrivals`)."""

    newest_schema = record_schema.VERSION

    def __init__(self, context: Context) -> None:
        self._context = context
        self._check = RecordCheck(record_schema.every())

    def preview(self, package: UUID, going_on: GoingOn = lambda: None) -> Result:
        """What merging would bring: it is done, told, and undone before anyone could see it.

        The preview is thus what the import does, to the letter; the journal and the records are as they were.
        `going_on` is called now and then, and may raise to stop: the store is free again at once.
        """
        self._context.actor.require(Right.TRANSFER)
        try:
            with self._context.store.transaction(self._context.actor, "look_at_package", package=True) as tx:
                result = self._take(tx, package, going_on)
                raise _OnlyLooked
        except _OnlyLooked:
            return result

    def merge(self, tx: Transaction, package: UUID, going_on: GoingOn = lambda: None) -> Merged:
        """Put the package together with what is here; what is bad is left out by name."""
        result = self._take(tx, package, going_on)
        return Merged(
            accepted=result.accepted, rejected=result.of(Brought.REJECTED), conflicts=result.of(Brought.CONFLICT)
        )

    def _take(self, tx: Transaction, package: UUID, going_on: GoingOn) -> Result:
        tally, new = Tally(), list[UUID]()

        def told(items: Iterable[Item]) -> Iterator[Item]:
            for place, item in enumerate(items):
                if place % _STEP == 0:
                    going_on()
                if item.kind == "person" and item.what is Brought.NEW:
                    new.append(item.object_id)
                yield item

        lines = (line for _, line in transfer.staged(tx, package))
        tally.add(told(Taking(tx, self._check).take(package, lines)))
        follow_merges(tx)
        self._propose(tx, new)
        return tally.result(_names(tx, tally.persons))

    def _propose(self, tx: Transaction, new: Sequence[UUID]) -> None:
        """Propose to look at the dossiers that may be those of persons who are here already."""
        for id_ in new:
            person = persons.PERSONS.get(tx, id_)
            for other in persons.resembling(tx, person):
                why = likeness(person, other)
                if why and not self._is_proposed(tx, id_, other.id):
                    pair = Duplicate(
                        id=tx.ids.new(), person_id=other.id, other_id=id_, why=why, found_on=tx.clock.today()
                    )
                    DUPLICATES.save(tx, pair)

    @staticmethod
    def _is_proposed(tx: Transaction, one: UUID, other: UUID) -> bool:
        found = DUPLICATES.find(tx, person_id=one, other_id=other)
        return bool(found or DUPLICATES.find(tx, person_id=other, other_id=one))


def _names(tx: Transaction, ids: Sequence[UUID]) -> dict[UUID, str]:
    """What the persons are called, now that the package is in."""
    found: dict[UUID, str] = {}
    fields, column = ("id", "birth_name", "usual_name", "first_names"), persons.PERSONS.table.c.id
    for start in range(0, len(ids), _SLICE):
        some = persons.PERSONS.partly(tx, fields, column.in_(ids[start : start + _SLICE]))
        found |= {one.id: one.display_name for one in some}
    return found
