"""A dossier full of words the person must not meet on the screen, and the program at work on it."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from spip_desktop.domain.evaluation import EvaluationKind, FindingKind
from spip_desktop.domain.evaluation_states import EventCode
from spip_desktop.domain.measure import Measure
from spip_desktop.domain.person import Contact
from spip_desktop.services.context import Context
from spip_desktop.services.evaluation_draft import Start
from spip_desktop.services.person import QuickStart
from spip_desktop.settings import Settings
from spip_desktop.ui.desk import Desk
from spip_desktop.ui.tasks import Tasks
from spip_desktop.wiring import Services, make_services
from tests.services.test_evaluation import complete
from tests.ui.checks import settle
from tests.ui.conftest import Show

STEP = "formation_emploi"
#: One word of each thing that the shared view never shows (practice.md), planted in the dossier.
PLANTED = {
    "identity": "Perrin",
    "écrou number": "12345",
    "offence": "cambriolage",
    "measure": "Sursis probatoire",
    "third party": "Zéphirine",
    "note of the officer": "méfiance",
    "risk": "désœuvrement",
    "need": "qualification",
    "confidence": "secret",
    "own answers written by the officer": "brocanteur",
    "earlier appraisal": "débrouillard",
    "comment of the DPIP": "hâtif",
    "contribution of a colleague": "surveillant d’étage",
    "strategy of the plan": "resserrement",
    "who is at work": "Vasseur",
}


@pytest.fixture(autouse=True)
def swept() -> Iterator[None]:
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def services(context: Context) -> Services:
    return make_services(context)


@pytest.fixture
def loic(services: Services) -> UUID:
    start = QuickStart(birth_name="Perrin", first_names="Loïc", birth_date=date(2004, 3, 14), ecrou_number="12345")
    id_ = services.persons.quick_start(start)
    (custody,) = services.situation.penal(id_).custodies
    there = {"establishment": "MA de Valbrune", "starts": date(2026, 4, 22), "penal_category": "condamne"}
    services.situation.custodies.save_fields(custody.value.id, there)
    new = services.context.ids.new
    contact = Contact(id=new(), person_id=id_, kind="famille", name="Zéphirine Abadie")
    services.persons.contacts.add(contact)
    measure = Measure(
        id=new(), person_id=id_, kind="sursis_probatoire", starts=date(2026, 1, 5), offence_label="cambriolage"
    )
    services.situation.measures.add(measure)
    return id_


def _earlier(services: Services, loic: UUID) -> None:
    """A version arrêtée and sent back, what a colleague brought, a plan."""
    first = services.evaluations.draft.start(loic, Start(kind=EvaluationKind.INITIAL))
    finding = services.evaluations.findings.add(first, "loisirs", FindingKind.PROTECTION)
    services.evaluations.findings.save(finding, {"wording": "débrouillard"})
    complete(services.evaluations, first)
    services.evaluations.course.freeze(first)
    services.evaluations.course.record(first, EventCode.RETURNED, date(2026, 11, 22), "Trop hâtif")
    contribution = services.contributions.start(loic)
    told = {"profession": "chef_de_detention", "author": "M. Ode", "said_on": date(2026, 11, 20)}
    services.contributions.save_fields(contribution, {**told, "text": "Vu par le surveillant d’étage"})
    plan = services.pacep.draft.start(loic)
    services.pacep.draft.save_fields(plan, {"strategy": "resserrement"})


@pytest.fixture
def draft(services: Services, loic: UUID) -> UUID:
    _earlier(services, loic)
    id_ = services.evaluations.draft.start(loic, Start(kind=EvaluationKind.ANNUAL, interview_on=date(2026, 11, 20)))
    field = services.evaluations.reading.view(id_).fields[STEP].value
    services.evaluations.draft.save_step(field.id, {"note": "Dit sa méfiance. Zéphirine l’attend."})
    services.evaluations.draft.save_step(field.id, {f"{STEP}_pour": "Devenir brocanteur"})
    for kind, words in ((FindingKind.DYNAMIC_RISK, "désœuvrement"), (FindingKind.NEED, "qualification")):
        finding = services.evaluations.findings.add(id_, STEP, kind)
        services.evaluations.findings.save(finding, {"wording": words})
    confidence = services.confidences.add(loic, date(2026, 11, 20))
    services.confidences.save(confidence, {"text": "Un secret"})
    return id_


@pytest.fixture
def desk(services: Services, show: Show, qapp: QApplication) -> Iterator[Desk]:
    tasks = Tasks()
    made = Desk(services, tasks, Settings(), ())
    show(made.window)
    made.start()
    settle()
    yield made
    tasks.stop()
