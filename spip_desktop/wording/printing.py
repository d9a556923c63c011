"""Sentences of printing: where a paper cannot go, and what may stay of it."""

_ASK = "Demandez au correspondant informatique (CLSI)"

REFUSALS = {
    "no_printer": "Aucune imprimante n’est installée sur ce poste.",
    "spool_on_disk": "Ce poste n’a pas de dossier en mémoire pour l’impression : le document serait écrit en clair sur "
    f"le disque. {_ASK} une session dont XDG_RUNTIME_DIR est en mémoire.",
    "print_failed": "L’imprimante {printer} n’a pas pris le document. Rien n’est perdu : vérifiez-la et réimprimez.",
    "printer_writes_file": "« {printer} » n’imprime pas : elle écrit le document en clair dans un fichier. "
    "Choisissez une autre imprimante.",
    "printer_stopped": "L’imprimante {printer} est arrêtée : le document attendrait en clair sur le disque. "
    "Remettez-la en marche ou choisissez-en une autre.",
    "spool_kept": "Ce poste garderait le document en clair sur son disque après l’impression : rien n’est imprimé. "
    f"{_ASK} de mettre « PreserveJobFiles No » dans cupsd.conf, ou la file d’attente (RequestRoot) en mémoire ou sur "
    "un disque chiffré.",
    "spool_unseen": "Le poste peut garder une copie du document : ses réglages d’impression ne se laissent pas lire.",
    "spool_elsewhere": "Le serveur d’impression {server}, hors de ce poste, peut garder une copie du document.",
    "spool_windows": "Windows peut garder une copie du document dans sa file d’attente, sans dire ce qu’il efface.",
}
