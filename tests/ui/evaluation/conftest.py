"""A person under écrou, the services over a real encrypted store, and the page shown as the window shows it."""

from collections.abc import Callable, Iterator
from datetime import date
from uuid import UUID

import pytest
from PySide6.QtCore import QCoreApplication, QEvent

from spip_desktop.domain.evaluation import EvaluationKind
from spip_desktop.domain.place import Place
from spip_desktop.services.context import Context
from spip_desktop.services.evaluation_draft import Start
from spip_desktop.services.person import QuickStart
from spip_desktop.ui.evaluation.page import KIND, EvaluationPage
from spip_desktop.ui.guard import Guard
from spip_desktop.wiring import Services, make_services
from tests.ui.checks import settle
from tests.ui.conftest import Show

Open = Callable[..., EvaluationPage]


@pytest.fixture(autouse=True)
def swept() -> Iterator[None]:
    """Pages of one test are really deleted before the next: each would be dressed again at every text size."""
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def services(context: Context) -> Services:
    return make_services(context)


@pytest.fixture
def loic(services: Services) -> UUID:
    """The young man of the reference pictures, convicted and under écrou."""
    id_ = services.persons.quick_start(
        QuickStart(birth_name="Perrin", first_names="Loïc", birth_date=date(2004, 3, 14), ecrou_number="12345")
    )
    (custody,) = services.situation.penal(id_).custodies
    services.situation.custodies.save_fields(
        custody.value.id,
        {"establishment": "MA de Valbrune", "starts": date(2026, 4, 22), "penal_category": "condamne"},
    )
    return id_


@pytest.fixture
def draft(services: Services, loic: UUID) -> UUID:
    start = Start(kind=EvaluationKind.INITIAL, interview_on=date(2026, 11, 20))
    return services.evaluations.draft.start(loic, start)


@pytest.fixture
def open_page(services: Services, show: Show, loic: UUID) -> Open:
    """The page on a field of this person. A bug in an act fails the test."""

    def fail(line: str) -> None:
        raise AssertionError(line)

    def opened(field: str = "") -> EvaluationPage:
        page = EvaluationPage(services, Guard(fail))
        show(page)
        page.resize(1052, 680)
        page.open(Place(KIND, loic, field))
        settle()
        return page

    return opened
