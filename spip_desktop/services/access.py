"""Opening a dossier: freely when it is mine, under a dated intérim, or with a coded reason; always journalled."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from spip_desktop.db import person as persons
from spip_desktop.db.store import Transaction
from spip_desktop.domain.access import (
    REASON_HOLDS,
    AccessReason,
    Interim,
    Reach,
    ended_now,
    interim_problems,
    opens_freely,
    reason_problems,
    replaced_by,
)
from spip_desktop.domain.errors import Refusal, refuse_if_any
from spip_desktop.domain.officer import Right
from spip_desktop.services.context import Context

#: A dossier read again within this time writes no second line (design.md §5).
ONE_LINE_EVERY = timedelta(minutes=15)


class AccessService:
    """Asked by every service that reads or writes a dossier."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def needs_reason(self, person_id: UUID) -> bool:
        """Whether opening this dossier asks for a reason now; Refusal `dossier_not_assigned` where none opens it."""
        self._context.actor.require(Right.READ_PERSON)
        with self._context.store.reading() as tx:
            if self._may_open(tx, person_id):
                return False
        self._require_others()
        return True

    def open(self, person_id: UUID, reason: AccessReason | None = None, detail: str = "") -> None:
        """Open a dossier and write the consultation, with the code of the reason where there is one.

        Refusals: `access_reason_needed`, `access_detail_needed`, `dossier_not_assigned`.
        """
        self._context.actor.require(Right.READ_PERSON)
        with self._context.store.transaction(self._context.actor, persons.CONSULTATION) as tx:
            persons.PERSONS.get(tx, person_id)
            may_open = self._may_open(tx, person_id)
            if reason is None and may_open:
                if not self._opened_for(tx, person_id, ONE_LINE_EVERY):
                    tx.note("person", person_id)
                return
            if not may_open:
                self._require_others()
            refuse_if_any(reason_problems(reason, detail))
            words = f"{reason} : {detail.strip()}" if detail.strip() else str(reason)
            tx.note("person", person_id, words)

    def require(self, tx: Transaction, person_id: UUID) -> None:
        """Refusal `access_reason_needed` or `dossier_not_assigned` unless the dossier is open to this officer."""
        if not self._may_open(tx, person_id):
            self._require_others()
            raise Refusal("access_reason_needed", "reason")

    # -- intérim -------------------------------------------------------------------------------------------

    def add_interim(self, interim: Interim) -> None:
        """Let one officer stand in for another; kept for a DPIP, or with a written reason where there is none."""
        self._context.actor.require(Right.ASSIGN, interim.reason)
        refuse_if_any(interim_problems(interim))
        with self._context.store.transaction(self._context.actor, "add_interim") as tx:
            persons.INTERIMS.save(tx, interim)
            tx.note("interim", interim.id, interim.reason)

    def end_interim(self, interim_id: UUID, reason: str = "") -> None:
        """From now on it opens nothing; one that began today or later goes to the bin, an older one ends yesterday."""
        self._context.actor.require(Right.ASSIGN, reason)
        with self._context.store.transaction(self._context.actor, "end_interim") as tx:
            ended = ended_now(persons.INTERIMS.get(tx, interim_id), tx.clock.today())
            if ended:
                persons.INTERIMS.save(tx, ended)
            else:
                persons.INTERIMS.bin(tx, interim_id)
            tx.note("interim", interim_id, reason)

    def interims(self) -> Sequence[Interim]:
        """Those that run or are to come, the first to begin first."""
        self._context.actor.require(Right.READ_PERSON)
        with self._context.store.reading() as tx:
            found = persons.INTERIMS.find(tx, persons.INTERIMS.table.c.ends >= tx.clock.today())
        return sorted(found, key=lambda one: (one.starts, one.ends))

    # -- for the lists ----------------------------------------------------------------------------------------

    def reach(self, tx: Transaction) -> Reach:
        """Of which dossiers a list may tell this officer more than identity and who follows."""
        officer_id, everything = self._context.officer_id, self._context.actor.may(Right.ASSIGN)
        others = self._opens_others()
        interims = persons.INTERIMS.find(tx, replacement_id=officer_id)
        return Reach(
            officer_id=officer_id,
            officers=frozenset({officer_id, *replaced_by(interims, officer_id, tx.clock.today())}),
            opened=self._opened(tx) if others and not everything else frozenset(),
            everything=everything,
            others=others,
        )

    # -- who may ---------------------------------------------------------------------------------------------

    def _may_open(self, tx: Transaction, person_id: UUID) -> bool:
        """Those who assign are not asked: they answer for every dossier of the service."""
        actor = self._context.actor
        if actor.may(Right.ASSIGN) or self._free(tx, person_id):
            return True
        return self._opens_others() and self._opened_for(tx, person_id, REASON_HOLDS)

    def _free(self, tx: Transaction, person_id: UUID) -> bool:
        assigned = persons.ASSIGNMENTS.find(tx, person_id=person_id)
        interims = persons.INTERIMS.find(tx, replacement_id=self._context.officer_id)
        today, others = tx.clock.today(), self._opens_others()
        return opens_freely(assigned, interims, self._context.officer_id, today, others=others)

    def _opened(self, tx: Transaction) -> frozenset[UUID]:
        return persons.opened_lately(tx, self._context.officer_id, tx.now - REASON_HOLDS)

    def _opens_others(self) -> bool:
        return self._context.actor.may(Right.OPEN_OTHERS)

    def _require_others(self) -> None:
        """No reason opens a dossier to an intervenant or to who only reads: somebody assigns it to them."""
        if not self._opens_others():
            raise Refusal("dossier_not_assigned")

    def _opened_for(self, tx: Transaction, person_id: UUID, span: timedelta) -> bool:
        return persons.opened_since(tx, self._context.officer_id, person_id, tx.now - span)
