"""A sheet for a partner, as a value: what is disclosed is exactly what stands here, field by field."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from spip_desktop.domain.text import NBSP, fold

OBJECTIVE_MAX = 200
"""Signs of the objective, printed whole on the front."""
LETTERHEAD_MAX = 5
"""Lines under a name in the letterhead, of 48 signs each."""
NEUTRAL_WORDS = (
    "spip", "justice", "judiciaire", "penitentiaire", "probation", "ecrou", "ppaip", "detention", "detenu", "prison",
    "incarcer", "maison d arret", "bracelet", "cpip", "dpip", "tribunal", "magistrat", "juge", "condamn", "sursis",
    "milieu ouvert", "milieu ferme", "semi liberte",
)  # fmt: skip
"""Beginnings of what a neutral sheet never says, folded (practice.md, « Fiche de prescription »)."""


class SheetSize(StrEnum):
    """One A4 page: the answer on its back, or as a slip to tear off at its foot."""

    BOTH_SIDES = "recto_verso"
    ONE_SIDE = "recto"


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """« De la part de » or « À l’attention de »: a name in bold and the lines under it."""

    heading: str
    name: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One thing the sheet may ask for; all are printed, those wanted are ticked."""

    code: str
    label: str
    ticked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetField:
    """One disclosed field: its code in the catalogue, its label and its values, one line each at least.

    `note` follows in regular type (« susceptible de changer »). `named`: said in a sentence, its label stands before.
    """

    code: str
    label: str
    values: tuple[str, ...]
    note: str = ""
    named: bool = False

    @property
    def sentence(self) -> str:
        """The values and the note as one text, after the label where it is named."""
        start = f"{self.label}{NBSP}: " if self.named else ""
        return start + " ".join([*self.values, *([self.note] if self.note else [])])


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetBlock:
    """A titled part: fields in two columns, then fields said in a sentence across.

    Two `half` blocks that follow each other stand side by side.
    """

    code: str
    title: str
    left: tuple[SheetField, ...] = ()
    right: tuple[SheetField, ...] = ()
    sentences: tuple[SheetField, ...] = ()
    half: bool = False


class AnswerKind(StrEnum):
    """How the partner answers: on lines beside words, by boxes (one a line, or in a row), on empty lines."""

    BLANKS = "blanks"
    CHOICES = "choices"
    ROW = "row"
    LINES = "lines"


class AnswerValue(StrEnum):
    """What is written on the line beside a label."""

    TEXT = "text"
    DATE = "date"
    NUMBER = "number"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One thing to answer. `written` are the choices followed by a line; `count` the number of empty lines.

    `values` tells what each label of `blanks` waits for, a text where it says nothing. `past` are the labels of days
    that have come; `up_to` gives, by label, the label whose day or number it does not exceed.
    """

    kind: AnswerKind
    labels: tuple[str, ...] = ()
    written: tuple[str, ...] = ()
    count: int = 0
    values: tuple[AnswerValue, ...] = ()
    past: tuple[str, ...] = ()
    up_to: Mapping[str, str] = field(default_factory=dict)

    def value(self, index: int) -> AnswerValue:
        """What the label of this place (from 0) waits for."""
        return self.values[index] if self.values else AnswerValue.TEXT


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerPart:
    """A titled group of answers."""

    title: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetReturn:
    """The back: where to send the answer, what is asked, who signs. `scan` is the payload of an optional QR code."""

    title: str
    send_before: str = ""
    send_to: tuple[str, ...] = ()
    code_label: str = "Code de réponse, à recopier si vous écrivez à part"
    parts: tuple[AnswerPart, ...] = ()
    signer: tuple[str, ...] = ("Nom", "Fonction", "Date")
    foot: str = ""
    scan: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetContent:
    """All that a sheet says, beside its number, its code and its date; nothing else is printed.

    `referent` is the word of domain.officer for the officer; `read_aloud` ticks the box before
    printing. Without `answer` the sheet has no back. A `neutral` sheet says nothing of NEUTRAL_WORDS. `changes` are the
    names of what is new since the version that the partner holds, which `replaces` names.
    """

    code: str
    title: str
    sender: Letterhead
    recipient: Letterhead
    asks: tuple[Ask, ...]
    objective: str
    not_asked: str
    blocks: tuple[SheetBlock, ...]
    agreement: str
    foot: str
    answer: SheetReturn | None
    referent: str = "agent référent"
    asks_title: str = "Ce que nous vous demandons"
    objective_label: str = "Objectif, dans les mots de la personne"
    agreement_title: str = "Accord de la personne"
    read_aloud: bool = False
    version: int = 1
    neutral: bool = False
    size: SheetSize = SheetSize.BOTH_SIDES
    replaces: str = ""
    changes: tuple[str, ...] = ()

    def fields(self) -> Iterator[SheetField]:
        """Every disclosed field, in the order read."""
        for block in self.blocks:
            yield from (*block.left, *block.right, *block.sentences)


def with_scan(content: SheetContent, code: str) -> SheetContent:
    """The content with its answer code as a QR for a hand scanner, which types it: it says nothing else."""
    return replace(content, answer=replace(content.answer, scan=code)) if content.answer else content


def changes(before: SheetContent, after: SheetContent) -> tuple[str, ...]:
    """The names of what the second says otherwise than the first, in the order read; what is gone says so."""
    found = [name for name, one, other in _parts(before, after) if one != other]
    known, told = {one.code: one for one in before.fields()}, {one.code: one for one in after.fields()}
    found += [one.label for code, one in told.items() if code not in known or known[code].values != one.values]
    gone = [one.label for code, one in known.items() if code not in told]
    return tuple(dict.fromkeys([*found, *(f"{label} (retiré)" for label in gone)]))


def _parts(before: SheetContent, after: SheetContent) -> Iterator[tuple[str, object, object]]:
    yield "interlocuteurs, rendez-vous", (before.sender, before.recipient), (after.sender, after.recipient)
    yield "demandes", _asked(before), _asked(after)
    yield "objectif", before.objective, after.objective
    yield "réponse attendue", _answered(before), _answered(after)


def _asked(content: SheetContent) -> tuple[str, ...]:
    return tuple(one.code for one in content.asks if one.ticked)


def _answered(content: SheetContent) -> tuple[str, ...]:
    """To which address, and whether the permanence takes it too: how that is worded changes nothing for a partner."""
    if content.answer is None:
        return ("",)
    return (*content.answer.send_to[:1], str(len(content.answer.send_to)))


def leaks(content: SheetContent) -> tuple[str, ...]:
    """The words of NEUTRAL_WORDS that a neutral sheet would print, in order; always empty for another sheet."""
    return telling(_texts(content)) if content.neutral else ()


def telling(texts: Iterable[str]) -> tuple[str, ...]:
    """The words of NEUTRAL_WORDS that these texts say."""
    said = "".join(sign if sign.isalnum() else " " for sign in fold(" / ".join(texts)))
    spaced = f" {' '.join(said.split())} "
    return tuple(word for word in NEUTRAL_WORDS if f" {word}" in spaced)


def _texts(value: object) -> Iterator[str]:
    """Every text in the value, at any depth; codes are not printed."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _texts(item)
    elif hasattr(value, "__slots__"):
        for name in value.__slots__:
            yield from _texts(getattr(value, name)) if name != "code" else ()
