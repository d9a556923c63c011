"""« Demandes reçues »: typed by whoever takes the call, read by whom they are for, answered, never forgotten."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from spip_desktop.db.officer import OFFICERS
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.officer import Role
from spip_desktop.services.context import Context
from spip_desktop.services.request import NewRequest
from spip_desktop.wiring import Services, make_services
from tests.store_fixtures import MovableClock, make_officer

CALL = NewRequest(asker="famille", channel="telephone", contact="Mme Perrin, 06 12 34 56 78", subject="Un parloir")


@pytest.fixture
def mine(services: Services, loic: UUID) -> UUID:
    services.persons.assign(loic, services.context.officer_id, reason="nouveau")
    return loic


@pytest.fixture
def desk(services: Services) -> Services:
    """The secretariat, at work in the same store."""
    return _at_work(services.context, Role.SECRETARIAT)


def _at_work(context: Context, role: Role) -> Services:
    officer = replace(make_officer(context.ids, role, identifier=f"valbrune-{role}"), first_name="Inès")
    with context.store.transaction(context.actor, "add_officer") as tx:
        OFFICERS.save(tx, officer)
        tx.note("officer", officer.id)
    return make_services(Context(context.store, replace(context.actor, officer=officer)))


def late(services: Services) -> list[str]:
    """The persons under whose name a request waits on « À traiter »."""
    return [group.person.name for group in services.todo.groups() for one in group.lines if one.key.startswith("P33")]


def test_the_secretariat_types_it_and_the_referent_answers(
    services: Services, desk: Services, mine: UUID, moving: MovableClock
) -> None:
    request = desk.requests.add(replace(CALL, person_id=mine))
    assert [one.id for one in services.requests.page(waiting=True).lines] == [request]
    assert services.requests.page(waiting=True).names == {mine: "Loïc PERRIN"}
    assert late(services) == [], "not late yet: twenty to forty come in a day"
    moving.move(days=9)
    assert late(services) == ["Loïc PERRIN"]
    services.requests.answer(request, "ecrit", "Parloir avocat le 2 décembre")
    assert late(services) == []
    found = services.requests.page(waiting=False)
    assert (found.waiting, found.done) == (0, 1)
    assert found.lines[0].answered_on == moving.today


def test_a_colleague_reads_nothing_of_it(services: Services, mine: UUID) -> None:
    request = services.requests.add(replace(CALL, person_id=mine))
    colleague = _at_work(services.context, Role.CPIP)
    assert colleague.requests.page(waiting=True).lines == ()
    with pytest.raises(Refusal, match="access_reason_needed"):
        colleague.requests.answer(request, "ecrit")


def test_a_colleague_may_leave_a_message_about_my_dossier(services: Services, mine: UUID) -> None:
    colleague = _at_work(services.context, Role.CPIP)
    request = colleague.requests.add(replace(CALL, person_id=mine))
    assert [one.id for one in colleague.requests.page(waiting=True).lines] == [request], "typed by oneself"
    assert [one.id for one in services.requests.of_person(mine)] == [request]


def test_an_unknown_person_is_kept_as_text_for_somebody_or_for_everybody(
    services: Services, desk: Services, moving: MovableClock
) -> None:
    me = services.context.officer_id
    for_me = desk.requests.add(replace(CALL, unknown="M. Kacem, sorti en 2023", officer_id=me))
    for_all = desk.requests.add(replace(CALL, unknown="Un certain Jojo"))
    colleague = _at_work(services.context, Role.CPIP)
    assert {one.id for one in services.requests.page(waiting=True).lines} == {for_me, for_all}
    assert {one.id for one in colleague.requests.page(waiting=True).lines} == {for_all}
    with pytest.raises(Refusal, match="request_of_another"):
        colleague.requests.answer(for_me, "ecrit")
    moving.move(days=10)
    assert late(services) == ["M. Kacem, sorti en 2023"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"asker": ""}, "required"),
        ({"channel": "pigeon"}, "choose_one"),
        ({"subject": "  "}, "required"),
        ({"unknown": ""}, "required"),
        ({"received_on": date(2026, 11, 23)}, "date_in_future"),
        ({"subject": "m" * 501}, "too_long"),
    ],
)
def test_what_is_refused(services: Services, change: dict[str, object], code: str) -> None:
    new = replace(CALL, unknown="M. Kacem")
    with pytest.raises(Refusal, match=code):
        services.requests.add(replace(new, **change))  # type: ignore[arg-type]
    assert services.requests.page(waiting=True).waiting == 0


def test_an_answer_is_taken_back_and_a_mistake_goes_to_the_bin(services: Services, mine: UUID) -> None:
    request = services.requests.add(replace(CALL, person_id=mine, received_on=date(2026, 11, 20)))
    with pytest.raises(Refusal, match="request_answered_before"):
        services.requests.answer(request, "ecrit", on=date(2026, 11, 19))
    with pytest.raises(Refusal, match="required"):
        services.requests.answer(request, "")
    services.requests.answer(request, "ecrit")
    services.requests.reopen(request)
    assert services.requests.page(waiting=True).waiting == 1
    services.requests.bin(request)
    assert services.requests.page(waiting=True).waiting == 0
    services.requests.restore(request)
    assert services.requests.page(waiting=True).waiting == 1


def test_who_only_reads_takes_no_request(services: Services) -> None:
    with pytest.raises(Refusal, match="not_allowed"):
        _at_work(services.context, Role.LECTURE).requests.add(replace(CALL, unknown="M. Kacem"))


def test_the_chronologie_of_the_dossier_has_it_with_its_answer(services: Services, mine: UUID) -> None:
    request = services.requests.add(replace(CALL, person_id=mine, received_on=date(2026, 11, 20)))
    services.requests.answer(request, "ecrit", "Parloir demandé")
    said = {line.what: (line.on, line.detail) for line in services.timeline.of_person(mine) if "emande" in line.what}
    assert said == {
        "Demande reçue, la famille, téléphone": (date(2026, 11, 20), "Un parloir"),
        "Réponse à une demande": (date(2026, 11, 22), "Parloir demandé"),
    }
