"""What is half typed and where the officer was are kept for that officer alone."""

import pytest

from spip_desktop.db import journal
from spip_desktop.db.technical import KEPT
from spip_desktop.domain.draft import Draft
from spip_desktop.domain.ids import Ids
from spip_desktop.domain.place import Place, Seat
from spip_desktop.services.context import Context
from spip_desktop.services.desk import DeskService


@pytest.fixture
def desk(context: Context) -> DeskService:
    return DeskService(context)


def test_a_half_typed_date_is_kept_as_typed(desk: DeskService, ids: Ids) -> None:
    person = ids.new()
    half = Draft("person", person, "birth_date", "29/02/20", cursor=8)
    desk.keep([half, Draft("person", person, "phone", "05 3")])
    assert half in desk.of("person", person)
    assert len(desk.of("person", person)) == 2


def test_the_last_text_of_a_field_takes_the_place_of_the_one_before(desk: DeskService, ids: Ids) -> None:
    person = ids.new()
    for text in ("2", "29", "29/"):
        desk.keep([Draft("person", person, "birth_date", text, len(text))])
    assert desk.of("person", person) == [Draft("person", person, "birth_date", "29/", 3)]


def test_an_accepted_field_has_no_draft_any_more(desk: DeskService, ids: Ids) -> None:
    person, other = ids.new(), ids.new()
    desk.keep([Draft("person", one, field, "x") for one in (person, other) for field in ("a", "b")])
    desk.drop("person", person, "a")
    assert [one.field for one in desk.of("person", person)] == ["b"]
    desk.drop("person", person)
    assert desk.of("person", person) == []
    assert len(desk.of("person", other)) == 2


def test_a_draft_belongs_to_its_officer(desk: DeskService, dpip_context: Context, ids: Ids) -> None:
    person = ids.new()
    colleague = DeskService(dpip_context)
    desk.keep([Draft("person", person, "note", "à moi")])
    colleague.keep([Draft("person", person, "note", "à elle")])
    assert [one.text for one in desk.of("person", person)] == ["à moi"]
    colleague.drop("person", person)
    assert [one.text for one in desk.of("person", person)] == ["à moi"]


def test_the_seat_is_the_last_one(desk: DeskService, dpip_context: Context, ids: Ids) -> None:
    assert desk.seat() is None
    desk.sit(Seat(Place("persons")))
    seat = Seat(Place("person.evaluation", ids.new(), "housing.note"), cursor=12, scroll=340)
    desk.sit(seat)
    assert desk.seat() == seat
    assert DeskService(dpip_context).seat() is None


def test_drafts_and_seats_leave_the_journal_alone(desk: DeskService, context: Context, ids: Ids) -> None:
    before = context.store.journal_head()
    desk.keep([Draft("person", ids.new(), "note", "un mot")])
    desk.sit(Seat(Place("persons")))
    desk.log("AB12CD34 ValueError < spip_desktop/ui/page.py:12 open")
    assert context.store.journal_head() == before
    with context.store.reading() as tx:
        assert journal.first_break(tx.connection, context.store.identity.journal_key) is None


def test_the_technical_log_keeps_its_last_lines(desk: DeskService) -> None:
    for number in range(KEPT + 3):
        desk.log(f"line {number}")
    kept = desk.technical_log()
    assert len(kept) == KEPT
    assert kept[0].endswith("line 3")
    assert kept[-1].endswith(f"line {KEPT + 2}")
