"""Two dossiers of one person: proposed, merged field by field, taken apart exactly, kept apart for good."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from spip_desktop.db import duplicate, erasure, paper
from spip_desktop.db import person as persons
from spip_desktop.db.records import EVERY
from spip_desktop.db.schema import JOURNAL, METADATA, REVISION
from spip_desktop.domain.access import AccessReason
from spip_desktop.domain.duplicate import DuplicateState, Side
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.officer import Actor, Role
from spip_desktop.domain.paper import IssuedDocument
from spip_desktop.domain.person import Address, Contact, Likeness
from spip_desktop.domain.transfer_result import Brought
from spip_desktop.services.conflict import Choice
from spip_desktop.services.context import Context
from spip_desktop.services.duplicates import Pair
from spip_desktop.services.person import QuickStart
from spip_desktop.wiring import Services, make_services
from tests.exchanging import RealStation, one_dossier
from tests.pacep_fixtures import evaluate
from tests.services.test_transfer import change
from tests.store_fixtures import MovableClock, entrusted, make_officer

BORN, SWAPPED = date(1991, 4, 7), date(1991, 7, 4)
_PAIRS = "person_duplicate"
_BOOKKEEPING = {"lock", "revision", "base_revision", "changed_at", "changed_by"}
Rows = dict[str, list[tuple[Any, ...]]]


def _start(services: Services, name: str, born: date, number: str) -> UUID:
    begun = QuickStart(birth_name=name, first_names="Minh", birth_date=born, ecrou_number=number, follow=False)
    return services.persons.quick_start(begun, "Homonyme : état civil vérifié")


@pytest.fixture
def two(services: Services, moving: MovableClock) -> tuple[UUID, UUID]:
    """One man recorded twice: with and without an apostrophe, day and month swapped; an evaluation in the second."""
    one = _start(services, "Nguyen", BORN, "101")
    moving.move(seconds=1)
    other = _start(services, "N'Guyen", SWAPPED, "202")
    services.persons.save_fields(one, {"mobility": "Bus 12"})
    services.persons.save_fields(other, {"mobility": "À vélo", "email": "minh@exemple.example"})
    services.persons.contacts.add(Contact(id=services.context.ids.new(), person_id=other, kind="famille", name="Sœur"))
    binned = Address(id=services.context.ids.new(), person_id=other, city="Valbrune")
    services.persons.addresses.add(binned)
    services.persons.addresses.bin(binned.id)
    evaluate(services.context, other)
    return one, other


def _only(services: Services) -> Pair:
    (pair,) = services.duplicates.all()
    return pair


def _chosen(**sides: Side) -> dict[str, Side]:
    return {"birth_name": Side.STAYS, "birth_date": Side.STAYS, "mobility": Side.OTHER} | sides


def _rows(services: Services) -> Rows:
    """Every row that speaks of a person or lies inside such a record, without the bookkeeping."""
    found: Rows = {}
    with services.context.store.reading() as tx:
        for table in METADATA.sorted_tables:
            if table.name == _PAIRS or not {"person_id", "root_id", "sort_key"} & set(table.c.keys()):
                continue
            columns = [one for one in table.c if one.name not in _BOOKKEEPING]
            rows = tx.connection.execute(sa.select(*columns).order_by(table.c.id))
            found[table.name] = [tuple(row) for row in rows]
        found["search"] = [tuple(row) for row in tx.connection.exec_driver_sql(
            "SELECT person, words FROM person_search ORDER BY person"
        )]  # fmt: skip
    return found


# -- the list ------------------------------------------------------------------------------------------------


def test_a_pair_of_this_store_is_proposed_with_why(services: Services, two: tuple[UUID, UUID]) -> None:
    pair = _only(services)
    assert (pair.stays.id, pair.other.id) == two
    assert (pair.why, pair.state) == (Likeness.SWAPPED_DAY_AND_MONTH, DuplicateState.PROPOSED)
    assert pair.other.reason == "Homonyme : état civil vérifié"
    assert _only(services).id == pair.id, "the same pair has the same number each time"


def test_persons_who_do_not_resemble_each_other_are_no_pair(services: Services, two: tuple[UUID, UUID]) -> None:
    _start(services, "Nguyen", date(1970, 1, 2), "303")
    _start(services, "Perrin", BORN, "404")
    assert _only(services).stays.id == two[0]


def test_the_fields_are_told_side_by_side(services: Services, two: tuple[UUID, UUID]) -> None:
    view = services.duplicates.view(_only(services).id)
    told = {one.code: (one.label, one.stays, one.other, one.proposed) for one in view.fields}
    assert told == {
        "birth_name": ("Nom de naissance", "Nguyen", "N'Guyen", None),
        "birth_date": ("Date de naissance", "07/04/1991", "04/07/1991", None),
        "email": ("Courriel", "Rien", "minh@exemple.example", Side.OTHER),
        "mobility": ("Mobilité", "Bus 12", "À vélo", None),
    }
    assert (view.stays["custody"], view.other["evaluation"], view.other["contact"]) == (1, 1, 1)
    assert "evaluation" not in view.stays


def test_a_pair_is_told_only_where_both_dossiers_are_open(services: Services, two: tuple[UUID, UUID]) -> None:
    colleague = make_services(entrusted(services.context, two[1], Role.CPIP))
    assert len(colleague.duplicates.all()) == 1, "the control: one is theirs, the other nobody's"
    assert services.duplicates.all() == []
    with pytest.raises(Refusal, match="access_reason_needed"):
        services.duplicates.merge(_found(services), _chosen())
    services.access.open(two[1], AccessReason.URGENCY)
    assert len(services.duplicates.all()) == 1


def _found(services: Services) -> UUID:
    with services.context.store.reading() as tx:
        (pair,) = duplicate.every(tx)
    return pair.id


@pytest.mark.parametrize("role", [Role.INTERVENANT, Role.LECTURE, Role.ADMIN_TECHNIQUE, Role.AUDIT])
def test_who_writes_neither_identity_nor_situation_sees_no_pair(
    services: Services, two: tuple[UUID, UUID], role: Role
) -> None:
    context = Context(services.context.store, Actor(make_officer(services.context.ids, role, identifier="autre-09")))
    assert not make_services(context).duplicates.may()
    with pytest.raises(Refusal, match="not_allowed"):
        make_services(context).duplicates.all()


# -- merging -------------------------------------------------------------------------------------------------


def test_a_merge_keeps_what_was_chosen_and_hangs_everything_on_one_dossier(
    services: Services, two: tuple[UUID, UUID]
) -> None:
    one, other = two
    services.duplicates.merge(_only(services).id, _chosen())
    kept = services.persons.civil(one)
    assert (kept.person.value.birth_name, kept.person.value.birth_date) == ("Nguyen", BORN)
    assert (kept.person.value.mobility, kept.person.value.email) == ("À vélo", "minh@exemple.example")
    assert kept.person.value.aliases == ("N'Guyen",)
    assert [line.value.name for line in kept.contacts] == ["Sœur"]
    with services.context.store.reading() as tx:
        assert persons.PERSONS.stored(tx, other).deleted_at is not None
        left = {table.name for table in erasure.tables_of_persons() if _hanging(tx, table, other)}
    assert left == set()
    assert services.evaluations.reading.versions(one)


def _hanging(tx: Any, table: sa.Table, person_id: UUID) -> int:
    query = sa.select(sa.func.count()).select_from(table).where(table.c.person_id == person_id)
    return int(tx.connection.scalar(query))


@pytest.mark.parametrize("typed", ["n guyen", "nguyen", "202", "101", "07/04/1991"])
def test_one_dossier_is_found_by_the_names_and_numbers_of_both(
    services: Services, two: tuple[UUID, UUID], typed: str
) -> None:
    services.duplicates.merge(_only(services).id, _chosen())
    assert [hit.id for hit in services.persons.search(typed)] == [two[0]]


def test_a_merge_without_a_choice_says_which_fields_lack_one(services: Services, two: tuple[UUID, UUID]) -> None:
    before = _rows(services)
    with pytest.raises(Refusal) as refused:
        services.duplicates.merge(_only(services).id, {"mobility": Side.OTHER})
    assert [one.field for one in refused.value.problems] == ["birth_name", "birth_date"]
    assert _rows(services) == before


def test_a_paper_keeps_its_bytes_and_its_revision_and_lies_in_the_dossier_that_stays(
    services: Services, two: tuple[UUID, UUID]
) -> None:
    one, other = two
    context = services.context
    issued = IssuedDocument(
        id=context.ids.new(), kind="obligations", object_id=other, person_id=other, title="État", version=1,
        issued_on=context.clock.today(), entered_at=context.clock.now(), entered_by=context.officer_id,
        content=b"%PDF-1.7 as it was handed over",
    )  # fmt: skip
    with context.store.transaction(context.actor, "print") as tx:
        paper.keep(tx, issued)
        tx.note("person", other)
    revisions = sa.select(REVISION).where(REVISION.c.object_id == issued.id)
    with context.store.reading() as tx:
        before = tx.connection.execute(revisions).all()
    services.duplicates.merge(_only(services).id, _chosen())
    with context.store.reading() as tx:
        assert paper.of(tx, one) == [replace(issued, person_id=one, object_id=one)]
        assert tx.connection.execute(revisions).all() == before
    services.duplicates.take_apart(_only(services).id)
    with context.store.reading() as tx:
        assert paper.of(tx, other) == [issued]


def test_every_act_is_one_line_of_the_journal_with_both_dossiers(services: Services, two: tuple[UUID, UUID]) -> None:
    pair, store = _only(services).id, services.context.store
    with store.reading() as tx:
        last = tx.connection.scalar(sa.select(sa.func.max(JOURNAL.c.seq)))
    services.duplicates.merge(pair, _chosen())
    services.duplicates.take_apart(pair)
    services.duplicates.keep_apart(pair)
    services.duplicates.propose_again(pair)
    with store.reading() as tx:
        lines = tx.connection.execute(sa.select(JOURNAL).where(JOURNAL.c.seq > last).order_by(JOURNAL.c.seq)).all()
    acts = ["merge_dossiers", "take_dossiers_apart", "keep_dossiers_apart", "propose_dossiers_again"]
    assert [line.act for line in lines] == acts
    assert {(line.object, line.reason) for line in lines} == {(str(two[0]), str(two[1]))}


def test_erasing_the_dossier_that_stays_erases_the_one_merged_into_it(
    services: Services, two: tuple[UUID, UUID]
) -> None:
    services.duplicates.merge(_only(services).id, _chosen())
    with services.context.store.transaction(services.context.actor, "purge") as tx:
        erasure.erase_person(tx, two[0])
        tx.note("erasure", two[0])
    with services.context.store.reading() as tx:
        left = sa.select(sa.func.count()).select_from(persons.PERSONS.table)
        assert tx.connection.scalar(left.where(persons.PERSONS.table.c.id.in_(two))) == 0
        assert tx.connection.scalar(
            sa.select(sa.func.count()).select_from(REVISION).where(REVISION.c.object_id.in_(two))
        ) == 0  # fmt: skip


# -- taking apart, keeping apart -----------------------------------------------------------------------------


def test_taking_apart_gives_back_the_same_rows(services: Services, two: tuple[UUID, UUID]) -> None:
    before = _rows(services)
    pair = _only(services).id
    services.duplicates.merge(pair, _chosen(birth_name=Side.OTHER, birth_date=Side.OTHER))
    assert _rows(services) != before, "the control: the merge changed them"
    services.duplicates.take_apart(pair)
    assert _rows(services) == before
    assert _only(services).state is DuplicateState.PROPOSED


def test_what_was_written_since_the_merge_stays_where_it_was_written(
    services: Services, two: tuple[UUID, UUID]
) -> None:
    one, other = two
    pair = _only(services).id
    services.duplicates.merge(pair, _chosen())
    services.persons.save_fields(one, {"languages": "Vietnamien", "mobility": "À pied"})
    services.persons.contacts.add(Contact(id=services.context.ids.new(), person_id=one, kind="avocat", name="Me Rey"))
    services.duplicates.take_apart(pair)
    first, second = services.persons.civil(one), services.persons.civil(other)
    assert (first.person.value.languages, first.person.value.mobility) == ("Vietnamien", "À pied")
    assert (first.person.value.email, first.person.value.aliases) == ("", ())
    assert [line.value.name for line in first.contacts] == ["Me Rey"]
    assert [line.value.name for line in second.contacts] == ["Sœur"]


def test_two_persons_are_not_proposed_again_until_that_is_taken_back(
    services: Services, two: tuple[UUID, UUID]
) -> None:
    pair = _only(services).id
    services.duplicates.keep_apart(pair)
    assert _only(services).state is DuplicateState.APART
    for again in (services.duplicates.keep_apart, services.duplicates.view):
        with pytest.raises(Refusal, match="duplicate_decided"):
            again(pair)
    with pytest.raises(Refusal, match="duplicate_decided"):
        services.duplicates.merge(pair, _chosen())
    services.duplicates.propose_again(pair)
    assert services.duplicates.view(pair).fields


def test_only_what_is_merged_is_taken_apart(services: Services, two: tuple[UUID, UUID]) -> None:
    with pytest.raises(Refusal, match="duplicate_not_merged"):
        services.duplicates.take_apart(_only(services).id)


_TEXTS = st.text("abcéè '", max_size=6)
_CHANGES = st.fixed_dictionaries({
    "mobility": _TEXTS, "languages": _TEXTS, "usual_name": _TEXTS,
    "children_count": st.one_of(st.none(), st.integers(0, 30)),
})  # fmt: skip
#: Of each dossier: what it says, and its contacts, each in the bin or not.
_DOSSIERS = st.tuples(_CHANGES, st.lists(st.tuples(_TEXTS, st.booleans()), max_size=2))
_SIDES = st.fixed_dictionaries(
    dict.fromkeys(("birth_name", "birth_date", "mobility", "languages", "usual_name", "children_count", "email"),
                  st.sampled_from(Side))
)  # fmt: skip


@given(said=st.tuples(_DOSSIERS, _DOSSIERS), sides=_SIDES)
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_merging_then_taking_apart_gives_back_the_same_rows_whatever_they_hold(
    services: Services, two: tuple[UUID, UUID], said: Any, sides: dict[str, Side]
) -> None:
    """Each example writes more in the same two dossiers, merges them and takes them apart."""
    for id_, (changes, contacts) in zip(two, said, strict=True):
        services.persons.save_fields(id_, changes)
        for name, gone in contacts:
            contact = Contact(id=services.context.ids.new(), person_id=id_, kind="famille", name=name)
            services.persons.contacts.add(contact)
            if gone:
                services.persons.contacts.bin(contact.id)
    pair, before = _only(services).id, _rows(services)
    services.duplicates.merge(pair, sides)
    with services.context.store.reading() as tx:
        assert not any(_hanging(tx, table, two[1]) for table in erasure.tables_of_persons() if table.name != _PAIRS)
    services.duplicates.take_apart(pair)
    assert _rows(services) == before


def test_nothing_is_merged_while_a_conflict_of_either_dossier_waits(tmp_path: Path, moving: MovableClock) -> None:
    here, there = RealStation(tmp_path / "one", 1, moving), RealStation(tmp_path / "two", 2, moving)
    _start(here.services, "Nguyen", BORN, "101")
    moving.move(seconds=1)
    other = _start(here.services, "N'Guyen", SWAPPED, "202")
    here.bring(there)
    pair = _only(there.services).id
    change(here, other, mobility="Bus 12")
    change(there, other, mobility="À vélo")
    here.bring(there)
    with pytest.raises(Refusal, match="duplicate_in_dispute"):
        there.services.duplicates.merge(pair, _chosen())
    (conflict,) = there.services.conflicts.all()
    there.services.conflicts.settle(other, {field.leaf: Choice.MINE for field in conflict.fields})
    there.services.duplicates.merge(pair, _chosen())
    for station in (here, there):
        station.store.close()


def test_three_dossiers_of_one_person_are_merged_one_after_the_other_and_taken_apart_backwards(
    services: Services, two: tuple[UUID, UUID], moving: MovableClock
) -> None:
    moving.move(seconds=1)
    third = _start(services, "NGUYEN", SWAPPED, "303")
    before = _rows(services)
    pairs = {(one.stays.id, one.other.id): one.id for one in services.duplicates.all()}
    assert len(pairs) == 3
    last, first = pairs[two[1], third], pairs[two]
    chosen = {one.code: Side.STAYS for one in services.duplicates.view(last).fields}
    services.duplicates.merge(last, chosen)
    services.duplicates.merge(first, _chosen())
    assert [hit.id for hit in services.persons.search("303")] == [two[0]]
    with pytest.raises(Refusal, match="duplicate_decided"):
        services.duplicates.take_apart(last)
    services.duplicates.take_apart(first)
    services.duplicates.take_apart(last)
    assert _rows(services) == before


def test_a_merge_travels_and_so_does_taking_apart(tmp_path: Path, moving: MovableClock) -> None:
    here, there = RealStation(tmp_path / "one", 1, moving), RealStation(tmp_path / "two", 2, moving)
    one = _start(here.services, "Nguyen", BORN, "101")
    moving.move(seconds=1)
    evaluate(here.context, _start(here.services, "N'Guyen", SWAPPED, "202"))
    here.bring(there)
    before = _rows(there.services)
    pair = _only(here.services).id
    here.services.duplicates.merge(pair, _chosen())
    result = here.bring(there)
    assert result.of(Brought.REJECTED) == result.of(Brought.CONFLICT) == result.of(Brought.WAITING) == 0
    assert _rows(there.services) == _rows(here.services) != before
    assert [hit.id for hit in there.services.persons.search("nguyen")] == [one]
    here.services.duplicates.take_apart(pair)
    here.bring(there)
    assert _rows(there.services) == before
    for station in (here, there):
        station.store.close()


def test_the_merged_dossier_goes_alone_to_a_station_that_knew_neither(tmp_path: Path, moving: MovableClock) -> None:
    here, there = RealStation(tmp_path / "one", 1, moving), RealStation(tmp_path / "two", 2, moving)
    one = _start(here.services, "Nguyen", BORN, "101")
    moving.move(seconds=1)
    evaluate(here.context, _start(here.services, "N'Guyen", SWAPPED, "202"))
    here.services.duplicates.merge(_only(here.services).id, _chosen())
    result = here.bring(there, one_dossier(one))
    assert result.of(Brought.REJECTED) == result.of(Brought.CONFLICT) == result.of(Brought.WAITING) == 0
    assert there.services.evaluations.reading.versions(one)
    for station in (here, there):
        station.store.close()


def test_every_table_of_a_person_is_moved_or_said_to_be_left() -> None:
    named = {table.name for table in erasure.tables_of_persons()}
    assert named > duplicate.LEFT
    assert named - duplicate.LEFT - {"issued_document"} <= set(EVERY), "its rows are moved as records"
