"""Sentences of the keys, the store folder, the single instance and the anchor."""

REFUSALS = {
    # Unlocking
    "wrong_passphrase": "L’identifiant ou la phrase de passe ne convient pas.",
    "throttled": "Encore {seconds} s avant le prochain essai.",
    "keys_missing": "Le fichier des clés n’est plus dans le dossier. Ouvrez avec la clé de secours.",
    "keys_damaged": "Le fichier des clés est abîmé. Il n’a pas été touché : ouvrez avec la clé de secours.",
    "keys_newer": "Ces clés ont été faites par une version plus récente. Mettez le programme à jour.",
    "keys_unreadable": "Le fichier des clés ne peut pas être lu. Vérifiez vos droits sur le dossier.",
    "keys_present": "Ce dossier contient déjà des clés. Elles n’ont pas été touchées.",
    "keys_not_saved": "Les clés n’ont pas pu être enregistrées ; rien n’a changé. Vérifiez la place sur le disque.",
    "keys_previous_used": "Le fichier des clés était abîmé : sa copie a servi, et il a été remis en état.",
    "keys_altered": "Le fichier des clés a été modifié en dehors du programme. Prévenez votre hiérarchie.",
    "foreign_store": "Ces clés sont celles d’un autre magasin. Rien n’a été écrit.",
    "officer_removed": "Cet agent n’a plus accès à ce magasin.",
    "memory_short": "Il faut {needed} Mio de mémoire libre pour ouvrir. Fermez d’autres programmes et recommencez.",
    # Quick unlock
    "keychain_absent": "Ce poste n’a pas de trousseau de clés sûr : l’ouverture rapide n’y est pas possible.",
    "keychain_null": "Le trousseau de ce poste ne garde rien : l’ouverture rapide n’y est pas possible.",
    "keychain_fail": "Le trousseau de ce poste ne répond pas : l’ouverture rapide n’y est pas possible.",
    "keychain_plaintext": "Le trousseau de ce poste garde ses secrets en clair : l’ouverture rapide y est refusée.",
    "keychain_chainer": "Ce poste enchaîne plusieurs trousseaux, dont un peut être en clair : l’ouverture rapide y "
    "est refusée.",
    "keychain_unknown": "Le trousseau de ce poste n’est pas de ceux que le programme connaît : l’ouverture rapide y "
    "est refusée.",
    "keychain_unreliable": "Le trousseau de ce poste n’a pas rendu ce qui lui était confié : l’ouverture rapide y est "
    "refusée.",
    "keychain_failed": "Le trousseau de ce poste ne s’ouvre pas. Ouvrez avec votre phrase de passe.",
    "quick_absent": "Il n’y a pas d’ouverture rapide pour cet agent sur ce poste. Ouvrez avec la phrase de passe.",
    "quick_expired": "L’ouverture rapide a pris fin après trente jours. Ouvrez avec la phrase de passe, puis "
    "remettez-la dans Réglages.",
    "quick_withdrawn": "L’ouverture rapide est retirée. Ouvrez avec la phrase de passe.",
    "wrong_pin": "Ce n’est pas le bon code. Essais restants : {left}.",
    "pin_digits": "Le code ne contient que des chiffres.",
    "pin_length": "Le code compte de {shortest} à {longest} chiffres.",
    "pin_guessable": "Ce code se devine trop vite. Évitez les suites et les répétitions.",
    "pin_differs": "Les deux codes ne sont pas les mêmes.",
    # Another key for the store
    "officers_must_open_once": "Ces agents doivent d’abord ouvrir le magasin une fois avec cette version : "
    "{identifiers}. Rien n’a changé.",
    "rekey_failed": "La clé du magasin n’a pas pu être changée : l’ancienne sert toujours. Libérez de la place sur le "
    "disque, puis recommencez.",
    "cannot_remove_oneself": "Vous ne pouvez pas vous retirer vous-même : un autre agent de l’administration "
    "technique le fera.",
    "removal_unfinished": "Un retrait a été interrompu : {identifiers} ouvre encore le magasin. Recommencez-le dans "
    "Réglages.",
    "backups_not_renewed": "Des sauvegardes sont encore sous l’ancienne clé. Libérez de la place : elles seront "
    "refaites à la prochaine ouverture.",
    "second_copies_left": "Les copies du second support sont encore sous l’ancienne clé. Branchez-le : elles seront "
    "refaites à la prochaine ouverture.",
    "paper_unconfirmed": "La clé de secours n’a pas été recopiée. Faites-en une nouvelle dans Réglages.",
    # Choosing a passphrase and an identifier
    "passphrase_short": "Il faut au moins {shortest} signes ; il y en a {count}. Quatre mots sans lien conviennent.",
    "passphrase_context": "Cette phrase tient surtout à vos noms, à votre service ou à votre identifiant. "
    "Prenez quatre mots sans lien avec eux.",
    "passphrase_guessable": "Cette phrase se devine trop vite. Prenez quatre mots sans lien entre eux.",
    "identifier_length": "L’identifiant compte de {shortest} à {longest} signes.",
    "identifier_is_name": "L’identifiant ne doit pas contenir votre nom : il est lisible sans la phrase de passe.",
    "identifier_taken": "Cet identifiant est déjà pris.",
    # The recovery paper
    "recovery_key_sign": "Le groupe {group} contient « {sign} », qui n’existe pas dans une clé de secours.",
    "recovery_key_length": "La clé de secours compte {expected} signes ; il y en a {count}.",
    "recovery_key_check": "Un signe au moins est faux. Relisez les groupes un à un.",
    "recovery_key_other": "Cette clé de secours n’est pas celle de ce magasin, ou elle a été remplacée.",
    "recovery_sheet_unreadable": "Ce texte n’est pas celui du code carré d’une clé de secours.",
    "recovery_code_length": "Le code compte {expected} signes ; il y en a {count}.",
    "recovery_code_line": "Un signe au moins est faux à la ligne {line} du code, ou elle n’est pas à sa place.",
    "recovery_group_differs": "Le groupe {group} n’est pas celui de la feuille.",
    # The folder and the single instance
    "already_running": "Le programme est déjà ouvert sur ce magasin.",
    "folder_network": "Ce dossier est sur le réseau : le magasin pourrait s’y abîmer. Choisissez un dossier de ce "
    "poste ; s’il n’y en a pas, demandez-en un au correspondant informatique (CLSI).",
    "folder_not_a_folder": "Ce chemin n’est pas un dossier.",
    "folder_read_only": "On ne peut pas écrire dans ce dossier. Choisissez-en un autre ou demandez les droits.",
    "folder_full": "Le disque de ce dossier est plein. Libérez de la place ou choisissez un autre dossier.",
    "folder_full_now": "Le disque de ce dossier est plein. Libérez de la place avant d’ouvrir.",
    "folder_synchronised": "Ce dossier est recopié ailleurs par {product}. Préférez un dossier de ce seul poste.",
    "folder_removable": "Ce dossier est sur un support amovible : s’il est retiré ou perdu, le magasin l’est aussi.",
    # The anchor
    "anchor_missing_entries": "Des enregistrements manquent : les lignes {first} à {last} du journal.",
    "anchor_rewritten": "Le journal n’est pas celui de la dernière fermeture : une copie plus ancienne a servi.",
    "anchor_foreign": "Le repère du journal est celui d’un autre magasin, ou d’avant une restauration.",
    "anchor_absent": "Le repère du journal n’est plus dans le dossier : rien ne dit que le journal est entier.",
    "anchor_altered": "Le repère du journal est abîmé ou a été modifié.",
    # The demonstration (demo/)
    "not_demonstration": "Ce dossier ne s’ouvre pas comme le magasin de démonstration. Rien n’y a été touché.",
}
