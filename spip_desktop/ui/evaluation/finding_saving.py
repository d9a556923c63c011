"""What changed in the findings of a step, sent field by field; a draft for each text that is not accepted yet."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from spip_desktop.domain.draft import Draft
from spip_desktop.domain.errors import Refusal, Unsaved
from spip_desktop.services.evaluation_reading import EvaluationView
from spip_desktop.ui.evaluation.step_view import StepView
from spip_desktop.ui.fields import Field
from spip_desktop.wiring import Services
from spip_desktop.wording import sentence

#: Codes of what changed in a finding: « finding/<id>/<field> »; also the kind of its drafts.
FINDING = "finding"
_REASON = "priority_reason"


def finding_code(id_: UUID, field: str) -> str:
    return f"{FINDING}/{id_}/{field}"


def is_of_finding(code: str) -> bool:
    return code.startswith(f"{FINDING}/")


def _parted(codes: Iterable[str]) -> dict[UUID, list[str]]:
    """The fields that changed, by finding."""
    found: dict[UUID, list[str]] = {}
    for code in filter(is_of_finding, codes):
        _, id_, field = code.split("/")
        found.setdefault(UUID(id_), []).append(field)
    return found


class FindingSaver:
    """The findings of one step on the screen, with the locks read with the page."""

    def __init__(self, services: Services, view: EvaluationView, shown: StepView) -> None:
        self._services, self._shown = services, shown
        self._kept: set[str] = set()
        self.take_locks(view)

    def take_locks(self, view: EvaluationView) -> None:
        """The locks as they are after an act other than an autosave."""
        self._locks = {one.value.id: one.lock for one in view.findings}

    def show_drafts(self) -> frozenset[str]:
        """Open what was being changed and put back what was typed; returns the codes to try again."""
        found: set[str] = set()
        for id_ in self._locks:
            drafts = self._services.desk.of(FINDING, id_)
            row = self._shown.row_of(id_)
            if row and any(one.field != _REASON for one in drafts):
                row.open_fields(focus=False)
            for draft in drafts:
                if field := self._field(id_, draft.field):
                    field.set_raw_text(draft.text)
                    found.add(finding_code(id_, draft.field))
        self._kept = set(found)
        return frozenset(found)

    def save(self, codes: Iterable[str]) -> datetime | None:
        """Send what changed; returns the time of the commit."""
        times = [self._save(id_, fields) for id_, fields in _parted(codes).items()]
        return next((at for at in reversed(times) if at), None)

    def drafts_of(self, codes: Iterable[str]) -> list[Draft]:
        """The texts as they are typed, for when they cannot be saved."""
        every = ((id_, name, self._field(id_, name)) for id_, names in _parted(codes).items() for name in names)
        return [Draft(FINDING, id_, name, field.raw_text()) for id_, name, field in every if field]

    def _save(self, id_: UUID, names: Iterable[str]) -> datetime | None:
        shown = {name: field for name in names if (field := self._field(id_, name))}
        changes = {name: field.value() for name, field in shown.items() if field.parses()}
        unread = shown.keys() - changes.keys()
        if not changes or id_ not in self._locks:
            self._keep(id_, unread, ())
            return None
        try:
            saved = self._services.evaluations.findings.save(id_, changes, self._locks[id_])
        except Unsaved:
            raise  # it waits, and is tried again
        except Refusal:
            self._keep(id_, shown, ())
            raise
        self._locks[id_] = saved.lock
        problems = {one.field: sentence(one) for one in saved.refused}
        for name in changes:
            shown[name].set_problem(problems.get(name))
        self._keep(id_, unread | problems.keys(), changes.keys() - problems.keys())
        return saved.at

    def _keep(self, id_: UUID, refused: Iterable[str], accepted: Iterable[str]) -> None:
        codes = {finding_code(id_, name) for name in refused}
        if codes:
            self._services.desk.keep(self.drafts_of(codes))
        for name in accepted:
            if finding_code(id_, name) in self._kept:
                self._services.desk.drop(FINDING, id_, name)
                self._kept.discard(finding_code(id_, name))
        self._kept |= codes

    def _field(self, id_: UUID, name: str) -> Field | None:
        """Where it is typed; None once its fields were closed."""
        if name == _REASON:
            needs = self._shown.analysis.needs if self._shown.analysis else {}
            return needs[id_].reason if id_ in needs else None
        row = self._shown.row_of(id_)
        return row.form.fields.get(name) if row and row.form else None
