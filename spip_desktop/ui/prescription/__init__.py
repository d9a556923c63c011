"""Sheets to partners: lists, one sheet with its live preview, silent partners, the lots of the permanences."""

from collections.abc import Callable

from spip_desktop.ui.guard import Guard
from spip_desktop.ui.page import Page
from spip_desktop.ui.prescription.batch_page import BatchPage
from spip_desktop.ui.prescription.lists import PersonPrescriptionsPage, PrescriptionsPage
from spip_desktop.ui.prescription.new_page import NewPrescriptionPage
from spip_desktop.ui.prescription.page import RETURN, PrescriptionPage
from spip_desktop.ui.prescription.silent_page import SilentPage
from spip_desktop.ui.prescription.told import came_back
from spip_desktop.wiring import Services

__all__ = ["PAGES", "RETURN", "came_back"]

PAGES: dict[str, Callable[[Services, Guard], Page]] = {
    "prescription": PrescriptionPage,
    "prescriptions": PrescriptionsPage,
    "person.prescriptions": PersonPrescriptionsPage,
    "person.prescription_new": NewPrescriptionPage,
    "prescriptions.silent": SilentPage,
    "prescriptions.batches": BatchPage,
}
