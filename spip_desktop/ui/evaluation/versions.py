"""The versions of an evaluation on its page: opened, put in the bin, compared two by two, printed."""

from collections.abc import Callable
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout, QWidget

from spip_desktop.domain.errors import Refusal
from spip_desktop.services.evaluation_reading import EvaluationView
from spip_desktop.services.printing import Printable
from spip_desktop.ui.buttons import LinkButton
from spip_desktop.ui.evaluation.changes import ChangesView
from spip_desktop.ui.evaluation.frame import EvaluationFrame
from spip_desktop.ui.evaluation.lists import VersionsView
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.printing import PrintLine
from spip_desktop.wiring import Services
from spip_desktop.wording import sentence


class EvaluationVersions(EvaluationFrame):
    """The page says how a part is put in the middle, and what stands around it."""

    def __init__(self, services: Services, guard: Guard) -> None:
        super().__init__(services, guard)
        self._version: UUID | None = None
        self._paper: Callable[[], Printable] | None = None
        self.printing = PrintLine(services.printing)
        outer = self.layout()
        assert isinstance(outer, QVBoxLayout)
        outer.insertWidget(outer.count() - 1, self.printing)
        self.printing.printed.connect(self.notice.show_sentence)
        self.printing.failed.connect(self.band.show_sentence)
        self.printing.left.connect(self.primary.setFocus)

    def _put(self, part: QWidget) -> None:
        raise NotImplementedError

    def _forget_shown(self) -> None:
        raise NotImplementedError

    def _show_around(self, view: EvaluationView) -> None:
        raise NotImplementedError

    # -- the list --------------------------------------------------------------------------------------------------

    def _show_versions(self) -> None:
        if self._view is None or self.person is None or not self.flush():
            return
        shown = VersionsView(self.services.evaluations.reading.versions(self.person), self._view.evaluation.id)
        shown.opened.connect(self._open_version)
        shown.binned.connect(self._bin_version)
        shown.changes_asked.connect(self._show_changes)
        shown.movement_asked.connect(lambda: self.go("person.movement", self.person))
        self._put(shown)
        self._show_around(self._view)

    def _open_version(self, id_: UUID) -> None:
        self.facts.close_panel()
        self._version = id_
        self._forget_shown()
        self.reload()

    def _bin_version(self, id_: UUID) -> None:
        draft = self.services.evaluations.draft
        self._version = None
        self._forget_shown()
        self.act(lambda: draft.bin(id_), "Brouillon mis à la corbeille", lambda: self._restore_version(id_))

    def _restore_version(self, id_: UUID) -> None:
        self.services.evaluations.draft.restore(id_)
        self._version = id_
        self._forget_shown()

    # -- what changed ------------------------------------------------------------------------------------------------

    def _show_changes(self, first: UUID, second: UUID) -> None:
        """What changed between two versions, and the two to choose others."""
        if self._view is None or self.person is None or not self.flush():
            return
        shown = ChangesView(self.services.evaluations.reading.versions(self.person))
        shown.compared.connect(lambda one, other: self._compare(shown, one, other))
        shown.print_asked.connect(self.print_document)
        self._put(shown)
        self._compare(shown, first, second)
        self._show_around(self._view)
        self.body.verticalScrollBar().setValue(0)
        focus_first(shown)

    def _compare(self, shown: ChangesView, first: UUID, second: UUID) -> None:
        changes, refused = self.services.evaluations.changes, list[Refusal]()
        compared = self.guard.run(lambda: changes.between(first, second), refused=refused.append)
        if compared is not None:
            shown.show_comparison(compared)
        elif refused:
            shown.show_sentence(sentence(refused[0]))
        self._paper = (lambda: changes.paper(first, second)) if compared is not None else None
        shown.print.set_available(compared is not None, "Choisissez d’abord deux versions.")

    # -- paper -------------------------------------------------------------------------------------------------------

    def print_document(self) -> None:
        """The paper of what is shown."""
        if make := self._printed():
            self._print(make)

    def _print(self, make: Callable[[], Printable]) -> None:
        if not self.flush():
            return
        paper = self.guard.run(make, refused=self.tell)
        if paper is not None:
            self.printing.ask(paper)

    def _printed(self) -> Callable[[], Printable] | None:
        return self._paper

    def leave(self) -> None:
        self.printing.stop()


def focus_first(shown: QWidget) -> None:
    """The first link of a list put in the middle, else its first field; nothing when there is none."""
    if isinstance(shown, ChangesView):
        shown.first.setFocus()
    elif links := shown.findChildren(LinkButton):
        links[0].setFocus()
