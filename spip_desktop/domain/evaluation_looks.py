"""The person's view of each field beside the officer's: words against words, never a figure (loi 78-17 art. 95).

« À discuter » says that the two do not say the same; it says nothing of who is right, nor how much.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from spip_desktop.domain.evaluation import Evolution, Finding, FindingKind

#: What the officer found to work on, and what helps.
TO_WORK_ON = frozenset({FindingKind.NEED, FindingKind.DYNAMIC_RISK})


class Own(StrEnum):
    """What the person says of a field: the choices of the form whose codes the program knows."""

    STRENGTH = "appui"
    FINE = "ca_va"
    CHANGE = "changer"
    UNSURE = "ne_sait_pas"


class Gap(StrEnum):
    """Where the two views do not meet (sentences in wording/evaluation.py)."""

    ONLY_PERSON = "look_only_person"
    ONLY_OFFICER = "look_only_officer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One field: what the person said (question, answer), what was found, and where they do not meet.

    `said`: « À l’écran, le 20/11/2026 »; `talked`: what they told each other about it.
    """

    step: str
    label: str
    said: str
    words: tuple[tuple[str, str], ...]
    findings: tuple[Finding, ...]
    gap: Gap | None
    talked: str


def gap_between(own: str, findings: Iterable[Finding]) -> Gap | None:
    """Whether the person names something to change where nothing to work on is noted, or the other way round.

    No answer, « je ne sais pas » and a refusal are none: there is nothing to set beside.
    """
    standing = [one for one in findings if one.evolution is not Evolution.LIFTED]
    to_work_on = any(one.kind in TO_WORK_ON for one in standing)
    if own == Own.CHANGE and not to_work_on:
        return Gap.ONLY_PERSON
    if own in (Own.STRENGTH, Own.FINE) and to_work_on:
        return Gap.ONLY_OFFICER
    return None
