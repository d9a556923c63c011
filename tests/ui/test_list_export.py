"""« Exporter », on every page that lists persons or days: exactly what the screen shows, by keyboard."""

from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from python_calamine import CalamineWorkbook

from spip_desktop.domain.place import Place
from spip_desktop.reference import load
from spip_desktop.services.context import Context
from spip_desktop.services.request import LINES, NewRequest
from spip_desktop.ui import list_export, screens
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.list_export import typed
from spip_desktop.ui.page import Page
from spip_desktop.ui.requests.page import RequestsPage
from spip_desktop.ui.table import Cell, Column, RecordRow, TableView
from spip_desktop.ui.window import Frame, MainWindow
from spip_desktop.ui.workload.page import WorkloadPage
from spip_desktop.wiring import Services, make_services
from tests.ui.checks import settle
from tests.ui.conftest import DAY_J, Show
from tests.ui.typing import click, press, type_text

#: The page, and the name of its button and of its table.
PAGES = {
    "persons": ("persons.export", "persons.table"),
    "todo": ("todo.export", "todo.table"),
    "caseload": ("caseload.export", "caseload.table"),
    "prescriptions": ("prescriptions.export", "prescriptions.table"),
    "prescriptions.silent": ("prescriptions.silent.export", "silent.table"),
    "arrivals": ("arrivals.export", "arrivals.table"),
    "requests": ("requests.export", "requests.table"),
    "commissions": ("commissions.export", "commissions.table"),
    "agenda": ("agenda.list.export", "agenda.table"),
    "workload": ("workload.export", "workload.table"),
}

ASKER, CHANNEL = (load(one).entries[0].code for one in ("request_askers", "request_channels"))


@pytest.fixture
def services(context: Context, loic: UUID) -> Services:
    made = make_services(context)
    made.persons.assign(loic, context.officer_id, reason="nouveau")
    made.prescriptions.draft.start(loic)
    made.requests.add(NewRequest(person_id=loic, asker=ASKER, channel=CHANNEL, subject="=cmd|' /C calc'!A0"))
    return made


@pytest.fixture
def window(show: Show) -> MainWindow:
    made = MainWindow(Frame(now=lambda: DAY_J, search=lambda text: []))
    show(made)
    return made


def opened(services: Services, window: MainWindow, kind: str) -> Page:
    bugs: list[str] = []
    made = screens.pages(services, Guard(bugs.append, window), Page)[kind]()
    window.show_page(made, Place(kind))
    made.open(Place(kind))
    settle()
    return made


def find(page: Page, name: str) -> QWidget:
    settle()
    found = [one for one in page.findChildren(QWidget, name) if one.isVisibleTo(page)]
    assert found, f"nothing shown under {name}"
    return found[-1]


@pytest.mark.parametrize("kind", PAGES)
def test_the_list_of_each_page_leaves_as_it_is_shown(
    services: Services, window: MainWindow, kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "sortie"
    folder.mkdir()
    monkeypatch.setattr(list_export, "choose_new_file", lambda *_: folder / "liste.xlsx")
    page = opened(services, window, kind)
    button, table = PAGES[kind]
    click(find(page, button))
    press(find(page, "reason.editor"), Qt.Key.Key_Return)
    assert list(folder.iterdir()) == [], "no reason, no file"
    type_text(find(page, "reason.editor"), "Réunion")
    press(find(page, "reason.editor"), Qt.Key.Key_Return)
    settle()
    (written,) = folder.iterdir()
    found = CalamineWorkbook.from_path(str(written)).get_sheet_by_index(0).to_python()
    view = page.findChild(TableView, table)
    assert isinstance(view, TableView)
    shown = [row.cells[0].text for row in view.records.rows]
    wanted = [cell for row in typed(view.records.columns, view.records.rows)[1] for cell in row[:1]]
    assert len(shown) == len(wanted)
    if kind != "agenda":  # the week is no table; its list is read below it
        assert [row[0] for row in found[1:]] == [one or "" for one in wanted]
    assert page.notice.isVisibleTo(page), "where it went is told"


def test_every_request_of_the_tab_leaves_not_only_the_first_that_it_shows(
    services: Services, window: MainWindow, loic: UUID
) -> None:
    for number in range(LINES + 3):
        services.requests.add(NewRequest(person_id=loic, asker=ASKER, channel=CHANNEL, subject=f"Demande {number}"))
    page = opened(services, window, "requests")
    assert isinstance(page, RequestsPage)
    assert len(page.table.records.rows) == LINES
    assert len(page.export.read().rows) == LINES + 4


def test_the_counts_of_the_workload_are_numbers(services: Services, window: MainWindow) -> None:
    page = opened(services, window, "workload")
    assert isinstance(page, WorkloadPage)
    listed = page.export.read()
    assert listed.heads[:2] == ["Agent", "Personnes"]
    assert listed.rows[0][1] == 1
    assert all(isinstance(one, int) for row in listed.rows for one in row[1:-1])


def test_a_day_is_a_day_and_what_stands_below_has_its_own_column() -> None:
    columns = (Column("Personne"), Column("Sortie"), Column("Écrou"))
    rows = [
        RecordRow(1, (Cell("Loïc PERRIN", "22 ans"), Cell("22/02/2027", "fin de peine"), Cell("012345"))),
        RecordRow(2, (Cell("Zoé ABADIE"), Cell("", ""), Cell("777"))),
    ]
    heads, values = typed(columns, rows)
    assert heads == ["Personne", "Personne (précision)", "Sortie", "Sortie (précision)", "Écrou"]
    assert values[0] == ["Loïc PERRIN", "22 ans", date(2027, 2, 22), "fin de peine", "012345"]
    assert values[1] == ["Zoé ABADIE", None, None, None, "777"]
