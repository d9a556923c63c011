"""What could not be saved before a lock: sealed outside the store, and put back as drafts at the return.

First in the reserve of the store folder, whose blocks are already allocated; where that folder itself is gone, in
the profile of this workstation. Sealed under a key that only the open store knows.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

from spip_desktop.db import draft as drafts
from spip_desktop.domain.draft import Draft
from spip_desktop.domain.place import Place, Seat
from spip_desktop.security import reserve
from spip_desktop.security.files import RESCUE, RESERVE
from spip_desktop.services.context import Context
from spip_desktop.settings import usual_store_folder

#: By officer, drafts as (kind, record, field, text, cursor), and the seat as (kind, id, field, cursor, scroll).
Content = dict[str, dict[str, list[Any]]]


class Rescue:
    """The words of the officer at work that the disk did not take."""

    def __init__(self, context: Context, elsewhere: Path | None = None) -> None:
        self._context = context
        store = str(context.store.identity.store)
        self._places = (
            context.store.path.parent / RESERVE,
            (elsewhere or usual_store_folder().parent) / f"{store[:8]}-{RESCUE}",
        )

    def keep(self, every: Sequence[Draft], seat: Seat) -> bool:
        """Seal these words and where one was, with what others kept before; False when no place took them."""
        if not every:
            return True
        mine, place = str(self._context.officer_id), seat.place
        content = {officer: lines for officer, lines in self._read().items() if officer != mine}
        content[mine] = {
            "drafts": [(one.kind, str(one.object_id), one.field, one.text, one.cursor) for one in every],
            "seat": [place.kind, str(place.id) if place.id else None, place.field, seat.cursor, seat.scroll],
        }
        text = json.dumps(content, ensure_ascii=False).encode()
        return any(self._seal(path, text) for path in self._places)

    def take_back(self) -> int:
        """Put this officer's words back among the drafts of the store; how many fields they are."""
        content = self._read()
        mine = content.pop(str(self._context.officer_id), None)
        if not mine:
            return 0
        with self._context.store.transaction(self._context.actor, "rescue") as tx:
            for kind, object_id, field, text, cursor in mine["drafts"]:
                drafts.keep(tx, Draft(kind, UUID(object_id), field, text, cursor))
            kind, id_, field, cursor, scroll = mine["seat"]
            drafts.sit(tx, Seat(Place(kind, UUID(id_) if id_ else None, field), cursor, scroll))
            tx.note("draft")
        self._forget(content)
        return len(mine["drafts"])

    # -- the steps -------------------------------------------------------------------------------------------

    def _read(self) -> Content:
        for place in self._places:
            text = reserve.unseal(place, self._context.store.identity.journal_key)
            if text is not None:
                found: Content = json.loads(text)
                return found
        return {}

    def _seal(self, place: Path, text: bytes) -> bool:
        try:
            if place.name.endswith(RESCUE):
                place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            reserve.seal(place, text, self._context.store.identity.journal_key, self._context.ids.random(12))
        except OSError:
            return False
        return True

    def _forget(self, others: Content) -> None:
        for place in self._places:
            reserve.forget(place)
            if place.name.endswith(RESCUE):
                place.unlink(missing_ok=True)
        if others:
            text = json.dumps(others, ensure_ascii=False).encode()
            any(self._seal(place, text) for place in self._places)
