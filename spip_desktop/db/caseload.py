"""« Mon tableau »: the views that an officer keeps, and what the table shows of many dossiers at once."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from spip_desktop.db.among import Among
from spip_desktop.db.appointment import next_days
from spip_desktop.db.incident import among as incidents
from spip_desktop.db.person import ADDRESSES, PERSONS
from spip_desktop.db.records import Records
from spip_desktop.db.situation import CUSTODIES
from spip_desktop.db.store import Transaction
from spip_desktop.domain.caseload import View
from spip_desktop.domain.measure import Custody
from spip_desktop.domain.person import Address
from spip_desktop.domain.text import fold

VIEWS = Records("caseload_view", View, index=[("officer_id",)])
_C = CUSTODIES.table.c
_CUSTODY = ("id", "person_id", "establishment", "ecrou_number", "building", "floor", "cell", "starts")
_ADDRESS = ("id", "person_id", "kind", "city", "starts", "ends", "proven")


def views_of(tx: Transaction, officer_id: UUID) -> list[View]:
    """By name."""
    return sorted(VIEWS.find(tx, officer_id=officer_id), key=lambda one: fold(one.name))


@dataclass(frozen=True, slots=True)
class Extra:
    """What the table shows of a dossier besides what the rules look at."""

    sort_key: str = ""
    phone: str = ""
    custody: Custody | None = None
    addresses: tuple[Address, ...] = ()
    next_met: date | None = None
    red: bool = False


def extras(tx: Transaction, among: Among) -> dict[UUID, Extra]:
    """By person, each table read once."""
    names = ("id", "birth_name", "usual_name", "first_names", "phone")
    persons = PERSONS.partly(tx, names, id=among)
    held = CUSTODIES.partly(tx, _CUSTODY, person_id=among, ends=None, hosted=True)
    custodies = {one.person_id: one for one in held}
    addresses: dict[UUID, list[Address]] = {}
    for address in ADDRESSES.partly(tx, _ADDRESS, person_id=among):
        addresses.setdefault(address.person_id, []).append(address)
    days, red = next_days(tx, among), {one.incident.person_id for one in incidents(tx, among) if one.is_red}
    return {
        one.id: Extra(
            sort_key=one.sort_key,
            phone=one.phone,
            custody=custodies.get(one.id),
            addresses=tuple(addresses.get(one.id, ())),
            next_met=days.get(one.id),
            red=one.id in red,
        )
        for one in persons
    }
