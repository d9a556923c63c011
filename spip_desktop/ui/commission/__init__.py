"""« Commissions »: the passages of one person, what other professions bring, one passage, those of my dossiers."""

from collections.abc import Callable

from spip_desktop.ui.commission.list_page import CommissionsPage
from spip_desktop.ui.commission.person_page import PersonCommissionsPage
from spip_desktop.ui.commission.review_page import ReviewPage
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.page import Page
from spip_desktop.wiring import Services

PAGES: dict[str, Callable[[Services, Guard], Page]] = {
    "commissions": CommissionsPage,
    "commission": ReviewPage,
    "person.commissions": PersonCommissionsPage,
}
