"""What is no longer to be kept: proposed by the rules, held back or erased by a DPIP, certified."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from uuid import UUID

from spip_desktop import reference
from spip_desktop.db import duplicate, erasure, info, paper
from spip_desktop.db import officer as officers
from spip_desktop.db import person as persons
from spip_desktop.db import request as requests
from spip_desktop.db import retention as dossiers
from spip_desktop.db.erasure import ERASURES, HOLDS
from spip_desktop.db.situation import CUSTODIES
from spip_desktop.db.store import Transaction
from spip_desktop.domain.errors import Refusal, refuse_if_any
from spip_desktop.domain.officer import Right
from spip_desktop.domain.retention import (
    Batch,
    Certificate,
    Due,
    ErasedLine,
    Erasure,
    Hold,
    Rule,
    RuleCode,
    Scope,
    due,
    due_of_stranger,
    held,
    hold_problems,
)
from spip_desktop.services.context import Context
from spip_desktop.services.printing import Printable
from spip_desktop.wording.retention import CERTIFICATE, SCOPES, every_row

#: The act of the journal; the certificate carries its day.
PURGE = "purge"
#: The kind of the certificates and of their lines in the journal.
KIND = "erasure"
#: While copies made before an erasure may still be somewhere: nothing, or the folder that could not be reached.
_COPIES = "erased_copies"
Progress = Callable[[int, int], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class DueLine:
    """One line of the list: who, what the rules propose, and the decision that holds it back."""

    due: Due
    name: str
    birth_date: date | None
    hold: Hold | None


@dataclass(frozen=True, slots=True)
class OldCopies:
    """Copies that still hold what was erased: those of a folder out of reach, or any when `folder` is None."""

    folder: Path | None


@dataclass(frozen=True, slots=True)
class Erased:
    """The batch that a certificate tells of, and the copies that are still to be made again."""

    batch: UUID
    left: OldCopies | None


def _silently(done: int, total: int) -> None:
    """Nobody follows the progress."""


class RetentionService:
    """Kept for a DPIP; in a store without one, allowed with a written reason."""

    def __init__(
        self, context: Context, reauthenticate: Callable[[str], None], start_over: Callable[[Progress], Path | None]
    ) -> None:
        """`start_over` makes a backup and deletes every older one; returns a folder of copies it could not reach."""
        self._context, self._reauthenticate, self._start_over = context, reauthenticate, start_over

    def may_look(self) -> bool:
        """Whether this officer may see the list: a DPIP, or a CPIP of a store without one."""
        return self._context.actor.could(Right.ERASE)

    # -- reading ---------------------------------------------------------------------------------------------

    def lines(self) -> list[DueLine]:
        """What is due today, the oldest first; held ones last."""
        self._require_looking()
        with self._context.store.reading() as tx:
            proposed = self._due(tx, dossiers.ended(tx))
            holds = _in_force(HOLDS.find(tx), tx.clock.today())
            known = {one.person_id: persons.PERSONS.get(tx, one.person_id) for one in proposed}
            strangers = self._of_strangers(tx)
        lines = [
            DueLine(
                due=one,
                name=known[one.person_id].display_name,
                birth_date=known[one.person_id].birth_date,
                hold=holds.get(one.person_id),
            )
            for one in proposed
        ]
        lines += [DueLine(due=one, name=name, birth_date=None, hold=None) for one, name in strangers]
        return sorted(lines, key=lambda line: (line.hold is not None, line.due.due_on, line.name))

    def preview(self, proposed: Due) -> Mapping[str, int]:
        """What would go, as a number of rows by table."""
        self._require_looking()
        with self._context.store.reading() as tx:
            return _count(tx, proposed)

    def erasures(self, batch: UUID | None = None) -> list[Erasure]:
        """What was erased, the newest first: the content of the certificates."""
        self._require_looking()
        with self._context.store.reading() as tx:
            found = ERASURES.find(tx) if batch is None else ERASURES.find(tx, batch=batch)
        return sorted(found, key=lambda one: (one.decided_on, one.id), reverse=True)

    def past(self) -> list[Batch]:
        """The decisions taken, the newest first."""
        found: dict[UUID, Batch] = {}
        for one in self.erasures():
            known = found.get(one.batch)
            found[one.batch] = Batch(one.batch, one.decided_on, one.reason, known.dossiers + 1 if known else 1)
        return list(found.values())

    def certificate(self, batch: UUID) -> Printable:
        """The certificate as it was issued; a reprint sends the same bytes. Refusal `not_found`."""
        self._require_looking()
        with self._context.store.reading() as tx:
            issued = paper.of(tx, batch)
        if not issued:
            raise Refusal("not_found", kind=KIND)
        return Printable(
            title=CERTIFICATE, content=issued[-1].content, kind=KIND, object_id=batch, issued_id=issued[-1].id
        )

    def old_copies(self) -> OldCopies | None:
        """Whether copies made before an erasure are still somewhere: a medium was not there, or it was cut short."""
        self._require_looking()
        with self._context.store.reading() as tx:
            found = info.value(tx, _COPIES)
        return None if found is None else OldCopies(Path(found.decode()) if found else None)

    # -- holding back ----------------------------------------------------------------------------------------

    def hold(self, person_id: UUID, reason: str, detail: str = "") -> Hold:
        """Hold back the erasure of a dossier until someone lifts it (R. 240-4, second paragraph)."""
        self._context.actor.require(Right.ERASE, reason)
        hold = Hold(
            id=self._context.ids.new(),
            person_id=person_id,
            reason=reason,
            detail=detail.strip(),
            starts=self._context.clock.today(),
            decided_by=self._context.officer_id,
        )
        refuse_if_any(hold_problems(hold))
        with self._writing("hold_erasure") as tx:
            if person_id in requests.over_of_strangers(tx):
                raise Refusal("hold_without_dossier")
            persons.PERSONS.get(tx, person_id)
            HOLDS.save(tx, hold)
            tx.note("person", person_id, reason)
        return hold

    def lift(self, hold_id: UUID, reason: str) -> None:
        """Let the rules speak again from today on."""
        self._context.actor.require(Right.ERASE, reason)
        _require_words(reason)
        with self._writing("lift_hold") as tx:
            hold = HOLDS.get(tx, hold_id)
            HOLDS.save(tx, replace(hold, ends=tx.clock.today()))
            tx.note("person", hold.person_id, reason.strip())

    # -- erasing ---------------------------------------------------------------------------------------------

    def erase(self, chosen: Sequence[Due], passphrase: str, reason: str, progress: Progress = _silently) -> Erased:
        """Erase for good what was chosen of the list, and make the backups again. It takes seconds: in the worker.

        Refusals, before anything is touched: `required`, `current_passphrase_wrong`, `nothing_chosen`, `not_due`
        (the dossier changed meanwhile), `erasure_held`. An exception of `progress` leaves everything as it was.
        """
        self._context.actor.require(Right.ERASE, reason)
        _require_words(reason)
        if not chosen:
            raise Refusal("nothing_chosen")
        self._reauthenticate(passphrase)
        batch = self._context.ids.new()
        with self._writing(PURGE) as tx:
            self._check(tx, chosen)
            erased = list[Erasure]()
            for done, one in enumerate(chosen):
                progress(done, len(chosen))
                erased += self._erase(tx, one, batch, reason.strip())
            self._issue(tx, batch, erased)
            info.keep(tx, _COPIES, b"")
        self._context.store.checkpoint()
        return Erased(batch, self._renewed(progress))

    def renew_copies(self, progress: Progress = _silently) -> OldCopies | None:
        """Make the backups again where an erasure could not; returns what is still out of reach. In the worker."""
        self._require_looking()
        return self._renewed(progress) if self.old_copies() else None

    # -- inside ----------------------------------------------------------------------------------------------

    def _renewed(self, progress: Progress) -> OldCopies | None:
        """What was erased is erased, whatever becomes of the copies: what is left to do stays written."""
        try:
            unreached = self._start_over(progress)
        except (Refusal, OSError):
            return OldCopies(None)
        with self._writing("renew_backups") as tx:
            info.keep(tx, _COPIES, str(unreached).encode() if unreached else None)
            tx.note("store")
        return OldCopies(unreached) if unreached else None

    def _issue(self, tx: Transaction, batch: UUID, erased: Sequence[Erasure]) -> None:
        """The certificate, kept as it is printed."""
        from spip_desktop.documents.erasure import render  # reportlab: not before the first paper

        today, officer, service = tx.clock.today(), self._context.actor.officer, officers.service(tx)
        certificate = Certificate(
            batch=str(batch),
            decided_on=today,
            decided_by=officer.signature(today),
            service=f"{service.name}, {service.branch}",
            reason=erased[0].reason,
            lines=[_certified(one) for one in erased],
        )
        paper.issue(
            tx,
            kind=KIND,
            object_id=batch,
            person_id=None,
            title=CERTIFICATE,
            content=render(certificate, demo=self._context.demonstration),
        )

    def _require_looking(self) -> None:
        if not self.may_look():
            raise Refusal("not_allowed", right=Right.ERASE.value)

    def _writing(self, act: str) -> AbstractContextManager[Transaction]:
        return self._context.store.transaction(self._context.actor, act)

    def _due(self, tx: Transaction, person_ids: Sequence[UUID]) -> list[Due]:
        today = tx.clock.today()
        known = rules(today)
        found = (due(one, known, today) for one in dossiers.followed(tx, person_ids))
        return [one for one in found if one is not None]

    def _of_strangers(self, tx: Transaction) -> list[tuple[Due, str]]:
        """The requests that have no dossier and are kept no longer, with the name as it was typed."""
        today, every = tx.clock.today(), requests.over_of_strangers(tx).items()
        rule = rules(today)[RuleCode.OF_STRANGER]
        found = ((due_of_stranger(id_, over_on, rule, today), name) for id_, (name, over_on) in every)
        return [(one, name) for one, name in found if one is not None]

    def _check(self, tx: Transaction, chosen: Sequence[Due]) -> None:
        """The list was shown a moment ago: the dossiers are looked at again, in the transaction that erases."""
        now = self._due(tx, [one.person_id for one in chosen if one.scope is not Scope.REQUEST])
        now += [one for one, _ in self._of_strangers(tx)]
        if any(one not in now for one in chosen):
            raise Refusal("not_due")
        holds = _in_force(HOLDS.find(tx), tx.clock.today())
        if any(one.person_id in holds for one in chosen):
            raise Refusal("erasure_held")

    def _erase(self, tx: Transaction, one: Due, batch: UUID, reason: str) -> list[Erasure]:
        """One certificate, and one for each dossier that was merged into it: a package does not bring it back."""
        if one.scope is Scope.REQUEST:
            counts = {one.person_id: erasure.erase_requests(tx, [one.person_id])}
        elif one.scope is Scope.DOSSIER:
            joined = duplicate.every_joined_to(tx, one.person_id)
            counts = {id_: erasure.erase_person(tx, id_) for id_ in (*reversed(joined), one.person_id)}
        else:
            counts = {one.person_id: erasure.erase_custody(tx, one.person_id, one.custody_ids)}
            left = CUSTODIES.find(tx, person_id=one.person_id)
            numbers = [custody.ecrou_number for custody in left if custody.ecrou_number]
            persons.reindex(tx, persons.PERSONS.get(tx, one.person_id), numbers)
        certificates = [
            Erasure(
                id=tx.ids.new(),
                batch=batch,
                subject=subject,
                scope=one.scope,
                rule=one.rule,
                ended_on=one.ended_on,
                due_on=one.due_on,
                decided_on=tx.clock.today(),
                reason=reason,
                counts=gone,
            )
            for subject, gone in counts.items()
        ]
        for certificate in certificates:
            ERASURES.save(tx, certificate)
        tx.note("request" if one.scope is Scope.REQUEST else "person", one.person_id, one.rule)
        return certificates


def _certified(one: Erasure) -> ErasedLine:
    rule = reference.load("retention").get(one.rule)
    return ErasedLine(
        number=str(one.subject),
        scope=SCOPES[one.scope],
        rule=rule.label if rule else "",
        source=rule.legal if rule else "",
        ended_on=one.ended_on,
        due_on=one.due_on,
        counts=every_row(one.counts),
    )


def rules(day: date) -> dict[RuleCode, Rule]:
    """The delays in force on a day, from the list `retention`."""
    known = set(RuleCode)
    return {
        RuleCode(entry.code): Rule(
            code=RuleCode(entry.code),
            scope=Scope(entry.text("scope")),
            years=entry.number("years") or 0,
            days=entry.number("days") or 0,
        )
        for entry in reference.load("retention").on(day)
        if entry.code in known
    }


def _require_words(reason: str) -> None:
    if not reason.strip():
        raise Refusal("required", "reason")


def _in_force(holds: Iterable[Hold], today: date) -> dict[UUID, Hold]:
    by_person: dict[UUID, list[Hold]] = {}
    for one in holds:
        by_person.setdefault(one.person_id, []).append(one)
    found = {person_id: held(several, today) for person_id, several in by_person.items()}
    return {person_id: hold for person_id, hold in found.items() if hold is not None}


def _count(tx: Transaction, one: Due) -> dict[str, int]:
    if one.scope is Scope.REQUEST:
        return {"request": 1}
    if one.scope is Scope.DOSSIER:
        return erasure.count_person(tx, one.person_id)
    return erasure.count_custody(tx, one.person_id, one.custody_ids)
