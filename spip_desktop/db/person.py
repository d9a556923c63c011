"""Persons and what hangs on them, to and from their rows."""

from collections.abc import Iterable
from datetime import UTC, datetime
from uuid import UUID

import sqlalchemy as sa

from spip_desktop.db import search
from spip_desktop.db.records import Records
from spip_desktop.db.schema import JOURNAL
from spip_desktop.db.store import Transaction
from spip_desktop.domain import dates
from spip_desktop.domain.access import Interim
from spip_desktop.domain.person import Address, Assignment, Contact, IdentityDocument, Person, Preparation
from spip_desktop.domain.text import fold, fold_both

#: The act under which the reading of a dossier is written in the journal.
CONSULTATION = "consultation"

PERSONS = Records(
    "person",
    Person,
    derived=[
        sa.Column("sort_key", sa.Text, nullable=False),
        # Folded birth name and usual name, without spaces: what the duplicate check compares.
        sa.Column("birth_key", sa.Text, nullable=False),
        sa.Column("usual_key", sa.Text, nullable=False),
    ],
    index=[("sort_key",), ("birth_key",), ("usual_key",), ("appi_number",)],
)
#: Counts those not in the bin, and lists them by name, without reading them.
PERSONS.index_present("sort_key", "id")
CONTACTS = Records("contact", Contact, references={"person_id": "person"}, index=[("person_id",)])
ADDRESSES = Records("address", Address, references={"person_id": "person"}, index=[("person_id",)])
DOCUMENTS = Records("identity_document", IdentityDocument, references={"person_id": "person"}, index=[("person_id",)])
PREPARATIONS = Records("preparation", Preparation, references={"person_id": "person"}, index=[("person_id",)])
ASSIGNMENTS = Records(
    "assignment",
    Assignment,
    references={"person_id": "person", "officer_id": "officer"},
    index=[("person_id",), ("officer_id",)],
)
#: Tells who is followed today, and so who waits for an officer, without reading the assignments; then by whom.
ASSIGNMENTS.index_present("person_id", "starts", "ends")
ASSIGNMENTS.index_present("officer_id", "person_id", "starts", "ends", name="followed")
INTERIMS = Records(
    "interim",
    Interim,
    references={"absent_id": "officer", "replacement_id": "officer"},
    index=[("replacement_id",)],
)


def save(tx: Transaction, person: Person, numbers: Iterable[str] = (), *, lock: int | None = None) -> None:
    """Write a person and what finds them; `numbers` are their écrou numbers."""
    PERSONS.save(tx, person, lock=lock, also=keys(person))
    search.index(tx, person.id, search_words(person, numbers))


def keys(person: Person) -> dict[str, str]:
    """The columns beside those of the person: what sorts and what the duplicate check compares."""
    return {"sort_key": person.sort_key, "birth_key": _key(person.birth_name), "usual_key": _key(person.usual_name)}


def reindex(tx: Transaction, person: Person, numbers: Iterable[str]) -> None:
    """Make a person findable under new écrou numbers; the person's own row is unchanged."""
    search.index(tx, person.id, search_words(person, numbers))


def opened_since(tx: Transaction, officer_id: UUID, person_id: UUID, since: datetime) -> bool:
    """Whether this officer consulted this dossier after that instant."""
    c = JOURNAL.c
    query = sa.select(c.seq).where(
        c.object == str(person_id),
        c.officer == str(officer_id),
        c.act == CONSULTATION,
        c.at > since.astimezone(UTC).isoformat(timespec="microseconds"),
    )
    return tx.connection.execute(query.limit(1)).first() is not None


def opened_lately(tx: Transaction, officer_id: UUID, since: datetime) -> frozenset[UUID]:
    """The dossiers that this officer consulted after that instant.

    Read backwards from the last line, down to the first that is old enough: the journal is never read whole.
    """
    c, stamp = JOURNAL.c, since.astimezone(UTC).isoformat(timespec="microseconds")
    older = sa.select(c.seq).where(c.at <= stamp).order_by(c.seq.desc()).limit(1).scalar_subquery()
    query = sa.select(c.object).where(
        c.seq > sa.func.coalesce(older, 0), c.officer == str(officer_id), c.act == CONSULTATION
    )
    return frozenset(UUID(one) for one in tx.connection.execute(query.distinct()).scalars())


def resembling(tx: Transaction, person: Person) -> list[Person]:
    """The persons worth comparing: same APPI number, or a birth or usual name in common."""
    c = PERSONS.table.c
    names = [key for key in (_key(person.birth_name), _key(person.usual_name)) if key]
    same: list[sa.ColumnElement[bool]] = [c.birth_key.in_(names), c.usual_key.in_(names)]
    if person.appi_number:
        same.append(c.appi_number == person.appi_number)
    return PERSONS.find(tx, sa.or_(*same), c.id != person.id)


def search_words(person: Person, numbers: Iterable[str]) -> str:
    """Every word under which a person is found: names, aliases, birth date, APPI and écrou numbers."""
    names = " ".join((person.birth_name, person.usual_name, person.first_names, *person.aliases))
    birth = dates.short(person.birth_date)
    return " ".join(
        (fold_both(names), birth.replace("/", " "), birth.replace("/", ""), fold(person.appi_number), *numbers)
    )


def _key(name: str) -> str:
    return fold(name).replace(" ", "")


def is_there(tx: Transaction, person_id: UUID) -> bool:
    """Whether the store has this dossier, in the bin or not."""
    return tx.connection.scalar(sa.select(PERSONS.table.c.id).where(PERSONS.table.c.id == person_id)) is not None
