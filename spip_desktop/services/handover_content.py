"""A dossier turned into what « Fiche de liaison » says. Values to values.

The measure, the obligations and the level are what the next service is there for; nothing else that no sheet shows
(class C of fields.toml) is read: offence, court, quantum, victims, incidents, health; nor any confidence.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from spip_desktop.domain import dates
from spip_desktop.domain.deadline import Subject
from spip_desktop.domain.event import Event
from spip_desktop.domain.handover import Handover, Step, standing
from spip_desktop.domain.handover_paper import Liaison, LiaisonFact, LiaisonPart, part
from spip_desktop.domain.marks import Mark, MarkState
from spip_desktop.domain.measure import Custody, Measure, SentenceSheet
from spip_desktop.domain.obligation_standing import FollowedObligation
from spip_desktop.domain.officer import Officer
from spip_desktop.domain.pacep import Action, Objective, Pacep
from spip_desktop.domain.person import Address, Person, PhoneState, born
from spip_desktop.domain.prescription_states import PrescriptionLine, SheetState
from spip_desktop.domain.text import NBSP, french_spaces
from spip_desktop.domain.todo import TodoLine, When
from spip_desktop.forms.deadlines import every_rule
from spip_desktop.reference import load
from spip_desktop.services import obligation_words as obligations
from spip_desktop.services.pacep_content import named
from spip_desktop.wording import person as words
from spip_desktop.wording.handover import STEPS
from spip_desktop.wording.prescription import STATES

_URGENT = (When.LATE, When.TODAY, When.SOON)
#: A partner still works with the person, or is about to.
_RUNNING = frozenset(
    {SheetState.READY, SheetState.AGREED, SheetState.HANDED_OVER, SheetState.RECEIVED, SheetState.MEETING_FIXED}
    | {SheetState.ACCEPTED, SheetState.NO_ANSWER, SheetState.RUNNING, SheetState.REPORTED}
)


#: What is said of reading: only what has to be provided for.
_HARD = frozenset({"difficile", "non_lecteur"})
#: Lines of « À traiter » that the paper does not repeat: an incident is of class C, a handover is what it is about.
_UNSAID = frozenset({Subject.INCIDENT, Subject.HANDOVER})


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """The dossier as it is read for the paper; what this officer's roles may not read is empty.

    `officer` is who proposed the dossier, on whichever side the paper is printed.
    """

    today: date
    handover: Handover
    steps: Sequence[Event]
    person: Person
    addresses: Sequence[Address]
    custody: Custody | None
    sheet: SentenceSheet | None
    marks: Sequence[Mark]
    measures: Sequence[Measure]
    obligations: Sequence[FollowedObligation]
    plan: Pacep | None = None
    plan_since: date | None = None
    review: date | None = None
    actions: Sequence[Action] = ()
    met_on: date | None = None
    appointment: str = ""
    partners: Sequence[PrescriptionLine] = ()
    waiting: Sequence[TodoLine] = ()
    documents: Sequence[tuple[str, date]] = ()
    officer: Officer


def liaison(given: Ground) -> Liaison:
    """Who hands what to whom; what is urgent comes first."""
    one = given.handover
    to = ", ".join(text for text in (one.to_service, one.to_officer) if text)
    return Liaison(
        person=named(given.person),
        born=f"{born(given.person)} {dates.short(given.person.birth_date)}" if given.person.birth_date else "",
        head=tuple(_head(given, to)),
        parts=(
            *part("Ce qui est urgent", list(_urgent(given))),
            *part("La personne", list(_person(given))),
            *part("La mesure et les dates", list(_measures(given))),
            *part("Les obligations, où elles en sont", list(_obligations(given))),
            *part("Le suivi", list(_follow_up(given))),
            *part("Partenaires en cours", list(_partners(given.partners))),
            *_papers(given),
        ),
        given_by=_signature("Remis par", one.from_service, given.officer.signature(given.today)),
        taken_by=_signature("Reçu par", one.to_service, one.to_officer),
    )


def _head(given: Ground, to: str) -> Iterable[LiaisonFact]:
    one, direct = given.handover, ", ".join(text for text in (given.officer.phone, given.officer.email) if text)
    function = load("officer_functions").label(given.officer.function)
    sender = ", ".join(text for text in (given.officer.signature(given.today), function) if text)
    yield _fact("De", f"{one.from_service}", f"{sender}", direct)
    yield _fact("Vers", to)
    yield _fact("Motif", load("handover_reasons").label(one.reason))
    steps = (f"{STEPS[step].lower()} le {dates.short(day)}" for step, day in _steps(given.steps))
    yield _fact("Étapes", ", ".join(steps).capitalize())


def _urgent(given: Ground) -> Iterable[LiaisonFact]:
    """The words of who hands over, then what waits in the dossier, near or late, the most pressing first."""
    yield _fact("À savoir d’abord", *french_spaces(given.handover.note).splitlines(), whole=True)
    unsaid = {one.code for one in every_rule() if one.of in _UNSAID}
    found = [
        one for one in given.waiting if one.when(given.today) in _URGENT and one.key.partition(":")[0] not in unsaid
    ]
    said = (f"{_due(one, given.today)}{NBSP}: {one.what}" for one in sorted(found, key=lambda one: one.due))
    yield _fact("À traiter", *said)


def _due(one: TodoLine, today: date) -> str:
    return f"En retard, {dates.short(one.due)}" if one.when(today) is When.LATE else dates.short(one.due)


def _person(given: Ground) -> Iterable[LiaisonFact]:
    person = given.person
    phone = person.phone if person.phone_state is PhoneState.NUMBER else ""
    yield _fact("Joindre", ", ".join(text for text in (phone, person.email) if text), _preference(person))
    homes = [one for one in given.addresses if one.ends is None or one.ends >= given.today]
    yield _fact("Adresse", *(_address(one) for one in homes))
    yield _fact("À prévoir", *_needs(person))
    yield _fact("Numéro APPI", person.appi_number)


def _needs(person: Person) -> Iterable[str]:
    """What an appointment with the person asks for."""
    if person.interpreter_needed:
        yield ", ".join(text for text in ("Interprète nécessaire", person.languages) if text)
    if person.literacy in _HARD:
        yield f"Lecture et écriture{NBSP}: {load('literacy').label(person.literacy).lower()}"
    if person.legal_protection not in ("", "aucune"):
        label = load("legal_protections").label(person.legal_protection)
        yield ", ".join(text for text in (label, person.protector_name) if text)


def _preference(person: Person) -> str:
    return load("contact_preferences").label(person.contact_preference) if person.contact_preference else ""


def _address(one: Address) -> str:
    place = " ".join(text for text in (one.postal_code, one.city) if text)
    where = ", ".join(text for text in (one.line, one.complement, place) if text)
    hosted = f"chez {one.host_name}" if one.host_name else ""
    return ", ".join(text for text in (load("address_kinds").label(one.kind), where, hosted) if text)


def _measures(given: Ground) -> Iterable[LiaisonFact]:
    yield _fact("Mesures", *(_measure(one) for one in given.measures))
    custody = given.custody
    if custody and custody.hosted:
        number = f"écrou {custody.ecrou_number}" if custody.ecrou_number else ""
        place = ", ".join(text for text in (custody.establishment, number) if text)
        yield _fact("Détention", place, words.category_text(custody.penal_category, given.person.sex))
        known = [one for one in given.marks if one.state is not MarkState.UNKNOWN and one.day]
        yield _fact("Dates", *(_mark(one, given.sheet) for one in known))


def _mark(one: Mark, sheet: SentenceSheet | None) -> str:
    """« Mi-peine le 12/01/2027 (indicatif) »."""
    return f"{words.MARKS[one.code]} le {words.mark_day(one)} ({words.mark_source(one, sheet)})"


def _measure(one: Measure) -> str:
    """« Sursis probatoire, du 02/07/2026 au 02/07/2028 (décision du 02/07/2026, saisine du 10/07/2026) »."""
    told = (
        ("décision du", one.decision_on), ("définitive le", one.definitive_on), ("notifiée le", one.notified_on),
        ("saisine du", one.referral_on),
    )  # fmt: skip
    said = ", ".join(f"{label} {dates.short(day)}" for label, day in told if day)
    return f"{obligations.measure_words(one)} ({said})" if said else obligations.measure_words(one)


def _obligations(given: Ground) -> Iterable[LiaisonFact]:
    """Those that bind, each with the facts that are known of it."""
    binding = [one for one in given.obligations if one.binds(given.today)]
    said = []
    for one in binding:
        facts = "; ".join(obligations.facts_words(one, given.today)).replace("; ", f"{NBSP}; ")
        name = obligations.obligation_name(one.obligation.code)
        said.append(f"{name}{NBSP}: {facts}" if facts else name)
    yield _fact("Obligations", *said)


def _follow_up(given: Ground) -> Iterable[LiaisonFact]:
    plan = given.plan
    if plan:
        level = words.LEVELS[plan.level] if plan.level else ""
        yield _fact("Niveau de suivi", f"{level}, choisi avec le PACEP version {plan.number}" if level else "")
        since = f", en vigueur depuis le {dates.short(given.plan_since)}" if given.plan_since else ""
        review = f"À revoir le {dates.short(given.review)}" if given.review else ""
        yield _fact("PACEP", f"Version {plan.number}{since}", review)
        yield _fact("Objectifs", *(_objective(one) for _, one in plan.live_objectives()))
        yield _fact("Actions ouvertes", *(_action(one) for one in given.actions))
    else:
        yield _fact("PACEP", "Aucune version en vigueur")
    met = f"Le {dates.short(given.met_on)}" if given.met_on else "Aucun entretien noté"
    yield _fact("Dernier entretien", met)
    yield _fact("Prochain rendez-vous", given.appointment or "Aucun n’est fixé")


def _objective(one: Objective) -> str:
    return french_spaces(one.wording)


def _action(one: Action) -> str:
    due = f"pour le {dates.short(one.due)}" if one.due else ""
    return ", ".join(text for text in (french_spaces(one.label), one.who, due) if text)


def _partners(lines: Iterable[PrescriptionLine]) -> Iterable[LiaisonFact]:
    yield _fact("Fiches", *(_partner(one) for one in lines if one.state in _RUNNING))


def _partner(one: PrescriptionLine) -> str:
    """« SIAO : une place dès ma sortie (fiche ZEZEMNKD, remise le 13/10/2026, bilan souhaité le 14/01/2027) »."""
    wanted = f"bilan souhaité le {dates.short(one.report_wanted_by)}" if one.report_wanted_by else ""
    state = f"{STATES[one.state].lower()} le {dates.short(one.since)}"
    paper = ", ".join(text for text in (f"fiche {one.number}", state, wanted) if text)
    about = f"{NBSP}: {one.objective}" if one.objective else ""
    return f"{one.partner or 'Partenaire'}{about} ({paper})"


def _papers(given: Ground) -> tuple[LiaisonPart, ...]:
    """What goes in the package, what is handed over on paper, what is under seal: named, and for whom."""
    newest = dict(sorted(given.documents, key=lambda one: one[1]))
    packed = [
        f"{title}, {dates.short(day)}" for title, day in sorted(newest.items(), key=lambda one: one[1], reverse=True)
    ]
    sealed = [f"{one.title}, pour {one.addressee}" for one in given.handover.sealed]
    facts = [_fact("Dans le paquet chiffré", *packed), _fact("Remis sur papier", *given.handover.papers, whole=True)]
    sealed_fact = _fact("Sous pli fermé", *(sealed or ["Aucun"]), whole=True)
    return part("Papiers transmis", [*facts, sealed_fact])


def _steps(steps: Sequence[Event]) -> list[tuple[Step, date]]:
    return [(code, one.happened_on) for code in STEPS for one in standing(steps) if one.code == code]


def _signature(verb: str, service: str, officer: str) -> str:
    whose = ", ".join(text for text in (service, officer) if text)
    return f"{verb} {whose}. Date, signature{NBSP}:"


def _fact(label: str, *values: str, whole: bool = False) -> LiaisonFact:
    return LiaisonFact(label, tuple(one for one in values if one), whole)
