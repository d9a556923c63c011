"""What the follow-up of the obligations says, with the labels of the lists: facts, never an appraisal."""

from collections.abc import Iterable, Sequence
from datetime import date

from spip_desktop.domain import dates
from spip_desktop.domain.hours import HoursLine, HoursStep, InForce
from spip_desktop.domain.measure import Measure
from spip_desktop.domain.measure_rules import suspended_days
from spip_desktop.domain.money import euros
from spip_desktop.domain.obligation_standing import FactCode, FollowedObligation, ObligationFact
from spip_desktop.domain.payment import Account, Month, Payment, PaymentPlan
from spip_desktop.domain.proof import Check, Period, Proof
from spip_desktop.domain.register import RegisterLine
from spip_desktop.domain.text import NBSP, french_spaces
from spip_desktop.domain.week_hours import duration, hour, in_words
from spip_desktop.domain.work import (
    MINOR_DAY_LIMIT,
    WEEK_LIMIT,
    LongDay,
    Week,
    WorkCount,
    WorkSession,
    WorkTerms,
)
from spip_desktop.reference import load
from spip_desktop.wording.obligation import STEPS

_MOST_NAMED = 3


# -- obligations ---------------------------------------------------------------------------------------------


def obligation_name(code: str) -> str:
    """« Réparer les dommages causés », as the list names it."""
    return load("obligations").label(code)


def obligation_number(code: str) -> str:
    """« 132-45, 5° »."""
    entry = load("obligations").get(code)
    return entry.legal.removeprefix("code pénal, art. ").replace(" ", NBSP) if entry else ""


def fact_words(fact: ObligationFact, one: FollowedObligation) -> str:
    """One fact as a sentence without its full stop."""
    day = dates.short(fact.day)
    match fact.code:
        case FactCode.ENDED:
            return load("obligation_statuses").label(one.obligation.status)
        case FactCode.OVER:
            return f"Finie le {day}"
        case FactCode.NOT_YET:
            return f"À partir du {day}"
        case FactCode.ASLEEP:
            return "Ne s’applique pas pendant l’incarcération (art. 132-43 du code pénal)"
        case FactCode.COVERED:
            return f"Justificatif jusqu’au {day}, {_original(original=bool(fact.proof and fact.proof.original))}"
        case FactCode.SEEN:
            return seen_words(fact.proof)
        case FactCode.UNCOVERED:
            return f"Sans justificatif depuis le {day}"
        case FactCode.GAPS:
            return f"Jours sans justificatif{NBSP}: {periods_words(fact.gaps)}"
        case FactCode.PAID:
            return account_words(fact.account)
        case FactCode.UNPLANNED:
            return unplanned_words(fact.account)
        case FactCode.WORK:
            return work_words(one.work) if one.work else ""
        case FactCode.CHECKED:
            return check_words(fact.check)
    return f"Rien de noté depuis le {day}" if day else "Rien de noté"


def facts_words(one: FollowedObligation, today: date) -> tuple[str, ...]:
    """Every fact of an obligation, the most telling first."""
    return tuple(fact_words(fact, one) for fact in one.facts(today))


def periods_words(periods: Sequence[Period]) -> str:
    """« du 01/09/2026 au 30/09/2026 », three at most, then how many more."""
    named = [_period(one) for one in periods[:_MOST_NAMED]]
    more = len(periods) - len(named)
    return ", ".join([*named, *([f"et {more} autre{'s' if more > 1 else ''}"] if more else [])])


def _period(one: Period) -> str:
    if one.starts == one.ends:
        return f"le {dates.short(one.starts)}"
    return f"du {dates.short(one.starts)} au {dates.short(one.ends)}"


def seen_words(proof: Proof | None) -> str:
    """A paper that says no period: what it is, and when it was seen."""
    if proof is None:
        return ""
    said = load("proof_kinds").label(proof.kind)
    return f"{said}, {'original vu' if proof.original else 'copie vue'} le {dates.short(proof.seen_on)}"


def check_words(check: Check | None) -> str:
    if check is None:
        return ""
    return f"{load('check_results').label(check.result)}, le {dates.short(check.checked_on)}"


# -- payments ------------------------------------------------------------------------------------------------


def account_words(account: Account | None) -> str:
    """« 480 € versés sur 600 € prévus à ce jour, 120 € manquent »."""
    if account is None:
        return ""
    if account.next_plan and not account.due and not account.paid:
        return f"Versements prévus à partir du {dates.short(account.next_plan.starts)}"
    said = [f"{euros(account.paid)} versés sur {euros(account.due)} prévus à ce jour"]
    if account.balance > 0:
        said.append(f"il manque {euros(account.balance)}")
    elif account.balance < 0 and (account.left is None or account.left > 0):
        said.append(f"{euros(-account.balance)} d’avance")
    return ", ".join([*said, *([whole_words(account)] if account.total is not None else [])])


def whole_words(account: Account) -> str:
    """« reste 1 260 € sur 1 440 € en tout », where the total is fixed."""
    if account.total is None or account.left is None:
        return ""
    if account.left > 0:
        return f"reste {euros(account.left)} sur {euros(account.total)} en tout"
    beyond = f", {euros(-account.left)} de plus" if account.left < 0 else ""
    return f"les {euros(account.total)} sont versés{beyond}"


def unplanned_words(account: Account | None) -> str:
    if account is None:
        return ""
    last = f", le dernier le {dates.short(account.last_paid_on)}" if account.last_paid_on else ""
    return f"{euros(account.paid)} versés{last}, sans échéancier noté"


def missed_words(account: Account) -> str:
    """« Mois sans versement : septembre 2026, octobre 2026 »; nothing where none is missing."""
    return f"Mois sans versement{NBSP}: {months_words(account.missed)}" if account.missed else ""


def months_words(months: Iterable[Month]) -> str:
    return dates.months_of(one.first for one in months)


def plan_words(plan: PaymentPlan) -> str:
    """« 60 € par mois à partir du 05/02/2026, 3 000 € en tout »."""
    until = f" jusqu’au {dates.short(plan.ends)}" if plan.ends else ""
    total = f", {euros(plan.total_cents)} en tout" if plan.total_cents is not None else ""
    by = load("payment_deciders").label(plan.set_by) if plan.set_by else ""
    said = f"{euros(plan.monthly_cents)} par mois à partir du {dates.short(plan.starts)}{until}{total}"
    return f"{said}. {by}" if by else said


# -- work ----------------------------------------------------------------------------------------------------


def work_words(count: WorkCount) -> str:
    """« 62 h faites sur 105 h, il reste 43 h »."""
    done = f"{duration(count.done)} faites"
    if count.ordered is None or count.left is None:
        return f"{done}, nombre d’heures prononcé non renseigné"
    rest = "accompli" if count.is_done else f"il reste {duration(count.left)}"
    return f"{done} sur {duration(count.ordered)}, {rest}"


def work_until_words(count: WorkCount) -> str:
    if count.until is None:
        return "non renseigné"
    return f"jusqu’au {dates.short(count.until)}, indicatif"


def over_words(week: Week) -> str:
    """R. 623-16, with the figures."""
    return (
        f"Semaine du {dates.short(week.monday)}{NBSP}: {duration(week.minutes)} avec l’emploi, "
        f"au-delà de {duration(WEEK_LIMIT)} (art. R. 623-16)"
    )


def unsigned_words(count: WorkCount) -> str:
    """« 1 feuille à faire signer, 5 h »; nothing where all are signed."""
    many = "s" if count.unsigned > 1 else ""
    said = f"{count.unsigned} feuille{many} à faire signer, {duration(count.unsigned_minutes)}"
    return said if count.unsigned else ""


def long_day_words(one: LongDay) -> str:
    article = "L. 3162-1, personne mineure" if one.limit == MINOR_DAY_LIMIT else "L. 3121-18"
    return (
        f"Journée du {dates.short(one.day)}{NBSP}: {duration(one.minutes)}, au-delà de {duration(one.limit)}, "
        f"à vérifier (code du travail, art. {article})"
    )


def session_words(one: WorkSession) -> str:
    """« 8 h-12 h, 14 h » with the host."""
    times = f"{hour(one.begins)}-{hour(one.finishes)}" if one.begins is not None and one.finishes is not None else ""
    times = times or "Heures reprises du dossier"
    pause = f", pause de {duration(one.pause)}" if one.pause else ""
    return f"{times}{pause}"


def terms_words(one: WorkTerms) -> str:
    by = load("hours_authorities").label(one.authority)
    job = f"emploi de {duration(one.job_minutes)} par semaine" if one.job_minutes else ""
    what = ", ".join(part for part in (one.host, one.works, one.hours, job) if part)
    return french_spaces(f"{what}. À partir du {dates.short(one.starts)}. {by}, le {dates.short(one.decided_on)}")


# -- hours ---------------------------------------------------------------------------------------------------


def authority_words(line: HoursLine) -> str:
    """Who decided, when, and on whose authorisation."""
    by = load("hours_authorities").label(line.authority)
    authorised = f", autorisation du juge du {dates.short(line.jap_on)}" if line.jap_on else ""
    return f"{by}, le {dates.short(line.happened_on)}{authorised}"


def in_force_words(period: InForce, today: date) -> str:
    """« Du 01/09/2026 au 22/11/2026 », « Depuis le 23/11/2026 », or « À partir du » where that day is to come."""
    end = f" au {dates.short(period.ends)}" if period.ends else ""
    begun = "Depuis le" if period.starts <= today else "À partir du"
    return f"{'Du' if end else begun} {dates.short(period.starts)}{end}"


def hours_words(line: HoursLine) -> str:
    """What was asked or decided, in one line."""
    said = in_words(line.slots)
    start = f"à partir du {dates.short(line.starts)}" if line.starts else ""
    end = f"jusqu’au {dates.short(line.ends)}" if line.ends else ""
    what = ", ".join(part for part in (said, start, end) if part)
    if line.step is HoursStep.ASKED:
        return ", ".join(part for part in (f"{STEPS[line.step]} le {dates.short(line.happened_on)}", what) if part)
    decided = f"{STEPS[line.step]}{NBSP}: {what}" if what else STEPS[line.step]
    return f"{decided}. {authority_words(line)}"


# -- the registers -------------------------------------------------------------------------------------------


def line_day(line: RegisterLine) -> date | None:
    """The day of the fact."""
    for name in ("seen_on", "checked_on", "paid_on", "done_on", "happened_on", "decided_on", "starts"):
        if found := getattr(line, name, None):
            return found if isinstance(found, date) else None
    return None


def line_words(line: RegisterLine) -> str:
    """What a line of a register says."""
    if line.withdrawn:
        return "Ligne retirée"
    return french_spaces(_line(line))


def _line(line: RegisterLine) -> str:
    if isinstance(line, Proof):
        return ", ".join([load("proof_kinds").label(line.kind), *_covers(line), _original(original=line.original)])
    if isinstance(line, Check):
        return load("check_results").label(line.result)
    if isinstance(line, Payment):
        return f"{euros(line.cents)}, {_original(original=line.original)}"
    if isinstance(line, PaymentPlan):
        return plan_words(line)
    if isinstance(line, WorkSession):
        return f"{duration(line.minutes)}, {session_words(line)}, {signed_words(line)}"
    if isinstance(line, WorkTerms):
        return terms_words(line)
    assert isinstance(line, HoursLine)
    return hours_words(line)


def _covers(proof: Proof) -> list[str]:
    if proof.covers_from and proof.covers_until:
        return [_period(Period(proof.covers_from, proof.covers_until))]
    day = proof.covers_from or proof.covers_until
    return [f"pour le {dates.short(day)}"] if day else []


def _original(*, original: bool) -> str:
    return "original vu" if original else "copie"


def signed_words(session: WorkSession) -> str:
    return "feuille signée" if session.signed else "feuille à faire signer"


def measure_name(measure: Measure) -> str:
    return load("measures").label(measure.kind)


def measure_words(measure: Measure, today: date | None = None) -> str:
    """« Sursis probatoire, du 03/05/2025 au 02/05/2027, 19 jours de suspension » where the day is known."""
    starts = f"du {dates.short(measure.starts)}" if measure.starts else ""
    ends = f"au {dates.short(measure.ends_planned)}" if measure.ends_planned else ""
    when = " ".join(part for part in (starts, ends) if part)
    ended = f"finie le {dates.short(measure.ended_on)}" if measure.ended_on else ""
    held = suspended_days(measure, today) if today else 0
    stops = f"{held} jour{'s' if held > 1 else ''} de suspension" if held else ""
    return ", ".join(part for part in (measure_name(measure), when, stops, ended) if part)
