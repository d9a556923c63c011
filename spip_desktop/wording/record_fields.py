"""What the fields of records are called where two versions of one are put side by side."""

KINDS = {
    "person": "Identité", "partner": "Partenaire", "assignment": "Affectation", "contact": "Contact",
    "address": "Adresse", "identity_document": "Pièce d’identité", "custody": "Écrou",
    "sentence_sheet": "Fiche pénale", "basis": "Saisine ou titre", "measure": "Mesure", "obligation": "Obligation",
    "evaluation": "Évaluation", "explored_field": "Étape d’évaluation", "finding": "Constat", "pacep": "PACEP",
    "board_review": "Passage en commission", "contribution": "Contribution", "prescription": "Fiche de prescription",
    "interview": "Entretien", "breach": "Manquement", "incident": "Incident", "request": "Demande reçue",
    "event": "Fait daté", "todo_outcome": "Suite notée", "retention_hold": "Suspension d’effacement",
    "handover": "Dessaisissement", "issued_document": "Document établi", "appointment": "Rendez-vous",
    "meeting_place": "Lieu de rendez-vous", "preparation": "Préparation à la sortie",
    "obligation_check": "Contrôle d’obligation", "obligation_proof": "Justificatif", "payment": "Versement",
    "payment_plan": "Échéancier", "hours_line": "Horaires", "work_session": "Heures de travail",
    "work_terms": "Modalités du travail", "definition": "Formulaire ou liste", "officer": "Agent",
}  # fmt: skip
OTHER = "Autre élément"

#: By the name of the field, whatever record it is of; one that is not here is « Autre rubrique ».
FIELDS = {
    "birth_name": "Nom de naissance", "first_names": "Prénoms", "birth_date": "Date de naissance", "title": "Intitulé",
    "usual_name": "Nom d’usage", "aliases": "Autres noms", "sex": "Sexe", "birth_place": "Lieu de naissance",
    "birth_country": "Pays de naissance", "nationalities": "Nationalités", "appi_number": "Numéro APPI",
    "marital_status": "Situation familiale", "children_count": "Nombre d’enfants", "phone_state": "Téléphone",
    "phone": "Téléphone", "sms_agreed": "Accord pour les SMS", "email": "Courriel",
    "contact_preference": "Contact préféré", "legal_protection": "Protection juridique", "languages": "Langues",
    "literacy": "Lecture et écriture", "interpreter_needed": "Interprète", "education_level": "Niveau",
    "last_diploma": "Dernier diplôme", "job_status": "Emploi", "experience": "Expériences",
    "driving_licence": "Permis", "mobility": "Mobilité", "digital": "Numérique", "resources": "Ressources",
    "allowances": "Prestations", "bank_account": "Compte bancaire", "france_travail": "France Travail",
    "allowed_to_work": "Autorisation de travailler", "known_mission_locale": "Mission locale",
    "rqth_status": "RQTH", "home_spip": "SPIP du domicile", "prison_spip": "SPIP du lieu de détention",
    "availability": "Disponibilité", "engaged": "Démarches en cours", "name": "Nom", "address": "Adresse",
    "postal_code": "Code postal", "city": "Commune", "note": "Note", "starts": "Début", "ends": "Fin",
    "reference": "Référence", "kind": "Nature", "establishment": "Établissement", "milieu": "Milieu",
    "reason": "Motif", "relation": "Lien", "line": "Adresse", "host_name": "Hébergeant", "proven": "Justifié",
    "state": "État", "number": "Numéro", "issued": "Délivré le", "expires": "Expire le",
    "ecrou_number": "Numéro d’écrou", "penal_category": "Catégorie pénale", "quartier": "Quartier",
    "building": "Bâtiment", "floor": "Étage", "cell": "Cellule", "release_target_on": "Date visée",
    "end_official": "Fin de peine (greffe)", "commission_on": "Commission d’application des peines",
    "label": "Libellé", "authority": "Autorité", "court": "Juridiction", "magistrate": "Magistrat",
    "received_on": "Reçu le", "decided_on": "Décidé le", "decision_on": "Décision du", "notified_on": "Notifiée le",
    "ends_planned": "Fin prévue", "ended_on": "Terminée le", "parquet_number": "Numéro de parquet",
    "offence_label": "Infraction", "probation_months": "Durée (mois)", "hours": "Heures", "status": "État",
    "precision": "Précisions", "next_check": "Prochaine vérification", "interview_on": "Entretien du",
    "no_need_reason": "Pourquoi aucun besoin", "frozen_on": "Arrêtée le", "answers": "Réponse",
    "again_on": "À reprendre le", "said_on": "Dit le", "wording": "Formulation", "evidence": "Ce qui l’appuie",
    "source": "Source", "evolution": "Évolution", "priority": "Priorité", "level": "Niveau d’intervention",
    "strategy": "Stratégie", "next_review": "Prochaine révision", "what_matters": "Ce qui compte",
    "strengths": "Points d’appui", "next_meeting": "Prochain rendez-vous", "gaps": "Ce qui manque, et pourquoi",
    "needs_without_axis": "Besoin sans axe", "need": "Besoin", "indicator": "Ce qui se verra", "due": "Échéance",
    "who": "Qui", "person_does": "Ce que fait la personne", "frequency": "Rythme", "result": "Résultat",
    "submitted_on": "Soumis le", "held_on": "Tenu le", "theme": "Thème", "situation": "Situation",
    "advice": "Avis", "person_view": "Avis de la personne", "issued_on": "Établi le", "author": "Auteur",
    "text": "Texte", "settled_on": "Fixée le", "objective_words": "Objectif, dans les mots de la personne",
    "values": "Rubrique de la fiche", "asks": "Ce qui est demandé", "ticked": "Accords cochés",
    "meeting_on": "Date du rendez-vous", "report_wanted_by": "Bilan souhaité avant le", "ready_on": "Prête le",
    "duration": "Durée (minutes)", "place": "Lieu", "present": "Présents", "since_last": "Depuis la dernière fois",
    "today": "Aujourd’hui", "decisions": "Décisions", "next_steps": "Suites", "closed_on": "Arrêté le",
    "day": "Jour", "where": "Lieu", "bring": "À apporter", "facts": "Faits", "hour": "Heure", "subject": "Objet",
    "protector_name": "Nom du protecteur", "known_mission_locale_where": "Mission locale : laquelle",
    "rqth_until": "RQTH jusqu’au",
    "answer": "Réponse", "comment": "Commentaire", "detail": "Précisions", "to_service": "Service destinataire",
}  # fmt: skip
OTHER_FIELD = "Autre rubrique"
#: The reference list that tells what the code of a field means.
LISTS = {
    "level": "levels", "marital_status": "marital_statuses", "education_level": "education_levels",
    "penal_category": "penal_categories", "evolution": "evolutions", "contact_preference": "contact_preferences",
    "literacy": "literacy", "rqth_status": "rqth_statuses", "legal_protection": "legal_protections",
    "phone_state": "phone_states", "sex": "sexes", "job_status": "job_statuses", "bank_account": "yes_no",
    "france_travail": "yes_no", "allowed_to_work": "yes_no_ongoing", "known_mission_locale": "yes_no_unknown",
}  # fmt: skip

EMPTY, YES, NO = "Rien", "Oui", "Non"
#: Over the text of another station, where both are kept.
FROM_ELSEWHERE = "— Texte de {name}, le {day} —"
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
    "handover_step": "Cette étape ne peut pas suivre la précédente.",
    "handover_step_before": "Cette date est antérieure à l’étape précédente.",
    "handover_open": "Un dessaisissement de ce dossier est déjà en cours.",
    "handover_not_over": "Le dossier est en cours de dessaisissement : rien ne se clôt avant le premier rendez-vous "
    "fixé par le service qui le reçoit.",
    "duplicate_not_merged": "Ces deux dossiers ne sont pas réunis.",
    "duplicate_decided": "Ces deux dossiers ne sont plus proposés : une décision est déjà prise.",
    "duplicate_choice_needed": "Choisissez ce qui reste.",
    "duplicate_in_dispute": "Un conflit est à traiter dans l’un de ces dossiers : traitez-le d’abord.",
}
