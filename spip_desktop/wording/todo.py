"""Words of « À traiter » and of the échéances."""

import re
from collections.abc import Sequence
from datetime import date

from spip_desktop.domain import dates
from spip_desktop.domain.deadline import Deadline, Move, Rule, RuleKind
from spip_desktop.domain.deadline_calendar import Unit
from spip_desktop.domain.text import NBSP, capital, french_spaces
from spip_desktop.domain.todo import Answer, TodoPerson, When
from spip_desktop.wording.person import interim_of, of_name

REFUSALS = {
    "todo_gone": "Cette ligne n’attend plus : le dossier a changé. Rien n’a été noté.",
    "todo_day_ahead": "Donnez un jour à venir.",
    "todo_legal_day": "Un texte fixe ce délai : la ligne ne se reporte pas après le {day}. "
    "Notez la suite, ou la décision de ne pas agir.",
    "todo_act_itself": "Cette ligne part avec l’acte lui-même : ouvrez la page qu’elle indique.",
    "report_before": "Cette date est avant la mesure, le {day}.",
    "rule_delay": "Le délai est un nombre de 1 à 365.",
    "rule_is_law": "Un texte fixe ce délai : le service ne le change pas.",
}
TITLE = "À traiter"
WHEN = {
    When.LATE: "En retard",
    When.TODAY: "Aujourd’hui",
    When.SOON: "Dans les 14 jours",
    When.LATER: "Plus tard",
}
ANSWERS = {
    Answer.DONE: "C’est fait",
    Answer.PUT_OFF: "Reporter",
    Answer.NOT_ACTING: "Ne pas agir",
}
#: Of a report, in place of « C’est fait ».
SENT = "Rapport adressé"
NO_RECIPIENT, NO_REFERENCE = "destinataire à noter", "sans référence"
REFERENCE_HELP = "Numéro du rapport ou du courrier. Ce logiciel n’envoie rien."
RULE_KINDS = {RuleKind.LAW: "Texte", RuleKind.PRACTICE: "Pratique du service"}
OPEN_MILIEU = "milieu ouvert"
#: The columns of the printed list and their shares.
COLUMNS = (("Personne", 2.8), ("Quand", 2.3), ("Quoi, et pourquoi", 6), ("Échéance", 1.5))
TO_CHECK = "à vérifier"
EARLIER = "Échéances d’avant la saisie du dossier"
EARLIER_ACTION = "Voir la situation"
COMES_BACK = {Answer.PUT_OFF: "Reporté le {on}", Answer.NOT_ACTING: "Décision du {on} de ne pas agir, à réexaminer"}
#: What a rule of a measure counts from, as the form of the measure names it.
_MISSING = {
    "saisine": "saisine du service",
    "fin_prevue": "fin prévue",
    "decision": "date de la décision",
    "notification": "date de la décision ou de la notification",
}
#: What ends the label of a rule and is of one line only: « : {obligation} ».
_NAMED_LAST = re.compile(r"\s: \{\w+\}$")
_UNITS = {
    Unit.DAYS: ("jour", "jours"),
    Unit.WEEKS: ("semaine", "semaines"),
    Unit.MONTHS: ("mois", "mois"),
    Unit.WORKING_DAYS: ("jour ouvrable", "jours ouvrables"),
    Unit.OFFICE_DAYS: ("jour ouvré", "jours ouvrés"),
}


def delay(rule: Rule) -> str:
    """« 3 mois », « 5 jours ouvrables », without the sign: the sentence says before or after."""
    count = abs(rule.count)
    return f"{count}{NBSP}{_UNITS[rule.unit][count > 1]}"


def rule_delay(rule: Rule) -> str:
    """« 3 mois », « 1 mois avant », « tous les 12 mois », « le jour même »."""
    if rule.every_months:
        return f"tous les {rule.every_months}{NBSP}mois"
    if not rule.count:
        return "le jour même"
    return delay(rule) if rule.count > 0 else f"{delay(rule)} avant"


def rule_source(rule: Rule) -> str:
    """« code pénitentiaire, art. D. 113-44 », then the day it was read, or that it is to be checked."""
    day = dates.short(rule.checked)
    checked = f"texte lu le {day}" if rule.legal and rule.certain else f"état au {day}"
    doubt = f"{TO_CHECK}, " if rule.legal and not rule.certain else ""
    return "\n".join(part for part in (rule.legal, f"{doubt}{checked}") if part)


def rule_details(rule: Rule, measures: Sequence[str]) -> str:
    """« E01. Texte : code pénitentiaire, art. D. 113-44, texte lu le 22/11/2026. Pour : sursis probatoire. »"""
    source = rule_source(rule).replace("\n", ", ")
    named = f" Pour : {', '.join(measures)}." if measures else ""
    return french_spaces(f"{rule.code}. {RULE_KINDS[rule.kind]} : {source}.{named}")


def not_dated(rule: Rule) -> str:
    """« Non calculable : date de saisine du service à noter sur la mesure (art. D. 113-44). »"""
    ref = rule.ref.replace(". ", f".{NBSP}")
    return french_spaces(f"Non calculable : {_MISSING.get(rule.trigger, 'date')} à noter sur la mesure ({ref}).")


def unit(rule: Rule) -> str:
    """« jours ouvrés »."""
    return _UNITS[rule.unit][1]


def rule_name(rule: Rule) -> str:
    """The rule itself, without what a line names: « Partenaire sans réponse : relancer », « Versement manquant »."""
    said = _NAMED_LAST.sub("", rule.label)
    return capital(said.replace(" {partner}", " le partenaire").replace("{partner}", "partenaire"))


def impact(come: int, go: int, move: int, persons: int) -> str:
    """« 1 ligne vient, 3 lignes partent ; 4 personnes concernées. », across every dossier."""
    verbs = ((come, "vient", "viennent"), (go, "part", "partent"), (move, "change de date", "changent de date"))
    said = [
        f"{number}{NBSP}ligne{'s' if number > 1 else ''} {several if number > 1 else one}"
        for number, one, several in verbs
        if number
    ]
    if not said:
        return "Aucune ligne ne change aujourd’hui."
    concerned = f"{persons}{NBSP}personne{'s concernées' if persons > 1 else ' concernée'}"
    return f"{', '.join(said)}{NBSP}; {concerned}."


def what(found: Deadline) -> str:
    """What is due: « SIAO des Trois-Rivières sans réponse : relancer »."""
    return capital(found.rule.label.format_map(found.facts.words)) if "{" in found.rule.label else found.rule.label


def because(found: Deadline) -> str:
    """Why it is there, with its text and whether that is to be checked again."""
    rule = found.rule
    said = rule.why
    if "{" in said:
        said = said.format_map({**found.facts.words, "on": dates.short(found.counted_from), "delay": delay(rule)})
    ref = rule.ref.replace(". ", f".{NBSP}")  # an article is never cut at the end of a line
    source = ", ".join(part for part in (ref, "" if rule.certain or not rule.is_law else TO_CHECK) if part)
    return f"{said} ({source})." if source else f"{said}."


def when(line_due: date, today: date) -> str:
    """« En retard, 6 jours », « Aujourd’hui », « Dans 10 jours »."""
    days = (line_due - today).days
    if days == 0:
        return WHEN[When.TODAY]
    count = f"{abs(days)}{NBSP}jour{'s' if abs(days) > 1 else ''}"
    return f"En retard, {count}" if days < 0 else f"Dans {count}"


def earlier_why(every: Sequence[Deadline]) -> str:
    """« À vérifier une fois : Rapport d’évaluation au magistrat (16/03/2026), … », the newest first."""
    ordered = sorted(every, key=lambda one: one.due, reverse=True)
    named = [f"{one.rule.label} ({dates.short(one.due)})" for one in ordered]
    more = f", et {len(named) - 2} de plus" if len(named) > 2 else ""
    return french_spaces(f"À vérifier une fois : {', '.join(named[:2])}{more}.")


def about(person: TodoPerson, today: date) -> tuple[str, ...]:
    """« 25 ans, MA de Valbrune », « Condamné(e), sortie 22/02/2027 », « intérim de Marc Leroy »: what is known."""
    age = f"{dates.age(person.birth_date, today)}{NBSP}ans" if person.birth_date else ""
    release = f"sortie {dates.short(person.release_on)}" if person.release_on else ""
    place = ", ".join(part for part in (age, person.place) if part)
    title = ", ".join(part for part in (person.title, release) if part)
    return tuple(part for part in (capital(place), title, interim_of(person.interim_of)) if part)


def list_of(officer: str, when_: When | None) -> str:
    """« En retard. Liste de Claire Vasseur. », under the title of the paper."""
    return " ".join((*([f"{WHEN[when_]}."] if when_ else []), f"Liste {of_name(officer)}."))


def own_days(found: Sequence[tuple[date, str, str]]) -> str:
    """The holidays that a territory has beside those of everywhere: its next day, its name, where it counts."""
    if not found:
        return "Les onze jours fériés du code du travail, sans autre jour."
    days = ", ".join(f"{label} ({dates.short_with_day(day)})" for day, label, _ in found)
    where = " ".join(help_ for _, _, help_ in found if help_)
    return french_spaces(f"Les onze jours fériés du code du travail, et : {days}. {where}".strip())


def day(due: date) -> str:
    return dates.short(due)


def comes_back(answer: Answer, decided: date) -> str:
    """What a line says that an outcome had kept away until today."""
    return COMES_BACK[answer].format(on=dates.short(decided)) + "."


def move_sentence(move: Move) -> str:
    """« Rapport d’évaluation au magistrat : 16/11/2026 deviendra 20/11/2026. », before the date is saved."""
    before, after = dates.short(move.before), dates.short(move.after)
    said = f"{before} deviendra {after}" if before and after else f"le {after}" if after else f"plus de date ({before})"
    return f"Échéance «{NBSP}{move.rule.label}{NBSP}»{NBSP}: {said}."


def count(when_: When, number: int) -> str:
    """« 2 en retard », « 1 aujourd’hui », for the strip of the person."""
    return f"{number}{NBSP}{'en retard' if when_ is When.LATE else 'aujourd’hui'}"


def legend() -> str:
    return "Une ligne part avec une suite notée, ou une décision écrite de ne pas agir."
