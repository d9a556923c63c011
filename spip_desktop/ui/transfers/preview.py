"""What a package would bring, or has brought: by person, then every record not simply taken, by name and reason."""

from PySide6.QtWidgets import QWidget

from spip_desktop.domain.transfer_result import Brought, Item, PersonLine, Result
from spip_desktop.services.conflict_words import field_name
from spip_desktop.ui.labels import Section
from spip_desktop.ui.layout import column
from spip_desktop.ui.table import Cell, Column, RecordRow, TableView
from spip_desktop.wording.record_fields import KINDS, OTHER
from spip_desktop.wording.transfer import BROUGHT, REASONS, REMARKED, count

_MOST_REMARKS = 50
_COUNT_WIDTH, _LONG_WIDTH, _LONG = 92, 132, 11  # pixels, pixels, signs of a heading


class PreviewView(QWidget):
    """The same before the package is taken in and after."""

    def __init__(self) -> None:
        super().__init__()
        widths = ((words, _LONG_WIDTH if len(words) > _LONG else _COUNT_WIDTH) for words, _ in BROUGHT.values())
        columns = (Column("Personne"), *(Column(words, width) for words, width in widths))
        self.table = TableView(columns, name="receive.table", label="Ce que le paquet apporte, par personne")
        self.remarks = TableView(
            (Column("Élément"), Column("Personne"), Column("Pourquoi")), name="receive.remarks", label="À regarder"
        )
        self.watched = Section("À regarder", self.remarks, name="receive.watched", gap=8)
        lines = column(self, gap=16)
        lines.addWidget(self.table)
        lines.addWidget(self.watched)

    def show_preview(self, preview: Result) -> None:
        """The first of the remarks where there are many."""
        self.table.set_rows([RecordRow(place, _cells(one)) for place, one in enumerate(preview.persons)])
        names = {one.person_id: one.name for one in preview.persons}
        shown = [one for one in preview.remarks if one.what in REMARKED]
        self.watched.setVisible(bool(shown))
        rest = len(shown) - _MOST_REMARKS
        self.watched.heading.set_remark(f"et {count(rest, 'autre')}" if rest > 0 else "")
        rows = enumerate(shown[:_MOST_REMARKS])
        self.remarks.set_rows([RecordRow(place, _remark(one, names.get(one.person_id, ""))) for place, one in rows])


def _remark(one: Item, name: str) -> tuple[Cell, ...]:
    tone = "alerte" if one.what in (Brought.CONFLICT, Brought.REJECTED) else "texte"
    fields = ", ".join(field_name(one.kind, field) for field in one.fields)
    return (
        Cell(KINDS.get(one.kind, OTHER), fields, bold=True),
        Cell(name, discreet=True) if name else Cell(f"numéro …{one.object_id.hex[-8:]}"),
        Cell(
            REMARKED[one.what],
            REASONS.get(one.reason, ""),
            tone=tone,
        ),
    )


def _cells(one: PersonLine) -> tuple[Cell, ...]:
    counts = dict(one.counts)
    name = one.name or ("Référentiels et partenaires" if one.person_id is None else "Dossier sans identité")
    cells = [Cell(name, bold=True, discreet=one.person_id is not None)]
    for what in BROUGHT:
        number = counts.get(what, 0)
        alert = what in (Brought.CONFLICT, Brought.REJECTED) and number
        cells.append(Cell(str(number) if number else "", tone="alerte" if alert else "texte"))
    return tuple(cells)
