"""The receipt `.spipr`: what a station read of a package, signed, brought back to the sender."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from spip_desktop.domain.errors import Refusal
from spip_desktop.exchange import envelope, strict_json
from spip_desktop.exchange.identity import PublicKeys, StationKeys

SUFFIX = ".spipr"
PURPOSE = "receipt"
MOST_BYTES = 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """Counts only: it says nothing of anyone, and is not encrypted. `file_sha256` is of the file as received."""

    package: UUID
    file_sha256: str
    last_seq: int
    station: UUID
    signing: str
    accepted: int
    rejected: int
    conflicts: int
    received_at: datetime

    def to_plain(self) -> dict[str, Any]:
        texts = {"package": str(self.package), "station": str(self.station)}
        return asdict(self) | texts | {"received_at": self.received_at.astimezone(UTC).isoformat()}

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> "Receipt":
        own = {"package": UUID(plain["package"]), "station": UUID(plain["station"])}
        return cls(**{**plain, **own, "received_at": datetime.fromisoformat(plain["received_at"])})


def write(receipt: Receipt, keys: StationKeys) -> bytes:
    plain = receipt.to_plain()
    signature = keys.sign(PURPOSE, strict_json.canonical(plain))
    return strict_json.encode({"t": "receipt", "fmt": envelope.FORMAT, "receipt": plain, "sig": signature})


def read(content: bytes) -> Receipt:
    """A receipt whose signature holds under the key that it names: whether that key is of a known station is for the
    caller to say. Refusals: `receipt_unreadable`, `receipt_altered`, `package_newer`.
    """
    line = envelope.one_line("receipt", content, MOST_BYTES, "receipt_unreadable")
    receipt = Receipt.from_plain(line["receipt"])
    keys = PublicKeys("", receipt.signing)
    if not keys.holds(PURPOSE, strict_json.canonical(line["receipt"]), line["sig"]):
        raise Refusal("receipt_altered")
    return receipt
