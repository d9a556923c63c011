"""Sentences of backups, of the health of the store and of what a disk refuses."""

REFUSALS = {
    "backup_no_room": "Il n’y a pas assez de place sur {drive} pour la sauvegarde. Libérez de la place.",
    "backup_not_written": "La sauvegarde n’a pas pu être écrite sur {drive}. Vérifiez ce support et vos droits.",
    "backup_not_verified": "La copie ne se relit pas en entier : elle n’est pas gardée. Les autres restent.",
    "backup_none": "Il n’y a pas encore de sauvegarde.",
    "store_page_damaged": "Une page du magasin ne se lit plus : la sauvegarde n’a pas été faite. Les autres restent.",
    "clock_back": "L’horloge de ce poste a reculé : elle dit le {now}, le magasin a déjà écrit le {latest}. "
    "Vérifiez la date ; l’ordre de ce qui est écrit n’en dépend pas.",
    "clock_forward": "L’horloge de ce poste dit le {now} ; le magasin a servi la dernière fois le {latest}. "
    "Vérifiez la date.",
}
