"""The contributions of a dossier: those settled to read, one's own drafts to write and to settle."""

from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from spip_desktop.domain import dates
from spip_desktop.domain.contribution import KIND, Contribution, HowGiven
from spip_desktop.domain.officer import Right
from spip_desktop.services.commission_labels import who_said
from spip_desktop.services.contribution import Contributions, is_health
from spip_desktop.ui.commission.specs import contribution_fields, shown_fields
from spip_desktop.ui.contribution_list import ContributionList
from spip_desktop.ui.dossier import DossierPage
from spip_desktop.ui.layout import column
from spip_desktop.ui.line_section import LineSection, LineShape, LineWords
from spip_desktop.ui.readers import date_reader
from spip_desktop.ui.record_form import Target
from spip_desktop.wording import sentence

_EMPTY = "Aucune contribution. Celle d’un autre professionnel se note ici, puis elle est relue par qui l’a dite."


class ContributionsPart(QWidget):
    """Drafts are lines that save themselves; « Verser » fixes one, at once or after its author read it again."""

    reading_asked = Signal(object)  # id of a draft that has to be read again first

    def __init__(self, page: DossierPage) -> None:
        super().__init__()
        self.setObjectName("contributions")
        self._page, self._service = page, page.services.contributions
        self._drafts: dict[UUID, Contribution] = {}
        today = page.services.clock.today
        target = Target(KIND, self._service.save_fields, page.services.desk, page.guard.report)
        shape = LineShape(
            _describe,
            lambda one: contribution_fields(one, today()),
            target,
            date_reader(today, sentence),
            shown_fields,
        )
        words = LineWords("Contributions", "Ajouter une contribution", _EMPTY, "Verser")
        self.section = LineSection("contributions.drafts", words, shape)
        self.settled = ContributionList()
        inside = column(self, gap=12)
        inside.addWidget(self.section)
        inside.addWidget(self.settled)
        self.setFocusProxy(self.section)
        self._connect()

    def _connect(self) -> None:
        self.section.add_asked.connect(self._add)
        self.section.remove_asked.connect(self._remove)
        self.section.act_asked.connect(self._settle)
        self.section.saved.connect(self._page.note_saved)
        self.section.failed.connect(self._page.save_failed)
        self.section.done.connect(self._page.history.push)
        self.section.changed.connect(self._page.reload)

    def show_contributions(self, found: Contributions) -> None:
        self._drafts = {one.value.id: one.value for one in found.drafts}
        self.section.show_lines([(one.value.id, one.value, one.lock) for one in found.drafts])
        self.section.empty.setVisible(not found.drafts and not found.settled)
        self.section.set_read_only(not self._page.services.context.actor.may(Right.CONTRIBUTE))
        self.settled.show_contributions(found.settled, found.officers)

    def flush(self) -> bool:
        return self.section.flush()

    def _add(self) -> None:
        person, made = self._page.person, list[UUID]()
        if person is None:
            return
        start = self._service.start
        if self._page.act(lambda: made.append(start(person)), "", lambda: self._service.bin(made[0])):
            self.section.open_line(made[0])

    def _remove(self, id_: UUID) -> None:
        if self._page.flush():
            service = self._service
            self._page.act(lambda: service.bin(id_), "Contribution supprimée", lambda: service.restore(id_))

    def _settle(self, id_: UUID) -> None:
        """What was reported is first read again by who said it; of the unité sanitaire there is nothing to read."""
        draft = self._drafts.get(id_)
        if draft is None or not self._page.flush():
            return
        if draft.how is HowGiven.REPORTED and not is_health(draft):
            self.reading_asked.emit(id_)
            return
        if self._page.act(lambda: self._service.settle(id_), "Contribution versée"):
            self._page.history.clear()


def _describe(one: Contribution) -> tuple[str, str]:
    said = f"Dite le {dates.short(one.said_on)}" if one.said_on else "Date à écrire"
    how = "à relire par qui l’a dite, puis à verser" if one.how is HowGiven.REPORTED else "en cours de saisie"
    return who_said(one), f"{said}, {'à verser' if is_health(one) else how}"
