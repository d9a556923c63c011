"""What the records of a dossier say to the rules of the échéances: dates by trigger, flags, proofs, words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from spip_desktop.domain import dates
from spip_desktop.domain import marks as marking
from spip_desktop.domain.deadline import Facts, Subject
from spip_desktop.domain.eligibility import Window
from spip_desktop.domain.event import Event, last
from spip_desktop.domain.measure import Basis, BasisKind, Custody, Measure, PenalCategory, SentenceSheet
from spip_desktop.domain.measure_rules import is_running
from spip_desktop.domain.obligation import STOPPED_IN_CUSTODY
from spip_desktop.domain.pacep import Pacep
from spip_desktop.domain.pacep_review import Review
from spip_desktop.domain.pacep_states import Agreement, EventCode, PlanState, agreement_of, state_of
from spip_desktop.domain.person import IdentityDocument
from spip_desktop.domain.place import Place
from spip_desktop.domain.prescription import Prescription
from spip_desktop.domain.prescription_states import SheetState, reminded_on
from spip_desktop.domain.prescription_states import since as since_of
from spip_desktop.domain.prescription_states import state_of as state_of_sheet
from spip_desktop.domain.situation import current_custody, latest_sheet, quantum
from spip_desktop.domain.work import latest_end

#: The person was met: an interview is noted. A plan was put to the person.
MET, PLANNED = "rencontre", "plan_soumis"
SITUATION, EVALUATION, PLAN = "person.situation", "person.evaluation", "person.pacep"
CHAIN = "person.pacep_chain"
_TWO_YEARS, _SHORT_MONTHS = 24, 6
#: In prison their delay stops by itself (CP 132-43, 131-22), or what they ask for does (CP 131-36-5).
_STOPPED = STOPPED_IN_CUSTODY.keys() | {"SSJ"}
#: While the partner holds the sheet and owes an answer; then while a report is awaited.
_SILENT = frozenset({SheetState.HANDED_OVER})
_AT_WORK = frozenset({SheetState.RECEIVED, SheetState.MEETING_FIXED, SheetState.ACCEPTED, SheetState.RUNNING})
_WITH_US = frozenset({SheetState.DRAFT, SheetState.READY, SheetState.AGREED})
_REPORT_MONTHS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """What the rules look at of one person's situation."""

    person_id: UUID
    name: str = ""
    birth_date: date | None = None
    rqth: bool = False
    rqth_until: date | None = None
    custodies: Sequence[Custody] = ()
    sheets: Sequence[SentenceSheet] = ()
    measures: Sequence[Measure] = ()
    bases: Sequence[Basis] = ()
    documents: Sequence[IdentityDocument] = ()
    #: The last day on which an interview is noted.
    met_on: date | None = None
    #: The last day on which a sheet for a mission locale was begun.
    mission_locale_on: date | None = None
    #: The last day on which a plan was put to the person.
    planned_on: date | None = None
    #: The measures whose hours of work are all done.
    worked: frozenset[UUID] = frozenset()

    def proofs(self) -> Mapping[str, date]:
        known = {MET: self.met_on, PLANNED: self.planned_on}
        return {name: day for name, day in known.items() if day}


def of_situation(dossier: Dossier, today: date, labels: Mapping[str, str] | None = None) -> Iterable[Facts]:
    """Every subject of the situation. `labels` are the names of the identity documents by kind."""
    custody = current_custody(dossier.custodies, today)
    yield from (_measure(one, dossier, custody, today) for one in dossier.measures if is_running(one, today))
    if custody and custody.hosted:
        yield _custody(custody, dossier, today)
    for basis in dossier.bases:
        if basis.kind is BasisKind.VOLUNTARY and basis.received_on and not (basis.ends and basis.ends < today):
            place = Place(SITUATION, dossier.person_id, "bases")
            yield _facts(Subject.BASIS, basis.id, dossier, place, days={"reception": basis.received_on})
    yield from _papers(dossier, labels or {})


def _facts(
    of: Subject, id_: UUID, dossier: Dossier, place: Place, *, kind: str = "", days: Mapping[str, date | None],
    flags: Iterable[str] = (), words: Mapping[str, str] | None = None,
) -> Facts:  # fmt: skip
    known = {name: day for name, day in days.items() if day}
    return Facts(
        of=of, id=id_, person_id=dossier.person_id, place=place, kind=kind, days=known, flags=frozenset(flags),
        proofs=dossier.proofs(), words=words or {},
    )  # fmt: skip


def _measure(measure: Measure, dossier: Dossier, custody: Custody | None, today: date) -> Facts:
    """A decision under provisional enforcement is enforceable the day it is given.

    In prison some stop: the reports of D. 113-44, which are of measures of control, are not due meanwhile.
    """
    begun, ends = measure.referral_on or measure.starts, measure.ends_planned
    long = begun and ends and ends > dates.add_months(begun, _TWO_YEARS)
    flags = ["plus_de_deux_ans"] if long else []
    flags += ["provisoire"] if measure.provisional_enforcement else []
    held = custody is not None and custody.hosted
    flags += ["detenu"] if held and measure.kind in _STOPPED else []
    flags += ["heures_faites"] if measure.id in dossier.worked else []
    released = max((one.ends for one in dossier.custodies if one.ends and one.hosted), default=None)
    judged = measure.decision_on
    return _facts(
        Subject.MEASURE,
        measure.id,
        dossier,
        Place(SITUATION, dossier.person_id, "measures"),
        kind=measure.kind,
        days={
            "decision": judged,
            "definitive": measure.definitive_on or (judged if measure.provisional_enforcement else None),
            "notification": measure.notified_on or judged,
            "saisine": measure.referral_on,
            "debut": measure.starts,
            "fin_prevue": ends,
            "fin_du_delai": latest_end(measure, today) if measure.kind == "TIG" else None,
            # Judged after the release, the measure does not follow it; held again, there is nobody to receive.
            "sortie_de_detention": released if released and custody is None and judged and judged <= released else None,
        },
        flags=flags,
    )


def _custody(custody: Custody, dossier: Dossier, today: date) -> Facts:
    sheet = latest_sheet(dossier.sheets)
    every = {mark.code: mark.day for mark in marking.marks(sheet, custody, today)}
    release = every[marking.MarkCode.RELEASE]
    flags = frozenset(_custody_flags(custody, sheet, dossier, release, today))
    return _facts(
        Subject.CUSTODY,
        custody.id,
        dossier,
        Place(SITUATION, dossier.person_id, "marks"),
        days={
            "ecrou": custody.starts,
            "mi_peine": every[marking.MarkCode.HALF],
            "deux_tiers": every[marking.MarkCode.TWO_THIRDS],
            "commission": every[marking.MarkCode.COMMISSION],
            "fin_de_peine": every[marking.MarkCode.END],
            "sortie": release,
            # Never late: its day is today for as long as the stay lasts.
            "peine_courte": today if "six_mois_au_plus" in flags else None,
        },
        flags=flags,
    )


def _custody_flags(
    custody: Custody, sheet: SentenceSheet | None, dossier: Dossier, release: date | None, today: date
) -> Iterable[str]:
    if custody.penal_category is not PenalCategory.REMAND:
        yield "condamne"
    found, months = quantum(sheet), sentence_months(sheet)
    if found and months is not None:
        yield "peine_connue"
        for flag, most in (("cinq_ans_au_plus", 60), ("deux_ans_au_plus", 24)):
            if months + bool(found[2]) <= most:
                yield flag
    short = custody.starts and release and release < dates.add_months(custody.starts, _SHORT_MONTHS)
    if short or (months is not None and months < _SHORT_MONTHS):
        yield "six_mois_au_plus"
    if dossier.birth_date and _is_young(dossier.birth_date, dossier, today):
        yield "jeune"
    if dossier.mission_locale_on and (custody.starts is None or dossier.mission_locale_on >= custody.starts):
        yield "fiche_ml"


def _is_young(birth: date, dossier: Dossier, today: date) -> bool:
    """ML2: 18 to 25, or to 29 with a recognised handicap (domain.md §4.3)."""
    years = dates.age(birth, today)
    return 18 <= years < 26 or (26 <= years < 30 and dossier.rqth)


def sentence_months(sheet: SentenceSheet | None) -> int | None:
    """The one sentence of a sheet in whole months; None when there are several: they are never added up."""
    found = quantum(sheet)
    return None if found is None else found[0] * 12 + found[1]


def _papers(dossier: Dossier, labels: Mapping[str, str]) -> Iterable[Facts]:
    """The document of each kind that is valid longest; the recognition, in words that name no health."""
    latest: dict[str, IdentityDocument] = {}
    for one in dossier.documents:
        if one.expires and one.state == "valide":
            known = latest.get(one.kind)
            latest[one.kind] = one if known is None or (known.expires or one.expires) < one.expires else known
    for one in latest.values():
        place = Place(SITUATION, dossier.person_id, "documents")
        words = {"document": labels.get(one.kind, "Pièce")}
        yield _facts(Subject.PERSON, one.id, dossier, place, days={"piece_valable_jusqu_au": one.expires}, words=words)
    if dossier.rqth and dossier.rqth_until:
        place = Place(SITUATION, dossier.person_id, "rqth_until")
        days = {"rqth_jusqu_au": dossier.rqth_until}
        yield _facts(Subject.PERSON, dossier.person_id, dossier, place, days=days)


# -- the work with the person --------------------------------------------------------------------------------


def of_plan(plan: Pacep, events: Sequence[Event], review: Review | None, cause: str) -> Facts | None:
    """The newest plan put to the person; `cause` says in words what set the last day of its review."""
    state = state_of(plan, events)
    days: dict[str, date] = {}
    if state is PlanState.SUBMITTED and plan.submitted_on:
        days["soumis"] = plan.submitted_on
    found = last(events, EventCode.AGREEMENT)
    if found and state not in (PlanState.DRAFT, PlanState.REPLACED):
        answer = agreement_of(events)
        if answer is Agreement.TO_COLLECT:
            days["accord_a_recueillir"] = found.happened_on
        elif answer is Agreement.PARTIAL:
            days["accord_en_partie"] = found.happened_on
        if state is PlanState.AGREED:
            days["accord"] = found.happened_on
    visa = last(events, EventCode.VISA)
    if visa and state is PlanState.STAMPED:
        days["visa"] = visa.happened_on
    if review:
        days["revue"] = review.closes
    if not days:
        return None
    place, words = Place(PLAN, plan.person_id), {"number": str(plan.number), "cause": cause}
    return Facts(of=Subject.PLAN, id=plan.id, person_id=plan.person_id, place=place, days=days, words=words)


def of_vague_actions(plan: Pacep, lacking: str) -> Facts:
    """The version of a plan in which actions still to be done say not by whom or not when; `lacking` says so in words.

    One line for all of them, at the page where each is put right or explained.
    """
    days = {"actions_a_preciser": plan.submitted_on or plan.started_on}
    words, place = {"number": str(plan.number), "lacking": lacking}, Place(CHAIN, plan.person_id)
    return Facts(of=Subject.PLAN, id=plan.id, person_id=plan.person_id, place=place, days=days, words=words)


def of_evaluation(id_: UUID, number: int, frozen_on: date, events: Sequence[Event], dossier: Dossier) -> Facts:
    """The newest version that is arrêtée: not shared yet, awaiting its visa, or sent back."""
    newest = last(events, "partagee", "visee", "retournee")
    days = {newest.code: newest.happened_on} if newest else {"arretee": frozen_on}
    days.pop("visee", None)
    place, words = Place(EVALUATION, dossier.person_id), {"number": str(number)}
    return _facts(Subject.EVALUATION, id_, dossier, place, days=days, words=words)


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetView:
    """A sheet with its events, its partner's name and kind, and where the months before the release stand."""

    sheet: Prescription
    events: Sequence[Event]
    partner: str = ""
    kind: str = ""
    window: Window | None = None


def of_sheet(view: SheetView, today: date) -> Facts | None:
    """A sheet that waits for us, for its partner or for its report."""
    sheet, state = view.sheet, state_of_sheet(view.sheet, view.events)
    since = since_of(sheet, view.events)
    days: dict[str, date] = {}
    flags: list[str] = []
    words = {"partner": view.partner or "partenaire à choisir"}
    if state in _WITH_US and view.window:
        days, flags = _window_days(view.window, today), _window_flags(view.window)
        words |= _window_words(view.window)
    elif state in _WITH_US and sheet.ready_on:
        days["prete"] = sheet.ready_on
    reminded = reminded_on(view.events)
    if reminded and state in _SILENT | _AT_WORK | {SheetState.NO_ANSWER}:
        days["relance"] = reminded
    elif state is SheetState.NO_ANSWER:
        days["remise"] = _handed_over(view) or since  # noting the silence does not end it
    elif state in _SILENT:
        days["remise"] = since
    if not reminded and (state in _AT_WORK or (state in _SILENT and sheet.report_wanted_by)):
        days["bilan_attendu"] = sheet.report_wanted_by or dates.add_months(_handed_over(view) or since, _REPORT_MONTHS)
    for name, one in (("refusee", SheetState.REFUSED), ("accord_retire", SheetState.WITHDRAWN)):
        if state is one:
            days[name] = since
    if not days:
        return None
    place = Place("prescription", sheet.id)
    return Facts(
        of=Subject.SHEET, id=sheet.id, person_id=sheet.person_id, place=place, kind=view.kind, days=days,
        flags=frozenset(flags), words=words,
    )  # fmt: skip


def _handed_over(view: SheetView) -> date | None:
    found = last(view.events, SheetState.HANDED_OVER)
    return found.happened_on if found else None


def _window_days(window: Window, today: date) -> dict[str, date]:
    """To be prepared a month before it opens; then to be handed over from the day it opened, never late when short."""
    if window.is_open:
        return {"a_transmettre": today if window.short_sentence else window.opens}
    return {"a_preparer": dates.add_months(window.opens, -1)}


def _window_flags(window: Window) -> list[str]:
    named = (("delai_court", window.short_delay), ("peine_courte", window.short_sentence))
    return [name for name, holds in named if holds]


def _window_words(window: Window) -> dict[str, str]:
    said = ", délai court" if window.short_delay else ", peine courte" if window.short_sentence else ""
    return {"opens": dates.short(window.opens), "release": dates.short(window.release), "window": said}


def of_convention(partner_id: UUID, ends: date) -> Facts:
    """The last day of the longest convention of a partner: there is no person in it."""
    place, days = Place("partner", partner_id), {"convention_jusqu_au": ends}
    return Facts(of=Subject.PARTNER, id=partner_id, person_id=partner_id, place=place, days=days)


def of_unassigned(person_id: UUID, since: date) -> Facts:
    """A dossier that nobody follows."""
    place = Place("person.situation", person_id, "assignments")
    return Facts(of=Subject.DOSSIER, id=person_id, person_id=person_id, place=place, days={"creation": since})
