"""Sentences of « Charge de travail »."""

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction

from spip_desktop.domain import dates
from spip_desktop.domain.text import NBSP
from spip_desktop.domain.workload import REFERENCES, LoadRatio, OfficerLoad, Ratios, load_of

TITLE = "Charge de travail"
NOT_A_MEASURE = "Un repère de service, qui ne mesure pas le travail d’un agent."
HOW = (
    "Chaque personne compte une fois, quelles que soient ses mesures, selon le niveau choisi par le CPIP dans le "
    "dernier PACEP soumis ; sans PACEP, « sans niveau ». Charge : la somme des personnes d’un niveau divisée par le "
    "repère de ce niveau, puis par la quotité. 1 est un agent à temps plein."
)
LINES = (
    f"Lignes de repère : {REFERENCES[0]} personnes par agent (Conseil de l’Europe), {REFERENCES[1]} (IGF-IGSJ, 2011). "
    "Aucun texte ne fixe de plafond."
)
ALONE = "Vous voyez votre charge. Celle de vos collègues n’est vue que du DPIP."
REFUSALS = {"ratio_out_of_range": "Un repère va de 1 à {most} personnes."}


def away(one: OfficerLoad) -> str:
    return f"non calculable, absence jusqu’au {dates.short(one.away_until)}"


def load_said(one: OfficerLoad, ratios: Ratios) -> str:
    """« 1,28 », or why it is not worked out."""
    load = load_of(one, ratios)
    return away(one) if load is None else number(load)


def formula(one: OfficerLoad, ratios: Ratios) -> str:
    """« 10/20 + 30/50 + 5/200 = 1,13 ; quotité 80 % : 1,41 »: how the figure is made, to be done again by hand."""
    load = load_of(one, ratios)
    if load is None:
        return away(one)
    parts = [f"{count}/{ratios[level]}" for level, count in one.by_level.items() if count]
    whole = number(load * one.quotity / 100)
    said = f"{' + '.join(parts) or '0'} = {whole}"
    return said if one.quotity == 100 else f"{said}{NBSP}; quotité {one.quotity}{NBSP}%{NBSP}: {number(load)}"


def simulated(before: OfficerLoad, after: OfficerLoad, ratios: Ratios) -> str:
    """« Avec une personne de plus : 61 personnes, charge 1,30 (1,28 aujourd’hui) »."""
    if before.away_until is not None:
        return f"{before.name}{NBSP}: {away(before)}."
    now, then = load_said(before, ratios), load_said(after, ratios)
    persons = f"{after.persons}{NBSP}personne{'s' if after.persons > 1 else ''}"
    return (
        f"{before.name}, avec cette personne{NBSP}: {persons}, charge {then} "
        f"(aujourd’hui {before.persons}, charge {now})."
    )


def ratios_said(labels: Mapping[str, str], since: Mapping[str, date | None], ahead: Iterable[LoadRatio]) -> str:
    """« Écrits par le service : régulier depuis le 22/11/2026. À venir : intensif, 25 à partir du 01/01/2027. »"""
    now = [f"{labels[level].lower()} depuis le {dates.short(day)}" for level, day in since.items() if day]
    then = [f"{labels[one.level].lower()}, {one.capacity} à partir du {dates.short(one.starts)}" for one in ahead]
    said = [f"Écrits par le service{NBSP}: {', '.join(now)}." if now else "Repères livrés."]
    return " ".join([*said, *([f"À venir{NBSP}: {f'{NBSP}; '.join(then)}."] if then else [])])


def number(load: Fraction) -> str:
    """Two decimals, half rounded up as by hand: 303/200 is « 1,52 »."""
    hundredths = int(load * 100 + Fraction(1, 2))
    return f"{hundredths // 100},{hundredths % 100:02d}"
