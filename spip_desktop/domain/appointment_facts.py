"""What appointments say to the rules of the échéances: outcomes to note, absences without an answer, nobody called."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from spip_desktop.domain.appointment import Appointment
from spip_desktop.domain.appointment_states import Standing
from spip_desktop.domain.deadline import Facts, Subject
from spip_desktop.domain.place import Place

PAGE = "person.appointments"
#: The field that asks for a new appointment; a type may follow a point.
NEW = "new"
#: The flag of an absence that is not the first.
AGAIN = "repetee"
#: An appointment of whatever type does.
ANY_KIND = "any"


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """An appointment of today or before that may wait for somebody; `again`: an absence was answered before."""

    id: UUID
    person_id: UUID
    day: date
    standing: Standing
    due_on: date | None = None
    again: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """An absence whose last answer calls for an appointment: of the type `wanted` (or `ANY_KIND`), `usual` is offered.

    `id`: the appointment that was missed; `on`: the day of the answer.
    """

    id: UUID
    person_id: UUID
    on: date
    wanted: str
    usual: str


def new_appointment(person_id: UUID, kind: str = "") -> Place:
    """Where an appointment is fixed, of this type."""
    return Place(PAGE, person_id, f"{NEW}.{kind}" if kind else NEW)


_TRIGGERS = {
    Standing.PLANNED: "a_noter",
    Standing.MISSED: "absence",
    Standing.PROOF_AWAITED: "justificatif",
    Standing.LEFT: "reexamen",
}


def of_waiting(one: Waiting) -> Facts:
    """Counted from the appointment, or from the day its proof or its re-examination is due."""
    return Facts(
        of=Subject.APPOINTMENT,
        id=one.id,
        person_id=one.person_id,
        place=Place(PAGE, one.person_id, str(one.id)),
        days={_TRIGGERS[one.standing]: one.due_on or one.day},
        flags=frozenset({AGAIN} if one.again else ()),
    )


def of_called(one: Called, fixed: Iterable[Appointment], *, inside: bool) -> Facts | None:
    """The appointment that was decided after an absence, until it is fixed; `fixed`: those of the person that stand."""
    if is_fixed(one.on, one.wanted, fixed, inside=inside):
        return None
    return Facts(
        of=Subject.APPOINTMENT,
        id=one.id,
        person_id=one.person_id,
        place=new_appointment(one.person_id, "" if inside else one.usual),
        days={"rendez_vous_a_fixer": one.on},
    )


def is_fixed(decided_on: date, wanted: str, fixed: Iterable[Appointment], *, inside: bool) -> bool:
    """Whether one of these is the appointment that a decision of that day calls for.

    Of the very type, one fixed before the decision counts when it is for later. Inside, where the types of the list are
    not offered, any appointment fixed since does.
    """
    if inside or wanted == ANY_KIND:
        return any(one.made_on >= decided_on and one.day >= decided_on for one in fixed)
    return any(one.kind == wanted and one.day >= decided_on for one in fixed)


def of_rhythm(person_id: UUID, last: date, level: str, today: date) -> Iterator[Facts]:
    """Nothing is planned after the last appointment: the level's rhythm says from when that is an oversight."""
    if last < today:
        yield Facts(
            of=Subject.FOLLOW,
            id=person_id,
            person_id=person_id,
            place=Place(PAGE, person_id),
            days={"dernier_rendez_vous": last},
            flags=frozenset({level} if level else ()),
        )
