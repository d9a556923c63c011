"""« Clés et accès » on real keys: an officer leaves, a passphrase is replaced, a PIN is set on a real keyring."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from spip_desktop.domain import recovery_key
from spip_desktop.domain.clock import Clock
from spip_desktop.domain.ids import Ids
from spip_desktop.domain.officer import Officer, Role
from spip_desktop.domain.place import Place
from spip_desktop.domain.transfer import Content, Scope, SentPackage, SentState, TransferKind
from spip_desktop.security import derivation
from spip_desktop.security.vault import Vault
from spip_desktop.services.keys import KeyService
from spip_desktop.services.person import QuickStart
from spip_desktop.services.transfer_sending import Preparing
from spip_desktop.services.unlock import Entrance, Entry, FirstStart, lock
from spip_desktop.ui.entrance.flow import EntranceFlow
from spip_desktop.ui.entrance.pin_flow import PinCard
from spip_desktop.ui.entrance.unlock import UnlockCard
from spip_desktop.ui.entrance.window import EntranceWindow
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.printing import Note
from spip_desktop.ui.settings import SettingsPage
from spip_desktop.ui.settings.officer_line import OfficerLine
from spip_desktop.ui.tasks import Tasks
from spip_desktop.ui.transfers.package_page import PackagePage
from spip_desktop.wiring import make_services
from tests.rigs.secret_service import secret_service
from tests.security.kit import code_of
from tests.store_fixtures import MovableClock, make_officer, make_service
from tests.ui.checks import assert_every_control_is_named, assert_no_clipped_text, settle
from tests.ui.conftest import Show
from tests.ui.partners.conftest import wait_for
from tests.ui.typing import press, type_text

PASSPHRASE = "quatre girafes boivent du thé tiède"
THEIRS = "six violons mauves au bord du lac"
OTHER = "le vélo bleu dort sous la pluie"
PIN = "471902"
LONG = 20_000  # ms: deriving a key may wait for a busy processor


@pytest.fixture
def tasks() -> Iterator[Tasks]:
    made = Tasks()
    yield made
    made.stop()


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with secret_service(tmp_path_factory.mktemp("secrets")) as address:
        yield address


@pytest.fixture
def bus(service: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", service)


@pytest.fixture
def entrance(tmp_path_factory: pytest.TempPathFactory, clock: Clock, ids: Ids) -> Entrance:
    return Entrance(tmp_path_factory.mktemp("keys") / "magasin", clock, ids, cost=lambda: derivation.FLOOR)


@pytest.fixture
def entered(entrance: Entrance, ids: Ids) -> Iterator[Entry]:
    entry = entrance.first_start(
        FirstStart(service=make_service(ids), officer=make_officer(ids), passphrase=PASSPHRASE, notice_read=True)
    )
    entrance.confirm_paper(entry)
    yield entry
    entry.context.store.close()


@pytest.fixture
def vault(entered: Entry) -> Vault:
    store = entered.context.store
    return Vault(store.path.parent, store.clock, lambda: derivation.FLOOR)


@pytest.fixture
def keys(entered: Entry, vault: Vault) -> KeyService:
    made = make_services(entered.context)
    return KeyService(entered.context, made.account, made.backups, vault)


@pytest.fixture
def colleague(keys: KeyService, ids: Ids) -> Officer:
    officer = replace(
        make_officer(ids, Role.CPIP, identifier="orsanne-12"), family_name="N’Guyen", first_name="Loïc",
        habilitation_by="Anne Keller, DPIP", habilitation_on=date(2026, 11, 20),
    )  # fmt: skip
    return keys.add_officer(officer, THEIRS, PASSPHRASE)


@pytest.fixture
def printed() -> list[bytes]:
    return []


@pytest.fixture
def page(entered: Entry, keys: KeyService, tasks: Tasks, printed: list[bytes], show: Show) -> SettingsPage:
    services = make_services(entered.context)
    services.keys = keys

    def print_bytes(content: bytes, note: Note) -> str:
        note("Bureau 12")
        printed.append(content)
        return ""

    made = SettingsPage(services, Guard(lambda _: None), tasks, print_bytes=print_bytes)
    show(made)
    return made


def opened(page: SettingsPage) -> SettingsPage:
    page.open(Place("settings"))
    settle()
    return page


def find(root: QWidget, name: str) -> QWidget:
    found = [one for one in root.findChildren(QWidget, name) if one.isVisible()]
    assert len(found) == 1, (name, found)
    return found[0]


def by_key(root: QWidget, name: str) -> None:
    """Go to a button by the keyboard and press it."""
    find(root, name).setFocus()
    QTest.keyClick(find(root, name), Qt.Key.Key_Space)
    settle()


def type_in(root: QWidget, name: str, text: str) -> QLineEdit:
    line = find(root, f"{name}.editor")
    assert isinstance(line, QLineEdit)
    line.clear()
    type_text(line, text)
    return line


# -- an officer leaves -------------------------------------------------------------------------------------------


def test_an_officer_is_removed_by_the_keyboard_and_the_new_paper_copied(
    qtbot: QtBot, page: SettingsPage, colleague: Officer, vault: Vault, printed: list[bytes], moving: MovableClock
) -> None:
    section = opened(page).officers
    assert not page.findChildren(QWidget, "remove.valbrune-07")  # nobody removes themself
    by_key(page, "remove.orsanne-12")
    line = section._list.findChildren(OfficerLine)[0]
    assert isinstance(page.window().focusWidget(), QLineEdit)
    press(type_in(page, "officer.current", "une autre phrase"), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(line._fields["current_passphrase"].problem), timeout=LONG)
    assert line._fields["current_passphrase"].problem == "Ce n’est pas votre phrase de passe actuelle."
    moving.move(seconds=1)
    press(type_in(page, "officer.current", PASSPHRASE), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: section.card is not None, timeout=LONG)
    settle()
    assert_every_control_is_named(page)
    card = section.card
    assert card is not None
    by_key(page, "print")
    assert printed[0].startswith(b"%PDF")
    assert code_of(lambda: vault.unlock("orsanne-12", THEIRS)) == "wrong_passphrase"
    moving.move(seconds=1)
    for index, field in card.fields.items():
        type_text(field.line, recovery_key.groups(card._key)[index])
    press(field.line, Qt.Key.Key_Return)
    settle()
    assert section.card is None
    assert section.notice.sentence.text().startswith("La nouvelle clé de secours est en service.")
    vault.unlock_with_recovery(card._key).wipe()
    assert [one.officer_id for one in section._list.findChildren(OfficerLine) if one.isVisible()] != [colleague.id]


def test_a_key_left_uncopied_is_said_to_be_made_anew(
    qtbot: QtBot, page: SettingsPage, colleague: Officer, moving: MovableClock
) -> None:
    section = opened(page).officers
    by_key(page, "remove.orsanne-12")
    press(type_in(page, "officer.current", PASSPHRASE), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: section.card is not None, timeout=LONG)
    page.hide()
    page.show()
    settle()
    assert section.card is None
    assert (
        section.failure.word.text() == "La clé de secours n’a pas été recopiée. Faites-en une nouvelle dans Réglages."
    )


def test_a_forgotten_passphrase_is_typed_anew_by_its_officer(
    qtbot: QtBot, page: SettingsPage, colleague: Officer, vault: Vault
) -> None:
    section = opened(page).officers
    by_key(page, "renew.orsanne-12")
    type_in(page, "renewed.passphrase", OTHER)
    type_in(page, "renewed.again", OTHER + "x")
    press(type_in(page, "officer.current", PASSPHRASE), Qt.Key.Key_Return)
    line = section._list.findChildren(OfficerLine)[0]
    assert line._fields["again"].problem == "Les deux phrases ne sont pas les mêmes."
    type_in(page, "renewed.again", OTHER)
    by_key(page, "officer.send")
    qtbot.waitUntil(lambda: section.notice.isVisible(), timeout=LONG)
    assert section.notice.sentence.text() == "La nouvelle phrase de passe de Loïc N’GUYEN ouvre."
    vault.unlock("orsanne-12", OTHER).wipe()


def test_who_does_not_manage_the_keys_sees_no_such_act(page: SettingsPage, entered: Entry, colleague: Officer) -> None:
    actor = entered.context.actor
    entered.context.actor = replace(actor, officer=replace(actor.officer, roles=(Role.CPIP,)))
    opened(page)
    assert not [one for one in page.findChildren(QWidget) if one.objectName().startswith(("remove.", "renew."))]


# -- quick unlock ------------------------------------------------------------------------------------------------


def enable(qtbot: QtBot, page: SettingsPage, pin: str = PIN) -> None:
    qtbot.waitUntil(page.quick.open_button.isEnabled, timeout=LONG)
    by_key(page, "settings.quick.open")
    type_in(page, "quick.pin", pin)
    type_in(page, "quick.again", pin)
    press(type_in(page, "quick.current", PASSPHRASE), Qt.Key.Key_Return)


def test_a_pin_is_set_used_and_taken_away(
    qtbot: QtBot, bus: None, page: SettingsPage, entrance: Entrance, entered: Entry, tasks: Tasks, clock: Clock,
    show: Show, moving: MovableClock,
) -> None:  # fmt: skip
    section = opened(page).quick
    enable(qtbot, page, "123456")
    qtbot.waitUntil(lambda: bool(section.first.problem), timeout=LONG)
    assert section.first.problem.startswith("Ce code se devine trop vite.")
    type_in(page, "quick.pin", PIN)
    press(type_in(page, "quick.again", PIN), Qt.Key.Key_Tab)
    by_key(page, "quick.enable")
    qtbot.waitUntil(lambda: not section.unfolded(), timeout=LONG)
    assert section.notice.sentence.text() == "Votre code ouvre le magasin sur ce poste jusqu’au 22/12/2026."
    assert section.explanation.text().startswith("En service sur ce poste jusqu’au 22/12/2026.")
    assert_no_clipped_text(page)
    lock(entered.context)

    window = EntranceWindow(version_date="", demonstration=False, on_theme=lambda: None, on_size=lambda: None)
    show(window)
    flow = EntranceFlow(window, entrance, tasks, clock, ())
    flow.start(locked="Verrouillé à 14 h 02.")
    flow.suggest_identifier()
    settle()
    card = window.card
    assert isinstance(card, PinCard)
    assert_every_control_is_named(window)
    assert card.identifier.raw_text() == "valbrune-07"
    assert window.focusWidget() is card.passphrase.line
    type_text(card.passphrase.line, "471903")
    press(card.passphrase.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(card.passphrase.problem), timeout=LONG)
    assert card.passphrase.problem == "Ce n’est pas le bon code. Essais restants\u00a0: 4."
    moving.move(seconds=1)
    qtbot.waitUntil(card.open.isEnabled, timeout=LONG)
    card.passphrase.line.clear()
    type_text(card.passphrase.line, PIN)
    with qtbot.waitSignal(flow.entered, timeout=LONG) as entry:
        press(card.passphrase.line, Qt.Key.Key_Return)
    assert entry.args[0].context.actor.officer.identifier == "valbrune-07"
    lock(entry.args[0].context)


def test_a_withdrawn_pin_gives_way_to_the_passphrase(
    qtbot: QtBot, bus: None, entrance: Entrance, entered: Entry, keys: KeyService, tasks: Tasks, clock: Clock,
    show: Show, moving: MovableClock,
) -> None:  # fmt: skip
    keys.enable_quick(PIN, PASSPHRASE)
    lock(entered.context)
    window = EntranceWindow(version_date="", demonstration=False, on_theme=lambda: None, on_size=lambda: None)
    show(window)
    flow = EntranceFlow(window, entrance, tasks, clock, ())
    flow.start()
    flow.suggest_identifier()
    for _ in range(4):
        code_of(lambda: entrance.unlock_by_pin("valbrune-07", "471903"))
        moving.move(seconds=60)
    card = window.card
    assert isinstance(card, PinCard)
    type_text(card.passphrase.line, "471903")
    press(card.passphrase.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: type(window.card) is UnlockCard, timeout=LONG)
    shown = window.card
    assert isinstance(shown, UnlockCard)
    assert shown.message.text() == "L’ouverture rapide est retirée. Ouvrez avec la phrase de passe."
    moving.move(seconds=60)
    qtbot.waitUntil(shown.open.isEnabled, timeout=LONG)
    type_text(shown.passphrase.line, PASSPHRASE)
    with qtbot.waitSignal(flow.entered, timeout=LONG) as entry:
        press(shown.passphrase.line, Qt.Key.Key_Return)
    assert entrance.quick_identifiers() == ()
    lock(entry.args[0].context)


def test_a_transfer_is_confirmed_by_the_pin_and_after_five_wrong_ones_by_the_passphrase_alone(
    bus: None, entered: Entry, keys: KeyService, show: Show, moving: MovableClock, tmp_path: Path
) -> None:
    services = make_services(entered.context)
    services.keys = keys
    perrin = QuickStart(birth_name="Perrin", first_names="Loïc", birth_date=date(2004, 3, 14), ecrou_number="12345")
    services.persons.assign(services.persons.quick_start(perrin), entered.context.officer_id, reason="nouveau")
    sending, scope = services.transfers.sending, Scope(kind=TransferKind.CASELOAD, content=Content.WITHOUT_SENSITIVE)
    preparing = Preparing(scope=scope, purpose="Suivi par un autre poste", by_phrase=True)
    page = PackagePage(services, Guard(lambda _: None))
    show(page)
    page.ask_folder = lambda: tmp_path

    def confirm(package: SentPackage, typed: str) -> str:
        """What the page says of what was typed; nothing once the file is written."""
        page.open(Place("transfers.package", package.id))
        press(find(page, "package.choose"), Qt.Key.Key_Space)
        page.current.line.clear()
        type_text(page.current.line, typed)
        press(page.current.line, Qt.Key.Key_Return)
        wait_for(page.work)
        moving.move(seconds=60)
        return page.current.problem

    first, second = sending.prepare(preparing), sending.prepare(preparing)
    assert confirm(first, PIN) == "Ce n’est pas votre phrase de passe actuelle.", "the control: no PIN is in force yet"
    assert page.current.label.text() == "Votre phrase de passe, pour confirmer"
    keys.enable_quick(PIN, PASSPHRASE)
    assert confirm(first, "471903") == "Ce n’est pas le bon code. Essais restants\u00a0: 4."
    assert page.current.label.text() == "Votre phrase de passe ou votre code PIN, pour confirmer"
    assert confirm(first, PIN) == ""
    assert sending.get(first.id).state is SentState.VERIFIED

    said = [confirm(second, "471903") for _ in range(5)]
    assert said[-1] == "L’ouverture rapide est retirée. Ouvrez avec la phrase de passe."
    assert page.current.label.text() == "Votre phrase de passe, pour confirmer"
    assert confirm(second, PIN) == "Ce n’est pas votre phrase de passe actuelle."
    assert sending.get(second.id).state is SentState.READY
    assert len(list(tmp_path.glob("*.spipx"))) == 1
    assert confirm(second, PASSPHRASE) == ""
    assert len(list(tmp_path.glob("*.spipx"))) == 2


def test_where_no_keyring_is_safe_it_is_not_offered_and_said_why(
    qtbot: QtBot, page: SettingsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus")
    section = opened(page).quick
    qtbot.waitUntil(lambda: "trousseau de clés sûr" in section.explanation.text(), timeout=LONG)
    assert not section.open_button.isEnabled()
