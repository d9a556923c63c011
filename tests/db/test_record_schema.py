"""The schemas of the records are those that are published, and say yes to what the program itself writes."""

import pytest

from spip_desktop.db import record_schema
from spip_desktop.db.records import EVERY
from spip_desktop.db.transfer_kinds import ALONG, PIECE, TRAVELS
from spip_desktop.exchange.record_check import RecordCheck
from spip_desktop.services.transfer_out import mask
from tools.record_schemas import FOLDER, texts


def test_the_published_schemas_are_those_of_the_records() -> None:
    """`python -m tools.record_schemas` writes them."""
    assert {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.json")} == texts()


def test_every_kind_of_line_has_its_schema() -> None:
    assert record_schema.every().keys() == TRAVELS.keys() | ALONG | {PIECE}


def test_what_is_left_empty_is_a_field_that_may_be_empty() -> None:
    schemas = record_schema.every()
    for kind, empty in mask().kept.items():
        assert kind in EVERY
        assert empty <= schemas[kind]["properties"].keys(), kind
        assert not empty & set(schemas[kind]["required"]), kind


@pytest.mark.parametrize(
    "wrong", [{"children_count": "deux"}, {"birth_date": "14/03/2004"}, {"unknown": 1}, {"phone_state": "autre"}]
)
def test_what_has_not_the_shape_of_a_record_is_refused(wrong: dict[str, object]) -> None:
    check = RecordCheck(record_schema.every())
    person = {"id": "01a20000-0000-7000-8000-000000000001", "birth_name": "N’Diaye", "first_names": "Loïc"}
    check("person", person)  # control
    with pytest.raises(ValueError, match="data"):
        check("person", person | wrong)
    with pytest.raises(ValueError, match="kind"):
        check("confidence", person)
