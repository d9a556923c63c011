"""Random histories between three real stores; fewer than in memory (tests/domain/test_merging_histories.py)."""

import random
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from spip_desktop.db import transfer_waiting
from spip_desktop.services.conflict import Choice
from tests.exchanging import RealStation
from tests.faults.amounts import amount
from tests.services.test_transfer import change, person, start
from tests.store_fixtures import MovableClock

_FIELDS = ("mobility", "digital", "resources", "engaged")


@pytest.mark.parametrize("seed", range(amount("SPIP_STORE_HISTORIES", 2)))
def test_three_stores_say_the_same_in_the_end(tmp_path: Path, moving: MovableClock, seed: int) -> None:
    chance = random.Random(seed)
    stations = [RealStation(tmp_path / str(number), number, moving) for number in range(3)]
    dossiers = [start(stations[0], f"Perrin{number}") for number in range(2)]
    for other in stations[1:]:
        stations[0].bring(other)
    late: list[tuple[RealStation, list[dict[str, Any]]]] = []
    for turn in range(12):
        change(chance.choice(stations), chance.choice(dossiers), **{chance.choice(_FIELDS): f"{turn}"})
        sender, recipient = chance.sample(stations, 2)
        lines, _ = sender.pack(recipient)
        late.append((recipient, lines))
        if chance.random() < 0.6:  # packages arrive in any order, twice, or much later
            to, content = chance.choice(late)
            to.take(content)
    _exchange(stations)
    _settle(stations, dossiers)
    _exchange(stations)
    for id_ in dossiers:
        assert len({repr(person(station, id_)) for station in stations}) == 1
    for station in stations:
        with station.store.reading() as tx:
            assert transfer_waiting.every(tx) == []
            assert transfer_waiting.disputes(tx) == []
        station.store.close()


def _exchange(stations: list[RealStation]) -> None:
    """Everything from each to each, twice: what a station learns in the first round goes on in the second."""
    for _ in range(2):
        for sender in stations:
            for recipient in stations:
                if sender is not recipient:
                    sender.bring(recipient)


def _settle(stations: list[RealStation], dossiers: list[UUID]) -> None:
    """The first station decides for all; the question is the same everywhere."""
    asked = [sorted(str(one.object_id) for one in station.services.conflicts.all()) for station in stations]
    assert asked[0] == asked[1] == asked[2]
    service = stations[0].services.conflicts
    for conflict in service.all():
        assert conflict.object_id in dossiers
        service.settle(conflict.object_id, {field.leaf: Choice.THEIRS for field in conflict.fields})
