"""What a sheet stands on: the dossier, the partner, the dated facts, read in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from spip_desktop.db import codec
from spip_desktop.db import event as events
from spip_desktop.db import officer as officers
from spip_desktop.db import person as persons
from spip_desktop.db import situation as rows
from spip_desktop.db.pacep import PACEPS
from spip_desktop.db.partner import PARTNERS
from spip_desktop.db.store import Transaction
from spip_desktop.domain import dates
from spip_desktop.domain import marks as marking
from spip_desktop.domain.around import address_at_release, current_address
from spip_desktop.domain.disclosure import Dossier, best_document, document_is_valid, document_text, lowered
from spip_desktop.domain.eligibility import Facts, Home, Opinion, RuleResult, Thresholds, in_rqth_band
from spip_desktop.domain.eligibility_checks import answers
from spip_desktop.domain.event import Event, last
from spip_desktop.domain.marks import Mark
from spip_desktop.domain.measure import Custody, Measure, Milieu, SentenceSheet
from spip_desktop.domain.measure_rules import is_running
from spip_desktop.domain.officer import Officer
from spip_desktop.domain.pacep import Pacep
from spip_desktop.domain.partner import MISSION_LOCALE, Partner, PartnerService, serving
from spip_desktop.domain.person import Address, AddressKind, Person, latest_preparation
from spip_desktop.domain.prescription import Prescription
from spip_desktop.domain.prescription_states import SheetState, agreement_of
from spip_desktop.domain.sheet import SheetContent
from spip_desktop.domain.situation import current_custody, latest_sheet, milieu, no_basis, quantum
from spip_desktop.services import prescription_definitions
from spip_desktop.services.prescription_definitions import Definitions
from spip_desktop.services.prescription_sheet import (
    Parties,
    Sheet,
    nature_of,
    partner_quartier,
    reference_label,
    thresholds,
    usable,
)

_HOMES_IN_THE_OPEN = (AddressKind.DECLARED, AddressKind.DOMICILIATION, AddressKind.AT_RELEASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """Everything read once, from which the rules answer and the sheet is made."""

    today: date
    prescription: Prescription
    person: Person
    milieu: Milieu | None
    custody: Custody | None
    sentence: SentenceSheet | None
    home: Address | None
    dossier: Dossier
    parties: Parties
    partners: Sequence[Partner]
    events: Sequence[Event]
    pacep: Pacep | None
    release: Mark
    definitions: Definitions

    @property
    def inside(self) -> bool:
        return self.milieu is Milieu.CUSTODY

    @property
    def figures(self) -> Thresholds:
        return thresholds(self.definitions.rules)

    def facts(self) -> Facts:
        """What the conditions look at."""
        given, person, sentence = self.prescription, self.person, self.sentence
        found, (agreement, agreement_on) = quantum(sentence), _agreement(self.events)
        document, measures = best_document(self.dossier.documents, self.today), self.dossier.measures
        return Facts(
            today=self.today,
            birth_date=person.birth_date,
            sex=person.sex,
            milieu=self.milieu,
            penal_category=self.custody.penal_category if self.custody else None,
            sheet_as_of=sentence.as_of if sentence else None,
            ecrou_on=self.custody.starts if self.custody else None,
            sentence_months=found[0] * 12 + found[1] if found else None,
            release=self.release,
            rqth=person.rqth_status,
            rqth_until=person.rqth_until,
            near_employment=given.near_employment,
            near_employment_reason=given.near_employment_reason,
            near_employment_on=given.near_employment_on,
            preparation=self.dossier.preparation,
            partner_chosen=self.parties.partner is not None,
            home=self._home(),
            agreement=agreement,
            agreement_on=agreement_on,
            recipient=lowered(self.definitions.form.recipient_label),
            asks=frozenset(given.asks),
            opinions=opinions(given),
            measures=tuple(one.kind for one in measures),
            hours=next((one.hours for one in measures if one.hours), None),
            document=document_text(document, reference_label) if document else "",
            document_valid=document_is_valid(document, self.today) if document else None,
        )

    @property
    def legal(self) -> bool:
        """Whether the law lets class A out without an agreement, on the day of this reading."""
        ground, born = self.definitions.form.ground, self.person.birth_date
        return bool(ground and ground.applies(self.milieu, dates.age(born, self.today) if born else None))

    @property
    def lost_its_ground(self) -> bool:
        """Whether the paper cites the law of its ground, and that law does not apply any more."""
        content, form = self.prescription.sheet, self.definitions.form
        cited = content and form.foot_legal and codec.from_json(SheetContent, content).foot == form.foot_legal
        return bool(cited) and not self.legal

    def results(self) -> tuple[RuleResult, ...]:
        """The conditions; once the sheet is ready, those of that day with the agreement as it is now."""
        live = answers(self.definitions.rules.rules, self.facts(), self.figures)
        if not self.prescription.conditions:
            return live
        agreed = next((one for one in live if one.is_agreement), None)
        return tuple(agreed if agreed and one.is_agreement else one for one in self.prescription.conditions)

    def is_for(self, partner: Partner, service: PartnerService) -> bool:
        """Whether the law and the form let this sheet go to this service."""
        return self.definitions.form.is_for(service.kind, nature_of(partner, service))

    def allows(self, letterhead: str) -> bool:
        found = self.definitions.form.letterhead(letterhead)
        return found is not None and usable(found, self.milieu)

    def sheet(self) -> Sheet:
        facts, limits = self.facts(), self.figures
        return Sheet(
            form=self.definitions.form,
            prescription=self.prescription,
            dossier=self.dossier,
            parties=self.parties,
            legal=self.legal,
            rqth_band=in_rqth_band(facts, limits),
        )

    def later(self) -> tuple[str, str]:
        """The mission locale of the residence: its name, or nothing, and its service's."""
        code = self.home.postal_code if self.home else ""
        found = serving(self.partners, code, self.today) if code else None
        return (found[0].name, found[1].name) if found else ("", "")

    def _home(self) -> Home:
        """The addressee covers the town, or holds the permanence (ML8: while another mission locale covers it)."""
        if self.home is None:
            return Home()
        service = self.parties.partner_service
        served = service.covers(self.home.postal_code) if service else None
        later, _ = self.later()
        by = ""
        if not served and self.inside and service and service.works_in_prison:
            found = later if service.kind == MISSION_LOCALE else "permanence en établissement"
            served, by = (True, found) if found else (None, "")
        return Home(city=self.home.city or self.home.postal_code, proven=self.home.proven, served=served, by=by)

    def objective_number(self) -> str:
        """« 1.1 » when the sheet serves an objective of a plan."""
        if self.pacep is None:
            return ""
        for place, axis in enumerate(self.pacep.live_axes(), 1):
            live = [one for one in axis.objectives if one.binned_on is None]
            for index, objective in enumerate(live, 1):
                if objective.lineage == self.prescription.objective_lineage:
                    return f"{place}.{index}"
        return ""


def read(tx: Transaction, prescription: Prescription, officer: Officer, on: date | None = None) -> Ground:
    """The ground of one sheet today, or on the day of a fact; once ready, as seen by the officer who made it so."""
    if prescription.ready_by and prescription.ready_by != officer.id:
        officer = officers.OFFICERS.get(tx, prescription.ready_by)
    today, person_id = on or tx.clock.today(), prescription.person_id
    person = persons.PERSONS.get(tx, person_id)
    custody = current_custody(rows.CUSTODIES.find(tx, person_id=person_id), today)
    sentence = latest_sheet(rows.SHEETS.find(tx, person_id=person_id))
    measures = [one for one in rows.MEASURES.find(tx, person_id=person_id) if is_running(one, today)]
    where = milieu(custody, followed=_followed(tx, person_id, measures, today))
    home = _home_of(persons.ADDRESSES.find(tx, person_id=person_id), where, today)
    partners = PARTNERS.find(tx)
    return Ground(
        today=today,
        prescription=prescription,
        person=person,
        milieu=where,
        custody=custody,
        sentence=sentence,
        home=home,
        dossier=Dossier(
            today=today,
            person=person,
            milieu=where,
            home=home,
            documents=persons.DOCUMENTS.find(tx, person_id=person_id),
            preparation=latest_preparation(persons.PREPARATIONS.find(tx, person_id=person_id), today),
            custody=custody,
            sentence=sentence,
            # A partner is told of a release that is decided or official, never of one that is only aimed at.
            release=marking.release(sentence, custody, today, acquired=True),
            quartier=partner_quartier(custody.quartier) if custody else "",
            measures=measures,
        ),
        parties=_parties(tx, prescription, officer, partners),
        partners=[one for one in partners if one.offered_on(today)],
        events=events.of(tx, prescription.id),
        pacep=_plan(tx, prescription),
        release=marking.release(sentence, custody, today),
        definitions=prescription_definitions.of(tx, prescription),
    )


def release_facts(tx: Transaction, person_id: UUID, today: date) -> Facts:
    """Only what the window before the release looks at: for lists, without the rest of the dossier."""
    custody = current_custody(rows.CUSTODIES.find(tx, person_id=person_id), today)
    sentence = latest_sheet(rows.SHEETS.find(tx, person_id=person_id))
    found = quantum(sentence)
    return Facts(
        today=today,
        milieu=Milieu.CUSTODY if custody else None,
        ecrou_on=custody.starts if custody else None,
        sentence_months=found[0] * 12 + found[1] if found else None,
        release=marking.release(sentence, custody, today),
    )


def with_partner(ground: Ground, prescription: Prescription) -> Ground:
    """The same ground with the partner of another version of the sheet."""
    parties = ground.parties
    chosen = next((one for one in ground.partners if one.id == prescription.partner_id), None)
    service = chosen.service(prescription.service_id) if chosen else None
    contact = chosen.contact(prescription.contact_id) if chosen else None
    new = replace(parties, partner=chosen, partner_service=service, contact=contact)
    return replace(ground, prescription=prescription, parties=new)


def _parties(tx: Transaction, prescription: Prescription, officer: Officer, partners: Sequence[Partner]) -> Parties:
    chosen = next((one for one in partners if one.id == prescription.partner_id), None)
    return Parties(
        officer=officer,
        service=officers.service(tx),
        partner=chosen,
        partner_service=chosen.service(prescription.service_id) if chosen else None,
        contact=chosen.contact(prescription.contact_id) if chosen else None,
    )


def _agreement(facts: Sequence[Event]) -> tuple[str, date | None]:
    """The last answer and its day; once the partner had the sheet, « withdrawn » when it was taken back."""
    answer, withdrawn = agreement_of(facts), last(facts, SheetState.WITHDRAWN)
    if withdrawn:
        return "withdrawn", withdrawn.happened_on
    return (answer.detail["answer"], answer.happened_on) if answer else ("", None)


def opinions(prescription: Prescription) -> dict[str, Opinion]:
    """What the officer answered to the conditions that only a person can judge, by their code."""
    given = prescription.opinions
    return {
        code: Opinion(answer=answer, reason=given.get(f"{code}.reason", ""), on=_day(given.get(f"{code}.on", "")))
        for code, answer in given.items()
        if "." not in code
    }


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _followed(tx: Transaction, person_id: UUID, running: Sequence[Measure], today: date) -> bool:
    bases, custodies = rows.BASES.find(tx, person_id=person_id), rows.CUSTODIES.find(tx, person_id=person_id)
    return no_basis(bases, custodies, today) is None or bool(running)


def _home_of(addresses: Sequence[Address], where: Milieu | None, today: date) -> Address | None:
    if where is Milieu.CUSTODY:
        return address_at_release(addresses)
    found = (current_address(addresses, kind, today) for kind in _HOMES_IN_THE_OPEN)
    return next((one for one in found if one), None)


def _plan(tx: Transaction, prescription: Prescription) -> Pacep | None:
    return PACEPS.get(tx, prescription.pacep_id) if prescription.pacep_id else None
