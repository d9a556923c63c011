"""Lines for each register of the obligations, and a measure with obligations to hang them on."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from spip_desktop.domain.hours import HoursLine, HoursStep
from spip_desktop.domain.measure import Basis, BasisKind, Measure, Obligation
from spip_desktop.domain.payment import Payment, PaymentPlan
from spip_desktop.domain.proof import Check, Proof
from spip_desktop.domain.register import RegisterLine
from spip_desktop.domain.week_hours import parse_week
from spip_desktop.domain.work import WorkSession, WorkTerms
from spip_desktop.wiring import Services

DAY = date(2026, 11, 20)
#: How a line of each register is made, given its ids (id, person_id, and obligation_id or measure_id).
SAMPLES: Mapping[str, Callable[..., RegisterLine]] = {
    "checks": lambda **ids: Check(checked_on=DAY, result="constate", note="Vu au guichet.", **ids),
    "proofs": lambda **ids: Proof(kind="travail", seen_on=DAY, covers_until=DAY, note="Contrat de six mois.", **ids),
    "plans": lambda **ids: PaymentPlan(starts=date(2026, 8, 5), monthly_cents=60_00, note="Au greffe.", **ids),
    "payments": lambda **ids: Payment(paid_on=DAY, cents=60_00, note="Virement.", **ids),
    "sessions": lambda **ids: WorkSession(
        done_on=DAY, begins=480, finishes=720, minutes=240, host="Mairie de Valbrune", note="Peinture.", **ids
    ),
    "terms": lambda **ids: WorkTerms(
        starts=DAY, authority="dspip", decided_on=DAY, host="Mairie de Valbrune", works="Peinture", **ids
    ),
    "hours": lambda **ids: HoursLine(
        step=HoursStep.GRANTED,
        happened_on=DAY,
        authority="jap",
        slots=parse_week("lun-ven 8h-18h"),
        note="Emploi.",
        **ids,
    ),
}
OF_MEASURE = frozenset({"sessions", "terms", "hours"})


def sample(name: str, id_: UUID, person: UUID, *, measure: UUID, obligation: UUID) -> Any:
    """A line of that register."""
    about = {"measure_id": measure} if name in OF_MEASURE else {"obligation_id": obligation}
    return SAMPLES[name](id=id_, person_id=person, **about)


def measure_of(services: Services, person: UUID, kind: str = "SP", **more: Any) -> UUID:
    """A measure that runs since a year, with what it rests on."""
    new, starts = services.context.ids.new, more.pop("starts", date(2025, 11, 3))
    basis, measure = new(), new()
    referral = Basis(id=basis, person_id=person, kind=BasisKind.REFERRAL, received_on=starts)
    services.situation.bases.add(referral)
    services.situation.measures.add(
        Measure(id=measure, person_id=person, kind=kind, basis_id=basis, starts=starts, **more)
    )
    return measure


def obligation_of(services: Services, person: UUID, measure: UUID, code: str = "cp132_45_5", **more: Any) -> UUID:
    id_ = services.context.ids.new()
    services.situation.obligations.add(Obligation(id=id_, person_id=person, measure_id=measure, code=code, **more))
    return id_
