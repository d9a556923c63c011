"""An interview in words, for the screen and for the paper."""

from collections.abc import Sequence
from dataclasses import dataclass

from spip_desktop.domain import dates
from spip_desktop.domain.event import Event
from spip_desktop.domain.interview import PARTS, Interview
from spip_desktop.domain.text import NBSP, french_spaces
from spip_desktop.reference import load
from spip_desktop.services.interview_reading import InterviewView
from spip_desktop.wording import interview as words


@dataclass(frozen=True, slots=True)
class Told:
    """One part of a note: what it is called, what it says; `discreet`: it tells about the person."""

    label: str
    said: str
    discreet: bool = False


def title_of(one: Interview) -> str:
    """« Entretien du 22/11/2026, suivi »."""
    kind = load("interview_kinds").label(one.kind).lower() if one.kind else ""
    return ", ".join(part for part in (f"Entretien du {dates.short(one.held_on)}", kind) if part)


def hour_of(one: Interview) -> str:
    """« 14 h 30, 45 minutes »."""
    hour = dates.said_hour(one.starts_at) if one.starts_at else ""
    lasted = f"{one.duration}{NBSP}minutes" if one.duration else ""
    return ", ".join(part for part in (hour, lasted) if part)


def told(view: InterviewView) -> Sequence[Told]:
    """Every part that says something, in the order of the page."""
    one = view.interview
    fields, objectives = dict(view.touchable.fields), dict(view.touchable.objectives)
    when = ", ".join(part for part in (dates.long(one.held_on), hour_of(one)) if part)
    place = load("interview_places").label(one.place) if one.place else ""
    means = load("prevention_means").label(one.means) if one.means else ""
    worked = ", ".join(objectives[code] for code in one.objectives if code in objectives)
    every = (
        Told("Quand", when),
        Told("Lieu", place),
        Told("Autres personnes présentes", one.present, True),
        *(Told(words.PARTS[part], french_spaces(getattr(one, part)), True) for part in PARTS),
        Told(words.MEANS, means),
        Told("Champs de l’évaluation abordés", ", ".join(fields[code] for code in one.fields)),
        Told("Objectifs du PACEP travaillés", worked, True),
        Told("Écrit par", view.officers.get(one.author_id, "")),
    )
    return [line for line in every if line.said]


def signed(addition: Event, view: InterviewView) -> str:
    """« Ajouté le 24/11/2026, Claire Vasseur »."""
    parts = (f"Ajouté le {dates.short(addition.happened_on)}", view.officers.get(addition.entered_by, ""))
    return ", ".join(part for part in parts if part)
