"""The open dossier: Synthèse, Situation, and the strip above every page of a person."""

from collections.abc import Callable
from uuid import UUID

from spip_desktop.domain import dates
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.handover import OPEN
from spip_desktop.domain.todo import When
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.page import Page
from spip_desktop.ui.person.situation import SituationPage
from spip_desktop.ui.person.synthese import SynthesePage
from spip_desktop.ui.person_strip import PersonStripValues, StripFact
from spip_desktop.wiring import Services
from spip_desktop.wording.handover import TITLE as HANDOVER
from spip_desktop.wording.handover import waits
from spip_desktop.wording.todo import TITLE, count

PAGES: dict[str, Callable[[Services, Guard], Page]] = {
    "person.synthese": SynthesePage,
    "person.situation": SituationPage,
}


def _waiting(services: Services, person_id: UUID) -> list[StripFact]:
    """« À traiter »: what is late, else what is due today; nothing where neither is."""
    counts = services.todo.counts(person_id)
    if counts.late:
        return [StripFact(TITLE, count(When.LATE, counts.late), "alert-circle", tone="alerte")]
    return [StripFact(TITLE, count(When.TODAY, counts.today), "clock", bold=True)] if counts.today else []


def _handed_over(services: Services, person_id: UUID) -> list[StripFact]:
    """A dossier between two services, and what it waits for."""
    found = next((one for one in services.handovers.of_person(person_id) if one.step in OPEN), None)
    return [StripFact(HANDOVER, waits(found.step, taking=found.taking), "arrows", bold=True)] if found else []


def strip_values(services: Services, person_id: UUID) -> PersonStripValues | None:
    """What the strip says of a person; nothing while the dossier is not open to this officer."""
    try:
        header = services.synthesis.header(person_id)
    except Refusal:
        return None
    facts = []
    if header.milieu:
        facts.append(StripFact(header.milieu, header.place, discreet=False))
    if header.title:
        facts.append(StripFact(header.title_label, header.short_title))
    if header.level:
        facts.append(StripFact("Niveau choisi", header.level))
    if header.next_on:
        facts.append(StripFact(f"Prochaine date, {header.next_what}", dates.short_with_day(header.next_on)))
    facts += _handed_over(services, person_id)
    facts += _waiting(services, person_id)
    return PersonStripValues(header.id, header.name, header.age_line, tuple(facts))
