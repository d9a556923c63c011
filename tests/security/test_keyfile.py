"""keys.json damaged, altered, cut, older, newer: never opened wrongly, never overwritten."""

import json
from pathlib import Path
from typing import Any

import pytest

from spip_desktop.security import keyfile
from spip_desktop.security.keyfile import Damaged
from tests.security.kit import (
    COLLEAGUE,
    IDENTIFIER,
    OFFICER,
    OTHER_PHRASE,
    PHRASE,
    Ready,
    code_of,
    credentials,
    make,
)


def _changed(value: Any) -> Any:
    """Another value of the same form, so that only the authentication can object."""
    if isinstance(value, int):
        return value + 1
    if value is None:
        return str(OFFICER)
    first = "A" if value[0] != "A" else "B"
    return first + value[1:]


ALTERATIONS: dict[tuple[str, ...], Any] = {
    ("id",): "0190a000-0000-4000-8000-00000000000f",
    ("identifier",): "Falaise 12",  # read alike, yet not the same
    ("officer",): str(COLLEAGUE),
    ("created",): "2026-11-22T09:30:16Z",
    ("kdf", "m"): 70_000,
    ("kdf", "t"): 4,
    ("kdf", "p"): 3,
    ("kdf", "salt"): None,
    ("nonce",): None,
    ("ct",): None,
    ("public",): None,
    ("sealed",): None,
}


@pytest.mark.parametrize("path", ALTERATIONS, ids=".".join)
def test_each_field_of_a_passphrase_slot_is_bound(ready: Ready, path: tuple[str, ...]) -> None:
    def alter(content: dict[str, Any]) -> None:
        holder = content["slots"][0]
        for name in path[:-1]:
            holder = holder[name]
        before = holder[path[-1]]
        holder[path[-1]] = ALTERATIONS[path] or _changed(before)
        assert holder[path[-1]] != before

    ready.rewrite(alter)
    assert code_of(lambda: ready.vault.unlock(IDENTIFIER, PHRASE)) == "wrong_passphrase"


@pytest.mark.parametrize("name", ["id", "identifier", "officer", "created", "nonce", "ct", "salt"])
def test_each_field_of_the_recovery_slot_is_bound(ready: Ready, name: str) -> None:
    def alter(content: dict[str, Any]) -> None:
        slot = content["slots"][1]
        holder = slot["kdf"] if name == "salt" else slot
        fixed = {"identifier": "x", "created": "2025-11-22T09:30:15Z", "id": str(COLLEAGUE)}
        holder[name] = fixed.get(name) or _changed(holder[name])

    ready.rewrite(alter)
    assert code_of(lambda: ready.vault.unlock_with_recovery(ready.paper)) == "recovery_key_other"


def test_the_store_is_bound(ready: Ready) -> None:
    ready.rewrite(lambda content: content.update(store=str(COLLEAGUE)))
    assert code_of(lambda: ready.vault.unlock(IDENTIFIER, PHRASE)) == "wrong_passphrase"


def test_changing_nothing_still_opens(ready: Ready) -> None:
    """The control of the tests above: the rewriting itself does no harm."""
    ready.rewrite(lambda content: None)
    assert ready.vault.unlock(IDENTIFIER, PHRASE).notices == ()


@pytest.mark.parametrize("cost", [{"m": 65_535}, {"m": 8}, {"t": 2}, {"p": 0}, {"m": 1 << 33}, {"m": -1}, {"m": "9"}])
def test_a_cost_under_the_floor_is_refused_unread(ready: Ready, cost: dict[str, Any]) -> None:
    ready.rewrite(lambda content: content["slots"][0]["kdf"].update(cost))
    assert code_of(lambda: ready.vault.unlock(IDENTIFIER, PHRASE)) == "keys_damaged"


def test_a_passphrase_without_argon2_is_refused(ready: Ready) -> None:
    ready.rewrite(lambda content: content["slots"][0]["kdf"].update(alg="hkdf-sha256"))
    assert code_of(lambda: ready.vault.unlock(IDENTIFIER, PHRASE)) == "keys_damaged"


def test_a_slot_taken_away_is_noticed(ready: Ready) -> None:
    ready.rewrite(lambda content: content["slots"].pop(), both=False)
    opened = ready.vault.unlock(IDENTIFIER, PHRASE)
    assert [notice.code for notice in opened.notices] == ["keys_altered"]
    ready.vault.set_passphrase(opened, credentials(COLLEAGUE, "moulin-7", OTHER_PHRASE))
    assert bytes(ready.vault.unlock_with_recovery(ready.paper).key) == ready.key


@pytest.mark.parametrize("damage", ["empty", "cut", "zeros", "flip", "text", "list", "gone", "deep"])
def test_a_damaged_file_falls_back_and_is_kept(ready: Ready, damage: str) -> None:
    whole = ready.current.read_bytes()
    damaged = _damaged(whole)[damage]
    if damaged is None:
        ready.current.unlink()
    else:
        ready.current.write_bytes(damaged)
    opened = ready.vault.unlock(IDENTIFIER, PHRASE)
    assert [notice.code for notice in opened.notices] == ["keys_previous_used"]
    assert (ready.current.read_bytes() if ready.current.exists() else None) == damaged
    ready.vault.settle(opened)
    assert ready.current.read_bytes() == whole
    aside = [path.read_bytes() for path in ready.folder.glob("keys.json.damaged-*")]
    assert aside == ([] if damaged is None else [damaged])
    assert ready.vault.unlock(IDENTIFIER, PHRASE).notices == ()


def _damaged(whole: bytes) -> dict[str, bytes | None]:
    return {
        "empty": b"",
        "cut": whole[: len(whole) // 2],
        "zeros": bytes(len(whole)),
        "flip": whole[:200] + bytes([whole[200] ^ 1]) + whole[201:],
        "text": "clés perdues".encode(),
        "list": b"[]",
        "gone": None,
        "deep": b"[" * 100_000,
    }


def test_both_damaged_is_told_and_nothing_is_touched(ready: Ready) -> None:
    ready.current.write_bytes(b"{}")
    ready.previous.write_bytes(b"")
    assert code_of(lambda: ready.vault.unlock(IDENTIFIER, PHRASE)) == "keys_damaged"
    assert code_of(lambda: ready.vault.unlock_with_recovery(ready.paper)) == "keys_damaged"
    assert (ready.current.read_bytes(), ready.previous.read_bytes()) == (b"{}", b"")
    opened = ready.vault.unlock_with_sheet(ready.qr, ready.paper)
    ready.vault.set_passphrase(opened, credentials(passphrase=OTHER_PHRASE))
    assert bytes(ready.vault.unlock(IDENTIFIER, OTHER_PHRASE).key) == ready.key
    assert len(list(ready.folder.glob("*.damaged-*"))) == 2


def test_no_file_is_told(tmp_path: Path, ready: Ready) -> None:
    ready.current.unlink()
    ready.previous.unlink()
    assert code_of(ready.vault.read) == "keys_missing"


def test_a_newer_file_is_refused_and_kept(ready: Ready) -> None:
    ready.rewrite(lambda content: content.update(v=3))
    newer = ready.current.read_bytes()
    assert code_of(lambda: ready.vault.unlock(IDENTIFIER, PHRASE)) == "keys_newer"
    assert code_of(lambda: ready.vault.unlock_with_sheet(ready.qr, ready.paper)) == "keys_newer"
    assert ready.current.read_bytes() == newer


def test_an_unknown_kind_of_slot_is_a_newer_file(ready: Ready) -> None:
    ready.rewrite(lambda content: content["slots"][1].update(kind="T"))
    assert code_of(lambda: ready.vault.unlock(IDENTIFIER, PHRASE)) == "keys_newer"


def test_every_flipped_bit_is_seen(template: Ready) -> None:
    whole = template.current.read_bytes()
    for place in range(len(whole)):
        flipped = bytearray(whole)
        flipped[place] ^= 1 << (place % 8)
        with pytest.raises(Damaged):
            keyfile.read(bytes(flipped))


def test_every_cut_is_seen(template: Ready) -> None:
    whole = template.current.read_bytes()
    for length in range(0, len(whole), 7):
        with pytest.raises(Damaged):
            keyfile.read(whole[:length])


def test_a_write_that_was_killed_leaves_the_old_or_the_new(ready: Ready) -> None:
    """Each state a power cut can leave between the steps of a change of passphrase."""
    old = ready.current.read_bytes()
    opened = ready.vault.unlock(IDENTIFIER, PHRASE)
    ready.vault.change_passphrase(opened, PHRASE, OTHER_PHRASE)
    new = ready.current.read_bytes()
    states = (
        ({"keys.json": old, "keys.json.1": old, "keys.json.1.new": old[:100]}, PHRASE),
        ({"keys.json": old, "keys.json.1": old, "keys.json.new": b""}, PHRASE),
        ({"keys.json": old, "keys.json.1": old, "keys.json.new": new[:300]}, PHRASE),
        ({"keys.json": old, "keys.json.1": old, "keys.json.new": new}, PHRASE),
        ({"keys.json": new, "keys.json.1": old, "keys.json.new": new[:9]}, OTHER_PHRASE),
    )
    for files, phrase in states:
        for path in ready.folder.iterdir():
            path.unlink()
        for name, data in files.items():
            (ready.folder / name).write_bytes(data)
        opened = ready.vault.unlock(IDENTIFIER, phrase)
        assert (bytes(opened.key), opened.notices) == (ready.key, ())
        ready.vault.set_passphrase(opened, credentials(COLLEAGUE, "moulin-7", PHRASE))  # a left-over is no obstacle
        assert not list(ready.folder.glob("keys.json.new"))


def test_a_failed_write_says_so_and_changes_nothing(ready: Ready) -> None:
    opened = ready.vault.unlock(IDENTIFIER, PHRASE)
    before = ready.current.read_bytes()
    (ready.folder / "keys.json.new").mkdir()  # the temporary file cannot be made, even by root
    assert code_of(lambda: ready.vault.change_passphrase(opened, PHRASE, OTHER_PHRASE)) == "keys_not_saved"
    assert ready.current.read_bytes() == before
    assert ready.vault.unlock(IDENTIFIER, PHRASE).notices == ()


def test_two_stores_share_nothing(ready: Ready, tmp_path: Path) -> None:
    other = make(tmp_path)
    one, two = (json.loads(path.read_bytes()) for path in (ready.current, other.current))
    assert one["store"] != two["store"]
    assert ready.key != other.key
    assert {slot["nonce"] for slot in one["slots"]}.isdisjoint(slot["nonce"] for slot in two["slots"])
