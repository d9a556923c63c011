"""Sizes on paper, read from the one palette file (points; margins in millimetres there, points here)."""

import tomllib
from dataclasses import dataclass
from functools import cache

from spip_desktop.paths import resource

MM = 72 / 25.4
HAIRLINE = 0.75
STRONG = 1.5


@dataclass(frozen=True, slots=True)
class Type:
    """A size and its line height, in points."""

    size: float
    leading: float

    @property
    def baseline(self) -> float:
        """From the top of a line to its baseline: capitals stand in the middle of the line."""
        return (self.leading + 0.7 * self.size) / 2


@dataclass(frozen=True, slots=True)
class Paper:
    """The types of paper documents."""

    sheet: Type
    head: Type
    title: Type
    foot: Type
    person: Type
    person_head: Type
    person_title: Type
    cell: Type
    sheet_margin: float
    person_margin: float


@cache
def paper() -> Paper:
    palette = tomllib.loads(resource("theme", "palette.toml").read_text(encoding="utf-8"))
    sizes = palette["type"]["paper"]
    line = sizes["sheet_line_pt"]
    return Paper(
        sheet=Type(sizes["sheet_pt"], line),
        head=Type(sizes["sheet_head_pt"], line),
        title=Type(sizes["title_pt"], 18),
        foot=Type(sizes["foot_pt"], line),
        person=Type(sizes["person_pt"], sizes["person_line_pt"]),
        person_head=Type(palette["type"]["section_pt"], 17.25),
        person_title=Type(19.5, 24),
        cell=Type(10, 14.25),
        sheet_margin=sizes["margin_mm"] * MM,
        person_margin=17 * MM,
    )
