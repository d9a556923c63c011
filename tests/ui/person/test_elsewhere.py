"""Two services on one store: what is typed is kept, the other value stands beside, and one chooses."""

from uuid import UUID

from PySide6.QtWidgets import QApplication, QWidget

from spip_desktop.domain.place import Place
from spip_desktop.services.context import Context
from spip_desktop.ui.elsewhere import contested
from spip_desktop.ui.labels import SmallText
from spip_desktop.ui.page import Page
from spip_desktop.wiring import Services, make_services
from tests.ui.checks import settle
from tests.ui.person.conftest import Open
from tests.ui.typing import click, type_text

FIELD, OTHER = "birth_place", "usual_name"


def editor(page: Page, code: str) -> QWidget:
    found = page.findChild(QWidget, f"{code}.editor")
    assert found is not None
    return found


def typed(page: Page, code: str) -> str:
    return str(editor(page, code).property("text"))


def written(services: Services, person: UUID) -> tuple[str, str]:
    value = services.persons.civil(person).person.value
    return value.birth_place, value.usual_name


def beside(page: Page, code: str) -> str:
    """What stands below a field of a value written elsewhere."""
    found = [one for one in page.findChildren(QWidget, f"{code}.other") if one.isVisible()]
    return " ".join(one.text() for other in found for one in other.findChildren(SmallText))


def write_over(open_page: Open, context: Context, loic: UUID) -> tuple[Page, Services]:
    """Typed here, and meanwhile written elsewhere: both the same field, and another one."""
    page = open_page(Place("person.situation", loic))
    elsewhere = make_services(context)
    elsewhere.access.open(loic)
    elsewhere.persons.save_fields(loic, {FIELD: "Valbrune", OTHER: "Martin"}, None)
    type_text(editor(page, FIELD), "Orsanne")
    assert page.flush()
    settle()
    return page, elsewhere


def test_the_other_value_is_shown_and_mine_is_kept(open_page: Open, context: Context, loic: UUID) -> None:
    page, elsewhere = write_over(open_page, context, loic)
    assert written(elsewhere, loic) == ("Valbrune", "Martin")  # nothing is written over
    assert typed(page, FIELD) == "Orsanne"
    assert "«\u00a0Valbrune\u00a0»" in beside(page, FIELD)
    assert typed(page, OTHER) == "Martin"  # what nobody types here is shown as it stands
    again = open_page(Place("person.situation", loic))  # left and come back, or locked: the choice still waits
    assert typed(again, FIELD) == "Orsanne"
    assert "Valbrune" in beside(again, FIELD)
    assert written(elsewhere, loic) == ("Valbrune", "Martin")


def test_mine_is_kept_when_one_says_so(open_page: Open, context: Context, loic: UUID) -> None:
    page, elsewhere = write_over(open_page, context, loic)
    click(page.findChild(QWidget, f"{FIELD}.keep"))
    settle()
    assert written(elsewhere, loic) == ("Orsanne", "Martin")
    assert not beside(page, FIELD)
    assert QApplication.focusWidget() is editor(page, FIELD)
    assert not elsewhere.desk.of("person", loic)


def test_the_other_is_taken_when_one_says_so(open_page: Open, context: Context, loic: UUID) -> None:
    page, elsewhere = write_over(open_page, context, loic)
    click(page.findChild(QWidget, f"{FIELD}.take"))
    settle()
    assert typed(page, FIELD) == "Valbrune"
    assert written(elsewhere, loic) == ("Valbrune", "Martin")
    assert not beside(page, FIELD)
    assert not elsewhere.desk.of("person", loic)


def test_different_fields_are_both_saved(open_page: Open, context: Context, loic: UUID) -> None:
    page = open_page(Place("person.situation", loic))
    elsewhere = make_services(context)
    elsewhere.access.open(loic)
    elsewhere.persons.save_fields(loic, {OTHER: "Martin"}, None)
    type_text(editor(page, FIELD), "Orsanne")
    assert page.flush()
    settle()
    assert written(elsewhere, loic) == ("Orsanne", "Martin")
    assert typed(page, OTHER) == "Martin"
    assert not beside(page, FIELD)


def test_only_what_both_changed_to_another_value_is_contested() -> None:
    before, now = {"a": "", "b": "", "c": ""}, {"a": "x", "b": "y", "c": ""}
    assert contested(before, now, {"a": "mine", "b": "y", "c": "mine"}) == {"a"}
