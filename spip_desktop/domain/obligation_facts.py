"""What the follow-up of the obligations says to the rules of the échéances."""

from collections.abc import Iterator, Sequence
from datetime import date
from uuid import UUID

from spip_desktop.domain import dates
from spip_desktop.domain.deadline import Facts, Subject
from spip_desktop.domain.hours import HoursLine, pending
from spip_desktop.domain.money import euros
from spip_desktop.domain.obligation_standing import FollowedObligation
from spip_desktop.domain.payment import Account
from spip_desktop.domain.place import Place
from spip_desktop.domain.proof import covered_until
from spip_desktop.domain.text import NBSP
from spip_desktop.domain.work import WorkSession

PAGE = "person.obligations"
#: Any line about the obligation shows that it was looked at.
LOOKED_AT = "verification"


def of_obligation(one: FollowedObligation, name: str, today: date) -> Facts | None:
    """Papers that cover no more, payments that are missing, checks that were planned; None where nothing can wait."""
    if not one.binds(today):
        return None
    account, obligation = one.account(today), one.obligation
    known = {
        "justificatif_jusqu_au": covered_until(one.proofs),
        "echeance_impayee": account.unpaid_since if account else None,
        "controle_prevu": obligation.next_check,
        "a_justifier": None if one.proofs or one.checks or one.payments or one.work else one.since,
    }
    days = {trigger: day for trigger, day in known.items() if day}
    if not days:
        return None
    looked = [*(proof.seen_on for proof in one.proofs), *(check.checked_on for check in one.checks)]
    looked += [paid.paid_on for paid in one.payments]
    return Facts(
        of=Subject.OBLIGATION,
        id=obligation.id,
        person_id=obligation.person_id,
        place=Place(PAGE, obligation.person_id, str(obligation.id)),
        kind=obligation.code,
        days=days,
        proofs={LOOKED_AT: max(looked)} if looked else {},
        words={"obligation": name, "missing": _missing(account) if account else ""},
    )


def _missing(account: Account) -> str:
    """« Il manque 120 €, mois sans versement : septembre 2026, octobre 2026 »."""
    months = dates.months_of(one.first for one in account.missed)
    said = f"Il manque {euros(max(0, account.balance))}"
    return f"{said}, mois sans versement{NBSP}: {months}" if months else said


def of_hours(lines: Sequence[HoursLine]) -> Iterator[Facts]:
    """Each request of a measure that nobody answered."""
    for one in pending(lines):
        yield Facts(
            of=Subject.HOURS,
            id=one.id,
            person_id=one.person_id,
            place=Place(PAGE, one.person_id, str(one.id)),
            days={"demande": one.happened_on},
        )


def of_work(measure_id: UUID, person_id: UUID, sessions: Sequence[WorkSession]) -> Facts | None:
    """Attendance sheets that the host has not signed, since the oldest."""
    waiting = [one.done_on for one in sessions if not one.signed]
    if not waiting:
        return None
    return Facts(
        of=Subject.WORK,
        id=measure_id,
        person_id=person_id,
        place=Place(PAGE, person_id, f"work.{measure_id}"),
        days={"feuille_a_signer": min(waiting)},
        words={"count": str(len(waiting))},
    )
