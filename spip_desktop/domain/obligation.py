"""Rules on obligations: which one a measure may carry (V11), which stay during an incarceration (V09)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from spip_desktop.domain.errors import Problem
from spip_desktop.domain.measure import Custody, Measure, Obligation, Suspension
from spip_desktop.domain.measure_rules import PROBATION

#: CP 132-43: « interdictions de contact ou de paraître » stay during the incarceration.
KEPT_IN_CUSTODY = frozenset({"cp132_45_9", "cp132_45_13"})
#: The delays that a stay in prison stops, and the text that says so. That of a TIG: CP 131-22, al. 1.
STOPPED_IN_CUSTODY = {**dict.fromkeys(PROBATION, "art. 132-43 du code pénal"), "TIG": "art. 131-22 du code pénal"}
#: CP 132-45, 21°: the hours of work of a sursis probatoire are those of the measure that carries it.
WORK_OBLIGATION = "cp132_45_21"
#: Whether these count too is the service's reading of the text (domain.md §11, 11).
MAY_BE_KEPT = frozenset({"cp132_45_18", "cp132_45_18bis"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ObligationRule:
    """What the catalogue says of one code; empty `measures` means any measure that carries obligations."""

    code: str
    measures: frozenset[str] = frozenset()
    forbidden: frozenset[str] = frozenset()
    condition: str = ""
    source: str = ""
    valid_from: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SuspensionProposal:
    """V09: the delay of a measure of this kind stops while the person is incarcerated; the CPIP accepts or not.

    `since`: the first day of the measure, which tells it from another of its kind.
    """

    measure_id: UUID
    kind: str
    starts: date
    ends: date | None
    since: date | None = None

    @property
    def source(self) -> str:
        return STOPPED_IN_CUSTODY[self.kind]


def obligation_problems(obligation: Obligation, measure: Measure, rule: ObligationRule | None) -> list[Problem]:
    """V11: the code is known, and the law lets this measure carry it."""
    if not obligation.code:
        return [Problem("required", "code")]
    if rule is None:
        return [Problem("obligation_unknown", "code")]
    problems = []
    if measure.kind in rule.forbidden or (rule.measures and measure.kind not in rule.measures):
        problems.append(Problem("obligation_not_for_measure", "code", {"source": rule.source}))
    if obligation.starts and obligation.ends and obligation.ends < obligation.starts:
        problems.append(Problem("end_before_start", "ends"))
    return problems


def obligation_warnings(obligation: Obligation, measure: Measure, rule: ObligationRule | None) -> list[Problem]:
    """The conditions a person has to check (16°, 22°), a text not yet or no more in force, dates out of the measure."""
    warnings = []
    if rule and rule.condition:
        warnings.append(Problem("obligation_condition", "code", {"condition": rule.condition, "source": rule.source}))
    decided = measure.decision_on
    if rule and decided and not _in_force(rule, decided):
        warnings.append(Problem("obligation_not_in_force", "code", {"source": rule.source}))
    if measure.ends_planned and obligation.ends and obligation.ends > measure.ends_planned:
        warnings.append(Problem("obligation_after_measure", "ends"))
    return warnings


def _in_force(rule: ObligationRule, day: date) -> bool:
    return (rule.valid_from is None or rule.valid_from <= day) and (rule.valid_until is None or day <= rule.valid_until)


def applies(
    obligation: Obligation, measure: Measure, *, incarcerated: bool, kept: frozenset[str] = KEPT_IN_CUSTODY
) -> bool:
    """Whether the obligation binds today, incarceration considered (CP 132-43, sursis probatoire only)."""
    return not incarcerated or measure.kind not in PROBATION or obligation.code in kept


def suspensions_to_propose(measures: Iterable[Measure], custodies: Iterable[Custody]) -> list[SuspensionProposal]:
    """The stays in prison that stop the delay of a measure and are not among its suspensions yet."""
    stays = [stay for stay in custodies if stay.hosted and stay.starts]
    return [
        proposal
        for measure in measures
        if measure.kind in STOPPED_IN_CUSTODY and measure.ended_on is None
        for stay in stays
        if (proposal := _proposal(measure, stay)) is not None
    ]


def _proposal(measure: Measure, stay: Custody) -> SuspensionProposal | None:
    """The part of a stay inside the delay of a measure, unless a suspension covers it already."""
    runs_from = measure.starts or measure.definitive_on
    if stay.starts is None or runs_from is None:
        return None
    starts = max(stay.starts, runs_from)
    over = measure.ends_planned is not None and starts > measure.ends_planned
    if over or (stay.ends is not None and stay.ends <= starts):
        return None
    covered = any(_covers(one, starts, stay.ends) for one in measure.suspensions)
    return (
        None
        if covered
        else SuspensionProposal(
            measure_id=measure.id, kind=measure.kind, starts=starts, ends=stay.ends, since=measure.starts
        )
    )


def _covers(one: Suspension, starts: date, ends: date | None) -> bool:
    """Whether a suspension holds the stay; one left open by a stay that is over is to be ended."""
    if one.starts > starts:
        return False
    if one.ends is None:
        return ends is None or one.starts < starts
    return ends is not None and one.ends >= ends
