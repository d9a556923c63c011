"""« Importer un tableur » of the directory."""

from spip_desktop.domain.partner_sheet import SheetPreview
from spip_desktop.domain.text import NBSP
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.sheet_import import SheetImport, SheetImportPage
from spip_desktop.wiring import Services
from spip_desktop.wording.partner import REASONS, SHEET_COLUMNS

KIND = "partners.sheet"
_HOW = (
    "Une ligne par service, la première ligne porte les titres. Les structures déjà dans l’annuaire ne sont jamais "
    "modifiées. Les lignes qui ne peuvent pas être reprises sont montrées avec leur motif."
)


class PartnerSheetPage(SheetImportPage[SheetPreview]):
    """Structures, their services and contacts, one row a service."""

    def __init__(self, services: Services, guard: Guard) -> None:
        sheets = services.partner_sheets
        about = SheetImport(
            title="Importer un tableur",
            how=_HOW,
            file_title="Tableur de partenaires",
            labels=SHEET_COLUMNS,
            reasons=REASONS,
            who="Structure",
            read=sheets.read,
            look=sheets.look,
            carry_out=sheets.carry_out,
            count=lambda preview: len(preview.partners),
            said=_said,
            added="Structures ajoutées",
            stopped="Arrêté. Les structures déjà ajoutées restent ; elles ne seront pas reprises deux fois.",
        )
        super().__init__(services, guard, KIND, about)


def _said(preview: SheetPreview) -> str:
    return (
        f"Structures{NBSP}: {len(preview.partners)}, services{NBSP}: {preview.services}, "
        f"contacts{NBSP}: {preview.contacts}"
    )
