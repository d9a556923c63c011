"""A text with what changed in it: what went barred, what came underlined."""

from collections.abc import Sequence

from PySide6.QtGui import QTextCharFormat

from spip_desktop.domain.text_diff import Op, Piece
from spip_desktop.ui import theme
from spip_desktop.ui.positions import to_units
from spip_desktop.ui.text import Look, Text
from spip_desktop.wording.evaluation_changes import pieces_words


class ChangedText(Text):
    """A text with what went barred and what came underlined; read aloud with both said."""

    def __init__(self, pieces: Sequence[Piece], *, discreet: bool = False) -> None:
        pieces = _apart(pieces)
        super().__init__("".join(one.text for one in pieces).rstrip(), "body", wrap=True, discreet=discreet)
        self.pieces = tuple(pieces)
        self.setAccessibleName(pieces_words(pieces))

    def looks(self) -> Sequence[Look]:
        found, at, worn = [], 0, theme.current()
        whole = "".join(one.text for one in self.pieces)
        for one in self.pieces:
            start, at = at, at + len(one.text)
            if one.op is Op.KEPT:
                continue
            look = QTextCharFormat()
            if one.op is Op.GONE:
                look.setFontStrikeOut(True)
                look.setForeground(worn.colour("texte_2"))
            else:
                look.setFontUnderline(True)
                look.setForeground(worn.colour("sur_choix"))
                look.setBackground(worn.colour("choix"))
            first = to_units(whole, start)
            found.append((first, to_units(whole, at) - first, look))
        return found


def _apart(pieces: Sequence[Piece]) -> list[Piece]:
    """A space between what went and what came in its place, where the words would touch."""
    found: list[Piece] = []
    for one in pieces:
        if found and found[-1].op is Op.GONE and one.op is Op.NEW and not found[-1].text[-1:].isspace():
            found.append(Piece(Op.KEPT, " "))
        found.append(one)
    return found
