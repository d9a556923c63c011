"""The anchor sees what the database cannot: a cut tail, an older file put back."""

import json
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest

from spip_desktop.security import anchor
from spip_desktop.security.anchor import Anchor, AnchorState, AnchorVerdict

KEY = bytes(range(32))
STORE, DB = UUID(int=1), UUID(int=2)
CHAIN = {seq: bytes([seq]) * 32 for seq in range(1, 21)}
ANCHORED = Anchor(STORE, DB, 12, CHAIN[12])


def compared(found: Anchor | AnchorState, last: int) -> AnchorVerdict:
    journal = {seq: mac for seq, mac in CHAIN.items() if seq <= last}
    return anchor.compare(found, STORE, DB, last, journal.get)


def test_written_is_read_back(tmp_path: Path) -> None:
    anchor.write(tmp_path, replace(ANCHORED, seq=3), KEY)
    anchor.write(tmp_path, ANCHORED, KEY)
    assert anchor.read(tmp_path, KEY) == ANCHORED
    assert [path.name for path in tmp_path.iterdir()] == ["anchor.json"]


def test_an_unchanged_or_longer_journal_is_well() -> None:
    assert compared(ANCHORED, 12) == AnchorVerdict(AnchorState.OK)
    assert compared(ANCHORED, 20) == AnchorVerdict(AnchorState.OK)
    assert compared(Anchor(STORE, DB, 0, b""), 0) == AnchorVerdict(AnchorState.OK)


def test_a_cut_tail_tells_which_entries_are_gone() -> None:
    assert compared(ANCHORED, 9) == AnchorVerdict(AnchorState.MISSING_ENTRIES, 10, 12)
    assert compared(ANCHORED, 0) == AnchorVerdict(AnchorState.MISSING_ENTRIES, 1, 12)


def test_an_older_database_that_went_on_is_seen() -> None:
    assert compared(replace(ANCHORED, head=CHAIN[11]), 20) == AnchorVerdict(AnchorState.REWRITTEN)


def test_another_store_or_database_is_foreign() -> None:
    assert compared(replace(ANCHORED, store=UUID(int=9)), 12).state is AnchorState.FOREIGN
    assert compared(replace(ANCHORED, db_id=UUID(int=9)), 12).state is AnchorState.FOREIGN


def test_no_anchor_is_told(tmp_path: Path) -> None:
    assert compared(anchor.read(tmp_path, KEY), 12).state is AnchorState.ABSENT


@pytest.mark.parametrize(
    ("field", "value"), [("seq", 9), ("head", "00" * 32), ("db_id", str(STORE)), ("store", str(DB)), ("mac", "")]
)
def test_a_changed_field_is_seen(tmp_path: Path, field: str, value: object) -> None:
    anchor.write(tmp_path, ANCHORED, KEY)
    path = tmp_path / "anchor.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {field: value}))
    assert anchor.read(tmp_path, KEY) is AnchorState.ALTERED


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b"\xff\xfe", b'{"seq": null}'])
def test_a_damaged_file_is_altered(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / "anchor.json").write_bytes(damage)
    assert anchor.read(tmp_path, KEY) is AnchorState.ALTERED


def test_the_journals_key_is_needed(tmp_path: Path) -> None:
    anchor.write(tmp_path, ANCHORED, KEY)
    assert anchor.read(tmp_path, bytes(32)) is AnchorState.ALTERED
