"""A form that is written as a whole: what is typed in it is kept as a draft while one types, as everywhere else."""

from collections.abc import Callable

from spip_desktop.domain.draft import Draft
from spip_desktop.services.desk import DeskService
from spip_desktop.ui.autosave import Autosave
from spip_desktop.ui.form import FormView


def keep_as_typed(form: FormView, desk: DeskService, drafts: Callable[[], list[Draft]]) -> Autosave:
    """Keep `drafts` at most two seconds after a key, or at `flush`; nothing is said of it: nothing is written yet.

    What the disk does not take waits, is tried again, and is sealed with the rest at a lock.
    """

    def keep(_: frozenset[str]) -> None:
        if every := drafts():
            desk.keep(every)

    kept = Autosave(keep, form, drafts=lambda _: drafts())
    form.edited.connect(kept.touch)
    return kept
