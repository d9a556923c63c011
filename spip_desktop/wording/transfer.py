"""Sentences of the transfers: packages, cards, receipts."""

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
}
