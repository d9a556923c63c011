"""Rules on measures (domain.md §2.5: V04 to V08, V10); the texts are those of the code pénal of April 2026."""

from collections.abc import Callable, Iterable
from datetime import date

from spip_desktop.domain.dates import add_months, days_between
from spip_desktop.domain.errors import Problem
from spip_desktop.domain.measure import Measure, Recidivism

PROBATION = frozenset({"SP", "SPR"})
#: CP 132-42: months of probation at most, by the recidivism that the decision finds; twelve at least.
PROBATION_LEAST = 12
PROBATION_MOST = {Recidivism.NO: 36, Recidivism.ONCE: 60, Recidivism.AGAIN: 84}
TIG_HOURS, TIG_MONTHS = (20, 400), 18  # CP 131-8, 131-22
HOME_DETENTION_DAYS, HOME_DETENTION_MONTHS = 15, 6  # CP 131-4-1
STAGE_MONTHS, STAGE_DONE_MONTHS = 1, 6  # CP 131-5-1
_LONGEST_SIX_MONTHS = 184  # July to December


def measure_problems(measure: Measure, others: Iterable[Measure], today: date) -> list[Problem]:
    """What keeps a measure from being recorded as typed."""
    problems = [] if measure.kind else [Problem("required", "kind")]
    problems += _date_problems(measure, today)
    if rule := _RULES.get(measure.kind):
        problems += rule(measure)
    return problems + _ssj_with_probation(measure, others)


def measure_warnings(measure: Measure, others: Iterable[Measure], today: date) -> list[Problem]:
    """What deserves a look and forbids nothing."""
    warnings = []
    if measure.kind == "TIG" and measure.hours and (measure.hours_done or 0) >= measure.hours and not measure.ended_on:
        warnings.append(Problem("tig_done", "ended_on", {"source": _cp("131-22")}))
    if measure.kind == "STAGE" and _after(
        measure.ended_on or measure.ends_planned, measure.definitive_on, STAGE_DONE_MONTHS
    ):
        warnings.append(Problem("stage_late", "ends_planned", {"source": _cp("131-5-1")}))
    if measure.ends_planned and measure.ends_planned < today and not measure.ended_on:
        warnings.append(Problem("measure_over", "ended_on"))
    same_day = [one for one in others if _one_is_ssj(measure, one) and _same_decision(measure, one)]
    if same_day and not _ssj_with_probation(measure, others):
        warnings.append(Problem("ssj_with_probation_same_day", "decision_on", {"source": _cp("131-36-6")}))
    return warnings


def is_running(measure: Measure, today: date) -> bool:
    """Begun, not ended; the planned end is only planned."""
    begun = measure.starts is None or measure.starts <= today
    return begun and (measure.ended_on is None or measure.ended_on > today)


def suspended_days(measure: Measure, today: date) -> int:
    """The days gone by during which the measure did not run, each counted once; the day it runs again is not one."""
    days, counted_until = 0, date.min
    for one in sorted(measure.suspensions, key=lambda stop: stop.starts):
        starts, ends = max(one.starts, counted_until), min(one.ends or today, today)
        days += max(0, days_between(starts, ends))
        counted_until = max(counted_until, ends)
    return days


# -- V04 -----------------------------------------------------------------------------------------------------


def _date_problems(measure: Measure, today: date) -> list[Problem]:
    ordered = (
        ("decision_on", "referral_on", "referral_before_decision"),
        ("decision_on", "definitive_on", "definitive_before_decision"),
        ("decision_on", "notified_on", "notified_before_decision"),
        ("starts", "ended_on", "end_before_start"),
    )
    problems = []
    for first, second, code in ordered:
        start, end = getattr(measure, first), getattr(measure, second)
        if start and end and end < start:
            problems.append(Problem(code, second))
    if measure.starts and measure.ends_planned and measure.ends_planned <= measure.starts:
        problems.append(Problem("end_before_start", "ends_planned"))
    problems += [
        Problem("date_in_future", field)
        for field in ("decision_on", "referral_on", "notified_on", "ended_on")
        if (day := getattr(measure, field)) and day > today
    ]
    for suspension in measure.suspensions:
        if suspension.ends and suspension.ends < suspension.starts:
            problems.append(Problem("end_before_start", "suspensions"))
    return problems


# -- V05 to V08 ----------------------------------------------------------------------------------------------


def _probation_problems(measure: Measure) -> list[Problem]:
    months = measure.probation_months
    most = PROBATION_MOST[measure.recidivism]
    problems = _hours_problems(measure)
    if months is not None and not PROBATION_LEAST <= months <= most:
        data: dict[str, object] = {"least": PROBATION_LEAST, "most": most, "source": _cp("132-42")}
        problems.append(Problem("probation_delay", "probation_months", data))
    return problems


def _hours_problems(measure: Measure) -> list[Problem]:
    """CP 131-8; 132-45, 21° sends to it."""
    least, most = TIG_HOURS
    problems = []
    if measure.hours is not None and not least <= measure.hours <= most:
        problems.append(Problem("tig_hours", "hours", {"least": least, "most": most, "source": _cp("131-8")}))
    if measure.hours_done is not None and measure.hours_done < 0:
        problems.append(Problem("negative", "hours_done"))
    return problems


def _tig_problems(measure: Measure) -> list[Problem]:
    problems = _hours_problems(measure)
    if _after(measure.ends_planned, measure.starts, TIG_MONTHS):
        problems.append(Problem("tig_term", "ends_planned", {"months": TIG_MONTHS, "source": _cp("131-22")}))
    return problems


def _home_detention_problems(measure: Measure) -> list[Problem]:
    data: dict[str, object] = {"source": _cp("131-4-1")}
    days, start, end = measure.duration_days, measure.starts, measure.ends_planned
    problems = []
    if days is not None and not HOME_DETENTION_DAYS <= days <= _LONGEST_SIX_MONTHS:
        problems.append(Problem("home_detention_length", "duration_days", data))
    too_short = start and end and start < end and days_between(start, end) < HOME_DETENTION_DAYS
    if too_short or _after(end, start, HOME_DETENTION_MONTHS):
        problems.append(Problem("home_detention_length", "ends_planned", data))
    return problems


def _stage_problems(measure: Measure) -> list[Problem]:
    data: dict[str, object] = {"source": _cp("131-5-1")}
    problems = []
    if measure.duration_days is not None and not 1 <= measure.duration_days <= 31:
        problems.append(Problem("stage_length", "duration_days", data))
    if _after(measure.ends_planned, measure.starts, STAGE_MONTHS):
        problems.append(Problem("stage_length", "ends_planned", data))
    return problems


_RULES: dict[str, Callable[[Measure], list[Problem]]] = {
    **dict.fromkeys(PROBATION, _probation_problems),
    "TIG": _tig_problems,
    "DDSE-P": _home_detention_problems,
    "STAGE": _stage_problems,
}


# -- V10 -----------------------------------------------------------------------------------------------------


def _ssj_with_probation(measure: Measure, others: Iterable[Measure]) -> list[Problem]:
    """A suivi socio-judiciaire cannot be ordered in the same conviction as a sursis probatoire."""
    for other in others:
        linked = measure.same_conviction_as == other.id or other.same_conviction_as == measure.id
        if linked and _one_is_ssj(measure, other):
            return [Problem("ssj_with_probation", "same_conviction_as", {"source": _cp("131-36-6")})]
    return []


def _one_is_ssj(one: Measure, other: Measure) -> bool:
    kinds = {one.kind, other.kind}
    return one.id != other.id and "SSJ" in kinds and bool(kinds & PROBATION)


def _same_decision(one: Measure, other: Measure) -> bool:
    return one.decision_on is not None and one.decision_on == other.decision_on


def _after(day: date | None, start: date | None, months: int) -> bool:
    return bool(day and start and day > add_months(start, months))


def _cp(article: str) -> str:
    return f"art. {article} du code pénal"
