"""Hours of a DDSE, a semi-liberté or a placement à l'extérieur, and their changes: asked, granted, refused.

L. 424-1 of the code pénitentiaire: on the JAP's authorisation, the chef d'établissement or the directeur du SPIP may
change them. Each line says who decided and from when; a grant holds until the next one, or until its own end.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from spip_desktop.domain.errors import Problem
from spip_desktop.domain.register import RegisterLine, in_order, not_ahead, standing
from spip_desktop.domain.week_hours import Slot

_ONE = timedelta(days=1)


class HoursStep(StrEnum):
    ASKED = "demande"
    GRANTED = "accord"
    REFUSED = "refus"


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursLine(RegisterLine):
    """One step. `happened_on` is the day it was asked or decided; `answers` names the request that a decision ends.

    `slots`: when the person may be out. `authority` is a code of `hours_authorities`, empty for a request; with
    `jap_on`, the day of the JAP's authorisation, when another than the JAP decided.
    """

    measure_id: UUID
    step: HoursStep
    happened_on: date
    slots: tuple[Slot, ...] = ()
    starts: date | None = None
    ends: date | None = None
    authority: str = ""
    jap_on: date | None = None
    answers: UUID | None = None


@dataclass(frozen=True, slots=True)
class InForce:
    """Hours from `starts` to `ends`, both included; without end while nothing follows."""

    line: HoursLine
    starts: date
    ends: date | None


def linked(every: Iterable[HoursLine]) -> tuple[HoursLine, ...]:
    """The steps that stand; a decision names its request as it stands, were that one corrected since."""
    written = tuple(every)
    later = {one.corrects: one.id for one in written if one.corrects}

    def today(id_: UUID | None) -> UUID | None:
        while id_ in later:
            id_ = later[id_]
        return id_

    return tuple(replace(one, answers=today(one.answers)) for one in standing(written))


def pending(lines: Sequence[HoursLine]) -> tuple[HoursLine, ...]:
    """The requests that no decision answers, the oldest first."""
    answered = {one.answers for one in lines if one.step is not HoursStep.ASKED}
    asked = (one for one in lines if one.step is HoursStep.ASKED and one.id not in answered)
    return tuple(sorted(asked, key=lambda one: (one.happened_on, one.id)))


def hours_on(lines: Iterable[HoursLine], day: date) -> HoursLine | None:
    """The hours that hold on a day: of the grants that cover it, the one begun last."""
    covering = (one for one in _grants(lines) if _begin(one) <= day and (one.ends is None or day <= one.ends))
    return max(covering, key=lambda one: (_begin(one), one.happened_on, one.id), default=None)


def periods(lines: Iterable[HoursLine]) -> tuple[InForce, ...]:
    """The hours one after the other: no day has two of them, and after an end the earlier ones hold again."""
    grants = _grants(lines)
    turns = {_begin(one) for one in grants} | {one.ends + _ONE for one in grants if one.ends}
    found: list[InForce] = []
    for day in sorted(turns):
        holds = hours_on(grants, day)
        last = found[-1] if found else None
        if last is not None and last.ends is None and last.line != holds:
            found[-1] = InForce(last.line, last.starts, day - _ONE)
        if holds is not None and (last is None or last.line != holds or last.ends is not None):
            found.append(InForce(holds, day, None))
    return tuple(found)


def _grants(lines: Iterable[HoursLine]) -> tuple[HoursLine, ...]:
    return tuple(one for one in lines if one.step is HoursStep.GRANTED)


def _begin(line: HoursLine) -> date:
    return line.starts or line.happened_on


def hours_problems(
    line: HoursLine, others: Sequence[HoursLine], authorities: Sequence[str], today: date, jap: str = "jap"
) -> list[Problem]:
    """What keeps a step from being written; `others` are the lines that stand without it."""
    problems = not_ahead(line.happened_on, "happened_on", today) + in_order(
        line.starts or line.happened_on, line.ends, "ends"
    )
    if line.step is not HoursStep.REFUSED and not line.slots and not (line.step is HoursStep.ASKED and line.note):
        problems.append(Problem("required", "slots"))
    if line.step is HoursStep.ASKED:
        return problems
    if line.authority not in authorities:
        problems.append(Problem("choose_one", "authority"))
    elif line.authority != jap and line.step is HoursStep.GRANTED and line.jap_on is None:
        problems.append(Problem("jap_authorisation_needed", "jap_on"))
    if line.jap_on and line.jap_on > line.happened_on:
        problems.append(Problem("jap_after_decision", "jap_on"))
    if line.answers and line.answers not in {one.id for one in pending(others)}:
        problems.append(Problem("request_already_answered"))
    return problems
