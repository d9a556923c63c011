"""What stays on the front of a sheet and what goes to its annex: never cut, never smaller."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from spip_desktop.documents.kit.look import paper
from spip_desktop.documents.kit.pen import PAGE_WIDTH
from spip_desktop.documents.kit.text import Span, broken
from spip_desktop.domain.sheet import SheetBlock, SheetContent, SheetField

_WHOLE, _BEGUN, _AWAY = 0, 1, 2
_GAP = 21.0
_Key = tuple[int, str, int]


@dataclass(frozen=True, slots=True)
class AnnexEntry:
    """One field in full, under the number that the front refers to."""

    number: int
    title: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Arrangement:
    """The blocks as the front prints them, and what the annex holds."""

    blocks: tuple[SheetBlock, ...]
    annex: tuple[AnnexEntry, ...] = ()


def arranged(content: SheetContent, fits: Callable[[Arrangement], bool]) -> Arrangement:
    """The fullest front that fits: the field with the most lines leaves first, keeping its first line if it can."""
    levels: dict[_Key, int] = {}
    lines = {key: _lines(content, key) for key in _keys(content)}
    while True:
        found = _arrangement(content, levels)
        if fits(found):
            return found
        tall = max(lines, key=lambda key: _gain(lines[key], levels.get(key, _WHOLE)), default=None)
        if tall is None or _gain(lines[tall], levels.get(tall, _WHOLE)) <= 0:
            raise ValueError("the sheet's fixed parts do not leave room for its fields")
        begun = lines[tall] > 2 and levels.get(tall, _WHOLE) == _WHOLE
        levels[tall] = _BEGUN if begun else _AWAY


def _keys(content: SheetContent) -> Iterator[_Key]:
    for place, block in enumerate(content.blocks):
        for side in ("left", "right", "sentences"):
            for index in range(len(getattr(block, side))):
                yield place, side, index


def _field(content: SheetContent, key: _Key) -> SheetField:
    place, side, index = key
    found: SheetField = getattr(content.blocks[place], side)[index]
    return found


def _gain(lines: int, level: int) -> int:
    """The lines that would be freed by the next step of a field that takes `lines` when whole."""
    now = {_WHOLE: lines, _BEGUN: 2, _AWAY: 1}[level]
    return now - (2 if level == _WHOLE and lines > 2 else 1)


def _room(content: SheetContent, key: _Key) -> float:
    """The width of the field's values on the front, in points."""
    place, side, _ = key
    width = PAGE_WIDTH - 2 * paper().sheet_margin
    half = (width - _GAP) / 2
    if side == "sentences":
        return half if content.blocks[place].half else width
    return half - (102 if side == "left" else 117)


def _lines(content: SheetContent, key: _Key) -> int:
    """How many lines the field takes when it is printed whole."""
    one, size = _field(content, key), paper().sheet.size
    room = _room(content, key)
    if key[1] == "sentences":
        return len(broken(one.sentence.strip(), room, size))
    values = sum(len(broken(Span(value, bold=True), room, size)) for value in one.values)
    return values + (len(broken(one.note, room, size)) if one.note else 0)


def _arrangement(content: SheetContent, levels: dict[_Key, int]) -> Arrangement:
    annex: list[AnnexEntry] = []
    blocks = []
    for place, block in enumerate(content.blocks):
        sides = {}
        for side in ("left", "right", "sentences"):
            shown = []
            for index, one in enumerate(getattr(block, side)):
                key = (place, side, index)
                if level := levels.get(key, _WHOLE):
                    annex.append(_entry(len(annex) + 1, block, one))
                    one = _shortened(content, key, level, len(annex))
                shown.append(one)
            sides[side] = tuple(shown)
        blocks.append(replace(block, left=sides["left"], right=sides["right"], sentences=sides["sentences"]))
    return Arrangement(tuple(blocks), tuple(annex))


def _entry(number: int, block: SheetBlock, one: SheetField) -> AnnexEntry:
    title = block.title if not one.label or one.label == block.title else f"{block.title}\u00a0: {one.label}"
    return AnnexEntry(number, title, (*one.values, *([one.note] if one.note else [])))


def _shortened(content: SheetContent, key: _Key, level: int, number: int) -> SheetField:
    one = _field(content, key)
    if level == _AWAY:
        return replace(one, values=(), note=f"en annexe, n°\u00a0{number}")
    bold = key[1] != "sentences"
    if bold:
        start = broken(Span(one.values[0], bold), _room(content, key), paper().sheet.size)[0].text
    else:
        before = one.sentence.index(one.values[0])
        start = broken(one.sentence, _room(content, key), paper().sheet.size)[0].text[before:] + "\n"
    return replace(one, values=(start,), note=f"suite en annexe, n°\u00a0{number}")
