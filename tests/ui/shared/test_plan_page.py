"""« Ce que nous avons retenu ensemble » on the screen: the words of the copy, the person's own answer, the way out."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication

from spip_desktop.db import event as events
from spip_desktop.domain.pacep_states import Agreement, EventCode, agreement_of
from spip_desktop.domain.place import Place
from spip_desktop.services.context import Context
from spip_desktop.settings import Settings
from spip_desktop.ui.desk import Desk
from spip_desktop.ui.pacep.page import PacepPage
from spip_desktop.ui.shared.plan import KIND, TITLE, PlanPage
from spip_desktop.ui.tasks import Tasks
from spip_desktop.wiring import Services, make_services
from tests.pacep_fixtures import Written
from tests.ui.checks import (
    assert_every_control_is_named,
    assert_no_clipped_text,
    assert_one_filled_button,
    settle,
)
from tests.ui.conftest import Show
from tests.ui.shared.test_shared_page import told
from tests.ui.typing import click, type_text

#: Of the plan and of its dossier, never on the screen turned towards the person.
NEVER = ("Perrin", "Régulier", "sortie dans sept mois", "se qualifier", "contrat ou entrée", "Travailler et se former")


@pytest.fixture
def services(context: Context) -> Services:
    return make_services(context)


@pytest.fixture
def desk(services: Services, show: Show, qapp: QApplication) -> Iterator[Desk]:
    tasks = Tasks()
    made = Desk(services, tasks, Settings(), ())
    show(made.window)
    made.start()
    settle()
    yield made
    tasks.stop()


def enter(desk: Desk, person: UUID) -> PlanPage:
    """From the page of the plan, by its button."""
    assert desk.workplace.go(Place("person.pacep", person))
    settle()
    plan = desk.window.page()
    assert isinstance(plan, PacepPage)
    click(plan.show_button)
    settle()
    page = desk.window.page()
    assert isinstance(page, PlanPage)
    return page


def to_opinion(page: PlanPage) -> None:
    while page.opinion is None:
        click(page.next)
        settle()


def answer(services: Services, plan: UUID) -> tuple[Agreement | None, str]:
    with services.context.store.reading() as tx:
        own = events.of(tx, plan)
    found = [one for one in own if one.code == EventCode.AGREEMENT]
    return agreement_of(own), found[-1].comment if found else ""


def test_the_person_reads_their_words_and_answers_themselves(
    desk: Desk, services: Services, perrin: UUID, written: Written
) -> None:
    desk.workplace.go(Place("person.pacep", perrin))
    settle()
    before = told()
    assert all(word.lower() in before.lower() for word in NEVER), "the control: the officer’s page says each"
    plan = desk.window.page()
    assert isinstance(plan, PacepPage)
    assert plan.show_button.isHidden(), "a draft is put to nobody"
    services.pacep.course.submit(written.plan)
    page = enter(desk, perrin)
    met = told()
    assert TITLE in met
    while page.opinion is None:
        click(page.next)
        settle()
        assert_no_clipped_text(page)
        met += told()
    for words in ("qu’on me laisse ma chance", "tenu huit mois", "Reprendre en cuisine", "Je prépare mon CV"):
        assert words in met
    assert [word for word in NEVER if word.lower() in met.lower()] == []
    assert_every_control_is_named(page)
    assert_one_filled_button(page)
    page.opinion.field("answer").set_value("partial")
    page.opinion.edited.emit("answer")
    type_text(page.opinion.field("comment").editor, "Pas le samedi.")
    click(page.next)
    settle()
    assert page.opinion is not None, "which objectives is asked"
    assert page.opinion.field("objectives").problem
    assert answer(services, written.plan) == (None, "")
    (objective,) = services.pacep.shared.share(written.plan).steps
    page.opinion.field("objectives").set_value((str(objective.lineage),))
    page.opinion.edited.emit("objectives")
    click(page.next)
    settle()
    assert answer(services, written.plan) == (Agreement.PARTIAL, "Pas le samedi.")
    assert page.next.text() == "Rendre l’écran"
    gave = QSignalSpy(page.gave_back)
    click(page.next)
    assert gave.count() == 1
    assert desk.workplace.seat().place == Place("person.pacep", perrin)
    assert not desk.workplace.go(Place("persons")), "one leaves by the lock alone"
    assert not services.pacep.shared.share(written.plan).asks, "what was answered is asked no more"


def test_what_was_not_ended_is_found_in_the_panel_of_the_officer(
    desk: Desk, services: Services, perrin: UUID, written: Written
) -> None:
    services.pacep.course.submit(written.plan)
    page = enter(desk, perrin)
    to_opinion(page)
    assert page.opinion is not None
    page.opinion.field("answer").set_value("no")
    page.opinion.edited.emit("answer")
    type_text(page.opinion.field("comment").editor, "Trop loin.")
    assert page.flush()
    assert answer(services, written.plan) == (None, "")
    kept = {one.field: one.text for one in services.desk.of("pacep_fact", written.plan)}
    assert (kept["panel"], kept["answer"], kept["comment"]) == (EventCode.AGREEMENT, "no", "Trop loin.")


def test_words_to_read_again_are_told_to_the_officer_first(
    desk: Desk, services: Services, perrin: UUID, written: Written
) -> None:
    services.pacep.draft.save_fields(written.plan, {"strengths": "Vous connaissez le risque."})
    services.pacep.course.submit(written.plan)
    desk.workplace.go(Place("person.pacep", perrin))
    settle()
    plan = desk.window.page()
    assert isinstance(plan, PacepPage)
    click(plan.show_button)
    settle()
    assert desk.window.page() is plan
    assert "risque" in plan.band.sentence.text()
    assert not desk.workplace.go(Place(KIND, perrin)), "no other way in"
    plan.go(KIND, perrin, "relu")
    settle()
    assert isinstance(desk.window.page(), PlanPage)
