"""To whom a report left, when, under which reference: the fields wherever it is noted."""

from collections.abc import Mapping
from datetime import date

from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.todo import Done, Outcome
from spip_desktop.reference import load
from spip_desktop.ui.fields import FieldKind, FieldSpec
from spip_desktop.ui.form import FormView
from spip_desktop.wording.todo import REFERENCE_HELP

#: The fields, in their order.
CODES = ("recipient", "done_on", "reference")


def sending_specs(today: date) -> tuple[FieldSpec, ...]:
    """The fields of a report that left."""
    to = load("breach_recipients").options(today)
    return (
        FieldSpec("recipient", "Adressé à", FieldKind.CHOICE, to, width="half"),
        FieldSpec("done_on", "Le", FieldKind.DATE, width="half"),
        FieldSpec("reference", "Référence, facultative", help=REFERENCE_HELP),
    )


def sending_values(sent: Outcome) -> Mapping[str, object]:
    """What was noted, to be corrected."""
    return {"recipient": sent.recipient, "done_on": sent.done_on, "reference": sent.reference}


def sending(shown: FormView) -> Done:
    """What the fields that are there say; Refusal `date_unreadable` where what is typed is no day."""
    field = shown.field("done_on")
    if not field.parses():
        raise Refusal("date_unreadable", "done_on", text=field.raw_text())
    on = field.value()
    return Done(
        on=on if isinstance(on, date) else None,
        recipient=_typed(shown, "recipient"),
        reference=_typed(shown, "reference"),
    )


def _typed(shown: FormView, code: str) -> str:
    return str(shown.value(code) or "") if code in shown.fields else ""
