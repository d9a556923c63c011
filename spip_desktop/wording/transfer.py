"""Sentences of the transfers: packages, cards, receipts."""

from spip_desktop.domain.text import NBSP
from spip_desktop.domain.transfer import Compared, ContactKind, Content, SentState, TransferKind
from spip_desktop.domain.transfer_result import Brought

REFUSALS = {
    "package_unreadable": "Ce fichier n’est pas un paquet de transfert, ou son support ne se lit plus. Vérifiez le "
    "fichier choisi et le support.",
    "package_truncated": "Ce paquet est incomplet : sa copie a été interrompue. Rien n’a été repris. Copiez-le de "
    "nouveau depuis le support, ou demandez-le à nouveau.",
    "package_altered": "Ce paquet a été modifié ou abîmé depuis son écriture : il est refusé en entier. Demandez à "
    "l’expéditeur de l’écrire de nouveau.",
    "package_newer": "Ce paquet a été fait par une version plus récente (format {version}). Mettez le programme à "
    "jour, puis recommencez.",
    "package_wrong_key": "Aucune clé de ce poste n’ouvre ce paquet : il a été chiffré pour d’autres. Envoyez votre "
    "carte de contact à l’expéditeur et demandez-lui un nouveau paquet.",
    "package_wrong_phrase": "Cette phrase n’ouvre pas le paquet. Vérifiez les six mots et leur ordre.",
    "package_not_for_us": "Ce paquet n’est pas adressé à ce poste : sa liste signée de destinataires ne le nomme pas. "
    "Il est refusé ; prévenez l’expéditeur.",
    "package_malformed": "Le contenu de ce paquet ne suit pas le format attendu (ligne {line}) : il est refusé en "
    "entier. Prévenez l’expéditeur.",
    "package_too_big": "Ce paquet est plus gros que ce que le programme accepte : il est refusé.",
    "package_too_big_for_phrase": "Il y a trop de données pour un paquet protégé par une phrase. Choisissez un "
    "contact, ou moins de dossiers.",
    "package_record_unfit": "Un élément de ces dossiers ne peut pas être transféré (type {kind}). Rien n’a été "
    "écrit : prévenez l’assistance.",
    "recipient_unfit": "La clé d’un destinataire n’est pas lisible. Redemandez sa carte de contact.",
    "card_unreadable": "Ce fichier n’est pas une carte de contact.",
    "card_altered": "Cette carte de contact a été modifiée depuis sa signature : elle est refusée.",
    "receipt_unreadable": "Ce fichier n’est pas un accusé de réception.",
    "receipt_altered": "Cet accusé de réception a été modifié depuis sa signature : il est refusé.",
    "phrase_needed": "Ce paquet s’ouvre avec une phrase de six mots : demandez-la à l’expéditeur, puis tapez-la.",
    "package_already_imported": "Ce paquet a déjà été repris le {day}. Rien n’a changé ; l’accusé de réception peut "
    "être écrit de nouveau.",
    "package_is_ours": "Ce paquet vient de ce poste : il n’y a rien à reprendre.",
    "package_already_written": "Ce paquet est déjà écrit. « Écrire de nouveau » le prépare encore une fois.",
    "package_acknowledged": "Le destinataire a déjà accusé réception de ce paquet.",
    "package_not_written": "Ce paquet n’a pas encore été écrit.",
    "package_not_verified": "Ce paquet n’est pas encore vérifié : relisez d’abord son fichier.",
    "nothing_to_send": "Il n’y a rien à transférer : aucun changement depuis le dernier accusé de réception.",
    "no_dossier_to_send": "Il n’y a rien à transférer : ce paquet ne contient aucun dossier. « Mes dossiers » sont "
    "ceux que vous suivez aujourd’hui.",
    "nothing_answered": "Il n’y a pas encore de réponse à retourner : donnez le visa, ou retournez avec une remarque.",
    "nothing_awaits_visa": "Rien n’attend de visa dans ce dossier. Un PACEP l’attend une fois l’accord recueilli ; une "
    "évaluation, une fois partagée.",
    "visa_of_no_package": "Un retour de visa se prépare depuis le paquet reçu pour visa.",
    "handed_in_future": "La remise ne peut pas être dans l’avenir.",
    "purpose_needed": "Écrivez pourquoi ces données sont transférées.",
    "recipient_needed": "Choisissez au moins un destinataire, ou la phrase de six mots.",
    "contact_not_trusted": "« {name} » n’est pas un contact de confiance : comparez d’abord les huit mots de sa carte.",
    "sensitive_to_other_system": "« {name} » est un autre traitement : les données sensibles n’y vont pas "
    "(R. 113-58). Choisissez « Sans les données sensibles ».",
    "contact_unknown": "Aucun contact de confiance ne s’appelle « {name} ».",
    "contact_ambiguous": "Plusieurs contacts de confiance répondent au nom « {name} » : écrivez le nom entier.",
    "sender_not_trusted": "« {name} » n’est pas un contact de confiance : comparez d’abord les huit mots de sa carte.",
    "card_is_ours": "Cette carte est celle de ce poste : donnez-la aux autres.",
    "card_of_other_keys": "Cette carte n’a pas les clés connues de « {name} ». Appelez ce service ; si ses clés ont "
    "vraiment changé, retirez d’abord la confiance à l’ancienne carte.",
    "card_revoked": "La carte de « {name} » est révoquée depuis le {day:%d/%m/%Y} : plus rien ne part vers ce poste. "
    "Demandez sa nouvelle carte.",
    "sender_revoked": "« {name} » est révoqué depuis le {day:%d/%m/%Y} et ce paquet est daté de ce jour ou d’après. "
    "Il est refusé : prévenez le DPIP.",
    "revoked_in_future": "La révocation ne peut pas être dans l’avenir.",
    "code_differs": "Ce code n’est pas celui de cette carte : ne faites pas confiance, et prévenez le service.",
    "station_without_keys": "Ce poste n’a pas encore de carte. Ouvrez « Contacts » pour la faire.",
    "receipt_of_no_package": "Cet accusé de réception ne correspond à aucun paquet de ce poste.",
    "receipt_of_other_file": "Cet accusé de réception porte sur un autre fichier que celui écrit ici.",
    "receipt_of_unknown_station": "Cet accusé de réception n’est pas signé par un destinataire de ce paquet.",
    "spoken_length": "Le code a {expected} signes ; {count} sont tapés.",
    "spoken_check": "Un signe est mal recopié : faites relire le code, groupe par groupe.",
    "spoken_of_other_package": "Ce code n’est pas celui de ce paquet, ou ne vient pas d’un de ses destinataires.",
    "spoken_not_kept": "Ce paquet a été repris avant que ce code existe : rapportez l’accusé par son fichier.",
    "spoken_too_many": "Trop d’éléments sont refusés ou à trancher pour un code : rapportez l’accusé par son fichier.",
    "medium_not_allowed": "Ce dossier est sur un support amovible. Cochez la case si ce support est autorisé par le "
    "CLSI ; sinon, choisissez un autre dossier.",
    "target_missing": "Le dossier {folder} n’est pas là. Branchez le support, ou choisissez un autre dossier.",
    "target_no_room": "Il n’y a pas assez de place dans {folder}. Rien n’y est resté ; le paquet est toujours prêt.",
    "target_too_big": "Le support de {folder} n’accepte pas un fichier de plus de 4 Go. Choisissez un autre support.",
    "target_not_written": "Le paquet n’a pas pu être écrit dans {folder} : support retiré, plein ou protégé. Rien n’y "
    "est resté qui ait l’air entier ; le paquet est toujours prêt.",
    "target_not_verified": "Le fichier de {folder} ne se relit pas à l’identique : n’utilisez pas ce support.",
}

KINDS = {
    TransferKind.CHANGES: "Ce qui a changé depuis le dernier accusé",
    TransferKind.CASELOAD: "Mes dossiers",
    TransferKind.DOSSIER: "Un dossier",
    TransferKind.HANDOVER: "Dessaisissement",
    TransferKind.FOR_VISA: "Envoi pour visa",
    TransferKind.VISA: "Retour de visa",
}
CONTENTS = {
    Content.WITHOUT_SENSITIVE: "Sans les données sensibles",
    Content.COMPLETE: "Complet",
}
CONTACT_KINDS = {
    ContactKind.STATION: "Poste du même traitement",
    ContactKind.OTHER_SYSTEM: "Autre traitement",
    ContactKind.ESCROW: "Clé de secours du service",
}
COMPARED = {
    Compared.PHONE: "Au téléphone",
    Compared.FACE_TO_FACE: "En présence",
    Compared.QR: "Par le code QR",
}
#: The icon and the word of each state.
STATES = {
    SentState.READY: ("circle", "Prêt"),
    SentState.WRITTEN: ("half-circle", "Écrit, à vérifier"),
    SentState.VERIFIED: ("check", "Vérifié"),
    SentState.HANDED_OVER: ("send", "Remis"),
    SentState.ACKNOWLEDGED: ("check-circle", "Accusé reçu"),
}
#: What becomes of a record of a package: as a column says it.
BROUGHT = {
    Brought.NEW: ("Nouveaux", "nouveau"),
    Brought.IDENTICAL: ("Identiques", "identique"),
    Brought.CHANGED: ("Changés", "changé"),
    Brought.MERGED: ("Réunis", "réuni"),
    Brought.APART: ("En deux versions", "gardé en deux versions"),
    Brought.CONFLICT: ("À trancher", "à trancher"),
    Brought.WAITING: ("En attente", "en attente"),
    Brought.REJECTED: ("Refusés", "refusé"),
}

#: What is told of a record by itself before a package is taken in.
REMARKED = {
    Brought.CONFLICT: "À trancher après la reprise",
    Brought.WAITING: "Attend la suite",
    Brought.APART: "En deux versions",
    Brought.REJECTED: "Refusé",
}
#: Why, by its code.
REASONS = {
    "same_field": "La même rubrique a changé ici et là-bas.",
    "frozen": "Le document est arrêté : les deux versions restent.",
    "frozen_twice": "Arrêté ici et là-bas : les deux versions restent, chacune avec ses papiers.",
    "base": "Ce dont il est issu n’est pas encore arrivé.",
    "referent": "Ce à quoi il se rapporte n’est pas encore arrivé.",
    "malformed": "Son contenu ne suit pas le format.",
    "in_part": "Il est déjà ici en entier.",
    "erased": "Ce dossier a été effacé ici.",
    "merge_number": "La réunion annoncée ne se retrouve pas ici.",
    "grows_only": "Ce qui est noté ici ne se récrit pas.",
    "unknown_kind": "Cette sorte d’élément n’est pas connue ici.",
    "definition_differs": "Le même formulaire existe ici avec un autre contenu.",
    "not_taken": "Il ne s’accorde pas avec ce qui est ici.",
}


def count(number: int, one: str, several: str = "") -> str:
    """« 1 dossier », « 12 dossiers »."""
    return f"{number}{NBSP}{one if number < 2 else several or one + 's'}"
