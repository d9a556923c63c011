"""Reads and takes in a package in a process that kills itself at one point: `python -m … STORE FILE POINT`."""

import os
import signal
import sys
from pathlib import Path
from uuid import UUID

from spip_desktop.db import officer as officers
from spip_desktop.db.store import Transaction, open_store
from spip_desktop.domain.clock import Clock
from spip_desktop.domain.ids import Ids
from spip_desktop.services.context import Context
from spip_desktop.services.transfer_in import TransferIn
from spip_desktop.services.transfer_sources import GoingOn, Merged
from tests.services.transfer_fixtures import silently, station
from tests.store_fixtures import KEY

#: While the file is read; once it is set aside; once all is merged and before the commit; once it is committed.
POINTS = ("reading", "aside", "merged", "committed", "never")


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


class _Dying(TransferIn):
    def merge(self, tx: Transaction, package: UUID, going_on: GoingOn = lambda: None) -> Merged:
        super().merge(tx, package, going_on)
        die()
        raise AssertionError("dead")


def main(path: Path, file: Path, point: str) -> None:
    clock = Clock()
    store = open_store(path, KEY, clock, Ids(clock))
    with store.reading() as tx:
        context = Context(store, officers.actor(tx, officers.by_identifier(tx, "valbrune-07")))
    receiving = station(context).service.receiving
    if point == "merged":
        receiving._arrivals = _Dying(context)
    arrived = receiving.look(file, "", silently if point != "reading" else lambda done, total: die())
    if point == "aside":
        die()
    receiving.merge(arrived)
    if point == "committed":
        die()
    store.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
