"""A partner's sheet as it is described: its blocks, what it asks, what the person ticks, how the partner answers."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from spip_desktop.domain.definition import Definition
from spip_desktop.domain.disclosure import LegalGround
from spip_desktop.domain.sheet import AnswerPart, SheetSize
from spip_desktop.forms.fields import Field


class PlaceOnSheet(StrEnum):
    LEFT = "left"
    RIGHT = "right"
    SENTENCE = "sentence"


class Only(StrEnum):
    """When a field is shown at all: in custody, on the official letterhead, between 26 and 29 with RQTH."""

    CUSTODY = "custody"
    OFFICIAL = "official"
    RQTH_BAND = "rqth_band"


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldOnSheet:
    """`always`: a class B field without a tick of its own, which only the first version of a sheet had."""

    field: Field
    label: str
    place: PlaceOnSheet
    note: str = ""
    only: tuple[Only, ...] = ()
    always: bool = False

    def is_named_in(self, block: "Block") -> bool:
        """Whether its label is printed before its sentence: where the title of the block does not say it already."""
        return self.place is PlaceOnSheet.SENTENCE and self.field.typed and len(block.fields) > 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    code: str
    title: str
    half: bool
    fields: tuple[FieldOnSheet, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """One tick of the person: the fields (codes) that it lets the partner read.

    `law`: its fields are of class A, it is asked only where the legal ground does not apply.
    """

    code: str
    label: str
    fields: tuple[str, ...]
    law: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetAsk:
    code: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterheadForm:
    """`neutral` names neither the service nor justice; `milieux` where it may be used; `returns`: has a back."""

    code: str
    label: str
    neutral: bool
    milieux: tuple[str, ...]
    returns: bool
    sender: str
    recipient: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnForm:
    """What the partner answers. `send_to` says who gets it back where it is not the officer."""

    title: str
    parts: tuple[AnswerPart, ...]
    signer: tuple[str, ...]
    foot: str
    foot_neutral: str
    send_to_neutral: str
    send_to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetForm:
    """`foot_legal` is for class A on its legal `ground`, `foot_agreement` for everything on agreement.

    `recipients` are the kinds of partner, `natures` their natures (empty: any); `rules` the set of its conditions.
    `objective_field` is the code of the objective in the catalogue; a sheet without one prints it under no tick, and
    one without a label has no objective at all.
    """

    definition: Definition
    title: str
    checked: date
    recipients: tuple[str, ...]
    natures: tuple[str, ...]
    recipient_label: str
    rules: str
    size: SheetSize
    ground: LegalGround | None
    letterheads: tuple[LetterheadForm, ...]
    asks_title: str
    asks: tuple[SheetAsk, ...]
    max_asks: int
    objective_label: str
    objective_max: int
    objective_field: str
    not_asked: str
    not_asked_neutral: str
    blocks: tuple[Block, ...]
    ticks: tuple[Tick, ...]
    agreement_title: str
    agreement: str
    read_aloud: str
    foot_legal: str
    foot_agreement: str
    answer: ReturnForm

    @property
    def code(self) -> str:
        return self.definition.code

    @property
    def version(self) -> int:
        return self.definition.version

    @property
    def has_objective(self) -> bool:
        return bool(self.objective_label)

    def fields(self) -> Iterator[FieldOnSheet]:
        for block in self.blocks:
            yield from block.fields

    def letterhead(self, code: str) -> LetterheadForm | None:
        return next((one for one in self.letterheads if one.code == code), None)

    def is_for(self, kind: str, nature: str) -> bool:
        """Whether a service of this kind, in a structure of this nature, may be given this sheet."""
        return (not self.recipients or kind in self.recipients) and (not self.natures or nature in self.natures)
