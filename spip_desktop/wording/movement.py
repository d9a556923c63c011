"""« Au fil des versions », in words: the same on the screen and on paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from spip_desktop.domain import dates
from spip_desktop.domain.evaluation import Evolution, FieldState
from spip_desktop.domain.movement import Left, Line, Said, State, What
from spip_desktop.domain.pacep import ObjectiveState
from spip_desktop.domain.text import NBSP, french_spaces
from spip_desktop.wording.evaluation import EVOLUTIONS, FIELD_STATES
from spip_desktop.wording.pacep import OBJECTIVE_STATES

MOVEMENT_TITLE = "Au fil des versions"
WHATS = {What.FIELD: "Champs", What.NEED: "Besoins", What.OBJECTIVE: "Objectifs"}
SAYS_NOTHING = (
    "Les états et les mots sont ceux de chaque version ; en gras, ce qui n’est plus comme avant. "
    "Rien n’est compté, noté ni coloré."
).replace(" ;", f"{NBSP};")
_LATER, _GONE, _AGAIN = "Plus tard", "Retiré", "repris, non revu"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Versions that follow each other and say the same: places of the first and the last, what they say."""

    first: int
    last: int
    words: str


def state_words(said: Said) -> str:
    """« En cours »; nothing where the version said nothing."""
    if said.later and said.state is ObjectiveState.TO_START:
        return _LATER
    return "" if said.state is None else _of(said.state)


def _of(state: State) -> str:
    if isinstance(state, Left):
        return _GONE
    if isinstance(state, FieldState):
        return FIELD_STATES[state]
    return EVOLUTIONS[state] if isinstance(state, Evolution) else OBJECTIVE_STATES[state]


def more_words(said: Said) -> str:
    """What stands below the state, one thing a line: the person's answer, former words, place in the order."""
    parts = (
        f"le {dates.short(said.left_on)}" if said.left_on else "",
        french_spaces(f"« {said.own} »") if said.own else "",
        french_spaces(f"« {said.words} »") if said.words else "",
        f"priorité{NBSP}{said.priority}" if said.priority is not None else "",
        _AGAIN if said.again else "",
    )
    return "\n".join(part for part in parts if part)


def line_words(line: Line) -> str:
    """« Formation et emploi », « se qualifier dans un métier » as the officer or the person put it."""
    return french_spaces(line.words.strip()) or "à formuler"


def runs(said: Sequence[Said]) -> tuple[Run, ...]:
    """A long history in few lines: neighbours that say the same are one; silence is left out."""
    found: list[Run] = []
    for words, same in groupby(enumerate(said), key=lambda one: _whole(one[1])):
        places = [place for place, _ in same]
        if words:
            found.append(Run(first=places[0], last=places[-1], words=words))
    return tuple(found)


def _whole(said: Said) -> str:
    return ", ".join(part for part in (state_words(said), *more_words(said).splitlines()) if part)
