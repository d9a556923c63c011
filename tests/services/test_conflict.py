"""What was changed here and elsewhere in the same place, settled by an officer; every station takes the decision."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from spip_desktop.db.evaluation import EVALUATIONS, FIELDS
from spip_desktop.db.records import Records
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.merging import Reason
from spip_desktop.domain.person import Address
from spip_desktop.services.conflict import Choice
from tests.exchanging import RealStation
from tests.pacep_fixtures import evaluate
from tests.services.test_transfer import change, person, start
from tests.store_fixtures import MovableClock


@pytest.fixture
def two(tmp_path: Path, moving: MovableClock) -> Iterator[tuple[RealStation, RealStation]]:
    made = RealStation(tmp_path / "one", 1, moving), RealStation(tmp_path / "two", 2, moving)
    yield made
    for station in made:
        station.store.close()


@pytest.fixture
def disputed(two: tuple[RealStation, RealStation]) -> UUID:
    """The mobility of one person, changed on both stations; the second has read the first."""
    one, other = two
    id_ = start(one)
    one.bring(other)
    change(one, id_, mobility="À vélo, jusqu’à 5 km")
    change(other, id_, mobility="Bus 12", birth_date=date(2004, 3, 15))
    one.bring(other)
    return id_


def test_base_mine_and_theirs_are_told(two: tuple[RealStation, RealStation], disputed: UUID) -> None:
    (conflict,) = two[1].services.conflicts.all()
    assert (conflict.object_id, conflict.person, conflict.kind) == (disputed, "Loïc PERRIN", "Identité")
    (field,) = conflict.fields
    assert (field.label, field.base, field.mine.text) == ("Mobilité", "Rien", "Bus 12")
    assert (field.theirs.text, field.theirs.by) == ("À vélo, jusqu’à 5 km", "Claire Vasseur")
    assert field.may_keep_both
    assert conflict.merged == ("Date de naissance",)
    assert two[0].services.conflicts.all() == []


@pytest.mark.parametrize(
    ("choice", "kept"),
    [
        (Choice.MINE, "Bus 12"),
        (Choice.THEIRS, "À vélo, jusqu’à 5 km"),
        (Choice.BOTH, "Bus 12\n\n— Texte de Claire Vasseur, le 22/11/2026 —\nÀ vélo, jusqu’à 5 km"),
    ],
)
def test_what_is_chosen_is_taken_everywhere(
    two: tuple[RealStation, RealStation], disputed: UUID, choice: Choice, kept: str
) -> None:
    one, other = two
    (conflict,) = other.services.conflicts.all()
    other.services.conflicts.settle(disputed, {field.leaf: choice for field in conflict.fields})
    assert person(other, disputed).mobility == kept
    assert other.services.conflicts.all() == []
    other.bring(one)
    assert person(one, disputed) == person(other, disputed)
    assert person(one, disputed).birth_date == date(2004, 3, 15)
    one.bring(other)
    assert one.services.conflicts.all() == other.services.conflicts.all() == []


@pytest.mark.parametrize(("field", "mine", "theirs"), [("birth_name", "Perrin", "Périn"), ("phone", "06", "07")])
def test_two_names_or_numbers_are_never_kept_in_one_field(
    two: tuple[RealStation, RealStation], field: str, mine: str, theirs: str
) -> None:
    one, other = two
    id_ = start(one)
    one.bring(other)
    change(one, id_, **{field: f"{theirs} 2"})
    change(other, id_, **{field: f"{mine} 1"})
    one.bring(other)
    (conflict,) = other.services.conflicts.all()
    assert [each.may_keep_both for each in conflict.fields] == [False]
    with pytest.raises(Refusal, match="both_unreadable"):
        other.services.conflicts.settle(id_, {each.leaf: Choice.BOTH for each in conflict.fields})


def test_two_addresses_are_kept_on_one_line(two: tuple[RealStation, RealStation]) -> None:
    one, other = two
    id_ = start(one)
    address = Address(id=one.context.ids.new(), person_id=id_, city="Valbrune", line="Foyer")
    one.services.persons.addresses.add(address)
    one.bring(other)
    for station, line in ((one, "Chambre 14"), (other, "Chambre 12")):
        station.services.persons.addresses.save_fields(address.id, {"line": line})
    one.bring(other)
    (conflict,) = other.services.conflicts.all()
    other.services.conflicts.settle(conflict.object_id, {conflict.fields[0].leaf: Choice.BOTH})
    (kept,) = other.services.persons.civil(id_).addresses
    assert kept.value.line == "Chambre 12\u00a0; ailleurs\u00a0: Chambre 14"


def test_nothing_is_settled_by_saying_nothing_nor_twice(two: tuple[RealStation, RealStation], disputed: UUID) -> None:
    other = two[1]
    (conflict,) = other.services.conflicts.all()
    with pytest.raises(Refusal) as refusal:
        other.services.conflicts.settle(disputed, {})
    assert refusal.value.code == "conflict_choice_needed"
    assert person(other, disputed).mobility == "Bus 12"
    other.services.conflicts.settle(disputed, {field.leaf: Choice.MINE for field in conflict.fields})
    with pytest.raises(Refusal) as refusal:
        other.services.conflicts.settle(disputed, {})
    assert refusal.value.code == "conflict_settled"


def test_two_stations_that_settle_apart_are_asked_once_more(
    two: tuple[RealStation, RealStation], disputed: UUID
) -> None:
    one, other = two
    other.bring(one)
    for station, choice in ((one, Choice.MINE), (other, Choice.MINE)):
        (conflict,) = station.services.conflicts.all()
        station.services.conflicts.settle(disputed, {field.leaf: choice for field in conflict.fields})
    one.bring(other)
    (conflict,) = other.services.conflicts.all()
    other.services.conflicts.settle(disputed, {field.leaf: Choice.THEIRS for field in conflict.fields})
    other.bring(one)
    assert person(one, disputed) == person(other, disputed)
    assert person(one, disputed).mobility == "À vélo, jusqu’à 5 km"


def test_a_note_is_kept_with_both_texts(two: tuple[RealStation, RealStation]) -> None:
    one, other = two
    id_ = start(one)
    evaluated = evaluate(one.context, id_, frozen=False)
    one.bring(other)
    for station, note in ((one, "Il veut cuisiner."), (other, "Il cherche un patron.")):
        with station.store.transaction(station.context.actor, "test") as tx:
            (field,) = FIELDS.find(tx, evaluation_id=evaluated.evaluation_id)
            FIELDS.save(tx, replace(field, note=note, marks=()))
            tx.note("evaluation", evaluated.evaluation_id)
    one.bring(other)
    (conflict,) = other.services.conflicts.all()
    assert (conflict.kind, [field.label for field in conflict.fields]) == ("Étape d’évaluation", ["Note"])
    other.services.conflicts.settle(conflict.object_id, {conflict.fields[0].leaf: Choice.BOTH})
    with other.store.reading() as tx:
        note = FIELDS.get(tx, conflict.object_id).note
    assert note == "Il cherche un patron.\n\n— Texte de Claire Vasseur, le 22/11/2026 —\nIl veut cuisiner."


def test_a_frozen_document_stays_as_it_is_and_the_draft_can_be_read(two: tuple[RealStation, RealStation]) -> None:
    one, other = two
    id_ = start(one)
    evaluated = evaluate(one.context, id_, frozen=False)
    one.bring(other)
    _save(one, EVALUATIONS, evaluated.evaluation_id, frozen_on=date(2026, 11, 22))
    _save(other, EVALUATIONS, evaluated.evaluation_id, reason="un mot de plus")
    one.bring(other)
    (conflict,) = other.services.conflicts.all()
    assert conflict.reason is Reason.FROZEN
    assert "un mot de plus" in [field.theirs.text for field in conflict.fields]
    other.services.conflicts.settle(conflict.object_id, {})
    with other.store.reading() as tx:
        found = EVALUATIONS.get(tx, evaluated.evaluation_id)
    assert (found.frozen_on, found.reason) == (date(2026, 11, 22), "")


def _save(station: RealStation, records: Records, id_: UUID, **fields: object) -> None:  # type: ignore[type-arg]
    with station.store.transaction(station.context.actor, "test") as tx:
        records.save(tx, replace(records.get(tx, id_), **fields))
        tx.note("evaluation", id_)
