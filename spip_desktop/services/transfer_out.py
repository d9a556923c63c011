"""What a package carries: of which dossiers, since when, whole or without what is sensitive. No file is written here.

Confidences are in no list of what travels (db/transfer_kinds.py): nobody has to think of leaving them out.
"""

from collections.abc import Iterator
from functools import partial
from uuid import UUID

from spip_desktop import reference
from spip_desktop.db import duplicate, record_schema, transfer_read
from spip_desktop.db.person import ASSIGNMENTS
from spip_desktop.db.store import Transaction
from spip_desktop.db.transfer_kinds import TRAVELS
from spip_desktop.db.transfer_read import Chosen
from spip_desktop.domain.acknowledged import NOTHING, Acknowledged
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.masking import Mask
from spip_desktop.domain.officer import Right
from spip_desktop.domain.transfer import Content, Scope, TransferKind
from spip_desktop.domain.transfer_line import Plain
from spip_desktop.services.access import AccessService
from spip_desktop.services.context import Context
from spip_desktop.services.transfer_sources import Collected

_OF_ONE_DOSSIER = frozenset({TransferKind.DOSSIER, TransferKind.HANDOVER, TransferKind.FOR_VISA, TransferKind.VISA})
_FOR_VISA = frozenset({TransferKind.FOR_VISA, TransferKind.VISA})


class TransferOut:
    """The records, for the service that writes packages (`Sources`)."""

    def __init__(self, context: Context, access: AccessService) -> None:
        self._context, self._access = context, access

    def collect(self, scope: Scope) -> Collected:
        """What a scope holds now. Refusals: `one_dossier_needed`, those of a dossier out of reach."""
        self._context.actor.require(Right.TRANSFER)
        with self._context.store.reading() as tx:
            chosen = self._chosen(tx, scope)
            size = transfer_read.size(tx, chosen)
        return Collected(
            records=size.lines, dossiers=size.persons, covers=chosen.persons, most_bytes=size.bytes,
            schema=record_schema.VERSION, lines=partial(self._lines, chosen, scope.content),
        )  # fmt: skip

    def _lines(self, chosen: Chosen, content: Content) -> Iterator[Plain]:
        """The lines, read as they are asked for; from now on what they carry is not rewritten under its number."""
        with self._context.store.transaction(self._context.actor, "seal_changes") as tx:
            transfer_read.seal(tx, chosen.until)
        with self._context.store.reading() as tx:
            found = transfer_read.lines(tx, chosen)
            yield from found if content is Content.COMPLETE else mask().applied(found)

    # -- which dossiers ------------------------------------------------------------------------------------

    def _chosen(self, tx: Transaction, scope: Scope) -> Chosen:
        kinds = frozenset(kind for kind, one in TRAVELS.items() if one.for_visa or scope.kind not in _FOR_VISA)
        whole = scope.content is Content.COMPLETE
        return Chosen(
            until=transfer_read.last(tx),
            persons=self._persons(tx, scope),
            since=self._since(tx, scope) if whole else NOTHING,
            kinds=kinds if whole else kinds & mask().kept.keys(),
            history=whole,
        )

    @staticmethod
    def _since(tx: Transaction, scope: Scope) -> Acknowledged:
        """A visa goes back with what was written since its document came: the rest is where it came from.

        A dossier that another was merged into since goes whole again: what came with it may never have left.
        """
        if scope.kind is TransferKind.VISA and scope.answers is not None:
            return Acknowledged(transfer_read.last_of(tx, scope.answers))
        return scope.acknowledged.but(duplicate.merged_since(tx, scope.acknowledged.dossiers))

    def _persons(self, tx: Transaction, scope: Scope) -> frozenset[UUID] | None:
        """The dossiers named, else one's own; all of them (None) for the changes of who answers for the service."""
        if scope.persons:
            for person_id in scope.persons:
                self._access.require(tx, person_id)
            return frozenset(scope.persons)
        if scope.kind in _OF_ONE_DOSSIER:
            raise Refusal("one_dossier_needed", "persons")
        if scope.kind is TransferKind.CHANGES and self._context.actor.may(Right.ASSIGN):
            return None
        today, mine = tx.clock.today(), ASSIGNMENTS.find(tx, officer_id=self._context.officer_id)
        return duplicate.with_joined(tx, (one.person_id for one in mine if one.starts <= today <= (one.ends or today)))


def mask() -> Mask:
    """What « sans données sensibles » keeps."""
    return Mask(
        {entry.code: frozenset(entry.texts("left_empty")) for entry in reference.load("sensitive_data").entries}
    )
