"""What the page of the evaluation prints: the paper of what is in the middle, else the trame of the draft."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from spip_desktop.services.printing import Printable
from spip_desktop.ui.printing import PrintLine

if TYPE_CHECKING:
    from spip_desktop.ui.evaluation.page import EvaluationPage


class Papers:
    """`line` is the line of the page where the printer is chosen; `shown`, how what is in the middle is printed."""

    def __init__(self, page: "EvaluationPage") -> None:
        self._page, self._guide = page, page.services.evaluations.guide
        self.shown: Callable[[], Printable] | None = None
        self.line = PrintLine(page.services.printing)
        self.line.printed.connect(page.notice.show_sentence)
        self.line.failed.connect(page.band.show_sentence)
        self.line.left.connect(page.primary.setFocus)

    def print_shown(self) -> None:
        """Ctrl+P; nothing where there is no paper to make."""
        view = self._page.version()
        if self.shown is not None:
            self._print(self.shown)
        elif view is not None and not view.evaluation.is_frozen:
            self.print_trame()

    def print_trame(self) -> None:
        """The trame d'entretien of the draft, whatever is shown."""
        self._print_of(self._guide.paper)

    def print_own_view(self) -> None:
        """« Où j'en suis », for the person to fill in."""
        self._print_of(self._guide.own_view)

    def _print_of(self, make: Callable[[UUID], Printable]) -> None:
        view = self._page.version()
        if view is not None:
            self._print(partial(make, view.evaluation.id))

    def _print(self, make: Callable[[], Printable]) -> None:
        if not self._page.flush():
            return
        paper = self._page.guard.run(make, refused=self._page.tell)
        if paper is not None:
            self.line.ask(paper)
