"""By whatever way one comes to a colleague's dossier, the window asks why before it shows a word of it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from spip_desktop.db import journal
from spip_desktop.db.person import CONSULTATION
from spip_desktop.domain.board_review import Board
from spip_desktop.domain.evaluation import EvaluationKind
from spip_desktop.domain.officer import Right, Role
from spip_desktop.domain.place import Place, Seat
from spip_desktop.services.evaluation_draft import Start
from spip_desktop.settings import Settings
from spip_desktop.ui.desk import Desk
from spip_desktop.ui.dossier import DossierPage
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.page import Page
from spip_desktop.ui.persons.list_page import PersonsPage
from spip_desktop.ui.screens import pages
from spip_desktop.ui.tasks import Tasks
from spip_desktop.ui.text import Text
from spip_desktop.wiring import Services
from tests.prescription_fixtures import MissionsLocales, complete
from tests.store_fixtures import entrusted, make_officer
from tests.ui.checks import settle
from tests.ui.conftest import Show
from tests.ui.typing import click, press, shortcut, type_text

#: Words of the dossier that neither the list nor the search tells.
SECRETS = ("22/06/2027", "B 214", "maison d’arrêt", "cuisine", "Condamné", "Orsanne", "06 39 98", "Évaluation initiale")


@dataclass
class Colleague:
    """A CPIP at work in the window, and Claire's dossier with its sheet and its passage in CPU."""

    desk: Desk
    person: UUID
    inside: dict[str, UUID]

    def place(self, kind: str) -> Place:
        return Place(kind, self.inside.get(kind, self.person))

    def page(self) -> Page:
        found = self.desk.workplace.page()
        assert found is not None
        return found

    def seen(self) -> str:
        """Every word in sight in the window, what stands in fields included."""
        window = self.desk.window
        said = [one.text() for one in window.findChildren(Text) if one.isVisible()]
        said += [one.text() for one in window.findChildren(QLineEdit) if one.isVisible()]
        said += [one.document().toRawText() for one in window.findChildren(QPlainTextEdit) if one.isVisible()]
        return " | ".join(said)


@pytest.fixture
def colleague(
    services: Services, loic: UUID, missions: MissionsLocales, show: Show, qapp: QApplication
) -> Iterator[Colleague]:
    sheet = complete(services.prescriptions, loic)
    services.evaluations.draft.start(loic, Start(kind=EvaluationKind.INITIAL))
    services.pacep.draft.start(loic)
    passage = services.commissions.draft.start(loic, Board.CPU)
    note = services.interviews.writing.begin(loic)
    services.interviews.writing.save_fields(note, {"today": "La cuisine, encore."})
    services.interviews.writing.close(note)
    services.persons.assign(loic, services.context.officer_id, reason="nouveau")
    officer = replace(make_officer(services.context.ids, Role.CPIP, identifier="valbrune-12"), first_name="Aline")
    services.context.actor = replace(services.context.actor, officer=officer)
    tasks = Tasks()
    desk = Desk(services, tasks, Settings(), ())
    show(desk.window)
    desk.start()
    settle()
    yield Colleague(desk, loic, {"prescription": sheet, "commission": passage, "interview": note})
    tasks.stop()


def kinds(services: Services) -> list[str]:
    """The kinds of place that show a dossier, asked of the pages themselves."""
    made = pages(services, Guard(lambda _: None), Page.__new__)  # type: ignore[arg-type]
    return [kind for kind, make in made.items() if kind != "settings" and isinstance(make(), DossierPage)]


def asks_why(colleague: Colleague, key: Qt.Key = Qt.Key.Key_1) -> None:
    """The window asks why and tells nothing; a reason on one key, and the dossier is there."""
    page = colleague.page()
    assert isinstance(page, DossierPage)
    assert page.access.isVisible()
    assert not page.content.isVisible()
    assert "Vous ne suivez pas ce dossier" in colleague.seen()
    assert not any(word in colleague.seen() for word in (*SECRETS, "PERRIN"))
    place = colleague.desk.window.place()
    focus = colleague.desk.window.focusWidget()
    assert focus is not None
    shortcut(focus, key)
    settle()
    assert colleague.desk.window.place() == place
    assert page.content.isVisible()
    assert not page.access.isVisible()
    assert "PERRIN" in colleague.seen(), "the control: the strip names the person once the dossier is open"


def test_every_page_of_a_dossier_asks_why(services: Services, colleague: Colleague, moving: object) -> None:
    every = kinds(services)
    assert set(every) >= {
        "person.synthese", "person.situation", "person.evaluation", "person.pacep", "person.prescriptions",
        "prescription", "commission", "person.commissions", "person.movement",
    }  # fmt: skip
    told = []
    for kind in every:
        assert colleague.desk.workplace.go(colleague.place(kind)), kind
        settle()
        asks_why(colleague)
        told.append(colleague.seen())
        moving.move(hours=13)  # type: ignore[attr-defined]
        assert colleague.desk.workplace.go(Place("persons"))
        settle()
    for word in ("22/06/2027", "cuisine", "Condamné"):
        assert any(word in text for text in told), f"the control: there was {word} to tell"


def _by_search(colleague: Colleague) -> None:
    window = colleague.desk.window
    window.focus_search()
    type_text(window.search, "perrin")
    assert "22/06/2027" not in colleague.seen()
    press(window.search, Qt.Key.Key_Return)


def _by_number(colleague: Colleague) -> None:
    window = colleague.desk.window
    window.focus_search()
    type_text(window.search, "12345")
    press(window.search, Qt.Key.Key_Return)


def _by_list(colleague: Colleague) -> None:
    assert colleague.desk.workplace.go(Place("persons"))
    page = colleague.page()
    assert isinstance(page, PersonsPage)
    click(page.findChild(QWidget, "persons.tabs.tous"))
    settle()
    assert "Dossier non ouvert" in [cell.text for row in page.table.records.rows for cell in row.cells]
    page.table.setFocus()
    press(page.table, Qt.Key.Key_Return)


def _by_link(colleague: Colleague) -> None:
    colleague.page().went.emit(colleague.place("prescription"))


def _by_seat(colleague: Colleague) -> None:
    colleague.desk.workplace.start(Seat(Place("person.situation", colleague.person, "phone")))


@pytest.mark.parametrize("way", [_by_search, _by_number, _by_list, _by_link, _by_seat])
def test_every_way_to_a_dossier_asks_why(colleague: Colleague, way: Callable[[Colleague], None]) -> None:
    way(colleague)
    settle()
    asks_why(colleague)


@pytest.mark.parametrize(
    ("key", "reason"),
    [
        (Qt.Key.Key_3, "urgence_signalee"),
        (Qt.Key.Key_QuoteDbl, "urgence_signalee"),
        (Qt.Key.Key_ParenLeft, "appel_entrant"),
    ],
)
def test_one_key_gives_the_reason_on_a_french_keyboard_too(colleague: Colleague, key: Qt.Key, reason: str) -> None:
    assert colleague.desk.workplace.go(colleague.place("person.synthese"))
    settle()
    asks_why(colleague, key)
    with colleague.desk.services.context.store.reading() as tx:
        lines = journal.lines_about(tx.connection, colleague.person)
    assert [line.reason for line in lines if line.act == CONSULTATION and line.reason] == [reason]


_ASKED = {
    "todo": Right.READ_PERSON,
    "persons": Right.READ_PERSON,
    "person.new": Right.WRITE_PERSON,
    "prescriptions": Right.READ_PRESCRIPTION,
    "partners": Right.READ_PARTNER,
    "person.synthese": Right.READ_PERSON,
    "person.situation": Right.READ_PERSON,
    "person.evaluation": Right.READ_EVALUATION,
    "person.pacep": Right.READ_PACEP,
    "person.prescriptions": Right.READ_PRESCRIPTION,
}


@pytest.mark.parametrize("role", list(Role))
def test_a_page_that_a_role_may_not_read_says_so(services: Services, loic: UUID, show: Show, role: Role) -> None:
    """A dossier assigned to them: the role alone decides. A bug in a page would be raised here.

    The rail offers the pages that the role reads, and no other.
    """
    context = services.context
    context.actor = replace(entrusted(context, loic, role).actor, store_has_dpip=True)
    tasks = Tasks()
    desk = Desk(services, tasks, Settings(), ())
    show(desk.window)
    desk.start()
    may = context.actor.may
    first = (
        "todo"
        if may(Right.WRITE_PACEP)
        else "persons"
        if may(Right.READ_PERSON)
        else "journal"
        if may(Right.READ_JOURNAL)
        else "settings"
    )
    assert desk.window.place() == Place(first), "the first page is one that this role reads"
    assert not desk.window.band.isVisible()
    offered = {*_ASKED, "settings"} & set(desk.window.rail.kinds())
    read = {kind for kind, right in _ASKED.items() if kind != "person.new" and may(right)}
    assert offered == {*read, "settings"}
    of_person = {kind for kind in _ASKED if kind.startswith("person.") and kind != "person.new"}
    for kind, right in _ASKED.items():
        assert desk.workplace.go(Place(kind, loic if kind in of_person else None)) is may(right), kind
        settle()
        assert desk.window.band.isVisible() is not may(right), kind
    tasks.stop()


def test_the_list_of_sheets_holds_those_of_my_dossiers_only(colleague: Colleague) -> None:
    assert colleague.desk.workplace.go(Place("prescriptions"))
    settle()
    assert not any(word in colleague.seen() for word in (*SECRETS, "PERRIN"))
    assert colleague.desk.window.findChild(QWidget, "prescriptions") is not None
