"""Places are opened once the work is saved, links followed, and the seat found again."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy
from pytestqt.qtbot import QtBot

from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.place import Place, Seat
from spip_desktop.ui.fields import FieldKind, FieldSpec
from spip_desktop.ui.form import FormView
from spip_desktop.ui.page import Page
from spip_desktop.ui.person_strip import PersonStripValues
from spip_desktop.ui.window import MainWindow
from spip_desktop.ui.workplace import Workplace
from tests.ui.checks import settle
from tests.ui.typing import press, type_text

PERRIN, NGUYEN, UNKNOWN = UUID(int=7), UUID(int=8), UUID(int=9)
REFUSED = "Cet élément n’est plus dans le magasin."
AT = datetime(2026, 11, 22, 13, 2, 31, tzinfo=UTC)


class Notes(Page):
    """A page with a note and a line, about a person where its place has one."""

    def __init__(self, title: str) -> None:
        super().__init__(title, name=title)
        self.form = FormView((FieldSpec("note", "Note", FieldKind.NOTE), FieldSpec("phone", "Téléphone")))
        self.add(self.form)
        self.opened: list[Place] = []
        self.saves, self.flushed, self.undone, self.printed = True, 0, 0, 0
        self.person: UUID | None = None

    def open(self, place: Place) -> None:
        if place.id == UNKNOWN:
            raise Refusal("not_found")
        self.person = place.id
        self.opened.append(place)
        super().open(place)

    def person_id(self) -> UUID | None:
        return self.person

    def flush(self) -> bool:
        self.flushed += 1
        return self.saves

    def undo(self) -> None:
        self.undone += 1

    def print_document(self) -> None:
        self.printed += 1


class Office:
    """The workplace with three pages, and what was made of them."""

    def __init__(self, window: MainWindow) -> None:
        self.made: list[str] = []
        self.pages: dict[str, Notes] = {}
        self.strips: list[UUID | None] = []
        kinds = ("persons", "person.synthese", "person.evaluation")
        makers = {kind: (lambda kind=kind: self._make(kind)) for kind in kinds}
        self.workplace = Workplace(window, makers, Place("persons"), self._strip, lambda _: REFUSED)

    def _make(self, kind: str) -> Notes:
        self.made.append(kind)
        self.pages[kind] = Notes(kind)
        return self.pages[kind]

    def _strip(self, page: Page) -> PersonStripValues | None:
        self.strips.append(page.person_id())
        return None


@pytest.fixture
def office(window: MainWindow) -> Office:
    made = Office(window)
    made.workplace.start()
    settle()
    return made


def here(office: Office) -> tuple[str, UUID | None]:
    place = office.workplace.window.place()
    page = office.workplace.page()
    assert page is not None
    assert page.objectName() == place.kind
    return place.kind, place.id


def test_the_day_begins_at_home(office: Office) -> None:
    assert here(office) == ("persons", None)
    assert office.made == ["persons"]


def test_a_page_is_made_once_and_opened_each_time(office: Office) -> None:
    for person in (PERRIN, NGUYEN):
        assert office.workplace.go(Place("person.synthese", person))
        assert office.workplace.go(Place("persons"))
    assert office.made == ["persons", "person.synthese"]
    assert [place.id for place in office.pages["person.synthese"].opened] == [PERRIN, NGUYEN]


def test_a_link_of_a_page_is_followed(office: Office) -> None:
    office.pages["persons"].go("person.evaluation", PERRIN, "phone")
    settle()
    assert here(office) == ("person.evaluation", PERRIN)
    page = office.pages["person.evaluation"]
    assert page.window().focusWidget() is page.form.field("phone").editor


def test_the_search_and_the_rail_lead_there_too(office: Office) -> None:
    office.workplace.window.went.emit(Place("person.synthese", NGUYEN))
    assert here(office) == ("person.synthese", NGUYEN)


def test_work_is_saved_before_a_page_is_left(office: Office) -> None:
    home = office.pages["persons"]
    office.workplace.go(Place("person.synthese", PERRIN))
    assert home.flushed == 1


def test_a_page_that_could_not_save_stays(office: Office) -> None:
    home = office.pages["persons"]
    home.saves = False
    assert not office.workplace.go(Place("person.synthese", PERRIN))
    assert here(office) == ("persons", None)
    assert office.made == ["persons"]
    assert not office.workplace.flush()
    home.saves = True
    assert office.workplace.go(Place("person.synthese", PERRIN))


def test_a_place_that_is_gone_says_so_and_the_page_stays(office: Office) -> None:
    assert not office.workplace.go(Place("person.synthese", UNKNOWN))
    assert here(office) == ("persons", None)
    window = office.workplace.window
    assert window.band.isVisible()
    assert window.band.sentence.text() == REFUSED
    assert "Non enregistré" not in window.top_bar.saved.word.text()
    office.workplace.go(Place("person.synthese", PERRIN))
    assert not window.band.isVisible()


def test_a_kind_nobody_knows_leads_nowhere(office: Office) -> None:
    assert not office.workplace.go(Place("agenda"))
    assert here(office) == ("persons", None)


def test_f4_goes_back_and_forth_between_two_persons(office: Office) -> None:
    window = office.workplace.window
    press(window, Qt.Key.Key_F4)
    window.last_person_asked.emit()
    assert here(office) == ("persons", None)
    office.workplace.go(Place("person.synthese", PERRIN))
    window.last_person_asked.emit()
    assert here(office) == ("person.synthese", PERRIN)
    office.workplace.go(Place("person.evaluation", NGUYEN))
    window.last_person_asked.emit()
    assert here(office) == ("person.synthese", PERRIN)
    window.last_person_asked.emit()
    assert here(office) == ("person.synthese", NGUYEN)
    office.workplace.go(Place("persons"))
    window.last_person_asked.emit()
    assert here(office) == ("person.synthese", NGUYEN)


def test_sections_of_one_person_are_one_visit(office: Office) -> None:
    for place in (Place("person.synthese", PERRIN), Place("person.synthese", NGUYEN)):
        office.workplace.go(place)
    office.workplace.go(Place("person.evaluation", NGUYEN))
    office.workplace.window.last_person_asked.emit()
    assert here(office) == ("person.synthese", PERRIN)


def test_the_seat_is_where_one_was_typing(office: Office) -> None:
    office.workplace.go(Place("person.evaluation", PERRIN))
    page = office.pages["person.evaluation"]
    page.window().activateWindow()
    editor = page.form.field("note").editor
    editor.setFocus()
    settle()
    type_text(editor, "Été à l’hôtel")
    for _ in range(4):
        press(editor, Qt.Key.Key_Left)
    assert office.workplace.seat() == Seat(Place("person.evaluation", PERRIN, "note"), cursor=9, scroll=0)


def test_one_comes_back_to_the_same_field_and_cursor(window: MainWindow) -> None:
    office = Office(window)
    seat = Seat(Place("person.evaluation", PERRIN, "phone"), cursor=3)
    office._make("person.evaluation")
    page = office.pages["person.evaluation"]
    page.form.field("phone").set_value("05 36 49")
    office.workplace._make = {**office.workplace._make, "person.evaluation": lambda: page}
    window.activateWindow()
    office.workplace.start(seat)
    settle()
    assert here(office) == ("person.evaluation", PERRIN)
    editor = page.form.field("phone").editor
    assert window.focusWidget() is editor
    assert editor.cursorPosition() == 3  # type: ignore[attr-defined]


@pytest.mark.parametrize("place", [Place("agenda"), Place("person.synthese", UNKNOWN)])
def test_a_seat_that_is_gone_leads_home(window: MainWindow, place: Place) -> None:
    office = Office(window)
    office.workplace.start(Seat(place, 3, 40))
    assert here(office) == ("persons", None)


def test_undo_and_print_go_to_the_page_shown(office: Office) -> None:
    office.workplace.go(Place("person.synthese", PERRIN))
    office.workplace.window.undo_asked.emit()
    office.workplace.window.print_asked.emit()
    page, home = office.pages["person.synthese"], office.pages["persons"]
    assert (page.undone, page.printed, home.undone, home.printed) == (1, 1, 0, 0)


def test_what_a_page_saved_is_said_by_the_window(office: Office, qtbot: QtBot) -> None:
    window = office.workplace.window
    office.pages["persons"].saved.emit(AT)
    assert window.top_bar.saved.word.text() == "Enregistré à 14:02:31"
    office.pages["persons"].save_failed.emit("Le disque est plein.")
    assert window.band.sentence.text() == "Le disque est plein."
    assert "Non enregistré" in window.top_bar.saved.word.text()


def test_the_strip_follows_the_person(office: Office) -> None:
    office.workplace.go(Place("person.synthese", PERRIN))
    office.workplace.refresh_strip()
    assert office.strips == [None, PERRIN, PERRIN]


def test_the_strip_says_what_was_just_saved(office: Office, qtbot: QtBot) -> None:
    office.workplace.go(Place("person.synthese", PERRIN))
    for _ in range(3):
        office.pages["person.synthese"].saved.emit(AT)
    qtbot.waitUntil(lambda: len(office.strips) > 2)
    assert office.strips == [None, PERRIN, PERRIN]  # read once for the three


def test_the_window_closes_only_once_the_page_is_saved(office: Office) -> None:
    window = office.workplace.window
    closing = QSignalSpy(window.closing)
    office.pages["persons"].saves = False
    assert not window.close()
    assert window.isVisible()
    office.pages["persons"].saves = True
    assert window.close()
    assert closing.count() == 1
