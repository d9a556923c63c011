"""How long a dossier is kept, and what suspends its erasure (R. 113-52, R. 240-4 of the code pénitentiaire).

Nothing is erased by itself: a rule only proposes, a DPIP decides.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from spip_desktop.domain.dates import add_months
from spip_desktop.domain.errors import Problem
from spip_desktop.domain.measure import Basis, BasisKind, Custody, Measure

#: Departures after which the person is still under écrou: they start no delay.
_STILL_UNDER_ECROU = frozenset({"transfert", "evasion"})
#: Hold reasons that say nothing without a word more.
_HOLD_NEEDS_DETAIL = frozenset({"autre"})


class Scope(StrEnum):
    """What an erasure takes: the whole dossier, only what comes from the écrou, or a request that has no dossier."""

    DOSSIER = "dossier"
    CUSTODY = "ecrou"
    REQUEST = "demande"


class RuleCode(StrEnum):
    """Codes of the list `retention` that speak of a person."""

    MEASURE_ENDED = "fin_de_mesure"
    NO_MEASURE = "sans_mesure"
    RELEASED = "levee_ecrou"
    OF_STRANGER = "demande_sans_dossier"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One delay, as the list `retention` dates it."""

    code: RuleCode
    scope: Scope
    years: int = 0
    days: int = 0

    def due_on(self, ended_on: date) -> date:
        """The first day on which the data is no longer kept."""
        return add_months(ended_on, 12 * self.years) + timedelta(days=self.days)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """Someone's decision that nothing of a dossier is erased for now."""

    id: UUID
    person_id: UUID
    reason: str
    starts: date
    detail: str = ""
    ends: date | None = None
    decided_by: UUID | None = None

    def holds_on(self, day: date) -> bool:
        return self.starts <= day and (self.ends is None or day < self.ends)


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure:
    """What stays of an erased dossier: its number, the rule, the decision and the counts. No name, no word of it."""

    id: UUID
    batch: UUID
    subject: UUID
    scope: Scope
    rule: RuleCode
    ended_on: date
    due_on: date
    decided_on: date
    reason: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Batch:
    """What one decision erased, as the list of past erasures tells it."""

    id: UUID
    decided_on: date
    reason: str
    dossiers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasedLine:
    """One dossier on a certificate, in words: its number, never a name."""

    number: str
    scope: str
    rule: str
    source: str
    ended_on: date
    due_on: date
    counts: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """What a certificate says: who decided, when and why, and each dossier erased."""

    batch: str
    decided_on: date
    decided_by: str
    service: str
    reason: str
    lines: Sequence[ErasedLine]


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """What the rules look at in one dossier; `entered_on` is the day it was created in this store."""

    person_id: UUID
    entered_on: date
    measures: Sequence[Measure] = ()
    custodies: Sequence[Custody] = ()
    bases: Sequence[Basis] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A proposal: from `due_on` on, this part of the dossier is no longer to be kept.

    `person_id` is the request's own number where there is no dossier.
    """

    person_id: UUID
    scope: Scope
    rule: RuleCode
    ended_on: date
    due_on: date
    custody_ids: tuple[UUID, ...] = ()


def due(followed: Followed, rules: Mapping[RuleCode, Rule], today: date) -> Due | None:
    """What the rules propose for one dossier today; None while it must or may be kept.

    The whole dossier goes before its custody part. A measure or an écrou without a recorded end keeps everything:
    a planned end is not an end.
    """
    return _dossier(followed, rules, today) or _custody(followed, rules[RuleCode.RELEASED], today)


def due_of_stranger(request_id: UUID, over_on: date, rule: Rule, today: date) -> Due | None:
    """The same of a request about somebody who is not in the store, answered or binned on `over_on`.

    One that nobody answered waits: it is on « À traiter ».
    """
    day = rule.due_on(over_on)
    if day > today:
        return None
    return Due(person_id=request_id, scope=rule.scope, rule=rule.code, ended_on=over_on, due_on=day)


def hold_problems(hold: Hold) -> list[Problem]:
    problems = [] if hold.reason else [Problem("required", "reason")]
    if hold.reason in _HOLD_NEEDS_DETAIL and not hold.detail.strip():
        problems.append(Problem("required", "detail"))
    return problems


def held(holds: Iterable[Hold], today: date) -> Hold | None:
    """The hold in force, the oldest first."""
    return min((one for one in holds if one.holds_on(today)), key=lambda one: (one.starts, one.id), default=None)


def _dossier(followed: Followed, rules: Mapping[RuleCode, Rule], today: date) -> Due | None:
    ends = [one.ended_on for one in followed.measures] + [_released_on(one) for one in followed.custodies]
    code = RuleCode.MEASURE_ENDED
    if not ends:
        code = RuleCode.NO_MEASURE
        ends = [one.ends for one in followed.bases] or [followed.entered_on]
    known = [end for end in ends if end is not None]
    if len(known) < len(ends) or (code is RuleCode.MEASURE_ENDED and _still_referred(followed)):
        return None
    rule, last = rules[code], max(known)
    if rule.due_on(last) > today:
        return None
    return Due(person_id=followed.person_id, scope=rule.scope, rule=code, ended_on=last, due_on=rule.due_on(last))


def _custody(followed: Followed, rule: Rule, today: date) -> Due | None:
    """The écrous lifted long enough ago; none is proposed while the person is under another one."""
    ends = {one.id: _released_on(one) for one in followed.custodies}
    if not ends or any(end is None for end in ends.values()):
        return None
    over = {id_: end for id_, end in ends.items() if end is not None and rule.due_on(end) <= today}
    if not over:
        return None
    last = max(over.values())
    return Due(
        person_id=followed.person_id,
        scope=rule.scope,
        rule=rule.code,
        ended_on=last,
        due_on=rule.due_on(last),
        custody_ids=tuple(sorted(over)),
    )


def _released_on(custody: Custody) -> date | None:
    """The day of the levée d'écrou; a transfer or an escape is not one."""
    return None if custody.end_reason in _STILL_UNDER_ECROU else custody.ends


def _still_referred(followed: Followed) -> bool:
    """A referral without an end, to which no measure answers yet; a detention title lasts as long as its écrou."""
    answered = {one.basis_id for one in followed.measures}
    referrals = [one for one in followed.bases if one.kind is not BasisKind.DETENTION_TITLE]
    return any(one.ends is None and one.id not in answered for one in referrals)
