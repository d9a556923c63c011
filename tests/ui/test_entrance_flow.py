"""First start, unlocking and recovery through their cards, on a real vault at its floor and a real store."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from spip_desktop.domain import recovery_key
from spip_desktop.domain.clock import Clock
from spip_desktop.domain.errors import Problem, Refusal
from spip_desktop.domain.ids import Ids
from spip_desktop.domain.officer import Role, SignsAs
from spip_desktop.security import derivation
from spip_desktop.security.sheet import RecoverySheet
from spip_desktop.services.unlock import Entrance, Entry, FirstStart, Recovered, lock
from spip_desktop.ui.card import Card
from spip_desktop.ui.entrance.first_start import IdentityCard, PassphraseCard
from spip_desktop.ui.entrance.flow import EntranceFlow
from spip_desktop.ui.entrance.notice import NoticeCard
from spip_desktop.ui.entrance.recovery import RecoverCard, WhoCard
from spip_desktop.ui.entrance.unlock import UnlockCard
from spip_desktop.ui.entrance.window import EntranceWindow
from spip_desktop.ui.paper_key import PaperKeyCard
from spip_desktop.ui.tasks import Tasks
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


@pytest.fixture
def tasks() -> Iterator[Tasks]:
    made = Tasks()
    yield made
    made.stop()


@pytest.fixture
def window(show: Show) -> EntranceWindow:
    made = EntranceWindow(version_date="22/11/2026", demonstration=False, on_theme=lambda: None, on_size=lambda: None)
    show(made)
    return made


@pytest.fixture
def entrance(tmp_path: Path, clock: Clock, ids: Ids) -> Entrance:
    return Entrance(tmp_path / "magasin", clock, ids, cost=lambda: derivation.FLOOR)


@pytest.fixture
def sheet(entrance: Entrance, ids: Ids) -> RecoverySheet:
    """A store that was used and locked; what is given is its paper."""
    entry = entrance.first_start(
        FirstStart(service=make_service(ids), officer=make_officer(ids), passphrase=PASSPHRASE, notice_read=True)
    )
    assert entry.paper is not None
    entrance.confirm_paper(entry)
    lock(entry.context)
    return entry.paper


@pytest.fixture
def paper(sheet: RecoverySheet) -> str:
    return sheet.text


@pytest.fixture
def flow(window: EntranceWindow, entrance: Entrance, tasks: Tasks, clock: Clock) -> EntranceFlow:
    return EntranceFlow(window, entrance, tasks, clock, ())


def card(window: EntranceWindow, kind: type[Card]) -> Card:
    settle()
    shown = window.card
    assert isinstance(shown, kind), shown
    return shown


def fill(root: QWidget, **typed: str) -> None:
    for name, text in typed.items():
        editor = root.findChild(QLineEdit, name.replace("__", ".") + ".editor")
        assert editor is not None, name
        editor.clear()
        type_text(editor, text)


def click(qtbot: QtBot, root: QWidget, name: str) -> None:
    # A card that was left lives until the event loop comes round: only the one shown is looked into.
    inside = root.card if isinstance(root, EntranceWindow) else root
    button = inside.findChild(QWidget, name) if inside else None
    assert button is not None, name
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    settle()


def identify(window: EntranceWindow, **more: str) -> IdentityCard:
    shown = card(window, IdentityCard)
    assert isinstance(shown, IdentityCard)
    given = {
        "service__name": "SPIP de l’Orsanne",
        "service__branch": "antenne de Valbrune",
        "identifier": "valbrune-07",
        "family_name": "N’Guyen-Bréaud",
        "first_name": "Loïc",
    }
    fill(shown, **(given | more))
    return shown


# -- the first start ---------------------------------------------------------------------------------------------


def test_nothing_goes_on_before_the_notice_is_ticked(qtbot: QtBot, window: EntranceWindow, flow: EntranceFlow) -> None:
    flow.start()
    shown = card(window, NoticeCard)
    click(qtbot, shown, "next")
    assert window.card is shown
    assert shown.message.text() == "Cochez la case après avoir lu l’avertissement."
    assert not flow._entrance.folder.exists()
    press(shown.findChild(QWidget, "notice_read"), Qt.Key.Key_Space)
    assert not shown.message.isVisible()
    click(qtbot, shown, "next")
    card(window, IdentityCard)


def test_four_steps_lead_to_an_open_store(
    qtbot: QtBot, window: EntranceWindow, flow: EntranceFlow, entrance: Entrance
) -> None:
    flow.start()
    tick_notice(qtbot, window)
    identify(window)
    click(qtbot, window, "next")
    shown = card(window, PassphraseCard)
    assert shown.purpose.text() == "Premier démarrage, étape 3 sur 4"
    fill(shown, passphrase=PASSPHRASE, again=PASSPHRASE)
    click(qtbot, shown, "next")
    qtbot.waitUntil(lambda: isinstance(window.card, PaperKeyCard), timeout=LONG)
    entry = copy_paper(qtbot, window, flow)
    officer = entry.context.actor.officer
    assert (officer.family_name, officer.first_name) == ("N’Guyen-Bréaud", "Loïc")
    assert officer.roles == (Role.CPIP, Role.ADMIN_TECHNIQUE)
    assert officer.signs_as is SignsAs.NAME
    assert entry.notices == (), "the paper was copied: nobody is told that it was not"
    entry.context.store.close()
    assert not entrance.is_new()


def tick_notice(qtbot: QtBot, window: EntranceWindow) -> None:
    shown = card(window, NoticeCard)
    press(shown.findChild(QWidget, "notice_read"), Qt.Key.Key_Space)
    click(qtbot, shown, "next")


def copy_paper(qtbot: QtBot, window: EntranceWindow, flow: EntranceFlow) -> Entry:
    """Type the two groups back, wrong first: nobody comes in with a paper that was not copied."""
    shown = card(window, PaperKeyCard)
    assert isinstance(shown, PaperKeyCard)
    right = recovery_key.groups(shown._key)
    one, other = shown.asked
    type_text(shown.fields[one].line, right[one])
    wrong = "ZZZZ" if right[other] != "ZZZZ" else "YYYY"
    type_text(shown.fields[other].line, wrong)
    click(qtbot, shown, "confirm")
    assert window.card is shown
    assert not shown.fields[one].problem
    assert shown.fields[other].problem == f"Le groupe {other + 1} n’est pas celui de la feuille."
    assert shown.fields[other].line.text() == wrong
    shown.fields[other].line.clear()
    type_text(shown.fields[other].line, right[other].lower())
    with qtbot.waitSignal(flow.entered, timeout=LONG) as entered:
        press(shown.fields[other].line, Qt.Key.Key_Return)
    entry = entered.args[0]
    assert isinstance(entry, Entry)
    return entry


def test_what_is_missing_is_said_beside_each_field(qtbot: QtBot, window: EntranceWindow, flow: EntranceFlow) -> None:
    flow.start()
    tick_notice(qtbot, window)
    shown = identify(window, identifier="loic", service__branch="")
    click(qtbot, shown, "next")
    assert window.card is shown
    assert shown.service.field("service.branch").problem == "À remplir."
    assert shown.officer.field("identifier").problem.startswith("L’identifiant ne doit pas contenir votre nom")
    assert not shown.service.field("service.name").problem
    assert shown.message.text() == "Complétez les champs signalés."
    assert shown.officer.field("family_name").raw_text() == "N’Guyen-Bréaud"


def test_enter_in_a_field_goes_on(qtbot: QtBot, window: EntranceWindow, flow: EntranceFlow) -> None:
    flow.start()
    tick_notice(qtbot, window)
    shown = identify(window)
    press(shown.officer.field("first_name").editor, Qt.Key.Key_Return)
    card(window, PassphraseCard)


def test_the_first_field_in_error_gets_the_focus(qtbot: QtBot, window: EntranceWindow, flow: EntranceFlow) -> None:
    flow.start()
    tick_notice(qtbot, window)
    shown = identify(window, service__branch="", family_name="")
    click(qtbot, shown, "next")
    assert window.focusWidget() is shown.service.field("service.branch").editor


def test_a_half_typed_authorisation_is_kept_and_said(qtbot: QtBot, window: EntranceWindow, flow: EntranceFlow) -> None:
    flow.start()
    tick_notice(qtbot, window)
    shown = identify(window)
    assert not shown.officer.field("number_authorised_from").isVisible()
    click(qtbot, shown, "signs_as.numero")
    fill(shown, number_authorised_from="31/04/2026", number_authorised_until="+1a")
    click(qtbot, shown, "next")
    assert window.card is shown
    field = shown.officer.field("number_authorised_from")
    assert field.problem == "«\u00a031/04/2026\u00a0» n’existe pas dans le calendrier."
    assert field.raw_text() == "31/04/2026"
    assert shown.officer.field("administrative_number").problem


def test_going_back_keeps_what_was_typed(qtbot: QtBot, window: EntranceWindow, flow: EntranceFlow) -> None:
    flow.start()
    tick_notice(qtbot, window)
    identify(window)
    click(qtbot, window, "next")
    card(window, PassphraseCard)
    click(qtbot, window, "back")
    shown = card(window, IdentityCard)
    assert isinstance(shown, IdentityCard)
    assert shown.officer.field("family_name").raw_text() == "N’Guyen-Bréaud"
    assert shown.service.field("service.name").raw_text() == "SPIP de l’Orsanne"


def test_a_weak_or_mistyped_passphrase_makes_nothing(
    qtbot: QtBot, window: EntranceWindow, flow: EntranceFlow, entrance: Entrance
) -> None:
    flow.start()
    tick_notice(qtbot, window)
    identify(window)
    click(qtbot, window, "next")
    shown = card(window, PassphraseCard)
    assert isinstance(shown, PassphraseCard)
    fill(shown, passphrase=PASSPHRASE, again=OTHER)
    click(qtbot, shown, "next")
    assert shown.second.problem == "Les deux phrases ne sont pas les mêmes."
    fill(shown, passphrase="courte", again="courte")
    click(qtbot, shown, "next")
    qtbot.waitUntil(lambda: bool(shown.first.problem), timeout=LONG)
    assert shown.first.problem.startswith("Il faut au moins 15 signes")
    assert shown.first.line.text() == "courte"
    assert shown.next.isEnabled()
    assert not entrance.path.exists()


# -- unlocking ---------------------------------------------------------------------------------------------------


def test_a_wrong_passphrase_is_said_beside_the_field(
    qtbot: QtBot, window: EntranceWindow, flow: EntranceFlow, paper: str, moving: MovableClock
) -> None:
    flow.start()
    flow.suggest_identifier()
    shown = card(window, UnlockCard)
    assert isinstance(shown, UnlockCard)
    assert shown.identifier.raw_text() == "valbrune-07"
    assert window.focusWidget() is shown.passphrase.line
    type_text(shown.passphrase.line, "une phrase oubliée")
    press(shown.passphrase.line, Qt.Key.Key_Return)
    assert not shown.open.isEnabled()
    qtbot.waitUntil(lambda: bool(shown.passphrase.problem), timeout=LONG)
    assert shown.passphrase.problem == "L’identifiant ou la phrase de passe ne convient pas."
    assert shown.passphrase.line.text() == "une phrase oubliée"
    assert window.focusWidget() is shown.passphrase.line
    assert (shown.open.isEnabled(), shown.open.text()) == (False, "Ouvrir dans 1\u00a0s")
    shown.passphrase.line.clear()
    type_text(shown.passphrase.line, PASSPHRASE)
    press(shown.passphrase.line, Qt.Key.Key_Return)
    assert not flow._tasks.busy()
    with qtbot.waitSignal(flow.entered, timeout=LONG) as entered:  # Enter is heard once the wait is over
        moving.move(seconds=1)
    assert entered.args[0].context.actor.officer.identifier == "valbrune-07"
    entered.args[0].context.store.close()


def test_a_restart_does_not_shorten_the_wait(
    qtbot: QtBot, window: EntranceWindow, flow: EntranceFlow, entrance: Entrance, paper: str, moving: MovableClock
) -> None:
    for wait in (1, 2, 4):
        with pytest.raises(Refusal):
            entrance.unlock("valbrune-07", "une phrase oubliée")
        assert entrance.seconds_left() == wait
        moving.move(seconds=wait)
    moving.move(seconds=-3)
    flow.start()
    shown = card(window, UnlockCard)
    assert isinstance(shown, UnlockCard)
    assert (shown.open.isEnabled(), shown.open.text()) == (False, "Ouvrir dans 3\u00a0s")
    moving.move(seconds=1)
    qtbot.waitUntil(lambda: shown.open.text() == "Ouvrir dans 2\u00a0s", timeout=LONG)
    moving.move(seconds=2)
    qtbot.waitUntil(shown.open.isEnabled, timeout=LONG)


def test_nothing_typed_is_said_at_its_field(
    qtbot: QtBot, window: EntranceWindow, flow: EntranceFlow, paper: str
) -> None:
    flow.start()
    shown = card(window, UnlockCard)
    assert isinstance(shown, UnlockCard)
    shown.identifier.set_value("")
    click(qtbot, shown, "open")
    qtbot.waitUntil(lambda: bool(shown.identifier.problem), timeout=LONG)
    assert shown.identifier.problem == "À remplir."


def test_after_a_lock_the_card_says_that_the_work_is_kept(
    window: EntranceWindow, flow: EntranceFlow, paper: str
) -> None:
    flow.start(locked="Verrouillé à 14 h 02. Votre travail est enregistré.")
    shown = card(window, UnlockCard)
    said = [one.text() for one in shown.findChildren(QWidget) if hasattr(one, "text")]
    assert "Verrouillé à 14 h 02. Votre travail est enregistré." in said
    assert "Vasseur" not in " ".join(said)


def test_a_warning_about_the_folder_is_said(
    window: EntranceWindow, entrance: Entrance, tasks: Tasks, clock: Clock, paper: str
) -> None:
    flow = EntranceFlow(window, entrance, tasks, clock, (Problem("folder_removable"),))
    flow.start()
    assert card(window, UnlockCard).message.text().startswith("Ce dossier est sur un support amovible")


def test_a_passphrase_is_hidden_until_it_is_asked_for(
    qtbot: QtBot, window: EntranceWindow, flow: EntranceFlow, paper: str
) -> None:
    flow.start()
    shown = card(window, UnlockCard)
    assert isinstance(shown, UnlockCard)
    line = shown.passphrase.line
    assert line.echoMode() is QLineEdit.EchoMode.Password
    click(qtbot, shown, "passphrase.show")
    assert line.echoMode() is QLineEdit.EchoMode.Normal
    click(qtbot, shown, "passphrase.show")
    assert line.echoMode() is QLineEdit.EchoMode.Password
    assert window.focusWidget() is line


def test_locked_capitals_are_told(window: EntranceWindow, flow: EntranceFlow, paper: str) -> None:
    flow.start()
    shown = card(window, UnlockCard)
    assert isinstance(shown, UnlockCard)
    type_text(shown.passphrase.line, "Q")
    assert shown.passphrase._capitals.isVisible()
    type_text(shown.passphrase.line, "q")
    assert not shown.passphrase._capitals.isVisible()


# -- with the paper key ------------------------------------------------------------------------------------------


def test_the_paper_key_lets_in_and_asks_for_a_new_passphrase(
    qtbot: QtBot, window: EntranceWindow, flow: EntranceFlow, paper: str
) -> None:
    flow.start()
    click(qtbot, window, "forgot")
    shown = card(window, RecoverCard)
    assert isinstance(shown, RecoverCard)
    fill(shown, recovery_key=paper[:-1])
    click(qtbot, shown, "next")
    qtbot.waitUntil(lambda: bool(shown.key.problem), timeout=LONG)
    assert shown.key.problem == "La clé de secours compte 56 signes\u00a0; il y en a 55."
    assert shown.key.line.text() == paper[:-1]
    fill(shown, recovery_key=paper.lower().replace("-", " "))
    press(shown.key.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(window.card, WhoCard), timeout=LONG)
    click(qtbot, window, "who.valbrune-07")
    fill(card(window, PassphraseCard), passphrase=OTHER, again=OTHER)
    with qtbot.waitSignal(flow.entered, timeout=LONG) as entered:
        click(qtbot, window, "next")
    assert entered.args[0].context.actor.officer.identifier == "valbrune-07"
    entered.args[0].context.store.close()


def test_a_key_in_play_is_put_away_with_the_store(
    qtbot: QtBot, window: EntranceWindow, flow: EntranceFlow, entrance: Entrance, paper: str
) -> None:
    flow.start()
    assert not flow.holds_key()
    held: list[bool] = []
    flow.key_held.connect(lambda: held.append(flow.holds_key()))
    click(qtbot, window, "forgot")
    fill(card(window, RecoverCard), recovery_key=paper)
    click(qtbot, window, "next")
    qtbot.waitUntil(lambda: isinstance(window.card, WhoCard), timeout=LONG)
    assert held == [True]
    recovered = flow._held
    assert isinstance(recovered, Recovered)
    assert any(recovered.opened.key), "the control: the key was there"
    flow.put_away()
    assert not flow.holds_key()
    assert not any(recovered.opened.key)
    entrance.unlock("valbrune-07", PASSPHRASE).context.store.close()


def test_with_the_key_file_lost_the_whole_paper_is_asked_and_typed(
    qtbot: QtBot, window: EntranceWindow, flow: EntranceFlow, entrance: Entrance, sheet: RecoverySheet
) -> None:
    """By the keyboard alone, from the six lines of the paper."""
    for name in ("keys.json", "keys.json.1"):
        (entrance.folder / name).unlink()
    flow.start()
    click(qtbot, window, "forgot")
    shown = card(window, RecoverCard)
    assert isinstance(shown, RecoverCard)
    assert shown.code.isVisible()
    assert shown.purpose.text().startswith("Le fichier des clés manque ou est abîmé")
    type_text(shown.key.line, sheet.text)
    press(shown.key.line, Qt.Key.Key_Return)
    assert window.focusWidget() is shown.code.note
    type_text(shown.code.note, " ".join(sheet.lines()[:5]))
    click(qtbot, shown, "next")
    qtbot.waitUntil(lambda: bool(shown.code.problem), timeout=LONG)
    assert shown.code.problem == "Le code compte 216 signes\u00a0; il y en a 180."
    type_text(shown.code.note, " " + sheet.lines()[5])
    click(qtbot, shown, "next")
    qtbot.waitUntil(lambda: isinstance(window.card, WhoCard), timeout=LONG)
    click(qtbot, window, "who.valbrune-07")
    fill(card(window, PassphraseCard), passphrase=OTHER, again=OTHER)
    with qtbot.waitSignal(flow.entered, timeout=LONG) as entered:
        click(qtbot, window, "next")
    entered.args[0].context.store.close()
    assert entrance.identifiers() == ("valbrune-07",)


def test_the_code_can_be_asked_for(qtbot: QtBot, window: EntranceWindow, flow: EntranceFlow, paper: str) -> None:
    flow.start()
    click(qtbot, window, "forgot")
    shown = card(window, RecoverCard)
    assert isinstance(shown, RecoverCard)
    assert not shown.code.isVisible()
    click(qtbot, shown, "keys_lost")
    assert shown.code.isVisible()


def test_one_comes_back_from_the_recovery(qtbot: QtBot, window: EntranceWindow, flow: EntranceFlow, paper: str) -> None:
    flow.start()
    click(qtbot, window, "forgot")
    click(qtbot, window, "back")
    card(window, UnlockCard)


# -- every card --------------------------------------------------------------------------------------------------


def cards(flow: EntranceFlow, entrance: Entrance) -> list[Card]:
    ids = Ids(flow._clock)
    key = recovery_key.encode(bytes(range(32)))
    return [
        NoticeCard(),
        IdentityCard(ids, entrance.functions(), lambda text: (None, ""), lambda problem: problem.code),
        PassphraseCard("Premier démarrage, étape 3 sur 4", "Créer le magasin"),
        PaperKeyCard(key, lambda problem: "faux", step="Premier démarrage, étape 4 sur 4", asked=(1, 9)),
        UnlockCard(identifier="valbrune-07", locked="Verrouillé à 14 h 02. Votre travail est enregistré."),
        RecoverCard(),
        RecoverCard(keys_lost=True),
        WhoCard(("valbrune-07", "falaise-12")),
    ]


@pytest.mark.parametrize("place", range(8))
def test_every_card_is_readable_at_every_size(
    place: int, window: EntranceWindow, flow: EntranceFlow, entrance: Entrance
) -> None:
    shown = cards(flow, entrance)[place]
    window.show_card(shown)
    shown.say("Le disque de ce dossier est plein. Libérez de la place ou choisissez un autre dossier.")
    settle()
    assert_every_control_is_named(window)
    assert_one_filled_button(window)
    assert_no_clipped_text(window)


@pytest.mark.parametrize("place", range(8))
def test_tab_goes_through_every_card_in_the_order_read(
    place: int, window: EntranceWindow, flow: EntranceFlow, entrance: Entrance
) -> None:
    shown = cards(flow, entrance)[place]
    window.show_card(shown)
    settle()
    stops = stops_of(window)
    inside = [stop for stop in stops if shown.isAncestorOf(stop)]
    tops = [(stop.mapTo(window, stop.rect().topLeft()).y() // 8) for stop in inside]
    assert inside
    assert tops == sorted(tops)


def stops_of(window: QWidget) -> list[QWidget]:
    """Where Tab leads, from the first control to the first again."""
    first = next(one for one in window.findChildren(QWidget) if one.isVisible() and accepts_tab(one))
    first.setFocus()
    settle()
    stops: list[QWidget] = []
    while (focused := window.focusWidget()) is not None and focused not in stops:
        stops.append(focused)
        press(focused, Qt.Key.Key_Tab)
        settle()
    return stops


def accepts_tab(widget: QWidget) -> bool:
    return bool(widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value) and widget.isEnabled()


def test_a_folder_that_will_not_do_lets_one_leave_only(window: EntranceWindow, flow: EntranceFlow) -> None:
    flow.cannot_start("On ne peut pas écrire dans ce dossier.")
    shown = card(window, Card)
    assert shown.message.text() == "On ne peut pas écrire dans ce dossier."
    assert [one.objectName() for one in stops_of(window) if shown.isAncestorOf(one)] == ["quit"]
