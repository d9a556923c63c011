"""Sentences and names of the evaluation."""

from spip_desktop.domain.evaluation import EvaluationKind, Evolution, FieldState, FindingKind, MarkKind, SaidHow
from spip_desktop.domain.evaluation_looks import Gap
from spip_desktop.domain.evaluation_states import EvaluationState

REFUSALS = {
    "evaluation_form_present": "Cette évaluation suit déjà le questionnaire actuel.",
    "evaluation_form_loses": "Le questionnaire actuel ne demande plus tout ce qui est noté ici : {steps}. Ce brouillon "
    "garde le sien ; une nouvelle version, une fois celle-ci arrêtée, suivra le questionnaire actuel.",
    "evaluation_draft_exists": "Un brouillon est déjà ouvert pour cette personne : terminez-le ou mettez-le à la "
    "corbeille.",
    "evaluation_choose_fields": "Choisissez {count} champs à explorer.",
    "evaluation_presumed_innocent": "Personne présumée innocente : ni facteur de risque, ni besoin lié aux faits.",
    "evaluation_words_missing": "Sélectionnez d’abord des mots dans la note.",
    "evaluation_again_past": "La date de reprise doit être à venir.",
    "evaluation_again_missing": "{label} : information insuffisante, à reprendre le… (date à écrire)",
    "evaluation_no_need": "Analyse : un besoin au moins, ou le motif de n’en retenir aucun",
    "evaluation_priority_reason": "Besoin prioritaire « {need} » : motif à écrire",
    "evaluation_presumed_finding": "{label} : « {words} » ne peut pas rester, la personne est présumée innocente",
    "evaluation_fact_unsourced": "{label} : le fait « {words} » n’a pas sa source ou sa date",
    "evaluation_left_unexplored": "{label} : non exploré",
    "evaluation_left_unworded": "{label} : un constat reste « À formuler »",
    "evaluation_gap_partial": "{label} : partiel",
    "evaluation_gap_not_met": "{label} : personne non rencontrée",
    "evaluation_gap_not_reviewed": "{label} : repris de la version précédente, non revu",
    "evaluation_gap_again": "{label} : information insuffisante, à reprendre le {day}",
    "evaluation_gap_late": "{label} : information insuffisante, devait être reprise le {day}",
    "evaluation_gap_marked": "{label} : à reprendre, « {words} »",
    "evaluation_gap_to_say": "{label} : « {words} » à revoir",
    "evaluation_gap_to_discuss": "{label} : à discuter, son regard et vos constats ne se rejoignent pas",
    "evaluation_left_draft": "{label} : « {words} » n’a pas été accepté par son champ et n’y sera pas",
    "own_view_no_draft": "Commencez d’abord une évaluation : la vue partagée y note ce que dit la personne.",
    "own_view_nothing": "Le questionnaire de cette évaluation ne pose aucune question à la personne.",
    "evaluation_freeze_first": "Arrêtez d’abord cette version.",
    "evaluation_two_versions": "Choisissez deux versions différentes de la même personne.",
    "evaluation_before_frozen": "Cette date est avant le jour où la version a été arrêtée.",
}

KINDS = {
    EvaluationKind.INITIAL: "Évaluation initiale",
    EvaluationKind.SHORT: "Évaluation courte",
    EvaluationKind.INTERMEDIATE: "Évaluation intermédiaire",
    EvaluationKind.ANNUAL: "Évaluation annuelle",
    EvaluationKind.ON_EVENT: "Évaluation sur évènement",
    EvaluationKind.CLOSING: "Évaluation de fin",
}
KIND_HELP = {
    EvaluationKind.INITIAL: "Les huit champs, la situation concrète, l’analyse et la restitution.",
    EvaluationKind.SHORT: "Accueil, situation concrète, trois champs au choix et analyse : pour un PACEP d’une page.",
    EvaluationKind.INTERMEDIATE: "Reprend la version précédente, chaque champ « non revu » jusqu’à sa relecture.",
    EvaluationKind.ANNUAL: "La réévaluation de l’année, à partir de la version précédente.",
    EvaluationKind.ON_EVENT: "Un fait nouveau : travail, séparation, incident, décision du juge.",
    EvaluationKind.CLOSING: "Ce qui a changé depuis le début du suivi.",
}
STATES = {
    EvaluationState.DRAFT: "Brouillon",
    EvaluationState.FROZEN: "Arrêtée",
    EvaluationState.SHARED: "Partagée",
    EvaluationState.SEEN: "Visée",
    EvaluationState.RETURNED: "Retournée",
    EvaluationState.REPLACED: "Remplacée",
}
FIELD_STATES = {
    FieldState.UNEXPLORED: "Non exploré",
    FieldState.PARTIAL: "Partiel",
    FieldState.EXPLORED: "Exploré",
    FieldState.INSUFFICIENT: "Information insuffisante",
    FieldState.NOT_RELEVANT: "Non pertinent",
    FieldState.NOT_MET: "Personne non rencontrée",
}
#: How the person gave their own view.
SAID_HOW = {
    SaidHow.UNSAID: "",
    SaidHow.SCREEN: "À l’écran",
    SaidHow.PAPER: "Sur papier",
    SaidHow.ALOUD: "Dit en entretien",
}
GAPS = {
    Gap.ONLY_PERSON: "la personne aimerait que ça change ; rien à travailler n’est noté dans ce champ.",
    Gap.ONLY_OFFICER: "pour la personne, ça va ; quelque chose à travailler est noté dans ce champ.",
}
NOT_REVIEWED = "{state}, non revu"
FINDINGS = {
    FindingKind.FACT: "Fait",
    FindingKind.STATIC_RISK: "Facteur de risque statique",
    FindingKind.DYNAMIC_RISK: "Facteur de risque dynamique",
    FindingKind.PROTECTION: "Facteur de protection",
    FindingKind.NEED: "Besoin criminogène",
    FindingKind.RESPONSIVITY: "Indice de réceptivité",
}
#: The buttons that make each finding, under the note.
MAKES = {
    FindingKind.FACT: "un fait",
    FindingKind.STATIC_RISK: "risque statique",
    FindingKind.DYNAMIC_RISK: "risque dynamique",
    FindingKind.PROTECTION: "protection",
    FindingKind.NEED: "besoin",
    FindingKind.RESPONSIVITY: "un indice",
}
MARKS = {MarkKind.WORDS: "ses mots", MarkKind.KEEP: "à retenir", MarkKind.AGAIN: "à reprendre"}
EVOLUTIONS = {
    Evolution.TO_SAY: "À revoir",
    Evolution.NEW: "Nouveau",
    Evolution.STABLE: "Stable",
    Evolution.BETTER: "En amélioration",
    Evolution.WORSE: "En dégradation",
    Evolution.LIFTED: "Levé",
}
NO_CALCULATION = "Ces repères n’entrent dans aucun calcul. Le logiciel ne propose ni niveau ni priorité."
