"""Every page of the program by the kind of its place, and the entries of the rail. Screens do not know each other."""

from collections.abc import Callable, Collection, Sequence
from datetime import date
from functools import partial

from spip_desktop.domain import dates
from spip_desktop.domain.place import Place
from spip_desktop.ui import evaluation, help, journal, pacep, partners, person, persons, prescription, retention
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.page import Page
from spip_desktop.ui.person_strip import PersonStripValues
from spip_desktop.ui.rail import RailEntry
from spip_desktop.ui.search_box import SearchHit
from spip_desktop.wiring import Services

#: Screens that not every officer may open.
_CONTROLS = (journal, retention)

MakePage = Callable[[Services, Guard], Page]

ENTRIES = (
    RailEntry("persons", "Personnes", "people"),
    RailEntry("person.synthese", "Synthèse", where="section"),
    RailEntry("person.situation", "Situation", where="section"),
    RailEntry("person.evaluation", "Évaluation", where="section"),
    RailEntry("person.pacep", "PACEP", where="section"),
    RailEntry("person.prescriptions", "Prescriptions", where="section", also=("prescription",)),
    RailEntry("prescriptions", "Prescriptions", "document"),
    RailEntry("partners", "Partenaires", "buildings", also=("partner",)),
    RailEntry("settings", "Réglages", "sliders", where="bottom", also=("journal", "retention")),
)
_SCREENS = (persons, person, evaluation, pacep, prescription, partners, help)


def pages(services: Services, guard: Guard, make_settings: Callable[[], Page]) -> dict[str, Callable[[], Page]]:
    """How to make the page of each kind of place."""
    every: dict[str, MakePage] = {}
    for screen in _SCREENS:
        every |= screen.PAGES
    for control in _CONTROLS:
        every |= {kind: make for kind, make in control.PAGES.items() if kind in control.offered(services)}
    made: dict[str, Callable[[], Page]] = {kind: partial(make, services, guard) for kind, make in every.items()}
    return made | {"settings": make_settings}


def entries(kinds: Collection[str]) -> list[RailEntry]:
    """The entries of the rail whose page works."""
    return [entry for entry in ENTRIES if entry.kind in kinds]


def search(services: Services, text: str) -> Sequence[SearchHit]:
    """The persons that match what was typed, told apart by birth date, écrou number and who follows."""
    return [
        SearchHit(
            hit.name,
            ", ".join(
                part for part in (_born(hit.birth_date), _ecrou(hit.ecrou_number), _followed(hit.officers)) if part
            ),
            Place("person.synthese", hit.id),
        )
        for hit in services.persons.search(text)
    ]


def strip(services: Services, page: Page) -> PersonStripValues | None:
    """What the strip says of the person a page is about; nothing outside a dossier."""
    id_ = page.person_id()
    return person.strip_values(services, id_) if id_ is not None else None


def _born(day: date | None) -> str:
    return f"naissance le {dates.short(day)}" if day else ""


def _followed(officers: str) -> str:
    return f"suivi par {officers}" if officers else ""


def _ecrou(number: str) -> str:
    return f"écrou {number}" if number else ""
