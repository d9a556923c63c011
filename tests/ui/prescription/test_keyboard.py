"""The page of a sheet in the real window, without a mouse: every stop of Tab is visited and shows its ring."""

from uuid import UUID

from spip_desktop.domain.place import Place
from spip_desktop.services.prescription import PrescriptionService
from spip_desktop.ui import person, prescription
from spip_desktop.ui.entries import ENTRIES
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.window import Frame, MainWindow
from spip_desktop.ui.workplace import Workplace
from spip_desktop.wiring import Services
from spip_desktop.wording import sentence
from tests.prescription_fixtures import MissionsLocales
from tests.ui.checks import assert_tab_ring, settle
from tests.ui.conftest import DAY_J, Show


def test_tab_visits_every_control_of_a_draft_in_the_order_read(
    services: Services, prescriptions: PrescriptionService, loic: UUID, missions: MissionsLocales, show: Show
) -> None:
    def fail(line: str) -> None:
        raise AssertionError(line)

    window = MainWindow(Frame(now=lambda: DAY_J, search=lambda _: [], demonstration=True))
    for entry in ENTRIES:
        window.register(entry)
    make, guard = prescription.PAGES["prescription"], Guard(fail)
    workplace = Workplace(
        window,
        {"prescription": lambda: make(services, guard)},
        Place("prescription"),
        lambda page: person.strip_values(services, loic),
        sentence,
    )
    show(window)
    window.resize(1280, 800)
    assert workplace.go(Place("prescription", prescriptions.draft.start(loic)))
    settle()
    names = [one.objectName() for one in assert_tab_ring(window)]
    wanted = [
        "sheet.next", "rules", "rule.ML6.go", "asks.diagnostic", "objective_words.editor", "ticked.joindre",
        "service_id.editor", "sheet.tabs.0",
    ]  # fmt: skip
    places = [names.index(one) for one in wanted]
    assert places == sorted(places), names
