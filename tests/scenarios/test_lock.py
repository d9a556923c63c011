"""Ctrl+L and idleness: the process is replaced, and the officer comes back to the same place, text included."""

import os
from pathlib import Path

import pytest

from spip_desktop.domain.errors import Refusal
from spip_desktop.security import instance
from tests.scenarios.conftest import PASSPHRASE, Open
from tests.scenarios.far_hand import FarHand

NOTE = "Dit dormir mal.\nParle de son fils"


def assert_never_free(folder: Path) -> None:
    with pytest.raises(Refusal) as refused:
        instance.take(folder)
    assert refused.value.code == "already_running"


def lock_and_return(hand: FarHand, folder: Path) -> None:
    """Lock by the keys, see that it is a new life of the same process, and unlock."""
    before, born = hand.pid, started(hand.pid)
    hand.send("press", "L", True)
    hand.wait_for("ready")
    assert hand.pid == before
    assert started(hand.pid) == born  # replaced by execve: same process, other contents
    assert command(hand.pid).count("--locked") == 1
    assert_never_free(folder)
    hand.do("read", "Verrouillé à")
    hand.unlock(PASSPHRASE)


def started(pid: int) -> str:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19]


def command(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/cmdline").read_text().split("\0")


def test_the_officer_comes_back_to_the_same_cursor(enter: Open, folder: Path) -> None:
    with enter() as hand:
        hand.open_situation("perrin")
        hand.do("fill", "resources", NOTE)
        hand.do("press", "Home")
        hand.do("type", "x")
        seat = hand.do("seat")
        assert (seat["focus"], seat["cursor"], seat["in_sight"]) == ("resources.editor", 17, True)
        lock_and_return(hand, folder)
        assert hand.do("seat") == seat
        assert hand.do("text", "resources") == NOTE.replace("\n", "\nx")


def test_a_half_typed_date_comes_back(enter: Open, folder: Path) -> None:
    with enter() as hand:
        hand.open_situation("perrin")
        hand.do("fill", "birth_date", "29/02/20")
        seat = hand.do("seat")
        lock_and_return(hand, folder)
        assert hand.do("text", "birth_date") == "29/02/20"
        assert hand.do("seat") == seat
        hand.do("type", "04")
        hand.do("press", "Tab")
        hand.do("wait", 100)
        assert hand.do("text", "birth_date") == "29/02/2004"
        assert hand.do("problem", "birth_date") == ""


def test_a_dossier_not_yet_created_comes_back(enter: Open, folder: Path) -> None:
    with enter() as hand:
        hand.do("click", "rail.persons")
        hand.do("click", "persons.new")
        hand.do("fill", "birth_name", "Đặng")
        hand.do("fill", "birth_date", "29/02/2027")
        seat = hand.do("seat")
        lock_and_return(hand, folder)
        assert hand.do("seat") == seat
        assert hand.do("text", "birth_name") == "Đặng"
        assert hand.do("text", "birth_date") == "29/02/2027"


def test_undo_ends_with_the_lock(enter: Open, folder: Path) -> None:
    with enter() as hand:
        hand.open_situation("perrin")
        hand.do("fill", "phone", "06 39 98 45 12")
        hand.do("press", "Tab")
        hand.do("press", "Z", True)
        hand.do("read", "Modification annulée")
        assert hand.do("text", "phone") == ""
        hand.do("fill", "phone", "06 39 98 45 13")
        lock_and_return(hand, folder)
        hand.do("press", "Tab")
        hand.do("press", "Z", True)
        assert hand.do("text", "phone") == "06 39 98 45 13"


def test_idleness_locks(enter: Open, folder: Path) -> None:
    with enter() as hand:
        hand.open_situation("perrin")
        hand.do("fill", "email", "loic@")
        hand.do("set_idle", 300)
        hand.wait_for("ready")
        assert_never_free(folder)
        hand.do("read", "minutes sans activité")
        hand.unlock(PASSPHRASE)
        assert hand.do("text", "email") == "loic@"


def test_a_lock_leaves_nothing_on_the_command_line_or_the_clipboard(enter: Open, folder: Path) -> None:
    with enter() as hand:
        hand.open_situation("perrin")
        hand.do("fill", "resources", "")
        hand.do("paste", "un mot à lui")
        lock_and_return(hand, folder)
        assert not any("perrin" in word.casefold() for word in command(hand.pid))
        hand.do("fill", "allowances", "")
        hand.do("press", "V", True)
        assert hand.do("text", "allowances") == ""


def test_the_lock_is_let_go_when_the_window_closes(enter: Open, folder: Path) -> None:
    hand = enter()
    hand.open_situation("perrin")
    hand.do("fill", "resources", "presque rien")
    hand.close()
    instance.take(folder).release()
    with enter() as again:
        assert again.do("text", "resources") == "presque rien"
    assert os.listdir(folder)
