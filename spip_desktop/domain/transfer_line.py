"""One line of a package: a revision of a record, as plain JSON values (docs/format-spipx.md)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from spip_desktop.domain.ancestry import Revision

Plain = dict[str, Any]


@dataclass(frozen=True, slots=True)
class RecordLine:
    """`seq` is the order in which the sender came to know it; `data`, what the record says, in the bin or not."""

    kind: str
    id: UUID
    revision: Revision
    seq: int
    data: Plain

    def to_plain(self) -> Plain:
        base, *others = self.revision.parents or (None,)
        line = {
            "t": self.kind, "id": str(self.id), "rev": str(self.revision.id), "base": base and str(base),
            "seq": self.seq, "op": "del" if self.revision.deleted else "put", "author": str(self.revision.by),
            "at": self.revision.at.isoformat(), "data": self.data,
        }  # fmt: skip
        return line | {"merged": [str(one) for one in others]} if others else line

    @classmethod
    def from_plain(cls, line: Mapping[str, Any]) -> "RecordLine":
        """The line read; ValueError, KeyError or TypeError when it is none."""
        parents = [line["base"], *line.get("merged", ())]
        revision = Revision(
            id=UUID(line["rev"]),
            parents=tuple(UUID(one) for one in parents if one is not None),
            at=datetime.fromisoformat(line["at"]),
            by=UUID(line["author"]),
            deleted=line["op"] == "del",
        )
        return cls(line["t"], UUID(line["id"]), revision, line["seq"], dict(line["data"]))


def short_line(kind: str, id_: UUID, revision: UUID, at: datetime, data: Plain, seq: int = 0) -> Plain:
    """A line that is no record of anyone's: an officer's name, a definition, a piece of a long content."""
    return {
        "t": kind, "id": str(id_), "rev": str(revision), "base": None, "seq": seq, "op": "put", "author": None,
        "at": at.isoformat(), "data": data,
    }  # fmt: skip
