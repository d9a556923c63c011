"""Words of the manquements and incidents."""

from spip_desktop.domain.breach import BreachFact, Seriousness
from spip_desktop.domain.text import french_spaces

REFUSALS = {
    "incident_told_before": "Cette date est avant l’incident, le {day}.",
    "breach_before": "Cette date est avant le manquement, le {day}.",
}
TITLE = "Manquements et incidents"
#: Said where an incident is typed, and as long as nobody was informed.
WARN_FIRST = french_spaces(
    "Prévenez d’abord, écrivez ensuite : gradé, unité sanitaire, DPIP de permanence. "
    "Ce logiciel ne transmet aucune alerte."
)
NOBODY = "Personne n’est encore informé"
EMPTY_INCIDENTS = "Aucun incident noté."
EMPTY_BREACHES = "Aucun manquement noté."
SERIOUSNESS = {
    Seriousness.ISOLATED: "Ponctuel",
    Seriousness.REPEATED: "Répété",
    Seriousness.SERIOUS: "Grave",
}
SERIOUSNESS_HELP = "Votre appréciation, avec son motif. Le logiciel n’en propose aucune."
BREACH_LINES = {
    BreachFact.EXPLANATION: "Explication",
    BreachFact.SERIOUSNESS: "Gravité",
    BreachFact.DECISION: "Décision",
    BreachFact.REPORT: "Rapport",
    BreachFact.CORRECTION: "Ligne ajoutée",
}
