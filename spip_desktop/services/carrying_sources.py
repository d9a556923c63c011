"""What the blocks of « À reporter » say: one small function a slice, each reading many facts at once.

To plug another in: a member of Of with the names it offers (domain/carrying.py), where its facts are (db/carrying.py),
a function here that gives their values (of papers: carrying_papers.py), its line in SOURCES, its words in
resources/rules/carrying. No function here reads a confidence, nor a note of an evaluation.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from uuid import UUID

from spip_desktop.db import appointment as appointment_rows
from spip_desktop.db import obligation
from spip_desktop.db.appointment import APPOINTMENTS
from spip_desktop.db.breach import BREACHES
from spip_desktop.db.incident import INCIDENTS
from spip_desktop.db.interview import INTERVIEWS, added_to
from spip_desktop.db.person import ADDRESSES, PERSONS
from spip_desktop.db.records import Records
from spip_desktop.db.request import REQUESTS
from spip_desktop.db.situation import OBLIGATIONS
from spip_desktop.db.store import Transaction
from spip_desktop.domain import dates
from spip_desktop.domain.appointment import hour_text
from spip_desktop.domain.appointment_states import EventCode as AppointmentEvent
from spip_desktop.domain.appointment_states import outcome_of, reaction_days
from spip_desktop.domain.carrying import Of
from spip_desktop.domain.event import Event, in_order, last
from spip_desktop.domain.incident import IncidentFact
from spip_desktop.domain.officer import Right
from spip_desktop.domain.person import PhoneState
from spip_desktop.domain.place import Place
from spip_desktop.domain.text import NBSP, uncapital
from spip_desktop.services.appointment_lists import fact_words, label_of
from spip_desktop.services.carrying_made import Made, Makes, Slice, Sources, by_id, records_of
from spip_desktop.services.carrying_papers import boards, evaluations, plans, sheets
from spip_desktop.services.incident_words import breach_line, incident_line, told
from spip_desktop.services.obligation_words import line_day, line_words, obligation_name
from spip_desktop.services.request_words import asked_by


def interviews(tx: Transaction, sources: Sources) -> Makes:
    """Those that are arrêtés, with what was added to them since."""
    found = records_of(tx, INTERVIEWS, sources)
    added = added_to(tx, list(found.values()))
    for one in found.values():
        later = (f"Complément du {dates.short(event.happened_on)} : {event.comment}" for event in added[one.id])
        yield (
            one.id,
            Made(
                {
                    "date": dates.short(one.held_on),
                    "heure": dates.said_hour(one.starts_at),
                    "duree": f"{one.duration}{NBSP}min" if one.duration else "",
                    "type": label_of("interview_kinds", one.kind).lower(),
                    "lieu": label_of("interview_places", one.place).lower(),
                    "presents": one.present,
                    "depuis": one.since_last,
                    "aujourdhui": one.today,
                    "decisions": one.decisions,
                    "suite": one.next_steps,
                    "complements": "\n".join(later),
                },
                Place("interview", one.id),
            ),
        )


def appointments(tx: Transaction, sources: Sources) -> Makes:
    """Those that have an outcome, with the answers to an absence."""
    found = records_of(tx, APPOINTMENTS, sources)
    facts = appointment_rows.facts(tx, found)
    for one in found.values():
        events = facts[one.id]
        outcome, answers = last(events, AppointmentEvent.OUTCOME), _of(events, AppointmentEvent.ANSWER)
        days = reaction_days(one, events)
        yield (
            one.id,
            Made(
                {
                    "date": dates.short(one.day),
                    "heure": hour_text(one.begins),
                    "type": label_of("appointment_types", one.kind).lower(),
                    "lieu": label_of("appointment_places", one.where).lower(),
                    "issue": label_of("appointment_outcomes", outcome_of(events)).lower(),
                    "precision": outcome.comment if outcome else "",
                    "suites": "\n".join(f"{fact_words(event, on=True)}." for event in answers),
                    "delai": "" if days is None else f"{days}{NBSP}jour{'s' if days > 1 else ''} après l’absence",
                },
                Place("person.appointments", one.person_id, str(one.id)),
            ),
        )


def register(kind: Records[Any]) -> Callable[[Transaction, Sources], Makes]:
    """The lines of a register of the obligations."""

    def read(tx: Transaction, sources: Sources) -> Makes:
        found = records_of(tx, kind, sources)
        about = {one.obligation_id for one in found.values() if hasattr(one, "obligation_id")}
        names = by_id(OBLIGATIONS.find(tx, OBLIGATIONS.table.c.id.in_(about))) if about else {}
        for one in found.values():
            of = names.get(getattr(one, "obligation_id", one.id))
            yield (
                one.id,
                Made(
                    {
                        "date": dates.short(line_day(one)),
                        "ligne": uncapital(line_words(one)),
                        "obligation": obligation_name(of.code) if of else "",
                        "note": one.note,
                    },
                    Place("person.obligations", one.person_id, str(one.id)),
                ),
            )

    return read


def breaches(tx: Transaction, sources: Sources) -> Makes:
    """The facts, then every line added to them."""
    found, facts = records_of(tx, BREACHES, sources), _facts(tx, sources)
    wanted = {one.obligation_id for one in found.values() if one.obligation_id}
    names = by_id(OBLIGATIONS.find(tx, OBLIGATIONS.table.c.id.in_(wanted))) if wanted else {}
    for one in found.values():
        of = names.get(one.obligation_id) if one.obligation_id else None
        yield (
            one.id,
            Made(
                {
                    "date": dates.short(one.happened_on),
                    "obligation": obligation_name(of.code) if of else "",
                    "faits": one.facts,
                    "suites": _added(facts.get(one.id, ()), breach_line),
                },
                Place("person.incidents", one.person_id, f"breach.{one.id}"),
            ),
        )


def incidents(tx: Transaction, sources: Sources) -> Makes:
    """The line as it was typed, who was informed, what followed; never the kind."""
    found, facts = records_of(tx, INCIDENTS, sources), _facts(tx, sources)
    for one in found.values():
        events = facts.get(one.id, ())
        informed = (f"Informé : {uncapital(told(event))}." for event in _of(events, IncidentFact.INFORMED))
        later = _of(events, IncidentFact.FOLLOW_UP, IncidentFact.CORRECTION)
        yield (
            one.id,
            Made(
                {
                    "date": dates.short(one.happened_on),
                    "heure": dates.said_hour(one.hour),
                    "faits": one.line,
                    "informes": "\n".join(informed),
                    "suites": _added(later, incident_line),
                },
                Place("person.incidents", one.person_id, f"incident.{one.id}"),
            ),
        )


def addresses(tx: Transaction, sources: Sources) -> Makes:
    for one in records_of(tx, ADDRESSES, sources).values():
        lines = (one.line, one.complement, f"{one.postal_code} {one.city}".strip())
        yield (
            one.id,
            Made(
                {
                    "date": dates.short(one.starts),
                    "type": label_of("address_kinds", one.kind),
                    "adresse": ", ".join(part for part in lines if part),
                    "hebergeant": one.host_name,
                    "fin": dates.short(one.ends),
                    "justifiee": "Justificatif de domicile vu." if one.proven else "",
                },
                Place("person.situation", one.person_id, "addresses"),
            ),
        )


def persons(tx: Transaction, sources: Sources) -> Makes:
    """How to reach the person, and their work, as they are now."""
    days = {one.object_id: one.on for one in sources}
    for one in records_of(tx, PERSONS, sources).values():
        silent = one.phone_state in (PhoneState.NONE, PhoneState.REFUSED)
        yield (
            one.id,
            Made(
                {
                    "date": dates.short(days[one.id]),
                    "telephone": label_of("phone_states", one.phone_state).lower() if silent else one.phone,
                    "courriel": one.email,
                    "emploi": label_of("job_statuses", one.job_status).lower(),
                },
                Place("person.situation", one.id),
            ),
        )


def requests(tx: Transaction, sources: Sources) -> Makes:
    """Those that were answered."""
    for one in records_of(tx, REQUESTS, sources).values():
        yield (
            one.id,
            Made(
                {
                    "date": dates.short(one.received_on),
                    "de": uncapital(asked_by(one)),
                    "objet": one.subject,
                    "reponse": one.answer,
                    "repondu_le": dates.short(one.answered_on),
                },
                Place("requests", field=str(one.id)),
            ),
        )


SOURCES: Mapping[Of, Slice] = {
    Of.INTERVIEW: Slice(Right.READ_INTERVIEW, interviews),
    Of.APPOINTMENT: Slice(Right.READ_PERSON, appointments),
    Of.EVALUATION: Slice(Right.READ_EVALUATION, evaluations),
    Of.PLAN: Slice(Right.READ_PACEP, plans),
    Of.BOARD: Slice(Right.READ_EVALUATION, boards),
    Of.SHEET: Slice(Right.READ_PRESCRIPTION, sheets),
    Of.PROOF: Slice(Right.READ_PERSON, register(obligation.PROOFS)),
    Of.CHECK: Slice(Right.READ_PERSON, register(obligation.CHECKS)),
    Of.PAYMENT: Slice(Right.READ_PERSON, register(obligation.PAYMENTS)),
    Of.WORK: Slice(Right.READ_PERSON, register(obligation.SESSIONS)),
    Of.HOURS: Slice(Right.READ_PERSON, register(obligation.HOURS)),
    Of.BREACH: Slice(Right.READ_INCIDENT, breaches),
    Of.INCIDENT: Slice(Right.READ_INCIDENT, incidents),
    Of.ADDRESS: Slice(Right.READ_PERSON, addresses),
    Of.PERSON: Slice(Right.READ_PERSON, persons),
    Of.REQUEST: Slice(Right.TAKE_REQUEST, requests),
}


# -- inside --------------------------------------------------------------------------------------------------


def _facts(tx: Transaction, sources: Sources) -> dict[UUID, tuple[Event, ...]]:
    return appointment_rows.facts(tx, [one.object_id for one in sources if not one.gone])


def _of(events: Iterable[Event], *codes: str) -> tuple[Event, ...]:
    return in_order(one for one in events if one.code in codes)


def _added(events: Iterable[Event], words: Callable[[Event], tuple[str, str]]) -> str:
    """« Le 22/11/2026, décision : rapport au juge », one line each."""
    said = ((event, *words(event)) for event in in_order(events))
    return "\n".join(f"Le {dates.short(event.happened_on)}, {what.lower()} : {text}" for event, what, text in said)
