"""A wrong or foreign key never writes; the paper and the database are enough. Folders are compared by SHA-256."""

import hashlib
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlcipher

from spip_desktop.db import info
from spip_desktop.domain.clock import Clock
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.ids import Ids
from spip_desktop.security import derivation
from spip_desktop.security.sheet import RecoverySheet
from spip_desktop.security.vault import Vault
from spip_desktop.services.unlock import Entrance, FirstStart, lock
from tests.store_fixtures import make_officer, make_service

PASSPHRASE = "quatre girafes boivent du thé tiède"
OTHER = "le vélo bleu dort sous la pluie"
KEY_FILES = ("keys.json", "keys.json.1")
#: -shm is SQLite's index of the WAL in shared memory, which every reading makes anew: it holds nothing that is kept.
#: attempts.json counts what was tried, and nothing else.
PASSED_OVER = ("store.db-shm", "attempts.json")


@dataclass
class Made:
    folder: Path
    paper: RecoverySheet
    key: bytes

    def entrance(self, folder: Path | None = None) -> Entrance:
        clock = Clock()
        return Entrance(folder or self.folder, clock, Ids(clock), cost=lambda: derivation.FLOOR)


@pytest.fixture(scope="module")
def templates(tmp_path_factory: pytest.TempPathFactory) -> tuple[Made, Made]:
    return _make(tmp_path_factory.mktemp("one")), _make(tmp_path_factory.mktemp("two"))


def _make(place: Path) -> Made:
    clock = Clock()
    ids = Ids(clock)
    made = Made(place / "magasin", None, b"")  # type: ignore[arg-type]
    entrance = made.entrance()
    entry = entrance.first_start(
        FirstStart(service=make_service(ids), officer=make_officer(ids), passphrase=PASSPHRASE, notice_read=True)
    )
    assert entry.paper is not None
    entrance.confirm_paper(entry)
    lock(entry.context)
    key = bytes(Vault(made.folder, clock, lambda: derivation.FLOOR).unlock("valbrune-07", PASSPHRASE).key)
    return Made(made.folder, entry.paper, key)


@pytest.fixture
def killed(templates: tuple[Made, Made], tmp_path: Path) -> Made:
    """A store whose program was killed at work: what was written last is in its WAL only."""
    mine = templates[0]
    shutil.copytree(mine.folder, tmp_path / "magasin")
    done = subprocess.run(
        [sys.executable, "-c", _KILLED, str(tmp_path / "magasin" / "store.db"), mine.key.hex()], timeout=60
    )
    assert done.returncode == -signal.SIGKILL
    assert (tmp_path / "magasin" / "store.db-wal").stat().st_size > 0
    return Made(tmp_path / "magasin", mine.paper, mine.key)


_KILLED = """
import os, signal, sys
from pathlib import Path
from spip_desktop.db import info
from spip_desktop.db.store import open_store
from spip_desktop.db import officer as officers
from spip_desktop.domain.clock import Clock
from spip_desktop.domain.ids import Ids
store = open_store(Path(sys.argv[1]), bytes.fromhex(sys.argv[2]), Clock(), Ids(Clock()))
with store.reading() as tx:
    actor = officers.actor(tx, officers.by_identifier(tx, "valbrune-07"))
with store.transaction(actor, "create_person") as tx:
    info.keep(tx, "last", b"written last")
    tx.note("person")
os.kill(os.getpid(), signal.SIGKILL)
"""


def hashes(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in PASSED_OVER
    }


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(Refusal) as refusal:
        act()
    return refusal.value.code


def test_a_wrong_secret_writes_nothing(killed: Made, templates: tuple[Made, Made]) -> None:
    entrance, other = killed.entrance(), templates[1]
    before = hashes(killed.folder)
    said = [
        refused(lambda: entrance.unlock("valbrune-07", OTHER)),
        refused(lambda: entrance.recover(other.paper.text)),
        refused(lambda: entrance.recover(other.paper.text, other.paper.qr)),
        refused(lambda: entrance.recover(killed.paper.text, other.paper.qr)),
        refused(lambda: entrance.recover(other.paper.text, killed.paper.qr)),
    ]
    assert said == [
        "wrong_passphrase", "recovery_key_other", "foreign_store", "foreign_store", "recovery_key_other",
    ]  # fmt: skip
    assert hashes(killed.folder) == before


def test_a_foreign_key_file_writes_nothing(killed: Made, templates: tuple[Made, Made]) -> None:
    """Its own passphrase is right: it gives a key, which is not this store's."""
    for name in KEY_FILES:
        (killed.folder / name).unlink()
    shutil.copy(templates[1].folder / "keys.json", killed.folder)
    entrance = killed.entrance()
    before = hashes(killed.folder)
    assert refused(lambda: entrance.unlock("valbrune-07", PASSPHRASE)) == "foreign_store"
    assert refused(lambda: entrance.recover(templates[1].paper.text)) == "foreign_store"
    assert refused(lambda: entrance.recover(killed.paper.text)) == "recovery_key_other"
    assert hashes(killed.folder) == before


def test_a_foreign_paper_writes_nothing_where_the_keys_are_lost(killed: Made, templates: tuple[Made, Made]) -> None:
    for name in KEY_FILES:
        (killed.folder / name).unlink()
    other, entrance = templates[1].paper, killed.entrance()
    before = hashes(killed.folder)
    assert refused(lambda: entrance.recover(other.text, other.qr)) == "foreign_store"
    assert refused(lambda: entrance.recover(killed.paper.text)) == "keys_missing"
    assert hashes(killed.folder) == before


def test_the_comparison_sees_what_an_ordinary_opening_writes(killed: Made) -> None:
    """The control: opened as a program usually opens it, a store with a WAL changes even under a wrong key."""
    before = hashes(killed.folder)
    connection = sqlcipher.connect(str(killed.folder / "store.db"))
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA key = \"x'{os.urandom(32).hex()}'\"")
    with pytest.raises(sqlcipher.DatabaseError):
        connection.execute("SELECT count(*) FROM sqlite_master")
    connection.close()
    assert hashes(killed.folder) != before


@pytest.mark.parametrize("way", ["scanned", "typed"])
def test_without_keys_the_paper_and_the_database_open_and_the_keys_are_made_again(killed: Made, way: str) -> None:
    for name in KEY_FILES:
        (killed.folder / name).unlink()
    entrance, paper = killed.entrance(), killed.paper
    assert entrance.keys_lost()
    code = paper.qr if way == "scanned" else "\n".join(paper.lines()).lower().replace("0", "o")
    recovered = entrance.recover(paper.text, code)
    assert recovered.identifiers == ("valbrune-07",)
    assert entrance.keys_lost()  # nothing before the new passphrase
    entry = entrance.finish_recovery(recovered, "valbrune-07", OTHER)
    lock(entry.context)
    assert not entrance.keys_lost()
    entry = entrance.unlock("valbrune-07", OTHER)
    with entry.context.store.reading() as tx:
        assert info.value(tx, "last") == b"written last"
    lock(entry.context)
    assert refused(lambda: entrance.unlock("valbrune-07", PASSPHRASE)) == "wrong_passphrase"


def test_a_line_typed_wrong_is_named(killed: Made) -> None:
    entrance, lines = killed.entrance(), list(killed.paper.lines())
    wrong = lines.copy()
    wrong[3] = ("1" if wrong[3][0] == "0" else "0") + wrong[3][1:]
    with pytest.raises(Refusal) as refusal:
        entrance.recover(killed.paper.text, "\n".join(wrong))
    assert (refusal.value.code, refusal.value.problems[0].data) == ("recovery_code_line", {"line": 4})
    swapped = [lines[1], lines[0], *lines[2:]]
    with pytest.raises(Refusal) as refusal:
        entrance.recover(killed.paper.text, "\n".join(swapped))
    assert refusal.value.problems[0].data == {"line": 1}
    assert refused(lambda: entrance.recover(killed.paper.text, "\n".join(lines[:5]))) == "recovery_code_length"
