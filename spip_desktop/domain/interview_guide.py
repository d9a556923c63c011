"""The trame d'entretien: what stands on its two sides, and the code by which it finds its place again.

The paper names nobody (it goes into a cell and back): its code is worked out from the evaluation, so that nothing
has to be kept, and tells nothing to who does not hold the store.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b
from uuid import UUID

from spip_desktop.domain.ids import TYPED

#: The first sign is a digit: what is typed to look for a person is a name or a longer number.
_DIGITS = TYPED[:8]
_CODE = re.compile(f"[{_DIGITS}][{TYPED}]{{5}}")


@dataclass(frozen=True, slots=True, kw_only=True)
class GuideChoice:
    """Boxes to tick on the paper: the question and its answers; one box alone has no other words."""

    label: str
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GuideBlock:
    """One numbered block of the paper, which is one step on the screen."""

    number: int
    step: str
    title: str
    question: str
    more: tuple[str, ...] = ()
    ticks: tuple[str, ...] = ()
    choices: tuple[GuideChoice, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class InterviewGuide:
    """The whole paper. `warning`: what must not be spoken of (« Personne présumée innocente »)."""

    code: str
    version: int
    warning: str
    blocks: tuple[GuideBlock, ...]


def guide_code(evaluation_id: UUID) -> str:
    """Six signs without O, 0, I, 1, a digit first; always the same for one evaluation."""
    number = int.from_bytes(blake2b(evaluation_id.bytes, digest_size=5, person=b"trame").digest(), "big")
    signs = _DIGITS[number % 8]
    number //= 8
    for _ in range(5):
        signs += TYPED[number % 32]
        number //= 32
    return signs


def read_code(text: str) -> str:
    """The code as typed in capitals or not, in one or two groups; nothing when it is none."""
    signs = text.upper().replace(" ", "").replace("-", "")
    return signs if _CODE.fullmatch(signs) else ""


def with_code(code: str, evaluation_ids: Iterable[UUID]) -> tuple[UUID, ...]:
    """The evaluations of this code: one, or by a rare chance several, told apart by their person."""
    return tuple(one for one in evaluation_ids if guide_code(one) == code)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnSubject:
    """One subject of « Où j’en suis »: boxes to tick, rulers from 0 to 10, sentences to finish."""

    title: str
    statement: str
    choices: tuple[str, ...]
    rulers: tuple[str, ...]
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPaper:
    """« Où j’en suis »: what the person fills in, subject by subject. `detained`: it may lie about in a cell."""

    code: str
    subjects: tuple[OwnSubject, ...]
    detained: bool
