"""What the page shows in place of a step, without being one: what is done with the person, the confidences."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from spip_desktop.domain.place import Place
from spip_desktop.ui.confidences import ConfidencesView
from spip_desktop.ui.evaluation.with_person import WithPersonView, looks_of
from spip_desktop.ui.layout import column

if TYPE_CHECKING:
    from spip_desktop.ui.evaluation.page import EvaluationPage

#: How a place names them.
WITH_PERSON, CONFIDENCES = "avec-la-personne", "confidences"
_SHARED, _EVALUATION = "person.shared", "evaluation"


class Aside(QWidget):
    """Put in the middle of the page until one goes back to a step."""

    def __init__(self, shown: QWidget) -> None:
        super().__init__()
        column(self).addWidget(shown)

    def reload(self) -> None:
        """Read again what is shown."""

    def flush(self) -> bool:
        """Save what is waiting; False if something could not be saved."""
        return True

    def focus_first(self) -> None:
        """Give the focus to what is done first."""


class ConfidencesAside(Aside):
    def __init__(self, page: "EvaluationPage") -> None:
        view = page.version()
        self.view = ConfidencesView(page, Place(_EVALUATION, view.evaluation.id) if view else None)
        super().__init__(self.view)

    def reload(self) -> None:
        self.view.reload()

    def flush(self) -> bool:
        return self.view.flush()

    def focus_first(self) -> None:
        self.view.focus_first()


class WithPersonAside(Aside):
    def __init__(self, page: "EvaluationPage") -> None:
        self._page, evaluations = page, page.services.evaluations
        view = page.version()
        frozen = view is None or view.evaluation.is_frozen
        sharable = not frozen and view is not None and bool(evaluations.own.steps(view.evaluation.id))
        renewable = (
            not (frozen or sharable) and view is not None and evaluations.own.asked_by_present_form(view.evaluation.id)
        )
        self.view = WithPersonView(frozen=frozen, sharable=sharable, renewable=renewable)
        super().__init__(self.view)
        self.view.form_asked.connect(page.drafting.take_present_form)
        self.view.share_asked.connect(lambda: page.went.emit(Place(_SHARED, page.person)))
        self.view.paper_asked.connect(page.papers.print_own_view)
        self.view.keying_asked.connect(partial(page.keying.begin, own=True))
        self.view.went.connect(page.show_field)

    def reload(self) -> None:
        view = self._page.version()
        if view is not None:
            self.view.show_looks(looks_of(view))

    def focus_first(self) -> None:
        self.view.focus_first()
