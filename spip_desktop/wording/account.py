"""Sentences of the settings: one's own details, the service, its officers, their keys."""

REFUSALS = {
    "neutral_name_tells": "Un nom neutre ne dit pas « {word} ».",
    "role_needed": "Cochez au moins un rôle.",
    "roles_from_dpip": "Un DPIP de ce magasin donne les rôles : ajoutez l’agent sans rôle.",
    "habilitation_in_future": "L’habilitation est signée avant l’arrivée : sa date ne peut pas être à venir.",
    "last_key_manager": "Cet agent est le dernier à gérer les accès : donnez d’abord ce rôle à un autre agent "
    "qui ouvre le magasin.",
    "own_habilitation": "On n’élargit pas ses propres droits : un autre agent peut le faire.",
    "habilitation_unchanged": "Rien n’a changé dans cette habilitation.",
    "passphrase_differs": "Les deux phrases ne sont pas les mêmes.",
    "passphrase_same": "C’est la phrase actuelle. Choisissez-en une autre.",
    "current_passphrase_wrong": "Ce n’est pas votre phrase de passe actuelle.",
    "choose_minutes": "Écrivez un nombre de minutes, de {least} à {most}.",
}
