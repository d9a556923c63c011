"""Rules as the service sets them, what a setting or a date would change."""

from datetime import date
from uuid import UUID

import pytest

from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.measure import Measure
from spip_desktop.services.context import Context
from spip_desktop.services.person import QuickStart
from spip_desktop.wiring import Services, make_services

BORN = date(1968, 2, 2)


@pytest.fixture
def measure(services: Services) -> UUID:
    id_ = services.persons.quick_start(
        QuickStart(
            birth_name="Bréaud", first_names="Martine", birth_date=date(1968, 2, 2), referral_on=date(2026, 8, 30)
        )
    )
    measure = services.context.ids.new()
    services.situation.measures.add(
        Measure(
            id=measure, person_id=id_, kind="SP", referral_on=date(2026, 8, 30), starts=date(2026, 8, 30),
            ends_planned=date(2028, 8, 30),
        )
    )  # fmt: skip
    services.persons.assign(id_, services.context.officer_id, reason="nouveau")
    return measure


def test_what_a_date_would_move_is_told_before_it_is_saved(services: Services, measure: UUID) -> None:
    moves = services.deadlines.moves_of_measure(measure, {"referral_on": date(2026, 9, 15)})
    assert [(one.rule.code, one.before, one.after) for one in moves] == [
        ("E32", date(2026, 9, 29), date(2026, 10, 15)),
        ("E01", date(2026, 11, 30), date(2026, 12, 15)),
    ]
    (end,) = services.deadlines.moves_of_measure(measure, {"ends_planned": None})
    assert (end.rule.code, end.before, end.after) == ("E02", date(2028, 7, 30), None)
    assert services.deadlines.moves_of_measure(measure, {"parquet_number": "26/118"}) == ()


def test_a_rule_turned_off_is_told_first_then_holds_at_once(
    dpip_context: Context, services: Services, measure: UUID
) -> None:
    directing = make_services(dpip_context)
    seen: list[tuple[int, int]] = []
    impact = directing.deadlines.impact("E01", in_use=False, progress=lambda done, total: seen.append((done, total)))
    assert (impact.come, impact.go, impact.move, impact.persons) == (0, 1, 0, 1)
    assert seen[-1] == (1, 1)
    directing.deadlines.set_rule("E01", in_use=False)
    line = next(one for one in directing.deadlines.rules() if one.rule.code == "E01")
    assert (line.rule.on, line.shipped.on, line.since) == (False, True, date(2026, 11, 22))
    assert not [one for one in services.todo.groups() for line in one.lines if line.key.startswith("E01")]


def test_a_delay_of_practice_is_the_service_s_one_of_a_text_is_not(dpip_context: Context, measure: UUID) -> None:
    directing = make_services(dpip_context)
    impact = directing.deadlines.impact("E32", in_use=True, count=60)
    assert (impact.move, impact.come, impact.go) == (1, 0, 0)
    directing.deadlines.set_rule("E32", in_use=True, count=60)
    with pytest.raises(Refusal, match="rule_is_law"):
        directing.deadlines.set_rule("E01", in_use=True, count=60)
    with pytest.raises(Refusal, match="rule_delay"):
        directing.deadlines.set_rule("E32", in_use=True, count=0)


def test_a_delay_that_runs_back_stays_so(dpip_context: Context) -> None:
    directing = make_services(dpip_context)
    directing.deadlines.set_rule("E35", in_use=True, count=2)
    line = next(one for one in directing.deadlines.rules() if one.rule.code == "E35")
    assert (line.shipped.count, line.rule.count) == (-3, -2)


def test_the_territory_changes_the_days_worked(dpip_context: Context) -> None:
    directing = make_services(dpip_context)
    assert directing.deadlines.territory() == "metropole"
    directing.deadlines.set_territory("alsace_moselle")
    assert directing.deadlines.territory() == "alsace_moselle"
    with pytest.raises(Refusal, match="choose_one"):
        directing.deadlines.set_territory("atlantide")
