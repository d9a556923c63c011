"""Pages: what stands at their top and foot, and blocks laid on them one after the other."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from spip_desktop.documents.kit.flow import Block, Heading, Paragraph
from spip_desktop.documents.kit.look import Type
from spip_desktop.documents.kit.pen import PAGE_HEIGHT, PAGE_WIDTH, Pen
from spip_desktop.documents.kit.text import Span, Words, broken, forget

_ENDLESS = 1e6


@dataclass(frozen=True, slots=True, kw_only=True)
class Furniture:
    """What every page of a part repeats. Read aloud on its first page only; page numbers never are."""

    margin: float
    small: Type
    top: float
    above_left: str = ""
    above_right: str = ""
    foot: Sequence[tuple[Words, Type]] = ()
    before_rule: Sequence[tuple[Words, Type]] = ()
    last_left: str = ""
    last_line: float = 28.1  # from the bottom of the page to the baseline of the last line
    foot_gap: float = 3
    landscape: bool = False
    #: What the number of a page says, at the right of the last line.
    number: str = "page {page}/{pages}"

    @property
    def width(self) -> float:
        return (PAGE_HEIGHT if self.landscape else PAGE_WIDTH) - 2 * self.margin

    def foot_blocks(self) -> list[Paragraph]:
        return [Paragraph(words, type_) for words, type_ in self.foot]

    @property
    def last_at(self) -> float:
        """The baseline of the last line."""
        return (PAGE_WIDTH if self.landscape else PAGE_HEIGHT) - self.last_line

    @property
    def rule_at(self) -> float:
        tall = sum(block.height(self.width) for block in self.foot_blocks())
        return self.last_at - self.small.baseline - tall - self.foot_gap

    @property
    def bottom(self) -> float:
        """Where the blocks must stop."""
        above = sum(Paragraph(words, type_).height(self.width) for words, type_ in self.before_rule)
        return self.rule_at - above - 6

    @property
    def head_height(self) -> float:
        """Kept even when nothing stands there: a draft and the sheet it becomes break at the same places."""
        return 16.7


@dataclass(slots=True)
class _Placed:
    furniture: Furniture
    blocks: list[tuple[Block, float]] = field(default_factory=list)
    first: bool = False


class Paper:
    """A document: parts, each with its furniture, each starting on a new page; all pages stand the same way."""

    def __init__(self, title: str) -> None:
        self.title = title
        self._pages: list[_Placed] = []

    @property
    def page_count(self) -> int:
        return len(self._pages)

    def add(self, blocks: Sequence[Block], furniture: Furniture) -> int:
        """Lay the blocks on as many new pages as they need; returns how many."""
        before = len(self._pages)
        self._pages.append(_Placed(furniture, first=True))
        y = top = furniture.top + furniture.head_height
        waiting = list(blocks)
        while waiting:
            block = waiting.pop(0)
            at = y + (block.before if y > top else 0)
            needed = block.height(furniture.width) + self._company(block, waiting, furniture.width)
            if at + needed <= furniture.bottom:
                self._pages[-1].blocks.append((block, at))
                y = at + block.height(furniture.width)
                continue
            parts = block.split(furniture.width, furniture.bottom - at)
            if parts:
                self._pages[-1].blocks.append((parts[0], at))
                waiting.insert(0, parts[1])
            elif y == top:
                raise ValueError("a block taller than a page cannot be divided")
            else:
                waiting.insert(0, block)
            self._pages.append(_Placed(furniture))
            y = top
        return len(self._pages) - before

    def parts_past(self, pages: int) -> tuple[str, ...]:
        """The titles of the parts that go on after so many pages, in the order read."""
        found: dict[str, None] = {}
        title = ""
        for number, page in enumerate(self._pages, start=1):
            for block, _ in page.blocks:
                title = block.title if isinstance(block, Heading) else title
                if number > pages and title:
                    found[title] = None
        return tuple(found)

    def headings(self) -> list[tuple[int, str, int]]:
        """Every title of a part, in the order read: its level, its words, its page from 1."""
        return [
            (block.level, block.title, number)
            for number, page in enumerate(self._pages, start=1)
            for block, _ in page.blocks
            if isinstance(block, Heading)
        ]

    def _company(self, block: Block, waiting: Sequence[Block], width: float) -> float:
        """What must stand on the same page below a heading: a little of what follows."""
        if not block.keeps_next or not waiting:
            return 0
        following = waiting[0]
        if following.keeps_next:
            return following.before + following.height(width) + self._company(following, waiting[1:], width)
        return following.before + min(following.height(width), 60)

    def rendered(self, *, outline: bool = False) -> bytes:
        """The bytes: the same ones each time for the same blocks; `outline`: with its titles as bookmarks."""
        try:
            return self._drawn(self.headings() if outline else [])
        finally:
            forget()

    def _drawn(self, outline: Sequence[tuple[int, str, int]]) -> bytes:
        pen = Pen(self.title, landscape=any(page.furniture.landscape for page in self._pages))
        for number, page in enumerate(self._pages, start=1):
            if number > 1:
                pen.next_page()
            said = page.furniture.number.format(page=number, pages=len(self._pages))
            _Frame(pen, page.furniture, page.first).draw(page.blocks, said)
        return pen.finished(outline)


@dataclass(frozen=True, slots=True)
class _Frame:
    """One page being drawn."""

    pen: Pen
    furniture: Furniture
    first: bool

    def draw(self, blocks: Sequence[tuple[Block, float]], number: str) -> None:
        furniture = self.furniture
        self._small(furniture.above_left, furniture.top + furniture.small.baseline)
        self._small(furniture.above_right, furniture.top + furniture.small.baseline, at_right=True)
        for block, y in blocks:
            block.draw(self.pen, furniture.margin, y, furniture.width)
        self._paragraphs([Paragraph(*pair) for pair in furniture.before_rule], furniture.bottom + 3)
        self.pen.rule(furniture.margin, furniture.rule_at, furniture.width)
        self._paragraphs(furniture.foot_blocks(), furniture.rule_at + furniture.foot_gap)
        self._small(furniture.last_left, furniture.last_at)
        with self.pen.artifact("Pagination"):
            self._line(number, furniture.last_at, at_right=True, bold=False)

    def _paragraphs(self, blocks: Sequence[Paragraph], y: float) -> None:
        x, width = self.furniture.margin, self.furniture.width
        for block in blocks:
            if self.first:
                block.draw(self.pen, x, y, width)
            else:
                with self.pen.artifact("Pagination"):
                    block.put(self.pen, x, y, width)
            y += block.height(width)

    def _small(self, text: str, baseline: float, *, at_right: bool = False) -> None:
        if not text:
            return
        with self.pen.content("P") if self.first else self.pen.artifact("Pagination"):
            self._line(text, baseline, at_right=at_right, bold=at_right)

    def _line(self, text: str, baseline: float, *, at_right: bool, bold: bool) -> None:
        size = self.furniture.small.size
        line = broken(Span(text, bold), _ENDLESS, size)[0]
        x = self.furniture.margin
        if at_right:
            x += self.furniture.width - line.units * size / 1000
        self.pen.line(line, x, baseline, size)
