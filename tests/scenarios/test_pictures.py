"""`--pictures DIR`: every page in every look, every paper; never a store that is not the demonstration."""

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from spip_desktop.services.context import Context
from spip_desktop.showing import pictures
from spip_desktop.showing.paper import Paper
from tests.scenarios.far_hand import ROOT, environment


def test_every_page_and_every_paper_is_drawn(qapp: QApplication, tmp_path: Path) -> None:
    folder = tmp_path / "images"
    ended = subprocess.run(
        [sys.executable, "-m", "spip_desktop", "--pictures", str(folder)],
        cwd=ROOT,
        env=environment(tmp_path / "home"),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    assert not (tmp_path / "home").exists()
    pages = {path.stem: QImage(str(path)) for path in (folder / "pages").glob("*.png")}
    for name in pictures.NAMES.values():
        for *_, look in pictures.LOOKS:
            found = [stem for stem in pages if name in stem and stem.endswith(f"-{look}")]
            assert found, f"{name} {look}"
    assert all((image.width(), image.height()) == (1280, 800) for image in pages.values())
    papers = sorted((folder / "documents").glob("*.pdf"))
    for kind in ("pacep", "copie", "fiche", "feuille-de-secours"):
        assert any(kind in path.name for path in papers), kind
    for path in papers:
        paper = Paper(path.read_bytes())
        assert paper.pages == len(list(path.parent.glob(f"{path.stem}-?.png")))
        assert "DÉMONSTRATION" in paper.text(), path.name


def test_a_store_of_real_persons_is_never_drawn(qapp: QApplication, context: Context, tmp_path: Path) -> None:
    with pytest.raises(pictures.NotDemonstration):
        pictures.draw_pages(qapp, context, tmp_path)
    with pytest.raises(pictures.NotDemonstration):
        pictures.draw_papers(context, tmp_path)
    assert not list(tmp_path.rglob("*.p*"))
