"""Words of « Le dossier en un PDF » and of « Préparer la réponse à une demande d’accès »."""

from spip_desktop.domain.carrying import Answer as Carried
from spip_desktop.domain.contribution import HowGiven
from spip_desktop.domain.evaluation import SaidHow
from spip_desktop.domain.held import Authority
from spip_desktop.domain.hours import HoursStep
from spip_desktop.domain.text import NBSP
from spip_desktop.domain.todo import Answer
from spip_desktop.wording.carrying import SYSTEMS
from spip_desktop.wording.commission import BOARDS
from spip_desktop.wording.timeline import OUTCOMES

REFUSALS = {
    "purpose_needed": "Écrivez pourquoi : le motif est inscrit au journal.",
    "section_needed": "Choisissez au moins une partie du dossier.",
    "answer_prepared": "Cette réponse est établie : elle ne change plus.",
    "answer_addressee_needed": "Écrivez à quelle autorité la réponse est adressée.",
    "answer_received_in_future": "Cette date est à venir.",
    "answer_unread": "Relisez d’abord chaque texte : cochez « J’ai relu chaque texte ».",
}
#: The parts of « Le dossier en un PDF », in their order.
SECTIONS = {
    "situation": "Situation civile",
    "penal": "Situation pénale",
    "obligations": "Obligations",
    "suivi": "Rendez-vous, entretiens et demandes",
    "evaluation": "Évaluations et commissions",
    "pacep": "PACEP",
    "prescriptions": "Prescriptions",
    "incidents": "Manquements et incidents",
    "chronologie": "Faits datés et suivi du dossier",
    "documents": "Documents établis",
}
DOSSIER_TITLE = "Dossier de suivi"
ANSWER_TITLE = "Réponse à une demande d’accès"
CONTENTS = {
    "without_sensitive": "Sans données sensibles",
    "complete": "Complet",
}
AUTHORITIES = {
    Authority.PROSECUTOR: "Procureur de la République (données d’APPI)",
    Authority.PRISON_HEAD: "Chef d’établissement (données de GENESIS)",
}
#: By what article that authority answers.
GROUNDS = {
    Authority.PROSECUTOR: f"code pénitentiaire, art.{NBSP}R.{NBSP}113-55",
    Authority.PRISON_HEAD: f"code pénitentiaire, art.{NBSP}R.{NBSP}240-7",
}
NEVER_HANDED = (
    f"Projet de réponse adressé à l’autorité{NBSP}: le CPIP ne le remet pas à la personne. L’autorité décide de ce "
    "qu’elle communique."
)
#: Lists of codes, by the record and its field.
LISTS = {
    ("person", "title"): "titles", ("contact", "kind"): "contact_kinds", ("address", "kind"): "address_kinds",
    ("identity_document", "kind"): "identity_documents", ("identity_document", "state"): "identity_document_states",
    ("preparation", "state"): "preparation_states", ("assignment", "reason"): "assignment_reasons",
    ("assignment", "milieu"): "milieux", ("measure", "milieu"): "milieux", ("appointment", "milieu"): "milieux",
    ("evaluation", "milieu"): "milieux", ("custody", "title_type"): "title_types",
    ("basis", "title_type"): "title_types",
    ("custody", "quartier"): "quartiers", ("custody", "end_reason"): "custody_end_reasons",
    ("sentence_sheet.lines", "state"): "sentence_line_states", ("basis", "kind"): "basis_kinds",
    ("basis", "authority"): "authorities", ("measure", "kind"): "measures",
    ("measure", "end_reason"): "measure_end_reasons", ("measure", "recidivism"): "recidivism",
    ("measure", "stage_kind"): "stage_kinds", ("measure", "status"): "measure_statuses",
    ("obligation", "code"): "obligations", ("obligation", "status"): "obligation_statuses",
    ("obligation_check", "result"): "check_results", ("obligation_proof", "kind"): "proof_kinds",
    ("payment_plan", "set_by"): "payment_deciders", ("work_terms", "authority"): "hours_authorities",
    ("hours_line", "authority"): "hours_authorities", ("appointment", "kind"): "appointment_types",
    ("appointment", "where"): "appointment_places", ("evaluation", "kind"): "evaluation_kinds",
    ("explored_field", "state"): "field_states", ("finding", "kind"): "finding_kinds",
    ("finding", "source"): "finding_sources", ("interview", "kind"): "interview_kinds",
    ("interview", "place"): "interview_places", ("interview", "means"): "prevention_means",
    ("board_review.members", "profession"): "professions", ("contribution", "profession"): "professions",
    ("contribution", "activity"): "health_activities", ("contribution", "opinion"): "health_opinions",
    ("pacep.axes.objectives", "family"): "need_families", ("pacep.axes.objectives", "state"): "objective_states",
    ("pacep.axes.objectives.actions", "mode"): "action_modes",
    ("pacep.axes.objectives.actions", "kind"): "action_kinds",
    ("pacep.axes.objectives.actions", "state"): "action_states", ("prescription", "channel"): "channels",
    ("prescription", "amendment_reason"): "amendment_reasons", ("incident", "kind"): "incident_kinds",
    ("board_review", "theme"): "cpu_themes", ("evaluation", "reason"): "new_version_reasons",
    ("pacep", "version_reason"): "new_version_reasons",
    ("retention_hold", "reason"): "hold_reasons", ("handover", "reason"): "handover_reasons",
    ("request", "asker"): "request_askers", ("request", "channel"): "request_channels",
    ("request", "answer_how"): "request_channels", ("event", "detail.outcome"): "appointment_outcomes",
    ("event", "detail.decision"): "breach_decisions", ("event", "detail.recipient"): "breach_recipients",
    ("todo_outcome", "recipient"): "breach_recipients",
    ("event", "detail.channel"): "channels",
}  # fmt: skip
#: Codes that are in no list.
CODES: dict[tuple[str, str], dict[str, str]] = {
    ("board_review", "board"): {code.value: said for code, said in BOARDS.items()},
    ("contribution", "how"): {HowGiven.ENTERED: "Saisie par l’intervenant", HowGiven.REPORTED: "Rapportée par le CPIP"},
    ("explored_field", "said_how"): {
        SaidHow.SCREEN: "À l’écran", SaidHow.PAPER: "Sur papier", SaidHow.ALOUD: "À voix haute",
    },
    ("hours_line", "step"): {HoursStep.ASKED: "Demande", HoursStep.GRANTED: "Accord", HoursStep.REFUSED: "Refus"},
    ("todo_outcome", "answer"): {one.value: OUTCOMES[one] for one in Answer},
    ("carried", "system"): {code.value: said for code, said in SYSTEMS.items()},
    ("carried", "answer"): {
        Carried.CARRIED: "Reporté",
        Carried.SET_ASIDE: "Pas à reporter",
        Carried.WITHDRAWN: "Retiré",
    },
    ("access_answer", "authority"): {one.value: said for one, said in AUTHORITIES.items()},
    ("event", "detail.answer"): {
        "yes": "oui", "partial": "en partie", "no": "non", "refused_to_sign": "refus de signer",
        "to_collect": "à recueillir", "could_not_answer": "n’a pas pu répondre",
    },
}  # fmt: skip
#: What a field is called here, where it has no name of its own elsewhere.
NAMES = {
    ("prescription.overrides", "on"): "Le", ("appointment", "lasts"): "Durée", ("work_session", "pause"): "Pause",
    ("work_session", "minutes"): "Durée", ("work_terms", "job_minutes"): "Heures de travail",
    ("payment", "cents"): "Montant", ("payment_plan", "monthly_cents"): "Mensualité",
    ("payment_plan", "total_cents"): "Total", ("access_answer", "addressee"): "Adressée à",
    ("access_answer", "prepared_on"): "Réponse établie le", ("explored_field.marks", "kind"): "Marque",
}  # fmt: skip
#: What a record inside another is called.
INSIDE = {
    "axes": "Axe", "objectives": "Objectif", "actions": "Action", "lines": "Peine", "members": "Membre",
    "decisions": "Décision", "suspensions": "Suspension", "overrides": "Condition passée outre", "sealed": "Pli",
}  # fmt: skip
#: What is noted with a dated fact.
DETAILS = {
    "how": "Comment", "who": "Qui", "to": "Destinataire", "recipient": "Destinataire", "signed_by": "Signé par",
    "said_by": "Dit par", "source": "Source", "label": "Libellé", "name": "Nom", "reference": "Référence",
    "hour": "Heure", "until": "Jusqu’au", "again_on": "À réexaminer le", "next_review": "Prochaine révision",
    "outcome": "Issue", "answer": "Réponse", "decision": "Décision", "seriousness": "Gravité", "channel": "Voie",
    "state": "État", "cause": "Cause", "read_aloud": "Lue à voix haute",
}  # fmt: skip
#: Numbers of other records inside the details of a fact: they say nothing to a reader.
LINKS = frozenset({"letter", "by", "corrects", "lineage", "replaced_by", "accepted", "list"})
