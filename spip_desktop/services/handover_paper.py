"""« Fiche de liaison »: made of the dossier as it is that day; its bytes come back while nothing changes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from spip_desktop.db import handover as rows
from spip_desktop.db import interview as interviews
from spip_desktop.db import pacep as plans
from spip_desktop.db import paper as papers
from spip_desktop.db import person as persons
from spip_desktop.db import situation
from spip_desktop.db.handover import HANDOVERS
from spip_desktop.db.officer import OFFICERS
from spip_desktop.db.store import Transaction
from spip_desktop.domain import dates
from spip_desktop.domain.event import last
from spip_desktop.domain.handover import KIND, Handover
from spip_desktop.domain.measure_rules import is_running
from spip_desktop.domain.officer import Right
from spip_desktop.domain.pacep_states import PlanState, state_of
from spip_desktop.domain.paper import IssuedDocument
from spip_desktop.domain.prescription_states import PrescriptionLine
from spip_desktop.domain.situation import current_custody
from spip_desktop.domain.todo import TodoLine
from spip_desktop.services.access import AccessService
from spip_desktop.services.appointment_reading import AppointmentView
from spip_desktop.services.context import Context
from spip_desktop.services.handover_content import Ground, liaison
from spip_desktop.services.obligation_view import FollowUp
from spip_desktop.services.pacep_review import review_now
from spip_desktop.services.printing import Printable
from spip_desktop.services.synthesis import Synthesis
from spip_desktop.wording.handover import LIAISON

PAPER = "fiche_liaison"


@dataclass(frozen=True, slots=True, kw_only=True)
class Readers:
    """What other services read of a dossier for the paper; each checks its own right."""

    synthesis: Callable[[UUID], Synthesis]
    obligations: Callable[[UUID], FollowUp]
    appointment: Callable[[UUID], AppointmentView | None]
    partners: Callable[[UUID], Sequence[PrescriptionLine]]
    waiting: Callable[[UUID], Sequence[TodoLine]]


class HandoverPapers:
    """What the officer's roles may not read is not on the paper."""

    def __init__(self, context: Context, access: AccessService, readers: Readers) -> None:
        self._context, self._access, self._readers = context, access, readers

    def liaison(self, handover_id: UUID) -> Printable:
        """The paper of a handover as of today, kept."""
        self._context.actor.require(Right.PRINT)
        with self._context.store.reading() as tx:
            handover = HANDOVERS.get(tx, handover_id)
            self._access.require(tx, handover.person_id)
        content = liaison(self._ground(handover))
        from spip_desktop.documents.liaison import render  # reportlab: not before the first paper

        laid = render(content, day=self._context.clock.today(), demo=self._context.demonstration)
        return self._issued(handover, laid)

    def _ground(self, handover: Handover) -> Ground:
        person_id, may, read = handover.person_id, self._context.actor.may, self._readers
        found, follow = read.synthesis(person_id), read.obligations(person_id)
        appointment = read.appointment(person_id)
        with self._context.store.reading() as tx:
            steps = rows.standings(tx, [handover])[0][1]
            return Ground(
                today=follow.today,
                handover=handover,
                steps=steps,
                person=persons.PERSONS.get(tx, person_id),
                addresses=persons.ADDRESSES.find(tx, person_id=person_id),
                custody=current_custody(situation.CUSTODIES.find(tx, person_id=person_id), follow.today),
                sheet=found.sheet,
                marks=found.marks,
                measures=[
                    one
                    for one in situation.MEASURES.find(tx, person_id=person_id)
                    if is_running(one, follow.today) or one.starts is None
                ],
                obligations=follow.obligations,
                actions=found.actions if may(Right.READ_PACEP) else (),
                met_on=_met_on(tx, person_id) if may(Right.READ_INTERVIEW) else None,
                appointment=_said(appointment) if appointment else "",
                partners=read.partners(person_id) if may(Right.READ_PRESCRIPTION) else (),
                waiting=read.waiting(person_id),
                documents=[one for one in papers.titles(tx, person_id) if one[0] != LIAISON],
                officer=OFFICERS.get(tx, steps[0].entered_by) if steps else self._context.actor.officer,
                **(_plan(tx, person_id) if may(Right.READ_PACEP) else {}),
            )

    def _issued(self, handover: Handover, content: bytes) -> Printable:
        """Keep what is issued, unless the last one is the same to the byte."""
        with self._context.store.reading() as tx:
            every = papers.of(tx, handover.id)
        if every and every[-1].content == content:
            return _printable(every[-1])
        with self._context.store.transaction(self._context.actor, "issue_liaison") as tx:
            document = papers.issue(
                tx,
                kind=PAPER,
                object_id=handover.id,
                person_id=handover.person_id,
                title=LIAISON,
                version=len(every) + 1,
                content=content,
            )
            tx.note(KIND, handover.id, recipient=handover.to_service)
        return _printable(document)


def _printable(issued: IssuedDocument) -> Printable:
    return Printable(
        title=issued.title, content=issued.content, kind=KIND, object_id=issued.object_id, issued_id=issued.id
    )


def _met_on(tx: Transaction, person_id: UUID) -> date | None:
    return next((one.held_on for one in interviews.of_person(tx, person_id)), None)


def _plan(tx: Transaction, person_id: UUID) -> dict[str, Any]:
    """The plan in force, since when, and when it is looked at again."""
    for plan, events in plans.today(tx, person_id):
        if state_of(plan, events) is PlanState.IN_FORCE:
            since, review = last(events, PlanState.IN_FORCE.value), review_now(tx, plan, events, tx.clock.today())
            return {
                "plan": plan,
                "plan_since": since.happened_on if since else None,
                "review": review.closes if review else None,
            }
    return {}


def _said(one: AppointmentView) -> str:
    """« mardi 8 décembre 2026 à 14 h 30, entretien de suivi, au SPIP, avec Claire Vasseur »."""
    hour = dates.said_hour(f"{one.appointment.begins // 60:02d}:{one.appointment.begins % 60:02d}")
    when = f"{dates.long(one.appointment.day)} à {hour}"
    return ", ".join(part for part in (when, one.kind.lower(), one.place, one.officer) if part)
