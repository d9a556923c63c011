"""Words of what is no longer to be kept."""

from collections.abc import Mapping

from spip_desktop.domain.text import NBSP

REFUSALS = {
    "nothing_chosen": "Cochez au moins un dossier de la liste.",
    "not_due": "Un des dossiers a changé depuis l’affichage de la liste : relisez-la. Rien n’a été effacé.",
    "hold_without_dossier": "L’effacement d’une demande sans dossier ne se suspend pas : décochez-la.",
    "erasure_held": "L’effacement d’un des dossiers est suspendu : levez d’abord la suspension. Rien n’a été effacé.",
}

#: What is said of the rows of a table, one and several.
ROWS = {
    "person": ("identité", "identités"),
    "contact": ("contact", "contacts"),
    "preparation": ("préparation à l’emploi", "préparations à l’emploi"),
    "address": ("adresse", "adresses"),
    "identity_document": ("pièce d’identité", "pièces d’identité"),
    "assignment": ("affectation", "affectations"),
    "custody": ("écrou", "écrous"),
    "sentence_sheet": ("fiche pénale", "fiches pénales"),
    "basis": ("saisine ou titre", "saisines ou titres"),
    "measure": ("mesure", "mesures"),
    "obligation": ("obligation", "obligations"),
    "obligation_check": ("vérification", "vérifications"),
    "obligation_proof": ("justificatif", "justificatifs"),
    "payment_plan": ("échéancier", "échéanciers"),
    "payment": ("versement", "versements"),
    "work_session": ("séance de travail", "séances de travail"),
    "work_terms": ("décision sur le travail", "décisions sur le travail"),
    "hours_line": ("ligne d’horaires", "lignes d’horaires"),
    "evaluation": ("évaluation", "évaluations"),
    "explored_field": ("étape d’évaluation", "étapes d’évaluation"),
    "finding": ("constat", "constats"),
    "confidence": ("confidence", "confidences"),
    "contribution": ("contribution", "contributions"),
    "board_review": ("passage en commission", "passages en commission"),
    "interview": ("entretien", "entretiens"),
    "known_word": ("mot appris", "mots appris"),
    "incident": ("incident", "incidents"),
    "breach": ("manquement", "manquements"),
    "request": ("demande reçue", "demandes reçues"),
    "appointment": ("rendez-vous", "rendez-vous"),
    "pacep": ("PACEP", "PACEP"),
    "prescription": ("fiche de prescription", "fiches de prescription"),
    "event": ("fait daté", "faits datés"),
    "todo_outcome": ("suite notée", "suites notées"),
    "carried": ("report noté", "reports notés"),
    "issued_document": ("document établi", "documents établis"),
    "access_answer": ("demande d’accès", "demandes d’accès"),
    "retention_hold": ("suspension", "suspensions"),
    "handover": ("dessaisissement", "dessaisissements"),
    "person_duplicate": ("doublon examiné", "doublons examinés"),
    "transfer_waiting": ("élément reçu en attente", "éléments reçus en attente"),
    "transfer_dispute": ("conflit à traiter", "conflits à traiter"),
}


#: What an erasure takes.
SCOPES = {
    "dossier": "Tout le dossier",
    "demande": "La demande et sa réponse",
    "ecrou": "Écrous levés, fiches pénales et passages en CPU",
}
CERTIFICATE = "Certificat d’effacement"


def every_row(counts: Mapping[str, int]) -> str:
    """« 1 identité, 3 adresses », in the order of this file."""
    return ", ".join(rows(table, counts[table]) for table in ROWS if counts.get(table))


def rows(table: str, count: int) -> str:
    """« 3 adresses »."""
    one, several = ROWS[table]
    return f"{count}{NBSP}{several if count > 1 else one}"
