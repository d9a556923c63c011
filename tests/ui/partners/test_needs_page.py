"""« Besoins et partenaires » by key and mouse."""

from spip_desktop.domain.place import Place
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.partners.needs_page import NeedsPage
from spip_desktop.wiring import Services
from tests.ui.checks import assert_every_control_is_named, assert_no_clipped_text, assert_one_filled_button, settle
from tests.ui.conftest import Show
from tests.ui.prescription.conftest import words
from tests.ui.typing import click, type_text


def test_a_partner_is_noted_for_a_need_then_taken_off_and_put_back(
    services: Services, guard: Guard, show: Show
) -> None:
    services.partners.add("CSAPA Le Passage", kind="csapa")
    page = NeedsPage(services, guard)
    show(page)
    page.open(Place("partners.needs"))
    assert "Aucun partenaire noté." in words(page)
    click(page.new)
    click(page.write)
    assert "Choisissez un partenaire." in words(page)
    page.step.set_value("consommations")
    page.partner.set_value(page.partner.choice.itemData(page.partner.choice.count() - 1))
    type_text(page.note.editor, "Des l'accueil")
    click(page.write)
    settle()
    (row,) = page.table.records.rows
    assert (row.group, row.cells[1].text, row.cells[2].text) == (
        dict(services.partners.needs.steps())["consommations"],
        "CSAPA Le Passage",
        "Des l'accueil",
    )
    assert_no_clipped_text(page)
    assert_every_control_is_named(page)
    assert_one_filled_button(page)
    click(page.remove)
    assert services.partners.needs.lines() == []
    page.undo()
    assert len(services.partners.needs.lines()) == 1
