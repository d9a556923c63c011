"""Every table is mapped for a person who asks for their data, or says why it tells nothing of them; every field too."""

import dataclasses
from collections.abc import Collection, Iterator
from typing import Any
from uuid import UUID

import pytest

from spip_desktop.db import codec, erasure, held
from spip_desktop.db.records import EVERY
from spip_desktop.db.rows import child_type
from spip_desktop.db.schema import METADATA
from spip_desktop.domain.held import Authority
from spip_desktop.reference import load
from spip_desktop.services.held_words import LEFT_OUT, LEFT_OUT_OF, called
from spip_desktop.wording import held as words
from spip_desktop.wording.record_fields import LISTS, OTHER_FIELD

MAPPED = {one.code: one for one in load("held_data").entries}


def unmapped(tables: Collection[str]) -> set[str]:
    """The tables of which nobody said what a person who asks is told."""
    return set(tables) - MAPPED.keys() - held.OF_NOBODY.keys()


def declared() -> set[str]:
    return {one.name for one in METADATA.sorted_tables if "root_id" not in one.c}


def test_every_table_is_mapped_or_says_why_not() -> None:
    assert unmapped(declared()) == set()


def test_the_control_a_table_of_tomorrow_is_seen() -> None:
    assert unmapped({*declared(), "table_of_tomorrow"}) == {"table_of_tomorrow"}


def test_no_table_is_mapped_and_said_to_be_of_nobody() -> None:
    assert not MAPPED.keys() & held.OF_NOBODY.keys()
    assert MAPPED.keys() | held.OF_NOBODY.keys() <= declared()


def test_what_an_erasure_takes_is_mapped() -> None:
    """The other list of the tables of a person: what is erased was held."""
    assert {one.name for one in erasure.tables_of_persons()} <= MAPPED.keys()


@pytest.mark.parametrize("code", MAPPED)
def test_every_category_has_its_purpose_its_authority_its_retention_and_its_place(code: str) -> None:
    entry = MAPPED[code]
    assert entry.text("purpose")
    assert Authority(entry.text("authority"))
    assert load("retention").get(entry.text("retention"))
    shown, counted = entry.text("section"), entry.text("counted")
    assert (shown in words.SECTIONS) != bool(counted), "shown in a section, or counted with a word on what it is"


# -- fields --------------------------------------------------------------------------------------------------


def names(kind: str, record: type) -> Iterator[tuple[str, str, Any]]:
    """Every field of a record and of those inside it, with the kind it is of."""
    for name, hint in codec.hints(record).items():
        inside = child_type(hint)
        if inside is not None:
            yield from names(f"{kind}.{name}", inside)
        else:
            yield kind, name, hint


def unnamed(kind: str, record: type) -> set[str]:
    """The fields that would be shown without a name, or not at all without anyone having said so."""
    return {
        name
        for of, name, hint in names(kind, record)
        if codec.without_none(hint) is not UUID
        and name not in LEFT_OUT
        and (of, name) not in LEFT_OUT_OF
        and called(of, name) == OTHER_FIELD
    }


SHOWN = [code for code, entry in MAPPED.items() if code in EVERY and not entry.text("counted")]


@pytest.mark.parametrize("kind", SHOWN)
def test_every_field_is_shown_under_its_name_or_left_out_with_a_reason(kind: str) -> None:
    assert unnamed(kind, EVERY[kind].kind) == set()


def test_the_control_a_field_of_tomorrow_is_seen() -> None:
    made = dataclasses.make_dataclass("Made", [("id", UUID), ("a_field_of_tomorrow", str), ("city", str)])
    assert unnamed("address", made) == {"a_field_of_tomorrow"}


@pytest.mark.parametrize("kind", SHOWN)
def test_what_is_masked_at_first_is_a_field_of_the_record(kind: str) -> None:
    known = {name for _, name, _ in names(kind, EVERY[kind].kind)} | {"who", "signed_by", "said_by", "name"}
    assert {*MAPPED[kind].texts("third"), *MAPPED[kind].texts("restricted")} <= known


@pytest.mark.parametrize("table", sorted({*words.LISTS.values(), *LISTS.values()}))
def test_the_lists_that_tell_codes_exist(table: str) -> None:
    assert load(table).entries
