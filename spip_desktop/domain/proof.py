"""Proofs and checks of an obligation: what was seen, when, what time it covers; never what it says of health."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from spip_desktop.domain.errors import Problem
from spip_desktop.domain.register import RegisterLine, in_order, not_ahead

_ONE = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof(RegisterLine):
    """One paper seen; `kind` is a code of the list `proof_kinds`. A day left empty covers nothing."""

    obligation_id: UUID
    kind: str
    seen_on: date
    original: bool = False
    covers_from: date | None = None
    covers_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Check(RegisterLine):
    """One check, and what was found that day; `result` is a code of the list `check_results`."""

    obligation_id: UUID
    checked_on: date
    result: str


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `starts` to `ends`, both included."""

    starts: date
    ends: date


def covered_until(proofs: Iterable[Proof]) -> date | None:
    """The last day that a proof covers; of a paper that shows one day, that day."""
    return max((ends for _, ends in _covered(proofs)), default=None)


def furthest(proofs: Iterable[Proof]) -> Proof | None:
    """The paper that covers the latest day; of two, the original, then the one seen last."""
    known = [(ends, one) for one in proofs if (ends := one.covers_until or one.covers_from)]
    return max(known, key=lambda pair: (pair[0], pair[1].original, pair[1].seen_on), default=(None, None))[1]


def uncovered(proofs: Iterable[Proof], since: date, today: date) -> tuple[Period, ...]:
    """The days between two dates, both included, that no proof covers, in their order."""
    gaps, next_day = [], since
    for starts, ends in sorted(_covered(proofs)):
        if starts > next_day and next_day <= today:
            gaps.append(Period(next_day, min(starts - _ONE, today)))
        next_day = max(next_day, ends + _ONE)
    if next_day <= today:
        gaps.append(Period(next_day, today))
    return tuple(gaps)


def _covered(proofs: Iterable[Proof]) -> list[tuple[date, date]]:
    """What each proof covers; one with a single day covers that day."""
    days = [(one.covers_from or one.covers_until, one.covers_until or one.covers_from) for one in proofs]
    return [(starts, ends) for starts, ends in days if starts and ends]


def proof_problems(proof: Proof, kinds: Sequence[str], today: date) -> list[Problem]:
    problems = [] if proof.kind in kinds else [Problem("choose_one", "kind")]
    problems += not_ahead(proof.seen_on, "seen_on", today)
    return problems + in_order(proof.covers_from, proof.covers_until, "covers_until")


def check_problems(check: Check, results: Sequence[str], today: date) -> list[Problem]:
    problems = [] if check.result in results else [Problem("choose_one", "result")]
    return problems + not_ahead(check.checked_on, "checked_on", today)
