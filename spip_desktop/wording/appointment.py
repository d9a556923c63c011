"""Words of the appointments, of their outcomes and of the agenda."""

from datetime import date

from spip_desktop.domain import dates
from spip_desktop.domain.agenda import Half
from spip_desktop.domain.appointment import INSIDE, Appointment, hour_text
from spip_desktop.domain.appointment_paper import in_gender
from spip_desktop.domain.appointment_states import AskedBy, EventCode, Standing
from spip_desktop.domain.text import NBSP

REFUSALS = {
    "appointment_in_past": "Ce jour est passé : un rendez-vous se fixe aujourd’hui ou plus tard.",
    "appointment_too_far": "Un rendez-vous se fixe à un an au plus.",
    "appointment_length": "La durée va de 1 minute à 8 heures.",
    "appointment_visit_hours": "Une visite à domicile se fait entre 6 h et 21 h (art. D. 530-5).",
    "appointment_past_legal": "Le délai de ce rendez-vous finit le {day}. Pour le fixer plus tard, écrivez le motif.",
    "appointment_clash_person": "La personne a déjà un rendez-vous à {hour}.",
    "appointment_clash_officer": "L’agent a déjà un rendez-vous à {hour}.",
    "appointment_officer_away": "L’agent est absent ce jour-là.",
    "appointment_other_prison": "La personne est écrouée ailleurs : {prison}.",
    "appointment_sunday": "C’est un dimanche.",
    "appointment_holiday": "C’est un jour férié.",
    "appointment_again": "Validez encore pour le fixer quand même.",
    "appointment_batch_empty": "Choisissez d’abord les personnes à convoquer.",
    "appointment_batch_long": "Les rendez-vous finiraient après minuit : moins de personnes, ou moins de minutes.",
    "appointment_batch_seen": "Des lignes portent un avertissement. Validez encore pour les fixer quand même.",
    "appointment_over": "Ce rendez-vous n’est plus prévu : il ne se déplace ni ne s’annule.",
    "appointment_has_facts": "Il s’est déjà passé quelque chose pour ce rendez-vous : annulez-le, la ligne reste.",
    "appointment_not_printable": "Il manque {what} : la convocation ne s’imprime pas sans.",
    "outcome_ahead": "Ce rendez-vous n’a pas encore eu lieu : son issue se note après.",
    "outcome_proof_day": "Pour quel jour le justificatif est-il attendu ? Donnez une date à partir du rendez-vous.",
    "answer_no_absence": "Il n’y a pas d’absence à laquelle répondre.",
    "answer_before_absence": "Cette date est avant l’absence.",
    "no_reminder": "Aucun courrier de rappel n’est noté pour cette absence.",
    "appointment_nothing_to_print": "Aucune convocation à imprimer ici.",
    "permanence_hours": "La fin vient après le début.",
}
STANDINGS = {
    Standing.PLANNED: "Prévu",
    Standing.HELD: "Rencontre faite",
    Standing.MISSED: "Absence à traiter",
    Standing.PROOF_AWAITED: "Justificatif attendu",
    Standing.LEFT: "Décision de ne pas agir",
    Standing.CLOSED: "Terminé",
}
EVENTS = {
    EventCode.HANDED: "Convocation remise",
    EventCode.OUTCOME: "Issue",
    EventCode.ANSWER: "Suite de l’absence",
    EventCode.MOVED: "Déplacé",
    EventCode.CANCELLED: "Annulé",
    EventCode.REOPENED: "De nouveau prévu",
}
#: Who asked to move it or to call it off.
ASKED = {AskedBy.SERVICE: "par le service", AskedBy.PERSON: "à la demande de la personne"}
HALVES = {Half.DAY: "Toute la journée", Half.MORNING: "Matin", Half.AFTERNOON: "Après-midi"}
#: The lists of a day: their titles, their columns and the shares of these.
DAY_TITLE = "Rendez-vous du jour"
DAY_COLUMNS = (("Heure", 0.8), ("Personne", 2.6), ("Reçue par", 2), ("Bureau", 1.4), ("Venue", 0.8))
CALL_TITLE = "Liste d’appel"
CALL_COLUMNS = (
    ("Heure", 0.8), ("Personne", 2.2), ("Écrou", 0.9), ("Cellule", 1.3), ("Se rend à", 1.8), ("Reçue par", 1.6),
    ("Départ", 0.8),
)  # fmt: skip
#: At the foot of a convocation made for after a release (R. 311-3: what names the measure does not stay in a cell).
AT_RELEASE = f"À remettre à la sortie{NBSP}: ce papier nomme une mesure, il ne reste pas en cellule."
#: How an appointment is called in a calendar that names nobody.
UNNAMED = "Rendez-vous"
#: Beside the choice to name persons in it.
NAMED_REMINDER = (
    "Ce fichier dira que ces personnes sont suivies par le SPIP. Ne le mettez ni sur un téléphone, ni dans un agenda "
    "partagé ou en ligne, et supprimez-le après usage. L’enregistrement est inscrit au journal."
)
TO_NOTE = "Issue à noter"
#: What the agenda says of an appointment to come; that a day is a Sunday or a holiday is said of the day.
IN_THE_WAY = {
    "appointment_clash_person": "deux rendez-vous de la personne à la fois",
    "appointment_clash_officer": "en même temps qu’un autre",
    "appointment_officer_away": "pendant une absence",
}
EMPTY_PERSON = "Aucun rendez-vous. Fixez le premier, sa convocation s’imprime ensuite."


def at_the_latest(day: date, ref: str, *, certain: bool) -> str:
    """« Au plus tard le 26/11/2026 (art. D. 147-17-5, à vérifier). »."""
    source = ref.replace(". ", f".{NBSP}") + ("" if certain else ", à vérifier")
    return f"Au plus tard le {dates.short(day)} ({source})."


def reaction(days: int) -> str:
    """« Réaction en 3 jours », « Réaction le jour même »."""
    if days == 0:
        return "Réaction le jour même"
    return f"Réaction en {days}{NBSP}jour{'s' if days > 1 else ''}"


def appointments_meanwhile(count: int) -> str:
    """What an absence leaves to move; nothing for none."""
    if not count:
        return ""
    are = "rendez-vous sont prévus" if count > 1 else "rendez-vous est prévu"
    return f"{count}{NBSP}{are} pendant cette absence{NBSP}: voyez l’agenda."


def waiting(days: int) -> str:
    """« Sans suite depuis 5 jours », of an absence that nothing answers yet."""
    return f"Sans suite depuis {days}{NBSP}jour{'s' if days > 1 else ''}" if days else "Sans suite, aujourd’hui"


def not_handed(one: Appointment) -> str:
    """Nothing was handed over yet: a letter, or a slip inside."""
    return "Bon de circulation pas encore remis" if one.where in INSIDE else "Convocation pas encore remise"


def absence_words(one: Appointment, kind: str, place: str, sex: str) -> str:
    """« Ne s’est pas présentée au rendez-vous du mardi 8 décembre 2026 à 14 h 30 (entretien de suivi, SPIP). »."""
    came = in_gender("présenté(e)", sex)
    about = ", ".join(part for part in (f"{kind[:1].lower()}{kind[1:]}", place) if part)
    return f"Ne s’est pas {came} au rendez-vous du {dates.long(one.day)} à {hour_text(one.begins)} ({about})."
