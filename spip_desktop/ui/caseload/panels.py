"""The panels of « Mon tableau »: which columns in which order of rows, under which name a view is kept."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from spip_desktop.domain.caseload import Column, View, columns_of
from spip_desktop.domain.text import NBSP
from spip_desktop.services.caseload import head
from spip_desktop.ui.fact_desk import FactPanel
from spip_desktop.ui.fields import FieldKind, FieldSpec
from spip_desktop.ui.form import FormView

#: A view of everybody is nobody's record: what is kept of it is a new one.
OURS = UUID(int=0)
_BACK = "Ne rien changer"
_UP, _DOWN = "croissant", "decroissant"
_WAYS = ((_UP, "Croissant"), (_DOWN, "Décroissant"))
_CHANGE, _ANOTHER = "changer", "autre"


def columns_panel(view: View, show: Callable[[View], object]) -> FactPanel:
    """By which column rows are sorted, and which ones to show; the name always stays, first."""
    every = tuple((one.value, head(one)) for one in Column)
    form = FormView(
        (
            FieldSpec("sort_by", "Trier par", FieldKind.CHOICE, every, width="half"),
            FieldSpec("sort_way", "Ordre", FieldKind.RADIO, _WAYS, width="half"),
            FieldSpec("columns", "Colonnes, après le nom", FieldKind.TICKS, every[1:]),
        )
    )
    form.set_values(
        {
            "sort_by": str(view.sort),
            "sort_way": _DOWN if view.descending else _UP,
            "columns": tuple(one.value for one in columns_of(view)[1:]),
        }
    )

    def record(shown: FormView) -> None:
        ticked = shown.value("columns")
        chosen = tuple(str(one) for one in ticked) if isinstance(ticked, tuple) else ()
        kept = [one for one in view.columns if one in chosen]
        # What was just asked for comes first: the screen has no room for all of them.
        order = (*(one for one in chosen if one not in kept), *kept)
        down = shown.value("sort_way") == _DOWN
        show(replace(view, columns=order, sort=str(shown.value("sort_by")), descending=down))

    return FactPanel("Colonnes et tri", "Montrer ainsi", form, record, back=_BACK)


def view_panel(view: View, keep: Callable[[View], UUID]) -> FactPanel:
    """What is shown, its columns and its sort, under a name of one's own; one's own view is changed, or left as it is
    and another made of it."""
    ways = ((_CHANGE, f"Changer «{NBSP}{view.name}{NBSP}»"), (_ANOTHER, "En faire une autre vue"))
    mine = (FieldSpec("view_way", "Ce qui est montré", FieldKind.RADIO, ways),) if view.id != OURS else ()
    form = FormView((*mine, FieldSpec("view_name", "Nom de la vue", max_length=60, help="Pour vous seul(e).")))
    form.set_values({"view_name": view.name} | ({"view_way": _CHANGE} if mine else {}))

    def record(shown: FormView) -> None:
        another = bool(mine) and shown.value("view_way") == _ANOTHER
        keep(replace(view, id=OURS if another else view.id, name=str(shown.value("view_name"))))

    return FactPanel("Garder cette vue", "Garder la vue", form, record, back=_BACK)
