"""The lot of a permanence: every sheet ready for one partner, place and day, in one print with its bordereau."""

from collections.abc import Callable
from datetime import date

from spip_desktop.db import event as events
from spip_desktop.db import paper
from spip_desktop.db.followed import followed
from spip_desktop.db.partner import PARTNERS
from spip_desktop.db.person import PERSONS
from spip_desktop.db.prescription import PRESCRIPTIONS
from spip_desktop.db.situation import CUSTODIES
from spip_desktop.db.store import Transaction
from spip_desktop.domain import dates
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.follow_up import Batch, BatchKey, BatchSlip, SlipLine
from spip_desktop.domain.officer import Right
from spip_desktop.domain.prescription import Prescription
from spip_desktop.domain.prescription_states import KIND, SheetState, state_of
from spip_desktop.domain.situation import current_custody
from spip_desktop.services.access import AccessService
from spip_desktop.services.context import Context
from spip_desktop.services.printing import Printable

_READY = frozenset({SheetState.READY, SheetState.AGREED})
Progress = Callable[[int, int], None]

_NO_HOUR = (24, 0)


class PrescriptionBatch:
    """Sheets that are ready and not handed over yet, for the persons within this officer's reach."""

    def __init__(self, context: Context, access: AccessService) -> None:
        self._context, self._access = context, access

    def batches(self) -> tuple[Batch, ...]:
        """Every permanence to come with its sheets, the nearest first; one that is past is no longer offered."""
        self._context.actor.require(Right.READ_PRESCRIPTION)
        with self._context.store.reading() as tx:
            found: dict[BatchKey, list[Prescription]] = {}
            for sheet in self._ready(tx):
                found.setdefault(_key(sheet), []).append(sheet)
            made = [_batch(tx, key, sheets) for key, sheets in found.items()]
        return tuple(sorted(made, key=lambda one: (one.key.day, one.partner, one.key.place)))

    def papers(self, key: BatchKey, progress: Progress) -> Printable:
        """The bordereau, then each issued sheet, as one print; `progress` (done, total) may stop it by raising.

        Refusal `batch_empty` when nothing is ready for that permanence any more.
        """
        self._context.actor.require(Right.PRINT)
        self._context.actor.require(Right.READ_PRESCRIPTION)
        from spip_desktop.documents.batch import TITLE, slip  # reportlab: not before the first paper
        from spip_desktop.documents.kit.joining import joined

        with self._context.store.reading() as tx:
            sheets = sorted((one for one in self._ready(tx) if _key(one) == key), key=_hour)
            if not sheets:
                raise Refusal("batch_empty")
            given = _slip(tx, key, sheets)
            today = tx.clock.today()
        steps = len(sheets) + 2
        progress(0, steps)
        papers = [slip(given, today=today, demo=self._context.demonstration)]
        issued = []
        for done, sheet in enumerate(sheets, 1):
            progress(done, steps)
            with self._context.store.reading() as tx:
                issued.append(next(one for one in paper.of(tx, sheet.id) if one.kind == KIND))
        papers += [one.content for one in issued]
        progress(steps - 1, steps)
        content = joined(papers, TITLE)
        progress(steps, steps)
        first, *others = issued
        return Printable(
            title=TITLE,
            content=content,
            kind=KIND,
            object_id=first.object_id,
            issued_id=first.id,
            others=tuple(one.object_id for one in others),
        )

    def _ready(self, tx: Transaction) -> list[Prescription]:
        """Those with a partner and a day that is not past."""
        among = followed(tx, self._access.reach(tx))
        today = tx.clock.today()
        sheets = PRESCRIPTIONS.find(tx, among(PRESCRIPTIONS.table.c.person_id))
        return [
            one
            for one in sheets
            if one.is_frozen
            and one.service_id
            and one.meeting_on
            and one.meeting_on >= today
            and state_of(one, events.of(tx, one.id)) in _READY
        ]


def _hour(sheet: Prescription) -> tuple[int, int]:
    """« 9 h 30 » comes before « 10 h »; without an hour, last; hours typed before they were checked too."""
    try:
        return dates.parse_hour(sheet.meeting_hour) or _NO_HOUR
    except Refusal:
        return _NO_HOUR


def _key(sheet: Prescription) -> BatchKey:
    assert sheet.service_id is not None
    assert sheet.meeting_on is not None
    return BatchKey(service_id=sheet.service_id, place=sheet.meeting_place, day=sheet.meeting_on)


def _batch(tx: Transaction, key: BatchKey, sheets: list[Prescription]) -> Batch:
    agreed = sum(state_of(one, events.of(tx, one.id)) is SheetState.AGREED for one in sheets)
    return Batch(key=key, partner=_partner(tx, sheets[0]), sheets=tuple(one.id for one in sheets), agreed=agreed)


def _partner(tx: Transaction, sheet: Prescription) -> str:
    assert sheet.partner_id is not None
    partner = PARTNERS.get(tx, sheet.partner_id)
    service = partner.service(sheet.service_id)
    return f"{partner.name}, {service.name}" if service and service.name else partner.name


def _slip(tx: Transaction, key: BatchKey, sheets: list[Prescription]) -> BatchSlip:
    lines = tuple(_line(tx, one, key.day) for one in sheets)
    return BatchSlip(partner=_partner(tx, sheets[0]), place=key.place, day=key.day, lines=lines)


def _line(tx: Transaction, sheet: Prescription, day: date) -> SlipLine:
    """Where the person is held stands on the bordereau only (practice.md): movement lists need it."""
    custody = current_custody(CUSTODIES.find(tx, person_id=sheet.person_id), day)
    held = (custody.building, custody.cell) if custody else ()
    return SlipLine(
        hour=sheet.meeting_hour,
        person=PERSONS.get(tx, sheet.person_id).display_name,
        ecrou=custody.ecrou_number if custody else "",
        where=", ".join(part for part in held if part),
        number=sheet.sheet_number,
        agreed=state_of(sheet, events.of(tx, sheet.id)) is SheetState.AGREED,
    )
