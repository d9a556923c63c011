"""The fields that the panels of a sheet share, and how they are read."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from spip_desktop import reference
from spip_desktop.domain.errors import Refusal
from spip_desktop.services.prescription import PrescriptionView
from spip_desktop.ui.fields import FieldKind, FieldSpec, Parse
from spip_desktop.ui.form import FormView

DAY = "happened_on"


def fact_form(specs: Sequence[FieldSpec], parse: Parse, today: date) -> FormView:
    form = FormView(specs, parse_date=parse)
    form.field(DAY).set_value(today)
    name_fields(form)
    return form


def name_fields(form: FormView) -> None:
    for code, field in form.fields.items():
        field.setObjectName(f"fact.{code}")
        field.editor.setObjectName(f"fact.{code}.editor")


def day_of(form: FormView) -> date:
    """The day of the fact; Refusal `required` when there is none or it cannot be read."""
    value = form.value(DAY)
    if not isinstance(value, date):
        raise Refusal("required", DAY)
    return value


def chosen_in(form: FormView, code: str) -> str:
    if not form.value(code):
        raise Refusal("choose_one", code)
    return str(form.value(code))


def text_in(form: FormView, code: str) -> str:
    return str(form.value(code) or "")


def options(kind: str, today: date) -> tuple[tuple[str, str], ...]:
    return reference.load(kind).options(today)


def contact_name(view: PrescriptionView) -> str:
    wanted: UUID | None = view.prescription.contact_id
    return next((one.name for choice in view.partners for one in choice.contacts if one.id == wanted), "")


def tells_spec(today: date) -> FieldSpec:
    return FieldSpec("tells", "Qui le dit à la personne", FieldKind.CHOICE, options("who_tells", today), width="half")
