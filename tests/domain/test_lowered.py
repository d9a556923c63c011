"""A label told inside a line."""

import pytest

from spip_desktop.domain.disclosure import lowered


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("Par téléphone", "par téléphone"),
        ("Mission locale", "mission locale"),
        ("Pôle IPRO", "pôle IPRO"),
        ("CCAS ou maison du département", "CCAS ou maison du département"),
        ("France Travail", "France Travail"),
        ("", ""),
    ],
)
def test_a_common_name_loses_its_capital_a_proper_one_keeps_it(label: str, said: str) -> None:
    assert lowered(label) == said
