"""The page « De l’entretien au retour », with real keys and a real encrypted store."""

from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QWidget

from spip_desktop.db.evaluation import FINDINGS
from spip_desktop.domain.place import Place
from spip_desktop.services.context import Context
from spip_desktop.ui.buttons import LinkButton
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.labels import StateLabel
from spip_desktop.ui.pacep.chain import KIND, ChainPage
from spip_desktop.ui.window import Frame, MainWindow
from spip_desktop.wiring import Services, make_services
from tests.pacep_fixtures import Written
from tests.ui.checks import (
    assert_every_control_is_named,
    assert_no_clipped_text,
    assert_one_filled_button,
    assert_tab_ring,
    at_text_size,
    settle,
)
from tests.ui.conftest import DAY_J, Show
from tests.ui.typing import press, type_text


class Desk:
    def __init__(self, context: Context, window: MainWindow) -> None:
        self.services: Services = make_services(context)
        self.window, self.bugs = window, list[str]()
        self.page = ChainPage(self.services, Guard(self.bugs.append, window))
        self.went: list[Place] = []
        self.page.went.connect(self.went.append)

    def open(self, person: UUID) -> None:
        self.page.open(Place(KIND, person))
        self.window.show_page(self.page, Place(KIND, person))
        settle()

    def links(self) -> dict[str, LinkButton]:
        """The links shown, by what is spoken of them."""
        found = [one for one in self.page.findChildren(LinkButton) if one.isVisibleTo(self.page)]
        return {one.accessibleName(): one for one in found}

    def said(self) -> list[str]:
        settle()
        found = [one for one in self.page.lacking.findChildren(StateLabel) if one.isVisibleTo(self.page)]
        return [one.word.text().replace("\u00a0", " ") for one in found]


@pytest.fixture
def desk(context: Context, show: Show) -> Iterator[Desk]:
    window = MainWindow(Frame(now=lambda: DAY_J))
    show(window)
    made = Desk(context, window)
    yield made
    made.page.flush()
    assert made.bugs == []
    window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def test_every_link_leads_to_its_page_from_the_words_heard_to_the_sheet(
    desk: Desk, perrin: UUID, written: Written
) -> None:
    """« D’où vient cet objectif, et qu’en est-il sorti ? »"""
    sheet = desk.services.prescriptions.draft.start(perrin, written.plan, written.external)
    desk.open(perrin)
    expected = {
        "Besoin, se qualifier dans un métier qui lui plaît": Place("person.evaluation", perrin, "formation_emploi"),
        "Axe 1, Travailler et se former": Place("person.pacep", perrin, str(written.axis)),
        "Objectif 1.1": Place("person.pacep", perrin, str(written.objective)),
        "Action, Fiche pour la mission locale": Place("person.pacep", perrin, str(written.external)),
        "Fiche, ": Place("prescription", sheet),
    }
    for words, place in expected.items():
        link = next(one for said, one in desk.links().items() if said.startswith(words))
        press(link, Qt.Key.Key_Space)
        assert desk.went[-1] == place


def test_the_words_heard_lead_to_the_interview_and_a_return_to_its_sheet(
    desk: Desk, context: Context, perrin: UUID, written: Written
) -> None:
    with context.store.transaction(context.actor, "test") as tx:
        for finding in FINDINGS.find(tx, person_id=perrin):
            FINDINGS.save(tx, replace(finding, evidence=f"dit : {finding.wording}"))
    desk.open(perrin)
    heard = next(one for said, one in desk.links().items() if said.startswith("Entretien"))
    assert "« dit\u00a0: se qualifier" in heard.accessibleName().replace("«\u00a0", "« ")
    press(heard, Qt.Key.Key_Space)
    assert desk.went[-1].id == perrin
    assert desk.went[-1].field.startswith("formation_emploi/words.")


def test_a_line_that_left_the_plan_is_no_longer_in_the_chain(desk: Desk, perrin: UUID, written: Written) -> None:
    desk.services.pacep.course.submit(written.plan)
    desk.services.pacep.course.remove_part(written.plan, written.internal, DAY_J.date(), "Sans suite.")
    desk.open(perrin)
    assert [said for said in desk.links() if said.startswith("Action")] == [
        "Action, Fiche pour la mission locale, C. Vasseur, à engager"
    ]


def test_a_written_reason_takes_a_line_off_and_can_be_taken_back(desk: Desk, perrin: UUID, written: Written) -> None:
    """« Cet entretien n’a pas de date, et c’est voulu. »"""
    desk.open(perrin)
    assert desk.said()[0] == "2 points restent ouverts."
    assert "Action « Entretien mensuel sur le projet » : ni date ni rythme" in desk.said()
    editor = desk.page.findChild(QWidget, f"gap.{written.internal}.why.editor")
    assert editor is not None
    editor.setFocus()
    type_text(editor, "Selon ses horaires")
    assert desk.page.flush()
    assert desk.said()[0] == "Un point reste ouvert."
    desk.open(perrin)
    assert desk.said()[-1] == "Action « Entretien mensuel sur le projet » : ni date ni rythme"  # still to be read
    desk.page.undo()
    assert desk.said()[0] == "2 points restent ouverts."
    press(next(one for said, one in desk.links().items() if said.startswith("Aller au champ")), Qt.Key.Key_Space)
    assert desk.went[-1].field.endswith(".due")


@pytest.mark.parametrize(("state", "size"), [("empty", 100), ("draft", 100), ("draft", 200), ("frozen", 100)])
def test_the_page_passes_the_checks_of_every_screen(
    desk: Desk, perrin: UUID, state: str, size: int, request: pytest.FixtureRequest
) -> None:
    if state != "empty":
        plan: Written = request.getfixturevalue("written")
        if state == "frozen":
            desk.services.pacep.course.submit(plan.plan)
    at_text_size(size)
    try:
        desk.open(perrin)
        assert_every_control_is_named(desk.window)
        assert_one_filled_button(desk.page)
        assert_tab_ring(desk.window)
        assert_no_clipped_text(desk.window)
    finally:
        at_text_size(100)
