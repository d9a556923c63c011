"""A sheet to be filled in, tagged, in embedded fonts, against reportlab with its own fields and QR; turn about."""

from collections.abc import Iterator

from benchmarks import plain_sheet
from benchmarks.clockwork import Figure, median, times
from spip_desktop.documents import prescription
from spip_desktop.domain.filled_form import line_of
from spip_desktop.domain.sheet import with_scan
from spip_desktop.exchange import filled_form
from tests import form_fixtures as forms
from tests.documents import samples

_TURNS, _WARM, BOUND = 40, 5, 0.6
_SHEET = with_scan(samples.SHEET, forms.CODE)


def ours() -> bytes:
    """Front and back with their fields."""
    return prescription.render(
        _SHEET,
        issued=samples.DAY,
        number=forms.NUMBER,
        code=forms.CODE,
        draft=False,
        demo=True,
        identity=line_of(forms.IDENTITY),
    )


def theirs() -> bytes:
    return plain_sheet.render(_SHEET, forms.NUMBER, forms.CODE)


def figures() -> Iterator[Figure]:
    _check()
    spent: dict[str, list[float]] = {"ours": [], "theirs": []}
    for turn in range(_TURNS + _WARM):
        both = (("ours", times(ours, 1)), ("theirs", times(theirs, 1)))
        if turn >= _WARM:
            for name, took in both:
                spent[name] += took
    mine, other = median(spent["ours"]), median(spent["theirs"])
    value = f"{mine:.1f} ms / {other:.1f} = {mine / other:.2f}"
    yield Figure("a sheet to fill in, tagged, in the open program", value, f"<= {BOUND}", mine / other <= BOUND)


def _check() -> None:
    """Both ask the same: as many fields of each kind, on as many pages."""
    mine, other = (filled_form.read(content) for content in (ours(), theirs()))
    if mine.keys() - {"fiche"} != other.keys():
        raise RuntimeError(f"not the same fields: {sorted(mine.keys() ^ other.keys())}")
