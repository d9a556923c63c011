"""What stands on the paper of one interview: the note as it is read, and what was added to it since."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class NotePaper:
    """`told`: the parts of the note as (label, words); `added`: each complement with its day and its author.

    `draft`: the note is still being written.
    """

    title: str
    person: str
    told: Sequence[tuple[str, str]]
    added: Sequence[tuple[str, str]]
    draft: bool
