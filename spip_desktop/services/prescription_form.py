"""The PDF that a partner fills in: it leaves by a named act, comes back as values, and is checked as a stranger."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from spip_desktop.db import codec
from spip_desktop.db import event as events
from spip_desktop.db.prescription import PRESCRIPTIONS
from spip_desktop.db.store import Transaction
from spip_desktop.domain.errors import Problem, Refusal
from spip_desktop.domain.filled_form import IDENTITY, FormIdentity, line_of, read_line, typed_in
from spip_desktop.domain.officer import Right
from spip_desktop.domain.prescription import Prescription
from spip_desktop.domain.prescription_states import KIND, NEXT, SheetState, state_of
from spip_desktop.domain.sheet import SheetContent
from spip_desktop.domain.sheet_answer import checked_all
from spip_desktop.services.access import AccessService
from spip_desktop.services.context import Context
from spip_desktop.services.leaving import write_out
from spip_desktop.services.prescription_return import answer_fields

#: The state of a ticked box in our forms (documents/kit/fillable.py).
_ON = "Oui"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadForm:
    """What a partner typed, by the code of its field, and what of it cannot be kept: the officer puts it right."""

    typed: Mapping[str, str]
    problems: tuple[Problem, ...]


class PrescriptionForms:
    """The file says nothing of the person: a number, a code, what the partner is asked."""

    def __init__(self, context: Context, access: AccessService) -> None:
        self._context, self._access = context, access

    def name(self, prescription_id: UUID) -> str:
        """What the file is called: the code that the paper bears, and no word of the service or of anyone."""
        self._context.actor.require(Right.READ_PRESCRIPTION)
        with self._context.store.reading() as tx:
            return f"retour-{self._prescription(tx, prescription_id).answer_code}.pdf"

    def may_leave(self, prescription_id: UUID) -> bool:
        """Whether an answer is asked of the partner, and may still come."""
        self._context.actor.require(Right.READ_PRESCRIPTION)
        with self._context.store.reading() as tx:
            return _waits(tx, self._prescription(tx, prescription_id))

    def save(self, prescription_id: UUID, path: Path) -> Path:
        """Write the form where the officer chose. The journal tells it before, and a second line when it failed.

        Returns where it is. Refusals: `form_not_now`, those of `write_out`.
        """
        self._context.actor.require(Right.PRINT)
        with self._context.store.transaction(self._context.actor, "save_form") as tx:
            prescription = self._prescription(tx, prescription_id)
            if not _waits(tx, prescription):
                raise Refusal("form_not_now")
            content, partner = self._drawn(prescription), str(prescription.partner_id or "")
            tx.note(KIND, prescription_id, recipient=partner)
        try:
            return write_out(path, content, ".pdf")
        except Refusal:
            with self._context.store.transaction(self._context.actor, "save_form_failed") as tx:
                tx.note(KIND, prescription_id, recipient=partner)
            raise

    def sheet_of(self, path: Path) -> UUID:
        """The sheet whose answer a file says it is; nothing else of it is looked at, nor of the dossier.

        It may be asked before the dossier is open: the number and the code are in the file. Refusals: those of
        reading, `form_checksum`, `form_unknown`.
        """
        self._context.actor.require(Right.WRITE_PRESCRIPTION)
        identity = read_line(_values(path).get(IDENTITY, ""))
        with self._context.store.reading() as tx:
            return _of(tx, identity).id

    def read(self, prescription_id: UUID, path: Path) -> ReadForm:
        """What the partner typed in the form of this very sheet; only the values of its fields are looked at.

        Refusals: those of reading (`form_too_big`, `form_unreadable`, `form_locked`, `form_no_field`,
        `form_not_ours`), `form_checksum`, `form_unknown` (no such sheet here), `form_other` (of another sheet),
        `form_version` and `form_fields` (not the fields of that version).
        """
        self._context.actor.require(Right.WRITE_PRESCRIPTION)
        with self._context.store.reading() as tx:
            self._prescription(tx, prescription_id)  # the file of a dossier that is not open stays closed
        values = _values(path)
        identity = read_line(values.pop(IDENTITY, ""))
        with self._context.store.transaction(self._context.actor, "read_form") as tx:
            prescription = self._prescription(tx, prescription_id)
            _check_identity(tx, prescription, identity)
            fields = answer_fields(prescription)
            typed = typed_in(fields, values, _ON)
            tx.note(KIND, prescription_id)
        found = checked_all(fields, typed, self._context.clock.today())
        return ReadForm(typed=typed, problems=found.problems)

    def _drawn(self, prescription: Prescription) -> bytes:
        from spip_desktop.documents.prescription import render_answer  # reportlab: not before the first paper

        assert prescription.ready_on is not None
        return render_answer(
            codec.from_json(SheetContent, prescription.sheet),
            issued=prescription.ready_on,
            number=prescription.sheet_number,
            code=prescription.answer_code,
            demo=self._context.demonstration,
            identity=line_of(_identity(prescription)),
        )

    def _prescription(self, tx: Transaction, prescription_id: UUID) -> Prescription:
        prescription = PRESCRIPTIONS.get(tx, prescription_id)
        self._access.require(tx, prescription.person_id)
        return prescription


def _values(path: Path) -> dict[str, str]:
    from spip_desktop.exchange import filled_form  # pypdf: not before the first form that comes back

    try:
        with path.open("rb") as file:
            content = file.read(filled_form.MOST_BYTES + 1)
    except OSError as error:
        raise Refusal("form_unreadable") from error
    return filled_form.read(content)


def _identity(prescription: Prescription) -> FormIdentity:
    return FormIdentity(
        sheet_code=prescription.sheet_code,
        sheet_version=prescription.sheet_version,
        number=prescription.sheet_number,
        answer_code=prescription.answer_code,
    )


def _check_identity(tx: Transaction, prescription: Prescription, found: FormIdentity) -> None:
    """The form is of this sheet, made from the version of the model that this sheet cites."""
    if _of(tx, found).id != prescription.id:
        raise Refusal("form_other")
    if found != _identity(prescription):
        raise Refusal("form_version")


def _of(tx: Transaction, found: FormIdentity) -> Prescription:
    """The sheet of that number and code; Refusal `form_unknown` when there is none here."""
    for one in PRESCRIPTIONS.find(tx, sheet_number=found.number):
        if one.answer_code == found.answer_code:
            return one
    raise Refusal("form_unknown")


def _waits(tx: Transaction, prescription: Prescription) -> bool:
    state = state_of(prescription, events.of(tx, prescription.id))
    asked = bool(answer_fields(prescription))
    return asked and (state is SheetState.AGREED or SheetState.REPORTED in NEXT[state])
