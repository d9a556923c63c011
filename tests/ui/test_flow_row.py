"""Words one after the other: their row takes the height of its lines, no less and no more, where it comes to rest."""

from PySide6.QtCore import QEvent, QRect
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from spip_desktop.ui.choices import RadioRow
from spip_desktop.ui.layout import column
from tests.ui.checks import settle

_OPTIONS = (("nom", "Mon nom"), ("numero", "Mon numéro d’immatriculation administrative"))


def test_a_row_that_widens_leaves_the_room_of_the_line_it_spares(qtbot: QtBot) -> None:
    """At 200 % a card kept the empty lines of a width it no longer had, or not, as its timers fell."""
    page = QWidget()
    qtbot.addWidget(page)
    lines = column(page)
    radios = RadioRow(_OPTIONS, name="signs_as")
    lines.addWidget(radios)
    page.show()
    one_line = radios.heightForWidth(2000)
    page.resize(radios.minimumSizeHint().width() + 10, one_line)
    settle()
    assert lines.minimumSize().height() > one_line  # control: its second line is counted
    page.resize(2000, lines.minimumSize().height())
    settle()
    assert lines.minimumSize().height() == one_line


class _Twice(QWidget):
    """Sizes what it holds twice each time, as a part that reaches out of its column."""

    def __init__(self, row: RadioRow, widths: tuple[int, int]) -> None:
        super().__init__()
        self.row, self.widths, self.times = row, widths, 0
        row.setParent(self)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest and self.times < 50:
            self.times += 1
            height = self.row.minimumSizeHint().height()
            for width in self.widths:
                self.row.setGeometry(QRect(0, 0, width, height))
        return super().event(event)


def test_a_row_that_is_sized_twice_each_time_comes_to_rest(qtbot: QtBot) -> None:
    for widths in ((2000, 200), (200, 2000)):
        radios = RadioRow(_OPTIONS, name="signs_as")
        holder = _Twice(radios, widths)
        qtbot.addWidget(holder)
        holder.resize(2100, 300)
        holder.show()
        radios.updateGeometry()
        for _ in range(5):
            settle()
        assert 0 < holder.times < 10, widths
