"""What the next package carries: a dossier goes whole until a package that carried it was acknowledged."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from spip_desktop.db import officer as officers
from spip_desktop.db import person as persons
from spip_desktop.db.partner import PARTNERS
from spip_desktop.db.prescription import PRESCRIPTIONS
from spip_desktop.domain.duplicate import Side
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.ids import Ids
from spip_desktop.domain.officer import Role
from spip_desktop.domain.partner import Partner, PartnerService
from spip_desktop.domain.person import Contact
from spip_desktop.domain.prescription import Prescription
from spip_desktop.domain.transfer import Content, Scope, SentPackage, SentState, TransferKind, acknowledged
from spip_desktop.services.context import Context
from spip_desktop.services.evaluation_ground import Ground
from spip_desktop.services.held_data import HeldData
from spip_desktop.services.transfer_sending import Preparing
from tests.services.transfer_fixtures import CHANGES, PASSPHRASE, Station, other_station, silently, station
from tests.store_fixtures import MovableClock, make_officer

WHY = "Suivi par l’antenne de Falaise"


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    (tmp_path / "stick").mkdir()
    return tmp_path / "stick"


@pytest.fixture
def two(
    context: Context, template_store: Path, tmp_path: Path, moving: MovableClock, ids: Ids
) -> Iterator[tuple[Station, Station]]:
    """Two stations that trust each other; here one dossier is followed."""
    here = station(context)
    here.start(1)
    for there in other_station(template_store, tmp_path / "there", moving.clock, ids):
        here.trust(there)
        there.trust(here)
        yield here, there


def prepared(here: Station, scope: Scope = CHANGES) -> SentPackage:
    contact = next(one for one in here.service.contacts.all() if one.trusted)
    return here.service.sending.prepare(Preparing(scope=scope, purpose=WHY, contacts=(contact.id,)))


def sent(here: Station, there: Station, stick: Path, moving: MovableClock, scope: Scope = CHANGES) -> SentPackage:
    """The changes, written, taken in and acknowledged."""
    moving.move(seconds=1)
    written = here.service.sending.write(prepared(here, scope).id, stick, PASSPHRASE, silently)
    moving.move(seconds=1)
    received = there.service.receiving.merge(there.service.receiving.look(stick / written.file_name, "", silently))
    assert received.rejected == 0
    moving.move(seconds=1)
    return here.service.sending.read_receipt(there.service.receiving.receipt(received.id, stick))


def nothing_is_left(here: Station, stick: Path) -> bool:
    package = prepared(here)
    with pytest.raises(Refusal) as refusal:
        here.service.sending.write(package.id, stick, PASSPHRASE, silently)
    here.service.sending.drop(package.id)
    return refusal.value.code == "nothing_to_send"


def colleague(here: Station) -> UUID:
    with here.context.store.transaction(here.context.actor, "test") as tx:
        other = make_officer(here.context.ids, Role.CPIP, identifier="valbrune-08")
        officers.OFFICERS.save(tx, other)
    return other.id


def started(here: Station, name: str, *, to: UUID, starts: date | None = None) -> UUID:
    """A dossier followed by that officer, from that day."""
    before = here.names()
    here.start(1, first=300 + len(before))
    with here.context.store.transaction(here.context.actor, "test") as tx:
        (person,) = [one for one in persons.PERSONS.find(tx) if one.birth_name not in before]
        persons.save(tx, replace(person, birth_name=name))
        (assignment,) = persons.ASSIGNMENTS.find(tx, person_id=person.id)
        changed = replace(assignment, officer_id=to, starts=starts or assignment.starts)
        persons.ASSIGNMENTS.save(tx, changed)
    return person.id


def with_role(here: Station, *roles: Role) -> None:
    actor = here.context.actor
    here.context.actor = replace(actor, officer=replace(actor.officer, roles=roles), store_has_dpip=Role.DPIP in roles)


def test_who_becomes_dpip_sends_the_dossiers_that_now_fall_under_them(
    two: tuple[Station, Station], stick: Path, moving: MovableClock
) -> None:
    here, there = two
    started(here, "Autre", to=colleague(here))
    here.start(1, first=40)  # what is written afterwards takes the receipt past it
    sent(here, there, stick, moving)
    assert "Autre" not in there.names(), "the control: it was not theirs to send"
    with_role(here, Role.CPIP, Role.DPIP)
    sent(here, there, stick, moving)
    assert there.names() == here.names()
    assert nothing_is_left(here, stick)


def test_who_is_dpip_no_more_sends_nothing_twice(
    two: tuple[Station, Station], stick: Path, moving: MovableClock
) -> None:
    here, there = two
    with_role(here, Role.CPIP, Role.DPIP)
    sent(here, there, stick, moving)
    with_role(here, Role.CPIP)
    assert nothing_is_left(here, stick)


def test_an_assignment_typed_ahead_is_sent_once_it_runs(
    two: tuple[Station, Station], stick: Path, moving: MovableClock
) -> None:
    here, there = two
    ahead = moving.clock.today() + timedelta(days=10)
    started(here, "Attendu", to=here.context.officer_id, starts=ahead)
    here.start(1, first=40)  # what is written afterwards takes the receipt past it
    sent(here, there, stick, moving)
    assert "Attendu" not in there.names(), "the control: nobody follows them yet"
    moving.move(days=10)
    sent(here, there, stick, moving)
    assert "Attendu" in there.names()
    assert nothing_is_left(here, stick)


def test_a_partner_known_for_long_goes_with_the_first_sheet_that_names_them(
    two: tuple[Station, Station], stick: Path, moving: MovableClock
) -> None:
    here, there = two
    new = here.context.ids.new
    service = PartnerService(id=new(), name="Insertion", kind="mission_locale")
    partner = Partner(id=new(), name="Mission locale de Falaise", services=(service,))
    with here.context.store.transaction(here.context.actor, "test") as tx:
        PARTNERS.save(tx, partner)
    here.start(1, first=60)
    sent(here, there, stick, moving)
    with here.context.store.transaction(here.context.actor, "test") as tx:
        person = persons.PERSONS.find(tx)[0]
        sheet = Prescription(
            id=new(), person_id=person.id, partner_id=partner.id, service_id=service.id, drafted_on=tx.clock.today(),
            sheet="{}",
        )  # fmt: skip
        PRESCRIPTIONS.save(tx, sheet)
    sent(here, there, stick, moving)
    with there.context.store.reading() as tx:
        assert [one.name for one in PARTNERS.find(tx)] == [partner.name]
        assert [one.partner_id for one in PRESCRIPTIONS.find(tx)] == [partner.id]
    assert nothing_is_left(here, stick)


@pytest.mark.parametrize("mine_is_older", [True, False])  # the older of the two stays
def test_a_dossier_that_another_was_merged_into_goes_whole_again(
    two: tuple[Station, Station], stick: Path, moving: MovableClock, *, mine_is_older: bool
) -> None:
    here, there = two
    followers = [here.context.officer_id, colleague(here)]
    found = {}
    for officer in followers if mine_is_older else reversed(followers):
        moving.move(seconds=1)
        found[officer] = started(here, "Nguyen", to=officer)
    mine, theirs = (found[officer] for officer in followers)
    stays, goes = (mine, theirs) if mine_is_older else (theirs, mine)
    with here.context.store.transaction(here.context.actor, "test") as tx:
        person = persons.PERSONS.get(tx, theirs)
        persons.save(tx, replace(person, birth_date=persons.PERSONS.get(tx, mine).birth_date))
        persons.CONTACTS.save(tx, Contact(id=tx.ids.new(), person_id=theirs, kind="famille", name="Sœur"))
    here.start(1, first=40)
    sent(here, there, stick, moving)
    with_role(here, Role.CPIP, Role.DPIP)  # who opens both
    pair = next(one for one in here.services.duplicates.all() if (one.stays.id, one.other.id) == (stays, goes))
    here.services.duplicates.merge(
        pair.id, {field.code: Side.STAYS for field in here.services.duplicates.view(pair.id).fields}
    )
    sent(here, there, stick, moving)
    with there.context.store.reading() as tx:
        assert [one.name for one in persons.CONTACTS.find(tx, person_id=stays)] == ["Sœur"]
        assert persons.PERSONS.stored(tx, goes).deleted_at is not None
    assert nothing_is_left(here, stick)


def test_what_one_of_two_recipients_acknowledged_still_goes_to_the_other() -> None:
    one, other, mine, new = (UUID(int=number) for number in range(4))
    package = SentPackage(
        id=UUID(int=9), kind=TransferKind.CHANGES, content=Content.COMPLETE, persons=(), contacts=(one, other),
        purpose=WHY, state=SentState.ACKNOWLEDGED, acknowledged_by=one, last_seq=12, dossiers=(mine,),
    )  # fmt: skip
    assert acknowledged([package], (one, other)).of(mine) == 0
    both = [package, replace(package, id=UUID(int=10), acknowledged_by=other, last_seq=9, everyone=True)]
    known = acknowledged(both, (one, other))
    assert (known.of(mine), known.of(new), acknowledged(both, (other,)).of(new)) == (9, 0, 9)
    assert acknowledged(both, ()).of(mine) == 0, "under a phrase, nobody is known to have anything"


def test_who_asks_for_their_data_is_told_of_each_package_of_changes_that_had_some(
    two: tuple[Station, Station], stick: Path, moving: MovableClock
) -> None:
    here, there = two
    held = HeldData(Ground(here.context, here.services.access))
    with here.context.store.reading() as tx:
        (mine,) = persons.PERSONS.find(tx)
        assert held.recipients(tx, mine.id) == []
    theirs = started(here, "Autre", to=colleague(here))
    sent(here, there, stick, moving)
    moving.move(days=1)
    here.start(1, first=40)
    sent(here, there, stick, moving)  # nothing in it of the first dossier
    moving.move(days=1)
    with here.context.store.transaction(here.context.actor, "test") as tx:
        persons.save(tx, replace(mine, email="loic@exemple.example"))
    sent(here, there, stick, moving)
    with here.context.store.reading() as tx:
        told = held.recipients(tx, mine.id)
        assert [one.day for one in told] == [date(2026, 11, 22), date(2026, 11, 24)]
        assert {one.to for one in told} == {"SPIP, antenne de Valbrune"}
        assert held.recipients(tx, theirs) == [], "it never left"


def test_what_came_back_of_another_dossier_hides_no_package_from_who_asks(
    two: tuple[Station, Station], stick: Path, moving: MovableClock
) -> None:
    here, there = two
    held = HeldData(Ground(here.context, here.services.access))
    with here.context.store.reading() as tx:
        (mine,) = persons.PERSONS.find(tx)
    other = started(here, "Autre", to=here.context.officer_id)
    sent(here, there, stick, moving)
    moving.move(days=1)
    with here.context.store.transaction(here.context.actor, "test") as tx:
        persons.save(tx, replace(mine, email="loic@exemple.example"))
        persons.save(tx, replace(persons.PERSONS.get(tx, other), email="autre@exemple.example"))
    sent(here, there, stick, moving, replace(CHANGES, persons=(other,)))  # its receipt is past both changes
    moving.move(days=1)
    sent(here, there, stick, moving)
    with here.context.store.reading() as tx:
        assert [one.day for one in held.recipients(tx, mine.id)] == [date(2026, 11, 22), date(2026, 11, 24)]
        assert [one.day for one in held.recipients(tx, other)] == [date(2026, 11, 22), date(2026, 11, 23)]


def test_who_asks_is_told_of_a_package_without_sensitive_data_which_holds_all_the_rest(
    two: tuple[Station, Station], stick: Path, moving: MovableClock
) -> None:
    here, there = two
    held = HeldData(Ground(here.context, here.services.access))
    sent(here, there, stick, moving)
    moving.move(days=1)
    here.service.sending.write(
        prepared(here, replace(CHANGES, content=Content.WITHOUT_SENSITIVE)).id, stick, PASSPHRASE, silently
    )
    with here.context.store.reading() as tx:
        (mine,) = persons.PERSONS.find(tx)
        assert [one.day for one in held.recipients(tx, mine.id)] == [date(2026, 11, 22), date(2026, 11, 23)]


def test_who_asks_is_told_of_what_left_again_before_its_receipt_was_read(
    two: tuple[Station, Station], stick: Path, moving: MovableClock
) -> None:
    here, there = two
    held = HeldData(Ground(here.context, here.services.access))
    with here.context.store.reading() as tx:
        (mine,) = persons.PERSONS.find(tx)
    other = started(here, "Autre", to=here.context.officer_id)
    sent(here, there, stick, moving, replace(CHANGES, persons=(other,)))
    moving.move(days=1)
    first = here.service.sending.write(prepared(here).id, stick, PASSPHRASE, silently)
    received = there.service.receiving.merge(there.service.receiving.look(stick / first.file_name, "", silently))
    moving.move(days=1)
    here.service.sending.write(prepared(here).id, stick, PASSPHRASE, silently)  # whole once more
    moving.move(days=1)
    here.service.sending.read_receipt(there.service.receiving.receipt(received.id, stick))
    with here.context.store.reading() as tx:
        assert [one.day for one in held.recipients(tx, mine.id)] == [date(2026, 11, 23), date(2026, 11, 24)]
