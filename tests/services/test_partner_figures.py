"""Figures per partner out of a real store: by the states of the sheets, printed and exported without a name."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from spip_desktop.db import event as events
from spip_desktop.db import person as persons
from spip_desktop.db.partner import PARTNERS
from spip_desktop.db.prescription import PRESCRIPTIONS
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.partner import Partner
from spip_desktop.domain.partner_figures import Fate
from spip_desktop.domain.person import Person
from spip_desktop.domain.prescription import Prescription
from spip_desktop.domain.prescription_states import KIND, SheetState
from spip_desktop.exchange.spreadsheet import french_csv
from spip_desktop.services.context import Context
from spip_desktop.services.partner_figures import PartnerFiguresService

YEAR = (date(2026, 1, 1), date(2026, 12, 31))
GIVEN = date(2026, 3, 2)
States = list[tuple[SheetState, int, dict[str, str]]]


@pytest.fixture
def service(context: Context) -> PartnerFiguresService:
    return PartnerFiguresService(context)


def hand_over(context: Context, partner: str, count: int, states: States, on: date = GIVEN) -> UUID:
    """So many sheets to a new partner, each of another person, each with these states so many days later."""
    with context.store.transaction(context.actor, "add_partner") as tx:
        partner_id = tx.ids.new()
        PARTNERS.save(tx, Partner(id=partner_id, name=partner))
        for number in range(count):
            person = Person(id=tx.ids.new(), birth_name=f"Perrin{number}", first_names="Loïc")
            persons.save(tx, person)
            sheet = Prescription(id=tx.ids.new(), person_id=person.id, partner_id=partner_id, drafted_on=on)
            PRESCRIPTIONS.save(tx, sheet)
            for state, days, detail in [(SheetState.HANDED_OVER, 0, {}), *states]:
                day = on + timedelta(days=days)
                events.record(tx, KIND, sheet.id, person.id, state.value, day, detail=detail)
        return partner_id


def test_the_sheets_of_a_period_are_counted_by_what_became_of_them(
    context: Context, service: PartnerFiguresService
) -> None:
    reported: States = [(SheetState.ACCEPTED, 6, {}), (SheetState.REPORTED, 90, {"result": "atteint"})]
    hand_over(context, "Mission locale", 7, reported)
    hand_over(context, "SIAO", 6, [(SheetState.NO_ANSWER, 21, {})])
    hand_over(context, "CSAPA", 4, [])
    hand_over(context, "Cap emploi", 8, [], on=date(2025, 12, 31))
    small, locale, siao = service.of(*YEAR)
    assert (locale.partner, locale.sheets, locale.delay) == ("Mission locale", 7, 6)
    assert locale.fates[Fate.ACCEPTED] == 7
    assert locale.results["atteint"] == 7
    assert (siao.fates[Fate.SILENT], siao.delay) == (6, None)
    assert (small.partner, small.sheets) == ("CSAPA", None)


def test_a_period_that_ends_before_it_starts_is_refused(service: PartnerFiguresService) -> None:
    with pytest.raises(Refusal, match="end_before_start"):
        service.of(YEAR[1], YEAR[0])


def test_the_table_opens_in_a_french_spreadsheet_and_names_nobody(
    context: Context, service: PartnerFiguresService
) -> None:
    hand_over(context, '=HYPERLINK("x")', 6, [(SheetState.ACCEPTED, 6, {})])
    content = service.table(*YEAR)
    text = content.decode("utf-8-sig")
    assert content.startswith(b"\xef\xbb\xbf")
    assert text.splitlines()[0].startswith("Partenaire;Fiches;Acceptées;")
    assert '"\'=HYPERLINK(""x"")";6;6;0;0;0;0;6;' in text
    assert "Perrin" not in text
    assert "Fiches remises du 01/01/2026 au 31/12/2026." in text


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_a_formula(start: str) -> None:
    assert french_csv([[f"{start}1+1"]]).decode("utf-8-sig").strip('"\r\n').startswith("'")


def test_the_paper_says_the_rule_and_names_nobody(context: Context, service: PartnerFiguresService) -> None:
    hand_over(context, "Mission locale", 7, [(SheetState.ACCEPTED, 6, {})])
    paper = service.paper(*YEAR)
    assert paper.title == "Chiffres par partenaire"
    assert paper.content.startswith(b"%PDF")
    assert b"Perrin" not in paper.content
