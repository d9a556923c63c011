"""The contributions that are settled, to read: for any page that shows what other professions brought."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from PySide6.QtWidgets import QWidget

from spip_desktop.domain.contribution import Contribution
from spip_desktop.services.commission_labels import what_was_said, who_said
from spip_desktop.ui.labels import Paragraph, Rule, SmallText
from spip_desktop.ui.layout import clear, column
from spip_desktop.ui.text import Text
from spip_desktop.wiring import Services
from spip_desktop.wording.commission import how_given


class ContributionList(QWidget):
    """Who, what, how it came; hidden while there is none."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("contributions.settled")
        self._lines = column(self, gap=8)
        self.hide()

    def show_contributions(self, settled: Sequence[Contribution], officers: Mapping[UUID, str]) -> None:
        """`officers` names those by whom a contribution was reported."""
        clear(self._lines)
        for one in settled:
            self._lines.addWidget(_block(one, officers.get(one.entered_by, "")))
        self.setVisible(bool(settled))


def contributions_of(services: Services, person_id: UUID, holder: QWidget) -> ContributionList:
    """The contributions of a dossier that this officer may read, in the part of a page that will lay them out."""
    found, made = services.contributions.of_person(person_id), ContributionList()
    made.setParent(holder)  # shown before that, it would be a window
    made.show_contributions(found.settled, found.officers)
    return made


def _block(one: Contribution, by: str) -> QWidget:
    made = QWidget()
    inside = column(made, gap=4)
    inside.addWidget(Text(who_said(one), "bold", wrap=True, discreet=True))
    inside.addWidget(Paragraph(what_was_said(one), discreet=True))
    inside.addWidget(SmallText(how_given(one, by), discreet=True))
    inside.addWidget(Rule())
    return made
