"""What appointments say to the rules of the échéances: outcomes to note, absences without an answer, nobody called."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from spip_desktop.domain.appointment_states import Standing
from spip_desktop.domain.deadline import Facts, Subject
from spip_desktop.domain.place import Place

PAGE = "person.appointments"
#: The field that asks for a new appointment; a type may follow a point.
NEW = "new"
#: The flag of an absence that is not the first.
AGAIN = "repetee"


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """An appointment of today or before that may wait for somebody; `again`: an absence was answered before."""

    id: UUID
    person_id: UUID
    day: date
    standing: Standing
    due_on: date | None = None
    again: bool = False


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
