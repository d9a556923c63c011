"""Sentences of « Mon tableau »."""

from spip_desktop.domain.caseload import Show
from spip_desktop.domain.text import french_spaces

REFUSALS = {
    "view_name_taken": "Une vue porte déjà ce nom : donnez-en un autre.",
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
#: Of the paper, which says in grey what the page says in red.
BOLD = french_spaces("En gras : date passée.")
INDICATIVE = french_spaces("Mi-peine et deux tiers : repères indicatifs, seule la fiche pénale du greffe fait foi.")


def band(number: int, of: int) -> str:
    """« Tableau 1 sur 3 », where the width of the paper does not hold every column; nothing where it does."""
    return f"Tableau {number} sur {of}" if of > 1 else ""
