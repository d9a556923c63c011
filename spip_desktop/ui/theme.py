"""Colours, type and sizes of the screen, all from resources/theme/palette.toml, at one text scale."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from PySide6.QtCore import QLocale
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetrics, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from spip_desktop.paths import resource
from spip_desktop.ui.layout import rescale
from spip_desktop.ui.stylesheet import stylesheet

THEMES = {"light": "Clair", "dark": "Sombre", "high_contrast": "Contraste élevé"}
FAMILY = "Atkinson Hyperlegible"
STYLE = "fusion"

# role → (size in palette [type], bold, line height in palette [type])
ROLES = {
    "body": ("body_pt", False, "body_line"),
    "bold": ("body_pt", True, "body_line"),
    "small": ("small_pt", False, "small_line"),
    "small_bold": ("small_pt", True, "small_line"),
    "note": ("body_pt", False, "note_line"),
    "section": ("section_pt", True, "section_line"),
    "question": ("section_pt", False, "section_line"),
    "page": ("page_pt", True, "page_line"),
}


@dataclass(frozen=True, slots=True)
class Theme:
    """One of the three sets of colours at one text size (percent, 100 to 200)."""

    name: str
    percent: int
    colours: Mapping[str, str]
    sizes: Mapping[str, Any]
    families: tuple[str, ...] = (FAMILY,)

    def px(self, pixels: float) -> int:
        """Pixels at 100 % turned into pixels at this text size; a line never vanishes."""
        return max(1, round(pixels * self.percent / 100)) if pixels else 0

    def colour(self, name: str) -> QColor:
        """A colour by its name in the palette: texte, accent, filet, alerte…"""
        return QColor(self.colours[name])

    def shape(self, name: str) -> int:
        """A measure of [shape] or [frame], in pixels at this text size."""
        return self.px(self.sizes["shape"].get(name) or self.sizes["frame"][name])

    def text_px(self, role: str) -> int:
        """Height of the letters of a role, in pixels (points at 96 dots an inch)."""
        return max(1, round(float(self.sizes["type"][ROLES[role][0]]) * 96 / 72 * self.percent / 100))

    def line(self, role: str) -> int:
        """Height of one line of text of that role, in pixels."""
        return self.px(self.sizes["type"][ROLES[role][2]])

    def font(self, role: str = "body") -> QFont:
        """The font of a role: body, bold, small, small_bold, note, section, question, page."""
        return QFont(_font(self.families, self.text_px(role), ROLES[role][1]))

    def chars(self, count: float) -> int:
        """Width of that many average characters of body text, in pixels."""
        return round(QFontMetrics(self.font()).averageCharWidth() * count)

    def with_percent(self, percent: int) -> "Theme":
        return replace(self, percent=percent)


@lru_cache
def _font(families: tuple[str, ...], pixels: int, bold: bool) -> QFont:
    font = QFont()
    font.setFamilies(list(families))
    font.setPixelSize(pixels)
    font.setBold(bold)
    return font


@lru_cache
def palette_file(path: Path | None = None) -> dict[str, Any]:
    """The palette file, read once."""
    return tomllib.loads((path or resource("theme", "palette.toml")).read_text("utf-8"))


def text_sizes() -> tuple[int, ...]:
    """The text sizes offered, in percent."""
    return tuple(palette_file()["scale"]["text_percent"])


def make_theme(name: str = "light", percent: int = 100) -> Theme:
    """The theme `light`, `dark` or `high_contrast` at a text size in percent."""
    data = palette_file()
    sizes = {"type": data["type"], "shape": data["shape"], "frame": data["frame"], "space": data["space"]}
    families = load_fonts() if QGuiApplication.instance() else (FAMILY,)
    return Theme(name, percent, data[name], sizes, families)


@lru_cache
def load_fonts() -> tuple[str, ...]:
    """Load the house font and its wide-Latin fallback, and return their families in order."""
    package = find_spec("fontpkg_atkinson_hyperlegible")
    home = Path(package.origin).parent if package and package.origin else resource("theme", "fonts")
    folders = [home / "files", resource("theme", "fonts")]
    families = [FAMILY]
    for folder in folders:
        for file in sorted(folder.glob("*.?tf")):
            if "Italic" in file.name:
                continue  # no page uses them
            number = QFontDatabase.addApplicationFont(str(file))
            families += [name for name in QFontDatabase.applicationFontFamilies(number) if name not in families]
    return tuple(families)


def current() -> Theme:
    """The theme the application wears now; the light one before `apply` was called."""
    return _Worn.theme or make_theme()


class _Worn:
    """The theme applied last; asked for thousands of times a page, so not kept as a property of Qt."""

    theme: Theme | None = None


def apply(app: QApplication, theme: Theme) -> None:
    """Dress the whole application, every open window included, at once."""
    _Worn.theme = theme
    QLocale.setDefault(QLocale("fr_FR"))
    if app.property("style") != STYLE:  # not asked of app.style(), which costs 9 ms of classes made
        app.setStyle(QStyleFactory.create(STYLE))
        app.setProperty("style", STYLE)
    app.setPalette(_palette(theme))
    app.setFont(theme.font())
    app.setStyleSheet(stylesheet(theme))
    for window in app.topLevelWidgets():
        rescale(window, theme.px)


def _palette(theme: Theme) -> QPalette:
    roles = {
        QPalette.ColorRole.Window: "surface",
        QPalette.ColorRole.WindowText: "texte",
        QPalette.ColorRole.Base: "surface",
        QPalette.ColorRole.AlternateBase: "surface_2",
        QPalette.ColorRole.Text: "texte",
        QPalette.ColorRole.PlaceholderText: "texte_2",
        QPalette.ColorRole.Button: "surface",
        QPalette.ColorRole.ButtonText: "texte",
        QPalette.ColorRole.ToolTipBase: "surface",
        QPalette.ColorRole.ToolTipText: "texte",
        QPalette.ColorRole.Highlight: "accent",
        QPalette.ColorRole.HighlightedText: "sur_accent",
        QPalette.ColorRole.Link: "accent",
        QPalette.ColorRole.Mid: "bord",
        QPalette.ColorRole.Dark: "bord",
        QPalette.ColorRole.Light: "surface_2",
    }
    palette = QPalette()
    for role, name in roles.items():
        palette.setColor(role, theme.colour(name))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, theme.colour("inactif"))
    return palette
