"""One program on a store, the lock held while the process is replaced: real processes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QFileSystemWatcher
from pytestqt.qtbot import QtBot

from spip_desktop.security.instance import raise_requests_path, request_raise, take
from tests.security.kit import code_of

# Replaces itself once, then waits for a line; says at each step whether it holds the lock.
HOLDER = """
import sys
from pathlib import Path
from spip_desktop.security.instance import take
folder, turn = Path(sys.argv[1]), int(sys.argv[2])
lock = take(folder)
print("held", turn, flush=True)
sys.stdin.readline()
if turn < 2:
    lock.replace_process([sys.executable, "-c", sys.argv[3], str(folder), str(turn + 1), sys.argv[3]])
"""
# Tries to take the lock without a pause, and says how often it succeeded until it is told to stop.
THIEF = """
import select, sys
from pathlib import Path
from spip_desktop.domain.errors import Refusal
from spip_desktop.security.instance import take
tries = taken = 0
print("trying", flush=True)
while tries < 60 or not select.select([sys.stdin], [], [], 0)[0]:
    tries += 1
    try:
        take(Path(sys.argv[1])).release()
        taken += 1
    except Refusal:
        pass
print(taken, flush=True)
"""


def _start(code: str, *words: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", code, *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def _say(process: "subprocess.Popen[str]") -> None:
    assert process.stdin
    process.stdin.write("\n")
    process.stdin.flush()


def _hear(process: "subprocess.Popen[str]") -> str:
    assert process.stdout
    return process.stdout.readline().strip()


def _stopped(thief: "subprocess.Popen[str]") -> int:
    """Stop the thief, which tries sixty times at least, and say how often it took the lock."""
    _say(thief)
    return int(_hear(thief))


def test_the_lock_is_never_free_while_the_process_is_replaced(tmp_path: Path) -> None:
    with _start(HOLDER, str(tmp_path), "0", HOLDER) as holder:
        assert _hear(holder) == "held 0"
        with _start(THIEF, str(tmp_path)) as thief:
            assert _hear(thief) == "trying"
            for turn in (1, 2):
                _say(holder)
                assert _hear(holder) == f"held {turn}"
            assert code_of(lambda: take(tmp_path)) == "already_running"
            assert _stopped(thief) == 0
        _say(holder)
        assert holder.wait(30) == 0
    take(tmp_path).release()


def test_a_lock_nobody_holds_is_taken(tmp_path: Path) -> None:
    """The control of the test above: the thief takes what is free."""
    with _start(THIEF, str(tmp_path)) as thief:
        assert _hear(thief) == "trying"
        assert _stopped(thief) >= 60


def test_killing_the_holder_frees_the_store(tmp_path: Path) -> None:
    with _start(HOLDER, str(tmp_path), "0", HOLDER) as holder:
        assert _hear(holder) == "held 0"
        assert code_of(lambda: take(tmp_path)) == "already_running"
        holder.kill()
        holder.wait(30)
    take(tmp_path).release()


def test_a_child_does_not_keep_the_store_locked(tmp_path: Path) -> None:
    lock = take(tmp_path)
    with _start("import sys; print('up', flush=True); sys.stdin.readline()") as child:
        assert _hear(child) == "up"
        lock.release()
        take(tmp_path).release()
        _say(child)


@pytest.mark.parametrize("value", ["0", "999", "-1", "rubbish", "99999999999999999999"])
def test_a_stale_or_forged_variable_takes_nothing_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    first = take(tmp_path)
    monkeypatch.setenv("SPIP_DESKTOP_LOCK", value)
    assert code_of(lambda: take(tmp_path)) == "already_running"
    assert "SPIP_DESKTOP_LOCK" not in os.environ
    first.release()
    first.release()
    take(tmp_path).release()


def test_a_replacement_that_cannot_start_keeps_the_lock(tmp_path: Path) -> None:
    lock = take(tmp_path)
    with pytest.raises(FileNotFoundError):
        lock.replace_process([str(tmp_path / "nothing")])
    assert code_of(lambda: take(tmp_path)) == "already_running"
    lock.release()


def test_a_second_start_changes_the_file_the_first_one_watches(tmp_path: Path) -> None:
    lock = take(tmp_path)
    watched = raise_requests_path(tmp_path)
    before = watched.read_bytes()
    request_raise(tmp_path)
    first = watched.read_bytes()
    request_raise(tmp_path)
    assert before != first != watched.read_bytes()
    lock.release()


def test_a_second_start_reaches_a_watcher_of_qt(tmp_path: Path, qtbot: QtBot) -> None:
    lock = take(tmp_path)
    watcher = QFileSystemWatcher([str(raise_requests_path(tmp_path))])
    for _ in range(2):
        with qtbot.waitSignal(watcher.fileChanged, timeout=5000):
            request_raise(tmp_path)
    lock.release()
