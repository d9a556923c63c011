"""Where a text stands in a dossier, as the results of « Chercher dans ce dossier » say it."""

from spip_desktop.wording.interview import PARTS

#: The texts of each record: field → what is said of it.
PERSON = {
    "birth_name": "Nom de naissance",
    "usual_name": "Nom d’usage",
    "first_names": "Prénoms",
    "aliases": "Alias",
    "birth_place": "Lieu de naissance",
    "birth_country": "Pays de naissance",
    "nationalities": "Nationalités",
    "appi_number": "Numéro APPI",
    "phone": "Numéro de téléphone",
    "email": "Courriel",
    "protector_name": "Nom du protecteur",
    "languages": "Langues parlées",
    "resources": "Ressources et charges",
    "allowances": "Prestations",
    "last_diploma": "Dernier diplôme",
    "experience": "Expériences",
    "known_mission_locale_where": "Mission locale connue",
    "driving_licence": "Permis",
    "mobility": "Mobilité",
    "digital": "Usage du numérique",
    "home_spip": "SPIP du domicile",
    "prison_spip": "SPIP de la détention",
    "availability": "Disponibilité",
    "engaged": "Déjà engagé",
    "duplicate_reason": "Pourquoi deux dossiers",
}
ADDRESS = ("host_name", "line", "complement", "postal_code", "city")
DOCUMENT = ("number",)
PREPARATION = ("place", "result")
CONTACT = ("name", "relation", "phone", "email", "address", "note")
CUSTODY = ("establishment", "ecrou_number", "first_ecrou_number", "quartier", "building", "floor", "cell")
SENTENCE_LINE = ("label", "regime", "note")
BASIS = ("court", "magistrate", "reference")
MEASURE = ("offence_label", "parquet_number", "service_in_charge")
OBLIGATION = ("precision", "imposed_by", "check_rhythm")
#: The registers of the obligations: what is typed in each.
REGISTERS = {
    "obligation_check": ("note",),
    "obligation_proof": ("note",),
    "payment_plan": ("note",),
    "payment": ("note",),
    "work_session": ("host", "note"),
    "work_terms": ("host", "works", "hours", "note"),
    "hours_line": ("note",),
}
EVALUATION = {"reason": "motif", "no_need_reason": "pourquoi aucun besoin"}
CONFIDENCE = "Confidence"
INTERVIEW = {name: said.lower() for name, said in PARTS.items()} | {"present": "personnes présentes"}
OUTCOME = "À traiter, suite"
CARRIED = "À reporter"
FINDING = ("wording", "evidence", "priority_reason")
CONTRIBUTION = ("author", "text", "read_by")
APPOINTMENT = {
    "place_detail": "lieu",
    "bring": "à apporter",
    "late_reason": "pourquoi après le délai",
}
BOARD_REVIEW = {
    "theme": "objet",
    "chair": "présidence",
    "situation": "situation",
    "person_view": "ce qu’en dit la personne",
    "advice": "avis",
}
BOARD_MEMBER = ("name",)
BOARD_DECISION = ("label", "who")
PACEP = {
    "no_evaluation_reason": "pourquoi sans évaluation",
    "version_reason": "motif de la version",
    "level_reason": "motif du niveau",
    "strategy": "stratégie",
    "what_matters": "ce qui compte pour la personne",
    "strengths": "points d’appui",
    "next_meeting": "prochain rendez-vous",
}
AXIS = ("title", "need")
OBJECTIVE = ("wording", "indicator")
ACTION = ("label", "who", "person_does", "frequency", "result")
PRESCRIPTION = {
    "objective_words": "objectif",
    "near_employment_reason": "proximité de l’emploi",
    "meeting_place": "lieu du rendez-vous",
    "amendment_comment": "motif de la nouvelle version",
    "sheet_number": "numéro",
}

INCIDENT = ("line",)
BREACH = ("facts",)
REQUEST = ("subject", "contact", "answer")
HANDOVER = ("from_service", "to_service", "to_officer", "note", "papers")
SEALED_PAPER = ("title", "addressee")

SECTIONS = {
    "addresses": "Adresse",
    "documents": "Pièce d’identité",
    "preparations": "Préparation à l’emploi",
    "contacts": "Contact",
    "custodies": "Écrou",
    "sheets": "Fiche pénale",
    "bases": "Saisine ou titre",
    "measures": "Mesure",
    "suspensions": "Suspension de mesure",
    "obligations": "Obligation",
}
#: What an officer types in a dated fact besides its comment; all else there is codes, days and numbers.
EVENT_WORDS = ("who", "to", "recipient", "signed_by", "said_by", "source", "label", "name", "reference")
EVENTS = {
    "appointment": ("Rendez-vous, fait daté", "person.appointments"),
    "board_review": ("Commission, fait daté", "person.commissions"),
    "arrival": ("Arrivants, rencontre", "person.commissions"),
    "pep": ("Parcours d’exécution de peine", "person.commissions"),
    "evaluation": ("Évaluation, fait daté", "person.evaluation"),
    "interview": ("Entretien, complément", "person.interviews"),
    "pacep": ("PACEP, fait daté", "person.pacep"),
    "prescription": ("Fiche, fait daté", "person.prescriptions"),
    "incident": ("Incident, ligne", "person.incidents"),
    "breach": ("Manquement, ligne", "person.incidents"),
    "handover": ("Dessaisissement, étape", "person.handover"),
}
