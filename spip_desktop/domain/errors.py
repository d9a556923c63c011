"""What an officer can put right. Anything else that is raised is a bug."""

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to put right: a code, the field it is about, and the words of its sentence (wording.py)."""

    code: str
    field: str = ""
    data: dict[str, object] = dataclasses.field(default_factory=dict)


class Refusal(Exception):  # noqa: N818  the officer's word for it, not a programming error
    """The program refuses an act, and says what to put right; nothing was changed."""

    def __init__(self, code: str, field: str = "", **data: object) -> None:
        super().__init__(code)
        self.problems: tuple[Problem, ...] = (Problem(code, field, data),)

    @classmethod
    def of(cls, problems: Iterable[Problem]) -> "Refusal":
        """Several things to put right at once; the first one gives the refusal its code."""
        every = tuple(problems)
        refusal = cls(every[0].code)
        refusal.problems = every
        return refusal

    @property
    def code(self) -> str:
        return self.problems[0].code


class Unsaved(Refusal):
    """The store did not take a change: nothing is wrong with what was typed, which waits to be saved.

    Codes: `disk_full` (drive; `released` when room was just made for it), `store_gone` (drive), `store_unwritable`,
    `package_under_way`, `store_busy`: what holds the store ends by itself.
    """

    def __init__(self, code: str, **data: object) -> None:
        super().__init__(code, "", **data)

    @property
    def worth_trying_again(self) -> bool:
        """Whether the same change may succeed at once."""
        return bool(self.problems[0].data.get("released"))


def refuse_if_any(problems: Iterable[Problem]) -> None:
    """Raise one Refusal that holds every problem, if there is one."""
    every = tuple(problems)
    if every:
        raise Refusal.of(every)
