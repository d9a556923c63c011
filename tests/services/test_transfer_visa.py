"""A plan goes to the DPIP's station for a visa; the answer comes back in a package and stands in the plan."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from spip_desktop.db import officer as officers
from spip_desktop.domain.clock import Clock
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.ids import Ids
from spip_desktop.domain.officer import Actor, Role
from spip_desktop.domain.pacep_states import Agreement, PlanState, VisaWay
from spip_desktop.domain.transfer import Content, ReceivedPackage, Scope, SentPackage, TransferKind
from spip_desktop.services.context import Context
from spip_desktop.services.pacep import Answer, Visa
from spip_desktop.services.transfer_sending import Preparing
from tests.pacep_fixtures import evaluate, write
from tests.services.transfer_fixtures import PASSPHRASE, Station, other_station, silently, station
from tests.store_fixtures import make_officer

TODAY = date(2026, 11, 22)
WHY = "Visa demandé"


@dataclass
class Pair:
    """The CPIP's station, the DPIP's, and the stick between them."""

    cpip: Station
    dpip: Station
    stick: Path
    person: UUID
    plan: UUID

    def carry(self, sender: Station, receiver: Station, scope: Scope) -> tuple[SentPackage, ReceivedPackage]:
        contact = next(one for one in sender.service.contacts.all() if one.station == receiver.own_number())
        package = sender.service.sending.prepare(Preparing(scope=scope, purpose=WHY, contacts=(contact.id,)))
        written = sender.service.sending.write(package.id, self.stick, PASSPHRASE, silently)
        arrived = receiver.service.receiving.look(self.stick / written.file_name, "", silently)
        return written, receiver.service.receiving.merge(arrived)

    def ask(self) -> tuple[SentPackage, ReceivedPackage]:
        return self.carry(self.cpip, self.dpip, self.for_visa())

    def for_visa(self) -> Scope:
        return Scope(kind=TransferKind.FOR_VISA, content=Content.COMPLETE, persons=(self.person,))

    def back(self, received: ReceivedPackage) -> Scope:
        return Scope(
            kind=TransferKind.VISA, content=Content.COMPLETE, persons=received.persons, answers=received.id
        )  # fmt: skip

    def state(self) -> PlanState:
        version = self.cpip.services.pacep.view(self.person, self.plan).version
        assert version is not None
        return version.state


@pytest.fixture
def pair(
    context: Context, perrin: UUID, template_store: Path, tmp_path: Path, clock: Clock, ids: Ids
) -> Iterator[Pair]:
    cpip = station(context)
    cpip.services.persons.assign(perrin, context.officer_id, reason="nouveau")
    course = cpip.services.pacep.course
    plan = write(cpip.services.pacep, perrin, evaluate(context, perrin).need).plan
    course.submit(plan)
    course.note_agreement(plan, Answer(agreement=Agreement.YES, happened_on=TODAY))
    (tmp_path / "stick").mkdir()
    for other in other_station(template_store, tmp_path / "there", clock, ids):
        dpip = station(as_dpip(other.context))
        for one, another in ((cpip, dpip), (dpip, cpip)):
            one.trust(another)
        yield Pair(cpip, dpip, tmp_path / "stick", perrin, plan)


def as_dpip(context: Context) -> Context:
    dpip = replace(make_officer(context.ids, Role.DPIP, identifier="falaise-01"), family_name="Kerbrat")
    with context.store.transaction(context.actor, "add_officer") as tx:
        officers.OFFICERS.save(tx, dpip)
        tx.note("officer", dpip.id)
    return Context(context.store, Actor(dpip, store_has_dpip=True))


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(Refusal) as refusal:
        act()
    return refusal.value.code


def test_the_dpip_finds_the_plan_and_their_visa_comes_back_to_it(pair: Pair) -> None:
    sent, received = pair.ask()
    (awaited,) = pair.dpip.service.visas.awaited(received.persons)
    assert (awaited.label, awaited.person) == ("PACEP, version 1", "Loïc PERRIN")
    assert awaited.place.field == f"version.{pair.plan}"
    assert pair.cpip.service.visas.answers(sent.id) == []

    pair.dpip.services.pacep.course.note_visa(pair.plan, Visa(way=VisaWay.SCREEN, happened_on=TODAY))
    assert pair.dpip.service.visas.awaited(received.persons) == []
    assert pair.state() is PlanState.AGREED, "the visa has not come back yet"
    _, back = pair.carry(pair.dpip, pair.cpip, pair.back(received))

    assert pair.state() is PlanState.STAMPED
    view = pair.cpip.services.pacep.view(pair.person, pair.plan)
    assert "KERBRAT" in " ".join(view.officers.values()).upper(), "who gave the visa is named on the CPIP's station"
    (answer,) = pair.cpip.service.visas.answers(sent.id)
    assert (answer.seen, answer.on, answer.document.label) == (True, TODAY, "PACEP, version 1")
    asked = pair.cpip.service.visas.asked(pair.person)
    assert asked is not None
    assert (asked.package.id, asked.answered_on, back.answers) == (sent.id, TODAY, sent.id)


def test_a_plan_sent_back_brings_its_remark(pair: Pair) -> None:
    sent, received = pair.ask()
    pair.dpip.services.pacep.course.send_back(pair.plan, "Préciser le niveau d’intervention.")
    pair.carry(pair.dpip, pair.cpip, pair.back(received))
    (answer,) = pair.cpip.service.visas.answers(sent.id)
    assert (answer.seen, answer.remark) == (False, "Préciser le niveau d’intervention.")
    assert pair.state() is PlanState.AGREED


def test_the_answer_carries_what_was_written_since_and_not_the_dossier_again(pair: Pair) -> None:
    sent, received = pair.ask()
    pair.dpip.services.pacep.course.note_visa(pair.plan, Visa(way=VisaWay.SCREEN, happened_on=TODAY))
    answer = pair.dpip.service.sending
    contact = pair.dpip.service.contacts.all()[0].id
    package = answer.prepare(Preparing(scope=pair.back(received), purpose=WHY, contacts=(contact,)))
    assert answer.holds(package).records == 1
    assert sent.records > 10, "the control: the dossier itself is more than that"


def test_what_awaits_no_visa_does_not_go_for_one(pair: Pair) -> None:
    pair.cpip.services.pacep.course.note_visa(
        pair.plan, Visa(way=VisaWay.PAPER, happened_on=TODAY, signed_by="M. Kerbrat")
    )
    contact = pair.cpip.service.contacts.all()[0].id
    asked = Preparing(scope=pair.for_visa(), purpose=WHY, contacts=(contact,))
    assert refused(lambda: pair.cpip.service.sending.prepare(asked)) == "nothing_awaits_visa"


def test_a_visa_goes_back_only_to_what_asked_for_it_and_once_given(pair: Pair) -> None:
    _, received = pair.ask()
    sending, contact = pair.dpip.service.sending, pair.dpip.service.contacts.all()[0].id
    scope = pair.back(received)
    loose = Preparing(scope=replace(scope, answers=None), purpose=WHY, contacts=(contact,))
    assert refused(lambda: sending.prepare(loose)) == "visa_of_no_package"
    other = Preparing(scope=replace(scope, persons=(pair.plan,)), purpose=WHY, contacts=(contact,))
    assert refused(lambda: sending.prepare(other)) == "visa_of_no_package"
    early = Preparing(scope=scope, purpose=WHY, contacts=(contact,))
    assert refused(lambda: sending.prepare(early)) == "nothing_answered"
