"""What is written beside a note: a complement to one that is arrêtée, a finding from its words."""

from collections.abc import Callable, Collection, Sequence
from datetime import date
from functools import cache

from spip_desktop.domain.errors import Problem, Refusal, refuse_if_any
from spip_desktop.domain.evaluation import FindingKind
from spip_desktop.domain.text import NBSP
from spip_desktop.ui.fact_desk import FactPanel
from spip_desktop.ui.fields import FieldKind, FieldSpec, Parse
from spip_desktop.ui.form import FormView
from spip_desktop.ui.make_bar import short
from spip_desktop.ui.readers import hour_reader, show_hour
from spip_desktop.ui.warned import Warned
from spip_desktop.wording import sentence
from spip_desktop.wording.evaluation import MAKES

#: Kind, day, hour, why it is past the delay, the codes of the warnings that were read.
Book = Callable[[str, date, tuple[int, int], str, Collection[str]], object]
#: The last day that a text allows for a kind, where one does.
Latest = Callable[[str], date | None]
COMPLEMENT, MEETING = "complement", "meeting"


def complement_panel(record: Callable[[str], object]) -> FactPanel:
    """Words added to a note that is arrêtée, with today's date and one's name."""
    help_ = "Il porte la date d’aujourd’hui et votre nom. La note et ses compléments restent tels quels."
    form = FormView((FieldSpec("text", "Complément", FieldKind.NOTE, lines=4, help=help_),))
    return FactPanel("Compléter la note", "Ajouter le complément", form, lambda shown: record(str(shown.value("text"))))


def meeting_panel(
    kinds: Sequence[tuple[str, str]],
    usual: tuple[str, date, tuple[int, int] | None],
    parse_date: Parse,
    latest: Latest,
    record: Book,
) -> FactPanel:
    """The next appointment, filled in as usual: Enter fixes it. A warning shown is confirmed the second time."""
    hour = FieldSpec(
        "hour", "À", FieldKind.PARSED, width="half", required=True, parse=hour_reader(sentence), show=show_hour,
        help="Par exemple 14h30.",
    )  # fmt: skip
    until = cache(latest)
    form = FormView(
        (
            FieldSpec("day", "Le", FieldKind.DATE, width="half", required=True),
            hour,
            FieldSpec("kind", "Type", FieldKind.CHOICE, tuple(kinds)),
            FieldSpec("late_reason", "Motif, après le délai", max_length=300),
        ),
        parse_date=parse_date,
    )
    form.set_values({"kind": usual[0], "day": usual[1], "hour": usual[2]})
    read = Warned()

    def fix(shown: FormView) -> None:
        kind, day, at = str(shown.value("kind") or ""), shown.value("day"), shown.value("hour")
        lacking = [Problem("required", code) for code in ("day", "hour", "kind") if not shown.value(code)]
        refuse_if_any(lacking)
        assert isinstance(day, date)
        assert isinstance(at, tuple)
        try:
            record(kind, day, (at[0], at[1]), str(shown.value("late_reason") or ""), read.about(day, at))
        except Refusal as refusal:
            raise read.told(refusal) from refusal

    def visible(shown: FormView) -> Sequence[str]:
        """The reason, once the day is past the delay of that kind."""
        day, last = shown.value("day"), until(str(shown.value("kind") or ""))
        late = isinstance(day, date) and last is not None and day > last
        return ("day", "hour", "kind", "late_reason") if late else ("day", "hour", "kind")

    return FactPanel("Prochain rendez-vous", "Fixer le rendez-vous", form, fix, visible)


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
    title = f"De «{NBSP}{short(words)}{NBSP}»{NBSP}: {MAKES[kind]}"
    return FactPanel(title, "Ajouter à l’évaluation", form, lambda shown: record(str(shown.value("step") or "")))
