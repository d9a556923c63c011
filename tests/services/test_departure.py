"""A file on its way to a medium: room first, whole under its name or not there, read again from the medium."""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import BinaryIO

import pytest

from spip_desktop.domain.errors import Refusal
from spip_desktop.services.departure import PART, Departure, verify
from spip_desktop.wording import sentence
from tests.faults.filling import small_disk

ROOT = Path(__file__).parent.parent.parent
NAME = "spip_valbrune_20261122_0a1b2c3d.spipx"
CONTENT = os.urandom(200_000)
SHA = hashlib.sha256(CONTENT).hexdigest()


def write(file: BinaryIO) -> int:
    return file.write(CONTENT)


def test_a_file_gets_its_name_once_it_is_durable_and_is_read_again(tmp_path: Path) -> None:
    departure = Departure(tmp_path, NAME, len(CONTENT))
    departure.write(write)
    assert [one.name for one in tmp_path.iterdir()] == [NAME + PART], "half a file never bears the file's name"
    departure.publish()
    departure.verify(SHA)
    assert [one.name for one in tmp_path.iterdir()] == [NAME]
    assert departure.path.read_bytes() == CONTENT
    assert departure.path.stat().st_mode & 0o777 == 0o600


def test_a_medium_that_keeps_other_bytes_is_found_out(tmp_path: Path) -> None:
    departure = Departure(tmp_path, NAME, len(CONTENT))
    departure.write(write)
    departure.publish()
    verify(departure.path, SHA)
    changed = bytearray(CONTENT)
    changed[1000] ^= 1
    departure.path.write_bytes(bytes(changed))
    with pytest.raises(Refusal) as refusal:
        departure.verify(SHA)
    assert refusal.value.code == "target_not_verified"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("failing", ["during", "before_the_name"])
def test_a_medium_that_goes_away_leaves_nothing_that_looks_whole(tmp_path: Path, failing: str) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    departure = Departure(folder, NAME, len(CONTENT))

    def pulled(file: BinaryIO) -> None:
        file.write(CONTENT[:1000])
        raise OSError(5, "Input/output error")

    with pytest.raises(Refusal) as refusal:
        if failing == "during":
            departure.write(pulled)
        else:
            departure.write(write)
            folder.rename(tmp_path / "away")
            departure.publish()
    assert refusal.value.code == "target_not_written"
    assert sentence(refusal.value)
    assert NAME not in {one.name for one in tmp_path.rglob("*")}


def test_what_an_earlier_try_left_is_taken_away_and_nothing_else(tmp_path: Path) -> None:
    earlier, other = "spip_valbrune_20261121_00000000.spipx", "spip_autre_20261121_11111111.spipx"
    for name in (NAME, earlier, other):
        (tmp_path / (name + PART)).write_bytes(b"half")
    (tmp_path / "photo.jpg").write_bytes(b"")
    Departure(tmp_path, NAME, 1000, [earlier])
    assert {one.name for one in tmp_path.iterdir()} == {"photo.jpg", other + PART}


def test_neither_among_the_files_of_a_store_nor_where_there_is_nothing(tmp_path: Path) -> None:
    (tmp_path / "store.db").write_bytes(b"")
    (tmp_path / "below").mkdir()
    for folder, code in ((tmp_path, "file_in_store"), (tmp_path / "below", "file_in_store")):
        with pytest.raises(Refusal) as refusal:
            Departure(folder, NAME, 10)
        assert refusal.value.code == code
    with pytest.raises(Refusal) as refusal:
        Departure(tmp_path.parent / "nowhere", NAME, 10)
    assert refusal.value.code == "target_missing"


_PROGRAM = f"""
import json, sys, os
from pathlib import Path
from spip_desktop.domain.errors import Refusal
from spip_desktop.services.departure import Departure
place, told = Path(sys.argv[1]), {{}}
def attempt(name, most, size):
    try:
        Departure(place, {NAME!r}, most).write(lambda file: file.write(os.urandom(size)))
        told[name] = "written"
    except Refusal as refusal:
        told[name] = refusal.code
    told[name + "_left"] = sorted(one.name for one in place.iterdir() if one.is_file())
attempt("announced", 50_000_000, 10)
attempt("grown", 1_000, 50_000_000)
attempt("fits", 1_000, 1_000)
print(json.dumps(told))
"""


def test_a_full_medium_is_said_before_or_as_it_fills(tmp_path: Path) -> None:
    """On a disk of 2 MiB that only the child sees."""
    empty = tmp_path / "empty"
    empty.mkdir()
    place = tmp_path / "small"
    place.mkdir()
    command = [*small_disk(place, empty, "2m"), sys.executable, "-c", _PROGRAM, str(place)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr.decode()
    told = json.loads(done.stdout)
    assert (told["announced"], told["announced_left"]) == ("target_no_room", [])
    assert (told["grown"], told["grown_left"]) == ("target_no_room", [])
    assert (told["fits"], told["fits_left"]) == ("written", [NAME + PART]), "the control"
