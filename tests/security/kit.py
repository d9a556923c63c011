"""A vault in a folder of its own, at the floor of Argon2id, and ways to damage its file."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from spip_desktop.domain.clock import Clock
from spip_desktop.domain.errors import Refusal
from spip_desktop.security import keyfile
from spip_desktop.security.derivation import FLOOR
from spip_desktop.security.slot import canonical
from spip_desktop.security.throttle import LONGEST
from spip_desktop.security.vault import Credentials, Opened, Rotation, Vault

NOW = datetime(2026, 11, 22, 9, 30, 15, 123456, tzinfo=UTC)
OFFICER = UUID("0190a000-0000-7000-8000-000000000001")
COLLEAGUE = UUID("0190a000-0000-7000-8000-000000000002")
IDENTIFIER = "falaise-12"
PHRASE = "tulipe orage cabane velours"
OTHER_PHRASE = "bocal girafe nuage sextant"
NAMES = ("Bréaud", "Élodie")


def vault_in(folder: Path) -> Vault:
    """Its clock goes a minute forward each time it is read: no attempt waits for the one before."""
    minutes = count()
    return Vault(folder, Clock(lambda: NOW + timedelta(seconds=LONGEST * next(minutes))), lambda: FLOOR)


def credentials(officer: UUID = OFFICER, identifier: str = IDENTIFIER, passphrase: str = PHRASE) -> Credentials:
    return Credentials(officer_id=officer, identifier=identifier, passphrase=passphrase, names=NAMES)


@dataclass(frozen=True)
class Ready:
    """A created store: where, its vault, its key and its paper."""

    folder: Path
    vault: Vault
    key: bytes
    paper: str
    qr: str

    @property
    def current(self) -> Path:
        return self.folder / "keys.json"

    @property
    def previous(self) -> Path:
        return self.folder / "keys.json.1"

    def rewrite(self, change: Callable[[dict[str, Any]], None], *, both: bool = True) -> None:
        """Change the file as someone without the key would who knows its format: checksum put right."""
        content = json.loads(self.current.read_bytes())
        change(content)
        content.pop("sum")
        content["sum"] = keyfile._sum(content)
        for path in (self.current, self.previous) if both else (self.current,):
            path.write_bytes(canonical(content))


def make(folder: Path) -> Ready:
    vault = vault_in(folder)
    opened, paper = vault.create(credentials())
    return Ready(folder, vault, bytes(opened.key), paper.text, paper.qr)


def rotate(vault: Vault, opened: Opened, without: UUID | None = None) -> Rotation:
    """Another key for the store, as if the database had taken it at once."""
    rotation = vault.draw_rotation(opened)
    vault.announce_rotation(opened, rotation, without)
    vault.end_rotation(opened, rotation)
    return rotation


def code_of(act: Callable[[], object]) -> str:
    with pytest.raises(Refusal) as refused:
        act()
    return refused.value.code
