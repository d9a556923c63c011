"""Loïc Perrin of the reference pictures, two missions locales, and the services of the prescriptions."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import pytest

from spip_desktop.domain.measure import Custody, PenalCategory, SentenceLine, SentenceSheet
from spip_desktop.domain.person import Address, AddressKind, IdentityDocument, PhoneState, Preparation
from spip_desktop.domain.place import Place
from spip_desktop.services.access import AccessService
from spip_desktop.services.context import Context
from spip_desktop.services.partner import PartnerDirectory
from spip_desktop.services.person import QuickStart
from spip_desktop.services.prescription import PrescriptionService
from spip_desktop.wiring import Services, make_services

PRISON = "maison d’arrêt de Valbrune"
OBJECTIVE = "Je veux reprendre en cuisine et passer un CAP, avec un patron qui me laisse ma chance."


@dataclass(frozen=True)
class MissionsLocales:
    valbrune: UUID
    valbrune_service: UUID
    hugo: UUID
    orsanne: UUID
    orsanne_service: UUID


@pytest.fixture
def services(context: Context) -> Services:
    return make_services(context)


@pytest.fixture
def prescriptions(context: Context) -> PrescriptionService:
    return PrescriptionService(context, AccessService(context))


@pytest.fixture
def missions(context: Context) -> MissionsLocales:
    return add_missions(context)


def add_missions(context: Context) -> MissionsLocales:
    """The one that holds the permanence in the prison, and the one of Orsanne."""
    directory = PartnerDirectory(context)
    valbrune = directory.add("Mission locale du Pays de Valbrune")
    service = directory.get(valbrune).value.services[0].id
    directory.save_service(
        valbrune, service, {"postal_codes": ("31999",), "works_in_prison": True, "establishment": PRISON}
    )
    hugo = directory.add_contact(valbrune, service)
    directory.save_contact(valbrune, service, hugo, {"name": "Hugo Marchetti", "function": "Conseiller"})
    orsanne = directory.add("Orsanne et vallées")
    other = directory.get(orsanne).value.services[0].id
    directory.save_service(orsanne, other, {"postal_codes": ("31998",), "city": "Orsanne", "postal_code": "31998"})
    return MissionsLocales(valbrune, service, hugo, orsanne, other)


@pytest.fixture
def loic(context: Context) -> UUID:
    return add_loic(context)


def add_loic(context: Context) -> UUID:
    """22 years old, detained and convicted, release on 22/06/2027, home in Orsanne without proof."""
    services = make_services(context)
    persons, ids = services.persons, context.ids
    start = QuickStart(birth_name="Perrin", first_names="Loïc", birth_date=date(2004, 3, 14), ecrou_number="12345")
    id_ = persons.quick_start(start)
    persons.save_fields(
        id_,
        {
            "title": "Monsieur", "sex": "M", "phone_state": PhoneState.NUMBER, "phone": "06 39 98 45 12",
            "known_mission_locale": "oui", "known_mission_locale_where": "Orsanne",
            "contact_preference": "telephone", "allowed_to_work": "oui",
            "france_travail": "non", "bank_account": "oui", "education_level": "niveau_3",
            "last_diploma": "brevet, 2019",
            "experience": ("plongeur, 8 mois", "manutentionnaire, 5 mois", "commis de cuisine, 3 mois"),
            "languages": "français", "driving_licence": "sans permis", "mobility": "bus",
            "digital": "téléphone, courriel à créer",
            "availability": "Du lundi au vendredi, temps plein, à partir de juillet 2027.",
            "engaged": "Pôle IPRO : atelier CV fait en octobre 2026.",
        },
    )  # fmt: skip
    home = Address(
        id=ids.new(), person_id=id_, kind=AddressKind.AT_RELEASE, line="7, rue du Four", postal_code="31998",
        city="Orsanne", host_name="Mme Perrin",
    )  # fmt: skip
    persons.addresses.add(home)
    persons.preparations.add(
        Preparation(id=ids.new(), person_id=id_, starts=date(2026, 10, 5), ends=date(2026, 11, 1), state="terminee")
    )
    persons.documents.add(IdentityDocument(id=ids.new(), person_id=id_, kind="cni", state="en_renouvellement"))
    custody: Custody = services.situation.penal(id_).custodies[0].value
    services.situation.custodies.save_fields(
        custody.id,
        {
            "establishment": PRISON, "starts": date(2026, 4, 22), "penal_category": PenalCategory.CONVICTED,
            "quartier": "QD", "building": "B", "cell": "B 214",
        },
    )  # fmt: skip
    line = SentenceLine(id=ids.new(), label="Vol aggravé", quantum_months=14)
    services.situation.sheets.add(
        SentenceSheet(
            id=ids.new(), person_id=id_, as_of=date(2026, 11, 3), sentence_start=date(2026, 4, 22),
            end_official=date(2027, 6, 22), leave_possible=date(2027, 3, 1), commission_on=date(2027, 1, 28),
            lines=(line,),
        )
    )  # fmt: skip
    return id_


EVERY_TICK = (
    "objectif", "naissance", "bilan_avant", "date_utile", "joindre", "residence", "autorise_travail",
    "france_travail", "compte_bancaire", "rqth", "niveau", "experiences", "langues", "aide_lecture",
    "ppaip", "disponibilite", "piece", "sortie",
)  # fmt: skip


def complete(
    prescriptions: PrescriptionService,
    person_id: UUID,
    *,
    ticked: tuple[str, ...] = EVERY_TICK,
    serves: tuple[UUID | None, UUID | None] = (None, None),
) -> UUID:
    """A draft that nothing keeps from being ready; `serves` is a plan and the lineage of its action."""
    id_ = prescriptions.draft.start(person_id, *serves)
    prescriptions.draft.save_fields(
        id_,
        {
            "asks": ("diagnostic", "formation", "emploi"), "objective_words": OBJECTIVE, "ticked": ticked,
            "near_employment": "oui", "near_employment_reason": "A un métier et un projet.",
            "meeting_on": date(2026, 12, 22), "meeting_hour": "9 h 30",
        },
    )  # fmt: skip
    for result in prescriptions.view(id_).results:
        if result.answer == "non":
            prescriptions.draft.pass_over(id_, result.code, "Permanence le 22/12, le mois où la fenêtre s’ouvre.")
    if prescriptions.view(id_).unread:
        prescriptions.draft.mark_read(id_)
    return id_


def place_of(prescription_id: UUID) -> Place:
    return Place("prescription", prescription_id)
