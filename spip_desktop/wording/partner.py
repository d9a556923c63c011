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
    "sheet_unreadable": "Le fichier « {name} » ne se lit pas : choisissez un classeur XLSX, ODS ou CSV lisible.",
    "sheet_too_big": "Le fichier « {name} » est trop grand : 20 000 lignes et 100 colonnes au plus.",
    "sheet_empty": "Le fichier « {name} » est vide.",
    "column_twice": "Deux colonnes ne peuvent pas donner « {what} ».",
    "name_column_needed": "Dites quelle colonne donne le nom de la structure.",
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
    "unknown_kind": "inconnu de la liste des types",
    "unknown_nature": "inconnue de la liste des natures",
    "required": "valeur absente",
    "postal_codes_format": "code postal qui n’a pas cinq chiffres",
    "already_there": "structure déjà dans l’annuaire",
}

EMPTY_LIST = (
    "Aucun partenaire. Ajoutez d’abord la mission locale qui tient la permanence, "
    "puis celles des communes où les personnes vivront à leur sortie."
)

FIGURES_TITLE = "Chiffres par partenaire"
FIGURES_FOOT = "Chiffres sans nom, comptés dans ce logiciel seul."
#: What stands in the place of a number that is not told.
HIDDEN = "masqué"
SMALL_NUMBERS = (
    "Un partenaire dont les fiches concernent moins de 5 personnes ne montre aucun chiffre. Ailleurs, un nombre de 1 à "
    "4 est masqué, et avec lui le plus petit des autres s’il permettait de le retrouver. Le délai va de la remise à la "
    "première réponse ; il est donné à partir de 5 réponses."
)
#: The codes of domain/partner_figures.Fate.
FATES = {
    "acceptee": "Acceptées",
    "refusee": "Refusées",
    "autre_reponse": "En réponse",
    "sans_reponse": "Sans réponse",
    "annulee": "Annulées",
}
#: The columns of the paper, with their share of its width.
FIGURES_COLUMNS = (
    ("Partenaire", 2.8),
    ("Fiches", 1.3),
    ("Acceptées", 1.5),
    ("Refusées", 1.4),
    ("En réponse", 1.3),
    ("Sans réponse", 1.3),
    ("Annulées", 1.4),
    ("Délai (jours)", 1.2),
    ("Bilans", 2.4),
)

#: What a column of a spreadsheet may give (domain/partner_sheet.GUESSES).
SHEET_COLUMNS = {
    "name": "Nom de la structure",
    "kind": "Type de partenaire",
    "nature": "Nature",
    "siret": "SIRET",
    "address": "Adresse",
    "postal_code": "Code postal",
    "city": "Ville",
    "phone": "Téléphone",
    "email": "Courriel",
    "note": "Note interne",
    "service.name": "Nom du service",
    "service.postal_codes": "Codes postaux desservis",
    "service.establishment": "Établissement de la permanence",
    "service.permanence": "Jours et heures de la permanence",
    "contact.name": "Nom du contact",
    "contact.function": "Fonction du contact",
    "contact.phone": "Téléphone du contact",
    "contact.email": "Courriel du contact",
}
