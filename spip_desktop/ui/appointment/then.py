"""What follows an appointment, in one action from its line: the note of the interview, or the manquement."""

from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from spip_desktop.domain.appointment import Appointment
from spip_desktop.domain.officer import Right
from spip_desktop.ui.buttons import Button
from spip_desktop.ui.guard import Guard
from spip_desktop.wiring import Services


@dataclass(frozen=True, slots=True)
class Then:
    """The line one is on: whether the person was received, or was missed, and the manquement that came of it."""

    appointment: Appointment
    met: bool
    missed: bool
    breach: UUID | None = None


class ThenBar(QObject):
    """Two buttons that a page puts among its acts; each is there only where it has something to lead to."""

    went = Signal(str, object, str)  # kind of page, its id, its field
    refused = Signal(object)  # Refusal

    def __init__(self, services: Services, guard: Guard) -> None:
        super().__init__()
        self._services, self._guard = services, guard
        self._line: Then | None = None
        self.note = Button("Noter l’entretien", "pencil", name="appointments.interview")
        self.breach = Button("Noter un manquement", "alert-circle", name="appointments.breach")
        self.buttons = (self.note, self.breach)
        self.note.clicked.connect(self._note)
        self.breach.clicked.connect(self._breach)
        self.show_line(None)

    def show_line(self, line: Then | None) -> None:
        may, self._line = self._services.context.actor.may, line
        self.note.setVisible(line is not None and line.met and may(Right.WRITE_INTERVIEW))
        known = line is not None and line.breach is not None
        self.breach.setText("Voir le manquement" if known else "Noter un manquement")
        self.breach.setVisible(known or (line is not None and line.missed and may(Right.WRITE_INCIDENT)))

    def _note(self) -> None:
        """The note of this appointment, begun now or already there."""
        if self._line is None:
            return
        one, begin = self._line.appointment, self._services.interviews.writing.begin
        made: UUID | None = self._guard.run(lambda: begin(one.person_id, one.id), refused=self.refused.emit)
        if made:
            self.went.emit("interview", made, "")

    def _breach(self) -> None:
        """The manquement of this absence, or a new one with its facts: nothing is noted before the officer says so."""
        if self._line is not None:
            one, known = self._line.appointment, self._line.breach
            self.went.emit("person.incidents", one.person_id, f"breach.{known}" if known else f"absence.{one.id}")
