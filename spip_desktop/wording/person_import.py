"""Sentences of the list taken up on the first day."""

from collections.abc import Sequence
from datetime import datetime

from spip_desktop.domain import dates
from spip_desktop.domain.person_sheet import ListPreview
from spip_desktop.domain.text import NBSP

TITLE = "Reprendre une liste"
HOW = (
    "Une ligne par personne ; la première ligne porte les titres. Plusieurs lignes d’une même personne, de mêmes noms "
    "et de même naissance, font un dossier à plusieurs mesures. Un dossier qui existe n’est jamais modifié. Les lignes "
    "qui ne peuvent pas être reprises sont montrées avec leur motif."
)
COLUMNS = {
    "birth_name": "Nom de naissance",
    "first_names": "Prénoms",
    "usual_name": "Nom d’usage",
    "birth_date": "Date de naissance",
    "appi_number": "Numéro APPI",
    "custody.ecrou_number": "Numéro d’écrou",
    "custody.starts": "Date d’écrou",
    "custody.establishment": "Établissement",
    "custody.building": "Bâtiment",
    "custody.floor": "Étage",
    "custody.cell": "Cellule",
    "custody.penal_category": "Catégorie pénale",
    "sheet.end_official": "Fin de peine",
    "sheet.as_of": "Date de la fiche pénale",
    "basis.received_on": "Date de saisine",
    "basis.court": "Juridiction",
    "measure.kind": "Mesure",
    "measure.starts": "Début de la mesure",
    "measure.ends_planned": "Fin prévue de la mesure",
}
REFUSALS = {
    "name_columns_needed": "Dites quelles colonnes donnent le nom de naissance et les prénoms.",
    "birth_needed": "Dites quelle colonne donne la date de naissance.",
}
#: Why a row is not taken.
REASONS = {
    "required": "valeur absente",
    "too_long": "texte trop long",
    "date_unreadable": "ce n’est pas une date",
    "date_impossible": "cette date n’existe pas",
    "date_in_future": "date à venir",
    "birth_in_future": "date à venir",
    "too_young": "âge de moins de 13 ans",
    "too_old": "naissance trop ancienne",
    "appi_format": "format inattendu",
    "ecrou_format": "format inattendu",
    "number_of_another": "ce numéro est déjà celui d’une autre personne, plus haut dans la liste",
    "second_ecrou": "un autre numéro d’écrou est déjà lu plus haut",
    "release_in_future": "date à venir",
    "unknown_category": "ni prévenu, ni condamné",
    "unknown_measure": "inconnue de la liste des mesures",
    "sheet_day_needed": "à donner avec la fin de peine",
    "referral_before_decision": "avant la décision",
    "end_before_start": "avant le début",
    "person_known": "ressemble à un dossier qui existe : à voir à la main",
    "no_ground": "ni écrou, ni saisine, ni mesure",
    "ssj_with_probation": "suivi socio-judiciaire et sursis probatoire d’une même décision",
    "home_detention_length": "durée hors des limites de la loi",
    "tig_term": "terme hors des limites de la loi",
    "stage_length": "durée hors des limites de la loi",
}


def counted(preview: ListPreview) -> str:
    """« Dossiers : 60, écrous : 24, … », what the rows would make."""
    parts = (("écrous", "custody"), ("fins de peine", "sheet"), ("saisines", "basis"), ("mesures", "measures"))
    others = ", ".join(f"{words}{NBSP}: {preview.count(part)}" for words, part in parts)
    return f"Dossiers{NBSP}: {len(preview.dossiers)}, {others}"


def made_at(at: datetime, count: int) -> str:
    """« 22/11/2026 à 14 h 02, 60 dossiers »; `at` in Paris time."""
    dossiers = f"{count}{NBSP}dossiers" if count > 1 else "un dossier"
    return f"{dates.short(at.date())} à {at:%H}{NBSP}h{NBSP}{at:%M}, {dossiers}"


#: Names said; beyond, a number says the rest.
_NAMED = 8


def taken_back(gone: int, kept: Sequence[str]) -> str:
    """What went to the bin, and whose dossiers stay."""
    said = f"Dossiers mis à la corbeille : {gone}."
    if not kept:
        return said
    more = len(kept) - _NAMED
    names = ", ".join(kept[:_NAMED]) + (f" et {more} de plus" if more > 0 else "")
    return f"{said} Dossiers gardés, car on y a travaillé depuis : {names}."
