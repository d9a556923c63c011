"""Sentences of the commissions, of the contributions, of the circuit of those who arrive and of the PEP."""

from spip_desktop.domain import dates
from spip_desktop.domain.board_review import Board, Outcome, ReviewState
from spip_desktop.domain.contribution import Contribution, HowGiven
from spip_desktop.domain.text import french_spaces

REFUSALS = {
    "board_not_held": "Une synthèse est celle d’une séance tenue : cette date est à venir.",
    "board_member_profession": "Chaque membre présent a une profession.",
    "board_decision_incomplete": "Décision {place} : quoi, qui et pour quand ?",
    "board_decision_past": "Décision {place} : sa date est avant la séance.",
    "board_before_issued": "Cette date est avant le jour où le document a été établi.",
    "board_advice_too_long": "L’avis tient sur une demi-page : raccourcissez-le (lignes en trop : {lines}).",
    "board_synthesis_too_long": "La synthèse tient sur deux pages : ce qui dépasse est à raccourcir ({parts}).",
    "board_facts_to_read": "À relire : « {words} ». D’une personne présumée innocente, les faits ne s’écrivent pas.",
    "board_cpu_only": "Cet acte est celui d’un passage en CPU.",
    "board_cpi_only": "Cet acte est celui d’une CPI.",
    "board_issue_first": "Établissez d’abord le document.",
    "board_replaced": "Une version plus récente a remplacé celle-ci : elle ne change plus.",
    "board_seen": "Le DPIP a déjà visé cette synthèse.",
    "board_already_returned": "Cette synthèse est déjà retournée : une nouvelle version y répond.",
    "board_not_returned": "Une nouvelle version suit un retour du DPIP.",
    "board_draft_exists": "Une nouvelle version est déjà en préparation.",
    "board_not_stored": "Aucun document n’a été établi pour cette version.",
    "board_needs_custody": "La CPU est celle d’un établissement : cette personne n’est pas sous écrou.",
    "board_decision_ended": "La suite de cette décision est déjà notée.",
    "contribution_settled": "Cette contribution est versée : elle ne change plus. Une autre peut la compléter.",
    "contribution_of_another": "Cette contribution est écrite par un autre agent.",
    "contribution_no_health_text": "De l’unité sanitaire, rien ne s’écrit : une activité et sa réponse, ou une date.",
    "contribution_read_before": "La relecture est avant le jour où cela a été dit.",
    "arrival_no_custody": "Cette personne n’est pas sous écrou.",
    "arrival_before_custody": "Cette date est avant l’écrou.",
}

BOARDS = {Board.CPU: "CPU", Board.CPI: "CPI"}
STATES = {
    ReviewState.DRAFT: "Brouillon",
    ReviewState.ISSUED: "Avis établi",
    ReviewState.DECIDED: "Décision recopiée",
    ReviewState.SUBMITTED: "Soumise au DPIP",
    ReviewState.SEEN: "Visée par le DPIP",
    ReviewState.RETURNED: "Retournée par le DPIP",
    ReviewState.REPLACED: "Remplacée",
}
OUTCOMES = {Outcome.DONE: "Faite", Outcome.DROPPED: "Abandonnée"}
PRESUMED = french_spaces("Personne présumée innocente : les faits ne sont pas abordés.")
NO_EVALUATION = "Évaluation non commencée"
NO_PLAN = "PACEP non commencé"
EMPTY_MINE = (
    "Aucun passage noté. Un avis pour la CPU et une CPI se préparent dans le dossier de la personne, « Commissions »."
)
EMPTY_PERSON = "Aucun passage en commission. Préparez un avis pour la CPU, ou une CPI."
_INFORMED = {True: "oui", False: "non, à faire", None: "à noter"}


def informed(known: bool | None) -> str:
    """Whether the person was told, in a word or two."""
    return _INFORMED[known]


def how_given(one: Contribution, by: str) -> str:
    """« Saisie par l’intervenant le … », or « rapportée par …, relue par … le … »."""
    day = dates.short(one.said_on)
    if one.how is HowGiven.ENTERED:
        return f"Saisie par l’intervenant, le {day}"
    reported = f"Dite le {day}, rapportée par {by}" if by else f"Dite le {day}, rapportée par le CPIP"
    if one.read_on:
        return f"{reported}, relue par {one.read_by} le {dates.short(one.read_on)}"
    return reported if one.is_settled else f"{reported}, à relire"
