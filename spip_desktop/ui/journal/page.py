"""The page « Journal »: lines by hundreds under filters, consultations by officer, old lines; the chain checked."""

from uuid import UUID

from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from spip_desktop.domain.journal import JournalFilter, JournalLine, Verdict
from spip_desktop.domain.officer import Right
from spip_desktop.domain.place import Place
from spip_desktop.domain.text import NBSP
from spip_desktop.ui.buttons import Button
from spip_desktop.ui.fields import ChoiceField, Field, FieldKind, FieldSpec
from spip_desktop.ui.form import make_field
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.journal.lines import LinesTable, ReadersTable
from spip_desktop.ui.journal.old_lines import OldLines
from spip_desktop.ui.labels import EmptyState, SmallText, StateLabel
from spip_desktop.ui.layout import FlowRow, column, row, set_size
from spip_desktop.ui.page import Page
from spip_desktop.ui.readers import date_reader
from spip_desktop.ui.tabs import Tab, Tabs
from spip_desktop.ui.tasks import Tasks
from spip_desktop.wiring import Services
from spip_desktop.wording import journal as words
from spip_desktop.wording import sentence

LINES = 100
#: The width of each filter, in pixels at 100 %.
_WIDTHS = {"journal_from": 120, "journal_to": 120, "journal_officer": 152, "journal_act": 272, "journal_kind": 232}
_DOSSIER_WIDTH = 272
_ANY = "tous"
_TABS = (Tab("lines", "Lignes"), Tab("readers", "Consultations"), Tab("old", "Lignes anciennes"))
_DOSSIER_HELP = "Numéro du dossier."
_DOSSIER_HELP_OPENING = "Nom, n° d’écrou ou numéro du dossier."


class JournalPage(Page):
    """Read only. A DPIP goes from a line to its dossier; an auditor sees the number of the object."""

    def __init__(self, services: Services, guard: Guard) -> None:
        super().__init__("Journal", name="journal")
        self._services, self._guard = services, guard
        self.tasks = Tasks(self)
        self._offset = 0
        self._dossier: UUID | None = None
        self._opens = services.context.actor.may(Right.READ_PERSON)
        self.verify = self.set_primary("Vérifier le journal", "shield-check", self._verify, name="journal.verify")
        self.verdict = StateLabel("shield-check", "", wrap=True)
        self.tabs = Tabs(_TABS, name="journal.tabs")
        self.table, self.readers = LinesTable(), ReadersTable()
        self.empty = EmptyState("Aucune ligne ne correspond.", "Élargissez la période ou retirez un filtre.")
        self.nobody = EmptyState("Aucun dossier n’a été consulté dans cette période.")
        self.old = OldLines(services.journal, self.tasks)
        self._make_filters()
        self._build()

    def _make_filters(self) -> None:
        parse = date_reader(self._services.clock.today, sentence)
        help_ = _DOSSIER_HELP_OPENING if self._opens else _DOSSIER_HELP
        specs = (
            FieldSpec("journal_from", "Du", FieldKind.DATE),
            FieldSpec("journal_to", "Au", FieldKind.DATE),
            FieldSpec("journal_officer", "Agent", FieldKind.CHOICE, ((_ANY, "Tous"),)),
            FieldSpec("journal_act", "Acte", FieldKind.CHOICE, ((_ANY, "Tous"),)),
            FieldSpec("journal_kind", "Objet", FieldKind.CHOICE, ((_ANY, "Tous"),)),
            FieldSpec("journal_dossier", "Dossier", help=help_, discreet=True),
        )
        self.fields = {spec.code: make_field(spec, parse) for spec in specs}
        self._holders = {code: _held(field, _WIDTHS.get(code, _DOSSIER_WIDTH)) for code, field in self.fields.items()}
        for code, field in self.fields.items():
            (field.left if code == "journal_dossier" else field.edited).connect(lambda _: self._filter())
            if code in ("journal_officer", "journal_act", "journal_kind"):
                field.set_value(_ANY)

    def _build(self) -> None:
        self.filters = FlowRow(gap=16, line_gap=8)
        self.filters.add(*self._holders.values())
        self.with_words = self.add_action("Montrer les motifs écrits", "eye", name="journal.words")
        self.with_words.setCheckable(True)
        self.with_words.setVisible(self._opens)
        self.with_words.toggled.connect(lambda _: self._show_lines())
        self._foot = QWidget()
        foot = row(self._foot, gap=16)
        self.shown = SmallText("", wrap=False)
        self.newer = Button("Plus récentes", "chevron-left", name="journal.newer")
        self.older = Button("Plus anciennes", "chevron-right", name="journal.older")
        self.newer.clicked.connect(lambda: self._turn(-LINES))
        self.older.clicked.connect(lambda: self._turn(LINES))
        foot.addWidget(self.shown)
        foot.addStretch(1)
        foot.addWidget(self.newer)
        foot.addWidget(self.older)
        self.add(
            self.verdict,
            self.tabs,
            self.filters,
            self.table,
            self.empty,
            self._foot,
            self.readers,
            self.nobody,
            self.old,
        )
        self.tabs.chosen.connect(lambda _: self.reload())
        self.table.opened.connect(self._open_dossier)
        self.old.trimmed.connect(lambda _: self.reload())

    # -- what every page does --------------------------------------------------------------------------------

    def open(self, place: Place) -> None:
        """The newest lines; those of one dossier where the place names it."""
        self.verdict.hide()
        self._offset = 0
        self._offer_filters()
        if place.id is not None:
            self.fields["journal_dossier"].set_value(str(place.id))
            self._dossier = place.id
        self.reload()
        if not self.show_field(place.field):
            self.table.setFocus()

    def reload(self) -> None:
        view = self.tabs.value()
        for code in ("journal_officer", "journal_act", "journal_kind", "journal_dossier"):
            self._holders[code].setVisible(view == "lines")
        self.filters.setVisible(view != "old")
        self.with_words.setVisible(view == "lines" and self._opens)
        self._show_lines()
        self._show_readers()
        self.old.setVisible(view == "old")
        if view == "old":
            self.old.show_count(self._services.journal.old())

    def leave(self) -> None:
        self.tasks.stop()

    def hideEvent(self, event: QHideEvent) -> None:
        """No passphrase stays on a page that was left."""
        super().hideEvent(event)
        if not event.spontaneous():
            self.old.fold()

    # -- the lines -------------------------------------------------------------------------------------------

    def wanted(self) -> JournalFilter:
        """The filters as they stand; a date that cannot be read filters nothing."""
        chosen = {code: str(field.value() or "").replace(_ANY, "") for code, field in self.fields.items()}
        officer = chosen["journal_officer"]
        return JournalFilter(
            starts=self.fields["journal_from"].value(),  # type: ignore[arg-type]
            ends=self.fields["journal_to"].value(),  # type: ignore[arg-type]
            officer=UUID(officer) if officer else None,
            act=chosen["journal_act"],
            kind=chosen["journal_kind"],
            dossier=self._dossier,
        )

    def _filter(self) -> None:
        self._offset = 0
        self._find_dossier()
        self.reload()

    def _find_dossier(self) -> None:
        """The dossier whose number was typed, or for who may open dossiers, the person who is meant."""
        field = self.fields["journal_dossier"]
        typed = str(field.value())
        field.set_problem(None)
        self._dossier = None
        if not typed:
            return
        try:
            self._dossier = UUID(typed)
            return
        except ValueError:
            pass
        hits = self._services.persons.search(typed) if self._opens else []
        exact = [hit for hit in hits if hit.exact] or hits
        if len(exact) == 1:
            self._dossier = exact[0].id
            return
        several = "Plusieurs personnes : tapez le n° d’écrou.".replace(" :", f"{NBSP}:")
        field.set_problem(several if exact else "Aucun dossier ne correspond.")
        self._dossier = UUID(int=0)  # nothing is shown rather than everything

    def _show_lines(self) -> None:
        seen = self.tabs.value() == "lines"
        wanted = self.wanted()
        total = self._services.journal.count(wanted) if seen else 0
        lines = self._services.journal.page(wanted, offset=self._offset, limit=LINES) if seen else []
        self.table.show_lines(lines, with_words=self.with_words.isChecked())
        self.table.setVisible(bool(lines))
        self.empty.setVisible(seen and not lines)
        self._foot.setVisible(bool(lines))
        self.shown.setText(f"{self._offset + 1} à {self._offset + len(lines)} sur {total}")
        self.newer.setVisible(total > LINES)
        self.older.setVisible(total > LINES)
        self.newer.setEnabled(self._offset > 0)
        self.older.setEnabled(self._offset + LINES < total)

    def _show_readers(self) -> None:
        seen = self.tabs.value() == "readers"
        found = self._services.journal.consultations(self.wanted()) if seen else []
        self.readers.show_readers(found)
        self.readers.setVisible(bool(found))
        self.nobody.setVisible(seen and not found)

    def _offer_filters(self) -> None:
        """What the lines kept hold; read when the page opens, not at each key."""
        journal = self._services.journal
        self._offer("journal_officer", [(str(id_), name) for id_, name in journal.officers()])
        self._offer("journal_act", [(one, words.act(one)) for one in journal.acts()])
        self._offer("journal_kind", [(one, words.kind(one)) for one in journal.kinds()])

    def _offer(self, code: str, options: list[tuple[str, str]]) -> None:
        field = self.fields[code]
        assert isinstance(field, ChoiceField)
        offered = ((_ANY, "Tous"), *sorted(options, key=lambda one: one[1]))
        if [field.choice.itemData(n) for n in range(field.choice.count())][1:] != [code for code, _ in offered]:
            field.set_options(offered)

    def _turn(self, by: int) -> None:
        self._offset = max(0, self._offset + by)
        self._show_lines()
        self.table.setFocus()

    def _open_dossier(self, key: object) -> None:
        if isinstance(key, JournalLine) and key.dossier is not None:
            self.go("person.synthese", key.dossier)

    # -- the chain -------------------------------------------------------------------------------------------

    def _verify(self) -> None:
        self.verify.set_available(False, "Vérification en cours.")
        self.tasks.run(self._services.journal.verify, self._tell_verdict, failed=self._not_verified)

    def _tell_verdict(self, found: Verdict) -> None:
        self.verify.set_available(True)
        if found.broken is None:
            self.verdict.set_state(
                "shield-check", f"Journal intact, de la ligne {found.first} à la ligne {found.last}."
            )
        else:
            self.verdict.set_state(
                "alert-circle",
                f"Journal altéré{NBSP}: la ligne {found.broken} a été modifiée, ajoutée ou retirée. Gardez le magasin "
                "en l’état et prévenez l’assistance.",
                "alerte",
            )
        self.verdict.show()

    def _not_verified(self, error: Exception) -> None:
        self.verify.set_available(True)
        self._guard.report(error)


def _held(field: Field, width: int) -> QWidget:
    """A filter as wide as it needs, among others that go to the next line where there is no room."""
    holder = QWidget()
    column(holder, gap=0).addWidget(set_size(field, width=width))
    return holder
