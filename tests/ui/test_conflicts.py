"""« Conflits »: base, here, elsewhere; nothing is chosen beforehand; what is settled leaves the page."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from pytestqt.qtbot import QtBot

from spip_desktop.domain.place import Place
from spip_desktop.ui.choices import Radio
from spip_desktop.ui.conflicts.page import ConflictSection, ConflictsPage
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.text import Text
from tests.exchanging import RealStation
from tests.services.test_transfer import change, person, start
from tests.store_fixtures import MovableClock
from tests.ui.checks import assert_every_control_is_named, assert_no_clipped_text
from tests.ui.typing import click


@pytest.fixture
def two(tmp_path: Path, moving: MovableClock) -> Iterator[tuple[RealStation, RealStation]]:
    made = RealStation(tmp_path / "one", 1, moving), RealStation(tmp_path / "two", 2, moving)
    yield made
    for station in made:
        station.store.close()


@pytest.fixture
def disputed(two: tuple[RealStation, RealStation]) -> UUID:
    one, other = two
    id_ = start(one)
    one.bring(other)
    change(one, id_, mobility="À vélo, jusqu’à 5 km, sauf quand il pleut", phone="06 00 00 00 01")
    change(other, id_, mobility="Bus 12", first_names="Loïc, Jean")
    one.bring(other)
    return id_


@pytest.fixture
def page(two: tuple[RealStation, RealStation], disputed: UUID, qtbot: QtBot) -> ConflictsPage:
    made = ConflictsPage(two[1].services, Guard(lambda line: None))
    qtbot.addWidget(made)
    made.resize(1040, 720)
    made.show()
    made.open(Place("transfers.conflicts"))
    return made


def _section(page: ConflictsPage) -> ConflictSection:
    found = page.findChild(ConflictSection)
    assert isinstance(found, ConflictSection)
    return found


def test_the_three_values_are_there_and_nothing_is_chosen(page: ConflictsPage) -> None:
    said = {one.text() for one in page.findChildren(Text) if one.isVisibleTo(page)}
    assert {"Loïc PERRIN – Identité", "Mobilité", "Bus 12", "À vélo, jusqu’à 5 km, sauf quand il pleut"} <= said
    assert {"Avant", "Rien"} <= said
    assert [one for one in page.findChildren(Radio) if one.isChecked()] == []
    assert page.focusWidget() is page.findChildren(Radio)[0]


def test_settling_without_a_choice_says_what_lacks(page: ConflictsPage) -> None:
    click(_section(page).button)
    assert _section(page).fields[0].problem.text() == "Choisissez ce qui reste pour chaque rubrique."


def test_what_is_settled_leaves_the_page(
    page: ConflictsPage, two: tuple[RealStation, RealStation], disputed: UUID
) -> None:
    section = _section(page)
    click(section.fields[0].choice.buttons()[2])
    click(section.button)
    kept = person(two[1], disputed).mobility
    assert kept.startswith("Bus 12\n\n— Texte de Claire Vasseur")
    assert page.empty.isVisibleTo(page)
    assert page.notice.sentence.text() == "Identité\u00a0: c’est réglé."


def test_nothing_is_clipped_and_every_control_has_its_name(page: ConflictsPage) -> None:
    assert_every_control_is_named(page)
    assert_no_clipped_text(page)
