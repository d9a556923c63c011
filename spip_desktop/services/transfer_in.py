"""What a package brings: looked at, then taken in one transaction. The lines were checked by whoever set them aside."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from uuid import UUID

from spip_desktop.db import person as persons
from spip_desktop.db import record_schema
from spip_desktop.db.duplicate import DUPLICATES
from spip_desktop.db.store import Transaction
from spip_desktop.db.transfer_take import Taking
from spip_desktop.db.transfer_waiting import Origin
from spip_desktop.domain.duplicate import Duplicate
from spip_desktop.domain.officer import Right
from spip_desktop.domain.person import likeness
from spip_desktop.domain.transfer_line import Plain
from spip_desktop.domain.transfer_result import Brought, Item, Result, Tally
from spip_desktop.exchange.record_check import RecordCheck
from spip_desktop.services.context import Context

#: Gives the lines that were set aside, from inside the transaction that takes them.
Lines = Callable[[Transaction], Iterable[Plain]]
Progress = Callable[[int], object]
_EVERY = 500  # lines between two calls of progress


class _OnlyLooked(Exception):  # noqa: N818  undoes what looking at a package did
    pass


class TransferIn:
    """Each method is one act of the officer."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._check = RecordCheck(record_schema.every())

    def look(self, origin: Origin, lines: Lines, progress: Progress = lambda done: None) -> Result:
        """What the package would bring: it is taken in, told, and everything is undone before anyone could see it.

        The preview is thus what the import does, to the letter; the journal and the records are as they were.
        """
        self._context.actor.require(Right.TRANSFER)
        try:
            with self._context.store.transaction(self._context.actor, "look_at_package") as tx:
                result = self._take(tx, origin, lines, progress)
                raise _OnlyLooked
        except _OnlyLooked:
            return result

    def carry_out(
        self,
        origin: Origin,
        lines: Lines,
        sender: str,
        finish: Callable[[Transaction, Result], object],
        progress: Progress = lambda done: None,
    ) -> Result:
        """Take the package in, what is bad left out by name; `finish` notes it as received in the same transaction."""
        self._context.actor.require(Right.TRANSFER)
        with self._context.store.transaction(self._context.actor, "import_package") as tx:
            result = self._take(tx, origin, lines, progress)
            finish(tx, result)
            tx.note("package", origin.package_id, recipient=sender)
        return result

    def _take(self, tx: Transaction, origin: Origin, lines: Lines, progress: Progress) -> Result:
        tally, new = Tally(), list[UUID]()

        def told(items: Iterable[Item]) -> Iterator[Item]:
            for item in items:
                if item.kind == "person" and item.what is Brought.NEW:
                    new.append(item.object_id)
                yield item

        tally.add(told(Taking(tx, self._check).take(origin, _counted(lines(tx), progress))))
        self._propose(tx, new)
        return tally.result(_names(tx, tally.persons))

    def _propose(self, tx: Transaction, new: Sequence[UUID]) -> None:
        """Propose to look at the dossiers that may be those of persons who are here already."""
        for id_ in new:
            person = persons.PERSONS.get(tx, id_)
            for other in persons.resembling(tx, person):
                why = likeness(person, other)
                known = DUPLICATES.find(tx, person_id=other.id, other_id=id_)
                known += DUPLICATES.find(tx, person_id=id_, other_id=other.id)
                if why and not known:
                    pair = Duplicate(id=tx.ids.new(), person_id=other.id, other_id=id_, why=why,
                                     found_on=tx.clock.today())  # fmt: skip
                    DUPLICATES.save(tx, pair)


def _counted(lines: Iterable[Plain], progress: Progress) -> Iterator[Plain]:
    for number, line in enumerate(lines):
        if number % _EVERY == 0:
            progress(number)
        yield line


def _names(tx: Transaction, ids: Sequence[UUID]) -> dict[UUID, str]:
    """What the persons are called, now that the package is in."""
    found: dict[UUID, str] = {}
    c = persons.PERSONS.table.c
    for start in range(0, len(ids), 500):
        some = persons.PERSONS.partly(
            tx, ("id", "birth_name", "usual_name", "first_names"), c.id.in_(ids[start : start + 500])
        )
        found |= {one.id: one.display_name for one in some}
    return found
