"""« Journal » by key and mouse: filtered, read without a name, checked; old lines taken away."""

from datetime import date
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from spip_desktop.domain.access import AccessReason
from spip_desktop.domain.officer import Role
from spip_desktop.domain.place import Place
from spip_desktop.services.context import Context
from spip_desktop.services.person import QuickStart
from spip_desktop.ui.journal.page import LINES, JournalPage
from tests.services.test_journal import as_role, behind_its_back, follow
from tests.store_fixtures import MovableClock
from tests.ui.checks import (
    assert_every_control_is_named,
    assert_no_clipped_text,
    assert_one_filled_button,
    assert_tab_ring,
    settle,
)
from tests.ui.control.conftest import PASSPHRASE, Office, Open, services_of
from tests.ui.typing import press, type_text

LONG = 20_000


def page_of(office: Office) -> JournalPage:
    office.go("journal")
    assert isinstance(office.page, JournalPage)
    return office.page


def rows(page: JournalPage) -> list[str]:
    return [" | ".join(f"{cell.text} {cell.second}".strip() for cell in row.cells) for row in page.table.records.rows]


def acts(page: JournalPage) -> list[str]:
    return [row.cells[2].text for row in page.table.records.rows]


def test_lines_are_told_in_french_without_a_name(office: Office, context: Context, loic: UUID) -> None:
    services_of(context).access.open(loic)
    page = page_of(office)
    told = " ".join(rows(page))
    assert rows(page)[0].startswith("22/11/2026 14:02:31 | valbrune-07 ligne ")
    assert {"Dossier consulté", "Dossier créé", "Modification"} <= set(acts(page))
    assert str(loic) in told
    for name in ("perrin", "loïc", "vasseur", "claire"):
        assert name not in told.casefold()
    for code in ("consultation", "start_person", "modification |"):
        assert code not in told


def test_filters_narrow_the_list(office: Office, dpip_context: Context, loic: UUID, moving: MovableClock) -> None:
    moving.move(days=3)
    office.services.access.open(loic)
    page = page_of(office)
    office.type("journal_from", "25/11/2026")
    assert set(acts(page)) == {"Dossier consulté"}
    office.find("journal_from.editor").clear()  # type: ignore[attr-defined]
    office.type("journal_from", " ")
    page.fields["journal_act"].set_value("start_person")
    page.fields["journal_act"].edited.emit("journal_act")
    assert acts(page) == ["Dossier créé"]
    page.fields["journal_act"].set_value("tous")
    page.fields["journal_officer"].set_value(str(dpip_context.officer_id))
    page.fields["journal_officer"].edited.emit("journal_officer")
    assert acts(page) == ["Dossier consulté"]
    office.type("journal_to", "1/1/2020")
    assert page.empty.isVisible()


def test_one_dossier_by_its_number_or_by_who_is_meant(office: Office, loic: UUID) -> None:
    other = office.services.persons.quick_start(
        QuickStart(birth_name="Perrot", first_names="Luc", birth_date=date(1990, 1, 2), ecrou_number="777")
    )
    page = page_of(office)
    field = page.fields["journal_dossier"]
    office.type("journal_dossier", "12345")
    press(office.find("journal_dossier.editor"), Qt.Key.Key_Return)
    assert page.wanted().dossier == loic
    for typed, dossier, problem in (
        (str(other), other, ""),
        ("perr", UUID(int=0), "Plusieurs personnes\u00a0: tapez le n° d’écrou."),
        ("zzzz", UUID(int=0), "Aucun dossier ne correspond."),
        ("", None, ""),
    ):
        field.set_value(typed)
        field.left.emit(field.code)
        assert (page.wanted().dossier, field.problem) == (dossier, problem)


def test_a_dpip_goes_from_a_line_to_the_dossier(office: Office, loic: UUID) -> None:
    page = page_of(office)
    page.fields["journal_act"].setFocus()
    page.fields["journal_act"].set_value("start_person")
    page.fields["journal_act"].edited.emit("journal_act")
    page.table.setFocus()
    press(page.table, Qt.Key.Key_Return)
    settle()
    assert office.window.place() == Place("person.synthese", loic)


def test_an_auditor_sees_the_number_and_goes_nowhere(dpip_context: Context, open_office: Open, loic: UUID) -> None:
    theirs = open_office(as_role(dpip_context, Role.AUDIT, "valbrune-90"))
    assert theirs.window.place() == Place("journal"), "the day of an auditor begins here"
    type_text(theirs.window.search, "perrin")
    assert theirs.window.search.hits() == ()
    page = page_of(theirs)
    assert str(loic) in " ".join(rows(page))
    assert not any(cell.link for row in page.table.records.rows for cell in row.cells)
    page.table.setFocus()
    press(page.table, Qt.Key.Key_Return)
    assert theirs.window.place() == Place("journal")
    assert not theirs.shows("journal.words")
    page.tabs.set_value("old")
    page.reload()
    assert not theirs.shows("journal.old.open")
    assert theirs.go("settings")
    assert theirs.shows("settings.journal")
    assert not theirs.shows("settings.retention")


def test_typed_words_are_shown_only_where_they_are_asked_for(office: Office, dpip_context: Context, loic: UUID) -> None:
    follow(dpip_context, loic)
    colleague = services_of(as_role(dpip_context, Role.CPIP, "valbrune-08"))
    colleague.access.open(loic, AccessReason.REPLACEMENT, "Mme Durand")
    page = page_of(office)
    assert "Remplacement, motif écrit" in rows(page)[0]
    assert "Durand" not in " ".join(rows(page))
    office.click("journal.words")
    assert "Remplacement, «\u00a0Mme Durand\u00a0»" in rows(page)[0]


def test_the_chain_is_checked_on_demand(office: Office, context: Context, loic: UUID, qtbot: QtBot) -> None:
    page = page_of(office)
    last = page.table.records.rows[0].key.seq  # type: ignore[attr-defined]
    office.click("journal.verify")
    qtbot.waitUntil(page.verdict.isVisible, timeout=LONG)
    assert page.verdict.word.text() == f"Journal intact, de la ligne 1 à la ligne {last}."
    behind_its_back(context.store, "UPDATE journal SET act = 'seat' WHERE seq = 2")
    office.click("journal.verify")
    qtbot.waitUntil(lambda: "altéré" in page.verdict.word.text(), timeout=LONG)
    assert "la ligne 2 a été modifiée" in page.verdict.word.text()
    assert page.verify.isEnabled()


def test_a_long_journal_is_read_by_pages(office: Office, context: Context) -> None:
    for _ in range(LINES + 5):
        with context.store.transaction(context.actor, "unlock") as tx:
            tx.note("store")
    page = page_of(office)
    total = office.services.journal.count(page.wanted())
    assert len(page.table.records.rows) == LINES
    assert page.shown.text() == f"1 à {LINES} sur {total}"
    office.click("journal.older")
    assert page.shown.text() == f"{LINES + 1} à {total} sur {total}"
    assert not page.older.isEnabled()
    office.click("journal.newer")
    assert page.shown.text().startswith("1 à")


def test_consultations_of_others_dossiers_by_officer(office: Office, dpip_context: Context, loic: UUID) -> None:
    follow(dpip_context, loic)
    colleague = services_of(as_role(dpip_context, Role.CPIP, "valbrune-08"))
    colleague.access.open(loic, AccessReason.DUTY)
    page = page_of(office)
    office.click("journal.tabs.readers")
    assert [[cell.text for cell in row.cells] for row in page.readers.records.rows] == [["valbrune-08", "1", "1", "1"]]
    office.type("journal_to", "1/1/2020")
    assert page.nobody.isVisible()


def test_old_lines_are_taken_away_with_the_passphrase(
    office: Office, loic: UUID, moving: MovableClock, qtbot: QtBot
) -> None:
    page = page_of(office)
    office.click("journal.tabs.old")
    assert page.old.heading.remark.text() == "Aucune aujourd’hui"  # type: ignore[attr-defined]
    assert not office.shows("journal.old.open")
    moving.move(days=3 * 365 + 2)
    office.services.access.open(loic)
    page.reload()
    office.click("journal.old.open")
    office.type("trim_passphrase", "une autre")
    office.click("journal.old.go")
    qtbot.waitUntil(lambda: bool(page.old.current.problem), timeout=LONG)
    page.old.current.line.clear()
    office.type("trim_passphrase", PASSPHRASE)
    press(office.find("trim_passphrase.editor"), Qt.Key.Key_Return)
    qtbot.waitUntil(page.old.notice.isVisible, timeout=LONG)
    assert page.old.notice.sentence.text().endswith("lignes retirées.")
    assert office.services.journal.verify().broken is None


@pytest.mark.parametrize("role", [Role.CPIP, Role.SECRETARIAT, Role.LECTURE, Role.ADMIN_TECHNIQUE])
def test_nobody_else_is_offered_the_page(dpip_context: Context, open_office: Open, role: Role) -> None:
    theirs = open_office(as_role(dpip_context, role, f"valbrune-{role}"))
    assert not theirs.go("journal")
    theirs.go("settings")
    assert not theirs.shows("settings.journal")


@pytest.mark.parametrize("view", ["lines", "readers", "old"])
def test_the_page_is_readable_at_every_size(office: Office, loic: UUID, view: str) -> None:
    page = page_of(office)
    office.click(f"journal.tabs.{view}")
    assert_every_control_is_named(page)
    assert_one_filled_button(page)
    assert_no_clipped_text(office.window)


def test_tab_goes_round(office: Office, loic: UUID) -> None:
    page_of(office)
    stops: list[QWidget] = assert_tab_ring(office.window)
    assert "journal.lines" in [one.objectName() for one in stops]
