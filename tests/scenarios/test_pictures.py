"""`--pictures DIR`: every page in every look, every paper; never a store that is not the demonstration."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from spip_desktop.services.context import Context
from spip_desktop.showing import pictures
from spip_desktop.showing.paper import Paper
from spip_desktop.showing.survey import survey
from tests.scenarios.far_hand import ROOT, environment
from tools.review_pictures import REVIEWED, compare, differences, surveys, told


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every picture, drawn once by the program itself."""
    place = tmp_path_factory.mktemp("pictures")
    folder = place / "images"
    ended = subprocess.run(
        [sys.executable, "-m", "spip_desktop", "--pictures", str(folder)],
        cwd=ROOT,
        env=environment(place / "home"),
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    assert not (place / "home").exists()
    return folder


def test_every_page_and_every_paper_is_drawn(qapp: QApplication, drawn: Path) -> None:
    folder = drawn
    pages = {path.stem: QImage(str(path)) for path in (folder / "pages").glob("*.png")}
    for name in pictures.NAMES.values():
        for *_, look in pictures.LOOKS:
            found = [stem for stem in pages if name in stem and stem.endswith(f"-{look}")]
            assert found, f"{name} {look}"
    # The foot of the entrance asks for more than 1280 pixels at 200 %: known, see the review.
    wide = {stem for stem in pages if stem.startswith("00-") and stem.endswith("-200")}
    sizes = {stem: (image.width(), image.height()) for stem, image in pages.items() if stem not in wide}
    assert set(sizes.values()) == {(1280, 800)}
    papers = sorted((folder / "documents").glob("*.pdf"))
    for kind in ("pacep", "copie", "fiche", "feuille-de-secours"):
        assert any(kind in path.name for path in papers), kind
    for path in papers:
        paper = Paper(path.read_bytes())
        assert paper.pages == len(list(path.parent.glob(f"{path.stem}-?.png")))
        assert "DÉMONSTRATION" in paper.text(), path.name


def test_every_page_is_as_it_was_reviewed(drawn: Path) -> None:
    found = compare(surveys(drawn / "pages"), surveys(REVIEWED))
    assert not found, (
        f"look at these pages (python -m tools.review_pictures), then accept them with --accept\n{told(found)}"
    )


#: What an officer typed stands as it was typed.
_TYPED = ("NoteEdit", "LineEdit", "SearchBox")
_PARTED = re.compile(r"« | »| [;:!?](?= |$)")


def test_no_page_parts_a_french_sign_from_its_word(drawn: Path) -> None:
    assert _PARTED.search("le champ « Objet »")  # control
    lines = [line.split(" ", 6) for one in surveys(drawn / "pages").values() for line in one.splitlines()]
    said = {parts[6] for parts in lines if len(parts) == 7 and parts[0].isdigit() and parts[4] not in _TYPED}
    assert len(said) > 500
    assert [words for words in sorted(said) if _PARTED.search(words)] == []


def test_the_review_sees_what_a_person_would(qapp: QApplication) -> None:
    """The positive control: each change of a page is found, what two machines draw otherwise is not."""
    window, button = _a_page()
    reviewed = _survey(window)
    assert list(differences(reviewed, _survey(window))) == []
    button.move(button.x() + 3, button.y())  # within what fonts of two machines may differ
    assert list(differences(reviewed, _survey(window))) == []
    button.move(button.x() + 20, button.y())
    assert "moved" in next(differences(reviewed, _survey(window)))
    button.move(button.x() + 400, button.y())
    assert any(line.startswith("coupé") for line in _survey(window).splitlines())  # past the right edge
    button.hide()
    assert "gone" in next(differences(reviewed, _survey(window)))
    window, button = _a_page()
    button.setText("Renouveler")
    assert any("new" in one for one in differences(reviewed, _survey(window)))
    window, button = _a_page()
    window.findChildren(QWidget, "panel")[0].setStyleSheet("background: #888")
    assert "another tone" in list(differences(reviewed, _survey(window)))[-1]
    assert compare({"a-clair": reviewed}, {}) == {"a-clair": ["not reviewed yet"]}


def _a_page() -> tuple[QWidget, QPushButton]:
    window = QWidget()
    window.resize(640, 400)
    panel = QWidget(window)
    panel.setObjectName("panel")
    panel.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, True)
    panel.setGeometry(0, 0, 300, 400)
    button = QPushButton("Enregistrer", panel)
    button.setObjectName("save")
    button.setGeometry(40, 40, 120, 32)
    window.show()
    QApplication.processEvents()
    return window, button


def _survey(window: QWidget) -> str:
    return survey(window, window.grab().toImage())


def test_a_store_of_real_persons_is_never_drawn(qapp: QApplication, context: Context, tmp_path: Path) -> None:
    with pytest.raises(pictures.NotDemonstration):
        pictures.draw_pages(qapp, context, tmp_path)
    with pytest.raises(pictures.NotDemonstration):
        pictures.draw_papers(context, tmp_path)
    assert not list(tmp_path.rglob("*.p*"))
