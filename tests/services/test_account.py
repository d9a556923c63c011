"""One's own details, the service, the keys and a new colleague, on a real vault at its floor and a real store."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from spip_desktop.db import journal
from spip_desktop.domain.clock import Clock
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.ids import Ids
from spip_desktop.domain.officer import Officer, Right, Role, SignsAs
from spip_desktop.security import derivation
from spip_desktop.security.vault import Vault
from spip_desktop.services.account import AccountService
from spip_desktop.services.context import Context
from spip_desktop.services.unlock import Entrance, Entry, FirstStart, lock
from tests.store_fixtures import make_officer, make_service

PASSPHRASE = "quatre girafes boivent du thé tiède"
OTHER = "le vélo bleu dort sous la pluie"
COLLEAGUE = "six violons mauves au bord du lac"
NUMBER = {
    "signs_as": SignsAs.NUMBER,
    "administrative_number": "240117",
    "number_authorised_from": date(2026, 1, 1),
    "number_authorised_until": date(2026, 12, 31),
}


@pytest.fixture
def entrance(tmp_path: Path, clock: Clock, ids: Ids) -> Entrance:
    return Entrance(tmp_path / "magasin", clock, ids, cost=lambda: derivation.FLOOR)


@pytest.fixture
def entered(entrance: Entrance, ids: Ids) -> Iterator[Entry]:
    entry = entrance.first_start(
        FirstStart(service=make_service(ids), officer=make_officer(ids), passphrase=PASSPHRASE, notice_read=True)
    )
    yield entry
    entry.context.store.close()


@pytest.fixture
def account(entered: Entry) -> AccountService:
    return account_of(entered.context)


def account_of(context: Context) -> AccountService:
    return AccountService(context, Vault(context.store.path.parent, context.clock, lambda: derivation.FLOOR))


def acts(context: Context) -> list[str]:
    with context.store.reading() as tx:
        assert journal.first_break(tx.connection, context.store.identity.journal_key) is None
        return [line.act for line in journal.lines_about(tx.connection, context.officer_id)]


def keys_of(entrance: Entrance) -> bytes:
    return (entrance.folder / "keys.json").read_bytes()


def colleague(ids: Ids, **more: object) -> Officer:
    officer = replace(
        make_officer(ids, Role.CPIP, identifier="Orsanne-12"),
        family_name="N’Guyen",
        first_name="Loïc",
        email="",
        habilitation_by="Anne Keller, DPIP",
        habilitation_on=date(2026, 11, 20),
    )
    return replace(officer, **more)  # type: ignore[arg-type]


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
    assert refused(lambda: account.change_passphrase("", "x"))[0] == "store_read_only"
    assert refused(lambda: account.draw_paper(PASSPHRASE))[0] == "store_read_only"


# -- keys --------------------------------------------------------------------------------------------------------


def test_a_new_passphrase_opens_and_the_former_does_not(
    entrance: Entrance, entered: Entry, account: AccountService
) -> None:
    account.change_passphrase(PASSPHRASE, OTHER)
    assert acts(entered.context)[-1] == "change_passphrase"
    lock(entered.context)
    assert refused(lambda: entrance.unlock("valbrune-07", PASSPHRASE)) == ("wrong_passphrase", "passphrase")
    entrance.unlock("valbrune-07", OTHER).context.store.close()


@pytest.mark.parametrize(
    ("current", "new", "said"),
    [
        ("une autre phrase", OTHER, ("current_passphrase_wrong", "current_passphrase")),
        ("", OTHER, ("current_passphrase_wrong", "current_passphrase")),
        (PASSPHRASE, PASSPHRASE, ("passphrase_same", "passphrase")),
        (PASSPHRASE, "courte", ("passphrase_short", "passphrase")),
        (PASSPHRASE, "Claire Vasseur Valbrune", ("passphrase_context", "passphrase")),
    ],
)
def test_a_passphrase_that_will_not_do_changes_nothing(
    entrance: Entrance, account: AccountService, current: str, new: str, said: tuple[str, str]
) -> None:
    before = keys_of(entrance)
    assert refused(lambda: account.change_passphrase(current, new)) == said
    assert keys_of(entrance) == before


def test_a_new_paper_opens_once_it_was_copied(entrance: Entrance, entered: Entry, account: AccountService) -> None:
    assert entered.paper is not None
    former, before = entered.paper.text, keys_of(entrance)
    drawn = account.draw_paper(PASSPHRASE)
    assert keys_of(entrance) == before
    account.keep_paper(drawn)
    assert not any(drawn.opened.key)
    lock(entered.context)
    assert refused(lambda: entrance.recover(former))[0] == "recovery_key_other"
    assert entrance.recover(drawn.sheet.text).identifiers == ("valbrune-07",)


def test_a_paper_that_was_given_up_leaves_the_former_one(
    entrance: Entrance, entered: Entry, account: AccountService
) -> None:
    assert entered.paper is not None
    drawn = account.draw_paper(PASSPHRASE)
    account.drop_paper(drawn)
    assert not any(drawn.opened.key)
    assert refused(lambda: entrance.recover(drawn.sheet.text))[0] == "recovery_key_other"
    assert entrance.recover(entered.paper.text).identifiers == ("valbrune-07",)


def test_the_paper_is_printed_without_a_name(entrance: Entrance, entered: Entry, account: AccountService) -> None:
    drawn = account.draw_paper(PASSPHRASE)
    assert account.paper(drawn).startswith(b"%PDF")
    assert entrance.paper(entered).startswith(b"%PDF")


def test_a_paper_is_drawn_by_who_manages_the_keys(entered: Entry, account: AccountService) -> None:
    context = entered.context
    context.actor = replace(context.actor, officer=replace(context.actor.officer, roles=(Role.CPIP,)))
    assert refused(lambda: account.draw_paper(PASSPHRASE))[0] == "not_allowed"


# -- a colleague -------------------------------------------------------------------------------------------------


def test_a_colleague_comes_in_with_their_own_passphrase(
    entrance: Entrance, entered: Entry, account: AccountService, ids: Ids
) -> None:
    added = account.add_officer(colleague(ids), COLLEAGUE, PASSPHRASE)
    assert acts(replace_actor(entered.context, added))[-1] == "add_officer"
    lock(entered.context)
    entry = entrance.unlock("orsanne-12", COLLEAGUE)
    assert entry.context.actor.officer == added
    assert entry.context.actor.may(Right.WRITE_PACEP)
    assert not entry.context.actor.may(Right.MANAGE_KEYS)
    assert [one.identifier for one in account_of(entry.context).officers()] == ["Orsanne-12", "valbrune-07"]
    entry.context.store.close()
    entrance.unlock("valbrune-07", PASSPHRASE).context.store.close()


def replace_actor(context: Context, officer: Officer) -> Context:
    return Context(context.store, replace(context.actor, officer=officer))


def test_from_the_first_dpip_on_their_acts_are_theirs(entered: Entry, account: AccountService, ids: Ids) -> None:
    assert not entered.context.actor.store_has_dpip
    account.add_officer(colleague(ids, roles=(Role.DPIP,), function="dpip"), COLLEAGUE, PASSPHRASE)
    assert entered.context.actor.store_has_dpip
    assert refused(lambda: entered.context.actor.require(Right.VISA, "un motif"))[0] == "not_allowed"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"roles": ()}, ("role_needed", "roles")),
        ({"habilitation_by": " "}, ("required", "habilitation_by")),
        ({"habilitation_on": None}, ("required", "habilitation_on")),
        ({"habilitation_on": date(2026, 11, 23)}, ("habilitation_in_future", "habilitation_on")),
        ({"identifier": "VALBRUNE-07"}, ("identifier_taken", "identifier")),
        ({"identifier": "loic"}, ("identifier_is_a_name", "identifier")),
        ({"family_name": ""}, ("required", "family_name")),
    ],
)
def test_who_cannot_join_changes_nothing(
    entrance: Entrance, account: AccountService, ids: Ids, change: dict[str, object], said: tuple[str, str]
) -> None:
    before = keys_of(entrance)
    assert refused(lambda: account.add_officer(colleague(ids, **change), COLLEAGUE, PASSPHRASE)) == said
    assert keys_of(entrance) == before
    assert len(account.officers()) == 1


@pytest.mark.parametrize(
    ("passphrase", "current", "said"),
    [
        (COLLEAGUE, "une autre phrase", ("current_passphrase_wrong", "current_passphrase")),
        ("courte", PASSPHRASE, ("passphrase_short", "passphrase")),
    ],
)
def test_a_colleague_needs_two_right_passphrases(
    entrance: Entrance, account: AccountService, ids: Ids, passphrase: str, current: str, said: tuple[str, str]
) -> None:
    before = keys_of(entrance)
    assert refused(lambda: account.add_officer(colleague(ids), passphrase, current)) == said
    assert keys_of(entrance) == before
    assert len(account.officers()) == 1


def test_who_does_not_manage_the_keys_lets_nobody_in(entered: Entry, account: AccountService, ids: Ids) -> None:
    context = entered.context
    context.actor = replace(context.actor, officer=replace(context.actor.officer, roles=(Role.DPIP,)))
    assert refused(lambda: account.add_officer(colleague(ids), COLLEAGUE, PASSPHRASE))[0] == "not_allowed"


def test_an_addition_that_was_cut_short_is_taken_up_again(
    entrance: Entrance, entered: Entry, account: AccountService, ids: Ids
) -> None:
    """Killed between the key file and the store: the slot is there, the officer is not."""
    cut_short = colleague(ids)
    vault = Vault(entrance.folder, entered.context.clock, lambda: derivation.FLOOR)
    vault.set_passphrase(vault.unlock("valbrune-07", PASSPHRASE), account._credentials(cut_short, COLLEAGUE))
    added = account.add_officer(colleague(ids), OTHER, PASSPHRASE)
    assert added.id == cut_short.id
    lock(entered.context)
    assert entrance.identifiers() == ("valbrune-07", "Orsanne-12")
    entrance.unlock("Orsanne-12", OTHER).context.store.close()
