"""The paper of a sheet: « PROJET » from the draft as it is, then the bytes issued once, sent again for ever."""

from uuid import UUID

from spip_desktop.db import codec, paper
from spip_desktop.db.prescription import PRESCRIPTIONS
from spip_desktop.db.store import Transaction
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.officer import Right
from spip_desktop.domain.paper import IssuedDocument
from spip_desktop.domain.prescription import Prescription
from spip_desktop.domain.prescription_states import KIND
from spip_desktop.domain.sheet import SheetContent
from spip_desktop.services.access import AccessService
from spip_desktop.services.context import Context
from spip_desktop.services.prescription_amendment import amended
from spip_desktop.services.prescription_ground import read
from spip_desktop.services.printing import Printable

#: Names nobody: it stands in the journal of printing and in the document's list.
TITLE = "Fiche de prescription"


class PrescriptionPaper:
    """What is read is read as it stands; what was issued is never rendered a second time."""

    def __init__(self, context: Context, access: AccessService) -> None:
        self._context, self._access = context, access

    def preview(self, prescription_id: UUID) -> bytes:
        """What the partner will read, to the letter: the draft rendered now, or the bytes issued."""
        self._context.actor.require(Right.READ_PRESCRIPTION)
        with self._context.store.reading() as tx:
            prescription = self._prescription(tx, prescription_id)
            issued = self._issued(tx, prescription)
            return issued.content if issued else self._project(tx, prescription)

    def project(self, prescription_id: UUID) -> Printable:
        """The draft to print, marked « PROJET », without number nor signature block."""
        self._context.actor.require(Right.PRINT)
        with self._context.store.reading() as tx:
            prescription = self._prescription(tx, prescription_id)
            if prescription.is_frozen:
                raise Refusal("prescription_frozen")
            content = self._project(tx, prescription)
        return Printable(title=f"{TITLE}, projet", content=content, kind=KIND, object_id=prescription_id)

    def issued(self, prescription_id: UUID) -> Printable:
        """The bytes issued when the sheet was made ready, whatever changed since; Refusal `not_ready` before."""
        self._context.actor.require(Right.PRINT)
        with self._context.store.reading() as tx:
            document = self._issued(tx, self._prescription(tx, prescription_id))
        if document is None:
            raise Refusal("not_ready")
        return Printable(
            title=document.title,
            content=document.content,
            kind=KIND,
            object_id=prescription_id,
            issued_id=document.id,
        )

    def content(self, prescription_id: UUID) -> SheetContent:
        """What the sheet says: as frozen once ready, else as it would be now."""
        self._context.actor.require(Right.READ_PRESCRIPTION)
        with self._context.store.reading() as tx:
            prescription = self._prescription(tx, prescription_id)
            if prescription.sheet:
                return codec.from_json(SheetContent, prescription.sheet)
            content = read(tx, prescription, self._context.actor.officer).sheet().content()
            return amended(tx, prescription, content)

    def issue(self, tx: Transaction, prescription: Prescription, content: SheetContent) -> None:
        """Render once and keep the bytes, in the transaction that freezes the sheet."""
        from spip_desktop.documents.prescription import render  # reportlab: not before the first paper

        rendered = render(
            content,
            issued=prescription.ready_on,
            number=prescription.sheet_number,
            code=prescription.answer_code,
            draft=False,
            demo=self._context.demonstration,
        )
        paper.issue(
            tx,
            kind=KIND,
            object_id=prescription.id,
            person_id=prescription.person_id,
            title=TITLE,
            version=prescription.number,
            content=rendered,
        )

    def _project(self, tx: Transaction, prescription: Prescription) -> bytes:
        from spip_desktop.documents.prescription import render

        content = read(tx, prescription, self._context.actor.officer).sheet().content()
        return render(
            amended(tx, prescription, content),
            issued=tx.clock.today(),
            number="",
            code="",
            draft=True,
            demo=self._context.demonstration,
        )

    def _prescription(self, tx: Transaction, prescription_id: UUID) -> Prescription:
        self._context.actor.require(Right.READ_PRESCRIPTION)
        prescription = PRESCRIPTIONS.get(tx, prescription_id)
        self._access.require(tx, prescription.person_id)
        return prescription

    def _issued(self, tx: Transaction, prescription: Prescription) -> IssuedDocument | None:
        return next((one for one in paper.of(tx, prescription.id) if one.kind == KIND), None)
