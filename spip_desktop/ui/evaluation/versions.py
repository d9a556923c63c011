"""The versions of an evaluation on its page: listed, opened, put in the bin, compared two by two."""

from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtWidgets import QWidget

from spip_desktop.domain.errors import Refusal
from spip_desktop.ui.buttons import LinkButton
from spip_desktop.ui.evaluation.changes import ChangesView
from spip_desktop.ui.evaluation.lists import VersionsView
from spip_desktop.wording import sentence

if TYPE_CHECKING:
    from spip_desktop.ui.evaluation.page import EvaluationPage


class Versions:
    """Puts its lists in the middle of the page, and tells it which version it is about."""

    def __init__(self, page: "EvaluationPage") -> None:
        self._page, self._evaluations = page, page.services.evaluations

    def show(self) -> None:
        """Every version, newest first."""
        page, view = self._page, self._page.version()
        if view is None or page.person is None or not page.flush():
            return
        shown = VersionsView(self._evaluations.reading.versions(page.person), view.evaluation.id)
        shown.opened.connect(self.open)
        shown.binned.connect(self._bin)
        shown.changes_asked.connect(self.show_changes)
        shown.movement_asked.connect(lambda: page.go("person.movement", page.person))
        page.put(shown)
        page.show_around()

    def open(self, id_: UUID) -> None:
        """Turn the page to this version."""
        self._page.facts.close_panel()
        self._page.turn_to(id_)
        self._page.reload()

    def _bin(self, id_: UUID) -> None:
        draft = self._evaluations.draft
        self._page.turn_to(None)
        self._page.act(partial(draft.bin, id_), "Brouillon mis à la corbeille", lambda: self._restore(id_))

    def _restore(self, id_: UUID) -> None:
        self._evaluations.draft.restore(id_)
        self._page.turn_to(id_)

    # -- what changed ------------------------------------------------------------------------------------------------

    def show_changes(self, first: UUID, second: UUID) -> None:
        """What changed between two versions, and the lists to choose others."""
        page = self._page
        if page.version() is None or page.person is None or not page.flush():
            return
        shown = ChangesView(self._evaluations.reading.versions(page.person))
        shown.compared.connect(lambda one, other: self._compare(shown, one, other))
        shown.print_asked.connect(page.print_document)
        page.put(shown)
        self._compare(shown, first, second)
        page.show_around()
        page.body.verticalScrollBar().setValue(0)
        focus_first(shown)

    def _compare(self, shown: ChangesView, first: UUID, second: UUID) -> None:
        changes, refused = self._evaluations.changes, list[Refusal]()
        compared = self._page.guard.run(lambda: changes.between(first, second), refused=refused.append)
        if compared is not None:
            shown.show_comparison(compared)
        elif refused:
            shown.show_sentence(sentence(refused[0]))
        self._page.papers.shown = partial(changes.paper, first, second) if compared is not None else None
        shown.print.set_available(compared is not None, "Choisissez d’abord deux versions.")


def focus_first(shown: QWidget) -> None:
    """The first link of a list put in the middle, else its first field; nothing when there is none."""
    if isinstance(shown, ChangesView):
        shown.first.setFocus()
    elif links := shown.findChildren(LinkButton):
        links[0].setFocus()
