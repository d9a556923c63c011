"""« Synthèse » and « Situation » by key and mouse on a real store: saved as one types, nothing typed lost."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from spip_desktop.domain.measure import Custody, Measure
from spip_desktop.domain.officer import Role
from spip_desktop.domain.person import PhoneState
from spip_desktop.domain.place import Place, Seat
from spip_desktop.services.access import AccessService
from spip_desktop.services.context import Context
from spip_desktop.services.person import PersonService, QuickStart
from spip_desktop.ui.buttons import LinkButton
from spip_desktop.ui.form import FormView
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.line_section import LineSection
from spip_desktop.ui.person import strip_values
from spip_desktop.ui.person.situation import SituationPage
from spip_desktop.ui.person.synthese import SynthesePage
from spip_desktop.wiring import Services, make_services
from tests.store_fixtures import entrusted
from tests.ui.checks import assert_every_control_is_named, assert_no_clipped_text, assert_one_filled_button, settle
from tests.ui.conftest import Show
from tests.ui.person.conftest import Open
from tests.ui.person.test_persons_page import child, words
from tests.ui.typing import click, type_text


def situation(open_page: Open, person: UUID, field: str = "") -> SituationPage:
    page = open_page(Place("person.situation", person, field))
    assert isinstance(page, SituationPage)
    return page


def synthese(open_page: Open, person: UUID) -> SynthesePage:
    page = open_page(Place("person.synthese", person))
    assert isinstance(page, SynthesePage)
    return page


def show_part(page: SituationPage, part: str) -> None:
    click(child(page, f"situation.tabs.{part}"))
    settle()


def open_line(section: LineSection, number: int = 0) -> FormView:
    """Open one line of a section and give its form."""
    item = list(section.items.values())[number]
    click(item.open_link)
    settle()
    assert item.view is not None
    return item.view


def retype(view: FormView, code: str, text: str) -> None:
    editor = view.field(code).editor
    editor.setFocus()
    editor.selectAll()  # type: ignore[attr-defined]
    type_text(editor, text)


# -- synthèse ------------------------------------------------------------------------------------------------


def test_five_dates_with_their_source_and_what_is_missing(open_page: Open, loic: UUID, qtbot: QtBot) -> None:
    page = synthese(open_page, loic)
    said = words(page)
    for expected in (
        "22/04/2026 | greffe", "22/11/2026 | indicatif", "28/01/2027 | annoncée par le greffe",
        "01/02/2027 | indicatif", "22/06/2027 | fiche pénale du 03/11/2026", "seule la fiche pénale du greffe fait foi",
        "Hébergement à la sortie\u00a0: non noté", "Évaluation non commencée",
    ):  # fmt: skip
        assert expected in said, expected
    with qtbot.waitSignal(page.went) as asked:
        click(child(page, "synthese.missing.1"))
    assert asked.args == [Place("person.situation", loic, "documents")]


def test_a_long_measure_leaves_room_for_the_name_and_an_ecrou_outside_is_said(services: Services) -> None:
    """« Sophie LŒIL… » is nobody: the measure is said shorter; who is under DDSE is under écrou."""
    quick = QuickStart(
        birth_name="Lœillet", first_names="Sophie", birth_date=date(1992, 5, 27), referral_on=date(2026, 9, 8)
    )
    person = services.persons.quick_start(quick)
    services.persons.assign(person, services.context.officer_id, reason="nouveau")
    new = services.context.ids.new
    outside = Custody(
        id=new(), person_id=person, establishment="MA de Valbrune", ecrou_number="48520", starts=date(2026, 9, 8),
        hosted=False,
    )  # fmt: skip
    services.situation.custodies.add(outside)
    services.situation.measures.add(Measure(id=new(), person_id=person, kind="DDSE-A", starts=date(2026, 9, 8)))
    values = strip_values(services, person)
    assert values is not None
    assert [(fact.key, fact.value) for fact in values.facts[:2]] == [
        ("Milieu ouvert", "Sous écrou, non hébergé"), ("Mesure", "DDSE"),
    ]  # fmt: skip


def test_the_strip_names_the_person(services: Services, loic: UUID) -> None:
    values = strip_values(services, loic)
    assert values is not None
    assert values.name == "Loïc PERRIN"
    assert [(fact.key, fact.value) for fact in values.facts][:2] == [
        ("Milieu fermé", "MA de Valbrune"),
        ("Titre de détention", "Condamné(e), 14\u00a0mois"),
    ]


def test_a_colleagues_dossier_asks_why_first(
    open_page: Open, services: Services, loic: UUID, dpip_context: Context, qtbot: QtBot
) -> None:
    PersonService(dpip_context, AccessService(dpip_context)).assign(loic, dpip_context.officer_id)
    assert strip_values(services, loic) is None
    page = synthese(open_page, loic)
    assert page.access.isVisible()
    assert not page.content.isVisible()
    assert "22/06/2027" not in words(page)
    click(child(page, "access.autre"))
    assert page.access.detail.problem == "Précisez en quelques mots."
    with qtbot.waitSignal(page.went) as asked:
        click(child(page, "access.permanence"))
    assert asked.args == [Place("person.synthese", loic)]
    page.open(Place("person.synthese", loic))
    settle()
    assert "22/06/2027" in words(page)


# -- civile --------------------------------------------------------------------------------------------------


def test_a_field_is_saved_as_one_types(open_page: Open, services: Services, loic: UUID, qtbot: QtBot) -> None:
    page = situation(open_page, loic, "usual_name")
    with qtbot.waitSignal(page.saved, timeout=3000):
        type_text(page.civil.form.views[0][0].field("usual_name").editor, "Perrin-Roÿ")
    assert services.persons.civil(loic).person.value.usual_name == "Perrin-Roÿ"


def test_no_telephone_and_refuses_are_two_answers(open_page: Open, services: Services, loic: UUID) -> None:
    page = situation(open_page, loic)
    for code in ("pas_de_telephone", "refuse"):
        click(child(page, f"phone_state.{code}"))
        assert page.flush()
        assert services.persons.civil(loic).person.value.phone_state is PhoneState(code)


def test_what_cannot_be_accepted_is_said_and_kept(open_page: Open, services: Services, loic: UUID) -> None:
    page = situation(open_page, loic)
    view = page.civil.form.views[0][0]
    retype(view, "birth_date", "31/04")
    retype(view, "appi_number", "12")
    page.flush()
    assert "numéro APPI" in view.field("appi_number").problem
    person = services.persons.civil(loic).person.value
    assert (person.birth_date, person.appi_number) == (date(2004, 3, 14), "")
    again = situation(open_page, loic).civil.form.views[0][0]
    assert again.field("birth_date").raw_text() == "31/04"
    assert again.field("appi_number").raw_text() == "12"


def test_undo_puts_the_former_value_back(open_page: Open, services: Services, loic: UUID) -> None:
    page = situation(open_page, loic)
    retype(page.civil.form.views[0][0], "birth_name", "Perrot")
    page.flush()
    assert services.persons.civil(loic).person.value.birth_name == "Perrot"
    page.undo()
    assert services.persons.civil(loic).person.value.birth_name == "Perrin"
    assert page.civil.form.views[0][0].value("birth_name") == "Perrin"


def test_a_similar_person_is_shown_on_the_dossier(open_page: Open, services: Services, loic: UUID) -> None:
    start = QuickStart(birth_name="Perrin", first_names="Loïc", birth_date=date(2004, 3, 15), ecrou_number="22222")
    other = services.persons.quick_start(start)
    page = situation(open_page, other)
    assert not page.civil.similar.isVisible()
    retype(page.civil.form.views[0][0], "birth_date", "14/03/2004")
    page.flush()
    settle()
    assert page.civil.similar.isVisible()
    type_text(page.civil.similar.view.field("duplicate_reason").editor, "jumeau")
    page.flush()
    assert services.persons.civil(other).person.value.duplicate_reason == "jumeau"


@pytest.mark.parametrize("section", ["addresses", "documents"])
def test_lines_are_added_changed_removed_and_taken_back(
    open_page: Open, services: Services, loic: UUID, section: str
) -> None:
    page = situation(open_page, loic)
    lines = child(page, section)
    assert isinstance(lines, LineSection)
    click(lines.add_link)
    settle()
    (item,) = lines.items.values()
    assert item.view is not None
    code, text = ("city", "Valbrune") if section == "addresses" else ("number", "X4RTBPFW4")
    type_text(item.view.field(code).editor, text)
    page.flush()
    stored = services.persons.civil(loic)
    (found,) = stored.addresses if section == "addresses" else stored.documents
    assert getattr(found.value, code) == text
    click(item.remove_link)
    assert not lines.items
    click(page.notice.undo)
    settle()
    assert len(lines.items) == 1


# -- pénale --------------------------------------------------------------------------------------------------


def test_a_new_edition_shows_what_moved(open_page: Open, services: Services, loic: UUID) -> None:
    page = situation(open_page, loic)
    show_part(page, "penal")
    click(page.penal.sheets.add_link)
    settle()
    newest = list(page.penal.sheets.items.values())[-1]
    assert newest.view is not None
    retype(newest.view, "end_official", "22/05/2027")
    page.flush()
    settle()
    assert "Fin de peine\u00a0: 22/06/2027, maintenant 22/05/2027." in words(page)


def test_a_sentence_line_is_saved_with_the_others_unchanged(open_page: Open, services: Services, loic: UUID) -> None:
    page = situation(open_page, loic)
    show_part(page, "penal")
    click(page.penal.lines.section.add_link)
    settle()
    item = list(page.penal.lines.section.items.values())[-1]
    assert item.view is not None
    retype(item.view, "label", "TC Valbrune, 2025")
    type_text(item.view.field("quantum_months").editor, "6")
    page.flush()
    settle()
    lines = services.situation.penal(loic).sheets[0].value.lines
    assert [(line.label, line.quantum_months) for line in lines] == [("TC Valbrune", 14), ("TC Valbrune, 2025", 6)]
    assert "non calculable\u00a0: plusieurs peines" in words(page)


def test_a_sentence_line_and_the_dates_of_its_edition_share_a_lock(
    open_page: Open, services: Services, loic: UUID
) -> None:
    page = situation(open_page, loic)
    show_part(page, "penal")
    dates_of_edition, line = open_line(page.penal.sheets), open_line(page.penal.lines.section)
    for months, day in (("6", "22/05/2027"), ("8", "22/04/2027")):
        retype(line, "quantum_months", months)
        page.flush()
        settle()
        retype(dates_of_edition, "end_official", day)
        page.flush()
        settle()
    sheet = services.situation.penal(loic).sheets[0].value
    assert (sheet.lines[0].quantum_months, sheet.end_official) == (8, date(2027, 4, 22))


def test_a_follow_up_that_has_ended_is_not_to_assign(open_page: Open, services: Services, loic: UUID) -> None:
    page = situation(open_page, loic)
    show_part(page, "contacts")
    assert "À affecter\u00a0: personne ne suit ce dossier." in words(page)
    (custody,) = services.situation.penal(loic).custodies
    services.situation.custodies.save_fields(custody.value.id, {"ends": date(2026, 11, 20)})
    for basis in services.situation.penal(loic).bases:
        services.situation.bases.save_fields(basis.value.id, {"ends": date(2026, 11, 20)})
    page.reload()
    settle()
    assert "Suivi terminé." in words(page)
    assert "À affecter" not in words(page)


def test_the_release_closes_the_ecrou_and_the_page_says_that_no_act_is_possible(
    open_page: Open, services: Services, loic: UUID
) -> None:
    page = situation(open_page, loic)
    show_part(page, "penal")
    view = open_line(page.penal.custodies)
    type_text(view.field("ends").editor, "22/11/2026")
    page.flush()
    settle()
    assert "aucun acte nouveau ne s’y ajoute" in words(page)
    summary = synthese(open_page, loic)
    assert "aucun acte nouveau ne s’y ajoute" in words(summary)
    assert_no_clipped_text(summary)


def test_two_dates_that_only_hold_together_are_accepted_together(
    open_page: Open, services: Services, loic: UUID
) -> None:
    """The recidivism that makes a longer delay possible is noted after it was refused."""
    services.situation.measures.add(Measure(id=services.context.ids.new(), person_id=loic, kind="SP"))
    page = situation(open_page, loic)
    show_part(page, "penal")
    view = open_line(page.penal.measures)
    type_text(view.field("probation_months").editor, "48")
    page.flush()
    assert "132-42" in view.field("probation_months").problem
    view.field("recidivism").set_value("recidive")
    view.edited.emit("recidivism")
    page.flush()
    assert view.field("probation_months").problem == ""
    (measure,) = services.situation.penal(loic).measures
    assert (measure.value.probation_months, measure.value.recidivism) == (48, "recidive")


def test_obligations_are_picked_from_the_catalogue_and_taken_back(
    open_page: Open, services: Services, loic: UUID
) -> None:
    measure = Measure(id=services.context.ids.new(), person_id=loic, kind="SP", starts=date(2026, 1, 5))
    services.situation.measures.add(measure)
    page = situation(open_page, loic)
    show_part(page, "penal")
    page.penal.obligations.code.set_value("cp132_45_3")
    click(child(page, "obligations.add_one"))
    click(child(page, "obligations.add_control"))
    settle()
    assert len(services.situation.penal(loic).obligations) == 7
    assert "suspendue pendant l’incarcération" in words(page)
    page.undo()
    assert [one.value.code for one in services.situation.penal(loic).obligations] == ["cp132_45_3"]
    click(child(page, "proposals.1"))
    settle()
    assert len(services.situation.penal(loic).measures[0].value.suspensions) == 1
    assert not page.penal.proposals.isVisible()


def test_only_the_fields_of_the_measure_are_asked(open_page: Open, services: Services, loic: UUID) -> None:
    measure = Measure(id=services.context.ids.new(), person_id=loic, kind="TIG")
    services.situation.measures.add(measure)
    services.situation.measures.add(replace(measure, id=services.context.ids.new(), kind="SP"))
    page = situation(open_page, loic)
    show_part(page, "penal")
    for item in page.penal.measures.items.values():
        click(item.open_link)
        settle()
        assert item.view is not None
        assert item.view.field("hours").isVisible() is (item.line[1].kind == "TIG")
        assert item.view.field("probation_months").isVisible() is (item.line[1].kind == "SP")


# -- contacts, seat, size ------------------------------------------------------------------------------------


def test_a_dossier_is_assigned_with_a_reason(open_page: Open, services: Services, loic: UUID) -> None:
    page = situation(open_page, loic)
    show_part(page, "contacts")
    click(page.contacts.follow.assign)
    assert page.contacts.follow.officer.problem == "Choisissez l’agent."
    page.contacts.follow.officer.set_value(str(services.context.officer_id))
    page.contacts.follow.reason.set_value("arrivant")
    click(page.contacts.follow.assign)
    settle()
    assert "Claire Vasseur" in words(page)
    assert len(services.persons.assignments(loic)) == 1


def test_who_may_only_read_is_offered_nothing_to_write(
    show: Show, services: Services, loic: UUID, context: Context
) -> None:
    reading = make_services(entrusted(context, loic, Role.LECTURE))
    page = SituationPage(reading, Guard(pytest.fail))
    show(page)
    page.open(Place("person.situation", loic))
    settle()
    for part in ("civil", "penal", "contacts"):
        show_part(page, part)
        said = [one.text() for one in page.findChildren(LinkButton) if one.isVisible()]
        assert not [text for text in said if text.startswith(("Ajouter", "Modifier", "Supprimer", "Saisir"))]
    name = child(page, "birth_name.editor")
    assert isinstance(name, QLineEdit)
    assert name.isReadOnly()


def test_what_another_hand_changed_is_shown_under_what_is_typed(
    open_page: Open, services: Services, loic: UUID, qtbot: QtBot
) -> None:
    page = situation(open_page, loic)
    view = page.civil.form.views[0][0]
    services.persons.save_fields(loic, {"birth_place": "Valbrune"})
    retype(view, "usual_name", "Roy")
    with qtbot.assertNotEmitted(page.save_failed):  # another field: both hold (see test_elsewhere.py)
        page.flush()
    assert (view.value("usual_name"), view.value("birth_place")) == ("Roy", "Valbrune")
    page.flush()
    person = services.persons.civil(loic).person.value
    assert (person.usual_name, person.birth_place) == ("Roy", "Valbrune")


def test_after_a_lock_the_officer_is_back_in_the_line_they_were_typing(open_page: Open, loic: UUID) -> None:
    page = situation(open_page, loic)
    page.take_seat(Seat(Place("person.situation", loic, "custodies.1.cell"), 2, 0))
    settle()
    cell = child(page, "custodies.1.cell.editor")
    assert cell.isVisible()
    assert cell.hasFocus()


@pytest.mark.parametrize("part", ["civil", "penal", "contacts"])
def test_the_situation_holds_at_every_text_size(open_page: Open, services: Services, loic: UUID, part: str) -> None:
    measure = Measure(id=services.context.ids.new(), person_id=loic, kind="SP")
    services.situation.measures.add(measure)
    services.situation.add_obligations(measure.id, ["cp132_45_22"])
    page = situation(open_page, loic)
    show_part(page, part)
    if part == "penal":
        open_line(page.penal.custodies)
    assert_no_clipped_text(page)
    assert_every_control_is_named(page)
    assert_one_filled_button(page)


def test_the_synthese_holds_at_every_text_size(open_page: Open, loic: UUID) -> None:
    page = synthese(open_page, loic)
    assert_no_clipped_text(page)
    assert_every_control_is_named(page)
    assert_one_filled_button(page)
