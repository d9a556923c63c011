"""The lot of one permanence for the printer: the internal bordereau, then every sheet, each on a front of its own."""

from datetime import date

from spip_desktop.documents import listing
from spip_desktop.documents.listing import Column
from spip_desktop.domain import dates
from spip_desktop.domain.follow_up import BatchSlip
from spip_desktop.domain.ids import grouped

TITLE = "Bordereau de permanence"
_COLUMNS = (
    Column("Heure", 0.8),
    Column("Personne", 2.4),
    Column("Écrou", 1.1),
    Column("Bâtiment, cellule", 1.7),
    Column("Fiche n°", 1.3),
    Column("Accord", 0.9),
    Column("Venue", 1),
)
_INTERNAL = "Interne au service et à l’établissement\u00a0: ne pas remettre au partenaire. À détruire après usage."


def slip(given: BatchSlip, *, today: date, demo: bool) -> bytes:
    """The bordereau, which the partner never sees: it tells where people are held."""
    rows = [
        (one.hour, one.person, one.ecrou, one.where, grouped(one.number, 4), "oui" if one.agreed else "à signer", "")
        for one in given.lines
    ]
    day = f"{dates.DAYS[given.day.weekday()]} {dates.short(given.day)}"
    where = ", ".join(part for part in (given.partner, given.place, day) if part)
    return listing.render(TITLE, _COLUMNS, rows, day=today, demo=demo, subtitle=where, foot=_INTERNAL)
