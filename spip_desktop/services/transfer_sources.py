"""Where transfers meet the records: what goes into a package, what becomes of one that was received.

services/transfer_sending.py and transfer_receiving.py write and read files and know no record; who knows them gives
these two (wiring.py).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from spip_desktop.db.store import Transaction
from spip_desktop.domain.transfer import Scope
from spip_desktop.domain.transfer_result import Result

#: Called now and then while many records are taken in one transaction: raises when the officer has it stopped.
GoingOn = Callable[[], object]
#: One record as a line of a package (docs/format-spipx.md).
Record = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """What a scope holds now: so many records of so many dossiers, which come to `most_bytes` at most.

    `covers` are the dossiers whose changes are all in it, None where they are all those of the store. `schema` is the
    version of the records' own schemas; `lines` reads them, in the worker, one after the other.
    """

    records: int
    dossiers: int
    covers: frozenset[UUID] | None
    most_bytes: int
    schema: int
    lines: Callable[[], Iterator[Record]]


class Sources(Protocol):
    """What goes out. Refusals: who may not read a dossier sends none of it."""

    def collect(self, scope: Scope) -> Collected: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """What came of a package: records taken, left out by name and reason, and left to a decision."""

    accepted: int
    rejected: int
    conflicts: int


class Arrivals(Protocol):
    """What comes in, once set aside under the id of its package (db/transfer.py `staged`)."""

    #: The newest version of the records' schemas that is understood.
    newest_schema: int

    def preview(self, package: UUID, going_on: GoingOn = ...) -> Result:
        """What merging would change, nothing written; `going_on` may raise to stop."""
        ...

    def merge(self, tx: Transaction, package: UUID, going_on: GoingOn = ...) -> Merged:
        """Put it together with what is here, in the transaction given."""
        ...
