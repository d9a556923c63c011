"""A request of access, and the answer prepared for the authority that gives it (R. 113-55, R. 240-7).

The CPIP prepares; the authority decides and communicates. What is masked is the choice of the officer, word by word.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from spip_desktop.domain.errors import Problem
from spip_desktop.domain.held import Authority


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessAnswer:
    """`addressee` is the authority, with its place, never a name. `masks` are choices by passage (domain/word_mask.py);
    a passage that is not there is masked as at first. Once `prepared_on` is set nothing changes any more.
    """

    id: UUID
    person_id: UUID
    authority: Authority
    received_on: date
    addressee: str = ""
    reference: str = ""
    masks: Mapping[str, str] = field(default_factory=dict)
    prepared_on: date | None = None
    prepared_by: UUID | None = None

    @property
    def is_prepared(self) -> bool:
        return self.prepared_on is not None


def problems(answer: AccessAnswer, today: date, *, read: bool) -> list[Problem]:
    """What keeps an answer from being established; `read`: the officer says that every text was read again."""
    found = [] if answer.addressee.strip() else [Problem("answer_addressee_needed", "addressee")]
    if answer.received_on > today:
        found.append(Problem("answer_received_in_future", "received_on"))
    return found if read else [*found, Problem("answer_unread", "read")]
