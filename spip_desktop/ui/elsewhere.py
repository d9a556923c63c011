"""A record saved elsewhere since it was shown: what was typed is kept, the other value stands beside, one chooses.

Design.md §4: « On a lock mismatch the page reloads, keeps what is being typed and shows the other value. »
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from spip_desktop.domain import dates
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.text import NBSP, french_spaces
from spip_desktop.ui.buttons import LinkButton
from spip_desktop.ui.fields import Field, FieldSpec
from spip_desktop.ui.icons import IconView
from spip_desktop.ui.labels import SmallText
from spip_desktop.ui.layout import FlowRow, column, row

CODE = "changed_elsewhere"
#: A draft of this name and a field’s code says: what this field holds was typed over a value written elsewhere.
MARK = "elsewhere."
_TOLD = "Changé entre-temps : {words}. Votre texte est gardé, il n’est pas encore enregistré."


def stored_now(refusal: Refusal) -> Any:
    """The record with its bookkeeping as it stands, when that is what the refusal is about; else None."""
    return refusal.problems[0].data.get("current") if refusal.code == CODE else None


def contested(before: Mapping[str, object], now: Mapping[str, object], typed: Mapping[str, object]) -> frozenset[str]:
    """The fields that both changed, and not to the same value; the others can be saved over what is there now."""
    return frozenset(
        code for code, value in typed.items() if now.get(code) != before.get(code) and now.get(code) != value
    )


def in_words(spec: FieldSpec, value: object) -> str:
    """A value as the field reads."""
    labels = dict(spec.options)
    if isinstance(value, (tuple, list, frozenset, set)):
        said = ", ".join(labels.get(str(one), str(one)) for one in value)
    elif spec.show is not None and value is not None:
        said = spec.show(value)
    else:
        said = labels.get(str(value), "") or (dates.short(value) if isinstance(value, date) else str(value or ""))
    return f"«{NBSP}{french_spaces(said)}{NBSP}»" if said else "rien"


class OtherValue(QWidget):
    """Below a field: the value written elsewhere, « Garder le mien », « Prendre l’autre »."""

    kept = Signal()
    taken = Signal()

    def __init__(self, spec: FieldSpec, value: object) -> None:
        super().__init__()
        self.setObjectName(f"{spec.code}.other")
        inside = column(self, gap=4)
        line = row(gap=8)
        line.addWidget(IconView("alert-circle", "alerte", role="small"), 0, Qt.AlignmentFlag.AlignTop)
        words = french_spaces(_TOLD.format(words=in_words(spec, value)))
        self.said = SmallText(words, colour="texte", discreet=spec.discreet)
        line.addWidget(self.said, 1)
        inside.addLayout(line)
        flow = FlowRow(gap=16, line_gap=4)
        for text, name, signal in (
            ("Garder le mien", "keep", self.kept),
            ("Prendre l’autre", "take", self.taken),
        ):
            link = LinkButton(text, small=True, name=f"{spec.code}.{name}")
            link.setAccessibleName(f"{text}{NBSP}: {spec.label}")
            link.clicked.connect(signal)
            flow.add(link)
        inside.addWidget(flow)


def show_other(field: Field, value: object) -> OtherValue:
    """Put the other value below a field."""
    other = OtherValue(field.spec, value)
    field.set_below(other)
    return other
