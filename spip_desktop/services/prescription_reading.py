"""What the pages of the prescriptions show. Nothing is written here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from spip_desktop.db import journal, paper
from spip_desktop.db import prescription as sheets_rows
from spip_desktop.db.prescription import PRESCRIPTIONS
from spip_desktop.db.store import Transaction
from spip_desktop.domain.eligibility import RuleResult, Window, window
from spip_desktop.domain.errors import Problem
from spip_desktop.domain.event import Event, in_order
from spip_desktop.domain.measure import Milieu
from spip_desktop.domain.officer import Right
from spip_desktop.domain.partner import PartnerContact
from spip_desktop.domain.prescription import Prescription, blocking
from spip_desktop.domain.prescription_states import (
    PrescriptionLine,
    SheetState,
    may_amend,
    may_answer,
    next_states,
    state_of,
)
from spip_desktop.domain.sheet_answer import AnswerField
from spip_desktop.domain.text import NBSP, fold
from spip_desktop.domain.vigilance import Found, unread
from spip_desktop.services.access import AccessService
from spip_desktop.services.context import Context
from spip_desktop.services.prescription_amendment import in_preparation
from spip_desktop.services.prescription_definitions import in_force
from spip_desktop.services.prescription_edition import printed_ticks, replaced_by, why_replaced
from spip_desktop.services.prescription_ground import Ground, read, release_facts
from spip_desktop.services.prescription_needs import Thoughts, thoughts
from spip_desktop.services.prescription_return import answer_fields
from spip_desktop.services.prescription_sheet import Sheet, TickChoice, limits, thresholds, topics, usable
from spip_desktop.services.situation import basis_missing


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerChoice:
    """One service that may be chosen as addressee, the likeliest first, and why it is likely."""

    service_id: UUID
    partner_id: UUID
    label: str
    why: str
    contacts: tuple[PartnerContact, ...]
    thought: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedField:
    """A field typed on the sheet itself; `limit` in signs."""

    code: str
    label: str
    limit: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A condition that only a person can answer: the officer does, with one line of reason."""

    code: str
    label: str
    help: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PrescriptionView:
    """All that the page of one sheet shows. `objective_label` is empty where the sheet has no objective."""

    prescription: Prescription
    lock: int
    person_name: str
    title: str
    recipient_label: str
    judged: tuple[Judged, ...]
    asks_employment: bool
    objective_label: str
    objective_max: int
    max_asks: int
    asks: tuple[tuple[str, str], ...]
    letterheads: tuple[tuple[str, str], ...]
    partners: Sequence[PartnerChoice]
    typed: Sequence[TypedField]
    milieu: Milieu | None
    legal: bool
    results: tuple[RuleResult, ...]
    window: Window | None
    ticks: tuple[TickChoice, ...]
    words: tuple[Found, ...]
    unread: tuple[Found, ...]
    blocking: Sequence[Problem]
    state: SheetState
    next_states: tuple[SheetState, ...]
    may_answer: bool
    events: Sequence[Event]
    objective_number: str
    issued_id: UUID | None
    printed: bool
    has_back: bool
    partner_name: str
    paper_ticks: tuple[TickChoice, ...]
    why_replaced: str
    replaced_by: UUID | None
    may_amend: bool
    begun: UUID | None
    answer_fields: tuple[AnswerField, ...]


#: Not handed over yet: whether it is time still matters.
_WITH_US = frozenset({SheetState.DRAFT, SheetState.READY, SheetState.AGREED})


class PrescriptionReading:
    """Each reading checks the right, and that the dossier is open to the officer."""

    def __init__(self, context: Context, access: AccessService) -> None:
        self._context, self._access = context, access

    def of_person(self, person_id: UUID) -> list[PrescriptionLine]:
        """The sheets of one person, the newest fact first."""
        self._context.actor.require(Right.READ_PRESCRIPTION)
        with self._context.store.reading() as tx:
            self._access.require(tx, person_id)
            return _with_windows(tx, sheets_rows.lines(tx, person_id=person_id))

    def mine(self) -> list[PrescriptionLine]:
        """The sheets of the persons that this officer follows, and of those whom an absent colleague follows."""
        self._context.actor.require(Right.READ_PRESCRIPTION)
        with self._context.store.reading() as tx:
            return _with_windows(tx, sheets_rows.lines(tx, reach=self._access.reach(tx)))

    def of_action(self, action_lineage: UUID) -> list[UUID]:
        """The sheets that started from one action of a plan, oldest first."""
        self._context.actor.require(Right.READ_PRESCRIPTION)
        with self._context.store.reading() as tx:
            found = PRESCRIPTIONS.find(tx, action_lineage=action_lineage)
            for person_id in {one.person_id for one in found}:
                self._access.require(tx, person_id)
            return [one.id for one in found]

    def person_of(self, prescription_id: UUID) -> UUID:
        """Whose sheet it is: the dossier to open first; nothing of it is told, so it may be asked before the reason."""
        self._context.actor.require(Right.READ_PRESCRIPTION)
        with self._context.store.reading() as tx:
            return PRESCRIPTIONS.get(tx, prescription_id).person_id

    def may_start(self, person_id: UUID) -> Problem | None:
        """Why no sheet may be started (V01), or None."""
        self._context.actor.require(Right.READ_PRESCRIPTION)
        with self._context.store.reading() as tx:
            self._access.require(tx, person_id)
            return basis_missing(tx, person_id)

    def view(self, prescription_id: UUID) -> PrescriptionView:
        self._context.actor.require(Right.READ_PRESCRIPTION)
        with self._context.store.reading() as tx:
            stored = PRESCRIPTIONS.stored(tx, prescription_id)
            self._access.require(tx, stored.value.person_id)
            ground = read(tx, stored.value, self._context.actor.officer)
            table = thoughts(tx, self._context.actor, stored.value.pacep_id, stored.value.action_lineage)
            view = _view(
                ground, stored.lock, _issued_id(tx, prescription_id), table, printed=_printed(tx, prescription_id)
            )
            gone = view.replaced_by and PRESCRIPTIONS.stored(tx, view.replaced_by).deleted_at
            begun = in_preparation(tx, stored.value) if view.may_amend else None
            return replace(view, replaced_by=None if gone else view.replaced_by, begun=begun.id if begun else None)


def _with_windows(tx: Transaction, lines: Sequence[PrescriptionLine]) -> list[PrescriptionLine]:
    """Where the six months stand, for the sheets that were not handed over yet."""
    today = tx.clock.today()
    return [replace(one, window=_window(tx, one, today)) if one.state in _WITH_US else one for one in lines]


def _window(tx: Transaction, line: PrescriptionLine, today: date) -> str:
    """« à préparer (J−12) », where the conditions of the sheet look at the release."""
    rules = in_force(tx, PRESCRIPTIONS.get(tx, line.id).sheet_code).rules
    if not any(one.check == "window" for one in rules.rules):
        return ""
    found = window(release_facts(tx, line.person_id, today), thresholds(rules))
    return found.said if found else ""


def _view(ground: Ground, lock: int, issued_id: UUID | None, table: Thoughts, *, printed: bool) -> PrescriptionView:
    sheet, given, results = ground.sheet(), ground.prescription, ground.results()
    form, words = sheet.form, () if given.is_frozen else sheet.words(topics())
    return PrescriptionView(
        prescription=given,
        lock=lock,
        person_name=ground.person.display_name,
        title=form.title,
        recipient_label=form.recipient_label,
        judged=_judged(ground),
        asks_employment=any(one.check == "near_employment" for one in ground.definitions.rules.rules),
        objective_label=form.objective_label,
        objective_max=form.objective_max,
        max_asks=form.max_asks,
        asks=tuple((one.code, one.label) for one in form.asks),
        letterheads=tuple((one.code, one.label) for one in form.letterheads if usable(one, ground.milieu)),
        partners=_choices(ground, table),
        typed=_typed(sheet),
        milieu=ground.milieu,
        legal=sheet.legal,
        results=results,
        window=window(ground.facts(), ground.figures),
        ticks=sheet.tick_choices(),
        words=words,
        unread=unread(words, given.read_words),
        blocking=() if given.is_frozen else blocking(given, limits(form), results, words),
        state=state_of(given, ground.events),
        next_states=next_states(given, ground.events),
        may_answer=may_answer(given, ground.events),
        events=in_order(ground.events),
        objective_number=ground.objective_number(),
        issued_id=issued_id,
        printed=printed,
        has_back=sheet.has_back,
        partner_name=ground.parties.partner.name if ground.parties.partner else "",
        paper_ticks=printed_ticks(ground),
        why_replaced=why_replaced(ground),
        replaced_by=replaced_by(ground),
        may_amend=may_amend(given, ground.events),
        begun=None,
        answer_fields=answer_fields(given),
    )


def _judged(ground: Ground) -> tuple[Judged, ...]:
    """Those that count for what is asked."""
    asks = frozenset(ground.prescription.asks)
    return tuple(
        Judged(code=one.code, label=one.label, help=one.help)
        for one in ground.definitions.rules.rules
        if one.check == "human" and (not one.only_for or not one.only_for.isdisjoint(asks))
    )


def _typed(sheet: Sheet) -> list[TypedField]:
    shown: Mapping[str, TypedField] = {
        one.field.code: TypedField(code=one.field.code, label=one.label, limit=one.field.max_length)
        for one in sheet.form.fields()
        if one.field.typed and sheet.concerned(one)
    }
    return list(shown.values())


def _choices(ground: Ground, table: Thoughts) -> list[PartnerChoice]:
    """Every service that may be given this sheet: whom the table of needs names first, then the likely ones."""
    prison = ground.custody.establishment if ground.inside and ground.custody else ""
    postal_code = ground.home.postal_code if ground.home else ""
    found = []
    for partner in ground.partners:
        for service in partner.services:
            if not ground.is_for(partner, service) and service.id != ground.prescription.service_id:
                continue
            why = "permanence en établissement" if prison and service.works_in_prison else ""
            why = why or ("commune de résidence" if service.covers(postal_code) else "")
            thought = table.about(partner.id, service.id)
            label = f"{partner.name}, {service.name}" if service.name else partner.name
            found.append(
                PartnerChoice(
                    service_id=service.id,
                    partner_id=partner.id,
                    label=label,
                    why=", ".join(part for part in (f"besoin{NBSP}: {thought.need}" if thought else "", why) if part),
                    contacts=service.contacts,
                    thought=thought is not None,
                )
            )
    return sorted(found, key=lambda one: (not one.thought, not one.why, fold(one.label)))


def _issued_id(tx: Transaction, prescription_id: UUID) -> UUID | None:
    return next((one.id for one in paper.of(tx, prescription_id)), None)


def _printed(tx: Transaction, prescription_id: UUID) -> bool:
    """Whether a printer took the paper since it is ready; a draft's « projet » and a job that failed do not count."""
    acts = [line.act for line in journal.lines_about(tx.connection, prescription_id)]
    since = acts[acts.index("make_ready") :] if "make_ready" in acts else []
    return since.count("print") > since.count("print_failed")
