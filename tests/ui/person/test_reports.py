"""« Rapports au magistrat » on the situation: noted and corrected by keyboard, taken back, kept through a lock."""

from datetime import date
from uuid import UUID

import pytest
from PySide6.QtCore import Qt

from spip_desktop.domain.measure import Measure
from spip_desktop.domain.place import Place
from spip_desktop.ui.person.reports import ReportsPart
from spip_desktop.ui.person.situation import SituationPage
from spip_desktop.wiring import Services
from tests.ui.checks import assert_every_control_is_named, assert_no_clipped_text, settle
from tests.ui.person.conftest import Open
from tests.ui.person.test_persons_page import words
from tests.ui.typing import press, type_text


@pytest.fixture
def anna(services: Services, loic: UUID) -> UUID:
    """Held, in semi-liberté until 2028: the measure is one of control."""
    services.situation.measures.add(
        Measure(
            id=services.context.ids.new(), person_id=loic, kind="SL", referral_on=date(2026, 9, 1),
            ends_planned=date(2028, 2, 16),
        )
    )  # fmt: skip
    return loic


def at_reports(open_page: Open, person: UUID) -> ReportsPart:
    page = open_page(Place("person.situation", person, "reports"))
    assert isinstance(page, SituationPage)
    assert page.penal.reports.isVisible()
    return page.penal.reports


def write(part: ReportsPart, recipient: str, reference: str) -> None:
    """The three fields of the panel in focus, then Enter."""
    assert part.desk.panel is not None
    form = part.desk.panel.form
    assert form.field("recipient").editor.hasFocus()
    form.field("recipient").set_value(recipient)
    form.field("reference").editor.setFocus()
    type_text(form.field("reference").editor, reference)
    press(form.field("reference").editor, Qt.Key.Key_Return)
    settle()


def test_a_report_is_noted_corrected_and_taken_back(open_page: Open, anna: UUID, services: Services) -> None:
    part = at_reports(open_page, anna)
    first = part.focusProxy()
    assert first is not None
    assert first.hasFocus(), "the line of « À traiter » leads to the first report due"
    press(first, Qt.Key.Key_Return)
    settle()
    write(part, "jap", "R-118")
    (sent,) = services.reports.of_person(anna).sent
    assert (sent.what, sent.recipient, sent.reference) == ("Rapport d’évaluation au magistrat", "jap", "R-118")
    assert "Juge de l’application des peines, référence R-118." in words(part._page)

    part._ask(f"correct.{sent.id}")
    settle()
    assert part.desk.panel is not None
    part.desk.panel.form.field("reference").set_value("")
    write(part, "ji", "R-119")
    (corrected,) = services.reports.of_person(anna).sent
    assert (corrected.recipient, corrected.reference) == ("ji", "R-119")
    part._page.undo()
    settle()
    assert [one.id for one in services.reports.of_person(anna).sent] == [sent.id]


def test_what_is_typed_comes_back(open_page: Open, anna: UUID) -> None:
    part = at_reports(open_page, anna)
    first = part.focusProxy()
    assert first is not None
    press(first, Qt.Key.Key_Return)
    settle()
    assert part.desk.panel is not None
    type_text(part.desk.panel.form.field("reference").editor, "R-12")
    assert part.flush()
    again = at_reports(open_page, anna)
    assert again.desk.panel is not None
    assert again.desk.panel.form.value("reference") == "R-12"
    assert_every_control_is_named(again)
    assert_no_clipped_text(again)


def test_nothing_is_shown_where_no_measure_calls_for_a_report(open_page: Open, loic: UUID) -> None:
    page = open_page(Place("person.situation", loic, "marks"))
    assert isinstance(page, SituationPage)
    assert page.penal.reports.isHidden()
