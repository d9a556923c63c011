"""Silent partners: past the day that the rules give, one letter each, noted on each sheet; then the DPIP."""

from datetime import date
from uuid import UUID

import pytest

from spip_desktop.db import journal, paper
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.prescription_states import SheetState, reminded_on
from spip_desktop.services.context import Context
from spip_desktop.services.person import QuickStart
from spip_desktop.services.prescription import PrescriptionService, Told
from spip_desktop.wiring import Services, make_services
from spip_desktop.wording import sentence
from tests.documents.reading import one_line
from tests.prescription_fixtures import MissionsLocales, complete
from tests.services.test_prescription_return import TODAY, hand_over
from tests.store_fixtures import MovableClock, entrusted


@pytest.fixture(autouse=True)
def followed(services: Services, loic: UUID) -> None:
    """Lists tell of the dossiers that one follows."""
    services.persons.assign(loic, services.context.officer_id, reason="nouveau")


@pytest.fixture
def given(prescriptions: PrescriptionService, loic: UUID, missions: MissionsLocales) -> UUID:
    return hand_over(prescriptions, complete(prescriptions, loic))


def silent_ids(services: Services) -> set[UUID]:
    return {sheet.id for one in services.prescriptions.follow_up.silent() for sheet in one.sheets}


def test_a_partner_is_silent_once_the_days_of_its_kind_have_gone(
    services: Services, given: UUID, moving: MovableClock
) -> None:
    assert silent_ids(services) == set()
    moving.move(days=29)
    assert silent_ids(services) == set(), "a mission locale has a month"
    moving.move(days=2)
    assert silent_ids(services) == {given}


def test_an_answer_ends_the_silence(services: Services, given: UUID, moving: MovableClock) -> None:
    moving.move(days=31)
    day = date(2026, 12, 23)
    services.prescriptions.returns.note(given, SheetState.MEETING_FIXED, day, Told(known_by="telephone"))
    assert silent_ids(services) == set()


def test_noting_that_nobody_answered_does_not_end_the_silence(
    services: Services, given: UUID, moving: MovableClock
) -> None:
    moving.move(days=31)
    day = date(2026, 12, 23)
    services.prescriptions.course.note_state(given, SheetState.NO_ANSWER, day)
    assert silent_ids(services) == {given}
    services.prescriptions.follow_up.make_letter(services.prescriptions.follow_up.silent()[0].partner_id)
    assert silent_ids(services) == set()
    moving.move(days=30)
    assert [one.id for one in services.prescriptions.follow_up.silent()[0].twice] == [given]


def test_one_letter_lists_every_silent_sheet_of_the_partner_and_is_noted_on_each(
    services: Services, context: Context, given: UUID, loic: UUID, moving: MovableClock
) -> None:
    other = hand_over(services.prescriptions, complete(services.prescriptions, loic))
    moving.move(days=31)
    partner = services.prescriptions.follow_up.silent()[0]
    assert {one.id for one in partner.for_letter} == {given, other}
    letter = services.prescriptions.follow_up.make_letter(partner.partner_id)
    words = one_line(letter.content)
    for id_ in (given, other):
        sheet = services.prescriptions.view(id_).prescription
        assert f"{sheet.sheet_number[:4]}-{sheet.sheet_number[4:]}" in words
        assert f"{sheet.answer_code[:3]} {sheet.answer_code[3:]}" in words
        view = services.prescriptions.view(id_)
        assert view.state is SheetState.HANDED_OVER, "a letter moves nothing"
        assert reminded_on(view.events) == date(2026, 12, 23)
        with context.store.reading() as tx:
            line = journal.lines_about(tx.connection, id_)[-1]
        assert (line.act, line.recipient) == ("remind_partner", str(partner.partner_id))
    assert "PERRIN" not in words.upper(), "the letter names nobody"
    assert "Mission locale du Pays de Valbrune" in words
    with context.store.reading() as tx:
        assert [one.content for one in paper.of(tx, partner.partner_id)] == [letter.content]
    assert services.prescriptions.follow_up.last_letter(partner.partner_id) == letter


def test_no_second_letter_goes_and_the_second_silence_is_the_dpip_s(
    services: Services, given: UUID, moving: MovableClock, dpip_context: Context
) -> None:
    moving.move(days=31)
    follow_up = services.prescriptions.follow_up
    partner = follow_up.silent()[0].partner_id
    follow_up.make_letter(partner)
    assert silent_ids(services) == set(), "the partner has time to answer the letter"
    with pytest.raises(Refusal) as found:
        follow_up.make_letter(partner)
    assert sentence(found.value)
    directing = make_services(dpip_context)
    assert directing.prescriptions.follow_up.silent() == ()
    moving.move(days=30)
    for one in (services, directing):
        found_now = one.prescriptions.follow_up.silent()
        assert [sheet.id for sheet in found_now[0].twice] == [given]
        assert found_now[0].for_letter == ()
    lines = [line.what.replace("\u00a0", " ") for group in directing.todo.groups() for line in group.lines]
    assert "Mission locale du Pays de Valbrune toujours sans réponse : à voir avec le DPIP" in lines


def test_a_colleague_sees_no_silence_of_dossiers_out_of_reach(
    services: Services, context: Context, given: UUID, loic: UUID, moving: MovableClock
) -> None:
    moving.move(days=31)
    start = QuickStart(birth_name="Autre", first_names="Ana", birth_date=date(1990, 1, 2), ecrou_number="77")
    entrusted_to = make_services(entrusted(context, services.persons.quick_start(start)))
    assert silent_ids(entrusted_to) == set()
    assert silent_ids(services) == {given}, "the control"


def test_an_act_that_nothing_asks_for_is_refused(services: Services, missions: MissionsLocales, given: UUID) -> None:
    with pytest.raises(Refusal) as found:
        services.prescriptions.follow_up.make_letter(missions.valbrune)
    assert found.value.code == "nobody_silent"
    assert services.clock.today() == TODAY
