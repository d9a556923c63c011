"""A form to fill in as the papers of the samples have it, and what partners type in it."""

from spip_desktop.documents import prescription
from spip_desktop.domain.filled_form import FormIdentity, line_of
from spip_desktop.domain.ids import check_sign
from spip_desktop.domain.sheet import SheetContent, with_scan
from tests.documents import samples

NUMBER = "7K3M9QX" + check_sign("7K3M9QX")
CODE = "F7K3QX"
IDENTITY = FormIdentity(sheet_code="mission_locale", sheet_version=4, number=NUMBER, answer_code=CODE)
#: What a partner types: accents, apostrophes of a typographer, ligatures, signs, several lines.
TYPED: dict[str, str | bool] = {
    "r1_1_2": "12/01/2027",
    "r2_1_c1": True,
    "r3_1_3": "6",
    "r6_1": "Présente à l’heure, a tenu.\nÀ revoir : garçon, œuvre, Œdème, 12 €.",
    "signe_1": "Zoé Le Goff-N’Diaye",
}


def form(sheet: SheetContent = samples.SHEET) -> bytes:
    return prescription.render_answer(
        with_scan(sheet, CODE),
        issued=samples.DAY,
        number=NUMBER,
        code=CODE,
        demo=True,
        identity=line_of(IDENTITY),
    )
