"""The sheet as the partner will read it, beside the form: the same bytes that print, drawn page by page."""

from PySide6.QtWidgets import QWidget

from spip_desktop.ui.labels import SmallText
from spip_desktop.ui.layout import FlowRow, column
from spip_desktop.ui.page import SideColumn
from spip_desktop.ui.paper_view import PaperView
from spip_desktop.ui.tabs import Tab, Tabs

WIDTH = 476  # pixels at 100 %: palette.toml, sheet_preview


class PreviewSide(SideColumn):
    """The page in view, « Recto » and « Verso » below it."""

    def __init__(self) -> None:
        super().__init__("Ce que lira le partenaire", WIDTH)
        self.paper, self.tabs = PaperView(), Tabs(name="sheet.tabs")
        self.remark = SmallText("Le partenaire lira exactement ceci.", wrap=True)
        holder = QWidget()
        inside = column(holder, gap=8)
        inside.addWidget(self.paper, 1)
        foot = FlowRow(gap=16)
        foot.add(self.tabs, self.remark)
        inside.addWidget(foot)
        self.column.insertWidget(0, holder, 1000)
        self.tabs.chosen.connect(lambda code: self.paper.show_page(int(code)))

    def show_bytes(self, content: bytes, *, has_back: bool) -> None:
        """Show the sheet as it is now."""
        self.paper.show_bytes(content)
        words = (["Recto", "Verso"] if has_back else ["Recto"])[: self.paper.pages()]
        words += [f"Annexe {number}" for number in range(1, self.paper.pages() - len(words) + 1)]
        wanted = [Tab(str(number), word) for number, word in enumerate(words)]
        if wanted != self.tabs.offered():
            self.tabs.set_tabs(wanted)
        self.paper.show_page(int(self.tabs.value() or 0))
