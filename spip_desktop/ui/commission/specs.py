"""The fields of a passage, of its members and decisions, and of a contribution, as the pages show them."""

from datetime import date

from spip_desktop.domain.board_review import Board
from spip_desktop.domain.contribution import Contribution, HowGiven
from spip_desktop.reference import load
from spip_desktop.ui.binding import YES_NO, Bound, truth, yes_or_no
from spip_desktop.ui.fields import FieldKind, FieldSpec

_INFORMED = Bound(FieldSpec("person_informed", "Personne informée", FieldKind.RADIO, options=YES_NO), yes_or_no, truth)
_PERSON_VIEW = Bound(
    FieldSpec("person_view", "Ce qu’en dit la personne", FieldKind.NOTE, lines=2, help="Dans ses mots.")
)


def review_fields(board: Board, today: date, theme: str = "") -> tuple[Bound, ...]:
    """The fields of a passage; `theme` is the code already recorded, offered although retired."""
    if board is Board.CPU:
        themes = load("cpu_themes").options(today, theme)
        return (
            Bound(FieldSpec("held_on", "Commission du", FieldKind.DATE, width="half")),
            Bound(FieldSpec("theme", "Thème (R. 240-3)", FieldKind.CHOICE, themes, width="half")),
            Bound(FieldSpec("situation", "Situation", FieldKind.NOTE, lines=4)),
            _PERSON_VIEW,
            Bound(FieldSpec("advice", "Avis du SPIP", FieldKind.NOTE, lines=6, help="Une demi-page en tout.")),
            _INFORMED,
        )
    return (
        Bound(FieldSpec("held_on", "Séance du", FieldKind.DATE, width="half")),
        Bound(FieldSpec("chair", "Présidée par", width="half", discreet=True)),
        Bound(FieldSpec("theme", "Objet")),
        Bound(FieldSpec("situation", "Situation", FieldKind.NOTE, lines=5)),
        _PERSON_VIEW,
        Bound(FieldSpec("advice", "Ce que la commission retient", FieldKind.NOTE, lines=6)),
        _INFORMED,
    )


def member_fields(today: date) -> tuple[Bound, ...]:
    professions = tuple((one.code, one.label) for one in load("professions").on(today) if one.flag("member"))
    return (
        Bound(FieldSpec("profession", "Profession", FieldKind.CHOICE, professions, width="half")),
        Bound(FieldSpec("name", "Nom", width="half", discreet=True)),
    )


def decision_fields() -> tuple[Bound, ...]:
    return (
        Bound(FieldSpec("label", "Décision")),
        Bound(FieldSpec("who", "Qui", width="half", discreet=True)),
        Bound(FieldSpec("due", "Pour le", FieldKind.DATE, width="half")),
    )


def contribution_fields(one: Contribution, today: date) -> tuple[Bound, ...]:
    """Those of the unité sanitaire have no text to write in: `shown_fields` says which are in sight."""
    professions = tuple(
        (entry.code, entry.label) for entry in load("professions").on(today) if entry.flag("contributes")
    )
    said = "Dit le" if one.how is HowGiven.REPORTED else "Le"
    author = "Qui l’a dit" if one.how is HowGiven.REPORTED else "Auteur"
    return (
        Bound(FieldSpec("profession", "Profession", FieldKind.CHOICE, professions, width="half")),
        Bound(FieldSpec("said_on", said, FieldKind.DATE, width="half")),
        Bound(FieldSpec("author", author, discreet=True)),
        Bound(FieldSpec("text", "Contribution", FieldKind.NOTE, lines=5)),
        Bound(
            FieldSpec("activity", "Activité", FieldKind.CHOICE, load("health_activities").options(today), width="half")
        ),
        Bound(
            FieldSpec(
                "opinion", "Réponse de l’unité sanitaire", FieldKind.RADIO, load("health_opinions").options(today)
            )
        ),
    )


def shown_fields(one: Contribution, bounds: tuple[Bound, ...]) -> list[str]:
    """An activity and its answer for the unité sanitaire; words for every other profession."""
    entry = load("professions").get(one.profession)
    health = entry is not None and entry.flag("health")
    hidden = {"author", "text"} if health else {"activity", "opinion"}
    return [bound.spec.code for bound in bounds if bound.spec.code not in hidden]
