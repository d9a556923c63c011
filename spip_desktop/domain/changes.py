"""Some fields of a value replaced by what an officer typed: what can be accepted is, the rest says why not."""

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast

from spip_desktop.domain.errors import Problem

T = TypeVar("T")
Rule = Callable[[T], Sequence[Problem]]


@dataclass(frozen=True, slots=True)
class Changed(Generic[T]):
    """The value with the fields that could be accepted, and a problem for each field that could not."""

    value: T
    refused: tuple[Problem, ...] = ()


def replaced(value: T, changes: Mapping[str, object]) -> T:
    """The value with these fields; an unknown field is a bug (TypeError)."""
    return cast(T, dataclasses.replace(cast(Any, value), **changes))


def change(value: T, changes: Mapping[str, object], rule: Rule[T]) -> Changed[T]:
    """Replace fields together; where that brings a new problem, one by one, keeping those that bring none.

    A problem that was there before does not stand in the way of a change elsewhere.
    """
    known = {key for key in _keys(rule(value)) if key[1] not in changes}
    whole = replaced(value, changes)
    if not _new(rule(whole), known):
        return Changed(whole)
    refused: list[Problem] = []
    for field, content in changes.items():
        attempt = replaced(value, {field: content})
        problems = _new(rule(attempt), known)
        if problems:
            refused.append(Problem(problems[0].code, field, problems[0].data))
        else:
            value = attempt
    return Changed(value, tuple(refused))


def _keys(problems: Sequence[Problem]) -> set[tuple[str, str]]:
    return {(problem.code, problem.field) for problem in problems}


def _new(problems: Sequence[Problem], known: set[tuple[str, str]]) -> list[Problem]:
    return [problem for problem in problems if (problem.code, problem.field) not in known]
