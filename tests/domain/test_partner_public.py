"""Which rows of the public directory a department keeps."""

import pytest

from spip_desktop.domain.partner_public import concerned, department_of, read_departments


@pytest.mark.parametrize(
    ("insee", "postal_code", "department"),
    [
        ("31555", "31000", "31"),
        ("", "31000", "31"),
        ("2A004", "20000", "2A"),
        ("2b033", "20200", "2B"),
        ("", "20000", "2A"),
        ("", "20190", "2A"),
        ("", "20200", "2B"),
        ("", "20620", "2B"),
        ("97411", "97400", "974"),
        ("", "97600", "976"),
        ("", "98800", "988"),
        ("", "", ""),
    ],
)
def test_the_department_of_a_commune(insee: str, postal_code: str, department: str) -> None:
    assert department_of(insee, postal_code) == department


def test_departments_are_typed_any_way() -> None:
    assert read_departments(" 31, 2a;974 31") == (("31", "2A", "974"), ())
    assert read_departments("Gard, 30, 2C, 1") == (("30",), ("GARD", "2C", "1"))
    assert read_departments("") == ((), ())


@pytest.mark.parametrize(
    ("row", "kept"),
    [
        ({"code_insee": "31555"}, "31"),
        ({"code_insee": "69001", "zone_eligibilite": ["31555", "69"]}, "31"),
        ({"code_insee": "69001", "zone_eligibilite": ["69"]}, ""),
        ({"zone_eligibilite": ["2a"]}, "2A"),
        ({"zone_eligibilite": ["france"]}, ""),
        ({"zone_eligibilite": ["243100518"]}, ""),
        ({"zone_eligibilite": "31"}, ""),
        ({"code_insee": 31555}, ""),
        ({}, ""),
    ],
)
def test_a_row_is_kept_for_where_it_is_or_for_what_its_zone_names(row: dict[str, object], kept: str) -> None:
    assert concerned(row, ("31", "2A")) == kept


def test_without_a_department_every_row_is_kept() -> None:
    assert concerned({}, ()) == "?"
    assert concerned({"code_insee": "69001"}, ()) == "69"
