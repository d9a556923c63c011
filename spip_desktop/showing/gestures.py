"""What every scene of the day uses: the hand, the printer's folder, and a few gestures."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from spip_desktop.showing.hand import Hand


@dataclass(slots=True)
class Scene:
    """The hand that plays, and the folder where the printer leaves its papers."""

    hand: Hand
    papers: Path

    def printed(self) -> int:
        return len(list(self.papers.glob("*.pdf")))


def print_paper(scene: Scene, *, asked: bool = False) -> None:
    """Print on the only printer, and wait for the paper."""
    before = scene.printed()
    if not asked:
        scene.hand.press(Qt.Key.Key_P, control=True)
    scene.hand.click("printing.go")
    scene.hand.until(lambda: scene.printed() == before + 1, "rien n’est sorti de l’imprimante")


def find_person(hand: Hand, number: str) -> None:
    hand.press(Qt.Key.Key_K, control=True)
    hand.type(number)
    hand.press(Qt.Key.Key_Return)
    hand.see("rail.person.evaluation")


def fill_all(hand: Hand, texts: tuple[tuple[str, str], ...], below: str = "") -> None:
    """Fields one after the other; `below` is what their names begin with."""
    for name, text in texts:
        hand.fill(f"{below}{name}", text)


def type_in(hand: Hand, name: str, text: str) -> None:
    """Type where a text stands, without taking it out first."""
    hand.click(name)
    hand.see(name).setFocus()
    hand.type(text)


def text_of(hand: Hand, name: str) -> str:
    editor = hand.see(f"{name}.editor")
    if isinstance(editor, QPlainTextEdit):
        return editor.toPlainText()
    return editor.text() if isinstance(editor, QLineEdit) else ""


def has_focus(hand: Hand, name: str) -> bool:
    return hand.see(f"{name}.editor").hasFocus()
