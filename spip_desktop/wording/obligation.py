"""Words of the follow-up of the obligations that need no list; the others: services/obligation_words.py."""

from spip_desktop.domain import dates
from spip_desktop.domain.hours import HoursStep
from spip_desktop.domain.obligation import SuspensionProposal
from spip_desktop.domain.text import french_spaces

REFUSALS = {
    "money_unreadable": "« {text} » n’est pas un montant. Tapez par exemple 60 ou 1 250,50.",
    "money_above_zero": "Le montant doit dépasser zéro.",
    "total_below_month": "La somme totale est inférieure à celle d’un mois.",
    "hours_unreadable": "« {text} » ne se lit pas. Tapez par exemple : lun-ven 8h-18h ; sam 9h-12h, 14h-17h.",
    "duration_unreadable": "« {text} » n’est pas une durée. Tapez par exemple 7 h ou 3 h 30.",
    "work_length": "Cette durée n’est pas possible.",
    "work_overlaps": "Ces heures se recouvrent avec celles de la séance du {day} : elles seraient comptées deux fois.",
    "work_before_decision": "Cette séance est avant la décision, du {day}.",
    "jap_authorisation_needed": "Donnez la date de l’autorisation du juge (art. L. 424-1 du code pénitentiaire).",
    "jap_after_decision": "L’autorisation du juge vient avant la décision.",
    "request_already_answered": "Cette demande a déjà sa réponse.",
    "as_said": "{why}",
    "no_obligation_followed": "Aucune obligation n’est notée : il n’y a rien à établir.",
    "line_no_longer_stands": "Cette ligne a déjà été corrigée ou retirée : corrigez celle qui l’a remplacée.",
}

STATE_TITLE, OWN_TITLE, OWN_CELL_TITLE = "État des obligations", "Mes obligations", "Ce que j’ai à faire"
EMPTY = "Aucune obligation n’est notée."
EMPTY_ADVICE = "Notez d’abord la mesure et ses obligations dans « Situation »."
_STOPPED = {
    "TIG": "le délai du travail d’intérêt général est suspendu, sauf semi-liberté, placement à l’extérieur "
    "ou détention à domicile, pendant lesquels le travail peut se faire",
}
_PROBATION = "le délai de probation est suspendu ; seules les interdictions de contact ou de paraître s’appliquent"
_STOPPED_THEN = {
    "TIG": "le délai du travail d’intérêt général a été suspendu, sauf semi-liberté, placement à l’extérieur "
    "ou détention à domicile",
}
_PROBATION_THEN = "le délai de probation a été suspendu ; les obligations s’appliquent à nouveau"
#: How each register is called, one line of it.
REGISTERS = {
    "obligation_check": "Vérification",
    "obligation_proof": "Justificatif",
    "payment_plan": "Échéancier",
    "payment": "Versement",
    "work_session": "Séance de travail",
    "work_terms": "Décision sur le travail",
    "hours_line": "Horaires",
}
STEPS = {HoursStep.ASKED: "Demandé", HoursStep.GRANTED: "Accordé", HoursStep.REFUSED: "Refusé"}


def suspension_said(one: SuspensionProposal) -> str:
    """V09: what is told of an incarceration that no suspension of the measure covers yet."""
    when = (
        f"du {dates.short(one.starts)} au {dates.short(one.ends)}"
        if one.ends
        else f"depuis le {dates.short(one.starts)}"
    )
    said = _STOPPED_THEN.get(one.kind, _PROBATION_THEN) if one.ends else _STOPPED.get(one.kind, _PROBATION)
    of = f", mesure du {dates.short(one.since)}" if one.since else ""
    return french_spaces(f"Incarcération {when}{of} : {said} ({one.source}).")
