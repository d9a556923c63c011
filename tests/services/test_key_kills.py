"""A removal killed at any instant: the store opens for who stays, and the removal can be done again."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from spip_desktop.db import info
from spip_desktop.db import person as persons
from spip_desktop.db.connection import Connector, Mode
from spip_desktop.domain.clock import Clock
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.ids import Ids
from spip_desktop.domain.officer import Role
from spip_desktop.domain.person import Person
from spip_desktop.security import derivation
from spip_desktop.security.vault import Vault
from spip_desktop.services.account import AccountService
from spip_desktop.services.backup import BackupService
from spip_desktop.services.keys import KeyService
from spip_desktop.services.unlock import Entrance, FirstStart, lock
from tests.store_fixtures import make_officer, make_service

PASSPHRASE = "quatre girafes boivent du thé tiède"
THEIRS = "six violons mauves au bord du lac"
#: Kills at a file operation and while the database writes: few in ./test, as many as wanted in the long run.
OPERATIONS, INSTANTS = (int(word) for word in os.environ.get("SPIP_KEY_KILLS", "7,5").split(","))
PERSONS, WEIGHT = 50, 6_000_000  # enough to write for more than an instant


@dataclass(frozen=True)
class Made:
    """A closed store of two officers, with one backup: where, its key, its paper, who leaves."""

    folder: Path
    key: bytes
    paper: str
    officer: str


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp("kills") / "magasin"
    clock = Clock()
    ids = Ids(clock)
    entrance = Entrance(folder, clock, ids, cost=lambda: derivation.FLOOR)
    first = FirstStart(service=make_service(ids), officer=make_officer(ids), passphrase=PASSPHRASE, notice_read=True)
    entry = entrance.first_start(first)
    entrance.confirm_paper(entry)
    context, vault = entry.context, Vault(folder, clock, lambda: derivation.FLOOR)
    keys = KeyService(context, AccountService(context), BackupService(context), vault)
    officer = replace(
        make_officer(ids, Role.CPIP, identifier="Orsanne-12"), family_name="N’Guyen", first_name="Loïc",
        habilitation_by="Anne Keller, DPIP", habilitation_on=date(2026, 11, 20),
    )  # fmt: skip
    added = keys.add_officer(officer, THEIRS, PASSPHRASE)
    with context.store.transaction(context.actor, "create_person") as tx:
        for number in range(PERSONS):
            persons.save(tx, Person(id=ids.new(), birth_name=f"Perrin {number}", first_names="Loïc"))
        info.keep(tx, "weight", os.urandom(WEIGHT))
        tx.note("person")
    key = bytes(vault.unlock("valbrune-07", PASSPHRASE).key)
    BackupService(context).make()
    lock(context)
    assert entry.paper is not None
    return Made(folder, key, entry.paper.text, str(added.id))


def run(made: Made, folder: Path, jobs: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each job on a copy of its own, `folder`/0, 1…"""
    folder.mkdir(exist_ok=True)
    common = {"key": made.key.hex(), "officer": made.officer, "passphrase": PASSPHRASE}
    full = []
    for number, job in enumerate(jobs):
        shutil.copytree(made.folder, folder / str(number))
        full.append(common | job | {"folder": str(folder / str(number))})
    done = subprocess.run(
        [sys.executable, "-m", "tests.services.key_kill_program", json.dumps(full)],
        capture_output=True, text=True, timeout=600,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    return [json.loads(line) for line in done.stdout.splitlines()]


def entrance_of(folder: Path) -> Entrance:
    clock = Clock()
    return Entrance(folder, clock, Ids(clock), cost=lambda: derivation.FLOOR)


def check(made: Made, folder: Path) -> str:
    """Who stays comes in and finds everything; the removal is old or new, and can be done (again)."""
    entrance = entrance_of(folder)
    paper_opens = opens(lambda: entrance.recover(made.paper))
    entry = entrance.unlock("valbrune-07", PASSPHRASE)
    before = {one.code for one in entry.notices}
    context = entry.context
    with context.store.reading() as tx:
        assert len(persons.PERSONS.find(tx)) == PERSONS
    vault = Vault(folder, context.clock, lambda: derivation.FLOOR)
    keys = KeyService(context, AccountService(context), BackupService(context), vault)
    theirs = next((one for one in keys.accesses() if str(one.officer.id) == made.officer), None)
    state = "new" if theirs is None else "begun" if theirs.removal_unfinished else "old"
    assert paper_opens is (state != "new")
    assert ("removal_unfinished" in before) is (state == "begun")
    assert "backups_not_renewed" not in before
    if theirs is not None:
        keys.confirm_paper(keys.remove_officer(theirs.officer.id, PASSPHRASE))
    lock(context)
    assert not opens(lambda: entrance.unlock("orsanne-12", THEIRS))
    for path in (folder, *(folder / "backups").iterdir()):
        assert not opens(lambda path=path: Connector(made.key)(path / "store.db", Mode.FROZEN))
        assert "orsanne" not in (path / "keys.json").read_text("ascii").casefold()
    return state


def opens(act: Any) -> bool:
    try:
        act()
    except Refusal:
        return False
    return True


def test_killed_at_any_instant_the_store_opens_and_the_removal_is_old_or_new(made: Made, tmp_path: Path) -> None:
    whole = run(made, tmp_path / "whole", [{}])[0]
    assert not whole["failed"]
    operations, seconds = int(whole["told"][0]), float(whole["told"][1])
    assert check(made, tmp_path / "whole" / "0") == "new"
    points = sorted({1 + round(step * (operations - 1) / max(1, OPERATIONS - 1)) for step in range(OPERATIONS)})
    jobs: list[dict[str, Any]] = [{"operation": point} for point in points]
    jobs += [{"seconds": seconds * (step + 0.5) / INSTANTS} for step in range(INSTANTS)]
    ends = run(made, tmp_path / "killed", jobs)
    assert not any(end["failed"] for end in ends)
    states = [check(made, tmp_path / "killed" / str(number)) for number in range(len(jobs))]
    assert sum(end["killed"] for end in ends) >= len(points)
    assert {"old", "new"} <= set(states)  # the kills did fall on both sides
    print(f"{len(jobs)} kills over {operations} operations and {seconds:.3f} s of writing: {states}")


def test_a_full_disk_leaves_the_former_key_and_both_officers(made: Made, tmp_path: Path) -> None:
    """The file may grow no further while the database takes its key: what was announced is withdrawn."""
    end = run(made, tmp_path / "full", [{"full": True}])[0]
    assert (end["failed"], end["told"]) == (False, ["rekey_failed"])
    assert "next" not in json.loads((tmp_path / "full" / "0" / "keys.json").read_bytes())
    assert check(made, tmp_path / "full" / "0") == "begun"


def test_without_the_announcement_a_kill_would_lose_the_store(made: Made, tmp_path: Path) -> None:
    """The control: the same kill with the key changed first and keys.json after."""
    ends = run(made, tmp_path / "careless", [{"careless": True}])
    assert ends[0]["killed"]
    with pytest.raises(Refusal) as refusal:
        entrance_of(tmp_path / "careless" / "0").unlock("valbrune-07", PASSPHRASE)
    assert refusal.value.code == "store_damaged"
