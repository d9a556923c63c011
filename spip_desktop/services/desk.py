"""The officer's desk: what is half typed, and where they were, for the return after a lock."""

from collections.abc import Sequence
from uuid import UUID

from spip_desktop.db import draft as drafts
from spip_desktop.db import technical
from spip_desktop.domain.draft import Draft
from spip_desktop.domain.place import Seat
from spip_desktop.services.context import Context


class DeskService:
    """Drafts and seat are the officer's own: no right is asked, and no journal line is written."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def keep(self, every: Sequence[Draft]) -> None:
        """Keep what fields cannot accept yet."""
        with self._context.store.transaction(self._context.actor, "draft") as tx:
            for draft in every:
                drafts.keep(tx, draft)

    def drop(self, kind: str, object_id: UUID, field: str | None = None) -> None:
        with self._context.store.transaction(self._context.actor, "draft") as tx:
            drafts.drop(tx, kind, object_id, field)

    def of(self, kind: str, object_id: UUID) -> list[Draft]:
        with self._context.store.reading() as tx:
            return drafts.of(tx, self._context.officer_id, kind, object_id)

    def sit(self, seat: Seat) -> None:
        with self._context.store.transaction(self._context.actor, "seat") as tx:
            drafts.sit(tx, seat)

    def seat(self) -> Seat | None:
        with self._context.store.reading() as tx:
            return drafts.seat(tx, self._context.officer_id)

    def log(self, line: str) -> None:
        """Add a line to the technical log; it tells places in the program, never a word of anyone."""
        with self._context.store.transaction(self._context.actor, "log") as tx:
            technical.add(tx, line)

    def technical_log(self) -> list[str]:
        with self._context.store.reading() as tx:
            return technical.lines(tx)
