"""Wordings to choose from, by field of the evaluation (domain.md §3.10); none is put in by itself."""

from collections.abc import Callable, Iterable

from spip_desktop.domain.pacep import Action, ActionMode, Axis
from spip_desktop.domain.pacep_rules import Sources, part_field
from spip_desktop.reference import Entry, load
from spip_desktop.ui.editors import Choice


def axis_wordings(axis: Axis, sources: Sources) -> tuple[str, ...]:
    """Those of the fields the axis is tied to come first, in the order of the evaluation; then the others."""
    return tuple(entry.label for entry in _entries(axis, sources))


def action_wordings(axis: Axis, sources: Sources, mode: ActionMode) -> tuple[str, ...]:
    """What is usual on these fields, within the service or with a partner; each once."""
    column = "external" if mode is ActionMode.EXTERNAL else "internal"
    return tuple(dict.fromkeys(words for entry in _entries(axis, sources) for words in entry.texts(column)))


def _entries(axis: Axis, sources: Sources) -> list[Entry]:
    found = [sources.finding(lineage) for lineage in axis.finding_lineages]
    tied = {one.step for one in found if one}
    return sorted(load("axis_starters").entries, key=lambda entry: entry.code not in tied)


def wording_choice(part: Axis | Action, wordings: Iterable[str], take: Callable[[str, str], object]) -> Choice:
    """A list that writes its choice in the title of an axis or the name of an action; it can be taken back."""
    code = part_field(part.id, "title" if isinstance(part, Axis) else "label")
    empty = f"Choisir une formulation pour {'le titre' if isinstance(part, Axis) else 'cette action'}"
    choice = Choice([(words, words) for words in wordings], empty=empty)
    choice.setObjectName(part_field(part.id, "wordings"))
    choice.setAccessibleName(empty)
    choice.chosen.connect(lambda: take(code, choice.value()) if choice.value() else None)
    return choice
