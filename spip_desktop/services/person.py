"""The person: recorded from four fields, changed as one types, searched, listed, assigned."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import partial
from uuid import UUID

from spip_desktop.db import person as persons
from spip_desktop.db import person_hits, person_list
from spip_desktop.db.journal import STRETCH
from spip_desktop.db.officer import OFFICERS
from spip_desktop.db.records import Stored
from spip_desktop.db.situation import BASES, CUSTODIES
from spip_desktop.db.store import AUTOSAVE, Transaction
from spip_desktop.domain.around import (
    address_problems,
    assignment_problems,
    contact_problems,
    document_problems,
    preparation_problems,
)
from spip_desktop.domain.changes import change
from spip_desktop.domain.errors import Problem, Refusal, refuse_if_any
from spip_desktop.domain.measure import Basis, BasisKind, Custody
from spip_desktop.domain.officer import Officer, Right, Role
from spip_desktop.domain.person import (
    Address,
    Assignment,
    Contact,
    IdentityDocument,
    Likeness,
    Person,
    Preparation,
    likeness,
    normalised_appi,
    person_problems,
    person_warnings,
)
from spip_desktop.domain.person_list import PersonFilter, PersonHit, PersonSummary, Similar, Sort, criteria
from spip_desktop.domain.situation import basis_problems, custody_problems
from spip_desktop.domain.text import clean
from spip_desktop.services import handover
from spip_desktop.services.access import AccessService
from spip_desktop.services.context import Context
from spip_desktop.services.lines import LineKind, Lines, Saved, cleaned
from spip_desktop.services.pacep_review import review_days

#: The fields whose change may make two records look like one person.
IDENTITY = frozenset({"birth_name", "usual_name", "first_names", "birth_date", "appi_number"})
#: The reason of the list `assignment_reasons` written when a CPIP follows the dossier they start.
TAKEN = "nouveau"
_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class QuickStart:
    """What is enough to start: three fields of identity, and an écrou number or the day of a referral.

    `ecrou_on`, `establishment`: of the écrou, where they are known at once (the day's list of those who arrive).
    `follow`: the officer who starts the dossier is the one who follows it (`may_follow`).
    """

    birth_name: str
    first_names: str
    birth_date: date | None
    ecrou_number: str = ""
    ecrou_on: date | None = None
    establishment: str = ""
    referral_on: date | None = None
    follow: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Civil:
    """What the pages « Situation civile » and « Contacts » show of one person."""

    person: Stored[Person]
    addresses: Sequence[Stored[Address]]
    documents: Sequence[Stored[IdentityDocument]]
    preparations: Sequence[Stored[Preparation]]
    contacts: Sequence[Stored[Contact]]
    warnings: Sequence[Problem]
    similar: Sequence[Similar]


class PersonService:
    """Each method is one act of the officer."""

    def __init__(self, context: Context, access: AccessService) -> None:
        self._context, self.access = context, access
        self._searched: dict[str, datetime] = {}
        right = Right.WRITE_PERSON
        addresses = LineKind(records=persons.ADDRESSES, right=right, problems=lambda tx, value: address_problems(value))
        documents = LineKind(
            records=persons.DOCUMENTS,
            right=right,
            problems=lambda tx, value: document_problems(value, tx.clock.today()),
        )
        preparations = LineKind(
            records=persons.PREPARATIONS, right=right, problems=lambda tx, value: preparation_problems(value)
        )
        contacts = LineKind(records=persons.CONTACTS, right=right, problems=lambda tx, value: contact_problems(value))
        self.addresses: Lines[Address] = Lines(context, access, addresses)
        self.documents: Lines[IdentityDocument] = Lines(context, access, documents)
        self.preparations: Lines[Preparation] = Lines(context, access, preparations)
        self.contacts: Lines[Contact] = Lines(context, access, contacts)

    # -- a new dossier ---------------------------------------------------------------------------------------

    def quick_start(self, start: QuickStart, duplicate_reason: str = "") -> UUID:
        """Start a dossier; Refusal with what is missing, or `duplicate` with `found` (tuple of Similar)."""
        self._context.actor.require(Right.WRITE_PERSON)
        if start.follow:
            self._context.actor.require(Right.ASSIGN, TAKEN)
        with self._context.store.transaction(self._context.actor, "start_person") as tx:
            person = self._new_person(tx, start, duplicate_reason)
            custody, basis = self._new_custody(tx, start, person), self._new_basis(tx, start, person)
            refuse_if_any(_quick_problems(start, person, custody, basis, tx.clock.today()))
            found = _similar(tx, person, start.ecrou_number)
            if found and not duplicate_reason.strip():
                raise Refusal("duplicate", "duplicate_reason", found=found, count=len(found))
            persons.save(tx, person, [custody.ecrou_number] if custody else [])
            if custody:
                CUSTODIES.save(tx, custody)
            if basis:
                BASES.save(tx, basis)
            tx.note("person", person.id, duplicate_reason.strip())
            if start.follow:
                self._take(tx, person.id)
            return person.id

    def may_follow(self) -> bool:
        """Whether who starts a dossier may take it as theirs: a CPIP, where there is no DPIP to assign it."""
        actor = self._context.actor
        return Role.CPIP in actor.officer.roles and actor.could(Right.ASSIGN)

    def _take(self, tx: Transaction, person_id: UUID) -> None:
        mine = taken_on(tx, person_id)
        persons.ASSIGNMENTS.save(tx, mine)
        tx.note("assignment", mine.id, TAKEN, str(tx.actor_id))

    def similar(self, start: QuickStart) -> tuple[Similar, ...]:
        """Who is already recorded and may be this person: asked while the four fields are typed."""
        self._context.actor.require(Right.WRITE_PERSON)
        with self._context.store.reading() as tx:
            return _similar(tx, self._new_person(tx, start, ""), start.ecrou_number)

    def _new_person(self, tx: Transaction, start: QuickStart, reason: str) -> Person:
        names, _ = cleaned(Person, {"birth_name": start.birth_name, "first_names": start.first_names})
        person = Person(id=tx.ids.new(), birth_name="", first_names="", birth_date=start.birth_date)
        return replace(person, **names, duplicate_reason=reason.strip())  # type: ignore[arg-type]

    def _new_custody(self, tx: Transaction, start: QuickStart, person: Person) -> Custody | None:
        number = start.ecrou_number.replace(" ", "")
        if not number:
            return None
        return Custody(
            id=tx.ids.new(),
            person_id=person.id,
            establishment=clean(start.establishment).strip(),
            ecrou_number=number,
            starts=start.ecrou_on,
        )

    def _new_basis(self, tx: Transaction, start: QuickStart, person: Person) -> Basis | None:
        if start.referral_on is None:
            return None
        return Basis(id=tx.ids.new(), person_id=person.id, kind=BasisKind.REFERRAL, received_on=start.referral_on)

    # -- reading and changing --------------------------------------------------------------------------------

    def civil(self, person_id: UUID) -> Civil:
        """Identity, addresses, documents, contacts; the dossier must be open to this officer."""
        self._context.actor.require(Right.READ_PERSON)
        with self._context.store.reading() as tx:
            self.access.require(tx, person_id)
            stored = persons.PERSONS.stored(tx, person_id)
            return Civil(
                person=stored,
                addresses=self.addresses.of(tx, person_id),
                documents=self.documents.of(tx, person_id),
                preparations=self.preparations.of(tx, person_id),
                contacts=self.contacts.of(tx, person_id),
                warnings=person_warnings(stored.value, tx.clock.today()),
                similar=_similar(tx, stored.value),
            )

    def save_fields(self, person_id: UUID, changes: Mapping[str, object], lock: int | None = None) -> Saved:
        """Save the fields that changed; those that cannot be accepted come back with why."""
        self._context.actor.require(Right.WRITE_PERSON)
        with self._context.store.transaction(self._context.actor, AUTOSAVE) as tx:
            self.access.require(tx, person_id)
            before = persons.PERSONS.stored(tx, person_id)
            wanted, refused = cleaned(Person, changes)
            if "appi_number" in wanted:
                wanted["appi_number"] = normalised_appi(str(wanted["appi_number"]))
            found = change(before.value, wanted, lambda person: person_problems(person, tx.clock.today()))
            refused += found.refused
            if found.value == before.value:
                return Saved(tx.now, before.lock, refused)
            persons.save(tx, found.value, _ecrou_numbers(tx, person_id), lock=lock)
            tx.note("person", person_id)
            return Saved(tx.now, before.lock + 1, refused)

    # -- finding ---------------------------------------------------------------------------------------------

    def search(self, text: str, limit: int = 12) -> list[PersonHit]:
        """Who is meant by what was typed so far; an exact écrou number comes first."""
        self._context.actor.require(Right.READ_PERSON)
        self._note_search(text)
        with self._context.store.reading() as tx:
            within = None if self._context.actor.may(Right.OPEN_OTHERS) else self.access.reach(tx)
            return person_hits.hits(tx, text, limit, within)

    def page(
        self,
        wanted: PersonFilter,
        *,
        sort: Sort = Sort.NAME,
        descending: bool = False,
        offset: int = 0,
        limit: int = 50,
    ) -> list[PersonSummary]:
        """Some lines of the list; of a dossier that is not open to this officer, identity and who follows only."""
        self._context.actor.require(Right.READ_PERSON)
        self._note_search(wanted.text)
        with self._context.store.reading() as tx:
            reach = self.access.reach(tx)
            reviews, places = partial(review_days, tx), range(offset, offset + limit)
            return person_list.page(tx, wanted, reach, reviews, sort=sort, descending=descending, places=places)

    def count(self, wanted: PersonFilter) -> int:
        self._context.actor.require(Right.READ_PERSON)
        self._note_search(wanted.text)
        with self._context.store.reading() as tx:
            return person_list.count(tx, wanted, self.access.reach(tx))

    def _note_search(self, text: str) -> None:
        """One line of the journal for a stretch of searching by the same kinds of words, not one a letter."""
        now = self._context.clock.now()
        new = {kind for kind in criteria(text) if not now - STRETCH < self._searched.get(kind, _NEVER) <= now}
        if new:
            with self._context.store.transaction(self._context.actor, "search") as tx:
                tx.note("person", reason=", ".join(sorted(new)))
            self._searched |= dict.fromkeys(new, now)

    # -- who follows -----------------------------------------------------------------------------------------

    def assign(
        self, person_id: UUID, officer_id: UUID, *, milieu: str = "", starts: date | None = None, reason: str = ""
    ) -> UUID:
        """Give a dossier to an officer: an act of the DPIP, or with a written reason in a store without one."""
        self._context.actor.require(Right.ASSIGN, reason)
        with self._context.store.transaction(self._context.actor, "assign") as tx:
            self.access.require(tx, person_id)
            assignment = Assignment(
                id=tx.ids.new(),
                person_id=person_id,
                officer_id=OFFICERS.get(tx, officer_id).id,
                milieu=milieu,
                starts=starts or tx.clock.today(),
                assigned_by=tx.actor_id,
                reason=reason.strip(),
            )
            refuse_if_any(assignment_problems(assignment, persons.ASSIGNMENTS.find(tx, person_id=person_id)))
            persons.ASSIGNMENTS.save(tx, assignment)
            tx.note("person", person_id, reason.strip(), str(officer_id))
            return assignment.id

    def end_assignment(self, assignment_id: UUID, ends: date | None = None, reason: str = "") -> None:
        """End a follow-up on a day; nothing is erased, the assignment stays with its dates."""
        self._context.actor.require(Right.ASSIGN, reason)
        with self._context.store.transaction(self._context.actor, "end_assignment") as tx:
            assignment = persons.ASSIGNMENTS.get(tx, assignment_id)
            self.access.require(tx, assignment.person_id)
            handover.require_over(tx, assignment.person_id)
            ended = replace(assignment, ends=ends or tx.clock.today())
            refuse_if_any(assignment_problems(ended, persons.ASSIGNMENTS.find(tx, person_id=ended.person_id)))
            persons.ASSIGNMENTS.save(tx, ended)
            tx.note("person", assignment.person_id, reason.strip(), str(assignment.officer_id))

    def assignments(self, person_id: UUID) -> list[tuple[Assignment, Officer]]:
        """Every assignment of a dossier with its officer, oldest first."""
        self._context.actor.require(Right.READ_PERSON)
        with self._context.store.reading() as tx:
            self.access.require(tx, person_id)
            found = persons.ASSIGNMENTS.find(tx, person_id=person_id)
            return [(one, OFFICERS.get(tx, one.officer_id)) for one in sorted(found, key=lambda one: one.starts)]

    def ended(self, person_id: UUID) -> bool:
        """Whether everything that once ran has ended: there is nobody to assign any more."""
        self._context.actor.require(Right.READ_PERSON)
        with self._context.store.reading() as tx:
            self.access.require(tx, person_id)
            return person_list.is_ended(tx, person_id)

    def officers(self) -> list[Officer]:
        """The officers to whom a dossier can be given."""
        self._context.actor.require(Right.READ_PERSON)
        with self._context.store.reading() as tx:
            return [one for one in OFFICERS.find(tx) if one.active]


def taken_on(tx: Transaction, person_id: UUID) -> Assignment:
    """The follow-up that begins today of who starts a dossier where there is no DPIP to assign it."""
    return Assignment(
        id=tx.ids.new(),
        person_id=person_id,
        officer_id=tx.actor_id,
        starts=tx.clock.today(),
        assigned_by=tx.actor_id,
        reason=TAKEN,
    )


def _quick_problems(
    start: QuickStart, person: Person, custody: Custody | None, basis: Basis | None, today: date
) -> list[Problem]:
    problems = person_problems(person, today)
    if start.birth_date is None:
        problems.append(Problem("required", "birth_date"))
    if custody is None and basis is None:
        problems.append(Problem("ecrou_or_referral", "ecrou_number"))
    problems += custody_problems(custody, (), today) if custody else []
    if basis:
        problems += [Problem(one.code, "referral_on", one.data) for one in basis_problems(basis, today)]
    return problems


def _similar(tx: Transaction, person: Person, ecrou_number: str = "") -> tuple[Similar, ...]:
    """Who may be this person: by name and birth date, by APPI number, by an open écrou of the same number."""
    found = [(other, likeness(person, other)) for other in persons.resembling(tx, person)]
    number = ecrou_number.replace(" ", "")
    same = CUSTODIES.find(tx, ecrou_number=number, ends=None) if number else []
    known = {other.id for other, why in found if why}
    found += [
        (persons.PERSONS.get(tx, one.person_id), Likeness.SAME_ECROU) for one in same if one.person_id not in known
    ]
    return tuple(_as_similar(other, why) for other, why in found if why)


def _as_similar(other: Person, why: Likeness) -> Similar:
    return Similar(
        id=other.id,
        name=other.display_name,
        birth_date=other.birth_date,
        appi_number=other.appi_number,
        likeness=why,
    )


def _ecrou_numbers(tx: Transaction, person_id: UUID) -> list[str]:
    found = CUSTODIES.find(tx, person_id=person_id)
    return [number for one in found for number in (one.ecrou_number, one.first_ecrou_number) if number]


def reindex(tx: Transaction, person_id: UUID) -> None:
    """Make a person findable under their écrou numbers, after one changed."""
    persons.reindex(tx, persons.PERSONS.get(tx, person_id), _ecrou_numbers(tx, person_id))
