"""The shared view: the person alone with the screen meets their own questions and nothing else."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication, QComboBox, QWidget

from spip_desktop.domain.evaluation import SaidHow
from spip_desktop.domain.place import Place
from spip_desktop.forms.schema import REFUSED
from spip_desktop.services.evaluation_ground import STEP_DRAFTS
from spip_desktop.services.person import QuickStart
from spip_desktop.ui import spelling, theme
from spip_desktop.ui.desk import INTERVIEW_PAGES, Desk
from spip_desktop.ui.evaluation.page import EvaluationPage
from spip_desktop.ui.line_section import LineItem
from spip_desktop.ui.shared.page import KIND, TITLE, SharedPage
from spip_desktop.wiring import Services
from tests.ui.checks import (
    assert_every_control_is_named,
    assert_no_clipped_text,
    assert_one_filled_button,
    assert_tab_ring,
    settle,
)
from tests.ui.shared.conftest import PLANTED, STEP
from tests.ui.typing import click, press, type_text

_PROPERTIES = ("text", "plainText", "title", "windowTitle", "toolTip", "statusTip", "whatsThis", "placeholderText")
_SAID = (QAccessible.Text.Name, QAccessible.Text.Description, QAccessible.Text.Value, QAccessible.Text.Help)


def told() -> str:
    """Every word of the windows that can be seen, and all that a screen reader is given of them, hidden or not."""
    found: list[str] = []
    for window in (one for one in QApplication.topLevelWidgets() if one.isVisible()):
        for widget in (window, *window.findChildren(QWidget)):
            if widget.isVisible():
                found += [str(widget.property(name) or "") for name in _PROPERTIES]
                found += [widget.accessibleName(), widget.accessibleDescription()]
            if isinstance(widget, QComboBox):
                found += [widget.itemText(place) for place in range(widget.count())]
        found += _read_aloud(window)
    return "\n".join(found)


def _read_aloud(window: QWidget) -> Iterator[str]:
    waiting = [QAccessible.queryAccessibleInterface(window)]
    while waiting:
        one = waiting.pop()
        if one is None or not one.isValid():
            continue
        yield from (one.text(kind) for kind in _SAID)
        waiting += [one.child(place) for place in range(one.childCount())]


def enter(desk: Desk, loic: UUID) -> SharedPage:
    assert desk.workplace.go(Place(KIND, loic))
    settle()
    page = desk.window.page()
    assert isinstance(page, SharedPage)
    return page


def go_to(page: SharedPage, step: str) -> None:
    while page.subject is None or page.subject.subject.step != step:
        click(page.next)
        settle()


def test_nothing_of_the_dossier_is_on_the_shared_view(desk: Desk, loic: UUID, draft: UUID) -> None:
    """The control: the same reading of the officer's pages finds every planted word."""
    met = ""
    for kind, field in (
        ("person.synthese", ""),
        ("person.situation", "measures"),
        ("person.evaluation", STEP),
        ("person.evaluation", "confidences"),
        ("person.evaluation", "avec-la-personne"),
        ("person.pacep", ""),
        ("person.commissions", ""),
        ("persons", ""),
    ):
        assert desk.workplace.go(Place(kind, loic if kind != "persons" else None, field))
        settle()
        for line in desk.window.findChildren(LineItem):
            if line.isVisible() and not line.is_open():
                line.toggle()
        settle()
        met += told()
    desk.workplace.go(Place("person.evaluation", loic))
    evaluation = desk.window.page()
    assert isinstance(evaluation, EvaluationPage)
    evaluation.versions.show()
    settle()
    met += told()
    assert {what for what, word in PLANTED.items() if word.lower() not in met.lower()} == set()
    page = enter(desk, loic)
    met = told()
    while page.next.text() != "Rendre l’écran":
        if page.subject and not page.subject.rulers_button.isHidden():
            click(page.subject.rulers_button)
        click(page.next)
        settle()
        met += told()
    assert {what for what, word in PLANTED.items() if word.lower() in met.lower()} == set()
    for word in ("risque", "besoin", "facteur", "criminogène", "niveau", "CPIP", "DPIP", "évaluation", "SPIP"):
        assert word.lower() not in met.lower(), word
    for shown in ("Travail et formation", "J’aimerais que ça change", "Ce qui me retient", "Je m’en sens capable"):
        assert shown in met


def test_neither_the_rail_nor_the_search_nor_the_keys_are_there(desk: Desk, loic: UUID, draft: UUID) -> None:
    enter(desk, loic)
    window = desk.window
    assert window.windowTitle() == TITLE
    assert not any(
        part.isVisible() for part in (window.rail, window.search, window.strip, window.top_bar, window.stack)
    )
    for key in (Qt.Key.Key_F1, Qt.Key.Key_F4, Qt.Key.Key_F9, Qt.Key.Key_Escape):
        press(window, key)
    for key in (Qt.Key.Key_K, Qt.Key.Key_F, Qt.Key.Key_P, Qt.Key.Key_Z, Qt.Key.Key_Plus):
        press(window, key, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert isinstance(window.page(), SharedPage)
    for place in (Place("persons"), Place("person.synthese", loic), Place("person.evaluation", loic), Place("help")):
        assert not desk.workplace.go(place)
    assert isinstance(window.page(), SharedPage)
    window.save_failed("Le disque est plein. Dossier de Loïc Perrin.")
    settle()
    assert "Perrin" not in told()


def test_the_first_key_begins_and_does_not_give_the_screen_back(desk: Desk, loic: UUID, draft: UUID) -> None:
    page = enter(desk, loic)
    assert QApplication.focusWidget() is page.next
    locked = QSignalSpy(desk.locked)
    QTest.keyClick(page.next, Qt.Key.Key_Space)
    assert (page.at, locked.count()) == (1, 0)


def test_nothing_underlines_what_the_person_writes(desk: Desk, loic: UUID, draft: UUID) -> None:
    """The control: the same desk does on the officer's pages."""
    assert spelling.current() is desk.spelling
    enter(desk, loic)
    assert spelling.current() is None


def test_the_way_out_is_a_lock(desk: Desk, loic: UUID, draft: UUID) -> None:
    locked = QSignalSpy(desk.locked)
    page = enter(desk, loic)
    go_to(page, STEP)
    click(page.leave_button)
    assert locked.count() == 1
    assert locked.at(0) == ["interview"]
    press(desk.window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert locked.count() == 2
    seat = desk.workplace.seat()
    assert seat.place == Place("person.evaluation", loic, STEP)


def test_it_opens_from_an_interview_and_for_its_person_only(
    desk: Desk, services: Services, loic: UUID, draft: UUID
) -> None:
    assert desk.workplace.go(Place("person.evaluation", loic))
    assert desk.workplace.begin_interview(INTERVIEW_PAGES)
    other = services.persons.quick_start(
        QuickStart(birth_name="Nguyen", first_names="An", birth_date=date(1990, 1, 2), ecrou_number="777")
    )
    assert not desk.workplace.go(Place(KIND, other))
    assert isinstance(enter(desk, loic), SharedPage)
    locked = QSignalSpy(desk.locked)
    press(desk.window, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    assert locked.at(0) == ["interview"]


def test_what_the_person_answers_is_kept_as_theirs(desk: Desk, services: Services, loic: UUID, draft: UUID) -> None:
    page = enter(desk, loic)
    go_to(page, STEP)
    assert page.subject is not None
    pour = page.subject.asked.field(f"{STEP}_pour")
    assert pour.value() == "", "what the officer wrote down is not shown before the person speaks"
    click(page.findChild(QWidget, f"{STEP}_vecu.changer"))
    contre = page.subject.asked.field(f"{STEP}_contre")
    contre.setFocus()
    type_text(contre.editor, "Peur d'échouer")
    click(page.subject.rulers_button)
    click(page.findChild(QWidget, f"{STEP}_confiance.6"))
    click(page.next)
    settle()
    field = services.evaluations.reading.view(draft).fields[STEP].value
    assert (field.said_how, field.said_on, field.rulers) == (SaidHow.SCREEN, date(2026, 11, 22), True)
    assert field.answers == {
        f"{STEP}_vecu": "changer",
        f"{STEP}_pour": "Devenir brocanteur",
        f"{STEP}_contre": "Peur d'échouer",
        f"{STEP}_confiance": 6,
    }
    click(page.previous)
    settle()
    assert page.subject.asked.value(f"{STEP}_vecu") == "changer"
    assert page.subject.ruled.isVisible()


def test_one_may_prefer_not_to_speak_and_take_an_answer_back(
    desk: Desk, services: Services, loic: UUID, draft: UUID
) -> None:
    page = enter(desk, loic)
    go_to(page, "consommations")
    radio = page.findChild(QWidget, f"consommations_vecu.{REFUSED}")
    assert radio is not None
    click(radio)
    assert page.flush()
    assert services.evaluations.reading.view(draft).fields["consommations"].value.answers == {
        "consommations_vecu": REFUSED
    }
    press(radio, Qt.Key.Key_Delete)
    assert page.flush()
    assert services.evaluations.reading.view(draft).fields["consommations"].value.answers == {}


def test_what_is_too_long_is_said_and_kept_aside(desk: Desk, services: Services, loic: UUID, draft: UUID) -> None:
    page = enter(desk, loic)
    go_to(page, "loisirs")
    assert page.subject is not None
    pour = page.subject.asked.field("loisirs_pour")
    pour.set_value("x" * 501)
    page.autosave.touch("loisirs_pour")
    assert page.flush()
    assert pour.problem
    field = services.evaluations.reading.view(draft).fields["loisirs"].value
    assert field.answers == {}
    (kept,) = services.desk.of(STEP_DRAFTS, field.id)
    assert kept.text == "x" * 501


def test_without_a_draft_it_says_what_to_do_first(desk: Desk, loic: UUID) -> None:
    assert desk.workplace.go(Place("person.evaluation", loic))
    assert not desk.workplace.go(Place(KIND, loic))
    settle()
    assert "Commencez d’abord une évaluation" in told()
    assert not desk.window.is_whole()


def test_it_is_in_larger_text_and_whole_at_every_size(desk: Desk, loic: UUID, draft: UUID) -> None:
    before = theme.current().percent
    page = enter(desk, loic)
    assert theme.current().percent == round(before * 1.3)
    go_to(page, STEP)
    assert page.subject is not None
    click(page.subject.rulers_button)
    assert_every_control_is_named(desk.window)
    assert len(assert_tab_ring(desk.window)) > 6
    assert_one_filled_button(desk.window)
    assert_no_clipped_text(desk.window)


@pytest.mark.parametrize("kept", [True, False])
def test_it_says_whether_it_is_noted(
    desk: Desk, services: Services, loic: UUID, draft: UUID, kept: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = enter(desk, loic)
    go_to(page, "loisirs")
    if not kept:
        services.context.actor = services.context.actor.__class__(services.context.actor.officer, read_only=True)
    click(page.findChild(QWidget, "loisirs_vecu.appui"))
    page.flush()
    settle()
    assert page.kept.text() == ("C’est noté." if kept else "")
    assert page.lost.isVisible() is not kept
