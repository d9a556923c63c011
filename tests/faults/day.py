"""The child of the power-cut rig: real services on a real store, and a line on standard output for what is saved.

`python -m tests.faults.day FOLDER PERSON ACTS [off]`; with « off » the engine does not wait for the disk, which must
lose.
"""

import os
import sys
from datetime import date
from pathlib import Path
from uuid import UUID

from spip_desktop.db import connection
from spip_desktop.db import officer as officers
from spip_desktop.db.store import open_store
from spip_desktop.domain.draft import Draft
from spip_desktop.domain.ids import Ids
from spip_desktop.services.context import Context
from spip_desktop.services.person import QuickStart
from spip_desktop.wiring import Services, make_services
from tests.store_fixtures import KEY, MovableClock

#: Every so many acts the store rests (WAL into the file, anchor); in the middle of the day a backup is made.
REST = 20
DRAFT = "power_cut"


def play(folder: Path, person: UUID, acts: int) -> None:
    moving = MovableClock()
    store = open_store(folder / "store.db", KEY, moving.clock, Ids(moving.clock))
    with store.reading() as tx:
        context = Context(store, officers.actor(tx, officers.by_identifier(tx, "valbrune-07")))
    services = make_services(context)
    services.health.begin()
    for number in range(1, acts + 1):
        moving.move(seconds=30)
        act(services, person, number)
        if number % REST == 0:
            services.health.rest()
        if number == acts // 2:
            say("backup", services.backups.make("work").number)
    os._exit(0)  # the end of a day is not what is tested


def act(services: Services, person: UUID, number: int) -> None:
    """One autosave, one draft or one new dossier, in turn."""
    if number % 10 == 0:
        services.persons.quick_start(new_person(number))
        say("dossier", number)
    elif number % 3 == 0:
        services.desk.keep([Draft(DRAFT, person, "note", f"{number} {'mot ' * 60}")])
        say("draft", number)
    else:
        services.persons.save_fields(person, {"availability": f"{number} {'disponible le matin ' * 20}"})
        say("field", number)


def new_person(number: int) -> QuickStart:
    return QuickStart(
        birth_name=f"Perrin-{number:05d}",
        first_names="Loïc",
        birth_date=date(1990, 1, 1),
        ecrou_number=f"{number:05d}",
        follow=True,
    )


def say(kind: str, number: int) -> None:
    """One line in one write: this instant is when « Enregistré » would be shown."""
    os.write(1, f"{kind} {number}\n".encode())


if __name__ == "__main__":
    if sys.argv[4:] == ["off"]:
        connection._PRAGMAS = tuple(
            ("synchronous", "OFF", 0) if one[0] == "synchronous" else one for one in connection._PRAGMAS
        )
    play(Path(sys.argv[1]), UUID(sys.argv[2]), int(sys.argv[3]))
