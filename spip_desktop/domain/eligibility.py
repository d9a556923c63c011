"""The conditions of a sheet, one by one (seed 000; domain.md §4.3): what they look at, those of the mission locale.

The conditions of the other services are in eligibility_checks.py, which names them all for the rules as data. Each
answer shows what it was worked out from. A « non » forbids nothing: the officer may pass over it with a written reason.
What is not noted is « à vérifier », never « non ».
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from spip_desktop.domain import dates
from spip_desktop.domain.marks import Mark
from spip_desktop.domain.measure import Milieu, PenalCategory
from spip_desktop.domain.person import INTERRUPTED, Preparation
from spip_desktop.domain.text import NBSP


class Answer(StrEnum):
    """List `rule_results`."""

    YES = "oui"
    NO = "non"
    TO_CHECK = "a_verifier"
    NOT_CONCERNED = "sans_objet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """The figures of the agreement with the missions locales: years, and calendar months before the release."""

    adult: int = 18
    young_until: int = 26
    disabled_until: int = 30
    window_months: int = 6
    short_delay_months: int = 1
    short_sentence_months: int = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """Where the person lives or will live: the town, whether it is proven, which mission locale serves it.

    `served` is None when no postal code tells; `by` names the mission locale of the town, the addressee or another.
    """

    city: str = ""
    proven: bool = False
    served: bool | None = None
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """What the officer answers to a condition that only a person can judge, with one line of reason."""

    answer: str = ""
    reason: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the rules look at, on the day they are asked (`today`, a Paris day).

    `recipient` is the word for the partner; `measures` the codes of those that run; `hours` those of a travail
    d'intérêt général; `document` the document to show, and whether it is valid, None when there is none.
    """

    today: date
    birth_date: date | None = None
    sex: str = ""
    milieu: Milieu | None = None
    penal_category: PenalCategory | None = None
    sheet_as_of: date | None = None
    ecrou_on: date | None = None
    sentence_months: int | None = None
    release: Mark | None = None
    rqth: str = ""
    rqth_until: date | None = None
    near_employment: str = ""
    near_employment_reason: str = ""
    near_employment_on: date | None = None
    preparation: Preparation | None = None
    partner_chosen: bool = False
    home: Home = Home()
    agreement: str = ""
    agreement_on: date | None = None
    recipient: str = "mission locale"
    asks: frozenset[str] = frozenset()
    opinions: Mapping[str, Opinion] = field(default_factory=dict)
    measures: tuple[str, ...] = ()
    hours: int | None = None
    document: str = ""
    document_valid: bool | None = None

    @property
    def age(self) -> int | None:
        return dates.age(self.birth_date, self.today) if self.birth_date else None


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleResult:
    """One condition: its code, its name, the answer, the input as a person reads it, where the condition comes from.

    `check` names what was computed (eligibility_checks.CHECKS).
    """

    code: str
    label: str
    answer: Answer
    input: str
    legal: str = ""
    source: str = ""
    check: str = ""

    @property
    def is_agreement(self) -> bool:
        """Whether it is the person's agreement, which comes after the sheet is ready."""
        return self.check == "agreed" or (not self.check and self.code == "ML9")


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """When the sheet is to be handed over before a release: « à préparer », « à transmettre », late, or short.

    A sentence under six months at écrou is never late: its window was open from the first day.
    """

    opens: date
    release: date
    days_before: int
    late_days: int
    short_delay: bool
    short_sentence: bool

    @property
    def is_open(self) -> bool:
        return self.days_before == 0

    @property
    def said(self) -> str:
        """« à préparer (J−12) », « à transmettre », « délai court » or « peine courte », in two words for a list."""
        if not self.is_open:
            return f"à préparer (J−{self.days_before})"
        if self.short_delay:
            return "délai court"
        return "peine courte" if self.short_sentence else "à transmettre"


LEGAL_AGE = "code du travail, art. L. 5314-2 et L. 5131-6"
PRACTICE = "convention avec la mission locale"


def to_override(results: tuple[RuleResult, ...]) -> tuple[RuleResult, ...]:
    """The answers that ask for a written reason before the sheet is ready; the agreement comes after it."""
    return tuple(one for one in results if one.answer is Answer.NO and not one.is_agreement)


def in_rqth_band(facts: Facts, figures: Thresholds | None = None) -> bool:
    """Whether the RQTH is what opens the service: from 26 to 29, recognised, and not ended on that day."""
    limits, age = figures or Thresholds(), facts.age
    if age is None or not limits.young_until <= age < limits.disabled_until or facts.rqth != "oui":
        return False
    return facts.rqth_until is None or facts.rqth_until >= facts.today


def window(facts: Facts, figures: Thresholds | None = None) -> Window | None:
    """The window of six calendar months before the foreseeable release, or None when there is no date ahead."""
    limits = figures or Thresholds()
    release = facts.release.day if facts.release else None
    if facts.milieu is not Milieu.CUSTODY or release is None or release < facts.today:
        return None
    opens = dates.add_months(release, -limits.window_months)
    short = _short_sentence(facts, release, limits)
    late = max(0, dates.days_between(opens, facts.today))
    return Window(
        opens=opens,
        release=release,
        days_before=max(0, dates.days_between(facts.today, opens)),
        late_days=0 if short else late,
        short_delay=release < dates.add_months(facts.today, limits.short_delay_months),
        short_sentence=short,
    )


def _short_sentence(facts: Facts, release: date, limits: Thresholds) -> bool:
    """Under six months at écrou: by the quantum where there is one sentence, else by the time until the release."""
    if facts.sentence_months is not None and facts.sentence_months < limits.short_sentence_months:
        return True
    return bool(facts.ecrou_on and release < dates.add_months(facts.ecrou_on, limits.short_sentence_months))


# -- one rule each -------------------------------------------------------------------------------------------


def adult(facts: Facts, limits: Thresholds) -> RuleResult:
    answer, said = Answer.TO_CHECK, "date de naissance non notée"
    if facts.age is not None:
        answer = Answer.YES if facts.age >= limits.adult else Answer.NO
        said = _years(facts.age)
    return RuleResult(code="ML1", label="Majeur", answer=answer, input=said, legal=PRACTICE)


def age_band(facts: Facts, limits: Thresholds) -> RuleResult:
    age, label = facts.age, f"Moins de {limits.young_until}{NBSP}ans"
    if age is None or facts.birth_date is None:
        answer, said = Answer.TO_CHECK, "date de naissance non notée"
    elif age < limits.young_until:
        answer = Answer.YES if age >= limits.adult else Answer.NO
        said = f"{_born(facts.sex)} {dates.short(facts.birth_date)}"
    else:
        label = f"Moins de {limits.disabled_until}{NBSP}ans, avec RQTH"
        answer, said = _disabled(facts, age, limits)
    return RuleResult(code="ML2", label=label, answer=answer, input=said, legal=LEGAL_AGE)


def _disabled(facts: Facts, age: int, limits: Thresholds) -> tuple[Answer, str]:
    if age >= limits.disabled_until:
        return Answer.NO, _years(age)
    if facts.rqth == "non":
        return Answer.NO, f"{_years(age)}, sans RQTH"
    if facts.rqth != "oui":
        said = "RQTH demandée" if facts.rqth == "en_cours" else f"RQTH{NBSP}: à demander"
        return Answer.TO_CHECK, f"{_years(age)}, {said}"
    if facts.rqth_until is None:
        return Answer.YES, f"{_years(age)}, RQTH sans date de fin"
    if facts.rqth_until < facts.today:
        return Answer.TO_CHECK, f"{_years(age)}, RQTH finie le {dates.short(facts.rqth_until)}"
    return Answer.YES, f"{_years(age)}, RQTH jusqu’au {dates.short(facts.rqth_until)}"


def convicted(facts: Facts) -> RuleResult:
    source = (
        f"fiche pénale du {dates.short(facts.sheet_as_of)}" if facts.sheet_as_of else "écrou, fiche pénale à saisir"
    )
    if facts.milieu is None:
        answer, said = Answer.TO_CHECK, "ni mesure ni écrou en cours"
    elif facts.milieu is Milieu.OPEN:
        answer, said = Answer.NOT_CONCERNED, "milieu ouvert"
    elif facts.penal_category is None:
        answer, said = Answer.TO_CHECK, "catégorie pénale non notée"
    elif facts.penal_category is PenalCategory.REMAND:
        answer, said = Answer.NO, f"{_agreed_word('prévenu', facts.sex)}, présomption d’innocence"
    else:
        answer, said = Answer.YES, source
    label = _agreed_word("Condamné", facts.sex)
    return RuleResult(code="ML3", label=label, answer=answer, input=said, legal=PRACTICE)


def window_rule(facts: Facts, limits: Thresholds) -> RuleResult:
    answer, said = _window_answer(facts, limits)
    label = f"{_NUMBERS.get(limits.window_months, str(limits.window_months))} mois au plus avant la sortie"
    return RuleResult(code="ML4", label=label, answer=answer, input=said, legal=PRACTICE)


def _window_answer(facts: Facts, limits: Thresholds) -> tuple[Answer, str]:
    if facts.milieu is Milieu.OPEN:
        return Answer.NOT_CONCERNED, "milieu ouvert"
    if facts.milieu is None:
        return Answer.TO_CHECK, "ni mesure ni écrou en cours"
    found = window(facts, limits)
    if found is None:
        day = facts.release.day if facts.release else None
        gone = f"sortie prévue le {dates.short(day)}, date passée"
        return Answer.TO_CHECK, gone if day else "date de sortie non connue"
    if not found.is_open:
        return Answer.NO, f"ouvre le {dates.short(found.opens)}{NBSP}: à préparer (J−{found.days_before})"
    return Answer.YES, _open_window_text(found)


def _open_window_text(found: Window) -> str:
    delay = ", délai court" if found.short_delay else ""
    if found.short_sentence:
        return f"peine courte{NBSP}: à transmettre dès maintenant{delay}"
    if found.late_days == 0:
        return f"ouvre aujourd’hui{NBSP}: à transmettre{delay}"
    late = f"{found.late_days}{NBSP}jour{'s' if found.late_days > 1 else ''}"
    return f"ouvert le {dates.short(found.opens)}{NBSP}: à transmettre, en retard de {late}{delay}"


def open_milieu(facts: Facts) -> RuleResult:
    answer, said = {
        Milieu.OPEN: (Answer.YES, "milieu ouvert"),
        Milieu.CUSTODY: (Answer.NOT_CONCERNED, "personne détenue"),
        None: (Answer.TO_CHECK, "ni mesure ni écrou en cours"),
    }[facts.milieu]
    label = f"Milieu ouvert{NBSP}: sans condition de date"
    return RuleResult(code="ML5", label=label, answer=answer, input=said, legal=PRACTICE)


def near_employment(facts: Facts) -> RuleResult:
    when = f"CPIP, {dates.short(facts.near_employment_on)}" if facts.near_employment_on else "CPIP"
    if facts.near_employment not in ("oui", "non"):
        answer, said = Answer.TO_CHECK, "avis du CPIP à écrire"
    elif not facts.near_employment_reason.strip():
        answer, said = Answer.TO_CHECK, f"{when}, motif à écrire"
    else:
        answer, said = (Answer.YES if facts.near_employment == "oui" else Answer.NO), when
    return RuleResult(
        code="ML6", label="Proche de l’emploi ou de la formation", answer=answer, input=said, legal=PRACTICE
    )


def prepared(facts: Facts) -> RuleResult:
    answer, said = _preparation(facts.preparation, facts.today, inside=facts.milieu is Milieu.CUSTODY)
    return RuleResult(code="ML7", label="Préparation à l’emploi réalisée", answer=answer, input=said, legal=PRACTICE)


def _preparation(found: Preparation | None, today: date, *, inside: bool) -> tuple[Answer, str]:
    """Done, only when it is noted as carried through by a day that is not ahead."""
    start, end = (found.starts, found.ends) if found else (None, None)
    if found and found.is_done(today) and end:
        return Answer.YES, (
            f"du {_day_month(start, end)} au {dates.short(end)}" if start else f"finie le {dates.short(end)}"
        )
    if found and found.state == INTERRUPTED:
        return Answer.TO_CHECK, f"interrompue le {dates.short(end)}" if end else "interrompue"
    if inside and end and end > today:
        return Answer.NO, f"finit le {dates.short(end)}"
    if end and end <= today:
        return Answer.TO_CHECK, f"devait finir le {dates.short(end)}"
    if start:
        return Answer.TO_CHECK, f"{'commencée' if start <= today else 'prévue'} le {dates.short(start)}"
    return Answer.TO_CHECK, "aucune préparation notée" if found is None else "dates à noter"


def served(facts: Facts) -> RuleResult:
    home = facts.home
    if not facts.partner_chosen:
        answer, said = Answer.TO_CHECK, f"{facts.recipient} à choisir"
    elif not home.city:
        answer, said = Answer.TO_CHECK, "commune non notée"
    elif home.served is None:
        answer, said = Answer.TO_CHECK, f"{home.city}, codes postaux à noter"
    elif not home.served:
        answer, said = Answer.NO, f"{home.city}, hors des communes notées"
    elif not home.proven:
        answer, said = Answer.TO_CHECK, f"{home.city}, sans justificatif"
    else:
        answer, said = Answer.YES, f"{home.city}{NBSP}: {home.by}" if home.by else home.city
    return RuleResult(
        code="ML8", label="Commune couverte par la mission locale", answer=answer, input=said, legal=PRACTICE
    )


def agreed(facts: Facts) -> RuleResult:
    day = f"le {dates.short(facts.agreement_on)}" if facts.agreement_on else ""
    answer, said = {
        "yes": (Answer.YES, day),
        "partial": (Answer.TO_CHECK, f"en partie, {day}"),
        "withdrawn": (Answer.NO, f"retiré {day}"),
        "no": (Answer.NO, day),
        "refused_to_sign": (Answer.NO, f"refus de signer, {day}"),
    }.get(facts.agreement, (Answer.TO_CHECK, "après signature de la fiche"))
    return RuleResult(code="ML9", label="Accord de la personne", answer=answer, input=said, legal="loi n° 78-17")


# -- words ---------------------------------------------------------------------------------------------------

_NUMBERS = {3: "Trois", 4: "Quatre", 5: "Cinq", 6: "Six", 7: "Sept", 9: "Neuf", 12: "Douze"}


def _years(age: int) -> str:
    return f"{age}{NBSP}ans"


def _born(sex: str) -> str:
    return {"M": "né le", "F": "née le"}.get(sex, "né(e) le")


def _agreed_word(word: str, sex: str) -> str:
    return word + {"M": "", "F": "e"}.get(sex, "(e)")


def _day_month(start: date, end: date) -> str:
    """05/10 when the end is of the same year, else the whole date."""
    return dates.short(start)[:5] if start.year == end.year else dates.short(start)
