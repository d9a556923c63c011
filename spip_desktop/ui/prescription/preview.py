"""The sheet as the partner will read it, beside the form: the same bytes that print, drawn page by page."""

from spip_desktop.ui.paper_side import WIDTH, PaperSide


class PreviewSide(PaperSide):
    """The page in view, « Recto » and « Verso » below it."""

    def __init__(self) -> None:
        super().__init__("Ce que lira le partenaire", "Le partenaire lira exactement ceci.")

    def show_bytes(self, content: bytes, *, has_back: bool) -> None:
        """Show the sheet as it is now; what goes beyond its sides is an annex."""
        sides = ["Recto", "Verso"] if has_back else ["Recto"]
        self.show_paper(content, [*sides, *(f"Annexe {number}" for number in range(1, 10))])


__all__ = ["WIDTH", "PreviewSide"]
