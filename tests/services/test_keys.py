"""Passphrases, colleagues, papers and the store's own key, on a real vault at its floor and a real store."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa

from spip_desktop.db import journal
from spip_desktop.db import person as persons
from spip_desktop.db.connection import Connector, Mode
from spip_desktop.db.schema import JOURNAL
from spip_desktop.domain.clock import Clock
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.ids import Ids
from spip_desktop.domain.officer import Officer, Right, Role
from spip_desktop.domain.person import Person
from spip_desktop.security import derivation
from spip_desktop.security.vault import Vault
from spip_desktop.services.account import AccountService
from spip_desktop.services.backup import BackupService
from spip_desktop.services.context import Context
from spip_desktop.services.keys import KeyService
from spip_desktop.services.unlock import Entrance, Entry, FirstStart, lock
from tests.store_fixtures import MovableClock, make_officer, make_service

PASSPHRASE = "quatre girafes boivent du thé tiède"
OTHER = "le vélo bleu dort sous la pluie"
COLLEAGUE = "six violons mauves au bord du lac"


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
def keys(entered: Entry) -> KeyService:
    return keys_of_store(entered.context)


def keys_of_store(context: Context) -> KeyService:
    vault = Vault(context.store.path.parent, context.clock, lambda: derivation.FLOOR)
    return KeyService(context, AccountService(context), BackupService(context), vault)


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


# -- keys --------------------------------------------------------------------------------------------------------


def test_a_new_passphrase_opens_and_the_former_does_not(
    entrance: Entrance, entered: Entry, keys: KeyService, moving: MovableClock
) -> None:
    keys.change_passphrase(PASSPHRASE, OTHER)
    assert acts(entered.context)[-1] == "change_passphrase"
    lock(entered.context)
    assert refused(lambda: entrance.unlock("valbrune-07", PASSPHRASE)) == ("wrong_passphrase", "passphrase")
    moving.move(seconds=1)
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
    entrance: Entrance, keys: KeyService, current: str, new: str, said: tuple[str, str]
) -> None:
    before = keys_of(entrance)
    assert refused(lambda: keys.change_passphrase(current, new)) == said
    assert keys_of(entrance) == before


def test_a_new_paper_opens_once_it_was_copied(entrance: Entrance, entered: Entry, keys: KeyService) -> None:
    assert entered.paper is not None
    former, before = entered.paper.text, keys_of(entrance)
    drawn = keys.draw_paper(PASSPHRASE)
    assert keys_of(entrance) == before
    keys.confirm_paper(drawn)
    assert not any(drawn.opened.key)
    lock(entered.context)
    assert refused(lambda: entrance.recover(former))[0] == "recovery_key_other"
    assert entrance.recover(drawn.text).identifiers == ("valbrune-07",)


def test_a_paper_that_was_given_up_leaves_the_former_one(entrance: Entrance, entered: Entry, keys: KeyService) -> None:
    assert entered.paper is not None
    drawn = keys.draw_paper(PASSPHRASE)
    keys.drop_paper(drawn)
    assert not any(drawn.opened.key)
    assert refused(lambda: entrance.recover(drawn.text))[0] == "recovery_key_other"
    assert entrance.recover(entered.paper.text).identifiers == ("valbrune-07",)


def test_the_paper_is_printed_without_a_name(entrance: Entrance, entered: Entry, keys: KeyService) -> None:
    drawn = keys.draw_paper(PASSPHRASE)
    assert keys.paper(drawn).startswith(b"%PDF")
    assert entrance.paper(entered).startswith(b"%PDF")


def test_a_paper_is_drawn_by_who_manages_the_keys(entered: Entry, keys: KeyService) -> None:
    context = entered.context
    context.actor = replace(context.actor, officer=replace(context.actor.officer, roles=(Role.CPIP,)))
    assert refused(lambda: keys.draw_paper(PASSPHRASE))[0] == "not_allowed"


# -- a colleague -------------------------------------------------------------------------------------------------


def test_a_colleague_comes_in_with_their_own_passphrase(
    entrance: Entrance, entered: Entry, keys: KeyService, ids: Ids
) -> None:
    added = keys.add_officer(colleague(ids), COLLEAGUE, PASSPHRASE)
    assert acts(replace_actor(entered.context, added))[-1] == "add_officer"
    lock(entered.context)
    entry = entrance.unlock("orsanne-12", COLLEAGUE)
    assert entry.context.actor.officer == added
    assert entry.context.actor.may(Right.WRITE_PACEP)
    assert not entry.context.actor.may(Right.MANAGE_KEYS)
    assert [one.identifier for one in AccountService(entry.context).officers()] == ["Orsanne-12", "valbrune-07"]
    entry.context.store.close()
    entrance.unlock("valbrune-07", PASSPHRASE).context.store.close()


def replace_actor(context: Context, officer: Officer) -> Context:
    return Context(context.store, replace(context.actor, officer=officer))


def test_from_the_first_dpip_on_their_acts_are_theirs(entered: Entry, keys: KeyService, ids: Ids) -> None:
    assert not entered.context.actor.store_has_dpip
    keys.add_officer(colleague(ids, roles=(Role.DPIP,), function="dpip"), COLLEAGUE, PASSPHRASE)
    assert entered.context.actor.store_has_dpip
    assert refused(lambda: entered.context.actor.require(Right.VISA, "un motif"))[0] == "not_allowed"


def test_beside_a_dpip_a_technician_makes_a_way_in_and_gives_no_role(
    entrance: Entrance, entered: Entry, keys: KeyService, ids: Ids
) -> None:
    keys.add_officer(colleague(ids, roles=(Role.DPIP,), function="dpip"), COLLEAGUE, PASSPHRASE)
    before = keys_of(entrance)
    accomplice = colleague(ids, identifier="falaise-31")
    assert refused(lambda: keys.add_officer(accomplice, OTHER, PASSPHRASE)) == ("roles_from_dpip", "roles")
    assert keys_of(entrance) == before
    bare = replace(accomplice, roles=(), habilitation_by="", habilitation_on=None)
    keys.add_officer(bare, OTHER, PASSPHRASE)
    lock(entered.context)
    entry = entrance.unlock("falaise-31", OTHER)
    assert not any(entry.context.actor.could(right) for right in Right)
    entry.context.store.close()


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
    entrance: Entrance, keys: KeyService, ids: Ids, change: dict[str, object], said: tuple[str, str]
) -> None:
    before = keys_of(entrance)
    assert refused(lambda: keys.add_officer(colleague(ids, **change), COLLEAGUE, PASSPHRASE)) == said
    assert keys_of(entrance) == before
    assert len(keys.accesses()) == 1


@pytest.mark.parametrize(
    ("passphrase", "current", "said"),
    [
        (COLLEAGUE, "une autre phrase", ("current_passphrase_wrong", "current_passphrase")),
        ("courte", PASSPHRASE, ("passphrase_short", "passphrase")),
    ],
)
def test_a_colleague_needs_two_right_passphrases(
    entrance: Entrance, keys: KeyService, ids: Ids, passphrase: str, current: str, said: tuple[str, str]
) -> None:
    before = keys_of(entrance)
    assert refused(lambda: keys.add_officer(colleague(ids), passphrase, current)) == said
    assert keys_of(entrance) == before
    assert len(keys.accesses()) == 1


def test_who_does_not_manage_the_keys_lets_nobody_in(entered: Entry, keys: KeyService, ids: Ids) -> None:
    context = entered.context
    context.actor = replace(context.actor, officer=replace(context.actor.officer, roles=(Role.DPIP,)))
    assert refused(lambda: keys.add_officer(colleague(ids), COLLEAGUE, PASSPHRASE))[0] == "not_allowed"


def test_an_addition_that_was_cut_short_is_taken_up_again(
    entrance: Entrance, entered: Entry, keys: KeyService, ids: Ids
) -> None:
    """Killed between the key file and the store: the slot is there, the officer is not."""
    cut_short = colleague(ids)
    vault = Vault(entrance.folder, entered.context.clock, lambda: derivation.FLOOR)
    vault.set_passphrase(vault.unlock("valbrune-07", PASSPHRASE), keys._credentials(cut_short, COLLEAGUE))
    added = keys.add_officer(colleague(ids), OTHER, PASSPHRASE)
    assert added.id == cut_short.id
    lock(entered.context)
    assert entrance.identifiers() == ("valbrune-07", "Orsanne-12")
    entrance.unlock("Orsanne-12", OTHER).context.store.close()


def test_a_store_read_only_keeps_its_keys(keys: KeyService, entered: Entry) -> None:
    entered.context.actor = replace(entered.context.actor, read_only=True)
    assert refused(lambda: keys.change_passphrase(PASSPHRASE, OTHER))[0] == "store_read_only"
    assert refused(lambda: keys.draw_paper(PASSPHRASE))[0] == "store_read_only"


# -- a colleague leaves ------------------------------------------------------------------------------------------


@pytest.fixture
def two(keys: KeyService, entrance: Entrance, entered: Entry, ids: Ids) -> Officer:
    """A second officer in the store; a backup holds them both."""
    entrance.confirm_paper(entered)
    added = keys.add_officer(colleague(ids), COLLEAGUE, PASSPHRASE)
    BackupService(entered.context).make()
    return added


def test_who_is_removed_opens_no_more_and_who_stays_does(
    entrance: Entrance, entered: Entry, keys: KeyService, two: Officer, moving: MovableClock
) -> None:
    assert entered.paper is not None
    drawn = keys.remove_officer(two.id, PASSPHRASE)
    assert [one.officer.identifier for one in keys.accesses()] == ["valbrune-07"]
    assert [line.act for line in lines_of_keys(entered.context)][-2:] == ["remove_officer", "renew_backups"]
    keys.confirm_paper(drawn)
    lock(entered.context)
    assert refused(lambda: entrance.unlock("orsanne-12", COLLEAGUE))[0] == "wrong_passphrase"
    moving.move(seconds=1)
    assert refused(lambda: entrance.recover(entered.paper.text))[0] == "recovery_key_other"
    assert entrance.recover(drawn.text).identifiers == ("valbrune-07",)
    again = entrance.unlock("valbrune-07", PASSPHRASE)
    assert again.notices == ()
    again.context.store.close()


def lines_of_keys(context: Context) -> list[journal.Line]:
    with context.store.reading() as tx:
        rows = tx.connection.execute(
            sa.select(JOURNAL.c.act, JOURNAL.c.object).where(JOURNAL.c.kind == "keys").order_by(JOURNAL.c.seq)
        ).all()
    return [journal.Line(context.clock.now(), context.officer_id, row.act, "keys") for row in rows]


def test_the_former_key_opens_neither_the_store_nor_a_backup(
    entered: Entry, keys: KeyService, two: Officer, entrance: Entrance
) -> None:
    former = bytes(keys._open_again(PASSPHRASE).key)
    root = entrance.folder / "backups"
    copies = [entrance.path, *root.glob("*/store.db")]
    assert all(opens(path, former) for path in copies)  # the control
    keys.remove_officer(two.id, PASSPHRASE)
    assert len(list(root.glob("*/store.db"))) >= len(copies)
    new = bytes(keys._open_again(PASSPHRASE).key)
    for path in (entrance.path, *root.glob("*/store.db")):
        assert opens(path, new)
        assert not opens(path, former)
    for path in (entrance.folder, *root.iterdir()):
        assert "orsanne" not in (path / "keys.json").read_text("ascii").casefold()


def opens(path: Path, key: bytes) -> bool:
    try:
        Connector(key)(path, Mode.FROZEN).close()
    except Refusal:
        return False
    return True


def test_work_goes_on_under_the_new_key(entered: Entry, keys: KeyService, two: Officer, ids: Ids) -> None:
    store = entered.context.store
    keys.remove_officer(two.id, PASSPHRASE)
    someone = Person(id=ids.new(), birth_name="Perrin", first_names="Loïc")
    with store.transaction(entered.context.actor, "create_person") as tx:
        persons.save(tx, someone)
        tx.note("person", someone.id)
    with store.reading() as tx:
        assert persons.PERSONS.get(tx, someone.id) == someone
    store.checkpoint()


def test_the_new_paper_is_told_until_it_is_copied(
    entrance: Entrance, entered: Entry, keys: KeyService, two: Officer
) -> None:
    keys.remove_officer(two.id, PASSPHRASE)
    lock(entered.context)
    again = entrance.unlock("valbrune-07", PASSPHRASE)
    assert [notice.code for notice in again.notices] == ["paper_unconfirmed"]
    again.context.store.close()


@pytest.mark.parametrize(
    ("current", "mine", "said"),
    [("une autre phrase", False, "current_passphrase_wrong"), (PASSPHRASE, True, "cannot_remove_oneself")],
)
def test_a_removal_that_will_not_do_changes_nothing(
    entrance: Entrance, entered: Entry, keys: KeyService, two: Officer, current: str, mine: bool, said: str
) -> None:
    before = keys_of(entrance)
    officer = entered.context.officer_id if mine else two.id
    assert refused(lambda: keys.remove_officer(officer, current))[0] == said
    assert keys_of(entrance) == before
    assert len(keys.accesses()) == 2


def test_only_who_manages_the_keys_removes(entered: Entry, keys: KeyService, two: Officer) -> None:
    context = entered.context
    context.actor = replace(context.actor, officer=replace(context.actor.officer, roles=(Role.CPIP, Role.DPIP)))
    for act in (
        lambda: keys.remove_officer(two.id, PASSPHRASE),
        lambda: keys.give_access(two.id, OTHER, PASSPHRASE),
        lambda: keys.draw_paper(PASSPHRASE),
    ):
        assert refused(act)[0] == "not_allowed"


def test_a_forgotten_passphrase_is_replaced_by_its_officer(
    entrance: Entrance, entered: Entry, keys: KeyService, two: Officer, moving: MovableClock
) -> None:
    keys.give_access(two.id, OTHER, PASSPHRASE)
    assert [line.act for line in lines_of_keys(entered.context)][-1] == "give_access"
    lock(entered.context)
    assert refused(lambda: entrance.unlock("orsanne-12", COLLEAGUE))[0] == "wrong_passphrase"
    moving.move(seconds=1)
    entrance.unlock("orsanne-12", OTHER).context.store.close()


def test_the_second_medium_holds_nothing_under_the_former_key(
    entrance: Entrance, entered: Entry, keys: KeyService, two: Officer, tmp_path: Path
) -> None:
    """Away at the removal, it is told and done at the unlocking that finds it there again."""
    backups, second, away = BackupService(entered.context), tmp_path / "second", tmp_path / "away"
    second.mkdir()
    backups.set_second_folder(second)
    backups.make_everywhere("asked")
    former = bytes(keys._open_again(PASSPHRASE).key)
    assert all(opens(path, former) for path in second.glob("*/store.db"))  # the control
    second.rename(away)
    (tmp_path / "second").touch()  # no folder can be made there
    drawn = keys.remove_officer(two.id, PASSPHRASE)
    assert drawn.second_left
    keys.confirm_paper(drawn)
    lock(entered.context)
    again = entrance.unlock("valbrune-07", PASSPHRASE)
    assert [notice.code for notice in again.notices] == ["second_copies_left"]
    lock(again.context)
    second.unlink()
    away.rename(second)
    again = entrance.unlock("valbrune-07", PASSPHRASE)
    assert again.notices == ()
    copies = list(second.glob("*/store.db"))
    assert copies
    assert not any(opens(path, former) for path in copies)
    again.context.store.close()


def test_one_works_on_while_the_store_takes_another_key(entered: Entry, keys: KeyService, two: Officer) -> None:
    """The window's thread reads and writes without a pause meanwhile: nothing fails, nothing is lost."""
    store, actor = entered.context.store, entered.context.actor
    over, written, failed = threading.Event(), 0, []

    def remove() -> None:
        try:
            keys.remove_officer(two.id, PASSPHRASE)
        except BaseException as error:
            failed.append(error)
        finally:
            over.set()

    worker = threading.Thread(target=remove)
    worker.start()
    while not over.is_set():
        with store.transaction(actor, "create_person") as tx:
            persons.save(tx, Person(id=store.ids.new(), birth_name=f"Perrin {written}", first_names="Loïc"))
            tx.note("person")
        written += 1
        with store.reading() as tx:
            assert len(persons.PERSONS.find(tx)) == written
    worker.join()
    assert failed == []
    assert written > 5
    with store.reading() as tx:
        assert len(persons.PERSONS.find(tx)) == written
        assert journal.first_break(tx.connection, store.identity.journal_key) is None


def test_a_replaced_passphrase_opens_no_backup_either(
    entrance: Entrance, entered: Entry, keys: KeyService, two: Officer, moving: MovableClock, tmp_path: Path
) -> None:
    second = tmp_path / "second"
    second.mkdir()
    BackupService(entered.context).set_second_folder(second)
    BackupService(entered.context).make_everywhere("asked")
    copies = [*(entrance.folder / "backups").iterdir(), *second.iterdir()]
    vaults = [Vault(copy, entered.context.clock, lambda: derivation.FLOOR) for copy in copies if copy.is_dir()]
    assert len(vaults) >= 3
    for vault in vaults:
        vault.unlock("valbrune-07", PASSPHRASE).wipe()  # the control
    keys.change_passphrase(PASSPHRASE, OTHER)
    for vault in vaults:
        assert refused(lambda vault=vault: vault.unlock("valbrune-07", PASSPHRASE))[0] == "wrong_passphrase"
        moving.move(seconds=1)
        vault.unlock("valbrune-07", OTHER).wipe()
