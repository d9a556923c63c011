"""The follow-up of the obligations turned into what is printed. Values to values."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from spip_desktop.domain import dates
from spip_desktop.domain.hours import HoursStep, InForce, pending, periods
from spip_desktop.domain.measure import Measure
from spip_desktop.domain.money import euros
from spip_desktop.domain.obligation_paper import ObligationState, OwnLine, OwnObligations, StateLine, StatePart
from spip_desktop.domain.obligation_standing import FollowedObligation
from spip_desktop.domain.officer import Officer, Service, counsellor
from spip_desktop.domain.payment import Account, plan_on
from spip_desktop.domain.person import Person
from spip_desktop.domain.plan_content import CopyKept
from spip_desktop.domain.text import NBSP, french_spaces
from spip_desktop.domain.week_hours import duration, in_full, in_words
from spip_desktop.domain.work import terms_on
from spip_desktop.reference import load
from spip_desktop.services import obligation_words as words
from spip_desktop.services.obligation_view import FollowedHours, FollowedWork, FollowUp
from spip_desktop.services.pacep_content import named


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """Who and where: what the follow-up itself does not hold."""

    person: Person
    frame: str
    service: Service
    officer: Officer


# -- for the judge -------------------------------------------------------------------------------------------


def state(follow: FollowUp, around: Around) -> ObligationState:
    """« État des obligations »: measure by measure, the facts of each obligation, then what is counted."""
    return ObligationState(
        person=named(around.person),
        born=dates.short(around.person.birth_date),
        frame=around.frame,
        service=", ".join(part for part in (around.service.name, around.service.branch) if part),
        prepared_by=around.officer.signature(follow.today),
        parts=tuple(_part(one, follow) for one in _measures(follow)),
    )


def _measures(follow: FollowUp) -> list[Measure]:
    """The measures that have something followed, each once, in the order of the page."""
    found: dict[UUID, Measure] = {}
    for measure in (one.measure for group in (follow.obligations, follow.works, follow.hours) for one in group):
        found.setdefault(measure.id, measure)
    return list(found.values())


def _part(measure: Measure, follow: FollowUp) -> StatePart:
    counted = [*_works(measure, follow), *_hours(measure, follow)]
    return StatePart(
        title=words.measure_words(measure, follow.today),
        lines=tuple(_line(one, follow.today) for one in follow.obligations if one.measure.id == measure.id),
        counted=tuple(counted),
    )


def _line(one: FollowedObligation, today: date) -> StateLine:
    account = one.account(today)
    missed = words.missed_words(account) if account else ""
    plan = account.next_plan or plan_on(one.plans, today) if account else None
    facts = (*words.facts_words(one, today), *([words.plan_words(plan)] if plan else []))
    return StateLine(
        name=words.obligation_name(one.obligation.code),
        number=words.obligation_number(one.obligation.code),
        precision=french_spaces(one.obligation.precision),
        facts=(*facts, *([missed] if missed else [])),
    )


def _works(measure: Measure, follow: FollowUp) -> Iterator[tuple[str, tuple[str, ...]]]:
    for one in follow.works:
        if one.measure.id == measure.id:
            yield "Heures de travail", tuple(_work_lines(one, follow.today))


def _work_lines(one: FollowedWork, today: date) -> Iterator[str]:
    yield words.work_words(one.count)
    if not one.count.is_done:
        yield f"Délai d’exécution{NBSP}: {words.work_until_words(one.count)}"
    if decided := terms_on(one.terms, today):
        yield words.terms_words(decided)
    if one.count.last_on:
        yield f"Dernière séance le {dates.short(one.count.last_on)}"
    if one.count.unsigned:
        yield words.unsigned_words(one.count)
    yield from (words.over_words(week) for week in one.count.over)
    yield from (words.long_day_words(day) for day in one.count.long_days)


def _hours(measure: Measure, follow: FollowUp) -> Iterator[tuple[str, tuple[str, ...]]]:
    for one in follow.hours:
        if one.measure.id == measure.id:
            yield "Heures de sortie", tuple(_hours_lines(one, follow.today))


def _hours_lines(one: FollowedHours, today: date) -> Iterator[str]:
    """Each period with who decided; then the requests that wait."""
    for period in reversed(periods(one.lines)):
        said = in_words(period.line.slots)
        yield f"{words.in_force_words(period, today)}{NBSP}: {said}. {words.authority_words(period.line)}"
    for line in pending(one.lines):
        yield f"{words.hours_words(line)}, sans réponse"
    for line in one.lines:
        if line.step is HoursStep.REFUSED:
            yield words.hours_words(line)
    if not one.lines:
        yield "Aucun horaire noté"


# -- for the person ------------------------------------------------------------------------------------------


def own(follow: FollowUp, around: Around, kept: CopyKept) -> OwnObligations:
    """« Mes obligations »; in the cell, only the words of the list that may stay there: never a text typed."""
    cell = kept is CopyKept.CELL
    lines = [
        line for one in follow.obligations if one.binds(follow.today) for line in _own(one, follow.today, cell=cell)
    ]
    works = [one for one in follow.works if not cell and _runs(one.measure, follow.today)]
    lines += [line for one in works for line in _own_work(one, follow.today)]
    hours = [one for one in follow.hours if _runs(one.measure, follow.today)]
    lines += [line for one in hours for line in _own_hours(one, follow.today)]
    asleep = any(one.asleep and not one.is_ended and not one.is_over(follow.today) for one in follow.obligations)
    if asleep and not cell:
        lines.append(OwnLine(title="À votre sortie", words=(_AT_RELEASE,)))
    return OwnObligations(
        person=named(around.person),
        day=dates.long(follow.today),
        kept=kept,
        lines=tuple(lines),
        untold=not lines and _asks(follow),
        counsellor=counsellor(around.officer.title),
    )


_AT_RELEASE = "Les autres obligations ne s’appliquent pas pendant votre détention. Elles reprennent à votre sortie."


def _asks(follow: FollowUp) -> bool:
    """Whether anything is asked today, which a copy may not tell."""
    works = any(_runs(one.measure, follow.today) for one in follow.works)
    return works or any(one.binds(follow.today) for one in follow.obligations)


def _runs(measure: Measure, today: date) -> bool:
    """What a measure that ended asked for is asked no more."""
    return measure.ended_on is None or measure.ended_on > today


def _own(one: FollowedObligation, today: date, *, cell: bool) -> Iterator[OwnLine]:
    entry = load("obligations").get(one.obligation.code)
    if entry is None or (cell and not entry.text("cell")):
        return
    account = one.account(today)
    paid = _own_account(account) if account else ()
    if cell:
        title, _, rest = entry.text("cell").partition(f"{NBSP}: ")
        told = (_later(one, today), f"{rest[:1].upper()}{rest[1:]}", *paid)
        yield OwnLine(title=title, words=tuple(part for part in told if part))
        return
    asked = f"À apporter{NBSP}: {_lower(entry.text('proof'))}." if entry.text("proof") else ""
    said = (_later(one, today), entry.text("plain") or entry.help, french_spaces(one.obligation.precision), asked)
    yield OwnLine(title=entry.label, words=(*(part for part in said if part), *paid))


def _later(one: FollowedObligation, today: date) -> str:
    return f"À partir du {dates.short(one.since)}." if one.since and one.since > today else ""


def _own_account(account: Account) -> tuple[str, ...]:
    """What is asked each month, what was paid, what is missing; in the second person."""
    whole = f" sur {euros(account.total)}" if account.total is not None else ""
    paid = f"Vous avez versé {euros(account.paid)}{whole}."
    if not account.planned:
        return (paid,)
    if account.left is not None and account.left <= 0:
        return (paid, "Vous avez tout versé.")
    said = [f"Vous versez {euros(account.monthly)} par mois."] if account.monthly else []
    if plan := account.next_plan:
        said.append(f"À partir du {dates.short(plan.starts)}, versez {euros(plan.monthly_cents)} par mois.")
    if account.paid or account.due:
        said.append(paid)
    if account.balance > 0:
        missed = f" ({words.months_words(account.missed)})" if account.missed else ""
        said.append(f"Il manque {euros(account.balance)} à ce jour{missed}. Si c’est difficile, parlez-nous-en.")
    elif account.due:
        said.append("Vous êtes à jour.")
    return tuple(said)


def _own_work(one: FollowedWork, today: date) -> Iterator[OwnLine]:
    said = [f"Vous avez fait {duration(one.count.done)}."]
    if one.count.left is not None and one.count.ordered is not None:
        rest = "Vous avez terminé." if one.count.is_done else f"Il vous reste {duration(one.count.left)}."
        said = [f"Vous avez fait {duration(one.count.done)} sur {duration(one.count.ordered)}. {rest}"]
    if decided := terms_on(one.terms, today):
        where = ", ".join(part for part in (decided.host, decided.works, decided.hours) if part)
        said.append(french_spaces(f"Où et quand : {where}."))
    if one.count.until and not one.count.is_done:
        said.append(f"À terminer au plus tard le {dates.short(one.count.until)}.")
    said.append("À chaque séance, faites signer votre feuille de présence.")
    yield OwnLine(title="Votre travail d’intérêt général", words=tuple(said))


def _own_hours(one: FollowedHours, today: date) -> Iterator[OwnLine]:
    """The hours of today and those already decided for later."""
    said = [_own_period(period, today) for period in periods(one.lines) if not period.ends or period.ends >= today]
    if not said:
        return
    if pending(one.lines):
        said.append(f"Vous avez demandé un changement{NBSP}: attendez la réponse avant de changer vos heures.")
    else:
        said.append("Pour changer vos heures, demandez avant. Attendez la réponse.")
    yield OwnLine(title="Vos heures de sortie", words=tuple(said))


def _own_period(period: InForce, today: date) -> str:
    begins = [] if period.starts <= today else [f"À partir du {dates.short(period.starts)}{NBSP}:"]
    until = [f"Jusqu’au {dates.short(period.ends)}."] if period.ends else []
    return " ".join([*begins, *in_full(period.line.slots), *until])


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
