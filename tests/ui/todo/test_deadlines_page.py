"""« Échéances » in the settings, and what a date of a measure would move."""

from datetime import date
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from spip_desktop.services.context import Context
from spip_desktop.ui.deadlines.page import DeadlinesPage
from spip_desktop.ui.fields import Field
from spip_desktop.ui.foreseen import Foreseen
from spip_desktop.ui.line_section import LineItem
from spip_desktop.ui.person.situation import SituationPage
from spip_desktop.wiring import Services, make_services
from tests.ui.checks import (
    assert_every_control_is_named,
    assert_no_clipped_text,
    assert_one_filled_button,
    settle,
)
from tests.ui.todo.conftest import Open
from tests.ui.typing import click, press, type_text


def _page(open_page: Open, context: Context) -> DeadlinesPage:
    page = open_page("deadlines", by=make_services(context))
    assert isinstance(page, DeadlinesPage)
    return page


def test_every_rule_says_where_it_comes_from(open_page: Open, dpip_context: Context) -> None:
    page = _page(open_page, dpip_context)
    rows = {str(row.key): row.cells for row in page.table.records.rows}
    assert rows["E01"][2].second == "code pénitentiaire, art. D. 113-44\ntexte lu le 22/11/2026"
    assert rows["E15"][2].second.endswith("à vérifier, état au 22/11/2026")
    assert rows["E30"][2].second == "état au 22/11/2026"
    assert rows["E02"][1].second == "1\u00a0mois avant"
    assert (rows["E20"][3].text, rows["E20"][3].second) == ("Éteinte", "comme fournie")


def test_the_page_is_made_as_the_house_asks(open_page: Open, dpip_context: Context) -> None:
    page = _page(open_page, dpip_context)
    assert_no_clipped_text(page)
    assert_every_control_is_named(page)
    assert_one_filled_button(page)


def test_the_calendar_of_a_territory_says_its_own_days(open_page: Open, dpip_context: Context) -> None:
    page = _page(open_page, dpip_context)
    assert page.days.text() == "Les onze jours fériés du code du travail, sans autre jour."
    _choose(page, "la_reunion")
    assert page.days.text().endswith("et\u00a0: Abolition de l’esclavage (dim. 20/12/2026).")
    _choose(page, "alsace_moselle")
    assert "Second jour de Noël (sam. 26/12/2026), Vendredi saint (ven. 26/03/2027)." in page.days.text()
    assert "où se trouve un temple protestant" in page.days.text()


def test_without_a_choice_the_calendar_that_counts_comes_back(open_page: Open, dpip_context: Context) -> None:
    page, saved = _page(open_page, dpip_context), list[object]()
    _choose(page, "la_reunion")
    page.saved.connect(saved.append)
    _choose(page, "")
    assert page.territory.value() == "la_reunion"
    assert saved == [], "nothing was written"


def _choose(page: DeadlinesPage, code: str) -> None:
    page.territory.set_value(code)
    page.territory.edited.emit("territory")
    settle()


def test_the_effect_is_looked_at_then_applied(
    open_page: Open, dpip_context: Context, martine: UUID, qtbot: QtBot
) -> None:
    page = _page(open_page, dpip_context)
    keys = [str(row.key) for row in page.table.records.rows]
    page.table.setCurrentIndex(page.table.records.index(keys.index("E32"), 1))
    settle()
    click(page.change)
    assert page.panel is not None
    page.panel.form.field("in_use").set_value("non")
    click(page.panel.look)
    qtbot.waitUntil(lambda: not page.tasks.busy())
    settle()
    assert page.panel.effect.text() == "1\u00a0ligne part\u00a0; 1\u00a0personne concernée."
    click(page.panel.apply)
    settle()
    assert page.panel is None
    cells = page.table.records.rows[keys.index("E32")].cells
    assert (cells[3].text, cells[3].second) == ("Éteinte", "depuis le 22/11/2026")


def test_a_delay_that_is_no_number_changes_nothing(open_page: Open, dpip_context: Context, services: Services) -> None:
    page = _page(open_page, dpip_context)
    keys = [str(row.key) for row in page.table.records.rows]
    page.table.setCurrentIndex(page.table.records.index(keys.index("E32"), 1))
    settle()
    press(page.table, Qt.Key.Key_Return)
    settle()
    assert page.panel is not None
    count = page.panel.form.field("count")
    for typed in ("abc", "0", "-3", "366", "2,5", ""):
        count.editor.selectAll()  # type: ignore[attr-defined]
        count.set_raw_text(typed)
        press(count.editor, Qt.Key.Key_Return)
        settle()
        assert page.panel is not None, typed
        assert count.problem, typed
    (held,) = (one for one in services.deadlines.rules() if one.rule.code == "E32")
    assert (held.rule.count, held.since) == (30, None)
    count.set_raw_text("45")
    press(count.editor, Qt.Key.Key_Return)
    settle()
    assert page.panel is None
    (held,) = (one for one in services.deadlines.rules() if one.rule.code == "E32")
    assert (held.rule.count, held.since) == (45, date(2026, 11, 22))


def test_the_panel_names_the_measures_of_a_rule_and_esc_leaves_it(open_page: Open, dpip_context: Context) -> None:
    page = _page(open_page, dpip_context)
    keys = [str(row.key) for row in page.table.records.rows]
    page.table.setCurrentIndex(page.table.records.index(keys.index("E06"), 1))
    press(page.table, Qt.Key.Key_Return)
    settle()
    assert page.panel is not None
    said = " ".join(label.text() for label in page.panel.findChildren(QLabel))
    assert "E06. Texte\u00a0: code pénitentiaire, art. D. 621-10, texte lu le 22/11/2026. Pour\u00a0: " in said
    press(page.panel.form.field("in_use").editor, Qt.Key.Key_Escape)
    settle()
    assert page.panel is None


def test_a_date_of_a_measure_lists_what_it_would_move_before_it_is_saved(
    open_page: Open, martine: UUID, services: Services
) -> None:
    page = open_page("person.situation", martine, "measures")
    assert isinstance(page, SituationPage)
    (item,) = page.penal.measures.items.values()
    item.toggle()
    settle()
    assert item.view is not None
    assert item.form is not None
    field = item.view.field("referral_on")
    field.setFocus()
    press(field.editor, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    type_text(field.editor, "20/08/2026")
    settle()
    said = " ".join(label.text() for label in item.findChildren(QLabel))
    assert "16/11/2026 deviendra 20/11/2026" in said
    (stored,) = services.situation.penal(martine).measures
    assert stored.value.referral_on == date(2026, 8, 16), "not saved yet"
    assert item.flush()


def _typed(item: LineItem, code: str, text: str) -> Field:
    assert item.view is not None
    field = item.view.field(code)
    field.setFocus()
    press(field.editor, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    type_text(field.editor, text)
    settle()
    return field


def test_a_date_that_moves_others_is_asked_about_beneath_its_field(
    open_page: Open, martine: UUID, services: Services, qtbot: QtBot
) -> None:
    page = open_page("person.situation", martine, "measures")
    assert isinstance(page, SituationPage)
    (item,) = page.penal.measures.items.values()
    item.toggle()
    settle()

    def stored() -> date | None:
        (one,) = services.situation.penal(martine).measures
        return one.value.referral_on

    field = _typed(item, "referral_on", "20/08/2026")
    (below,) = field.findChildren(Foreseen)
    assert below.isVisible()
    press(field.editor, Qt.Key.Key_Tab)
    keep, back = below.links
    assert keep.hasFocus(), "by keyboard, what is asked comes next"
    _typed(item, "service_in_charge", "Antenne")
    qtbot.waitUntil(lambda: services.situation.penal(martine).measures[0].value.service_in_charge == "Antenne")
    assert stored() == date(2026, 8, 16), "no timer saves it, nor another field"
    click(back)
    settle()
    assert field.value() == date(2026, 8, 16)
    assert not field.findChildren(Foreseen) or not below.isVisible()
    assert item.flush()
    assert stored() == date(2026, 8, 16)

    _typed(item, "referral_on", "20/08/2026")
    (keep, _) = next(one for one in field.findChildren(Foreseen) if one.isVisible()).links
    press(keep, Qt.Key.Key_Return)
    settle()
    assert stored() == date(2026, 8, 20)
    assert field.editor.hasFocus()
    assert not keep.isVisible()


def test_a_date_left_without_an_answer_is_kept_when_the_page_is_left(
    open_page: Open, martine: UUID, services: Services
) -> None:
    page = open_page("person.situation", martine, "measures")
    assert isinstance(page, SituationPage)
    (item,) = page.penal.measures.items.values()
    item.toggle()
    settle()
    _typed(item, "referral_on", "20/08/2026")
    assert page.flush()
    (one,) = services.situation.penal(martine).measures
    assert one.value.referral_on == date(2026, 8, 20)
