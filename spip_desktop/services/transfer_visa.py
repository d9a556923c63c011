"""Documents that a station sends for a visa, and what the DPIP's station answers: « envoi » and « retour de visa »."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from spip_desktop.db import visa
from spip_desktop.db.board_review import REVIEWS
from spip_desktop.db.evaluation import EVALUATIONS
from spip_desktop.db.pacep import PACEPS
from spip_desktop.db.person import PERSONS
from spip_desktop.db.store import Transaction
from spip_desktop.db.transfer import RECEIVED, SENT
from spip_desktop.db.visa import Document
from spip_desktop.domain.clock import PARIS
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.officer import Right
from spip_desktop.domain.place import Place
from spip_desktop.domain.transfer import SentPackage, SentState, TransferKind
from spip_desktop.services.access import AccessService
from spip_desktop.services.context import Context
from spip_desktop.wording.commission import BOARDS
from spip_desktop.wording.evaluation import KINDS


@dataclass(frozen=True, slots=True)
class Awaited:
    """A document to be looked at: what it is called, of whom, where its page is."""

    label: str
    person: str
    place: Place


@dataclass(frozen=True, slots=True)
class Answered:
    """What was answered of a document: `seen`, or sent back with `remark`; the day of the answer."""

    document: Awaited
    seen: bool
    on: date
    remark: str


@dataclass(frozen=True, slots=True)
class Asked:
    """The last package by which a dossier went for a visa, and the day its answer came, where it did."""

    package: SentPackage
    answered_on: date | None


class TransferVisa:
    """Each method reads, and tells nothing of a dossier that is not open to the officer.

    A visa itself is given on the page of its document.
    """

    def __init__(self, context: Context, access: AccessService) -> None:
        self._context, self._access = context, access

    def awaited(self, persons: Collection[UUID]) -> list[Awaited]:
        """What awaits a visa in these dossiers."""
        self._context.actor.require(Right.TRANSFER)
        with self._context.store.reading() as tx:
            return [_named(tx, one) for one in visa.awaited(tx, persons) if self._opens(tx, one.person_id)]

    def answers(self, package_id: UUID) -> list[Answered]:
        """What came back of a package sent for a visa, the first answer first."""
        self._context.actor.require(Right.TRANSFER)
        with self._context.store.reading() as tx:
            events = visa.brought_by(tx, [one.id for one in RECEIVED.find(tx, answers=package_id)])
            return [
                Answered(
                    _named(tx, Document(event.person_id, event.kind, event.object_id)),
                    event.code in visa.SEEN, event.happened_on, event.comment,
                )
                for event in events
                if event.person_id is not None and self._opens(tx, event.person_id)
            ]  # fmt: skip

    def asked(self, person_id: UUID) -> Asked | None:
        """How far the last sending of a dossier for a visa has come; None where there was none."""
        self._context.actor.require(Right.TRANSFER)
        with self._context.store.reading() as tx:
            self._access.require(tx, person_id)
            every = SENT.find(tx, kind=TransferKind.FOR_VISA)
            sent = [one for one in every if person_id in one.persons and one.state is not SentState.READY]
            if not sent:
                return None
            last = max(sent, key=lambda one: one.id)
            back = sorted(one.received_at for one in RECEIVED.find(tx, answers=last.id))
            return Asked(last, back[0].astimezone(PARIS).date() if back else None)

    def _opens(self, tx: Transaction, person_id: UUID) -> bool:
        try:
            self._access.require(tx, person_id)
        except Refusal:
            return False
        return True


def _named(tx: Transaction, one: Document) -> Awaited:
    person = PERSONS.partly(tx, ("id", "birth_name", "usual_name", "first_names"), PERSONS.table.c.id == one.person_id)
    label, place = _OPENED[one.kind](tx, one)
    return Awaited(label, next((who.display_name for who in person), ""), place)


def _plan(tx: Transaction, one: Document) -> tuple[str, Place]:
    plan = PACEPS.get(tx, one.id)
    return f"PACEP, version {plan.number}", Place("person.pacep", one.person_id, f"version.{plan.id}")


def _evaluation(tx: Transaction, one: Document) -> tuple[str, Place]:
    return KINDS[EVALUATIONS.get(tx, one.id).kind], Place("person.evaluation", one.person_id)


def _review(tx: Transaction, one: Document) -> tuple[str, Place]:
    return f"Synthèse de {BOARDS[REVIEWS.get(tx, one.id).board]}", Place("commission", one.id)


_OPENED = {visa.PACEP: _plan, visa.EVALUATION: _evaluation, visa.REVIEW: _review}
