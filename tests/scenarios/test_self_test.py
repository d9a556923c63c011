"""`--self-test` passes here, says which check fails on a damaged installation, and leaves nothing behind."""

import shutil
import subprocess
import sys
from pathlib import Path

from tests.scenarios.far_hand import ROOT, environment


def self_test(where: Path, home: Path) -> "subprocess.CompletedProcess[str]":
    place = home / "tmp"
    place.mkdir(parents=True, exist_ok=True)
    ended = subprocess.run(
        [sys.executable, "-m", "spip_desktop", "--self-test"],
        cwd=where,
        env=environment(home) | {"TMPDIR": str(place)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert list(place.iterdir()) == []
    return ended


def test_it_passes_here(tmp_path: Path) -> None:
    ended = self_test(ROOT, tmp_path)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    *checks, last = ended.stdout.splitlines()
    assert len(checks) == 5
    assert "tout va bien" in last
    assert sorted(path.name for path in tmp_path.iterdir()) == ["tmp"]


def test_it_names_the_check_that_fails(tmp_path: Path) -> None:
    """The control: one word of one list is misspelt in a copy of the program."""
    copy = tmp_path / "program"
    for folder in ("spip_desktop", "resources"):
        shutil.copytree(ROOT / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__"))
    damaged = copy / "resources" / "reference" / "levels.toml"
    damaged.write_bytes(damaged.read_bytes().replace(b"label =", b"labl =", 1))
    ended = self_test(copy, tmp_path / "home")
    assert ended.returncode == 1
    assert "échec de la vérification «\u00a0définitions\u00a0»" in ended.stdout
