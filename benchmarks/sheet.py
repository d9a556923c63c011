"""The sheet that is measured: that of the reviewed papers."""

from spip_desktop.documents import prescription
from tests.documents import samples


def sheet() -> bytes:
    """Front and back, tagged, as issued."""
    return prescription.render(
        samples.SHEET, issued=samples.DAY, number=samples.NUMBER, code=samples.CODE, draft=False, demo=True
    )
