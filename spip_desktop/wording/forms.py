"""Sentences on the answers of a form, and on what blocks freezing it."""

REFUSALS: dict[str, str] = {
    "form_fields_not_chosen": "Choisissez au moins {label} champs à explorer.",
    "form_step_unexplored": "« {label} » : dites où vous en êtes, même « information insuffisante ».",
    "form_answer_required": "« {label} » : à remplir pour arrêter l’évaluation.",
    "ruler_out_of_range": "De 0 à 10.",
    "number_expected": "Écrivez un nombre entier, à partir de 0.",
    "not_a_date": "Écrivez une date.",
    "not_an_option": "Cette réponse n’est pas parmi celles proposées.",
    "option_alone": "Cette réponse ne se choisit pas avec une autre.",
}
