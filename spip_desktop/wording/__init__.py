"""From codes to French sentences. No Qt: screens, documents and the command line share them.

Each slice keeps its sentences in a module of this package, as `REFUSALS: dict[code, template]`; a template's
`{words}` come from the problem's data, and `{field}` is the label of the field where there is one.
"""

from collections.abc import Mapping

from spip_desktop.domain.errors import Problem, Refusal
from spip_desktop.domain.text import french_spaces
from spip_desktop.wording import common, pacep, partner, person, prescription, security

_EVERY: dict[str, str] = {}
for _part in (
    common.REFUSALS,
    security.REFUSALS,
    person.REFUSALS,
    pacep.REFUSALS,
    partner.REFUSALS,
    prescription.REFUSALS,
):
    _EVERY |= _part


def sentence(problem: Problem | Refusal) -> str:
    """What to say of a problem, in one French sentence; a code without a sentence is a bug."""
    one = problem.problems[0] if isinstance(problem, Refusal) else problem
    return french_spaces(_EVERY[one.code].format_map(_Words(one.data)))


def known_codes() -> frozenset[str]:
    return frozenset(_EVERY)


class _Words(dict[str, object]):
    def __init__(self, data: Mapping[str, object]) -> None:
        super().__init__(data)
