"""Persons: started from four fields, saved as one types, found, listed, assigned, opened."""

from dataclasses import replace
from datetime import date

import pytest

from spip_desktop.db import journal
from spip_desktop.db import person as rows
from spip_desktop.db.situation import BASES, CUSTODIES
from spip_desktop.domain.access import AccessReason, Interim
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.officer import Role
from spip_desktop.domain.person import Address, Contact, IdentityDocument, Likeness, PhoneState
from spip_desktop.domain.person_list import PersonFilter, Sort, Whose
from spip_desktop.services.access import AccessService
from spip_desktop.services.context import Context
from spip_desktop.services.person import PersonService, QuickStart
from tests.store_fixtures import MovableClock, entrusted

LOIC = QuickStart(birth_name="Perrin", first_names="Loïc, Jean", birth_date=date(2004, 3, 14), ecrou_number="12345")
MARTINE = QuickStart(
    birth_name="Bréaud", first_names="Martine", birth_date=date(1968, 6, 2), referral_on=date(2026, 8, 16)
)


@pytest.fixture
def persons(context: Context) -> PersonService:
    return PersonService(context, AccessService(context))


@pytest.fixture
def directing(dpip_context: Context) -> PersonService:
    return PersonService(dpip_context, AccessService(dpip_context))


# -- four fields ---------------------------------------------------------------------------------------------


def test_a_dossier_starts_from_four_fields(persons: PersonService, context: Context) -> None:
    loic, martine = persons.quick_start(LOIC), persons.quick_start(MARTINE)
    with context.store.reading() as tx:
        assert rows.PERSONS.get(tx, loic).display_name == "Loïc PERRIN"
        assert [one.ecrou_number for one in CUSTODIES.find(tx, person_id=loic)] == ["12345"]
        assert [one.received_on for one in BASES.find(tx, person_id=martine)] == [date(2026, 8, 16)]
        acts = [line.act for line in journal.lines_about(tx.connection, loic)]
        assert acts == ["start_person"]


def test_everything_missing_is_said_at_once(persons: PersonService) -> None:
    with pytest.raises(Refusal) as caught:
        persons.quick_start(QuickStart(birth_name=" ", first_names="", birth_date=None))
    assert {one.field for one in caught.value.problems} == {"birth_name", "first_names", "birth_date", "ecrou_number"}


def test_a_name_keeps_its_signs_and_loses_what_cannot_be_seen(persons: PersonService) -> None:
    start = replace(LOIC, birth_name=" N’Diaye-d’Àlmeida\u202e\x00 ", first_names="Jean‑Noël")
    person = persons.civil(persons.quick_start(start)).person.value
    assert (person.birth_name, person.first_names) == ("N’Diaye-d’Àlmeida", "Jean‑Noël")


@pytest.mark.parametrize(
    ("start", "likeness"),
    [
        (replace(LOIC, birth_name="PÉRRIN", first_names="Loic", ecrou_number="99"), Likeness.SAME_NAME_AND_BIRTH),
        (replace(LOIC, birth_date=date(2004, 3, 14), ecrou_number="77"), Likeness.SAME_NAME_AND_BIRTH),
        (replace(LOIC, birth_name="Autre"), Likeness.SAME_ECROU),
    ],
)
def test_a_similar_person_warns_and_asks_why(persons: PersonService, start: QuickStart, likeness: Likeness) -> None:
    first = persons.quick_start(LOIC)
    with pytest.raises(Refusal) as caught:
        persons.quick_start(start)
    found = caught.value.problems[0].data["found"]
    assert caught.value.code == "duplicate"
    assert [(one.id, one.likeness) for one in found] == [(first, likeness)]  # type: ignore[attr-defined]
    assert [one.likeness for one in persons.similar(start)] == [likeness]
    second = persons.quick_start(start, "homonyme : état civil vérifié")
    assert persons.civil(second).person.value.duplicate_reason == "homonyme : état civil vérifié"


def test_day_and_month_swapped_warn_across_spellings(persons: PersonService) -> None:
    persons.quick_start(
        QuickStart(birth_name="Nguyen", first_names="Thi", birth_date=date(1990, 3, 4), ecrou_number="1")
    )
    start = QuickStart(birth_name="N'Guyen", first_names="Thi", birth_date=date(1990, 4, 3), ecrou_number="2")
    assert [one.likeness for one in persons.similar(start)] == [Likeness.SWAPPED_DAY_AND_MONTH]


# -- saving as one types -------------------------------------------------------------------------------------


def test_fields_are_saved_and_those_that_cannot_be_come_back(persons: PersonService, moving: MovableClock) -> None:
    id_ = persons.quick_start(LOIC)
    lock = persons.civil(id_).person.lock
    saved = persons.save_fields(id_, {"phone_state": "pas_de_telephone", "appi_number": "12"}, lock)
    assert [(one.code, one.field) for one in saved.refused] == [("appi_format", "appi_number")]
    person = persons.civil(id_).person
    assert (person.value.phone_state, person.value.appi_number, person.lock) == (PhoneState.NONE, "", saved.lock)
    persons.save_fields(id_, {"appi_number": " 201 123456789 a"}, saved.lock)
    assert persons.civil(id_).person.value.appi_number == "201123456789A"


def test_an_autosave_that_changes_nothing_writes_nothing(persons: PersonService) -> None:
    id_ = persons.quick_start(LOIC)
    lock = persons.civil(id_).person.lock
    assert persons.save_fields(id_, {"birth_name": "Perrin"}, lock).lock == lock


def test_a_value_changed_elsewhere_is_not_overwritten(persons: PersonService) -> None:
    id_ = persons.quick_start(LOIC)
    lock = persons.civil(id_).person.lock
    persons.save_fields(id_, {"usual_name": "Perrin-Roy"}, lock)
    with pytest.raises(Refusal, match="changed_elsewhere"):
        persons.save_fields(id_, {"usual_name": "Roy"}, lock)
    assert persons.civil(id_).person.value.usual_name == "Perrin-Roy"


def test_a_new_name_is_found_at_once(persons: PersonService) -> None:
    id_ = persons.quick_start(LOIC)
    persons.save_fields(id_, {"usual_name": "Œillet"})
    assert [hit.id for hit in persons.search("oeil loi")] == [id_]


def test_lines_are_added_changed_binned_and_taken_back(persons: PersonService, context: Context) -> None:
    id_ = persons.quick_start(LOIC)
    contact = Contact(id=context.ids.new(), person_id=id_, kind="famille", name="Sa mère")
    persons.contacts.add(contact)
    persons.addresses.add(Address(id=context.ids.new(), person_id=id_, line="3, rue du Four", postal_code="31999"))
    persons.documents.add(IdentityDocument(id=context.ids.new(), person_id=id_))
    saved = persons.contacts.save_fields(contact.id, {"phone": "06 00 00 00 00", "email": "x"}, 1)
    assert [one.field for one in saved.refused] == ["email"]
    persons.contacts.bin(contact.id)
    assert persons.civil(id_).contacts == []
    persons.contacts.restore(contact.id)
    assert [one.value.phone for one in persons.civil(id_).contacts] == ["06 00 00 00 00"]


def test_a_line_that_cannot_be_is_refused(persons: PersonService, context: Context) -> None:
    id_ = persons.quick_start(LOIC)
    with pytest.raises(Refusal, match="postal_code_format"):
        persons.addresses.add(Address(id=context.ids.new(), person_id=id_, postal_code="319"))
    assert persons.civil(id_).addresses == []


# -- assignment and access -----------------------------------------------------------------------------------


def test_without_a_dpip_an_assignment_needs_a_written_reason(persons: PersonService, context: Context) -> None:
    id_ = persons.quick_start(LOIC)
    with pytest.raises(Refusal, match="reason_needed_without_dpip"):
        persons.assign(id_, context.officer_id)
    persons.assign(id_, context.officer_id, milieu="MF", reason="arrivant")
    ((assignment, officer),) = persons.assignments(id_)
    assert (assignment.reason, officer.family_name) == ("arrivant", "Vasseur")
    assert persons.count(PersonFilter(whose=Whose.MINE)) == 1


def test_who_starts_a_dossier_without_a_dpip_may_follow_it_with_its_reason_written(
    persons: PersonService, context: Context
) -> None:
    assert persons.may_follow()
    id_ = persons.quick_start(replace(LOIC, follow=True))
    ((assignment, officer),) = persons.assignments(id_)
    assert (assignment.reason, assignment.assigned_by, officer.id) == ("nouveau",) + (context.officer_id,) * 2
    assert [one.id for one in persons.page(PersonFilter(whose=Whose.MINE))] == [id_]
    with context.store.reading() as tx:
        (line,) = journal.lines_about(tx.connection, assignment.id)
    assert (line.act, line.reason, line.recipient) == ("start_person", "nouveau", str(context.officer_id))


def test_who_starts_a_dossier_leaves_it_to_the_dpip_where_there_is_one(dpip_context: Context, context: Context) -> None:
    context.actor = replace(context.actor, store_has_dpip=True)
    persons = PersonService(context, AccessService(context))
    assert not persons.may_follow()
    with pytest.raises(Refusal, match="not_allowed"):
        persons.quick_start(replace(LOIC, follow=True))
    assert persons.count(PersonFilter(whose=Whose.ALL)) == 0


def test_with_a_dpip_only_the_dpip_assigns(directing: PersonService, context: Context, dpip_context: Context) -> None:
    id_ = directing.quick_start(LOIC)
    other = Context(context.store, replace(context.actor, store_has_dpip=True))
    with pytest.raises(Refusal, match="not_allowed"):
        PersonService(other, AccessService(other)).assign(id_, context.officer_id, reason="arrivant")
    directing.assign(id_, context.officer_id)
    with pytest.raises(Refusal, match="already_assigned"):
        directing.assign(id_, context.officer_id)


def test_a_dossier_that_is_not_mine_asks_why(
    directing: PersonService, persons: PersonService, dpip_context: Context, moving: MovableClock
) -> None:
    id_ = directing.quick_start(LOIC)
    directing.assign(id_, dpip_context.officer_id)
    assert persons.access.needs_reason(id_)
    for attempt in (lambda: persons.civil(id_), lambda: persons.access.open(id_), lambda: persons.save_fields(id_, {})):
        with pytest.raises(Refusal, match="access_reason_needed"):
            attempt()
    with pytest.raises(Refusal, match="access_detail_needed"):
        persons.access.open(id_, AccessReason.OTHER, " ")
    persons.access.open(id_, AccessReason.DUTY)
    assert persons.civil(id_).person.value.birth_name == "Perrin"
    moving.move(hours=13)
    assert persons.access.needs_reason(id_)


def test_an_interim_opens_without_asking(
    directing: PersonService, persons: PersonService, dpip_context: Context, context: Context, moving: MovableClock
) -> None:
    id_ = directing.quick_start(LOIC)
    directing.assign(id_, dpip_context.officer_id)
    interim = Interim(
        id=context.ids.new(),
        absent_id=dpip_context.officer_id,
        replacement_id=context.officer_id,
        starts=moving.today,
        ends=moving.today,
    )
    directing.access.add_interim(interim)
    assert not persons.access.needs_reason(id_)
    moving.move(days=1)
    assert persons.access.needs_reason(id_)


def test_a_consultation_is_written_once_in_fifteen_minutes(
    persons: PersonService, context: Context, moving: MovableClock
) -> None:
    id_ = persons.quick_start(LOIC)

    def lines() -> int:
        with context.store.reading() as tx:
            found = journal.lines_about(tx.connection, id_)
            return sum(line.act == rows.CONSULTATION for line in found)

    persons.access.open(id_)
    persons.access.open(id_)
    assert lines() == 1
    moving.move(minutes=16)
    persons.access.open(id_)
    assert lines() == 2


def test_who_may_only_read_changes_nothing(context: Context, persons: PersonService) -> None:
    id_ = persons.quick_start(LOIC)
    reader = entrusted(context, id_, Role.LECTURE)
    reading = PersonService(reader, AccessService(reader))
    assert reading.civil(id_).person.value.birth_name == "Perrin"
    for attempt in (lambda: reading.save_fields(id_, {"birth_name": "X"}), lambda: reading.quick_start(MARTINE)):
        with pytest.raises(Refusal, match="not_allowed"):
            attempt()


# -- finding and listing -------------------------------------------------------------------------------------


def test_search_finds_by_any_word_in_any_order(persons: PersonService) -> None:
    loic, martine = persons.quick_start(LOIC), persons.quick_start(MARTINE)
    persons.save_fields(martine, {"appi_number": "201123456789"})
    for typed, wanted in (
        ("perrin", loic), ("loic per", loic), ("PÉR", loic), ("14/03/2004", loic), ("1234", loic),
        ("breaud", martine), ("201123", martine), ("mart bre", martine),
    ):  # fmt: skip
        assert [hit.id for hit in persons.search(typed)] == [wanted], typed
    assert persons.search("xyz") == persons.search("  ") == persons.search("'\"*-") == []


def test_an_exact_ecrou_number_comes_first(persons: PersonService) -> None:
    persons.quick_start(replace(LOIC, birth_name="Abel", ecrou_number="123456"))
    exact = persons.quick_start(replace(LOIC, birth_name="Zola"))
    hits = persons.search("12345")
    assert [hit.name for hit in hits] == ["Loïc ZOLA", "Loïc ABEL"]
    assert (hits[0].id, hits[0].exact, hits[1].exact) == (exact, True, False)


def test_who_is_no_longer_followed_is_not_to_assign(persons: PersonService, context: Context) -> None:
    loic, martine = persons.quick_start(LOIC), persons.quick_start(MARTINE)
    to_assign = PersonFilter(whose=Whose.UNASSIGNED)
    assert persons.count(to_assign) == 2
    with context.store.transaction(context.actor, "end") as tx:
        for record in (*BASES.find(tx, person_id=loic), *BASES.find(tx, person_id=martine)):
            BASES.save(tx, replace(record, ends=date(2021, 11, 22)))
        tx.note("basis")
    assert [one.id for one in persons.page(to_assign)] == [loic], "the écrou still runs"
    with context.store.transaction(context.actor, "release") as tx:
        (custody,) = CUSTODIES.find(tx, person_id=loic)
        CUSTODIES.save(tx, replace(custody, ends=date(2026, 11, 1)))
        tx.note("custody", custody.id)
    assert persons.count(to_assign) == 0
    assert all(one.ended for one in persons.page(PersonFilter(whose=Whose.ALL)))


def test_the_list_is_filtered_and_sorted(persons: PersonService, context: Context) -> None:
    loic, martine = persons.quick_start(LOIC), persons.quick_start(MARTINE)
    persons.assign(martine, context.officer_id, reason="nouveau")
    everyone = PersonFilter(whose=Whose.ALL)
    assert [one.name for one in persons.page(everyone)] == ["Martine BRÉAUD", "Loïc PERRIN"]
    assert [one.id for one in persons.page(everyone, descending=True)] == [loic, martine]
    assert [one.id for one in persons.page(everyone, sort=Sort.BIRTH)] == [martine, loic]
    assert [one.id for one in persons.page(PersonFilter(whose=Whose.MINE))] == [martine]
    assert [one.id for one in persons.page(PersonFilter(whose=Whose.UNASSIGNED))] == [loic]
    assert [one.id for one in persons.page(PersonFilter(whose=Whose.ALL, text="perr lo"))] == [loic]
    assert persons.count(PersonFilter(whose=Whose.ALL, text="perr")) == 1
    assert persons.page(everyone, offset=1, limit=1)[0].id == loic
    assert [one.officers for one in persons.page(everyone)] == ["Claire Vasseur", ""]
    for sort in Sort:
        assert len(persons.page(everyone, sort=sort)) == 2
