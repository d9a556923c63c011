"""What the figures per partner are counted from: the states of sheets and their days, no word of a dossier."""

from datetime import date

import sqlalchemy as sa

from spip_desktop.db.event import EVENTS
from spip_desktop.db.prescription import PRESCRIPTIONS
from spip_desktop.db.store import Transaction
from spip_desktop.domain.partner_figures import SheetFact
from spip_desktop.domain.prescription_states import KIND, SheetState


def facts(tx: Transaction, starts: date, ends: date) -> list[SheetFact]:
    """Every state of the sheets handed over from `starts` to `ends`, both included, whoever follows the person."""
    e, p = EVENTS.table.c, PRESCRIPTIONS.table.c
    given = EVENTS.table.alias("given")
    handed_over = sa.select(given.c.object_id).where(
        given.c.kind == KIND,
        given.c.code == SheetState.HANDED_OVER.value,
        given.c.happened_on.between(starts, ends),
        given.c.deleted_at.is_(None),
    )
    query = (
        sa.select(e.object_id, e.code, e.happened_on, e.detail, p.partner_id, p.person_id)
        .join(PRESCRIPTIONS.table, p.id == e.object_id)
        .where(
            e.kind == KIND,
            e.code.in_([one.value for one in SheetState]),
            e.deleted_at.is_(None),
            p.deleted_at.is_(None),
            p.partner_id.is_not(None),
            e.object_id.in_(handed_over),
        )
    )
    return [
        SheetFact(
            sheet_id=row.object_id,
            person_id=row.person_id,
            partner_id=row.partner_id,
            state=SheetState(row.code),
            on=row.happened_on,
            result=(row.detail or {}).get("result", ""),
        )
        for row in tx.connection.execute(query)
    ]
