"""The chain walked both ways in the real window: from the words of an interview to the return, and back."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from spip_desktop.db.evaluation import FINDINGS
from spip_desktop.domain.evaluation import EvaluationKind, FindingKind
from spip_desktop.domain.place import Place
from spip_desktop.domain.prescription_states import Agreement, SheetState
from spip_desktop.services.context import Context
from spip_desktop.services.evaluation_draft import Start
from spip_desktop.services.evaluation_findings import Words
from spip_desktop.settings import Settings
from spip_desktop.ui.buttons import LinkButton
from spip_desktop.ui.desk import Desk
from spip_desktop.ui.evaluation.note_editor import NoteEditor
from spip_desktop.ui.pacep.page import PacepPage
from spip_desktop.ui.page import Page
from spip_desktop.ui.prescription.page import PrescriptionPage
from spip_desktop.ui.tasks import Tasks
from spip_desktop.wiring import Services, make_services
from tests.pacep_fixtures import Written, evaluate, write
from tests.prescription_fixtures import MissionsLocales, complete
from tests.ui.checks import at_text_size, settle
from tests.ui.conftest import DAY_J, Show
from tests.ui.typing import press

TODAY = DAY_J.date()


@pytest.fixture
def services(context: Context) -> Services:
    return make_services(context)


@pytest.fixture
def plan(services: Services, context: Context, loic: UUID, missions: MissionsLocales) -> Written:
    """A plan whose external action has a sheet that came back."""
    return write(services.pacep, loic, evaluate(context, loic).need)


@pytest.fixture
def returned(services: Services, loic: UUID, plan: Written) -> UUID:
    prescriptions = services.prescriptions
    sheet = complete(prescriptions, loic, serves=(plan.plan, plan.external))
    prescriptions.course.make_ready(sheet)
    prescriptions.course.note_agreement(sheet, Agreement.YES, TODAY)
    prescriptions.course.hand_over(sheet, TODAY, "permanence")
    prescriptions.course.note_state(sheet, SheetState.ACCEPTED, TODAY)
    prescriptions.course.note_state(sheet, SheetState.REPORTED, TODAY)
    return sheet


@pytest.fixture
def desk(services: Services, show: Show, qapp: QApplication) -> Iterator[Desk]:
    tasks = Tasks()
    made = Desk(services, tasks, Settings(), ())
    show(made.window)
    made.start()
    settle()
    yield made
    tasks.stop()


def shown(desk: Desk) -> Page:
    return next(one for one in desk.window.findChildren(Page) if one.isVisible())


def follow(desk: Desk, words: str) -> None:
    """Press the first link in sight that begins so, by the keyboard."""
    found = [one for one in shown(desk).findChildren(LinkButton) if one.isVisibleTo(shown(desk))]
    link = next(one for one in found if (one.accessibleName() or one.text()).replace("\u00a0", " ").startswith(words))
    press(link, Qt.Key.Key_Space)
    settle()


def test_from_the_return_back_to_the_objective_and_to_the_words_it_came_from(
    desk: Desk, loic: UUID, plan: Written, returned: UUID
) -> None:
    """« Cette fiche est revenue : à quoi servait-elle, et d’où cela venait-il ? »"""
    desk.workplace.go(Place("person.pacep_chain", loic))
    settle()
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.accessibleName().startswith("Aller au champ"), "the first thing to do has the focus"
    follow(desk, "Retour, Bilan reçu le 22/11/2026")
    sheet = shown(desk)
    assert isinstance(sheet, PrescriptionPage)
    assert sheet.sheet == returned
    follow(desk, "Objectif 1.1, « Reprendre en cuisine")
    page = shown(desk)
    assert isinstance(page, PacepPage)
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.objectName() == str(plan.objective)
    desk.workplace.go(Place("prescription", returned))
    settle()
    follow(desk, "Action, Fiche pour la mission locale")
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.objectName() == str(plan.external)
    went: list[Place] = []
    shown(desk).went.connect(went.append)
    follow(desk, "Besoin se qualifier")
    assert went == [Place("person.evaluation", loic, "formation_emploi")]


def test_from_a_finding_of_the_evaluation_to_the_axis_that_works_on_it(
    desk: Desk, services: Services, loic: UUID
) -> None:
    evaluations, plans = services.evaluations, services.pacep.draft
    evaluation = evaluations.draft.start(loic, Start(kind=EvaluationKind.INITIAL))
    need = evaluations.findings.add(evaluation, "loisirs", FindingKind.NEED)
    desk.workplace.go(Place("person.evaluation", loic, "loisirs"))
    settle()
    page = shown(desk)
    assert not [one for one in page.findChildren(LinkButton) if one.text().startswith("Axe")], "the control"
    with services.context.store.reading() as tx:
        lineage = FINDINGS.get(tx, need).lineage
    plan = plans.start(loic)
    axis = plans.add_axis(plan, "Organiser son temps")
    plans.tie(plan, axis, lineage)
    desk.workplace.go(Place("person.synthese", loic))
    desk.workplace.go(Place("person.evaluation", loic, "loisirs"))
    settle()
    follow(desk, "Axe 1, Organiser son temps")
    assert isinstance(shown(desk), PacepPage)
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.objectName().startswith(str(axis))
    # The analysis lists the same finding: it leads there too.
    desk.workplace.go(Place("person.evaluation", loic, "analyse"))
    settle()
    follow(desk, "Axe 1, Organiser son temps")
    assert isinstance(shown(desk), PacepPage)


def test_the_words_heard_are_chosen_in_the_note_they_come_from(desk: Desk, services: Services, loic: UUID) -> None:
    evaluations, plans = services.evaluations, services.pacep.draft
    evaluation = evaluations.draft.start(loic, Start(kind=EvaluationKind.INITIAL))
    note = "🙂 Il lit peu. Le soir, il ne sait que faire de ses heures."
    heard = "il ne sait que faire"
    evaluations.draft.save_step(evaluations.reading.view(evaluation).fields["loisirs"].value.id, {"note": note})
    start = note.index(heard)
    need = evaluations.findings.add(evaluation, "loisirs", FindingKind.NEED, Words(start, start + len(heard)))
    evaluations.findings.save(need, {"wording": "organiser son temps"})
    with services.context.store.reading() as tx:
        lineage = FINDINGS.get(tx, need).lineage
    plan = plans.start(loic)
    plans.tie(plan, plans.add_axis(plan, "Organiser son temps"), lineage)
    desk.workplace.go(Place("person.pacep_chain", loic))
    settle()
    follow(desk, "Entretien")
    focus = QApplication.focusWidget()
    assert isinstance(focus, NoteEditor)
    assert focus.words() == heard


def test_an_objective_of_a_former_version_opens_the_version_that_holds_it(
    desk: Desk, services: Services, loic: UUID, plan: Written, returned: UUID
) -> None:
    """The next version took the objective out: the sheet that served it still leads to where it stands."""
    pacep = services.pacep
    pacep.course.submit(plan.plan)
    second = pacep.draft.new_version(plan.plan)
    later = next(one for one in pacep.view(loic).versions if one.plan.id == second).plan
    (axis,) = later.live_axes()
    pacep.draft.bin_part(second, axis.objectives[0].id)
    desk.workplace.go(Place("prescription", returned))
    settle()
    follow(desk, "Objectif 1.1")
    page = shown(desk)
    assert isinstance(page, PacepPage)
    assert page.view is not None
    assert page.view.version is not None
    assert page.view.version.plan.id == plan.plan
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.objectName() == str(plan.objective)


def test_a_field_far_down_the_page_is_in_sight_once_it_is_gone_to(desk: Desk, loic: UUID, plan: Written) -> None:
    """With its objective and the other action open above it, at large text: no one has to look for the cursor."""
    at_text_size(200)
    try:
        for field in (f"{plan.objective}.wording", f"{plan.external}.label", f"{plan.internal}.label"):
            desk.workplace.go(Place("person.pacep", loic, field))
            settle()
            focus = QApplication.focusWidget()
            assert focus is not None
            assert focus.objectName().startswith(field)
            view = shown(desk).body.viewport()
            top = focus.mapTo(view, focus.rect().topLeft()).y()
            assert 0 <= top <= view.height() - focus.height(), f"{field} at {top} of {view.height()}"
    finally:
        at_text_size(100)


def test_during_an_interview_a_link_to_another_page_says_why_it_stays(desk: Desk, loic: UUID, plan: Written) -> None:
    """The chain and the other versions tell more than what is looked at together: they wait (decision 16)."""
    desk.workplace.go(Place("person.pacep", loic))
    settle()
    desk.window.interview_asked.emit()
    settle()
    page = shown(desk)
    assert isinstance(page, PacepPage)
    follow(desk, "De l’entretien au retour")
    assert shown(desk) is page
    assert desk.window.band.isVisible()
    assert "une fois l’entretien fini" in desk.window.band.sentence.text()
