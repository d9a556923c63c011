"""Sentences of the interviews: what is to put right, the names of the parts of the note and of its states."""

from spip_desktop.domain import dates
from spip_desktop.domain.interview import InterviewState
from spip_desktop.domain.text import french_spaces


def resumed(starts_at: str) -> str:
    """Of a note opened again: « 09:05 » is when it was begun."""
    begun = dates.said_hour(starts_at)
    return french_spaces(
        f"Vous reprenez la note commencée à {begun}. Un second entretien le même jour : arrêtez d’abord celle-ci."
    )


REFUSALS = {
    "interview_duration": "La durée se compte en minutes, de 1 à {most}.",
    "interview_empty": "La note est vide : écrivez ce qui s’est dit, ou mettez-la à la corbeille.",
    "interview_closed": "Cette note est arrêtée : elle ne change plus. Ajoutez un complément.",
    "interview_of_another": "Cette note est écrite par un autre agent : lui seul la change.",
    "interview_close_first": "Un complément s’ajoute à une note arrêtée. Celle-ci s’écrit encore.",
    "interview_words_missing": "Choisissez d’abord des mots de la note.",
    "interview_no_evaluation": "Aucune évaluation n’est en cours d’écriture : commencez-la, puis choisissez les mots.",
    "spelling_no_word": "Aucun mot à apprendre ici.",
}

STATES = {InterviewState.DRAFT: "Brouillon", InterviewState.CLOSED: "Arrêtée"}
PARTS = {
    "since_last": "Depuis la dernière fois",
    "today": "Aujourd’hui",
    "decisions": "Décisions",
    "next_steps": "Suite",
}
PRESUMED = french_spaces("Personne présumée innocente : les faits ne sont pas abordés.")
HOME_HOURS = french_spaces(
    "Une visite à domicile se fait entre 6 h et 21 h (code de procédure pénale, art. D. 530-5) : heure à vérifier."
)
IN_CUSTODY = "En détention, l’entretien ne doit pas pouvoir être entendu (code pénitentiaire, art. D. 113-24)."
MEANS = "À quoi l’entretien a surtout servi"
EMPTY = "Aucun entretien noté. Ctrl+E commence la note de l’entretien d’aujourd’hui."
PAPER_TITLE = "Note d’entretien"
PAPER_FOOT = french_spaces(
    "Note du service, pour son dossier : elle ne se remet ni à la personne ni à un partenaire ; "
    "elle ne reste pas en cellule."
)
