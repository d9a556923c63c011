"""What the page of the evaluation shows: one version with its form, its findings, what blocks, and the others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from spip_desktop.db import evaluation as rows
from spip_desktop.db import event as events
from spip_desktop.db.records import Stored
from spip_desktop.db.store import Transaction
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.evaluation import Evaluation, ExploredField, Finding
from spip_desktop.domain.evaluation_states import EvaluationState, state_of
from spip_desktop.domain.event import Event
from spip_desktop.forms.schema import Form
from spip_desktop.forms.session import FormSession
from spip_desktop.services.evaluation_forms import form_in_force
from spip_desktop.services.evaluation_ground import Blocking, Ground


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One version in the list of a person's evaluations, with its dated facts."""

    evaluation: Evaluation
    state: EvaluationState
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationView:
    """One version. `fields` are by step code, with the locks that autosave sends back.

    `presumption_changed`: the situation now says otherwise than on the day the draft was started.
    """

    version: Version
    lock: int
    fields: Mapping[str, Stored[ExploredField]]
    findings: Sequence[Stored[Finding]]
    session: FormSession
    blocking: tuple[Blocking, ...]
    presumption_changed: bool

    @property
    def evaluation(self) -> Evaluation:
        return self.version.evaluation


class EvaluationReadingService:
    """Reads ask for the right and for access to the dossier, and change nothing."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground

    def form(self) -> Form:
        """The form that a new version starts with."""
        with self._ground.reading() as tx:
            return form_in_force(tx)

    def versions(self, person_id: UUID) -> tuple[Version, ...]:
        """Every version of a person's evaluation, newest first."""
        with self._ground.reading() as tx:
            self._ground.access.require(tx, person_id)
            return tuple(reversed(_versions(tx, person_id)))

    def current(self, person_id: UUID) -> UUID | None:
        """The version that the page opens: the draft, else the newest."""
        found = self.versions(person_id)
        draft = next((one for one in found if not one.evaluation.is_frozen), None)
        shown = draft or (found[0] if found else None)
        return shown.evaluation.id if shown else None

    def draft_of(self, person_id: UUID) -> UUID:
        """The version being written; Refusal `own_view_no_draft` when there is none."""
        for one in self.versions(person_id):
            if not one.evaluation.is_frozen:
                return one.evaluation.id
        raise Refusal("own_view_no_draft")

    def view(self, evaluation_id: UUID) -> EvaluationView:
        """One version, whole."""
        with self._ground.reading() as tx:
            stored = rows.EVALUATIONS.stored(tx, evaluation_id)
            evaluation = stored.value
            self._ground.access.require(tx, evaluation.person_id)
            presumed = self._ground.is_presumed_innocent(tx, evaluation.person_id)
            return EvaluationView(
                version=next(one for one in _versions(tx, evaluation.person_id) if one.evaluation.id == evaluation_id),
                lock=stored.lock,
                fields=rows.fields_of(tx, evaluation_id),
                findings=rows.findings_of(tx, evaluation_id),
                session=self._ground.session(tx, evaluation),
                blocking=self._ground.blocking(tx, evaluation),
                presumption_changed=not evaluation.is_frozen and presumed != evaluation.presumed_innocent,
            )

    def blocking(self, evaluation_id: UUID) -> tuple[Blocking, ...]:
        """What keeps a draft from being arrêtée; read again after each autosave."""
        with self._ground.reading() as tx:
            evaluation = rows.EVALUATIONS.get(tx, evaluation_id)
            self._ground.access.require(tx, evaluation.person_id)
            return self._ground.blocking(tx, evaluation)

    def left_as_is(self, evaluation_id: UUID) -> tuple[Blocking, ...]:
        """What a draft would keep for ever as it is, were it arrêtée now."""
        with self._ground.reading() as tx:
            evaluation = rows.EVALUATIONS.get(tx, evaluation_id)
            self._ground.access.require(tx, evaluation.person_id)
            return self._ground.left_as_is(tx, evaluation)


def _versions(tx: Transaction, person_id: UUID) -> list[Version]:
    found = [one.value for one in rows.of_person(tx, person_id)]
    newest = max((one.number for one in found if one.is_frozen), default=0)
    versions = []
    for one in found:
        facts = events.of(tx, one.id)
        versions.append(Version(evaluation=one, state=state_of(one, facts, newest), events=facts))
    return versions
