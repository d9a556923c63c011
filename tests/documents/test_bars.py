"""Bars with lines of reference: no figure stands on a line."""

import re
from datetime import date
from uuid import UUID

import pytest

from spip_desktop.documents.workload import render
from spip_desktop.domain.workload import OfficerLoad
from tests.documents.reading import text

_WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)"[^>]*>([^<]*)<')


@pytest.mark.parametrize("persons", [0, 59, 61, 78, 81, 150])
def test_a_figure_never_touches_a_line_of_reference(persons: int) -> None:
    officer = OfficerLoad(
        officer_id=UUID(int=1), name="Vasseur", quotity=100, in_custody=0, by_level={"regulier": persons}
    )
    content = render([officer], {"regulier": 100}, {"regulier": "Régulier"}, day=date(2026, 11, 22), demo=False)
    words = [(float(x), float(y), float(end), said) for x, y, end, said in _WORD.findall(text(content, "-bbox"))]
    (bar,) = [y for _, y, _, said in words if said == "Vasseur"][:1]
    (figure,) = [x for x, y, _, said in words if y == bar and said == str(persons)]
    lines = [end for _, y, end, said in words if y < bar and said in ("60", "82")]
    assert len(lines) == 2, "each line has its value above it"
    assert figure > max(lines), "the figures have their own column, past the last line"
