"""« Chiffres par partenaire » by key and mouse."""

from pathlib import Path

from spip_desktop.domain.place import Place
from spip_desktop.domain.prescription_states import SheetState
from spip_desktop.domain.text import NBSP
from spip_desktop.services.context import Context
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.partners.figures_page import PartnerFiguresPage
from spip_desktop.wiring import Services
from tests.services.test_partner_figures import hand_over
from tests.ui.checks import assert_every_control_is_named, assert_no_clipped_text, assert_one_filled_button, settle
from tests.ui.conftest import Show
from tests.ui.prescription.conftest import child, words
from tests.ui.typing import click, type_text


def test_the_period_is_counted_as_it_is_typed_then_written(
    context: Context, services: Services, guard: Guard, show: Show, tmp_path: Path
) -> None:
    hand_over(context, "Mission locale du Pays de Valbrune", 7, [(SheetState.ACCEPTED, 6, {})])
    hand_over(context, "SIAO du Val d’Orsanne", 3, [])
    page = PartnerFiguresPage(services, guard)
    show(page)
    page.open(Place("partners.figures"))
    settle()
    rows = [[cell.text for cell in row.cells] for row in page.table.records.rows]
    assert rows[0] == ["Mission locale du Pays de Valbrune", "7", f"Acceptées{NBSP}: 7", "6", "masqué"]
    assert set(rows[1][1:]) == {"masqué"}
    assert "moins de 5 personnes" in words(page)
    assert_no_clipped_text(page)
    assert_every_control_is_named(page)
    assert_one_filled_button(page)
    path = tmp_path / "chiffres.csv"
    page.ask_new_file = lambda name: path
    click(child(page, "figures.save"))
    assert "Mission locale du Pays de Valbrune;7;7;0;0;0;0;6" in path.read_text("utf-8-sig")
    assert "ils ne contiennent le nom de personne" in words(page)
    starts = page.period.field("figures_starts")
    starts.setFocus()
    starts.editor.selectAll()  # type: ignore[attr-defined]
    type_text(starts.editor, "01/06/2026")
    settle()
    assert not page.table.isVisible()
    assert "Aucune fiche remise dans cette période." in words(page)
