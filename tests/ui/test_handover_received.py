"""A dossier goes to another station and its answers come back, through real files, on the pages of both."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt

from spip_desktop.db import officer as officers
from spip_desktop.domain.access import AccessReason
from spip_desktop.domain.clock import Clock
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.handover import Step, first_appointment
from spip_desktop.domain.ids import Ids
from spip_desktop.domain.place import Place
from spip_desktop.domain.text import NBSP
from spip_desktop.domain.transfer import SentState
from spip_desktop.services.context import Context
from spip_desktop.services.handover import Proposal
from spip_desktop.ui.handover.page import HandoverPage
from spip_desktop.ui.transfers.list_page import TransfersPage
from spip_desktop.ui.transfers.package_page import PackagePage
from spip_desktop.ui.transfers.prepare_page import PreparePage
from spip_desktop.ui.transfers.receive_page import ReceivePage
from spip_desktop.ui.transfers.received_page import ReceivedPage
from tests.services.transfer_fixtures import PASSPHRASE, Station, other_station, station
from tests.store_fixtures import make_officer
from tests.ui.conftest import Show
from tests.ui.partners.conftest import wait_for
from tests.ui.test_transfers import find, guard, went, words
from tests.ui.typing import click, press, type_text

ASKS = "Répondre au dessaisissement"


def at_work(context: Context, branch: str, identifier: str, family_name: str) -> Station:
    """A station of this antenne, and at work on it somebody whom the other store does not know."""
    officer = replace(make_officer(context.ids, identifier=identifier), family_name=family_name)
    with context.store.transaction(context.actor, "add_officer") as tx:
        officers.OFFICERS.save(tx, officer)
        officers.SERVICES.save(tx, replace(officers.service(tx), branch=branch))
        tx.note("officer", officer.id)
    made = station(Context(context.store, replace(context.actor, officer=officer)))
    made.services.__dict__["transfers"] = made.service  # the passphrase is not asked of a key file here
    return made


@pytest.fixture
def here(context: Context) -> Station:
    made = at_work(context, "antenne de Valbrune", "valbrune-31", "Orsini")
    made.start(1)
    return made


@pytest.fixture
def there(template_store: Path, tmp_path: Path, clock: Clock, ids: Ids) -> Iterator[Station]:
    for made in other_station(template_store, tmp_path / "there", clock, ids):
        yield at_work(made.context, "antenne de Falaise", "falaise-02", "Kermorvan")


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    (tmp_path / "stick").mkdir()
    return tmp_path / "stick"


class Desk:
    """One officer at work on the pages of a station, with a stick that goes from one to the other."""

    def __init__(self, at: Station, stick: Path, show: Show) -> None:
        self.at, self.stick, self._show = at, stick, show

    def send(self, place: Place) -> None:
        """« Préparer le transfert » of a dossier, written on the stick."""
        prepare = PreparePage(self.at.services, guard())
        self._show(prepare)
        prepare.open(place)
        places = went(prepare)
        (contact,) = self.at.service.contacts.all()
        click(find(prepare, f"contacts.{contact.id}"))
        type_text(find(prepare, "purpose.editor"), "Dessaisissement")
        click(find(prepare, "prepare.go"))
        assert places, words(prepare)
        package = PackagePage(self.at.services, guard())
        self._show(package)
        package.open(places[0])
        package.ask_folder = lambda: self.stick
        click(find(package, "package.choose"))
        type_text(find(package, "package_passphrase.editor"), PASSPHRASE)
        press(find(package, "package_passphrase.editor"), Qt.Key.Key_Return)
        wait_for(package.work)
        assert "Paquet écrit, relu et vérifié" in words(package)

    def receive(self) -> ReceivePage:
        """The package of the stick is looked at, taken in, acknowledged by a file, and leaves the stick."""
        (path,) = self.stick.glob("*.spipx")
        page = ReceivePage(self.at.services, guard())
        self._show(page)
        page.open(Place("transfers.receive"))
        page.ask_file, page.ask_folder = lambda: path, lambda: self.stick
        click(find(page, "receive.choose"))
        wait_for(page.work)
        click(find(page, "receive.take"))
        wait_for(page.work)
        click(find(page, "receive.receipt"))
        path.unlink()
        return page

    def read_receipt(self) -> None:
        (receipt,) = self.stick.glob("*.spipr")
        page = TransfersPage(self.at.services, guard())
        self._show(page)
        page.open(Place("transfers"))
        page.ask_receipt = lambda: receipt
        click(find(page, "transfers.read"))
        assert self.at.service.sending.all()[0].state is SentState.ACKNOWLEDGED
        receipt.unlink()

    def handover(self, place: Place) -> HandoverPage:
        page = HandoverPage(self.at.services, guard())
        self._show(page)
        page.open(place)
        if page.access.isVisibleTo(page):  # nobody follows the dossier here yet: why it is opened is asked first
            places = went(page)
            click(find(page, f"access.{AccessReason.DUTY}"))
            page.open(places[0])
        return page

    def step(self, person: UUID) -> Step:
        return self.at.services.handovers.of_person(person)[0].step

    def end_follow_up(self, person: UUID) -> None:
        """The officer's own; the assignment made at the other station came along with the dossier."""
        persons, me = self.at.services.persons, self.at.context.officer_id
        (mine,) = (one.id for one, officer in persons.assignments(person) if officer.id == me)
        persons.end_assignment(mine, reason="dessaisi")


@pytest.fixture
def desks(here: Station, there: Station, stick: Path, show: Show) -> tuple[Desk, Desk]:
    here.trust(there)
    there.trust(here)
    return Desk(here, stick, show), Desk(there, stick, show)


@pytest.fixture
def person(here: Station) -> UUID:
    """A dossier followed here, proposed to the antenne of the other station."""
    found = here.services.persons.search("perrin")[0].id
    here.services.handovers.propose(found, Proposal(reason="domicile", to_service="SPIP, antenne de Falaise"))
    return found


def test_a_dossier_goes_to_falaise_and_is_closed_here_once_falaise_has_fixed_the_first_appointment(
    desks: tuple[Desk, Desk], person: UUID
) -> None:
    here, there = desks
    here.send(Place("transfers.prepare", person, "handover"))
    page = there.receive()
    here.read_receipt()
    assert f"proposé par SPIP, antenne de Valbrune{NBSP}: à répondre" in words(page)

    places = went(page)
    click(find(page, "receive.answer"))
    answer = there.handover(places[0])
    click(find(answer, "step.accepte"))
    click(find(answer, "fact.write"))
    assert there.step(person) is Step.ACCEPTED
    click(find(answer, "handover.next"))
    click(find(answer, "fact.write"))
    assert there.step(person) is Step.RECEIVED
    there.at.services.persons.assign(person, there.at.context.officer_id, reason="reprise")
    there.send(Place("transfers.prepare", person, "handover"))
    here.receive()
    there.read_receipt()

    with pytest.raises(Refusal, match="handover_not_over") as refused:
        here.end_follow_up(person)
    assert refused.value.problems[0].data["missing"] == f"«{NBSP}premier rendez-vous fixé{NBSP}»"
    assert "Il manque" in words(here.handover(Place("person.handover", person)))

    meeting = there.handover(Place("person.handover", person))
    click(find(meeting, "handover.next"))
    type_text(find(meeting, "appointment_on.editor"), "3/12/2026")
    press(find(meeting, "appointment_on.editor"), Qt.Key.Key_Return)
    there.send(Place("transfers.prepare", person, "handover"))
    here.receive()
    (followed,) = here.at.services.handovers.of_person(person)
    assert (followed.step, first_appointment(followed.steps)) == (Step.MET, date(2026, 12, 3))
    assert "vous pouvez terminer le suivi" in words(here.handover(Place("person.handover", person)))
    here.end_follow_up(person)
    assert "Le suivi est terminé ici." in words(here.handover(Place("person.handover", person)))
    assert here.at.services.handovers.under_way() == there.at.services.handovers.under_way() == []


def test_every_handover_of_a_package_is_listed_and_enter_opens_the_one_chosen(
    desks: tuple[Desk, Desk], person: UUID, show: Show
) -> None:
    here, there = desks
    here.at.start(1, first=9)
    (second,) = (one.id for one in here.at.services.persons.search("perrin") if one.id != person)
    here.at.services.handovers.propose(second, Proposal(reason="domicile", to_service="SPIP, antenne de Falaise"))
    here.send(Place("transfers.prepare", field="caseload"))
    page = there.receive()
    waiting = there.at.services.handovers.under_way()
    assert {one.person_id for one in waiting} == {person, second}
    assert [row.cells[0].text for row in page.handed.table.records.rows] == [one.name for one in waiting]
    assert page.handed.answer.isHidden()

    (package,) = there.at.service.receiving.all()
    received = ReceivedPage(there.at.services, guard())
    show(received)
    received.open(Place("transfers.received", package.id))
    assert received.handed.table.hasFocus()
    places = went(received)
    press(received.handed.table, Qt.Key.Key_Down)
    press(received.handed.table, Qt.Key.Key_Return)
    answer = there.handover(places[0])
    click(find(answer, "step.accepte"))
    click(find(answer, "fact.write"))
    steps = {one.person_id: one.step for one in there.at.services.handovers.under_way()}
    assert [steps[one.person_id] for one in waiting] == [Step.PROPOSED, Step.ACCEPTED]


def test_falaise_refuses_from_the_page_of_the_package_and_the_reason_comes_back(
    desks: tuple[Desk, Desk], person: UUID, show: Show
) -> None:
    here, there = desks
    here.send(Place("transfers.prepare", person, "handover"))
    there.receive()
    (package,) = there.at.service.receiving.all()
    page = ReceivedPage(there.at.services, guard())
    show(page)
    page.open(Place("transfers.received", package.id))
    assert page.handed.answer.text() == ASKS
    assert page.handed.answer.hasFocus()
    places = went(page)
    press(find(page, "received.answer"), Qt.Key.Key_Return)

    answer = there.handover(places[0])
    click(find(answer, "step.refuse"))
    click(find(answer, "fact.write"))
    assert "Écrivez le motif." in words(answer)
    type_text(find(answer, "comment.editor"), "Adresse hors du ressort")
    click(find(answer, "fact.write"))
    assert there.step(person) is Step.REFUSED
    page.open(Place("transfers.received", package.id))
    assert page.handed.isHidden(), "nothing is asked any more"

    there.send(Place("transfers.prepare", person, "handover"))
    here.receive()
    (followed,) = here.at.services.handovers.of_person(person)
    assert (followed.step, followed.steps[-1].comment) == (Step.REFUSED, "Adresse hors du ressort")
    here.end_follow_up(person)
