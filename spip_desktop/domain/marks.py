"""Dates worked out from one edition of the fiche pénale, each with its origin or why there is none.

« Repère indicatif : seule la fiche pénale du greffe fait foi. » The end of the sentence is never computed.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from spip_desktop.domain.dates import add_months
from spip_desktop.domain.measure import Custody, LineState, PenalCategory, SentenceSheet


class MarkCode(StrEnum):
    CUSTODY = "ecrou"
    HALF = "mi_peine"
    COMMISSION = "commission"
    TWO_THIRDS = "deux_tiers"
    END = "fin_de_peine"
    RELEASE = "sortie"


class MarkState(StrEnum):
    """Who answers for the date: the greffe's paper, our arithmetic, the CPIP's project, or nobody."""

    REGISTRY = "greffe"
    INDICATIVE = "indicatif"
    AIMED = "visee"
    UNKNOWN = "non_calculable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One date. `why` is the code of its origin, or of the reason why it is not worked out."""

    code: MarkCode
    day: date | None
    state: MarkState
    why: str = ""


@dataclass(frozen=True, slots=True)
class Moved:
    """What a new edition of the fiche pénale changed of one mark."""

    before: Mark
    after: Mark


def marks(sheet: SentenceSheet | None, custody: Custody | None, today: date) -> tuple[Mark, ...]:
    """Every mark, in the order of a sentence: écrou, mi-peine, commission, deux tiers, fin, sortie."""
    return (
        _written(MarkCode.CUSTODY, custody.starts if custody else None, "no_ecrou_date"),
        _fraction(MarkCode.HALF, sheet, custody, 1, 2),
        _written(MarkCode.COMMISSION, sheet.commission_on if sheet else None, "no_commission"),
        _fraction(MarkCode.TWO_THIRDS, sheet, custody, 2, 3),
        _written(MarkCode.END, sheet.end_official if sheet else None, _why_no_end(sheet, custody)),
        release(sheet, custody, today),
    )


def release(sheet: SentenceSheet | None, custody: Custody | None, today: date, *, acquired: bool = False) -> Mark:
    """The foreseeable release: the earliest of what is decided, official or aimed at, with its origin.

    A date gone by is passed over while a later one stands (an LSC that was not granted). With `acquired`, the
    « date visée, non acquise » does not count.
    """
    found = earliest_release(
        today,
        adjustment=sheet.adjustment_decided_for if sheet else None,
        lsc=sheet.lsc_on if sheet else None,
        official_end=sheet.end_official if sheet else None,
        target=custody.release_target_on if custody and not acquired else None,
    )
    if found is None:
        return Mark(code=MarkCode.RELEASE, day=None, state=MarkState.UNKNOWN, why=_why_no_end(sheet, custody))
    day, why = found
    state = MarkState.AIMED if why == "target" else MarkState.REGISTRY
    return Mark(code=MarkCode.RELEASE, day=day, state=state, why=why)


def earliest_release(today: date, **sources: date | None) -> tuple[date, str] | None:
    """The earliest date of these sources and its source, those gone by last."""
    dated = sorted((day, why) for why, day in sources.items() if day)
    return next((one for one in dated if one[0] >= today), dated[-1] if dated else None)


def moved(before: tuple[Mark, ...], after: tuple[Mark, ...]) -> tuple[Moved, ...]:
    """The marks that a new edition changed."""
    earlier = {mark.code: mark for mark in before}
    pairs = ((earlier[mark.code], mark) for mark in after if mark.code in earlier)
    return tuple(
        Moved(old, new) for old, new in pairs if (old.day, old.state, old.why) != (new.day, new.state, new.why)
    )


def point_of_span(start: date, end: date, numerator: int, denominator: int) -> date:
    """The day when that part of the time from `start` to `end` is over.

    Months are counted « de quantième en quantième », the part of a month as days of a month of 30, rounded up:
    from 22/04/2026 to 22/06/2027 half is 22/11/2026 and two thirds 01/02/2027.
    """
    months = (end.year - start.year) * 12 + end.month - start.month
    if add_months(start, months) > end:
        months -= 1
    days = (end - add_months(start, months)).days
    whole, rest = divmod(months * numerator, denominator)
    part = -(-(rest * 30 + days * numerator) // denominator)
    return min(end, add_months(start, whole) + timedelta(days=part))


def _written(code: MarkCode, day: date | None, missing: str) -> Mark:
    if day:
        return Mark(code=code, day=day, state=MarkState.REGISTRY)
    return Mark(code=code, day=None, state=MarkState.UNKNOWN, why=missing)


def _why_no_end(sheet: SentenceSheet | None, custody: Custody | None) -> str:
    if custody and custody.penal_category is PenalCategory.REMAND:
        return "remand"
    return "no_end_date" if sheet else "no_sheet"


def _fraction(
    code: MarkCode, sheet: SentenceSheet | None, custody: Custody | None, numerator: int, denominator: int
) -> Mark:
    """An indicative mark between the start of the sentence (provisional detention deducted) and its official end."""
    obstacle = _obstacle(sheet, custody)
    if obstacle or sheet is None:
        return Mark(code=code, day=None, state=MarkState.UNKNOWN, why=obstacle)
    start, end = _start(sheet, custody), sheet.end_official
    if start is None or end is None:
        return Mark(code=code, day=None, state=MarkState.UNKNOWN, why="no_start" if end else "no_end_date")
    if end <= start:
        return Mark(code=code, day=None, state=MarkState.UNKNOWN, why="dates_disagree")
    day = point_of_span(start, end, numerator, denominator)
    return Mark(code=code, day=day, state=MarkState.INDICATIVE, why="may_change" if sheet.may_change else "")


def _start(sheet: SentenceSheet, custody: Custody | None) -> date | None:
    start = sheet.sentence_start or (custody.starts if custody else None)
    return start - timedelta(days=sheet.provisional_days) if start and sheet.sentence_start else start


def _obstacle(sheet: SentenceSheet | None, custody: Custody | None) -> str:
    """Why no fraction of the sentence may be worked out, or nothing."""
    if custody and custody.penal_category is PenalCategory.REMAND:
        return "remand"
    if sheet is None:
        return "no_sheet"
    if sum(line.state is not LineState.SERVED for line in sheet.lines) > 1:
        return "several_lines"
    if sheet.surety_until:
        return "surety_period"
    return "remission_withdrawn" if sheet.remission_withdrawn_days else ""
