"""« Relances »: the partners who owe an answer, one letter each, and those whom a letter did not move."""

from uuid import UUID

from spip_desktop.domain import dates
from spip_desktop.domain.follow_up import SilentPartner, SilentSheet
from spip_desktop.domain.ids import grouped
from spip_desktop.domain.officer import Right
from spip_desktop.domain.place import Place
from spip_desktop.domain.text import NBSP
from spip_desktop.services.printing import Printable
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.labels import EmptyState, Paragraph
from spip_desktop.ui.list_export import export_table
from spip_desktop.ui.page import Page
from spip_desktop.ui.printing import PrintLine
from spip_desktop.ui.table import Cell, Column, RecordRow, TableView
from spip_desktop.ui.tabs import Tab, Tabs
from spip_desktop.wiring import Services
from spip_desktop.wording import sentence

KIND = "prescriptions.silent"
_COLUMNS = (Column("Partenaire", 240), Column("Fiche"), Column("Remise le", 152), Column("Réponse", 232))
_FIRST, _TWICE = "first", "twice"
_SILENT = "Les délais de chaque type de partenaire sont ceux des échéances (Réglages)."
_EMPTY = {
    _FIRST: ("Aucun partenaire en retard.", _SILENT),
    _TWICE: ("Aucun deuxième silence.", "Une fiche vient ici quand une lettre est restée sans réponse."),
}
_TOLD = {
    _FIRST: "Une lettre par partenaire, avec toutes ses fiches : elle ne nomme personne.",
    _TWICE: "Une lettre est restée sans réponse : à voir avec le DPIP, qui a la même liste.",
}


class SilentPage(Page):
    """Enter opens the sheet of a row; the letter is for the partner of the row."""

    def __init__(self, services: Services, guard: Guard) -> None:
        super().__init__("Relances", name=KIND)
        self._services, self._guard = services, guard
        self._partners: tuple[SilentPartner, ...] = ()
        self.printing = PrintLine(services.printing)
        self.tabs = Tabs(name="silent.tabs")
        self.told = Paragraph("")
        self.table = TableView(_COLUMNS, name="silent.table", label="Fiches sans réponse, par partenaire")
        self.empty = EmptyState(*_EMPTY[_FIRST])
        self.layout().insertWidget(2, self.printing)  # type: ignore[union-attr]
        self.add(self.tabs, self.told, self.table, self.empty)
        self.export = export_table(self, services, KIND, self.table, lambda: "Relances")
        self.again = self.add_action("Réimprimer la lettre", "printer", self._print_again, name="silent.again")
        self.write = self.set_primary("Préparer la lettre", "send", self._write, name="silent.write")
        self.tabs.chosen.connect(lambda _: self._show())
        self.table.opened.connect(self._open)
        self.table.current_changed.connect(lambda _: self._show_acts())
        self.printing.printed.connect(self._on_printed)
        self.printing.failed.connect(self.band.show_sentence)

    def open(self, place: Place) -> None:
        self.reload()
        if not self.show_field(place.field):
            self.table.setFocus()

    def leave(self) -> None:
        self.printing.stop()

    def reload(self) -> None:
        """Read who is silent again."""
        self._partners = self._services.prescriptions.follow_up.silent()
        waiting = sum(len(one.sheets) - len(one.twice) for one in self._partners)
        wanted = [
            Tab(_FIRST, "À relancer", count=waiting),
            Tab(_TWICE, "Deuxième silence", count=sum(len(one.twice) for one in self._partners)),
        ]
        if wanted != self.tabs.offered():
            self.tabs.set_tabs(wanted)
        self._show()

    def _show(self) -> None:
        chosen = self.tabs.value() or _FIRST
        rows = [
            RecordRow((one.partner_id, sheet.id), _cells(one, sheet), group=one.name)
            for one in self._partners
            for sheet in one.sheets
            if (sheet.reminded_on is not None) == (chosen == _TWICE)
        ]
        self.table.set_rows(rows)
        if rows and not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(self.table.records.index(0, self.table.first_column()))
        self.table.setVisible(bool(rows))
        self.told.setVisible(bool(rows))
        self.told.setText(_TOLD[chosen])
        self.empty.setVisible(not rows)
        absent, advice = _EMPTY[chosen]
        self.empty.sentence.setText(absent)
        self.empty.advice.setText(advice)
        self._show_acts()

    def _show_acts(self) -> None:
        """A letter where the partner of the row has sheets that one may name; the last one, where there is one."""
        partner = self._partner()
        first = (self.tabs.value() or _FIRST) == _FIRST
        self.write.setVisible(first and partner is not None)
        may = self._services.context.actor.may
        why = "" if may(Right.WRITE_PRESCRIPTION) and may(Right.PRINT) else "Votre rôle ne permet pas de relancer."
        if not why and partner and not partner.for_letter:
            why = "Aucune fiche de cette ligne ne peut être nommée dans une lettre."
        self.write.set_available(not why, why)
        self.again.setVisible(not first and bool(partner) and may(Right.PRINT))

    def _partner(self) -> SilentPartner | None:
        key = self.table.current_key()
        wanted = key[0] if isinstance(key, tuple) else None
        return next((one for one in self._partners if one.partner_id == wanted), None)

    def _open(self, key: object) -> None:
        if isinstance(key, tuple):
            self.go("prescription", key[1], "return")

    def _write(self) -> None:
        partner = self._partner()
        if partner is None:
            return
        make = self._services.prescriptions.follow_up.make_letter
        self._ask_printer(self._guard.run(make, partner.partner_id, refused=self._tell))
        self.reload()

    def _print_again(self) -> None:
        partner = self._partner()
        if partner:
            self._ask_printer(self._guard.run(self._last, partner.partner_id, refused=self._tell))

    def _last(self, partner_id: UUID) -> Printable | None:
        return self._services.prescriptions.follow_up.last_letter(partner_id)

    def _ask_printer(self, paper: object) -> None:
        self.band.clear()
        if isinstance(paper, Printable):
            self.saved.emit(self._services.clock.now())
            self.printing.ask(paper)

    def _tell(self, refusal: object) -> None:
        self.band.show_sentence(sentence(refusal))  # type: ignore[arg-type]

    def _on_printed(self, said: str) -> None:
        self.notice.show_sentence(said)
        self.reload()


def _cells(partner: SilentPartner, sheet: SilentSheet) -> tuple[Cell, ...]:
    number = f"n°{NBSP}{grouped(sheet.number, 4)}"
    if sheet.reminded_on:
        awaited = Cell(f"Lettre du {dates.short(sheet.reminded_on)}", f"sans réponse depuis, attendue le {_due(sheet)}")
    else:
        more = "" if sheet.by_letter else f"en-tête neutre{NBSP}: à demander à la personne"
        awaited = Cell(f"Attendue le {_due(sheet)}", more, icon="clock")
    return (
        Cell(partner.name, bold=True),
        Cell(sheet.person, number, discreet=True),
        Cell(dates.short(sheet.handed_on)),
        awaited,
    )


def _due(sheet: SilentSheet) -> str:
    return dates.short(sheet.due)
