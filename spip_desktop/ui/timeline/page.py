"""« Chronologie » of one person: every dated fact on one list, chosen by kind, period and words, opened and printed."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout

from spip_desktop.domain import dates
from spip_desktop.domain.officer import Right
from spip_desktop.domain.place import Place
from spip_desktop.domain.text import NBSP, french_spaces
from spip_desktop.domain.timeline import TimelineFilter, TimelineKind, TimelineLine
from spip_desktop.ui.buttons import Button
from spip_desktop.ui.dossier import DossierPage
from spip_desktop.ui.fields import FieldKind, FieldSpec
from spip_desktop.ui.form import FormView
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.labels import EmptyState
from spip_desktop.ui.printing import PrintLine
from spip_desktop.ui.readers import date_reader
from spip_desktop.ui.table import Cell, Column, RecordRow, TableView
from spip_desktop.wiring import Services
from spip_desktop.wording import sentence
from spip_desktop.wording import timeline as words

KIND = "person.timeline"
_COLUMNS = (Column("Le", 112), Column("Quoi", 136), Column("Ce qui s’est passé"))


class TimelinePage(DossierPage):
    """Read when the page is opened; choosing lines reads nothing more."""

    def __init__(self, services: Services, guard: Guard) -> None:
        super().__init__(services, guard, words.TITLE, KIND)
        self._lines: Sequence[TimelineLine] = ()
        kinds = tuple((one.value, words.KINDS[one]) for one in services.timeline.kinds())
        self.table = TableView(_COLUMNS, name="timeline.table", label=words.TITLE)
        self.show_all = Button(words.SHOW_ALL, name="timeline.all")
        self.nothing = EmptyState(words.NOTHING_FOUND, words.NOTHING_ADVICE, self.show_all)
        self.empty = EmptyState(words.EMPTY.partition(". ")[0] + ".", words.EMPTY.partition(". ")[2])
        self.printing = PrintLine(services.printing, name="timeline.printing")
        self.choice = FormView(
            (
                FieldSpec("words", "Chercher un mot"),
                FieldSpec("since", "Depuis le", FieldKind.DATE, width="half"),
                FieldSpec("until", "Jusqu’au", FieldKind.DATE, width="half"),
                FieldSpec("kinds", "Montrer seulement", FieldKind.TICKS, kinds),
            ),
            parse_date=date_reader(services.clock.today, sentence),
        )
        self.add_action("À reporter", "copy", self._carry, name="timeline.carrying")
        if services.context.actor.may(Right.PRINT):
            self.add_action("Imprimer la liste", "printer", self.print_document, name="timeline.print")
        outer = self.layout()
        assert isinstance(outer, QVBoxLayout)
        outer.insertWidget(2, self.printing)
        for part in (self.choice, self.table, self.nothing, self.empty):
            self.inside.addWidget(part)
        self._connect()

    def _connect(self) -> None:
        self.choice.edited.connect(lambda _: self._show_rows())
        self.show_all.clicked.connect(self._show_every)
        self.table.opened.connect(self.went.emit)
        self.printing.printed.connect(self.notice.show_sentence)
        self.printing.failed.connect(self.band.show_sentence)
        self.printing.left.connect(self.table.setFocus)

    def open(self, place: Place) -> None:
        """The whole of another dossier; the lines in focus unless a field is named."""
        if place.id != self.person:
            self.printing.hide()
            self._forget_choice()
        super().open(place)
        if not self.content.isHidden() and not place.field and self.table.records.rows:
            self.table.setFocus()

    def show_values(self, person_id: UUID) -> None:
        self._lines = self.services.timeline.of_person(person_id)
        self.choice.setVisible(bool(self._lines))
        self._show_rows()

    def _carry(self) -> None:
        self.go("person.carrying", self.person)

    def leave(self) -> None:
        self.printing.stop()

    def print_document(self) -> None:
        """The lines shown, as they are now."""
        self.band.clear()
        person, paper = self.person, self.services.timeline.paper
        found = self.guard.run(lambda: person and paper(person, self._filter()), refused=self.tell)
        if found:
            self.printing.ask(found)

    def _forget_choice(self) -> None:
        for field in self.choice.fields.values():
            field.set_raw_text("")

    def _show_every(self) -> None:
        self._forget_choice()
        self._show_rows()
        self.table.setFocus()

    def _filter(self) -> TimelineFilter:
        chosen = self.choice.value("kinds")
        since, until = self.choice.value("since"), self.choice.value("until")
        return TimelineFilter(
            kinds=[TimelineKind(code) for code in chosen] if isinstance(chosen, tuple) else (),
            since=since if isinstance(since, date) else None,
            until=until if isinstance(until, date) else None,
            words=str(self.choice.value("words")),
        )

    def _show_rows(self) -> None:
        wanted = self._filter()
        shown = [one for one in self._lines if wanted.keeps(one)]
        self.table.set_rows([RecordRow(one.place, _cells(one)) for one in shown])
        self.table.setVisible(bool(shown))
        self.nothing.setVisible(bool(self._lines) and not shown)
        self.nothing.advice.setText(words.UPSIDE_DOWN if wanted.is_upside_down else words.NOTHING_ADVICE)
        self.empty.setVisible(not self._lines)
        count, of = len(shown), len(self._lines)
        all_ = f"{of}{NBSP}ligne{'s' if of > 1 else ''}"
        self.set_title(words.TITLE, all_ if count == of else f"{count} sur {all_}")


def _cells(one: TimelineLine) -> tuple[Cell, ...]:
    return (
        Cell(dates.short(one.on), dates.said_hour(one.hour)),
        Cell(words.KINDS[one.kind], tone="texte_2"),
        Cell(french_spaces(one.what), french_spaces(one.detail), bold=True, discreet=bool(one.detail)),
    )
