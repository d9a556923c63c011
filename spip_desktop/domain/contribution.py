"""What another profession brings to the evaluation of a person (practice.md, « People and roles »).

The unité sanitaire says one thing only, of one activity named in a list: there is no text of its own to write in.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from spip_desktop.domain.errors import Problem, Refusal

KIND = "contribution"
_AUTHOR, _TEXT = 80, 2_000


class HowGiven(StrEnum):
    """Who typed it: the intervenant, or the CPIP who reports it and has it read again."""

    ENTERED = "saisie"
    REPORTED = "rapportee"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """One contribution, its author's until it is settled, then fixed: a correction is another one.

    `profession` is of the list `professions`. `activity` and `opinion` (lists `health_activities`, `health_opinions`)
    are all that the unité sanitaire says. `evaluation_id` is the version that was the newest when it was begun.
    """

    id: UUID
    person_id: UUID
    entered_by: UUID
    how: HowGiven
    evaluation_id: UUID | None = None
    profession: str = ""
    author: str = ""
    said_on: date | None = None
    text: str = ""
    activity: str = ""
    opinion: str = ""
    read_by: str = ""
    read_on: date | None = None
    settled_on: date | None = None

    @property
    def is_settled(self) -> bool:
        return self.settled_on is not None


def require_own_draft(contribution: Contribution, officer_id: UUID) -> None:
    """Refusal `contribution_settled` once it is fixed, `contribution_of_another` when someone else is writing it."""
    if contribution.is_settled:
        raise Refusal("contribution_settled")
    if contribution.entered_by != officer_id:
        raise Refusal("contribution_of_another")


def contribution_problems(contribution: Contribution, today: date, *, health: bool) -> list[Problem]:
    """What keeps a draft from being recorded as it is; `health` when its profession is the unité sanitaire."""
    problems = [
        Problem("too_long", field, {"limit": most})
        for field, most in (("author", _AUTHOR), ("text", _TEXT), ("read_by", _AUTHOR))
        if len(getattr(contribution, field)) > most
    ]
    if contribution.said_on and contribution.said_on > today:
        problems.append(Problem("date_in_future", "said_on"))
    if health:
        problems += [
            Problem("contribution_no_health_text", field)
            for field in ("author", "text")
            if getattr(contribution, field).strip()
        ]
    return problems


def settling_problems(contribution: Contribution, today: date, *, health: bool) -> list[Problem]:
    """What a contribution lacks before it is fixed; one that was reported is first read again by who said it."""
    wanted = ["profession", "said_on"] + (["activity", "opinion"] if health else ["author", "text"])
    again = contribution.how is HowGiven.REPORTED and not health
    wanted += ["read_by", "read_on"] if again else []
    problems = [Problem("required", field) for field in wanted if not getattr(contribution, field)]
    if contribution.read_on and contribution.read_on > today:
        problems.append(Problem("date_in_future", "read_on"))
    if contribution.read_on and contribution.said_on and contribution.read_on < contribution.said_on:
        problems.append(Problem("contribution_read_before", "read_on"))
    return problems
