"""Invented values for « Fiche de liaison »: an ordinary one, and the longest that may be written."""

from spip_desktop.domain.handover_paper import Liaison, LiaisonFact, part

USUAL = Liaison(
    person="Monsieur Loïc PERRIN",
    born="né le 14/03/2004",
    head=(
        LiaisonFact("De", ("SPIP, antenne de Valbrune", "Claire Vasseur, CPIP", "05 36 49 12 07")),
        LiaisonFact("Vers", ("SPIP, antenne de Falaise",)),
        LiaisonFact("Motif", ("Changement de domicile",)),
        LiaisonFact("Étapes", ("Proposé le 16/11/2026, accepté le 19/11/2026",)),
    ),
    parts=(
        *part(
            "Ce qui est urgent",
            [
                LiaisonFact("À savoir d’abord", ("Sans hébergement à la sortie.",), whole=True),
                LiaisonFact("À traiter", ("En retard, 13/11/2026\u00a0: SIAO du Val d’Orsanne sans réponse",)),
            ],
        ),
        *part("La mesure et les dates", [LiaisonFact("Mesure", ("Sursis probatoire, du 02/07/2026 au 02/07/2028",))]),
        *part("Le suivi", [LiaisonFact("Niveau de suivi", ("Régulier, choisi avec le PACEP version 1",))]),
        *part(
            "Papiers transmis",
            [
                LiaisonFact("Dans le paquet chiffré", ("PACEP, version 1, à signer, 03/04/2026",)),
                LiaisonFact("Sous pli fermé", ("Expertise psychiatrique, pour le docteur Roy",), whole=True),
            ],
        ),
    ),
    given_by="Remis par SPIP, antenne de Valbrune, Claire Vasseur. Date, signature\u00a0:",
    taken_by="Reçu par SPIP, antenne de Falaise. Date, signature\u00a0:",
)
_LONG = "Marie-Antoinette-Bernadette de La Rochefoucauld-Montmorency d’Aubigné de Saint-Germain-des-Prés-sur-Orsanne "
_LINE = (_LONG + "et suite")[:120].strip()
_PAPERS = tuple(f"{number}. {_LINE}"[:80] for number in range(1, 9))
_MANY = tuple(f"{number}. {_LINE}" for number in range(1, 21))
#: Every name and every list as long as the program lets them be; what is named whole stays whole.
LONGEST = Liaison(
    person=f"Madame {_LONG.upper()}",
    born="née le 29/02/1968",
    head=(
        LiaisonFact("De", (_LINE, _LINE)),
        LiaisonFact("Vers", (f"{_LINE}, {_LINE}",)),
        LiaisonFact("Motif", (_LINE,)),
    ),
    parts=(
        *part(
            "Ce qui est urgent",
            [LiaisonFact("À savoir d’abord", (_LONG * 9,), whole=True), LiaisonFact("À traiter", _MANY)],
        ),
        *part("La personne", [LiaisonFact("Joindre", _MANY[:2]), LiaisonFact("Adresse", _MANY[:4])]),
        *part("La mesure et les dates", [LiaisonFact("Mesures", _MANY[:4]), LiaisonFact("Dates", _MANY[:6])]),
        *part("Les obligations, où elles en sont", [LiaisonFact("Obligations", _MANY)]),
        *part("Le suivi", [LiaisonFact("Objectifs", _MANY), LiaisonFact("Actions ouvertes", _MANY)]),
        *part("Partenaires en cours", [LiaisonFact("Fiches", tuple(one * 2 for one in _MANY))]),
        *part(
            "Papiers transmis",
            [
                LiaisonFact("Dans le paquet chiffré", _MANY),
                LiaisonFact("Remis sur papier", _PAPERS, whole=True),
                LiaisonFact("Sous pli fermé", tuple(f"{one}, pour {_LINE[:80]}" for one in _PAPERS[:6]), whole=True),
            ],
        ),
    ),
    given_by=f"Remis par {_LINE}. Date, signature\u00a0:",
    taken_by=f"Reçu par {_LINE}, {_LINE}. Date, signature\u00a0:",
)
