"""Échéances: what falls due, worked out from dated facts by rules that are data (domain.md §5, E01 to E41)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from spip_desktop.domain.dates import add_months
from spip_desktop.domain.deadline_calendar import Unit, WorkingDays
from spip_desktop.domain.place import Place

#: A deadline is shown this many days before its day, unless its rule says more.
LEAD_DAYS = 14


class RuleKind(StrEnum):
    """Who set the delay: a text, which no officer may put off, or the service's practice."""

    LAW = "loi"
    PRACTICE = "pratique"


class Subject(StrEnum):
    """What a rule looks at."""

    MEASURE = "mesure"
    CUSTODY = "detention"
    PERSON = "personne"
    BASIS = "saisine"
    PLAN = "pacep"
    SHEET = "fiche"
    EVALUATION = "evaluation"
    DOSSIER = "dossier"
    BOARD = "commission"
    DECISION = "decision"
    PARTNER = "partenaire"
    INTERVIEW = "entretien"
    APPOINTMENT = "rendez_vous"
    FOLLOW = "suivi"
    INCIDENT = "incident"
    BREACH = "manquement"
    REQUEST = "demande"
    OBLIGATION = "obligation"
    HOURS = "horaires"
    WORK = "travail"
    HANDOVER = "dessaisissement"


#: The dates that a rule of each subject may count from.
TRIGGERS: Mapping[Subject, frozenset[str]] = {
    Subject.MEASURE: frozenset(
        {"decision", "definitive", "notification", "saisine", "debut", "fin_prevue", "fin_du_delai"}
        | {"sortie_de_detention"}
    ),
    Subject.CUSTODY: frozenset(
        {"ecrou", "mi_peine", "deux_tiers", "commission", "fin_de_peine", "sortie", "peine_courte"}
    ),
    Subject.PERSON: frozenset({"piece_valable_jusqu_au", "rqth_jusqu_au"}),
    Subject.BASIS: frozenset({"reception"}),
    Subject.PLAN: frozenset(
        {"revue", "soumis", "accord", "accord_en_partie", "accord_a_recueillir", "visa", "actions_a_preciser"}
    ),
    Subject.SHEET: frozenset(
        {"prete", "remise", "relance", "refusee", "accord_retire", "bilan_attendu", "a_preparer", "a_transmettre"}
    ),
    Subject.EVALUATION: frozenset({"arretee", "partagee", "retournee"}),
    Subject.DOSSIER: frozenset({"creation"}),
    Subject.PARTNER: frozenset({"convention_jusqu_au"}),
    Subject.BOARD: frozenset({"avis_a_etablir", "decision_a_recopier", "synthese_a_soumettre", "soumise", "retournee"}),
    Subject.DECISION: frozenset({"pour_le"}),
    Subject.INTERVIEW: frozenset({"tenu"}),
    Subject.APPOINTMENT: frozenset({"a_noter", "absence", "justificatif", "reexamen", "rendez_vous_a_fixer"}),
    Subject.FOLLOW: frozenset({"dernier_rendez_vous"}),
    Subject.INCIDENT: frozenset({"sans_information", "a_signaler"}),
    Subject.BREACH: frozenset({"constat", "rapport_decide", "reexamen", "rendez_vous_a_fixer"}),
    Subject.REQUEST: frozenset({"reception"}),
    Subject.OBLIGATION: frozenset({"justificatif_jusqu_au", "echeance_impayee", "controle_prevu", "a_justifier"}),
    Subject.HOURS: frozenset({"demande"}),
    Subject.WORK: frozenset({"feuille_a_signer"}),
    Subject.HANDOVER: frozenset({"propose", "accepte", "recu"}),
}
#: What may be known of each, that a rule asks for or excludes.
FLAGS: Mapping[Subject, frozenset[str]] = {
    Subject.MEASURE: frozenset({"provisoire", "plus_de_deux_ans", "heures_faites", "detenu"}),
    Subject.CUSTODY: frozenset(
        {"condamne", "peine_connue", "cinq_ans_au_plus", "deux_ans_au_plus", "six_mois_au_plus", "jeune", "fiche_ml"}
    ),
    Subject.SHEET: frozenset({"delai_court", "peine_courte"}),
    Subject.BREACH: frozenset({"detenu"}),
    Subject.APPOINTMENT: frozenset({"repetee"}),
    Subject.HANDOVER: frozenset({"vers_nous"}),
    Subject.FOLLOW: frozenset({"intensif", "espace", "verification", "regulier"}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule. `why` is a sentence with {on} (the day it counts from), {delay}, and the words of its facts.

    `certain` is False while the text is to be checked again: each line then says so. `since` and `until` bound the
    day it counts from. `kinds` are codes of measures, or of partners; empty for all. `proof` names what in the
    dossier shows that the thing was done; `done_here` says that an officer writes it, no page of the program showing
    it. `every_months`: again so often, counted from the same day. `page`: the kind of the page of the dossier where one
    acts, when it is not that of the facts.
    """

    code: str
    label: str
    why: str
    action: str
    of: Subject
    trigger: str
    count: int
    unit: Unit
    kind: RuleKind
    legal: str = ""
    ref: str = ""
    checked: date
    certain: bool = False
    on: bool = True
    since: date | None = None
    until: date | None = None
    kinds: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    unless: frozenset[str] = frozenset()
    proof: str = ""
    every_months: int = 0
    lead: int = LEAD_DAYS
    done_here: bool = False
    page: str = ""
    #: A report to the judge is due.
    report: bool = False
    #: No outcome puts it off nor leaves it: only the act that it asks for takes the line away.
    only_act: bool = False
    help: str = ""

    def counts_from(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)

    @property
    def is_law(self) -> bool:
        return self.kind is RuleKind.LAW


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of one subject: dates by trigger, proofs by name (the newest day of each), words for sentences."""

    of: Subject
    id: UUID
    person_id: UUID
    place: Place
    kind: str = ""
    days: Mapping[str, date]
    flags: frozenset[str] = frozenset()
    proofs: Mapping[str, date] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Deadline:
    """One thing due on a day. `number` tells the times of a rule that comes back, from 1."""

    rule: Rule
    facts: Facts
    due: date
    counted_from: date
    number: int = 1

    @property
    def key(self) -> str:
        """What it is, whatever its day: a decision about it holds when the day moves."""
        return f"{self.rule.code}:{self.facts.id}:{self.number}"

    @property
    def begun(self) -> date | None:
        """The first day known of its subject: nothing of it was done before."""
        return min(self.facts.days.values(), default=None)


class Rules:
    """The rules in force, found by subject and kind of measure or partner."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.every = tuple(rules)
        self._found: dict[tuple[Subject, str], tuple[Rule, ...]] = {}

    def of(self, subject: Subject, kind: str) -> tuple[Rule, ...]:
        key = (subject, kind)
        if key not in self._found:
            self._found[key] = tuple(
                one for one in self.every if one.on and one.of is subject and (not one.kinds or kind in one.kinds)
            )
        return self._found[key]

    def get(self, code: str) -> Rule | None:
        return next((one for one in self.every if one.code == code), None)


def deadlines(rules: Rules, facts: Facts, days: WorkingDays, today: date) -> Iterator[Deadline]:
    """All that falls due for one subject and was not seen to; of a rule that comes back, the last time gone by or next.

    Nothing is said of a date that is not known.
    """
    known = facts.days
    for rule in rules.of(facts.of, facts.kind):
        if rule.trigger in known and (found := due(rule, facts, days, today)):
            yield found


def due(rule: Rule, facts: Facts, days: WorkingDays, today: date) -> Deadline | None:
    """What one rule asks for of one subject, or None."""
    start = facts.days.get(rule.trigger)
    if start is None or not rule.counts_from(start):
        return None
    if (rule.needs and not rule.needs <= facts.flags) or rule.unless & facts.flags:
        return None
    proof = facts.proofs.get(rule.proof) if rule.proof else None
    if rule.every_months:
        return _again(rule, facts, start, today)
    if proof and proof >= start:
        return None
    return Deadline(rule, facts, days.add(start, rule.count, rule.unit), start)


def undated(rules: Rules, facts: Facts) -> Iterator[Rule]:
    """The rules that would ask for something of this subject, if the day that they count from were known."""
    for rule in rules.of(facts.of, facts.kind):
        if rule.trigger not in facts.days and rule.needs <= facts.flags and not rule.unless & facts.flags:
            yield rule


def _again(rule: Rule, facts: Facts, start: date, today: date) -> Deadline | None:
    """The last time gone by, or the next one once it is near; never after the planned end."""
    near, end = today + timedelta(days=rule.lead), facts.days.get("fin_prevue", date.max)
    months = (near.year - start.year) * 12 + near.month - start.month
    number = max(1, months // rule.every_months)
    while number and ((number > 1 and _nth(rule, start, number) > near) or _nth(rule, start, number) > end):
        number -= 1
    return Deadline(rule, facts, _nth(rule, start, number), start, number) if number else None


def _nth(rule: Rule, start: date, number: int) -> date:
    return add_months(start, rule.every_months * number)


# -- what a change moves -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Move:
    """A deadline that another date would move, make or take away: a day that is None is no deadline."""

    rule: Rule
    before: date | None
    after: date | None


def moves(before: Iterable[Deadline], after: Iterable[Deadline]) -> tuple[Move, ...]:
    """What differs between two readings of the same dossier, in the order of the days to come."""
    old = {(one.rule.code, one.facts.id): one for one in before}
    new = {(one.rule.code, one.facts.id): one for one in after}
    found = [Move(one.rule, one.due, new[key].due if key in new else None) for key, one in old.items()]
    found += [Move(one.rule, None, one.due) for key, one in new.items() if key not in old]
    moved = (one for one in found if one.before != one.after)
    return tuple(sorted(moved, key=lambda one: (one.after or one.before or date.max, one.rule.code)))


# -- the settings of the service -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSetting:
    """What the service decided of one rule, from a day on; the newest setting of a rule wins.

    `count` is the delay of a rule of practice in its own unit; None keeps ours. A text's delay is not the service's.
    """

    id: UUID
    code: str
    in_use: bool
    count: int | None = None
    since: date


def with_settings(rules: Iterable[Rule], settings: Iterable[RuleSetting], today: date) -> Rules:
    """The rules as the service has them today."""
    held = newest(settings, today)
    found = []
    for rule in rules:
        setting = held.get(rule.code)
        if setting:
            count = rule.count if rule.is_law or setting.count is None else setting.count
            rule = replace(rule, on=setting.in_use, count=count)
        found.append(rule)
    return Rules(found)


def newest(settings: Iterable[RuleSetting], today: date) -> dict[str, RuleSetting]:
    """The setting in force of each rule that has one."""
    ordered = sorted((one for one in settings if one.since <= today), key=lambda one: (one.since, one.id))
    return {one.code: one for one in ordered}


def in_sight(found: Iterable[Deadline], today: date) -> Iterator[Deadline]:
    """Those that are late, due, or near enough for their rule."""
    return (one for one in found if (one.due - today).days <= one.rule.lead)


@dataclass(frozen=True, slots=True)
class Reckoning:
    """With what deadlines are worked out: the rules of the service, the days worked where it is, the day it is."""

    rules: Rules
    days: WorkingDays
    today: date

    def of(self, every: Iterable[Facts]) -> Iterator[Deadline]:
        """All that falls due for these subjects, near or far."""
        return (found for facts in every for found in deadlines(self.rules, facts, self.days, self.today))

    def in_sight(self, every: Iterable[Facts]) -> Iterator[Deadline]:
        return in_sight(self.of(every), self.today)
