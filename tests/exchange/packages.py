"""Packages made for tests: stations, cards, records that fit."""

import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from spip_desktop.domain.clock import Clock
from spip_desktop.domain.ids import Ids
from spip_desktop.domain.transfer import Content, TransferKind
from spip_desktop.exchange import package
from spip_desktop.exchange.card import Card
from spip_desktop.exchange.header import Header, Record, Sound
from spip_desktop.exchange.identity import StationKeys

NOW = datetime(2026, 11, 22, 13, 2, 31, tzinfo=UTC)
IDS = Ids(Clock(lambda: NOW))
SCHEMA = 1


@dataclass(frozen=True)
class Station:
    id: UUID
    keys: StationKeys

    @classmethod
    def new(cls) -> "Station":
        return cls(IDS.new(), StationKeys.generate())

    @property
    def card(self) -> Card:
        return Card(station=self.id, name="SPIP, antenne de Valbrune", keys=self.keys.public(), made_at=NOW)

    @property
    def recipient(self) -> str:
        return self.keys.public().recipient


def record(number: int, text: str = "Entretien du matin : « rien à signaler »") -> Record:
    return {
        "t": "note", "id": str(IDS.new()), "rev": str(IDS.new()), "base": None, "seq": number, "op": "put",
        "author": str(IDS.new()), "at": "2026-11-22T13:02:31.000000+00:00", "data": {"text": text, "number": number},
    }  # fmt: skip


def records(count: int) -> list[Record]:
    return [record(number + 1) for number in range(count)]


def header(sender: Station, *recipients: Station, package_id: UUID | None = None) -> Header:
    return Header(
        package=package_id or IDS.new(), schema=SCHEMA, kind=TransferKind.CHANGES, content=Content.COMPLETE,
        sender=sender.card, db_id=IDS.new(), recipients=tuple(one.recipient for one in recipients), made_at=NOW,
    )  # fmt: skip


def written(head: Header, sender: Station, lines: Iterable[Record], phrase: str = "") -> tuple[bytes, Sound]:
    out = io.BytesIO()
    sound = package.write(out, head, lines, sender.keys, phrase=phrase)
    return out.getvalue(), sound


def read(content: bytes, opener: StationKeys | str, newest_schema: int = SCHEMA) -> tuple[list[Record], Sound]:
    found: list[Record] = []
    sound = package.read(io.BytesIO(content), opener, found.append, newest_schema)
    return found, sound
