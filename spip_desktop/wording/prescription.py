"""Words of the prescription: refusals, states, answers."""

from spip_desktop.domain.prescription_states import SheetState

REFUSALS = {
    "sheet_file_wrong": "Ligne {line} : {why}.",
    "sheet_version_wrong": "Cette version existe déjà, ou n’est pas de celles du service : écrivez {least} ou plus.",
    "sheet_partner_unknown": "« {kind} » n’est pas un type de partenaire.",
    "sheet_for_nobody": "La fiche ne dit pas à quels types ou natures de partenaire elle s’adresse.",
    "sheet_rules_unknown": "Les conditions « {rules} » n’existent pas. Celles qui existent : {known}.",
    "sheet_too_long": "Les textes fixes de cette fiche ne tiennent pas sur la page.",
    "nothing_changed": "Aucun changement : la nouvelle version dirait la même chose que celle que le partenaire tient.",
    "amend_not_now": "Une fiche se modifie par une nouvelle version après sa remise, tant que le suivi n’est pas fini.",
    "partner_needed": "Choisissez le destinataire : {who}.",
    "partner_not_for_sheet": "Cette fiche n’est pas prévue pour ce type de partenaire : commencez-en une autre.",
    "partner_not_offered": "{name} n’est plus proposé à cette date : choisissez un autre destinataire.",
    "asks_needed": "Cochez ce que nous demandons : de une à {limit} demandes.",
    "too_many_asks": "{limit} demandes au plus.",
    "objective_needed": "Écrivez l’objectif, dans les mots de la personne.",
    "override_needed": "« {rule} » : la réponse est non. Passez outre avec un motif, ou attendez.",
    "words_unread": "Mots à relire avant de remettre la fiche : {words}.",
    "prescription_frozen": "La fiche est prête : elle ne se modifie plus. Annulez-la pour en écrire une autre.",
    "not_ready": "La fiche n’est pas encore prête.",
    "letterhead_not_here": "Cet en-tête n’est pas prévu dans ce milieu (neutre : milieu ouvert, situation notée).",
    "neutral_name_missing": "Le nom neutre du service n’est pas noté dans les réglages.",
    "neutral_leaks": "L’en-tête neutre ne doit rien révéler. Mots à retirer : {words}.",
    "agreement_not_now": "L’accord se note quand la fiche est prête, et avant sa remise.",
    "agreement_needed": "La remise attend l’accord de la personne.",
    "partial_agreement": (
        "La personne n’accepte qu’une partie de cette fiche : préparez une version avec ce qui est accepté, "
        "c’est elle qui sera remise."
    ),
    "partial_is_all": "Décochez ce que la personne refuse. Si elle accepte tout, notez « Oui » ; si rien, « Non ».",
    "legal_ground_lost": (
        "La fiche cite un texte qui ne s’applique plus ce jour-là (26 ans, ou plus de détention). "
        "Préparez une nouvelle version : tout y attend l’accord de la personne."
    ),
    "nothing_to_replace": "Cette fiche peut être remise telle quelle : aucune autre version n’est à préparer.",
    "step_not_now": "Cette étape ne suit pas celle où en est la fiche.",
    "control_signs": "Cette réponse contient des signes invisibles : recopiez-la à la main.",
    "answer_date": "Ce n’est pas une date : écrivez par exemple 12/01/2027.",
    "answer_far": "Cette date est à plus de cinq ans d’aujourd’hui : vérifiez l’année.",
    "answer_to_come": "Cette date est à venir : elle dit ce qui a déjà eu lieu.",
    "answer_above": "Ne peut pas dépasser « {label} ».",
    "answer_number": "Écrivez un nombre, de 0 à {limit}.",
    "answer_box": "Cette case n’est pas de celles de la fiche.",
    "nobody_silent": "Aucune fiche de ce partenaire n’attend de lettre.",
    "batch_empty": "Plus aucune fiche n’est prête pour cette permanence.",
    "form_not_now": "Le PDF à remplir se donne une fois l’accord signé, tant que la réponse est attendue.",
    "form_too_big": "Ce fichier est trop gros pour être un retour ({megabytes} Mo au plus). Rien n’en a été lu.",
    "form_unreadable": "Ce fichier n’est pas un PDF lisible. Demandez au partenaire de l’envoyer à nouveau.",
    "form_too_long": "Une réponse de ce PDF dépasse {signs} signes : rien n’en a été lu. Demandez-la plus courte, "
    "ou recopiez l’essentiel.",
    "form_locked": "Ce PDF est protégé par un mot de passe. Demandez-le sans protection.",
    "form_no_field": "Ce PDF n’a plus de champs : il a sans doute été imprimé à nouveau. Demandez le fichier "
    "enregistré, ou recopiez la réponse.",
    "form_not_ours": "Ce PDF n’est pas un retour fait par ce logiciel. Rien n’en a été lu.",
    "form_checksum": "Le repère caché de ce PDF a été modifié : on ne sait plus de quelle fiche il est le retour. "
    "Recopiez la réponse.",
    "form_unknown": "Aucune fiche de ce magasin n’a ce numéro. Vérifiez de quel service vient le fichier.",
    "form_other": "Ce PDF est le retour d’une autre fiche. Tapez son code dans la recherche (Ctrl+K).",
    "form_version": "Ce PDF vient d’un autre modèle de fiche, ou d’une autre version. Recopiez la réponse.",
    "form_fields": "Les champs de ce PDF ne sont pas ceux de la fiche : il en manque ou il en a été ajouté. "
    "Recopiez la réponse.",
    "before_previous": "Cette date est avant l’étape précédente ({day}).",
}

STATES = {
    SheetState.DRAFT: "Brouillon",
    SheetState.READY: "Prête",
    SheetState.AGREED: "Accord signé",
    SheetState.HANDED_OVER: "Remise",
    SheetState.RECEIVED: "Reçue",
    SheetState.MEETING_FIXED: "Rendez-vous fixé",
    SheetState.ACCEPTED: "Acceptée",
    SheetState.REFUSED: "Refusée",
    SheetState.NO_ANSWER: "Sans réponse",
    SheetState.RUNNING: "En cours",
    SheetState.REPORTED: "Bilan reçu",
    SheetState.CLOSED: "Close",
    SheetState.CANCELLED: "Annulée",
    SheetState.WITHDRAWN: "Accord retiré",
    SheetState.PARTNER_TOLD: "Partenaire prévenu",
}
#: The button that notes each state.
NOTE_STATE = {
    SheetState.HANDED_OVER: "Noter la remise",
    SheetState.RECEIVED: "Noter la réception",
    SheetState.MEETING_FIXED: "Noter le rendez-vous fixé",
    SheetState.ACCEPTED: "Noter l’acceptation",
    SheetState.REFUSED: "Noter le refus du partenaire",
    SheetState.NO_ANSWER: "Noter l’absence de réponse",
    SheetState.RUNNING: "Noter le début",
    SheetState.REPORTED: "Noter le bilan reçu",
    SheetState.CLOSED: "Clore",
    SheetState.CANCELLED: "Annuler la fiche",
    SheetState.WITHDRAWN: "Noter le retrait de l’accord",
    SheetState.PARTNER_TOLD: "Noter que le partenaire est prévenu",
}
EMPTY_PERSON = "Aucune fiche. Une fiche commence ici, ou depuis une action confiée à un partenaire dans le PACEP."
EMPTY_MINE = "Aucune fiche pour les personnes que vous suivez. Ouvrez un dossier pour en commencer une."
