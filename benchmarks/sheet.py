"""The papers that are measured: the sheet of the reviewed ones, a letter with ten sheets."""

from datetime import date, timedelta
from uuid import UUID

from spip_desktop.documents import partner_letter, prescription
from spip_desktop.domain.follow_up import PartnerLetter, SilentSheet
from tests.documents import samples


def sheet() -> bytes:
    """Front and back, tagged, as issued."""
    return prescription.render(
        samples.SHEET, issued=samples.DAY, number=samples.NUMBER, code=samples.CODE, draft=False, demo=True
    )


def letter() -> bytes:
    """To a partner who has not answered for ten sheets."""
    return partner_letter.render(_LETTER, demo=True)


def _silent(number: int) -> SilentSheet:
    day = date(2026, 9, 1) + timedelta(days=number)
    return SilentSheet(
        id=UUID(int=number),
        person_id=UUID(int=number),
        person="",
        number=samples.NUMBER,
        answer_code=samples.CODE,
        handed_on=day,
        due=day + timedelta(days=30),
        report_wanted_by=date(2027, 1, 7),
        reminded_on=None,
        by_letter=True,
    )


_LETTER = PartnerLetter(
    sender=samples.SHEET.sender,
    recipient=samples.SHEET.recipient,
    day=samples.DAY,
    sheets=tuple(_silent(number) for number in range(10)),
    answer_to="c.vasseur@antenne-valbrune.example",
)
