"""An evaluation as the first edition of the form began it: nothing in it was asked of the person."""

from dataclasses import replace
from uuid import UUID

from spip_desktop.db import definition
from spip_desktop.db import evaluation as rows
from spip_desktop.forms.loader import shipped
from spip_desktop.services.context import Context


def as_first_edition(context: Context, draft: UUID, more: str = "") -> None:
    """This draft, turned back to a form of version 1 without the person’s own questions.

    `more`: a question that the field « Temps libre » asked then, and asks no more.
    """
    form = shipped("evaluation").definition.content.decode()
    kept = [line for line in form.splitlines() if not line.startswith(("said_by_person", "version = "))]
    content = "\n".join(kept).replace('code = "evaluation"\n', 'code = "evaluation"\nversion = 1\n', 1)
    if more:
        first = '[[steps.questions]]\ncode = "loisirs_'
        content = content.replace(first, f"[[steps.questions]]\n{more}\n{first}", 1)
    with context.store.transaction(context.actor, "test") as tx:
        definition.keep(tx, "form", "evaluation", 1, content.encode())
        rows.EVALUATIONS.save(tx, replace(rows.EVALUATIONS.get(tx, draft), form_version=1))
        tx.note("evaluation", draft)
