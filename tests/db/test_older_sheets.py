"""Sheets made ready by the first version of the program are read, answered and replaced by this one."""

import dataclasses
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from spip_desktop.db import codec, definition, event, migrate
from spip_desktop.db.person import PERSONS
from spip_desktop.db.prescription import PRESCRIPTIONS
from spip_desktop.db.store import make_engine
from spip_desktop.domain.event import Event
from spip_desktop.domain.prescription_states import AGREEMENT, KIND, REPLACED_PARTIAL, SheetState
from spip_desktop.domain.sheet import SheetContent
from spip_desktop.services.context import Context
from spip_desktop.services.prescription import PrescriptionService
from tests.prescription_fixtures import MissionsLocales, complete
from tests.store_fixtures import KEY

TODAY = date(2026, 11, 22)
FIRST_SHEET = Path(__file__).parents[1] / "references" / "definitions" / "mission_locale-1.toml"
#: What revision 0003 added.
ADDED = {
    "prescription": ("replaces_id", "rules_version", "fields_version", "with_return"),
    "person": ("known_mission_locale_where",),
}


@pytest.fixture
def old_sheet(prescriptions: PrescriptionService, loic: UUID, missions: MissionsLocales, context: Context) -> UUID:
    """Made ready with the first sheet, answered « en partie » as it was noted then, without what is accepted."""
    id_ = complete(prescriptions, loic)
    prescriptions.course.make_ready(id_)
    with context.store.transaction(context.actor, "test") as tx:
        definition.keep(tx, "sheet", "mission_locale", 1, FIRST_SHEET.read_bytes())
        PRESCRIPTIONS.save(tx, dataclasses.replace(PRESCRIPTIONS.get(tx, id_), sheet_version=1))
        answer = Event(
            id=tx.ids.new(), kind=KIND, object_id=id_, person_id=loic, code=AGREEMENT, happened_on=TODAY,
            entered_at=tx.now, entered_by=tx.actor_id, detail={"answer": "partial", "read_aloud": "non"},
        )  # fmt: skip
        event.add(tx, answer)
    return id_


def test_rows_of_the_schema_before_are_brought_to_this_one(old_sheet: UUID, loic: UUID, context: Context) -> None:
    engine = make_engine(context.store.path, KEY)
    with engine.connect() as connection:
        for table, columns in ADDED.items():
            for column in columns:
                connection.exec_driver_sql(f"ALTER TABLE {table} DROP COLUMN {column}")
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0002'")
        connection.commit()
        migrate._run(connection, "0003")
        connection.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{migrate.HEAD}'")
        connection.commit()
    engine.dispose()
    with context.store.reading() as tx:
        sheet, person = PRESCRIPTIONS.get(tx, old_sheet), PERSONS.get(tx, loic)
    assert (sheet.replaces_id, sheet.rules_version, sheet.fields_version, sheet.with_return) == (None, 1, 1, False)
    assert person.known_mission_locale_where == ""


def test_the_first_sheet_is_read_through_its_own_copy(prescriptions: PrescriptionService, old_sheet: UUID) -> None:
    view = prescriptions.view(old_sheet)
    ticks = {one.code for one in view.paper_ticks}
    assert "joindre" in ticks
    assert not {"objectif", "naissance", "bilan_avant"} & ticks  # that sheet had no such tick
    assert prescriptions.papers.content(old_sheet).objective


def test_a_partial_answer_of_before_keeps_nothing_that_is_not_known_to_be_accepted(
    prescriptions: PrescriptionService, old_sheet: UUID
) -> None:
    assert prescriptions.view(old_sheet).why_replaced == REPLACED_PARTIAL
    new = prescriptions.course.prepare_edition(old_sheet)
    content = prescriptions.papers.content(new)
    assert prescriptions.view(new).prescription.ticked == ()
    assert {one.code for one in content.fields()} == {
        "civilite", "piece_identite", "sortie_prevue", "permission_possible",
    }  # fmt: skip
    assert prescriptions.view(old_sheet).state is SheetState.CANCELLED


def test_the_content_frozen_before_still_says_its_word_for_the_officer() -> None:
    content = codec.from_json(
        SheetContent,
        '{"code":"mission_locale","title":"Fiche","sender":{"heading":"","name":""},'
        '"recipient":{"heading":"","name":""},"asks":[],"objective":"","not_asked":"","blocks":[],"agreement":"",'
        '"foot":"","answer":null,"referent":"référente"}',
    )
    assert content.referent == "référente"
