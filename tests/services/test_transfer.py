"""Changes carried from store to store: what travels, what merges, what waits, what is refused by name."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from spip_desktop.db import person as persons
from spip_desktop.db import transfer_waiting
from spip_desktop.db.evaluation import FINDINGS
from spip_desktop.db.event import EVENTS
from spip_desktop.db.schema import METADATA
from spip_desktop.db.situation import CUSTODIES
from spip_desktop.db.store import AUTOSAVE
from spip_desktop.db.transfer_kinds import ALONG, STAYS, TRAVELS
from spip_desktop.domain.acknowledged import Acknowledged
from spip_desktop.domain.person import Person
from spip_desktop.domain.transfer import Content, Scope, TransferKind
from spip_desktop.domain.transfer_result import Brought
from spip_desktop.services.person import QuickStart
from tests.exchanging import CHANGES, RealStation, one_dossier
from tests.pacep_fixtures import evaluate
from tests.store_fixtures import MovableClock

BORN = date(2004, 3, 14)


@pytest.fixture
def two(tmp_path: Path, moving: MovableClock) -> Iterator[tuple[RealStation, RealStation]]:
    made = RealStation(tmp_path / "one", 1, moving), RealStation(tmp_path / "two", 2, moving)
    yield made
    for station in made:
        station.store.close()


def start(station: RealStation, name: str = "Perrin") -> UUID:
    begun = QuickStart(birth_name=name, first_names="Loïc", birth_date=BORN, ecrou_number="12345")
    return station.services.persons.quick_start(begun, "homonyme")


def person(station: RealStation, id_: UUID) -> Person:
    with station.store.reading() as tx:
        return persons.PERSONS.get(tx, id_)


def change(station: RealStation, id_: UUID, act: str = "test", **fields: object) -> None:
    with station.store.transaction(station.context.actor, act) as tx:
        persons.save(tx, replace(persons.PERSONS.get(tx, id_), **fields))  # type: ignore[arg-type]
        tx.note("person", id_)


def test_every_table_travels_or_says_why_it_does_not() -> None:
    tables = {table.name for table in METADATA.tables.values() if "root_id" not in table.c}
    assert tables == set(TRAVELS) | ALONG | set(STAYS), "say in db/transfer_kinds.py what becomes of it"
    assert not set(TRAVELS) & set(STAYS)
    assert all(STAYS.values())


def test_a_dossier_travels_whole(two: tuple[RealStation, RealStation]) -> None:
    one, other = two
    id_ = start(one)
    evaluated = evaluate(one.context, id_)
    result = one.bring(other, one_dossier(id_))
    assert result.of(Brought.REJECTED) == result.of(Brought.WAITING) == 0
    assert result.of(Brought.NEW) == result.accepted
    assert [line.name for line in result.persons if line.person_id == id_] == ["Loïc PERRIN"]
    assert person(other, id_) == person(one, id_)
    with one.store.reading() as mine, other.store.reading() as theirs:
        assert FINDINGS.find(theirs, evaluation_id=evaluated.evaluation_id) == FINDINGS.find(
            mine, evaluation_id=evaluated.evaluation_id
        )
        assert CUSTODIES.find(theirs, person_id=id_) == CUSTODIES.find(mine, person_id=id_)
    # It is found by its name and its number.
    assert [hit.id for hit in other.services.persons.search("perrin")] == [id_]
    assert [hit.id for hit in other.services.persons.search("12345")] == [id_]


def test_what_is_brought_twice_changes_nothing(two: tuple[RealStation, RealStation]) -> None:
    one, other = two
    id_ = start(one)
    lines, _ = one.pack(other)
    other.take(lines)
    with other.store.reading() as tx:
        before = persons.PERSONS.stored(tx, id_)
    again = other.take(lines)
    assert {what for what, _ in again.counts} == {Brought.IDENTICAL}
    assert "Loïc PERRIN" in [line.name for line in again.persons], "under his name, as what is new"
    with other.store.reading() as tx:
        assert persons.PERSONS.stored(tx, id_) == before


def test_looking_at_a_package_writes_nothing_and_tells_what_the_import_does(
    two: tuple[RealStation, RealStation],
) -> None:
    one, other = two
    start(one)
    lines, _ = one.pack(other)
    head = other.store.journal_head()
    looked = other.look(lines)
    assert other.store.journal_head() == head
    with other.store.reading() as tx:
        assert persons.PERSONS.find(tx) == []
    assert other.take(lines) == looked


def test_different_fields_merge_and_the_same_one_asks(two: tuple[RealStation, RealStation]) -> None:
    one, other = two
    id_ = start(one)
    one.bring(other)
    change(one, id_, mobility="Vélo", digital="Seul")
    change(other, id_, languages="Wolof", digital="Avec aide")
    result = one.bring(other)
    (remark,) = [item for item in result.remarks if item.kind == "person"]
    assert (remark.what, remark.fields) == (Brought.CONFLICT, ("digital",))
    assert person(other, id_).digital == "Avec aide"
    with other.store.reading() as tx:
        assert [one.object_id for one in transfer_waiting.disputes(tx)] == [id_]
    change(one, id_, digital="Avec aide")  # said alike, nothing is left to settle
    one.bring(other)
    merged = person(other, id_)
    assert (merged.mobility, merged.languages, merged.digital) == ("Vélo", "Wolof", "Avec aide")
    with other.store.reading() as tx:
        assert transfer_waiting.disputes(tx) == []
    other.bring(one)
    assert person(one, id_) == merged


def test_an_autosave_that_has_left_is_never_rewritten_under_its_number(two: tuple[RealStation, RealStation]) -> None:
    one, other = two
    id_ = start(one)
    change(one, id_, AUTOSAVE, mobility="V")
    one.bring(other)
    change(one, id_, AUTOSAVE, mobility="Vélo")  # within the same 15 minutes
    result = one.bring(other)
    assert dict(result.counts)[Brought.CHANGED] == 1
    assert person(other, id_).mobility == "Vélo"


def test_a_stretch_is_not_continued_on_another_station(two: tuple[RealStation, RealStation]) -> None:
    one, other = two
    id_ = start(one)
    change(one, id_, AUTOSAVE, mobility="Vélo")
    one.bring(other)
    other.context.actor = replace(other.context.actor, officer=one.officer)  # the same person at another desk
    change(other, id_, AUTOSAVE, mobility="À pied")
    other.bring(one)
    assert person(one, id_).mobility == "À pied"


def test_the_bin_travels_and_a_change_wins_over_it(two: tuple[RealStation, RealStation]) -> None:
    one, other = two
    id_ = start(one)
    one.bring(other)
    with one.store.reading() as tx:
        (custody,) = CUSTODIES.find(tx, person_id=id_)
    with one.store.transaction(one.context.actor, "bin_custody") as tx:
        CUSTODIES.bin(tx, custody.id)
        tx.note("custody", custody.id)
    lines, last = one.pack(other)
    with other.store.transaction(other.context.actor, "test") as tx:
        CUSTODIES.save(tx, replace(custody, cell="12"))
        tx.note("custody", custody.id)
    result = other.take(lines)
    one.acknowledged[other.id] = Acknowledged(last)
    assert [item.what for item in result.remarks] == [Brought.MERGED]
    other.bring(one)
    for station in two:
        with station.store.reading() as tx:
            assert CUSTODIES.find(tx, person_id=id_) == [replace(custody, cell="12")]


def test_what_comes_before_its_base_waits_and_is_told(two: tuple[RealStation, RealStation]) -> None:
    one, other = two
    id_ = start(one)
    early, last = one.pack(other)
    one.acknowledged[other.id] = Acknowledged(last)  # the station says so, and the package was lost since
    change(one, id_, mobility="Vélo")
    late, _ = one.pack(other)
    result = other.take(late)
    assert result.of(Brought.WAITING) == 1
    with other.store.reading() as tx:
        assert [(one.line.id, one.reason) for one in transfer_waiting.every(tx)] == [(id_, transfer_waiting.BASE)]
    other.take(early)
    assert person(other, id_).mobility == "Vélo"
    with other.store.reading() as tx:
        assert transfer_waiting.every(tx) == []


def test_what_points_at_someone_not_arrived_waits(two: tuple[RealStation, RealStation]) -> None:
    one, other = two
    id_ = start(one)
    lines, _ = one.pack(other)
    result = other.take([line for line in lines if line["t"] != "person"])
    assert result.of(Brought.NEW) == 0
    assert result.of(Brought.WAITING) >= 1
    other.take([line for line in lines if line["t"] == "person"])
    with other.store.reading() as tx:
        assert transfer_waiting.every(tx) == []
        assert len(CUSTODIES.find(tx, person_id=id_)) == 1


def test_a_bad_record_is_refused_by_name_and_the_rest_goes_on(two: tuple[RealStation, RealStation]) -> None:
    one, other = two
    start(one)
    bad = start(one, "Autre")
    lines, _ = one.pack(other)
    for line in lines:
        if line["id"] == str(bad):
            line["data"]["children_count"] = "deux"
    result = other.take(lines)
    refused = [item for item in result.remarks if item.what is Brought.REJECTED]
    assert [(item.kind, item.object_id, item.reason) for item in refused] == [("person", bad, "malformed")]
    assert [item.person_id for item in refused] == [bad], "of whom it is, told by name where that is known here"
    assert len(other.services.persons.search("perrin")) == 1


def test_a_fact_that_was_noted_is_not_rewritten_by_a_package(two: tuple[RealStation, RealStation]) -> None:
    one, other = two
    id_ = start(one)
    evaluated = evaluate(one.context, id_)
    with one.store.transaction(one.context.actor, "test") as tx:
        from spip_desktop.db import event

        event.record(tx, "evaluation", evaluated.evaluation_id, id_, "partagee", date(2026, 11, 12))
        (fact,) = EVENTS.find(tx, object_id=evaluated.evaluation_id)
        tx.note("evaluation", evaluated.evaluation_id)
    one.bring(other)
    with one.store.transaction(one.context.actor, "test") as tx:
        EVENTS.save(tx, replace(fact, comment="réécrit"))
        tx.note("evaluation", evaluated.evaluation_id)
    result = one.bring(other)
    assert [(item.what, item.reason) for item in result.remarks] == [(Brought.REJECTED, "grows_only")]
    with other.store.reading() as tx:
        assert EVENTS.get(tx, fact.id) == fact


def test_confidences_and_settings_never_leave(two: tuple[RealStation, RealStation]) -> None:
    one, other = two
    id_ = start(one)
    one.services.confidences.add(id_, date(2026, 11, 20))
    lines, _ = one.pack(other)
    kinds = {line["t"] for line in lines}
    assert "person" in kinds
    assert not kinds & set(STAYS)
    forged = next(line for line in lines if line["t"] == "person") | {"t": "confidence"}
    result = other.take([forged])
    assert [item.reason for item in result.remarks] == ["unknown_kind"]


def test_without_sensitive_data_is_a_part_and_gives_way_to_the_whole(two: tuple[RealStation, RealStation]) -> None:
    one, other = two
    id_ = start(one)
    change(one, id_, rqth_status="en_cours", mobility="Vélo")
    evaluate(one.context, id_)
    masked = Scope(kind=TransferKind.DOSSIER, content=Content.WITHOUT_SENSITIVE, persons=(id_,))
    lines, _ = one.pack(other, masked)
    assert "evaluation" not in {line["t"] for line in lines}
    assert all("rqth_status" not in line["data"] for line in lines if line["t"] == "person")
    other.take(lines)
    assert (person(other, id_).rqth_status, person(other, id_).mobility) == ("", "Vélo")
    one.bring(other)
    assert person(other, id_) == person(one, id_)
    other.take(lines)  # the part again: it is known to be one
    assert person(other, id_) == person(one, id_)
    with other.store.reading() as tx:
        assert transfer_waiting.disputes(tx) == []


def test_my_dossiers_are_mine(two: tuple[RealStation, RealStation]) -> None:
    one, other = two
    mine, _ = start(one), start(one, "Autre")
    one.services.persons.assign(mine, one.officer.id)
    lines, _ = one.pack(other, Scope(kind=TransferKind.CASELOAD, content=Content.COMPLETE))
    assert {line["id"] for line in lines if line["t"] == "person"} == {str(mine)}
    assert {line["t"] for line in lines} >= {"officer", "assignment", "custody"}


def test_an_officer_from_elsewhere_opens_nothing(two: tuple[RealStation, RealStation]) -> None:
    one, other = two
    start(one)
    one.bring(other)
    with other.store.reading() as tx:
        from spip_desktop.db.officer import OFFICERS, actor

        found = OFFICERS.get(tx, one.officer.id)
        assert (found.identifier, found.roles, found.active) == ("", (), False)
        assert found.family_name == one.officer.family_name
        assert actor(tx, found).officer.rights() == frozenset()


def test_persons_that_resemble_each_other_are_proposed(two: tuple[RealStation, RealStation]) -> None:
    one, other = two
    here, there = start(other), start(one)
    one.bring(other)
    with other.store.reading() as tx:
        from spip_desktop.db.duplicate import DUPLICATES

        (pair,) = DUPLICATES.find(tx)
    assert (pair.person_id, pair.other_id) == (here, there)


def test_a_dossier_assigned_since_goes_whole(two: tuple[RealStation, RealStation]) -> None:
    one, other = two
    mine, later = start(one), start(one, "Autre")
    caseload = Scope(kind=TransferKind.CASELOAD, content=Content.COMPLETE)
    one.services.persons.assign(mine, one.officer.id)
    one.bring(other, caseload)
    one.services.persons.assign(later, one.officer.id)
    result = one.bring(other, caseload)
    assert result.of(Brought.WAITING) == 0
    assert person(other, later) == person(one, later)


def test_nothing_new_is_nothing_to_send(two: tuple[RealStation, RealStation]) -> None:
    one, other = two
    start(one)
    assert one.services.transfer_out.collect(CHANGES).records > 0
    one.bring(other)
    since = replace(CHANGES, acknowledged=one.acknowledged[other.id])
    assert one.services.transfer_out.collect(since).records == 0
