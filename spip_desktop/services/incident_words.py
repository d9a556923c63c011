"""What the lines of incidents and manquements say, with the labels of their lists."""

from spip_desktop.domain import dates
from spip_desktop.domain.breach import BreachFact, Seriousness
from spip_desktop.domain.event import Event
from spip_desktop.domain.incident import Incident, IncidentFact
from spip_desktop.domain.text import french_spaces, uncapital
from spip_desktop.reference import load
from spip_desktop.wording.incident import BREACH_LINES, SERIOUSNESS


def kind(incident: Incident) -> str:
    """« Risque suicidaire »."""
    return load("incident_kinds").label(incident.kind)


def when(incident: Incident) -> str:
    """« 22/11/2026, 14 h 05 »."""
    return ", ".join(part for part in (dates.short(incident.happened_on), dates.said_hour(incident.hour)) if part)


def told(event: Event) -> str:
    """« Gradé de détention, M. Lopez, 22/11/2026 à 14 h 20, par téléphone »."""
    detail = event.detail
    day, hour = dates.short(event.happened_on), dates.said_hour(detail.get("hour", ""))
    parts = (
        load("incident_informed").label(detail.get("who", "")),
        detail.get("name", ""),
        f"le {day} à {hour}" if hour else f"le {day}",
        uncapital(load("incident_ways").label(detail.get("how", ""))),
    )
    return ", ".join(part for part in parts if part)


def incident_line(event: Event) -> tuple[str, str]:
    """What a line added to an incident is, and what it says."""
    if event.code == IncidentFact.INFORMED:
        return "Informé(e)", told(event)
    if event.code == IncidentFact.NOT_YET:
        return "Pas encore informé", event.comment
    return ("Correction" if event.code == IncidentFact.CORRECTION else "Suite"), event.comment


def breach_line(event: Event) -> tuple[str, str]:
    """What a line added to a manquement is, and what it says."""
    return BREACH_LINES[BreachFact(event.code)], french_spaces(_breach_words(event))


def _breach_words(event: Event) -> str:
    detail, said = event.detail, event.comment
    if event.code == BreachFact.EXPLANATION:
        return said or load("breach_explanations").label(detail["state"])
    if event.code == BreachFact.SERIOUSNESS:
        return f"{SERIOUSNESS[Seriousness(detail['seriousness'])]}. Motif : {said}"
    if event.code == BreachFact.DECISION:
        again = detail.get("again_on", "")
        parts = [load("breach_decisions").label(detail["decision"])]
        parts += [f"à réexaminer le {_day(again)}"] if again else []
        return ". ".join([", ".join(parts), *([f"Motif : {said}"] if said else [])])
    if event.code == BreachFact.REPORT:
        reference = detail.get("reference", "")
        to = load("breach_recipients").label(detail["recipient"])
        return f"{to}, le {dates.short(event.happened_on)}" + (f", référence {reference}" if reference else "")
    return said


def _day(iso: str) -> str:
    year, month, day = iso.split("-")
    return f"{day}/{month}/{year}"
