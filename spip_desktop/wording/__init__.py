"""From codes to French sentences. No Qt: screens, documents and the command line share them.

Each slice keeps its sentences in a module of this package, as `REFUSALS: dict[code, template]`; a template's
`{words}` come from the problem's data, and `{field}` is the label of the field where there is one.
"""

from functools import cache
from importlib import import_module

from spip_desktop.domain.errors import Problem, Refusal
from spip_desktop.domain.text import french_spaces
from spip_desktop.wording import common, security

#: Read at the first sentence that is neither common nor of the entrance: they cost what the domain costs.
_SLICES = (
    "backup",
    "forms",
    "person",
    "person_import",
    "evaluation",
    "commission",
    "pacep",
    "partner",
    "prescription",
    "printing",
    "account",
    "retention",
    "journal",
    "carrying",
    "todo",
    "transfer",
    "record_fields",
    "interview",
    "incident",
    "request",
    "caseload",
    "appointment",
    "obligation",
    "workload",
    "held",
    "handover",
)


def sentence(problem: Problem | Refusal) -> str:
    """What to say of a problem, in one French sentence; a code without a sentence is a bug."""
    one = problem.problems[0] if isinstance(problem, Refusal) else problem
    template = common.REFUSALS.get(one.code) or security.REFUSALS.get(one.code) or _every()[one.code]
    return french_spaces(template.format_map(one.data))


def known_codes() -> frozenset[str]:
    return frozenset(_every())


@cache
def _every() -> dict[str, str]:
    every = common.REFUSALS | security.REFUSALS
    for name in _SLICES:
        every |= import_module(f"{__name__}.{name}").REFUSALS
    return every
