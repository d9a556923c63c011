"""A paper beside the page that writes it: the same bytes that print, drawn page by page."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from spip_desktop.ui.labels import SmallText
from spip_desktop.ui.layout import FlowRow, column
from spip_desktop.ui.page import SideColumn
from spip_desktop.ui.paper_view import PaperView
from spip_desktop.ui.tabs import Tab, Tabs

WIDTH = 476  # pixels at 100 %: palette.toml, sheet_preview


class PaperSide(SideColumn):
    """The page in view, the others named below it, and a remark; `width` in pixels at 100 %."""

    def __init__(self, title: str, remark: str = "", *, width: int = WIDTH, name: str = "sheet") -> None:
        super().__init__(title, width)
        self.paper, self.tabs = PaperView(), Tabs(name=f"{name}.tabs")
        self.remark = SmallText(remark, wrap=True)
        if not remark:
            self.remark.hide()
        holder = QWidget()
        inside = column(holder, gap=8)
        inside.addWidget(self.paper, 1)
        foot = FlowRow(gap=16)
        foot.add(self.tabs, self.remark)
        inside.addWidget(foot)
        self.column.insertWidget(0, holder, 1000)
        self.tabs.chosen.connect(lambda code: self.paper.show_page(int(code)))

    def show_paper(self, content: bytes, names: Sequence[str] = ()) -> None:
        """Show a document as it is now; a page without a name is called by its number."""
        self.paper.show_bytes(content)
        pages = self.paper.pages()
        words = [*names[:pages], *(f"Page {number}" for number in range(len(names[:pages]) + 1, pages + 1))]
        wanted = [Tab(str(number), word) for number, word in enumerate(words)]
        if wanted != self.tabs.offered():
            self.tabs.set_tabs(wanted)
        self.tabs.setVisible(pages > 1 or bool(names))
        self.paper.show_page(int(self.tabs.value() or 0))
