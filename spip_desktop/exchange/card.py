"""A station's card `.spipcontact`: who writes, under which keys; signed by those keys, and worth what its comparison
by word of mouth is worth.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from spip_desktop.domain.errors import Refusal
from spip_desktop.exchange import envelope, strict_json
from spip_desktop.exchange.identity import PublicKeys, StationKeys, is_recipient

SUFFIX = ".spipcontact"
PURPOSE = "card"
MOST_BYTES = 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """`name` is that of the service and antenne, never of a person."""

    station: UUID
    name: str
    keys: PublicKeys
    made_at: datetime

    def to_plain(self) -> dict[str, Any]:
        return {
            "station": str(self.station), "name": self.name, "recipient": self.keys.recipient,
            "signing": self.keys.signing, "made_at": self.made_at.astimezone(UTC).isoformat(),
        }  # fmt: skip

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> "Card":
        return cls(
            station=UUID(plain["station"]), name=plain["name"], made_at=datetime.fromisoformat(plain["made_at"]),
            keys=PublicKeys(plain["recipient"], plain["signing"]),
        )  # fmt: skip


def write(card: Card, keys: StationKeys) -> bytes:
    """The file of one's own card."""
    plain = card.to_plain()
    signature = keys.sign(PURPOSE, strict_json.canonical(plain))
    return strict_json.encode({"t": "card", "fmt": envelope.FORMAT, "card": plain, "sig": signature})


def read(content: bytes) -> Card:
    """The card of a file. Refusals: `card_unreadable`, `card_altered`, `package_newer`."""
    line = envelope.one_line("card", content, MOST_BYTES, "card_unreadable")
    card = Card.from_plain(line["card"])
    if not is_recipient(card.keys.recipient):
        raise Refusal("card_unreadable")
    if not card.keys.holds(PURPOSE, strict_json.canonical(line["card"]), line["sig"]):
        raise Refusal("card_altered")
    return card
