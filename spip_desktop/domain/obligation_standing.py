"""What is known of an obligation on a day, as facts: no word for « respected », no score, no sum of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from spip_desktop.domain.measure import Measure, Obligation
from spip_desktop.domain.payment import Account, Payment, PaymentPlan, account
from spip_desktop.domain.proof import Check, Period, Proof, covered_until, uncovered

_ONE = timedelta(days=1)
#: The states of the Situation in which nothing more is followed.
ENDED = frozenset({"levee", "sans_objet"})


class FactCode(StrEnum):
    ENDED = "terminee"
    ASLEEP = "suspendue"
    COVERED = "couvre"
    UNCOVERED = "ne_couvre_plus"
    GAPS = "manques"
    PAID = "versements"
    UNPLANNED = "sans_echeancier"
    CHECKED = "verifiee"
    NOTHING = "rien"


@dataclass(frozen=True, slots=True, kw_only=True)
class ObligationFact:
    """One fact, with what its sentence says: a day, days left out, an account, a check."""

    code: FactCode
    day: date | None = None
    gaps: tuple[Period, ...] = ()
    account: Account | None = None
    check: Check | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowedObligation:
    """One obligation with its lines that stand, the newest last. `asleep`: it does not bind today (CP 132-43)."""

    obligation: Obligation
    measure: Measure
    proofs: Sequence[Proof] = ()
    checks: Sequence[Check] = ()
    plans: Sequence[PaymentPlan] = ()
    payments: Sequence[Payment] = ()
    asleep: bool = False

    @property
    def since(self) -> date | None:
        return self.obligation.starts or self.measure.starts

    @property
    def is_ended(self) -> bool:
        return self.obligation.status in ENDED

    @property
    def last_check(self) -> Check | None:
        return max(self.checks, key=lambda one: (one.checked_on, one.id), default=None)

    def account(self, today: date) -> Account | None:
        """Where the payments stand, or None where there is neither a plan nor a payment."""
        return account(self.plans, self.payments, today) if self.plans or self.payments else None

    def binds(self, today: date) -> bool:
        over = self.obligation.ends is not None and self.obligation.ends < today
        return not (self.is_ended or self.asleep or over)

    def facts(self, today: date) -> tuple[ObligationFact, ...]:
        return tuple(_facts(self, today))


def _facts(one: FollowedObligation, today: date) -> Iterator[ObligationFact]:
    if one.is_ended:
        yield ObligationFact(code=FactCode.ENDED)
    elif one.asleep:
        yield ObligationFact(code=FactCode.ASLEEP)
    known = [*_of_payments(one, today), *_of_proofs(one, today)]
    if check := one.last_check:
        known.append(ObligationFact(code=FactCode.CHECKED, day=check.checked_on, check=check))
    if not known and one.binds(today):
        known.append(ObligationFact(code=FactCode.NOTHING, day=one.since))
    yield from known


def _of_payments(one: FollowedObligation, today: date) -> Iterator[ObligationFact]:
    found = one.account(today)
    if found:
        code = FactCode.PAID if found.planned else FactCode.UNPLANNED
        yield ObligationFact(code=code, day=found.last_paid_on, account=found)


def _of_proofs(one: FollowedObligation, today: date) -> Iterator[ObligationFact]:
    """How far the papers go; the days that none covers since the first of them."""
    until = covered_until(one.proofs)
    if until is None:
        return
    first = min(day for proof in one.proofs if (day := proof.covers_from or proof.covers_until))
    gaps = tuple(gap for gap in uncovered(one.proofs, first, min(until, today)))
    if until >= today:
        yield ObligationFact(code=FactCode.COVERED, day=until)
    else:
        yield ObligationFact(code=FactCode.UNCOVERED, day=until + _ONE)
    if gaps:
        yield ObligationFact(code=FactCode.GAPS, gaps=gaps)
