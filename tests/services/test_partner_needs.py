"""The table of needs and partners, kept by hand."""

from datetime import date

import pytest

from spip_desktop.domain.errors import Refusal
from spip_desktop.services.context import Context
from spip_desktop.services.partner import PartnerDirectory


@pytest.fixture
def partners(context: Context) -> PartnerDirectory:
    return PartnerDirectory(context)


def test_a_line_is_added_noted_taken_off_and_put_back(partners: PartnerDirectory) -> None:
    id_ = partners.add("CSAPA Le Passage", kind="csapa")
    need = partners.needs.add("consommations", id_, note="Dès l’accueil")
    partners.needs.save_note(need, "Avant la sortie")
    (line,) = partners.needs.of("consommations")
    assert (line.partner, line.need.note) == ("CSAPA Le Passage", "Avant la sortie")
    partners.needs.bin(need)
    assert partners.needs.lines() == []
    partners.needs.restore(need)
    assert [one.need.id for one in partners.needs.lines()] == [need]


def test_the_same_partner_is_not_noted_twice_for_a_need(partners: PartnerDirectory) -> None:
    id_ = partners.add("CSAPA Le Passage", kind="csapa")
    partners.needs.add("consommations", id_)
    with pytest.raises(Refusal, match="need_partner_twice"):
        partners.needs.add("consommations", id_)
    for step, code in (("", "required"), ("accueil", "choose_one"), ("inconnu", "choose_one")):
        with pytest.raises(Refusal, match=code):
            partners.needs.add(step, id_)


def test_a_partner_that_is_no_longer_offered_stays_in_the_table_and_is_not_proposed(
    partners: PartnerDirectory,
) -> None:
    id_ = partners.add("CSAPA Le Passage", kind="csapa")
    partners.needs.add("consommations", id_)
    partners.save_fields(id_, {"ends": date(2026, 11, 21)})
    assert [one.offered for one in partners.needs.lines()] == [False]
    assert partners.needs.of("consommations") == []


def test_the_fields_are_those_of_the_evaluation(partners: PartnerDirectory) -> None:
    steps = dict(partners.needs.steps())
    assert {"formation_emploi", "situation_concrete"} <= steps.keys()
    assert "accueil" not in steps
