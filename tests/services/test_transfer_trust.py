"""Stations lost, codes compared by machine, receipts read out by phone: two real stores, real files."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from spip_desktop.db.transfer import RECEIVED
from spip_desktop.domain.clock import Clock
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.ids import Ids
from spip_desktop.domain.transfer import Compared, ContactKind, ReceivedPackage, SentPackage, SentState
from spip_desktop.services.context import Context
from spip_desktop.services.transfer_sending import Preparing
from spip_desktop.wording import sentence
from tests.services.test_transfers import acts
from tests.services.transfer_fixtures import CHANGES, PASSPHRASE, Station, other_station, silently, station
from tests.store_fixtures import MovableClock

WHY = "Suivi par l’antenne de Falaise"
TODAY = date(2026, 11, 22)


@pytest.fixture
def here(context: Context) -> Station:
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


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(Refusal) as refusal:
        act()
    assert sentence(refusal.value)
    return refusal.value.code


def sent(sender: Station, receiver: Station, stick: Path) -> SentPackage:
    contact = next(one for one in sender.service.contacts.all() if one.station == receiver.own_number())
    package = sender.service.sending.prepare(Preparing(scope=CHANGES, purpose=WHY, contacts=(contact.id,)))
    return sender.service.sending.write(package.id, stick, PASSPHRASE, silently)


def taken(receiver: Station, package: SentPackage, stick: Path) -> ReceivedPackage:
    return receiver.service.receiving.merge(
        receiver.service.receiving.look(stick / package.file_name, "", silently)
    )  # fmt: skip


# -- a station that is lost ----------------------------------------------------------------------------------


def test_nothing_goes_to_a_lost_station_any_more(here: Station, there: Station, stick: Path) -> None:
    contact = here.trust(there)
    ready = here.service.sending.prepare(Preparing(scope=CHANGES, purpose=WHY, contacts=(contact.id,)))
    assert refused(lambda: here.service.contacts.revoke(contact.id, TODAY, " ")) == "reason_needed_without_dpip"
    assert refused(lambda: here.service.contacts.revoke(contact.id, date(2026, 11, 23), "Volé")) == "revoked_in_future"
    lost = here.service.contacts.revoke(contact.id, TODAY, "Poste volé")
    assert (lost.trusted, lost.revoked_on) == (False, TODAY)
    assert refused(lambda: here.service.sending.write(ready.id, stick, PASSPHRASE, silently)) == "contact_not_trusted"
    again = Preparing(scope=CHANGES, purpose=WHY, contacts=(contact.id,))
    assert refused(lambda: here.service.sending.prepare(again)) == "contact_not_trusted"
    assert ("revoke_station", "Poste volé", lost.name) in acts(here.context)


def test_a_lost_station_is_never_trusted_again_by_the_same_card(here: Station, there: Station, stick: Path) -> None:
    contact = here.trust(there)
    here.service.contacts.revoke(contact.id, TODAY, "Poste volé")
    believe = lambda: here.service.contacts.trust(  # noqa: E731
        contact.id, Compared.PHONE, ContactKind.STATION, "Retrouvé"
    )
    assert refused(believe) == "card_revoked"
    assert refused(lambda: here.service.contacts.revoke(contact.id, TODAY, "Encore")) == "card_revoked"
    card = there.service.contacts.save_mine(stick / "carte")
    assert refused(lambda: here.service.contacts.add(card)) == "card_revoked"


def test_what_a_lost_station_wrote_before_is_taken_and_what_it_writes_since_is_not(
    here: Station, there: Station, stick: Path, moving: MovableClock
) -> None:
    here.trust(there)
    contact = there.trust(here)
    before = sent(here, there, stick)
    moving.move(days=2)
    here.start(1, first=7)
    since = sent(here, there, stick)
    looked = there.service.receiving.look(stick / since.file_name, "", silently)
    there.service.contacts.revoke(contact.id, date(2026, 11, 23), "Poste volé")
    assert refused(lambda: there.service.receiving.merge(looked)) == "sender_revoked", "looked at before, not taken now"
    assert refused(lambda: taken(there, since, stick)) == "sender_revoked"
    assert there.aside() == 0
    assert taken(there, before, stick).accepted > 0


def test_a_lost_station_comes_back_under_new_keys(here: Station, there: Station, stick: Path) -> None:
    contact = here.trust(there)
    here.service.contacts.revoke(contact.id, TODAY, "Poste volé")
    there.service.contacts.renew("Poste remplacé")
    renewed = here.service.contacts.add(there.service.contacts.save_mine(stick / "carte"))
    assert renewed.id != contact.id
    assert here.service.contacts.trust(renewed.id, Compared.PHONE, ContactKind.STATION, "Comparée").trusted


# -- codes compared ------------------------------------------------------------------------------------------


def test_a_code_that_is_read_is_compared_by_the_program(here: Station, there: Station) -> None:
    contact = here.service.contacts.add_card(there.service.contacts.mine())

    def trust(scanned: str) -> bool:
        return here.service.contacts.trust(contact.id, Compared.QR, ContactKind.STATION, "Lu", scanned).trusted

    assert refused(lambda: trust("")) == "required"
    assert refused(lambda: trust(here.service.contacts.mine().keys.code())) == "code_differs"
    assert trust(there.service.contacts.mine().keys.code().lower() + "\n")


# -- receipts by phone ---------------------------------------------------------------------------------------


def test_a_receipt_read_out_by_phone_acknowledges_and_is_said_so(here: Station, there: Station, stick: Path) -> None:
    here.trust(there)
    there.trust(here)
    package = sent(here, there, stick)
    received = taken(there, package, stick)
    code = there.service.receiving.spoken(received.id)
    assert len(code.replace("-", "")) == 16
    heard = here.service.sending.hear_receipt(package.id, code.lower().replace("-", " ").replace("0", "o"))
    assert (heard.state, heard.by_phone, heard.rejected) == (SentState.ACKNOWLEDGED, True, 0)
    assert [act for act, _, _ in acts(here.context)][-1] == "acknowledge_by_phone"
    assert [act for act, _, _ in acts(there.context)][-1] == "tell_receipt"
    following = here.service.sending.prepare(Preparing(scope=CHANGES, purpose=WHY, contacts=package.contacts))
    assert here.service.sending.holds(following).records == 0, "the next sending starts from there"


def test_the_file_may_still_follow_what_was_told(here: Station, there: Station, stick: Path) -> None:
    here.trust(there)
    there.trust(here)
    package = sent(here, there, stick)
    received = taken(there, package, stick)
    here.service.sending.hear_receipt(package.id, there.service.receiving.spoken(received.id))
    confirmed = here.service.sending.read_receipt(there.service.receiving.receipt(received.id, stick))
    assert (confirmed.by_phone, confirmed.accepted) == (False, received.accepted)


def test_a_code_of_another_package_or_badly_copied_acknowledges_nothing(
    here: Station, there: Station, stick: Path
) -> None:
    here.trust(there)
    there.trust(here)
    package = sent(here, there, stick)
    code = there.service.receiving.spoken(taken(there, package, stick).id)
    here.start(1, first=8)
    other = sent(here, there, stick)
    hear = here.service.sending.hear_receipt
    assert refused(lambda: hear(other.id, code)) == "spoken_of_other_package"
    assert refused(lambda: hear(package.id, code[:-1])) == "spoken_length"
    for place, sign in enumerate(code):
        if sign != "-":
            changed = code[:place] + ("7" if sign != "7" else "8") + code[place + 1 :]
            assert refused(partial(hear, package.id, changed)) == "spoken_check", place
    swapped = code[1] + code[0] + code[2:]
    if swapped != code:
        assert refused(lambda: hear(package.id, swapped)) == "spoken_check"
    assert here.service.sending.get(package.id).state is SentState.VERIFIED


def test_only_who_opened_the_package_can_tell_its_receipt(here: Station, there: Station, stick: Path) -> None:
    here.trust(there)
    there.trust(here)
    package = sent(here, there, stick)
    received = taken(there, package, stick)
    with there.context.store.transaction(there.context.actor, "test") as tx:
        RECEIVED.save(tx, replace(received, content_sha256="00" * 32))  # the file is known, its content is not
    code = there.service.receiving.spoken(received.id)
    assert refused(lambda: here.service.sending.hear_receipt(package.id, code)) == "spoken_of_other_package"
