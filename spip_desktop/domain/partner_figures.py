"""Simple figures per partner, without a name: what became of the sheets handed over in a period.

Rule on small numbers, said on the page and on the paper: a partner whose sheets are of fewer than LEAST persons shows
no figure; elsewhere a number from 1 to LEAST − 1 is hidden, and with it the smallest of the others where it would
otherwise be found by subtraction. There is no total of all partners: it would give the hidden ones back.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from statistics import median
from typing import TypeVar
from uuid import UUID

from spip_desktop.domain.prescription_states import SheetState
from spip_desktop.domain.text import fold

K = TypeVar("K", bound=str)
LEAST = 5
_S = SheetState
_ANSWERS = frozenset({_S.MEETING_FIXED, _S.ACCEPTED, _S.REFUSED, _S.RUNNING, _S.REPORTED})
_ENDED = frozenset({_S.CANCELLED, _S.WITHDRAWN})


class Fate(StrEnum):
    """What became of one sheet; each is in exactly one."""

    ACCEPTED = "acceptee"
    REFUSED = "refusee"
    ANSWERED = "autre_reponse"
    SILENT = "sans_reponse"
    CANCELLED = "annulee"


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetFact:
    """One event of a sheet handed over in the period; `result` is for the objective, in a bilan."""

    sheet_id: UUID
    person_id: UUID
    partner_id: UUID
    state: SheetState
    on: date
    result: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerFigures:
    """A number that is None is hidden. `delay` is a median in days, from handing over to the first answer."""

    partner_id: UUID
    partner: str
    sheets: int | None
    fates: Mapping[Fate, int | None]
    delay: float | None
    results: Mapping[str, int | None]


def figures(facts: Iterable[SheetFact], names: Mapping[UUID, str], results: Sequence[str]) -> list[PartnerFigures]:
    """The figures of each partner, by name; `results` are the codes of the list, in its order."""
    by_partner: dict[UUID, list[SheetFact]] = {}
    for one in facts:
        by_partner.setdefault(one.partner_id, []).append(one)
    found = [_of(id_, names.get(id_, ""), mine, results) for id_, mine in by_partner.items()]
    return sorted(found, key=lambda one: (fold(one.partner), one.partner_id))


def _of(id_: UUID, name: str, facts: Sequence[SheetFact], codes: Sequence[str]) -> PartnerFigures:
    sheets: dict[UUID, list[SheetFact]] = {}
    for one in facts:
        sheets.setdefault(one.sheet_id, []).append(one)
    if len({one.person_id for one in facts}) < LEAST:
        hidden: dict[Fate, int | None] = dict.fromkeys(Fate)
        return PartnerFigures(
            partner_id=id_, partner=name, sheets=None, fates=hidden, delay=None, results=dict.fromkeys(codes)
        )
    fates = Counter(_fate(one) for one in sheets.values())
    delays = [delay for one in sheets.values() if (delay := _delay(one)) is not None]
    results = Counter(result for one in sheets.values() if (result := _result(one)))
    shown = sum(results.values()) >= LEAST
    return PartnerFigures(
        partner_id=id_,
        partner=name,
        sheets=len(sheets),
        fates=without_small(fates, tuple(Fate)),
        delay=float(median(delays)) if len(delays) >= LEAST else None,
        results=without_small(results, codes) if shown else dict.fromkeys(codes),
    )


def without_small(counts: Mapping[K, int], keys: Sequence[K]) -> dict[K, int | None]:
    """The counts of parts whose sum is known, less those that are small or that would give a small one back."""
    small = {key for key in keys if 0 < counts.get(key, 0) < LEAST}
    if len(small) == 1:
        others = [key for key in keys if counts.get(key, 0) >= LEAST]
        small |= {min(others, key=lambda key: counts[key])} if others else set()
    return {key: None if key in small else counts.get(key, 0) for key in keys}


def _fate(facts: Sequence[SheetFact]) -> Fate:
    states = {one.state for one in facts}
    if states & {_S.ACCEPTED, _S.RUNNING, _S.REPORTED}:
        return Fate.ACCEPTED
    if _S.REFUSED in states:
        return Fate.REFUSED
    if states & _ENDED:
        return Fate.CANCELLED
    return Fate.ANSWERED if states & _ANSWERS else Fate.SILENT


def _delay(facts: Sequence[SheetFact]) -> int | None:
    given = min(one.on for one in facts if one.state is _S.HANDED_OVER)
    answers = [one.on for one in facts if one.state in _ANSWERS]
    return (min(answers) - given).days if answers else None


def _result(facts: Sequence[SheetFact]) -> str:
    """That of the last bilan, by its day."""
    reports = [one for one in facts if one.state is _S.REPORTED and one.result]
    return max(reports, key=lambda one: one.on).result if reports else ""
