"""The letter that is measured: to a partner who has not answered for ten sheets. It imports what a letter needs."""

from datetime import date, timedelta
from uuid import UUID

from spip_desktop.documents import partner_letter
from spip_desktop.domain.follow_up import PartnerLetter, SilentSheet
from spip_desktop.domain.sheet import Letterhead


def letter() -> bytes:
    """One page, tagged, as issued."""
    return partner_letter.render(_LETTER, demo=True)


def _silent(number: int) -> SilentSheet:
    day = date(2026, 9, 1) + timedelta(days=number)
    return SilentSheet(
        id=UUID(int=number),
        person_id=UUID(int=number),
        person="",
        number="7K3M9QXD",
        answer_code="F7K3QX",
        handed_on=day,
        due=day + timedelta(days=30),
        report_wanted_by=date(2027, 1, 7),
        reminded_on=None,
        by_letter=True,
    )


_MAIL = "c.vasseur@antenne-valbrune.example"
_LETTER = PartnerLetter(
    sender=Letterhead(
        heading="De la part de",
        name="SPIP, antenne de Valbrune",
        lines=("Référente\u00a0: Claire Vasseur", "Ligne directe\u00a0: 05 36 49 12 07", _MAIL),
    ),
    recipient=Letterhead(
        heading="À l’attention de",
        name="Mission locale du Pays de Valbrune",
        lines=("Conseiller\u00a0: Hugo Marchetti", "maison d’arrêt de Valbrune"),
    ),
    day=date(2026, 11, 22),
    sheets=tuple(_silent(number) for number in range(10)),
    answer_to=_MAIL,
)
