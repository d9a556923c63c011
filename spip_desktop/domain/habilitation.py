"""What an officer may do, by whose word and since when; how it changes once they are there (R. 113-53)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from spip_desktop.domain.errors import Problem
from spip_desktop.domain.officer import Actor, Officer, Right, Role, habilitation_problems


@dataclass(frozen=True, slots=True, kw_only=True)
class Habilitation:
    """The roles, what is named for an intervenant, who signed and the day it was signed."""

    roles: tuple[Role, ...]
    names: tuple[Right, ...] = ()
    by: str = ""
    on: date | None = None


def habilitation_of(officer: Officer) -> Habilitation:
    return Habilitation(
        roles=officer.roles,
        names=officer.habilitation_names,
        by=officer.habilitation_by,
        on=officer.habilitation_on,
    )


def with_habilitation(officer: Officer, given: Habilitation) -> Officer:
    """What is named is kept for an intervenant only: any other role says by itself what it opens."""
    return replace(
        officer,
        roles=given.roles,
        habilitation_names=given.names if Role.INTERVENANT in given.roles else (),
        habilitation_by=given.by.strip(),
        habilitation_on=given.on,
    )


def change_problems(before: Officer, after: Officer, author: Actor, others: Iterable[Officer]) -> list[Problem]:
    """What stands against a change. `others` are the officers who open the store, besides the one who changes.

    Somebody always manages the keys; nobody widens their own rights where another could do it.
    """
    colleagues = [one for one in others if one.id != before.id]
    problems = []
    loses_keys = Right.MANAGE_KEYS in before.rights() - after.rights()
    if loses_keys and not any(Right.MANAGE_KEYS in one.rights() for one in colleagues):
        problems.append(Problem("last_key_manager", "roles"))
    widens = author.id == before.id and bool(after.rights() - before.rights())
    if widens and any(replace(author, officer=one).could(Right.HABILITATE) for one in colleagues):
        problems.append(Problem("own_habilitation", "roles"))
    if not problems and habilitation_of(before) == habilitation_of(after):
        problems.append(Problem("habilitation_unchanged", "roles"))
    return problems


def every_problem(
    before: Officer, after: Officer, author: Actor, others: Iterable[Officer], today: date
) -> list[Problem]:
    """Those of the habilitation itself first: a change that says neither who nor when is none."""
    return habilitation_problems(after, today) + change_problems(before, after, author, others)
