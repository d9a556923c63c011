"""What is known of an obligation on a day, as facts: no word for « respected », no score, no sum of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from spip_desktop.domain.measure import Measure, Obligation
from spip_desktop.domain.payment import Account, Payment, PaymentPlan, account
from spip_desktop.domain.proof import Check, Period, Proof, covered_until, furthest, uncovered
from spip_desktop.domain.work import WorkCount

_ONE = timedelta(days=1)
#: The states of the Situation in which nothing more is followed.
ENDED = frozenset({"levee", "sans_objet"})


class FactCode(StrEnum):
    ENDED = "terminee"
    OVER = "finie"
    NOT_YET = "a_venir"
    ASLEEP = "suspendue"
    COVERED = "couvre"
    UNCOVERED = "ne_couvre_plus"
    GAPS = "manques"
    SEEN = "papier_sans_periode"
    PAID = "versements"
    UNPLANNED = "sans_echeancier"
    WORK = "heures_de_travail"
    CHECKED = "verifiee"
    NOTHING = "rien"


@dataclass(frozen=True, slots=True, kw_only=True)
class ObligationFact:
    """One fact, with what its sentence says: a day, days left out, a paper, an account, a check."""

    code: FactCode
    day: date | None = None
    gaps: tuple[Period, ...] = ()
    proof: Proof | None = None
    account: Account | None = None
    check: Check | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowedObligation:
    """One obligation with its lines that stand, the newest last. `asleep`: it does not bind today (CP 132-43).

    `work`: the hours of the measure, where the obligation is to do them and some are noted.
    """

    obligation: Obligation
    measure: Measure
    proofs: Sequence[Proof] = ()
    checks: Sequence[Check] = ()
    plans: Sequence[PaymentPlan] = ()
    payments: Sequence[Payment] = ()
    work: WorkCount | None = None
    asleep: bool = False

    @property
    def since(self) -> date | None:
        return self.obligation.starts or self.measure.starts

    @property
    def is_ended(self) -> bool:
        return self.obligation.status in ENDED

    @property
    def until(self) -> date | None:
        """The last day: its own, or that on which its measure ended."""
        return min((day for day in (self.obligation.ends, self.measure.ended_on) if day), default=None)

    @property
    def last_check(self) -> Check | None:
        return max(self.checks, key=lambda one: (one.checked_on, one.id), default=None)

    def account(self, today: date) -> Account | None:
        """Where the payments stand, or None where there is neither a plan nor a payment."""
        if not self.plans and not self.payments:
            return None
        return account(self.plans, self.payments, today, self.measure.suspensions)

    def binds(self, today: date) -> bool:
        return not (self.is_ended or self.asleep or self.is_over(today))

    def is_over(self, today: date) -> bool:
        """Its last day is past; a measure that ends today binds no more today."""
        ended = self.measure.ended_on
        return (self.until is not None and self.until < today) or (ended is not None and ended <= today)

    def facts(self, today: date) -> tuple[ObligationFact, ...]:
        return tuple(_facts(self, today))


def _facts(one: FollowedObligation, today: date) -> Iterator[ObligationFact]:
    if one.is_ended:
        yield ObligationFact(code=FactCode.ENDED)
    elif one.is_over(today):
        yield ObligationFact(code=FactCode.OVER, day=one.until)
    elif one.asleep:
        yield ObligationFact(code=FactCode.ASLEEP)
    elif one.since and one.since > today:
        yield ObligationFact(code=FactCode.NOT_YET, day=one.since)
    known = [*_of_payments(one, today), *_of_proofs(one, today)]
    if one.work:
        known.append(ObligationFact(code=FactCode.WORK))
    if check := one.last_check:
        known.append(ObligationFact(code=FactCode.CHECKED, day=check.checked_on, check=check))
    if not known and one.binds(today) and not (one.since and one.since > today):
        known.append(ObligationFact(code=FactCode.NOTHING, day=one.since))
    yield from known


def _of_payments(one: FollowedObligation, today: date) -> Iterator[ObligationFact]:
    found = one.account(today)
    if found:
        code = FactCode.PAID if found.planned else FactCode.UNPLANNED
        yield ObligationFact(code=code, day=found.last_paid_on, account=found)


def _of_proofs(one: FollowedObligation, today: date) -> Iterator[ObligationFact]:
    """How far the papers go, or the last one seen; the days that none covers since the first of them."""
    until = covered_until(one.proofs)
    if until is None:
        if seen := max(one.proofs, key=lambda proof: (proof.seen_on, proof.id), default=None):
            yield ObligationFact(code=FactCode.SEEN, day=seen.seen_on, proof=seen)
        return
    first = min(day for proof in one.proofs if (day := proof.covers_from or proof.covers_until))
    gaps = tuple(gap for gap in uncovered(one.proofs, first, min(until, today)))
    if until >= today:
        yield ObligationFact(code=FactCode.COVERED, day=until, proof=furthest(one.proofs))
    else:
        yield ObligationFact(code=FactCode.UNCOVERED, day=until + _ONE)
    if gaps:
        yield ObligationFact(code=FactCode.GAPS, gaps=gaps)
