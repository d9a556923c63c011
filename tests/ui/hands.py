"""What a hand does on a page in its window: finds what is shown, clicks, types, reads."""

from uuid import UUID

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QWidget

from spip_desktop.domain.place import Place
from spip_desktop.ui.page import Page
from spip_desktop.ui.text import Text
from spip_desktop.ui.window import MainWindow
from tests.ui.checks import settle
from tests.ui.typing import click, press, type_text


class Hands:
    """`page` is the page in sight; a test that goes elsewhere puts another in its place."""

    page: Page

    def __init__(self, window: MainWindow) -> None:
        self.window = window
        self.bugs: list[str] = []
        self.failures: list[str] = []

    def show(self, kind: str, id_: UUID | None, field: str = "") -> None:
        place = Place(kind, id_, field)
        self.window.show_page(self.page, place)
        self.page.open(place)
        settle()

    def shown(self, name: str) -> bool:
        settle()
        return any(one.isVisibleTo(self.page) for one in self.page.findChildren(QWidget, name))

    def find(self, name: str) -> QWidget:
        settle()
        found = [one for one in self.page.findChildren(QWidget, name) if one.isVisibleTo(self.page)]
        assert found, f"nothing shown under {name}"
        return found[-1]

    def click(self, name: str) -> None:
        click(self.find(name))
        settle()

    def type(self, name: str, text: str) -> None:
        """Type in the field of that code, after what it holds."""
        widget = self.find(f"{name}.editor")
        widget.setFocus()
        type_text(widget, text)
        settle()

    def retype(self, name: str, text: str) -> None:
        """Type in the field of that code, in place of what it holds."""
        widget = self.find(f"{name}.editor")
        widget.setFocus()
        press(widget, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        type_text(widget, text)
        settle()

    def said(self) -> str:
        """Every sentence in sight."""
        settle()
        texts = [one for one in self.page.findChildren(Text) if one.isVisibleTo(self.page)]
        return " ".join(one.text() for one in texts)

    def focused(self) -> str:
        settle()
        widget = QApplication.focusWidget()
        return widget.objectName() if widget else ""

    def put_away(self) -> None:
        """What was replaced on the page only goes when an event loop ends: none runs in a test."""
        assert self.page.flush()
        assert self.bugs == []
        self.window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
