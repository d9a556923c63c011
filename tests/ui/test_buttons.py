"""A button in focus is pressed by Enter as by the space bar."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from spip_desktop.ui.buttons import Button, LinkButton, PrimaryButton, QuietButton
from tests.ui.conftest import Show
from tests.ui.typing import press

KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


@pytest.mark.parametrize("kind", [Button, PrimaryButton, QuietButton, LinkButton])
def test_enter_and_space_press_it_once(kind: type[QPushButton], show: Show) -> None:
    button = kind("Nouvelle fiche")
    show(button)
    pressed: list[bool] = []
    button.clicked.connect(lambda: pressed.append(True))
    for count, key in enumerate(KEYS, 1):
        press(button, key)
        assert len(pressed) == count
    button.setEnabled(False)
    press(button, Qt.Key.Key_Return)
    assert len(pressed) == len(KEYS), "one that rests is not pressed"


def test_enter_on_one_that_stays_on_is_left_to_its_page(show: Show) -> None:
    button = Button("Choix")
    button.setCheckable(True)
    show(button)
    press(button, Qt.Key.Key_Return)
    assert not button.isChecked()
    press(button, Qt.Key.Key_Space)
    assert button.isChecked(), "the control"
