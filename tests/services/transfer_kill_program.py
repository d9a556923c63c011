"""Merges a package that was set aside, in a process that the test kills: `python -m … STORE PACKAGE`."""

import sys
from pathlib import Path
from uuid import UUID

from spip_desktop.db import officer as officers
from spip_desktop.db.store import open_store
from spip_desktop.domain.clock import Clock
from spip_desktop.domain.ids import Ids
from spip_desktop.services.context import Context
from spip_desktop.services.transfer_in import TransferIn
from tests.store_fixtures import KEY


def main(path: Path, package: UUID) -> None:
    """Say when the merge begins, and when the commit has returned."""
    clock = Clock()
    store = open_store(path, KEY, clock, Ids(clock))
    with store.reading() as tx:
        actor = officers.actor(tx, officers.by_identifier(tx, "valbrune-02"))
    context = Context(store, actor)
    service = TransferIn(context)
    print("begin", flush=True)
    with store.transaction(actor, "import_package") as tx:
        service.merge(tx, package)
        tx.note("package_received", package)
    print("done", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), UUID(sys.argv[2]))
