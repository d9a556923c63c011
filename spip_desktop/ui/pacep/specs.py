"""The fields of the page, by code: those of the plan, and those of an axis, an objective, an action."""

from collections.abc import Mapping
from uuid import UUID

from spip_desktop.domain.pacep import Action, ActionState, Axis, Objective, ObjectiveState, Part
from spip_desktop.domain.pacep_rules import part_field
from spip_desktop.reference import load
from spip_desktop.ui.binding import YES_NO
from spip_desktop.ui.fields import FieldKind, FieldSpec
from spip_desktop.wording.pacep import ACTION_STATES, LEVELS, MODES, OBJECTIVE_STATES

#: Fields that stand in the form of a part: it opens when one of them is asked for.
IN_FORM = frozenset(
    {
        "title",
        "need",
        "family",
        "later",
        "tie",
        "wording",
        "indicator",
        "due",
        "state",
        "label",
        "mode",
        "who",
        "frequency",
        "person_does",
    }
)

LEVEL = FieldSpec(
    "level",
    "Niveau d’intervention choisi par le CPIP",
    FieldKind.RADIO,
    options=tuple((level.value, words) for level, words in LEVELS.items()),
    help="Le logiciel ne propose ni niveau ni priorité.",
    discreet=True,
)
LEVEL_REASON = FieldSpec("level_reason", "Motif", FieldKind.NOTE, lines=2, discreet=True)
WITH_THE_PERSON = (
    FieldSpec(
        "what_matters",
        "Ce qui compte pour la personne",
        FieldKind.NOTE,
        lines=2,
        help="Dans ses mots, une phrase par ligne. Ces phrases figurent sur sa copie.",
    ),
    FieldSpec(
        "strengths",
        "Points d’appui",
        FieldKind.NOTE,
        lines=2,
        help="Écrits à la personne : « Vous avez tenu huit mois dans un emploi. »",
    ),
    FieldSpec("next_meeting", "Prochain rendez-vous", help="Tel qu’il figure sur sa copie."),
)
NO_EVALUATION = FieldSpec(
    "no_evaluation_reason",
    "Pourquoi ce plan sans évaluation arrêtée",
    FieldKind.NOTE,
    lines=2,
)


def conduct(number: int, today_options: tuple[tuple[str, str], ...]) -> tuple[FieldSpec, ...]:
    """How the plan is led; a later version also says why it was opened."""
    specs = [
        FieldSpec(
            "strategy",
            "Par quoi commencer, et pourquoi",
            FieldKind.NOTE,
            lines=2,
            help="Nécessaire quand le plan a plusieurs axes.",
        ),
        FieldSpec(
            "next_review",
            "Prochaine revue",
            FieldKind.DATE,
            width="half",
            help="Au plus tard dans douze mois, et à chaque évènement (usage).",
        ),
    ]
    if number > 1:
        specs.append(
            FieldSpec("version_reason", "Motif de cette version", FieldKind.CHOICE, options=today_options, width="half")
        )
    return tuple(specs)


def axis_specs(axis: Axis) -> tuple[FieldSpec, ...]:
    return (
        FieldSpec(part_field(axis.id, "title"), "Titre de l’axe"),
        FieldSpec(
            part_field(axis.id, "need"),
            "Besoin, en mots simples",
            help="Facultatif si l’axe est rattaché à un constat de l’évaluation.",
        ),
    )


def _state(
    part: Objective | Action, words: Mapping[ObjectiveState, str] | Mapping[ActionState, str]
) -> tuple[FieldSpec, ...]:
    """Where a line of a first draft stands; that of an earlier version is noted there, with its day."""
    if part.lineage != part.id:
        return ()
    options = tuple((str(code), word) for code, word in words.items())
    return (FieldSpec(part_field(part.id, "state"), "État", FieldKind.CHOICE, options=options, width="half"),)


def objective_specs(objective: Objective) -> tuple[FieldSpec, ...]:
    return (
        FieldSpec(
            part_field(objective.id, "wording"), "Objectif, dans les mots de la personne", FieldKind.NOTE, lines=2
        ),
        FieldSpec(
            part_field(objective.id, "indicator"), "Se voit à", help="Ce qu’on verra quand l’objectif est atteint."
        ),
        FieldSpec(
            part_field(objective.id, "family"),
            "Famille",
            FieldKind.CHOICE,
            options=tuple((one.code, one.label) for one in load("need_families").entries),
            width="half",
        ),
        FieldSpec(part_field(objective.id, "later"), "Objectif pour plus tard", FieldKind.RADIO, YES_NO, width="half"),
        FieldSpec(part_field(objective.id, "due"), "Pour le", FieldKind.DATE, width="half"),
        *_state(objective, OBJECTIVE_STATES),
    )


def action_specs(action: Action) -> tuple[FieldSpec, ...]:
    return (
        FieldSpec(
            part_field(action.id, "label"),
            "Action",
            help="Telle que la personne la lira : « Nous écrivons à la mission locale ».",
        ),
        FieldSpec(
            part_field(action.id, "mode"),
            "Avec qui",
            FieldKind.RADIO,
            options=tuple((mode.value, words) for mode, words in MODES.items()),
            width="half",
        ),
        FieldSpec(part_field(action.id, "who"), "Qui la fait", width="half"),
        FieldSpec(part_field(action.id, "due"), "Pour le", FieldKind.DATE, width="half"),
        FieldSpec(part_field(action.id, "frequency"), "Rythme", width="half"),
        FieldSpec(part_field(action.id, "person_does"), "Ce que fait la personne", help="« Je prépare mon CV. »"),
        *_state(action, ACTION_STATES),
    )


def specs_of(part: Part) -> tuple[FieldSpec, ...]:
    """The fields of one part of the plan."""
    if isinstance(part, Axis):
        return axis_specs(part)
    return objective_specs(part) if isinstance(part, Objective) else action_specs(part)


def part_of_code(code: str) -> UUID | None:
    """The part a field belongs to; None for a field of the plan itself or of a need."""
    owner = code.rpartition(".")[0]
    if not owner or owner.startswith(("need.", "gap.")):
        return None
    try:
        return UUID(owner)
    except ValueError:
        return None
