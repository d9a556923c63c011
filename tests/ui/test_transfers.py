"""« Transferts » over real stores: cards compared, a package written, received and acknowledged, by hand."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from spip_desktop.db import transfer_take
from spip_desktop.domain.clock import Clock
from spip_desktop.domain.ids import Ids
from spip_desktop.domain.merging import Reason
from spip_desktop.domain.place import Place
from spip_desktop.domain.text import NBSP
from spip_desktop.domain.transfer import SentState
from spip_desktop.domain.transfer_result import Brought, Item, PersonLine, Result
from spip_desktop.services.context import Context
from spip_desktop.services.transfer_sending import Preparing
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.page import Page
from spip_desktop.ui.text import Text
from spip_desktop.ui.transfers.contacts_page import ContactsPage
from spip_desktop.ui.transfers.list_page import TransfersPage
from spip_desktop.ui.transfers.package_page import PackagePage
from spip_desktop.ui.transfers.prepare_page import PreparePage
from spip_desktop.ui.transfers.preview import PreviewView
from spip_desktop.ui.transfers.receive_page import ReceivePage
from spip_desktop.ui.transfers.received_page import ReceivedPage
from spip_desktop.ui.window import Frame, MainWindow
from spip_desktop.wiring import Services
from spip_desktop.wording.transfer import REASONS
from tests.services.transfer_fixtures import CHANGES, PASSPHRASE, Station, other_station, silently, station
from tests.ui.checks import (
    assert_every_control_is_named,
    assert_no_clipped_text,
    assert_one_filled_button,
    assert_tab_ring,
    settle,
)
from tests.ui.conftest import DAY_J, Show
from tests.ui.partners.conftest import wait_for
from tests.ui.typing import click, press, type_text

WHY = "Suivi par l’antenne de Falaise"
Make = Callable[[Services, Guard], Page]
PAGES: tuple[Make, ...] = (TransfersPage, PreparePage, PackagePage, ReceivePage, ContactsPage)


@pytest.fixture
def here(context: Context) -> Station:
    made = station(context)
    made.start(3)
    made.services.__dict__["transfers"] = made.service  # the passphrase is not asked of a key file here
    return made


@pytest.fixture
def there(template_store: Path, tmp_path: Path, clock: Clock, ids: Ids) -> Iterator[Station]:
    for made in other_station(template_store, tmp_path / "there", clock, ids):
        made.services.__dict__["transfers"] = made.service
        yield made


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    (tmp_path / "stick").mkdir()
    return tmp_path / "stick"


def guard() -> Guard:
    def fail(line: str) -> None:
        raise AssertionError(line)

    return Guard(fail)


def words(page: Page) -> str:
    settle()
    return "\n".join(one.text() for one in page.findChildren(Text) if one.isVisibleTo(page))


def find(page: Page, name: str) -> QWidget:
    settle()
    found = page.findChild(QWidget, name)
    assert isinstance(found, QWidget)
    assert found.isVisibleTo(page), name
    return found


def went(page: Page) -> list[Place]:
    places: list[Place] = []
    page.went.connect(places.append)
    return places


# -- every page ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", PAGES)
def test_every_page_reads_and_is_reached_by_keyboard(
    kind: Make, here: Station, there: Station, stick: Path, show: Show
) -> None:
    contact = here.trust(there)
    package = here.service.sending.prepare(Preparing(scope=CHANGES, purpose=WHY, contacts=(contact.id,)))
    page = kind(here.services, guard())
    place = Place(page.objectName(), package.id if kind is PackagePage else None)
    window = MainWindow(Frame(now=lambda: DAY_J, search=lambda text: []))
    show(window)
    window.show_page(page, place)
    page.open(place)
    settle()
    assert_no_clipped_text(window)
    assert_every_control_is_named(page)
    assert_one_filled_button(page)
    assert_tab_ring(window)


def test_an_empty_list_says_what_to_do_first(context: Context, show: Show) -> None:
    page = TransfersPage(station(context).services, guard())
    show(page)
    page.open(Place("transfers"))
    assert "échangez d’abord les cartes de contact" in words(page)


# -- contacts --------------------------------------------------------------------------------------------------


def test_a_card_is_compared_then_believed(here: Station, there: Station, stick: Path, show: Show) -> None:
    page = ContactsPage(here.services, guard())
    show(page)
    page.open(Place("transfers.contacts"))
    path = there.service.contacts.save_mine(stick / "carte")
    page.ask_card = lambda: path
    click(find(page, "contacts.add"))
    shown = words(page)
    assert all(word in shown for word in there.service.contacts.shown().words)
    click(find(page, "contacts.trust"))
    assert "Comparez d’abord les mots" in words(page)
    click(find(page, "compared.phone"))
    click(find(page, "contacts.trust"))
    assert "Cet acte revient au DPIP" in words(page), "without a DPIP in the store, a reason is asked"
    type_text(find(page, "reason.editor"), "Cartes comparées")
    click(find(page, "contacts.trust"))
    assert [one.trusted for one in here.service.contacts.all()] == [True]
    assert "De confiance" in page.table.records.rows[0].cells[1].text


# -- sending ---------------------------------------------------------------------------------------------------


def test_a_package_is_prepared_then_written(here: Station, there: Station, stick: Path, show: Show) -> None:
    here.trust(there)
    page = PreparePage(here.services, guard())
    show(page)
    page.open(Place("transfers.prepare"))
    places = went(page)
    click(find(page, "prepare.go"))
    assert "Écrivez pourquoi" in words(page)
    contact = here.service.contacts.all()[0]
    click(find(page, f"contacts.{contact.id}"))
    type_text(find(page, "purpose.editor"), WHY)
    click(find(page, "prepare.go"))
    (place,) = places
    assert place.kind == "transfers.package"

    package = PackagePage(here.services, guard())
    show(package)
    package.open(place)
    assert package.tasks.busy(), "the window does not wait for what it would carry to be counted"
    wait_for(package)
    assert f"3{NBSP}dossiers" in words(package)
    package.ask_folder = lambda: stick
    click(find(package, "package.choose"))
    type_text(find(package, "package_passphrase.editor"), PASSPHRASE)
    press(find(package, "package_passphrase.editor"), Qt.Key.Key_Return)
    wait_for(package.work)
    assert "Paquet écrit, relu et vérifié" in words(package)
    assert package.current.line.text() == ""
    (written,) = here.service.sending.all()
    assert (stick / written.file_name).exists()
    type_text(find(package, "handed_to.editor"), "Vaguemestre")
    click(find(package, "package.hand"))
    assert here.service.sending.get(written.id).state is SentState.HANDED_OVER


def test_without_anyone_known_a_phrase_is_given_and_shown_once_it_opens_something(
    here: Station, stick: Path, show: Show
) -> None:
    page = PreparePage(here.services, guard())
    show(page)
    page.open(Place("transfers.prepare"))
    assert "jamais sur le même support" in words(page)
    places = went(page)
    type_text(find(page, "purpose.editor"), WHY)
    click(find(page, "prepare.go"))
    package = PackagePage(here.services, guard())
    show(package)
    package.open(places[0])
    (prepared,) = here.service.sending.all()
    assert prepared.phrase not in words(package)
    package.ask_folder = lambda: stick
    click(find(package, "package.choose"))
    click(find(package, "package.write"))
    wait_for(package.work)
    assert prepared.phrase in words(package)


def test_what_was_being_prepared_comes_back_after_a_lock(here: Station, there: Station, show: Show) -> None:
    here.trust(there)
    page = PreparePage(here.services, guard())
    show(page)
    page.open(Place("transfers.prepare"))
    type_text(find(page, "purpose.editor"), "Suivi par l")
    assert page.flush()
    again = PreparePage(here.services, guard())
    show(again)
    again.open(Place("transfers.prepare"))
    assert again.form.value("purpose") == "Suivi par l"


# -- receiving -------------------------------------------------------------------------------------------------


def test_a_package_is_looked_at_then_taken_in_then_acknowledged(
    here: Station, there: Station, stick: Path, show: Show
) -> None:
    contact = here.trust(there)
    package = here.service.sending.prepare(Preparing(scope=CHANGES, purpose=WHY, contacts=(contact.id,)))
    written = here.service.sending.write(package.id, stick, PASSPHRASE, silently)
    page = ReceivePage(there.services, guard())
    show(page)
    page.open(Place("transfers.receive"))
    page.ask_file, page.ask_folder = lambda: stick / written.file_name, lambda: stick
    places = went(page)
    click(find(page, "receive.choose"))
    wait_for(page.work)
    assert "n’est pas encore un contact de confiance" in words(page)
    click(find(page, "receive.compare"))
    assert places[0].kind == "transfers.contacts"
    there.trust(here)
    page.open(Place("transfers.receive"))
    wait_for(page.work)
    assert [row.cells[0].text for row in page.preview.table.records.rows if row.cells[1].text][:1]
    assert there.names() == set()
    click(find(page, "receive.take"))
    wait_for(page.work)
    assert there.names() == here.names()
    assert "Ce que ce paquet a apporté" in words(page)
    assert len([row for row in page.preview.table.records.rows if row.cells[1].text]) > 0, "still told once taken in"
    click(find(page, "receive.receipt"))
    (receipt,) = stick.glob("*.spipr")
    first = TransfersPage(here.services, guard())
    show(first)
    first.open(Place("transfers"))
    first.ask_receipt = lambda: receipt
    click(find(first, "transfers.read"))
    assert "Accusé reçu" in words(first)


def test_a_broken_package_is_refused_in_french_and_the_page_goes_on(there: Station, stick: Path, show: Show) -> None:
    page = ReceivePage(there.services, guard())
    show(page)
    page.open(Place("transfers.receive"))
    (stick / "p.spipx").write_bytes(b"age-encryption.org/v1\n" + bytes(5000))
    page.ask_file = lambda: stick / "p.spipx"
    click(find(page, "receive.choose"))
    wait_for(page.work)
    assert "sa copie a été interrompue" in words(page)
    assert not page.take.isEnabled()


def test_every_state_of_a_package_is_told_down_to_the_receipt_by_phone(
    here: Station, there: Station, stick: Path, show: Show
) -> None:
    contact = here.trust(there)
    there.trust(here)
    package = here.service.sending.prepare(Preparing(scope=CHANGES, purpose=WHY, contacts=(contact.id,)))
    written = here.service.sending.write(package.id, stick, PASSPHRASE, silently)
    received = there.service.receiving.merge(there.service.receiving.look(stick / written.file_name, "", silently))

    their = ReceivedPage(there.services, guard())
    show(their)
    their.open(Place("transfers.received", received.id))
    click(find(their, "received.tell"))
    code = their.code.text()
    assert len(code.split()) == 4

    mine = PackagePage(here.services, guard())
    show(mine)
    mine.open(Place("transfers.package", package.id))
    assert "Vérifié" in words(mine)
    type_text(find(mine, "code.editor"), code.replace("   ", "")[:-1])
    click(find(mine, "package.heard"))
    assert f"Le code a 16 signes{NBSP}; 15 sont tapés." in words(mine)
    mine.after.phone.set_values({"code": ""})
    type_text(find(mine, "code.editor"), code.lower())
    press(find(mine, "code.editor"), Qt.Key.Key_Return)
    assert "Accusé reçu le 22/11/2026, par téléphone" in words(mine)
    assert not mine.after.isVisibleTo(mine)
    first = TransfersPage(here.services, guard())
    show(first)
    first.open(Place("transfers"))
    assert first.sent.records.rows[0].cells[0].second == "par téléphone"


def test_a_lost_station_is_revoked_by_hand_and_its_packages_refused(
    here: Station, there: Station, stick: Path, show: Show
) -> None:
    contact = here.trust(there)
    there.trust(here)
    package = here.service.sending.prepare(Preparing(scope=CHANGES, purpose=WHY, contacts=(contact.id,)))
    written = here.service.sending.write(package.id, stick, PASSPHRASE, silently)
    page = ContactsPage(there.services, guard())
    show(page)
    page.open(Place("transfers.contacts", there.service.contacts.all()[0].id))
    click(find(page, "contacts.lost"))
    assert "sa carte ne redevient jamais de confiance" in words(page)
    click(find(page, "contacts.revoke"))
    assert "demande un motif" in words(page) or "Motif" in words(page)
    type_text(find(page, "reason.editor"), "Portable vole")
    click(find(page, "contacts.revoke"))
    assert "Ce poste est révoqué" in words(page)
    assert page.table.records.rows[0].cells[1].second == "depuis le 22/11/2026"
    page.open(Place("transfers.contacts", there.service.contacts.all()[0].id))
    assert not page.trust.isVisibleTo(page)

    receive = ReceivePage(there.services, guard())
    show(receive)
    receive.open(Place("transfers.receive"))
    receive.ask_file = lambda: stick / written.file_name
    click(find(receive, "receive.choose"))
    wait_for(receive.work)
    assert "est révoqué depuis le 22/11/2026" in words(receive)


def test_other_keys_are_made_for_this_station_with_a_reason(here: Station, show: Show) -> None:
    page = ContactsPage(here.services, guard())
    show(page)
    page.open(Place("transfers.contacts"))
    before = here.service.contacts.shown().words
    click(find(page, "contacts.unfold_renew"))
    click(find(page, "contacts.renew"))
    assert here.service.contacts.shown().words == before
    type_text(find(page, "renew_reason.editor"), "Poste vole")
    click(find(page, "contacts.renew"))
    after = here.service.contacts.shown().words
    assert after != before
    assert after[0] in words(page)


def test_what_is_not_simply_taken_is_told_by_name_and_reason(show: Show) -> None:
    view = PreviewView()
    show(view)
    items = (
        Item("measure", UUID(int=1), UUID(int=9), Brought.REJECTED, "malformed"),
        Item("person", UUID(int=9), UUID(int=9), Brought.CONFLICT, "same_field", ("phone",)),
        Item("event", UUID(int=3), UUID(int=9), Brought.MERGED),
        Item("pacep", UUID(int=4), UUID(int=9), Brought.APART, "frozen_twice"),
        Item("measure", UUID(int=0xABCD), None, Brought.REJECTED, "malformed"),
    )
    line = PersonLine(UUID(int=9), "Loïc PERRIN", ((Brought.IDENTICAL, 4), (Brought.REJECTED, 1)))
    view.show_preview(Result((), (line,), items))
    first, second, twice, nobodys = (row.cells for row in view.remarks.records.rows)
    assert [one.text for one in first] == ["Mesure", "Loïc PERRIN", "Refusé"]
    assert (twice[2].text, twice[2].tone) == ("En deux versions", "texte")
    assert nobodys[1].text == "numéro …0000abcd"
    assert (second[0].second, second[2].second) == ("Téléphone", "La même rubrique a changé ici et là-bas.")
    assert [cell.text for cell in view.table.records.rows[0].cells][:3] == ["Loïc PERRIN", "", "4"]


def test_every_reason_that_a_record_is_told_for_has_its_words() -> None:
    source = (Path(transfer_take.__file__).parent).glob("transfer_*.py")
    told = set(re.findall(r'Brought\.(?:REJECTED|WAITING), "(\w+)"', "".join(one.read_text() for one in source)))
    assert {"malformed", "erased"} <= told, "the control"
    assert told | {one.value for one in Reason} <= set(REASONS)
