"""Words of the dessaisissement: a dossier that goes to another service."""

from spip_desktop.domain.event import Event
from spip_desktop.domain.handover import MISTAKEN_STEP, Step, left_before_closing
from spip_desktop.domain.text import NBSP, french_spaces

REFUSALS = {
    "handover_step": "Cette étape ne peut pas suivre la précédente.",
    "handover_step_before": "Cette date est antérieure à l’étape précédente.",
    "handover_open": "Un dessaisissement de ce dossier est déjà en cours.",
    "handover_kept": "Seul l’agent qui a noté cette étape peut l’annuler, le jour même.",
    "handover_ended": "Le suivi est déjà terminé ici : cette étape ne s’annule plus.",
    "handover_measure_closed": "La mesure « {name} » a été close depuis cette étape : rouvrez-la d’abord dans "
    "« Situation », l’étape s’annule ensuite.",
    "handover_papers": "{limit} papiers au plus : les autres se disent dans le mot d’accompagnement.",
    "handover_not_over": "Dossier en cours de dessaisissement vers {service} : rien ne se clôt avant le premier "
    "rendez-vous. Il manque : {missing}.",
}
TITLE, LIAISON = "Dessaisissement", "Fiche de liaison"
#: The steps as the page names them, and in the middle of a sentence.
STEPS = {
    Step.PROPOSED: "Proposé",
    Step.ACCEPTED: "Accepté",
    Step.RECEIVED: "Reçu",
    Step.MET: "Premier rendez-vous fixé",
    Step.REFUSED: "Refusé",
    Step.WITHDRAWN: "Retiré",
    Step.TAKEN_BACK: "Étape annulée",
}
#: What the list and the strip say while it waits: by the service that hands over, by the one that takes.
WAITS = {
    Step.PROPOSED: ("sans réponse", "à répondre"),
    Step.ACCEPTED: ("accepté, à remettre", "accepté, à recevoir"),
    Step.RECEIVED: ("rendez-vous attendu", "rendez-vous à fixer"),
}
NOT_AN_ASSIGNMENT = french_spaces(
    "Un dessaisissement confie le dossier à un autre service. Pour un collègue du même service, c’est une "
    "affectation : le dossier reste ici."
)
EMPTY = "Ce dossier n’est proposé à aucun autre service."
EMPTY_ADVICE = french_spaces(
    "Changement de domicile, écrou, sortie, décision du magistrat : proposez-le au service qui prendra la suite. Tant "
    "qu’il n’a pas fixé le premier rendez-vous, la personne reste suivie ici et rien ne se clôt."
)
UNSEALED = french_spaces(
    "Un papier sous secret n’est pas ici : nommez-le ci-dessous, jamais son contenu. Il part sous pli fermé, à part."
)


#: What the primary button says at each step, by the service that hands over, by the one that takes.
ACTS = {
    Step.PROPOSED: ("Noter la réponse", "Répondre à la proposition"),
    Step.ACCEPTED: ("Noter la réception", "Noter la réception"),
    Step.RECEIVED: ("Noter le premier rendez-vous", "Noter le premier rendez-vous"),
}
PROPOSE = "Proposer un dessaisissement"
#: « Avant de clore », once nothing is missing any more.
MAY_CLOSE = french_spaces("Toutes les étapes sont notées : vous pouvez terminer le suivi et clore la mesure.")
CLOSED_HERE = "Le suivi est terminé ici."
KEPT_HERE = "Le dossier reste à votre service."
TAKEN_HERE = french_spaces("Le dossier est suivi ici. Renvoyez un paquet : l’autre service peut alors clore.")
WAIT_TO_CLOSE = french_spaces(
    "Rien ne se clôt avant le premier rendez-vous, ni le suivi ni la mesure. Il manque : {missing}."
)
TAKE_NEXT = {
    Step.PROPOSED: "Répondez, puis renvoyez un paquet à l’autre service.",
    Step.ACCEPTED: "Dossier, papiers et plis reçus : notez-le. L’affectation à un agent se fait dans « Situation ».",
    Step.RECEIVED: "Convoquez la personne, puis notez le jour : l’autre service attend cette étape pour clore.",
}


def event_words(event: Event) -> str:
    """« accepté », « « accepté » noté par erreur »: in the middle of a sentence."""
    if event.code != Step.TAKEN_BACK:
        return STEPS[Step(event.code)].lower()
    return f"«{NBSP}{STEPS[Step(event.detail[MISTAKEN_STEP])].lower()}{NBSP}» noté par erreur"


def take_back(step: Step) -> str:
    """What the link says that takes a step back."""
    return f"Annuler «{NBSP}{STEPS[step].lower()}{NBSP}», noté par erreur"


def steps_left(step: Step) -> str:
    """« accepté », « reçu » et « premier rendez-vous fixé »: what is still to be noted before closing."""
    named = [f"«{NBSP}{STEPS[one].lower()}{NBSP}»" for one in left_before_closing(step)]
    return " et ".join([", ".join(named[:-1]), named[-1]]) if len(named) > 1 else "".join(named)


def waits(step: Step, *, taking: bool) -> str:
    """In two words, what the handover waits for."""
    return WAITS[step][taking] if step in WAITS else STEPS[step].lower()
