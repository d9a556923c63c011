"""The fields of an interview, as its page shows them."""

from datetime import date

from spip_desktop.domain.interview import PARTS, Interview
from spip_desktop.reference import load
from spip_desktop.services.interview_reading import Touchable
from spip_desktop.ui.binding import Bound
from spip_desktop.ui.bound_fields import choice, day, number, radio
from spip_desktop.ui.fields import FieldKind, FieldSpec
from spip_desktop.ui.readers import hour_reader, show_hour
from spip_desktop.wording import interview as words
from spip_desktop.wording import sentence

_LINES = {"since_last": 3, "today": 9, "decisions": 3, "next_steps": 3}
_HELP = {"next_steps": "Ce que chacun fait d’ici là, et ce qui sera repris."}


def frame_fields(today: date, one: Interview) -> tuple[Bound, ...]:
    """When, how long, of what type, where, with whom; codes already recorded are offered although retired."""
    hour = FieldSpec("starts_at", "Heure", FieldKind.PARSED, width="half", parse=hour_reader(sentence), show=show_hour)
    return (
        day("held_on", "Entretien du"),
        Bound(hour, _as_pair, _as_text),
        choice("kind", "Type", load("interview_kinds").options(today, one.kind)),
        choice("place", "Lieu", load("interview_places").options(today, one.place)),
        number("duration", "Durée en minutes"),
        Bound(
            FieldSpec(
                "present", "Autres personnes présentes", width="half", help="Proche, interprète, partenaire.",
                discreet=True,
            )
        ),
    )  # fmt: skip


def note_fields() -> tuple[Bound, ...]:
    return tuple(
        Bound(FieldSpec(part, words.PARTS[part], FieldKind.NOTE, lines=_LINES[part], help=_HELP.get(part, "")))
        for part in PARTS
    )


def touched_fields(today: date, one: Interview, touchable: Touchable) -> tuple[Bound, ...]:
    """What it was about: one of the four means, fields of the evaluation, objectives of the plan where there is one."""
    means = load("prevention_means").options(today, one.means)
    found = [
        radio("means", words.MEANS, means, half=False),
        Bound(FieldSpec("fields", "Champs de l’évaluation abordés", FieldKind.TICKS, touchable.fields)),
    ]
    if goals := touchable.objectives:
        found.append(Bound(FieldSpec("objectives", "Objectifs du PACEP travaillés", FieldKind.TICKS, goals)))
    return tuple(found)


def _as_pair(value: object) -> object:
    """« 14:30 » as the field of an hour shows it."""
    hours, _, minutes = str(value or "").partition(":")
    return (int(hours), int(minutes)) if minutes else None


def _as_text(value: object) -> object:
    return f"{value[0]:02d}:{value[1]:02d}" if isinstance(value, tuple) else ""
