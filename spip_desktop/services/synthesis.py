"""The person at a glance: the strip above every page of the dossier, and the page « Synthèse »."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from spip_desktop.db import appointment as appointments
from spip_desktop.db import interview as interviews
from spip_desktop.db import pacep as paceps
from spip_desktop.db import person as persons
from spip_desktop.db import situation as rows
from spip_desktop.db.evaluation import EVALUATIONS
from spip_desktop.db.prescription import PRESCRIPTIONS
from spip_desktop.db.store import Transaction
from spip_desktop.domain import dates
from spip_desktop.domain import marks as marking
from spip_desktop.domain.around import address_at_release
from spip_desktop.domain.errors import Problem
from spip_desktop.domain.evaluation import Evaluation
from spip_desktop.domain.event import Event
from spip_desktop.domain.interview import Interview
from spip_desktop.domain.marks import Mark
from spip_desktop.domain.measure import Custody, Measure, Milieu, PenalCategory, SentenceSheet
from spip_desktop.domain.measure_rules import is_running
from spip_desktop.domain.officer import Right
from spip_desktop.domain.pacep import Action, Pacep
from spip_desktop.domain.pacep_states import Agreement, PlanState, agreement_of, state_of
from spip_desktop.domain.pep import PepCard
from spip_desktop.domain.person import Address, IdentityDocument, Person, PhoneState
from spip_desktop.domain.person_list import next_date
from spip_desktop.domain.place import Place
from spip_desktop.domain.prescription import Prescription
from spip_desktop.domain.situation import current_custody, latest_sheet, milieu, no_basis
from spip_desktop.services.access import AccessService
from spip_desktop.services.catalogue import Catalogue
from spip_desktop.services.context import Context
from spip_desktop.services.pacep_review import review_day, review_now
from spip_desktop.services.pep import cards
from spip_desktop.wording import person as words

_OPEN_ACTIONS = frozenset({"a_engager", "en_cours"})


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonHeader:
    """What the strip says of the open person, in words; empty where there is nothing to say.

    `short_title`: where the title is long, as one says it; the name of the person needs the room.
    """

    id: UUID
    name: str
    age_line: str
    milieu: str = ""
    place: str = ""
    title_label: str = ""
    title: str = ""
    short_title: str = ""
    level: str = ""
    next_on: date | None = None
    next_what: str = ""


@dataclass(frozen=True, slots=True)
class Missing:
    """Something not noted yet (wording.person says it), and the place where it is noted."""

    code: str
    place: Place
    words: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Step:
    """One dated piece of work on the dossier: its kind, its number, whether it is past the draft."""

    day: date
    kind: str
    number: str
    done: bool
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Synthesis:
    """What the page « Synthèse » shows."""

    marks: tuple[Mark, ...]
    sheet: SentenceSheet | None
    steps: Sequence[Step]
    actions: Sequence[Action]
    missing: Sequence[Missing]
    no_basis: Problem | None
    pep: PepCard | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    """Everything about one person that the two pages draw from, read once."""

    person: Person
    custody: Custody | None
    sheet: SentenceSheet | None
    measures: Sequence[Measure]
    followed: bool
    no_basis: Problem | None
    evaluations: Sequence[Evaluation]
    paceps: Sequence[Pacep]
    plan_signs: Sequence[tuple[str, dict[str, str]]]
    review: date | None
    meeting: date | None
    interviews: Sequence[Interview]
    prescriptions: Sequence[Prescription]
    documents: Sequence[IdentityDocument]
    addresses: Sequence[Address]
    pep: PepCard | None


#: Of a title that leaves room for the name beside it.
_LONG_TITLE = 40


def _place(custody: Custody | None) -> str:
    return (custody.establishment if custody else "") or "Établissement à noter"


class SynthesisService:
    """Readings only; what this officer's roles may not read is left out."""

    def __init__(self, context: Context, access: AccessService, catalogue: Catalogue) -> None:
        self._context, self._access, self._catalogue = context, access, catalogue
        self._last: tuple[tuple[UUID, date, int], _File] | None = None  # the page and its strip read the same

    def header(self, person_id: UUID) -> PersonHeader:
        """The strip of one person; the dossier must be open to this officer."""
        file, today = self._read(person_id), self._context.clock.today()
        what, day = _next_date(file, today)
        label, title, short = self._title(file, today)
        where = milieu(file.custody, followed=file.followed)
        return PersonHeader(
            id=person_id,
            name=file.person.display_name,
            age_line=words.age_line(file.person, today),
            milieu=words.MILIEUX[where] if where else "",
            place=_place(file.custody) if where is Milieu.CUSTODY else words.outside(file.custody, file.person.sex),
            title_label=label,
            title=title,
            short_title=short if len(title) > _LONG_TITLE else title,
            level=_level(file.paceps),
            next_on=day,
            next_what=what,
        )

    def synthesis(self, person_id: UUID) -> Synthesis:
        file, today = self._read(person_id), self._context.clock.today()
        return Synthesis(
            marks=marking.marks(file.sheet, file.custody, today),
            sheet=file.sheet,
            steps=_steps(file),
            actions=_open_actions(file.paceps),
            missing=_missing(file, self._context),
            no_basis=file.no_basis,
            pep=file.pep,
        )

    def _read(self, person_id: UUID) -> _File:
        actor = self._context.actor
        actor.require(Right.READ_PERSON)
        with self._context.store.reading() as tx:
            self._access.require(tx, person_id)
            key = (person_id, tx.clock.today(), self._context.store.commits)
            if self._last is None or self._last[0] != key:
                self._last = key, _read(tx, person_id, {right for right in Right if actor.may(right)})
            return self._last[1]

    def _title(self, file: _File, today: date) -> tuple[str, str, str]:
        """« Titre de détention », « Condamné, 14 mois »; else « Mesure », its name, and as one says it."""
        if file.custody and file.custody.hosted:
            title = words.title_text(file.custody, file.sheet, file.person.sex)
            return "Titre de détention", title, title
        kinds = [one.kind for one in file.measures if is_running(one, today)]
        if not kinds:
            return "", "", ""
        names = ", ".join(self._catalogue.measure_label(kind) for kind in kinds)
        short = ", ".join(dict.fromkeys(self._catalogue.measure_short(kind) for kind in kinds))
        return ("Mesure" if len(kinds) == 1 else "Mesures"), names, short


def _read(tx: Transaction, person_id: UUID, rights: set[Right]) -> _File:
    today = tx.clock.today()
    custodies = rows.CUSTODIES.find(tx, person_id=person_id)
    bases, measures = rows.BASES.find(tx, person_id=person_id), rows.MEASURES.find(tx, person_id=person_id)
    missing = no_basis(bases, custodies, today)
    of_person = {"person_id": person_id}
    plans = paceps.today(tx, person_id) if Right.READ_PACEP in rights else []
    return _File(
        person=persons.PERSONS.get(tx, person_id),
        custody=current_custody(custodies, today),
        sheet=latest_sheet(rows.SHEETS.find(tx, person_id=person_id)),
        measures=measures,
        followed=missing is None or any(is_running(one, today) for one in measures),
        no_basis=missing,
        evaluations=EVALUATIONS.find(tx, **of_person) if Right.READ_EVALUATION in rights else [],
        paceps=[plan for plan, _ in plans],
        plan_signs=[sign for plan, own in plans for sign in _plan_signs(tx, plan, own, today)],
        review=review_day(plans, lambda plan, own: review_now(tx, plan, own, today)),
        meeting=appointments.next_day(tx, person_id),
        prescriptions=PRESCRIPTIONS.find(tx, **of_person) if Right.READ_PRESCRIPTION in rights else [],
        interviews=interviews.of_person(tx, person_id) if Right.READ_INTERVIEW in rights else [],
        documents=persons.DOCUMENTS.find(tx, person_id=person_id),
        addresses=persons.ADDRESSES.find(tx, person_id=person_id),
        pep=next(iter(cards(tx, person_id)), None) if Right.READ_EVALUATION in rights else None,
    )


def _level(paceps: Sequence[Pacep]) -> str:
    """The level the CPIP chose in the newest plan put to the person."""
    chosen = [one for one in paceps if one.level and one.submitted_on]
    newest = max(chosen, key=lambda one: one.number, default=None)
    return words.LEVELS[newest.level] if newest and newest.level else ""


def _next_date(file: _File, today: date) -> tuple[str, date | None]:
    """The nearest date ahead among those the dossier knows."""
    release = marking.release(file.sheet, file.custody, today).day
    dated = {"release": release, "review": file.review, "meeting": file.meeting}
    if file.sheet:
        dated |= {"commission": file.sheet.commission_on, "leave": file.sheet.leave_possible}
    ahead = next_date(dated, today)
    return (words.NEXT[ahead[1]], ahead[0]) if ahead else ("", None)


def _open_actions(paceps: Sequence[Pacep]) -> list[Action]:
    newest = max(paceps, key=lambda one: one.number, default=None)
    if newest is None:
        return []
    every = [action for _, _, action in newest.live_actions()]
    return sorted((one for one in every if one.state in _OPEN_ACTIONS), key=lambda one: one.due or date.max)


def _steps(file: _File) -> list[Step]:
    """The last interview and the last three papers worked on, newest first."""
    last = file.interviews[:1]
    met = [Step(one.held_on, "interview", "", one.is_closed, Place("interview", one.id)) for one in last]
    return sorted([*met, *_papers(file)[:3]], key=lambda step: step.day, reverse=True)


def _papers(file: _File) -> list[Step]:
    person_id = file.person.id
    steps = [
        Step(
            one.frozen_on or one.started_on,
            "evaluation",
            str(one.number),
            one.frozen_on is not None,
            Place("person.evaluation", person_id),
        )
        for one in file.evaluations
    ]
    steps += [
        Step(
            plan.submitted_on or plan.started_on,
            "pacep",
            str(plan.number),
            plan.submitted_on is not None,
            Place("person.pacep", person_id),
        )
        for plan in file.paceps
    ]
    steps += [
        Step(
            sheet.ready_on or sheet.drafted_on,
            "prescription",
            sheet.sheet_number,
            sheet.ready_on is not None,
            Place("prescription", sheet.id),
        )
        for sheet in file.prescriptions
    ]
    return sorted(steps, key=lambda step: step.day, reverse=True)


# -- what is missing -----------------------------------------------------------------------------------------


def _missing(file: _File, context: Context) -> list[Missing]:
    found = [*_missing_civil(file, context.clock.today()), *_missing_penal(file)]
    if context.actor.may(Right.READ_EVALUATION):
        found += _missing_evaluation(file)
    if context.actor.may(Right.READ_PACEP):
        found += _missing_pacep(file)
    return found


def _missing_civil(file: _File, today: date) -> list[Missing]:
    def here(code: str, field_: str, **words_: str) -> Missing:
        return Missing(code, Place("person.situation", file.person.id, field_), words_)

    found = [] if file.person.birth_date else [here("birth_date", "birth_date")]
    found += [here(code, "documents", **words_) for code, words_ in _documents(file.documents, today)]
    home = address_at_release(file.addresses)
    if file.custody and file.custody.hosted:
        if home is None or not home.proven:
            found.append(here("home_unproven" if home else "home", "addresses"))
    elif file.person.phone_state is PhoneState.UNKNOWN:
        found.append(here("phone", "phone_state"))
    return found


def _documents(documents: Sequence[IdentityDocument], today: date) -> list[tuple[str, dict[str, str]]]:
    """The first thing to put right among the identity documents; one that is absent or renewed asks nothing."""
    if not documents:
        return [("document", {})]
    for one in documents:
        if one.state in ("aucune", "en_renouvellement"):
            continue
        if one.expires is None:
            return [("document_end", {})]
        if one.expires < today:
            return [("document_over", {"day": dates.short(one.expires)})]
    return []


def _missing_penal(file: _File) -> list[Missing]:
    def here(code: str, field_: str) -> Missing:
        return Missing(code, Place("person.situation", file.person.id, field_))

    found = [here("basis", "bases")] if file.no_basis else []
    if file.custody:
        if not file.custody.establishment:
            found.append(here("establishment", "custodies"))
        if file.custody.starts is None:
            found.append(here("ecrou_date", "custodies"))
        convicted = file.custody.penal_category is not PenalCategory.REMAND
        if convicted and (file.sheet is None or file.sheet.end_official is None):
            found.append(here("end_of_sentence", "sheets"))
    return found


def _missing_evaluation(file: _File) -> list[Missing]:
    place = Place("person.evaluation", file.person.id)
    newest = max(file.evaluations, key=lambda one: one.number, default=None)
    if newest is None:
        return [Missing("evaluation", place)]
    return [] if newest.frozen_on else [Missing("evaluation_draft", place)]


def _missing_pacep(file: _File) -> list[Missing]:
    place = Place("person.pacep", file.person.id)
    newest = max(file.paceps, key=lambda one: one.number, default=None)
    if newest is None:
        return [Missing("pacep", place)]
    found = [] if newest.submitted_on else [Missing("pacep_draft", place, {"number": str(newest.number)})]
    return [*found, *(Missing(code, place, said) for code, said in file.plan_signs)]


def _plan_signs(
    tx: Transaction, plan: Pacep, own: Sequence[Event], today: date
) -> Iterator[tuple[str, dict[str, str]]]:
    """What stays to be done about a plan put to the person: the answer that is awaited, the review that is late."""
    if agreement_of(own) is Agreement.TO_COLLECT and state_of(plan, own) is not PlanState.REPLACED:
        yield "pacep_agreement", {"number": str(plan.number)}
    review = review_now(tx, plan, own, today)
    if review and review.is_late(today):
        yield "pacep_review_late", {"day": dates.short(review.closes)}
    elif review and review.is_due(today):
        yield "pacep_review_due", {"day": dates.short(review.closes)}
