"""Sentences that every slice uses: fields, dates, store, rights."""

REFUSALS = {
    "required": "À remplir.",
    "file_in_store": "Ce dossier est celui d’un magasin ou d’une sauvegarde : rien d’autre n’y est écrit. Choisissez "
    "un autre dossier.",
    "file_not_written": "Le fichier n’a pas pu être écrit à cet endroit. Choisissez un autre dossier.",
    "too_long": "Trop long : {limit} signes au plus.",
    "date_unreadable": "« {text} » n’est pas une date. Tapez par exemple 3/4/26, 030426 ou +3s.",
    "date_impossible": "« {text} » n’existe pas dans le calendrier.",
    "hour_unreadable": "« {text} » n’est pas une heure. Tapez par exemple 14 h 30 ou 1430.",
    "number_unreadable": "« {text} » n’est pas un nombre.",
    "end_before_start": "La fin est avant le début.",
    "not_found": "Cet élément n’est plus dans le magasin.",
    "changed_elsewhere": "Ce contenu a changé entre-temps. La page montre la nouvelle valeur ; votre texte est gardé.",
    "not_allowed": "Votre rôle ne permet pas cet acte.",
    "reason_needed_without_dpip": "Cet acte revient au DPIP. Sans DPIP dans ce magasin, écrivez-en le motif.",
    "reason_needed": "Écrivez le motif.",
    "frozen": "Cette version est arrêtée : elle ne se modifie plus. Créez une nouvelle version.",
    "store_read_only": "Le magasin est ouvert en lecture seule.",
    "store_missing": "Le fichier du magasin n’est plus dans son dossier. Rien n’a été écrit.",
    "store_exists": "Un magasin existe déjà dans ce dossier. Il n’a pas été touché.",
    "store_unreadable": "Le fichier du magasin ne peut pas être lu. Vérifiez le dossier et vos droits.",
    "store_damaged": "Le fichier du magasin est abîmé. Il n’a pas été touché. « Restaurer une sauvegarde » remet la "
    "plus récente à sa place et garde ce fichier à part.",
    "store_foreign": "Ce fichier n’est pas un magasin de SPIP Desktop. Il n’a pas été touché.",
    "store_newer": "Ce magasin a été fait par une version plus récente. Mettez le programme à jour.",
    "disk_full": "Le disque {drive} est plein. Libérez de la place, ou copiez le magasin sur un autre support : votre "
    "texte reste à l’écran et sera enregistré dès que possible.",
    "store_gone": "Le fichier du magasin n’est plus sur {drive} : support retiré, ou fichier déplacé. Remettez-le, ou "
    "copiez le magasin sur un autre support : votre texte reste à l’écran.",
    "store_unwritable": "Le disque {drive} n’accepte plus l’écriture. Votre texte reste à l’écran : copiez le magasin "
    "sur un autre support et prévenez votre correspondant informatique (CLSI).",
    "package_under_way": "Un paquet est en cours de reprise : votre saisie est gardée et sera enregistrée dès qu’il "
    "sera terminé.",
    "store_busy": "Le magasin est occupé par un autre travail : votre saisie est gardée et sera enregistrée dès qu’il "
    "sera terminé.",
    "wrong_key": "La clé n’ouvre pas ce magasin. Rien n’a été écrit.",
    "notice_not_read": "Cochez la case après avoir lu l’avertissement.",
    "identifier_is_a_name": "L’identifiant ne doit pas contenir votre nom (L. 113-3-1). Choisissez par exemple un lieu "
    "et un nombre.",
    "quotity_out_of_range": "Écrivez un pourcentage, de 1 à 100.",
    "required_to_sign_by_number": "Nécessaire pour signer par numéro (L. 113-3-1).",
    "unknown_officer": "Aucun agent de ce magasin ne porte cet identifiant.",
    "definition_differs": "Un formulaire ou une fiche du programme n’est plus celui que ce magasin a déjà utilisé. "
    "Rien n’a été enregistré : prévenez l’assistance.",
}
