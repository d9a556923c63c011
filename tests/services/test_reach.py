"""What the list and the search tell of a dossier that is not open to the officer: identity and who follows, no more."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from spip_desktop.db import journal
from spip_desktop.db.officer import OFFICERS
from spip_desktop.db.pacep import PACEPS
from spip_desktop.db.person import ASSIGNMENTS
from spip_desktop.db.schema import JOURNAL
from spip_desktop.domain.access import AccessReason, Interim
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.measure import Milieu, PenalCategory, SentenceSheet
from spip_desktop.domain.officer import Officer, Role
from spip_desktop.domain.pacep import Pacep
from spip_desktop.domain.person_list import PersonFilter, PersonSummary, Sort, Whose
from spip_desktop.services.context import Context
from spip_desktop.services.person import QuickStart
from spip_desktop.wiring import Services, make_services
from tests.store_fixtures import MovableClock, make_officer

EVERYONE = PersonFilter(whose=Whose.ALL)
#: In the order of the alphabet; the later in it, the sooner everything happens to them.
NAMES = ("Abel", "Bréaud", "Caron")
IDENTITY = {"birth_name", "first_name", "birth_date", "ecrou_number", "officers", "reached"}


@pytest.fixture
def colleague(dpip_context: Context) -> Services:
    """Another CPIP of the service, at work in the same store."""
    officer = replace(make_officer(dpip_context.ids, Role.CPIP, identifier="valbrune-12"), first_name="Aline")
    return make_services(_joined(dpip_context, officer))


@pytest.fixture
def directing(dpip_context: Context) -> Services:
    return make_services(dpip_context)


@pytest.fixture
def claire(services: Services) -> Services:
    services.context.actor = replace(services.context.actor, store_has_dpip=True)
    return services


@pytest.fixture
def three(claire: Services, directing: Services) -> tuple[UUID, ...]:
    """Three dossiers of Claire, detained, with a release and a review."""
    return tuple(_followed(claire, directing, name, days) for name, days in zip(NAMES, (2, 1, 0), strict=True))


def _joined(context: Context, officer: Officer) -> Context:
    with context.store.transaction(context.actor, "add_officer") as tx:
        OFFICERS.save(tx, officer)
        tx.note("officer", officer.id)
    return Context(context.store, replace(context.actor, officer=officer, store_has_dpip=True))


def _followed(claire: Services, directing: Services, name: str, days: int) -> UUID:
    ids, born = claire.context.ids, date(1990, 1, 1 + days)
    id_ = claire.persons.quick_start(
        QuickStart(birth_name=name, first_names="Jean", birth_date=born, ecrou_number=str(500 + days))
    )
    (custody,) = claire.situation.penal(id_).custodies
    cell = {"establishment": f"MA {days}", "cell": f"B {days}", "penal_category": PenalCategory.CONVICTED}
    claire.situation.custodies.save_fields(custody.value.id, {**cell, "starts": date(2026, 4, 1)})
    sheet = SentenceSheet(id=ids.new(), person_id=id_, as_of=date(2026, 11, 3), end_official=date(2027, 6, 1 + days))
    claire.situation.sheets.add(sheet)
    with claire.context.store.transaction(claire.context.actor, "test") as tx:
        plan = ids.new()
        PACEPS.save(
            tx,
            Pacep(
                id=plan, lineage=plan, person_id=id_, number=1, started_on=date(2026, 9, 1),
                submitted_on=date(2026, 9, 2), next_review=date(2027, 1, 1 + days),
            ),
        )  # fmt: skip
    directing.persons.assign(id_, claire.context.officer_id)
    return id_


def _told(line: PersonSummary) -> set[str]:
    """The fields in which a line says something."""
    empty = PersonSummary(id=line.id, birth_name="", usual_name="", first_name="", birth_date=None, milieu=None)
    return {name for name in PersonSummary.__slots__ if getattr(line, name) != getattr(empty, name)}


def test_of_a_dossier_that_is_not_mine_the_list_tells_who_it_is_and_who_follows(
    claire: Services, colleague: Services, directing: Services, three: tuple[UUID, ...]
) -> None:
    more = {"cell", "establishment", "release_on", "next_on", "penal_category", "milieu"}
    for reader in (claire, directing):
        assert all(_told(one) >= more for one in reader.persons.page(EVERYONE)), "the control: there is more to tell"
    for sort in Sort:
        lines = colleague.persons.page(EVERYONE, sort=sort)
        assert [_told(one) for one in lines] == [IDENTITY] * 3
        assert {one.officers for one in lines} == {"Claire Vasseur"}


@pytest.mark.parametrize("sort", [Sort.PLACE, Sort.RELEASE, Sort.NEXT])
def test_the_order_of_a_sort_tells_no_more(
    claire: Services, colleague: Services, three: tuple[UUID, ...], sort: Sort
) -> None:
    by_name = list(three)
    assert [one.id for one in claire.persons.page(EVERYONE, sort=sort)] == by_name[::-1], "the control"
    for descending in (False, True):
        assert [one.id for one in colleague.persons.page(EVERYONE, sort=sort, descending=descending)] == by_name


def test_the_filter_by_milieu_tells_no_more_than_the_number(
    claire: Services, colleague: Services, three: tuple[UUID, ...]
) -> None:
    (custody,) = claire.situation.penal(three[0]).custodies
    claire.situation.custodies.save_fields(custody.value.id, {"hosted": False})
    outside, inside = (PersonFilter(whose=Whose.ALL, milieu=one) for one in (Milieu.OPEN, Milieu.CUSTODY))
    assert (claire.persons.count(outside), claire.persons.count(inside)) == (1, 2)
    assert (colleague.persons.count(outside), colleague.persons.count(inside)) == (0, 3)
    assert [one.id for one in claire.persons.page(outside)] == [three[0]]


@pytest.mark.parametrize("way", ["reason", "interim", "assignment"])
def test_what_opens_a_dossier_opens_its_line_and_no_other(
    claire: Services, colleague: Services, directing: Services, three: tuple[UUID, ...], moving: MovableClock, way: str
) -> None:
    opened: dict[str, Callable[[], object]] = {
        "reason": lambda: colleague.access.open(three[0], AccessReason.URGENCY),
        "interim": lambda: directing.access.add_interim(_interim(claire, colleague, moving.today)),
        "assignment": lambda: directing.persons.assign(three[0], colleague.context.officer_id),
    }
    opened[way]()
    reached = [one.reached for one in colleague.persons.page(EVERYONE)]
    assert reached == ([True] * 3 if way == "interim" else [True, False, False])
    assert reached == [not colleague.access.needs_reason(id_) for id_ in three]
    moving.move(days=1)
    still = [one.reached for one in colleague.persons.page(EVERYONE)]
    assert still == [way == "assignment", False, False]
    assert still == [not colleague.access.needs_reason(id_) for id_ in three]


def test_an_interim_that_is_ended_opens_nothing_from_then_on(
    claire: Services, colleague: Services, directing: Services, three: tuple[UUID, ...], moving: MovableClock
) -> None:
    begun, coming = (_interim(claire, colleague, day, moving.today.replace(day=30)) for day in (moving.today,) * 2)
    directing.access.add_interim(begun)
    directing.access.end_interim(begun.id)
    assert directing.access.interims() == []
    assert colleague.access.needs_reason(three[0])
    directing.access.add_interim(coming)
    moving.move(days=2)
    assert not colleague.access.needs_reason(three[0])
    directing.access.end_interim(coming.id)
    assert directing.access.interims() == []
    assert colleague.access.needs_reason(three[0])


def _interim(absent: Services, replacement: Services, starts: date, ends: date | None = None) -> Interim:
    return Interim(
        id=absent.context.ids.new(),
        absent_id=absent.context.officer_id,
        replacement_id=replacement.context.officer_id,
        starts=starts,
        ends=ends or starts,
    )


def test_a_dossier_whose_follow_up_has_ended_asks_why(
    claire: Services, colleague: Services, directing: Services, three: tuple[UUID, ...], moving: MovableClock
) -> None:
    with claire.context.store.reading() as tx:
        (assignment,) = ASSIGNMENTS.find(tx, person_id=three[0])
    moving.move(days=2)
    directing.persons.end_assignment(assignment.id, moving.today)
    moving.move(days=1)
    for reader in (claire, colleague):
        assert reader.access.needs_reason(three[0])
        with pytest.raises(Refusal, match="access_reason_needed"):
            reader.persons.civil(three[0])
        line = next(one for one in reader.persons.page(EVERYONE) if one.id == three[0])
        assert _told(line) == IDENTITY - {"officers"}
    new = claire.persons.quick_start(
        QuickStart(birth_name="Zola", first_names="Ève", birth_date=date(1990, 1, 1), ecrou_number="77")
    )
    assert not colleague.access.needs_reason(new), "the control: never assigned yet"


def test_the_search_tells_who_it_is_and_who_follows(colleague: Services, three: tuple[UUID, ...]) -> None:
    (hit,) = colleague.persons.search("abel")
    shown = {name for name in hit.__slots__ if getattr(hit, name)}
    assert shown == {"id", "birth_name", "first_name", "birth_date", "ecrou_number", "officers"}


def test_a_search_is_written_once_by_its_kinds_of_words_and_never_its_words(
    colleague: Services, three: tuple[UUID, ...], moving: MovableClock
) -> None:
    def lines() -> list[str]:
        with colleague.context.store.reading() as tx:
            assert journal.first_break(tx.connection, tx.identity.journal_key) is None
            found = tx.connection.execute(JOURNAL.select().where(JOURNAL.c.act == "search")).mappings()
            return [row["reason"] for row in found if not row["object"]]

    for letters in range(1, 7):
        colleague.persons.search("abel j"[:letters])
    assert lines() == ["nom"]
    colleague.persons.page(PersonFilter(whose=Whose.ALL, text="50"))
    colleague.persons.count(PersonFilter(whose=Whose.ALL, text="501"))
    assert lines() == ["nom", "numéro ou date"]
    moving.move(minutes=16)
    colleague.persons.search("abel 01/01/1990")
    assert lines() == ["nom", "numéro ou date", "nom, numéro ou date"]
    colleague.persons.page(EVERYONE)
    assert len(lines()) == 3, "a list without words is no search"
