"""Prescriptions: read, drafted, issued, followed. One name for the services of the slice."""

from uuid import UUID

from spip_desktop.services.access import AccessService
from spip_desktop.services.context import Context
from spip_desktop.services.prescription_batch import PrescriptionBatch
from spip_desktop.services.prescription_course import PrescriptionCourse
from spip_desktop.services.prescription_draft import PrescriptionDraft
from spip_desktop.services.prescription_followup import PrescriptionFollowUp
from spip_desktop.services.prescription_form import PrescriptionForms, ReadForm
from spip_desktop.services.prescription_offers import Offer, PrescriptionOffers
from spip_desktop.services.prescription_paper import PrescriptionPaper
from spip_desktop.services.prescription_reading import (
    Judged,
    PartnerChoice,
    PrescriptionReading,
    PrescriptionView,
    TypedField,
)
from spip_desktop.services.prescription_return import FoundSheet, PrescriptionReturn, Told
from spip_desktop.services.prescription_sheet import TickChoice


class PrescriptionService:
    """`offers` says to whom, `draft` writes, `papers` prints, `course` records; `returns`, `forms` come back."""

    def __init__(self, context: Context, access: AccessService) -> None:
        self.reading = PrescriptionReading(context, access)
        self.offers = PrescriptionOffers(context, access)
        self.draft = PrescriptionDraft(context, access)
        self.papers = PrescriptionPaper(context, access)
        self.course = PrescriptionCourse(context, access, self.papers)
        self.returns = PrescriptionReturn(context, access, self.course)
        self.forms = PrescriptionForms(context, access)
        self.follow_up = PrescriptionFollowUp(context, access)
        self.batches = PrescriptionBatch(context, access)

    def view(self, prescription_id: UUID) -> PrescriptionView:
        return self.reading.view(prescription_id)


__all__ = [
    "FoundSheet", "Judged", "Offer", "PartnerChoice", "PrescriptionForms", "PrescriptionService", "PrescriptionView",
    "ReadForm", "TickChoice", "Told", "TypedField",
]  # fmt: skip
