"""A process killed while it takes a package in: all of it is there, or nothing; the same package brings the rest."""

import random
import subprocess
import sys
from pathlib import Path

from spip_desktop.db import person as persons
from spip_desktop.db import transfer, transfer_waiting
from spip_desktop.db.store import open_store
from spip_desktop.services.transfer_in import TransferIn
from tests.exchanging import CHANGES, RealStation
from tests.faults.amounts import amount
from tests.services.test_transfer import start
from tests.store_fixtures import KEY, MovableClock

_DOSSIERS = 60


def test_a_killed_import_leaves_all_or_nothing(tmp_path: Path, moving: MovableClock) -> None:
    one, other = RealStation(tmp_path / "one", 1, moving), RealStation(tmp_path / "two", 2, moving)
    for number in range(_DOSSIERS):
        start(one, f"Perrin{number}")
    lines = list(one.services.transfer_out.collect(CHANGES).lines())
    package = other.context.ids.new()
    with other.store.transaction(other.context.actor, "stage_package") as tx:
        transfer.stage(tx, package, 0, lines)
    path, chance = other.store.path, random.Random(6)
    other.store.close()
    found, cut = set[int](), 0
    for _ in range(amount("SPIP_IMPORT_KILLS", 6)):
        said = _killed_after(path, package, chance.uniform(0.0, 0.6))
        store = open_store(path, KEY, moving.clock, other.context.ids)
        with store.reading() as tx:
            count = len(persons.PERSONS.find(tx))
        store.close()
        assert count in (0, _DOSSIERS)
        assert count == _DOSSIERS or "done" not in said  # what was said to be done is done
        found.add(count)
        cut += "done" not in said
    assert cut, "control: at least one import was cut short"
    store = other.context.store = open_store(path, KEY, moving.clock, other.context.ids)
    with store.transaction(other.context.actor, "import_package") as tx:
        TransferIn(other.context).merge(tx, package)
        tx.note("package_received", package)
    with store.reading() as tx:
        assert len(persons.PERSONS.find(tx)) == _DOSSIERS
        assert transfer_waiting.every(tx) == []
        assert transfer_waiting.disputes(tx) == []
    store.close()
    one.store.close()


def _killed_after(path: Path, package: object, seconds: float) -> str:
    """What the process said before it was killed, so long after it began."""
    words = [sys.executable, "-m", "tests.services.transfer_kill_program", str(path), str(package)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
        return first + process.stdout.read()
