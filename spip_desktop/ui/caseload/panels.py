"""The panels of « Mon tableau »: which columns, under which name a view is kept."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from spip_desktop.domain.caseload import Column, View, columns_of
from spip_desktop.services.caseload import head
from spip_desktop.ui.fact_desk import FactPanel
from spip_desktop.ui.fields import FieldKind, FieldSpec
from spip_desktop.ui.form import FormView


def columns_panel(view: View, show: Callable[[View], object]) -> FactPanel:
    """Tick the columns to show; the name always stays, first."""
    options = tuple((one.value, head(one)) for one in Column if one is not Column.NAME)
    form = FormView((FieldSpec("columns", "Colonnes, après le nom", FieldKind.TICKS, options),))
    form.set_values({"columns": tuple(one.value for one in columns_of(view)[1:])})

    def record(shown: FormView) -> None:
        ticked = shown.value("columns")
        chosen = tuple(str(one) for one in ticked) if isinstance(ticked, tuple) else ()
        order = [one for one in view.columns if one in chosen]
        show(replace(view, columns=(*order, *(one for one in chosen if one not in order))))

    return FactPanel("Colonnes du tableau", "Montrer ces colonnes", form, record)


def view_panel(view: View, keep: Callable[[View], UUID]) -> FactPanel:
    """What is shown, its columns and its sort, under a name of one's own."""
    form = FormView((FieldSpec("view_name", "Nom de la vue", max_length=60, help="Pour vous seul(e)."),))
    form.set_values({"view_name": view.name})
    return FactPanel(
        "Garder cette vue",
        "Garder la vue",
        form,
        lambda shown: keep(replace(view, name=str(shown.value("view_name")))),
    )
