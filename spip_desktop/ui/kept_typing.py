"""What is typed for a record that does not exist yet: kept as drafts, so that a lock or a power cut loses nothing."""

from collections.abc import Callable, Mapping, Sequence
from uuid import UUID

from PySide6.QtCore import QObject, QTimer

from spip_desktop.domain.draft import Draft
from spip_desktop.services.desk import DeskService
from spip_desktop.ui.form import FormView
from spip_desktop.ui.guard import Guard

#: A record not made yet has no id: its half-typed fields are kept under this one.
NOT_YET = UUID(int=0)
_KEEP_AFTER = 700  # ms after the last key


class KeptTyping(QObject):
    """Every field of these forms under the name `kind`, from a moment after the last key until it is forgotten.

    `beside` gives what is kept with them and is in no field, by name: a choice made in a table.
    """

    def __init__(
        self,
        parent: QObject,
        kind: str,
        desk: DeskService,
        guard: Guard,
        forms: Sequence[FormView],
        beside: Callable[[], Mapping[str, str]] = dict,
    ) -> None:
        super().__init__(parent)
        self._beside = beside
        self._kind, self._desk, self._guard, self._forms = kind, desk, guard, forms
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_KEEP_AFTER)
        self._timer.timeout.connect(self._keep)
        for form in forms:
            form.edited.connect(lambda _: self.touch())

    def touch(self) -> None:
        """Something changed."""
        self._timer.start()

    def kept(self, name: str) -> str:
        """What was kept under that name."""
        return next((one.text for one in self._desk.of(self._kind, NOT_YET) if one.field == name), "")

    def bring_back(self) -> bool:
        """Show what was half typed the last time; whether there was anything."""
        drafts = {one.field: one.text for one in self._desk.of(self._kind, NOT_YET)}
        for form in self._forms:
            form.set_drafts(drafts)
        return any(drafts.values())

    def flush(self) -> bool:
        """Keep at once what waits."""
        if self._timer.isActive():
            self._timer.stop()
            self._keep()
        return True

    def forget(self) -> None:
        """The record was made: nothing is half typed any more."""
        self._timer.stop()
        self._desk.drop(self._kind, NOT_YET)

    def _keep(self) -> None:
        fields = {code: field for form in self._forms for code, field in form.fields.items()}
        texts = {code: field.raw_text() for code, field in fields.items()} | dict(self._beside())
        drafts = [Draft(self._kind, NOT_YET, code, text) for code, text in texts.items()]
        self._guard.run(self._desk.keep, drafts)
