"""Two evaluations and three plans of one person, and what changed between two plans: for the reviewed papers."""

from dataclasses import dataclass
from datetime import date

from spip_desktop.documents.pacep_changes import ChangesContent
from spip_desktop.domain.evaluation import Evolution, FieldState
from spip_desktop.domain.movement import NOTHING, Left, Line, Said, What
from spip_desktop.domain.pacep import ObjectiveState

PERSON = "Loïc PERRIN"


@dataclass(frozen=True)
class Moment:
    number: int
    day: date
    nature: str


@dataclass(frozen=True)
class Shown:
    evaluations: tuple[Moment, ...]
    plans: tuple[Moment, ...]
    fields: tuple[Line, ...]
    needs: tuple[Line, ...]
    objectives: tuple[Line, ...]


def movement() -> Shown:
    """Every sort of cell: said, said again unseen, in the person's words, put otherwise, lifted, gone, silent."""
    explored, unseen = Said(state=FieldState.EXPLORED), Said(state=FieldState.EXPLORED, again=True)
    poor = Said(state=FieldState.INSUFFICIENT, own="J’aimerais que ça change")
    first, better = Said(state=Evolution.NEW, words="trouver un métier"), Said(state=Evolution.BETTER, priority=1)
    return Shown(
        evaluations=(
            Moment(1, date(2026, 3, 12), "initiale, arrêtée"),
            Moment(2, date(2026, 11, 20), "annuelle, brouillon"),
        ),
        plans=(
            Moment(1, date(2026, 3, 23), "remplacé"),
            Moment(2, date(2026, 9, 25), "en vigueur"),
            Moment(3, date(2026, 11, 20), "brouillon"),
        ),
        fields=(
            Line(what=What.FIELD, words="Formation et emploi", said=(explored, unseen)),
            Line(what=What.FIELD, words="Entourage", said=(explored, poor)),
            Line(what=What.FIELD, words="Voisinage", said=(NOTHING, explored)),
        ),
        needs=(
            Line(what=What.NEED, words="se qualifier dans un métier qui lui plaît", said=(first, better)),
            Line(what=What.NEED, words="garder ses distances", said=(better, Said(state=Evolution.LIFTED))),
        ),
        objectives=(
            Line(
                what=What.OBJECTIVE,
                words="« reprendre en cuisine »",
                said=(
                    Said(state=ObjectiveState.TO_START, later=True),
                    Said(state=ObjectiveState.RUNNING),
                    Said(state=ObjectiveState.REACHED),
                ),
            ),
            Line(
                what=What.OBJECTIVE,
                words="lire une recette",
                said=(
                    Said(state=ObjectiveState.RUNNING),
                    Said(state=Left.GONE, left_on=date(2026, 10, 2)),
                    NOTHING,
                ),
            ),
        ),
    )


def plan_changes() -> ChangesContent:
    return ChangesContent(
        person=f"Monsieur {PERSON}",
        frame="Sursis probatoire",
        service="SPIP, antenne de Valbrune",
        before="version 1, soumise à la personne le 23/03/2026",
        now="version 2, soumise à la personne le 25/09/2026, au 22/11/2026",
        lines=(
            ("Niveau d’intervention", "Régulier", "Espacé (Trois mois sans absence.)"),
            ("Objectif «\u00a0Lire une recette\u00a0»", "dans le plan", "retiré du plan\u00a0: le dit lui-même"),
            ("Action «\u00a0Atelier\u00a0»", "", "nouveau"),
        ),
    )
