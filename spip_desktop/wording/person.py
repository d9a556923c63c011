"""Words of the slice « Personnes »: refusals, warnings, lists, marks of the fiche pénale."""

from collections.abc import Mapping
from datetime import date

from spip_desktop.domain import dates
from spip_desktop.domain.marks import Mark, MarkCode, MarkState
from spip_desktop.domain.measure import Custody, Milieu, PenalCategory, SentenceLine, SentenceSheet
from spip_desktop.domain.person import Person, age_text, born
from spip_desktop.domain.situation import quantum
from spip_desktop.domain.text import NBSP, fold, french_spaces

REFUSALS = {
    "arrival_used": "Ce dossier a déjà servi : il ne se retire plus de la liste. Corrigez-le dans sa situation.",
    "choose_one": "Choisissez une réponse de la liste.",
    "date_in_future": "Cette date est dans le futur.",
    "negative": "Ce nombre ne peut pas être négatif.",
    # the person
    "birth_in_future": "La date de naissance est dans le futur.",
    "too_young": "Moins de 13 ans : vérifiez la date de naissance.",
    "too_old": "Plus de 120 ans : vérifiez la date de naissance.",
    "minor_pjj": "Moins de 18 ans : le suivi relève de la protection judiciaire de la jeunesse.",
    "appi_format": (
        "Un numéro APPI commence par 199, 200, 201 ou 202 et compte 8 ou 12 chiffres, avec une lettre s’il y en a une."
    ),
    "phone_format": "Un numéro de téléphone compte de 6 à 15 chiffres.",
    "email_format": "Une adresse électronique s’écrit comme nom@service.fr.",
    "postal_code_format": "Un code postal compte cinq chiffres.",
    "children_out_of_range": "De 0 à 30 enfants.",
    "doctor_existence_only": "D’un médecin coordonnateur, seule l’existence se note.",
    "ecrou_or_referral": "Donnez un numéro d’écrou ou la date de la saisine.",
    "duplicate": (
        "Une personne semblable est déjà enregistrée. Ouvrez son dossier, ou écrivez pourquoi en créer un autre."
    ),
    "document_without_end": "Fin de validité non notée.",
    "document_over": "Ce document n’est plus valide.",
    "document_soon_over": "Ce document arrive en fin de validité.",
    # who follows, who opens
    "already_assigned": "Cette personne est déjà suivie par cet agent.",
    "access_reason_needed": "Ce dossier n’est pas le vôtre : dites pourquoi vous l’ouvrez.",
    "dossier_not_assigned": "Ce dossier ne vous est pas confié : votre rôle n’ouvre que ceux qui le sont.",
    "access_detail_needed": "Précisez en quelques mots.",
    "interim_of_oneself": "Un intérim remplace un autre agent.",
    # the basis
    "no_active_basis": (
        "Aucune saisine ni aucun titre de détention en cours : le dossier se lit, aucun acte nouveau ne s’y ajoute "
        "({source})."
    ),
    "referral_before_decision": "La saisine est avant la décision.",
    # the écrou
    "ecrou_format": "Un numéro d’écrou s’écrit en chiffres, 8 au plus.",
    "ecrou_unusual": "Un numéro d’écrou compte d’ordinaire 5 chiffres ; celui-ci en a {digits}.",
    "release_in_future": "La levée d’écrou est une date passée ; une sortie à venir se note dans la fiche pénale.",
    "second_open_ecrou": "Un écrou est déjà ouvert : notez d’abord sa levée ({source}).",
    "ecrous_overlap": "Deux écrous se recouvrent : vérifiez les dates.",
    "establishment_missing": "Établissement non noté.",
    "target_gone_by": "La date visée est passée.",
    "line_without_label": "La ligne {number} n’a pas d’intitulé.",
    # measures
    "definitive_before_decision": "La décision ne peut pas être définitive avant d’être rendue.",
    "notified_before_decision": "La notification est avant la décision.",
    "probation_delay": "Le délai de probation va de {least} à {most} mois ({source}). Vérifiez l’état de récidive.",
    "tig_hours": "Un travail d’intérêt général compte de {least} à {most} heures ({source}).",
    "tig_term": "Le délai d’exécution est de {months} mois au plus ({source}).",
    "tig_done": "Les heures sont faites : le délai prend fin ({source}).",
    "home_detention_length": "Cette peine dure de quinze jours à six mois ({source}).",
    "stage_length": "Un stage dure un mois au plus ({source}).",
    "stage_late": "Plus de six mois après la condamnation définitive, sauf impossibilité ({source}).",
    "measure_over": "La fin prévue est passée : notez la fin de la mesure.",
    "ssj_with_probation": (
        "Un suivi socio-judiciaire et un sursis probatoire ne se prononcent pas dans la même condamnation ({source})."
    ),
    "ssj_with_probation_same_day": (
        "Suivi socio-judiciaire et sursis probatoire du même jour : vérifiez qu’il y a deux condamnations ({source})."
    ),
    # obligations
    "obligation_unknown": "Cette obligation n’est pas au catalogue.",
    "obligation_not_for_measure": "Cette mesure ne peut pas porter cette obligation ({source}).",
    "obligation_condition": "À vérifier : {condition} ({source}).",
    "obligation_not_in_force": "Ce texte n’était pas en vigueur à la date de la décision ({source}).",
    "obligation_after_measure": "L’obligation finit après la mesure.",
}

INDICATIVE_NOTICE = f"Repère indicatif{NBSP}: seule la fiche pénale du greffe fait foi."
MAY_CHANGE = "Situation pénale susceptible d’évoluer."

MILIEUX = {Milieu.OPEN: "Milieu ouvert", Milieu.CUSTODY: "Milieu fermé"}
CATEGORIES = {
    PenalCategory.REMAND: ("Prévenu", "Prévenue", "Prévenu(e)"),
    PenalCategory.CONVICTED: ("Condamné", "Condamnée", "Condamné(e)"),
    PenalCategory.BOTH: ("Prévenu et condamné", "Prévenue et condamnée", "Prévenu(e) et condamné(e)"),
}
MARKS = {
    MarkCode.CUSTODY: "Écrou",
    MarkCode.HALF: "Mi-peine",
    MarkCode.COMMISSION: "Commission (CAP)",
    MarkCode.TWO_THIRDS: "Deux tiers",
    MarkCode.END: "Fin de peine",
    MarkCode.RELEASE: "Sortie",
}
#: Why a mark is not worked out, and where the foreseeable release comes from.
WHY = {
    "no_ecrou_date": "date à noter",
    "no_commission": "non annoncée",
    "no_sheet": "fiche pénale à saisir",
    "no_end_date": "fin de peine à noter",
    "no_start": "début de peine à noter",
    "dates_disagree": "dates contradictoires",
    "remand": "personne prévenue",
    "several_lines": "plusieurs peines",
    "surety_period": "période de sûreté",
    "remission_withdrawn": "retrait de réduction de peine",
    "may_change": "susceptible d’évoluer",
    "adjustment": "aménagement décidé",
    "lsc": "libération sous contrainte",
    "official_end": "fin de peine",
    "target": "date visée, non acquise",
}
NEXT = {
    "commission": "commission (CAP)",
    "leave": "permission possible",
    "review": "révision du PACEP",
    "meeting": "rendez-vous",
    "release": "sortie",
}
LEVELS = {"intensif": "Intensif", "regulier": "Régulier", "espace": "Espacé", "verification": "Vérification"}
LIKENESS = {
    "same_appi": "même numéro APPI",
    "same_name_and_birth": "même nom, même date de naissance",
    "swapped_day_and_month": "même nom, jour et mois de naissance inversés",
    "same_ecrou": "même numéro d’écrou",
}

#: What is not noted yet: the sentence, then the part of the dossier where it is noted.
MISSING = {
    "birth_date": ("Date de naissance non notée", "Situation civile"),
    "document": ("Pièce d’identité non notée", "Situation civile"),
    "document_end": ("Pièce d’identité : fin de validité non notée", "Situation civile"),
    "document_over": ("Pièce d’identité : plus valide depuis le {day}", "Situation civile"),
    "home": ("Hébergement à la sortie : non noté", "Situation civile"),
    "home_unproven": ("Hébergement à la sortie : pas de justificatif", "Situation civile"),
    "phone": ("Téléphone : non demandé", "Situation civile"),
    "basis": ("Saisine ou titre de détention : aucun en cours", "Situation pénale"),
    "establishment": ("Écrou : établissement non noté", "Situation pénale"),
    "ecrou_date": ("Écrou : date non notée", "Situation pénale"),
    "end_of_sentence": ("Fiche pénale : fin de peine non notée", "Situation pénale"),
    "evaluation": ("Évaluation non commencée", "Évaluation"),
    "evaluation_draft": ("Évaluation : encore en brouillon", "Évaluation"),
    "pacep": ("PACEP non commencé", "PACEP"),
    "pacep_agreement": ("PACEP version {number} : accord à recueillir", "PACEP"),
    "pacep_review_late": ("PACEP : revue en retard depuis le {day}", "PACEP"),
    "pacep_review_due": ("PACEP : à revoir avant le {day}", "PACEP"),
    "pacep_draft": ("PACEP version {number} : encore en brouillon", "PACEP"),
}
#: A dated piece of work: its title, what is said of a draft, what is said once past it.
STEPS = {
    "interview": ("Dernier entretien", "Note en brouillon", "Note arrêtée"),
    "evaluation": ("Évaluation, version {number}", "En cours", "Arrêtée"),
    "pacep": ("PACEP, version {number}", "Brouillon", "Soumis à la personne"),
    "prescription": ("Fiche de prescription {number}", "Brouillon", "Prête"),
}


def missing_words(code: str, data: Mapping[str, str]) -> tuple[str, str]:
    """The sentence of something missing, and where to note it."""
    sentence, where = MISSING[code]
    return french_spaces(sentence.format_map(data)), where


def step_words(kind: str, number: str, done: bool) -> tuple[str, str]:
    """The title of a piece of work, and its state."""
    title, draft, past = STEPS[kind]
    return title.format(number=number).strip(), past if done else draft


def mark_source(mark: Mark, sheet: SentenceSheet | None) -> str:
    """What stands under the date: « greffe », « indicatif », « fiche pénale du 03/11/2026 », or why there is none."""
    if mark.state is MarkState.UNKNOWN:
        plain = {"no_commission", "no_ecrou_date", "no_end_date", "no_sheet"}
        return WHY[mark.why] if mark.why in plain else f"non calculable{NBSP}: {WHY[mark.why]}"
    if mark.state is MarkState.INDICATIVE:
        return f"indicatif, {WHY[mark.why]}" if mark.why else "indicatif"
    if mark.code is MarkCode.END or mark.why == "official_end":
        return f"fiche pénale du {dates.short(sheet.as_of)}" if sheet else "fiche pénale"
    if mark.code is MarkCode.COMMISSION:
        return "annoncée par le greffe"
    return WHY.get(mark.why, "greffe")


def mark_day(mark: Mark) -> str:
    """The date, or « – » where there is none."""
    return dates.short(mark.day) if mark.day else "–"


def quantum_text(years: int, months: int, days: int) -> str:
    """« 14 mois », « 9 ans », « 1 an 6 mois »."""
    parts = [
        f"{count}{NBSP}{one if count == 1 else many}"
        for count, one, many in ((years, "an", "ans"), (months, "mois", "mois"), (days, "jour", "jours"))
        if count
    ]
    return " ".join(parts)


def line_text(line: SentenceLine) -> str:
    """One line of the fiche pénale in a few words."""
    amount = quantum_text(line.quantum_years, line.quantum_months, line.quantum_days)
    return ", ".join(part for part in (line.label, amount, line.regime) if part)


def category_text(category: PenalCategory, sex: str) -> str:
    """« Condamné », « Condamnée » or « Condamné(e) », from the civil status."""
    masculine, feminine, either = CATEGORIES[category]
    return {"M": masculine, "F": feminine}.get(sex, either)


def title_text(custody: Custody, sheet: SentenceSheet | None, sex: str) -> str:
    """« Condamné, 14 mois »; several sentences are counted, never added up."""
    words = category_text(custody.penal_category, sex)
    if custody.penal_category is PenalCategory.REMAND or sheet is None:
        return words
    if len(sheet.lines) > 1:
        return f"{words}, {len(sheet.lines)}{NBSP}peines"
    found = quantum(sheet)
    return f"{words}, {quantum_text(*found)}" if found else words


def outside(custody: Custody | None, sex: str) -> str:
    """Who lives outside may be under écrou: DDSE, placement à l'extérieur without a night in prison."""
    return f"Sous écrou, non hébergé{'e' if sex == 'F' else ''}" if custody else "Sans écrou"


def age_line(person: Person, today: date) -> str:
    """« 22 ans, né le 14/03/2004 »."""
    if person.birth_date is None:
        return "date de naissance à noter"
    return f"{age_text(person, today)}, {born(person)} {dates.short(person.birth_date)}"


def cell_text(building: str, floor: str, cell: str) -> str:
    """« bât. B, 2e étage, cellule 214 »: internal, never on a paper that leaves."""
    named = (("bât.", building), ("étage", floor), ("cellule", cell))
    return ", ".join(f"{word}{NBSP}{value}" for word, value in named if value)


def interim_of(names: str) -> str:
    """« intérim de Claire Vasseur », « intérim d’Aline Diop »."""
    return f"intérim {of_name(names)}" if names else ""


def of_name(names: str) -> str:
    """« de Claire Vasseur », « d’Aline Diop »."""
    return f"{'d’' if fold(names)[:1] in 'aeiou' else 'de '}{names}"
