"""Sums to be paid month by month: what falls due, what was paid, what is missing. Amounts are whole cents.

Nothing is estimated: without a plan there is no balance, only what was paid.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from spip_desktop.domain.dates import add_months
from spip_desktop.domain.errors import Problem
from spip_desktop.domain.measure import Suspension
from spip_desktop.domain.register import RegisterLine, in_order, not_ahead

#: No plan of a measure is longer: 30 years of months.
_MOST_MONTHS = 360


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentPlan(RegisterLine):
    """So much each month from `starts`, its first day due, until `ends` or until `total_cents` is reached.

    A plan holds until the next one starts. `set_by` is a code of the list `payment_deciders`.
    """

    obligation_id: UUID
    starts: date
    monthly_cents: int
    total_cents: int | None = None
    ends: date | None = None
    set_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment(RegisterLine):
    """One sum paid; `original`: the receipt was seen in the original."""

    obligation_id: UUID
    paid_on: date
    cents: int
    original: bool = False


@dataclass(frozen=True, slots=True)
class Instalment:
    """What falls due on one day."""

    due_on: date
    cents: int


@dataclass(frozen=True, slots=True)
class Month:
    """One calendar month of the plan: what fell due in it, what was paid in it."""

    first: date
    due: int
    paid: int

    @property
    def missed(self) -> bool:
        """Nothing at all was paid in a month that asked for something."""
        return self.due > 0 and self.paid == 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Where the payments of one obligation stand on a day. `balance` is due less paid: above 0, so much is missing.

    `monthly` is 0 where no plan runs that day; `next_plan` is the one to come, then. `total`: of the last plan begun.
    """

    due: int
    paid: int
    months: tuple[Month, ...]
    monthly: int = 0
    total: int | None = None
    unpaid_since: date | None = None
    last_paid_on: date | None = None
    planned: bool = False
    next_plan: PaymentPlan | None = None

    @property
    def balance(self) -> int:
        return self.due - self.paid

    @property
    def left(self) -> int | None:
        """What remains of the total, or None where it is not fixed; below 0, so much was paid beyond it."""
        return None if self.total is None else self.total - self.paid

    @property
    def missed(self) -> tuple[Month, ...]:
        """The months gone by without any payment, while something is still missing."""
        return tuple(one for one in self.months if one.missed) if self.balance > 0 else ()


def instalments(plans: Iterable[PaymentPlan], until: date, stops: Sequence[Suspension] = ()) -> Iterator[Instalment]:
    """What falls due up to that day, included, plan after plan; never beyond the total of the plan that runs.

    Nothing falls due while the measure is suspended (CP 132-43): `stops`.
    """
    every = sorted(plans, key=lambda one: (one.starts, one.id))
    asked = 0
    for number, plan in enumerate(every):
        stop = min(day for day in (_next_start(every, number), plan.ends, until) if day)
        for months in range(_MOST_MONTHS):
            day = add_months(plan.starts, months)
            left = plan.monthly_cents if plan.total_cents is None else plan.total_cents - asked
            if day > stop or left <= 0:
                break
            if any(one.starts <= day and (one.ends is None or day < one.ends) for one in stops):
                continue
            asked += min(plan.monthly_cents, left)
            yield Instalment(day, min(plan.monthly_cents, left))


def _next_start(plans: Sequence[PaymentPlan], number: int) -> date | None:
    """The day before the plan that follows."""
    return plans[number + 1].starts - timedelta(days=1) if number + 1 < len(plans) else None


def account(
    plans: Sequence[PaymentPlan], payments: Sequence[Payment], today: date, stops: Sequence[Suspension] = ()
) -> Account:
    """The account of one obligation, from its lines that stand, and the suspensions of its measure."""
    due = tuple(instalments(plans, today, stops))
    paid = sum(one.cents for one in payments)
    last = plan_on(plans, today)
    runs = last is not None and not _is_over(last, paid, today)
    to_come = (one for one in plans if one.starts > today)
    return Account(
        due=sum(one.cents for one in due),
        paid=paid,
        months=tuple(_months(due, payments, today)),
        monthly=last.monthly_cents if last and runs else 0,
        total=last.total_cents if last else None,
        unpaid_since=_unpaid_since(due, paid),
        last_paid_on=max((one.paid_on for one in payments), default=None),
        planned=bool(plans),
        next_plan=None if runs else min(to_come, key=lambda one: (one.starts, one.id), default=None),
    )


def plan_on(plans: Iterable[PaymentPlan], day: date) -> PaymentPlan | None:
    """The plan begun last on a day, over or not."""
    return max((one for one in plans if one.starts <= day), key=lambda one: (one.starts, one.id), default=None)


def _is_over(plan: PaymentPlan, paid: int, today: date) -> bool:
    """Its last day is past, or its total was paid."""
    return (plan.ends is not None and plan.ends < today) or (plan.total_cents is not None and paid >= plan.total_cents)


def _months(due: Sequence[Instalment], payments: Sequence[Payment], today: date) -> Iterator[Month]:
    """Every calendar month from the first instalment or payment to the last day of either."""
    asked, given = Counter[date](), Counter[date]()
    for one in due:
        asked[one.due_on.replace(day=1)] += one.cents
    for sum_paid in payments:
        if sum_paid.paid_on <= today:
            given[sum_paid.paid_on.replace(day=1)] += sum_paid.cents
    known = asked.keys() | given.keys()
    month, last = min(known, default=date.max), max(known, default=date.min)
    while month <= last:
        yield Month(month, asked[month], given[month])
        month = add_months(month, 1)


def _unpaid_since(due: Sequence[Instalment], paid: int) -> date | None:
    """The day of the oldest instalment that what was paid, taken in order, does not cover."""
    for one in due:
        paid -= one.cents
        if paid < 0:
            return one.due_on
    return None


def plan_problems(plan: PaymentPlan) -> list[Problem]:
    problems = [] if plan.monthly_cents > 0 else [Problem("money_above_zero", "monthly_cents")]
    if plan.total_cents is not None and plan.total_cents < plan.monthly_cents:
        problems.append(Problem("total_below_month", "total_cents"))
    return problems + in_order(plan.starts, plan.ends, "ends")


def payment_problems(payment: Payment, today: date) -> list[Problem]:
    problems = not_ahead(payment.paid_on, "paid_on", today)
    return problems if payment.cents > 0 else [*problems, Problem("money_above_zero", "cents")]
