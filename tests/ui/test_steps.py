"""Steps: where one is, in words; the list is walked by the arrows."""

import pytest
from PySide6.QtCore import Qt

from spip_desktop.ui.steps import ListedStep, StepList, StepRow
from tests.ui.checks import assert_every_control_is_named, settle
from tests.ui.conftest import Show
from tests.ui.typing import click, press

STEPS = (
    ListedStep("welcome", "Accueil", "Exploré", "check-circle"),
    ListedStep("work", "Formation et emploi", "Partiel", "half-circle"),
    ListedStep("use", "Consommations", "Non exploré", "dashed-circle"),
)


@pytest.fixture
def steps(show: Show) -> StepList:
    made = StepList(name="steps", label="Étapes")
    made.set_steps(STEPS, "work")
    show(made)
    return made


def test_arrows_move_and_enter_goes_there(steps: StepList) -> None:
    chosen: list[str] = []
    steps.chosen.connect(chosen.append)
    first = steps._buttons[0]
    first.setFocus()
    press(first, Qt.Key.Key_Down)
    press(steps._buttons[1], Qt.Key.Key_Down)
    press(steps._buttons[2], Qt.Key.Key_Return)
    click(steps._buttons[0])
    assert chosen == ["use", "welcome"]
    assert [one.isChecked() for one in steps._buttons] == [True, False, False]


def test_the_focus_stays_in_the_list_when_states_change(steps: StepList) -> None:
    steps._buttons[1].setFocus()
    steps.set_steps(STEPS, "use")
    settle()
    assert steps._buttons[2].hasFocus()


def test_a_step_is_read_with_its_state(steps: StepList) -> None:
    assert_every_control_is_named(steps)
    assert steps._buttons[1].accessibleName() == "Formation et emploi, Partiel"


def test_the_course_says_which_step_is_the_current_one(show: Show) -> None:
    row = StepRow(("Brouillon", "Soumis à la personne"), 1)
    show(row)
    assert row.grab().toImage() != StepRow(("Brouillon", "Soumis à la personne"), 0).grab().toImage()
