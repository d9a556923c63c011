"""Words of the partners."""

REFUSALS = {
    "siret_format": "Un SIRET compte quatorze chiffres.",
    "postal_codes_format": "Un code postal compte cinq chiffres : {wrong}.",
    "partner_phone_format": "Un numéro de téléphone compte de 4 à 15 chiffres.",
    "partner_used": "Ce partenaire est cité par une fiche : il se désactive, il ne se supprime pas.",
}

EMPTY_LIST = (
    "Aucun partenaire. Ajoutez d’abord la mission locale qui tient la permanence, "
    "puis celles des communes où les personnes vivront à leur sortie."
)
