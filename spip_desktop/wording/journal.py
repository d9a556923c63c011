"""What is said of the journal: each act in a few French words, each kind of object, each coded reason."""

REFUSALS = {
    "journal_broken": "Le journal ne tient pas : ligne {line} modifiée ou absente. Aucune ligne n’a été retirée ; "
    "prévenez l’assistance.",
    "journal_nothing_old": "Aucune ligne n’a plus de trois ans. Rien n’a été retiré.",
}

#: Every act that the program can write (a test reads them in its source).
ACTS = {
    # Coming in and going out.
    "first_start": "Création du magasin",
    "unlock": "Ouverture du magasin",
    "recovery": "Ouverture par la clé de secours",
    "failed_unlocks": "Phrases de passe refusées",
    "lock": "Verrouillage",
    "idle": "Verrouillage, sans activité",
    "sleep": "Verrouillage, mise en veille",
    "session": "Verrouillage, session fermée",
    "interview": "Verrouillage, fin de l’entretien",
    "twelve_hours": "Verrouillage, douze heures d’ouverture",
    "close": "Fermeture",
    "rescue": "Texte gardé à part, remis à sa place",
    "check": "Magasin vérifié",
    "clock_changed": "Horloge du poste changée",
    "acknowledge_loss": "Perte de lignes du journal constatée",
    "seat": "Place de l’agent gardée",
    "log": "Panne notée",
    "draft": "Texte en cours gardé",
    # Reading.
    "consultation": "Dossier consulté",
    "search": "Recherche de personnes",
    # Writing.
    "modification": "Modification",
    "start_person": "Dossier créé",
    "assign": "Dossier affecté",
    "end_assignment": "Affectation terminée",
    "add_interim": "Intérim ajouté",
    "end_interim": "Intérim terminé",
    "add_address": "Adresse ajoutée",
    "bin_address": "Adresse mise à la corbeille",
    "restore_address": "Adresse reprise de la corbeille",
    "add_contact": "Contact ajouté",
    "bin_contact": "Contact mis à la corbeille",
    "restore_contact": "Contact repris de la corbeille",
    "add_identity_document": "Pièce d’identité ajoutée",
    "bin_identity_document": "Pièce d’identité mise à la corbeille",
    "restore_identity_document": "Pièce d’identité reprise de la corbeille",
    "add_custody": "Écrou ajouté",
    "bin_custody": "Écrou mis à la corbeille",
    "restore_custody": "Écrou repris de la corbeille",
    "add_sentence_sheet": "Fiche pénale ajoutée",
    "bin_sentence_sheet": "Fiche pénale mise à la corbeille",
    "restore_sentence_sheet": "Fiche pénale reprise de la corbeille",
    "add_basis": "Saisine ou titre ajouté",
    "bin_basis": "Saisine ou titre mis à la corbeille",
    "restore_basis": "Saisine ou titre repris de la corbeille",
    "add_measure": "Mesure ajoutée",
    "bin_measure": "Mesure mise à la corbeille",
    "restore_measure": "Mesure reprise de la corbeille",
    "suspend_measure": "Suspension de mesure acceptée",
    "take_back_suspension": "Suspension de mesure reprise",
    "add_obligation": "Obligation ajoutée",
    "bin_obligation": "Obligation mise à la corbeille",
    "restore_obligation": "Obligation reprise de la corbeille",
    # The evaluation.
    "start_evaluation": "Évaluation commencée",
    "adapt_evaluation": "Évaluation adaptée à la situation",
    "review_step": "Étape d’évaluation relue",
    "bin_evaluation": "Évaluation mise à la corbeille",
    "restore_evaluation": "Évaluation reprise de la corbeille",
    "add_finding": "Constat ajouté",
    "bin_finding": "Constat mis à la corbeille",
    "restore_finding": "Constat repris de la corbeille",
    "prioritise_need": "Besoin mis en priorité",
    "move_need": "Besoin déplacé",
    "freeze_evaluation": "Évaluation arrêtée",
    "evaluation_arretee": "Évaluation arrêtée",
    "evaluation_partagee": "Évaluation partagée avec la personne",
    "evaluation_visee": "Évaluation visée",
    "evaluation_retournee": "Évaluation retournée",
    # The plan.
    "start_pacep": "PACEP commencé",
    "new_pacep_version": "Nouvelle version du PACEP",
    "attach_evaluation": "Évaluation rattachée au PACEP",
    "bin_pacep": "PACEP mis à la corbeille",
    "restore_pacep": "PACEP repris de la corbeille",
    "add_axis": "Axe ajouté",
    "add_objective": "Objectif ajouté",
    "add_action": "Action ajoutée",
    "move_part": "Partie du PACEP déplacée",
    "bin_part": "Partie du PACEP mise à la corbeille",
    "restore_part": "Partie du PACEP reprise de la corbeille",
    "tie_finding": "Besoin relié au PACEP",
    "untie_finding": "Besoin délié du PACEP",
    "submit_pacep": "PACEP soumis à la personne",
    "note_agreement": "Accord noté",
    "note_visa": "Visa noté",
    "send_back_pacep": "PACEP renvoyé au CPIP",
    "put_pacep_in_force": "PACEP mis en vigueur",
    "note_progress": "Avancement noté",
    "remove_from_pacep": "Ligne retirée du PACEP",
    "take_back_in_pacep": "Ligne remise dans le PACEP",
    "issue_pacep_copy": "Exemplaire de la personne établi",
    # The sheets.
    "start_prescription": "Fiche commencée",
    "bin_prescription": "Fiche mise à la corbeille",
    "restore_prescription": "Fiche reprise de la corbeille",
    "pass_over_rule": "Condition passée outre",
    "take_back_rule": "Passage outre repris",
    "read_words": "Mots de la fiche relus",
    "make_ready": "Fiche rendue prête",
    "prepare_edition": "Nouvelle édition de la fiche",
    "note_brouillon": "Fiche en brouillon",
    "note_prete": "Fiche prête",
    "note_accord_signe": "Accord signé noté",
    "note_remise": "Fiche remise au partenaire",
    "note_recue": "Fiche reçue par le partenaire",
    "note_rendez_vous_fixe": "Rendez-vous du partenaire noté",
    "note_acceptee": "Fiche acceptée",
    "note_refusee": "Fiche refusée",
    "note_sans_reponse": "Fiche sans réponse",
    "note_en_cours": "Accompagnement en cours",
    "note_bilan_recu": "Bilan reçu",
    "note_close": "Fiche close",
    "note_annulee": "Fiche annulée",
    "note_accord_retire": "Accord retiré",
    "note_partenaire_prevenu": "Partenaire prévenu du retrait",
    # Papers.
    "print": "Impression",
    "print_failed": "Impression qui n’a pas abouti",
    # The directory.
    "add_partner": "Partenaire ajouté",
    "bin_partner": "Partenaire mis à la corbeille",
    "restore_partner": "Partenaire repris de la corbeille",
    "add_service": "Service d’un partenaire ajouté",
    "remove_service": "Service d’un partenaire retiré",
    "remove_contact": "Contact d’un partenaire retiré",
    # Keys and backups.
    "add_officer": "Agent ajouté",
    "change_habilitation": "Habilitation changée",
    "remove_officer": "Agent retiré, clé du magasin changée",
    "give_access": "Nouvelle phrase de passe donnée à un agent",
    "change_passphrase": "Phrase de passe changée",
    "enable_quick_unlock": "Ouverture rapide mise sur ce poste",
    "disable_quick_unlock": "Ouverture rapide retirée de ce poste",
    "renew_recovery_paper": "Nouvelle clé de secours",
    "recovery_paper_confirmed": "Clé de secours recopiée",
    "renew_backups": "Sauvegardes mises sous la nouvelle clé",
    "set_second_backups": "Second support de sauvegarde choisi",
    # Retention.
    "hold_erasure": "Effacement suspendu",
    "lift_hold": "Suspension levée",
    "purge": "Effacement définitif",
    "trim_journal": "Lignes de plus de trois ans retirées",
}

KINDS = {
    "": "Magasin",
    "store": "Magasin",
    "journal": "Journal",
    "draft": "Texte en cours",
    "keys": "Clés",
    "officer": "Agent",
    "service": "Service",
    "interim": "Intérim",
    "assignment": "Affectation",
    "person": "Dossier",
    "erasure": "Effacement",
    "address": "Adresse",
    "contact": "Contact",
    "identity_document": "Pièce d’identité",
    "custody": "Écrou",
    "sentence_sheet": "Fiche pénale",
    "basis": "Saisine ou titre",
    "measure": "Mesure",
    "obligation": "Obligation",
    "evaluation": "Évaluation",
    "pacep": "PACEP",
    "prescription": "Fiche de prescription",
    "partner": "Partenaire",
}

#: The coded reasons for opening a colleague's dossier, as a line says them.
ACCESS = {
    "permanence": "Permanence",
    "remplacement": "Remplacement",
    "urgence_signalee": "Urgence signalée",
    "demande_du_magistrat": "Demande du magistrat",
    "appel_entrant": "Appel entrant",
    "autre": "Autre motif",
}

#: What the journal had lost when it was acknowledged.
LOSSES = {
    "anchor_missing_entries": "Lignes absentes",
    "anchor_rewritten": "Lignes réécrites",
    "anchor_foreign": "Ancre d’un autre magasin",
    "anchor_altered": "Ancre modifiée",
    "anchor_absent": "Ancre absente",
}

#: What the program itself writes as a reason.
SAID_BY_THE_PROGRAM = {
    "projet": "Projet",
    "fin de l’intérim": "Fin de l’intérim",
    "nom": "Par le nom",
    "numéro ou date": "Par un numéro ou une date",
    "imprimante indisponible": "Imprimante indisponible",
    "interrompue": "Interrompue par le verrouillage",
    "délai dépassé": "Le serveur d’impression n’a pas répondu",
    "dossier temporaire sur disque": "Dossier temporaire sur disque",
    "copie possible acceptée": "Copie possible acceptée",
    "nom, numéro ou date": "Par le nom, un numéro ou une date",
    "projet, copie possible acceptée": "Projet, copie possible acceptée",
}
WRITTEN_WORDS = "motif écrit"
PRINT_FAILED = "Panne de l’impression"


def act(code: str) -> str:
    """The act in French; one that no version of the program knows any more is called so."""
    return ACTS.get(code, "Acte d’une autre version du programme")


def kind(code: str) -> str:
    return KINDS.get(code, "Objet d’une autre version du programme")
