"""Sentences of « Demandes reçues »."""

REFUSALS = {
    "request_answered_before": "Cette date est avant la demande, reçue le {day}.",
    "request_of_another": "Cette demande est pour un autre agent.",
}
TITLE = "Demandes reçues"
WAITING, DONE = "En attente", "Répondues"
EMPTY_WAITING = "Aucune demande en attente."
EMPTY_DONE = "Aucune réponse notée."
ADVICE = "Une demande se note en haut de la page, au clavier : qui, pour qui, quoi, puis Entrée."
