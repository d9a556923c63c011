"""One document frozen on two stations that did not know of each other: both versions stay and can be read."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from spip_desktop.db.evaluation import EVALUATIONS, FIELDS, FINDINGS
from spip_desktop.db.event import EVENTS
from spip_desktop.db.pacep import PACEPS
from spip_desktop.domain.evaluation import Evaluation, FindingKind
from spip_desktop.domain.evaluation_rules import KIND
from spip_desktop.domain.evaluation_states import EventCode
from spip_desktop.domain.merging import Reason
from spip_desktop.domain.pacep import Axis, Objective, Pacep
from spip_desktop.domain.transfer_result import Brought
from spip_desktop.services.evaluation_course import add_fact, freeze
from tests.exchanging import RealStation
from tests.pacep_fixtures import evaluate
from tests.services.test_transfer import start
from tests.store_fixtures import MovableClock

TODAY = date(2026, 11, 22)
Three = tuple[RealStation, RealStation, RealStation]


@pytest.fixture
def three(tmp_path: Path, moving: MovableClock) -> Iterator[Three]:
    one, other, third = (RealStation(tmp_path / str(number), number, moving) for number in (1, 2, 3))
    yield one, other, third
    for station in (one, other, third):
        station.store.close()


@pytest.fixture
def person_id(three: Three) -> UUID:
    return start(three[0])


def _note(station: RealStation, evaluation_id: UUID, note: str) -> None:
    with station.store.transaction(station.context.actor, "test") as tx:
        (field,) = FIELDS.find(tx, evaluation_id=evaluation_id)
        FIELDS.save(tx, replace(field, note=note, marks=()))
        tx.note(KIND, evaluation_id)


def _freeze(station: RealStation, evaluation_id: UUID) -> None:
    with station.store.transaction(station.context.actor, "freeze_evaluation") as tx:
        freeze(tx, EVALUATIONS.get(tx, evaluation_id))
        tx.note(KIND, evaluation_id)


def _add_need(station: RealStation, evaluation_id: UUID, wording: str) -> None:
    with station.store.transaction(station.context.actor, "test") as tx:
        one = FINDINGS.find(tx, evaluation_id=evaluation_id)[0]
        ids = tx.ids
        FINDINGS.save(tx, replace(one, id=ids.new(), lineage=ids.new(), kind=FindingKind.NEED, wording=wording))
        tx.note(KIND, evaluation_id)


def _versions(station: RealStation, person_id: UUID) -> list[tuple[Evaluation, list[str], list[str], list[str]]]:
    """What each version of the evaluation says: its notes, its findings, its dated facts."""
    with station.store.reading() as tx:
        return [
            (
                one,
                [field.note for field in FIELDS.find(tx, evaluation_id=one.id)],
                sorted(finding.wording for finding in FINDINGS.find(tx, evaluation_id=one.id)),
                [event.code for event in EVENTS.find(tx, object_id=one.id)],
            )
            for one in sorted(EVALUATIONS.find(tx, person_id=person_id), key=lambda each: str(each.frozen_by))
        ]


def test_an_evaluation_frozen_twice_stands_in_two_versions_everywhere(
    three: Three, person_id: UUID, moving: MovableClock
) -> None:
    one, other, third = three
    evaluated = evaluate(one.context, person_id, frozen=False).evaluation_id
    one.bring(other)
    for station, note in ((one, "Il veut cuisiner."), (other, "Il cherche un patron.")):
        moving.move(seconds=1)
        _note(station, evaluated, note)
        _freeze(station, evaluated)
    with other.store.transaction(other.context.actor, "evaluation_partagee") as tx:
        add_fact(tx, EVALUATIONS.get(tx, evaluated), EventCode.SHARED, TODAY)
        tx.note(KIND, evaluated)
    assert one.bring(other).of(Brought.APART) == 1
    other.bring(one)
    one.bring(third)
    other.bring(third)
    found = [_versions(station, person_id) for station in three]
    assert found[0] == found[1] == found[2]
    said = {notes[0]: (version, facts) for version, notes, _, facts in found[0]}
    assert set(said) == {"Il veut cuisiner.", "Il cherche un patron."}
    first, second = said["Il veut cuisiner."], said["Il cherche un patron."]
    assert (first[0].id, first[0].frozen_by, first[1]) == (evaluated, one.officer.id, ["arretee"])
    assert (second[0].number, second[0].frozen_by) == (1, other.officer.id), "the number that its papers bear"
    assert sorted(second[1]) == ["arretee", "partagee"], "what was entered about it goes with it"
    for station in three:
        assert station.services.conflicts.all() == []
        (version,) = station.services.conflicts.versions()
        assert (version.person_id, version.kind, version.by) == (person_id, "Évaluation", "Claire Vasseur")


def test_what_goes_on_in_a_draft_does_not_enter_what_is_frozen(three: Three, person_id: UUID) -> None:
    one, other, _ = three
    evaluated = evaluate(one.context, person_id, frozen=False).evaluation_id
    one.bring(other)
    _freeze(one, evaluated)
    _note(other, evaluated, "Il cherche un patron.")
    _add_need(other, evaluated, "se loger")
    for source, reader in ((other, one), (one, other)):
        source.bring(reader)
        ((_, notes, findings, _),) = _versions(reader, person_id)
        assert notes == ["Il parle de la cuisine.\nJe veux un métier, et qu’on me laisse ma chance.\nAutre chose."]
        assert "se loger" not in findings
    (conflict,) = one.services.conflicts.all()
    assert (conflict.kind, conflict.reason) == ("Étape d’évaluation", Reason.FROZEN)
    assert conflict.fields[0].theirs.text == "Il cherche un patron."
    one.services.conflicts.settle(conflict.object_id, {})
    one.bring(other)
    assert [station.services.conflicts.all() for station in (one, other)] == [[], []]
    assert _versions(one, person_id) == _versions(other, person_id)


def test_a_plan_put_to_the_person_twice_stands_in_two_versions(
    three: Three, person_id: UUID, moving: MovableClock
) -> None:
    one, other, _ = three
    ids = one.context.ids
    axis = Axis(id=ids.new(), lineage=ids.new(), title="Travail",
                objectives=(Objective(id=ids.new(), lineage=ids.new(), wording="un métier"),))  # fmt: skip
    plan = Pacep(id=ids.new(), lineage=ids.new(), person_id=person_id, number=2, started_on=TODAY, axes=(axis,))
    with one.store.transaction(one.context.actor, "test") as tx:
        PACEPS.save(tx, plan)
        tx.note("pacep", plan.id)
    one.bring(other)
    for station, title in ((one, "Travail, ici"), (other, "Travail, ailleurs")):
        moving.move(seconds=1)
        with station.store.transaction(station.context.actor, "test") as tx:
            kept = replace(plan, axes=(replace(axis, title=title),))
            PACEPS.save(tx, replace(kept, submitted_on=TODAY, submitted_by=station.officer.id))
            tx.note("pacep", plan.id)
    other.bring(one)
    one.bring(other)
    plans = []
    for station in (one, other):
        with station.store.reading() as tx:
            plans.append(sorted(PACEPS.find(tx, person_id=person_id), key=lambda each: each.axes[0].title))
    assert plans[0] == plans[1]
    elsewhere, here = plans[0]
    assert (here.id, here.axes[0].title) == (plan.id, "Travail, ici")
    assert (elsewhere.number, elsewhere.axes[0].title) == (2, "Travail, ailleurs")
    assert elsewhere.axes[0].id != axis.id
    assert elsewhere.axes[0].lineage == axis.lineage
    assert elsewhere.axes[0].objectives[0].wording == "un métier"
