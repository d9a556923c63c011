"""Plans and payments: the balance is what fell due less what was paid, whatever the order of the lines."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from spip_desktop.domain.measure import Suspension
from spip_desktop.domain.payment import Account, Payment, PaymentPlan, account, instalments

NOBODY = UUID(int=0)
START = date(2026, 1, 5)
TODAY = date(2026, 11, 22)


def plan(number: int, starts: date, cents: int, **more: Any) -> PaymentPlan:
    return PaymentPlan(
        id=UUID(int=number), person_id=NOBODY, obligation_id=NOBODY, starts=starts, monthly_cents=cents, **more
    )


def paid(number: int, on: date, cents: int) -> Payment:
    return Payment(id=UUID(int=number), person_id=NOBODY, obligation_id=NOBODY, paid_on=on, cents=cents)


days = st.dates(START, TODAY)
amounts = st.integers(1, 500_00)
payments = st.lists(st.builds(paid, st.integers(1, 10**6), days, amounts), max_size=12)
plans = st.lists(
    st.builds(plan, st.integers(1, 10**6), days, amounts, total_cents=st.none() | st.integers(500_00, 5_000_00)),
    max_size=4,
    unique_by=lambda one: one.id,
)


@given(plans, payments)
def test_the_balance_is_due_less_paid_and_the_months_add_up_to_both(
    every: list[PaymentPlan], sums: list[Payment]
) -> None:
    found = account(every, sums, TODAY)
    assert found.balance == sum(one.cents for one in instalments(every, TODAY)) - sum(one.cents for one in sums)
    assert sum(month.due for month in found.months) == found.due
    assert sum(month.paid for month in found.months) == found.paid
    firsts = [month.first for month in found.months]
    assert firsts == sorted(set(firsts))
    assert all(day.day == 1 for day in firsts)


@given(plans, payments)
def test_the_order_of_the_lines_changes_nothing(every: list[PaymentPlan], sums: list[Payment]) -> None:
    assert account(every[::-1], sums[::-1], TODAY) == account(every, sums, TODAY)


@given(plans, payments, days, amounts)
def test_one_more_payment_lowers_the_balance_by_as_much(
    every: list[PaymentPlan], sums: list[Payment], on: date, cents: int
) -> None:
    before, after = account(every, sums, TODAY), account(every, [*sums, paid(0, on, cents)], TODAY)
    assert before.balance - after.balance == cents
    assert len(after.missed) <= len(before.missed)


@given(plans, payments)
def test_something_is_unpaid_exactly_when_the_balance_is_above_zero(
    every: list[PaymentPlan], sums: list[Payment]
) -> None:
    found = account(every, sums, TODAY)
    assert (found.unpaid_since is not None) is (found.balance > 0)


@given(st.integers(1, 100_00), st.integers(1, 3_000_00))
def test_nothing_falls_due_beyond_the_total(monthly: int, total: int) -> None:
    asked = list(instalments([plan(1, START, monthly, total_cents=total)], date(2060, 1, 1)))
    assert sum(one.cents for one in asked) <= total
    assert sum(one.cents for one in asked) == min(total, monthly * len(asked))


def test_two_months_missed_are_named_until_they_are_made_up() -> None:
    every = [plan(1, date(2026, 7, 5), 60_00)]
    sums = [paid(2, date(2026, 7, 6), 60_00), paid(3, date(2026, 8, 6), 60_00), paid(4, date(2026, 11, 6), 60_00)]
    found = account(every, sums, TODAY)
    assert (found.due, found.paid, found.balance) == (300_00, 180_00, 120_00)
    assert [one.first.month for one in found.missed] == [9, 10]
    assert found.unpaid_since == date(2026, 10, 5)
    made_up = account(every, [*sums, paid(5, date(2026, 11, 10), 120_00)], TODAY)
    assert made_up.balance == 0
    assert made_up.missed == ()
    assert made_up.unpaid_since is None


def test_a_new_plan_takes_over_on_its_first_day() -> None:
    every = [plan(1, date(2026, 7, 5), 60_00), plan(2, date(2026, 9, 5), 30_00)]
    assert [(one.due_on.month, one.cents) for one in instalments(every, TODAY)] == [
        (7, 60_00), (8, 60_00), (9, 30_00), (10, 30_00), (11, 30_00),
    ]  # fmt: skip


def test_the_last_day_of_a_month_stays_the_last_day() -> None:
    found = [one.due_on for one in instalments([plan(1, date(2026, 1, 31), 10_00)], date(2026, 4, 30))]
    assert found == [date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30)]


def test_what_remains_of_the_total_until_it_is_paid_and_beyond() -> None:
    every = [plan(1, date(2026, 8, 5), 60_00, total_cents=180_00)]
    found = account(every, [paid(2, date(2026, 8, 6), 60_00)], TODAY)
    assert (found.left, found.monthly) == (120_00, 60_00)
    whole = account(every, [paid(2, date(2026, 8, 6), 200_00)], TODAY)
    assert (whole.left, whole.monthly, whole.balance) == (-20_00, 0, -20_00)


def test_a_plan_to_come_asks_for_nothing_yet() -> None:
    found = account([plan(1, date(2027, 1, 5), 60_00)], (), TODAY)
    assert (found.due, found.monthly) == (0, 0)
    assert found.next_plan is not None
    assert found.next_plan.starts == date(2027, 1, 5)


def test_without_a_plan_there_is_no_balance_to_speak_of() -> None:
    found = account((), [paid(1, TODAY - timedelta(days=3), 20_00)], TODAY)
    assert not found.planned
    assert found.paid == 20_00
    assert found.missed == ()
    assert account((), (), TODAY) == Account(due=0, paid=0, months=())


def test_nothing_falls_due_while_the_measure_is_suspended() -> None:
    """CP 132-43: the months in prison are not months without a payment; the total is only asked later."""
    every = [plan(1, date(2026, 7, 5), 60_00, total_cents=240_00)]
    stop = Suspension(id=UUID(int=9), starts=date(2026, 8, 5), ends=date(2026, 10, 5), reason="incarceration")
    asked = [one.due_on.month for one in instalments(every, date(2027, 6, 1), (stop,))]
    assert asked == [7, 10, 11, 12], "August and September are in it; the day of the release is not"
    found = account(every, [paid(2, date(2026, 7, 6), 60_00)], TODAY, (stop,))
    assert [one.first.month for one in found.missed] == [10, 11]
