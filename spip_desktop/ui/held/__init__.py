"""« Le dossier en un PDF » and « Demandes d’accès »."""

from collections.abc import Callable

from spip_desktop.ui.guard import Guard
from spip_desktop.ui.held.access_page import AccessPage
from spip_desktop.ui.held.dossier_page import DossierPaperPage
from spip_desktop.ui.page import Page
from spip_desktop.wiring import Services

PAGES: dict[str, Callable[[Services, Guard], Page]] = {
    "person.dossier": DossierPaperPage,
    "person.access": AccessPage,
}
