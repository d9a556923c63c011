"""What the fields of records are called where two versions of one are put side by side."""

KINDS = {
    "person": "Identité", "partner": "Partenaire", "assignment": "Affectation", "contact": "Contact",
    "address": "Adresse", "identity_document": "Pièce d’identité", "custody": "Écrou",
    "sentence_sheet": "Fiche pénale", "basis": "Saisine ou titre", "measure": "Mesure", "obligation": "Obligation",
    "evaluation": "Évaluation", "explored_field": "Étape d’évaluation", "finding": "Constat", "pacep": "PACEP",
    "board_review": "Passage en commission", "contribution": "Contribution", "prescription": "Fiche de prescription",
    "interview": "Entretien", "breach": "Manquement", "incident": "Incident", "request": "Demande reçue",
    "event": "Fait daté", "todo_outcome": "Suite notée", "carried": "Report noté",
    "retention_hold": "Suspension d’effacement",
    "handover": "Dessaisissement", "issued_document": "Document établi", "appointment": "Rendez-vous",
    "meeting_place": "Lieu de rendez-vous", "preparation": "Préparation à la sortie",
    "obligation_check": "Vérification d’une obligation", "obligation_proof": "Justificatif", "payment": "Versement",
    "payment_plan": "Échéancier", "hours_line": "Horaires", "work_session": "Heures de travail",
    "work_terms": "Modalités du travail", "definition": "Formulaire ou liste",
    "officer": "Agent", "piece": "Suite d’un contenu long",
}  # fmt: skip
OTHER = "Autre élément"

OTHER_FIELD = "Autre rubrique"
#: The reference list that tells what the code of a field means.
LISTS = {
    "level": "levels", "marital_status": "marital_statuses", "education_level": "education_levels",
    "penal_category": "penal_categories", "evolution": "evolutions", "contact_preference": "contact_preferences",
    "literacy": "literacy", "rqth_status": "rqth_statuses", "legal_protection": "legal_protections",
    "phone_state": "phone_states", "sex": "sexes", "job_status": "job_statuses", "bank_account": "yes_no",
    "france_travail": "yes_no", "allowed_to_work": "yes_no_ongoing", "known_mission_locale": "yes_no_unknown",
}  # fmt: skip

#: Texts that may run over several lines: two of them are kept one under the other.
TEXTS = frozenset({
    "mobility", "digital", "resources", "allowances", "availability", "engaged", "note", "precision", "reason",
    "no_need_reason", "answers", "wording", "evidence", "strategy", "strengths", "next_meeting", "gaps",
    "needs_without_axis", "indicator", "person_does", "result", "situation", "advice", "person_view", "text",
    "objective_words", "since_last", "today", "decisions", "next_steps", "bring", "facts", "answer", "comment",
    "detail", "version_reason", "level_reason", "priority_reason", "explanation", "languages",
})  # fmt: skip
#: Words of one line: two of them are kept one beside the other.
LINES = frozenset({
    "line", "host_name", "name", "relation", "place", "present", "who", "subject", "theme", "source", "title", "label",
    "driving_licence", "last_diploma", "home_spip", "prison_spip", "protector_name", "known_mission_locale_where",
})  # fmt: skip

EMPTY, YES, NO = "Rien", "Oui", "Non"
#: Over the text of another station, where both are kept.
FROM_ELSEWHERE = "— Texte de {name}, le {day} —"
BESIDE = "{mine} ; ailleurs : {theirs}"
#: What the officer is asked, by why the program did not decide.
QUESTIONS = {
    "same_field": "La même rubrique a été modifiée ici et ailleurs. Choisissez ce qui reste ; l’autre version est "
    "gardée dans l’historique.",
    "frozen": "Ce document est arrêté : il ne change plus. Ce qui a été écrit ailleurs entre-temps n’y entre pas ; "
    "vous pouvez le relire ici et le reprendre dans une nouvelle version.",
}
REFUSALS = {
    "conflict_settled": "Ce conflit est déjà réglé.",
    "conflict_choice_needed": "Choisissez ce qui reste pour chaque rubrique.",
    "both_unreadable": "Ces deux valeurs ne peuvent pas être gardées ensemble : choisissez l’une des deux.",
    "one_dossier_needed": "Choisissez le dossier à transmettre.",
    "duplicate_not_merged": "Ces deux dossiers ne sont pas réunis.",
    "duplicate_decided": "Ces deux dossiers ne sont plus proposés : une décision est déjà prise.",
    "duplicate_choice_needed": "Choisissez ce qui reste.",
    "duplicate_in_dispute": "Un conflit est à traiter dans l’un de ces dossiers : traitez-le d’abord.",
}
