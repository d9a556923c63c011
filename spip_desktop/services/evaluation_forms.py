"""The form that a new evaluation starts with: the service's own version where it has one, else ours."""

from collections.abc import Mapping

from spip_desktop.db import definition
from spip_desktop.db.service_definition import SERVICE_FORMS
from spip_desktop.db.store import Transaction
from spip_desktop.domain.definition import DefinitionError
from spip_desktop.domain.evaluation import ExploredField, FieldState
from spip_desktop.domain.service_definition import offered
from spip_desktop.forms.answers import answer_problem, is_answered
from spip_desktop.forms.loader import of_the_store, shipped
from spip_desktop.forms.schema import Form, Step
from spip_desktop.forms.succession import succession_problems

FORM = "evaluation"
#: What the person must have been told before a version is arrêtée: our role, the rules (RPO1).
FRAME = frozenset({"accueil_role", "accueil_regles", "accueil_regles_presume"})


def form_in_force(tx: Transaction) -> Form:
    """The form of today; one that this program can no longer use is left aside, and ours serves."""
    ours = shipped(FORM)
    own = offered(SERVICE_FORMS.find(tx)).get(FORM)
    if own is None:
        return ours
    try:
        form = of_the_store(definition.content(tx, "form", FORM, own.version), FORM)
    except DefinitionError:
        return ours
    return ours if succession_problems(ours, form, FRAME) else form


def carried_answers(step: Step, former: Mapping[str, object]) -> dict[str, object]:
    """The answers of the version before that this step still asks for, and can take as they are.

    A question may have moved from another step, or no longer offer what was answered: the former version keeps it.
    """
    given = {one.code: former[one.code] for one in step.questions if one.code in former}
    return {
        one.code: given[one.code]
        for one in step.questions
        if is_answered(given.get(one.code)) and answer_problem(one, given[one.code]) is None
    }


def has_its_place(form: Form, field: ExploredField, *, found: bool) -> bool:
    """Whether all that a step of a draft holds, `found` findings included, can be read through this form."""
    given = {code: one for code, one in field.answers.items() if is_answered(one)}
    step = next((one for one in form.steps if one.code == field.step), None)
    if step is None:
        return not (given or found or field.note.strip() or field.state is not FieldState.UNEXPLORED)
    return carried_answers(step, given) == given
