"""A form that saves itself: changed fields are sent, what cannot be accepted is kept as a draft and said."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from spip_desktop.domain.draft import Draft
from spip_desktop.domain.errors import Refusal, Unsaved
from spip_desktop.services.desk import DeskService
from spip_desktop.services.lines import Saved
from spip_desktop.ui.autosave import Autosave
from spip_desktop.ui.binding import Bound, read, same, shown
from spip_desktop.ui.elsewhere import MARK, contested, show_other, stored_now
from spip_desktop.ui.fields import Field
from spip_desktop.ui.form import FormView
from spip_desktop.ui.history import Step
from spip_desktop.wording import sentence

Save = Callable[[UUID, Mapping[str, object], int | None], Saved]
Report = Callable[[Exception], object]


@dataclass(frozen=True, slots=True)
class Target:
    """What a form writes to: the kind of record (for drafts), how it is saved, where drafts are kept."""

    kind: str
    save: Save
    desk: DeskService
    report: Report
    shape: Callable[[Any], object] = same  # the record as the form reads it


class RecordForm(QObject):
    """One record, shown in one or several groups of fields, saved while one types."""

    saved = Signal(object)  # datetime
    failed = Signal(str)
    done = Signal(object)  # Step: what was saved, and how to take it back

    def __init__(self, target: Target, views: Iterable[tuple[FormView, tuple[Bound, ...]]], parent: QObject) -> None:
        super().__init__(parent)
        self._target, self.views = target, tuple(views)
        self._bounds = {bound.spec.code: bound for _, bounds in self.views for bound in bounds}
        self._view_of = {bound.spec.code: view for view, bounds in self.views for bound in bounds}
        self._id: UUID | None = None
        self._lock = 0
        self._shown: dict[str, object] = {}
        self._kept: set[str] = set()
        self._contested: set[str] = set()
        self.autosave = Autosave(self._save, self, report=target.report, drafts=self._drafts_of)
        self.autosave.saved.connect(self.saved)
        self.autosave.failed.connect(self.failed)
        self.autosave.refused.connect(lambda refusal: self.failed.emit(sentence(refusal)))
        for view, _ in self.views:
            view.edited.connect(self.autosave.touch)
            view.left.connect(self._on_left)

    def show_record(self, id_: UUID, record: object, lock: int) -> None:
        """Show a record, and over it what was typed and not accepted the last time."""
        if id_ != self._id:
            self.autosave.forget()
        self._id, self._lock = id_, lock
        self._shown = shown(tuple(self._bounds.values()), record)
        drafts = {one.field: one.text for one in self._target.desk.of(self._target.kind, id_)}
        self._kept = set(drafts) & set(self._bounds)
        self._show_contested({code for code in self._kept if f"{MARK}{code}" in drafts})
        waiting = self.autosave.waiting()
        for view, bounds in self.views:
            codes = [bound.spec.code for bound in bounds if bound.spec.code not in waiting]
            view.set_values({code: self._shown[code] for code in codes if code not in drafts})
            view.set_drafts({code: text for code, text in drafts.items() if code in codes})
        again = [code for code in self._kept - self._contested if self._view_of[code].field(code).parses()]
        if again:  # what a rule refused: it says why once more, or accepts it now
            self.autosave.touch_all(again)
            self.autosave.flush()

    def follow(self, id_: UUID, record: object, lock: int) -> None:
        """The page read the record again: its lock is taken when nothing that this form shows was changed elsewhere."""
        if id_ == self._id and shown(tuple(self._bounds.values()), record) == self._shown:
            self._lock = lock

    def set_read_only(self, read_only: bool) -> None:
        for view, _ in self.views:
            view.set_read_only(read_only)

    def flush(self) -> bool:
        """Save now. What was refused is kept as a draft, which is no failure."""
        return self.autosave.flush()

    def hold(self, code: str) -> None:
        """Ask before this one is saved; it is kept as a draft meanwhile."""
        self.autosave.hold(code)
        if self._id is not None:
            self._keep_drafts(self._id, {code}, ())

    def put_back(self) -> None:
        """Show the stored value of what is held in place of what was typed."""
        for code in self.autosave.held():
            self.autosave.give_up(code)
            self._kept.discard(code)
            if self._id is not None:
                self._target.desk.drop(self._target.kind, self._id, code)
            self._field(code).set_value(self._shown[code])

    def value(self, code: str) -> object:
        return self._view_of[code].value(code)

    def _on_left(self, code: str) -> None:
        if code in self.autosave.waiting() - self.autosave.held():
            self.flush()

    def _save(self, sent: frozenset[str]) -> datetime | None:
        """Send what reads, with what was refused before: two dates may only hold together."""
        if self._id is None:
            return None
        if here := sent & self._contested:  # what is typed over another value waits for a choice
            self._keep_drafts(self._id, here, ())
        codes = (sent | (self._kept - self.autosave.held())) - self._contested
        fields = {code: self._view_of[code].field(code) for code in codes}
        typed = {code: field.value() for code, field in fields.items() if field.parses()}
        unread = codes - typed.keys()
        try:
            saved = self._target.save(self._id, read(self._bounds, typed), self._lock)
        except Unsaved:
            raise  # it waits, and is tried again
        except Refusal as refusal:
            if self._meet(stored_now(refusal), typed):
                if left := codes - self._contested:
                    return self._save(left)
                self.failed.emit(sentence(refusal))
                return None
            # Not allowed: the page may be read again, what was typed is kept over it.
            self._keep_drafts(self._id, codes, ())
            raise
        self._lock = saved.lock
        problems = {problem.field: sentence(problem) for problem in saved.refused}
        for code in typed:
            fields[code].set_problem(problems.get(code))
        self._keep_drafts(self._id, unread | problems.keys(), typed.keys() - problems.keys())
        self._tell({code: value for code, value in typed.items() if code not in problems})
        return saved.at

    def _drafts_of(self, codes: Iterable[str]) -> list[Draft]:
        """The text of fields as drafts of the record shown."""
        if self._id is None:
            return []
        texts = {code: self._view_of[code].field(code).raw_text() for code in codes}
        return [Draft(self._target.kind, self._id, code, text) for code, text in texts.items()]

    def _keep_drafts(self, id_: UUID, refused: Iterable[str], accepted: Iterable[str]) -> None:
        every = self._drafts_of(refused)
        if every:
            self._target.desk.keep(every)
        for code in self._kept & set(accepted):
            self._target.desk.drop(self._target.kind, id_, code)
        self._kept = (self._kept - set(accepted)) | {draft.field for draft in every}

    # -- saved elsewhere since ---------------------------------------------------------------------------------

    def _meet(self, current: Any, typed: Mapping[str, object]) -> bool:
        """Show the record as it stands, but not over what is typed; False when this form cannot show it."""
        record = None if current is None else self._target.shape(current.value)
        if self._id is None or not all(hasattr(record, code) for code in self._bounds):
            return False
        now = shown(tuple(self._bounds.values()), record)
        both = contested(self._shown, now, typed)
        mine = typed.keys() | self._kept | self.autosave.waiting()
        self._lock, self._shown = current.lock, now
        for view, bounds in self.views:
            view.set_values({one.spec.code: now[one.spec.code] for one in bounds if one.spec.code not in mine})
        self._keep_drafts(self._id, both, ())
        self._target.desk.keep([Draft(self._target.kind, self._id, f"{MARK}{code}", "") for code in both])
        self._show_contested(self._contested | both)
        return True

    def _show_contested(self, codes: set[str]) -> None:
        """Put the value written elsewhere below each of these fields; nothing below the others."""
        for code in self._contested - codes:
            self._field(code).set_below(None)
        self._contested = codes
        for code in codes:
            other = show_other(self._field(code), self._shown[code])
            other.kept.connect(partial(self._settle, code, mine=True))
            other.taken.connect(partial(self._settle, code, mine=False))

    def _settle(self, code: str, *, mine: bool) -> None:
        """The officer chose between the two values."""
        if self._id is None:
            return
        self._contested.discard(code)
        self._kept.discard(code)
        for field in (code, f"{MARK}{code}"):
            self._target.desk.drop(self._target.kind, self._id, field)
        self._field(code).set_below(None)
        self._field(code).setFocus()
        if mine:
            self.autosave.touch(code)
        else:
            self._field(code).set_value(self._shown[code])
        self.flush()

    def _field(self, code: str) -> Field:
        return self._view_of[code].field(code)

    def _tell(self, accepted: Mapping[str, object]) -> None:
        """Offer to take the change back: the former values are sent to the service again."""
        before = {code: self._shown.get(code) for code, value in accepted.items() if self._shown.get(code) != value}
        self._shown |= accepted
        if before and self._id is not None:
            id_ = self._id
            self.done.emit(Step("Modification annulée", lambda: self._put_back(id_, before)))

    def _put_back(self, id_: UUID, values: Mapping[str, object]) -> None:
        lock = self._lock if id_ == self._id else None
        saved = self._target.save(id_, read(self._bounds, values), lock)
        if id_ == self._id:
            self._lock = saved.lock
            self._shown |= values
            for code, value in values.items():
                self._view_of[code].field(code).set_value(value)
        self.saved.emit(saved.at)
