"""Every kind of paper that the program prints, from the records of an open store."""

import tempfile
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

from spip_desktop.domain.appointment import INSIDE
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.ids import Ids
from spip_desktop.domain.measure import Milieu
from spip_desktop.domain.plan_content import CopyKept
from spip_desktop.security.derivation import FLOOR
from spip_desktop.services.agenda_reading import AgendaLine
from spip_desktop.services.context import Context
from spip_desktop.services.unlock import Entrance, FirstStart
from spip_desktop.wiring import Services, make_services

_PASSPHRASE = "trois loutres lisent au fil de l’eau"


def papers(context: Context, person: str) -> Iterator[tuple[str, bytes]]:
    """Name and content: the plans and copies of one person, the sheets of the officer, the recovery sheet."""
    services = make_services(context)
    id_ = services.persons.search(person)[0].id
    services.access.open(id_)
    yield from _plans(services, id_)
    yield from _boards(services, id_)
    yield from _sheets(services)
    yield from _obligations(services)
    yield from _appointments(services)
    yield "feuille-de-secours", _recovery_sheet(context)


def _plans(services: Services, person: UUID) -> Iterator[tuple[str, bytes]]:
    for version in services.pacep.view(person).versions:
        name = f"pacep-{version.plan.number}"
        try:
            yield f"{name}-a-signer", services.pacep.papers.to_sign(version.plan.id).content
        except Refusal:
            yield f"{name}-projet", services.pacep.papers.project(version.plan.id).content
        for kept in CopyKept:
            try:
                copy = services.pacep.papers.copy(version.plan.id, kept, words_read=True)
            except Refusal:
                continue  # a copy for the cell that would name an offence
            yield f"{name}-copie-{kept}", copy.content


def _boards(services: Services, person: UUID) -> Iterator[tuple[str, bytes]]:
    """Each passage: what was issued, or the draft as it stands."""
    for line in services.commissions.reading.of_person(person):
        review, papers = line.review, services.commissions.papers
        make = papers.issued if review.is_frozen else papers.project
        yield f"{review.board}-{review.number}-{line.state.replace('_', '-')}", make(review.id).content


def _sheets(services: Services) -> Iterator[tuple[str, bytes]]:
    """One sheet in each state."""
    seen: set[str] = set()
    for line in services.prescriptions.reading.mine():
        if line.state in seen:
            continue
        seen.add(line.state)
        services.access.open(services.prescriptions.reading.person_of(line.id))
        yield f"fiche-{line.state.replace('_', '-')}", services.prescriptions.papers.preview(line.id)


def _obligations(services: Services) -> Iterator[tuple[str, bytes]]:
    """The state for the judge, and the copies of the person."""
    for who, name in (("Poirier Lætitia", "versements"), ("Lœillet Sophie", "heures"), ("Métayer Jordan", "travail")):
        person = services.persons.search(who)[0].id
        services.access.open(person)
        yield f"etat-des-obligations-{name}", services.obligations.papers.state(person).content
        for kept in (CopyKept.HOME, CopyKept.CELL):
            yield f"mes-obligations-{name}-{kept}", services.obligations.papers.own(person, kept).content


def _appointments(services: Services) -> Iterator[tuple[str, bytes]]:
    """A convocation, a bon de circulation, the lists of the day with the most appointments ahead."""
    papers, today = services.appointments.papers, services.clock.today()
    ahead = services.agenda.reading.days(today, today + timedelta(days=14))
    lines = [line for day in ahead for line in day.lines if line.ahead]
    for name, inside in (("convocation", False), ("bon-de-circulation", True)):
        one = next(line.appointment for line in lines if (line.appointment.where in INSIDE) is inside)
        services.access.open(one.person_id)
        yield name, papers.issue(one.id).content
    yield "liste-du-jour", services.agenda.papers.day_list(_day_of(lines, Milieu.OPEN)).content
    yield "liste-d-appel", services.agenda.papers.call_list(_day_of(lines, Milieu.CUSTODY)).content


def _day_of(lines: list[AgendaLine], milieu: Milieu) -> date:
    """The day with the most of these."""
    days = Counter(line.appointment.day for line in lines if line.appointment.milieu is milieu)
    return days.most_common(1)[0][0]


def _recovery_sheet(context: Context) -> bytes:
    """That of a store made for this and thrown away: the key of a store in use never becomes a file."""
    clock = context.clock
    with tempfile.TemporaryDirectory(prefix="spip-desktop-") as folder:
        entrance = Entrance(Path(folder) / "magasin", clock, Ids(clock), demonstration=True, cost=lambda: FLOOR)
        officer = context.actor.officer
        with context.store.reading() as tx:
            from spip_desktop.db import officer as officers

            service = officers.service(tx)
        first = FirstStart(
            service=service, officer=officer, passphrase="trois loutres lisent au fil de l’eau", notice_read=True
        )
        entry = entrance.first_start(first)
        content = entrance.paper(entry)
        entry.context.store.close()
    return content
