"""The child of the full-disk rig: a store on a small disk of its own, filled to the last block.

`python -m tests.faults.full_disk PLACE SECOND`, behind the command of filling.small_disk: fills PLACE, whose store it
opens, copies it to SECOND, and prints in JSON what happened.
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

from spip_desktop.db import draft as drafts
from spip_desktop.db import person as persons
from spip_desktop.domain.clock import Clock
from spip_desktop.domain.draft import Draft
from spip_desktop.domain.errors import Unsaved
from spip_desktop.domain.ids import Ids
from spip_desktop.domain.place import Place, Seat
from spip_desktop.security.derivation import FLOOR
from spip_desktop.services import closing
from spip_desktop.services.rescue import Rescue
from spip_desktop.services.unlock import Entrance
from spip_desktop.wiring import Services, make_services
from spip_desktop.wording import sentence
from tests.faults.conftest import PASSPHRASE
from tests.faults.day import new_person
from tests.faults.filling import empty, fill

_LONG = "Il parle d’abord de son fils, puis du travail. " * 40
DRAFT_TEXT = "la phrase qui n’a pas pu être enregistrée"


def main(place: Path, second: Path) -> dict[str, Any]:
    store = place / "store"
    services = _enter(store)
    services.health.begin()
    told: dict[str, Any] = {"reserve": services.health.take_reserve()}
    person = services.persons.quick_start(new_person(900))
    saved = _Counter(services, person)

    fill(place)
    told["first"] = saved.until_refused()
    saved.once()  # room was made: the very next attempt succeeds
    told["saved_after"] = saved.count
    told["reserve_left"] = (store / "reserve.bin").stat().st_size

    fill(place)
    told["second"] = saved.until_refused()
    told["store_backup"] = _refused(lambda: services.backups.make("asked"))
    copied = services.backups.copy_to(second)
    told["exported"] = _read_back(services, copied.store, person)
    unsaved = [Draft("person", person, "availability", DRAFT_TEXT)]
    told["put_away"] = closing.put_away(
        services.context, services.backups, "lock", Seat(Place("person.situation", person)), unsaved
    )
    told["acknowledged"] = saved.count

    empty(place)
    return told | _come_back(store, person)


class _Counter:
    """Saves a numbered text again and again."""

    def __init__(self, services: Services, person: UUID) -> None:
        self._services, self._person, self.count = services, person, 0

    def once(self) -> None:
        self._services.persons.save_fields(self._person, {"availability": f"{self.count + 1} {_LONG}"})
        self.count += 1

    def until_refused(self) -> dict[str, Any]:
        """Save until the disk takes no more; what is then said."""
        for _ in range(3000):
            try:
                self.once()
            except Unsaved as unsaved:
                return {"code": unsaved.code, "again": unsaved.worth_trying_again, "said": sentence(unsaved)}
        return {"code": "never refused"}


def _enter(folder: Path) -> Services:
    clock = Clock()
    entry = Entrance(folder, clock, Ids(clock), cost=lambda: FLOOR).unlock("valbrune-07", PASSPHRASE)
    return make_services(entry.context)


def _refused(act: Callable[[], object]) -> str:
    from spip_desktop.domain.errors import Refusal

    try:
        act()
    except Refusal as refusal:
        return refusal.code
    return ""


def _read_back(services: Services, path: Path, person: UUID) -> int:
    """The number of the text in a copy, read through its own file."""
    connection = services.context.store.connect(path, "frozen")
    try:
        (text,) = connection.execute("SELECT availability FROM person WHERE id = ?", (person.hex,)).fetchone()
    finally:
        connection.close()
    return int(text.split()[0])


def _come_back(folder: Path, person: UUID) -> dict[str, Any]:
    services = _enter(folder)
    told = {"back": Rescue(services.context).take_back(), "again": Rescue(services.context).take_back()}
    with services.context.store.reading() as tx:
        found = persons.PERSONS.get(tx, person).availability
        kept = drafts.of(tx, services.context.officer_id, "person", person)
    services.health.rest()
    whole = services.health.check().whole
    services.context.store.close()
    return told | {"text": int(found.split()[0]), "draft": [one.text for one in kept], "whole": whole}


if __name__ == "__main__":
    print(json.dumps(main(*(Path(word) for word in sys.argv[1:]))))
