"""Every page of the program by the kind of its place, and the entries of the rail. Screens do not know each other.

A screen is imported when its first page is made (`ui/ahead.py` does so earlier, when nobody types).
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from functools import partial
from uuid import UUID

from spip_desktop.domain import dates
from spip_desktop.domain.dossier_search import passages
from spip_desktop.domain.ids import read_answer_code, read_sheet_number
from spip_desktop.domain.interview_guide import read_code
from spip_desktop.domain.officer import Actor, Right
from spip_desktop.domain.place import Place
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.page import Page
from spip_desktop.ui.person_strip import PersonStripValues
from spip_desktop.ui.rail import RailEntry
from spip_desktop.ui.search_box import Search, SearchHit
from spip_desktop.wiring import Services

Pages = Mapping[str, Callable[[Services, Guard], Page]]

ENTRIES = (
    RailEntry("todo", "À traiter", "list"),
    RailEntry("persons", "Personnes", "people", also=("persons.import", "persons.duplicates")),
    RailEntry(
        "person.synthese",
        "Synthèse",
        where="section",
        also=("person.movement", "person.dossier", "person.access", "person.handover"),
    ),
    RailEntry("person.situation", "Situation", where="section"),
    RailEntry("person.appointments", "Rendez-vous", where="section"),
    RailEntry("person.interviews", "Entretiens", where="section", also=("interview",)),
    RailEntry("person.evaluation", "Évaluation", where="section"),
    RailEntry("person.pacep", "PACEP", where="section", also=("person.pacep_chain",)),
    RailEntry(
        "person.prescriptions", "Prescriptions", where="section", also=("prescription", "person.prescription_new")
    ),
    RailEntry("person.obligations", "Obligations", where="section"),
    RailEntry("person.incidents", "Incidents", where="section"),
    RailEntry("person.commissions", "Commissions", where="section", also=("commission",)),
    RailEntry("person.timeline", "Chronologie", where="section", also=("person.carrying",)),
    RailEntry("caseload", "Mon tableau", "book"),
    RailEntry("agenda", "Agenda", "calendar", also=("agenda.batch", "agenda.outcomes", "agenda.setup")),
    RailEntry("arrivals", "Arrivants", "group"),
    RailEntry("requests", "Demandes reçues", "mail"),
    RailEntry("commissions", "Commissions", "scales"),
    RailEntry("prescriptions", "Prescriptions", "document", also=("prescriptions.silent", "prescriptions.batches")),
    RailEntry(
        "partners",
        "Partenaires",
        "buildings",
        also=("partner", "partners.public", "partners.import", "partners.figures", "partners.sheet", "partners.needs"),
    ),
    RailEntry("workload", "Charge de travail", "chart"),
    RailEntry("carrying", "À reporter", "copy"),
    RailEntry(
        "transfers",
        "Transferts",
        "arrows",
        also=(
            *("transfers.prepare", "transfers.package", "transfers.receive", "transfers.contacts"),
            *("transfers.conflicts", "transfers.received"),
        ),
    ),
    RailEntry(
        "settings",
        "Réglages",
        "sliders",
        where="bottom",
        also=("journal", "retention", "confidences.sealed", "sheets", "forms", "deadlines", "carrying.setup"),
    ),
)
#: What an entry shows asks for this right, or for one of these; one that is not here is for everybody.
_READ: dict[str, Right | tuple[Right, ...]] = {
    "todo": Right.READ_PERSON,
    "persons": Right.READ_PERSON,
    "person.synthese": Right.READ_PERSON,
    "person.situation": Right.READ_PERSON,
    "person.interviews": Right.READ_INTERVIEW,
    "person.timeline": Right.READ_PERSON,
    "person.appointments": Right.READ_PERSON,
    "agenda": Right.READ_PERSON,
    "person.evaluation": Right.READ_EVALUATION,
    "person.pacep": Right.READ_PACEP,
    "person.prescriptions": Right.READ_PRESCRIPTION,
    "person.obligations": Right.READ_PERSON,
    "person.commissions": (Right.READ_EVALUATION, Right.CONTRIBUTE),
    "person.incidents": Right.READ_INCIDENT,
    "caseload": Right.READ_PERSON,
    "requests": Right.TAKE_REQUEST,
    "arrivals": Right.WRITE_PERSON,
    "commissions": Right.READ_EVALUATION,
    "prescriptions": Right.READ_PRESCRIPTION,
    "partners": Right.READ_PARTNER,
    "carrying": Right.READ_PERSON,
    "transfers": Right.TRANSFER,
    "workload": Right.READ_PACEP,
}


def _todo() -> Pages:
    from spip_desktop.ui.todo import PAGES

    return PAGES


def _persons() -> Pages:
    from spip_desktop.ui.persons import PAGES

    return PAGES


def _person() -> Pages:
    from spip_desktop.ui.person import PAGES

    return PAGES


def _appointment() -> Pages:
    from spip_desktop.ui.appointment import PAGES

    return PAGES


def _interview() -> Pages:
    from spip_desktop.ui.interview import PAGES

    return PAGES


def _timeline() -> Pages:
    from spip_desktop.ui.timeline import PAGES

    return PAGES


def _evaluation() -> Pages:
    from spip_desktop.ui.evaluation import PAGES

    return PAGES


def _shared() -> Pages:
    from spip_desktop.ui.shared import PAGES

    return PAGES


def _pacep() -> Pages:
    from spip_desktop.ui.pacep import PAGES

    return PAGES


def _movement() -> Pages:
    from spip_desktop.ui.movement import PAGES

    return PAGES


def _handover() -> Pages:
    from spip_desktop.ui.handover import PAGES

    return PAGES


def _prescription() -> Pages:
    from spip_desktop.ui.prescription import PAGES

    return PAGES


def _obligations() -> Pages:
    from spip_desktop.ui.obligations import PAGES

    return PAGES


def _commission() -> Pages:
    from spip_desktop.ui.commission import PAGES

    return PAGES


def _incident() -> Pages:
    from spip_desktop.ui.incident import PAGES

    return PAGES


def _requests() -> Pages:
    from spip_desktop.ui.requests import PAGES

    return PAGES


def _arrivals() -> Pages:
    from spip_desktop.ui.arrivals import PAGES

    return PAGES


def _caseload() -> Pages:
    from spip_desktop.ui.caseload import PAGES

    return PAGES


def _partners() -> Pages:
    from spip_desktop.ui.partners import PAGES

    return PAGES


def _carrying() -> Pages:
    from spip_desktop.ui.carrying import PAGES

    return PAGES


def _carrying_setup() -> Pages:
    from spip_desktop.ui.carrying_setup import PAGES

    return PAGES


def _transfers() -> Pages:
    from spip_desktop.ui.transfers import PAGES

    return PAGES


def _held() -> Pages:
    from spip_desktop.ui.held import PAGES

    return PAGES


def _workload() -> Pages:
    from spip_desktop.ui.workload import PAGES

    return PAGES


def _help() -> Pages:
    from spip_desktop.ui.help import PAGES

    return PAGES


def _journal() -> Pages:
    from spip_desktop.ui.journal import PAGES

    return PAGES


def _conflicts() -> Pages:
    from spip_desktop.ui.conflicts import PAGES

    return PAGES


def _duplicates() -> Pages:
    from spip_desktop.ui.duplicates import PAGES

    return PAGES


def _retention() -> Pages:
    from spip_desktop.ui.retention import PAGES

    return PAGES


def _sealed() -> Pages:
    from spip_desktop.ui.sealed import PAGES

    return PAGES


def _sheets() -> Pages:
    from spip_desktop.ui.sheets import PAGES

    return PAGES


def _deadlines() -> Pages:
    from spip_desktop.ui.deadlines import PAGES

    return PAGES


def _forms() -> Pages:
    from spip_desktop.ui.forms import PAGES

    return PAGES


#: Each screen with the kinds of its pages (a test compares with its PAGES).
SCREENS: dict[Callable[[], Pages], tuple[str, ...]] = {
    _todo: ("todo",),
    _persons: ("persons", "person.new", "persons.import"),
    _person: ("person.synthese", "person.situation"),
    _appointment: ("person.appointments", "agenda", "agenda.batch", "agenda.outcomes", "agenda.setup"),
    _interview: ("person.interviews", "interview"),
    _timeline: ("person.timeline",),
    _evaluation: ("person.evaluation",),
    _shared: ("person.shared", "person.plan_shared"),
    _pacep: ("person.pacep", "person.pacep_chain"),
    _movement: ("person.movement",),
    _handover: ("person.handover",),
    _prescription: (
        *("prescription", "prescriptions", "person.prescriptions", "person.prescription_new"),
        *("prescriptions.silent", "prescriptions.batches"),
    ),
    _incident: ("person.incidents",),
    _caseload: ("caseload",),
    _requests: ("requests",),
    _obligations: ("person.obligations",),
    _arrivals: ("arrivals",),
    _commission: ("commissions", "commission", "person.commissions"),
    _partners: (
        *("partners", "partner", "partners.public", "partners.import"),
        *("partners.figures", "partners.sheet", "partners.needs"),
    ),
    _carrying: ("carrying", "person.carrying"),
    _transfers: (
        *("transfers", "transfers.prepare", "transfers.package"),
        *("transfers.receive", "transfers.received", "transfers.contacts"),
    ),
    _workload: ("workload",),
    _held: ("person.dossier", "person.access"),
    _help: ("help",),
    _journal: ("journal",),
    _retention: ("retention",),
    _sealed: ("confidences.sealed",),
    _conflicts: ("transfers.conflicts",),
    _duplicates: ("persons.duplicates",),
    _sheets: ("sheets",),
    _forms: ("forms",),
    _deadlines: ("deadlines",),
    _carrying_setup: ("carrying.setup",),
}


def pages(services: Services, guard: Guard, make_settings: Callable[[], Page]) -> dict[str, Callable[[], Page]]:
    """How to make the page of each kind of place that this officer may open."""
    actor = services.context.actor
    open_to = {
        _shared: actor.may(Right.WRITE_EVALUATION),
        _transfers: actor.may(Right.TRANSFER),
        _held: actor.may(Right.TRANSFER),
        _journal: actor.may(Right.READ_JOURNAL),
        _retention: actor.could(Right.ERASE),
        _sealed: actor.may(Right.OPEN_CONFIDENCE),
        _conflicts: actor.may(Right.TRANSFER),
        _duplicates: actor.may(Right.WRITE_PERSON) and actor.may(Right.WRITE_SITUATION),
        _movement: actor.may(Right.READ_EVALUATION),
        _workload: actor.may(Right.READ_PACEP),
        _interview: actor.may(Right.READ_INTERVIEW),
        _sheets: actor.may(Right.SET_SERVICE),
        _forms: actor.may(Right.SET_SERVICE),
        _deadlines: actor.may(Right.SET_SERVICE),
        _carrying_setup: actor.may(Right.SET_SERVICE),
    }

    def make(screen: Callable[[], Pages], kind: str) -> Page:
        return screen()[kind](services, guard)

    made: dict[str, Callable[[], Page]] = {
        kind: partial(make, screen, kind)
        for screen, kinds in SCREENS.items()
        if open_to.get(screen, True)
        for kind in kinds
    }
    return made | {"settings": make_settings}


def entries(kinds: Collection[str], actor: Actor) -> list[RailEntry]:
    """The entries of the rail whose page works, and that the officer's roles let them read."""
    return [one for one in ENTRIES if one.kind in kinds and _may_read(one.kind, actor)]


def _may_read(kind: str, actor: Actor) -> bool:
    asked = _READ.get(kind, ())
    rights = asked if isinstance(asked, tuple) else (asked,)
    return not rights or any(actor.may(one) for one in rights)


def _guides(services: Services, text: str) -> list[SearchHit]:
    """The trame d'entretien of the code typed: it leads to where it is keyed in."""
    if not services.context.actor.may(Right.READ_EVALUATION) or not read_code(text):
        return []
    from spip_desktop.ui.evaluation import KEY_IN, KEY_IN_OWN, KEYING, OWN_KEYING

    return [
        SearchHit(one.name, said, Place("person.evaluation", one.person_id, field))
        for one in services.evaluations.guide.find(text)
        for said, field in ((KEY_IN, KEYING), (KEY_IN_OWN, OWN_KEYING))
    ]


def _sheets_of_code(services: Services, text: str) -> list[SearchHit]:
    """The sheet whose answer code or number was typed or scanned: it leads to what the partner answered."""
    signs = read_answer_code(text) or read_sheet_number(text)
    if not signs or not services.context.actor.may(Right.READ_PRESCRIPTION):
        return []
    from spip_desktop.ui.prescription import RETURN, came_back

    return [
        SearchHit(one.name, came_back(one), Place("prescription", one.prescription_id, RETURN))
        for one in services.prescriptions.returns.find(text)
    ]


def search(services: Services, text: str) -> Sequence[SearchHit]:
    """The persons that match what was typed, told apart by birth date, écrou number and who follows.

    Who may not know of any finds nobody.
    """
    if not services.context.actor.may(Right.READ_PERSON):
        return []
    persons = [
        SearchHit(
            hit.name,
            ", ".join(
                part for part in (_born(hit.birth_date), _ecrou(hit.ecrou_number), _followed(hit.officers)) if part
            ),
            Place("person.synthese", hit.id),
        )
        for hit in services.persons.search(text)
    ]
    return _guides(services, text) + _sheets_of_code(services, text) + persons


def inside(services: Services, person: UUID) -> Search:
    """How to look for words in one dossier: its texts are read now, and looked through as one types."""
    texts = services.dossier_search.texts(person)

    def look(typed: str) -> Sequence[SearchHit]:
        return [SearchHit(one.where, one.excerpt, one.place) for one in passages(texts, typed)]

    return look


def strip(services: Services, page: Page) -> PersonStripValues | None:
    """What the strip says of the person a page is about; nothing outside a dossier."""
    id_ = page.person_id()
    if id_ is None:
        return None
    from spip_desktop.ui.person import strip_values

    return strip_values(services, id_)


def _born(day: date | None) -> str:
    return f"naissance le {dates.short(day)}" if day else ""


def _followed(officers: str) -> str:
    return f"suivi par {officers}" if officers else ""


def _ecrou(number: str) -> str:
    return f"écrou {number}" if number else ""
