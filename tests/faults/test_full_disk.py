"""A disk filled to the last block: the work is saved in the room kept for that day, the drive is named."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from spip_desktop.security import reserve
from tests.faults import full_disk
from tests.faults.filling import small_disk

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def told(made: tuple[Path, str], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What happened on a disk of 96 MiB that only the child sees; without root, in a namespace of one's own."""
    place, second = tmp_path_factory.mktemp("small"), tmp_path_factory.mktemp("second")
    words = [sys.executable, "-m", "tests.faults.full_disk", str(place), str(second)]
    done = subprocess.run(
        [*small_disk(place, made[0]), *words], cwd=ROOT, capture_output=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr.decode()
    result: dict[str, Any] = json.loads(done.stdout)
    return result | {"place": str(place)}


def test_the_disk_refuses_and_its_drive_is_named(told: dict[str, Any]) -> None:
    """Control: without room the engine does refuse, twice."""
    for time in ("first", "second"):
        assert told[time]["code"] == "disk_full"
        assert f"Le disque {told['place']} est plein" in told[time]["said"]


def test_the_room_kept_lets_the_current_work_be_saved_at_once(told: dict[str, Any]) -> None:
    assert told["reserve"] is True
    assert told["first"]["again"] is True
    assert told["second"]["again"] is False
    assert told["reserve_left"] == reserve.KEPT
    assert told["saved_after"] > 0


def test_the_work_can_be_copied_to_another_medium(told: dict[str, Any]) -> None:
    assert told["store_backup"] == "backup_no_room"
    assert told["exported"] == told["acknowledged"]


def test_a_lock_locks_and_what_could_not_be_saved_comes_back(told: dict[str, Any]) -> None:
    assert told["put_away"] == [False, True]
    assert (told["back"], told["again"]) == (1, 0)
    assert told["draft"] == [full_disk.DRAFT_TEXT]


def test_nothing_acknowledged_was_lost(told: dict[str, Any]) -> None:
    assert told["text"] == told["acknowledged"]
    assert told["whole"] is True
