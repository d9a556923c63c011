"""An intervenant and who only reads open the dossiers assigned to them and no other (security.md §6.1, R. 113-53).

Under an intérim the dossiers of the one absent stand in one's own lists, and say so.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from spip_desktop.db.officer import OFFICERS
from spip_desktop.domain.access import AccessReason, Interim
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.officer import NAMEABLE, Role
from spip_desktop.domain.person_list import PersonFilter, Sort, Whose
from spip_desktop.services.context import Context
from spip_desktop.services.person import QuickStart
from spip_desktop.wiring import Services, make_services
from tests.prescription_fixtures import MissionsLocales, complete
from tests.store_fixtures import MovableClock, entrusted, make_officer

EVERYONE = PersonFilter(whose=Whose.ALL)
ONLY_THEIRS = (Role.INTERVENANT, Role.LECTURE)


@pytest.fixture
def other(services: Services) -> UUID:
    """A dossier assigned to nobody yet."""
    return services.persons.quick_start(
        QuickStart(birth_name="Perrot", first_names="Jean", birth_date=date(1990, 1, 1), ecrou_number="777")
    )


def answers(services: Services, person_id: UUID) -> set[str]:
    """What comes of every way to open a dossier: « open », or the code of the refusal."""
    access, found = services.access, set[str]()
    ways: list[Callable[[], object]] = [
        lambda: access.needs_reason(person_id),
        lambda: access.open(person_id),
        lambda: access.open(person_id, AccessReason.URGENCY),
        lambda: services.persons.civil(person_id),
    ]
    for way in ways:
        try:
            way()
            found.add("open")
        except Refusal as refusal:
            found.add(refusal.code)
    return found


@pytest.mark.parametrize("role", ONLY_THEIRS)
def test_only_the_dossiers_assigned_are_opened_whatever_the_reason(
    context: Context, services: Services, loic: UUID, other: UUID, role: Role
) -> None:
    theirs = make_services(entrusted(context, loic, role))
    before = context.store.commits
    assert answers(theirs, other) == {"dossier_not_assigned"}
    assert context.store.commits == before, "nothing is written for a dossier that stays closed"
    assert answers(theirs, loic) == {"open"}
    assert answers(services, other) == {"open"}, "the control: never assigned, it opens to a CPIP"


@pytest.mark.parametrize("role", ONLY_THEIRS)
def test_no_list_and_no_search_tells_of_another_dossier(
    context: Context, services: Services, loic: UUID, other: UUID, role: Role
) -> None:
    theirs = make_services(entrusted(context, loic, role))
    for sort in Sort:
        assert [one.id for one in theirs.persons.page(EVERYONE, sort=sort)] == [loic]
        assert theirs.persons.page(PersonFilter(whose=Whose.UNASSIGNED), sort=sort) == []
    assert [theirs.persons.count(PersonFilter(whose=whose)) for whose in Whose] == [1, 1, 0]
    for typed in ("perr", "jean", "777", "01/01/1990"):
        assert {one.id for one in theirs.persons.search(typed)} <= {loic}, typed
        assert other in {one.id for one in services.persons.search(typed)}, "the control"
    assert [one.id for one in theirs.persons.search("12345")] == [loic]


@pytest.mark.parametrize("role", ONLY_THEIRS)
def test_a_reason_given_as_a_cpip_opens_nothing_once_the_role_is_gone(
    context: Context, services: Services, loic: UUID, role: Role
) -> None:
    services.persons.assign(loic, context.officer_id, reason="nouveau")
    aline = make_officer(context.ids, Role.CPIP, identifier="falaise-12")
    with context.store.transaction(context.actor, "add_officer") as tx:
        OFFICERS.save(tx, aline)
    context.actor = replace(context.actor, officer=aline)
    services.access.open(loic, AccessReason.DUTY)
    assert answers(services, loic) == {"open"}
    context.actor = replace(context.actor, officer=replace(aline, roles=(role,)))
    assert answers(services, loic) == {"dossier_not_assigned"}
    assert services.persons.page(EVERYONE) == []


def test_of_a_dossier_assigned_an_intervenant_reads_what_the_habilitation_names(
    context: Context, services: Services, loic: UUID
) -> None:
    theirs = entrusted(context, loic, Role.INTERVENANT)
    made = make_services(theirs)
    readings: list[Callable[[], object]] = [
        lambda: made.evaluations.reading.versions(loic),
        lambda: made.contributions.of_person(loic),
        lambda: made.pacep.current(loic),
        lambda: made.prescriptions.reading.of_person(loic),
        made.partners.all,
    ]
    for right, reading in zip(NAMEABLE, readings, strict=True):
        with pytest.raises(Refusal, match="not_allowed"):
            reading()
        officer = replace(theirs.actor.officer, habilitation_names=(right,))
        made.context.actor = replace(theirs.actor, officer=officer)
        reading()
        made.context.actor = replace(theirs.actor, officer=replace(officer, habilitation_names=()))


# -- intérim -------------------------------------------------------------------------------------------------


def test_under_an_interim_the_lists_hold_the_dossiers_of_the_one_absent_and_say_so(
    context: Context, services: Services, loic: UUID, other: UUID, missions: MissionsLocales, moving: MovableClock
) -> None:
    sheet = complete(services.prescriptions, loic)
    for id_ in (loic, other):
        services.persons.assign(id_, context.officer_id, reason="nouveau")
    aline = make_officer(context.ids, Role.CPIP, identifier="falaise-12")
    with context.store.transaction(context.actor, "add_officer") as tx:
        OFFICERS.save(tx, aline)
    standing_in = make_services(Context(context.store, replace(context.actor, officer=aline)))
    services.persons.assign(other, aline.id, reason="nouveau")

    def mine() -> dict[UUID, str]:
        found = standing_in.persons.page(PersonFilter(whose=Whose.MINE))
        assert standing_in.persons.count(PersonFilter(whose=Whose.MINE)) == len(found)
        return {one.id: one.interim_of for one in found}

    def sheets() -> dict[UUID, str]:
        return {one.id: one.interim_of for one in standing_in.prescriptions.reading.mine()}

    assert (mine(), sheets()) == ({other: ""}, {}), "the control: before the intérim"
    services.access.add_interim(
        Interim(
            id=context.ids.new(), absent_id=context.officer_id, replacement_id=aline.id, starts=moving.today,
            ends=moving.today + timedelta(days=2), reason="congés",
        )
    )  # fmt: skip
    assert mine() == {loic: "Claire Vasseur", other: ""}
    assert sheets() == {sheet: "Claire Vasseur"}
    assert {one.interim_of for one in services.persons.page(PersonFilter(whose=Whose.MINE))} == {""}
    assert {one.interim_of for one in services.prescriptions.reading.mine()} == {""}
    moving.move(days=3)
    assert (mine(), sheets()) == ({other: ""}, {})
