"""« Personnes » and « Nouveau dossier », by key and mouse on a real store."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from spip_desktop.domain.place import Place
from spip_desktop.services.person import QuickStart
from spip_desktop.ui.page import Page
from spip_desktop.ui.persons.list_page import PersonsPage
from spip_desktop.ui.persons.start_page import StartPage
from spip_desktop.ui.text import Text
from spip_desktop.wiring import Services
from tests.ui.checks import (
    assert_every_control_is_named,
    assert_no_clipped_text,
    assert_one_filled_button,
    settle,
)
from tests.ui.person.conftest import Open
from tests.ui.typing import click, press, type_text


def child(page: Page, name: str) -> QWidget:
    found = page.findChild(QWidget, name)
    assert found is not None, name
    return found


def button(page: Page, name: str) -> QPushButton:
    found = child(page, name)
    assert isinstance(found, QPushButton)
    return found


def words(page: Page) -> str:
    """Every sentence in sight."""
    return " | ".join(text.text() for text in page.findChildren(Text) if text.isVisible())


def names(page: PersonsPage) -> list[str]:
    return [row.cells[0].text for row in page.table.records.rows]


def listing(open_page: Open) -> PersonsPage:
    page = open_page(Place("persons"))
    assert isinstance(page, PersonsPage)
    return page


def starting(open_page: Open) -> StartPage:
    page = open_page(Place("person.new"))
    assert isinstance(page, StartPage)
    return page


def fill(page: StartPage, **values: str) -> None:
    for code, text in values.items():
        type_text(page.form.field(code).editor, text)
    settle()


# -- the list ------------------------------------------------------------------------------------------------


def test_an_empty_list_says_what_to_do(open_page: Open) -> None:
    page = listing(open_page)
    assert page.empty.isVisible()
    assert not page.table.isVisible()
    assert "Créez un dossier" in words(page)


def test_tabs_filter_sort_and_open(open_page: Open, services: Services, loic: UUID, qtbot: QtBot) -> None:
    martine = services.persons.quick_start(
        QuickStart(
            birth_name="Bréaud", first_names="Martine", birth_date=date(1968, 6, 2), referral_on=date(2026, 8, 16)
        )
    )
    services.persons.assign(martine, services.context.officer_id, reason="nouveau")
    page = listing(open_page)
    assert names(page) == ["Martine BRÉAUD"]
    click(child(page, "persons.tabs.tous"))
    assert names(page) == ["Martine BRÉAUD", "Loïc PERRIN"]
    page.table.horizontalHeader().sectionClicked.emit(0)
    assert names(page) == ["Loïc PERRIN", "Martine BRÉAUD"]
    type_text(page.filter.editor, "brea")
    settle()
    assert names(page) == ["Martine BRÉAUD"]
    with qtbot.waitSignal(page.went) as asked:
        page.table.setFocus()
        press(page.table, Qt.Key.Key_Return)
    assert asked.args == [Place("person.synthese", martine)]
    click(child(page, "persons.tabs.a_affecter"))
    assert names(page) == []


def test_the_list_holds_at_every_text_size(open_page: Open, loic: UUID) -> None:
    page = listing(open_page)
    click(child(page, "persons.tabs.tous"))
    assert_no_clipped_text(page)
    assert_every_control_is_named(page)
    assert_one_filled_button(page)


# -- four fields ---------------------------------------------------------------------------------------------


def test_a_dossier_from_four_fields(open_page: Open, services: Services, qtbot: QtBot) -> None:
    page = starting(open_page)
    fill(page, birth_name="N’Diaye", first_names="Ibrahima", birth_date="12/12/00", ecrou_number="54321")
    with qtbot.waitSignal(page.went) as asked:
        click(button(page, "person.new.create"))
    assert asked.args is not None
    place = asked.args[0]
    assert place.kind == "person.situation"
    person = services.persons.civil(place.id).person.value
    assert (person.birth_name, person.birth_date) == ("N’Diaye", date(2000, 12, 12))
    assert page.form.value("birth_name") == ""
    listed = listing(open_page)
    assert names(listed) == ["Ibrahima N’DIAYE"], "« Mes dossiers » is not empty the first day"


def test_enter_in_the_last_field_creates_the_dossier(open_page: Open, qtbot: QtBot) -> None:
    page = starting(open_page)
    fill(page, birth_name="N’Diaye", first_names="Ibrahima")
    press(child(page, "first_names.editor"), Qt.Key.Key_Return)
    assert page.form.field("birth_date").problem == "À remplir."
    fill(page, birth_date="12/12/00", ecrou_number="54321")
    with qtbot.waitSignal(page.went) as asked:
        press(child(page, "ecrou_number.editor"), Qt.Key.Key_Return)
    assert asked.args is not None
    assert asked.args[0].kind == "person.situation"


def test_who_starts_a_dossier_may_leave_it_to_assign(open_page: Open, services: Services, qtbot: QtBot) -> None:
    page = starting(open_page)
    assert "Je suis la référente de ce dossier" in [box.text() for box in page.findChildren(QCheckBox)]
    fill(page, birth_name="N’Diaye", first_names="Ibrahima", birth_date="12/12/00", ecrou_number="54321")
    click(child(page, "follow.moi"))
    with qtbot.waitSignal(page.went) as asked:
        click(button(page, "person.new.create"))
    assert asked.args is not None
    assert services.persons.assignments(asked.args[0].id) == []
    assert page.form.value("follow") == ("moi",)


def test_where_a_dpip_assigns_nobody_takes_the_dossier_they_start(open_page: Open, services: Services) -> None:
    services.context.actor = replace(services.context.actor, store_has_dpip=True)
    assert "follow" not in starting(open_page).form.fields


def test_from_a_referral(open_page: Open, services: Services, qtbot: QtBot) -> None:
    page = starting(open_page)
    fill(page, birth_name="Bréaud", first_names="Martine", birth_date="020668")
    click(child(page, "basis.saisine"))
    assert page.form.field("referral_on").isVisible()
    assert not page.form.field("ecrou_number").isVisible()
    fill(page, referral_on="16/8/26")
    with qtbot.waitSignal(page.went) as asked:
        click(button(page, "person.new.create"))
    assert asked.args is not None
    (basis,) = services.situation.penal(asked.args[0].id).bases
    assert basis.value.received_on == date(2026, 8, 16)


def test_what_is_missing_is_said_beside_its_field(open_page: Open) -> None:
    page = starting(open_page)
    fill(page, birth_name="Bréaud", birth_date="30/11/2026")
    click(button(page, "person.new.create"))
    assert page.form.field("first_names").problem == "À remplir."
    assert "futur" in page.form.field("birth_date").problem
    assert "écrou" in page.form.field("ecrou_number").problem


def test_a_similar_person_asks_why_before_a_second_dossier(
    open_page: Open, services: Services, loic: UUID, qtbot: QtBot
) -> None:
    page = starting(open_page)
    fill(page, birth_name="PERRIN", first_names="Loic", birth_date="14/3/04", ecrou_number="99999")
    assert page.similar.isVisible()
    assert "Même nom, même date de naissance" in words(page)
    click(button(page, "person.new.create"))
    assert "écrivez pourquoi" in page.similar.form.field("duplicate_reason").problem
    with qtbot.waitSignal(page.went) as asked:
        click(child(page, "similar.list.1"))
    assert asked.args == [Place("person.synthese", loic)]
    page.similar.form.set_values({"duplicate_reason": "homonyme"})
    with qtbot.waitSignal(page.went) as asked:
        click(button(page, "person.new.create"))
    assert asked.args is not None
    person = services.persons.civil(asked.args[0].id).person.value
    assert person.duplicate_reason == "Homonyme\u00a0: état civil vérifié"


def test_what_is_half_typed_is_there_again(open_page: Open) -> None:
    page = starting(open_page)
    fill(page, birth_name="N’Di", birth_date="29/02/20")
    assert page.flush()
    again = starting(open_page)
    assert again.form.field("birth_name").raw_text() == "N’Di"
    assert again.form.field("birth_date").raw_text() == "29/02/20"


def test_the_start_holds_at_every_text_size(open_page: Open, loic: UUID) -> None:
    page = starting(open_page)
    fill(page, birth_name="Perrin", first_names="Loïc", birth_date="14/3/04", ecrou_number="1")
    settle()
    assert_no_clipped_text(page)
    assert_every_control_is_named(page)
    assert_one_filled_button(page)
