"""What is written beside a note: a complement to one that is arrêtée, a finding from its words."""

from collections.abc import Callable, Sequence

from spip_desktop.domain.evaluation import FindingKind
from spip_desktop.domain.text import NBSP
from spip_desktop.ui.fact_desk import FactPanel
from spip_desktop.ui.fields import FieldKind, FieldSpec
from spip_desktop.ui.form import FormView
from spip_desktop.ui.make_bar import short
from spip_desktop.wording.evaluation import MAKES

COMPLEMENT = "complement"


def complement_panel(record: Callable[[str], object]) -> FactPanel:
    """Words added to a note that is arrêtée, with today's date and one's name."""
    help_ = "Il porte la date d’aujourd’hui et votre nom. La note et ses compléments restent tels quels."
    form = FormView((FieldSpec("text", "Complément", FieldKind.NOTE, lines=4, help=help_),))
    return FactPanel("Compléter la note", "Ajouter le complément", form, lambda shown: record(str(shown.value("text"))))


def finding_panel(
    kind: FindingKind,
    words: str,
    fields: Sequence[tuple[str, str]],
    usual: str,
    record: Callable[[str], object],
) -> FactPanel:
    """Of which field of the evaluation the words selected speak; `usual` is offered first."""
    form = FormView((FieldSpec("step", "Champ de l’évaluation", FieldKind.CHOICE, tuple(fields)),))
    form.field("step").set_value(usual)
    made = MAKES[kind].replace("’", "’")
    title = f"Faire de «{NBSP}{short(words)}{NBSP}» {made}"
    return FactPanel(title, "Ajouter à l’évaluation", form, lambda shown: record(str(shown.value("step") or "")))
