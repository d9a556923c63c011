"""Another key for the store: who stays opens without being there, who goes does not, cut short anywhere."""

import dataclasses
import json
from typing import Any

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from spip_desktop.security.slot import Slot
from spip_desktop.security.vault import Vault
from tests.security.kit import (
    COLLEAGUE,
    IDENTIFIER,
    OTHER_PHRASE,
    PHRASE,
    Ready,
    code_of,
    credentials,
    rotate,
)

THEIRS = "moulin-7"


@pytest.fixture
def two(ready: Ready) -> Ready:
    """A store of two officers."""
    ready.vault.set_passphrase(ready.vault.unlock(IDENTIFIER, PHRASE), credentials(COLLEAGUE, THEIRS, OTHER_PHRASE))
    return ready


def keys_of(vault: Vault, identifier: str, phrase: str) -> tuple[bytes, bytes | None]:
    opened = vault.unlock(identifier, phrase)
    return bytes(opened.key), bytes(opened.other.key) if opened.other else None


def test_who_stays_has_the_new_key_without_being_there(two: Ready) -> None:
    opened = two.vault.unlock(IDENTIFIER, PHRASE)
    rotation = rotate(two.vault, opened)
    assert bytes(opened.key) != two.key
    assert keys_of(two.vault, IDENTIFIER, PHRASE) == (bytes(opened.key), None)
    assert keys_of(two.vault, THEIRS, OTHER_PHRASE) == (bytes(opened.key), None)
    assert bytes(two.vault.unlock_with_recovery(rotation.sheet.text).key) == bytes(opened.key)
    assert code_of(lambda: two.vault.unlock_with_recovery(two.paper)) == "recovery_key_other"
    assert two.current.read_bytes() == two.previous.read_bytes()


def test_who_goes_has_no_way_to_the_new_key(two: Ready) -> None:
    """Even with a copy of everything from before, and what a copy of the former key gives."""
    before = two.current.read_bytes()
    opened = two.vault.unlock(IDENTIFIER, PHRASE)
    rotate(two.vault, opened, without=COLLEAGUE)
    assert code_of(lambda: two.vault.unlock(THEIRS, OTHER_PHRASE)) == "wrong_passphrase"
    new = bytes(opened.key)
    two.current.write_bytes(before)  # the copy they kept, control: it opens, and gives the former key only
    two.previous.write_bytes(before)
    assert keys_of(two.vault, THEIRS, OTHER_PHRASE) == (two.key, None)
    assert new != two.key


def test_the_former_key_opens_no_slot_of_the_new_file(two: Ready) -> None:
    """A slot is bound to its officer's own private key: neither the store's key nor another slot's halves help."""
    opened = two.vault.unlock(IDENTIFIER, PHRASE)
    rotate(two.vault, opened, without=COLLEAGUE)
    mine = two.vault.read().keys.slots[0]
    assert _swapped(mine, two.key).unwrap(PHRASE.encode(), opened.store) is None
    assert mine.unwrap(PHRASE.encode(), opened.store) == opened.key  # the control


def _swapped(slot: Slot, former: bytes) -> Slot:
    return dataclasses.replace(slot, sealed=slot.sealed[:32] + former + slot.sealed[64:])


def test_cut_short_the_file_opens_under_either_key(two: Ready) -> None:
    opened = two.vault.unlock(IDENTIFIER, PHRASE)
    rotation = two.vault.draw_rotation(opened)
    two.vault.announce_rotation(opened, rotation, without=COLLEAGUE)
    new = bytes(rotation.key)
    assert keys_of(two.vault, IDENTIFIER, PHRASE) == (two.key, new)
    assert keys_of(two.vault, THEIRS, OTHER_PHRASE) == (two.key, None)
    assert two.vault.unlock(THEIRS, OTHER_PHRASE).left_behind
    assert bytes(two.vault.unlock_with_recovery(two.paper).key) == two.key
    assert bytes(two.vault.unlock_with_recovery(rotation.sheet.text).key) == new


@pytest.mark.parametrize("taken", [False, True], ids=["the database kept its key", "the database took the new key"])
def test_the_next_unlocking_ends_or_undoes_it(two: Ready, taken: bool) -> None:
    opened = two.vault.unlock(IDENTIFIER, PHRASE)
    rotation = two.vault.draw_rotation(opened)
    two.vault.announce_rotation(opened, rotation, without=COLLEAGUE)
    again = two.vault.unlock(IDENTIFIER, PHRASE)
    assert again.other is not None
    two.vault.settle(again.other if taken else again)
    found = two.vault.read().keys
    assert found.next is None
    assert keys_of(two.vault, IDENTIFIER, PHRASE) == (bytes(rotation.key) if taken else two.key, None)
    assert (THEIRS in two.vault.identifiers()) is not taken
    assert two.current.read_bytes() == two.previous.read_bytes()
    assert json.loads(two.current.read_bytes()).keys() >= {"sum", "mac"}


def test_a_rotation_given_up_leaves_the_ways_in(two: Ready) -> None:
    opened = two.vault.unlock(IDENTIFIER, PHRASE)
    rotation = two.vault.draw_rotation(opened)
    two.vault.announce_rotation(opened, rotation, without=COLLEAGUE)
    two.vault.undo_rotation(opened, rotation)
    assert not any(rotation.key)
    assert two.vault.read().keys.next is None
    assert keys_of(two.vault, THEIRS, OTHER_PHRASE) == (two.key, None)


def test_an_altered_announcement_is_noticed(two: Ready) -> None:
    opened = two.vault.unlock(IDENTIFIER, PHRASE)
    rotation = two.vault.draw_rotation(opened)
    two.vault.announce_rotation(opened, rotation, without=COLLEAGUE)

    def put_back(content: dict[str, Any]) -> None:
        content["next"]["slots"].append(content["slots"][1])

    two.rewrite(put_back)
    again = two.vault.unlock(IDENTIFIER, PHRASE)
    assert [notice.code for notice in again.notices] == ["keys_altered"]


def test_a_file_of_the_first_format_opens_and_is_renewed(ready: Ready) -> None:
    """Its passphrase wraps the store's key itself: nobody else could be given another key."""
    _in_first_format(ready)
    opened = ready.vault.unlock(IDENTIFIER, PHRASE)
    assert (bytes(opened.key), opened.notices) == (ready.key, ())
    other = credentials(COLLEAGUE, THEIRS, OTHER_PHRASE)
    ready.vault.set_passphrase(opened, other)
    theirs = ready.vault.unlock(THEIRS, OTHER_PHRASE)
    rotation = ready.vault.draw_rotation(theirs)
    assert code_of(lambda: ready.vault.announce_rotation(theirs, rotation)) == "officers_must_open_once"
    ready.vault.settle(ready.vault.unlock(IDENTIFIER, PHRASE))
    assert keys_of(ready.vault, IDENTIFIER, PHRASE) == (ready.key, None)
    assert bytes(ready.vault.unlock_with_recovery(ready.paper).key) == ready.key
    ready.vault.announce_rotation(theirs, rotation)


def _in_first_format(ready: Ready) -> None:
    """keys.json as the first version wrote it."""
    keys = ready.vault.read().keys
    slot = dataclasses.replace(keys.slots[0], public=b"", sealed=b"", ct=b"")
    direct = AESGCM(slot._kek(PHRASE.encode(), b"")).encrypt(slot.nonce, ready.key, slot._aad(keys.store))
    made = dataclasses.replace(keys, version=1, slots=(dataclasses.replace(slot, ct=direct), keys.slots[1]), mac=b"")
    made = dataclasses.replace(made, mac=made._mac_under(ready.key))
    for path in (ready.current, ready.previous):
        path.write_bytes(made.to_bytes())
