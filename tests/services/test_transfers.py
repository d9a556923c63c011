"""Contacts, packages prepared, written, read, merged, acknowledged: between two real stores, by real files."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from spip_desktop.db import officer as officers
from spip_desktop.db import transfer
from spip_desktop.db.schema import JOURNAL
from spip_desktop.domain.clock import Clock
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.ids import Ids
from spip_desktop.domain.officer import Role
from spip_desktop.domain.transfer import Compared, ContactKind, Content, Scope, SentPackage, SentState, TransferKind
from spip_desktop.exchange import card as cards
from spip_desktop.exchange.identity import StationKeys
from spip_desktop.services.context import Context
from spip_desktop.services.departure import PART
from spip_desktop.services.transfer_sending import Preparing
from spip_desktop.ui.tasks import Cancelled
from spip_desktop.wording import sentence
from tests.exchange.packages import records
from tests.services.transfer_fixtures import CHANGES, PASSPHRASE, Station, other_station, silently, station
from tests.store_fixtures import MovableClock, make_officer

WHY = "Suivi par l’antenne de Falaise"


@pytest.fixture
def here(context: Context) -> Station:
    """With three dossiers."""
    made = station(context)
    made.start(3)
    return made


@pytest.fixture
def there(template_store: Path, tmp_path: Path, clock: Clock, ids: Ids) -> Iterator[Station]:
    yield from other_station(template_store, tmp_path / "there", clock, ids)


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    (tmp_path / "stick").mkdir()
    return tmp_path / "stick"


@pytest.fixture
def sent(here: Station, there: Station, stick: Path) -> SentPackage:
    """A package written and verified, for a station that trusts this one."""
    contact = here.trust(there)
    there.trust(here)
    package = here.service.sending.prepare(Preparing(scope=CHANGES, purpose=WHY, contacts=(contact.id,)))
    return here.service.sending.write(package.id, stick, PASSPHRASE, silently)


def refused(act: object) -> str:
    with pytest.raises(Refusal) as refusal:
        act()  # type: ignore[operator]
    assert sentence(refusal.value)
    return refusal.value.code


def acts(context: Context) -> list[tuple[str, str, str]]:
    with context.store.reading() as tx:
        rows = tx.connection.execute(JOURNAL.select().order_by(JOURNAL.c.seq)).all()
    return [(row.act, row.reason, row.recipient) for row in rows]


# -- contacts --------------------------------------------------------------------------------------------------


def test_a_card_goes_by_file_and_is_believed_only_once_compared(here: Station, there: Station, stick: Path) -> None:
    path = there.service.contacts.save_mine(stick / "carte")
    assert path.suffix == ".spipcontact"
    contact = here.service.contacts.add(path)
    assert not contact.trusted
    seen = here.service.contacts.seen(contact.id)
    assert seen == there.service.contacts.shown() != here.service.contacts.shown()
    assert len(seen.words) == 8
    assert here.service.contacts.add(path) == contact, "the same card twice is one contact"
    preparing = Preparing(scope=CHANGES, purpose=WHY, contacts=(contact.id,))
    assert refused(lambda: here.service.sending.prepare(preparing)) == "contact_not_trusted"
    here.service.contacts.trust(contact.id, Compared.PHONE, ContactKind.STATION, "Pas de DPIP ici")
    assert here.service.sending.prepare(preparing)
    assert ("trust_station", "Pas de DPIP ici", contact.name) in acts(here.context)


def test_trust_is_for_a_dpip_and_can_be_taken_back(here: Station, there: Station) -> None:
    contact = here.service.contacts.add_card(there.service.contacts.mine())
    trust = here.service.contacts.trust
    assert refused(lambda: trust(contact.id, Compared.PHONE, ContactKind.STATION)) == "reason_needed_without_dpip"
    here.context.actor = replace(here.context.actor, store_has_dpip=True)
    assert refused(lambda: trust(contact.id, Compared.PHONE, ContactKind.STATION, "motif")) == "not_allowed"
    here.context.actor = replace(here.context.actor, officer=make_officer(here.context.ids, Role.DPIP))
    assert trust(contact.id, Compared.PHONE, ContactKind.STATION).trusted
    assert refused(lambda: here.service.contacts.withdraw(contact.id, " ")) == "reason_needed"
    assert not here.service.contacts.withdraw(contact.id, "Poste volé").trusted


def test_a_card_with_other_keys_does_not_take_the_place_of_a_trusted_one(here: Station, there: Station) -> None:
    contact = here.trust(there)
    forged = replace(there.service.contacts.mine(), keys=StationKeys.generate().public())
    assert refused(lambda: here.service.contacts.add_card(forged)) == "card_of_other_keys"
    here.service.contacts.withdraw(contact.id, "Clés changées")
    assert not here.service.contacts.add_card(forged).trusted


@pytest.mark.parametrize("change", ["name", "word", "cut", "bytes"])
def test_a_card_changed_on_the_way_is_refused(here: Station, there: Station, stick: Path, change: str) -> None:
    path = there.service.contacts.save_mine(stick / "carte")
    content = path.read_bytes()
    changed = {
        "name": content.replace(b"Valbrune", b"Falaise."),
        "word": content.replace(b"age1", b"age2"),
        "cut": content[:-20],
        "bytes": bytes(10_000),
    }[change]
    path.write_bytes(changed)
    code = refused(lambda: here.service.contacts.add(path))
    assert code == ("card_altered" if change == "name" else "card_unreadable")


def test_our_own_card_is_not_a_contact(here: Station, stick: Path) -> None:
    path = here.service.contacts.save_mine(stick / "carte")
    assert refused(lambda: here.service.contacts.add(path)) == "card_is_ours"
    assert cards.read(path.read_bytes()).station == here.context.store.identity.store


# -- out and in ------------------------------------------------------------------------------------------------


def test_a_package_goes_out_is_merged_and_acknowledged(
    here: Station, there: Station, sent: SentPackage, stick: Path
) -> None:
    assert here.asked == [PASSPHRASE]
    assert sent.state is SentState.VERIFIED
    assert sent.records > 3
    path = stick / sent.file_name
    assert sent.file_name.startswith("spip_antenne-de-valbrune_20261122_")
    assert [one.name for one in stick.iterdir()] == [sent.file_name]
    told = [one[0] for one in acts(here.context)]
    assert [one for one in told if one != "make_station_keys"][-4:] == [
        *("trust_station", "prepare_package", "write_package", "verify_package")
    ]
    assert ("write_package", WHY, "SPIP, antenne de Valbrune") in acts(here.context)

    arrived = there.service.receiving.look(path, "", silently)
    assert arrived.records == sent.records
    assert arrived.preview is not None
    assert len([one for one in arrived.preview.persons if one.name]) == 3
    assert there.names() == set(), "nothing is merged before a yes"
    received = there.service.receiving.merge(arrived)
    assert there.names() == here.names()
    assert (received.accepted, received.rejected, there.aside()) == (arrived.preview.accepted, 0, 0)

    given = there.service.receiving.receipt(received.id, stick)
    assert (given.suffix, len(given.read_bytes()) < 2000) == (".spipr", True)
    done = here.service.sending.read_receipt(given)
    assert (done.state, done.accepted) == (SentState.ACKNOWLEDGED, received.accepted)
    assert len(here.names()) == 3, "nothing is removed here because it was sent"


def test_the_same_package_twice_is_said_and_changes_nothing(there: Station, sent: SentPackage, stick: Path) -> None:
    path = stick / sent.file_name
    there.service.receiving.merge(there.service.receiving.look(path, "", silently))
    assert refused(lambda: there.service.receiving.look(path, "", silently)) == "package_already_imported"
    assert there.aside() == 0


def test_only_what_changed_since_the_receipt_goes_out_next(
    here: Station, there: Station, sent: SentPackage, stick: Path
) -> None:
    arrived = there.service.receiving.look(stick / sent.file_name, "", silently)
    received = there.service.receiving.merge(arrived)
    preparing = Preparing(scope=CHANGES, purpose=WHY, contacts=sent.contacts)
    whole = here.service.sending.holds(here.service.sending.prepare(preparing)).records
    assert whole == received.accepted, "before the receipt, everything goes out again"
    here.service.sending.read_receipt(there.service.receiving.receipt(received.id, stick))
    more = here.service.sending.prepare(preparing)
    assert refused(lambda: here.service.sending.write(more.id, stick, PASSPHRASE, silently)) == "nothing_to_send"
    here.start(1, first=50)
    written = here.service.sending.write(more.id, stick, PASSPHRASE, silently)
    assert written.records < sent.records
    arrived = there.service.receiving.look(stick / written.file_name, "", silently)
    there.service.receiving.merge(arrived)
    assert there.names() == here.names()


def acknowledged(here: Station, there: Station, stick: Path, scope: Scope) -> SentPackage:
    """A package sent, taken in and acknowledged."""
    contact = next(one for one in here.service.contacts.all() if one.trusted)
    package = here.service.sending.prepare(Preparing(scope=scope, purpose=WHY, contacts=(contact.id,)))
    written = here.service.sending.write(package.id, stick, PASSPHRASE, silently)
    arrived = there.service.receiving.look(stick / written.file_name, "", silently)
    received = there.service.receiving.merge(arrived)
    return here.service.sending.read_receipt(there.service.receiving.receipt(received.id, stick))


def test_who_follows_nobody_is_not_told_of_a_receipt_that_never_was(there: Station, here: Station, stick: Path) -> None:
    contact = there.trust(here)
    package = there.service.sending.prepare(Preparing(scope=CHANGES, purpose=WHY, contacts=(contact.id,)))
    assert refused(lambda: there.service.sending.write(package.id, stick, PASSPHRASE, silently)) == "no_dossier_to_send"
    assert list(stick.iterdir()) == []


def test_what_left_without_sensitive_data_acknowledges_nothing_of_what_stayed(
    here: Station, there: Station, stick: Path
) -> None:
    contact = here.trust(there)
    there.trust(here)
    reduced = replace(CHANGES, content=Content.WITHOUT_SENSITIVE)
    acknowledged(here, there, stick, reduced)
    whole = here.service.sending.prepare(Preparing(scope=CHANGES, purpose=WHY, contacts=(contact.id,)))
    assert here.service.sending.holds(whole).records == here.services.transfer_out.collect(CHANGES).records


def test_what_a_colleague_sent_of_their_dossiers_acknowledges_nothing_of_mine(
    here: Station, there: Station, stick: Path
) -> None:
    contact = here.trust(there)
    there.trust(here)
    mine, colleague = here.context.actor, make_officer(here.context.ids, Role.CPIP, identifier="valbrune-08")
    with here.context.store.transaction(mine, "test") as tx:
        officers.OFFICERS.save(tx, colleague)
    here.context.actor = replace(mine, officer=colleague)
    here.start(1, first=90)
    acknowledged(here, there, stick, CHANGES)
    here.context.actor = mine
    package = here.service.sending.prepare(Preparing(scope=CHANGES, purpose=WHY, contacts=(contact.id,)))
    assert here.service.sending.holds(package).records == here.services.transfer_out.collect(CHANGES).records > 0


def test_a_package_of_a_station_nobody_trusts_shows_its_words_and_no_more(
    here: Station, there: Station, stick: Path
) -> None:
    contact = here.trust(there)
    package = here.service.sending.prepare(Preparing(scope=CHANGES, purpose=WHY, contacts=(contact.id,)))
    written = here.service.sending.write(package.id, stick, PASSPHRASE, silently)
    arrived = there.service.receiving.look(stick / written.file_name, "", silently)
    assert (arrived.preview, arrived.sender.trusted) == (None, False)
    assert refused(lambda: there.service.receiving.merge(arrived)) == "sender_not_trusted"
    there.service.contacts.trust(arrived.sender.id, Compared.PHONE, ContactKind.STATION, "Comparée")
    arrived = there.service.receiving.look_again(arrived)
    assert arrived.preview is not None
    assert there.service.receiving.merge(arrived).accepted == arrived.preview.accepted > 0


def test_a_phrase_opens_what_was_written_for_no_one_known(here: Station, there: Station, stick: Path) -> None:
    package = here.service.sending.prepare(Preparing(scope=CHANGES, purpose=WHY, by_phrase=True))
    assert len(package.phrase.split()) == 6
    written = here.service.sending.write(package.id, stick, PASSPHRASE, silently)
    assert ("write_package", WHY, "phrase de six mots") in acts(here.context)
    assert package.phrase not in repr(acts(here.context))
    path = stick / written.file_name
    there.trust(here)
    assert there.service.receiving.needs_phrase(path)
    assert refused(lambda: there.service.receiving.look(path, "", silently)) == "phrase_needed"
    received = there.service.receiving.merge(there.service.receiving.look(path, package.phrase.upper(), silently))
    receipt = there.service.receiving.receipt(received.id, stick)
    assert refused(lambda: here.service.sending.read_receipt(receipt)) == "receipt_of_unknown_station"
    here.trust(there)
    assert here.service.sending.read_receipt(receipt).phrase == "", "the phrase is forgotten once it has served"


def test_the_key_kept_apart_opens_every_package(here: Station, there: Station, stick: Path) -> None:
    escrow = StationKeys.generate()
    card = replace(here.service.contacts.mine(), station=here.context.ids.new(), keys=escrow.public(), name="Séquestre")
    kept = here.service.contacts.add_card(card)
    here.service.contacts.trust(kept.id, Compared.FACE_TO_FACE, ContactKind.ESCROW, "Clé du service")
    contact = here.trust(there)
    package = here.service.sending.prepare(Preparing(scope=CHANGES, purpose=WHY, contacts=(contact.id,)))
    written = here.service.sending.write(package.id, stick, PASSPHRASE, silently)
    from tests.exchange.packages import read

    content = (stick / written.file_name).read_bytes()
    for keys in (escrow, here.service.contacts.keys(), there.service.contacts.keys()):
        assert read(content, keys)[1].tally.records == written.records
    assert refused(lambda: read(content, StationKeys.generate())) == "package_wrong_key", "the control"


# -- what is not done ------------------------------------------------------------------------------------------


def test_nothing_sensitive_goes_to_another_system(here: Station, there: Station) -> None:
    contact = here.service.contacts.add_card(there.service.contacts.mine())
    here.service.contacts.trust(contact.id, Compared.PHONE, ContactKind.OTHER_SYSTEM, "Comparée")
    preparing = Preparing(scope=CHANGES, purpose=WHY, contacts=(contact.id,))
    assert refused(lambda: here.service.sending.prepare(preparing)) == "sensitive_to_other_system"
    less = Scope(kind=TransferKind.CHANGES, content=Content.WITHOUT_SENSITIVE)
    assert here.service.sending.prepare(replace(preparing, scope=less))


def test_a_purpose_and_a_recipient_are_asked(here: Station) -> None:
    prepare = here.service.sending.prepare
    assert refused(lambda: prepare(Preparing(scope=CHANGES, purpose=" . ", by_phrase=True))) == "purpose_needed"
    assert refused(lambda: prepare(Preparing(scope=CHANGES, purpose=WHY))) == "recipient_needed"


def test_a_removable_medium_is_written_on_once_the_officer_said_that_it_is_allowed(
    here: Station, there: Station, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("spip_desktop.security.folder._REMOVABLE_PLACES", (stick.parent,))
    contact = here.trust(there)
    package = here.service.sending.prepare(Preparing(scope=CHANGES, purpose=WHY, contacts=(contact.id,)))
    assert here.service.sending.is_removable(stick)
    write = here.service.sending.write
    assert refused(lambda: write(package.id, stick, PASSPHRASE, silently)) == "medium_not_allowed"
    assert list(stick.iterdir()) == []
    assert write(package.id, stick, PASSPHRASE, silently, medium_allowed=True).state is SentState.VERIFIED


def test_without_the_passphrase_nothing_is_written(here: Station, there: Station, stick: Path) -> None:
    contact = here.trust(there)

    def wrong(_: str) -> None:
        raise Refusal("current_passphrase_wrong", "current_passphrase")

    here.service.sending._reauthenticate = wrong
    package = here.service.sending.prepare(Preparing(scope=CHANGES, purpose=WHY, contacts=(contact.id,)))
    write = here.service.sending.write
    assert refused(lambda: write(package.id, stick, "faux", silently)) == "current_passphrase_wrong"
    assert list(stick.iterdir()) == []


class _Stopped(Exception):  # noqa: N818
    pass


@pytest.mark.parametrize("how", ["stopped", "pulled"])
def test_a_writing_cut_short_leaves_it_ready_and_may_be_done_again(
    here: Station, there: Station, stick: Path, how: str
) -> None:
    contact = here.trust(there)
    here.start(150, first=10)
    package = here.service.sending.prepare(Preparing(scope=CHANGES, purpose=WHY, contacts=(contact.id,)))

    def stop(done: int, total: int) -> None:
        if how == "stopped" and done > 100:
            raise _Stopped
        if how == "pulled" and done > 100:
            raise OSError(5, "Input/output error")

    with pytest.raises((_Stopped, Refusal)):
        here.service.sending.write(package.id, stick, PASSPHRASE, stop)
    assert here.service.sending.get(package.id).state is SentState.READY
    assert list(stick.iterdir()) == []
    assert here.service.sending.write(package.id, stick, PASSPHRASE, silently).state is SentState.VERIFIED


def test_a_medium_that_lies_is_found_out_and_the_package_stays_ready(
    here: Station, there: Station, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    contact = here.trust(there)
    package = here.service.sending.prepare(Preparing(scope=CHANGES, purpose=WHY, contacts=(contact.id,)))
    replace_file = __import__("os").replace

    def lying(source: Path, target: Path) -> None:
        replace_file(source, target)
        Path(target).write_bytes(bytes(Path(target).stat().st_size))

    monkeypatch.setattr("os.replace", lying)
    write = here.service.sending.write
    assert refused(lambda: write(package.id, stick, PASSPHRASE, silently)) == "target_not_verified"
    monkeypatch.undo()
    assert here.service.sending.get(package.id).state is SentState.READY
    assert list(stick.iterdir()) == []
    assert acts(here.context)[-1][0] == "package_not_written"


def test_a_kill_before_the_verification_leaves_it_written_and_its_file_can_be_read_again(
    here: Station, sent: SentPackage, stick: Path
) -> None:
    with here.context.store.transaction(here.context.actor, "test") as tx:
        transfer.SENT.save(tx, replace(sent, state=SentState.WRITTEN))
    assert here.service.sending.verify(sent.id, stick / sent.file_name).state is SentState.VERIFIED
    (stick / "other").write_bytes(b"x")
    assert refused(lambda: here.service.sending.verify(sent.id, stick / "other")) == "target_not_verified"


def test_a_package_that_does_not_hold_leaves_nothing_aside(there: Station, sent: SentPackage, stick: Path) -> None:
    path = stick / sent.file_name
    content = path.read_bytes()
    for changed, code in (
        (content[:-1], "package_truncated"),
        (content[:1000] + b"x" + content[1001:], "package_altered"),
    ):
        path.write_bytes(changed)
        assert refused(lambda: there.service.receiving.look(path, "", silently)) == code
        assert there.aside() == 0
    path.write_bytes(content)
    assert there.service.receiving.look(path, "", silently).records == sent.records, "the control"


def test_what_a_kill_left_aside_goes_at_the_next_look(there: Station, sent: SentPackage, stick: Path) -> None:
    with there.context.store.transaction(there.context.actor, "stage_package") as tx:
        transfer.stage(tx, tx.ids.new(), 0, records(5))
    there.service.receiving.look(stick / sent.file_name, "", silently)
    assert there.aside() == sent.records
    there.service.receiving.drop()
    assert there.aside() == 0


def test_our_own_package_is_not_taken_in(here: Station, sent: SentPackage, stick: Path) -> None:
    assert refused(lambda: here.service.receiving.look(stick / sent.file_name, "", silently)) == "package_is_ours"


def test_many_records_are_merged_after_a_backup(here: Station, there: Station, stick: Path) -> None:
    contact = here.trust(there)
    there.trust(here)
    here.start(60, first=10)
    package = here.service.sending.prepare(Preparing(scope=CHANGES, purpose=WHY, contacts=(contact.id,)))
    written = here.service.sending.write(package.id, stick, PASSPHRASE, silently)
    there.service.receiving.merge(there.service.receiving.look(stick / written.file_name, "", silently))
    assert there.backups == ["made"]


# -- receipts --------------------------------------------------------------------------------------------------


def test_a_receipt_of_another_file_or_of_nobody_known_acknowledges_nothing(
    here: Station, there: Station, sent: SentPackage, stick: Path
) -> None:
    arrived = there.service.receiving.look(stick / sent.file_name, "", silently)
    received = there.service.receiving.merge(arrived)
    receipt = there.service.receiving.receipt(received.id, stick)
    content = receipt.read_bytes()
    receipt.write_bytes(content.replace(b'"rejected":0', b'"rejected":1'))
    assert refused(lambda: here.service.sending.read_receipt(receipt)) == "receipt_altered"
    receipt.write_bytes(b"{}\n")
    assert refused(lambda: here.service.sending.read_receipt(receipt)) == "receipt_unreadable"
    receipt.write_bytes(content)
    assert refused(lambda: there.service.sending.read_receipt(receipt)) == "receipt_of_no_package"
    here.service.contacts.withdraw(sent.contacts[0], "Poste volé")
    assert refused(lambda: here.service.sending.read_receipt(receipt)) == "receipt_of_unknown_station"
    assert here.service.sending.get(sent.id).state is SentState.VERIFIED


def test_a_package_is_handed_over_once_verified_and_never_in_the_future(
    here: Station, sent: SentPackage, moving: MovableClock
) -> None:
    hand_over = here.service.sending.hand_over
    tomorrow = moving.today.replace(day=23)
    assert refused(lambda: hand_over(sent.id, tomorrow, "Vaguemestre")) == "handed_in_future"
    assert hand_over(sent.id, moving.today, "Vaguemestre").state is SentState.HANDED_OVER
    again = here.service.sending.write_again(sent.id)
    assert (again.state, again.handed_to) == (SentState.READY, "")
    assert refused(lambda: hand_over(sent.id, moving.today, "x")) == "package_not_verified"
    here.service.sending.drop(sent.id)
    assert here.service.sending.all() == []


def test_a_name_that_ends_in_part_is_never_left(stick: Path, sent: SentPackage) -> None:
    assert not [one for one in stick.iterdir() if one.name.endswith(PART)]


def test_a_merge_that_is_stopped_takes_nothing_and_can_be_done_again(
    there: Station, sent: SentPackage, stick: Path
) -> None:
    arrived = there.service.receiving.look(stick / sent.file_name, "", silently)

    def stopped(done: int, total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        there.service.receiving.look_again(arrived, stopped)
    with pytest.raises(Cancelled):
        there.service.receiving.merge(arrived, stopped)
    assert (there.names(), there.service.receiving.all()) == (set(), [])
    assert there.service.receiving.merge(arrived).accepted > 0
