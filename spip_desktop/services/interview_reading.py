"""What pages and other slices read of the interviews: one note, those of a person, what a note may touch."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from spip_desktop.db import evaluation as evaluations
from spip_desktop.db import interview as rows
from spip_desktop.db import pacep as plans
from spip_desktop.db.event import of
from spip_desktop.db.interview import INTERVIEWS
from spip_desktop.db.officer import OFFICERS
from spip_desktop.db.records import Stored
from spip_desktop.db.store import Transaction
from spip_desktop.domain.event import Event
from spip_desktop.domain.interview import Interview, additions, outside_hours
from spip_desktop.domain.officer import Right
from spip_desktop.reference import load
from spip_desktop.services.access import AccessService
from spip_desktop.services.context import Context
from spip_desktop.services.evaluation_forms import form_in_force
from spip_desktop.services.evaluation_ground import Ground


@dataclass(frozen=True, slots=True, kw_only=True)
class Touchable:
    """What an interview may touch, as (code, label): steps of the evaluation, objectives of the plan."""

    fields: tuple[tuple[str, str], ...]
    objectives: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class InterviewView:
    """All that the page of one note shows.

    `outside_hours`: a visit at home, not at its hours. `evaluation_id`: the version being written, to which words go.
    """

    stored: Stored[Interview]
    additions: tuple[Event, ...]
    officers: dict[UUID, str]
    touchable: Touchable
    mine: bool
    presumed_innocent: bool
    outside_hours: bool
    inside_prison: bool
    evaluation_id: UUID | None

    @property
    def interview(self) -> Interview:
        return self.stored.value

    @property
    def is_written_here(self) -> bool:
        """Whether its fields may be typed in."""
        return self.mine and not self.interview.is_closed


class InterviewReadingService:
    """Reads ask for the right and for access to the dossier, and change nothing."""

    def __init__(self, context: Context, access: AccessService, ground: Ground) -> None:
        self._context, self._access, self._ground = context, access, ground

    def person_of(self, interview_id: UUID) -> UUID:
        """Whose interview it is, before the dossier is open."""
        self._context.actor.require(Right.READ_INTERVIEW)
        with self._context.store.reading() as tx:
            return INTERVIEWS.get(tx, interview_id).person_id

    def of_person(self, person_id: UUID) -> Sequence[Interview]:
        """Every interview of a person, the newest first."""
        self._context.actor.require(Right.READ_INTERVIEW)
        with self._context.store.reading() as tx:
            self._access.require(tx, person_id)
            return rows.of_person(tx, person_id)

    def view(self, interview_id: UUID) -> InterviewView:
        self._context.actor.require(Right.READ_INTERVIEW)
        with self._context.store.reading() as tx:
            stored = INTERVIEWS.stored(tx, interview_id)
            one = stored.value
            self._access.require(tx, one.person_id)
            place = load("interview_places").get(one.place)
            return InterviewView(
                stored=stored,
                additions=additions(of(tx, interview_id)),
                officers={who.id: who.signature(tx.clock.today()) for who in OFFICERS.find(tx)},
                touchable=self._touchable(tx, one),
                mine=one.author_id == self._context.officer_id,
                presumed_innocent=self._ground.is_presumed_innocent(tx, one.person_id),
                outside_hours=outside_hours(one, at_home=place is not None and place.flag("home")),
                inside_prison=place is not None and place.flag("custody"),
                evaluation_id=_evaluation_draft(tx, one.person_id),
            )

    def _touchable(self, tx: Transaction, one: Interview) -> Touchable:
        """Today's form and plan, with what an older note touched and they no longer hold."""
        fields = {step.code: step.label for step in form_in_force(tx).fields()}
        objectives: dict[str, str] = {}
        if self._context.actor.may(Right.READ_PACEP):
            for plan in plans.of_person(tx, one.person_id):
                held = {str(goal.lineage): goal.wording for _, goal in plan.live_objectives() if goal.wording}
                objectives = held | {code: label for code, label in objectives.items() if code in one.objectives}
        return Touchable(fields=_offered(fields, one.fields), objectives=_offered(objectives, one.objectives))


def _offered(known: dict[str, str], touched: Sequence[str]) -> tuple[tuple[str, str], ...]:
    return (*known.items(), *((code, "Retiré depuis") for code in touched if code not in known))


def _evaluation_draft(tx: Transaction, person_id: UUID) -> UUID | None:
    found = (one.value for one in evaluations.of_person(tx, person_id))
    return next((one.id for one in found if not one.is_frozen), None)
