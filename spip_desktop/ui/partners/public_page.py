"""« Annuaire public »: the services imported from data·inclusion, looked through, added to the partners."""

from uuid import UUID

from spip_desktop import reference
from spip_desktop.domain import dates
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.officer import Right
from spip_desktop.domain.partner_public import PublicHit, PublicImport
from spip_desktop.domain.place import Place
from spip_desktop.domain.text import NBSP, french_spaces
from spip_desktop.services.partner_public import MOST_FOUND
from spip_desktop.ui.fields import ChoiceField, FieldKind, FieldSpec, LineField
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.labels import EmptyState, Paragraph, SmallText
from spip_desktop.ui.layout import row
from spip_desktop.ui.page import Page, SideColumn
from spip_desktop.ui.table import Cell, Column, RecordRow, TableView
from spip_desktop.ui.text import Text
from spip_desktop.wiring import Services
from spip_desktop.wording import sentence

KIND = "partners.public"
_COLUMNS = (Column("Service"), Column("Ville", 168), Column("Thématiques", 320))
_ANY = "toutes"
_CHOOSE = "Choisissez un service."
_MORE = f"Les {MOST_FOUND} premiers{NBSP}: précisez la recherche pour voir les autres."
_ADVICE = (
    "Importez d’abord les fichiers de data·inclusion : l’annuaire national des services d’insertion, publié chaque "
    "lundi sur data.gouv.fr."
)


class PublicDirectoryPage(Page):
    """A search, its answers, and the one chosen told in full."""

    def __init__(self, services: Services, guard: Guard) -> None:
        super().__init__("Annuaire public", name=KIND)
        self._services, self._guard, self._public = services, guard, services.public_directory
        themes = ((_ANY, "Toutes"), *reference.load("public_themes").options(services.clock.today()))
        self.filter = LineField(FieldSpec("public_filter", "Chercher", help="Nom du service, structure ou ville."))
        self.theme = ChoiceField(FieldSpec("public_theme", "Thématique", FieldKind.CHOICE, themes))
        self.theme.set_value(_ANY)
        self.table = TableView(_COLUMNS, name="public.table", label="Services de l’annuaire public")
        self.nothing = SmallText("")
        self.empty = EmptyState("L’annuaire public est vide.", french_spaces(_ADVICE))
        self.told = SideColumn("Service choisi", 304)
        self.found: dict[object, PublicHit] = {}
        self.update_button = self.add_action(
            "Importer", "download", lambda: self.go("partners.import"), name="public.import"
        )
        self.take = self.set_primary("Ajouter aux partenaires", "plus", self._take, name="public.take")
        tools = row(gap=16)
        tools.addWidget(self.filter, 3)
        tools.addWidget(self.theme, 2)
        self.add(tools, self.nothing, self.table, self.empty)
        self.set_side(self.told)
        self.filter.edited.connect(lambda _: self.reload())
        self.theme.edited.connect(lambda _: self.reload())
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_chosen())
        self.table.opened.connect(lambda _: self._take())

    def open(self, place: Place) -> None:
        self.reload()
        if not self.show_field(place.field):
            (self.filter if self.found else self.update_button).setFocus()

    def reload(self) -> None:
        """Read what matches."""
        theme = "" if self.theme.value() == _ANY else str(self.theme.value())
        hits = self._public.search(str(self.filter.value()), theme)
        self.found = {hit.service.id: hit for hit in hits}
        self.table.set_rows([RecordRow(hit.service.id, _cells(hit)) for hit in hits])
        if hits and not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(self.table.records.index(0, 0))
        count = self._public.count()
        self.set_title("Annuaire public", _detail(count, self._public.last()))
        self.nothing.setText(_MORE if hits else "Aucun service ne correspond.")
        told = count and len(hits) in (0, MOST_FOUND)
        for part, shown in ((self.table, hits), (self.empty, not count), (self.nothing, told)):
            part.setVisible(bool(shown))
        self._show_chosen()

    def _chosen(self) -> PublicHit | None:
        return self.found.get(self.table.current_key())

    def _show_chosen(self) -> None:
        chosen = self._chosen()
        self.told.empty()
        if chosen:
            self.told.add(Text(chosen.service.name, "section", wrap=True), *(Paragraph(line) for line in told(chosen)))
        may = self._services.context.actor.may(Right.WRITE_PARTNER)
        why = "" if may and chosen else _CHOOSE if may else "Votre rôle ne permet pas d’ajouter un partenaire."
        self.take.set_available(not why, why)

    def _take(self) -> None:
        chosen = self._chosen()
        if chosen is None or not self.take.isEnabled():
            return
        taken = self._guard.run(self._public.take, chosen.service.id, refused=self._tell)
        if isinstance(taken, UUID):
            self.saved.emit(self._services.clock.now())
            self.go("partner", taken)

    def _tell(self, refusal: Refusal) -> None:
        self.band.show_sentence(sentence(refusal))


def _detail(count: int, last: PublicImport | None) -> str:
    if last is None:
        return ""
    services = f"{count:,}".replace(",", NBSP)
    plural = "s" if len(last.departments) > 1 else ""
    where = f", département{plural} {', '.join(last.departments)}" if last.departments else ""
    return f"{services} service{'s' if count > 1 else ''}, importés le {dates.short(last.on)}{where}"


def _cells(hit: PublicHit) -> tuple[Cell, ...]:
    themes = reference.load("public_themes")
    said = ", ".join(themes.label(code) for code in hit.service.themes)
    return (Cell(hit.service.name, hit.structure, bold=True), Cell(hit.service.place.city), Cell(said))


def told(hit: PublicHit) -> list[str]:
    """The service in full, a line a subject; a value that our lists do not know is told as it came."""
    one, place = hit.service, hit.service.place
    where = ", ".join(part for part in (place.address, place.complement, f"{place.postal_code} {place.city}") if part)
    lines = (
        ("Structure", hit.structure),
        ("Adresse", where.strip(", ")),
        ("Téléphone", place.phone),
        ("Courriel", place.email),
        ("Contact", one.contact),
        ("Publics", _joined("public_publics", one.publics, one.publics_note)),
        ("Conditions", one.conditions),
        ("Accueil", _joined("public_welcomes", one.welcome, place.hours)),
        ("Comment l’adresser", _joined("public_ways", one.ways, one.ways_note)),
        ("Frais", _joined("public_fees", (one.fee,) if one.fee else (), one.fee_note)),
        ("Source", f"{one.source}, mis à jour le {dates.short(one.updated_on)}"),
    )
    return [one.description, *(f"{label}{NBSP}: {said}" for label, said in lines if said)]


def _joined(list_code: str, codes: tuple[str, ...], note: str) -> str:
    known = reference.load(list_code)
    return ", ".join(part for part in (*(known.label(code) for code in codes), note) if part)
