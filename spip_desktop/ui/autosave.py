"""Saving while typing: what changed is sent at most 1.5 s after the change, and said only once committed."""

from collections.abc import Callable, Iterable
from datetime import datetime

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from spip_desktop.domain.draft import Draft
from spip_desktop.domain.errors import Refusal, Unsaved
from spip_desktop.wording import sentence

NOT_SAVED = (
    "Votre dernier changement n’est pas enregistré. Votre texte reste à l’écran\u00a0: "
    "ne fermez pas la page et réessayez."
)
_AFTER_LAST_KEY = 700  # ms
_LONGEST = 1500  # ms after the first change not yet sent
_RETRY = 5000  # ms


class Autosave(QObject):
    """One timer for a page. `save` gets the codes of the fields that changed and returns the time of commit.

    A Refusal is told by `refused` and its fields are no longer waiting: they are kept as drafts by `save`
    itself. What the disk did not take, and any other exception, keeps the fields waiting, is said loudly, and is
    tried again. `drafts` gives the text of fields that wait, for when they cannot be saved before the lock.
    """

    saved = Signal(object)  # datetime
    failed = Signal(str)  # sentence
    refused = Signal(object)  # Refusal

    def __init__(
        self,
        save: Callable[[frozenset[str]], datetime | None],
        parent: QObject | None = None,
        *,
        report: Callable[[Exception], object] | None = None,
        drafts: Callable[[frozenset[str]], list[Draft]] | None = None,
    ) -> None:
        super().__init__(parent)
        self._save, self._report, self._drafts = save, report, drafts
        self._waiting: set[str] = set()
        self._held: set[str] = set()
        self._since = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_time)

    def touch(self, code: str) -> None:
        """A field was changed by the officer."""
        if not self._waiting - self._held:
            self._since.start()
        self._waiting.add(code)
        left = max(0, _LONGEST - self._since.elapsed())
        self._timer.start(min(_AFTER_LAST_KEY, left))

    def touch_all(self, codes: Iterable[str]) -> None:
        """Several fields were changed at once."""
        for code in codes:
            self.touch(code)

    def hold(self, code: str) -> None:
        """No timer sends this one: the officer is asked about it. `flush` does, when they go on without an answer."""
        self._held.add(code)

    def let_go(self, code: str) -> None:
        """Nothing is asked of it any more."""
        self._held.discard(code)
        if code in self._waiting:
            self.touch(code)

    def held(self) -> frozenset[str]:
        return frozenset(self._held)

    def give_up(self, code: str) -> None:
        """Its field shows the stored value again."""
        self._held.discard(code)
        self._waiting.discard(code)

    def waiting(self) -> frozenset[str]:
        """The fields not yet committed."""
        return frozenset(self._waiting)

    def flush(self) -> bool:
        """Save now what is waiting; False if it could not be saved."""
        self._held.clear()
        return self._push()

    def _on_time(self) -> None:
        self._push()

    def _push(self) -> bool:
        self._timer.stop()
        sent = frozenset(self._waiting - self._held)
        if not sent:
            return True
        try:
            at = self._send(sent)
        except Unsaved as unsaved:
            return self._keep(sentence(unsaved))
        except Refusal as refusal:
            self._waiting -= sent
            self.refused.emit(refusal)
            return False
        except Exception as error:  # the text must survive whatever went wrong
            if self._report:
                self._report(error)
            return self._keep(NOT_SAVED)
        self._waiting -= sent
        if at is not None:
            self.saved.emit(at)
        return True

    def unsaved(self) -> list[Draft]:
        """The text of what still waits."""
        return self._drafts(self.waiting()) if self._drafts and self._waiting else []

    def forget(self) -> None:
        """Drop what is waiting: the page shows other values."""
        self._timer.stop()
        self._waiting.clear()
        self._held.clear()

    def _send(self, sent: frozenset[str]) -> datetime | None:
        """Save; once more when room was just made on a full disk."""
        try:
            return self._save(sent)
        except Unsaved as unsaved:
            if not unsaved.worth_trying_again:
                raise
            return self._save(sent)

    def _keep(self, said: str) -> bool:
        self.failed.emit(said)
        self._timer.start(_RETRY)
        return False
