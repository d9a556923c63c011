"""Lines without what is sensitive (R. 113-51): kinds left out, fields left empty, and no history.

A masked line is no revision of its record: it has a number of its own, worked out from the one it was drawn from, so
that whoever has the whole record knows it, and whoever gets the whole record later takes it instead.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from spip_desktop.domain.ancestry import WORKED_OUT, Revision, worked_out
from spip_desktop.domain.transfer_line import Plain


@dataclass(frozen=True, slots=True)
class Mask:
    """The kinds that are kept, each with its fields that are left empty; every other kind is left out."""

    kept: Mapping[str, frozenset[str]]

    def applied(self, lines: Iterable[Plain]) -> Iterator[Plain]:
        """The lines as another system may read them; those of the definitions and of the officers as they are."""
        for line in lines:
            if line["author"] is None:
                yield line
            elif line["t"] in self.kept:
                empty = self.kept[line["t"]]
                data = {name: value for name, value in line["data"].items() if name not in empty}
                masked = line | {"rev": str(masked_id(UUID(line["rev"]))), "base": None, "data": data}
                masked.pop("merged", None)
                yield masked


def masked_id(revision: UUID) -> UUID:
    """The number under which a revision is told without what is sensitive."""
    return worked_out("masked", str(revision))


def is_masked(revision: Revision) -> bool:
    """Whether a line tells a record in part: a number that was worked out, from no revision that it names."""
    return not revision.parents and revision.id.version == WORKED_OUT
