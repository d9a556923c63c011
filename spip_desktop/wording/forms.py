"""Sentences on the answers of a form, on what blocks freezing it, and on a version of it before it is used."""

from spip_desktop.domain.form_changes import Around, Aspect, ChangeKind, Difference

REFUSALS: dict[str, str] = {
    "form_fields_not_chosen": "Choisissez au moins {label} champs à explorer.",
    "form_step_unexplored": "« {label} » : dites où vous en êtes, même « information insuffisante ».",
    "form_answer_required": "« {label} » : à remplir pour arrêter l’évaluation.",
    "ruler_out_of_range": "De 0 à 10.",
    "number_expected": "Écrivez un nombre entier, à partir de 0.",
    "not_a_date": "Écrivez une date.",
    "not_an_option": "Cette réponse n’est pas parmi celles proposées.",
    "option_alone": "Cette réponse ne se choisit pas avec une autre.",
    "form_file_wrong": "Ligne {line} : {why}.",
    "form_unknown": "Ce fichier n’est pas celui de l’évaluation : son code est « {name} ».",
    "form_version_wrong": "Cette version existe déjà, ou n’est pas de celles du service : écrivez {least} ou plus.",
    "form_fact_unknown": "Le logiciel ne connaît pas le fait « {fact} », ou l’une de ses valeurs.",
    "form_step_gone": "L’étape « {label} » ({step}) doit rester, et garder sa nature.",
    "form_without_note": "L’étape « {label} » n’a pas de note libre.",
    "form_variant_gone": "La forme « {label} » ({variant}) doit rester.",
    "form_question_gone": "La question « {label} » ({code}) doit rester : le logiciel s’en sert.",
    "form_kind_changed": "La question « {label} » change de nature : donnez-lui un autre code que « {code} ».",
    "form_speaker_changed": "La question « {label} » ({code}) doit rester à qui y répond, agent ou personne.",
    "form_own_answer_gone": "La réponse « {answer} » de « {label} » doit rester : elle est mise à côté des constats.",
    "form_asks_the_presumed": "« {label} » n’est pas demandé à une personne présumée innocente : gardez sa condition.",
    "form_banner_gone": "L’avertissement montré pour une personne présumée innocente doit rester.",
    "form_guide_too_long": "La trame d’entretien ne tient plus sur deux faces : raccourcissez les questions.",
}

#: What a version of a form changes of a question, as the preview says it.
ASPECTS: dict[Aspect, str] = {
    Aspect.PLACE: "passe de « {before} » à « {now} »",
    Aspect.WORDING: "était « {before} »",
    Aspect.HELP: "aide, « {now} » au lieu de « {before} »",
    Aspect.ANSWER_NEW: "réponse en plus, « {now} »",
    Aspect.ANSWER_GONE: "réponse en moins, « {before} »",
    Aspect.ANSWER_WORDING: "réponse « {now} » au lieu de « {before} »",
    Aspect.CONDITION: "posée à d’autres conditions",
    Aspect.REQUIRED: "demandée ou non pour arrêter l’évaluation",
    Aspect.KIND: "autre façon de répondre",
    Aspect.LENGTH: "autre longueur de réponse",
}
#: What moved beside the questions.
AROUND: dict[Around, str] = {
    Around.TITLE: "Titre : {words}",
    Around.ORDER: "Autre ordre : {words}",
    Around.BANNER_NEW: "Avertissement nouveau : {words}",
    Around.BANNER_GONE: "Avertissement retiré : {words}",
    Around.VARIANT: "Forme « {words} » changée",
    Around.STEP_HELP: "Aide de « {words} » changée",
    Around.STEP_STATE: "L’état de « {words} » est demandé, ou ne l’est plus, pour arrêter l’évaluation",
}
#: The same of an aid that comes or goes.
HELP_NEW, HELP_GONE = "aide ajoutée, « {now} »", "aide retirée, « {before} »"
#: How a line of the preview begins.
QUESTION_CHANGES = {
    ChangeKind.NEW: "Question nouvelle",
    ChangeKind.CHANGED: "Question changée",
    ChangeKind.GONE: "Question retirée",
}
SPOKEN_CHANGES = {ChangeKind.NEW: "À dire ou repère, nouveau", ChangeKind.GONE: "À dire ou repère, retiré"}
STEP_CHANGES = {ChangeKind.NEW: "Étape nouvelle", ChangeKind.GONE: "Étape retirée"}


def difference_words(one: Difference) -> str:
    """One thing that a new version changes of a question."""
    words = ASPECTS[one.aspect]
    if one.aspect is Aspect.HELP and not (one.before and one.now):
        words = HELP_NEW if one.now else HELP_GONE
    return words.format(before=one.before, now=one.now)
