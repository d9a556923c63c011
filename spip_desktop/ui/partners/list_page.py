"""The page « Partenaires »: found by the first letters, one line a structure, one added by its name."""

from PySide6.QtWidgets import QWidget

from spip_desktop import reference
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.officer import Right
from spip_desktop.domain.partner import PartnerSummary
from spip_desktop.domain.place import Place
from spip_desktop.ui.buttons import Button, QuietButton
from spip_desktop.ui.choices import Tick
from spip_desktop.ui.fields import ChoiceField, FieldKind, FieldSpec, LineField
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.labels import EmptyState
from spip_desktop.ui.layout import FlowRow, column, row
from spip_desktop.ui.page import Page
from spip_desktop.ui.table import Cell, Column, RecordRow, TableView
from spip_desktop.wiring import Services
from spip_desktop.wording import sentence
from spip_desktop.wording.partner import EMPTY_LIST

_COLUMNS = (Column("Structure"), Column("Type", 208), Column("Ville", 160), Column("Permanence", 176))

_ANY = "tous"


class PartnersPage(Page):
    """The directory kept by hand."""

    def __init__(self, services: Services, guard: Guard) -> None:
        super().__init__("Partenaires", name="partners")
        self._services, self._guard = services, guard
        today = services.clock.today()
        kinds = ((_ANY, "Tous"), *reference.load("partner_kinds").options(today))
        self.filter = LineField(FieldSpec("partners_filter", "Filtrer", help="Nom, service ou ville."))
        self.kind = ChoiceField(FieldSpec("partners_kind", "Type", FieldKind.CHOICE, kinds))
        self.kind.set_value(_ANY)
        self.inactive = Tick("Montrer ceux qui ne sont plus proposés", "partners.inactive")
        self.table = TableView(_COLUMNS, name="partners.table", label="Partenaires")
        self.empty = EmptyState("Aucun partenaire ici.", EMPTY_LIST.partition(". ")[2])
        counted = self.add_action("Chiffres", "chart", lambda: self.go("partners.figures"), name="partners.figures")
        counted.setVisible(services.context.actor.may(Right.READ_PRESCRIPTION))
        self.add_action("Besoins", "list", lambda: self.go("partners.needs"), name="partners.needs")
        sheet = self.add_action("Tableur", "upload", lambda: self.go("partners.sheet"), name="partners.sheet")
        sheet.setVisible(services.context.actor.may(Right.WRITE_PARTNER))
        self.add_action("Annuaire public", "search", lambda: self.go("partners.public"), name="partners.public")
        self.new_name = LineField(FieldSpec("partners_new", "Nom de la structure"))
        self.new = self.set_primary("Ajouter un partenaire", "plus", self._ask, name="partners.add")
        may = services.context.actor.may(Right.WRITE_PARTNER)
        self.new.set_available(may, "" if may else "Votre rôle ne permet pas d’ajouter un partenaire.")
        self._build()

    def _build(self) -> None:
        self.panel = QWidget()
        inside = column(self.panel, gap=8)
        self.write, self.cancel = Button("Ajouter", name="partners.write"), QuietButton("Ne rien ajouter")
        self.cancel.setObjectName("partners.cancel")
        buttons = FlowRow(gap=8)
        buttons.add(self.write, self.cancel)
        inside.addWidget(self.new_name)
        inside.addWidget(buttons)
        self.panel.hide()
        tools = row(gap=16)
        tools.addWidget(self.filter, 3)
        tools.addWidget(self.kind, 2)
        self.add(self.panel, tools, self.inactive, self.table, self.empty)
        self.write.clicked.connect(self._record)
        self.new_name.line.returnPressed.connect(self._record)
        self.cancel.clicked.connect(self.panel.hide)
        self.filter.edited.connect(lambda _: self.reload())
        self.kind.edited.connect(lambda _: self.reload())
        self.inactive.toggled.connect(lambda _: self.reload())
        self.table.opened.connect(lambda key: self.go("partner", key))

    def open(self, place: Place) -> None:
        self.reload()
        if not self.show_field(place.field):
            (self.table if self.table.records.rows else self.new).setFocus()

    def reload(self) -> None:
        """Read the structures that match."""
        kind = "" if self.kind.value() == _ANY else str(self.kind.value())
        found = self._services.partners.summaries(
            str(self.filter.value()), kind=kind, with_inactive=self.inactive.isChecked()
        )
        self.table.set_rows([RecordRow(one.id, _cells(one)) for one in found])
        self.table.setVisible(bool(found))
        self.empty.setVisible(not found)

    def _ask(self) -> None:
        self.new_name.set_value("")
        self.new_name.set_problem(None)
        self.panel.show()
        self.new_name.setFocus()

    def _record(self) -> None:
        name = str(self.new_name.value())
        refusals: list[Refusal] = []
        added = self._guard.run(self._services.partners.add, name, refused=refusals.append)
        if refusals:
            self.new_name.set_problem(sentence(refusals[0]))
            self.new_name.setFocus()
        if added:
            self.panel.hide()
            self.saved.emit(self._services.clock.now())
            self.go("partner", added, "address")


def _cells(one: PartnerSummary) -> tuple[Cell, ...]:
    kinds = ", ".join(reference.load("partner_kinds").label(kind) for kind in one.kinds)
    services = ", ".join(one.services)
    state = "" if one.active else "n’est plus proposé"
    return (
        Cell(one.name, ", ".join(part for part in (services, state) if part), bold=True),
        Cell(kinds or "À noter", tone="texte" if kinds else "texte_2"),
        Cell(one.city),
        Cell("En établissement" if one.in_prison else ""),
    )
