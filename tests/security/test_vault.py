"""The ways in, the real vault at the floor of Argon2id."""

import stat
from pathlib import Path
from uuid import uuid4

from spip_desktop.domain.clock import Clock
from spip_desktop.security.derivation import FLOOR, SHIPPED, acceptable, free_memory, suitable_cost
from spip_desktop.security.vault import Vault
from tests.security.kit import (
    COLLEAGUE,
    IDENTIFIER,
    NOW,
    OFFICER,
    OTHER_PHRASE,
    PHRASE,
    Ready,
    code_of,
    credentials,
    make,
    vault_in,
)


def test_the_passphrase_gives_the_key_back(ready: Ready) -> None:
    opened = ready.vault.unlock(IDENTIFIER, PHRASE)
    assert bytes(opened.key) == ready.key
    assert len(opened.key) == 32
    assert (opened.officer_id, opened.by_recovery, opened.notices) == (OFFICER, False, ())


def test_the_shipped_parameters_open_too(tmp_path: Path) -> None:
    vault = Vault(tmp_path, Clock(lambda: NOW), lambda: SHIPPED)
    opened, _ = vault.create(credentials())
    assert vault.read().keys.slots[0].kdf.cost == SHIPPED
    assert vault.unlock(IDENTIFIER, PHRASE).key == opened.key


def test_identifier_is_read_without_case_or_spaces(ready: Ready) -> None:
    assert ready.vault.unlock(" FALAISE-12 ", PHRASE).officer_id == OFFICER


def test_a_letter_typed_in_two_signs_is_the_same_passphrase(tmp_path: Path) -> None:
    vault = vault_in(tmp_path)
    vault.create(credentials(passphrase="cratère hélium brique sirène"))
    decomposed = "crate\u0300re he\u0301lium brique sire\u0300ne"
    assert vault.unlock(IDENTIFIER, decomposed).officer_id == OFFICER


def test_a_long_passphrase_counts_to_its_last_sign(tmp_path: Path) -> None:
    long = "".join(f"{number} moulins et " for number in range(20, 40))
    vault = vault_in(tmp_path)
    vault.create(credentials(passphrase=long))
    assert vault.unlock(IDENTIFIER, long).officer_id == OFFICER
    assert code_of(lambda: vault.unlock(IDENTIFIER, long[:-1])) == "wrong_passphrase"


def test_wrong_passphrase_and_unknown_identifier_are_told_alike(ready: Ready) -> None:
    before = ready.current.read_bytes()
    assert code_of(lambda: ready.vault.unlock(IDENTIFIER, OTHER_PHRASE)) == "wrong_passphrase"
    assert code_of(lambda: ready.vault.unlock("personne", PHRASE)) == "wrong_passphrase"
    assert code_of(lambda: ready.vault.unlock(IDENTIFIER, "")) == "wrong_passphrase"
    assert ready.current.read_bytes() == before


def test_a_second_creation_is_refused(ready: Ready) -> None:
    before = ready.current.read_bytes()
    assert code_of(lambda: ready.vault.create(credentials())) == "keys_present"
    ready.current.write_bytes(b"")
    ready.previous.unlink()
    assert code_of(lambda: ready.vault.create(credentials())) == "keys_present"
    assert before != ready.current.read_bytes() == b""


def test_changing_the_passphrase_wants_the_current_one(ready: Ready) -> None:
    opened = ready.vault.unlock(IDENTIFIER, PHRASE)
    refused = code_of(lambda: ready.vault.change_passphrase(opened, OTHER_PHRASE, OTHER_PHRASE))
    assert refused == "wrong_passphrase"
    ready.vault.change_passphrase(opened, PHRASE, OTHER_PHRASE)
    assert code_of(lambda: ready.vault.unlock(IDENTIFIER, PHRASE)) == "wrong_passphrase"
    assert bytes(ready.vault.unlock(IDENTIFIER, OTHER_PHRASE).key) == ready.key
    ready.vault.change_passphrase(opened, OTHER_PHRASE, PHRASE)
    assert ready.vault.unlock(IDENTIFIER, PHRASE).generation == 3


def test_the_former_generation_goes_once_the_new_one_has_opened(ready: Ready) -> None:
    former = ready.current.read_bytes()
    opened = ready.vault.unlock(IDENTIFIER, PHRASE)
    ready.vault.change_passphrase(opened, PHRASE, OTHER_PHRASE)
    assert ready.previous.read_bytes() == former
    opened = ready.vault.unlock(IDENTIFIER, OTHER_PHRASE)
    assert ready.previous.read_bytes() == former  # the key has not opened the database yet
    ready.vault.settle(opened)
    assert ready.previous.read_bytes() == ready.current.read_bytes()


def test_an_officer_is_added_beside_the_first(ready: Ready) -> None:
    opened = ready.vault.unlock(IDENTIFIER, PHRASE)
    taken = credentials(COLLEAGUE, "Falaise 12", OTHER_PHRASE)
    assert code_of(lambda: ready.vault.set_passphrase(opened, taken)) == "identifier_taken"
    ready.vault.set_passphrase(opened, credentials(COLLEAGUE, "moulin-7", OTHER_PHRASE))
    assert ready.vault.identifiers() == (IDENTIFIER, "moulin-7")
    assert ready.vault.unlock("moulin-7", OTHER_PHRASE).officer_id == COLLEAGUE
    assert ready.vault.unlock(IDENTIFIER, PHRASE).officer_id == OFFICER
    assert ready.vault.unlock_with_recovery(ready.paper).officer_id is None


def test_paper_opens_and_a_new_passphrase_follows(ready: Ready) -> None:
    opened = ready.vault.unlock_with_recovery(ready.paper.lower().replace("-", " "))
    assert bytes(opened.key) == ready.key
    assert opened.by_recovery
    ready.vault.set_passphrase(opened, credentials(passphrase=OTHER_PHRASE))
    assert ready.vault.unlock(IDENTIFIER, OTHER_PHRASE).officer_id == OFFICER
    assert code_of(lambda: ready.vault.unlock(IDENTIFIER, PHRASE)) == "wrong_passphrase"
    assert code_of(lambda: ready.vault.change_passphrase(opened, PHRASE, PHRASE)) == "wrong_passphrase"


def test_paper_and_database_are_enough(ready: Ready, tmp_path: Path) -> None:
    ready.current.unlink()
    ready.previous.unlink()
    assert code_of(lambda: ready.vault.unlock_with_recovery(ready.paper)) == "keys_missing"
    opened = ready.vault.unlock_with_sheet(ready.qr.lower(), ready.paper)
    assert bytes(opened.key) == ready.key
    assert not ready.vault.exists()
    ready.vault.set_passphrase(opened, credentials(passphrase=OTHER_PHRASE))
    assert bytes(ready.vault.unlock(IDENTIFIER, OTHER_PHRASE).key) == ready.key
    assert bytes(ready.vault.unlock_with_recovery(ready.paper).key) == ready.key


def test_a_sheet_of_another_store_is_refused(ready: Ready, tmp_path: Path) -> None:
    other = make(tmp_path)
    assert code_of(lambda: ready.vault.unlock_with_sheet(other.qr, other.paper)) == "foreign_store"
    assert code_of(lambda: ready.vault.unlock_with_recovery(other.paper)) == "recovery_key_other"
    assert code_of(lambda: ready.vault.unlock_with_sheet(ready.qr, other.paper)) == "recovery_key_other"
    assert code_of(lambda: ready.vault.unlock_with_sheet("SPIPK1:ABC", ready.paper)) == "recovery_sheet_unreadable"
    assert code_of(lambda: ready.vault.unlock_with_sheet("é" * 40, ready.paper)) == "recovery_code_length"


def test_another_database_is_foreign(ready: Ready) -> None:
    opened = ready.vault.unlock(IDENTIFIER, PHRASE)
    opened.require_store(opened.store)
    assert code_of(lambda: opened.require_store(uuid4())) == "foreign_store"


def test_wiping_leaves_zeros(ready: Ready) -> None:
    opened = ready.vault.unlock(IDENTIFIER, PHRASE)
    assert "key=" not in repr(opened)
    opened.wipe()
    assert bytes(opened.key) == bytes(32)


def test_key_files_say_nothing_of_the_officer_and_are_theirs_alone(ready: Ready) -> None:
    for path in (ready.current, ready.previous):
        text = path.read_text("ascii").casefold()
        assert IDENTIFIER in text  # the scan does see what is there
        secrets = ("bréaud", "br\\u00e9aud", "élodie", "lodie", "breaud", *PHRASE.split())
        assert not [word for word in secrets if word in text]
        assert ready.key.hex() not in text
        assert ready.paper.casefold()[:9] not in text
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_lower_cost_is_never_acceptable() -> None:
    assert acceptable(SHIPPED)
    assert acceptable(FLOOR)
    for wrong in ({"m": FLOOR.m - 1}, {"t": 2}, {"p": 0}, {"m": 1 << 40}, {"t": 10_000}, {"p": 400}):
        values = {"m": FLOOR.m, "t": FLOOR.t, "p": FLOOR.p} | wrong
        assert not acceptable(type(FLOOR)(**values))


def test_the_cost_follows_the_free_memory() -> None:
    free = free_memory()
    assert free is not None
    assert suitable_cost() == (SHIPPED if free >= 2 << 30 else FLOOR)
