"""Formats of the directory, and which mission locale serves which town or prison."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from spip_desktop.domain.partner import (
    Partner,
    PartnerContact,
    PartnerConvention,
    PartnerService,
    contact_problems,
    holding_permanence,
    matches,
    partner_problems,
    postal_codes_of,
    service_problems,
    serving,
    summary,
)

TODAY = date(2026, 11, 22)


def _id(number: int) -> UUID:
    return UUID(int=number)


def _mission(number: int, name: str, codes: tuple[str, ...], prison: str = "") -> Partner:
    service = PartnerService(
        id=_id(number * 10), name="Accueil", postal_codes=codes, works_in_prison=bool(prison), establishment=prison
    )
    return Partner(id=_id(number), name=name, services=(service,))


VALBRUNE = _mission(1, "Mission locale du Pays de Valbrune", ("31999",), "maison d’arrêt de Valbrune")
ORSANNE = _mission(2, "Orsanne et vallées", ("31998", "31997"))


@pytest.mark.parametrize("siret", ["1234", "123456789012345", "1234567890123A"])
def test_a_siret_has_fourteen_digits(siret: str) -> None:
    problems = partner_problems(Partner(id=_id(1), name="ML", siret=siret))
    assert [(one.code, one.field) for one in problems] == [("siret_format", "siret")]
    assert not partner_problems(Partner(id=_id(1), name="ML", siret="12345678901234"))


def test_every_wrong_postal_code_is_named() -> None:
    problems = service_problems(PartnerService(id=_id(1), postal_codes=("31999", "3199", "abcde")))
    assert [one.data["wrong"] for one in problems] == ["3199, abcde"]


def test_a_name_is_required_and_an_address_of_mail_is_one() -> None:
    assert [one.field for one in partner_problems(Partner(id=_id(1), name=" ", email="rien"))] == ["name", "email"]
    assert [one.field for one in contact_problems(PartnerContact(id=_id(1), name="H", email="a@b"))] == ["email"]


def test_codes_are_read_however_they_are_separated() -> None:
    assert postal_codes_of(" 31999, 31998;31997\n31999 ") == ("31999", "31998", "31997")


def test_two_missions_locales_the_permanence_and_the_residence() -> None:
    partners = [VALBRUNE, ORSANNE]
    held = holding_permanence(partners, "Maison d'arrêt de VALBRUNE", TODAY)
    later = serving(partners, "31997", TODAY)
    assert held is not None
    assert held[0] is VALBRUNE
    assert later is not None
    assert later[0] is ORSANNE
    assert serving(partners, "75001", TODAY) is None
    assert holding_permanence(partners, "", TODAY) is None


def test_a_mission_locale_serves_between_its_days_only() -> None:
    former = replace(ORSANNE, id=_id(3), name="Ancien nom", ends=date(2026, 6, 30))
    later = replace(ORSANNE, starts=date(2026, 7, 1))
    for day, name in ((date(2026, 6, 30), "Ancien nom"), (date(2026, 7, 1), ORSANNE.name)):
        found = serving([former, later], "31997", day)
        assert found is not None
        assert found[0].name == name
    ended = replace(VALBRUNE, ends=date(2026, 11, 21))
    assert holding_permanence([ended], "maison d’arrêt de Valbrune", TODAY) is None
    assert holding_permanence([ended], "maison d’arrêt de Valbrune", date(2026, 11, 21)) is not None


def test_a_service_without_postal_codes_does_not_answer() -> None:
    assert PartnerService(id=_id(1)).covers("31999") is None
    assert VALBRUNE.services[0].covers("") is None
    assert VALBRUNE.services[0].covers("31998") is False


def test_the_list_is_searched_by_the_start_of_words() -> None:
    assert matches(summary(VALBRUNE, TODAY), "valb miss")
    assert matches(summary(ORSANNE, TODAY), "vallees")
    assert not matches(summary(ORSANNE, TODAY), "anne")


def test_a_partner_is_offered_between_its_days_both_included() -> None:
    closed = Partner(id=_id(1), name="ML", starts=date(2026, 1, 1), ends=TODAY)
    assert closed.offered_on(date(2026, 1, 1))
    assert closed.offered_on(TODAY)
    assert not closed.offered_on(date(2026, 11, 23))
    assert not closed.offered_on(date(2025, 12, 31))
    assert [
        one.field for one in partner_problems(Partner(id=_id(1), name="ML", starts=TODAY, ends=date(2026, 1, 1)))
    ] == ["ends"]


def test_the_list_tells_until_when_the_convention_runs() -> None:
    past = PartnerConvention(id=_id(2), ends=date(2025, 12, 31))
    runs = PartnerConvention(id=_id(3), starts=date(2026, 1, 1), ends=date(2027, 1, 14))
    partner = Partner(id=_id(1), name="ML", conventions=(past, runs))
    assert summary(partner, TODAY).convention_ends == date(2027, 1, 14)
