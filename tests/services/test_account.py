"""One's own details and the service, on a real store."""

from dataclasses import replace
from datetime import date

import pytest

from spip_desktop.db import journal
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.ids import Ids
from spip_desktop.domain.officer import Role, SignsAs
from spip_desktop.services.account import AccountService
from spip_desktop.services.context import Context

NUMBER = {
    "signs_as": SignsAs.NUMBER,
    "administrative_number": "240117",
    "number_authorised_from": date(2026, 1, 1),
    "number_authorised_until": date(2026, 12, 31),
}


def acts(context: Context) -> list[str]:
    with context.store.reading() as tx:
        assert journal.first_break(tx.connection, context.store.identity.journal_key) is None
        return [line.act for line in journal.lines_about(tx.connection, context.officer_id)]


def refused(act: object) -> tuple[str, str]:
    with pytest.raises(Refusal) as refusal:
        act()  # type: ignore[operator]
    return refusal.value.code, refusal.value.problems[0].field


# -- details -----------------------------------------------------------------------------------------------------


def test_my_details_are_saved_and_used_at_once(context: Context) -> None:
    account = AccountService(context)
    saved = account.save_me({"phone": " 05 36 49 12 08 ", "quotity": 80})
    assert saved.refused == ()
    assert (account.me().phone, account.me().quotity) == ("05 36 49 12 08", 80)
    assert context.actor.officer == account.me()
    assert acts(context)[-1] == "modification"


def test_what_cannot_be_accepted_leaves_the_rest(context: Context) -> None:
    account = AccountService(context)
    saved = account.save_me({"quotity": 0, "family_name": "", "phone": "12"})
    assert [(one.code, one.field) for one in saved.refused] == [
        ("quotity_out_of_range", "quotity"),
        ("required", "family_name"),
    ]
    me = account.me()
    assert (me.quotity, me.family_name, me.phone) == (100, "Vasseur", "12")
    assert account.save_me({"quotity": None}).refused[0].code == "required"


def test_a_number_signs_only_with_its_authorisation(context: Context) -> None:
    account = AccountService(context)
    saved = account.save_me(NUMBER | {"number_authorised_until": None, "phone": "13"})
    assert [(one.code, one.field) for one in saved.refused] == [
        ("required_to_sign_by_number", "number_authorised_until")
    ]
    assert (account.me().signs_as, account.me().phone) == (SignsAs.NAME, "13")
    assert account.save_me(NUMBER).refused == ()
    assert context.actor.officer.signature(context.clock.today()) == "n° 240117"
    assert account.save_me({"signs_as": "nom"}).refused == ()
    assert context.actor.officer.signature(context.clock.today()) == "Claire Vasseur"


@pytest.mark.parametrize("field", ["roles", "identifier", "habilitation_by", "active", "id"])
def test_nobody_gives_themself_a_role(context: Context, field: str) -> None:
    account = AccountService(context)
    before = account.me()
    assert refused(lambda: account.save_me({field: "dpip"}))[0] == "not_allowed"
    assert account.me() == before


def test_a_name_may_not_become_the_identifier(context: Context) -> None:
    saved = AccountService(context).save_me({"family_name": "Valbrune"})
    assert [(one.code, one.field) for one in saved.refused] == [("identifier_is_a_name", "family_name")]


def test_the_service_is_changed_by_who_may(context: Context, ids: Ids) -> None:
    account = AccountService(context)
    saved = account.save_service({"phone": "05 36 49 12 99", "postal_code": "1", "neutral_name": "Le SPIP d’ici"})
    assert [(one.code, one.field) for one in saved.refused] == [
        ("postal_code_format", "postal_code"),
        ("neutral_name_tells", "neutral_name"),
    ]
    assert account.service().phone == "05 36 49 12 99"
    assert account.save_service({"phone": "05 36 49 12 99"}).refused == ()
    context.actor = replace(context.actor, officer=replace(context.actor.officer, roles=(Role.CPIP,)))
    assert refused(lambda: account.save_service({"phone": "1"}))[0] == "not_allowed"
    assert not account.may_set_service()


def test_a_store_read_only_takes_nothing(context: Context) -> None:
    context.actor = replace(context.actor, read_only=True)
    account = AccountService(context)
    assert refused(lambda: account.save_me({"phone": "1"}))[0] == "store_read_only"
