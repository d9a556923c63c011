"""Sentences of « Mon tableau »."""

from spip_desktop.domain.caseload import Show

REFUSALS = {
    "view_name_taken": "Une de vos vues porte déjà ce nom.",
    "view_no_column": "Choisissez au moins une colonne de plus que le nom.",
}
TITLE = "Mon tableau"
SHOWS = {
    Show.ALL: "Tous",
    Show.LEAVING: "Sortants à 3 mois",
    Show.NEVER_MET: "Jamais vus",
    Show.LSC: "LSC à venir",
    Show.ARRIVED: "Arrivants",
}
NOT_PROVEN = "(non justifiée)"
TO_INFORM = "Personne à informer"
EMPTY = "Aucun dossier ici."
ADVICE = "Le tableau montre les dossiers que vous suivez. Choisissez une autre vue, ou ouvrez la page Personnes."
INDICATIVE = "Mi-peine et deux tiers : repères indicatifs, seule la fiche pénale du greffe fait foi."
