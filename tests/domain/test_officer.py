"""Rights are denied unless a role grants them; a number signs only while it is authorised."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.officer import (
    KEPT_FOR_DPIP,
    MATRIX,
    Actor,
    Officer,
    Right,
    Role,
    SignsAs,
    counsellor,
    of_the_referent,
    officer_problems,
    referent,
    the_referent,
)

OFFICER = Officer(
    id=UUID(int=1),
    identifier="falaise-12",
    family_name="Bréaud",
    first_name="Élodie",
    function="cpip",
    roles=(Role.CPIP,),
)
EVALUATIONS = {Right.READ_EVALUATION, Right.WRITE_EVALUATION, Right.READ_PACEP, Right.WRITE_PACEP}
FROM, UNTIL = date(2026, 1, 1), date(2026, 12, 31)
BY_NUMBER = replace(
    OFFICER,
    signs_as=SignsAs.NUMBER,
    administrative_number="240117",
    number_authorised_from=FROM,
    number_authorised_until=UNTIL,
)


def actor(*roles: Role, dpip: bool = False) -> Actor:
    return Actor(replace(OFFICER, roles=roles), store_has_dpip=dpip)


def refused(acting: Actor, right: Right, reason: str = "") -> str:
    with pytest.raises(Refusal) as refusal:
        acting.require(right, reason)
    return refusal.value.code


def test_every_role_is_in_the_matrix() -> None:
    assert set(MATRIX) == set(Role)


@pytest.mark.parametrize("right", list(Right))
def test_who_has_no_role_may_nothing(right: Right) -> None:
    assert not actor().may(right)
    assert refused(actor(), right, "un motif") == "not_allowed"


@pytest.mark.parametrize("right", list(Right))
def test_an_officer_who_left_may_nothing(right: Right) -> None:
    gone = Actor(replace(OFFICER, roles=tuple(Role), active=False))
    assert refused(gone, right, "un motif") == "not_allowed"


@pytest.mark.parametrize("role", list(Role))
def test_a_role_grants_its_own_rights_and_no_other(role: Role) -> None:
    acting = actor(role, dpip=True)
    for right in Right:
        if right in MATRIX[role]:
            acting.require(right)
        else:
            assert refused(acting, right, "un motif") == "not_allowed"


@pytest.mark.parametrize("roles", list(combinations(Role, 2)))
def test_two_roles_add_up(roles: tuple[Role, Role]) -> None:
    assert replace(OFFICER, roles=roles).rights() == MATRIX[roles[0]] | MATRIX[roles[1]]


def test_the_secretariat_never_opens_an_evaluation() -> None:
    assert not MATRIX[Role.SECRETARIAT] & EVALUATIONS
    assert {Right.WRITE_PERSON, Right.WRITE_SITUATION} <= MATRIX[Role.SECRETARIAT]


@pytest.mark.parametrize("role", [Role.ADMIN_TECHNIQUE, Role.AUDIT])
def test_keys_and_journal_open_no_dossier(role: Role) -> None:
    assert Right.READ_PERSON not in MATRIX[role]
    assert not MATRIX[role] & EVALUATIONS


@pytest.mark.parametrize("role", [Role.LECTURE, Role.AUDIT, Role.INTERVENANT])
def test_who_reads_writes_nothing(role: Role) -> None:
    assert not {right for right in MATRIX[role] if right.value.startswith("write")}


#: Who stands in for a missing DPIP: who follows dossiers, and who looks after the keys, each for their own part.
_STAND_IN = dict.fromkeys(KEPT_FOR_DPIP, (Role.CPIP,)) | {
    Right.HABILITATE: (Role.ADMIN_TECHNIQUE,),
    Right.ACKNOWLEDGE_LOSS: (Role.CPIP, Role.ADMIN_TECHNIQUE),
}


@pytest.mark.parametrize(("right", "role"), [(right, role) for right in KEPT_FOR_DPIP for role in _STAND_IN[right]])
def test_an_act_of_the_dpip_in_a_store_without_one_needs_a_reason(right: Right, role: Role) -> None:
    alone = actor(role)
    assert refused(alone, right) == "reason_needed_without_dpip"
    assert refused(alone, right, "  ") == "reason_needed_without_dpip"
    alone.require(right, "Aucun DPIP avant lundi")
    assert refused(actor(role, dpip=True), right, "Aucun DPIP avant lundi") == "not_allowed"
    actor(Role.DPIP, dpip=True).require(right)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.DPIP])
def test_a_reason_gives_no_one_else_the_acts_of_the_dpip(role: Role) -> None:
    for right in KEPT_FOR_DPIP:
        if role not in _STAND_IN[right]:
            assert refused(actor(role), right, "un motif") == "not_allowed"


def test_what_a_habilitation_names_is_added_for_an_intervenant_alone() -> None:
    named = (Right.READ_EVALUATION, Right.READ_PARTNER)
    ali = replace(OFFICER, roles=(Role.INTERVENANT,), habilitation_names=named)
    assert ali.rights() == MATRIX[Role.INTERVENANT] | set(named)
    assert replace(ali, roles=(Role.LECTURE,)).rights() == MATRIX[Role.LECTURE]
    assert replace(ali, active=False).rights() == frozenset()
    too_much = replace(ali, habilitation_names=(Right.WRITE_PACEP, Right.OPEN_OTHERS, Right.ERASE))
    assert too_much.rights() == MATRIX[Role.INTERVENANT]


@pytest.mark.parametrize("role", [Role.INTERVENANT, Role.LECTURE])
def test_who_only_reads_opens_no_dossier_that_is_not_theirs(role: Role) -> None:
    assert Right.OPEN_OTHERS not in MATRIX[role]


@given(st.dates(date(2025, 1, 1), date(2028, 1, 1)))
def test_a_number_signs_only_inside_its_authorisation(day: date) -> None:
    assert BY_NUMBER.signature(day) == ("n° 240117" if FROM <= day <= UNTIL else "Élodie Bréaud")


@pytest.mark.parametrize(
    "missing", [{"administrative_number": ""}, {"number_authorised_from": None}, {"number_authorised_until": None}]
)
def test_a_number_without_its_authorisation_never_signs(missing: dict[str, object]) -> None:
    officer = replace(BY_NUMBER, **missing)  # type: ignore[arg-type]
    assert officer.signature(FROM) == "Élodie Bréaud"
    assert [one.code for one in officer_problems(officer)] == ["required_to_sign_by_number"]


def test_an_authorisation_ends_after_it_begins() -> None:
    officer = replace(BY_NUMBER, number_authorised_until=FROM - timedelta(days=1))
    assert [(one.code, one.field) for one in officer_problems(officer)] == [
        ("end_before_start", "number_authorised_until")
    ]


def test_who_signs_by_name_needs_no_number() -> None:
    assert officer_problems(OFFICER) == []
    assert OFFICER.signature(FROM) == "Élodie Bréaud"


@pytest.mark.parametrize("identifier", ["elodie", "e.breaud", "BREAUD-12", "bré-aud", "Élodie B."])
def test_an_identifier_is_no_name(identifier: str) -> None:
    problems = officer_problems(replace(OFFICER, identifier=identifier))
    assert [one.code for one in problems] == ["identifier_is_a_name"]


@pytest.mark.parametrize("quotity", [0, -1, 101])
def test_a_quotity_is_a_percentage(quotity: int) -> None:
    assert [one.field for one in officer_problems(replace(OFFICER, quotity=quotity))] == ["quotity"]


def test_what_an_officer_must_give() -> None:
    empty = replace(OFFICER, identifier=" ", family_name="", first_name="", function="")
    assert [one.field for one in officer_problems(empty)] == ["identifier", "family_name", "first_name", "function"]


@pytest.mark.parametrize(
    ("title", "word", "article", "signature", "copy"),
    [
        ("Madame", "référente", "la référente", "de la référente", "conseillère"),
        ("Monsieur", "référent", "le référent", "du référent", "conseiller"),
        ("", "agent référent", "l’agent référent", "de l’agent référent", "CPIP"),
    ],
)
def test_the_officer_is_named_by_their_title_and_without_it_by_a_word_of_neither(
    title: str, word: str, article: str, signature: str, copy: str
) -> None:
    assert referent(title) == word
    assert the_referent(word) == article
    assert of_the_referent(word) == signature
    assert counsellor(title) == copy
