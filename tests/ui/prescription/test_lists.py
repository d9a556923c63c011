"""The lists of sheets, and the partners by key and mouse."""

from uuid import UUID

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from spip_desktop.domain.pacep import ActionMode
from spip_desktop.domain.place import Place
from spip_desktop.ui.partners.detail_page import PartnerPage
from spip_desktop.ui.prescription.lists import PersonPrescriptionsPage, PrescriptionsPage
from spip_desktop.ui.prescription.new_page import NewPrescriptionPage
from spip_desktop.wiring import Services
from tests.prescription_fixtures import OBJECTIVE, MissionsLocales, complete
from tests.ui.checks import assert_every_control_is_named, assert_no_clipped_text, assert_one_filled_button, settle
from tests.ui.prescription.conftest import Open, child, words
from tests.ui.typing import click, press, type_text


def test_an_empty_list_says_what_to_do_first(open_page: Open, loic: UUID) -> None:
    page = open_page(Place("person.prescriptions", loic))
    assert "Aucune fiche." in words(page)
    assert "depuis une action confiée à un partenaire" in words(page)


def test_a_new_sheet_begins_with_whom_it_is_for(
    open_page: Open, loic: UUID, missions: MissionsLocales, qtbot: QtBot
) -> None:
    page = open_page(Place("person.prescriptions", loic))
    with qtbot.waitSignal(page.went) as asked:
        click(child(page, "sheets.new"))
    assert asked.args == [Place("person.prescription_new", loic)]


def test_an_external_action_waits_for_its_sheet_and_starts_it(
    open_page: Open, loic: UUID, missions: MissionsLocales, services: Services, qtbot: QtBot
) -> None:
    plan = services.pacep.draft.start(loic)
    axis = services.pacep.draft.add_axis(plan, "Un métier")
    objective = services.pacep.draft.add_objective(plan, axis)
    action = services.pacep.draft.add_action(plan, objective, ActionMode.EXTERNAL)
    services.pacep.draft.save_fields(plan, {f"{objective}.wording": OBJECTIVE, f"{action}.label": "Mission locale"})
    page = open_page(Place("person.prescriptions", loic))
    assert isinstance(page, PersonPrescriptionsPage)
    assert page.waiting.records.rows[0].cells[0].text == "Mission locale"
    with qtbot.waitSignal(page.went) as asked:
        press(page.waiting, Qt.Key.Key_Return)
    choosing = open_page(asked.args[0])
    assert isinstance(choosing, NewPrescriptionPage)
    press(choosing.filter.line, Qt.Key.Key_Return)  # the mission locale of the permanence stands first
    (line,) = services.prescriptions.reading.of_person(loic)
    assert line.objective == OBJECTIVE
    page.reload()
    assert page.waiting.records.rows == ()


def test_the_sheets_of_those_i_follow_by_state(
    open_page: Open, loic: UUID, missions: MissionsLocales, services: Services, qtbot: QtBot
) -> None:
    services.persons.assign(loic, services.context.officer_id, reason="Premier dossier")
    ready = complete(services.prescriptions, loic)
    services.prescriptions.course.make_ready(ready)
    services.prescriptions.draft.start(loic)
    page = open_page(Place("prescriptions"))
    assert isinstance(page, PrescriptionsPage)
    assert [row.key for row in page.table.records.rows] == [ready]
    click(child(page, "prescriptions.tabs.drafts"))
    settle()
    cell = page.table.records.rows[0].cells[1]
    assert cell.text == "Brouillon"
    assert "à préparer (J−30)" in cell.second
    click(child(page, "prescriptions.tabs.running"))
    page.table.setFocus()
    with qtbot.waitSignal(page.went) as asked:
        press(page.table, Qt.Key.Key_Return)
    assert asked.args == [Place("prescription", ready)]
    assert_every_control_is_named(page)
    assert_no_clipped_text(page)


def test_a_partner_is_added_by_its_name_then_filled(open_page: Open, services: Services, qtbot: QtBot) -> None:
    page = open_page(Place("partners"))
    assert "Ajoutez d’abord la mission locale" in words(page)
    click(child(page, "partners.add"))
    press(child(page, "partners_new.editor"), Qt.Key.Key_Return)
    assert "À remplir." in words(page)
    type_text(child(page, "partners_new.editor"), "Mission locale d’Orsanne")
    with qtbot.waitSignal(page.went) as asked:
        press(child(page, "partners_new.editor"), Qt.Key.Key_Return)
    (found,) = services.partners.summaries()
    assert asked.args == [Place("partner", found.id, "address")]
    assert found.name == "Mission locale d’Orsanne"


def test_a_wrong_siret_stays_in_the_field_with_its_sentence(
    open_page: Open, services: Services, missions: MissionsLocales
) -> None:
    page = open_page(Place("partner", missions.valbrune))
    type_text(child(page, "siret.editor"), "123")
    type_text(child(page, "city.editor"), "Valbrune")
    assert page.flush()
    assert "Un SIRET compte quatorze chiffres." in words(page)
    assert services.partners.get(missions.valbrune).value.city == "Valbrune"
    again = open_page(Place("partner", missions.valbrune))
    assert child(again, "siret.editor").text() == "123"  # type: ignore[attr-defined]


def test_services_and_contacts_are_added_changed_and_taken_back(
    open_page: Open, services: Services, missions: MissionsLocales
) -> None:
    page = open_page(Place("partner", missions.orsanne))
    assert isinstance(page, PartnerPage)
    click(child(page, "contacts.1.add"))
    settle()
    type_text(child(page, "contacts.1.1.name.editor"), "Nadia Belkacem")
    click(child(page, "services.1.open"))
    settle()
    codes = child(page, "services.1.postal_codes.editor")
    codes.setFocus()
    codes.selectAll()  # type: ignore[attr-defined]
    type_text(codes, "31998, 31997")
    assert page.flush()
    stored = services.partners.get(missions.orsanne).value.services[0]
    assert stored.postal_codes == ("31998", "31997")
    assert stored.contacts[0].name == "Nadia Belkacem"
    click(child(page, "contacts.1.1.remove"))
    settle()
    assert services.partners.get(missions.orsanne).value.services[0].contacts == ()
    page.undo()
    assert services.partners.get(missions.orsanne).value.services[0].contacts[0].name == "Nadia Belkacem"


def test_partners_can_be_read_and_used_at_every_size(open_page: Open, missions: MissionsLocales) -> None:
    for place in (Place("partners"), Place("partner", missions.valbrune)):
        page = open_page(place)
        assert_one_filled_button(page)
        assert_every_control_is_named(page)
        assert_no_clipped_text(page)
