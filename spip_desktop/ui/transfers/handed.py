"""The handover that a package brought: where it stands, and the way to its answer."""

from collections.abc import Callable, Collection, Sequence
from uuid import UUID

from spip_desktop.domain.handover import ANSWER, PAGE, Step
from spip_desktop.domain.place import Place
from spip_desktop.domain.text import french_spaces
from spip_desktop.services.handover import UnderWay
from spip_desktop.ui.buttons import Button
from spip_desktop.ui.labels import Paragraph, Section
from spip_desktop.ui.unfolding import buttons
from spip_desktop.wording.handover import waits

Go = Callable[[Place], object]


class HandedView(Section):
    """The first that waits among the dossiers of the package, those to be taken by this service first."""

    def __init__(self, go: Go, page: str) -> None:
        self.told = Paragraph("", discreet=True)
        self.answer = Button("Répondre au dessaisissement", "arrows", name=f"{page}.answer")
        super().__init__("Dessaisissement", self.told, buttons(self.answer), name=f"{page}.handed", gap=8)
        self._place: Place | None = None
        self.answer.clicked.connect(lambda: go(self._place) if self._place else None)
        self.hide()

    def show_handed(self, under_way: Sequence[UnderWay], persons: Collection[UUID]) -> None:
        """Hidden where no handover of these dossiers is open."""
        one = next((one for one in under_way if one.person_id in persons), None)
        self.setVisible(one is not None)
        if one is None:
            return
        asked = one.taking and one.step is Step.PROPOSED
        whose = f"{one.name}, {'proposé par' if one.taking else 'confié à'} {one.other}"
        self.told.setText(french_spaces(f"{whose} : {waits(one.step, taking=one.taking)}."))
        self.answer.setText("Répondre au dessaisissement" if asked else "Ouvrir le dessaisissement")
        self._place = Place(PAGE, one.person_id, ANSWER if asked else "")
