"""A form that saves itself: what is accepted goes to its service, what is not stays as a draft."""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from spip_desktop.domain.draft import Draft
from spip_desktop.services.desk import DeskService
from spip_desktop.services.lines import Saved
from spip_desktop.ui.autosave import Autosave
from spip_desktop.ui.form import FormView
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.layout import column
from spip_desktop.wording import sentence

Save = Callable[[Mapping[str, object]], Saved]


class SavedForm(QWidget):
    """The fields of one record. `prefix` stands before the record's field names in the codes of the form.

    The fields `together` are sent as one, and kept as drafts as one where one of them is refused.
    """

    saved = Signal(object)  # datetime
    failed = Signal(str)  # sentence

    def __init__(
        self,
        form: FormView,
        save: Save,
        desk: DeskService,
        guard: Guard,
        *,
        record: tuple[str, UUID],
        prefix: str = "",
        together: Collection[str] = (),
    ) -> None:
        super().__init__()
        self.form, self._save_values, self._desk = form, save, desk
        self._kind, self._id = record
        self._prefix, self._together = prefix, frozenset(together)
        self._drafted: set[str] = set()
        column(self, gap=0).addWidget(form)
        self._autosave = Autosave(self._save, self, report=guard.report, drafts=self._drafts_of)
        self._autosave.saved.connect(self.saved)
        self._autosave.failed.connect(self.failed)
        self._autosave.refused.connect(lambda refusal: self.failed.emit(sentence(refusal)))
        form.edited.connect(self._touch)

    def show_record(self, record: object) -> None:
        """Show a record, and over it what its fields could not accept last time."""
        self._autosave.forget()
        for code, field in self.form.fields.items():
            field.set_value(getattr(record, code.removeprefix(self._prefix)))
            field.set_problem(None)
        kept = {draft.field: draft.text for draft in self._desk.of(self._kind, self._id)}
        self._drafted = kept.keys() & self.form.fields.keys()
        self.form.set_drafts(kept)
        if self._drafted:
            self._autosave.touch_all(self._drafted)  # says again what was wrong

    def flush(self) -> bool:
        return self._autosave.flush()

    def _touch(self, code: str) -> None:
        self._autosave.touch_all(self._together if code in self._together else (code,))

    def _save(self, codes: frozenset[str]) -> datetime:
        fields = {code: self.form.field(code) for code in codes}
        sent = {code.removeprefix(self._prefix): field.value() for code, field in fields.items() if field.parses()}
        unread = {code for code, field in fields.items() if not field.parses()}
        if unread & self._together:
            sent = {name: value for name, value in sent.items() if self._prefix + name not in self._together}
        saved = self._save_values(sent)
        refused = {self._prefix + one.field: sentence(one) for one in saved.refused}
        for code in codes - unread:
            fields[code].set_problem(refused.get(code))
        waiting = unread | (refused.keys() & codes)
        if waiting & self._together:
            waiting |= codes & self._together
        self._keep(waiting, codes - waiting)
        return saved.at

    def _drafts_of(self, codes: Collection[str]) -> list[Draft]:
        return [Draft(self._kind, self._id, code, self.form.field(code).raw_text()) for code in codes]

    def _keep(self, waiting: Collection[str], accepted: Collection[str]) -> None:
        texts = self._drafts_of(waiting)
        if texts:
            self._desk.keep(texts)
        for code in self._drafted & set(accepted):
            self._desk.drop(self._kind, self._id, code)
        self._drafted = (self._drafted - set(accepted)) | {draft.field for draft in texts}
