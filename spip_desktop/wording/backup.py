"""Sentences of backups, of the health of the store and of what a disk refuses."""

from collections.abc import Sequence
from datetime import datetime

from spip_desktop.domain.clock import PARIS
from spip_desktop.domain.dates import hour
from spip_desktop.domain.text import french_spaces

REFUSALS = {
    "backup_second_missing": "La sauvegarde est faite sur ce poste, mais sa copie dans {folder} n’a pas pu l’être. "
    "Remettez ce support, ou choisissez un autre dossier.",
    "clock_jumped": "L’horloge de ce poste a changé de {by}. Vérifiez la date et l’heure ; c’est noté au journal, et "
    "l’ordre de ce qui est écrit n’en dépend pas.",
    "backup_no_room": "Il n’y a pas assez de place sur {drive} pour la sauvegarde. Libérez de la place.",
    "backup_not_written": "La sauvegarde n’a pas pu être écrite sur {drive}. Vérifiez ce support et vos droits.",
    "backup_not_verified": "La copie ne se relit pas en entier : elle n’est pas gardée. Les autres restent.",
    "backup_unfit": "Cette sauvegarde ne se relit pas en entier : rien n’a changé ici. La plus récente qui se relit "
    "est celle du {day} à {hour} : elle est choisie, restaurez-la.",
    "backup_unfit_all": "Cette sauvegarde ne se relit pas en entier, ni aucune autre de ce dossier : rien n’a changé "
    "ici. Choisissez le dossier d’un autre support.",
    "backup_none": "Il n’y a pas encore de sauvegarde.",
    "store_page_damaged": "Une page du magasin ne se lit plus : la sauvegarde n’a pas été faite. Les autres restent.",
    "restored": "La sauvegarde du {day} à {hour} est en place. Le fichier d’avant est gardé à part.",
    "restored_without": "La sauvegarde du {day} à {hour} est en place : les lignes {first} à {last} du journal, "
    "écrites après elle, n’y sont pas. Le fichier d’avant est gardé à part.",
    "clock_back": "L’horloge de ce poste a reculé : elle dit le {now}, le magasin a déjà écrit le {latest}. "
    "Vérifiez la date ; l’ordre de ce qui est écrit n’en dépend pas.",
    "clock_forward": "L’horloge de ce poste dit le {now} ; le magasin a servi la dernière fois le {latest}. "
    "Vérifiez la date.",
}

DISK_FULL = "Disque plein : libérez de la place"
COPY_ELSEWHERE = "Copier sur un autre support"
COPIED = "Le magasin est copié dans {folder}, et la copie a été relue. Elle s’ouvre avec vos clés."
#: Why a backup was made, as the list of backups tells it.
REASONS = {
    "asked": "demandée",
    "work": "pendant le travail",
    "lock": "au verrouillage",
    "close": "à la fermeture",
    "migration": "avant une mise à jour",
    "rekey": "avant un changement de clé",
    "import": "avant un import",
    "purge": "après un effacement",
    "export": "sur un autre support",
}


def age(days: int | None) -> str:
    """How old the last verified backup is."""
    if days is None:
        return "Pas encore de sauvegarde"
    if days < 2:
        return f"Sauvegarde vérifiée {('aujourd’hui', 'hier')[days]}"
    return f"Dernière sauvegarde vérifiée il y a {days} jours"


def pages_damaged(pages: Sequence[int], newest: datetime | None) -> str:
    """What is said of a store that has broken pages; nothing is deleted, and a good backup is one step away."""
    named = ", ".join(str(page) for page in pages[:5]) + (" et d’autres" if len(pages) > 5 else "")
    which = f"La page {named} du magasin est abîmée" if len(pages) == 1 else f"Des pages sont abîmées ({named})"
    offered = ""
    if newest is not None:
        day = newest.astimezone(PARIS)
        offered = f" La dernière sauvegarde vérifiée est du {day:%d/%m/%Y} à {hour(newest)} : verrouillez, puis "
        offered += "choisissez « Restaurer une sauvegarde » à l’ouverture ; le fichier abîmé sera gardé."
    return french_spaces(f"{which if pages else 'Le magasin ne se relit pas en entier'}.{offered}")


def jump(seconds: float) -> str:
    """By how much a clock moved: « 3 jours », « 1 heure », « -12 minutes »."""
    sign, left = ("-" if seconds < 0 else ""), abs(round(seconds))
    for size, one in ((86_400, "jour"), (3_600, "heure"), (60, "minute")):
        if left >= size:
            count = left // size
            return f"{sign}{count} {one}{'s' if count > 1 else ''}"
    return f"{sign}{left} s"
