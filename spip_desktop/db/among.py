"""Of whom, or of which papers, a long reading is told: their numbers in one value.

Building a statement costs more than running it: those of a long reading are built once, with `is_among` where the
numbers come, and told of them at each reading. No list is too long for a statement.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

_NAME = "among"


@dataclass(frozen=True, slots=True)
class Among:
    """Numbers, or keys, as the store has them: a JSON list. Called, a condition for a statement of the moment."""

    listed: str

    def __call__(self, column: sa.ColumnElement[Any]) -> sa.ColumnElement[bool]:
        return _is_in(column, sa.literal(self.listed))

    @property
    def told(self) -> dict[str, str]:
        """What a statement that holds `is_among` is given."""
        return {_NAME: self.listed}


def is_among(column: sa.ColumnElement[Any], name: str = _NAME) -> sa.ColumnElement[bool]:
    """The condition of a statement that is built once; `name` is that of its parameter."""
    return _is_in(column, sa.bindparam(name, type_=sa.String))


def these(ids: Iterable[UUID]) -> Among:
    return keyed(id_.hex for id_ in ids)


def keyed(keys: Iterable[str]) -> Among:
    """The same of keys that are texts, or of numbers as the store has them."""
    return Among(json.dumps(list(keys)))


def _is_in(column: sa.ColumnElement[Any], listed: sa.ColumnElement[Any]) -> sa.ColumnElement[bool]:
    return column.in_(sa.select(sa.func.json_each(listed).table_valued("value").c.value))
