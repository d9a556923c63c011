"""Small files in the form of data·inclusion's open data, with invented structures and services."""

import json
from collections.abc import Sequence
from pathlib import Path

Row = dict[str, object]


def structure(number: int = 1, **changed: object) -> Row:
    row: Row = {
        "source": "dora",
        "id": f"dora--s{number}",
        "nom": f"Structure {number} de Valbrune",
        "date_maj": "2026-11-09",
        "description": "Accueille, écoute, oriente.",
        "siret": "12345678901234",
        "commune": "Valbrune",
        "code_postal": "31999",
        "code_insee": "31999",
        "adresse": "12, place du Marché-aux-Grains",
        "complement_adresse": None,
        "telephone": "05 36 52 04 40",
        "courriel": "accueil@structure.example",
        "site_web": None,
        "reseaux_porteurs": ["mission-locale"],
    }
    return row | changed


def service(number: int = 1, **changed: object) -> Row:
    row: Row = {
        "source": "dora",
        "id": f"dora--{number}",
        "structure_id": "dora--s1",
        "nom": f"Accompagnement vers l’emploi {number}",
        "date_maj": "2026-11-09",
        "description": "Un conseiller reçoit une fois par semaine.",
        "type": "accompagnement",
        "thematiques": ["trouver-un-emploi--convaincre-un-recruteur-en-entretien"],
        "publics": ["jeunes"],
        "commune": "Valbrune",
        "code_postal": "31999",
        "code_insee": "31999",
        "adresse": "3, quai de la Filature",
        "telephone": "0536520441",
        "courriel": "service@structure.example",
        "zone_eligibilite": ["31"],
        "modes_accueil": ["en-presentiel"],
    }
    return row | changed


def write(folder: Path, name: str, rows: Sequence[object]) -> Path:
    path = folder / name
    path.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
    return path
