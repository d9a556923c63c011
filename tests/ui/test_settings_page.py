"""« Réglages » on a real store: what is changed is saved or applied at once, keys ask for the passphrase again."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from spip_desktop.domain import recovery_key
from spip_desktop.domain.clock import Clock
from spip_desktop.domain.ids import Ids
from spip_desktop.domain.officer import Role, SignsAs
from spip_desktop.domain.place import Place
from spip_desktop.security import derivation
from spip_desktop.security.vault import Vault
from spip_desktop.services.context import Context
from spip_desktop.services.keys import KeyService
from spip_desktop.services.unlock import Entrance, Entry, FirstStart
from spip_desktop.settings import Settings
from spip_desktop.ui.buttons import LinkButton
from spip_desktop.ui.fields import Field
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.printing import Note
from spip_desktop.ui.secret_field import SecretField
from spip_desktop.ui.settings import SettingsPage
from spip_desktop.ui.tasks import Tasks
from spip_desktop.wiring import Services, make_services
from tests.security.kit import code_of
from tests.store_fixtures import MovableClock, make_officer, make_service
from tests.ui.checks import (
    assert_every_control_is_named,
    assert_no_clipped_text,
    assert_one_filled_button,
    settle,
)
from tests.ui.conftest import Show
from tests.ui.typing import press, type_text

PASSPHRASE = "quatre girafes boivent du thé tiède"
OTHER = "le vélo bleu dort sous la pluie"
LONG = 20_000  # ms: deriving a key may wait for a busy processor


class Workstation:
    """The settings in force, as the program keeps them, and what was sent to the printer."""

    def __init__(self) -> None:
        self.settings = Settings()
        self.printed: list[bytes] = []

    def wear(self, settings: Settings) -> None:
        self.settings = settings

    def print_bytes(self, content: bytes, note: Note) -> str:
        note("Bureau 12")
        self.printed.append(content)
        return ""


@pytest.fixture
def workstation() -> Workstation:
    return Workstation()


@pytest.fixture
def tasks() -> Iterator[Tasks]:
    made = Tasks()
    yield made
    made.stop()


@pytest.fixture
def services(context: Context) -> Services:
    return make_services(context)


def open_page(services: Services, tasks: Tasks, workstation: Workstation, show: Show) -> SettingsPage:
    page = SettingsPage(services, Guard(lambda _: None), tasks, lambda: workstation.settings, workstation.print_bytes)
    page.settings_changed.connect(workstation.wear)
    show(page)
    page.open(Place("settings"))
    settle()
    return page


@pytest.fixture
def page(services: Services, tasks: Tasks, workstation: Workstation, show: Show) -> Iterator[SettingsPage]:
    yield open_page(services, tasks, workstation, show)
    tasks.stop()  # what the worker still finds out comes while the page is there


def retype(field: Field, text: str) -> None:
    field.editor.clear()  # type: ignore[attr-defined]
    type_text(field.editor, text)


def click(root: QWidget, name: str) -> None:
    button = root.findChild(QWidget, name)
    assert button is not None, name
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    settle()


# -- this workstation --------------------------------------------------------------------------------------------


def test_the_look_is_sent_at_once(page: SettingsPage, workstation: Workstation) -> None:
    click(page, "theme.dark")
    assert workstation.settings == Settings(theme="dark")
    click(page, "text_percent.150")
    assert workstation.settings == Settings(theme="dark", text_percent=150)


def test_a_look_taken_back_stays_as_it_was(page: SettingsPage, workstation: Workstation) -> None:
    press(page.appearance.form.field("theme").focusProxy(), Qt.Key.Key_Delete)
    assert page.appearance.form.value("theme") == "light"
    assert workstation.settings == Settings()


def test_a_size_chosen_by_keys_elsewhere_is_shown(page: SettingsPage, workstation: Workstation) -> None:
    workstation.settings = replace(workstation.settings, text_percent=200)
    page.open(Place("settings"))
    assert page.appearance.form.value("text_percent") == "200"


@pytest.mark.parametrize(("typed", "minutes"), [("1", 1), ("20", 20), ("0", 5), ("21", 5), ("x", 5), ("", 5)])
def test_the_lock_takes_from_1_to_20_minutes(
    page: SettingsPage, workstation: Workstation, typed: str, minutes: int
) -> None:
    field = page.lock.form.field("idle_minutes")
    retype(field, typed)
    assert workstation.settings == Settings()
    press(field.editor, Qt.Key.Key_Return)
    assert workstation.settings.idle_minutes == minutes
    assert field.raw_text() == typed
    assert bool(field.problem) == (minutes == 5)


# -- the officer and the service ---------------------------------------------------------------------------------


def test_my_details_are_shown_and_saved(page: SettingsPage, services: Services, qtbot: QtBot) -> None:
    field = page.me.form.field("phone")
    assert field.raw_text() == "05 36 49 12 07"
    with qtbot.waitSignal(page.saved, timeout=LONG):
        retype(field, "05 36 49 12 99")
    assert services.account.me().phone == "05 36 49 12 99"
    assert services.context.actor.officer.phone == "05 36 49 12 99"


def test_what_cannot_be_accepted_is_kept_and_shown_again(page: SettingsPage, services: Services, qtbot: QtBot) -> None:
    field = page.me.form.field("quotity")
    retype(field, "120")
    assert page.flush()
    assert field.problem == "Écrivez un pourcentage, de 1 à 100."
    assert services.account.me().quotity == 100
    page.open(Place("settings"))
    assert field.raw_text() == "120"
    assert page.flush()
    assert field.problem == "Écrivez un pourcentage, de 1 à 100."
    retype(field, "80")
    assert page.flush()
    page.open(Place("settings"))
    assert (services.account.me().quotity, field.raw_text(), field.problem) == (80, "80", "")


def test_signing_by_number_waits_for_its_authorisation(page: SettingsPage, services: Services) -> None:
    form = page.me.form
    assert not form.field("number_authorised_from").isVisible()
    click(page, "signs_as.numero")
    assert page.flush()
    assert form.field("number_authorised_from").problem == "Nécessaire pour signer par numéro (L. 113-3-1)."
    type_text(form.field("number_authorised_from").editor, "1/1/26")
    type_text(form.field("number_authorised_until").editor, "31/12/2")
    assert page.flush()
    assert services.account.me().signs_as is SignsAs.NAME
    page.open(Place("settings"))
    assert form.value("signs_as") == "numero"
    assert form.field("number_authorised_until").raw_text() == "31/12/2"
    type_text(form.field("number_authorised_until").editor, "6")
    retype(form.field("number_authorised_until"), "31/12/26")
    assert page.flush()
    me = services.account.me()
    assert (me.signs_as, me.number_authorised_until) == (SignsAs.NUMBER, date(2026, 12, 31))
    assert me.signature(services.clock.today()) == "n° 240117"
    assert services.desk.of("officer", me.id) == []


def test_the_service_is_saved(page: SettingsPage, services: Services) -> None:
    retype(page.service.form.field("service.phone"), "05 36 49 12 00")
    retype(page.service.form.field("service.neutral_name"), "Le SPIP")
    assert page.flush()
    assert services.account.service().phone == "05 36 49 12 00"
    assert page.service.form.field("service.neutral_name").problem == "Un nom neutre ne dit pas «\u00a0spip\u00a0»."


def test_who_may_not_change_the_service_reads_it(
    context: Context, tasks: Tasks, workstation: Workstation, show: Show
) -> None:
    context.actor = replace(context.actor, officer=replace(context.actor.officer, roles=(Role.CPIP,)))
    page = open_page(make_services(context), tasks, workstation, show)
    assert page.service.form.field("service.name").editor.isReadOnly()  # type: ignore[attr-defined]
    assert not page.officers.open_button.isEnabled()
    assert not page.paper.open_button.isEnabled()
    assert page.passphrase.open_button.isEnabled()


# -- keys --------------------------------------------------------------------------------------------------------


@pytest.fixture
def entered(tmp_path: Path, clock: Clock, ids: Ids) -> Iterator[Entry]:
    entrance = Entrance(tmp_path / "magasin", clock, ids, cost=lambda: derivation.FLOOR)
    entry = entrance.first_start(
        FirstStart(service=make_service(ids), officer=make_officer(ids), passphrase=PASSPHRASE, notice_read=True)
    )
    yield entry
    entry.context.store.close()


@pytest.fixture
def vault(entered: Entry) -> Vault:
    store = entered.context.store
    return Vault(store.path.parent, store.clock, lambda: derivation.FLOOR)


@pytest.fixture
def keyed(entered: Entry, vault: Vault, tasks: Tasks, workstation: Workstation, show: Show) -> SettingsPage:
    """The page over a store with its key file."""
    made = make_services(entered.context)
    made.keys = KeyService(entered.context, made.account, made.backups, vault)
    return open_page(made, tasks, workstation, show)


def test_the_passphrase_is_changed_in_the_page(
    keyed: SettingsPage, vault: Vault, moving: MovableClock, qtbot: QtBot
) -> None:
    section = keyed.passphrase
    click(keyed, "settings.passphrase.open")
    assert keyed.window().focusWidget() is section.current.editor
    fill(section.current, "fausse")
    fill(section.first, OTHER)
    fill(section.second, OTHER + "x")
    click(keyed, "passphrase.change")
    assert section.second.problem == "Les deux phrases ne sont pas les mêmes."
    fill(section.second, OTHER)
    click(keyed, "passphrase.change")
    qtbot.waitUntil(lambda: bool(section.current.problem), timeout=LONG)
    assert section.current.problem == "Ce n’est pas votre phrase de passe actuelle."
    assert section.first.line.text() == OTHER
    fill(section.current, PASSPHRASE)
    click(keyed, "passphrase.change")
    qtbot.waitUntil(lambda: section.current.problem.startswith("Encore 1 s"), timeout=LONG)
    moving.move(seconds=1)
    press(section.second.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not section.unfolded(), timeout=LONG)
    assert section.notice.sentence.text().startswith("Votre phrase de passe est changée.")
    assert not section.first.line.text()
    vault.unlock("valbrune-07", OTHER).wipe()


def fill(field: SecretField, text: str) -> None:
    field.line.clear()
    type_text(field.line, text)


def test_a_new_paper_key_is_in_force_once_copied(
    keyed: SettingsPage, entered: Entry, vault: Vault, workstation: Workstation, qtbot: QtBot
) -> None:
    assert entered.paper is not None
    text = show_key(keyed, qtbot)
    vault.unlock_with_recovery(entered.paper.text).wipe()
    card = keyed.paper.card
    assert card is not None
    click(card, "print")
    assert workstation.printed[0].startswith(b"%PDF")
    assert card.message.text() == "La clé est partie à l’imprimante."
    click(card, "confirm")
    assert all(field.problem for field in card.fields.values())
    for index, field in card.fields.items():
        type_text(field.line, recovery_key.groups(text)[index])
    click(card, "confirm")
    qtbot.waitUntil(lambda: keyed.paper.card is None, timeout=LONG)
    assert keyed.paper.notice.sentence.text().startswith("La nouvelle clé est en service.")
    assert code_of(lambda: vault.unlock_with_recovery(entered.paper.text)) == "recovery_key_other"  # type: ignore[union-attr]
    vault.unlock_with_recovery(text).wipe()


def show_key(keyed: SettingsPage, qtbot: QtBot) -> str:
    click(keyed, "settings.paper.open")
    fill(keyed.paper.current, PASSPHRASE)
    click(keyed, "paper.show")
    qtbot.waitUntil(lambda: keyed.paper.card is not None, timeout=LONG)
    settle()
    assert keyed.paper.card is not None
    return keyed.paper.card._key


def test_a_key_is_never_left_on_a_hidden_page(keyed: SettingsPage, entered: Entry, vault: Vault, qtbot: QtBot) -> None:
    assert entered.paper is not None
    show_key(keyed, qtbot)
    click(keyed, "settings.passphrase.open")
    fill(keyed.passphrase.current, PASSPHRASE)
    keyed.hide()
    keyed.show()
    assert keyed.paper.card is None
    assert not keyed.passphrase.current.line.text()
    assert not keyed.paper.current.line.text()
    vault.unlock_with_recovery(entered.paper.text).wipe()


def test_a_colleague_is_added_in_the_page(keyed: SettingsPage, vault: Vault, qtbot: QtBot) -> None:
    section = keyed.officers
    click(keyed, "settings.officers.open")
    click(keyed, "new.add")
    assert section.form.field("new.identifier").problem == "À remplir."
    assert section.form.field("new.roles").problem == "Cochez au moins un rôle."
    for name, text in (
        ("identifier", "falaise-12"), ("family_name", "Đặng"), ("first_name", "Thị Hạnh"),
        ("habilitation_by", "Anne Keller, DPIP"), ("habilitation_on", "31/11/26"),
    ):  # fmt: skip
        type_text(section.form.field(f"new.{name}").editor, text)
    section.form.field("new.function").set_value("cpip")
    click(keyed, "new.roles.cpip")
    for field, text in ((section.first, OTHER), (section.second, OTHER), (section.current, PASSPHRASE)):
        fill(field, text)
    click(keyed, "new.add")
    assert section.form.field("new.habilitation_on").problem.endswith("n’existe pas dans le calendrier.")
    retype(section.form.field("new.habilitation_on"), "20/11/26")
    click(keyed, "new.add")
    qtbot.waitUntil(lambda: not section.unfolded(), timeout=LONG)
    assert section.notice.sentence.text() == "Thị Hạnh ĐẶNG peut maintenant ouvrir le magasin."
    settle()
    said = [one.text() for one in section._list.findChildren(QWidget) if hasattr(one, "text") and one.isVisible()]
    assert "ĐẶNG Thị Hạnh" in said
    vault.unlock("falaise-12", OTHER).wipe()


def test_a_half_typed_arrival_is_kept_without_its_passphrases(
    page: SettingsPage, services: Services, tasks: Tasks, workstation: Workstation, show: Show
) -> None:
    click(page, "settings.officers.open")
    type_text(page.officers.form.field("new.family_name").editor, "Keller")
    type_text(page.officers.form.field("new.habilitation_on").editor, "20/1")
    fill(page.officers.first, OTHER)
    assert page.flush()
    again = open_page(services, tasks, workstation, show)
    assert again.officers.unfolded()
    assert again.officers.form.field("new.family_name").raw_text() == "Keller"
    assert again.officers.form.field("new.habilitation_on").raw_text() == "20/1"
    assert not again.officers.first.line.text()
    click(again, "new.cancel")
    assert services.desk.of("officer.new", services.context.officer_id) == []


# -- the page ----------------------------------------------------------------------------------------------------


def test_the_page_is_readable_at_every_size(keyed: SettingsPage, qtbot: QtBot) -> None:
    show_key(keyed, qtbot)
    click(keyed, "settings.passphrase.open")
    click(keyed, "settings.officers.open")
    click(keyed, "new.add")
    assert_every_control_is_named(keyed)
    assert_one_filled_button(keyed)
    assert_no_clipped_text(keyed)


def test_tab_follows_the_order_read(page: SettingsPage) -> None:
    page.passphrase.unfold()
    page.officers.unfold()
    click(page, "signs_as.numero")
    page.appearance.form.field("theme").setFocus()
    settle()
    tops: list[int] = []
    seen: list[QWidget] = []
    inside = page.body.inside
    while (focused := page.window().focusWidget()) is not None and focused not in seen and inside.isAncestorOf(focused):
        seen.append(focused)
        tops.append(focused.mapTo(inside, focused.rect().topLeft()).y())
        press(focused, Qt.Key.Key_Tab)
        settle()
    assert len(seen) > 30
    assert all(later > earlier - 16 for earlier, later in pairwise(tops))


def test_a_place_leads_to_its_field(page: SettingsPage) -> None:
    page.open(Place("settings", None, "service.neutral_name"))
    settle()
    assert page.window().focusWidget() is page.service.form.field("service.neutral_name").editor


def test_the_titles_at_the_right_lead_to_their_section(page: SettingsPage) -> None:
    page.open(Place("settings"))
    settle()
    links = [one for one in page.findChildren(LinkButton) if one.objectName().startswith("settings.to.")]
    assert [one.text() for one in links][:5] == ["Apparence", "Verrouillage", "Orthographe", "Vous", "Service"]
    at_the_top = page.body.verticalScrollBar().value()
    next(one for one in links if one.text() == "Sauvegardes").click()
    settle()
    assert page.body.verticalScrollBar().value() > at_the_top
    focused = page.window().focusWidget()
    assert focused is not None
    assert page.backups.isAncestorOf(focused)
