"""The person: what may be recorded, what warns, who looks like whom, who opens freely."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spip_desktop.domain.access import AccessReason, Interim, interim_problems, opens_freely, reason_problems
from spip_desktop.domain.around import (
    address_problems,
    assignment_problems,
    contact_problems,
    document_problems,
    document_warnings,
    preparation_problems,
)
from spip_desktop.domain.changes import change
from spip_desktop.domain.errors import Problem
from spip_desktop.domain.person import (
    Address,
    Assignment,
    Contact,
    ContactKind,
    IdentityDocument,
    Likeness,
    Person,
    PhoneState,
    Preparation,
    likeness,
    normalised_appi,
    person_problems,
    person_warnings,
)

TODAY = date(2026, 11, 22)
ME, COLLEAGUE = UUID(int=1), UUID(int=2)
PERSON = Person(id=UUID(int=10), birth_name="N’Guyen", first_names="Thi", birth_date=date(2000, 3, 4))


def codes(problems: list[Problem]) -> set[str]:
    return {problem.code for problem in problems}


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({}, None),
        ({"birth_name": " "}, "required"),
        ({"birth_name": "x" * 81}, "too_long"),
        ({"birth_date": TODAY + timedelta(days=1)}, "birth_in_future"),
        ({"birth_date": date(2013, 11, 23)}, "too_young"),
        ({"birth_date": date(2013, 11, 22)}, None),
        ({"birth_date": date(1900, 1, 1)}, "too_old"),
        ({"appi_number": "201123456789A"}, None),
        ({"appi_number": "20012345"}, None),
        ({"appi_number": "20112345"}, "appi_format"),
        ({"phone_state": PhoneState.NUMBER, "phone": "06 00 00"}, None),
        ({"phone_state": PhoneState.NUMBER, "phone": ""}, "phone_format"),
        ({"phone_state": PhoneState.REFUSED, "phone": ""}, None),
        ({"children_count": -1}, "children_out_of_range"),
    ],
)
def test_v02_and_the_rest_of_the_identity(fields: dict[str, object], code: str | None) -> None:
    assert codes(person_problems(replace(PERSON, **fields), TODAY)) == ({code} if code else set())  # type: ignore[arg-type]


def test_v02_a_minor_warns() -> None:
    assert codes(person_warnings(replace(PERSON, birth_date=date(2008, 11, 23)), TODAY)) == {"minor_pjj"}
    assert person_warnings(replace(PERSON, birth_date=date(2008, 11, 22)), TODAY) == []


def test_an_appi_number_is_read_however_it_is_typed() -> None:
    assert normalised_appi(" 201 123 456-789 a") == "201123456789A"


def test_homonyms_and_swapped_dates_look_alike() -> None:
    other = Person(id=UUID(int=11), birth_name="Nguyen", first_names="Thi Hanh", birth_date=date(2000, 4, 3))
    assert likeness(PERSON, other) is Likeness.SWAPPED_DAY_AND_MONTH
    assert likeness(PERSON, replace(other, birth_date=date(2000, 3, 4))) is Likeness.SAME_NAME_AND_BIRTH
    married = replace(other, birth_name="Martin", usual_name="Nguyen", birth_date=date(2000, 3, 4))
    assert likeness(PERSON, married) is Likeness.SAME_NAME_AND_BIRTH
    assert likeness(PERSON, replace(other, birth_date=date(2000, 4, 4))) is None
    assert likeness(replace(PERSON, appi_number="20012345"), replace(married, appi_number="20012345")) is (
        Likeness.SAME_APPI
    )


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2010, 12, 31)), st.dates(), st.booleans())
def test_likeness_is_mutual(birth: date, other_birth: date, appi: bool) -> None:
    one = replace(PERSON, birth_date=birth, appi_number="20012345" if appi else "")
    other = replace(PERSON, id=UUID(int=11), birth_name="Nguyen", birth_date=other_birth, appi_number=one.appi_number)
    assert likeness(one, other) == likeness(other, one)


def test_lines_around_the_person() -> None:
    address = Address(id=UUID(int=20), person_id=PERSON.id, postal_code="3199")
    assert codes(address_problems(address)) == {"postal_code_format"}
    contact = Contact(id=UUID(int=21), person_id=PERSON.id, kind=ContactKind.COORDINATING_DOCTOR, note="traitement")
    assert codes(contact_problems(contact)) == {"doctor_existence_only"}
    assert codes(contact_problems(replace(contact, note="", email="a@b", phone="12"))) == {
        "email_format",
        "phone_format",
    }
    document = IdentityDocument(id=UUID(int=22), person_id=PERSON.id, issued=date(2026, 2, 2), expires=date(2026, 2, 1))
    assert codes(document_problems(document, TODAY)) == {"end_before_start"}


@pytest.mark.parametrize(
    ("expires", "code"),
    [
        (None, "document_without_end"),
        (date(2026, 11, 21), "document_over"),
        (date(2027, 1, 1), "document_soon_over"),
        (date(2030, 1, 1), None),
    ],
)
def test_an_identity_document_warns_before_its_end(expires: date | None, code: str | None) -> None:
    document = IdentityDocument(id=UUID(int=22), person_id=PERSON.id, expires=expires)
    assert codes(document_warnings(document, TODAY)) == ({code} if code else set())


# -- assignment and access -----------------------------------------------------------------------------------


def assigned(officer: UUID, ends: date | None = None, id: int = 30) -> Assignment:
    return Assignment(id=UUID(int=id), person_id=PERSON.id, officer_id=officer, starts=date(2026, 1, 1), ends=ends)


def test_two_officers_may_follow_not_twice_the_same() -> None:
    assert assignment_problems(assigned(ME, id=31), [assigned(COLLEAGUE)]) == []
    assert codes(assignment_problems(assigned(ME, id=31), [assigned(ME)])) == {"already_assigned"}


def test_mine_is_an_assignment_open_today() -> None:
    assert opens_freely([assigned(ME, ends=TODAY)], [], ME, TODAY)
    assert not opens_freely([assigned(ME, ends=TODAY - timedelta(days=1))], [], ME, TODAY)
    assert not opens_freely([assigned(COLLEAGUE)], [], ME, TODAY)


def test_a_dossier_opens_freely_when_mine_unassigned_or_in_interim() -> None:
    interim = Interim(
        id=UUID(int=40), absent_id=COLLEAGUE, replacement_id=ME, starts=TODAY, ends=TODAY + timedelta(days=7)
    )
    assert opens_freely([], [], ME, TODAY)
    assert not opens_freely([], [], ME, TODAY, others=False)
    assert opens_freely([assigned(ME)], [], ME, TODAY, others=False)
    assert opens_freely([assigned(COLLEAGUE)], [interim], ME, TODAY, others=False)
    assert opens_freely([assigned(ME)], [], ME, TODAY)
    assert not opens_freely([assigned(COLLEAGUE)], [], ME, TODAY)
    assert opens_freely([assigned(COLLEAGUE)], [interim], ME, TODAY)
    assert not opens_freely([assigned(COLLEAGUE)], [interim], ME, TODAY + timedelta(days=8))
    assert codes(interim_problems(replace(interim, replacement_id=COLLEAGUE))) == {"interim_of_oneself"}


def test_some_reasons_want_a_word_more() -> None:
    assert codes(reason_problems(None, "")) == {"access_reason_needed"}
    assert reason_problems(AccessReason.DUTY, "") == []
    assert codes(reason_problems(AccessReason.OTHER, " ")) == {"access_detail_needed"}
    assert reason_problems(AccessReason.REPLACEMENT, "Paul Duval") == []


# -- changes -------------------------------------------------------------------------------------------------


def _rule(person: Person) -> list[Problem]:
    return person_problems(person, TODAY)


def test_what_can_be_accepted_is_and_the_rest_says_why() -> None:
    found = change(PERSON, {"first_names": "Linh", "birth_name": "", "birth_date": date(2020, 1, 1)}, _rule)
    assert found.value.first_names == "Linh"
    assert (found.value.birth_name, found.value.birth_date) == (PERSON.birth_name, PERSON.birth_date)
    assert {(one.code, one.field) for one in found.refused} == {("required", "birth_name"), ("too_young", "birth_date")}


def test_two_fields_that_only_hold_together_are_accepted_together() -> None:
    start = Preparation(id=UUID(int=2), person_id=PERSON.id, starts=date(2026, 1, 1), ends=date(2026, 2, 1))
    found = change(start, {"starts": date(2026, 3, 1), "ends": date(2026, 4, 1)}, preparation_problems)
    assert found.refused == ()


def test_an_old_problem_does_not_stand_in_the_way() -> None:
    old = replace(PERSON, appi_number="abc")
    assert change(old, {"first_names": "Linh"}, _rule).refused == ()
    assert change(old, {"appi_number": "abcd"}, _rule).refused[0].code == "appi_format"


@given(
    st.dictionaries(st.sampled_from(["birth_name", "first_names", "usual_name", "appi_number"]), st.text(max_size=90))
)
def test_a_change_never_leaves_a_new_problem(changes: dict[str, str]) -> None:
    assert person_problems(change(PERSON, changes, _rule).value, TODAY) == []
