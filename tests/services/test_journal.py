"""The journal read by who may, its chain checked, its old lines taken away: each with its positive control."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from spip_desktop.db import info, journal
from spip_desktop.db import officer as officers
from spip_desktop.db.store import Store, open_store
from spip_desktop.domain.access import AccessReason, Interim
from spip_desktop.domain.clock import PARIS
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.journal import JournalFilter
from spip_desktop.domain.officer import Role
from spip_desktop.security import anchor
from spip_desktop.security.anchor import AnchorState
from spip_desktop.services import losses
from spip_desktop.services.backup import BackupService
from spip_desktop.services.context import Context
from spip_desktop.services.journal import JournalService
from spip_desktop.services.person import QuickStart
from spip_desktop.wiring import make_services
from tests.store_fixtures import KEY, MovableClock, make_officer

EVERY = JournalFilter()
NAMES = ("perrin", "loïc", "loic", "vasseur", "claire")


def reauthenticate(passphrase: str) -> None:
    if passphrase != "la bonne":
        raise Refusal("current_passphrase_wrong", "current_passphrase")


def as_role(context: Context, role: Role, identifier: str) -> Context:
    """The same store with another officer at work."""
    other = make_officer(context.ids, role, identifier=identifier)
    with context.store.transaction(context.actor, "add_officer") as tx:
        officers.OFFICERS.save(tx, other)
        tx.note("keys", other.id)
    with context.store.reading() as tx:
        return Context(context.store, officers.actor(tx, other))


@pytest.fixture
def dpip(dpip_context: Context) -> JournalService:
    return JournalService(dpip_context, reauthenticate)


@pytest.fixture
def audit(dpip_context: Context) -> JournalService:
    return JournalService(as_role(dpip_context, Role.AUDIT, "valbrune-90"), reauthenticate)


# -- reading -------------------------------------------------------------------------------------------------


def test_lines_come_newest_first_and_by_pages(dpip: JournalService, loic: UUID) -> None:
    every = dpip.page(EVERY)
    assert [one.seq for one in every] == sorted((one.seq for one in every), reverse=True)
    assert dpip.count(EVERY) == len(every) == every[0].seq
    assert dpip.page(EVERY, offset=1, limit=2) == every[1:3]


def test_a_line_names_nobody(dpip: JournalService, audit: JournalService, context: Context, loic: UUID) -> None:
    make_services(context).access.open(loic)
    for service in (dpip, audit):
        told = " ".join(str(one) for one in service.page(EVERY)).casefold()
        assert "valbrune-07" in told, "the control: the identifiers are there"
        assert not [name for name in NAMES if name in told]


def test_a_dpip_goes_from_a_line_to_the_dossier_and_an_auditor_sees_its_number(
    dpip: JournalService, audit: JournalService, context: Context, loic: UUID
) -> None:
    make_services(context).access.open(loic)
    wanted = JournalFilter(act="consultation")
    assert [(one.object, one.dossier) for one in dpip.page(wanted)] == [(loic, loic)]
    assert [(one.object, one.dossier) for one in audit.page(wanted)] == [(loic, None)]


def test_the_words_of_a_reason_are_for_who_may_open_dossiers(
    dpip: JournalService, audit: JournalService, dpip_context: Context, loic: UUID
) -> None:
    colleague = as_role(dpip_context, Role.CPIP, "valbrune-08")
    follow(dpip_context, loic)
    make_services(colleague).access.open(loic, AccessReason.REPLACEMENT, "Mme Vasseur")
    wanted = JournalFilter(act="consultation")
    (theirs,), (seen,) = audit.page(wanted), dpip.page(wanted)
    assert (seen.why.label, seen.why.words) == ("Remplacement", "Mme Vasseur")
    assert (theirs.why.label, theirs.why.words, theirs.has_words) == ("Remplacement", "", True)


def test_an_officer_who_is_the_object_is_told_by_the_identifier(dpip: JournalService, context: Context) -> None:
    (line,) = dpip.page(JournalFilter(act="add_officer"))
    assert (line.kind, line.told) == ("officer", "valbrune-01")
    assert all(one.told == "" for one in dpip.page(JournalFilter(kind="person")))


def test_filters(
    dpip: JournalService, context: Context, dpip_context: Context, loic: UUID, moving: MovableClock
) -> None:
    before = dpip.count(EVERY)
    moving.move(days=2)
    make_services(dpip_context).access.open(loic)
    today = moving.today
    assert [one.act for one in dpip.page(JournalFilter(starts=today))] == ["consultation"]
    assert dpip.count(JournalFilter(ends=today - timedelta(days=1))) == before
    assert dpip.count(JournalFilter(starts=today, ends=today)) == 1
    assert dpip.count(JournalFilter(officer=dpip_context.officer_id)) == 1
    assert {one.kind for one in dpip.page(JournalFilter(kind="officer"))} == {"officer"}
    assert dict(dpip.officers())[context.officer_id] == "valbrune-07"
    assert {"consultation", "start_person"} <= set(dpip.acts())
    assert "person" in dpip.kinds()


def test_a_dossier_brings_the_lines_of_what_hangs_on_it(
    dpip: JournalService, context: Context, dpip_context: Context, loic: UUID
) -> None:
    services = make_services(context)
    custody = services.situation.penal(loic).custodies[0].value.id
    services.situation.custodies.save_fields(custody, {"cell": "B 215"})
    other = services.persons.quick_start(
        QuickStart(birth_name="Ndiaye", first_names="Awa", birth_date=date(1990, 1, 2), ecrou_number="777")
    )
    found = dpip.page(JournalFilter(dossier=loic))
    assert {one.kind for one in found} >= {"person", "custody"}
    assert {one.dossier for one in found} == {loic}
    assert other not in {one.object for one in found}


def test_an_evening_belongs_to_its_day_in_paris(dpip: JournalService, dpip_context: Context, loic: UUID) -> None:
    moving = MovableClock(dpip_context.clock.now().astimezone(PARIS).replace(hour=23, minute=30))
    dpip_context.store.clock = moving.clock
    make_services(dpip_context).access.open(loic)
    day = moving.today
    assert dpip.count(JournalFilter(starts=day, ends=day, act="consultation")) == 1
    assert dpip.count(JournalFilter(starts=day + timedelta(days=1))) == 0


@pytest.mark.parametrize("role", [Role.CPIP, Role.SECRETARIAT, Role.INTERVENANT, Role.LECTURE, Role.ADMIN_TECHNIQUE])
def test_nobody_else_reads_it(dpip_context: Context, role: Role, loic: UUID) -> None:
    service = JournalService(as_role(dpip_context, role, "valbrune-50"), reauthenticate)
    assert not service.may_read()
    for act in (
        lambda: service.page(EVERY), lambda: service.count(EVERY), service.officers, service.acts, service.kinds,
        lambda: service.consultations(EVERY), service.verify, service.old, lambda: service.trim("la bonne"),
    ):  # fmt: skip
        with pytest.raises(Refusal, match="not_allowed"):
            act()


# -- whose dossiers are opened -------------------------------------------------------------------------------


def follow(context: Context, person: UUID, officer: UUID | None = None) -> None:
    with context.store.reading() as tx:
        known = officer or officers.by_identifier(tx, "valbrune-07").id
    make_services(context).persons.assign(person, known)


def test_consultations_of_others_dossiers_are_counted(
    dpip: JournalService, context: Context, dpip_context: Context, loic: UUID
) -> None:
    follow(dpip_context, loic)
    colleague = as_role(dpip_context, Role.CPIP, "valbrune-08")
    make_services(context).access.open(loic)
    make_services(colleague).access.open(loic, AccessReason.DUTY)
    make_services(dpip_context).access.open(loic)
    found = {one.officer: (one.total, one.elsewhere, one.with_reason) for one in dpip.consultations(EVERY)}
    assert found == {"valbrune-07": (1, 0, 0), "valbrune-08": (1, 1, 1), "valbrune-01": (1, 1, 0)}
    assert dpip.consultations(JournalFilter(ends=date(2020, 1, 1))) == []


def test_who_stands_in_opens_their_own(dpip: JournalService, dpip_context: Context, loic: UUID) -> None:
    follow(dpip_context, loic)
    colleague = as_role(dpip_context, Role.CPIP, "valbrune-08")
    today = dpip_context.clock.today()
    with dpip_context.store.reading() as tx:
        absent = officers.by_identifier(tx, "valbrune-07").id
    make_services(dpip_context).access.add_interim(
        Interim(
            id=dpip_context.ids.new(), absent_id=absent, replacement_id=colleague.officer_id, starts=today, ends=today
        )
    )
    make_services(colleague).access.open(loic)
    assert [(one.officer, one.total, one.elsewhere) for one in dpip.consultations(EVERY)] == [("valbrune-08", 1, 0)]


def test_a_dossier_nobody_follows_is_nobodys(dpip: JournalService, context: Context, loic: UUID) -> None:
    make_services(context).access.open(loic)
    assert [(one.total, one.elsewhere) for one in dpip.consultations(EVERY)] == [(1, 0)]


# -- the chain -----------------------------------------------------------------------------------------------


def behind_its_back(store: Store, *statements: str) -> None:
    """Change the journal as who holds the key could: the triggers off, then on again."""
    connection = store.connect(store.path)
    triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        connection.execute(statement)
    for _, sql in triggers:
        connection.execute(sql)
    connection.close()


def test_the_chain_holds(dpip: JournalService, loic: UUID) -> None:
    verdict = dpip.verify()
    assert (verdict.first, verdict.broken) == (1, None)
    assert verdict.last == dpip.count(EVERY)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal SET act = 'seat' WHERE seq = 2",
        "UPDATE journal SET reason = 'x' WHERE seq = 2",
        "UPDATE journal SET at = '2026-11-22T13:02:32.000000+00:00' WHERE seq = 2",
        "DELETE FROM journal WHERE seq = 2",
    ],
)
def test_a_line_altered_or_taken_away_is_found(
    dpip: JournalService, context: Context, loic: UUID, statement: str
) -> None:
    make_services(context).access.open(loic)
    assert dpip.verify().broken is None
    behind_its_back(context.store, statement)
    assert dpip.verify().broken == 2


def test_the_first_lines_do_not_go_unseen(dpip: JournalService, context: Context, loic: UUID) -> None:
    behind_its_back(context.store, "DELETE FROM journal WHERE seq <= 2")
    assert dpip.verify().broken == 1


# -- old lines -----------------------------------------------------------------------------------------------


@pytest.fixture
def aged(dpip: JournalService, context: Context, loic: UUID, moving: MovableClock) -> int:
    """Three years and a day later, one recent line; gives how many are old."""
    old = dpip.count(EVERY)
    moving.move(days=3 * 365 + 2)
    make_services(context).access.open(loic)
    return old


def test_lines_of_three_years_go_and_the_chain_still_holds(
    dpip: JournalService, dpip_context: Context, aged: int, moving: MovableClock
) -> None:
    assert dpip.old() == aged
    assert dpip.trim("la bonne") == aged
    verdict = dpip.verify()
    assert (verdict.first, verdict.last, verdict.broken) == (aged + 1, aged + 2, None)
    newest = dpip.page(EVERY)[0]
    assert (newest.act, newest.why.label) == ("trim_journal", f"Lignes 1 à {aged}")
    with pytest.raises(Refusal, match="journal_nothing_old"):
        dpip.trim("la bonne")
    # The chain goes on, and is trimmed again.
    moving.move(days=3 * 365 + 2)
    with dpip_context.store.transaction(dpip_context.actor, "unlock") as tx:
        tx.note("store")
    assert dpip.trim("la bonne") == 2
    assert dpip.verify() == type(verdict)(first=aged + 3, last=aged + 4)


def test_a_day_too_early_nothing_goes(dpip: JournalService, loic: UUID, moving: MovableClock) -> None:
    moving.set_day(date(2029, 11, 22))  # three years to the day: they are still kept
    assert dpip.old() == 0
    moving.move(days=1)
    assert dpip.old() == dpip.count(EVERY)


def test_the_next_opening_finds_the_anchor(
    dpip: JournalService, dpip_context: Context, aged: int, moving: MovableClock
) -> None:
    losses.anchor_store(dpip_context.store)
    assert anchored(dpip_context.store) is AnchorState.OK
    dpip.trim("la bonne")
    assert anchored(dpip_context.store) is AnchorState.OK
    store = dpip_context.store
    store.close()
    again = open_store(store.path, KEY, moving.clock, store.ids)
    assert losses.found(again) is None
    behind_its_back(again, f"DELETE FROM journal WHERE seq >= {aged + 2}")
    assert losses.found(again) is not None, "the control: a line missing at the end is seen"
    again.close()


def test_killed_before_the_second_anchor_the_first_still_holds(
    dpip: JournalService, dpip_context: Context, moving: MovableClock, loic: UUID
) -> None:
    """Every line is old, the anchored one too: it stays, whatever happens after the lines are gone."""
    moving.move(days=4 * 365)
    anchored_at, _ = dpip_context.store.journal_head()
    folder = dpip_context.store.path.parent
    losses.write_anchor(dpip_context)
    kept = (folder / "anchor.json").read_bytes()
    dpip.trim("la bonne")
    (folder / "anchor.json").write_bytes(kept)
    assert anchored(dpip_context.store) is AnchorState.OK
    assert dpip.verify().first == anchored_at


def anchored(store: Store) -> AnchorState:
    key = store.identity.journal_key
    seq, _ = store.journal_head()
    found = anchor.read(store.path.parent, key)
    return anchor.compare(found, store.identity.store, store.identity.db_id, seq, store.journal_mac).state


@pytest.mark.parametrize("role", [Role.AUDIT, Role.CPIP, Role.ADMIN_TECHNIQUE])
def test_only_a_dpip_takes_lines_away(dpip_context: Context, aged: int, role: Role) -> None:
    service = JournalService(as_role(dpip_context, role, "valbrune-91"), reauthenticate)
    assert not service.may_trim()
    with pytest.raises(Refusal, match="not_allowed"):
        service.trim("la bonne", "Trois ans.")
    assert JournalService(dpip_context, reauthenticate).old() == aged


def test_a_wrong_passphrase_takes_nothing_away(dpip: JournalService, aged: int) -> None:
    with pytest.raises(Refusal, match="current_passphrase_wrong"):
        dpip.trim("une autre")
    assert dpip.old() == aged


def test_a_chain_that_does_not_hold_is_not_trimmed(dpip: JournalService, context: Context, aged: int) -> None:
    behind_its_back(context.store, "UPDATE journal SET act = 'seat' WHERE seq = 2")
    with pytest.raises(Refusal, match="journal_broken"):
        dpip.trim("la bonne")
    assert dpip.old() == aged


def test_the_journal_is_protected_again_afterwards(dpip: JournalService, context: Context, aged: int) -> None:
    dpip.trim("la bonne")
    for statement in ("DELETE FROM journal", "UPDATE journal SET act = 'seat'"):
        with pytest.raises(Exception, match="journal immuable"), context.store.transaction(context.actor, "x") as tx:
            tx.connection.exec_driver_sql(statement)
    assert dpip.verify().broken is None


def test_a_base_that_was_altered_or_lost_is_found(dpip: JournalService, context: Context, aged: int) -> None:
    dpip.trim("la bonne")
    with context.store.reading() as tx:
        signed = info.value(tx, journal.BASE)
    assert signed is not None
    assert dpip.verify().broken is None
    moved = journal.Base(aged + 1, journal.START).signed(bytes(32))
    for altered in (bytes([signed[0] ^ 1]) + signed[1:], signed[:-1] + bytes([signed[-1] ^ 1]), moved, b""):
        _put_base(context, altered)
        assert dpip.verify().broken == aged + 1
    _put_base(context, None)
    assert dpip.verify().broken == 1
    _put_base(context, signed)
    behind_its_back(context.store, f"DELETE FROM journal WHERE seq = {aged + 1}")
    assert dpip.verify().broken == aged + 1


def _put_base(context: Context, content: bytes | None) -> None:
    with context.store.transaction(context.actor, "seat") as tx:
        info.keep(tx, journal.BASE, content)


def test_a_backup_of_a_trimmed_store_is_verified(dpip: JournalService, dpip_context: Context, aged: int) -> None:
    dpip.trim("la bonne")
    backups = BackupService(dpip_context)
    backups.make("asked")
    assert backups.try_newest().lines == aged + 2
