"""« Conservation » by key and mouse: chosen, looked at, suspended, erased for good, certified, and shown nowhere."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.officer import Role
from spip_desktop.domain.place import Place
from spip_desktop.services.context import Context
from spip_desktop.services.person import QuickStart
from spip_desktop.ui.labels import EmptyState
from spip_desktop.ui.retention.page import RetentionPage
from tests.documents.reading import one_line
from tests.services.test_journal import as_role
from tests.ui.checks import (
    assert_every_control_is_named,
    assert_no_clipped_text,
    assert_one_filled_button,
    assert_tab_ring,
)
from tests.ui.control.conftest import PASSPHRASE, Office, Open
from tests.ui.paper import Paper
from tests.ui.typing import press, shortcut

RELEASED = date(2021, 11, 20)
WHY = "Fin de conservation."
LONG = 20_000


@pytest.fixture
def due(loic: UUID, end: Callable[[UUID, date], None]) -> UUID:
    end(loic, RELEASED)
    return loic


def page_of(office: Office) -> RetentionPage:
    office.go("retention")
    assert isinstance(office.page, RetentionPage)
    return office.page


def erase(office: Office, qtbot: QtBot, passphrase: str = PASSPHRASE, reason: str = WHY) -> None:
    """From the list with something chosen to the end of the erasure."""
    page = page_of(office) if not isinstance(office.page, RetentionPage) else office.page
    if not page.due.chosen():
        page.due.choose(every=True)
    office.click("retention.delete")
    office.type("erase_reason", reason)
    office.type("erase_passphrase", passphrase)
    office.click("retention.erase.go")
    qtbot.waitUntil(lambda: not page.tasks.busy(), timeout=LONG)


def test_an_empty_page_says_what_comes_here(office: Office) -> None:
    page = page_of(office)
    assert not page.due.isVisible()
    assert isinstance(page.empty, EmptyState)
    assert "cinq ans" in page.empty.advice.text()
    assert not office.shows("retention.delete")


def test_each_line_says_who_why_and_since_when(office: Office, due: UUID) -> None:
    page = page_of(office)
    (row,) = page.due.records.rows
    said = " ".join(f"{cell.text} {cell.second}" for cell in row.cells)
    for words in ("Loïc PERRIN", "14/03/2004", "R. 113-52", "20/11/2021", "20/11/2026"):
        assert words in said
    assert page.due.records.rows[0].cells[1].discreet


def test_by_the_keyboard_alone_up_to_the_certificate(office: Office, due: UUID, qtbot: QtBot, paper: Paper) -> None:
    page = page_of(office)
    assert office.focused() == "retention.due"
    press(page.due, Qt.Key.Key_Space)
    assert [line.due.person_id for line in page.due.chosen()] == [due]
    press(page.due, Qt.Key.Key_Return)
    assert page.due.chosen() == []
    press(page.due, Qt.Key.Key_Space)
    press(office.find("retention.look"), Qt.Key.Key_Space)
    assert office.focused() == "retention.preview.go"
    press(office.find("retention.preview.go"), Qt.Key.Key_Space)
    press(office.find("retention.delete"), Qt.Key.Key_Space)
    assert office.focused() == "erase_reason.editor"
    office.type("erase_reason", WHY)
    office.type("erase_passphrase", PASSPHRASE)
    press(office.find("erase_passphrase.editor"), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not page.tasks.busy(), timeout=LONG)
    assert office.focused() == "retention.print"
    assert office.said() == "1 dossier\u00a0: effacement terminé."
    shortcut(office.window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    press(office.find("retention.printing.go"), Qt.Key.Key_Return)
    (sent,) = paper.sent
    text = one_line(sent)
    assert str(due) in text
    assert "Perrin" not in text


def test_what_will_be_erased_is_counted_in_french(office: Office, due: UUID) -> None:
    page = page_of(office)
    page.due.choose(every=True)
    office.click("retention.look")
    said = page.panel.said.text()  # type: ignore[union-attr]
    assert said.startswith("1 dossier\u00a0: 1\u00a0identité")
    assert "1\u00a0écrou" in said
    office.click("retention.preview.go")
    assert page.panel is None


def test_a_suspension_asks_why_and_is_lifted_with_a_word(office: Office, due: UUID) -> None:
    page = page_of(office)
    page.due.choose(every=True)
    office.click("retention.suspend")
    office.click("retention.hold.go")
    assert page.panel is not None
    assert page.panel.fields()["reason"].problem == "À remplir."
    page.panel.fields()["reason"].set_value("contentieux")
    office.click("retention.hold.go")
    assert page.due.records.rows[0].cells[2].text == "Suspendu\u00a0: contentieux en cours"
    page.due._toggle(due)
    assert not page.erase.isEnabled()
    assert page.lift.isEnabled()
    office.click("retention.release")
    office.click("retention.lift.go")
    assert page.panel.fields()["reason"].problem
    office.type("lift_reason", "Jugement définitif.")
    office.click("retention.lift.go")
    assert page.due.lines()[0].hold is None


def test_refusals_stand_beside_their_fields_and_nothing_goes(office: Office, due: UUID, qtbot: QtBot) -> None:
    erase(office, qtbot, passphrase="une autre")
    page = office.page
    assert isinstance(page, RetentionPage)
    assert page.panel is not None
    assert page.panel.fields()["current_passphrase"].problem
    assert office.focused() == "erase_passphrase.editor"
    assert [line.due.person_id for line in office.services.retention.lines()] == [due]
    office.click("retention.erase.cancel")
    erase(office, qtbot, reason=" ")
    assert page.panel.fields()["reason"].problem
    assert page.erase.isEnabled()


def test_the_sentence_says_that_nothing_brings_it_back(office: Office, due: UUID) -> None:
    page = page_of(office)
    page.due.choose(every=True)
    office.click("retention.delete")
    words = " ".join(one.text() for one in page.findChildren(QWidget) if hasattr(one, "text") and one.isVisible())
    assert "Rien ne pourra les faire revenir" in words
    assert "les sauvegardes sont refaites" in words


def test_no_passphrase_stays_on_a_page_that_was_left(office: Office, due: UUID) -> None:
    page = page_of(office)
    page.due.choose(every=True)
    office.click("retention.delete")
    office.type("erase_passphrase", PASSPHRASE)
    field = office.find("erase_passphrase.editor")
    office.go("persons")
    assert field.text() == ""  # type: ignore[attr-defined]


def test_a_reason_half_typed_comes_back_with_its_panel(office: Office, due: UUID) -> None:
    page = page_of(office)
    page.due.choose(every=True)
    office.click("retention.delete")
    office.type("erase_reason", WHY)
    office.type("erase_passphrase", PASSPHRASE)
    office.go("persons")
    page = page_of(office)
    page.due.choose(every=True)
    office.click("retention.delete")
    assert page.panel is not None
    assert page.panel.typed() == {"erase_reason": WHY}
    office.click("retention.erase.cancel")
    office.click("retention.delete")
    assert page.panel.typed() == {}


def test_a_past_erasure_shows_its_certificate_again(office: Office, due: UUID, qtbot: QtBot) -> None:
    erase(office, qtbot)
    office.click("retention.close")
    page = office.page
    assert isinstance(page, RetentionPage)
    (row,) = page.past.records.rows
    assert [cell.text for cell in row.cells[:3]] == ["22/11/2026", "1", WHY]
    page.past.setFocus()
    press(page.past, Qt.Key.Key_Return)
    assert page.certificate.isVisible()
    assert page.certificate.paper.pages() == 1


def test_who_was_erased_is_on_no_page_any_more(office: Office, context: Context, due: UUID, qtbot: QtBot) -> None:
    """Open on several pages, in the search, as the last person: after the erasure, nowhere."""
    other = office.services.persons.quick_start(
        QuickStart(birth_name="Ndiaye", first_names="Awa", birth_date=date(1990, 1, 2), ecrou_number="777")
    )
    for kind in ("person.situation", "person.synthese", "person.evaluation", "persons"):
        assert office.go(kind, due if kind != "persons" else None)
    assert office.go("person.synthese", other)
    assert office.go("person.synthese", due)
    assert "PERRIN" in words_of(office.window), "the control: the name is found while the dossier is open"
    erase(office, qtbot)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)  # in the program its own loop does it
    assert "PERRIN" not in words_of(office.window)
    assert "Perrin" not in words_of(office.window)
    shortcut(office.window, Qt.Key.Key_F4)
    assert office.window.place() != Place("person.synthese", due)
    assert not office.go("person.synthese", due)
    assert "PERRIN" not in words_of(office.window)
    office.window.search.setText("perrin")
    office.window.search._look()
    assert office.window.search.hits() == ()
    assert office.services.desk.seat() is None
    assert office.go("person.synthese", other)


def test_leaving_for_the_dossier_while_it_is_erased_ends_at_home(office: Office, due: UUID) -> None:
    page = page_of(office)
    office.go("person.synthese", due)
    page.erased.emit(frozenset({due}))
    assert office.window.place().kind == "todo"
    assert office.window.top_bar.person.text() == ""


def words_of(window: QWidget) -> str:
    """Every word that any widget of the window holds, shown or not."""
    found = []
    for widget in window.findChildren(QWidget):
        for name in ("text", "toPlainText", "accessibleName", "accessibleDescription"):
            read = getattr(widget, name, None)
            if callable(read):
                found.append(str(read()))
        records = getattr(widget, "records", None)
        if records is not None:
            found += [f"{cell.text} {cell.second}" for row in records.rows for cell in row.cells]
    return " ".join(found)


def test_copies_out_of_reach_are_named_with_what_to_do(office: Office, due: UUID, qtbot: QtBot, tmp_path: Path) -> None:
    second = tmp_path / "second"
    second.write_text("pas un dossier")
    office.services.backups.set_second_folder(second)
    erase(office, qtbot)
    page = office.page
    assert isinstance(page, RetentionPage)
    assert page.copies.isVisible()
    assert str(second) in page.copies_said.text()
    assert "Branchez ce support" in page.copies_said.text()
    second.unlink()
    office.click("retention.renew")
    qtbot.waitUntil(lambda: not page.tasks.busy(), timeout=LONG)
    assert not page.copies.isVisible()
    assert office.said().startswith("Les sauvegardes sont refaites.")


@pytest.mark.parametrize("role", [Role.SECRETARIAT, Role.LECTURE, Role.AUDIT, Role.ADMIN_TECHNIQUE])
def test_nobody_else_is_offered_the_page(dpip_context: Context, open_office: Open, role: Role) -> None:
    theirs = open_office(as_role(dpip_context, role, f"valbrune-{role}"))
    assert not theirs.go("retention")
    theirs.go("settings")
    assert not theirs.shows("settings.retention")


def test_the_settings_lead_there(office: Office, due: UUID) -> None:
    office.go("settings")
    office.click("settings.retention")
    assert office.window.place() == Place("retention")


@pytest.mark.parametrize("panel", ["", "retention.look", "retention.suspend", "retention.delete"])
def test_the_page_is_readable_at_every_size(office: Office, due: UUID, panel: str) -> None:
    page = page_of(office)
    page.due.choose(every=True)
    if panel:
        office.click(panel)
    assert_every_control_is_named(page)
    assert_one_filled_button(page)
    assert_no_clipped_text(office.window)


def test_tab_goes_round(office: Office, due: UUID) -> None:
    page = page_of(office)
    page.due.choose(every=True)
    office.click("retention.delete")
    names = [one.objectName() for one in assert_tab_ring(office.window)]
    order = ["retention.look", "retention.delete", "erase_reason.editor", "erase_passphrase.editor", "retention.due"]
    assert [one for one in names if one in order] == order


def test_the_service_still_decides(office: Office, due: UUID) -> None:
    with pytest.raises(Refusal, match="nothing_chosen"):
        office.services.retention.erase([], PASSPHRASE, WHY)
