"""What is said of a package: a few facts side by side, on several lines where they do not hold on one."""

from collections.abc import Iterable

from spip_desktop.ui.labels import KeyValue
from spip_desktop.ui.layout import FlowRow


def facts(told: Iterable[tuple[str, str, str]]) -> FlowRow:
    """Each is (label, value, small text below)."""
    line = FlowRow(gap=32, line_gap=8)
    line.add(*(KeyValue(label, value, source=below) for label, value, below in told))
    return line
