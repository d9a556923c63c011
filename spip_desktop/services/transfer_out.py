"""What a package carries: of which dossiers, since when, whole or without what is sensitive. No file is written here.

Confidences are in no list of what travels (db/transfer_kinds.py): nobody has to think of leaving them out.
"""

from collections.abc import Collection, Iterator
from uuid import UUID

from spip_desktop import reference
from spip_desktop.db import transfer_marks, transfer_read
from spip_desktop.db.person import ASSIGNMENTS
from spip_desktop.db.store import Transaction
from spip_desktop.db.transfer_kinds import TRAVELS
from spip_desktop.db.transfer_read import Chosen
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.masking import Mask
from spip_desktop.domain.officer import Right
from spip_desktop.domain.transfer import Content, Scope, TransferKind
from spip_desktop.domain.transfer_line import Plain
from spip_desktop.services.access import AccessService
from spip_desktop.services.context import Context

_OF_ONE_DOSSIER = frozenset({TransferKind.DOSSIER, TransferKind.HANDOVER, TransferKind.FOR_VISA, TransferKind.VISA})
_FOR_VISA = frozenset({TransferKind.FOR_VISA, TransferKind.VISA})


class TransferOut:
    """Read by the service that writes packages."""

    def __init__(self, context: Context, access: AccessService) -> None:
        self._context, self._access = context, access

    def count(self, scope: Scope) -> int:
        """How many changes a package of this scope would carry now."""
        self._context.actor.require(Right.TRANSFER)
        with self._context.store.reading() as tx:
            return transfer_read.count(tx, self._chosen(tx, scope, until=transfer_read.last(tx)))

    def lines(self, scope: Scope, until: int) -> Iterator[Plain]:
        """The lines of a package, read as they are asked for, up to what `seal` told."""
        self._context.actor.require(Right.TRANSFER)
        with self._context.store.reading() as tx:
            found = transfer_read.lines(tx, self._chosen(tx, scope, until))
            yield from found if scope.content is Content.COMPLETE else mask().applied(found)

    # -- inside the act of the service that writes the package ---------------------------------------------

    def seal(self, tx: Transaction) -> int:
        """The number of the last change that a package made now may carry."""
        return transfer_read.seal(tx)

    def since(self, tx: Transaction, recipients: Collection[UUID]) -> int:
        """The last change that all of these stations have said they have."""
        return min((transfer_marks.acknowledged(tx, one) for one in recipients), default=0)

    def acknowledge(self, tx: Transaction, recipient: UUID, last: int) -> None:
        """A receipt came back: this station has everything up to there."""
        transfer_marks.acknowledge(tx, recipient, last)

    # -- which dossiers ------------------------------------------------------------------------------------

    def _chosen(self, tx: Transaction, scope: Scope, until: int) -> Chosen:
        """Refusal `one_dossier_needed` for what is of one dossier; those of `access.require` for one out of reach."""
        kinds = frozenset(kind for kind, one in TRAVELS.items() if one.for_visa or scope.kind not in _FOR_VISA)
        whole = scope.content is Content.COMPLETE
        if not whole:
            kinds -= mask().kinds
        since = scope.since or 0
        return Chosen(until, self._persons(tx, scope), since if whole else 0, kinds, history=whole)

    def _persons(self, tx: Transaction, scope: Scope) -> frozenset[UUID] | None:
        """The dossiers named, else one's own; those of the whole service for who assigns, and all their changes."""
        if scope.persons:
            for person_id in scope.persons:
                self._access.require(tx, person_id)
            return frozenset(scope.persons)
        if scope.kind in _OF_ONE_DOSSIER:
            raise Refusal("one_dossier_needed", "persons")
        if scope.kind is TransferKind.CHANGES and self._context.actor.may(Right.ASSIGN):
            return None
        today = tx.clock.today()
        own = ASSIGNMENTS.find(tx, officer_id=self._context.officer_id)
        return frozenset(
            one.person_id for one in own if one.starts <= today and (one.ends is None or one.ends >= today)
        )


def mask() -> Mask:
    """What « sans données sensibles » leaves out."""
    return Mask.of({entry.code: entry.texts("fields") for entry in reference.load("sensitive_data").entries})
