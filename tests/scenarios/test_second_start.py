"""A second start, and folders that will not do: a sentence in French, nothing changed."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.scenarios.conftest import PASSPHRASE, Open
from tests.scenarios.far_hand import ROOT, environment


def test_a_second_start_ends_at_once_and_the_first_window_comes_forward(
    enter: Open, folder: Path, tmp_path: Path
) -> None:
    with enter() as hand:
        hand.do("minimise")
        assert hand.do("window")["minimised"]
        second = subprocess.run(
            [sys.executable, "-m", "spip_desktop", "--folder", str(folder)],
            cwd=ROOT,
            env=environment(tmp_path / "home"),
            capture_output=True,
            timeout=20,
            check=False,
        )
        assert second.returncode == 0
        assert "déjà ouvert" in second.stderr.decode()
        hand.do("wait", 200)
        assert hand.do("window") == {"visible": True, "active": True, "minimised": False}


def test_a_wrong_passphrase_says_so_and_keeps_what_was_typed(start: Open) -> None:
    with start() as hand:
        hand.do("see", "open")
        hand.do("fill", "identifier", "valbrune-07")
        hand.do("fill", "passphrase", "quatre girafes boivent du thé froid")
        hand.do("press", "Enter")
        hand.do("until_problem", "passphrase")
        assert "phrase de passe" in hand.do("problem", "passphrase")
        assert hand.do("text", "passphrase").endswith("froid")
        hand.unlock(PASSPHRASE)


@pytest.mark.parametrize("name", ["keys.json", "store.db"])
@pytest.mark.parametrize("content", [b"", b"{", bytes(range(256)) * 64, b"SQLite format 3\0" + bytes(4096)])
def test_a_damaged_file_is_said_and_never_written_over(start: Open, folder: Path, name: str, content: bytes) -> None:
    for path in folder.glob(f"{name}*"):
        path.write_bytes(content)
    with start() as hand:
        hand.do("see", "open")
        hand.do("fill", "identifier", "valbrune-07")
        hand.do("fill", "passphrase", PASSPHRASE)
        hand.do("press", "Enter")
        said = hand.do("until_said")
        assert "magasin" in said or "clé" in said
        assert (folder / name).read_bytes() == content


def test_a_missing_store_beside_its_keys_is_not_a_first_start(start: Open, folder: Path) -> None:
    (folder / "store.db").unlink()
    with start() as hand:
        hand.do("see", "open")
        assert not hand.do("sees", "notice_read")


def test_a_folder_that_is_a_file_is_refused(start: Open, tmp_path: Path) -> None:
    place = tmp_path / "fichier"
    place.write_text("à moi")
    with start(place) as hand:
        hand.do("see", "quit")
        assert "dossier" in hand.do("until_said")
    assert place.read_text() == "à moi"


def test_a_read_only_folder_is_refused(start: Open, tmp_path: Path) -> None:
    """Root writes everywhere but in /proc and the like: the folder is put under one of them."""
    place = tmp_path / "lecture"
    place.mkdir()
    place.chmod(stat.S_IRUSR | stat.S_IXUSR)
    if os.access(place, os.W_OK):
        place = Path("/proc/self/fdinfo/magasin")
    with start(place) as hand:
        hand.do("see", "quit")
        assert "écrire" in hand.do("until_said") or "lecture" in hand.do("until_said")
