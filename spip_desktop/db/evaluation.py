"""Evaluations, explored fields and findings, to and from their rows."""

from uuid import UUID

import sqlalchemy as sa

from spip_desktop.db.records import Records, Stored
from spip_desktop.db.store import Transaction
from spip_desktop.domain.evaluation import Evaluation, ExploredField, Finding

_PERSON = {"person_id": "person"}
EVALUATIONS = Records("evaluation", Evaluation, references=_PERSON, index=[("person_id",)])
#: Tells the newest version of each person, and when they were met, without reading any.
EVALUATIONS.index_present("person_id", "number", "frozen_on", "interview_on", "id")
FIELDS = Records(
    "explored_field",
    ExploredField,
    references=_PERSON | {"evaluation_id": "evaluation"},
    index=[("evaluation_id", "step")],
)
FINDINGS = Records(
    "finding",
    Finding,
    references=_PERSON | {"evaluation_id": "evaluation"},
    index=[("evaluation_id", "step"), ("person_id", "lineage")],
)


def of_person(tx: Transaction, person_id: UUID) -> list[Stored[Evaluation]]:
    """The versions of a person's evaluation, first to last; those in the bin are left out."""
    found = EVALUATIONS.find_stored(tx, person_id=person_id)
    return sorted(found, key=lambda one: (one.value.number, one.value.id))


def fields_of(tx: Transaction, evaluation_id: UUID) -> dict[str, Stored[ExploredField]]:
    """The steps of a version by their code in the form."""
    return {one.value.step: one for one in FIELDS.find_stored(tx, evaluation_id=evaluation_id)}


def findings_of(tx: Transaction, evaluation_id: UUID) -> list[Stored[Finding]]:
    """The findings of a version in the order in which they were made."""
    return FINDINGS.find_stored(tx, evaluation_id=evaluation_id)


def parts_of(tx: Transaction, evaluation_id: UUID) -> dict[UUID, UUID]:
    """The revision that each step and finding of a version stands at; those in the bin are left out."""
    steps = {one.value.id: one.revision for one in fields_of(tx, evaluation_id).values()}
    return steps | {one.value.id: one.revision for one in findings_of(tx, evaluation_id)}


def drafts(tx: Transaction) -> dict[UUID, UUID]:
    """Every version that may still be changed, and whose it is."""
    c = EVALUATIONS.table.c
    found = tx.connection.execute(sa.select(c.id, c.person_id).where(c.frozen_on.is_(None), c.deleted_at.is_(None)))
    return {row.id: row.person_id for row in found}
