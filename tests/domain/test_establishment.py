"""Places of the service and prisons, compared as they are written."""

import pytest

from spip_desktop.domain.establishment import is_held_at, is_held_elsewhere

OFFICES = "Maison d’arrêt de Valbrune, bureaux du SPIP"


@pytest.mark.parametrize(
    ("establishment", "place", "at", "elsewhere"),
    [
        ("MA de Valbrune", OFFICES, True, False),
        ("maison d'arrêt de VALBRUNE", OFFICES, True, False),
        ("Valbrune", OFFICES, True, False),
        ("MA de Valbrune", "Bureau des entretiens, Valbrune", True, False),
        ("CD de Haute-Orsanne", OFFICES, False, True),
        ("CD de Valbrune", OFFICES, False, True),
        ("CP de Valbrune", OFFICES, False, False),  # it may be a quarter of it: the officer says
        ("MA de Valbrune", "Bureau 4, bâtiment B", False, False),
        ("", OFFICES, False, False),
        ("MA", OFFICES, False, False),
    ],
)
def test_a_place_is_theirs_elsewhere_or_one_cannot_tell(
    establishment: str, place: str, at: bool, elsewhere: bool
) -> None:
    assert (is_held_at(establishment, place), is_held_elsewhere(establishment, place)) == (at, elsewhere)
