"""« Doublons possibles »: two dossiers side by side, merged or kept apart with the keyboard alone, taken back."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from spip_desktop.domain.place import Place
from spip_desktop.services.person import QuickStart
from spip_desktop.ui.duplicates.page import DuplicatesPage, PairSection
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.text import Text
from spip_desktop.wiring import Services
from tests.store_fixtures import MovableClock
from tests.ui.checks import assert_every_control_is_named, assert_no_clipped_text, at_text_size, settle
from tests.ui.typing import click, press


@pytest.fixture
def page(services: Services, moving: MovableClock, qtbot: QtBot) -> DuplicatesPage:
    """Two dossiers of one man: an apostrophe, day and month swapped, a means of transport in each."""
    for name, born, number, mobility in (
        ("Nguyen", date(1991, 4, 7), "101", "Bus 12"),
        ("N'Guyen", date(1991, 7, 4), "202", "À vélo, jusqu’à 5 km"),
    ):
        begun = QuickStart(birth_name=name, first_names="Minh", birth_date=born, ecrou_number=number)
        id_ = services.persons.quick_start(begun, "Homonyme : état civil vérifié")
        services.persons.save_fields(id_, {"mobility": mobility})
        moving.move(seconds=1)
    made = DuplicatesPage(services, Guard(lambda line: None))
    qtbot.addWidget(made)
    made.resize(1040, 720)
    made.show()
    made.open(Place("persons.duplicates"))
    return made


def _opened(page: DuplicatesPage) -> PairSection:
    press(page.table, Qt.Key.Key_Return)
    settle()
    section = page.pair_opened()
    assert section is not None
    return section


def _states(services: Services) -> list[str]:
    return [one.state.value for one in services.duplicates.all()]


def test_the_list_says_who_and_why_and_enter_opens_the_pair(page: DuplicatesPage) -> None:
    model = page.table.model()
    said = [str(model.data(model.index(0, column))) for column in range(4)]
    assert said[0].startswith("Minh NGUYEN")
    assert said[1].startswith("Minh N'GUYEN")
    assert said[2:] == ["Même nom, jour et mois de naissance inversés", "À décider"]
    section = _opened(page)
    texts = {one.text() for one in section.findChildren(Text) if one.isVisibleTo(page)}
    assert {"Nom de naissance", "Date de naissance", "Mobilité", "Bus 12", "À vélo, jusqu’à 5 km"} <= texts
    assert {"Nguyen", "N'Guyen", "07/04/1991", "04/07/1991"} <= texts
    assert page.focusWidget() is section.fields[0].choice.buttons()[0], "the first choice to make"


def test_a_pair_is_merged_by_the_keyboard_alone_and_taken_apart(page: DuplicatesPage, services: Services) -> None:
    section = _opened(page)
    for field in section.fields:
        field.setFocus()
        press(page.focusWidget(), Qt.Key.Key_Space)
    section.merge.setFocus()
    press(page.focusWidget(), Qt.Key.Key_Space)
    assert _states(services) == ["fusionnes"]
    assert page.notice.sentence.text() == "Les deux dossiers sont réunis."
    assert page.focusWidget() is page.table
    page.undo()
    assert _states(services) == ["propose"]
    assert page.notice.sentence.text() == "Les deux dossiers sont séparés de nouveau."


def test_merging_without_a_choice_says_what_lacks_and_goes_there(page: DuplicatesPage, services: Services) -> None:
    section = _opened(page)
    click(section.fields[0].choice.buttons()[0])
    click(section.merge)
    assert [one.problem.text() for one in section.fields] == [
        "",
        "Choisissez ce qui reste.",
        "Choisissez ce qui reste.",
    ]
    assert page.focusWidget() is section.fields[1].choice.buttons()[0]
    assert _states(services) == ["propose"]


def test_a_merge_is_taken_apart_later_from_its_line(page: DuplicatesPage, services: Services) -> None:
    section = _opened(page)
    for field in section.fields:
        click(field.choice.buttons()[1])
    click(section.merge)
    decided = _opened(page)
    assert decided.fields == []
    assert not decided.merge.isVisibleTo(page)
    assert decided.back.text() == "Défaire la réunion"
    assert page.focusWidget() is decided.back
    press(decided.back, Qt.Key.Key_Space)
    assert _states(services) == ["propose"]


def test_two_persons_are_kept_apart_and_may_be_proposed_again(page: DuplicatesPage, services: Services) -> None:
    press(_opened(page).apart, Qt.Key.Key_Space)
    assert _states(services) == ["distinctes"]
    section = _opened(page)
    assert section.back.text() == "Proposer de nouveau"
    click(section.back)
    assert _states(services) == ["propose"]


def test_both_dossiers_can_be_opened_from_the_pair(page: DuplicatesPage, qtbot: QtBot) -> None:
    section = _opened(page)
    with qtbot.waitSignal(page.went) as went:
        click(section.second_link)
    assert went.args == [Place("person.synthese", section.pair.other.id)]


def test_without_a_pair_the_page_says_when_there_will_be_one(services: Services, qtbot: QtBot) -> None:
    made = DuplicatesPage(services, Guard(lambda line: None))
    qtbot.addWidget(made)
    made.show()
    made.open(Place("persons.duplicates"))
    assert made.empty.isVisibleTo(made)
    assert not made.table.isVisibleTo(made)


@pytest.mark.parametrize("percent", [100, 200])
def test_nothing_is_clipped_and_every_control_has_its_name(page: DuplicatesPage, percent: int) -> None:
    at_text_size(percent)
    _opened(page)
    settle()
    assert_every_control_is_named(page)
    assert_no_clipped_text(page)
