"""What the agenda knows of the service: where it receives, who is away, which permanences it holds."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from spip_desktop.db.appointment import ABSENCES, PERMANENCES, PLACES
from spip_desktop.domain.agenda import (
    MeetingPlace,
    OfficerAbsence,
    Permanence,
    absence_problems,
    permanence_problems,
    place_problems,
)
from spip_desktop.domain.errors import refuse_if_any
from spip_desktop.domain.officer import Right
from spip_desktop.services.appointment_ground import AppointmentGround, places


class AgendaSetupService:
    """Places are no longer offered rather than taken away: appointments point at them."""

    def __init__(self, ground: AppointmentGround) -> None:
        self._ground = ground

    def places(self) -> list[MeetingPlace]:
        """The service itself, then the places it noted that are still offered."""
        with self._ground.reading() as tx:
            return places(tx, tx.clock.today())

    def absences(self) -> list[OfficerAbsence]:
        """One's own, running or to come; those of everybody for who assigns."""
        with self._ground.reading() as tx:
            every = ABSENCES.find(tx, ABSENCES.table.c.ends >= tx.clock.today())
        everybody, me = self._ground.context.actor.may(Right.ASSIGN), self._ground.context.officer_id
        mine = [one for one in every if everybody or one.officer_id == me]
        return sorted(mine, key=lambda one: (one.starts, one.id))

    def permanences(self) -> list[Permanence]:
        """Those to come, and those that come back each week."""
        with self._ground.reading() as tx:
            every, today = PERMANENCES.find(tx), tx.clock.today()
        ahead = [one for one in every if (one.until or today) >= today and (one.weekly or one.day >= today)]
        return sorted(ahead, key=lambda one: (one.day.weekday(), one.begins, one.id))

    # -- places ------------------------------------------------------------------------------------------------

    def add_place(self, place: MeetingPlace) -> None:
        """Refusals: `required`, `postal_code_format`."""
        with self._ground.writing("add_meeting_place") as tx:
            refuse_if_any(place_problems(place))
            PLACES.save(tx, place)
            tx.note("meeting_place", place.id)

    def close_place(self, place_id: UUID) -> None:
        """No longer offered from today on; what was fixed there stays."""
        with self._ground.writing("close_meeting_place") as tx:
            PLACES.save(tx, replace(PLACES.get(tx, place_id), until=tx.clock.today() - timedelta(days=1)))
            tx.note("meeting_place", place_id)

    def open_place(self, place_id: UUID) -> None:
        """Offered again."""
        with self._ground.writing("open_meeting_place") as tx:
            PLACES.save(tx, replace(PLACES.get(tx, place_id), until=None))
            tx.note("meeting_place", place_id)

    # -- absences ----------------------------------------------------------------------------------------------

    def add_absence(self, absence: OfficerAbsence) -> None:
        """One's own, or a colleague's for who assigns. Refusals: `not_allowed`, `end_before_start`."""
        with self._ground.writing("add_officer_absence") as tx:
            self._require_own(absence)
            refuse_if_any(absence_problems(absence))
            ABSENCES.save(tx, absence)
            tx.note("officer_absence", absence.id)

    def remove_absence(self, absence_id: UUID) -> None:
        with self._ground.writing("remove_officer_absence") as tx:
            self._require_own(ABSENCES.get(tx, absence_id))
            ABSENCES.bin(tx, absence_id)
            tx.note("officer_absence", absence_id)

    def restore_absence(self, absence_id: UUID) -> None:
        with self._ground.writing("restore_officer_absence") as tx:
            self._require_own(ABSENCES.get(tx, absence_id))
            ABSENCES.restore(tx, absence_id)
            tx.note("officer_absence", absence_id)

    def _require_own(self, absence: OfficerAbsence) -> None:
        if absence.officer_id != self._ground.context.officer_id:
            self._ground.context.actor.require(Right.ASSIGN)

    # -- permanences -------------------------------------------------------------------------------------------

    def add_permanence(self, one: Permanence) -> None:
        """Refusals: `required`, `permanence_hours`, `end_before_start`."""
        with self._ground.writing("add_permanence") as tx:
            refuse_if_any(permanence_problems(one))
            PERMANENCES.save(tx, one)
            tx.note("permanence", one.id)

    def remove_permanence(self, permanence_id: UUID) -> None:
        with self._ground.writing("remove_permanence") as tx:
            PERMANENCES.bin(tx, permanence_id)
            tx.note("permanence", permanence_id)

    def restore_permanence(self, permanence_id: UUID) -> None:
        with self._ground.writing("restore_permanence") as tx:
            PERMANENCES.restore(tx, permanence_id)
            tx.note("permanence", permanence_id)
