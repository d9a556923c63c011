"""Partners: the list, and one structure with its services and contacts."""

from collections.abc import Callable

from spip_desktop.ui.guard import Guard
from spip_desktop.ui.page import Page
from spip_desktop.ui.partners.detail_page import PartnerPage
from spip_desktop.ui.partners.figures_page import PartnerFiguresPage
from spip_desktop.ui.partners.import_page import DirectoryImportPage
from spip_desktop.ui.partners.list_page import PartnersPage
from spip_desktop.ui.partners.needs_page import NeedsPage
from spip_desktop.ui.partners.public_page import PublicDirectoryPage
from spip_desktop.ui.partners.sheet_page import PartnerSheetPage
from spip_desktop.wiring import Services

PAGES: dict[str, Callable[[Services, Guard], Page]] = {
    "partners": PartnersPage,
    "partner": PartnerPage,
    "partners.public": PublicDirectoryPage,
    "partners.import": DirectoryImportPage,
    "partners.figures": PartnerFiguresPage,
    "partners.sheet": PartnerSheetPage,
    "partners.needs": NeedsPage,
}
