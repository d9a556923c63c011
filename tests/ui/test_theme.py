"""The palette holds its promises, and the whole application follows it at once."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication, QWidget

from spip_desktop.ui import theme
from spip_desktop.ui.icons import icon_names, paint_icon
from spip_desktop.ui.layout import column, set_size
from spip_desktop.ui.page import Page
from spip_desktop.ui.text import Text
from tests.ui.checks import at_text_size

THEMES = tuple(theme.THEMES)
TEXT_ON = [
    *((ink, ground) for ink in ("texte", "texte_2", "accent", "alerte") for ground in ("surface", "surface_2", "fond")),
    *(("inactif", ground) for ground in ("surface", "fond")),
    ("sur_accent", "accent"),
    ("sur_accent", "accent_survol"),
    ("sur_choix", "choix"),
    ("alerte", "alerte_fond"),
    ("texte", "alerte_fond"),
]
LINE_ON = [("bord", "surface"), ("bord", "fond"), ("focus", "surface"), ("focus", "fond"), ("focus_choix", "choix")]


def luminance(colour: QColor) -> float:
    """Relative luminance of WCAG 2, 0 to 1."""
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: QColor, other: QColor) -> float:
    """Contrast ratio of WCAG 2, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize(("ink", "ground"), TEXT_ON)
def test_text_stands_out_4_5_to_1(name: str, ink: str, ground: str) -> None:
    worn = theme.make_theme(name)
    assert contrast(worn.colour(ink), worn.colour(ground)) >= 4.5


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize(("line", "ground"), LINE_ON)
def test_outlines_and_rings_stand_out_3_to_1(name: str, line: str, ground: str) -> None:
    worn = theme.make_theme(name)
    assert contrast(worn.colour(line), worn.colour(ground)) >= 3


@pytest.mark.parametrize("percent", theme.text_sizes())
def test_text_rows_icons_and_corners_grow_together(percent: int) -> None:
    worn = theme.make_theme("light", percent)
    for name in ("row", "icon", "radius"):
        assert worn.shape(name) == round(theme.make_theme().shape(name) * percent / 100)
    assert worn.text_px("body") == round(14 * percent / 100)


def test_a_hairline_never_vanishes() -> None:
    assert theme.make_theme().px(0.2) == 1


def test_an_open_window_follows_a_new_text_size(dressed: QApplication) -> None:
    root = QWidget()
    layout = column(root, gap=8, margins=(24, 16, 24, 16))
    box = set_size(QWidget(), width=100, height=32)
    layout.addWidget(box)
    at_text_size(200)
    assert (layout.spacing(), layout.contentsMargins().left()) == (16, 48)
    assert (box.width(), box.height()) == (200, 64)
    at_text_size(100)
    assert (layout.spacing(), box.width()) == (8, 100)


def test_what_qualifies_a_title_stays_apart_from_it_in_another_look(dressed: QApplication) -> None:
    page = Page("Entretien", detail="brouillon")
    page.resize(1000, 600)
    page.show()
    for percent in (150, 100):
        at_text_size(percent)
        dressed.processEvents()
        assert page.head.detail.x() - page.head.title.geometry().right() > theme.current().px(15), percent
    page.deleteLater()


def test_a_label_grows_with_the_text() -> None:
    label = Text("Évaluation", "page")
    before = label.sizeHint()
    at_text_size(200)
    assert label.sizeHint().height() == 2 * before.height()
    assert label.sizeHint().width() > 1.8 * before.width()


def test_the_house_font_is_the_one_drawn() -> None:
    families = theme.load_fonts()
    assert families[0] == theme.FAMILY
    assert theme.current().font().families()[0] == theme.FAMILY


@pytest.mark.parametrize("name", icon_names())
def test_every_icon_is_drawn_in_the_colour_asked_for(name: str) -> None:
    picture = QImage(40, 40, QImage.Format.Format_ARGB32)
    picture.fill(Qt.GlobalColor.white)
    painter = QPainter(picture)
    paint_icon(painter, name, QRect(0, 0, 40, 40), QColor("#9b2616"))
    painter.end()
    inked = [picture.pixelColor(x, y) for x in range(40) for y in range(40) if picture.pixelColor(x, y).red() < 200]
    assert len(inked) > 10
    assert all(colour.red() > colour.green() for colour in inked)
