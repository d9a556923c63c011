"""Every page of the program by the kind of its place. Screens do not know each other.

A screen is imported when its first page is made (`ui/ahead.py` does so earlier, when nobody types).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from importlib import import_module

from spip_desktop.domain.officer import Actor, Right
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.page import Page
from spip_desktop.ui.person_strip import PersonStripValues
from spip_desktop.wiring import Services

Pages = Mapping[str, Callable[[Services, Guard], Page]]


@dataclass(frozen=True, slots=True)
class Screen:
    """A folder of ui and the kinds of its pages (a test compares them with its PAGES).

    `asks`: the rights without which the pages are not there; `or_stands_in`: a written reason may stand in for them.
    """

    folder: str
    kinds: tuple[str, ...]
    asks: tuple[Right, ...] = ()
    or_stands_in: bool = False

    def pages(self) -> Pages:
        found: Pages = import_module(f"spip_desktop.ui.{self.folder}").PAGES
        return found

    def is_open_to(self, actor: Actor) -> bool:
        return all(actor.could(one) if self.or_stands_in else actor.may(one) for one in self.asks)


SCREENS = (
    Screen("todo", ("todo",)),
    Screen("persons", ("persons", "person.new", "persons.import")),
    Screen("person", ("person.synthese", "person.situation")),
    Screen("appointment", ("person.appointments", "agenda", "agenda.batch", "agenda.outcomes", "agenda.setup")),
    Screen("interview", ("person.interviews", "interview"), asks=(Right.READ_INTERVIEW,)),
    Screen("timeline", ("person.timeline",)),
    Screen("evaluation", ("person.evaluation",)),
    Screen("shared", ("person.shared", "person.plan_shared"), asks=(Right.WRITE_EVALUATION,)),
    Screen("pacep", ("person.pacep", "person.pacep_chain")),
    Screen("movement", ("person.movement",), asks=(Right.READ_EVALUATION,)),
    Screen("handover", ("person.handover",)),
    Screen(
        "prescription",
        (
            "prescription",
            "prescriptions",
            "person.prescriptions",
            "person.prescription_new",
            "prescriptions.silent",
            "prescriptions.batches",
        ),
    ),
    Screen("incident", ("person.incidents",)),
    Screen("caseload", ("caseload",)),
    Screen("requests", ("requests",)),
    Screen("obligations", ("person.obligations",)),
    Screen("arrivals", ("arrivals",)),
    Screen("commission", ("commissions", "commission", "person.commissions")),
    Screen(
        "partners",
        (
            "partners",
            "partner",
            "partners.public",
            "partners.import",
            "partners.figures",
            "partners.sheet",
            "partners.needs",
        ),
    ),
    Screen("carrying", ("carrying", "person.carrying")),
    Screen(
        "transfers",
        (
            "transfers",
            "transfers.prepare",
            "transfers.package",
            "transfers.receive",
            "transfers.received",
            "transfers.contacts",
        ),
        asks=(Right.TRANSFER,),
    ),
    Screen("workload", ("workload",), asks=(Right.READ_PACEP,)),
    Screen("held", ("person.dossier", "person.access"), asks=(Right.TRANSFER,)),
    Screen("help", ("help",)),
    Screen("journal", ("journal",), asks=(Right.READ_JOURNAL,)),
    Screen("retention", ("retention",), asks=(Right.ERASE,), or_stands_in=True),
    Screen("sealed", ("confidences.sealed",), asks=(Right.OPEN_CONFIDENCE,)),
    Screen("conflicts", ("transfers.conflicts",), asks=(Right.TRANSFER,)),
    Screen("duplicates", ("persons.duplicates",), asks=(Right.WRITE_PERSON, Right.WRITE_SITUATION)),
    Screen("sheets", ("sheets",), asks=(Right.SET_SERVICE,)),
    Screen("forms", ("forms",), asks=(Right.SET_SERVICE,)),
    Screen("deadlines", ("deadlines",), asks=(Right.SET_SERVICE,)),
    Screen("carrying_setup", ("carrying.setup",), asks=(Right.SET_SERVICE,)),
)


def pages(services: Services, guard: Guard, make_settings: Callable[[], Page]) -> dict[str, Callable[[], Page]]:
    """How to make the page of each kind of place that this officer may open."""

    def make(screen: Screen, kind: str) -> Page:
        return screen.pages()[kind](services, guard)

    made: dict[str, Callable[[], Page]] = {
        kind: partial(make, screen, kind)
        for screen in SCREENS
        if screen.is_open_to(services.context.actor)
        for kind in screen.kinds
    }
    return made | {"settings": make_settings}


def strip(services: Services, page: Page) -> PersonStripValues | None:
    """What the strip says of the person a page is about; nothing outside a dossier."""
    id_ = page.person_id()
    if id_ is None:
        return None
    from spip_desktop.ui.person import strip_values

    return strip_values(services, id_)
