"""The rows of « Mon tableau »: from what the rules of the échéances read of each dossier, and a little more."""

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from spip_desktop.db import handover as handovers
from spip_desktop.db import todo as kept
from spip_desktop.db.caseload import Extra, extras
from spip_desktop.domain import dates
from spip_desktop.domain import marks as marking
from spip_desktop.domain.caseload import Column, Row, Value
from spip_desktop.domain.deadline import Deadline
from spip_desktop.domain.deadline_facts import Dossier
from spip_desktop.domain.handover import step_of
from spip_desktop.domain.marks import MarkCode
from spip_desktop.domain.measure_rules import is_running
from spip_desktop.domain.officer import Actor
from spip_desktop.domain.person import Address, AddressKind
from spip_desktop.domain.situation import current_custody, latest_sheet
from spip_desktop.domain.todo import Answer, newest
from spip_desktop.reference import load
from spip_desktop.services.deadline import reckoning
from spip_desktop.services.todo_sources import SOURCES, Ground
from spip_desktop.wording.caseload import NOT_PROVEN, TO_INFORM
from spip_desktop.wording.handover import waits
from spip_desktop.wording.person import CATEGORIES

_MARKS = {
    Column.HALF: MarkCode.HALF,
    Column.TWO_THIRDS: MarkCode.TWO_THIRDS,
    Column.COMMISSION: MarkCode.COMMISSION,
    Column.END: MarkCode.END,
    Column.RELEASE: MarkCode.RELEASE,
}
#: Where somebody held will live first; else where they say they live.
_HELD = (AddressKind.AT_RELEASE, AddressKind.NO_STABLE_HOME, AddressKind.DOMICILIATION, AddressKind.BEFORE_CUSTODY)
_FREE = (AddressKind.DECLARED, AddressKind.DOMICILIATION, AddressKind.NO_STABLE_HOME)


def rows_of(given: Ground, actor: Actor) -> list[Row]:
    """One row a dossier, in no order."""
    more, due = extras(given.tx, given.among), _due(given, actor)
    handed = _handed(given)
    measures = {one.code: one.label for one in load("measures").entries}
    found = []
    for dossier in given.dossiers.values():
        extra = more.get(dossier.person_id, Extra())
        values = _values(dossier, extra, measures, given.today) | _next(due.get(dossier.person_id, ()))
        values[Column.HANDOVER] = handed.get(dossier.person_id, "")
        found.append(Row(dossier.person_id, values, extra.sort_key))
    return found


def _values(dossier: Dossier, more: Extra, measures: Mapping[str, str], today: date) -> dict[Column, Value]:
    custody = current_custody(dossier.custodies, today)
    held = custody if custody and custody.hosted else None
    sheet = latest_sheet(dossier.sheets) if held else None
    marks = {mark.code: mark.day for mark in marking.marks(sheet, held, today)} if held else {}
    running = [measures.get(one.kind, "") for one in dossier.measures if is_running(one, today)]
    place = more.custody
    cell = (place.building, place.floor, place.cell) if place else ()
    return {
        Column.NAME: dossier.name,
        Column.BIRTH: dossier.birth_date,
        Column.AGE: dates.age(dossier.birth_date, today) if dossier.birth_date else None,
        Column.ECROU: place.ecrou_number if place else "",
        Column.ARRIVED: held.starts if held else None,
        Column.ESTABLISHMENT: held.establishment if held else "",
        Column.CELL: " ".join(part for part in cell if part),
        Column.TITLE: CATEGORIES[held.penal_category][2] if held else "",
        Column.MEASURES: ", ".join(running),
        Column.LSC: sheet.lsc_on if sheet else None,
        **{column: marks.get(code) for column, code in _MARKS.items()},
        Column.LAST_MET: dossier.met_on,
        Column.NEXT_MET: more.next_met,
        Column.HOUSING: _housing(more.addresses, _HELD if held else _FREE, today),
        Column.PHONE: more.phone,
        Column.INCIDENT: TO_INFORM if more.red else "",
    }


def _handed(given: Ground) -> dict[UUID, str]:
    """What the dossiers between two services wait for."""
    found = handovers.under_way(given.tx, given.among)
    return {one.person_id: waits(step_of(steps), taking=taking) for one, steps, taking in found}


def _housing(addresses: Iterable[Address], wanted: tuple[AddressKind, ...], today: date) -> str:
    """« Orsanne (non justifiée) », « Domiciliation, Valbrune », of the first kind that there is."""
    running = {one.kind: one for one in addresses if one.ends is None or one.ends >= today}
    found = next((running[kind] for kind in wanted if kind in running), None)
    if found is None:
        return ""
    label = load("address_kinds").label(found.kind)
    if found.kind == AddressKind.NO_STABLE_HOME:
        return label
    named = label if found.kind == AddressKind.DOMICILIATION or not found.city else ""
    said = ", ".join(part for part in (named, found.city) if part)
    return said if found.proven else f"{said} {NOT_PROVEN}"


def _due(given: Ground, actor: Actor) -> dict[UUID, list[Deadline]]:
    """What falls due in each dossier, near or far, but for what was done."""
    facts = (one for source in SOURCES if actor.may(source.right) for one in source.read(given))
    due = {one.key: one for one in reckoning(given.tx).of(facts)}
    outcomes = newest(kept.written(given.tx, due))
    found: dict[UUID, list[Deadline]] = {}
    for key, one in due.items():
        if key not in outcomes or outcomes[key].answer is not Answer.DONE:
            found.setdefault(one.facts.person_id, []).append(one)
    return found


def _next(due: Iterable[Deadline]) -> dict[Column, Value]:
    """The first day of all, and that of the first report."""
    every = sorted(due, key=lambda one: one.due)
    reports = [one for one in every if one.rule.report]
    return {
        Column.NEXT_DUE: every[0].due if every else None,
        Column.REPORT: reports[0].due if reports else None,
    }
