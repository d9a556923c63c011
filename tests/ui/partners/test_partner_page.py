"""The page of one partner: its conventions, until when it is proposed, whether the public directory still has it."""

from pathlib import Path

from spip_desktop.domain.place import Place
from spip_desktop.domain.text import NBSP
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.partners.detail_page import PartnerPage
from spip_desktop.ui.partners.specs import describe_convention
from spip_desktop.wiring import Services
from tests.public_files import service, write
from tests.ui.checks import assert_every_control_is_named, assert_no_clipped_text, settle
from tests.ui.conftest import Show
from tests.ui.prescription.conftest import words
from tests.ui.typing import type_text


def test_a_convention_is_added_typed_and_taken_back(services: Services, guard: Guard, show: Show) -> None:
    id_ = services.partners.add("Association Le Passage")
    page = PartnerPage(services, guard)
    show(page)
    page.open(Place("partner", id_))
    page.conventions.add_asked.emit()
    settle()
    (added,) = services.partners.get(id_).value.conventions
    form = page.conventions.items[added.id].view
    assert form is not None
    for code, text in (("reference", "2025-14"), ("funder", "DISP"), ("starts", "01/02/2025"), ("ends", "31/01/2026")):
        type_text(form.field(code).editor, text)
    assert page.flush()
    (typed,) = services.partners.get(id_).value.conventions
    assert describe_convention(typed, services.clock.today()) == (
        "2025-14",
        f"financeur{NBSP}: DISP, depuis le 01/02/2025, terminée depuis le 31/01/2026",
    )
    assert_no_clipped_text(page)
    assert_every_control_is_named(page)
    page.conventions.remove_asked.emit(added.id)
    assert services.partners.get(id_).value.conventions == ()
    page.undo()
    assert services.partners.get(id_).value.conventions == (typed,)


def test_a_partner_that_left_the_public_directory_says_so(
    services: Services, guard: Guard, show: Show, tmp_path: Path
) -> None:
    imports = services.public_directory.imports
    for rows in ([service(1), service(2)], [service(2)]):
        path = write(tmp_path, "services.json", rows)
        imports.carry_out(imports.look([path], ("31",), lambda *_: None), lambda *_: None)
        if len(rows) == 2:
            id_ = services.public_directory.take("dora--1")
            page = PartnerPage(services, guard)
            show(page)
            page.open(Place("partner", id_))
            assert "annuaire public importé" not in words(page)
    page.reload()
    assert "n’est plus dans l’annuaire public importé" in words(page)
