"""Numbers of records as the store has them: readings of many dossiers compare thousands and make few.

A UUID is slow to make and to compare; the same ones come back table after table, and reading after reading.
"""

from functools import lru_cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa

#: The numbers of some thousands of dossiers: about 8 MiB at most.
_KNOWN = 32_768


def raw(column: sa.ColumnElement[Any]) -> sa.ColumnElement[str]:
    """A number, or a day, as it is stored: its text orders and compares as it does."""
    return sa.type_coerce(column, sa.String)


def bare(column: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    """The column as `uuid_of` reads it where it holds numbers; as it is elsewhere."""
    return raw(column) if isinstance(column.type, sa.Uuid) else column


@lru_cache(maxsize=_KNOWN)
def uuid_of(text: str) -> UUID:
    """The number of that text; the same one each time, so that finding it in a mapping compares nothing."""
    return UUID(text)


def uuid_or_none(text: str | None) -> UUID | None:
    return None if text is None else uuid_of(text)
