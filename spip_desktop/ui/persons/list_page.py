"""The page « Personnes »: tabs, filter, sort, one line a person; Enter opens the dossier."""

from datetime import date
from functools import partial

from PySide6.QtWidgets import QWidget

from spip_desktop.domain import dates
from spip_desktop.domain.measure import Milieu
from spip_desktop.domain.officer import Right
from spip_desktop.domain.person_list import PersonFilter, PersonSummary, Sort, Whose
from spip_desktop.domain.place import Place
from spip_desktop.domain.text import NBSP
from spip_desktop.ui.buttons import Button
from spip_desktop.ui.fields import ChoiceField, FieldKind, FieldSpec, LineField
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.labels import EmptyState, SmallText
from spip_desktop.ui.layout import row
from spip_desktop.ui.list_export import export_table
from spip_desktop.ui.page import Page
from spip_desktop.ui.table import Cell, Column, RecordRow, TableView
from spip_desktop.ui.tabs import Tab, Tabs
from spip_desktop.wiring import Services
from spip_desktop.wording.person import CATEGORIES, MILIEUX, NEXT, WHY, cell_text, interim_of

LINES = 100
_COLUMNS = (
    Column("Personne", 232),
    Column("Où", 176),
    Column("Situation"),
    Column("Sortie", 112),
    Column("Prochaine date", 144),
    Column("Suivi par", 136),
)
#: The sort of each column's title; the third one has none.
_SORT_OF_COLUMN = {0: Sort.NAME, 1: Sort.PLACE, 3: Sort.RELEASE, 4: Sort.NEXT, 5: Sort.OFFICER}
_SORTS = (
    ("name", "Nom"),
    ("birth", "Date de naissance"),
    ("place", "Établissement et cellule"),
    ("release", "Sortie"),
    ("next", "Prochaine date"),
    ("officer", "Suivi par"),
)
_ANY = "tous"
_ORDERS = (("up", "Croissant"), ("down", "Décroissant"))


class PersonsPage(Page):
    """Sorted, filtered and paged by the store; what is seen is at most a hundred lines."""

    def __init__(self, services: Services, guard: Guard) -> None:
        super().__init__("Personnes", name="persons")
        self._services, self._guard = services, guard
        self._offset = 0
        self._counts: list[int] = []
        start = Place("person.new")
        self.new = self.set_primary("Nouveau dossier", "plus", lambda: self.went.emit(start), name="persons.new")
        may = services.context.actor.may(Right.WRITE_PERSON)
        self.new.set_available(may, "" if may else "Votre rôle ne crée pas de dossier.")
        take_up = partial(self.go, "persons.import")
        self.take_up = self.add_action("Reprendre une liste", "upload", take_up, name="persons.take_up")
        self.take_up.setVisible(may and services.context.actor.may(Right.WRITE_SITUATION))
        duplicates = partial(self.go, "persons.duplicates")
        self.duplicates = self.add_action("Doublons possibles", "people", duplicates, name="to.duplicates")
        self.duplicates.setVisible(services.duplicates.may())
        self.tabs = Tabs(name="persons.tabs")
        self.tabs.chosen.connect(lambda _: self._first_page())
        self.filter = LineField(FieldSpec("persons_filter", "Filtrer", help="Nom, n° d’écrou, APPI ou naissance."))
        self.milieu = ChoiceField(FieldSpec("persons_milieu", "Milieu", FieldKind.CHOICE, _milieux()))
        self.sort = ChoiceField(FieldSpec("persons_sort", "Trier par", FieldKind.CHOICE, _SORTS))
        self.order = ChoiceField(FieldSpec("persons_order", "Ordre", FieldKind.CHOICE, _ORDERS))
        self.table = TableView(_COLUMNS, name="persons.table", label="Personnes")
        self.empty = EmptyState("Aucune personne ici.", "Créez un dossier, ou changez l’onglet ou le filtre.")
        self._foot = QWidget()
        self.export = export_table(self, services, "persons", self.table, lambda: "Personnes", self._every_row)
        self._build()

    def _build(self) -> None:
        self.milieu.set_value(_ANY)
        self.sort.set_value("name")
        self.order.set_value("up")
        tools = row(gap=16)
        for field, share in ((self.filter, 3), (self.milieu, 2), (self.sort, 2), (self.order, 2)):
            tools.addWidget(field, share)
            field.edited.connect(lambda _: self._first_page())
        foot = row(self._foot, gap=16)
        self.shown = SmallText("", wrap=False)
        self.before, self.after = Button("Précédentes", "chevron-left"), Button("Suivantes", "chevron-right")
        self.before.setObjectName("persons.before")
        self.after.setObjectName("persons.after")
        self.before.clicked.connect(lambda: self._turn(-LINES))
        self.after.clicked.connect(lambda: self._turn(LINES))
        foot.addWidget(self.shown)
        foot.addStretch(1)
        foot.addWidget(self.before)
        foot.addWidget(self.after)
        self.add(self.tabs, tools, self.table, self.empty, self._foot)
        self.table.opened.connect(lambda key: self.go("person.synthese", key))
        self.table.horizontalHeader().setSectionsClickable(True)
        self.table.horizontalHeader().sectionClicked.connect(self._sort_by_column)

    def open(self, place: Place) -> None:
        """The list as it is now, its rows in focus unless a field is named."""
        self.reload()
        if not self.show_field(place.field):
            self.table.setFocus()

    def reload(self) -> None:
        """Read the counts and the lines again."""
        service, wanted = self._services.persons, self.wanted()
        counts = {one: service.count(_counted(wanted, one)) for one, _ in _TABS}
        self._show_counts(list(counts.values()))
        wanted = self.wanted()
        total = counts[wanted.whose]
        lines = self._read(wanted, self._offset, LINES)
        self.table.set_rows(lines)
        self.table.setVisible(bool(lines))
        self.empty.setVisible(not lines)
        self._foot.setVisible(total > LINES)
        self.shown.setText(f"{self._offset + 1} à {self._offset + len(lines)} sur {total}")
        self.before.setEnabled(self._offset > 0)
        self.after.setEnabled(self._offset + LINES < total)

    def _read(self, wanted: PersonFilter, offset: int, limit: int) -> list[RecordRow]:
        lines = self._services.persons.page(
            wanted,
            sort=Sort(str(self.sort.value()) or Sort.NAME),
            descending=self.order.value() == "down",
            offset=offset,
            limit=limit,
        )
        today = self._services.clock.today()
        return [RecordRow(one.id, _cells(one, today, self._services)) for one in lines]

    def _every_row(self) -> list[RecordRow]:
        """Those of the tab and the filter, not only those of this page of it."""
        wanted = self.wanted()
        return self._read(wanted, 0, self._services.persons.count(wanted))

    def _show_counts(self, counts: list[int]) -> None:
        """Write the counts on the tabs; these are made anew only when one changed, so that focus stays."""
        if counts != self._counts:
            self._counts = counts
            named = zip(_TABS, counts, strict=True)
            self.tabs.set_tabs([Tab(one, word, count=number) for (one, word), number in named])

    def wanted(self) -> PersonFilter:
        """The tab, the milieu and the words of the filter."""
        return PersonFilter(
            whose=Whose(self.tabs.value() or Whose.MINE),
            milieu=None if self.milieu.value() in ("", _ANY) else Milieu(str(self.milieu.value())),
            text=str(self.filter.value()),
        )

    def _first_page(self) -> None:
        self._offset = 0
        self.reload()

    def _turn(self, by: int) -> None:
        self._offset = max(0, self._offset + by)
        self.reload()
        self.table.setFocus()

    def _sort_by_column(self, number: int) -> None:
        """A title clicked sorts by it; clicked again, the other way round."""
        sort = _SORT_OF_COLUMN.get(number)
        if sort is None:
            return
        again = self.sort.value() == sort and self.order.value() == "up"
        self.sort.set_value(sort)
        self.order.set_value("down" if again else "up")
        self._first_page()


_TABS = ((Whose.MINE, "Mes dossiers"), (Whose.ALL, "Tous"), (Whose.UNASSIGNED, "À affecter"))


def _milieux() -> tuple[tuple[str, str], ...]:
    return ((_ANY, "Tous"), *((milieu.value, label) for milieu, label in MILIEUX.items()))


def _counted(wanted: PersonFilter, whose: Whose) -> PersonFilter:
    return PersonFilter(whose=whose, milieu=wanted.milieu, text=wanted.text)


def _cells(one: PersonSummary, today: date, services: Services) -> tuple[Cell, ...]:
    born = f"naissance le {dates.short(one.birth_date)}" if one.birth_date else "naissance à noter"
    age = f"{dates.age(one.birth_date, today)}{NBSP}ans, " if one.birth_date else ""
    return (
        Cell(one.name, f"{age}{born}", bold=True, discreet=True),
        _where(one),
        Cell(_title(one, services), f"écrou {one.ecrou_number}" if one.ecrou_number else "", discreet=True),
        Cell(dates.short(one.release_on), WHY.get(one.release_why, "")),
        Cell(dates.short(one.next_on), NEXT.get(one.next_why, "")),
        Cell(
            one.officers or ("Suivi terminé" if one.ended else "À affecter"),
            interim_of(one.interim_of),
            tone="texte" if one.officers else "texte_2",
        ),
    )


def _where(one: PersonSummary) -> Cell:
    if not one.reached:
        return Cell("Dossier non ouvert", tone="texte_2")
    if one.milieu is Milieu.CUSTODY:
        return Cell(one.establishment or "Établissement à noter", cell_text(one.building, one.floor, one.cell))
    return Cell(MILIEUX[one.milieu] if one.milieu else "Sans saisine en cours")


def _title(one: PersonSummary, services: Services) -> str:
    if one.milieu is Milieu.CUSTODY and one.penal_category:
        return next(words[2] for category, words in CATEGORIES.items() if category == one.penal_category)
    return services.catalogue.measure_label(one.measure_kind) if one.measure_kind else ""
