"""Reading the open data of data·inclusion: one JSON list of hundreds of megabytes, row by row, nothing kept of it."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.partner_public import RowKind

MOST_BYTES = 4_000_000_000
"""Of one file; the real ones have some 500 MB."""
_BUFFER = 256 * 1024  # bytes read at once: a row has about 2 kB
_EVERY = 200  # rows between two calls of progress
Progress = Callable[[int, int], object]


def kind_of(path: Path) -> RowKind:
    """Whether the file holds structures or services, by its first row. Refusals as `rows`, `public_other_file`."""
    for row in rows(path, lambda done, total: None):
        if "id" in row and "nom" in row:
            return RowKind.SERVICE if "structure_id" in row else RowKind.STRUCTURE
        break
    raise Refusal("public_other_file", name=path.name)


def rows(path: Path, progress: Progress) -> Iterator[dict[str, object]]:
    """Each row of the list; one that is no object is an empty row, so that it is counted and rejected.

    `progress` gets the bytes read and their total, and may raise to stop. Refusals: `public_unreadable` (missing,
    no JSON, cut short), `public_too_big`.
    """
    # The C reader by its name: a slower one would be taken in silence. Imported here: few ever import a file.
    from ijson.backends import yajl2_c
    from ijson.common import JSONError

    try:
        with path.open("rb") as file:
            total = os.fstat(file.fileno()).st_size
            if total > MOST_BYTES:
                raise Refusal("public_too_big", name=path.name)
            for number, row in enumerate(yajl2_c.items(file, "item", use_float=True, buf_size=_BUFFER)):
                if number % _EVERY == 0:
                    progress(min(file.tell(), total), total)
                yield row if isinstance(row, dict) else {}
            progress(total, total)
    except (OSError, JSONError, UnicodeDecodeError) as error:
        raise Refusal("public_unreadable", name=path.name) from error
