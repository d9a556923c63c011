"""Persons and what hangs on them, to and from their rows."""

from collections.abc import Iterable

import sqlalchemy as sa

from spip_desktop.db import search
from spip_desktop.db.records import Records
from spip_desktop.db.store import Transaction
from spip_desktop.domain import dates
from spip_desktop.domain.person import Address, Assignment, Contact, IdentityDocument, Person
from spip_desktop.domain.text import fold, fold_both

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
CONTACTS = Records("contact", Contact, references={"person_id": "person"}, index=[("person_id",)])
ADDRESSES = Records("address", Address, references={"person_id": "person"}, index=[("person_id",)])
DOCUMENTS = Records("identity_document", IdentityDocument, references={"person_id": "person"}, index=[("person_id",)])
ASSIGNMENTS = Records(
    "assignment",
    Assignment,
    references={"person_id": "person", "officer_id": "officer"},
    index=[("person_id",), ("officer_id",)],
)


def save(tx: Transaction, person: Person, numbers: Iterable[str] = (), *, lock: int | None = None) -> None:
    """Write a person and what finds them; `numbers` are their écrou numbers."""
    keys = {"sort_key": person.sort_key, "birth_key": _key(person.birth_name), "usual_key": _key(person.usual_name)}
    PERSONS.save(tx, person, lock=lock, also=keys)
    search.index(tx, person.id, search_words(person, numbers))


def search_words(person: Person, numbers: Iterable[str]) -> str:
    """Every word under which a person is found: names, aliases, birth date, APPI and écrou numbers."""
    names = " ".join((person.birth_name, person.usual_name, person.first_names, *person.aliases))
    birth = dates.short(person.birth_date)
    return " ".join(
        (fold_both(names), birth.replace("/", " "), birth.replace("/", ""), fold(person.appi_number), *numbers)
    )


def _key(name: str) -> str:
    return fold(name).replace(" ", "")
