"""Words of the partners."""

REFUSALS = {
    "siret_format": "Un SIRET compte quatorze chiffres.",
    "postal_codes_format": "Un code postal compte cinq chiffres : {wrong}.",
    "partner_phone_format": "Un numéro de téléphone compte de 4 à 15 chiffres.",
    "partner_used": "Ce partenaire est cité par une fiche : il se désactive, il ne se supprime pas.",
    "need_partner_twice": "Ce partenaire est déjà noté pour ce besoin.",
    "public_unreadable": "Le fichier « {name} » ne se lit pas : il est abîmé, incomplet, ou n’est pas au format JSON.",
    "public_too_big": "Le fichier « {name} » est trop grand pour être lu.",
    "public_other_file": "Le fichier « {name} » ne contient ni structures ni services de data·inclusion.",
    "public_same_kind": (
        "Ces deux fichiers contiennent la même chose : choisissez un fichier de structures et un fichier de services."
    ),
    "public_file_changed": "Le fichier « {name} » a changé depuis qu’il a été examiné : examinez-le de nouveau.",
    "departments_format": "Un département s’écrit 31, 2A ou 974 : {wrong}.",
}

#: Why a row of a file was not taken.
REASONS = {
    "missing": "valeur absente",
    "name_length": "nom de moins de 3 ou de plus de 150 signes",
    "bad_format": "format inattendu",
    "not_a_text": "ce n’est pas un texte",
    "not_a_list": "ce n’est pas une liste",
    "too_long": "texte trop long",
    "twice": "identifiant déjà lu plus haut",
    "siret_format": "SIRET qui n’a pas quatorze chiffres",
    "postal_code_format": "code postal qui n’a pas cinq chiffres",
    "email_format": "adresse de courriel incomplète",
    "partner_phone_format": "numéro de téléphone qui n’en est pas un",
    "unknown_kind": "type de partenaire inconnu",
    "unknown_nature": "nature de partenaire inconnue",
    "already_there": "structure déjà dans l’annuaire",
}

EMPTY_LIST = (
    "Aucun partenaire. Ajoutez d’abord la mission locale qui tient la permanence, "
    "puis celles des communes où les personnes vivront à leur sortie."
)
