"""Every open field of the plan, saved together while one types; what cannot be accepted is kept as a draft."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from spip_desktop.domain.draft import Draft
from spip_desktop.domain.errors import Refusal, Unsaved
from spip_desktop.domain.pacep import Pacep
from spip_desktop.domain.pacep_edit import part_of
from spip_desktop.services.desk import DeskService
from spip_desktop.services.lines import Saved
from spip_desktop.ui.autosave import Autosave
from spip_desktop.ui.elsewhere import CODE, MARK, contested, show_other, stored_now
from spip_desktop.ui.fields import Field
from spip_desktop.ui.form import FormView
from spip_desktop.ui.history import Step
from spip_desktop.ui.pacep.specs import part_of_code
from spip_desktop.wording import sentence

Save = Callable[[UUID, Mapping[str, object], int | None], Saved]
TakeBack = Callable[[UUID, Mapping[str, object]], Saved]
KIND = "pacep"
#: Fields whose value is a tuple of lines and which are typed one a line.
_BY_LINES = frozenset({"what_matters"})


class PlanForms(QObject):
    """The fields of one draft, by code, whatever form holds them."""

    saved = Signal(object)  # datetime
    failed = Signal(str)
    done = Signal(object)  # Step
    changed = Signal()  # something was saved: what blocks may be another

    def __init__(
        self,
        save: Save,
        take_back: TakeBack,
        desk: DeskService,
        report: Callable[[Exception], object],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._save_fields, self._take_back, self._desk = save, take_back, desk
        self._plan: Pacep | None = None
        self._lock = 0
        self._fields: dict[str, Field] = {}
        self._shown: dict[str, object] = {}
        self._kept: dict[str, str] = {}
        self.autosave = Autosave(self._save, self, report=report, drafts=self._drafts_of)
        self.autosave.saved.connect(self.saved)
        self.autosave.failed.connect(self.failed)
        self.autosave.refused.connect(lambda refusal: self.failed.emit(sentence(refusal)))

    def show_plan(self, plan: Pacep, lock: int) -> None:
        """Another draft, or the same after an act: the forms are about to be made anew."""
        self.autosave.forget()
        self._plan, self._lock = plan, lock
        self._fields, self._shown = {}, {}
        self._kept = {one.field: one.text for one in self._desk.of(KIND, plan.id)}

    def forget(self) -> None:
        """No draft is shown."""
        self.autosave.forget()
        self._plan, self._fields, self._shown, self._kept = None, {}, {}, {}

    def add(self, view: FormView) -> None:
        """Show the plan's values in a form, what was typed and not accepted over them, and save its changes."""
        assert self._plan is not None
        for code, field in view.fields.items():
            self._fields[code] = field
            self._shown[code] = value_of(self._plan, code)
            field.set_value(_shown(code, self._shown[code]))
            if code in self._kept:
                field.set_raw_text(self._kept[code])
            if self._is_contested(code):
                self._show_other(code)
        view.edited.connect(self.autosave.touch)
        view.left.connect(self._on_left)

    def flush(self) -> bool:
        """Save now; what was refused is kept as a draft, which is no failure."""
        return self.autosave.flush()

    def holds(self, code: str) -> bool:
        """Whether an open form has this field."""
        return code in self._fields

    def value(self, code: str) -> object:
        return self._fields[code].value() if code in self._fields else None

    def _on_left(self, code: str) -> None:
        if code in self.autosave.waiting():
            self.flush()

    def _save(self, sent: frozenset[str]) -> datetime | None:
        plan = self._plan
        if plan is None:
            return None
        fields = {code: self._fields[code] for code in sent if code in self._fields and not self._is_contested(code)}
        self._keep(plan.id, {code: self._fields[code].raw_text() for code in sent if self._is_contested(code)}, ())
        if not fields:  # every field typed in waits for a choice: nothing was saved, and it is said
            self.failed.emit(sentence(Refusal(CODE)))
            return None
        typed = {code: _read(code, field.value()) for code, field in fields.items() if field.parses()}
        try:
            saved = self._save_fields(plan.id, typed, self._lock)
        except Unsaved:
            raise  # it waits, and is tried again
        except Refusal as refusal:
            current = stored_now(refusal)
            if current is not None and self._meet(current, typed):
                return self._save(sent)
            self._keep(plan.id, {code: field.raw_text() for code, field in fields.items()}, ())
            raise
        self._lock = saved.lock
        problems = {problem.field: sentence(problem) for problem in saved.refused}
        for code in typed:
            fields[code].set_problem(problems.get(code))
        refused = (fields.keys() - typed.keys()) | problems.keys()
        self._keep(plan.id, {code: fields[code].raw_text() for code in refused}, typed.keys() - problems.keys())
        self._tell(plan.id, {code: value for code, value in typed.items() if code not in problems})
        return saved.at

    # -- saved elsewhere since ---------------------------------------------------------------------------------

    def _is_contested(self, code: str) -> bool:
        return code in self._fields and f"{MARK}{code}" in self._kept

    def _meet(self, current: Any, typed: Mapping[str, object]) -> bool:
        """What both hands changed waits for a choice; False when a part being typed in is no longer in the plan."""
        assert self._plan is not None
        try:
            now = {code: value_of(current.value, code) for code in self._fields}
        except Refusal:
            return False
        both = contested(self._shown, now, typed)
        untouched = self._fields.keys() - typed.keys() - self._kept.keys() - self.autosave.waiting()
        self._plan, self._lock, self._shown = current.value, current.lock, now
        for code in untouched:
            self._fields[code].set_value(_shown(code, now[code]))
        texts = {code: self._fields[code].raw_text() for code in both}
        self._keep(current.value.id, texts | {f"{MARK}{code}": "" for code in both}, ())
        for code in both:
            self._show_other(code)
        return True

    def _show_other(self, code: str) -> None:
        other = show_other(self._fields[code], _shown(code, self._shown[code]))
        other.kept.connect(partial(self._settle, code, mine=True))
        other.taken.connect(partial(self._settle, code, mine=False))

    def _settle(self, code: str, *, mine: bool) -> None:
        """The officer chose between the two values."""
        assert self._plan is not None
        for field in (code, f"{MARK}{code}"):
            self._desk.drop(KIND, self._plan.id, field)
            self._kept.pop(field, None)
        self._fields[code].set_below(None)
        self._fields[code].setFocus()
        if mine:
            self.autosave.touch(code)
        else:
            self._fields[code].set_value(_shown(code, self._shown[code]))
        self.flush()

    def _drafts_of(self, codes: Iterable[str]) -> list[Draft]:
        """The text of open fields, as drafts of the plan shown."""
        if self._plan is None:
            return []
        fields = {code: self._fields[code] for code in codes if code in self._fields}
        return [Draft(KIND, self._plan.id, code, field.raw_text()) for code, field in fields.items()]

    def _keep(self, plan_id: UUID, refused: Mapping[str, str], accepted: Iterable[str]) -> None:
        if refused:
            self._desk.keep([Draft(KIND, plan_id, code, text) for code, text in refused.items()])
        for code in self._kept.keys() & set(accepted):
            self._desk.drop(KIND, plan_id, code)
            del self._kept[code]
        self._kept |= refused

    def _tell(self, plan_id: UUID, accepted: Mapping[str, object]) -> None:
        """Offer to take the change back: the former values are sent again."""
        before = {code: self._shown[code] for code, value in accepted.items() if self._shown.get(code) != value}
        self._shown |= accepted
        if before:
            self.done.emit(Step("Modification annulée", lambda: self._take_back(plan_id, before)))
        self.changed.emit()


def value_of(plan: Pacep, code: str) -> Any:
    """What a plan holds under the code of a field; an absent need is answered by nothing."""
    told = {"need": plan.needs_without_axis, "gap": plan.gaps}.get(code.partition(".")[0])
    if told is not None:
        return told.get(code.split(".")[1], "")
    part_id = part_of_code(code)
    owner: object = plan if part_id is None else part_of(plan, part_id)
    return getattr(owner, code.rpartition(".")[2])


def _shown(code: str, value: object) -> object:
    if code in _BY_LINES and isinstance(value, tuple):
        return "\n".join(value)
    return ("oui" if value else "non") if value is True or value is False else value


def _read(code: str, value: object) -> object:
    if code in _BY_LINES:
        return tuple(line.strip() for line in str(value or "").splitlines() if line.strip())
    if code.endswith(".later"):
        return value == "oui"
    return value
