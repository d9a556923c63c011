"""Random histories on three stations: packages are lost, repeated and out of order; all say the same in the end."""

from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from spip_desktop.domain import merging
from spip_desktop.domain.leaves import ROOT
from tests.domain.stations import Held, Package, Station
from tests.faults.amounts import amount

_STATIONS, _OBJECTS = 3, ("plan", "autre")
_EMPTY: dict[str, Any] = {
    "title": "", "level": None, "frozen_on": None, "note": "", "marks": [], "asks": [], "gaps": {}, "axes": [],
}  # fmt: skip
_texts = st.sampled_from(("", "un", "deux", "trois"))
_SET = (
    *[("set", name, text) for name in ("title", "note") for text in ("", "un", "deux")],
    *[("set", "level", level) for level in (None, "espace", "regulier")],
    *[("set", "asks", asks) for asks in ([], ["un"], ["deux"])],
    *[(what, key, text) for what in ("gap", "axis") for key in "xy" for text in (None, "un", "deux")],
    *[("objective", key, text) for key in "xy" for text in ("un", "deux")],
    *[("move", "", ""), ("bin", "", ""), ("decide", "", ""), ("begin", "", "")],
)
_edits = st.tuples(st.sampled_from(_OBJECTS), st.sampled_from((*_SET, *_SET, *_SET, ("freeze", "", ""))))
_station = st.integers(0, _STATIONS - 1)
_moves = st.one_of(
    st.tuples(st.just("bring"), _station, _station),
    st.tuples(st.just("send"), _station, _station),
    st.tuples(st.just("read"), st.integers(0, 50), st.booleans()),
)
#: What each of the three writes, unknown to the others, then what is carried from one to another.
_rounds = st.lists(
    st.tuples(
        *[st.lists(_edits, min_size=low, max_size=2) for low in (1, 1, 0)], st.lists(_moves, min_size=1, max_size=4)
    ),
    min_size=2, max_size=8,
)  # fmt: skip
Round = tuple[Any, ...]
_MOST_EXCHANGES = 30


def _axes(content: dict[str, Any], key: str, title: str | None) -> list[dict[str, Any]]:
    others = [one for one in content["axes"] if one["id"] != key]
    held = next((one for one in content["axes"] if one["id"] == key), {"id": key, "title": "", "objectives": []})
    return others if title is None else [*others, held | {"title": title}]


def _with_objective(axes: list[dict[str, Any]], key: str, wording: str) -> list[dict[str, Any]]:
    """The one objective of the test, changed where it hangs, else added here."""
    where = next((one["id"] for one in axes if one["objectives"]), key)
    return [one | {"objectives": [{"id": "o", "wording": wording}]} if one["id"] == where else one for one in axes]


def _moved(axes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What hangs under the axes, each under the next one."""
    hung = [one["objectives"] for one in axes]
    return [one | {"objectives": held} for one, held in zip(axes, hung[1:] + hung[:1], strict=True)]


def _edit(station: Station, object_id: str, step: tuple[str, str, Any]) -> None:
    what, name, value = step
    if what == "begin":  # a record is begun once: its number is random
        new = f"{object_id} {station.number}"
        if not station.is_there(new):
            station.write(new, {"id": new} | _EMPTY)
        return
    if what == "decide":
        if object_id in station.in_dispute():
            station.decide(object_id)
        return
    content = station.shown(object_id)
    if content["frozen_on"]:
        return  # services let nobody change it
    changes: dict[str, dict[str, Any]] = {
        "set": {name: value},
        "gap": {"gaps": {key: one for key, one in (content["gaps"] | {name: value}).items() if one is not None}},
        "axis": {"axes": _axes(content, name, value)},
        "objective": {"axes": _with_objective(content["axes"], name, str(value))},
        "move": {"axes": _moved(content["axes"])},
        "freeze": {"frozen_on": "2026-11-22"},
        "bin": {},
    }
    station.write(object_id, content | changes[what], deleted=what == "bin")


def _play(rounds: list[Round]) -> list[Station]:
    """The stations after these rounds; every package ever sent may arrive at any time, often, or never."""
    minutes = [0]
    stations = [Station(number, minutes) for number in range(_STATIONS)]
    for object_id in _OBJECTS:
        stations[0].write(object_id, {"id": object_id} | _EMPTY)
    for other in stations[1:]:
        other.take(stations[0].pack(other.number))
    sent: list[Package] = []
    for *written, moves in rounds:
        for station, edits in zip(stations, written, strict=True):
            for object_id, step in edits:
                _edit(station, object_id, step)
        for move in moves:
            _carry(stations, sent, *move)
    return stations


def _carry(stations: list[Station], sent: list[Package], what: str, first: int, second: int) -> None:
    if what == "bring":
        stations[second].take(stations[first].pack(second))
    elif what == "send":
        sent.append(stations[first].pack(second))
    elif sent:
        package = sent[first % len(sent)]
        last = stations[package.recipient].take(package)
        if second:  # the receipt came back
            acknowledged = stations[package.sender].acknowledged
            acknowledged[package.recipient] = max(acknowledged.get(package.recipient, 0), last)


def _exchange_all(stations: list[Station]) -> None:
    """Everything that was not acknowledged, from each to each, until nothing is new."""
    for _ in range(_MOST_EXCHANGES):
        before = [len(station.log) for station in stations]
        for sender in stations:
            for recipient in stations:
                if sender is not recipient:
                    sender.acknowledged[recipient.number] = recipient.take(sender.pack(recipient.number))
        if [len(station.log) for station in stations] == before:
            return
    raise AssertionError("what the stations tell each other never ends")


def _taken_by_a_removal(held: Held) -> list[UUID]:
    """The revisions that changed something, of a record that is in the bin because another removed it meanwhile."""
    if held.shown is None or held.standing is None or not held.known[held.shown].deleted:
        return []
    if held.standing.reason:
        return []  # shown as it was here until an officer says
    heads = [held.known[id_] for id_ in held.standing.heads]
    if any(held.contents[one.id]["frozen_on"] for one in heads):
        return []  # put together with nothing: each version stays as it is
    return [
        one.id for one in heads
        if not one.deleted and all(held.contents[one.id] != held.contents[base] for base in one.parents)
    ]  # fmt: skip


def _say_the_same(rounds: list[Round]) -> None:
    """Whatever was lost, repeated or late, all stations end alike, and nothing that was written is gone."""
    stations = _play(rounds)
    written = {line.revision.id for station in stations for line in station.log if not line.revision.is_automatic}
    _exchange_all(stations)
    # What waits for a decision is the same everywhere; everything else is alike to the letter.
    disputes = [station.in_dispute() for station in stations]
    assert [id_ for station in stations for held in station.held.values() for id_ in _taken_by_a_removal(held)] == []
    assert disputes[0] == disputes[1] == disputes[2]
    for object_id in disputes[0]:
        stations[0].decide(object_id)
    _exchange_all(stations)
    assert stations[0].everything() == stations[1].everything() == stations[2].everything()
    for station in stations:
        assert station.in_dispute() == []
        assert written <= {line.revision.id for line in station.log}  # nothing that was ever written is lost
        assert all(not held.standing.waiting for held in station.held.values() if held.standing)


@settings(max_examples=amount("SPIP_HISTORIES", 150), deadline=None, suppress_health_check=list(HealthCheck))
@given(_rounds)
def test_all_stations_say_the_same_in_the_end(rounds: list[Round]) -> None:
    _say_the_same(rounds)


@settings(max_examples=amount("SPIP_HISTORIES", 150), deadline=None, suppress_health_check=list(HealthCheck))
@given(_rounds, st.permutations(range(_STATIONS)))
def test_neither_repeating_nor_the_order_changes_anything(rounds: list[Round], order: list[int]) -> None:
    stations = _play(rounds)
    _exchange_all(stations)
    before = [station.everything() for station in stations]
    for number in order:
        for other in stations:
            other.take(Package(number, other.number, tuple(reversed(stations[number].log)), 0))
    assert [station.everything() for station in stations] == before


# -- control: the same check finds a fault that is planted -------------------------------------------------------


def _a_removal_wins(history: Any, apart: Any, last: Any, inside: str) -> bool:
    """Planted: what was removed anywhere is gone, whoever changed it elsewhere."""
    if inside == ROOT:
        return all(not history.known[id_].deleted for id_ in last)
    return all(inside in apart[id_].hung for id_ in last)


def test_control_a_removal_that_wins_over_a_change_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    found = settings(
        max_examples=500, deadline=None, derandomize=True, database=None, phases=[Phase.generate],
        report_multiple_bugs=False, suppress_health_check=list(HealthCheck),
    )(given(_rounds)(_say_the_same))  # fmt: skip
    monkeypatch.setattr(merging, "_is_there", _a_removal_wins)
    with pytest.raises(AssertionError):
        found()
