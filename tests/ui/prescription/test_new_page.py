"""« Nouvelle prescription »: the kind and the nature of the partner make the sheet, by the keyboard alone."""

from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.partner import PartnerNature
from spip_desktop.domain.place import Place
from spip_desktop.forms import rules
from spip_desktop.forms import sheet as sheets
from spip_desktop.services.context import Context
from spip_desktop.services.partner import PartnerDirectory
from spip_desktop.services.prescription import PrescriptionService
from spip_desktop.services.prescription_offers import Offer
from spip_desktop.ui.prescription.new_page import NewPrescriptionPage, for_draft
from spip_desktop.ui.prescription.page import PrescriptionPage
from tests.prescription_fixtures import MissionsLocales
from tests.ui.checks import assert_every_control_is_named, assert_no_clipped_text, assert_one_filled_button
from tests.ui.prescription.conftest import Open, child, words
from tests.ui.typing import press, type_text

#: Kind of the service, nature of the structure, sheet that it makes.
MADE = [
    ("france_travail", PartnerNature.COMMON_LAW, "france_travail"),
    ("afpa", PartnerNature.COMMON_LAW, "formation"),
    ("siao", PartnerNature.COMMON_LAW, "hebergement"),
    ("mds", PartnerNature.COMMON_LAW, "social"),
    ("csapa", PartnerNature.HEALTH, "sante"),
    ("association", PartnerNature.HEALTH, "sante"),
    ("structure_tig", PartnerNature.MANDATED, "structure_tig"),
    ("association_mandatee", PartnerNature.MANDATED, "association_mandatee"),
    ("ipro", PartnerNature.PRISON, "ipro"),
    ("programme", PartnerNature.PRISON, "programme_collectif"),
    ("ppaip", PartnerNature.PRISON, "ppaip"),
    ("point_justice", PartnerNature.COMMON_LAW, "generique"),
]


def add(context: Context, kind: str, nature: PartnerNature, name: str = "") -> UUID:
    directory = PartnerDirectory(context)
    partner = directory.add(name or f"Structure {kind.replace('_', ' ')}", kind=kind)
    directory.save_fields(partner, {"nature": nature})
    return directory.get(partner).value.services[0].id


def opened(open_page: Open, place: Place) -> NewPrescriptionPage:
    page = open_page(place)
    assert isinstance(page, NewPrescriptionPage)
    return page


def test_the_likely_partner_stands_first_and_enter_starts_its_sheet(
    open_page: Open, loic: UUID, missions: MissionsLocales, prescriptions: PrescriptionService, context: Context,
    qtbot: QtBot,
) -> None:  # fmt: skip
    add(context, "siao", PartnerNature.COMMON_LAW, "Accueil du Val")
    page = opened(open_page, Place("person.prescription_new", loic))
    assert "permanence en établissement" in page.table.records.rows[0].cells[3].text
    with qtbot.waitSignal(page.went) as asked:
        press(page.filter.line, Qt.Key.Key_Return)
    view = prescriptions.view(asked.args[0].id)
    assert view.prescription.sheet_code == "mission_locale"
    assert view.prescription.partner_id == missions.valbrune


def test_the_arrows_go_through_the_partners_while_one_types(
    open_page: Open, loic: UUID, missions: MissionsLocales, prescriptions: PrescriptionService, context: Context,
    qtbot: QtBot,
) -> None:  # fmt: skip
    add(context, "siao", PartnerNature.COMMON_LAW, "Accueil du Val")
    page = opened(open_page, Place("person.prescription_new", loic))
    press(page.filter.line, Qt.Key.Key_Up)
    assert page.table.currentIndex().row() == 0
    press(page.filter.line, Qt.Key.Key_Down)
    second = page.table.records.rows[1].key
    with qtbot.waitSignal(page.went) as asked:
        press(page.filter.line, Qt.Key.Key_Return)
    view = prescriptions.view(asked.args[0].id)
    assert isinstance(second, Offer)
    assert view.prescription.service_id == second.service_id


@pytest.mark.parametrize(("kind", "nature", "sheet"), MADE, ids=[f"{kind}-{nature}" for kind, nature, _ in MADE])
def test_a_partner_makes_its_sheet_and_its_page_shows_it(
    open_page: Open, loic: UUID, missions: MissionsLocales, context: Context, prescriptions: PrescriptionService,
    kind: str, nature: PartnerNature, sheet: str, qtbot: QtBot,
) -> None:  # fmt: skip
    service = add(context, kind, nature)
    page = opened(open_page, Place("person.prescription_new", loic))
    type_text(page.filter.line, "structure")
    assert [row.key.sheet for row in page.table.records.rows] == [sheet]  # type: ignore[attr-defined]
    with qtbot.waitSignal(page.went) as asked:
        press(page.filter.line, Qt.Key.Key_Return)
    draft = open_page(asked.args[0])
    assert isinstance(draft, PrescriptionPage)
    form = sheets.shipped(sheet)
    view = prescriptions.view(asked.args[0].id)
    assert view.prescription.service_id == service
    assert words(draft).startswith("Fiche : ")
    assert [one.code for one in view.results] == [one.code for one in rules.shipped(form.rules).rules]
    assert bool(draft.findChild(QWidget, "objective_words")) == form.has_objective
    assert_no_clipped_text(draft)
    assert_every_control_is_named(draft)
    assert_one_filled_button(draft)


def test_a_draft_changes_its_partner_and_its_sheet_and_keeps_what_was_written(
    open_page: Open, loic: UUID, missions: MissionsLocales, context: Context, prescriptions: PrescriptionService,
    qtbot: QtBot,
) -> None:  # fmt: skip
    housing = add(context, "siao", PartnerNature.COMMON_LAW, "Accueil du Val")
    draft = prescriptions.draft.start(loic)
    prescriptions.draft.save_fields(draft, {"objective_words": "Un toit", "asks": ("cej",), "ticked": ("objectif",)})
    page = opened(open_page, for_draft(loic, draft))
    type_text(page.filter.line, "accueil val")
    with qtbot.waitSignal(page.went) as asked:
        press(page.filter.line, Qt.Key.Key_Return)
    assert asked.args == [Place("prescription", draft)]
    given = prescriptions.view(draft).prescription
    assert (given.sheet_code, given.service_id) == ("hebergement", housing)
    assert given.objective_words == "Un toit"
    assert (given.asks, given.ticked) == ((), ())  # they were chosen for other eyes


def test_a_sheet_is_refused_to_a_partner_that_may_not_read_it(
    loic: UUID, missions: MissionsLocales, context: Context, prescriptions: PrescriptionService
) -> None:
    health = add(context, "csapa", PartnerNature.HEALTH)
    for sheet in ("mission_locale", "generique", "association_mandatee"):
        with pytest.raises(Refusal) as refused:
            prescriptions.draft.start(loic, sheet=sheet, service_id=health)
        assert refused.value.code == "partner_not_for_sheet"
    assert prescriptions.draft.start(loic, sheet="sante", service_id=health)


def test_a_partner_whose_nature_changed_keeps_the_sheet_from_being_ready(
    loic: UUID, missions: MissionsLocales, context: Context, prescriptions: PrescriptionService
) -> None:
    service = add(context, "association_mandatee", PartnerNature.MANDATED)
    draft = prescriptions.draft.start(loic, sheet="association_mandatee", service_id=service)
    partner = prescriptions.view(draft).prescription.partner_id
    assert partner
    PartnerDirectory(context).save_fields(partner, {"nature": PartnerNature.COMMON_LAW})
    with pytest.raises(Refusal) as refused:
        prescriptions.course.make_ready(draft)
    assert ("partner_not_for_sheet", "service_id") in {(one.code, one.field) for one in refused.value.problems}


def test_nobody_found_says_what_to_do(
    open_page: Open, loic: UUID, missions: MissionsLocales, services: object, context: Context
) -> None:
    page = opened(open_page, Place("person.prescription_new", loic))
    type_text(page.filter.line, "introuvable")
    assert "Aucun partenaire ici." in words(page)
    assert child(page, "offers.start").isEnabled()
