"""Papers of the appointments: the convocation, kept as it was issued; the slips of a prison, made each time."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from spip_desktop.db import officer as officers
from spip_desktop.db import paper as papers
from spip_desktop.db.officer import OFFICERS
from spip_desktop.db.person import ADDRESSES, PERSONS
from spip_desktop.db.store import Transaction
from spip_desktop.domain.agenda import half_of
from spip_desktop.domain.appointment import INSIDE, KIND, REMOTE, Appointment, AppointmentKind, Where, hour_text
from spip_desktop.domain.appointment_paper import (
    CallLine,
    Convocation,
    MovementSlip,
    convocation_problems,
    in_gender,
)
from spip_desktop.domain.around import current_address
from spip_desktop.domain.errors import Refusal, refuse_if_any
from spip_desktop.domain.measure import Custody
from spip_desktop.domain.officer import Right, Service
from spip_desktop.domain.paper import IssuedDocument
from spip_desktop.domain.person import AddressKind, Person
from spip_desktop.domain.sheet import Letterhead
from spip_desktop.domain.text import NBSP, fold, french_spaces
from spip_desktop.services.appointment_ground import AppointmentGround, custody_of, place_of
from spip_desktop.services.appointment_judge import judge_of
from spip_desktop.services.appointment_lists import kind_of, template_of, wheres
from spip_desktop.services.appointment_reading import address_of, place_name
from spip_desktop.services.printing import Printable
from spip_desktop.wording.appointment import AT_RELEASE

_CALLED_AT = "Au numéro ci-dessous"


class AppointmentPaperService:
    """What was issued is never rendered a second time."""

    def __init__(self, ground: AppointmentGround) -> None:
        self._ground = ground

    def may_issue(self, appointment_id: UUID) -> bool:
        """Whether a convocation or a slip could be printed now: where one has to be is known."""
        with self._ground.reading() as tx:
            one = self._ground.appointment(tx, appointment_id)
            return one.where in INSIDE or not convocation_problems(one.day, hour_text(one.begins), address_of(tx, one))

    def issue(self, appointment_id: UUID) -> Printable:
        """The convocation, kept the first time and the same bytes after; inside, the bon de circulation.

        Refusal `appointment_not_printable` when where one has to be is not known.
        """
        return self.batch([appointment_id])

    def batch(self, appointment_ids: Sequence[UUID]) -> Printable:
        """Several in one print; Refusal `appointment_nothing_to_print` for none."""
        self._ground.context.actor.require(Right.PRINT)
        from spip_desktop.documents.convocation import TITLE  # reportlab: not before the first paper
        from spip_desktop.documents.kit.joining import joined
        from spip_desktop.documents.movement_slip import TITLE as SLIP_TITLE

        with self._ground.writing("issue_convocation") as tx:
            every = [self._ground.appointment(tx, one) for one in appointment_ids]
            letters = [self._issued(tx, one) for one in every if one.where not in INSIDE]
            inside = [one for one in every if one.where in INSIDE]
            found = [one.content for one in letters] + ([self._slips(tx, inside)] if inside else [])
            for one in every:
                tx.note(KIND, one.id)
        if not every:
            raise Refusal("appointment_nothing_to_print")
        first, *others = every
        content = found[0] if len(found) == 1 else joined(found, TITLE)
        issued = letters[0].id if len(letters) == 1 and len(every) == 1 else None
        return Printable(
            title=TITLE if letters else SLIP_TITLE, content=content, kind=KIND, object_id=first.id, issued_id=issued,
            others=tuple(one.id for one in others),
        )  # fmt: skip

    # -- inside ------------------------------------------------------------------------------------------------

    def _issued(self, tx: Transaction, one: Appointment) -> IssuedDocument:
        """What was issued, or what is issued now."""
        known = papers.of(tx, one.id)
        if known:
            return known[-1]
        from spip_desktop.documents.convocation import TITLE, render

        return papers.issue(
            tx,
            kind=KIND,
            object_id=one.id,
            person_id=one.person_id,
            title=TITLE,
            content=render(self._convocation(tx, one), demo=self._ground.context.demonstration),
        )

    def _convocation(self, tx: Transaction, one: Appointment) -> Convocation:
        address, hour = address_of(tx, one), hour_text(one.begins)
        refuse_if_any(convocation_problems(one.day, hour, address))
        kind, person, today = kind_of(one.kind), PERSONS.get(tx, one.person_id), tx.clock.today()
        service, officer = officers.service(tx), OFFICERS.get(tx, one.officer_id)
        place, phone = place_of(tx, one), officer.phone or service.phone
        template = template_of(kind, one.where)
        return Convocation(
            sender=sender_of(service),
            recipient=recipient_of(tx, person, today),
            title=kind.said,
            day=one.day,
            hour=hour,
            place=_CALLED_AT if one.where is Where.PHONE else place_name(tx, one),
            address=address,
            opening=in_gender(template.opening, person.sex),
            cannot=in_gender(template.cannot, person.sex),
            lasts=one.lasts,
            access=place.access if place else "",
            bring=french_spaces(in_gender(one.bring, person.sex)) if one.where not in REMOTE else "",
            consequences=french_spaces(in_gender(_consequences(tx, kind, person.id), person.sex)),
            phone=(place.phone if place and place.phone else phone),
            signed_by=officer.signature(today),
            made_on=today,
            foot=AT_RELEASE if custody_of(tx, person.id) else "",
        )

    def _slips(self, tx: Transaction, found: Iterable[Appointment]) -> bytes:
        from spip_desktop.documents.movement_slip import render

        slips = [self._slip(tx, one) for one in found]
        return render(slips, today=tx.clock.today(), demo=self._ground.context.demonstration)

    def _slip(self, tx: Transaction, one: Appointment) -> MovementSlip:
        line = call_line(tx, one)
        return MovementSlip(
            person=line.person,
            ecrou=line.ecrou,
            cell=", ".join(_filled(line.building, line.cell)),
            day=one.day,
            hour=line.hour,
            place=", ".join(_filled(line.site, line.room)),
            officer=line.officer,
        )


def call_line(tx: Transaction, one: Appointment) -> CallLine:
    """One appointment as the lists of a day say it: who, when, where, with whom; never why."""
    custody, place = custody_of(tx, one.person_id), place_of(tx, one)
    return CallLine(
        hour=hour_text(one.begins),
        half=half_of(one.begins),
        person=PERSONS.get(tx, one.person_id).display_name,
        officer=OFFICERS.get(tx, one.officer_id).signature(tx.clock.today()),
        site=place.name if place else wheres()[one.where].label,
        room=one.place_detail if place or one.where in INSIDE else "",
        ecrou=custody.ecrou_number if custody else "",
        prison=custody.establishment if custody else "",
        building=_building(custody),
        cell=_cell(custody),
    )


def _consequences(tx: Transaction, kind: AppointmentKind, person_id: UUID) -> str:
    """What comes of an absence, with who is told of it; nothing where nobody is."""
    if "{judge}" not in kind.consequences:
        return kind.consequences
    judge = judge_of(tx, person_id)
    return kind.consequences.replace("{judge}", judge) if judge else ""


def _building(custody: Custody | None) -> str:
    if custody is None:
        return ""
    if fold(custody.building).startswith("bat"):  # written whole
        return custody.building
    return f"Bâtiment {custody.building}" if custody.building else f"Bâtiment à noter{NBSP}: voir l’écrou"


def _cell(custody: Custody | None) -> str:
    """« étage 2, cellule 214 »."""
    if custody is None:
        return ""
    named = (("étage", custody.floor), ("cellule", custody.cell))
    return ", ".join(f"{word} {number}" for word, number in named if number)


def sender_of(service: Service) -> Letterhead:
    """The service at the head of a letter to a person."""
    return Letterhead(
        heading="De la part de",
        name=f"{service.name}, {service.branch}",
        lines=_filled(service.address, f"{service.postal_code} {service.city}".strip(), service.phone),
    )


def recipient_of(tx: Transaction, person: Person, today: date) -> Letterhead:
    """The person at the head of a letter, where they say that they live."""
    found = current_address(ADDRESSES.find(tx, person_id=person.id), AddressKind.DECLARED, today)
    town = f"{found.postal_code} {found.city}".strip() if found else ""
    lines = _filled(found.line, found.complement, town) if found else ()
    return Letterhead(heading="À l’attention de", name=f"{person.title} {person.display_name}".strip(), lines=lines)


def _filled(*lines: str) -> tuple[str, ...]:
    return tuple(line for line in lines if line)
