"""Every field of every record that travels has a French name, where two versions stand side by side."""

from collections.abc import Iterator

import pytest

from spip_desktop.db import codec
from spip_desktop.db.records import EVERY
from spip_desktop.db.rows import child_type
from spip_desktop.db.transfer_kinds import ALONG, PAPER, PIECE, TRAVELS
from spip_desktop.domain.leaves import Leaf
from spip_desktop.services.conflict_words import label
from spip_desktop.wording.field_names import FIELDS, OF_KIND
from spip_desktop.wording.record_fields import KINDS, OTHER_FIELD


def names(kind: type) -> Iterator[str]:
    """The fields of a record, and of those inside it."""
    for name, hint in codec.hints(kind).items():
        yield name
        inside = child_type(hint)
        if inside is not None:
            yield from names(inside)


@pytest.mark.parametrize("kind", [kind for kind in TRAVELS if kind != PAPER])
def test_every_field_of_a_record_that_travels_has_its_name(kind: str) -> None:
    unnamed = {name for name in names(EVERY[kind].kind) if label(Leaf("", name), kind) == OTHER_FIELD}
    assert unnamed == set()


def test_a_field_without_a_name_is_seen() -> None:
    assert label(Leaf("", "a_field_of_tomorrow"), "person") == OTHER_FIELD


def test_a_record_inside_another_keeps_its_own_names() -> None:
    assert label(Leaf("", "title"), "person") == "Civilité"
    assert label(Leaf("018f", "title"), "person") == FIELDS["title"]


def test_no_name_is_of_a_field_that_is_gone() -> None:
    known = {name for kind in TRAVELS if kind != PAPER for name in names(EVERY[kind].kind)}
    assert set(FIELDS) <= known
    assert {field for _, field in OF_KIND} <= known


def test_every_kind_that_travels_has_its_name() -> None:
    assert {*TRAVELS, *ALONG, PIECE} <= set(KINDS)
