"""Sections of lines tied to their service: add, bin with « Annuler », save, tell the page."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar
from uuid import UUID

from spip_desktop.domain import dates
from spip_desktop.domain.measure import Basis, Custody, Measure, SentenceSheet
from spip_desktop.domain.person import Address, Contact, IdentityDocument, Preparation
from spip_desktop.domain.text import NBSP
from spip_desktop.reference import load
from spip_desktop.services.lines import Lines, Stored
from spip_desktop.ui.binding import Bound
from spip_desktop.ui.dossier import DossierPage
from spip_desktop.ui.fields import Parse
from spip_desktop.ui.foreseen import Foresight
from spip_desktop.ui.line_section import LineSection, LineShape, LineWords
from spip_desktop.ui.readers import date_reader
from spip_desktop.ui.record_form import Target
from spip_desktop.wording import person as words
from spip_desktop.wording import sentence

T = TypeVar("T")


def page_dates(page: DossierPage, *, past: bool = False) -> Parse:
    """How the dates of a page are read."""
    return date_reader(page.services.clock.today, sentence, past=past)


def section(
    page: DossierPage,
    name: str,
    said: LineWords,
    lines: Lines[T],
    *,
    kind: str,
    describe: Callable[[T], tuple[str, str]],
    fields: Callable[[T], tuple[Bound, ...]],
    new: Callable[[UUID], T] | None,
    removed: str,
    visible: Callable[[T, tuple[Bound, ...]], Sequence[str]] | None = None,
    foresee: Callable[[UUID, Mapping[str, object]], Foresight] | None = None,
) -> LineSection:
    """A section of lines of one kind; `removed` is what is said once a line is in the bin, `foresee` of LineShape."""
    target = Target(kind, lines.save_fields, page.services.desk, page.guard.report)
    made = LineSection(name, said, LineShape(describe, fields, target, page_dates(page), visible, foresee))
    if new is not None:
        add = new
        made.add_asked.connect(lambda: add_line(page, made, lines, add))
    made.remove_asked.connect(lambda id_: remove_line(page, lines, id_, removed))
    listen(page, made)
    return made


def listen(page: DossierPage, made: LineSection) -> None:
    """Tell the page what its lines save, and show again what depends on them."""
    made.saved.connect(page.note_saved)
    made.failed.connect(page.save_failed)
    made.done.connect(page.history.push)
    made.changed.connect(page.reload)


def add_line(page: DossierPage, made: LineSection, lines: Lines[T], new: Callable[[UUID], T]) -> None:
    """A new line, open, its first field in focus; « Annuler » puts it in the bin."""
    if page.person is None:
        return
    value = new(page.person)
    id_ = id_of(value)
    if page.act(lambda: lines.add(value), "", lambda: lines.bin(id_)):
        made.open_line(id_)


def remove_line(page: DossierPage, lines: Lines[T], id_: UUID, said: str) -> None:
    if page.flush():
        page.act(lambda: lines.bin(id_), said, lambda: lines.restore(id_))


def id_of(value: object) -> UUID:
    found = getattr(value, "id", None)
    assert isinstance(found, UUID)
    return found


def rows(stored: Sequence[Stored[T]]) -> list[tuple[UUID, T, int]]:
    """The lines as a section shows them: id, value, lock."""
    return [(id_of(one.value), one.value, one.lock) for one in stored]


# -- one line in a few words ---------------------------------------------------------------------------------


def describe_address(one: Address) -> tuple[str, str]:
    place = ", ".join(part for part in (one.line, f"{one.postal_code} {one.city}".strip()) if part)
    host = f"chez {one.host_name}" if one.host_name else ""
    proof = "justificatif vu" if one.proven else "pas de justificatif"
    detail = (load("address_kinds").label(one.kind), host, _span(one.starts, one.ends), proof)
    return place or "Adresse à compléter", _sentence(*detail)


def describe_document(one: IdentityDocument) -> tuple[str, str]:
    end = f"valable jusqu’au {dates.short(one.expires)}" if one.expires else ""
    number = f"n° {one.number}" if one.number else ""
    state = load("identity_document_states").label(one.state).lower()
    return load("identity_documents").label(one.kind), _sentence(number, state, end)


def describe_preparation(one: Preparation) -> tuple[str, str]:
    days = _span(one.starts, one.ends)
    state = load("preparation_states").label(one.state)
    detail = _sentence(one.place, one.result.partition("\n")[0])
    return f"{state}, {days or 'dates à noter'}", detail


def describe_contact(one: Contact) -> tuple[str, str]:
    kind = load("contact_kinds").label(one.kind)
    return one.name or kind, _sentence(kind if one.name else "", one.relation, one.phone, one.email)


def describe_custody(one: Custody) -> tuple[str, str]:
    title = _sentence(
        one.establishment or "Établissement à noter", f"écrou {one.ecrou_number}" if one.ecrou_number else ""
    )
    category = load("penal_categories").label(one.penal_category)
    cell = words.cell_text(one.building, one.floor, one.cell)
    internal = f"{cell} (interne)" if cell else ""
    hosted = "" if one.hosted else "non hébergé(e)"
    return title, _sentence(category, _span(one.starts, one.ends), hosted, internal)


def describe_sheet(one: SentenceSheet) -> tuple[str, str]:
    end = f"fin de peine le {dates.short(one.end_official)}" if one.end_official else "fin de peine à noter"
    count = len(one.lines)
    said = words.line_text(one.lines[0]) if count == 1 else f"{count}{NBSP}peines" if count else "aucune peine saisie"
    return f"Fiche pénale du {dates.short(one.as_of)}", _sentence(end, said)


def describe_basis(one: Basis) -> tuple[str, str]:
    received = f"reçue le {dates.short(one.received_on)}" if one.received_on else "date à noter"
    authority = load("authorities").label(one.authority) if one.authority else ""
    ended = f"fin le {dates.short(one.ends)}" if one.ends else ""
    return load("basis_kinds").label(one.kind), _sentence(authority, one.court, received, ended)


def describe_measure(one: Measure) -> tuple[str, str]:
    amounts = (
        f"{one.probation_months}{NBSP}mois de probation" if one.probation_months else "",
        f"{one.hours_done or 0} heures faites sur {one.hours}" if one.hours else "",
    )
    stops = f"{len(one.suspensions)} suspension" + ("s" if len(one.suspensions) > 1 else "") if one.suspensions else ""
    end = one.ended_on or one.ends_planned
    detail = (load("measure_statuses").label(one.status), *amounts, _span(one.starts, end), stops)
    return load("measures").label(one.kind) if one.kind else "Mesure à choisir", _sentence(*detail)


def _span(starts: object, ends: object) -> str:
    from datetime import date

    first = f"depuis le {dates.short(starts)}" if isinstance(starts, date) else ""
    last = f"jusqu’au {dates.short(ends)}" if isinstance(ends, date) else ""
    if first and last:
        return f"du {first.removeprefix('depuis le ')} au {last.removeprefix('jusqu’au ')}"
    return first or last


def _sentence(*parts: str) -> str:
    """The parts that say something, separated by commas, with a capital."""
    text = ", ".join(part for part in parts if part)
    return text[:1].upper() + text[1:]
