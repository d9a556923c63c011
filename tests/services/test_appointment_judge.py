"""Who a convocation says is told of an absence: the judge of the measure, and nobody where nobody ordered anything."""

from datetime import date
from uuid import UUID

import pytest

from spip_desktop.domain.measure import Basis, BasisKind, Measure
from spip_desktop.services.appointment_draft import Wish
from spip_desktop.services.context import Context
from spip_desktop.services.person import QuickStart
from spip_desktop.wiring import Services, make_services
from tests.documents.reading import one_line

TUESDAY = date(2026, 12, 8)
SOMEBODY = "le magistrat chargé de votre suivi pourra en être informé."


@pytest.fixture
def services(context: Context) -> Services:
    return make_services(context)


@pytest.fixture
def anna(services: Services) -> UUID:
    return services.persons.quick_start(
        QuickStart(birth_name="Bréaud", first_names="Anna", birth_date=date(1992, 5, 2), referral_on=date(2026, 8, 16))
    )


def ordered(services: Services, person: UUID, kind: str, authority: str) -> None:
    """A measure that runs, ordered by that authority."""
    ids = services.context.ids
    basis = Basis(id=ids.new(), person_id=person, kind=BasisKind.REFERRAL, authority=authority)
    services.situation.bases.add(basis)
    services.situation.measures.add(
        Measure(id=ids.new(), person_id=person, kind=kind, basis_id=basis.id, starts=date(2026, 11, 2))
    )


def convocation(services: Services, person: UUID, kind: str = "suivi") -> str:
    id_ = services.appointments.draft.start(
        person, kind, TUESDAY, (14, 30), Wish(place_detail="Ateliers, 8, rue du Port, 31999 Valbrune")
    )
    return one_line(services.appointments.papers.issue(id_).content)


@pytest.mark.parametrize(
    ("kind", "authority", "said"),
    [
        ("SP", "juridiction", "le juge de l’application des peines pourra en être informé."),
        ("SP", "je", "le juge des enfants pourra en être informé."),
        ("CJ", "ji", "le juge d’instruction pourra en être informé."),
        ("CJSE", "jld", "le juge des libertés et de la détention pourra en être informé."),
        ("CJ", "", SOMEBODY),
    ],
)
def test_the_judge_of_the_measure_is_named(
    services: Services, anna: UUID, kind: str, authority: str, said: str
) -> None:
    ordered(services, anna, kind, authority)
    read = convocation(services, anna)
    assert said in read
    assert "{judge}" not in read


def test_two_measures_of_two_judges_name_neither(services: Services, anna: UUID) -> None:
    ordered(services, anna, "SP", "juridiction")
    ordered(services, anna, "CJ", "ji")
    assert SOMEBODY in convocation(services, anna)


def test_before_any_measure_is_noted_no_judge_is_made_up(services: Services, anna: UUID) -> None:
    assert SOMEBODY in convocation(services, anna)


def test_who_asked_for_help_is_told_of_no_judge(services: Services, anna: UUID) -> None:
    """D. 522-4: it is no mandate."""
    ids = services.context.ids
    services.situation.measures.add(Measure(id=ids.new(), person_id=anna, kind="AIDE6", starts=date(2026, 11, 2)))
    read = convocation(services, anna)
    assert "informé" not in read
    assert "En cas d’absence" not in read


def test_a_paper_is_named_in_words_of_everyone(services: Services, anna: UUID) -> None:
    read = convocation(services, anna, "recadrage")
    assert "Convocation : entretien avec la direction du service" in read
    assert "DPIP" not in read
    assert "recadrage" not in read


def test_elsewhere_is_the_address_alone(services: Services, anna: UUID) -> None:
    read = convocation(services, anna, "tig")
    assert "8 décembre 2026 à 14 h 30 Ateliers, 8, rue du Port, 31999 Valbrune" in read
    assert "Ailleurs" not in read
