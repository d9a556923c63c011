"""The lot of a permanence: every sheet ready for it in one print, behind the internal bordereau."""

from datetime import date
from io import BytesIO
from uuid import UUID

import pytest
from pikepdf import Pdf

from spip_desktop.db import journal
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.ids import grouped
from spip_desktop.domain.prescription_states import Agreement
from spip_desktop.services.context import Context
from spip_desktop.services.prescription import PrescriptionService
from spip_desktop.services.printing import PrintingService
from spip_desktop.wiring import Services
from spip_desktop.wording import sentence
from tests.documents.reading import pages
from tests.prescription_fixtures import MissionsLocales, complete
from tests.services.test_prescription_return import TODAY
from tests.store_fixtures import MovableClock


class Stopped(Exception):  # noqa: N818  a wish
    pass


@pytest.fixture(autouse=True)
def followed(services: Services, loic: UUID) -> None:
    """Lists tell of the dossiers that one follows."""
    services.persons.assign(loic, services.context.officer_id, reason="nouveau")


@pytest.fixture
def two(prescriptions: PrescriptionService, loic: UUID, missions: MissionsLocales) -> tuple[UUID, UUID]:
    first, second = complete(prescriptions, loic), complete(prescriptions, loic)
    for one in (first, second):
        prescriptions.course.make_ready(one)
    prescriptions.course.note_agreement(first, Agreement.YES, TODAY)
    return first, second


def test_the_sheets_of_one_permanence_are_one_lot(
    prescriptions: PrescriptionService, two: tuple[UUID, UUID], loic: UUID, missions: MissionsLocales
) -> None:
    elsewhere = complete(prescriptions, loic)
    prescriptions.draft.save_fields(elsewhere, {"meeting_on": date(2026, 12, 29)})
    prescriptions.course.make_ready(elsewhere)
    complete(prescriptions, loic)  # a draft is in no lot
    found = prescriptions.batches.batches()
    assert [(one.key.day, set(one.sheets), one.agreed) for one in found] == [
        (date(2026, 12, 22), set(two), 1), (date(2026, 12, 29), {elsewhere}, 0),
    ]  # fmt: skip
    assert found[0].key.service_id == missions.valbrune_service
    assert found[0].partner == "Mission locale du Pays de Valbrune"


def test_the_print_holds_the_bordereau_then_each_sheet_on_a_leaf_of_its_own(
    prescriptions: PrescriptionService, two: tuple[UUID, UUID]
) -> None:
    steps: list[tuple[int, int]] = []
    key = prescriptions.batches.batches()[0].key
    lot = prescriptions.batches.papers(key, lambda done, total: steps.append((done, total)))
    assert steps[0] == (0, 4)
    assert steps[-1] == (4, 4)
    said = pages(lot.content)
    assert len(said) % 2 == 0
    assert all(word in said[0] for word in ("Bordereau de permanence", "12345", "B 214", "Loïc PERRIN", "Interne"))
    numbers = {prescriptions.view(one).prescription.sheet_number for one in two}
    starts = [number for number, page in enumerate(said) if "Fiche de prescription" in page and "page 1/" in page]
    assert len(starts) == len(numbers)
    assert all(start % 2 == 0 for start in starts), "every sheet begins on a front"


def test_the_lot_is_in_the_order_of_the_hours(
    prescriptions: PrescriptionService, loic: UUID, missions: MissionsLocales
) -> None:
    """Half past nine before ten, who has no hour last."""
    numbers = []
    for hour in ("10 h", "", "9 h 30", "14h"):
        one = complete(prescriptions, loic)
        prescriptions.draft.save_fields(one, {"meeting_hour": hour})
        prescriptions.course.make_ready(one)
        numbers.append(grouped(prescriptions.view(one).prescription.sheet_number, 4))
    said = pages(prescriptions.batches.papers(prescriptions.batches.batches()[0].key, lambda *_: None).content)[0]
    assert sorted(numbers, key=said.index) == [numbers[place] for place in (2, 0, 3, 1)]


def test_what_is_internal_stands_on_the_bordereau_alone(
    prescriptions: PrescriptionService, two: tuple[UUID, UUID]
) -> None:
    lot = prescriptions.batches.papers(prescriptions.batches.batches()[0].key, lambda *_: None)
    bordereau, *others = pages(lot.content)
    assert "12345" in bordereau, "the control"
    assert not any("12345" in page or "B 214" in page for page in others)


def test_each_sheet_of_the_lot_has_its_line_in_the_journal_and_is_printed(
    prescriptions: PrescriptionService, context: Context, two: tuple[UUID, UUID]
) -> None:
    lot = prescriptions.batches.papers(prescriptions.batches.batches()[0].key, lambda *_: None)
    PrintingService(context).note(lot, "Bureau_2")
    for one in two:
        with context.store.reading() as tx:
            line = journal.lines_about(tx.connection, one)[-1]
        assert (line.act, line.reason, line.recipient) == ("print", "", "Bureau_2")
        assert prescriptions.view(one).printed


def test_it_stops_where_it_is_told(prescriptions: PrescriptionService, two: tuple[UUID, UUID]) -> None:
    def stop(done: int, total: int) -> None:
        if done == 1:
            raise Stopped

    with pytest.raises(Stopped):
        prescriptions.batches.papers(prescriptions.batches.batches()[0].key, stop)


def test_a_permanence_gone_by_or_emptied_is_offered_no_more(
    prescriptions: PrescriptionService, two: tuple[UUID, UUID], moving: MovableClock
) -> None:
    key = prescriptions.batches.batches()[0].key
    moving.move(days=31)
    assert prescriptions.batches.batches() == ()
    with pytest.raises(Refusal) as found:
        prescriptions.batches.papers(key, lambda *_: None)
    assert sentence(found.value)


def test_the_lot_says_nothing_of_anyone_in_its_metadata(
    prescriptions: PrescriptionService, two: tuple[UUID, UUID]
) -> None:
    lot = prescriptions.batches.papers(prescriptions.batches.batches()[0].key, lambda *_: None)
    with Pdf.open(BytesIO(lot.content)) as pdf:
        assert {str(key): str(value) for key, value in pdf.docinfo.items()} == {"/Title": lot.title}
    assert lot.title == "Bordereau de permanence"
