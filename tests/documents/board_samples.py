"""The shortest and the longest papers of the commissions, with invented words."""

from dataclasses import replace

from spip_desktop.domain.board_paper import CpiSynthesis, CpuAdvice, Lines

_WORDS = (
    "Huit mois tenus comme commis de cuisine avant l’écrou ; présent à chaque entretien, sans incident au B2. "
    "Sa mère vient chaque semaine. "
)

ADVICE_SHORTEST = CpuAdvice(
    person="Loïc PERRIN",
    held="date à noter",
    custody="",
    theme="à choisir",
    service="SPIP, antenne de Valbrune",
    prepared_by="Claire Vasseur",
    known=("Évaluation non commencée", "PACEP non commencé"),
    situation="",
    advice="À écrire.",
    person_view="",
    informed="à noter",
)
ADVICE_LONGEST = replace(
    ADVICE_SHORTEST,
    person="Nguyễn Văn ĐỨC, né le 14/03/2004",
    held="mardi 1er décembre 2026",
    custody="MA de Valbrune, écrou 12345",
    theme="Dangerosité, vulnérabilité",
    known=(
        "Évaluation initiale (n°\u00a01) arrêtée le 20/11/2026\u00a0; évaluation annuelle commencée le 22/11/2026, "
        "non arrêtée",
        "PACEP\u00a0: version 1 en vigueur, version 2 en préparation",
    ),
    situation=_WORDS * 3,
    advice=_WORDS * 5,
    person_view="« Je préfère bouger que rester en cellule. »",
    informed="oui",
    presumed_innocent=True,
)
#: More than half a page.
ADVICE_OVER = replace(ADVICE_LONGEST, advice=_WORDS * 16)

SYNTHESIS_SHORTEST = CpiSynthesis(
    person="Loïc PERRIN",
    held="vendredi 20 novembre 2026",
    frame="",
    theme="Sortie",
    chair="Hélène Marchand",
    members=("Hélène Marchand, DPIP",),
    service="SPIP, antenne de Valbrune",
    prepared_by="Claire Vasseur",
    version=1,
    known=("Évaluation non commencée", "PACEP non commencé"),
    situation="",
    analysis=(),
    voices=(),
    person_view="",
    advice="Suivi à resserrer.",
    decisions=(),
    informed="non, à faire",
)
_REPORTED = "Dite le 12/11/2026, rapportée par Claire Vasseur, relue par Mme Roux le 15/11/2026."
SYNTHESIS_LONGEST = replace(
    SYNTHESIS_SHORTEST,
    person="Nguyễn Văn ĐỨC, né le 14/03/2004",
    frame="Condamné, 1 an 2 mois",
    theme="Préparer la sortie et l’emploi",
    members=("Hélène Marchand, DPIP", "Claire Vasseur, CPIP", "Anne Roux, Psychologue", "Éducateur(trice)"),
    version=2,
    situation=_WORDS * 4,
    analysis=(
        Lines("Besoins à travailler", ("Retrouver un emploi stable\u00a0: sans revenu depuis un an",)),
        Lines("Facteurs de risque dynamiques", ("Oisiveté", "Entourage qui l’entraîne")),
        Lines("Facteurs de protection", ("Mère très présente", "Huit mois d’emploi tenus")),
        Lines("Indices de réceptivité", ("Parle de changer avec ses mots",)),
    ),
    voices=(
        ("Psychologue, Anne Roux", f"{_WORDS * 2}\n{_REPORTED}"),
        ("Chef de détention, M. Rivière", f"{_WORDS}\n{_REPORTED}"),
        ("Unité sanitaire", "Sport\u00a0: compatible\nDite le 12/11/2026, rapportée par Claire Vasseur."),
    ),
    person_view="« Je veux un patron qui me laisse ma chance. »",
    advice=_WORDS * 3,
    decisions=(
        ("Adresser la fiche à la mission locale", "Claire Vasseur", "22/12/2026"),
        ("Voir la mère au parloir famille", "Samia Brun", "12/12/2026"),
    ),
    informed="oui",
)
#: More than two pages: the decisions and what is retained come third.
SYNTHESIS_OVER = replace(SYNTHESIS_LONGEST, situation=_WORDS * 55)
