"""What a package says of itself, in its first line and its last."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from spip_desktop.domain.transfer import Content, TransferKind
from spip_desktop.exchange import envelope
from spip_desktop.exchange.card import Card

#: One line of a package as plain JSON.
Record = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """The first line. `recipients`: age keys, none when it is under a phrase; `schema`: version of the records.

    `kind` is why it was made (« changes », « handover »…); `since`, the last acknowledged seq that it follows on;
    `answers`, the package that it answers (a visa given back).
    """

    package: UUID
    schema: int
    kind: TransferKind
    content: Content
    sender: Card
    db_id: UUID
    recipients: tuple[str, ...]
    made_at: datetime
    since: int | None = None
    answers: UUID | None = None

    def to_line(self) -> Record:
        return {
            "t": "header", "fmt": envelope.FORMAT, "schema": self.schema, "package": str(self.package),
            "kind": self.kind, "content": self.content, "sender": self.sender.to_plain(), "db_id": str(self.db_id),
            "recipients": list(self.recipients), "since": self.since,
            "answers": None if self.answers is None else str(self.answers),
            "made_at": self.made_at.astimezone(UTC).isoformat(),
        }  # fmt: skip

    @classmethod
    def from_line(cls, line: Mapping[str, Any]) -> "Header":
        return cls(
            package=UUID(line["package"]), schema=line["schema"], kind=TransferKind(line["kind"]),
            content=Content(line["content"]),
            sender=Card.from_plain(line["sender"]), db_id=UUID(line["db_id"]), recipients=tuple(line["recipients"]),
            made_at=datetime.fromisoformat(line["made_at"]), since=line["since"],
            answers=UUID(line["answers"]) if line["answers"] else None,
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What the lines between header and manifest add up to; `sha256` is of the header too."""

    records: int
    kinds: Mapping[str, int]
    first_seq: int
    last_seq: int
    sha256: str

    def manifest(self, header: Header) -> Record:
        """What the sender signs. The recipients are in it: who passes a package on cannot pass for its sender."""
        return {
            "package": str(header.package), "schema": header.schema, "station": str(header.sender.station),
            "signing": header.sender.keys.signing, "recipients": list(header.recipients), "records": self.records,
            "kinds": dict(self.kinds), "first_seq": self.first_seq, "last_seq": self.last_seq, "sha256": self.sha256,
        }  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Sound:
    """A package that holds: what it says of itself, what it carries, and what names its file in a receipt.

    Whether its sender is one that this station trusts is not said here.
    """

    header: Header
    tally: Tally
    file_sha256: str
    file_bytes: int
