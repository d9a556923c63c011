"""The plan and the person's copy as they are printed: values with every word chosen, dates already in words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from spip_desktop.domain.text import fold


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanAction:
    """What is done, by whom, for when. `state` is its word (« À engager »)."""

    label: str
    who: str = ""
    due: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanObjective:
    """`number` as printed (« 1.1 »); `words` are the person's; `seen_by` completes « Se voit à »."""

    number: str
    words: str
    seen_by: str = ""
    due: str = ""
    actions: tuple[PlanAction, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanAxis:
    """« Axe 1. Travailler et se former », and the need it answers."""

    title: str
    need: str = ""
    objectives: tuple[PlanObjective, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanContent:
    """One version of a PACEP as printed. `person` is civility, first name, NAME; `frame` the measure or title.

    `prepared_by` is the officer's name or number as they sign; `referent` the word for them. `since` and
    `next_review` are dates in words or empty.
    """

    person: str
    frame: str
    service: str
    prepared_by: str
    version: int
    level: str
    level_reason: str
    strategy: str = ""
    since: str = ""
    next_review: str = ""
    what_matters: tuple[str, ...] = ()
    strengths: str = ""
    axes: tuple[PlanAxis, ...] = ()
    left_aside: str = ""
    referent: str = "agent référent"


class CopyKept(StrEnum):
    """Where the person's copy may be kept: in the cell, at the registry only (L. 331-1, R. 311-3), or at home."""

    CELL = "cellule"
    REGISTRY = "greffe"
    HOME = "domicile"


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyStep:
    """One line of « Ce que nous allons faire »."""

    objective: str
    you: str = ""
    we: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonCopy:
    """« Ce que nous avons retenu ensemble », in the person's words.

    `day` and `next_meeting` are in words (« vendredi 20 novembre 2026 »); `counsellor` is the word of domain.officer.
    """

    person: str
    day: str
    version: int
    what_matters: tuple[str, ...]
    strengths: str
    steps: tuple[CopyStep, ...]
    next_meeting: str
    kept: CopyKept
    counsellor: str = "CPIP"


def words_kept_out(copy: PersonCopy, words: Iterable[str]) -> tuple[str, ...]:
    """Which of these words (offences, programmes, measures) the copy says, whatever their case or accents."""
    said = " ".join("".join(sign if sign.isalnum() else " " for sign in fold(" ".join(_texts(copy)))).split())
    return tuple(word for word in words if f" {fold(word)} " in f" {said} ")


def _texts(copy: PersonCopy) -> Iterator[str]:
    yield from (copy.person, copy.strengths, copy.next_meeting, *copy.what_matters)
    for step in copy.steps:
        yield from (step.objective, step.you, step.we, step.by)
