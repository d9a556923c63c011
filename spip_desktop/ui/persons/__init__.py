"""The list of persons, and the start of a dossier."""

from collections.abc import Callable

from spip_desktop.ui.guard import Guard
from spip_desktop.ui.page import Page
from spip_desktop.ui.persons.list_import_page import ListImportPage
from spip_desktop.ui.persons.list_page import PersonsPage
from spip_desktop.ui.persons.start_page import StartPage
from spip_desktop.wiring import Services

PAGES: dict[str, Callable[[Services, Guard], Page]] = {
    "persons": PersonsPage,
    "person.new": StartPage,
    "persons.import": ListImportPage,
}
