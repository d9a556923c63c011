"""What each kind of line may say, checked by compiled JSON Schemas."""

from collections.abc import Callable, Mapping
from typing import Any


class RecordCheck:
    """Called with a kind and what a line says; ValueError when it has not the shape of one."""

    def __init__(self, schemas: Mapping[str, dict[str, Any]]) -> None:
        self._schemas, self._compiled = schemas, dict[str, Callable[[object], object]]()

    def __call__(self, kind: str, data: object) -> None:
        if kind not in self._compiled:
            # Imported here: few open a package.
            import fastjsonschema

            if kind not in self._schemas:
                raise ValueError("kind")
            self._compiled[kind] = fastjsonschema.compile(self._schemas[kind])
        self._compiled[kind](data)
