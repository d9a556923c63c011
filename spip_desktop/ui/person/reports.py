"""Rapports au magistrat: those that the measures call for, those that left; a sending is noted and corrected here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from PySide6.QtWidgets import QWidget

from spip_desktop.domain import dates
from spip_desktop.domain.deadline import Deadline
from spip_desktop.domain.deadline import Rule as DeadlineRule
from spip_desktop.domain.officer import Right
from spip_desktop.domain.text import NBSP
from spip_desktop.domain.todo import Outcome
from spip_desktop.services.report import sent_to
from spip_desktop.ui.buttons import LinkButton
from spip_desktop.ui.dossier import DossierPage
from spip_desktop.ui.fact_desk import FactDesk, FactPanel
from spip_desktop.ui.form import FormView
from spip_desktop.ui.labels import Paragraph, Rule, SectionTitle, SmallText
from spip_desktop.ui.layout import clear, column, row
from spip_desktop.ui.readers import date_reader
from spip_desktop.ui.sending import sending, sending_specs, sending_values
from spip_desktop.wording import sentence
from spip_desktop.wording import todo as words

_KIND = "report_fact"
_SEND, _CORRECT = "send", "correct"


@dataclass(frozen=True, slots=True)
class _Line:
    """One report as shown: `name` tells the panel that its link opens; no link without an `act`."""

    name: str
    title: str
    said: str
    act: str


class ReportsPart(QWidget):
    """Hidden where no measure calls for a report and none left; what is typed comes back after a lock."""

    def __init__(self, page: DossierPage) -> None:
        super().__init__()
        self.setObjectName("reports")
        self._page, services = page, page.services
        self._writes = services.context.actor.may(Right.DECIDE)
        self._read_only, self._person = False, UUID(int=0)
        self._due: dict[str, Deadline] = {}
        self._sent: dict[str, Outcome] = {}
        self._last = UUID(int=0)
        self.desk = FactDesk(services.desk, services.clock, _KIND, page.guard.report)
        self._lines = column(gap=0)
        inside = column(self, gap=8)
        inside.addWidget(SectionTitle("Rapports au magistrat"))
        inside.addWidget(self.desk)
        inside.addLayout(self._lines)
        self.desk.recorded.connect(self._on_recorded)
        self.desk.left.connect(self.setFocus)
        self.desk.saved.connect(page.note_saved)
        self.desk.failed.connect(page.save_failed)

    def show_values(self, person_id: UUID) -> None:
        """Read the reports again; a panel that was being filled for this person opens as it was."""
        if person_id != self._person:
            self.desk.close_panel()
        self._person = person_id
        found = self._page.services.reports.of_person(person_id)
        self._due = {one.key: one for one in found.due}
        self._sent = {str(one.id): one for one in found.sent}
        lines = [*map(_due_line, found.due), *map(_undated_line, found.undated), *map(_sent_line, found.sent)]
        self._show(lines)
        self.setVisible(bool(lines))
        if self.desk.panel is None and not self._read_only:
            self.desk.come_back(person_id, self._panel)

    def set_read_only(self, read_only: bool) -> None:
        self._read_only = read_only

    def flush(self) -> bool:
        return self.desk.flush()

    def _show(self, lines: Sequence[_Line]) -> None:
        clear(self._lines)
        first: QWidget | None = None
        for one in lines:
            words_, line = column(gap=0, margins=(0, 8, 0, 8)), row(gap=16)
            words_.addWidget(Paragraph(one.title))
            words_.addWidget(SmallText(one.said))
            line.addLayout(words_, 1)
            if one.act and self._writes and not self._read_only:
                link = LinkButton(one.act, name=f"reports.{one.name}")
                link.setAccessibleName(f"{one.act}{NBSP}: {one.title}")
                link.clicked.connect(lambda _=False, name=one.name: self._ask(name))
                line.addWidget(link)
                first = first or link
            self._lines.addLayout(line)
            self._lines.addWidget(Rule())
        self.setFocusProxy(first or self.desk)

    def _ask(self, name: str) -> None:
        panel = self._panel(name)
        if panel is not None and self._page.flush():
            self._page.notice.hide()
            self.desk.ask(name, self._person, panel)

    def _panel(self, name: str) -> FactPanel | None:
        """The panel of that name; None when its report is not there any more."""
        act, _, key = name.partition(".")
        service, form = self._page.services.reports, self._form()
        if act == _SEND and key in self._due:
            person, due = self._person, self._due[key]
            form.field("done_on").set_value(self._page.services.clock.today())
            title = f"{due.rule.label}{NBSP}: envoi"
            return self._made(title, form, lambda shown: service.send(person, key, sending(shown)))
        if act == _CORRECT and key in self._sent:
            sent = self._sent[key]
            form.set_values(sending_values(sent))
            title = f"{sent.what}{NBSP}: envoi à corriger"
            return self._made(title, form, lambda shown: service.correct(sent.id, sending(shown)))
        return None

    def _made(self, title: str, form: FormView, record: Callable[[FormView], UUID]) -> FactPanel:
        def write(shown: FormView) -> None:
            self._last = record(shown)

        return FactPanel(title, "Noter l’envoi", form, write)

    def _form(self) -> FormView:
        today = self._page.services.clock.today
        return FormView(sending_specs(today()), parse_date=date_reader(today, sentence))

    def _on_recorded(self) -> None:
        """« Annuler » takes back what was just written."""
        last, todo = self._last, self._page.services.todo
        self._page.act(lambda: None, "Envoi noté", lambda: todo.take_back(last))
        self.setFocus()


def _due_line(one: Deadline) -> _Line:
    said = f"Pour le {dates.short(one.due)}. {words.because(one)}"
    return _Line(f"{_SEND}.{one.key}", one.rule.label, said, "Noter l’envoi")


def _undated_line(one: DeadlineRule) -> _Line:
    return _Line("", one.label, words.not_dated(one), "")


def _sent_line(one: Outcome) -> _Line:
    said = f"Adressé le {dates.short(one.done_on)}{NBSP}: {sent_to(one)}."
    return _Line(f"{_CORRECT}.{one.id}", one.what, said, "Corriger")
