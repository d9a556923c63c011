"""The rules of incidents and manquements over any course of lines: what is red, what waits, what comes first."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from spip_desktop.domain import breach, incident
from spip_desktop.domain.breach import Breach, BreachFact, BreachStanding, DecisionKind
from spip_desktop.domain.event import Event
from spip_desktop.domain.incident import Incident, IncidentFact, IncidentStanding

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 13, 2, tzinfo=UTC)
PERSON, ME = UUID(int=7), UUID(int=8)
KINDS = DecisionKind(reports=frozenset({"rapport"}), not_acting=frozenset({"ne_pas_agir"}))
DECISIONS = ("rappel", "rapport", "ne_pas_agir")


def an_incident(number: int = 1, day: date = TODAY, hour: str = "") -> Incident:
    return Incident(
        id=UUID(int=number), person_id=PERSON, kind="suicide", line="…", happened_on=day, hour=hour, noted_at=NOW,
        noted_by=ME,
    )  # fmt: skip


def course(about: UUID, codes: list[str], details: list[dict[str, str]] | None = None) -> tuple[Event, ...]:
    """These lines, entered one minute after the other."""
    return tuple(
        Event(
            id=UUID(int=100 + n), kind="x", object_id=about, person_id=PERSON, code=code, happened_on=TODAY,
            entered_at=NOW + timedelta(minutes=n), entered_by=ME, detail=details[n] if details else {},
        )
        for n, code in enumerate(codes)
    )  # fmt: skip


@given(st.lists(st.sampled_from(list(IncidentFact))))
def test_an_incident_is_red_until_the_last_word_on_it_is_that_somebody_was_informed(codes: list[IncidentFact]) -> None:
    one = an_incident()
    standing = IncidentStanding(one, course(one.id, list(codes)))
    said = [code for code in codes if code in (IncidentFact.INFORMED, IncidentFact.NOT_YET)]
    assert standing.is_red == (not said or said[-1] is IncidentFact.NOT_YET)
    facts = incident.facts_of(standing, ())
    assert (facts is not None) == standing.is_red
    if facts:
        assert "suicide" not in repr(facts), "the list is never told the kind"


@given(st.lists(st.tuples(st.dates(date(2026, 1, 1), TODAY), st.booleans()), max_size=8))
def test_the_red_ones_come_first_then_the_newest(noted: list[tuple[date, bool]]) -> None:
    every = [an_incident(n, day) for n, (day, _) in enumerate(noted)]
    told = [
        fact for one, (_, red) in zip(every, noted, strict=True) if not red for fact in course(one.id, ["informee"])
    ]
    found = incident.standings(every, told)
    order = [(not one.is_red, -one.incident.happened_on.toordinal()) for one in found]
    assert order == sorted(order)
    assert len(found) == len(every), "none is lost"


@given(st.lists(st.sampled_from([*DECISIONS, "rapport_parti"]), max_size=6), st.booleans())
def test_a_breach_waits_for_a_decision_then_for_the_report_decided(said: list[str], held: bool) -> None:
    one = Breach(id=UUID(int=1), person_id=PERSON, happened_on=TODAY, facts="…", noted_at=NOW, noted_by=ME)
    codes: list[str] = [BreachFact.REPORT if word == "rapport_parti" else BreachFact.DECISION for word in said]
    details = [{} if word == "rapport_parti" else {"decision": word} for word in said]
    standing = BreachStanding(one, course(one.id, codes, details))
    decisions = [word for word in said if word != "rapport_parti"]
    found = breach.facts_of(standing, KINDS, {PERSON} if held else ())
    days = found.days if found else {}
    assert ("constat" in days) == (not said), "neither a report nor a decision"
    since = len(said) - 1 - said[::-1].index(decisions[-1]) if decisions else -1
    left = "rapport_parti" in said[since + 1 :]
    assert ("rapport_decide" in days) == (bool(decisions) and decisions[-1] == "rapport" and not left)
    if found:
        assert ("detenu" in found.flags) is held


def test_nothing_computes_a_seriousness() -> None:
    """It is an event with its reason, and no function of this module gives one."""
    assert not [name for name in dir(breach) if "serious" in name.lower() and "problems" not in name and name.islower()]
