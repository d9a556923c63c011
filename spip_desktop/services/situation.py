"""The penal situation: écrou, fiche pénale and its marks, basis of the follow-up, measures, obligations."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar
from uuid import UUID

from spip_desktop.db import situation as rows
from spip_desktop.db.records import Stored
from spip_desktop.db.store import Transaction
from spip_desktop.domain import marks as marking
from spip_desktop.domain.changes import replaced
from spip_desktop.domain.errors import Problem, Refusal, refuse_if_any
from spip_desktop.domain.marks import Mark, Moved
from spip_desktop.domain.measure import Basis, Custody, Measure, Obligation, SentenceLine, SentenceSheet, Suspension
from spip_desktop.domain.measure_rules import measure_problems, measure_warnings
from spip_desktop.domain.obligation import (
    SuspensionProposal,
    applies,
    obligation_problems,
    obligation_warnings,
    suspensions_to_propose,
)
from spip_desktop.domain.officer import Right
from spip_desktop.domain.situation import (
    basis_problems,
    current_custody,
    custody_problems,
    custody_warnings,
    latest_sheet,
    no_basis,
    sheet_problems,
)
from spip_desktop.reference import load
from spip_desktop.services import handover
from spip_desktop.services import person as persons
from spip_desktop.services.access import AccessService
from spip_desktop.services.catalogue import Catalogue
from spip_desktop.services.context import Context
from spip_desktop.services.lines import LineKind, Lines, Saved, cleaned

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Penal:
    """What the page « Situation pénale » shows; the newest écrou, edition and measure come first."""

    custodies: Sequence[Stored[Custody]]
    sheets: Sequence[Stored[SentenceSheet]]
    bases: Sequence[Stored[Basis]]
    measures: Sequence[Stored[Measure]]
    obligations: Sequence[Stored[Obligation]]
    custody: Custody | None
    sheet: SentenceSheet | None
    marks: tuple[Mark, ...]
    moved: tuple[Moved, ...]
    no_basis: Problem | None
    proposals: Sequence[SuspensionProposal]
    warnings: Mapping[UUID, Sequence[Problem]]
    asleep: frozenset[UUID]


class SituationService:
    """Each method, and each method of its lines, is one act of the officer."""

    def __init__(self, context: Context, access: AccessService, catalogue: Catalogue) -> None:
        self._context, self._access, self._catalogue = context, access, catalogue
        right = Right.WRITE_SITUATION
        self.custodies: Lines[Custody] = Lines(
            context,
            access,
            LineKind(records=rows.CUSTODIES, right=right, problems=_custody_rule, after=persons.reindex),
        )
        self.sheets: Lines[SentenceSheet] = Lines(
            context, access, LineKind(records=rows.SHEETS, right=right, problems=_sheet_rule)
        )
        self.bases: Lines[Basis] = Lines(
            context, access, LineKind(records=rows.BASES, right=right, problems=_basis_rule)
        )
        self.measures: Lines[Measure] = Lines(
            context, access, LineKind(records=rows.MEASURES, right=right, problems=_measure_rule)
        )
        self.obligations: Lines[Obligation] = Lines(
            context, access, LineKind(records=rows.OBLIGATIONS, right=right, problems=self._obligation_rule)
        )

    # -- reading ---------------------------------------------------------------------------------------------

    def penal(self, person_id: UUID) -> Penal:
        """The whole situation with its marks and what deserves a look; the dossier must be open."""
        self._context.actor.require(Right.READ_PERSON)
        with self._context.store.reading() as tx:
            self._access.require(tx, person_id)
            return self._penal(tx, person_id)

    def may_act(self, person_id: UUID) -> Problem | None:
        """V01: why no new act may be recorded, or None."""
        self._context.actor.require(Right.READ_PERSON)
        with self._context.store.reading() as tx:
            self._access.require(tx, person_id)
            return basis_missing(tx, person_id)

    def _penal(self, tx: Transaction, person_id: UUID) -> Penal:
        today = tx.clock.today()
        custodies = _newest(self.custodies.of(tx, person_id), lambda one: one.starts)
        sheets = _newest(self.sheets.of(tx, person_id), lambda one: one.as_of)
        bases = _newest(self.bases.of(tx, person_id), lambda one: one.received_on)
        measures = _newest(self.measures.of(tx, person_id), lambda one: one.starts)
        obligations = sorted(
            self.obligations.of(tx, person_id),
            key=lambda one: (one.value.measure_id, self._catalogue.obligation_place(one.value.code)),
        )
        custody = current_custody(_values(custodies), today)
        sheet, before = latest_sheet(_values(sheets)), _edition_before(_values(sheets))
        found = marking.marks(sheet, custody, today)
        return Penal(
            custodies=custodies,
            sheets=sheets,
            bases=bases,
            measures=measures,
            obligations=obligations,
            custody=custody,
            sheet=sheet,
            marks=found,
            moved=marking.moved(marking.marks(before, custody, today), found) if before else (),
            no_basis=no_basis(_values(bases), _values(custodies), today),
            proposals=suspensions_to_propose(_values(measures), _values(custodies)),
            warnings=self._warnings(_values(custodies), _values(measures), _values(obligations), today),
            asleep=_asleep(_values(obligations), _values(measures), custody),
        )

    def _warnings(
        self, custodies: list[Custody], measures: list[Measure], obligations: list[Obligation], today: date
    ) -> dict[UUID, Sequence[Problem]]:
        found: dict[UUID, Sequence[Problem]] = {}
        found |= {one.id: custody_warnings(one, custodies, today) for one in custodies}
        found |= {one.id: measure_warnings(one, measures, today) for one in measures}
        by_id = {one.id: one for one in measures}
        for one in obligations:
            if measure := by_id.get(one.measure_id):
                found[one.id] = obligation_warnings(one, measure, self._catalogue.obligation_rule(one.code))
        return {id_: warnings for id_, warnings in found.items() if warnings}

    # -- acts beyond one line --------------------------------------------------------------------------------

    def new_edition(self, person_id: UUID, as_of: date | None = None) -> UUID:
        """A new edition of the fiche pénale, from the last one: the officer types what the paper changed."""
        self._context.actor.require(Right.WRITE_SITUATION)
        with self._context.store.transaction(self._context.actor, f"add_{rows.SHEETS.name}") as tx:
            self._access.require(tx, person_id)
            last = latest_sheet(rows.SHEETS.find(tx, person_id=person_id))
            edition = SentenceSheet(id=tx.ids.new(), person_id=person_id, as_of=as_of or tx.clock.today())
            if last:
                lines = tuple(replace(line, id=tx.ids.new()) for line in last.lines)
                edition = replace(last, id=edition.id, as_of=edition.as_of, lines=lines)
            refuse_if_any(_sheet_rule(tx, edition))
            rows.SHEETS.save(tx, edition)
            tx.note(rows.SHEETS.name, edition.id)
            return edition.id

    def accept_suspension(self, proposal: SuspensionProposal) -> None:
        """V09: note that the probation delay stopped during the incarceration."""
        self._context.actor.require(Right.WRITE_SITUATION)
        with self._context.store.transaction(self._context.actor, "suspend_measure") as tx:
            measure = rows.MEASURES.get(tx, proposal.measure_id)
            self._access.require(tx, measure.person_id)
            stay = Suspension(id=tx.ids.new(), starts=proposal.starts, ends=proposal.ends, reason="incarceration")
            kept = tuple(one for one in measure.suspensions if one.starts != proposal.starts)
            rows.MEASURES.save(tx, replace(measure, suspensions=(*kept, stay)))
            tx.note("measure", measure.id)

    def take_back_suspension(self, proposal: SuspensionProposal) -> None:
        """Undo `accept_suspension`: the suspension that starts that day is taken out of the measure."""
        self._context.actor.require(Right.WRITE_SITUATION)
        with self._context.store.transaction(self._context.actor, "take_back_suspension") as tx:
            measure = rows.MEASURES.get(tx, proposal.measure_id)
            self._access.require(tx, measure.person_id)
            kept = tuple(one for one in measure.suspensions if one.starts != proposal.starts)
            rows.MEASURES.save(tx, replace(measure, suspensions=kept))
            tx.note("measure", measure.id)

    def save_sheet_line(
        self, sheet_id: UUID, line_id: UUID, changes: Mapping[str, object], lock: int | None = None
    ) -> Saved:
        """Save the fields of one line of a fiche pénale, its other lines unchanged; as `Lines.save_fields`.

        `lock` is that of the edition, which its lines share.
        """
        self._context.actor.require(Right.WRITE_SITUATION)
        with self._context.store.reading() as tx:
            stored = rows.SHEETS.stored(tx, sheet_id)
            sheet = stored.value
            self._access.require(tx, sheet.person_id)
        wanted, refused = cleaned(SentenceLine, changes)
        lines = tuple(replaced(line, wanted) if line.id == line_id else line for line in sheet.lines)
        # The lines are made from what was just read: nobody's change in between is written over.
        saved = self.sheets.save_fields(sheet_id, {"lines": lines}, stored.lock if lock is None else lock)
        if saved.refused:
            every = tuple(Problem(saved.refused[0].code, field, saved.refused[0].data) for field in wanted)
            return replace(saved, refused=refused + every)
        return replace(saved, refused=refused)

    def add_obligations(
        self, measure_id: UUID, codes: Sequence[str], starts: date | None = None, *, again: bool = False
    ) -> list[UUID]:
        """Several obligations of the catalogue at once, those already there passed over.

        `again`: a second one of the same kind is meant, as when there are two civil parties.
        """
        self._context.actor.require(Right.WRITE_SITUATION)
        with self._context.store.transaction(self._context.actor, "add_obligation") as tx:
            measure = rows.MEASURES.get(tx, measure_id)
            self._access.require(tx, measure.person_id)
            present = {one.code for one in rows.OBLIGATIONS.find(tx, measure_id=measure_id) if not again}
            added = [
                Obligation(
                    id=tx.ids.new(),
                    person_id=measure.person_id,
                    measure_id=measure_id,
                    code=code,
                    starts=starts or measure.starts,
                )
                for code in codes
                if code not in present
            ]
            for one in added:
                refuse_if_any(obligation_problems(one, measure, self._catalogue.obligation_rule(one.code)))
                rows.OBLIGATIONS.save(tx, one)
            tx.note("measure", measure_id)
            return [one.id for one in added]

    def _obligation_rule(self, tx: Transaction, obligation: Obligation) -> Sequence[Problem]:
        measure = rows.MEASURES.get(tx, obligation.measure_id)
        return obligation_problems(obligation, measure, self._catalogue.obligation_rule(obligation.code))


# -- for the other services ----------------------------------------------------------------------------------


def basis_missing(tx: Transaction, person_id: UUID) -> Problem | None:
    """V01: the problem to show on the page when no basis is active, or None."""
    bases, custodies = rows.BASES.find(tx, person_id=person_id), rows.CUSTODIES.find(tx, person_id=person_id)
    return no_basis(bases, custodies, tx.clock.today())


def require_basis(tx: Transaction, person_id: UUID) -> None:
    """V01: Refusal `no_active_basis` unless a new act may be recorded for this person."""
    if problem := basis_missing(tx, person_id):
        raise Refusal.of((problem,))


def custody_now(tx: Transaction, person_id: UUID) -> Custody | None:
    """The open écrou of a person today."""
    return current_custody(rows.CUSTODIES.find(tx, person_id=person_id), tx.clock.today())


def sheet_now(tx: Transaction, person_id: UUID) -> SentenceSheet | None:
    """The fiche pénale in force."""
    return latest_sheet(rows.SHEETS.find(tx, person_id=person_id))


def release_now(tx: Transaction, person_id: UUID, *, acquired: bool = False) -> Mark:
    """The foreseeable release with its origin, for the rules that count from it."""
    custody = custody_now(tx, person_id)
    return marking.release(sheet_now(tx, person_id), custody, tx.clock.today(), acquired=acquired)


# -- rules on lines ------------------------------------------------------------------------------------------


def _custody_rule(tx: Transaction, custody: Custody) -> Sequence[Problem]:
    others = rows.CUSTODIES.find(tx, person_id=custody.person_id)
    return custody_problems(custody, others, tx.clock.today())


def _sheet_rule(tx: Transaction, sheet: SentenceSheet) -> Sequence[Problem]:
    return sheet_problems(sheet, tx.clock.today())


def _basis_rule(tx: Transaction, basis: Basis) -> Sequence[Problem]:
    return basis_problems(basis, tx.clock.today())


def _measure_rule(tx: Transaction, measure: Measure) -> Sequence[Problem]:
    others = rows.MEASURES.find(tx, person_id=measure.person_id)
    found = measure_problems(measure, [one for one in others if one.id != measure.id], tx.clock.today())
    return [*found, *_closing(tx, measure)]


def _closing(tx: Transaction, measure: Measure) -> list[Problem]:
    """A measure is not closed while the dossier goes to another service; a death is noted whenever it is known."""
    status, reason = load("measure_statuses").get(measure.status), load("measure_end_reasons").get(measure.end_reason)
    if reason and reason.flag("always"):
        return []
    found = handover.closing_problems(tx, measure.person_id, "ended_on", measure.ended_on) if measure.ended_on else []
    if status and status.flag("closed") and (found or not measure.ended_on):
        found += handover.closing_problems(tx, measure.person_id, "status")
    return found


def _values(stored: Sequence[Stored[T]]) -> list[T]:
    return [one.value for one in stored]


def _newest(stored: Sequence[Stored[T]], day: Callable[[T], date | None]) -> list[Stored[T]]:
    return sorted(stored, key=lambda one: day(one.value) or date.max, reverse=True)


def _edition_before(sheets: Sequence[SentenceSheet]) -> SentenceSheet | None:
    """The edition that the latest one replaced."""
    last = latest_sheet(sheets)
    return latest_sheet([one for one in sheets if last and one.id != last.id])


def _asleep(obligations: Sequence[Obligation], measures: Sequence[Measure], custody: Custody | None) -> frozenset[UUID]:
    """The obligations that do not bind while the person is incarcerated (V09)."""
    by_id = {one.id: one for one in measures}
    inside = custody is not None and custody.hosted
    return frozenset(
        one.id
        for one in obligations
        if one.measure_id in by_id and not applies(one, by_id[one.measure_id], incarcerated=inside)
    )
