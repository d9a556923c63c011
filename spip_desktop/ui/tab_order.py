"""Where Tab goes: a part made after the page would be last in the window, wherever it stands."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

_TAB = Qt.FocusPolicy.TabFocus


def stops_tab(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & _TAB)


def stop_before(part: QWidget) -> QWidget:
    """Where Tab stops before it; itself where there is none."""
    one = part.previousInFocusChain()
    while one is not None and one is not part and not stops_tab(one):
        one = one.previousInFocusChain()
    return one or part


def read_after(before: QWidget, parts: Iterable[QWidget]) -> None:
    """Let Tab go from that stop through these, one after the other.

    Qt moves nothing that has no focus of its own, and its Tab stops at a field that hands the focus on to its editor:
    for the time of the move the field has one, which Qt gives to the editor as well.
    """
    every = list(parts)
    known = [(inner, inner.focusPolicy()) for one in every for inner in (one, *one.findChildren(QWidget))]
    for one in every:
        if one.focusProxy() is not None:
            one.setFocusPolicy(_TAB)
    for one in every:
        QWidget.setTabOrder(before, one)
        before = one
    for inner, policy in known:  # the field first: it gives its own to its editor
        if inner.focusPolicy() != policy:
            inner.setFocusPolicy(policy)
