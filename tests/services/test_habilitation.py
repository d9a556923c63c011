"""Roles and habilitation change after the arrival: who may, what stands against it, what stays readable."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from spip_desktop.db import journal
from spip_desktop.db.officer import OFFICERS
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.habilitation import Habilitation
from spip_desktop.domain.officer import Officer, Right, Role
from spip_desktop.services.context import Context
from spip_desktop.services.habilitation import HabilitationService, read
from spip_desktop.wiring import Services, make_services
from tests.store_fixtures import MovableClock, entrusted, make_officer

ON = date(2026, 11, 20)
WHY = "Aucun DPIP dans l’antenne"


def given(*roles: Role, names: tuple[Right, ...] = (), by: str = "Mme Roche, DFSPIP", on: date = ON) -> Habilitation:
    return Habilitation(roles=roles, names=names, by=by, on=on)


def joined(context: Context, *roles: Role, identifier: str = "falaise-12") -> Officer:
    officer = replace(make_officer(context.ids, *roles, identifier=identifier), first_name="Aline", family_name="Diop")
    with context.store.transaction(context.actor, "add_officer") as tx:
        OFFICERS.save(tx, officer)
        tx.note("officer", officer.id)
    return officer


def at_work(context: Context, officer: Officer, *, dpip: bool = False) -> Services:
    return make_services(Context(context.store, replace(context.actor, officer=officer, store_has_dpip=dpip)))


def refused(services: Services, officer_id: UUID, wanted: Habilitation, reason: str = WHY) -> set[tuple[str, str]]:
    before = services.context.store.commits
    with pytest.raises(Refusal) as refusal:
        services.habilitations.change(officer_id, wanted, reason)
    assert services.context.store.commits == before
    return {(one.code, one.field) for one in refusal.value.problems}


def test_a_dpip_changes_the_roles_and_the_old_ones_stay_readable(dpip_context: Context, moving: MovableClock) -> None:
    aline, services = joined(dpip_context, Role.CPIP), make_services(dpip_context)
    moving.move(days=1)
    services.habilitations.change(aline.id, given(Role.LECTURE))
    moving.move(minutes=3)
    services.habilitations.change(aline.id, given(Role.SECRETARIAT, by="M. Ly, DFSPIP", on=date(2026, 11, 21)))
    last, middle, first = services.habilitations.past(aline.id)
    assert [one.habilitation.roles for one in (first, middle, last)] == [
        (Role.CPIP,),
        (Role.LECTURE,),
        (Role.SECRETARIAT,),
    ]
    assert (middle.habilitation.by, middle.habilitation.on) == ("Mme Roche, DFSPIP", ON)
    assert (last.habilitation.by, last.at - middle.at) == ("M. Ly, DFSPIP", timedelta(minutes=3))
    me = dpip_context.actor.officer
    assert last.by == f"{me.first_name} {me.family_name}"
    with dpip_context.store.reading() as tx:
        lines = [one for one in journal.lines_about(tx.connection, aline.id) if one.act == "change_habilitation"]
    assert len(lines) == 2, "one line a change"


def test_ones_own_details_saved_between_hide_no_habilitation(dpip_context: Context, moving: MovableClock) -> None:
    aline, services = joined(dpip_context, Role.CPIP), make_services(dpip_context)
    theirs = at_work(dpip_context, aline, dpip=True)
    theirs.account.save_me({"phone": "05 36 00 00 01"})
    services.habilitations.change(aline.id, given(Role.LECTURE))
    theirs.account.save_me({"phone": "05 36 00 00 02"})
    assert [one.habilitation.roles for one in services.habilitations.past(aline.id)] == [(Role.LECTURE,), (Role.CPIP,)]
    with dpip_context.store.reading() as tx:
        assert OFFICERS.get(tx, aline.id).phone == "05 36 00 00 02"


def test_without_a_dpip_who_manages_the_keys_does_with_a_reason(context: Context, services: Services) -> None:
    aline = joined(context, Role.CPIP)
    assert services.habilitations.may_change()
    assert services.habilitations.must_say_why()
    assert refused(services, aline.id, given(Role.LECTURE), "  ") == {("reason_needed_without_dpip", "reason")}
    services.habilitations.change(aline.id, given(Role.LECTURE), WHY)
    with context.store.reading() as tx:
        (line,) = [one for one in journal.lines_about(tx.connection, aline.id) if one.act == "change_habilitation"]
    assert line.reason == WHY


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.DPIP, Role.ADMIN_TECHNIQUE)])
def test_nobody_else_does(context: Context, role: Role) -> None:
    theirs = at_work(context, joined(context, role))
    assert not theirs.habilitations.may_change()
    assert refused(theirs, context.officer_id, given(Role.CPIP)) == {("not_allowed", "")}


def test_where_there_is_a_dpip_the_technician_does_not(context: Context) -> None:
    theirs = at_work(context, joined(context, Role.ADMIN_TECHNIQUE), dpip=True)
    assert refused(theirs, context.officer_id, given(Role.CPIP)) == {("not_allowed", "")}


def test_what_is_missing_or_to_come_is_said(context: Context, services: Services) -> None:
    aline = joined(context, Role.CPIP)
    assert refused(services, aline.id, Habilitation(roles=())) == {
        ("role_needed", "roles"), ("required", "habilitation_by"), ("required", "habilitation_on"),
    }  # fmt: skip
    assert refused(services, aline.id, given(Role.LECTURE, on=date(2026, 11, 23))) == {
        ("habilitation_in_future", "habilitation_on")
    }
    services.habilitations.change(aline.id, given(Role.LECTURE), WHY)
    assert refused(services, aline.id, given(Role.LECTURE)) == {("habilitation_unchanged", "roles")}


def test_somebody_always_manages_the_keys(context: Context, services: Services) -> None:
    me = context.officer_id
    aline = joined(context, Role.CPIP)
    assert refused(services, me, given(Role.CPIP)) == {("last_key_manager", "roles")}
    services.habilitations.change(aline.id, given(Role.ADMIN_TECHNIQUE), WHY)
    services.habilitations.change(me, given(Role.CPIP), WHY)
    assert not context.actor.may(Right.MANAGE_KEYS), "at once, for the officer at work"


def test_who_does_not_open_the_store_or_has_left_manages_nothing(context: Context, services: Services) -> None:
    gone = replace(joined(context, Role.ADMIN_TECHNIQUE), active=False)
    asleep = joined(context, Role.ADMIN_TECHNIQUE, identifier="falaise-13")
    me = context.actor.officer
    cases: list[tuple[list[Officer], bool]] = [([me, gone], True), ([me], True), ([me, asleep], False)]
    for opening, last in cases:
        habilitations = HabilitationService(context, lambda opening=opening: opening)  # type: ignore[misc]
        if last:
            with pytest.raises(Refusal, match="last_key_manager"):
                habilitations.change(me.id, given(Role.CPIP), WHY)
        else:
            habilitations.change(me.id, given(Role.CPIP), WHY)
    with pytest.raises(Refusal):
        services.habilitations.change(gone.id, given(Role.CPIP), WHY)


def test_nobody_widens_their_own_rights_where_another_could(context: Context, services: Services) -> None:
    me = context.officer_id
    wider = given(Role.CPIP, Role.ADMIN_TECHNIQUE, Role.AUDIT)
    aline = joined(context, Role.ADMIN_TECHNIQUE)
    assert refused(services, me, wider) == {("own_habilitation", "roles")}
    at_work(context, aline).habilitations.change(me, wider, WHY)
    services.habilitations.change(me, given(Role.CPIP, Role.ADMIN_TECHNIQUE), WHY)
    services.habilitations.change(aline.id, given(Role.CPIP), WHY)
    services.habilitations.change(me, wider, WHY)
    assert context.actor.may(Right.READ_JOURNAL), "the control: alone, with a reason"


def test_the_effect_is_immediate_for_the_officer_at_work(dpip_context: Context, loic: UUID) -> None:
    services, me = make_services(dpip_context), dpip_context.officer_id
    services.persons.civil(loic)
    joined(dpip_context, Role.DPIP)
    services.habilitations.change(me, given(Role.AUDIT))
    assert dpip_context.actor.officer.roles == (Role.AUDIT,)
    with pytest.raises(Refusal, match="not_allowed"):
        services.persons.civil(loic)
    with pytest.raises(Refusal, match="not_allowed"):
        services.habilitations.change(me, given(Role.DPIP))


def test_what_is_named_is_an_intervenants_alone(context: Context, services: Services, loic: UUID) -> None:
    theirs = entrusted(context, loic, Role.INTERVENANT)
    wanted = given(Role.INTERVENANT, names=(Right.READ_PACEP,))
    after = services.habilitations.change(theirs.officer_id, wanted, WHY)
    assert Right.READ_PACEP in after.rights()
    (shown, _) = services.habilitations.past(theirs.officer_id)
    assert shown.habilitation == wanted
    after = services.habilitations.change(theirs.officer_id, given(Role.SECRETARIAT, names=(Right.READ_PACEP,)), WHY)
    assert after.habilitation_names == ()
    assert Right.READ_PACEP not in after.rights()


def test_what_is_ticked_is_read_and_no_more() -> None:
    ticked = {"roles": ("intervenant", "roi"), "names": ("read_pacep", "erase", "write_pacep"), "by": "X", "on": ON}
    assert read(ticked) == given(Role.INTERVENANT, names=(Right.READ_PACEP,), by="X")


def test_a_read_only_store_keeps_its_habilitations(context: Context, services: Services) -> None:
    aline = joined(context, Role.CPIP)
    context.actor = replace(context.actor, read_only=True)
    with pytest.raises(Refusal, match="store_read_only"):
        services.habilitations.change(aline.id, given(Role.LECTURE), WHY)
