"""Several last revisions of one record put together."""

from typing import Any
from uuid import UUID

import pytest

from spip_desktop.domain.ancestry import History, Revision, merged_id
from spip_desktop.domain.leaves import Leaf, put_together, shapes_of, take_apart
from spip_desktop.domain.merging import Reason, both
from tests.domain.stations import RULES, Station

PLAN: dict[str, Any] = {
    "id": "plan", "title": "Projet", "frozen_on": None, "asks": ["diagnostic"], "gaps": {"a": "motif"},
    "note": "Il parle.", "marks": [{"kind": "★", "start": 0}],
    "axes": [{"id": "a1", "title": "Travail", "objectives": [{"id": "o1", "wording": "Un patron"}]}],
}  # fmt: skip


@pytest.fixture
def two() -> tuple[Station, Station]:
    """Two stations that hold the same record."""
    minutes = [0]
    one, other = Station(1, minutes), Station(2, minutes)
    one.write("plan", PLAN)
    other.take(one.pack(2))
    return one, other


def exchange(one: Station, other: Station) -> None:
    mine, theirs = one.pack(other.number), other.pack(one.number)
    one.take(theirs)
    other.take(mine)


def change(station: Station, **fields: Any) -> None:
    station.write("plan", station.shown("plan") | fields)


def test_a_record_taken_apart_and_put_together_is_the_same() -> None:
    assert put_together(take_apart(PLAN, RULES.together), PLAN, shapes_of(PLAN)) == PLAN


def test_different_fields_merge_and_both_stations_make_the_same_revision(two: tuple[Station, Station]) -> None:
    one, other = two
    change(one, title="Autre titre")
    change(other, asks=["formation"])
    exchange(one, other)
    assert one.everything() == other.everything()
    assert one.shown("plan")["title"] == "Autre titre"
    assert one.shown("plan")["asks"] == ["formation"]
    standing = one.held["plan"].standing
    assert standing is not None
    assert standing.reason is None
    assert standing.taken == (Leaf("", "asks"), Leaf("", "title"))


def test_what_was_merged_travels_without_being_a_change(two: tuple[Station, Station]) -> None:
    one, other = two
    change(one, title="Autre titre")
    change(other, asks=["formation"])
    exchange(one, other)
    before = one.everything()
    exchange(one, other)
    exchange(one, other)
    assert one.everything() == other.everything() == before


def test_what_is_written_on_a_merge_comes_from_all_it_holds(two: tuple[Station, Station]) -> None:
    one, other = two
    change(one, title="Autre titre")
    change(other, asks=["formation"])
    exchange(one, other)
    change(one, title="Encore autre")
    exchange(one, other)
    assert one.everything() == other.everything()
    assert len(one.everything()["plan"][3]) == 1  # one head: nothing is left to merge
    assert other.shown("plan")["title"] == "Encore autre"


def test_the_same_field_asks_with_base_mine_and_theirs(two: tuple[Station, Station]) -> None:
    one, other = two
    change(one, title="Le mien", asks=["formation"])
    change(other, title="Le leur")
    exchange(one, other)
    assert one.shown("plan")["title"] == "Le mien"
    assert other.shown("plan")["title"] == "Le leur"
    standing = one.held["plan"].standing
    assert standing is not None
    assert standing.reason is Reason.SAME_FIELD
    (asked,) = standing.disputed
    assert (asked.leaf, asked.base) == (Leaf("", "title"), "Projet")
    assert {one.value for one in asked.values} == {"Le mien", "Le leur"}
    assert standing.taken == (Leaf("", "asks"),)


def test_a_decision_is_taken_by_the_other_station(two: tuple[Station, Station]) -> None:
    one, other = two
    change(one, title="Le mien", asks=["formation"])
    change(other, title="Le leur")
    exchange(one, other)
    one.decide("plan")
    exchange(one, other)
    assert one.everything() == other.everything()
    assert one.in_dispute() == []
    assert other.shown("plan")["title"] == "Le mien\n\n—\nLe leur"
    assert other.shown("plan")["asks"] == ["formation"]


def test_the_same_change_made_twice_asks_nothing(two: tuple[Station, Station]) -> None:
    one, other = two
    change(one, title="Pareil")
    change(other, title="Pareil")
    exchange(one, other)
    assert one.everything() == other.everything()
    assert one.in_dispute() == []


def test_a_deletion_keeps_the_change(two: tuple[Station, Station]) -> None:
    one, other = two
    one.write("plan", one.shown("plan"), deleted=True)
    change(other, title="Changé")
    exchange(one, other)
    assert one.everything() == other.everything()
    _, content, deleted, _ = one.everything()["plan"]
    assert content["title"] == "Changé"
    assert not deleted


def test_a_deletion_against_nothing_deletes(two: tuple[Station, Station]) -> None:
    one, other = two
    one.write("plan", one.shown("plan"), deleted=True)
    exchange(one, other)
    assert other.everything()["plan"][2]


def test_a_removed_axis_comes_back_when_its_objective_was_changed(two: tuple[Station, Station]) -> None:
    one, other = two
    change(one, axes=[])
    axis = PLAN["axes"][0]
    change(other, axes=[axis | {"objectives": [{"id": "o1", "wording": "Un métier"}]}])
    exchange(one, other)
    assert one.everything() == other.everything()
    assert one.shown("plan")["axes"] == [axis | {"objectives": [{"id": "o1", "wording": "Un métier"}]}]


def test_a_removed_axis_stays_removed_when_nobody_changed_it(two: tuple[Station, Station]) -> None:
    one, other = two
    change(one, axes=[])
    change(other, title="Autre")
    exchange(one, other)
    assert one.shown("plan")["axes"] == []


def test_two_axes_added_apart_are_both_there(two: tuple[Station, Station]) -> None:
    one, other = two
    axis = PLAN["axes"][0]
    change(one, axes=[axis, {"id": "a2", "title": "Logement", "objectives": []}])
    change(other, axes=[{"id": "a3", "title": "Santé", "objectives": []}, axis])
    exchange(one, other)
    assert one.everything() == other.everything()
    assert {each["id"] for each in one.shown("plan")["axes"]} == {"a1", "a2", "a3"}


def test_an_objective_moved_here_and_changed_there_is_moved_and_changed(two: tuple[Station, Station]) -> None:
    one, other = two
    axis = PLAN["axes"][0]
    change(one, axes=[axis | {"objectives": []}, {"id": "a2", "title": "Suite", "objectives": axis["objectives"]}])
    change(other, axes=[axis | {"objectives": [{"id": "o1", "wording": "Un métier"}]}])
    exchange(one, other)
    assert one.everything() == other.everything()
    first, second = one.shown("plan")["axes"]
    assert first["objectives"] == []
    assert second["objectives"] == [{"id": "o1", "wording": "Un métier"}]


def test_a_note_and_its_marks_are_never_taken_from_two_sides(two: tuple[Station, Station]) -> None:
    one, other = two
    change(one, note="Il parle de son fils.")
    change(other, marks=[])
    exchange(one, other)
    standing = one.held["plan"].standing
    assert standing is not None
    assert [asked.leaf for asked in standing.disputed] == [Leaf("", "note")]


def test_answers_of_a_mapping_merge_one_by_one(two: tuple[Station, Station]) -> None:
    one, other = two
    change(one, gaps={"a": "motif", "b": "un"})
    change(other, gaps={"c": "deux"})  # takes « a » away
    exchange(one, other)
    assert one.everything() == other.everything()
    assert one.shown("plan")["gaps"] == {"b": "un", "c": "deux"}


def test_a_frozen_document_is_never_merged_and_the_draft_is_kept(two: tuple[Station, Station]) -> None:
    one, other = two
    change(one, frozen_on="2026-11-22")
    change(other, title="Encore un mot")
    exchange(one, other)
    assert one.everything() == other.everything()
    assert one.shown("plan") == PLAN | {"frozen_on": "2026-11-22"}
    standing = other.held["plan"].standing
    assert standing is not None
    assert standing.reason is Reason.FROZEN
    assert len(standing.heads) == 2  # the draft is still there to be read


def test_what_comes_before_its_base_waits_and_is_taken_when_it_arrives(two: tuple[Station, Station]) -> None:
    one, other = two
    change(one, title="Premier")
    early = one.pack(2)
    one.acknowledged[2] = early.last
    change(one, title="Second")
    late = one.pack(2)
    other.take(late)
    assert other.shown("plan") == PLAN
    standing = other.held["plan"].standing
    assert standing is not None
    assert len(standing.waiting) == 1
    other.take(early)
    assert other.shown("plan")["title"] == "Second"


def test_a_third_head_gives_the_same_wherever_it_arrives_last() -> None:
    minutes = [0]
    stations = [Station(number, minutes) for number in (1, 2, 3)]
    stations[0].write("plan", PLAN)
    for other in stations[1:]:
        other.take(stations[0].pack(other.number))
    change(stations[0], title="T")
    change(stations[1], asks=[])
    change(stations[2], gaps={})
    packages = {station.number: station.pack(0) for station in stations}
    for station, order in zip(stations, ((2, 3), (3, 1), (1, 2)), strict=True):
        for number in order:
            station.take(packages[number])
    assert stations[0].everything() == stations[1].everything() == stations[2].everything()


def test_revisions_in_a_circle_wait_for_ever_and_harm_nothing() -> None:
    one, other, alone = (UUID(int=(7 << 76) | (2 << 62) | number) for number in (1, 2, 3))
    by, at = UUID(int=1), Station(1, [0]).write("x", PLAN)
    known = Station(1, [0])
    known.write("x", PLAN)
    when = next(iter(known.held["x"].known.values())).at
    history = History(
        {one: Revision(one, (other,), when, by), other: Revision(other, (one,), when, by),
         alone: Revision(alone, (), when, by)}
    )  # fmt: skip
    assert at
    assert history.heads == (alone,)
    assert history.waiting == (one, other)


def test_the_number_of_a_merge_says_what_it_holds() -> None:
    parents = (UUID(int=1), UUID(int=2))
    id_ = merged_id(parents, {"a": 1}, deleted=False)
    assert id_ == merged_id(reversed(parents), {"a": 1}, deleted=False)
    assert id_.version == 8
    assert id_ != merged_id(parents, {"a": 2}, deleted=False)
    assert id_ != merged_id(parents, {"a": 1}, deleted=True)


def test_both_texts_are_readable_one_under_the_other() -> None:
    assert (
        both("Le mien. ", "Le leur.", "— Texte venu d’ailleurs —") == "Le mien.\n\n— Texte venu d’ailleurs —\nLe leur."
    )
    assert both(["a", "b"], ["b", "c"], "") == ["a", "b", "c"]
    assert both("2026-11-22", None, "") is None
