"""Sentences of the PACEP: what is to put right, and the names of its states, answers and steps."""

from collections.abc import Sequence

from spip_desktop.domain.evaluation import FindingKind
from spip_desktop.domain.pacep import ActionMode, ActionState, Level, ObjectiveState
from spip_desktop.domain.pacep_coverage import Gap, Lack
from spip_desktop.domain.pacep_review import ReviewCause
from spip_desktop.domain.pacep_states import Agreement, PlanState, VisaWay
from spip_desktop.domain.text import french_spaces

REFUSALS = {
    "pacep_draft_exists": "Un brouillon est déjà ouvert pour cette personne : terminez-le ou mettez-le à la corbeille.",
    "pacep_replaced": "Cette version a été remplacée : elle ne change plus.",
    "pacep_submit_first": "Soumettez d’abord le plan à la personne.",
    "pacep_agreement_first": "Notez d’abord la réponse de la personne, même si elle reste à recueillir.",
    "pacep_visa_first": "Notez d’abord le visa du DPIP.",
    "pacep_already": "Cette étape est déjà notée. Pour la corriger, écrivez le motif de la correction.",
    "pacep_before_last_step": "Cette date est avant l’étape précédente.",
    "pacep_which_objectives": "Indiquez les objectifs acceptés.",
    "pacep_who_stamped": "Écrivez qui a signé le visa sur le papier.",
    "pacep_not_stored": "Aucun document n’a été remis pour cette version.",
    "pacep_names_the_reason": "La copie ne peut pas rester en cellule : « {words} » y figure. Changez ces mots, "
    "ou imprimez la copie « à consulter au greffe ».",
    "pacep_copy_to_read": "À relire avant de remettre la copie : « {words} ». {because}",
    "pacep_shared_names": "« {words} » n’a pas sa place à l’écran devant la personne : changez ces mots dans une "
    "nouvelle version, ou remettez la copie « à consulter au greffe ».",
    "pacep_not_in_force": "Cette version n’est pas en vigueur : sa revue n’est pas attendue.",
    "pacep_removed": "Cette ligne a déjà été retirée du plan.",
    "pacep_not_removed": "Cette ligne est dans le plan : il n’y a rien à y remettre.",
    "pacep_before_removal": "Cette date est avant le retrait.",
    "pacep_level_missing": "Niveau d’intervention à choisir",
    "pacep_level_reason_missing": "Motif du niveau à écrire",
    "pacep_no_evaluation": "Aucune évaluation : écrivez pourquoi, ou commencez-la",
    "pacep_evaluation_open": "L’évaluation n’est pas arrêtée : arrêtez-la, ou écrivez pourquoi",
    "pacep_no_objective": "Un axe et un objectif au moins",
    "pacep_strategy_missing": "Plusieurs axes : écrivez par quoi commencer, et pourquoi",
    "pacep_axis_untitled": "Axe {axis} : titre à écrire",
    "pacep_axis_empty": "Axe « {axis} » : un objectif au moins",
    "pacep_objective_unworded": "Axe « {axis} » : objectif à écrire, dans les mots de la personne",
    "pacep_objective_undated": "Objectif « {objective} » : pour quand ?",
    "pacep_unworded_undated": "Axe « {axis} » : objectif sans échéance",
    "pacep_action_unnamed": "Objectif « {objective} » : action à nommer",
    "pacep_action_by_nobody": "Action « {action} » : faite par qui ?",
    "pacep_need_untied": "Besoin « {need} » sans axe",
    "pacep_review_missing": "Date de la prochaine revue",
    "pacep_review_past": "La prochaine revue doit être à venir",
    "pacep_review_late": "Prochaine revue dans plus de {months} mois : l’usage est de revoir le plan chaque année.",
    "pacep_date_past": "Cette date est passée : choisissez aujourd’hui ou un jour à venir.",
    "pacep_due_after_end": "Objectif « {objective} » : échéance après la fin du suivi, le {day}.",
    "pacep_action_after_end": "Action « {action} » : date après la fin du suivi, le {day}.",
    "pacep_review_after_end": "Prochaine revue après la fin du suivi, le {day}.",
    "pacep_due_past": "Objectif « {objective} » : échéance déjà passée.",
}

#: What a link of the chain lacks.
LACKS = {
    Lack.AXIS: "Besoin « {words} » : aucun axe n’y travaille",
    Lack.OBJECTIVE: "Axe « {words} » : aucun objectif",
    Lack.ACTION: "Objectif « {words} » : aucune action",
    Lack.WHO: "Action « {words} » : faite par qui ?",
    Lack.WHEN: "Action « {words} » : ni date ni rythme",
}


#: What an agreement covers, and what one may answer: on the paper and on the screen turned towards the person.
AGREEMENT = (
    "Votre accord porte sur le plan d’accompagnement. "
    "Les obligations fixées par le juge s’appliquent dans tous les cas."
)
OPINION = "Vous pouvez ne pas être d’accord. Votre avis est noté tel que vous le dites."


def lacking_words(found: Sequence[Gap]) -> str:
    """« Appeler la mission locale » : ni date ni rythme; of several: how many, and the first."""
    first = french_spaces(f"« {found[0].words or 'à écrire'} »")
    if len(found) > 1:
        return f"{len(found)} actions, dont {first}"
    return f"{first} {_LACKING[found[0].lack]}"


_LACKING = {Lack.WHO: "sans personne désignée", Lack.WHEN: "sans date ni rythme"}

#: What set the last day of a review.
REVIEW_CAUSES = {
    ReviewCause.CHOSEN: "date choisie par le CPIP",
    ReviewCause.LEVEL: "rythme du niveau d’intervention",
    ReviewCause.END: "fin du suivi",
    ReviewCause.POSTPONED: "revue reportée",
    ReviewCause.INCIDENT: "avancée : incident",
    ReviewCause.RELEASE: "avancée : sortie dans les six mois",
    ReviewCause.NEW_MEASURE: "avancée : nouvelle mesure",
    ReviewCause.REPORT: "avancée : bilan d’un partenaire",
    ReviewCause.OTHER: "avancée : autre évènement",
}

STATES = {
    PlanState.DRAFT: "Brouillon",
    PlanState.SUBMITTED: "Soumis à la personne",
    PlanState.AGREED: "Accord recueilli",
    PlanState.STAMPED: "Visé par le DPIP",
    PlanState.IN_FORCE: "En vigueur",
    PlanState.REPLACED: "Remplacé",
}

#: The same of a version, with the day it came there.
VERSION_STATES = {
    PlanState.DRAFT: "brouillon du {day}",
    PlanState.SUBMITTED: "soumise à la personne le {day}",
    PlanState.AGREED: "accord noté le {day}",
    PlanState.STAMPED: "visée par le DPIP le {day}",
    PlanState.IN_FORCE: "en vigueur depuis le {day}",
    PlanState.REPLACED: "remplacée le {day}",
}

AGREEMENTS = {
    Agreement.YES: "oui",
    Agreement.PARTIAL: "en partie",
    Agreement.NO: "non",
    Agreement.REFUSED_TO_SIGN: "refus de signer",
    Agreement.TO_COLLECT: "à recueillir",
}

VISA_WAYS = {VisaWay.SCREEN: "visé à l’écran", VisaWay.PAPER: "reçu sur papier"}

LEVELS = {
    Level.INTENSIVE: "Intensif",
    Level.REGULAR: "Régulier",
    Level.SPACED: "Espacé",
    Level.CHECKING: "Vérification",
}

ACTION_STATES = {
    ActionState.TO_START: "À engager",
    ActionState.RUNNING: "En cours",
    ActionState.DONE: "Faite",
    ActionState.PREVENTED: "Empêchée",
    ActionState.TO_REDIRECT: "À réorienter",
    ActionState.DROPPED: "Abandonnée",
}

OBJECTIVE_STATES = {
    ObjectiveState.TO_START: "À engager",
    ObjectiveState.RUNNING: "En cours",
    ObjectiveState.REACHED: "Atteint",
    ObjectiveState.REWORDED: "Reformulé",
    ObjectiveState.DROPPED: "Abandonné",
}

#: The list `need_families`, for those who only read the code.
FAMILIES = {
    "motivation": "Motivation au changement",
    "opportunites": "Opportunités sociales d’insertion",
    "capacites": "Capacités et compétences personnelles",
}

MODES = {ActionMode.INTERNAL: "Interne", ActionMode.EXTERNAL: "Externe"}

FINDINGS = {
    FindingKind.FACT: "Fait",
    FindingKind.STATIC_RISK: "Facteur de risque statique",
    FindingKind.DYNAMIC_RISK: "Facteur de risque dynamique",
    FindingKind.PROTECTION: "Point d’appui",
    FindingKind.NEED: "Besoin à travailler",
    FindingKind.RESPONSIVITY: "Réceptivité",
}
